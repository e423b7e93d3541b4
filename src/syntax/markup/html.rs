//! HTML within Markdown: tells tags from words in angle brackets, and reads the attributes of tags with
//! their spans.

use std::borrow::Cow;

use crate::text::Span;

/// The elements that forges show, or drop without their contents. Other tags are shown as written: they are
/// words in angle brackets, as in `Result<Order>`, or elements that no page may contain.
pub static ELEMENTS: [&str; 108] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "map",
    "mark",
    "marquee",
    "menu",
    "meter",
    "nav",
    "nobr",
    "object",
    "ol",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "search",
    "section",
    "small",
    "source",
    "spacer",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Returns the name of the element at the start of `tag`, in lower case; `None` for a word in angle brackets. Tags are
/// hardly ever written with a capital and small letters, but types often are.
pub fn element(tag: &str) -> Option<&'static str> {
    let name = tag.trim_start().strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let name_end =
        name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let name = name.get(..name_end).unwrap_or_default();
    let is_type_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase());
    let name = name.to_ascii_lowercase();
    let index = ELEMENTS.binary_search(&name.as_str()).ok().filter(|_| !is_type_name)?;
    ELEMENTS.get(index).copied()
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct HtmlAttribute<'h> {
    /// In lower case.
    pub name: String,
    /// Without quotes, with entities decoded.
    pub value: Cow<'h, str>,
    /// The value as written.
    pub span: Span,
}

/// A tag.
#[derive(Debug)]
pub(super) struct HtmlTag<'h> {
    /// In lower case.
    pub name: String,
    /// Whether it closes an element.
    pub is_end: bool,
    pub span: Span,
    pub attributes: Vec<HtmlAttribute<'h>>,
}

impl<'h> HtmlTag<'h> {
    /// The first attribute with this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&HtmlAttribute<'h>> {
        self.attributes.iter().find(|one| one.name == name)
    }

    /// The name that links can lead to: an `id`, or the `name` of an anchor.
    pub(super) fn anchor_name(&self) -> Option<&str> {
        let name = || self.attribute("name").filter(|_| self.name == "a");
        let attribute = self.attribute("id").or_else(name).filter(|_| !self.is_end)?;
        Some(attribute.value.trim()).filter(|anchor_name| !anchor_name.is_empty())
    }
}

/// A piece of HTML.
#[derive(Debug)]
pub(super) enum HtmlPiece<'h> {
    Text(&'h str),
    Tag(HtmlTag<'h>),
}

/// The pieces of `html` in order, without comments and without the contents of scripts and style sheets.
pub(super) fn pieces(html: &str) -> Vec<HtmlPiece<'_>> {
    let mut reader = HtmlReader { html, offset: 0, pieces: Vec::new() };
    while reader.offset < html.len() {
        reader.step();
    }
    reader.pieces
}

struct HtmlReader<'h> {
    html: &'h str,
    offset: usize,
    pieces: Vec<HtmlPiece<'h>>,
}

