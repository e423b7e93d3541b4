//! Reads lists of people and of tags in front matter, bullets and tables.

use crate::format::words::Words;
use crate::syntax::{Node, NodeKind, plain};
use crate::text::{Span, Spanned};

/// The items of a front-matter value: the items of a list, or the parts between the commas of a scalar. A
/// list with a single unquoted item is read like a scalar.
pub(crate) fn items_of_node(text: &str, node: &Node, words: &Words) -> Vec<Spanned<String>> {
    let scalars = node.scalars();
    match scalars.as_slice() {
        [scalar] if !is_quoted_item(text, node) => items_of_text(text, scalar.span, words),
        scalars => {
            scalars.iter().filter_map(|scalar| item(scalar.value, scalar.span, words)).collect()
        }
    }
}

/// Whether `node` is a list with a single item, in quotation marks.
fn is_quoted_item(text: &str, node: &Node) -> bool {
    let NodeKind::List(items) = &node.kind else { return false };
    matches!(items.as_slice(), [item] if item.span.of(text).starts_with(['"', '\'']))
}

/// The items of a text: list items, or the parts between commas and semicolons.
pub(crate) fn items_of_text(text: &str, span: Span, words: &Words) -> Vec<Spanned<String>> {
    let span = without_brackets(text, span);
    let mut items = Vec::new();
    let mut item_start = span.start;
    let mut depth = 0_u32;
    for (offset, c) in span.of(text).char_indices() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            ',' | ';' | '\n' | '、' | '，' if depth == 0 => {
                let item_end = span.start + offset;
                items.extend(item_in_part(text, Span::new(item_start, item_end), words));
                item_start = item_end + c.len_utf8();
            }
            _ => {}
        }
    }
    items.extend(item_in_part(text, Span::new(item_start, span.end), words));
    items
}

/// A list without its brackets: `[core, api]`, but not `[Ann](@ann)`.
fn without_brackets(text: &str, span: Span) -> Span {
    let span = span.trim(text);
    let inside = span.of(text).strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    match inside {
        Some(inside) if !inside.contains(['[', ']']) => Span::new(span.start + 1, span.end - 1),
        _ => span,
    }
}

/// The item in a part of a list, without bullet, quotation marks and full stop.
fn item_in_part(text: &str, part: Span, words: &Words) -> Option<Spanned<String>> {
    let part = part.trim(text);
    let without_bullet = part.of(text).trim_start_matches(['-', '*', '+', ' ']);
    let unquoted = without_bullet.trim_start_matches(['"', '\'']);
    let start = part.end - unquoted.len();
    let unquoted = unquoted.trim_end_matches(['"', '\'']);
    // The full stop of a sentence, but not of `Inc.` or of an initial.
    let without_stop = unquoted.strip_suffix('.').filter(|name| {
        let last_word = name.rsplit([' ', '.']).next().unwrap_or_default();
        last_word.chars().count() > 3
    });
    let written = without_stop.unwrap_or(unquoted);
    item(written, Span::new(start, start + written.len()), words)
}

fn item(written: &str, span: Span, words: &Words) -> Option<Spanned<String>> {
    let shown = shown_name(written);
    (!words.is_nothing(&shown)).then(|| Spanned::new(shown, span))
}

/// A name or a tag for display, without markup. The brackets around an e-mail address after a name are kept:
/// `Ada <ada@example.org>`.
pub fn shown_name(written: &str) -> String {
    let shown = plain(written);
    let Some((name, bracket_onwards)) = written.split_once('<') else { return shown };
    let Some((address, _)) = bracket_onwards.split_once('>') else { return shown };
    let is_address = address.contains('@') && !address.contains(char::is_whitespace);
    let bracketed = format!("<{address}>");
    if is_address && !name.trim().is_empty() && !shown.contains(&bracketed) {
        return shown.replacen(address, &bracketed, 1);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::items_of_text;
    use crate::format::Words;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = Words::new(std::iter::empty());
        let found = items_of_text(text, Span::new(0, text.len()), &words);
        let found: Vec<_> = found.iter().map(|item| item.value.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_single_item_is_split_unless_it_is_quoted() {
        let check = |yaml: &str, expected: &[&str]| {
            let text = format!("---\nwho: {yaml}\n---\n");
            let document = crate::syntax::parse(&text);
            let entry = &document.front_matter.as_ref().unwrap().entries[0];
            let words = Words::new(std::iter::empty());
            let found = super::items_of_node(&text, &entry.value, &words);
            let found: Vec<_> = found.iter().map(|item| item.value.as_str()).collect();
            assert_eq!(found, expected, "{yaml}");
        };
        check(r#"["Lovelace, Ada"]"#, &["Lovelace, Ada"]);
        check("\n  - 'Lovelace, Ada'", &["Lovelace, Ada"]);
        check("\n  - Ann, Bob", &["Ann", "Bob"]);
        check(r#""Ann, Bob""#, &["Ann", "Bob"]);
    }

    #[test]
    fn commas_and_lines_separate_names_outside_of_brackets() {
        check("Ann, Bob (ops, on call); Cy", &["Ann", "Bob (ops, on call)", "Cy"]);
        check("- [Ann](@ann)\n- Bob", &["Ann", "Bob"]);
        check("[core, api]", &["core", "api"]);
        check("Ann <a@e.org>, <b@e.org>", &["Ann <a@e.org>", "b@e.org"]);
        check("N/A", &[]);
        check("Ann Smith, Bob Jones.", &["Ann Smith", "Bob Jones"]);
        check("Acme Inc.", &["Acme Inc."]);
    }
}
