//! Lists of people and of tags, as front matter, bullets and tables hold them.

use crate::format::words::Words;
use crate::syntax::{Node, NodeKind, plain};
use crate::text::{Span, Spanned};

/// The items of a front-matter value: of a list each, of a scalar the parts between commas; a list of
/// one may hold a row, unless that one is in quotes.
pub(crate) fn items_of_node(text: &str, node: &Node, words: &Words) -> Vec<Spanned<String>> {
    let scalars = node.scalars();
    match scalars.as_slice() {
        [one] if !is_quoted_item(text, node) => items_of_text(text, one.span, words),
        many => many.iter().filter_map(|one| item(one.value, one.span, words)).collect(),
    }
}

/// Whether it is a list whose only item is in quotes.
fn is_quoted_item(text: &str, node: &Node) -> bool {
    let NodeKind::List(items) = &node.kind else { return false };
    matches!(items.as_slice(), [one] if one.span.of(text).starts_with(['"', '\'']))
}

/// The items of a text: list items, or the parts between commas and semicolons.
pub(crate) fn items_of_text(text: &str, span: Span, words: &Words) -> Vec<Spanned<String>> {
    let span = unbracketed(text, span);
    let mut items = Vec::new();
    let mut start = span.start;
    let mut depth = 0_u32;
    for (at, c) in span.of(text).char_indices() {
        let here = span.start + at;
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            ',' | ';' | '\n' | '、' | '，' if depth == 0 => {
                push(text, Span::new(start, here), words, &mut items);
                start = here + c.len_utf8();
            }
            _ => {}
        }
    }
    push(text, Span::new(start, span.end), words, &mut items);
    items
}

/// A list in brackets without them: `[core, api]`, but not `[Ann](@ann)`.
fn unbracketed(text: &str, span: Span) -> Span {
    let span = span.trim(text);
    let inner = span.of(text).strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) if !inner.contains(['[', ']']) => Span::new(span.start + 1, span.end - 1),
        _ => span,
    }
}

fn push(text: &str, span: Span, words: &Words, items: &mut Vec<Spanned<String>>) {
    let trimmed = span.trim(text);
    let bare = trimmed.of(text).trim_start_matches(['-', '*', '+', ' ']);
    let bare = bare.trim_start_matches(['"', '\'']);
    let start = trimmed.end - bare.len();
    let bare = bare.trim_end_matches(['"', '\'']);
    // The stop of a sentence, and not that of `Inc.` or of an initial.
    let stop = bare.strip_suffix('.').filter(|name| {
        let last = name.rsplit([' ', '.']).next().unwrap_or_default();
        last.chars().count() > 3
    });
    let bare = stop.unwrap_or(bare);
    items.extend(item(bare, Span::new(start, start + bare.len()), words));
}

fn item(written: &str, span: Span, words: &Words) -> Option<Spanned<String>> {
    let shown = shown_name(written);
    (!words.is_nothing(&shown)).then(|| Spanned::new(shown, span))
}

/// A name or a tag as it is shown: without markup, but for the brackets that part an address from the
/// name before it, as in `Ada <ada@example.org>`.
pub fn shown_name(written: &str) -> String {
    let shown = plain(written);
    let Some((name, rest)) = written.split_once('<') else { return shown };
    let Some((address, _)) = rest.split_once('>') else { return shown };
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
    fn an_only_item_in_quotes_is_one_name_and_one_without_may_be_a_row() {
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
    fn commas_and_lines_part_names_and_brackets_hold_them_together() {
        check("Ann, Bob (ops, on call); Cy", &["Ann", "Bob (ops, on call)", "Cy"]);
        check("- [Ann](@ann)\n- Bob", &["Ann", "Bob"]);
        check("[core, api]", &["core", "api"]);
        check("Ann <a@e.org>, <b@e.org>", &["Ann <a@e.org>", "b@e.org"]);
        check("N/A", &[]);
        check("Ann Smith, Bob Jones.", &["Ann Smith", "Bob Jones"]);
        check("Acme Inc.", &["Acme Inc."]);
    }
}
