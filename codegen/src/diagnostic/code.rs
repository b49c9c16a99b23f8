//! The catalogue of codes. The macros' own codes are `SW0xx`; what staging and lowering report is `SW1xx`.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $help:literal;)+) => {
        /// A stable code for a kind of mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The code as text, such as `SW101`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $code,)+
                }
            }

            /// What to write instead.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self {
                    $(Code::$name => $help,)+
                }
            }
        }
    };
}

codes! {
    /// A field whose place in the JSON is not known.
    UnknownField = "SW101", "read fields that serde writes; a field with `#[serde(with = …)]` can only be passed on";
    /// A variant that is used under another name than it was declared with.
    RenamedVariant = "SW102", "use the variant by the name it was declared with, such as `Enum::Variant`";
    /// A constant that JSON or the target's numbers cannot hold.
    Constant = "SW103", "integers are exact up to 2^53, and floats must be finite: pass such a value as text";
    /// An assignment to something that is no variable.
    Place = "SW104", "assign to a `let mut` variable, to a field of one, or to an item of a list in one";
    /// An assignment out of a closure, a parallel branch or an item of a map.
    OuterAssignment = "SW105", "give the value as the result of the closure or block, and assign it outside";
    /// `None` and `Some(None)` would have to be told apart.
    NestedOption = "SW107", "both are `null` in JSON: call `.flatten()` first, give the inner type a variant of its own, or take a `Value` without an `Option`";
    /// A text format that the target does not have.
    Format = "SW108", "integers take width, fill, `+` and `0`, floats up to 8 decimals too, texts width, fill and precision, and other values `{}`";
    /// An option of a call that is no constant.
    Option = "SW109", "write the value as a literal or a constant";
    /// A name that a state may not have.
    StateName = "SW110", "a state name has 1 to 80 characters";
    /// A pattern that does not fit the JSON of the value.
    Pattern = "SW111", "match on the value of a field, or in a task";
    /// A number that a time-out, wait or limit cannot have.
    Limit = "SW112", "see the Step Functions quotas for the greatest value";
    /// Recursion of pure functions.
    Recursion = "SW113", "a `#[pure]` function is inlined where it is called: put recursion into a task";
    /// A value that comes from elsewhere where it has to stand in the source.
    Unsupported = "SW114", "write it where it is used, or do this in a task";
    /// More state transitions than `max_transitions` allows.
    Budget = "SW115", "raise `max_transitions`, or spare states: put calls into one task, or loops and maps into a workflow of their own";
    /// `.start()` of what is no execution.
    Start = "SW116", "await it, or call a workflow without `inline`";
    /// Rows of a CSV file with other fields than texts.
    Csv = "SW117", "make the fields `String`s, and parse them in a task";
    /// What an express workflow cannot do.
    Express = "SW118", "remove `express`, or leave this to a standard workflow";
    /// A key that serde leaves out in cases that a workflow cannot tell.
    SkipIf = "SW119", "leave out what is `None` or empty, or what a `#[pure]` function says of the field's default and nothing else";
    /// A token that nobody gets.
    Token = "SW120", "put the token where the one who answers finds it: `|token| Request { body: Question { token, .. }, .. }`";
    /// A mistake of the compiler's.
    Internal = "SW199", "this is a bug in stepwright: please report it with the workflow";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
