//! A line or a paragraph of Markdown as visible words, with its links.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// The visible content of a piece of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The words, without markup; blocks and line breaks become one space.
    pub text: String,
    /// Every link: its bytes in the piece, its words, its destination.
    pub links: Vec<(Span, String, String)>,
}

/// Reads `piece` as Markdown.
pub fn inline(piece: &str) -> Inline {
    let mut result = Inline::default();
    let mut open_link: Option<(usize, String, Span)> = None;
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Text(text) | Event::Code(text) => result.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => result.text.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                open_link = Some((result.text.len(), dest_url.into_string(), range.into()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((words_start, destination, span)) = open_link.take() {
                    let words = result.text.get(words_start..).unwrap_or_default().to_owned();
                    result.links.push((span, words, destination));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                result.text.push(' ');
            }
            _ => {}
        }
    }
    result
}

/// Replaces struck-out text, in `~~` or in HTML tags, by spaces. The result is as long as `piece`, so that
/// offsets stay the same.
pub fn unstruck(piece: &str) -> Cow<'_, str> {
    let tag_starts = memchr::memchr_iter(b'<', piece.as_bytes());
    let has_strike_tag =
        tag_starts.into_iter().any(|offset| strikes(piece.get(offset..).unwrap_or_default()));
    if !has_strike_tag && !piece.contains('~') {
        return piece.into();
    }
    let mut struck_spans: Vec<Span> = Vec::new();
    let mut open_strike: Option<usize> = None;
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Start(Tag::Strikethrough) => struck_spans.push(range.into()),
            Event::InlineHtml(tag) if strikes(&tag) => {
                open_strike = open_strike.or(Some(range.start));
            }
            Event::InlineHtml(tag) if tag.starts_with("</") && strikes(&tag.replace('/', "")) => {
                struck_spans.extend(open_strike.take().map(|start| Span::new(start, range.end)));
            }
            _ => {}
        }
    }
    blanked(piece, &struck_spans).into()
}

/// Replaces comments by spaces, in a text as long as `piece`. A comment without an end stays.
pub fn uncommented(piece: &str) -> Cow<'_, str> {
    if memchr::memchr(b'<', piece.as_bytes()).is_none() {
        return piece.into();
    }
    let mut comment_spans: Vec<Span> = Vec::new();
    let mut offset = 0;
    while let Some(comment_start) = find_from(piece, offset, "<!--") {
        let Some(end_mark) = find_from(piece, comment_start, "-->") else { break };
        offset = end_mark + 3;
        comment_spans.push(Span::new(comment_start, offset));
    }
    if comment_spans.is_empty() { piece.into() } else { blanked(piece, &comment_spans).into() }
}

/// The offset of the first `mark` at or after `from`.
fn find_from(piece: &str, from: usize, mark: &str) -> Option<usize> {
    let remaining = piece.as_bytes().get(from..)?;
    Some(from + memchr::memmem::find(remaining, mark.as_bytes())?)
}

/// Whether the text begins with a tag that strikes out the text after it.
fn strikes(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let name_end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    let name = name.get(..name_end).unwrap_or_default();
    ["del", "s", "strike"].iter().any(|tag| tag.eq_ignore_ascii_case(name))
}

/// Replaces the bytes of `spans` by spaces; line ends stay.
pub fn blanked(text: &str, spans: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for offset in spans.iter().flat_map(|span| span.range()) {
        if let Some(byte) = bytes.get_mut(offset).filter(|byte| !matches!(**byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The words of `piece` without markup, separated by single spaces.
pub fn plain(piece: &str) -> String {
    // Most headings contain no markup, and the Markdown parser costs more than everything else.
    let is_markup =
        |byte: u8| matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~' | b'!');
    let (mut is_plain, mut has_single_spaces, mut previous) = (true, true, 0);
    for byte in piece.bytes() {
        is_plain &= !is_markup(byte);
        has_single_spaces &= matches!(byte, b' '..=b'\x7f') && !(byte == b' ' && previous == b' ');
        previous = byte;
    }
    if is_plain && has_single_spaces {
        return piece.trim().to_owned();
    }
    // As a heading, so that a number or a hyphen at the start does not make a list.
    let as_heading = || inline(&format!("# {}", piece.replace(['\n', '\r'], " "))).text;
    let words = if is_plain { piece.to_owned() } else { as_heading() };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{inline, plain, uncommented};
    use crate::text::Span;

    #[test]
    fn comments_become_blanks() {
        assert_eq!(uncommented("a <!-- b\n --> c<!---->"), "a       \n     c       ");
        assert_eq!(uncommented("a <!-- b <!-- c"), "a <!-- b <!-- c");
        assert_eq!(uncommented("a --> b"), "a --> b");
    }

    #[test]
    fn markup_is_gone_and_words_stay() {
        assert_eq!(plain("Use `serde`, **not** [that](x.md) \\*"), "Use serde, not that *");
    }

    #[test]
    fn a_number_at_the_beginning_is_a_word() {
        assert_eq!(plain("3. `Conditions.Retry`"), "3. Conditions.Retry");
        assert_eq!(plain("- *a*\nb"), "- a b");
    }

    #[test]
    fn links_keep_their_place() {
        let read = inline("see [ADR 1](0001-a.md).");
        let expected = (Span::new(4, 22), "ADR 1".to_owned(), "0001-a.md".to_owned());
        assert_eq!(read.links, [expected]);
    }
}
