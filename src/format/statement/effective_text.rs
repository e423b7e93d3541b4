//! A piece of Markdown as the words that count, at the places where they are written.
//!
//! What does not count becomes blanks: comments, words that are struck out, boxes and the words behind
//! those that are not ticked, the marks of emphasis, code and links, the destinations of links, tags of
//! HTML, addresses of the web. The result is as long as the piece, so that a span in one is a span in
//! the other. Does not depend on what the words mean, but for boxes.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::check_box::tick_boxes;
use crate::format::words::Words;
use crate::syntax::{blanked, uncommented, unstruck};
use crate::text::Span;

/// A statement with blanks instead of what does not count: comments, words that are struck out, boxes,
/// and the words behind those that are not ticked. As long as `piece`.
pub fn live<'t>(piece: &'t str, words: &Words) -> Cow<'t, str> {
    let unstruck = match uncommented(piece) {
        Cow::Borrowed(piece) => unstruck(piece),
        Cow::Owned(piece) => unstruck(&piece).into_owned().into(),
    };
    let boxes = tick_boxes(&unstruck, Span::new(0, unstruck.len()));
    if boxes.is_empty() {
        return unstruck;
    }
    let states = |at: Span| !words.statuses_in(at.of(&unstruck)).is_empty();
    let last = boxes.iter().rposition(|one| one.ticked && states(one.words));
    let mut dead: Vec<Span> = boxes.iter().map(|one| one.mark).collect();
    let counts = |at: usize, ticked: bool| ticked && last.is_none_or(|last| last == at);
    let others = boxes.iter().enumerate().filter(|(at, one)| !counts(*at, one.ticked));
    dead.extend(others.map(|(_, one)| one.words));
    blanked(&unstruck, &dead).into()
}

/// The words of `live`, which is [`live`] of the piece, without markup. As long as `piece`.
pub(crate) fn bare<'t>(piece: &'t str, live: &Cow<'t, str>) -> Cow<'t, str> {
    let without_marks = match unmarked(piece) {
        None => live.clone(),
        // Blanks instead of words would make code of what follows them: the marks are looked for in the
        // piece as it is written.
        Some(unmarked) => Cow::Owned(overlaid(unmarked, live)),
    };
    let mut addresses = addresses(&without_marks);
    addresses.extend(emoji_codes(&without_marks));
    if addresses.is_empty() { without_marks } else { blanked(&without_marks, &addresses).into() }
}

/// `piece` with blanks instead of markup; `None` where it has none.
fn unmarked(piece: &str) -> Option<String> {
    let marks = |byte: u8| matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~');
    if !piece.bytes().any(marks) {
        return None;
    }
    let mut kept = vec![b' '; piece.len()];
    let mut keep = |span: Span| {
        let bytes = span.of(piece).as_bytes();
        for (at, byte) in span.range().zip(bytes) {
            if let Some(slot) = kept.get_mut(at) {
                *slot = *byte;
            }
        }
    };
    let ends = piece.match_indices(['\n', '\r']).map(|(at, end)| Span::new(at, at + end.len()));
    ends.for_each(&mut keep);
    let mut is_address = false;
    let mut quoted: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        let span = Span::from(range);
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                is_address = true;
            }
            Event::End(TagEnd::Link) => is_address = false,
            // An entity is written otherwise than what it stands for.
            Event::Text(text) if !is_address && &*text == span.of(piece) => keep(span),
            // What is code within a sentence is quoted.
            Event::Code(_) => {
                let code = code(piece, span);
                keep(code);
                quoted.extend([code.start.checked_sub(1), Some(code.end)].into_iter().flatten());
            }
            Event::Html(_) => between_tags(piece, span).into_iter().for_each(&mut keep),
            _ => {}
        }
    }
    for at in quoted {
        if let Some(slot) = kept.get_mut(at) {
            *slot = b'"';
        }
    }
    String::from_utf8(kept).ok()
}

/// `text` with blanks also where `other`, which is as long, has them.
fn overlaid(text: String, other: &str) -> String {
    let mut bytes = text.into_bytes();
    for (byte, other) in bytes.iter_mut().zip(other.bytes()) {
        if other == b' ' {
            *byte = other;
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// A span of code without its marks.
fn code(piece: &str, span: Span) -> Span {
    let written = span.of(piece);
    let inner = written.trim_start_matches('`');
    let start = span.start + (written.len() - inner.len());
    Span::new(start, start + inner.trim_end_matches('`').len())
}

/// What is between the tags of HTML.
fn between_tags(piece: &str, span: Span) -> Vec<Span> {
    let mut kept = Vec::new();
    let mut start = span.start;
    while let Some(open) = Span::new(start, span.end).of(piece).find('<') {
        kept.push(Span::new(start, start + open));
        let close = Span::new(start + open, span.end).of(piece).find('>');
        start = close.map_or(span.end, |close| start + open + close + 1);
    }
    kept.push(Span::new(start, span.end));
    kept
}

/// The names of emoji: `:white_check_mark:`.
fn emoji_codes(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (start, _) in text.match_indices(':') {
        let inner = text.get(start + 1..).unwrap_or_default();
        let is_inside =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+');
        let name = inner.len() - inner.trim_start_matches(is_inside).len();
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let is_free = before.is_none_or(|c| !c.is_alphanumeric());
        let closes = inner.get(name..).is_some_and(|rest| rest.starts_with(':'));
        if is_free && name > 1 && closes && found.last().is_none_or(|last| last.end <= start) {
            found.push(Span::new(start, start + name + 2));
        }
    }
    found
}

/// The addresses of the web that are written out: their words state nothing.
fn addresses(text: &str) -> Vec<Span> {
    let schemes = memchr::memmem::find_iter(text.as_bytes(), "://");
    let outside = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|');
    let mut found: Vec<Span> = Vec::new();
    for at in schemes {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let scheme = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        let behind = text.get(at..).unwrap_or_default();
        let end = at + behind.find(outside).unwrap_or(behind.len());
        found.push(Span::new(scheme.len(), end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::bare;
    use crate::format::Words;

    #[track_caller]
    fn check(piece: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let bare = bare(piece, &super::live(piece, &words));
        assert_eq!(bare.len(), piece.len(), "{piece}");
        assert_eq!(bare.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{piece}");
        for (at, c) in bare.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            assert!(piece[at..].starts_with(c) || c == '"' && piece[at..].starts_with('`'));
        }
    }

    #[test]
    fn words_stay_where_they_are() {
        check("**Superseded** by [ADR-1: Keep](0001-keep.md).", "Superseded by ADR-1: Keep .");
        check("`Accepted` <!-- Rejected --> ~~RecordReader~~ ![x](y.svg)", "\"Accepted\" x");
        check("<p><b>Accepted</b></p>", "Accepted");
        check("> - **a**\n> - b", "a b");
        check("see <https://e.org/rejected> and https://e.org/accepted, too", "see and too");
        check("a\\*b &amp; *ü*", "a *b ü");
    }
}
