//! A line or a paragraph of Markdown as the words that a reader sees, with its links.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// What a reader sees of a piece of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The words, without markup; blocks and line breaks become one blank.
    pub text: String,
    /// Every link: the bytes of the piece that it covers, its words, its destination.
    pub links: Vec<(Span, String, String)>,
}

/// Reads `piece` as Markdown.
pub fn inline(piece: &str) -> Inline {
    let mut read = Inline::default();
    let mut open: Option<(usize, String, Span)> = None;
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Text(text) | Event::Code(text) => read.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => read.text.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some((read.text.len(), dest_url.into_string(), range.into()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((from, destination, span)) = open.take() {
                    let words = read.text.get(from..).unwrap_or_default().to_owned();
                    read.links.push((span, words, destination));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                read.text.push(' ');
            }
            _ => {}
        }
    }
    read
}

/// `piece` with blanks in the place of what is struck out, by `~~` or by a tag of HTML: as long as
/// `piece`, so that every place in it stays the same.
pub fn unstruck(piece: &str) -> Cow<'_, str> {
    let tags = memchr::memchr_iter(b'<', piece.as_bytes());
    let tagged = tags.into_iter().any(|at| strikes(piece.get(at..).unwrap_or_default()));
    if !tagged && !piece.contains('~') {
        return piece.into();
    }
    let mut struck: Vec<Span> = Vec::new();
    let mut open: Option<usize> = None;
    for (event, range) in Parser::new_ext(piece, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Start(Tag::Strikethrough) => struck.push(range.into()),
            Event::InlineHtml(tag) if strikes(&tag) => open = open.or(Some(range.start)),
            Event::InlineHtml(tag) if tag.starts_with("</") && strikes(&tag.replace('/', "")) => {
                struck.extend(open.take().map(|start| Span::new(start, range.end)));
            }
            _ => {}
        }
    }
    blanked(piece, &struck).into()
}

/// `piece` with blanks in the place of its comments: as long as `piece`. One without an end is none.
pub fn uncommented(piece: &str) -> Cow<'_, str> {
    if memchr::memchr(b'<', piece.as_bytes()).is_none() {
        return piece.into();
    }
    let mut comments: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(open) = find_from(piece, at, "<!--") {
        let Some(close) = find_from(piece, open, "-->") else { break };
        at = close + 3;
        comments.push(Span::new(open, at));
    }
    if comments.is_empty() { piece.into() } else { blanked(piece, &comments).into() }
}

/// Where `mark` stands first at `from` or behind it.
fn find_from(piece: &str, from: usize, mark: &str) -> Option<usize> {
    let rest = piece.as_bytes().get(from..)?;
    Some(from + memchr::memmem::find(rest, mark.as_bytes())?)
}

/// Whether the text begins with a tag that strikes out what follows it.
fn strikes(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    ["del", "s", "strike"].iter().any(|tag| tag.eq_ignore_ascii_case(name))
}

/// `text` with blanks in the place of the bytes of `spans`; the ends of lines stay.
pub fn blanked(text: &str, spans: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for byte in spans.iter().flat_map(|span| span.range()) {
        if let Some(byte) = bytes.get_mut(byte).filter(|byte| !matches!(**byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The words of `piece` without markup, with single blanks between them.
pub fn plain(piece: &str) -> String {
    // Most headings hold no markup, and the reader of Markdown costs more than all the rest.
    let markup =
        |byte: u8| matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~' | b'!');
    let (mut bare, mut spaced, mut last) = (true, true, 0);
    for byte in piece.bytes() {
        bare &= !markup(byte);
        spaced &= matches!(byte, b' '..=b'\x7f') && !(byte == b' ' && last == b' ');
        last = byte;
    }
    if bare && spaced {
        return piece.trim().to_owned();
    }
    // As a heading, so that neither a number nor a hyphen at the beginning makes a list.
    let heading = || inline(&format!("# {}", piece.replace(['\n', '\r'], " "))).text;
    let words = if bare { piece.to_owned() } else { heading() };
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
