//! Tables of Markdown on a terminal.

use unicode_width::UnicodeWidthStr;

use super::styled_line::StyledLine;
use super::wrapping::{StyledText, dimmed, painted, wrapped};

/// The cells of a row, each as its texts.
pub(super) type TableRow = Vec<Vec<StyledText>>;

/// No column is made narrower, even if the table does not fit.
const MIN_COLUMN_WIDTH: usize = 8;

/// Returns the lines of a table, whose first row is the head. Cells are wrapped if the table is wider than
/// `width`.
pub(super) fn table_lines(rows: &[TableRow], width: usize, color: bool) -> Vec<StyledLine> {
    let widths = column_widths(rows, width);
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<_> =
            row.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend((0..height).map(|line| row_line(&cells, &widths, line, color)));
        if index == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            lines.push(painted(color, dimmed(), &rules.join("─┼─")));
        }
    }
    lines
}

/// Returns one line of the wrapped cells of a row.
fn row_line(
    cells: &[Vec<Vec<StyledText>>],
    widths: &[usize],
    line: usize,
    color: bool,
) -> StyledLine {
    let mut shown = StyledLine::default();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if column > 0 {
            shown = shown.and(&painted(color, dimmed(), " │ "));
        }
        let pieces = cell.get(line).map_or(&[][..], Vec::as_slice);
        let used_width: usize = pieces.iter().map(|piece| piece.text.width()).sum();
        for piece in pieces {
            shown = shown.and(&painted(color, piece.style, &piece.text));
        }
        if column + 1 < cells.len() {
            shown = shown.and_text(&" ".repeat(width.saturating_sub(used_width)));
        }
    }
    shown
}

/// Returns the width of each column. The widest ones give way if the table is too wide.
fn column_widths(rows: &[TableRow], width: usize) -> Vec<usize> {
    let column_count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell_width = |cell: &Vec<StyledText>| cell.iter().map(|text| text.text.width()).sum();
    let column_width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(cell_width).max().unwrap_or(0).max(1)
    };
    let mut widths: Vec<usize> = (0..column_count).map(column_width).collect();
    let available_width = width.saturating_sub(3 * column_count.saturating_sub(1));
    let mut excess = widths.iter().sum::<usize>().saturating_sub(available_width);
    while excess > 0 {
        let widest = widths.iter_mut().max();
        let Some(widest) = widest.filter(|widest| **widest > MIN_COLUMN_WIDTH) else { break };
        *widest -= 1;
        excess -= 1;
    }
    widths
}
