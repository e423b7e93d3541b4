//! The references to records in a piece of text.
//!
//! Known shapes: a link to a document; a reference link; an id such as `ADR-0012`, `ADR #12` or
//! `OPS-3`; a file name; and, where a reference is all that is expected, a bare number or slug.
//! Links to issues, pull requests and other sites are none.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::name::is_prefix;
use super::phrase::tokens;
use crate::model::Reference;
use crate::text::Span;

/// The references between the bytes of `span`, in the order of the text. `own_prefix` is that of
/// the record's id, which needs no other sign to be recognised.
pub(super) fn find(
    text: &str,
    span: Span,
    own_prefix: Option<&str>,
    definitions: &Definitions,
) -> Vec<Reference> {
    let piece = span.of(text);
    let links = links(text, piece, definitions);
    let mut found: Vec<Reference> = Vec::new();
    let mut gap = 0;
    for link in &links {
        ids(piece, Span::new(gap, link.span.start), own_prefix, &mut found);
        gap = link.span.end;
        if leads_to_document(&link.destination) {
            found.push(Reference {
                text: link.span.of(piece).to_owned(),
                span: link.span,
                destination: Some(link.destination.clone()),
            });
        }
    }
    ids(piece, Span::new(gap, piece.len()), own_prefix, &mut found);
    for reference in &mut found {
        reference.span = reference.span.shift(span.start);
    }
    found
}

/// The reference that the whole of a value is, where one is expected: a number, a slug or a name.
pub(super) fn whole(text: &str, span: Span) -> Option<Reference> {
    let bare = span.of(text).trim();
    let inner = bare.trim_matches(['[', ']', '"', '\'', '`', '<', '>', '#']);
    let offset = span.of(text).find(inner)?;
    let single = !inner.is_empty() && !inner.contains(char::is_whitespace) && inner.len() <= 200;
    let named = inner.bytes().any(|byte| byte.is_ascii_digit()) || inner.matches('-').count() >= 1;
    (single && named).then(|| Reference {
        text: inner.to_owned(),
        span: Span::new(span.start + offset, span.start + offset + inner.len()),
        destination: None,
    })
}

struct Link {
    span: Span,
    destination: String,
}

/// The links of `piece`, reference links with the destinations that `text` defines for them.
fn links(text: &str, piece: &str, definitions: &Definitions) -> Vec<Link> {
    if !piece.contains(['[', '<']) {
        return vec![];
    }
    let defined = |broken: BrokenLink<'_>| {
        if broken.reference.starts_with('^') {
            return None; // A footnote.
        }
        let to = definitions.of(text, &broken.reference)?;
        Some((CowStr::from(to.to_owned()), CowStr::from("")))
    };
    let mut links = Vec::new();
    let mut open = None;
    let events = Parser::new_with_broken_link_callback(piece, Options::empty(), Some(defined));
    for (event, range) in events.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some(Link { span: range.into(), destination: dest_url.into_string() });
            }
            Event::End(TagEnd::Link) => links.extend(open.take()),
            _ => {}
        }
    }
    links
}

/// The destinations that a text defines for its reference links: `[label]: destination`. Looked for
/// once, at the first such link, as a text may hold many of them and no definition.
#[derive(Debug, Default)]
pub(super) struct Definitions(OnceCell<HashMap<String, String, FixedState>>);

impl Definitions {
    /// What `text`, which is always the same, defines for `label`; the first of several counts.
    fn of(&self, text: &str, label: &str) -> Option<&str> {
        let found = self.0.get_or_init(|| {
            let mut found = HashMap::default();
            for line in text.lines() {
                let named = line.trim_start().strip_prefix('[').and_then(|l| l.split_once("]:"));
                let Some((name, rest)) = named else { continue };
                let to = rest.split_whitespace().next().unwrap_or_default();
                let to = to.trim_matches(['<', '>']).to_owned();
                found.entry(name.to_lowercase()).or_insert(to);
            }
            found
        });
        found.get(&label.to_lowercase()).map(String::as_str)
    }
}

/// Whether a link may lead to a record: to a file of the repository, or to a document elsewhere
/// that is named like one.
fn leads_to_document(destination: &str) -> bool {
    let path = destination.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if path.is_empty() || path.starts_with(['@', '#']) || path.starts_with("mailto:") {
        return false;
    }
    let document =
        [".md", ".mdx", ".markdown", ".html", ".htm"].iter().any(|end| name.ends_with(end));
    if !path.contains("://") {
        return document || !name.contains('.');
    }
    let digits = name.find(|c: char| c.is_ascii_digit());
    let numbered = digits.is_some_and(|at| {
        let prefix = name.get(..at).unwrap_or_default();
        let rest =
            name.get(at..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
        (prefix.is_empty() || is_prefix(prefix, 4)) && rest.starts_with('-') && rest.len() > 3
    });
    document && !path.contains("/issues/") || numbered
}

/// The ids and file names between the bytes of `span`, which holds no link.
fn ids(piece: &str, span: Span, own_prefix: Option<&str>, found: &mut Vec<Reference>) {
    let part = span.of(piece);
    let tokens: Vec<Span> = tokens(part).collect();
    let mut done = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.start < done || !token.of(part).bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let start = before.filter(|before| before.start >= done);
        let Some(id) = id_at(part, *token, start.copied(), own_prefix) else { continue };
        done = id.end;
        found.push(Reference {
            text: id.of(part).to_owned(),
            span: id.shift(span.start),
            destination: None,
        });
    }
}

