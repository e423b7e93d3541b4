//! What blocks of Markdown begin and end with, in a line without the marks of its containers.

use super::line::LineKind;
use crate::text::Span;

/// The fence that opens a block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
}

impl Fence {
    /// The fence that the line opens.
    pub(super) fn read(bare: &str) -> Option<Self> {
        let mark = bare.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = run(bare, mark);
        let info = bare.get(length..).unwrap_or_default();
        let opens = length >= 3 && (mark == b'~' || !info.contains('`'));
        opens.then_some(Self { mark, length })
    }

    /// Whether the line closes the block: as many marks of the same kind, and nothing else.
    pub(super) fn is_closed_by(self, bare: &str) -> bool {
        let length = run(bare, self.mark);
        length >= self.length && length == bare.trim_end().len()
    }
}

/// The words behind an opening fence, such as the language of the code.
pub fn fence_info(line: &str) -> Option<&str> {
    let bare = line.trim();
    let fence = Fence::read(bare)?;
    Some(bare.get(fence.length..).unwrap_or_default().trim())
}

fn run(bare: &str, mark: u8) -> usize {
    bare.bytes().take_while(|byte| *byte == mark).count()
}

/// The level and the words, as bytes of `bare`, of a heading that begins with `#`.
pub(super) fn atx(bare: &str) -> Option<(u8, Span)> {
    let level = run(bare, b'#');
    let rest = bare.get(level..)?;
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim();
    let closed = title.trim_end_matches('#');
    let title =
        if closed.is_empty() || closed.ends_with([' ', '\t']) { closed.trim_end() } else { title };
    let start = level + (rest.len() - rest.trim_start().len());
    Some((u8::try_from(level).ok()?, Span::new(start, start + title.len())))
}

/// A list marker.
pub(super) struct Marker {
    /// The bytes of the marker itself.
    pub mark: usize,
    /// Up to its content, in columns.
    pub width: usize,
}

impl Marker {
    /// The marker that the line begins with. Not every one can end a paragraph: an empty item cannot,
    /// nor a number other than 1.
    pub(super) fn read(bare: &str, in_paragraph: bool) -> Option<Self> {
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = bare.split_at_checked(digits)?;
        let after = match digits {
            0 => rest.strip_prefix(['-', '*', '+']),
            1..=9 => rest.strip_prefix(['.', ')']),
            _ => None,
        }?;
        let content = after.trim_start_matches([' ', '\t']);
        let begins = content.len() < after.len() || after.is_empty();
        let ends = !content.is_empty() && number.trim_start_matches('0') == "1";
        let ends = ends || !content.is_empty() && number.is_empty();
        if !begins || in_paragraph && !ends {
            return None;
        }
        let mark = digits + 1;
        let blanks = after.len() - content.len();
        let columns = after
            .bytes()
            .take(blanks)
            .fold(mark, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 });
        // A wide gap is the indent of code inside the item.
        let gap = if content.is_empty() || columns - mark > 4 { 1 } else { columns - mark };
        Some(Self { mark, width: mark + gap })
    }
}

/// Whether the line is a rule across the page: three or more of `-`, `*` or `_`, and blanks.
pub(super) fn is_rule(bare: &str) -> bool {
    let Some(mark) = bare.bytes().next().filter(|byte| matches!(byte, b'-' | b'*' | b'_')) else {
        return false;
    };
    let rule = |byte: u8| byte == mark || matches!(byte, b' ' | b'\t');
    bare.bytes().all(rule) && bare.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// Whether the line is the one between the head and the body of a table.
pub(super) fn is_table_rule(bare: &str) -> bool {
    bare.contains('|') && bare.contains('-') && bare.bytes().all(|byte| b"|-: \t".contains(&byte))
}

/// What ends a block of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlEnd {
    /// `-->`
    Comment,
    /// The closing tag of `pre`, `script`, `style` or `textarea`.
    Raw,
    /// `?>`
    Instruction,
    /// `>`
    Declaration,
    /// `]]>`
    CharacterData,
    BlankLine,
}

impl HtmlEnd {
    /// What the lines of the block are.
    pub(super) fn kind(self) -> LineKind {
        if self == Self::Comment { LineKind::Comment } else { LineKind::Html }
    }

