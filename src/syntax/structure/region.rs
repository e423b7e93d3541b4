//! The lines of a region of a text.

use super::line::{Line, LineKind};
use super::line_scanner::LineScanner;
use crate::text::Span;

/// The lines of `region`, at whose start no block is open.
pub fn lines(text: &str, region: Span) -> Vec<Line> {
    let mut scanner = LineScanner::new(text);
    let mut lines: Vec<Line> = Vec::new();
    for line_span in region.lines(text) {
        let line = scanner.read(line_span);
        if let LineKind::Underline(_) = line.kind {
            let words = scanner.paragraph();
            let heading_lines =
                lines.iter_mut().rev().take_while(|above| above.span.start >= words.start);
            heading_lines.for_each(|above| above.kind = line.kind);
        }
        if let Some(header) = lines.last_mut().filter(|above| above.kind == LineKind::Text)
            && line.kind == LineKind::Row
        {
            (header.kind, header.continues) = (LineKind::Row, false);
        }
        lines.push(line);
    }
    lines
}
