//! The starts and ends of Markdown blocks, in a line without the marks of its containers.

use super::line::LineKind;
use crate::text::Span;

/// The fence that opens a block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
}

impl Fence {
    /// The fence that `content` opens.
    pub(super) fn read(content: &str) -> Option<Self> {
        let mark = content.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = run_length(content, mark);
        let info_string = content.get(length..).unwrap_or_default();
        let is_fence = length >= 3 && (mark == b'~' || !info_string.contains('`'));
        is_fence.then_some(Self { mark, length })
    }

    /// Whether `content` closes the block: at least as many marks of the same kind, and nothing else.
    pub(super) fn is_closed_by(self, content: &str) -> bool {
        let length = run_length(content, self.mark);
        length >= self.length && length == content.trim_end().len()
    }
}

/// The words after an opening fence, such as the language of the code.
pub fn fence_info(line: &str) -> Option<&str> {
    let trimmed = line.trim();
    let fence = Fence::read(trimmed)?;
    Some(trimmed.get(fence.length..).unwrap_or_default().trim())
}

fn run_length(content: &str, mark: u8) -> usize {
    content.bytes().take_while(|byte| *byte == mark).count()
}

/// The level of a heading that starts with `#`, and the bytes of its words.
pub(super) fn atx(content: &str) -> Option<(u8, Span)> {
    let level = run_length(content, b'#');
    let after_marks = content.get(level..)?;
    if !(1..=6).contains(&level)
        || !(after_marks.is_empty() || after_marks.starts_with([' ', '\t']))
    {
        return None;
    }
    let title = after_marks.trim();
    let without_closing = title.trim_end_matches('#');
    let title = if without_closing.is_empty() || without_closing.ends_with([' ', '\t']) {
        without_closing.trim_end()
    } else {
        title
    };
    let start = level + (after_marks.len() - after_marks.trim_start().len());
    Some((u8::try_from(level).ok()?, Span::new(start, start + title.len())))
}

/// A list marker.
pub(super) struct Marker {
    /// The bytes of the marker itself.
    pub mark: usize,
    /// The number of columns up to the content.
    pub width: usize,
}

impl Marker {
    /// The marker at the start of the line. Not every marker can interrupt a paragraph: an empty item cannot,
    /// nor a number other than 1.
    pub(super) fn read(line: &str, in_paragraph: bool) -> Option<Self> {
        let digit_count = line.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after_number) = line.split_at_checked(digit_count)?;
        let after_mark = match digit_count {
            0 => after_number.strip_prefix(['-', '*', '+']),
            1..=9 => after_number.strip_prefix(['.', ')']),
            _ => None,
        }?;
        let item_content = after_mark.trim_start_matches([' ', '\t']);
        let has_gap = item_content.len() < after_mark.len() || after_mark.is_empty();
        let may_interrupt = !item_content.is_empty()
            && (number.is_empty() || number.trim_start_matches('0') == "1");
        if !has_gap || in_paragraph && !may_interrupt {
            return None;
        }
        let mark_length = digit_count + 1;
        let gap_length = after_mark.len() - item_content.len();
        let content_column = after_mark.bytes().take(gap_length).fold(mark_length, next_column);
        // A wider gap is the indentation of code inside the item.
        let gap_width = if item_content.is_empty() || content_column - mark_length > 4 {
            1
        } else {
            content_column - mark_length
        };
        Some(Self { mark: mark_length, width: mark_length + gap_width })
    }
}

/// The column after `byte`: a tab moves to the next multiple of four.
pub(super) fn next_column(column: usize, byte: u8) -> usize {
    if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 }
}

