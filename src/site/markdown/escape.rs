//! Text made harmless for HTML.

use crate::text::entity;

/// Appends `text` to `out`, fit for content and for attributes in double quotes. Characters that
/// no HTML document may hold become U+FFFD.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match (entity(c), c) {
            (Some(entity), _) => out.push_str(entity),
            (None, '\n' | '\t') => out.push(c),
            (None, '\r') => {}
            (None, c) => out.push(if is_forbidden(c) { '\u{fffd}' } else { c }),
        }
    }
}

/// Control characters and the non-characters of Unicode: the HTML standard calls them errors.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_can_leave_an_attribute_or_open_a_tag() {
        let mut out = String::new();
        escape(&mut out, "\"><script>&\0\r\n");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;&amp;\u{fffd}\n");
    }
}
