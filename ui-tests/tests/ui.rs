//! Mistakes that fail the build.

// Only failing cases: trybuild then checks all of them at once.
#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
