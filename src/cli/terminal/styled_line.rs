//! Lines that are safe to show on a terminal and may contain our own colours.

use anstyle::Style;

use crate::text::{visible, visible_lines};

/// A line or a part of one. Its text has been made safe; only our own styles act on the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyledLine(String);

impl StyledLine {
    /// Returns `text` on one line, without colour.
    pub(crate) fn text(text: &str) -> Self {
        Self(visible(text).into_owned())
    }

    /// Returns `text` on one line, in `style`.
    pub(crate) fn styled(style: Style, text: &str) -> Self {
        Self(format!("{style}{}{style:#}", visible(text)))
    }

    /// Appends another line to this one.
    #[must_use]
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self.0 += &other.0;
        self
    }

    /// Appends `text` without colour.
    #[must_use]
    pub(crate) fn and_text(mut self, text: &str) -> Self {
        self.0 += &visible(text);
        self
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns a text of several lines in which colours act on a terminal and everything else is escaped.
pub(crate) fn visible_but_styles(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut remaining_text = text;
    while let Some(offset) = remaining_text.find("\u{1b}[") {
        let (plain_text, sequence) = remaining_text.split_at(offset);
        output += &visible_lines(plain_text);
        let parameters = sequence.get(2..).unwrap_or_default();
        let is_parameter = |c: char| c.is_ascii_digit() || c == ';';
        let final_offset = parameters.find(|c: char| !is_parameter(c));
        // Only a sequence that ends in `m` sets a style.
        let style_length = final_offset
            .filter(|offset| parameters.get(*offset..).is_some_and(|rest| rest.starts_with('m')))
            .map(|offset| offset + "\u{1b}[m".len());
        // Of any other sequence only the escape character is consumed, and shown as text.
        let (style, text_after) = sequence.split_at(style_length.unwrap_or(1));
        output += &if style_length.is_some() { style.into() } else { visible_lines(style) };
        remaining_text = text_after;
    }
    output + &visible_lines(remaining_text)
}

#[cfg(test)]
mod tests {
    use anstyle::{AnsiColor, Style};

    use super::{StyledLine, visible_but_styles};

    #[test]
    fn only_colours_are_kept() {
        let text = "\u{1b}[1;31ma\u{1b}[0m\n\u{1b}[2J\u{1b}]0;b\u{7}\u{1b}[m\u{1b}[\u{1b}[1";
        let expected =
            "\u{1b}[1;31ma\u{1b}[0m\n\\u{1b}[2J\\u{1b}]0;b\\u{7}\u{1b}[m\\u{1b}[\\u{1b}[1";
        assert_eq!(visible_but_styles(text), expected);
    }

    #[test]
    fn a_style_surrounds_escaped_text() {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        let line = StyledLine::styled(red, "a\u{1b}[32mb\n").and_text("\u{7}");
        assert_eq!(line.as_str(), "\u{1b}[31ma\\u{1b}[32mb \u{1b}[0m\\u{7}");
    }
}
