//! Mistakes that show when a workflow is compiled to its machine.
#![expect(clippy::indexing_slicing, reason = "the cases are written as users write")]

macro_rules! cases {
    ($($case:ident)+) => {
        $(
            mod $case;

            #[test]
            fn $case() {
                let mut settings = insta::Settings::clone_current();
                settings.set_snapshot_path(".");
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                let mistakes = $case::workflow::try_definition().expect_err("the mistake is noticed");
                settings.bind(|| insta::assert_snapshot!(stringify!($case), mistakes));
            }
        )+
    };
}

cases! {
    assignment_out_of_a_branch
    constant_beyond_json
    express_items_that_wait
    express_workflow_that_waits
    item_of_a_part
    key_left_out_for_several_values
    long_state_name
    numbers_in_csv
    opaque_value_taken_apart
    option_in_an_option
    range_from_elsewhere
    recursion
    renamed_variant
    several_mistakes_at_once
    skipped_field
    started_inline_workflow
    state_name_that_changes
    text_padded_with_zeros
    token_left_out
    too_many_transitions
    wait_of_milliseconds
    wait_of_years
}
