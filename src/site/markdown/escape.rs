//! Text made harmless for HTML.

use crate::text::entity;

/// Appends `text` to `out`, fit for content and for attributes in double quotes. Characters that
/// no HTML document may hold become U+FFFD.
pub(in crate::site) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    // Most of a text needs nothing, and is copied a run at a time.
    while let Some(at) = rest.bytes().position(|byte| !is_harmless(byte)) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        characters.next().into_iter().for_each(|c| one(out, c));
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// Whether the byte is a character that stands for itself.
fn is_harmless(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t') && !matches!(byte, b'&' | b'<' | b'>' | b'"')
}

fn one(out: &mut String, c: char) {
    match (entity(c), c) {
        (Some(entity), _) => out.push_str(entity),
        (None, '\r') => {}
        (None, '\n' | '\t') => out.push(c),
        (None, c) => out.push(if is_forbidden(c) { '\u{fffd}' } else { c }),
    }
}

/// Control characters and the non-characters of Unicode: the HTML standard calls them errors.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::{escape, is_harmless, one};

    #[test]
    fn what_stands_for_itself_is_copied() {
        for byte in (0..0x80).filter(|byte| is_harmless(*byte)) {
            let mut out = String::new();
            one(&mut out, char::from(byte));
            assert_eq!(out, char::from(byte).to_string());
        }
    }

    #[test]
    fn nothing_can_leave_an_attribute_or_open_a_tag() {
        let mut out = String::new();
        escape(&mut out, "\"><script>&\0\r\n");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;&amp;\u{fffd}\n");
    }
}
