//! Values and declarations of CSS: kept if every part is known to do no more than to describe what is
//! seen. Nothing that loads, and no escape that could hide it.

use super::allowed::{PRESENTATION, has};
use super::property::{FUNCTIONS, STYLE_ONLY};

/// How deep functions may be nested.
const DEEPEST: usize = 16;

/// A value, written again; `None` if a part of it is not allowed.
pub(super) fn value(text: &str) -> Option<String> {
    let mut scanner = Scanner { rest: text, out: String::with_capacity(text.len()), open: 0 };
    while !scanner.rest.is_empty() {
        scanner.step()?;
    }
    (scanner.open == 0).then(|| scanner.out.trim().to_owned())
}

struct Scanner<'t> {
    rest: &'t str,
    out: String,
    /// How many functions are open.
    open: usize,
}

impl Scanner<'_> {
    fn step(&mut self) -> Option<()> {
        let first = self.rest.chars().next()?;
        match first {
            c if c.is_ascii_whitespace() => {
                self.rest = self.rest.trim_ascii_start();
                self.out.push(' ');
            }
            '"' | '\'' => self.string(first)?,
            c if is_word(c) => return self.word(),
            '(' => {
                // As in `calc((1px + 2px) * 3)`.
                self.open = Some(self.open + 1).filter(|open| *open <= DEEPEST && self.open > 0)?;
                self.advance(first);
            }
            ')' => {
                self.open = self.open.checked_sub(1)?;
                self.advance(first);
            }
            ',' | '/' | '*' | '!' => self.advance(first),
            _ => return None,
        }
        Some(())
    }

    fn advance(&mut self, c: char) {
        self.out.push(c);
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
    }

    fn string(&mut self, quote: char) -> Option<()> {
        let (inside, rest) = self.rest.get(1..)?.split_once(quote)?;
        // Names of fonts, mostly.
        inside.chars().all(|c| c.is_alphanumeric() || " _-.,".contains(c)).then_some(())?;
        for part in [if quote == '"' { "\"" } else { "'" }, inside] {
            self.out.push_str(part);
        }
        self.out.push(quote);
        self.rest = rest;
        Some(())
    }

    /// A word, a number, or a function up to its `(`.
    fn word(&mut self) -> Option<()> {
        let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let Some(inside) = rest.strip_prefix('(') else {
            self.out.push_str(word);
            return Some(());
        };
        let name = word.to_ascii_lowercase();
        if name == "url" {
            let (address, rest) = inside.split_once(')')?;
            let id = local(unquoted(address.trim_ascii()))?;
            for part in ["url(#", id, ")"] {
                self.out.push_str(part);
            }
            self.rest = rest;
            return Some(());
        }
        has(FUNCTIONS, &name).then_some(())?;
        self.open = Some(self.open + 1).filter(|open| *open <= DEEPEST)?;
        self.out.push_str(&name);
        self.out.push('(');
        self.rest = inside;
        Some(())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '%' | '+' | '#')
}

fn unquoted(text: &str) -> &str {
    let inner =
        ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(text)
}

/// The id that an address within the drawing names.
pub(super) fn local(address: &str) -> Option<&str> {
    let id = address.strip_prefix('#')?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    (!id.is_empty() && id.chars().all(fits)).then_some(id)
}

/// The ids that `url(#…)` names in a value that was written by [`value`].
pub(super) fn ids(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// Those of the declarations in `text` that are allowed, written again.
pub(super) fn declarations(text: &str) -> String {
    let text = without_comments(text);
    let mut out = String::new();
    for one in split(&text, ';') {
        let Some((name, value)) = one.split_once(':') else { continue };
        let name = name.trim_ascii();
        let Some(value) = allowed(name, value) else { continue };
        if !out.is_empty() {
            out.push(';');
        }
        for part in [&name.to_ascii_lowercase(), ":", &value] {
            out.push_str(part);
        }
    }
    out
}

/// The value of a property, if both are allowed.
fn allowed(name: &str, text: &str) -> Option<String> {
    let own = name.strip_prefix("--");
    let is_own = own.is_some_and(|own| {
        own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    let name = name.to_ascii_lowercase();
    let is_known = is_own || has(PRESENTATION, &name) || has(STYLE_ONLY, &name);
    value(text).filter(|value| is_known && !value.is_empty())
}

/// The text with a space instead of each comment, so that no word is made of two.
pub(super) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// The parts of `text` between those `marks` that are not in quotes or parentheses.
pub(super) fn split(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = end(rest, &[mark]);
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        parts.push(part);
        rest = after.strip_prefix(mark).unwrap_or(after);
    }
    parts
}

/// Where the first of `marks` is that is not in quotes or parentheses; else the end.
pub(super) fn end(text: &str, marks: &[char]) -> usize {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open || c == '\n' => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && marks.contains(&c) => return at,
            _ => {}
        }
    }
    text.len()
}
