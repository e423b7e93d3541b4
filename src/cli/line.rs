//! Lines that are safe to show, with our own colours in them.

use anstyle::Style;

use crate::text::{visible, visible_lines};

/// A line, or a part of one: text that was made safe, in colours that are ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line(String);

impl Line {
    /// `text` on one line, without colour.
    pub(super) fn text(text: &str) -> Self {
        Self(visible(text).into_owned())
    }

    /// `text` on one line, in a style.
    pub(super) fn styled(style: Style, text: &str) -> Self {
        Self(format!("{style}{}{style:#}", visible(text)))
    }

    /// Both, one after the other.
    #[must_use]
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0 += &other.0;
        self
    }

    /// This, and `text` behind it.
    #[must_use]
    pub(super) fn and_text(mut self, text: &str) -> Self {
        self.0 += &visible(text);
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` of ours, of several lines, of which nothing acts on a terminal but colours.
pub(super) fn visible_but_styles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let (before, style) = rest.split_at(at);
        out += &visible_lines(before);
        let numbers = style.get(2..).unwrap_or_default();
        let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';');
        let length = end.filter(|end| numbers.get(*end..).is_some_and(|end| end.starts_with('m')));
        // The sequence, or the escape alone, which is shown.
        let length = length.map(|length| length + 3);
        let (style, after) = style.split_at(length.unwrap_or(1));
        out += &if length.is_some() { style.into() } else { visible_lines(style) };
        rest = after;
    }
    out + &visible_lines(rest)
}

#[cfg(test)]
mod tests {
    use anstyle::{AnsiColor, Style};

    use super::{Line, visible_but_styles};

    #[test]
    fn colours_are_kept_and_nothing_else() {
        let text = "\u{1b}[1;31ma\u{1b}[0m\n\u{1b}[2J\u{1b}]0;b\u{7}\u{1b}[m\u{1b}[\u{1b}[1";
        let expected =
            "\u{1b}[1;31ma\u{1b}[0m\n\\u{1b}[2J\\u{1b}]0;b\\u{7}\u{1b}[m\\u{1b}[\\u{1b}[1";
        assert_eq!(visible_but_styles(text), expected);
    }

    #[test]
    fn a_style_is_put_around_what_is_safe() {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        let line = Line::styled(red, "a\u{1b}[32mb\n").and_text("\u{7}");
        assert_eq!(line.as_str(), "\u{1b}[31ma\\u{1b}[32mb \u{1b}[0m\\u{7}");
    }
}
