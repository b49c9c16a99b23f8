//! Messages in JSONata's own words, which the service shows: the engine has other ones for many of its errors.

/// A message of the engine with the words of JSONata, or of the service where that has its own; the code stays in front.
pub(super) fn in_jsonatas_words(message: &str) -> String {
    let message = WRAPPERS.iter().find_map(|wrapper| message.strip_prefix(wrapper)).unwrap_or(message);
    let Some((code, text)) = message.split_once(": ") else { return uncoded(message) };
    if let Some((_, words)) = SERVICE.iter().find(|(known, _)| *known == code) {
        return (*words).to_owned();
    }
    let words = FIXED.iter().find(|(known, _)| *known == code).map(|(_, words)| (*words).to_owned());
    let words = words.or_else(|| with_part(code, text)).unwrap_or_else(|| text.to_owned());
    format!("{code}: {words}")
}

/// What the engine puts before the code of an error.
const WRAPPERS: [&str; 3] = ["Signature validation failed: ", "Invalid syntax: ", "Invalid number: "];

pub(super) const MEMORY: &str = "Expression evaluation memory limit exceeded: Check for excessive memory usage";

/// What is said where the engine gives up without a word.
pub(super) const BROKEN: &str = "The expression could not be evaluated";

/// The service's messages, which have no code.
const SERVICE: [(&str, &str); 4] = [
    (
        "D1011",
        "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
    ),
    ("D1012", "Expression evaluation timeout: Check for infinite loop"),
    ("D2015", MEMORY),
    ("U1001", "Expression evaluation timeout: Check for infinite loop"),
];

/// The messages without variable parts that the engine words differently.
const FIXED: [(&str, &str); 27] = [
    ("D3001", "Attempting to invoke string function on Infinity or NaN"),
    ("D3010", "Second argument of replace function cannot be an empty string"),
    ("D3020", "Third argument of split function must evaluate to a positive number"),
    ("D3080", "The picture string must only contain a maximum of two sub-pictures"),
    ("D3081", "The sub-picture must not contain more than one instance of the 'decimal-separator' character"),
    ("D3082", "The sub-picture must not contain more than one instance of the 'percent' character"),
    ("D3083", "The sub-picture must not contain more than one instance of the 'per-mille' character"),
    ("D3084", "The sub-picture must not contain both a 'percent' and a 'per-mille' character"),
    (
        "D3085",
        "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit \
         character' or a member of the 'decimal digit family'",
    ),
    (
        "D3086",
        "The sub-picture must not contain a passive character that is preceded by an active character and that is \
         followed by another active character",
    ),
    (
        "D3087",
        "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a \
         'decimal-separator' character",
    ),
    ("D3088", "The sub-picture must not contain a 'grouping-separator' at the end of the integer part"),
    ("D3089", "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character"),
    (
        "D3090",
        "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is followed \
         by an instance of the 'optional digit character'",
    ),
    (
        "D3091",
        "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' that is \
         followed by a member of the 'decimal digit family'",
    ),
    (
        "D3092",
        "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as an \
         'exponent-separator'",
    ),
    (
        "D3093",
        "The exponent part of the sub-picture must comprise only of one or more characters that are members of the \
         'decimal digit family'",
    ),
    ("D3131", "In a decimal digit pattern, all digits must be from the same decimal group"),
    ("D3134", "The timezone integer format specifier cannot have more than four digits"),
    ("D3135", "No matching closing bracket ']' in date/time picture string"),
    ("D3136", "The date/time picture string is missing specifiers required to parse the timestamp"),
    ("D3138", "The $single() function expected exactly 1 matching result.  Instead it matched more."),
    ("S0208", "Parameter 1 of function definition must be a variable name (start with $)"),
    ("T1006", "Attempted to invoke a non-function"),
    ("T1008", "Attempted to partially apply a non-function"),
    ("T2003", "The left side of the range operator (..) must evaluate to an integer"),
    ("T2004", "The right side of the range operator (..) must evaluate to an integer"),
];

