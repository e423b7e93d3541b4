//! Values and declarations of CSS. They are kept if every part is known to describe appearance only: nothing that
//! loads, and no escape that could hide it.

use super::allowed::{PRESENTATION, contains};
use super::property::{FUNCTIONS, STYLE_ONLY};

/// How deep functions may be nested.
const MAX_DEPTH: usize = 16;

/// A value, rewritten; `None` if a part of it is not allowed.
pub(super) fn value(text: &str) -> Option<String> {
    let mut scanner =
        ValueScanner { remaining: text, written: String::with_capacity(text.len()), depth: 0 };
    while !scanner.remaining.is_empty() {
        scanner.step()?;
    }
    (scanner.depth == 0).then(|| scanner.written.trim().to_owned())
}

struct ValueScanner<'t> {
    remaining: &'t str,
    written: String,
    /// How many functions are open.
    depth: usize,
}

impl ValueScanner<'_> {
    fn step(&mut self) -> Option<()> {
        let next = self.remaining.chars().next()?;
        match next {
            c if c.is_ascii_whitespace() => {
                self.remaining = self.remaining.trim_ascii_start();
                self.written.push(' ');
            }
            '"' | '\'' => self.string(next)?,
            c if is_word_character(c) => return self.word(),
            '(' => {
                // Parentheses only occur within functions: `calc((1px + 2px) * 3)`.
                (self.depth > 0).then_some(())?;
                self.open()?;
                self.copy(next);
            }
            ')' => {
                self.depth = self.depth.checked_sub(1)?;
                self.copy(next);
            }
            ',' | '/' | '*' | '!' => self.copy(next),
            _ => return None,
        }
        Some(())
    }

    fn open(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    fn copy(&mut self, c: char) {
        self.written.push(c);
        self.remaining = self.remaining.get(c.len_utf8()..).unwrap_or_default();
    }

    fn string(&mut self, quote: char) -> Option<()> {
        let (content, after_quote) = self.remaining.get(1..)?.split_once(quote)?;
        // Strings are mostly names of fonts.
        content.chars().all(|c| c.is_alphanumeric() || " _-.,".contains(c)).then_some(())?;
        self.written.push(quote);
        self.written.push_str(content);
        self.written.push(quote);
        self.remaining = after_quote;
        Some(())
    }

    /// A word, a number, or a function up to its `(`.
    fn word(&mut self) -> Option<()> {
        let is_other = |c| !is_word_character(c);
        let length = self.remaining.find(is_other).unwrap_or(self.remaining.len());
        let (word, after_word) = self.remaining.split_at_checked(length)?;
        self.remaining = after_word;
        let Some(arguments) = after_word.strip_prefix('(') else {
            self.written.push_str(word);
            return Some(());
        };
        let function = word.to_ascii_lowercase();
        if function == "url" {
            let (address, after_address) = arguments.split_once(')')?;
            let id = local_id(unquoted(address.trim_ascii()))?;
            for part in ["url(#", id, ")"] {
                self.written.push_str(part);
            }
            self.remaining = after_address;
            return Some(());
        }
        contains(FUNCTIONS, &function).then_some(())?;
        self.open()?;
        self.written.push_str(&function);
        self.written.push('(');
        self.remaining = arguments;
        Some(())
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '%' | '+' | '#')
}

/// `text` without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let content =
        ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    content.unwrap_or(text)
}

/// The id in an address within the drawing.
pub(super) fn local_id(address: &str) -> Option<&str> {
    let id = address.strip_prefix('#')?;
    let is_id_character = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    (!id.is_empty() && id.chars().all(is_id_character)).then_some(id)
}

/// The ids in the `url(#…)` of a value that was written by [`value`].
pub(super) fn referenced_ids(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|from_id| Some(from_id.split_once(')')?.0))
}

/// The allowed declarations in `text`, rewritten.
pub(super) fn declarations(text: &str) -> String {
    let text = without_comments(text);
    let mut written = String::new();
    for declaration in split(&text, ';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let property = property.trim_ascii();
        let Some(value) = allowed_value(property, value) else { continue };
        if !written.is_empty() {
            written.push(';');
        }
        for part in [&property.to_ascii_lowercase(), ":", &value] {
            written.push_str(part);
        }
    }
    written
}

/// The value of a property, if both are allowed.
fn allowed_value(property: &str, text: &str) -> Option<String> {
    let is_variable = property.strip_prefix("--").is_some_and(|name| {
        name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    let property = property.to_ascii_lowercase();
    let is_allowed =
        is_variable || contains(PRESENTATION, &property) || contains(STYLE_ONLY, &property);
    value(text).filter(|value| is_allowed && !value.is_empty())
}

/// `text` with a space instead of each comment, so that the words around it are not joined.
pub(super) fn without_comments(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut remaining = text;
    while let Some((text_before, comment)) = remaining.split_once("/*") {
        written.push_str(text_before);
        written.push(' ');
        remaining = comment.split_once("*/").map_or("", |(_, text_after)| text_after);
    }
    written + remaining
}

/// Splits `text` at each `mark` that is not in quotes or parentheses.
pub(super) fn split(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut remaining = text;
    while !remaining.is_empty() {
        let part_end = find_unnested(remaining, &[mark]);
        let (part, from_mark) = remaining.split_at_checked(part_end).unwrap_or((remaining, ""));
        parts.push(part);
        remaining = from_mark.strip_prefix(mark).unwrap_or(from_mark);
    }
    parts
}

/// The offset of the first of `marks` that is not in quotes or parentheses; without one, the length of `text`.
pub(super) fn find_unnested(text: &str, marks: &[char]) -> usize {
    let mut open_quote = None;
    let mut depth = 0_usize;
    for (offset, c) in text.char_indices() {
        match (open_quote, c) {
            // A line break ends an unclosed string.
            (Some(quote), c) if c == quote || c == '\n' => open_quote = None,
            (None, '"' | '\'') => open_quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && marks.contains(&c) => return offset,
            _ => {}
        }
    }
    text.len()
}
