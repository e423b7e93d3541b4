//! Reduces a piece of Markdown to its effective words, at their places.
//!
//! Spaces replace everything that does not count: comments, words that are struck out, boxes, the words after
//! unticked boxes, the marks of emphasis, code and links, the destinations of links, HTML tags,
//! and web addresses. The result is as long as the piece, so that a span of one is a span of the other. Depends
//! on the meaning of words only for boxes.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::check_box::tick_boxes;
use crate::format::words::Words;
use crate::syntax::{blanked, uncommented, unstruck};
use crate::text::Span;

/// `piece` with spaces instead of ignored text: comments, words that are struck out, boxes, and the words
/// after unticked boxes. As long as `piece`.
pub fn effective_text<'t>(piece: &'t str, words: &Words) -> Cow<'t, str> {
    let unstruck = match uncommented(piece) {
        Cow::Borrowed(piece) => unstruck(piece),
        Cow::Owned(piece) => unstruck(&piece).into_owned().into(),
    };
    let boxes = tick_boxes(&unstruck, Span::new(0, unstruck.len()));
    if boxes.is_empty() {
        return unstruck;
    }
    let names_status = |span: Span| !words.statuses_in(span.of(&unstruck)).is_empty();
    let last_ticked =
        boxes.iter().rposition(|tick_box| tick_box.ticked && names_status(tick_box.words));
    // Of several ticked statuses the last one counts, and the words of all other boxes are ignored.
    let counts =
        |index: usize, ticked: bool| ticked && last_ticked.is_none_or(|last| last == index);
    let mut ignored: Vec<Span> = boxes.iter().map(|tick_box| tick_box.mark).collect();
    let other_boxes =
        boxes.iter().enumerate().filter(|(index, tick_box)| !counts(*index, tick_box.ticked));
    ignored.extend(other_boxes.map(|(_, tick_box)| tick_box.words));
    blanked(&unstruck, &ignored).into()
}

/// The words of `effective`, the [`effective_text`] of `piece`, without markup. As long as `piece`.
pub(super) fn without_markup<'t>(piece: &'t str, effective: &Cow<'t, str>) -> Cow<'t, str> {
    let words = match words_between_marks(piece) {
        None => effective.clone(),
        // Spaces instead of words could make the following text an indented code block, so markup is parsed
        // in the piece as it is written.
        Some(words) => Cow::Owned(overlaid(words, effective)),
    };
    let mut ignored = web_addresses(&words);
    ignored.extend(emoji_codes(&words));
    if ignored.is_empty() { words } else { blanked(&words, &ignored).into() }
}

/// `piece` with spaces instead of markup; `None` if it has none.
fn words_between_marks(piece: &str) -> Option<String> {
    let is_mark = |byte: u8| matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~');
    if !piece.bytes().any(is_mark) {
        return None;
    }
    let (word_spans, quote_offsets) = words_and_quotes(piece);
    let line_ends = piece.match_indices(['\n', '\r']);
    let line_ends = line_ends.map(|(offset, end)| Span::new(offset, offset + end.len()));
    let mut kept_bytes = vec![b' '; piece.len()];
    for span in line_ends.chain(word_spans) {
        for (index, byte) in span.range().zip(span.of(piece).bytes()) {
            if let Some(slot) = kept_bytes.get_mut(index) {
                *slot = byte;
            }
        }
    }
    for offset in quote_offsets {
        if let Some(slot) = kept_bytes.get_mut(offset) {
            *slot = b'"';
        }
    }
    String::from_utf8(kept_bytes).ok()
}

/// The spans of the words between marks, and the offsets of the quotation marks that replace the marks of
/// inline code.
fn words_and_quotes(piece: &str) -> (Vec<Span>, Vec<usize>) {
    let mut word_spans: Vec<Span> = Vec::new();
    let mut quote_offsets: Vec<usize> = Vec::new();
    let mut is_in_address = false;
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        let span = Span::from(range);
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                is_in_address = true;
            }
            Event::End(TagEnd::Link) => is_in_address = false,
            // The text of an entity differs from how it is written, and is not kept.
            Event::Text(text) if !is_in_address && &*text == span.of(piece) => {
                word_spans.push(span);
            }
            // Inline code is read as a quotation.
            Event::Code(_) => {
                let code = code_without_marks(piece, span);
                word_spans.push(code);
                let marks = [code.start.checked_sub(1), Some(code.end)];
                quote_offsets.extend(marks.into_iter().flatten());
            }
            Event::Html(_) => word_spans.extend(text_between_tags(piece, span)),
            _ => {}
        }
    }
    (word_spans, quote_offsets)
}

