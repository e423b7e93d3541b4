//! Escapes text for HTML.

use std::borrow::Cow;

use super::entity;

/// Appends `text` to `out`, escaped for content and for attributes in double quotes. Characters that
/// are not allowed in HTML become U+FFFD.
pub fn escape(out: &mut String, text: &str) {
    let mut remaining = text;
    // Copied in runs, because most of a text needs no escaping.
    while let Some(offset) = first_harmful(remaining.as_bytes()) {
        let (unchanged, from_harmful) = remaining.split_at(offset);
        out.push_str(unchanged);
        let mut characters = from_harmful.chars();
        characters.next().into_iter().for_each(|c| escape_char(out, c));
        remaining = characters.as_str();
    }
    out.push_str(remaining);
}

/// Returns `text`, escaped like [`escape`] does.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if first_harmful(text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut escaped_text = String::with_capacity(text.len());
    escape(&mut escaped_text, text);
    Cow::Owned(escaped_text)
}

/// The offset of the first byte that needs escaping.
fn first_harmful(bytes: &[u8]) -> Option<usize> {
    let harmless = |byte: &u8| HARMLESS.get(usize::from(*byte)).is_some_and(|harmless| *harmless);
    bytes.iter().position(|byte| !harmless(byte))
}

/// Whether each byte can be copied unchanged.
#[expect(clippy::indexing_slicing, reason = "the index is a byte, and this runs at compile time")]
const HARMLESS: [bool; 256] = {
    let mut harmless = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        harmless[byte as usize] = !matches!(byte, b'&' | b'<' | b'>' | b'"');
        byte += 1;
    }
    harmless[b'\n' as usize] = true;
    harmless[b'\t' as usize] = true;
    harmless
};

fn escape_char(out: &mut String, c: char) {
    match (entity(c), c) {
        (Some(entity), _) => out.push_str(entity),
        (None, '\r') => {}
        (None, '\n' | '\t') => out.push(c),
        (None, c) => out.push(if is_forbidden(c) { '\u{fffd}' } else { c }),
    }
}

/// Whether `c` is a control character or a Unicode noncharacter, which the HTML standard calls errors.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::{HARMLESS, escape, escape_char};

    #[test]
    fn what_stands_for_itself_is_copied() {
        for byte in (0..=0xff).filter(|byte| HARMLESS[usize::from(*byte)]) {
            let mut out = String::new();
            escape_char(&mut out, char::from(byte));
            assert_eq!(out, char::from(byte).to_string());
        }
    }

    #[test]
    fn what_does_not_is_found_wherever_it_stands() {
        for at in 0..100 {
            let mut text = "a".repeat(100);
            text.replace_range(at..=at, "<");
            let mut out = String::new();
            escape(&mut out, &text);
            assert_eq!(out, text.replace('<', "&lt;"));
        }
    }

    #[test]
    fn nothing_can_leave_an_attribute_or_open_a_tag() {
        let mut out = String::new();
        escape(&mut out, "\"><script>&\0\r\n");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;&amp;\u{fffd}\n");
    }
}
