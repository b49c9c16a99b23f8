//! The signatures of JSONata's functions, and which argument does not fit: in JSONata's words, of which the engine says less.

use fancy_regex::Regex;
use jsonata_core::value::JValue;

/// What each function takes: `s` a text, `n` a number, `b` a truth value, `o` an object, `a` a list or anything as a list of one, `f` a
/// function, `j` and `x` anything; `-` stands for the context item where an argument is missing, `?` makes one optional, and
/// `<…>` tells what is in a list.
#[rustfmt::skip]
const SIGNATURES: [(&str, &str); 65] = [
    ("abs", "n-"), ("append", "xx"), ("assert", "bs?"), ("average", "a<n>"), ("base64decode", "s-"),
    ("base64encode", "s-"), ("boolean", "x-"), ("ceil", "n-"), ("clone", "(oa)-"), ("contains", "s-(sf)"),
    ("count", "a"), ("decodeUrl", "s-"), ("decodeUrlComponent", "s-"), ("distinct", "x"), ("each", "o-f"),
    ("encodeUrl", "s-"), ("encodeUrlComponent", "s-"), ("error", "s?"), ("exists", "x"), ("filter", "af"),
    ("floor", "n-"), ("formatBase", "n-n?"), ("formatInteger", "n-s"), ("formatNumber", "n-so?"),
    ("fromMillis", "n-s?s?"), ("join", "a<s>s?"), ("keys", "x-"), ("length", "s-"), ("lookup", "x-s"),
    ("lowercase", "s-"), ("map", "af"), ("match", "s-f<s:o>n?"), ("max", "a<n>"), ("merge", "a<o>"),
    ("millis", ""), ("min", "a<n>"), ("not", "x-"), ("now", "s?s?"), ("number", "(nsb)-"), ("pad", "s-ns?"),
    ("parseInteger", "s-s"), ("power", "n-n"), ("random", ""), ("reduce", "afj?"), ("replace", "s-(sf)(sf)n?"),
    ("reverse", "a"), ("round", "n-n?"), ("shuffle", "a"), ("sift", "o-f?"), ("single", "af?"), ("sort", "af?"),
    ("split", "s-(sf)n?"), ("spread", "x-"), ("sqrt", "n-"), ("string", "x-b?"), ("substring", "s-nn?"),
    ("substringAfter", "s-s"), ("substringBefore", "s-s"), ("sum", "a<n>"), ("toMillis", "s-s?"), ("trim", "s-"),
    ("type", "x"), ("uppercase", "s-"), ("zip", "a+"), ("eval", "sx?"),
];

/// What is wrong with a call of a function, with the code of the error: `None` if there is no such function, or if
/// nothing is, as far as it is not about the context item.
pub(super) fn mismatch(function: &str, arguments: &[JValue]) -> Option<String> {
    let parameters = parameters(signature_of(function)?);
    let given: String = arguments.iter().map(symbol).collect();
    let whole: String = parameters.iter().map(|parameter| format!("({})", parameter.pattern)).collect();
    match Regex::new(&format!("^{whole}$")).ok()?.captures(&given).ok()? {
        Some(fitting) => {
            let matched = (1..=parameters.len()).map(|group| fitting.get(group).map_or(0..0, |part| part.range()));
            parameters.iter().zip(matched).find_map(|(parameter, matched)| {
                let items = arguments.get(matched.clone())?;
                let wrong = items.iter().position(|item| !parameter.holds(item))?;
                Some(of_items(matched.start + wrong + 1, function, parameter.items?))
            })
        }
        None => Some(of_argument(first_that_fails(&parameters, &given) + 1, function)),
    }
}

/// What is wrong with a call in which the context item stands for an argument.
pub(super) fn context_mismatch(function: &str, arguments: &[JValue]) -> Option<String> {
    let parameters = parameters(signature_of(function)?);
    let position = parameters.iter().position(|parameter| parameter.takes_context)?.min(arguments.len()) + 1;
    Some(format!("T0411: Context value is not a compatible type with argument {position} of function \"{function}\""))
}

/// What is said of an argument that is none of what a function takes.
pub(super) fn of_argument(position: usize, function: &str) -> String {
    format!("T0410: Argument {position} of function \"{function}\" does not match function signature")
}

/// What is said of an argument that is no list of what a function takes; `items` is the letter for that.
pub(super) fn of_items(position: usize, function: &str, items: char) -> String {
    let items = match items {
        'a' => "arrays",
        'b' => "booleans",
        'f' => "functions",
        'n' => "numbers",
        'o' => "objects",
        's' => "strings",
        _ => "values",
    };
    format!("T0412: Argument {position} of function \"{function}\" must be an array of \"{items}\"")
}

fn signature_of(function: &str) -> Option<&'static str> {
    SIGNATURES.iter().find(|(name, _)| *name == function).map(|(_, signature)| *signature)
}

/// What a function takes in one place.
#[derive(Default)]
struct Parameter {
    /// The letters that fit, as a pattern.
    pattern: String,
    takes_context: bool,
    /// The letter for what is in the list, if it is one.
    items: Option<char>,
}

impl Parameter {
    /// Whether a list holds what it should; something else than a list stands for a list of one.
    fn holds(&self, value: &JValue) -> bool {
        match (self.items, value) {
            (None, _) | (_, JValue::Undefined) => true,
            (Some(items), JValue::Array(list)) => list.iter().all(|item| symbol(item) == items),
            (Some(items), value) => symbol(value) == items,
        }
    }
}

fn parameters(signature: &str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut rest = signature.chars();
    while let Some(letter) = rest.next() {
        let pattern = match letter {
            'f' => "f".to_owned(),
            'a' | 'x' => "[asnblfom]".to_owned(),
            'j' => "[asnblom]".to_owned(),
            '(' => format!("[{}m]", rest.by_ref().take_while(|letter| *letter != ')').collect::<String>()),
            '-' | '?' | '+' | '<' => {
                let inner = if letter == '<' { rest.by_ref().take_while(|letter| *letter != '>').next() } else { None };
                if letter == '<' {
                    rest.by_ref().take_while(|letter| *letter != '>').for_each(drop);
                }
                if let Some(last) = parameters.last_mut() {
                    match letter {
                        '<' => last.items = inner.filter(|_| last.pattern != "f"),
                        '+' => last.pattern.push('+'),
                        _ => last.pattern.push('?'),
                    }
                    last.takes_context |= letter == '-';
                }
                continue;
            }
            letter => format!("[{letter}m]"),
        };
        parameters.push(Parameter { pattern, ..Parameter::default() });
    }
    parameters
}

/// How many arguments fit before the first one that does not.
fn first_that_fails(parameters: &[Parameter], given: &str) -> usize {
    let (mut pattern, mut good) = ("^".to_owned(), 0);
    for parameter in parameters {
        pattern.push_str(&parameter.pattern);
        match Regex::new(&pattern).ok().and_then(|pattern| pattern.find(given).ok().flatten()) {
            Some(found) => good = found.end(),
            None => break,
        }
    }
    good
}

/// The letter for a value.
fn symbol(value: &JValue) -> char {
    match value {
        JValue::Null => 'l',
        JValue::Bool(_) => 'b',
        JValue::Number(_) => 'n',
        JValue::String(_) => 's',
        JValue::Array(_) => 'a',
        JValue::Object(_) => 'o',
        JValue::Undefined => 'm',
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => 'f',
    }
}
