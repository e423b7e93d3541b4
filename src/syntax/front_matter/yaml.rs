//! Valid YAML, read with the YAML parser into a tree.

use std::iter::Peekable;

use granit_parser::{Event, Parser, ScalarStyle, options};

use super::key_lines::is_null;
use super::tree::{Entry, Node, NodeKind, YamlFault};
use crate::text::{Span, Spanned};

/// The most bytes that are passed to the YAML parser. Real front matter is much shorter.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// Returns the entries of `content`, which must be a mapping or empty.
pub(super) fn read_yaml(text: &str, content: Span) -> Result<Vec<Entry>, YamlFault> {
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
    let mut builder = TreeBuilder { text, content, events: events.peekable() };
    match builder.document()? {
        Node { kind: NodeKind::Null, .. } => Ok(vec![]),
        Node { kind: NodeKind::Map(entries), .. } => Ok(entries),
        Node { span, .. } => {
            Err(YamlFault { message: "the front matter is not a list of keys".to_owned(), span })
        }
    }
}

type YamlEvent<'t> = (Event<'t>, Span);

/// Builds values from the events of the YAML parser. The nesting limits bound its recursion.
struct TreeBuilder<'t, E: Iterator> {
    text: &'t str,
    content: Span,
    events: Peekable<E>,
}

impl<'t, E> TreeBuilder<'t, E>
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

    fn next(&mut self) -> Result<Option<YamlEvent<'t>>, YamlFault> {
        match self.events.next() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok(Some((event, Span::from(range).shift(self.content.start))))
            }
            Some(Err(error)) => {
                let offset = error.marker().byte_offset().unwrap_or_default() + self.content.start;
                let offset = offset.min(self.content.end);
                Err(YamlFault { message: error.info(), span: Span::at(offset) })
            }
        }
    }

    /// Reads the value that starts with `event`; `value_start` is the offset after the key's colon.
    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        value_start: usize,
    ) -> Result<Node, YamlFault> {
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(&text, style, span, value_start)),
            Event::SequenceStart(..) => self.list(span),
            Event::MappingStart(..) => self.map(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(fault("references to anchors (`*name`) are not read", span))
            }
            _ => Err(fault("this YAML is not read", span)),
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span, value_start: usize) -> Node {
        let is_plain_null = style == ScalarStyle::Plain && is_null(text);
        // The parser puts an empty value before the colon; edits need the offset after it.
        let has_bytes = !span.is_empty() && span.of(self.text).trim() != "";
        let span = if has_bytes { span } else { Span::at(value_start) };
        let kind = if is_plain_null { NodeKind::Null } else { NodeKind::Scalar(text.to_owned()) };
        Node { span, kind }
    }

    fn list(&mut self, start: Span) -> Result<Node, YamlFault> {
        let start = self.list_start(start);
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

    /// Moves the start of a list to its first dash: if the items are not indented, the YAML parser
    /// reports the first item instead.
    fn list_start(&self, start: Span) -> Span {
        if start.of(self.text) == "[" || start.of(self.text).starts_with('-') {
            return start;
        }
        let text_before = Span::new(self.content.start, start.start).of(self.text);
        let before_dash = text_before.trim_end().strip_suffix('-');
        let dash = before_dash.map(|text| self.content.start + text.len());
        Span { start: dash.unwrap_or(start.start), ..start }
    }

    fn map(&mut self, start: Span) -> Result<Node, YamlFault> {
        let mut entries: Vec<Entry> = Vec::new();
        while let Some((event, span)) = self.next()? {
            if event == Event::MappingEnd {
                let last_value = entries.last().map(|entry| &entry.value);
                let span = self.collection(start, span, last_value);
                return Ok(Node { span, kind: NodeKind::Map(entries) });
            }
            let key = match self.node(event, span, span.start)? {
                Node { span, kind: NodeKind::Scalar(text) } => Spanned::new(text, span),
                Node { span, .. } => Spanned::new(span.of(self.text).to_owned(), span),
            };
            let Some((event, span)) = self.next()? else { break };
            let value_start = self.value_start(key.span.end);
            let value = self.node(event, span, value_start)?;
            entries.push(Entry { key, value });
        }
        Err(fault("this mapping does not end", start))
    }

    /// The span of a collection from its start to its closing bracket, or to its last value.
    fn collection(&self, start: Span, end: Span, last_value: Option<&Node>) -> Span {
        let has_bracket = matches!(end.of(self.text), "]" | "}");
        let values_end = last_value.map_or(start.end, |last_value| last_value.span.end);
        Span::new(start.start, if has_bracket { end.end } else { values_end.max(start.end) })
    }

    /// The offset after the colon of the key that ends at `key_end`.
    fn value_start(&self, key_end: usize) -> usize {
        let after_key = Span::new(key_end, self.content.end).of(self.text);
        after_key.find(':').map_or(key_end, |colon| key_end + colon + 1)
    }
}

fn fault(message: &str, span: Span) -> YamlFault {
    YamlFault { message: message.to_owned(), span }
}
