//! The catalogue of rules.

use crate::json::keyword;

keyword! {
    /// The kind of a finding, in the service's words.
    pub enum Code {
        /// The definition is not JSON.
        InvalidJsonDescription = "INVALID_JSON_DESCRIPTION",
        /// A field is missing, out of place, or has a value that it cannot have.
        SchemaValidationFailed = "SCHEMA_VALIDATION_FAILED",
        /// A transition leads to no state, or no transition to a state.
        MissingTransitionTarget = "MISSING_TRANSITION_TARGET",
        /// There is no terminal state.
        MissingEndState = "MISSING_END_STATE",
        /// Two states have the same name.
        DuplicateStateName = "DUPLICATE_STATE_NAME",
        /// A JSONata expression has a syntax error.
        InvalidJsonataExpression = "INVALID_JSONATA_EXPRESSION",
        /// A JSONata expression reads what is not there.
        UnsupportedJsonataExpression = "UNSUPPORTED_JSONATA_EXPRESSION",
        /// A variable has the name of one of an outer scope.
        DuplicateVariableName = "DUPLICATE_VARIABLE_NAME",
        /// A variable is read where nothing can have set it.
        PossiblyUndefinedVariable = "POSSIBLY_UNDEFINED_VARIABLE",
        /// A value looks like a path, but its field takes it as text.
        NoDollar = "NO_DOLLAR",
    }
}

keyword! {
    /// How bad a finding is.
    pub enum Severity {
        /// The machine is invalid.
        Error = "ERROR",
        /// The machine is valid, but hardly what was meant.
        Warning = "WARNING",
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal: $code:ident, $severity:ident;)*) => {
        keyword! {
            /// A rule that definitions must keep, finer than its [`Code`].
            #[non_exhaustive]
            pub enum Rule { $($(#[$doc])* $rule = $name,)* }
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// The service's code for definitions that break the rule.
            #[must_use]
            pub fn code(self) -> Code {
                match self { $(Self::$rule => Code::$code,)* }
            }

            /// Whether a definition that breaks the rule is invalid.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }
        }
    };
}

rules! {
    /// The text is JSON, in which no object names a member twice.
    Json = "json": InvalidJsonDescription, Error;
    /// The definition is a JSON object.
    JsonObject = "json-object": SchemaValidationFailed, Error;
    /// A definition has at most 1,048,576 characters.
    DefinitionSize = "definition-size": SchemaValidationFailed, Error;
    /// Required fields are there.
    RequiredField = "required-field": SchemaValidationFailed, Error;
    /// Objects have only the fields of their kind.
    UnknownField = "unknown-field": SchemaValidationFailed, Error;
    /// Values are of the type that their field takes.
    ValueType = "value-type": SchemaValidationFailed, Error;
    /// Words are of those that their field takes.
    KnownWord = "known-word": SchemaValidationFailed, Error;
    /// Numbers lie within their bounds.
    Range = "range": SchemaValidationFailed, Error;
    /// Lists and objects that have to say something are not empty.
    NotEmpty = "not-empty": SchemaValidationFailed, Error;
    /// A state has a name of 1 to 80 characters.
    StateName = "state-name": SchemaValidationFailed, Error;
    /// No two states of a machine have the same name, at whatever depth.
    UniqueStateName = "unique-state-name": DuplicateStateName, Error;
    /// `StartAt` and all transitions name states of their own `States` block.
    TransitionTarget = "transition-target": MissingTransitionTarget, Error;
    /// Every state can be reached from the start state of its block.
    Reachable = "reachable": MissingTransitionTarget, Error;
    /// Every `States` block has a terminal state: Succeed, Fail, or `"End": true`.
    EndState = "end-state": MissingEndState, Error;
    /// No state of a JSONata machine goes back to JSONPath.
    Downgrade = "downgrade": SchemaValidationFailed, Error;
    /// Fields belong to the query language in force.
    FieldLanguage = "field-language": SchemaValidationFailed, Error;
    /// Of fields that stand for each other exactly one is given, such as `Next` and `End`.
    ExactlyOne = "exactly-one": SchemaValidationFailed, Error;
    /// Fields that exclude each other are not given together, such as `Error` and `ErrorPath`.
    Exclusive = "exclusive": SchemaValidationFailed, Error;
    /// A choice rule has one test; rules within rules have nothing else.
    ChoiceRule = "choice-rule": SchemaValidationFailed, Error;
    /// Variables have identifiers of at most 80 characters for names, and not `states`.
    VariableName = "variable-name": SchemaValidationFailed, Error;
    /// `Credentials` name a role.
    RoleArn = "role-arn": SchemaValidationFailed, Error;
    /// Literal timestamps are RFC 3339 timestamps.
    Timestamp = "timestamp": SchemaValidationFailed, Error;
    /// The fields and settings of a Map state fit its mode.
    MapMode = "map-mode": SchemaValidationFailed, Error;
    /// A label has 1 to 40 characters, none of them special, and is that of one Map state only.
    Label = "label": SchemaValidationFailed, Error;
    /// An item reader knows what it reads.
    ItemReader = "item-reader": SchemaValidationFailed, Error;
    /// An item batcher has a limit.
    ItemBatcher = "item-batcher": SchemaValidationFailed, Error;
    /// A result writer knows where to write, or in which form.
    ResultWriter = "result-writer": SchemaValidationFailed, Error;
    /// `States.ALL` stands alone, in the last retrier or catcher.
    StatesAll = "states-all": SchemaValidationFailed, Error;
    /// Error names that begin with `States.` are defined ones.
    ErrorName = "error-name": SchemaValidationFailed, Warning;
    /// A resource that is an ARN is one that the service knows; a placeholder in it ends.
    Resource = "resource": SchemaValidationFailed, Error;
    /// A resource is an ARN, or a placeholder such as `${Function}`.
    ResourceArn = "resource-arn": SchemaValidationFailed, Warning;
    /// What an Express machine cannot do is not asked of it.
    Express = "express": SchemaValidationFailed, Error;
    /// Paths are JSONPath.
    Path = "path": SchemaValidationFailed, Error;
    /// Paths that name one place are reference paths.
    ReferencePath = "reference-path": SchemaValidationFailed, Error;
    /// The fields of payload templates that end in `.$` hold a path or a call of an intrinsic function.
    Template = "template": SchemaValidationFailed, Error;
    /// No field of a payload template is given both with and without `.$`.
    TemplateField = "template-field": SchemaValidationFailed, Error;
    /// What looks like a path in a payload template stands in a field that ends in `.$`.
    Dollar = "dollar": NoDollar, Warning;
    /// A text that begins or ends like an expression is one.
    Delimiters = "delimiters": InvalidJsonataExpression, Error;
    /// Expressions are JSONata 2.0.6.
    Jsonata = "jsonata": InvalidJsonataExpression, Error;
    /// Expressions read variables and what `$states` has in their field: there is no document that `$`, `$$` and bare
    /// names could stand for.
    Reference = "reference": UnsupportedJsonataExpression, Error;
    /// No variable has the name of one in an outer scope.
    VariableScope = "variable-scope": DuplicateVariableName, Error;
    /// A variable is set on some way to where it is read.
    SetVariable = "set-variable": PossiblyUndefinedVariable, Warning;
}
