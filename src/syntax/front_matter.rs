//! The YAML at the top of a Markdown file, every key and value with its bytes.
//!
//! One reader serves reading, linting and editing. Where the YAML is broken, the lines that look
//! like `key: value` are read all the same: a person would read them too.

use std::iter::Peekable;

use granit_parser::{Event, Parser, ScalarStyle, options};

use super::key_lines;
use crate::text::{Span, Spanned};

/// No real front matter comes near it; a text beyond it is not handed to the YAML reader.
const MAX_BYTES: usize = 64 * 1024;

/// The YAML between `---` fences at the very top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening fence to the end of the closing fence's line.
    pub span: Span,
    /// What stands between the fences.
    pub content: Span,
    /// The top level, in the order of the text; a key may occur twice.
    pub entries: Vec<Entry>,
    /// What is wrong with the YAML. `entries` then holds what could be read line by line.
    pub fault: Option<YamlFault>,
}

/// Why front matter is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlFault {
    /// In the words of the YAML reader, or our own.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As written, quotes removed.
    pub key: Spanned<String>,
    /// What stands behind the colon.
    pub value: Node,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its bytes, quotes and brackets included. For an empty value the place behind the colon.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a YAML value is. Scalars keep their source text: `0012` and `no` stay what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// Text, a number, a date, a boolean: the text, quotes and escapes resolved.
    Scalar(String),
    /// A list in either style.
    List(Vec<Node>),
    /// A mapping in either style.
    Map(Vec<Entry>),
}

impl FrontMatter {
    /// The first entry whose key is one of `keys`, without regard to case and to `-` or `_`.
    pub fn entry(&self, keys: &[&str]) -> Option<&Entry> {
        self.entries.iter().find(|entry| keys.iter().any(|key| same_key(&entry.key.value, key)))
    }
}

impl Node {
    /// The text of a scalar that is not blank.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// All scalars in it, at any depth, in order.
    pub fn scalars(&self) -> Vec<Spanned<&str>> {
        match &self.kind {
            NodeKind::Null => vec![],
            NodeKind::Scalar(text) => vec![Spanned::new(text.as_str(), self.span)],
            NodeKind::List(items) => items.iter().flat_map(Self::scalars).collect(),
            NodeKind::Map(entries) => entries.iter().flat_map(|e| e.value.scalars()).collect(),
        }
    }
}

/// Whether two keys are the same but for case and the choice between `-`, `_` and blank.
pub(super) fn same_key(a: &str, b: &str) -> bool {
    let fold = |c: char| match c {
        '_' | ' ' => '-',
        c => c.to_ascii_lowercase(),
    };
    a.len() == b.len() && a.chars().map(fold).eq(b.chars().map(fold))
}

/// The front matter that begins at `start`, if the line there is a fence.
pub(super) fn read(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = Lines { text, at: start };
    let opening = lines.next()?;
    if opening.of(text).trim_end() != "---" {
        return None;
    }
    let mut content = Span::at(lines.at);
    while let Some(line) = lines.next() {
        if line.of(text).trim_end() == "---" {
            return Some(parse(text, Span::new(start, lines.at), content));
        }
        content.end = lines.at;
    }
    unclosed(text, start, content)
}

/// Where the text goes on behind the front matter that begins at `start`: there, where there is none.
/// `None` where it has no end.
pub(super) fn behind(text: &str, start: usize) -> Option<usize> {
    let mut lines = Lines { text, at: start };
    if lines.next()?.of(text).trim_end() != "---" {
        return Some(start);
    }
    while let Some(line) = lines.next() {
        if line.of(text).trim_end() == "---" {
            return Some(lines.at);
        }
    }
    None
}

/// Front matter whose closing fence is missing: a rule across the page, unless keys follow it.
fn unclosed(text: &str, start: usize, content: Span) -> Option<FrontMatter> {
    let mut lines = Lines { text, at: content.start };
    let mut end = content.start;
    while let Some(line) = lines.next() {
        let line = line.of(text);
        if line.trim().is_empty() || line.starts_with('#') {
            break;
        }
        end = lines.at;
    }
    let content = Span::new(content.start, end);
    let entries = key_lines::read(text, content.first(MAX_BYTES, text));
    let first_is_key = entries.first().is_some_and(|first| first.key.span.start == content.start);
    first_is_key.then(|| FrontMatter {
        span: Span::new(start, end),
        content,
        entries,
        fault: Some(YamlFault {
            message: "the front matter is not closed with `---`".to_owned(),
            span: Span::new(start, start + 3),
        }),
    })
}

