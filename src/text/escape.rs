//! Text made harmless for HTML.

use std::borrow::Cow;

use super::entity;

/// Appends `text` to `out`, fit for content and for attributes in double quotes. Characters that
/// no HTML document may hold become U+FFFD.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    // Most of a text needs nothing, and is copied a run at a time.
    while let Some(at) = first_harmful(rest.as_bytes()) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        characters.next().into_iter().for_each(|c| one(out, c));
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// The same, of a text alone.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if first_harmful(text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    Cow::Owned(out)
}

/// The place of the first byte that does not stand for itself.
fn first_harmful(bytes: &[u8]) -> Option<usize> {
    let harmless = |byte: &u8| HARMLESS.get(usize::from(*byte)).is_some_and(|harmless| *harmless);
    bytes.iter().position(|byte| !harmless(byte))
}

/// Which bytes are characters that stand for themselves.
#[expect(
    clippy::indexing_slicing,
    reason = "a byte is a place in it, and this runs at compile time"
)]
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
    use super::{HARMLESS, escape, one};

    #[test]
    fn what_stands_for_itself_is_copied() {
        for byte in (0..=0xff).filter(|byte| HARMLESS[usize::from(*byte)]) {
            let mut out = String::new();
            one(&mut out, char::from(byte));
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
