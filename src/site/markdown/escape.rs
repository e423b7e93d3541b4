//! Text made harmless for HTML.

/// Appends `text` to `out`, fit for content and for attributes in double quotes. Characters that
/// no HTML document may hold become U+FFFD.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
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