fn parse(text: &str, span: Span, content: Span) -> FrontMatter {
    let bounded = content.first(MAX_BYTES, text);
    let fault = if content == bounded && key_lines::are_plain(content.of(text)) {
        None
    } else {
        match tree(text, content) {
            Ok(entries) => return FrontMatter { span, content, entries, fault: None },
            Err(fault) => Some(fault),
        }
    };
    FrontMatter { span, content, entries: key_lines::read(text, bounded), fault }
}

/// The entries of valid YAML that is a mapping or nothing.
pub(super) fn tree(text: &str, content: Span) -> Result<Vec<Entry>, YamlFault> {
    if content.len() > MAX_BYTES {
        let message = format!("the front matter is longer than {} KiB", MAX_BYTES / 1024);
        return Err(YamlFault { message, span: Span::at(content.start) });
    }
    let limits = options! {
        emit_comments: false,
        flow_nesting_limit: 32,
        block_nesting_limit: 32,
    };
    let events = Parser::new_from_str_with_options(content.of(text), limits);
    let mut tree = Tree { text, content, events: events.peekable() };
    match tree.document()? {
        Node { kind: NodeKind::Null, .. } => Ok(vec![]),
        Node { kind: NodeKind::Map(entries), .. } => Ok(entries),
        Node { span, .. } => {
            Err(YamlFault { message: "the front matter is not a list of keys".to_owned(), span })
        }
    }
}

type Step<'t> = (Event<'t>, Span);

/// Builds values from the events of the YAML reader. The nesting limits bound its recursion.
struct Tree<'t, E: Iterator> {
    text: &'t str,
    content: Span,
    events: Peekable<E>,
}

impl<'t, E> Tree<'t, E>
where
    E: Iterator<Item = Result<(Event<'t>, granit_parser::Span), granit_parser::ScanError>>,
{
    fn document(&mut self) -> Result<Node, YamlFault> {
        let empty = Node { span: Span::at(self.content.start), kind: NodeKind::Null };
        let mut root = None;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_none() => {}
                Event::DocumentStart(..) => {
                    return Err(fault("a second YAML document begins here", span));
                }
                Event::StreamEnd => break,
                event => root = Some(self.node(event, span, self.content.start)?),
            }
        }
        Ok(root.unwrap_or(empty))
    }

    fn next(&mut self) -> Result<Option<Step<'t>>, YamlFault> {
        match self.events.next() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok(Some((event, Span::from(range).shift(self.content.start))))
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or_default() + self.content.start;
                let at = at.min(self.content.end);
                Err(YamlFault { message: error.info(), span: Span::at(at) })
            }
        }
    }

    /// The value that begins with `event`; `behind` is the place behind the key's colon.
    fn node(&mut self, event: Event<'t>, span: Span, behind: usize) -> Result<Node, YamlFault> {
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(&text, style, span, behind)),
            Event::SequenceStart(..) => self.list(span),
            Event::MappingStart(..) => self.map(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(fault("references to anchors (`*name`) are not read", span))
            }
            _ => Err(fault("this YAML is not read", span)),
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span, behind: usize) -> Node {
        let plain = style == ScalarStyle::Plain;
        let null = plain && key_lines::is_null(text);
        // The reader puts an empty value before the colon; edits want the place behind it.
        let written = !span.is_empty() && span.of(self.text).trim() != "";
        let span = if written { span } else { Span::at(behind) };
        let kind = if null { NodeKind::Null } else { NodeKind::Scalar(text.to_owned()) };
        Node { span, kind }
    }

    fn list(&mut self, start: Span) -> Result<Node, YamlFault> {
        let start = self.at_dash(start);
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            if event == Event::SequenceEnd {
                let span = self.collection(start, span, items.last());
                return Ok(Node { span, kind: NodeKind::List(items) });
            }
            items.push(self.node(event, span, span.start)?);
        }
        Err(fault("this list does not end", start))
    }

    /// The start of a list at its first dash: where its items are not indented, the YAML reader
    /// takes the first item for it.
    fn at_dash(&self, start: Span) -> Span {
        if start.of(self.text) == "[" || start.of(self.text).starts_with('-') {
            return start;
        }
        let before = Span::new(self.content.start, start.start).of(self.text);
        let dash =
            before.trim_end().strip_suffix('-').map(|before| self.content.start + before.len());
        Span { start: dash.unwrap_or(start.start), ..start }
    }

    fn map(&mut self, start: Span) -> Result<Node, YamlFault> {
        let mut entries: Vec<Entry> = Vec::new();
        while let Some((event, span)) = self.next()? {
            if event == Event::MappingEnd {
                let last = entries.last().map(|entry| &entry.value);
                let span = self.collection(start, span, last);
                return Ok(Node { span, kind: NodeKind::Map(entries) });
            }
            let key = match self.node(event, span, span.start)? {
                Node { span, kind: NodeKind::Scalar(text) } => Spanned::new(text, span),
                Node { span, .. } => Spanned::new(span.of(self.text).to_owned(), span),
            };
            let Some((event, span)) = self.next()? else { break };
            let behind = self.behind_colon(key.span.end);
            let value = self.node(event, span, behind)?;
            entries.push(Entry { key, value });
        }
        Err(fault("this mapping does not end", start))
    }

    /// A collection from its start to the bracket that closes it, or to its last value.
    fn collection(&self, start: Span, end: Span, last: Option<&Node>) -> Span {
        let closes = matches!(end.of(self.text), "]" | "}");
        let last = last.map_or(start.end, |last| last.span.end);
        Span::new(start.start, if closes { end.end } else { last.max(start.end) })
    }

    /// The place behind the colon that follows the key which ends at `key_end`.
    fn behind_colon(&self, key_end: usize) -> usize {
        let rest = Span::new(key_end, self.content.end).of(self.text);
        rest.find(':').map_or(key_end, |at| key_end + at + 1)
    }
}