/// The messages that name something.
fn with_part(code: &str, text: &str) -> Option<String> {
    let between = |before: &str, after: &str| text.strip_prefix(before)?.strip_suffix(after);
    Some(match code {
        "D3030" => format!("Unable to cast value to a number: \"{}\"", between("Cannot convert '", "' to number")?),
        "D3100" => {
            let radix = between("Radix must be between 2 and 36, got ", "")?;
            format!("The radix of the formatBase function must be between 2 and 36.  It was given {radix}")
        }
        "D3130" => {
            format!(
                "Formatting or parsing an integer as a sequence starting with \"{text}\" is not supported by this implementation"
            )
        }
        "D3132" => format!("Unknown component specifier \"{text}\" in date/time picture string"),
        "D3133" => {
            format!(
                "The 'name' modifier can only be applied to months and days in the date/time picture string, not \"{text}\""
            )
        }
        "S0102" => format!("Number out of range: \"{}\"", between("Number out of range: ", "")?),
        "S0103" => format!("Unsupported escape sequence: \\\"{}\"", between("Unsupported escape sequence: \\", "")?),
        "S0201" => format!("Syntax error: {}", symbol(between("Syntax error: ", "")?)),
        "S0202" => {
            let (expected, found) = between("Expected ", "")?.split_once(", got ")?;
            format!("Expected {}, got {}", symbol(expected), symbol(found))
        }
        "S0203" => {
            let expected = between("Expected ", " before end of expression")?;
            format!("Expected {} before end of expression", symbol(expected))
        }
        "S0204" => format!("Unknown operator: \"{}\"", between("Unknown operator: ", "")?),
        "S0211" => {
            let found = between("The symbol ", " cannot be used as a unary operator")?;
            format!("The symbol {} cannot be used as a unary operator", symbol(found))
        }
        "S0214" => {
            let operator = between("Expected a variable reference after ", "")?;
            format!("The right side of \"{operator}\" must be a variable name (start with $)")
        }
        "T1010" => text.replace("function $split", "function \"split\""),
        "T2001" => format!("The left side of the \"{}\" operator must evaluate to a number", operator(text)?),
        "T2002" => format!("The right side of the \"{}\" operator must evaluate to a number", operator(text)?),
        _ => return None,
    })
}

/// The operator in `The left side of the + operator must …`.
fn operator(text: &str) -> Option<&str> {
    text.split_once(" side of the ")?.1.split_once(" operator").map(|(operator, _)| operator)
}

/// Messages to which the engine gives no code.
fn uncoded(message: &str) -> String {
    match message {
        "Unclosed comment" => "S0106: Comment has no closing tag".to_owned(),
        _ => message.to_owned(),
    }
}

/// A token as it is written, in quotes, from the engine's name for it.
fn symbol(token: &str) -> String {
    const TOKENS: [(&str, &str); 29] = [
        ("Ampersand", "&"),
        ("And", "and"),
        ("At", "@"),
        ("Caret", "^"),
        ("Colon", ":"),
        ("ColonEqual", ":="),
        ("Comma", ","),
        ("Dot", "."),
        ("DotDot", ".."),
        ("Equal", "="),
        ("GreaterThan", ">"),
        ("GreaterThanOrEqual", ">="),
        ("Hash", "#"),
        ("In", "in"),
        ("LeftBrace", "{"),
        ("LeftBracket", "["),
        ("LeftParen", "("),
        ("LessThan", "<"),
        ("LessThanOrEqual", "<="),
        ("NotEqual", "!="),
        ("Or", "or"),
        ("Percent", "%"),
        ("Plus", "+"),
        ("Question", "?"),
        ("RightBrace", "}"),
        ("RightBracket", "]"),
        ("RightParen", ")"),
        ("Semicolon", ";"),
        ("Slash", "/"),
    ];
    if let Some((_, written)) = TOKENS.iter().find(|(name, _)| *name == token) {
        return format!("\"{written}\"");
    }
    // `Identifier("name")`, `Number(5.0)` and the like.
    match token.split_once('(').and_then(|(_, inner)| inner.strip_suffix(')')) {
        Some(text) if text.starts_with('"') => text.to_owned(),
        Some(number) => number.strip_suffix(".0").unwrap_or(number).to_owned(),
        None => format!("\"{token}\""),
    }
}
