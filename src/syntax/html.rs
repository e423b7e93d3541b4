//! HTML within Markdown: which tags are markup and which are words in angle brackets, and the attributes of tags with
//! their places. Does not know which elements a page may have.

use std::borrow::Cow;

use crate::text::Span;

/// The elements that forges show, or drop without their contents. Others are shown as they are written: they are
/// words in angle brackets, as in `Result<Order>`, or do what no page may do.
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

/// The name of the element whose tag `tag` begins with, in lower case; `None` for a word in angle brackets. Nobody
/// writes a tag with a capital and small letters, but many write types so.
pub fn element(tag: &str) -> Option<&'static str> {
    let name = tag.trim_start().strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase());
    let name = name.to_ascii_lowercase();
    let at = ELEMENTS.binary_search(&name.as_str()).ok().filter(|_| !is_type)?;
    ELEMENTS.get(at).copied()
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute<'h> {
    /// In lower case.
    pub name: String,
    /// Without the marks around it, entities decoded.
    pub value: Cow<'h, str>,
    /// The value as it is written.
    pub span: Span,
}

/// A tag.
#[derive(Debug)]
pub(super) struct Tag<'h> {
    /// In lower case.
    pub name: String,
    /// Whether it ends an element.
    pub is_end: bool,
    pub span: Span,
    pub attributes: Vec<Attribute<'h>>,
}

impl<'h> Tag<'h> {
    /// The first attribute with this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'h>> {
        self.attributes.iter().find(|one| one.name == name)
    }

    /// The name that links can lead to: an `id`, or the `name` of an anchor.
    pub(super) fn mark(&self) -> Option<&str> {
        let name = || self.attribute("name").filter(|_| self.name == "a");
        let mark = self.attribute("id").or_else(name).filter(|_| !self.is_end)?;
        Some(mark.value.trim()).filter(|mark| !mark.is_empty())
    }
}

/// A piece of HTML.
#[derive(Debug)]
pub(super) enum Piece<'h> {
    Text(&'h str),
    Tag(Tag<'h>),
}

/// The pieces of `html` in their order, without comments and without what scripts and style sheets hold.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut reader = Reader { html, at: 0, pieces: Vec::new() };
    while reader.at < html.len() {
        reader.step();
    }
    reader.pieces
}

struct Reader<'h> {
    html: &'h str,
    at: usize,
    pieces: Vec<Piece<'h>>,
}

impl<'h> Reader<'h> {
    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Goes on behind `mark`, or at the end.
    fn skip_behind(&mut self, mark: &str) {
        let found = memchr::memmem::find(self.rest().as_bytes(), mark.as_bytes());
        self.at = found.map_or(self.html.len(), |at| self.at + at + mark.len());
    }

    fn step(&mut self) {
        let rest = self.rest();
        let name = rest.strip_prefix('<').map(|name| name.strip_prefix('/').unwrap_or(name));
        if rest.starts_with("<!--") {
            self.skip_behind("-->");
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.skip_behind(">");
        } else if name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            self.tag();
        } else {
            let first = usize::from(rest.starts_with('<'));
            let next = rest.get(first..).and_then(|rest| rest.find('<'));
            let length = next.map_or(rest.len(), |next| first + next);
            self.pieces.extend(rest.get(..length).map(Piece::Text));
            self.at += length;
        }
    }

    fn tag(&mut self) {
        let start = self.at;
        let is_end = self.rest().starts_with("</");
        self.at += if is_end { 2 } else { 1 };
        let name = self.word(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let name = name.of(self.html).to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.blanks();
            match self.rest().chars().next() {
                // A tag that does not end is none.
                None => return,
                Some('>') => break,
                Some('/') => self.at += 1,
                Some(_) => attributes.push(self.attribute()),
            }
        }
        self.at += 1;
        let silent = ["script", "style"].into_iter().find(|silent| *silent == name && !is_end);
        let span = Span::new(start, self.at);
        self.pieces.push(Piece::Tag(Tag { name, is_end, span, attributes }));
        if let Some(silent) = silent {
            self.skip_to_end_of(silent);
        }
    }

    /// Goes on at the tag that ends the element, or at the end.
    fn skip_to_end_of(&mut self, name: &str) {
        let rest = self.rest().as_bytes();
        let ends = |at: &usize| {
            let name_at = at + "</".len();
            rest.get(at + 1) == Some(&b'/')
                && rest
                    .get(name_at..name_at + name.len())
                    .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        };
        self.at += memchr::memchr_iter(b'<', rest).find(ends).unwrap_or(rest.len());
    }

    fn attribute(&mut self) -> Attribute<'h> {
        let start = self.at;
        // A `=` at the beginning belongs to the name.
        self.at += usize::from(self.rest().starts_with('='));
        let end = self.word(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')).end;
        let name = Span::new(start, end).of(self.html).to_ascii_lowercase();
        self.blanks();
        if !self.rest().starts_with('=') {
            return Attribute { name, value: "".into(), span: Span::at(end) };
        }
        self.at += 1;
        self.blanks();
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let span = match quote {
            Some(quote) => {
                self.at += 1;
                let span = self.word(|c| c == quote);
                self.at = (self.at + 1).min(self.html.len());
                span
            }
            None => self.word(|c| c.is_ascii_whitespace() || c == '>'),
        };
        Attribute { name, value: decoded(span.of(self.html)), span }
    }

    fn blanks(&mut self) {
        self.word(|c| !c.is_ascii_whitespace());
    }

    /// All up to the first character that ends it.
    fn word(&mut self, ends: impl Fn(char) -> bool) -> Span {
        let start = self.at;
        self.at += self.rest().find(ends).unwrap_or(self.rest().len());
        Span::new(start, self.at)
    }
}

/// `text` with its entities as the characters that they mean: those by number, and those that attributes need.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (c, behind) = entity.unwrap_or(('&', after));
        out.push(c);
        rest = behind;
    }
    out.push_str(rest);
    out.into()
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').filter(|number| number.len() < 9);
    let code = number.map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    });
    match (code, name) {
        (Some(code), _) => char::from_u32(code.ok()?),
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
    use super::{ELEMENTS, Piece, element, pieces};

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
        let tag = |piece: Piece<'_>| match piece {
            Piece::Tag(tag) => {
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
            Piece::Text(_) => None,
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
