//! Options, right and wrong.

use super::{messages, pretty};

/// The messages for a task with these options.
fn task(options: &str) -> Vec<String> {
    messages(&pretty(&format!("#[task({options})] async fn charge(amount: u64) -> u64 {{ amount }}")))
}

fn first_lines(messages: &[String]) -> Vec<&str> {
    messages.iter().filter_map(|message| message.lines().next()).collect()
}

#[test]
fn unknown_options_list_the_valid_ones() {
    let found = task("timeuot = 3");
    assert_eq!(
        first_lines(&found),
        ["unknown option `timeuot`: valid are `name`, `resource`, `timeout`, `heartbeat`, `retry`, `activity`, \
             `wait_for_task_token` [SW020]"]
    );
    let found = task("retry(attempts = 3)");
    assert_eq!(
        first_lines(&found),
        ["unknown option `attempts`: valid are `on`, `interval`, `backoff`, `max_attempts`, `max_delay`, `jitter` \
             [SW020]"]
    );
    let found = messages(&pretty("#[pure(fast)] fn f() {}"));
    assert_eq!(first_lines(&found), ["unknown option `fast`: there are no options [SW020]"]);
}

#[test]
fn values_of_the_wrong_kind() {
    for (options, message) in [
        ("name", "`name` takes a text [SW022]"),
        ("name = \"\"", "`name` takes a text that is not empty [SW022]"),
        ("activity = true", "`activity` stands alone [SW022]"),
        ("retry", "`retry` takes parentheses, `retry(…)` [SW022]"),
        ("retry(on = \"Busy\")", "`on` takes parentheses, `on(…)` [SW022]"),
        ("retry(backoff = \"2\")", "`backoff` takes a number [SW022]"),
        ("retry(max_attempts = 1.5)", "`max_attempts` takes a whole number [SW022]"),
        ("retry(jitter = some)", "`jitter` is one of `full`, `none` [SW022]"),
        ("timeout = 1.5", "`timeout` takes a duration of whole seconds [SW023]"),
        ("timeout = \"500ms\"", "`timeout` takes a duration of whole seconds [SW023]"),
    ] {
        assert_eq!(first_lines(&task(options)), [message], "{options}");
    }
}

#[test]
fn values_that_aws_refuses() {
    for (options, message) in [
        ("timeout = \"0s\"", "`timeout` is 1 to 99999999 [SW024]"),
        ("timeout = 5, heartbeat = 5", "`heartbeat` is shorter than `timeout` [SW024]"),
        ("retry(backoff = 0.5)", "`backoff` is at least 1 [SW024]"),
        ("retry(interval = 5, max_delay = 5)", "`max_delay` is longer than `interval` [SW024]"),
        ("retry(max_delay = 1)", "`max_delay` is longer than `interval` [SW024]"),
    ] {
        assert_eq!(first_lines(&task(options)), [message], "{options}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let found =
        messages(&pretty("#[workflow(fast, timeout = \"x\")] fn order<T>(mut self, a: &mut T) -> impl Copy {}"));
    let codes: Vec<&str> =
        found.iter().filter_map(|text| Some(&text[text.find("[SW")? + 1..text.find(']')?])).collect();
    assert_eq!(codes, ["SW020", "SW023", "SW002", "SW006", "SW005", "SW011", "SW007"]);
}

#[test]
fn an_attribute_out_of_place() {
    for source in ["#[workflow] struct Order;", "#[task] mod tasks {}", "#[pure] enum E {}"] {
        let expansion = pretty(source);
        assert_eq!(messages(&expansion).len(), 1, "{expansion}");
    }
}
