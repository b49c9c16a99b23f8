//! What looks like a mistake and is none, and what to write instead of one.
#![expect(clippy::indexing_slicing, reason = "the cases are written as users write")]

macro_rules! cases {
    ($($case:ident)+) => {
        $(
            mod $case;

            #[test]
            fn $case() {
                $case::workflow::try_definition().expect("this is no mistake");
            }
        )+
    };
}

cases! {
    assignment_out_of_a_branch
    call_in_a_closure
    cast_of_a_char
    collected_into_a_set
    comparison_of_structs
    constant_beyond_json
    constant_by_another_name
    constant_that_serde_cannot_write
    conversion_without_pure
    express_workflow_that_waits
    float_in_a_text
    item_of_a_part
    iterator_of_ones_own
    length_of_text
    list_in_place_of_the_token
    long_state_name
    mock_of_what_is_no_task
    numbers_in_csv
    opaque_value_taken_apart
    option_in_an_option
    parameter_that_shadows_a_function
    parsed_address
    part_of_a_text
    plain_function
    range_from_elsewhere
    recursion
    renamed_variant
    result_of_a_map
    result_without_task_error
    retry_on_another_type
    single_precision
    skipped_field
    source_of_a_distributed_map
    started_inline_workflow
    strict_lints
    state_name_that_changes
    sum_of_options
    task_named_like_a_local
    text_padded_with_zeros
    text_searched_with_a_closure
    too_many_transitions
    type_without_data
    variables_named_like_made_ones
    wait_of_milliseconds
    workflow_that_calls_itself
}