impl<'h> HtmlReader<'h> {
    fn remaining(&self) -> &'h str {
        self.html.get(self.offset..).unwrap_or_default()
    }

    /// Continues after `mark`, or at the end.
    fn skip_past(&mut self, mark: &str) {
        let mark_offset = memchr::memmem::find(self.remaining().as_bytes(), mark.as_bytes());
        self.offset = mark_offset.map_or(self.html.len(), |start| self.offset + start + mark.len());
    }

    fn step(&mut self) {
        let remaining = self.remaining();
        let name = remaining.strip_prefix('<').map(|tag| tag.strip_prefix('/').unwrap_or(tag));
        if remaining.starts_with("<!--") {
            self.skip_past("-->");
        } else if remaining.starts_with("<!") || remaining.starts_with("<?") {
            self.skip_past(">");
        } else if name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            self.tag();
        } else {
            let skipped = usize::from(remaining.starts_with('<'));
            let next_tag = remaining.get(skipped..).and_then(|text| text.find('<'));
            let text_length = next_tag.map_or(remaining.len(), |next_tag| skipped + next_tag);
            self.pieces.extend(remaining.get(..text_length).map(HtmlPiece::Text));
            self.offset += text_length;
        }
    }

    fn tag(&mut self) {
        let tag_start = self.offset;
        let is_end = self.remaining().starts_with("</");
        self.offset += if is_end { 2 } else { 1 };
        let name = self.word(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let name = name.of(self.html).to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.skip_spaces();
            match self.remaining().chars().next() {
                // A tag without an end is not a tag.
                None => return,
                Some('>') => break,
                Some('/') => self.offset += 1,
                Some(_) => attributes.push(self.attribute()),
            }
        }
        self.offset += 1;
        let raw_element = ["script", "style"].into_iter().find(|raw| *raw == name && !is_end);
        let span = Span::new(tag_start, self.offset);
        self.pieces.push(HtmlPiece::Tag(HtmlTag { name, is_end, span, attributes }));
        if let Some(raw_element) = raw_element {
            self.skip_to_end_of(raw_element);
        }
    }

    /// Continues at the tag that closes the element, or at the end.
    fn skip_to_end_of(&mut self, name: &str) {
        let remaining = self.remaining().as_bytes();
        let is_end = |offset: &usize| {
            let name_start = offset + "</".len();
            remaining.get(offset + 1) == Some(&b'/')
                && remaining
                    .get(name_start..name_start + name.len())
                    .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        };
        self.offset += memchr::memchr_iter(b'<', remaining).find(is_end).unwrap_or(remaining.len());
    }

    fn attribute(&mut self) -> HtmlAttribute<'h> {
        let name_start = self.offset;
        // A `=` at the start belongs to the name.
        self.offset += usize::from(self.remaining().starts_with('='));
        let name_end = self.word(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')).end;
        let name = Span::new(name_start, name_end).of(self.html).to_ascii_lowercase();
        self.skip_spaces();
        if !self.remaining().starts_with('=') {
            return HtmlAttribute { name, value: "".into(), span: Span::at(name_end) };
        }
        self.offset += 1;
        self.skip_spaces();
        let quote = self.remaining().chars().next().filter(|c| matches!(c, '"' | '\''));
        let span = match quote {
            Some(quote) => {
                self.offset += 1;
                let span = self.word(|c| c == quote);
                self.offset = (self.offset + 1).min(self.html.len());
                span
            }
            None => self.word(|c| c.is_ascii_whitespace() || c == '>'),
        };
        HtmlAttribute { name, value: decoded(span.of(self.html)), span }
    }

    fn skip_spaces(&mut self) {
        self.word(|c| !c.is_ascii_whitespace());
    }

    /// Reads up to the first character for which `is_end` is true.
    fn word(&mut self, is_end: impl Fn(char) -> bool) -> Span {
        let word_start = self.offset;
        self.offset += self.remaining().find(is_end).unwrap_or(self.remaining().len());
        Span::new(word_start, self.offset)
    }
}

/// Decodes entities: numeric ones, and those that attributes need.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut result = String::with_capacity(text.len());
    let mut remaining = text;
    while let Some((text_before, after_mark)) = remaining.split_once('&') {
        result.push_str(text_before);
        let decoded_entity =
            after_mark.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (c, after_entity) = decoded_entity.unwrap_or(('&', after_mark));
        result.push(c);
        remaining = after_entity;
    }
    result.push_str(remaining);
    result.into()
}

fn entity(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#').filter(|digits| digits.len() < 9);
    let code_point = digits.map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    });
    match (code_point, name) {
        (Some(code_point), _) => char::from_u32(code_point.ok()?),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        (None, "nbsp") => Some('\u{a0}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, HtmlPiece, element, pieces};

    #[test]
    fn a_type_in_angle_brackets_is_a_word() {
        assert!(ELEMENTS.is_sorted());
        assert_eq!(element("<IMG SRC=x>"), Some("img"));
        assert_eq!(element("</center>"), Some("center"));
        for word in ["<Order>", "<Address>", "<service-name>", "<script>", "< a>", "a"] {
            assert_eq!(element(word), None, "{word}");
        }
    }

    /// The tags of HTML with their attributes.
    fn tags(html: &str) -> Vec<String> {
        let tag = |piece: HtmlPiece<'_>| match piece {
            HtmlPiece::Tag(tag) => {
                let attributes = tag.attributes.iter();
                let shown = attributes.map(|one| {
                    assert_eq!(one.span.of(html).contains('&'), one.value.contains('&'));
                    format!(" {}={}", one.name, one.value)
                });
                Some(format!(
                    "{}{}{}",
                    if tag.is_end { "/" } else { "" },
                    tag.name,
                    shown.collect::<String>()
                ))
            }
            HtmlPiece::Text(_) => None,
        };
        pieces(html).into_iter().filter_map(tag).collect()
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        assert_eq!(
            tags("a < b <IMG alt='x > y' SRC = z.png/> <a href=\"b c\"id=d>t</A><br/>"),
            ["img alt=x > y src=z.png/", "a href=b c id=d", "/a", "br"]
        );
        assert_eq!(
            tags("<!-- <a> --><? <b> ?><i><script><u></script><p"),
            ["i", "script", "/script"]
        );
        assert_eq!(tags("<a b =c d =\ne>"), ["a b=c d=e"]);
        assert_eq!(tags(&"<a ".repeat(3)), Vec::<String>::new());
    }
}
