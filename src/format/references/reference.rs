//! The references to records in a piece of text.
//!
//! Known shapes: a link to a document; a reference link; an id such as `ADR-0012`, `ADR #12`, `ADR V2`,
//! `RFC 12` or `OPS-3`, also as the words of a link that leads elsewhere; a file name; directly behind a
//! verb a number with zeros before it, `0012`, `0012-use-x`; and, where a reference is all that is
//! expected, any number or slug. Links to issues, pull requests and other sites are none.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::file_name::{is_prefix, read_file_name};
use super::reference_context::is_joint;
use crate::format::words::tokens;
use crate::model::Reference;
use crate::text::Span;

/// The references between the bytes of `span`, in the order of the text. `own_prefix` is that of
/// the record's id, which needs no other sign to be recognised.
pub(crate) fn find_references(
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
        } else if let Some(words) = words_of(piece, link.span) {
            // `[ADR 3](…/pull/3)`
            ids(piece, words, own_prefix, &mut found);
        }
    }
    ids(piece, Span::new(gap, piece.len()), own_prefix, &mut found);
    for reference in &mut found {
        reference.span = reference.span.shift(span.start);
    }
    found
}

/// The reference that the whole of a value is, where one is expected: a number, a slug or a name.
pub(crate) fn whole_reference(text: &str, span: Span) -> Option<Reference> {
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

/// The words of a link, `[words](destination)`.
fn words_of(piece: &str, link: Span) -> Option<Span> {
    let inner = link.of(piece).strip_prefix('[')?;
    let end = inner.find("](")?;
    Some(Span::new(link.start + 1, link.start + 1 + end))
}

/// The numbers at the beginning of `span`, as file names begin with them, and those that are joined to
/// them: `0012`, `0012-use-x and 0013`.
pub(crate) fn leading_numbers(text: &str, span: Span) -> Vec<Reference> {
    let Some(first) = number_at(text, span, &[' ', '`', '#']) else { return vec![] };
    let rest = Span::new(first.span.end, span.end);
    let mut found = vec![first];
    found.extend(joined_numbers(text, rest));
    found
}

/// The numbers that are joined to what stands before `span`: `, 0012 and 0013`.
pub(crate) fn joined_numbers(text: &str, span: Span) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut at = span.start;
    loop {
        let rest = Span::new(at, span.end).of(text);
        let bare = rest.trim_start_matches([' ', ',']);
        if bare.len() == rest.len() {
            return found;
        }
        // A word for *and*.
        let word = bare.find(' ').filter(|_| bare.starts_with(char::is_alphabetic));
        let word = word.filter(|end| bare.get(..*end).is_some_and(is_joint)).unwrap_or(0);
        let start = at + (rest.len() - bare.len()) + word;
        let Some(next) = number_at(text, Span::new(start, span.end), &[' ', '`']) else {
            return found;
        };
        at = next.span.end;
        found.push(next);
    }
}

/// The number, with zeros before it and perhaps a slug behind it, at the beginning of `span`.
fn number_at(text: &str, span: Span, marks: &[char]) -> Option<Reference> {
    let rest = span.of(text);
    let bare = rest.trim_start_matches(marks);
    // A link of a wiki: `[[0012-use-x]]`.
    let bare = bare.strip_prefix("[[").unwrap_or(bare);
    if !bare.starts_with('0') {
        return None;
    }
    let end = bare.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    let word = bare.get(..end.unwrap_or(bare.len()))?;
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let slug = word.get(digits..)?;
    let is_name = (3..=5).contains(&digits) && (slug.is_empty() || slug.starts_with('-'));
    // `0012-use-x.md` is found as a file.
    let is_file = bare.get(word.len()..).is_some_and(|rest| rest.starts_with(".md"));
    let start = span.start + (rest.len() - bare.len());
    let span = Span::new(start, start + word.len());
    let text = || word.to_owned();
    (is_name && !is_file).then(|| Reference { text: text(), span, destination: None })
}

