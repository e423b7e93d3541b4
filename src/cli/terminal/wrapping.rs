//! Wraps styled text to a number of columns.

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

use super::styled_line::StyledLine;

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StyledText {
    pub text: String,
    pub style: Style,
}

/// The style of marks that are not part of a text.
pub(super) fn dimmed() -> Style {
    Style::new().dimmed()
}

/// Returns `text` in `style`, if colours are on.
pub(super) fn painted(color: bool, style: Style, text: &str) -> StyledLine {
    if color { StyledLine::styled(style, text) } else { StyledLine::text(text) }
}

/// The pieces that no space separates.
#[derive(Default)]
struct Word {
    pieces: Vec<StyledText>,
    width: usize,
}

/// Returns the lines of `texts`, each of at most `width` columns. A line end in a text begins a line, other
/// white space separates words. Words that are too long are broken.
pub(super) fn wrapped(texts: &[StyledText], width: usize) -> Vec<Vec<StyledText>> {
    let mut lines = Vec::new();
    for paragraph in paragraphs(texts, width) {
        let mut line: Vec<StyledText> = Vec::new();
        let mut used_width = 0;
        for word in paragraph {
            if used_width > 0 && used_width + 1 + word.width > width {
                lines.push(std::mem::take(&mut line));
                used_width = 0;
            }
            if used_width > 0 {
                push_space(&mut line, &word);
                used_width += 1;
            }
            used_width += word.width;
            for piece in word.pieces {
                push_piece(&mut line, piece);
            }
        }
        lines.push(line);
    }
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    lines
}

/// Adds the space before a word, in the style of both words if they have the same.
fn push_space(line: &mut Vec<StyledText>, word: &Word) {
    let style_before = line.last().map(|piece| piece.style);
    let style_after = word.pieces.first().map(|piece| piece.style);
    let style = style_before.filter(|style| style_after == Some(*style)).unwrap_or_default();
    push_piece(line, StyledText { text: " ".to_owned(), style });
}

/// Adds a piece, joined with the one before if they have the same style.
fn push_piece(line: &mut Vec<StyledText>, piece: StyledText) {
    match line.last_mut().filter(|last| last.style == piece.style) {
        Some(last) => last.text += &piece.text,
        None => line.push(piece),
    }
}

/// The words between the line ends.
fn paragraphs(texts: &[StyledText], width: usize) -> Vec<Vec<Word>> {
    let mut paragraphs: Vec<Vec<Word>> = vec![Vec::new()];
    let mut word = Word::default();
    let end_word = |word: &mut Word, paragraphs: &mut Vec<Vec<Word>>| {
        if word.width > 0 {
            paragraphs.last_mut().into_iter().for_each(|last| last.push(std::mem::take(word)));
        }
    };
    for text in texts {
        for c in text.text.chars() {
            let c_width = c.width().unwrap_or(1);
            if c.is_whitespace() || word.width + c_width > width {
                end_word(&mut word, &mut paragraphs);
            }
            if c == '\n' {
                paragraphs.push(Vec::new());
            } else if !c.is_whitespace() {
                word.push(c, text.style, c_width);
            }
        }
    }
    end_word(&mut word, &mut paragraphs);
    paragraphs
}

impl Word {
    fn push(&mut self, c: char, style: Style, width: usize) {
        self.width += width;
        match self.pieces.last_mut().filter(|piece| piece.style == style) {
            Some(piece) => piece.text.push(c),
            None => self.pieces.push(StyledText { text: c.to_string(), style }),
        }
    }
}

#[cfg(test)]
mod tests {
    use anstyle::Style;

    use super::{StyledText, wrapped};

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        let texts = [StyledText { text: text.to_owned(), style: Style::new() }];
        let joined = |line: Vec<StyledText>| line.into_iter().map(|piece| piece.text).collect();
        let lines: Vec<String> = wrapped(&texts, width).into_iter().map(joined).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn words_fill_the_lines() {
        check("one two  three", 7, &["one two", "three"]);
        check("a\nb c", 7, &["a", "b c"]);
        check("", 7, &[]);
    }

    #[test]
    fn a_long_word_is_broken() {
        check("abcdefgh i", 5, &["abcde", "fgh i"]);
        check("決定を記録する", 6, &["決定を", "記録す", "る"]);
    }
}
