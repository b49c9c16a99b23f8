//! The catalogue of messages holds what it promises.

use std::collections::BTreeSet;

use super::{messages, pretty};
use crate::diagnostic::ALL;

#[test]
fn codes_are_unique_and_ascend() {
    let codes: Vec<&str> = ALL.iter().map(|message| message.code).collect();
    let sorted: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes, sorted.into_iter().collect::<Vec<_>>());
}

#[test]
fn rejected_code_gives_its_message_and_no_other() {
    for message in ALL {
        let found = messages(&pretty(message.rejected));
        let code = format!("[{}]", message.code);
        assert!(!found.is_empty(), "{} accepts {}", message.code, message.rejected);
        assert!(found.iter().all(|text| text.contains(&code)), "{} gives {found:#?}", message.rejected);
        assert_eq!(found.len(), 1, "{} gives {found:#?}", message.rejected);
    }
}

#[test]
fn accepted_code_expands() {
    for message in ALL {
        assert_eq!(messages(&pretty(message.accepted)), Vec::<String>::new(), "{}", message.accepted);
    }
}

#[test]
fn messages_are_one_line_with_help() {
    for message in ALL {
        let text = message.render("x");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].ends_with(&format!("[{}]", message.code)), "{text}");
        assert!(!lines[0].starts_with(char::is_uppercase) || lines[0].starts_with('`'), "{text}");
        assert!(lines[1].starts_with("  = help: ") && !lines[1].ends_with('.'), "{text}");
    }
}
