//! Calls of intrinsic functions, `States.Format('…', $.name)`.

use super::path::{Path, Root};
use super::reader::Reader;
use crate::json::keyword;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intrinsic<'t> {
    /// The function.
    pub function: Function,
    /// The variables that paths among its arguments begin with.
    pub variables: Vec<&'t str>,
}

/// How many calls may stand inside each other.
const DEEPEST: usize = 10;

impl<'t> Intrinsic<'t> {
    /// Reads a call; `None` if the text is none, the function does not exist, or it takes another number of arguments.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let mut variables = Vec::new();
        let function = call(&mut reader, DEEPEST, &mut variables)?;
        reader.is_at_end().then_some(Self { function, variables })
    }
}

fn call<'t>(reader: &mut Reader<'t>, depth: usize, variables: &mut Vec<&'t str>) -> Option<Function> {
    let depth = depth.checked_sub(1)?;
    let function = Function::from_name(reader.take_while(|next| next.is_alphanumeric() || next == '.'))?;
    reader.skip_blanks();
    reader.expect("(")?;
    let mut count = 0;
    reader.skip_blanks();
    while !reader.take(")") {
        if count > 0 {
            reader.expect(",")?;
        }
        reader.skip_blanks();
        argument(reader, depth, variables)?;
        count += 1;
        reader.skip_blanks();
    }
    function.arity().contains(&count).then_some(function)
}

fn argument<'t>(reader: &mut Reader<'t>, depth: usize, variables: &mut Vec<&'t str>) -> Option<()> {
    match reader.peek()? {
        '$' => {
            if let Root::Variable(name) = Path::read(reader)?.root {
                variables.push(name);
            }
            Some(())
        }
        '\'' => reader.quoted(),
        'S' => call(reader, depth, variables).map(drop),
        _ => {
            let literal = reader.literal(|next| matches!(next, ',' | ')' | ' '))?;
            (literal.is_number() || literal.is_boolean() || literal.is_null()).then_some(())
        }
    }
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
