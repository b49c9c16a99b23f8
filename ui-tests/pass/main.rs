//! What looks like a mistake and is none.

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
    call_in_a_closure
    constant_by_another_name
    parameter_that_shadows_a_function
    task_named_like_a_local
}
