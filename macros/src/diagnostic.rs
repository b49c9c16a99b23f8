//! The catalogue of what the macros report: codes `SW0xx`. (What only shows when a workflow is staged is `SW1xx`, in the
//! codegen crate.)
//!
//! Each entry shows code that is rejected and code that is accepted instead; the tests expand both.

/// A kind of mistake.
pub(crate) struct Message {
    /// The stable code.
    pub(crate) code: &'static str,
    /// What is wrong, in one line; `{}` stands for a piece of the source.
    text: &'static str,
    /// What to write instead.
    help: &'static str,
    /// An item that is rejected with this code and no other.
    #[cfg(test)]
    pub(crate) rejected: &'static str,
    /// The same idea, accepted.
    #[cfg(test)]
    pub(crate) accepted: &'static str,
}

impl Message {
    /// The text that rustc prints.
    pub(crate) fn render(&self, subject: &str) -> String {
        let text = self.text.replace("{}", subject);
        format!("{text} [{}]\n  = help: {}", self.code, self.help)
    }
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal: $text:literal, help: $help:literal,
       rejected: $rejected:literal, accepted: $accepted:literal;)+) => {
        $($(#[doc = $doc])+
        pub(crate) const $name: Message = Message {
            code: $code,
            text: $text,
            help: $help,
            #[cfg(test)]
            rejected: $rejected,
            #[cfg(test)]
            accepted: $accepted,
        };)+

        /// All entries, in order.
        #[cfg(test)]
        pub(crate) const ALL: &[Message] = &[$($name),+];
    };
}