/// The id that ends in the number of `token`, or the file name that it begins.
fn id_at(part: &str, token: Span, before: Option<Span>, own: Option<&str>) -> Option<Span> {
    let name = word_around(part, token);
    if leads_to_document(name.of(part)) && name.of(part).contains(".md") {
        return Some(name);
    }
    // `ADR-30's layout` names ADR-30.
    let owner = token.of(part).strip_suffix("'s").or_else(|| token.of(part).strip_suffix("’s"));
    let token = owner.map_or(token, |owner| Span::new(token.start, token.start + owner.len()));
    let word = token.of(part);
    let digits = word.len() - word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (own_letters, number) = word.split_at(word.len() - digits);
    if digits == 0 || digits > 6 {
        return None;
    }
    let start = if own_letters.is_empty() {
        let before = before.filter(|before| {
            matches!(
                Span::new(before.end, token.start).of(part),
                "-" | " " | "_" | " #" | "#" | "-#"
            )
        })?;
        word_around(part, before).start.max(before.start.saturating_sub(24))
    } else {
        token.start
    };
    let prefix = Span::new(start, token.end - digits).of(part);
    let bare = prefix.trim_end_matches(['-', '_', ' ', '#']);
    let ours = own.is_some_and(|own| own.eq_ignore_ascii_case(bare));
    let adr = bare.to_lowercase().split(['-', '_', ' ']).any(|word| word == "adr" || word == "tep");
    let padded = number.starts_with('0') && is_prefix(bare, 4) && !bare.is_empty();
    let glued = part.get(token.end..).is_some_and(|rest| {
        rest.starts_with(['.', '-'])
            && rest.get(1..2).is_some_and(|c| c.bytes().all(|b| b.is_ascii_alphanumeric()))
    });
    if !(ours || adr || padded) {
        return None;
    }
    let id = Span::new(start, token.end);
    Some(if glued { id.to(word_around(part, token)) } else { id })
}

/// The run without white space around `token`, without the punctuation at its ends.
fn word_around(part: &str, token: Span) -> Span {
    let outside = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"' | '`' | '<' | '>' | '[' | ']')
    };
    let before = part.get(..token.start).unwrap_or_default();
    let after = part.get(token.end..).unwrap_or_default();
    let start = before.rfind(outside).map_or(0, |at| {
        at + before.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8)
    });
    let run = after.find(outside).unwrap_or(after.len());
    let run = after.get(..run).unwrap_or_default().trim_end_matches(['.', ':', '!', '?', '*', '_']);
    Span::new(start, token.end + run.len())
}

#[cfg(test)]
mod tests {
    use super::{Definitions, find, whole};
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = find(text, Span::new(0, text.len()), Some("OPS"), &Definitions::default());
        let found: Vec<_> = found
            .iter()
            .map(|one| one.destination.as_deref().unwrap_or(one.span.of(text)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn links_and_ids_are_references() {
        check("[12. Use X](0012-use-x.md) and ADR-0013", &["0012-use-x.md", "ADR-0013"]);
        check("ADR #12, ADR 13 and ADR0014", &["ADR #12", "ADR 13", "ADR0014"]);
        check("OPS-3 or 0007-use-y.md", &["OPS-3", "0007-use-y.md"]);
        check(
            "[a](/adr/32) [b](https://a.b/c/blob/main/0032-d.md)",
            &["/adr/32", "https://a.b/c/blob/main/0032-d.md"],
        );
    }

    #[test]
    fn a_reference_link_leads_where_the_document_defines_it() {
        let text = "see [x][one] and [^1]\n\n[one]: 0001-x.md\n[^1]: ADR-2\n";
        let found = find(text, Span::new(0, 21), None, &Definitions::default());
        let found: Vec<_> = found.into_iter().map(|one| one.destination).collect();
        assert_eq!(found, [Some("0001-x.md".to_owned())]);
    }

    #[test]
    fn issues_requests_and_other_numbers_are_none() {
        check("[#12](https://a.b/issues/12) in 2024, HTTP 2, PROJ-1649, v2.5", &[]);
    }

    #[test]
    fn a_whole_value_may_be_a_number_or_a_slug() {
        let value = |text: &str| whole(text, Span::new(0, text.len())).map(|one| one.text);
        assert_eq!(value("\"0012\"").as_deref(), Some("0012"));
        assert_eq!(value("use-rust").as_deref(), Some("use-rust"));
        assert_eq!(value("https://a.b/pull/23").as_deref(), Some("https://a.b/pull/23"));
        assert_eq!(value("Data links (old)"), None);
    }
}
