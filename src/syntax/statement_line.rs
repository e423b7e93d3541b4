//! The lines that can contain statements.

use super::structure::{LineKind, lines};
use crate::text::Span;

/// A line without the marks of its containers.
#[derive(Clone, Copy)]
pub(super) struct StatementLine {
    /// Without the marks of quotations and list items, and without white space.
    pub content: Span,
    /// The whole line, without white space at its end.
    pub whole: Span,
    /// The column at which its content begins.
    pub indent: usize,
    pub is_item: bool,
    pub is_heading: bool,
}

/// The lines of the region that are neither code nor comment. Lines that are struck out, and lines that end everything
/// above them, are empty.
pub(super) fn statement_lines(text: &str, region: Span) -> Vec<StatementLine> {
    let mut statement_lines = Vec::new();
    for line in lines(text, region) {
        let indent = line.indent;
        let content = match line.kind {
            LineKind::Fence | LineKind::Code | LineKind::Comment => continue,
            LineKind::Blank | LineKind::Rule | LineKind::Definition => Span::at(line.span.end),
            LineKind::Heading(_) | LineKind::Underline(_) => line.span.trim(text),
            LineKind::Text | LineKind::Row | LineKind::Html => line.content,
        };
        let bullet = content.of(text).strip_prefix('•').filter(|text| text.starts_with(' '));
        let is_item = line.is_item || bullet.is_some();
        let item_text = bullet.map_or(content.of(text), str::trim_start);
        let content = Span::new(content.end - item_text.len(), content.end);
        let struck_text = item_text.strip_prefix("~~").and_then(|text| text.strip_suffix("~~"));
        let is_struck = struck_text.is_some_and(|text| !text.contains("~~"));
        let content = if is_struck { Span::at(content.end) } else { content };
        let is_heading = matches!(line.kind, LineKind::Heading(_) | LineKind::Underline(_));
        statement_lines.push(StatementLine {
            content,
            whole: line.span,
            indent,
            is_item,
            is_heading,
        });
    }
    statement_lines
}
