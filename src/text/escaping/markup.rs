//! Characters with a special meaning in HTML, XML and Markdown.

/// Returns the entity for `c` in content and in attributes in double quotes; `None` if it needs none. Whether the
/// document may contain other characters is up to the caller.
pub fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    }
}

/// Escapes `words` for the text of a link in Markdown, also in a table: nothing in it ends the text or opens a tag.
pub fn link_words(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '[' | ']' | '<' | '|' | '\\' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::link_words;

    #[test]
    fn words_do_not_end_their_link() {
        assert_eq!(link_words("[a] b|c\nVec<T> \\]"), "\\[a\\] b\\|c Vec\\<T> \\\\\\]");
    }
}
