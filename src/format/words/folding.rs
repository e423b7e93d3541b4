//! Folds phrases for comparison: lower case, with single spaces for `-`, `_` and white space. The build
//! script uses it, too, so it has no imports.

/// `text` in lower case, with a single space for each run of `-`, `_` and white space.
pub(super) fn folded(text: &str) -> String {
    let text = text.trim();
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' | '_' => push_space(&mut folded),
            '’' => folded.push('\''),
            c if c.is_whitespace() => push_space(&mut folded),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

fn push_space(folded: &mut String) {
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Whether a character is part of a word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}
