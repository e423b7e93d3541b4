//! Capital letters.

/// `word` in the case of `old`: all capitals, a capital at the beginning, or none.
pub(crate) fn like(old: &str, word: &str) -> String {
    let mut letters = old.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let others = letters.next().is_some_and(char::is_uppercase);
    match (first, others) {
        (true, true) => word.to_uppercase(),
        (true, false) => capital(word),
        (false, _) => word.to_owned(),
    }
}

/// `word` with a capital at the beginning.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
