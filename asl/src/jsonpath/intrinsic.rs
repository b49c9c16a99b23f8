//! Calls of intrinsic functions, `States.Format('…', $.name)`.

use super::path::Path;
use super::reader::Reader;
use crate::json::keyword;
use serde_json::Value;
use std::ops::RangeInclusive;

keyword! {
    /// The intrinsic functions.
    pub enum Function {
        /// A list of the arguments.
        Array = "States.Array",
        /// Whether a list has an item.
        ArrayContains = "States.ArrayContains",
        /// An item of a list.
        ArrayGetItem = "States.ArrayGetItem",
        /// The length of a list.
        ArrayLength = "States.ArrayLength",
        /// A list in chunks.
        ArrayPartition = "States.ArrayPartition",
        /// Numbers at equal distances.
        ArrayRange = "States.ArrayRange",
        /// The different items of a list.
        ArrayUnique = "States.ArrayUnique",
        /// The text that Base64 stands for.
        Base64Decode = "States.Base64Decode",
        /// A text in Base64.
        Base64Encode = "States.Base64Encode",
        /// A template with its gaps filled in.
        Format = "States.Format",
        /// A digest.
        Hash = "States.Hash",
        /// Two objects as one.
        JsonMerge = "States.JsonMerge",
        /// A value as JSON text.
        JsonToString = "States.JsonToString",
        /// A sum.
        MathAdd = "States.MathAdd",
        /// A random number.
        MathRandom = "States.MathRandom",
        /// The parts of a text.
        StringSplit = "States.StringSplit",
        /// The value of a JSON text.
        StringToJson = "States.StringToJson",
        /// A new identifier.
        Uuid = "States.UUID",
    }
}

/// A call, with those inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Intrinsic {
    /// The text that was read.
    pub source: String,
    /// The function.
    pub function: Function,
    /// What it is called with.
    pub arguments: Vec<Argument>,
}

/// What a function is called with.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A text, a number, `true`, `false` or `null`. A template of `States.Format` has its braces and backslashes escaped still.
    Literal(Value),
    /// What a path leads to.
    Path(Path),
    /// What another call gives.
    Call(Intrinsic),
}

/// How many calls may stand inside each other.
const DEEPEST: usize = 10;

impl Intrinsic {
    /// Reads a call; `None` if the text is none, the function does not exist, or it takes another number of arguments.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let call = Self::read(&mut reader, DEEPEST)?;
        reader.is_at_end().then_some(call)
    }

    fn read(reader: &mut Reader<'_>, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        let start = *reader;
        let function = Function::from_name(reader.take_while(|next| next.is_alphanumeric() || next == '.'))?;
        reader.skip_blanks();
        reader.expect("(")?;
        let mut arguments = Vec::new();
        reader.skip_blanks();
        while !reader.take(")") {
            if !arguments.is_empty() {
                reader.expect(",")?;
            }
            reader.skip_blanks();
            let is_template = function == Function::Format && arguments.is_empty();
            arguments.push(Argument::read(reader, depth, is_template)?);
            reader.skip_blanks();
        }
        let source = reader.since(&start)?.to_owned();
        function.arity().contains(&arguments.len()).then_some(Self { source, function, arguments })
    }

    /// The paths among its arguments and those of the calls inside it.
    #[must_use]
    pub fn paths(&self) -> Vec<&Path> {
        let paths = self.arguments.iter().map(|argument| match argument {
            Argument::Literal(_) => Vec::new(),
            Argument::Path(path) => vec![path],
            Argument::Call(call) => call.paths(),
        });
        paths.flatten().collect()
    }
}

impl Argument {
    fn read(reader: &mut Reader<'_>, depth: usize, is_template: bool) -> Option<Self> {
        match reader.peek()? {
            '$' => Path::read(reader).map(Self::Path),
            '\'' => text(reader, is_template).map(|text| Self::Literal(text.into())),
            'S' => Intrinsic::read(reader, depth).map(Self::Call),
            _ => {
                let literal = reader.literal(|next| matches!(next, ',' | ')') || next.is_whitespace())?;
                (literal.is_number() || literal.is_boolean() || literal.is_null()).then_some(Self::Literal(literal))
            }
        }
    }
}

/// Takes a text, in which a backslash stands before quotes, braces and backslashes only; in a template it is left before all
/// but quotes.
fn text(reader: &mut Reader<'_>, is_template: bool) -> Option<String> {
    reader.quoted(|text, escaped, quote| {
        if is_template && escaped != quote {
            text.push('\\');
        }
        text.push(escaped);
        matches!(escaped, '\'' | '{' | '}' | '\\').then_some(())
    })
}

impl Function {
    /// How many arguments it takes.
    #[must_use]
    pub fn arity(self) -> RangeInclusive<usize> {
        match self {
            Self::Uuid => 0..=0,
            Self::Array => 0..=usize::MAX,
            Self::Format => 1..=usize::MAX,
            Self::ArrayLength
            | Self::ArrayUnique
            | Self::Base64Decode
            | Self::Base64Encode
            | Self::JsonToString
            | Self::StringToJson => 1..=1,
            Self::ArrayContains
            | Self::ArrayGetItem
            | Self::ArrayPartition
            | Self::Hash
            | Self::MathAdd
            | Self::StringSplit => 2..=2,
            Self::MathRandom => 2..=3,
            Self::ArrayRange | Self::JsonMerge => 3..=3,
        }
    }
}
