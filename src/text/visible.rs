//! Text made safe for a terminal: no file, no name and no argument may act on it, reorder what is
//! read, or hide in it. Everything else about terminals is in `src/cli/terminal/ui.rs`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::runner::marks;

/// `text` on one line, with every unsafe character as an escape. Line ends and tabs become spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, _| match c {
        '\n' | '\r' | '\t' => out.push(' '),
        c => escape(out, c),
    })
}

/// The same for a text of several lines, whose line ends and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, next| match c {
        '\n' | '\t' => out.push(c),
        '\r' if next == Some('\n') => out.push(c),
        c => escape(out, c),
    })
}

/// The same for the name of a file: a line end in it is an escape too, and not to be mistaken for
/// a space.
pub fn visible_name(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, _| escape(out, c))
}

/// The same for a document in JSON, whose values stay what they are. Line ends are not part of any
/// value and stay.
pub fn visible_json(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, _| match c {
        '\n' => out.push(c),
        c => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    })
}

/// The same for source text that is shown with marks below it: every character stays one character,
/// so that the marks stay in their places. The commands of runners are broken, too. Calls `moved`
/// with the places at which bytes were replaced by others: where, how many before, how many now.
pub fn visible_source(text: &str, mut moved: impl FnMut(usize, usize, usize)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = marks(text).into_iter().peekable();
    for (at, c) in text.char_indices() {
        let is_mark = marks.next_if_eq(&at).is_some();
        let is_shown = !is_unsafe(c) || matches!(c, '\n' | '\t');
        let shown = if is_mark || !is_shown { '\u{fffd}' } else { c };
        if shown != c {
            moved(at, c.len_utf8(), shown.len_utf8());
        }
        out.push(shown);
    }
    out
}

/// Whether a program that reads a name a line takes `name` for more than one, or for another.
pub fn breaks_line(name: &str) -> bool {
    !is_plain(name) && name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Whether the text has printable characters of ASCII alone, as most names and lines have.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `text` with `put` for every unsafe character; it gets the one that follows, too.
fn escaped(text: &str, put: impl Fn(&mut String, char, Option<char>)) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_unsafe(c) {
            put(&mut out, c, rest.clone().next());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn escape(out: &mut String, c: char) {
    let _ = write!(out, "{}", c.escape_default());
}

/// Control characters, line and paragraph separators, the marks that change the direction of text,
/// and other format characters that cannot be seen. Not the joiners that scripts and emoji need.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json, visible_lines, visible_name, visible_source};

    #[test]
    fn what_acts_on_a_terminal_is_shown_as_an_escape() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}\u{202e}c\n"), "a\\u{1b}[31mb\\u{9b}\\u{202e}c ");
        assert_eq!(
            visible("größer \u{645}\u{200c}\u{6cc} 👩\u{200d}🔬"),
            "größer \u{645}\u{200c}\u{6cc} 👩\u{200d}🔬"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for c in [
            '\0',
            '\u{7}',
            '\u{7f}',
            '\u{85}',
            '\u{9f}',
            '\u{61c}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202d}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e007f}',
        ] {
            for shown in [visible, visible_lines, visible_name, visible_json] {
                let shown = shown(&format!("a{c}b")).into_owned();
                assert!(
                    !shown.contains(c) && shown.starts_with("a\\u") && shown.ends_with('b'),
                    "{shown}"
                );
            }
            let shown = visible_source(&format!("a{c}b"), |_, _, _| {});
            assert_eq!(shown, "a\u{fffd}b");
        }
    }

    #[test]
    fn lines_stay_lines_and_names_are_one() {
        let text = "a\r\nb\tc\rd\n";
        assert_eq!(visible_lines(text), "a\r\nb\tc\\rd\n");
        assert_eq!(visible_name(text), "a\\r\\nb\\tc\\rd\\n");
        assert_eq!(visible(text), "a  b c d ");
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "a": "\u{1b}]0;\u{7}\u{9b}\u{202e}\u{e0041}\u{7f}ö" });
        let shown = visible_json(&value.to_string()).into_owned();
        assert!(shown.chars().all(|c| c == 'ö' || c.is_ascii_graphic()), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn characters_of_a_source_keep_their_places() {
        let mut places = vec![];
        let shown =
            visible_source("ä\u{1b}b\tc##[d\u{e0041}", |at, old, new| places.push((at, old, new)));
        assert_eq!(shown, "ä\u{fffd}b\tc#\u{fffd}[d\u{fffd}");
        assert_eq!(places, [(2, 1, 3), (7, 1, 3), (10, 4, 3)]);
    }
}
