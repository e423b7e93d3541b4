//! The cells of a table. Alignment becomes a class, because pages contain no `style` attributes.

use crate::text::escape;

use pulldown_cmark::Alignment;

/// Starts a region that scrolls sideways if its table is wider than the page. The keyboard must reach it.
pub(super) fn start_table_region(out: &mut String, name: &str) {
    out.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
    escape(out, name);
    out.push_str("\">");
}

/// The position of the writer in a table.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl OpenTable {
    /// A table with columns of these alignments.
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, column: 0, in_head: false }
    }

    /// Starts a row.
    pub(super) fn start_row(&mut self, in_head: bool) {
        self.column = 0;
        self.in_head = in_head;
    }

    /// The start and end tag of the next cell.
    pub(super) fn next_cell(&mut self) -> (&'static str, &'static str) {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        match (self.in_head, alignment) {
            (true, Alignment::None) => ("<th scope=\"col\">", "</th>"),
            (true, Alignment::Left) => ("<th scope=\"col\" class=\"left\">", "</th>"),
            (true, Alignment::Center) => ("<th scope=\"col\" class=\"center\">", "</th>"),
            (true, Alignment::Right) => ("<th scope=\"col\" class=\"right\">", "</th>"),
            (false, Alignment::None) => ("<td>", "</td>"),
            (false, Alignment::Left) => ("<td class=\"left\">", "</td>"),
            (false, Alignment::Center) => ("<td class=\"center\">", "</td>"),
            (false, Alignment::Right) => ("<td class=\"right\">", "</td>"),
        }
    }
}
