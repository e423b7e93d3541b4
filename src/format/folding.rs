//! How phrases are compared: in lower case, with single spaces for `-`, `_` and all white space. Used by
//! the program and by its build script, so it depends on nothing.

/// `text` in lower case, with single spaces for `-`, `_` and all white space.
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
