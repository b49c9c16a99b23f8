//! JSON values as YAML, with texts of several lines as blocks.

use serde_json::Value;

/// The value as a YAML document, with a line break at its end.
pub(in crate::target) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    document(value, 0, &mut text);
    text
}

fn document(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (number, (key, value)) in members.iter().enumerate() {
                if number > 0 {
                    text.push_str(&" ".repeat(indent));
                }
                text.push_str(&format!("{}:", plain(key)));
                behind(value, indent, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    text.push_str(&" ".repeat(indent));
                }
                text.push_str("- ");
                document(item, indent + 2, text);
            }
        }
        _ => text.push_str(&format!("{value}\n")),
    }
}

/// What stands behind a key.
fn behind(value: &Value, indent: usize, text: &mut String) {
    let inner = indent + 2;
    match value {
        Value::String(block) if is_block(block) => {
            text.push_str(" |\n");
            block.lines().for_each(|line| text.push_str(&format!("{:inner$}{line}\n", "")));
        }
        Value::Object(members) if !members.is_empty() => own_lines(value, inner, text),
        Value::Array(items) if !items.is_empty() => own_lines(value, inner, text),
        _ => text.push_str(&format!(" {value}\n")),
    }
}

fn own_lines(value: &Value, indent: usize, text: &mut String) {
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    document(value, indent, text);
}

/// Whether a text can be a block: lines that are kept as they are.
fn is_block(text: &str) -> bool {
    let starts_plainly = !text.starts_with([' ', '\n']);
    let is_printed = text.chars().all(|c| c == '\n' || !c.is_control());
    starts_plainly && is_printed && text.ends_with('\n') && !text.ends_with("\n\n")
}

/// A key without quotes, if it can be.
fn plain(key: &str) -> String {
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_plain = is_word && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    // YAML 1.1 reads these as truth values.
    let is_truth = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&key.to_lowercase().as_str());
    if is_plain && !is_truth { key.to_owned() } else { Value::from(key).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_become_yaml() {
        let value = json!({
            "metadata": {"name": "a", "annotations": {"services.k8s.aws/region": "eu-west-1"}},
            "list": [{"a": 1, "b": [true, null]}, [], "no", ["x", {"y": {}}]],
            "on": "1\t2",
            "definition": "{\n  \"a\": \"#\"\n}\n",
            "lines": "a\n\n",
        });
        insta::assert_snapshot!(yaml(&value));
    }
}