/// `text` with spaces also in the places where `other`, which is as long, has them.
fn overlaid(text: String, other: &str) -> String {
    let mut bytes = text.into_bytes();
    for (byte, other_byte) in bytes.iter_mut().zip(other.bytes()) {
        if other_byte == b' ' {
            *byte = other_byte;
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// A span of code without its marks.
fn code_without_marks(piece: &str, span: Span) -> Span {
    let written = span.of(piece);
    let code_onwards = written.trim_start_matches('`');
    let start = span.start + (written.len() - code_onwards.len());
    Span::new(start, start + code_onwards.trim_end_matches('`').len())
}

/// The text between HTML tags.
fn text_between_tags(piece: &str, span: Span) -> Vec<Span> {
    let mut texts = Vec::new();
    let mut start = span.start;
    while let Some(tag_offset) = Span::new(start, span.end).of(piece).find('<') {
        let tag_start = start + tag_offset;
        texts.push(Span::new(start, tag_start));
        let tag_length = Span::new(tag_start, span.end).of(piece).find('>');
        start = tag_length.map_or(span.end, |length| tag_start + length + 1);
    }
    texts.push(Span::new(start, span.end));
    texts
}

/// The spans of emoji codes: `:white_check_mark:`.
fn emoji_codes(text: &str) -> Vec<Span> {
    let mut codes: Vec<Span> = Vec::new();
    for (start, _) in text.match_indices(':') {
        let name_onwards = text.get(start + 1..).unwrap_or_default();
        let is_in_name =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+');
        let name_length = name_onwards.len() - name_onwards.trim_start_matches(is_in_name).len();
        let preceding = text.get(..start).and_then(|text| text.chars().next_back());
        let is_at_word_start = preceding.is_none_or(|c| !c.is_alphanumeric());
        let is_closed = name_onwards.get(name_length..).is_some_and(|text| text.starts_with(':'));
        let is_after_last = codes.last().is_none_or(|last| last.end <= start);
        if is_at_word_start && name_length > 1 && is_closed && is_after_last {
            codes.push(Span::new(start, start + name_length + 2));
        }
    }
    codes
}

/// The spans of web addresses. Their words state nothing.
fn web_addresses(text: &str) -> Vec<Span> {
    let is_outside = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|');
    let mut addresses: Vec<Span> = Vec::new();
    for scheme_end in memchr::memmem::find_iter(text.as_bytes(), "://") {
        if addresses.last().is_some_and(|last| scheme_end < last.end) {
            continue;
        }
        let text_before = text.get(..scheme_end).unwrap_or_default();
        let start = text_before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let path = text.get(scheme_end..).unwrap_or_default();
        let end = scheme_end + path.find(is_outside).unwrap_or(path.len());
        addresses.push(Span::new(start, end));
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::{effective_text, without_markup};
    use crate::format::Words;

    #[track_caller]
    fn check(piece: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let bare = without_markup(piece, &effective_text(piece, &words));
        assert_eq!(bare.len(), piece.len(), "{piece}");
        assert_eq!(bare.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{piece}");
        for (at, c) in bare.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            assert!(piece[at..].starts_with(c) || c == '"' && piece[at..].starts_with('`'));
        }
    }

    #[test]
    fn words_keep_their_places() {
        check("**Superseded** by [ADR-1: Keep](0001-keep.md).", "Superseded by ADR-1: Keep .");
        check("`Accepted` <!-- Rejected --> ~~Draft~~ ![x](y.svg)", "\"Accepted\" x");
        check("<p><b>Accepted</b></p>", "Accepted");
        check("> - **a**\n> - b", "a b");
        check("see <https://e.org/rejected> and https://e.org/accepted, too", "see and too");
        check("a\\*b &amp; *ü*", "a *b ü");
    }
}
