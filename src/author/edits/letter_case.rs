//! Upper and lower case.

/// `word` in the case of `model`: in capitals, with a capital first letter, or unchanged.
pub(crate) fn in_case_of(model: &str, word: &str) -> String {
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    let first_is_capital = letters.next().is_some_and(char::is_uppercase);
    let second_is_capital = letters.next().is_some_and(char::is_uppercase);
    match (first_is_capital, second_is_capital) {
        (true, true) => word.to_uppercase(),
        (true, false) => capitalized(word),
        (false, _) => word.to_owned(),
    }
}

/// `word` with a capital first letter.
pub(crate) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
