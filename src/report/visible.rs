//! Words of strangers, made safe to print: no file and no name may steer the terminal.

use std::borrow::Cow;

/// `text` on one line, with everything that acts on a terminal or reorders what is read shown as
/// an escape.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        let show = |c: char| match c {
            '\n' | '\r' | '\t' => " ".to_owned(),
            c if is_unsafe(c) => c.escape_unicode().to_string(),
            c => c.to_string(),
        };
        Cow::Owned(text.chars().map(show).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The same for source text that is to be shown with marks below it: every character stays one
/// character, so that the marks stay in their places. Calls `moved` with the places at which bytes
/// were put in the stead of others: where, how many before, how many now.
pub(super) fn source(text: &str, mut moved: impl FnMut(usize, usize, usize)) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Three bytes: no character that acts on a terminal has more.
        let shown = if is_unsafe(c) && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c };
        if shown != c {
            moved(at, c.len_utf8(), shown.len_utf8());
        }
        out.push(shown);
    }
    out
}

/// Control characters, and the marks that change the direction of text.
fn is_unsafe(c: char) -> bool {
    let direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || direction
}

#[cfg(test)]
mod tests {
    use super::{source, visible};

    #[test]
    fn what_acts_on_a_terminal_is_shown_as_an_escape() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}\u{202e}c\n"), "a\\u{1b}[31mb\\u{9b}\\u{202e}c ");
        assert_eq!(visible("größer"), "größer");
    }

    #[test]
    fn characters_of_a_source_keep_their_places() {
        let mut places = vec![];
        let shown = source("ä\u{1b}b\tc", |at, old, new| places.push((at, old, new)));
        assert_eq!(shown, "ä\u{fffd}b\tc");
        assert_eq!(places, [(2, 1, 3)]);
    }
}
