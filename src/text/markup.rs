//! Characters that mean something in HTML, XML and Markdown. Whether a document may hold any other character,
//! its writer decides.

/// What stands for `c` in content, and in attributes in double quotes; `None` where it stands for
/// itself.
pub fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    }
}

/// `words` as the words of a link in Markdown, in a table too: without what would end them or open a tag.
pub fn link_words(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '[' | ']' | '<' | '|' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::link_words;

    #[test]
    fn words_do_not_end_their_link() {
        assert_eq!(link_words("[a] b|c\nVec<T> \\]"), "\\[a\\] b\\|c Vec\\<T> \\\\\\]");
    }
}