    pub(super) fn is_blank_line(self) -> bool {
        self == Self::BlankLine
    }

    /// Whether the line ends the block; never for one that a blank line ends.
    pub(super) fn is_in(self, bare: &str) -> bool {
        match self {
            Self::Comment => bare.contains("-->"),
            Self::Raw => RAW.iter().any(|tag| closes(bare, tag)),
            Self::Instruction => bare.contains("?>"),
            Self::Declaration => bare.contains('>'),
            Self::CharacterData => bare.contains("]]>"),
            Self::BlankLine => false,
        }
    }

    /// The same for the line that opens it.
    pub(super) fn is_in_first(self, bare: &str) -> bool {
        let opening = match self {
            Self::Comment => 4,
            Self::Instruction | Self::Declaration => 2,
            _ => 0,
        };
        // `<!-->` and `<!--->` are whole comments.
        let short =
            self == Self::Comment && (bare.starts_with("<!-->") || bare.starts_with("<!--->"));
        short || bare.get(opening..).is_some_and(|rest| self.is_in(rest))
    }
}

/// Elements that end with their closing tag, whatever is in them.
const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];

fn closes(bare: &str, tag: &str) -> bool {
    let places = bare.match_indices("</").map(|(at, mark)| at + mark.len());
    let mut names = places.filter_map(|at| bare.get(at..at + tag.len() + 1));
    names.any(|name| {
        let (name, end) = name.split_at_checked(tag.len()).unwrap_or_default();
        name.eq_ignore_ascii_case(tag) && end == ">"
    })
}

/// What ends the raw HTML that the line begins, if it begins any. Inside of a paragraph only the
/// elements of blocks do.
pub(super) fn html_start(bare: &str, in_paragraph: bool) -> Option<HtmlEnd> {
    let tag = bare.strip_prefix('<')?;
    if tag.starts_with("!--") {
        return Some(HtmlEnd::Comment);
    }
    if tag.starts_with('?') {
        return Some(HtmlEnd::Instruction);
    }
    if tag.starts_with("![CDATA[") {
        return Some(HtmlEnd::CharacterData);
    }
    if tag.strip_prefix('!').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return Some(HtmlEnd::Declaration);
    }
    let closing = tag.starts_with('/');
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let name = name.to_ascii_lowercase();
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', '>']);
    if !closing && ends && RAW.contains(&name.as_str()) {
        return Some(HtmlEnd::Raw);
    }
    if (ends || rest.starts_with("/>")) && BLOCKS.binary_search(&name.as_str()).is_ok() {
        return Some(HtmlEnd::BlankLine);
    }
    let alone = !in_paragraph && !name.is_empty() && is_tag_alone(bare);
    alone.then_some(HtmlEnd::BlankLine)
}

/// Whether the line is one whole tag and nothing else.
fn is_tag_alone(bare: &str) -> bool {
    let Some(inner) = bare.strip_prefix('<').and_then(|rest| rest.trim_end().strip_suffix('>'))
    else {
        return false;
    };
    if let Some(name) = inner.strip_prefix('/') {
        return is_name(name.trim_end());
    }
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let end = inner.find([' ', '\t']).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    is_name(name) && are_attributes(rest)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether the text is a row of attributes, each behind white space.
fn are_attributes(mut rest: &str) -> bool {
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        if bare.is_empty() {
            return true;
        }
        if bare.len() == rest.len()
            || !bare.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        {
            return false;
        }
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
        let after = bare.trim_start_matches(name);
        let valued = after.trim_start_matches([' ', '\t']).strip_prefix('=');
        rest = match valued.map(|value| value.trim_start_matches([' ', '\t'])) {
            None => after,
            Some(value) => match behind_value(value) {
                Some(behind) => behind,
                None => return false,
            },
        };
    }
}

/// What follows the value of an attribute.
fn behind_value(value: &str) -> Option<&str> {
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return value.get(1..)?.split_once(quote).map(|(_, behind)| behind);
    }
    let outside = |c: char| matches!(c, ' ' | '\t' | '"' | '\'' | '=' | '<' | '>' | '`');
    let end = value.find(outside).unwrap_or(value.len());
    if end == 0 { None } else { value.get(end..) }
}

/// The elements that begin raw HTML which a blank line ends, as `CommonMark` has them; sorted.
const BLOCKS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];
