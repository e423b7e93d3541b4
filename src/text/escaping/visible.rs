//! Makes text safe for a terminal: no file, name or argument can control it, reorder
//! text, or hide in it. Everything else about terminals is in `src/cli/ui.rs`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::ci_commands::command_hashes;

/// Returns `text` on one line, with every unsafe character escaped. Line ends and tabs become spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, _| match c {
        '\n' | '\r' | '\t' => out.push(' '),
        c => escape(out, c),
    })
}

/// The same for a text of several lines; line ends and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, next| match c {
        '\n' | '\t' => out.push(c),
        '\r' if next == Some('\n') => out.push(c),
        c => escape(out, c),
    })
}

/// The same for a file name: line ends are escaped too, so that they are not mistaken for
/// spaces.
pub fn visible_name(text: &str) -> Cow<'_, str> {
    escaped(text, |out, c, _| escape(out, c))
}

/// The same for a JSON document, whose values stay the same. Line ends are not part of any
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
/// so that the marks stay in place. The commands of CI runners are broken, too. Calls `on_replaced`
/// for every replaced character with its offset, and its size before and after.
pub fn visible_source(text: &str, mut on_replaced: impl FnMut(usize, usize, usize)) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut command_marks = command_hashes(text).into_iter().peekable();
    for (offset, c) in text.char_indices() {
        let is_mark = command_marks.next_if_eq(&offset).is_some();
        let is_shown = !is_unsafe(c) || matches!(c, '\n' | '\t');
        let shown = if is_mark || !is_shown { '\u{fffd}' } else { c };
        if shown != c {
            on_replaced(offset, c.len_utf8(), shown.len_utf8());
        }
        safe.push(shown);
    }
    safe
}

/// Whether a program that reads one name per line would take `name` for several, or for another one.
pub fn breaks_line(name: &str) -> bool {
    !is_plain(name) && name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Whether the text consists of printable ASCII only, as most names and lines do.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Calls `replace` for every unsafe character of `text`, with the character that follows it.
fn escaped(text: &str, replace: impl Fn(&mut String, char, Option<char>)) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut remaining = text.chars();
    while let Some(c) = remaining.next() {
        if is_unsafe(c) {
            replace(&mut safe, c, remaining.clone().next());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

fn escape(out: &mut String, c: char) {
    let _ = write!(out, "{}", c.escape_default());
}

/// Whether `c` is a control character, a line or paragraph separator, a mark that changes the direction of text,
/// or another invisible format character. The joiners that scripts and emoji need are safe.
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