// Items and signatures.
catalogue! {
    /// An attribute on an item of the wrong kind.
    NOT_A_FUNCTION = "SW001": "`{}` stands on a function",
        help: "move the attribute to an `async fn`",
        rejected: "#[workflow] struct Order;",
        accepted: "#[workflow] async fn order() {}";
    /// A workflow or task that is a plain function.
    NOT_ASYNC = "SW002": "a {} is an `async fn`",
        help: "write `async fn`; synchronous code that workflows call is marked `#[pure]`",
        rejected: "#[workflow] fn order() {}",
        accepted: "#[workflow] async fn order() {}";
    /// A pure function that is `async`.
    PURE_ASYNC = "SW003": "a pure function is not `async`",
        help: "remove `async`, or make it a `#[task]`",
        rejected: "#[pure] async fn double(n: u32) -> u32 { n * 2 }",
        accepted: "#[pure] fn double(n: u32) -> u32 { n * 2 }";
    /// A function of the wrong sort: `unsafe`, `extern`, `const`, with `...`.
    QUALIFIER = "SW004": "a {} is an ordinary function",
        help: "remove this qualifier",
        rejected: "#[workflow] async unsafe fn order() {}",
        accepted: "#[workflow] async fn order() {}";
    /// A method.
    RECEIVER = "SW005": "a {} has no `self`",
        help: "write a free function, and pass the value as a parameter",
        rejected: "#[task] async fn charge(&self) {}",
        accepted: "#[task] async fn charge(order: Order) {}";
    /// Type parameters of a workflow.
    GENERIC_WORKFLOW = "SW006": "a workflow has no type parameters",
        help: "a workflow becomes one state machine: write the types out",
        rejected: "#[workflow] async fn order<T>(item: T) {}",
        accepted: "#[workflow] async fn order(item: Item) {}";
    /// `impl Trait` in a signature.
    IMPL_TRAIT = "SW007": "a {} cannot take or give `impl Trait`",
        help: "name the type, or use a type parameter",
        rejected: "#[pure] fn all(items: impl Iterator<Item = u32>) -> u32 { 0 }",
        accepted: "#[pure] fn all(items: Vec<u32>) -> u32 { 0 }";
    /// A parameter without a name.
    PARAMETER_NAME = "SW008": "a parameter of a {} is a plain name: it is the name in the JSON input",
        help: "name the parameter, and take it apart with `let`",
        rejected: "#[task] async fn area((w, h): (u32, u32)) -> u32 { w * h }",
        accepted: "#[task] async fn area(size: (u32, u32)) -> u32 { size.0 * size.1 }";
    /// More parameters than can be staged.
    PARAMETER_COUNT = "SW009": "a {} has at most 8 parameters",
        help: "put them into a struct",
        rejected: "#[task] async fn sum(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8) {}",
        accepted: "#[task] async fn sum(all: Numbers) {}";
    /// A reference where a value is kept.
    BORROWED = "SW010": "a {} takes values or plain references, and gives a value",
        help: "only a whole parameter can be borrowed: use the owned type here",
        rejected: "#[task] async fn first(names: Vec<&str>) {}",
        accepted: "#[task] async fn first(names: &[String]) {}";
    /// `&mut`.
    MUTABLE_REFERENCE = "SW011": "a workflow cannot lend a value to be changed",
        help: "give the changed value back, and assign it",
        rejected: "#[pure] fn add(list: &mut Vec<u32>) { list.push(1); }",
        accepted: "#[pure] fn add(list: Vec<u32>) -> Vec<u32> { let mut more = list; more.push(1); more }";
    /// A workflow or pure function without a body.
    NO_BODY = "SW012": "a {} has a body",
        help: "replace `;` by a block; only a `#[task(resource = \"…\")]` stands without",
        rejected: "#[workflow] async fn order();",
        accepted: "#[workflow] async fn order() {}";
    /// A task without a body that nobody serves.
    NO_RESOURCE = "SW013": "a task without a body needs `resource = \"arn:…\"`",
        help: "name what does the work with `resource`, write `activity`, or give the task a body",
        rejected: "#[task] async fn charge(amount: u64) -> u64;",
        accepted: "#[task(resource = \"arn:aws:states:::sqs:sendMessage\")] async fn send(amount: u64) -> u64;";
    /// A task with both a body and a resource.
    BODY_AND_RESOURCE = "SW014": "a task with `resource` has no body: something else does the work",
        help: "end the signature with `;`, or remove `resource`",
        rejected: "#[task(resource = \"arn:aws:states:::sqs:sendMessage\")] async fn send(amount: u64) {}",
        accepted: "#[task(resource = \"arn:aws:states:::sqs:sendMessage\")] async fn send(amount: u64);";

    // Options.

    /// An option that there is not.
    UNKNOWN_OPTION = "SW020": "unknown option {}",
        help: "remove it, or write one that is valid",
        rejected: "#[task(timeuot = \"30s\")] async fn charge() {}",
        accepted: "#[task(timeout = \"30s\")] async fn charge() {}";
    /// An option given twice.
    DUPLICATE_OPTION = "SW021": "`{}` is given twice",
        help: "remove one of them",
        rejected: "#[task(timeout = \"30s\", timeout = \"40s\")] async fn charge() {}",
        accepted: "#[task(timeout = \"30s\")] async fn charge() {}";
    /// An option with a value of another kind.
    OPTION_VALUE = "SW022": "{}",
        help: "such as `#[task(timeout = \"30s\", activity, retry(max_attempts = 3))]`",
        rejected: "#[task(name = 3)] async fn charge() {}",
        accepted: "#[task(name = \"charge\")] async fn charge() {}";
    /// A duration that cannot be read.
    DURATION = "SW023": "`{}` takes a duration of whole seconds",
        help: "write `\"30s\"`, `\"5m\"`, `\"1h30m\"`, `\"2d\"`, or seconds as a number",
        rejected: "#[task(timeout = \"half an hour\")] async fn charge() {}",
        accepted: "#[task(timeout = \"30m\")] async fn charge() {}";
    /// A number that AWS does not accept.
    OPTION_RANGE = "SW024": "{}",
        help: "Step Functions accepts nothing else",
        rejected: "#[task(timeout = 0)] async fn charge() {}",
        accepted: "#[task(timeout = 1)] async fn charge() {}";
    /// Two answers to who does the work.
    TWO_KINDS = "SW025": "only one of `activity`, `wait_for_task_token` and `resource` says who does the work",
        help: "remove all but one",
        rejected: "#[task(activity, resource = \"arn:aws:states:::sqs:sendMessage\")] async fn send();",
        accepted: "#[task(resource = \"arn:aws:states:::sqs:sendMessage\")] async fn send();";
    /// What is no error in `on(…)`.
    RETRY_ON = "SW026": "`on` takes variants of an error enum, and error names as text",
        help: "write `on(PaymentError::Gateway, \"States.Timeout\")`; leave `on` out to retry after every error",
        rejected: "#[task(retry(on(Gateway)))] async fn charge() {}",
        accepted: "#[task(retry(on(PaymentError::Gateway, \"States.Timeout\")))] async fn charge() {}";
    /// A name that a state machine cannot have.
    WORKFLOW_NAME = "SW027": "a state machine cannot have this name",
        help: "a name has 1 to 80 letters, digits, `-`, `_` and `.`",
        rejected: "#[workflow(name = \"my order\")] async fn order() {}",
        accepted: "#[workflow(name = \"my-order\")] async fn order() {}";
    /// A task that waits for a token and has none.
    NO_TASK_TOKEN = "SW028": "the last parameter of a task with `wait_for_task_token` is its `TaskToken<…>`",
        help: "write `token: TaskToken<Result<Answer, Error>>`; callers leave it out, and get the token's type",
        rejected: "#[task(wait_for_task_token)] async fn ask(question: String) {}",
        accepted: "#[task(wait_for_task_token)] async fn ask(question: String, token: TaskToken<bool>) {}";

    /// A service that waits for a token, without one.
    NO_TOKEN_REQUEST = "SW029": "a task of a `.waitForTaskToken` resource makes its request from the token",
        help: "write its only parameter as `request: impl FnOnce(TaskToken<Result<Answer, Error>>) -> Request`",
        rejected: "#[task(resource = \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\")] async fn ask(request: Message) -> bool;",
        accepted: "#[task(resource = \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\")] \
                   async fn ask(request: impl FnOnce(TaskToken<bool>) -> Message) -> bool;";

    // Bodies.

    /// A macro that a workflow does not know.
    UNKNOWN_MACRO = "SW030": "a workflow does not know the macro `{}!`",
        help: "put it into a `#[pure]` function or a task",
        rejected: "#[workflow] async fn order() { println!(); }",
        accepted: "#[task] async fn order() { println!(); }";
    /// An operator on bits.
    BITS = "SW031": "a workflow cannot compute bits: JSONata has no such operator",
        help: "use `&&`, `||` and `!=` for `bool`s; compute bits in a task",
        rejected: "#[workflow] async fn order(n: u32) -> u32 { n | 1 }",
        accepted: "#[workflow] async fn order(a: bool) -> bool { a || true }";
    /// A format that the target does not have.
    FORMAT_SPEC = "SW032": "a workflow cannot format with `{}`",
        help: "use `{}` with fill, width and precision as numbers; format other things in a task",
        rejected: "#[workflow] async fn order(n: u32) -> String { format!(\"{n:?}\") }",
        accepted: "#[workflow] async fn order(n: u32) -> String { format!(\"{n:>5}\") }";
    /// A format text that is no literal.
    FORMAT_TEXT = "SW033": "the text of a format is a literal",
        help: "write the text in place, with `{}` where values stand",
        rejected: "#[workflow] async fn order(n: u32) -> String { format!(concat!(\"a\", \"{}\"), n) }",
        accepted: "#[workflow] async fn order(n: u32) -> String { format!(\"a{}\", n) }";
    /// A slice pattern.
    SLICE_PATTERN = "SW034": "a workflow cannot match slices",
        help: "use `first()`, `get(i)`, `len()` and indexing",
        rejected: "#[workflow] async fn order(n: u32) -> u32 { let [a, b] = [n, 2]; a }",
        accepted: "#[workflow] async fn order(n: u32) -> u32 { let (a, b) = (n, 2); a }";
    /// Another pattern that a workflow cannot follow.
    PATTERN = "SW035": "a workflow cannot follow this pattern",
        help: "use names, literals, ranges, tuples, structs, variants and constants",
        rejected: "#[workflow] async fn order(n: u32) -> u32 { match n { const { 1 } => 1, _ => 2 } }",
        accepted: "#[workflow] async fn order(n: u32) -> u32 { match n { ONE => 1, _ => 2 } }";
    /// More names in a pattern than can be staged.
    PATTERN_NAMES = "SW036": "a pattern of a workflow binds at most 12 names and literals",
        help: "take the inner values apart in a second step",
        rejected: "#[workflow] async fn order(w: Wide) { let Wide { a, b, c, d, e, f, g, h, i, j, k, l, m } = w; }",
        accepted: "#[workflow] async fn order(w: Wide) { let Wide { a, b, .. } = w; }";
    /// A guard that does more than test.
    GUARD_EFFECT = "SW037": "the guard of a `match` cannot wait, leave or change a variable",
        help: "bind the value before the `match`, or use `if` in the arm",
        rejected: "#[workflow] async fn order(n: u32) -> u32 { match n { 1 if ready().await => 1, _ => 2 } }",
        accepted: "#[workflow] async fn order(n: u32) -> u32 { let ok = ready().await; match n { 1 if ok => 1, _ => 2 } }";
    /// An `async` closure that no effect calls.
    ASYNC_CLOSURE = "SW038": "an `async` closure stands in `map(list, async |item| …)` or another effect",
        help: "write it in the call that runs it; iterator chains take plain closures",
        rejected: "#[workflow] async fn order(n: u32) { let work = async |n: u32| n; }",
        accepted: "#[workflow] async fn order(n: Vec<u32>) -> Vec<u32> { map(n, async |n| double(n).await).await }";
    /// A literal that JSON has not.
    BYTES = "SW039": "a workflow value is JSON: bytes have no literal",
        help: "use a text or a list of numbers",
        rejected: "#[workflow] async fn order() { let bytes = b\"abc\"; }",
        accepted: "#[workflow] async fn order() { let text = \"abc\"; }";
    /// An integer that JSON numbers cannot hold.
    BIG_INTEGER = "SW040": "a workflow cannot hold this integer: JSON numbers are exact up to 2^53",
        help: "pass it as text",
        rejected: "#[workflow] async fn order() -> u64 { 9_007_199_254_740_993 }",
        accepted: "#[workflow] async fn order() -> u64 { 9_007_199_254_740_992 }";
    /// A tuple that is no JSON array of ours.
    TUPLE_SIZE = "SW041": "a tuple of a workflow has two to eight parts",
        help: "use a struct",
        rejected: "#[workflow] async fn order(n: u32) { let one = (n,); }",
        accepted: "#[workflow] async fn order(n: u32) { let two = (n, n); }";
    /// A call of something without a name.
    CALLEE = "SW042": "a workflow calls functions and closures by their name",
        help: "bind the closure with `let`, or call the function directly",
        rejected: "#[workflow] async fn order(n: u32) -> u32 { (|n| n + 1)(n) }",
        accepted: "#[workflow] async fn order(n: u32) -> u32 { let next = |n| n + 1; next(n) }";
    /// An expression that a workflow cannot express.
    EXPRESSION = "SW043": "a workflow cannot express {}",
        help: "put it into a task",
        rejected: "#[workflow] async fn order() { unsafe { danger() } }",
        accepted: "#[workflow] async fn order() { danger().await }";
    /// An assignment to something that is no variable of the workflow's.
    ASSIGNED = "SW044": "a workflow assigns to its own `let mut` variables, their fields and items",
        help: "give the changed value back, and assign it to the variable itself",
        rejected: "#[workflow] async fn order(list: Vec<u32>) { for item in list { *item = 3; } }",
        accepted: "#[workflow] async fn order(list: Vec<u32>) { let mut last = 0; for item in list { last = item; } }";
    /// A task or workflow inside of a function.
    NESTED_ITEM = "SW046": "a task or workflow cannot stand inside of another function",
        help: "move it beside the function",
        rejected: "#[workflow] async fn order() { #[task] async fn charge() {} }",
        accepted: "#[workflow] async fn order() { const MOST: u32 = 3; }";
    /// Conditional compilation inside of a body.
    CONFIGURED = "SW047": "a workflow cannot be configured inside: it is one state machine",
        help: "configure the whole function, or use `if cfg!(…)` in a task",
        rejected: "#[workflow] async fn order() { #[cfg(test)] let a = 1; }",
        accepted: "#[cfg(test)] #[workflow] async fn order() {}";
    /// `join!` of one, or of too many.
    BRANCHES = "SW048": "`{}!` takes two to eight calls or `async` blocks",
        help: "await a single call directly; use `map` for a list",
        rejected: "#[workflow] async fn order() { join!(charge()); }",
        accepted: "#[workflow] async fn order() { join!(charge(), pack()); }";

    // Pure functions.

    /// A trait whose methods workflows do not call.
    PURE_TRAIT = "SW060": "`#[pure]` stands on a function, an `impl Type`, or an `impl From<A> for B`",
        help: "put the code into a `#[pure]` function",
        rejected: "#[pure] impl Clone for Order { fn clone(&self) -> Self { Order { n: self.n } } }",
        accepted: "#[pure] impl Order { fn copy(&self) -> Self { Order { n: self.n } } }";
    /// An `impl` of something without a name.
    PURE_TYPE = "SW061": "`#[pure]` stands on an `impl` of a named type",
        help: "write a `#[pure]` function",
        rejected: "#[pure] impl [u32] { fn total(&self) -> u32 { 0 } }",
        accepted: "#[pure] fn total(list: &[u32]) -> u32 { 0 }";
    /// A single method.
    PURE_METHOD = "SW062": "`#[pure]` stands on the whole `impl`, not on a method",
        help: "move the attribute to the `impl`; methods that are not pure go into an `impl` of their own",
        rejected: "#[pure] fn total(&self) -> u32 { self.n }",
        accepted: "#[pure] impl Order { fn total(&self) -> u32 { self.n } }";
    /// `self: Box<Self>`
    TYPED_RECEIVER = "SW063": "a pure method takes `self` or `&self`",
        help: "remove the type of `self`",
        rejected: "#[pure] impl Order { fn total(self: Box<Self>) -> u32 { self.n } }",
        accepted: "#[pure] impl Order { fn total(&self) -> u32 { self.n } }";

    // Types.

    /// A type that borrows.
    DATA_LIFETIME = "SW070": "a `Data` type owns its values: a workflow value is JSON",
        help: "use `String` for `&str`, `Vec` for a slice",
        rejected: "#[derive(Data)] struct Order<'a> { id: &'a str }",
        accepted: "#[derive(Data)] struct Order { id: String }";
    /// Different names for reading and writing.
    TWO_NAMES = "SW071": "a workflow value is read by the name it is written with: `{}`",
        help: "use one name for both; `#[serde(alias = …)]` accepts others when reading",
        rejected: "#[derive(Data)] struct Order { #[serde(rename(serialize = \"a\", deserialize = \"b\"))] id: String }",
        accepted: "#[derive(Data)] struct Order { #[serde(rename = \"a\", alias = \"b\")] id: String }";
    /// A single variant without a tag.
    UNTAGGED_VARIANT = "SW072": "a workflow cannot tell a single untagged variant from the others",
        help: "put `#[serde(untagged)]` on the whole enum, or on none of it",
        rejected: "#[derive(Data)] enum Status { Open, #[serde(untagged)] Other(String) }",
        accepted: "#[derive(Data)] #[serde(untagged)] enum Status { Open(u32), Other(String) }";
    /// A variant with its own functions.
    VARIANT_WITH = "SW073": "a workflow cannot know how this function writes a variant",
        help: "put `#[serde(with = …)]` on the field: such a field can be passed on, not looked into",
        rejected: "#[derive(Data)] enum Status { #[serde(with = \"hex\")] Open(u32) }",
        accepted: "#[derive(Data)] enum Status { Open(#[serde(with = \"hex\")] u32) }";
    /// A struct with a tag.
    TAGGED_STRUCT = "SW074": "a workflow does not know the tag of a struct",
        help: "make the tag a field, or use an enum with one variant",
        rejected: "#[derive(Data)] #[serde(tag = \"type\")] struct Order { id: String }",
        accepted: "#[derive(Data)] #[serde(tag = \"type\")] enum Message { Order { id: String } }";
    /// An error that is no enum.
    NOT_AN_ENUM = "SW080": "`TaskError` is derived for an enum, whose variants are error names",
        help: "make it an enum, or use `stepwright::Failure`",
        rejected: "#[derive(TaskError)] struct Declined { code: String }",
        accepted: "#[derive(TaskError)] enum PaymentError { Declined { code: String } }";
    /// An error with type parameters.
    GENERIC_ERROR = "SW081": "an error enum has no parameters",
        help: "an error name belongs to one type: write the types out",
        rejected: "#[derive(TaskError)] enum PaymentError<T> { Declined(T) }",
        accepted: "#[derive(TaskError)] enum PaymentError { Declined(u32) }";
    /// Two variants for all other names.
    TWO_OTHERS = "SW082": "only one variant takes all other names",
        help: "remove `#[asl(other)]` from this one, or name its error with `#[asl(error = \"…\")]`",
        rejected: "#[derive(TaskError)] enum E { #[asl(other)] A(String), #[asl(other)] B(String) }",
        accepted: "#[derive(TaskError)] enum E { #[asl(error = \"A\")] A(String), #[asl(other)] B(String) }";
    /// An error that serde reads or writes as another type.
    CONVERTED_ERROR = "SW083": "an error that serde reads or writes as another type does not tell its variants",
        help: "remove `from`, `try_from` and `into`: attributes of the variants and fields say what their JSON is",
        rejected: "#[derive(TaskError)] #[serde(from = \"Wire\", into = \"Wire\")] enum E { A, B }",
        accepted: "#[derive(TaskError)] enum E { #[serde(rename = \"a\")] A, B }";
}
