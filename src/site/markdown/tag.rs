//! Tags as the cleaner of HTML writes them, taken apart.

/// Where a tag ends: at the first `>` outside quotes.
pub(super) fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

/// How many attributes the tag has that has the most of them, as browsers tell them apart in any HTML.
pub(super) fn attributes(html: &str) -> usize {
    let mut rest = html;
    let mut most = 0;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if !tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (count, end) = attributes_of(tag);
        most = most.max(count);
        rest = tag.get(end..).unwrap_or_default();
    }
    most
}

/// Where in a tag a reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// In a word: the name of the tag or of an attribute.
    Word,
    /// Between words.
    Between,
    /// Behind a `=`.
    Begin,
    /// In a value, up to this mark.
    Quoted(u8),
    /// In a value without marks.
    Bare,
}

/// How many attributes a tag has, and where it ends.
fn attributes_of(tag: &str) -> (usize, usize) {
    let mut part = Part::Word;
    let mut count = 0;
    for (at, byte) in tag.bytes().enumerate() {
        let is_space = byte.is_ascii_whitespace();
        part = match (part, byte) {
            (Part::Quoted(mark), _) if byte != mark => part,
            (Part::Quoted(_), _) => Part::Between,
            (_, b'>') => return (count, at),
            (Part::Begin, b'"' | b'\'') => Part::Quoted(byte),
            (Part::Begin, _) if is_space => part,
            (Part::Begin, _) => Part::Bare,
            (Part::Bare, _) if !is_space => part,
            (Part::Word, b'=') if count > 0 => Part::Begin,
            (_, b'/') => Part::Between,
            (_, _) if is_space => Part::Between,
            // A `=` behind blanks belongs to the name before them.
            (Part::Between, b'=') if count > 0 => Part::Begin,
            (Part::Between, _) => {
                count += 1;
                Part::Word
            }
            (Part::Word | Part::Bare, _) => part,
        };
    }
    (count, tag.len())
}

/// The attributes of a tag as the cleaner writes them: every value in double quotes.
pub(super) fn read(attributes: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = attributes;
    while let Some((name, value)) = rest.split_once("=\"") {
        let Some((value, after)) = value.split_once('"') else { break };
        let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        found.push((name.trim(), plain.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::attributes;

    #[test]
    fn attributes_are_told_apart_as_browsers_do() {
        for (html, expected) in [
            ("<a>", 0),
            ("<a href=\"b c d\" title='e > f'>g h i</a>", 2),
            ("a b c d < e f g", 0),
            ("<a b c d=e/f g/h>", 5),
            ("<a b = c d>", 2),
            ("<a b='c'd='e'f>", 3),
            ("<a b\"c d\"e>", 2),
            ("<a b><i c d e></i><u f>", 3),
            ("<a b c", 2),
        ] {
            assert_eq!(attributes(html), expected, "{html}");
        }
    }
}
