//! The types of a function's parameters.

/// Checks that only lists and functions have parameters of their own, and that these do not stand in a choice.
pub(super) fn check(signature: &str) -> Result<(), (&'static str, &'static str)> {
    let mut previous = ' ';
    let mut is_choice = false;
    for (position, symbol) in signature.chars().enumerate() {
        match symbol {
            '(' => is_choice = true,
            ')' => is_choice = false,
            '<' if position > 0 && is_choice => {
                return Err(("S0402", "Choice groups containing parameterized types are not supported"));
            }
            '<' if position > 0 && !matches!(previous, 'a' | 'f') => {
                return Err(("S0401", "Type parameters can only be applied to functions and arrays"));
            }
            _ => {}
        }
        previous = symbol;
    }
    Ok(())
}