/// Whether the words name a request for comments by its number alone, as those of the Internet are.
pub(crate) fn is_internet_rfc(words: &str) -> bool {
    let number = words.get(..4).filter(|lead| lead.eq_ignore_ascii_case("rfc ")).map(str::len);
    number
        .and_then(|at| words.get(at..))
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

struct LinkSpan {
    span: Span,
    destination: String,
}

/// The links of `piece`, reference links with the destinations that `text` defines for them.
fn links(text: &str, piece: &str, definitions: &Definitions) -> Vec<LinkSpan> {
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
                open = Some(LinkSpan { span: range.into(), destination: dest_url.into_string() });
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
pub(crate) struct Definitions(OnceCell<HashMap<String, String, FixedState>>);

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
    if is_dated_name(name.of(part)) {
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
    let version = |before: &Span| before.of(part).eq_ignore_ascii_case("adr");
    let versioned = own_letters.eq_ignore_ascii_case("v") && before.as_ref().is_some_and(version);
    let start = if own_letters.is_empty() || versioned {
        let before = before.filter(|before| {
            matches!(
                Span::new(before.end, token.start).of(part),
                "-" | " " | "_" | " #" | "#" | "-#"
            )
        })?;
        // `l'ADR-3` names ADR-3.
        let elided = before.of(part).rfind(['\'', '’']).map(|at| {
            let mark = before.of(part).get(at..).and_then(|rest| rest.chars().next());
            before.start + at + mark.map_or(1, char::len_utf8)
        });
        elided
            .unwrap_or_else(|| word_around(part, before).start.max(before.start.saturating_sub(24)))
    } else {
        token.start
    };
    let prefix = Span::new(start, token.end - digits).of(part);
    let bare = prefix.trim_end_matches(['-', '_', ' ', '#']);
    let ours = own.is_some_and(|own| own.eq_ignore_ascii_case(bare));
    // Those of the Internet have more digits.
    let request = digits <= 3 && bare.eq_ignore_ascii_case("rfc") && prefix.ends_with(' ');
    let adr = bare.to_lowercase().split(['-', '_', ' ']).any(|word| word == "adr" || word == "tep");
    let padded = number.starts_with('0') && digits > 1 && is_prefix(bare, 4) && !bare.is_empty();
    let glued = part.get(token.end..).is_some_and(|rest| {
        rest.starts_with(['.', '-'])
            && rest.get(1..2).is_some_and(|c| c.bytes().all(|b| b.is_ascii_alphanumeric()))
    });
    if !(ours || adr || padded || request) {
        return None;
    }
    let id = Span::new(start, token.end);
    Some(if glued { id.to(word_around(part, token)) } else { id })
}

/// Whether a word is the name of a record that begins with its date: `20240131-use-x`.
fn is_dated_name(word: &str) -> bool {
    let begins = word.starts_with(|c: char| c.is_ascii_digit());
    begins && word.len() > 10 && {
        let name = read_file_name(word);
        name.date.is_some() && name.slug.contains(char::is_alphabetic)
    }
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
    use super::{Definitions, find_references, whole_reference};
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found =
            find_references(text, Span::new(0, text.len()), Some("OPS"), &Definitions::default());
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
        check("ADR V2 and RFC 66, not RFC 7231 or lib v2", &["ADR V2", "RFC 66"]);
        check("[RFC 66](https://a.b/c/pull/66) [#3](https://a.b/c/pull/3)", &["RFC 66"]);
        check(
            "[a](/adr/32) [b](https://a.b/c/blob/main/0032-d.md)",
            &["/adr/32", "https://a.b/c/blob/main/0032-d.md"],
        );
    }

    #[test]
    fn a_reference_link_leads_where_the_document_defines_it() {
        let text = "see [x][one] and [^1]\n\n[one]: 0001-x.md\n[^1]: ADR-2\n";
        let found = find_references(text, Span::new(0, 21), None, &Definitions::default());
        let found: Vec<_> = found.into_iter().map(|one| one.destination).collect();
        assert_eq!(found, [Some("0001-x.md".to_owned())]);
    }

    #[test]
    fn issues_requests_and_other_numbers_are_none() {
        check("[#12](https://a.b/issues/12) in 2024, HTTP 2, PROJ-1649, v2.5", &[]);
    }

    #[test]
    fn a_whole_value_may_be_a_number_or_a_slug() {
        let value =
            |text: &str| whole_reference(text, Span::new(0, text.len())).map(|one| one.text);
        assert_eq!(value("\"0012\"").as_deref(), Some("0012"));
        assert_eq!(value("use-rust").as_deref(), Some("use-rust"));
        assert_eq!(value("https://a.b/pull/23").as_deref(), Some("https://a.b/pull/23"));
        assert_eq!(value("Data links (old)"), None);
    }
}