fn fault(message: &str, span: Span) -> YamlFault {
    YamlFault { message: message.to_owned(), span }
}

/// The lines of a text from a byte on, without their `\n`.
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes());
        let line = Span::new(self.at, self.at + end.unwrap_or(rest.len()));
        self.at = end.map_or(self.text.len(), |_| line.end + 1);
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, NodeKind, read};

    fn front(text: &str) -> FrontMatter {
        read(text, 0).unwrap()
    }

    /// Every key with the bytes of its value.
    fn shape(text: &str) -> Vec<(String, String)> {
        let front = front(text);
        let of =
            |entry: &super::Entry| (entry.key.value.clone(), entry.value.span.of(text).to_owned());
        front.entries.iter().map(of).collect()
    }

    #[test]
    fn values_span_exactly_their_bytes() {
        let text =
            "---\nstatus: \"accepted\" # so far\ntags: [a, b]\nids:\n  - 1\n  - 2\n\n---\n# T\n";
        let expected = [("status", "\"accepted\""), ("tags", "[a, b]"), ("ids", "- 1\n  - 2")];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(shape(text), expected);
        assert_eq!(front(text).span.of(text).lines().last(), Some("---"));
        assert_eq!(front(text).fault, None);
    }

    #[test]
    fn an_empty_value_stands_behind_its_colon() {
        let text = "---\nstatus:\ndate: 2024-01-01\n---\n";
        let front = front(text);
        let status = &front.entries.first().unwrap().value;
        assert_eq!((status.span.start, &status.kind), (11, &NodeKind::Null));
    }

    #[test]
    fn broken_yaml_is_reported_and_read_line_by_line() {
        let text = "---\nstatus: accepted\ndeciders: @anna\ndate: 2024-01-01\n---\n# T\n";
        let front = front(text);
        let fault = front.fault.unwrap();
        assert_eq!(fault.span.start, text.find('@').unwrap());
        let keys: Vec<_> = front.entries.iter().map(|entry| entry.key.value.as_str()).collect();
        assert_eq!(keys, ["status", "deciders", "date"]);
    }

    #[test]
    fn a_rule_across_the_page_is_no_front_matter() {
        assert_eq!(read("---\n\n# Title\n", 0), None);
        assert_eq!(read("# Title\n\n---\n", 0), None);
    }

    #[test]
    fn front_matter_that_is_not_closed_ends_at_the_first_blank_line() {
        let text = "---\nstatus: accepted\n\n# T\n";
        let front = front(text);
        assert_eq!(front.span.end, text.find("\n# T").unwrap());
        assert_eq!(front.fault.unwrap().message, "the front matter is not closed with `---`");
    }

    #[test]
    fn deep_nesting_and_aliases_are_refused() {
        let deep = format!("---\na: {}\n---\n", "[".repeat(10_000));
        assert!(front(&deep).fault.is_some());
        assert!(front("---\na: &x 1\nb: *x\n---\n").fault.is_some());
    }

    #[test]
    fn windows_line_ends_are_no_part_of_a_value() {
        let text = "---\r\nstatus: accepted\r\n---\r\n# T\r\n";
        assert_eq!(shape(text), [("status".to_owned(), "accepted".to_owned())]);
    }
}
