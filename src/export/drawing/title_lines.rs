//! Titles in the lines of a node.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How many columns of a title fit into a line of a node, and how many lines there are.
const COLUMNS: usize = 24;
const LINES: usize = 2;

/// The words of a title in lines. What does not fit is replaced by an ellipsis.
pub(super) fn title_lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let remaining_columns = COLUMNS.saturating_sub(word.width() + 1);
        match lines.last_mut() {
            Some(line) if line.width() <= remaining_columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    // Some languages have no spaces, and some words are longer than a line.
    let mut lines: Vec<String> = lines.iter().flat_map(|line| broken(line)).collect();
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(line) = lines.last_mut() {
            while line.width() >= COLUMNS {
                // Removes the last word, or a letter of the only word.
                let last_letter = line.char_indices().next_back().map_or(0, |(offset, _)| offset);
                line.truncate(line.rfind(' ').unwrap_or(last_letter));
            }
            line.push('…');
        }
    }
    lines
}

/// A line in pieces that fit.
fn broken(line: &str) -> Vec<String> {
    let (mut pieces, mut columns) = (vec![String::new()], 0);
    for c in line.chars() {
        columns += c.width().unwrap_or_default();
        if columns > COLUMNS {
            pieces.push(String::new());
            columns = c.width().unwrap_or_default();
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::title_lines;

    #[test]
    fn a_title_is_put_into_lines_and_its_end_left_out() {
        assert_eq!(title_lines("Use files"), ["Use files"]);
        assert_eq!(
            title_lines("Statics in lists, for all that grows"),
            ["Statics in lists, for", "all that grows"]
        );
        assert_eq!(
            title_lines("one two three four five six seven eight nine ten eleven twelve"),
            ["one two three four five", "six seven eight nine…"]
        );
        let word = "x".repeat(60);
        assert_eq!(title_lines(&word), ["x".repeat(24), format!("{}…", "x".repeat(23))]);
        // These take two columns each.
        assert_eq!(title_lines(&"決定".repeat(20)), ["決定".repeat(6), "決定".repeat(5) + "決…"]);
        assert_eq!(title_lines(""), Vec::<String>::new());
    }
}
