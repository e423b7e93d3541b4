//! The cells of a table. Alignment becomes a class: pages hold no `style`.

use crate::text::escape;

use pulldown_cmark::Alignment;

/// Begins what scrolls sideways where a table is wider than the page.
pub(super) fn region(out: &mut String, name: &str) {
    out.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
    escape(out, name);
    out.push_str("\">");
}

/// Where in a table the writer is.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    /// A table with these columns.
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, column: 0, in_head: false }
    }

    /// Begins a row.
    pub(super) fn row(&mut self, in_head: bool) {
        self.column = 0;
        self.in_head = in_head;
    }

    /// Begins a cell: its tags.
    pub(super) fn cell(&mut self) -> (&'static str, &'static str) {
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
