//! Titles: as they are typed, as they are written, and put in the place of others.

use crate::author::edits::{eol, set_value};
use crate::model::{Layout, Record};
use crate::syntax;
use crate::text::{Edit, Span};

/// `title` on one line, without control characters.
pub(crate) fn tidy(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `title` for a place where Markdown is read: a `<` that would open a tag stands for itself. All
/// other markup may be meant.
pub(crate) fn escaped(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut letters = title.chars().peekable();
    while let Some(c) = letters.next() {
        let opens = letters.peek().is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(*c));
        if c == '<' && opens && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The edits that put `title` into the heading of `record`, behind the number and the status that
/// stand there, and into the front matter, where that says the same. `None` where the old title
/// cannot be told from the rest.
pub(crate) fn retitled(record: &Record, title: &str) -> Option<Vec<Edit>> {
    let text = record.text();
    let Some(old) = &record.title else {
        let eol = eol(text);
        let at = record.document.body.start;
        let gap = if record.document.front_matter.is_some() { eol } else { "" };
        let heading = format!("{gap}# {}{eol}", escaped(title));
        let below = text.get(at..).unwrap_or_default();
        let apart = if below.starts_with(['\r', '\n']) { "" } else { eol };
        return Some(vec![Edit::insert(at, heading + apart)]);
    };
    let mut edits = Vec::new();
    let span = old.span?;
    if old.layout == Layout::Title {
        let place = of_title(span.of(text), &old.value)?.shift(span.start);
        edits.push(Edit::replace(place, escaped(title)));
    }
    let front = record.document.front_matter.as_ref();
    if let Some(entry) = front.and_then(|front| front.entry(&["title"]))
        && let Some(stated) = entry.value.scalar()
        && let Some(place) = of_title(stated, &old.value)
    {
        let (before, after) = (stated.get(..place.start)?, stated.get(place.end..)?);
        edits.push(set_value(text, entry, &format!("{before}{title}{after}"))?);
    }
    Some(edits)
}

/// The bytes of a heading that are the title, which was read from it.
pub(crate) fn of_title(heading: &str, title: &str) -> Option<Span> {
    if let Some(at) = heading.rfind(title) {
        return Some(Span::new(at, at + title.len()));
    }
    // With markup in it: the longest end of the heading that reads like the title.
    let mut starts = heading.char_indices().map(|(at, _)| at);
    let start = starts.find(|at| {
        let rest = heading.get(*at..).unwrap_or_default();
        !rest.starts_with(char::is_whitespace) && syntax::heading(rest).words == title
    });
    start.map(|start| Span::new(start, heading.len()))
}

#[cfg(test)]
mod tests {
    use super::of_title;

    #[test]
    fn the_title_is_told_from_what_stands_before_it() {
        let check = |heading: &str, title: &str, expected: &str| {
            assert_eq!(of_title(heading, title).map(|span| span.of(heading)), Some(expected));
        };
        check("12. Use Rust", "Use Rust", "Use Rust");
        check("**ADR-0012: Use Rust**", "Use Rust", "Use Rust");
        check("12. Use `rust` for _all_", "Use rust for all", "Use `rust` for _all_");
        assert_eq!(of_title("12. Use Rust", "Use Go"), None);
    }
}
