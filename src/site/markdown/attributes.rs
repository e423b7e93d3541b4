//! The attributes of tags: counted in any HTML, and read from cleaned HTML.

/// The end of a tag: the offset of the first `>` outside quotes.
pub(super) fn tag_end(tag: &str) -> usize {
    let mut in_quotes = false;
    for (offset, c) in tag.char_indices() {
        match c {
            '"' => in_quotes = !in_quotes,
            '>' if !in_quotes => return offset,
            _ => {}
        }
    }
    tag.len()
}

/// The maximum number of attributes of a tag in any HTML, separated as browsers do it.
pub(super) fn max_attributes(html: &str) -> usize {
    let mut remaining_html = html;
    let mut maximum = 0;
    while let Some((_, tag)) = remaining_html.split_once('<') {
        remaining_html = tag;
        if !tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (count, end) = count_attributes(tag);
        maximum = maximum.max(count);
        remaining_html = tag.get(end..).unwrap_or_default();
    }
    maximum
}

/// The position of the reader in a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TagState {
    /// In the name of the tag or of an attribute.
    Name,
    /// Between attributes.
    Between,
    /// After a `=`.
    BeforeValue,
    /// In a value that ends at this quote.
    QuotedValue(u8),
    /// In a value without quotes.
    BareValue,
}

/// The number of attributes of a tag, and the offset of its end.
fn count_attributes(tag: &str) -> (usize, usize) {
    use TagState::{BareValue, BeforeValue, Between, Name, QuotedValue};
    let mut state = Name;
    let mut count = 0;
    for (offset, byte) in tag.bytes().enumerate() {
        let is_space = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (QuotedValue(quote), _) if byte != quote => state,
            (QuotedValue(_), _) => Between,
            (_, b'>') => return (count, offset),
            (BeforeValue, b'"' | b'\'') => QuotedValue(byte),
            (BeforeValue, _) if is_space => state,
            (BeforeValue, _) => BareValue,
            (BareValue, _) if !is_space => state,
            (Name, b'=') if count > 0 => BeforeValue,
            (_, b'/') => Between,
            (_, _) if is_space => Between,
            // A `=` after spaces belongs to the name before them.
            (Between, b'=') if count > 0 => BeforeValue,
            (Between, _) => {
                count += 1;
                Name
            }
            (Name | BareValue, _) => state,
        };
    }
    (count, tag.len())
}

/// Reads the attributes of a tag as the cleaner writes them: every value in double quotes.
pub(super) fn read_attributes(source: &str) -> Vec<(&str, String)> {
    let mut attributes = Vec::new();
    let mut remaining_source = source;
    while let Some((name, value)) = remaining_source.split_once("=\"") {
        let Some((value, source_after)) = value.split_once('"') else { break };
        let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        // `&amp;` is last, so that no new entity appears.
        let value = value.replace("&nbsp;", "\u{a0}").replace("&amp;", "&");
        attributes.push((name.trim(), value));
        remaining_source = source_after;
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::max_attributes;

    #[test]
    fn attributes_are_counted_as_browsers_do() {
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
            assert_eq!(max_attributes(html), expected, "{html}");
        }
    }
}