/// Whether the line is a thematic break: three or more of `-`, `*` or `_`, and white space.
pub(super) fn is_rule(line: &str) -> bool {
    let Some(mark) = line.bytes().next().filter(|byte| matches!(byte, b'-' | b'*' | b'_')) else {
        return false;
    };
    let is_rule_byte = |byte: u8| byte == mark || matches!(byte, b' ' | b'\t');
    line.bytes().all(is_rule_byte) && line.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// Whether the line separates the header of a table from its body.
pub(super) fn is_table_rule(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

/// The end condition of a block of raw HTML.
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
    /// The kind of the lines in the block.
    pub(super) fn kind(self) -> LineKind {
        if self == Self::Comment { LineKind::Comment } else { LineKind::Html }
    }

    pub(super) fn is_blank_line(self) -> bool {
        self == Self::BlankLine
    }

    /// Whether the line ends the block; never for a block that a blank line ends.
    pub(super) fn is_in(self, line: &str) -> bool {
        match self {
            Self::Comment => line.contains("-->"),
            Self::Raw => RAW.iter().any(|tag| closes(line, tag)),
            Self::Instruction => line.contains("?>"),
            Self::Declaration => line.contains('>'),
            Self::CharacterData => line.contains("]]>"),
            Self::BlankLine => false,
        }
    }

    /// Whether the line that opens the block also ends it.
    pub(super) fn is_in_first(self, line: &str) -> bool {
        let opening_length = match self {
            Self::Comment => 4,
            Self::Instruction | Self::Declaration => 2,
            _ => 0,
        };
        // `<!-->` and `<!--->` are whole comments.
        let is_whole_comment =
            self == Self::Comment && (line.starts_with("<!-->") || line.starts_with("<!--->"));
        is_whole_comment
            || line.get(opening_length..).is_some_and(|after_opening| self.is_in(after_opening))
    }
}

/// Elements that end only with their closing tag.
const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];

fn closes(line: &str, tag: &str) -> bool {
    let name_starts = line.match_indices("</").map(|(slash, mark)| slash + mark.len());
    let mut candidates = name_starts.filter_map(|start| line.get(start..start + tag.len() + 1));
    candidates.any(|name| {
        let (name, closing) = name.split_at_checked(tag.len()).unwrap_or_default();
        name.eq_ignore_ascii_case(tag) && closing == ">"
    })
}

/// Returns the end condition of the raw HTML that starts on the line, if any does. Within a paragraph only
/// block elements start it.
pub(super) fn html_start(line: &str, in_paragraph: bool) -> Option<HtmlEnd> {
    let tag = line.strip_prefix('<')?;
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
    let is_closing = tag.starts_with('/');
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let name_end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, after_name) = name.split_at(name_end);
    let name = name.to_ascii_lowercase();
    let ends_name = after_name.is_empty() || after_name.starts_with([' ', '\t', '>']);
    if !is_closing && ends_name && RAW.contains(&name.as_str()) {
        return Some(HtmlEnd::Raw);
    }
    if (ends_name || after_name.starts_with("/>")) && BLOCKS.binary_search(&name.as_str()).is_ok() {
        return Some(HtmlEnd::BlankLine);
    }
    let is_alone = !in_paragraph && !name.is_empty() && is_tag_alone(line);
    is_alone.then_some(HtmlEnd::BlankLine)
}

/// Whether the line is one whole tag and nothing else.
fn is_tag_alone(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('<').and_then(|tag| tag.trim_end().strip_suffix('>'))
    else {
        return false;
    };
    if let Some(name) = inside.strip_prefix('/') {
        return is_name(name.trim_end());
    }
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let name_end = inside.find([' ', '\t']).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    is_name(name) && are_attributes(attributes)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether the text is a list of attributes, each after white space.
fn are_attributes(mut attributes: &str) -> bool {
    loop {
        let trimmed = attributes.trim_start_matches([' ', '\t']);
        if trimmed.is_empty() {
            return true;
        }
        if trimmed.len() == attributes.len()
            || !trimmed.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        {
            return false;
        }
        let is_name_char =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
        let after_name = trimmed.trim_start_matches(is_name_char);
        let value = after_name.trim_start_matches([' ', '\t']).strip_prefix('=');
        attributes = match value.map(|value| value.trim_start_matches([' ', '\t'])) {
            None => after_name,
            Some(value) => match text_after_value(value) {
                Some(after_value) => after_value,
                None => return false,
            },
        };
    }
}

/// The text after the value of an attribute.
fn text_after_value(value: &str) -> Option<&str> {
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return value.get(1..)?.split_once(quote).map(|(_, after_quote)| after_quote);
    }
    let ends_value = |c: char| matches!(c, ' ' | '\t' | '"' | '\'' | '=' | '<' | '>' | '`');
    let value_end = value.find(ends_value).unwrap_or(value.len());
    if value_end == 0 { None } else { value.get(value_end..) }
}

/// The elements that start raw HTML up to a blank line, as in `CommonMark`; sorted.
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
