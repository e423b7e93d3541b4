//! Finds the references to records in a piece of text.
//!
//! Known shapes: a link to a document; a reference link; an id such as `ADR-0012`, `ADR #12`, `ADR V2`,
//! `RFC 12` or `OPS-3`, also as the text of a link to another site; a file name; directly after a
//! verb a number padded with zeros, `0012`, `0012-use-x`; and, if only a reference is expected, any number
//! or slug. Links to issues, pull requests and other sites are not references.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::file_name::{is_prefix, read_file_name};
use super::reference_context::is_joint;
use crate::format::words::tokens;
use crate::model::Reference;
use crate::text::Span;

/// The references between the bytes of `span`, in the order of the text. An id with `own_prefix`, the
/// prefix of the record's own id, is always recognised.
pub(crate) fn find_references(
    text: &str,
    span: Span,
    own_prefix: Option<&str>,
    definitions: &Definitions,
) -> Vec<Reference> {
    let piece = span.of(text);
    let links = links(text, piece, definitions);
    let mut references: Vec<Reference> = Vec::new();
    let mut gap_start = 0;
    for link in &links {
        push_ids(piece, Span::new(gap_start, link.span.start), own_prefix, &mut references);
        gap_start = link.span.end;
        if leads_to_document(&link.destination) {
            references.push(Reference {
                text: link.span.of(piece).to_owned(),
                span: link.span,
                destination: Some(link.destination.clone()),
            });
        } else if let Some(link_text) = text_of_link(piece, link.span) {
            // `[ADR 3](…/pull/3)`
            push_ids(piece, link_text, own_prefix, &mut references);
        }
    }
    push_ids(piece, Span::new(gap_start, piece.len()), own_prefix, &mut references);
    for reference in &mut references {
        reference.span = reference.span.shift(span.start);
    }
    references
}

/// The reference that is the whole of a value for which one is expected: a number, a slug or a name.
pub(crate) fn whole_reference(text: &str, span: Span) -> Option<Reference> {
    let value = span.of(text).trim();
    let name = value.trim_matches(['[', ']', '"', '\'', '`', '<', '>', '#']);
    let offset = span.of(text).find(name)?;
    let is_one_word = !name.is_empty() && !name.contains(char::is_whitespace) && name.len() <= 200;
    let has_number_or_hyphen = name.bytes().any(|byte| byte.is_ascii_digit()) || name.contains('-');
    (is_one_word && has_number_or_hyphen).then(|| Reference {
        text: name.to_owned(),
        span: Span::new(span.start + offset, span.start + offset + name.len()),
        destination: None,
    })
}

/// The text of a link, `[text](destination)`.
fn text_of_link(piece: &str, link: Span) -> Option<Span> {
    let after_bracket = link.of(piece).strip_prefix('[')?;
    let text_length = after_bracket.find("](")?;
    Some(Span::new(link.start + 1, link.start + 1 + text_length))
}

/// The padded number at the beginning of `span`, as file names begin with, and the numbers that are joined
/// to it: `0012`, `0012-use-x and 0013`.
pub(crate) fn leading_numbers(text: &str, span: Span) -> Vec<Reference> {
    let Some(first) = number_at(text, span, &[' ', '`', '#']) else { return vec![] };
    let remaining = Span::new(first.span.end, span.end);
    let mut references = vec![first];
    references.extend(joined_numbers(text, remaining));
    references
}

/// The numbers at the beginning of `span` that are joined to the text before it: `, 0012 and 0013`.
pub(crate) fn joined_numbers(text: &str, span: Span) -> Vec<Reference> {
    let mut references: Vec<Reference> = Vec::new();
    let mut offset = span.start;
    loop {
        let remaining = Span::new(offset, span.end).of(text);
        let without_separators = remaining.trim_start_matches([' ', ',']);
        if without_separators.len() == remaining.len() {
            return references;
        }
        // A word for *and*.
        let first_word_end = without_separators
            .find(' ')
            .filter(|_| without_separators.starts_with(char::is_alphabetic));
        let is_and = |end: &usize| without_separators.get(..*end).is_some_and(is_joint);
        let and_length = first_word_end.filter(is_and).unwrap_or(0);
        let start = offset + (remaining.len() - without_separators.len()) + and_length;
        let Some(number) = number_at(text, Span::new(start, span.end), &[' ', '`']) else {
            return references;
        };
        offset = number.span.end;
        references.push(number);
    }
}

/// The number padded with zeros, with any slug after it, at the beginning of `span`. `marks` may precede
/// it.
fn number_at(text: &str, span: Span, marks: &[char]) -> Option<Reference> {
    let written = span.of(text);
    let without_marks = written.trim_start_matches(marks);
    // A link of a wiki: `[[0012-use-x]]`.
    let name_onwards = without_marks.strip_prefix("[[").unwrap_or(without_marks);
    if !name_onwards.starts_with('0') {
        return None;
    }
    let name_end = name_onwards.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    let name = name_onwards.get(..name_end.unwrap_or(name_onwards.len()))?;
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let slug = name.get(digits..)?;
    let is_name = (3..=5).contains(&digits) && (slug.is_empty() || slug.starts_with('-'));
    // `0012-use-x.md` is found as a file.
    let is_file = name_onwards.get(name.len()..).is_some_and(|after| after.starts_with(".md"));
    let start = span.start + (written.len() - name_onwards.len());
    (is_name && !is_file).then(|| Reference {
        text: name.to_owned(),
        span: Span::new(start, start + name.len()),
        destination: None,
    })
}

/// Whether `words` is *RFC* and a number, which may be an RFC of the Internet.
pub(crate) fn is_internet_rfc(words: &str) -> bool {
    let prefix = words.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("rfc "));
    prefix
        .and_then(|prefix| words.get(prefix.len()..))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

struct LinkSpan {
    span: Span,
    destination: String,
}

/// The links of `piece`. Reference links get the destinations that `text` defines for them.
fn links(text: &str, piece: &str, definitions: &Definitions) -> Vec<LinkSpan> {
    if !piece.contains(['[', '<']) {
        return vec![];
    }
    let define = |link: BrokenLink<'_>| {
        if link.reference.starts_with('^') {
            return None; // A footnote.
        }
        let destination = definitions.of(text, &link.reference)?;
        Some((CowStr::from(destination.to_owned()), CowStr::from("")))
    };
    let mut links = Vec::new();
    let mut open_link = None;
    let events = Parser::new_with_broken_link_callback(piece, Options::empty(), Some(define));
    for (event, range) in events.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let destination = dest_url.into_string();
                open_link = Some(LinkSpan { span: range.into(), destination });
            }
            Event::End(TagEnd::Link) => links.extend(open_link.take()),
            _ => {}
        }
    }
    links
}

/// The destinations that a text defines for its reference links: `[label]: destination`. Collected
/// once, at the first such link, because a text can hold many links without a definition.
#[derive(Debug, Default)]
pub(crate) struct Definitions(OnceCell<HashMap<String, String, FixedState>>);

impl Definitions {
    /// The first destination that `text` defines for `label`. `text` must be the same in every call.
    fn of(&self, text: &str, label: &str) -> Option<&str> {
        let destinations = self.0.get_or_init(|| {
            let mut destinations = HashMap::default();
            for line in text.lines() {
                let definition =
                    line.trim_start().strip_prefix('[').and_then(|line| line.split_once("]:"));
                let Some((label, after_colon)) = definition else { continue };
                let destination = after_colon.split_whitespace().next().unwrap_or_default();
                let destination = destination.trim_matches(['<', '>']).to_owned();
                destinations.entry(label.to_lowercase()).or_insert(destination);
            }
            destinations
        });
        destinations.get(&label.to_lowercase()).map(String::as_str)
    }
}

/// Whether a link may lead to a record: to a file of the repository, or to a document on another site
/// with the file name of a record.
fn leads_to_document(destination: &str) -> bool {
    let path = destination.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if path.is_empty() || path.starts_with(['@', '#']) || path.starts_with("mailto:") {
        return false;
    }
    let is_document = [".md", ".mdx", ".markdown", ".html", ".htm"]
        .iter()
        .any(|extension| name.ends_with(extension));
    if !path.contains("://") {
        return is_document || !name.contains('.');
    }
    let number_start = name.find(|c: char| c.is_ascii_digit());
    let is_numbered = number_start.is_some_and(|start| {
        let (prefix, number) = name.split_at(start);
        let slug = number.trim_start_matches(|c: char| c.is_ascii_digit());
        (prefix.is_empty() || is_prefix(prefix, 4)) && slug.starts_with('-') && slug.len() > 3
    });
    is_document && !path.contains("/issues/") || is_numbered
}

/// Adds the ids and file names between the bytes of `span`, which holds no link.
fn push_ids(piece: &str, span: Span, own_prefix: Option<&str>, references: &mut Vec<Reference>) {
    let part = span.of(piece);
    let tokens: Vec<Span> = tokens(part).collect();
    let mut last_end = 0;
    for (index, token) in tokens.iter().enumerate() {
        if token.start < last_end || !token.of(part).bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let preceding = index.checked_sub(1).and_then(|index| tokens.get(index));
        let preceding = preceding.filter(|preceding| preceding.start >= last_end);
        let Some(id) = id_at(part, *token, preceding.copied(), own_prefix) else { continue };
        last_end = id.end;
        references.push(Reference {
            text: id.of(part).to_owned(),
            span: id.shift(span.start),
            destination: None,
        });
    }
}

/// The id that ends in the number of `token`, or the file name that contains `token`. `preceding` is the
/// token before it, if it can belong to the id.
fn id_at(
    part: &str,
    token: Span,
    preceding: Option<Span>,
    own_prefix: Option<&str>,
) -> Option<Span> {
    let file_name = word_around(part, token);
    let is_file = leads_to_document(file_name.of(part)) && file_name.of(part).contains(".md");
    if is_file || is_dated_name(file_name.of(part)) {
        return Some(file_name);
    }
    // `ADR-30's layout` names ADR-30.
    let without_possessive =
        token.of(part).strip_suffix("'s").or_else(|| token.of(part).strip_suffix("’s"));
    let token =
        without_possessive.map_or(token, |word| Span::new(token.start, token.start + word.len()));
    let word = token.of(part);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = word.get(letters.len()..).unwrap_or_default();
    if number.is_empty() || number.len() > 6 {
        return None;
    }
    let is_version = letters.eq_ignore_ascii_case("v")
        && preceding.is_some_and(|preceding| preceding.of(part).eq_ignore_ascii_case("adr"));
    let start = if letters.is_empty() || is_version {
        prefix_start(part, token, preceding?)?
    } else {
        token.start
    };
    let prefix = Span::new(start, token.end - number.len()).of(part);
    if !is_id(prefix, number, own_prefix) {
        return None;
    }
    let id = Span::new(start, token.end);
    let goes_on = part.get(token.end..).is_some_and(|after| {
        after.starts_with(['.', '-'])
            && after.get(1..2).is_some_and(|c| c.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    });
    Some(if goes_on { id.to(word_around(part, token)) } else { id })
}

/// The start of the prefix that ends in the word `preceding`, if only the separator of an id is between
/// that word and the number.
fn prefix_start(part: &str, number: Span, preceding: Span) -> Option<usize> {
    let separator = Span::new(preceding.end, number.start).of(part);
    if !matches!(separator, "-" | " " | "_" | " #" | "#" | "-#") {
        return None;
    }
    let word = preceding.of(part);
    // `l'ADR-3` names ADR-3.
    let after_apostrophe = word.rfind(['\'', '’']).map(|apostrophe| {
        let mark = word.get(apostrophe..).and_then(|mark| mark.chars().next());
        preceding.start + apostrophe + mark.map_or(1, char::len_utf8)
    });
    let word_start =
        || word_around(part, preceding).start.max(preceding.start.saturating_sub(MAX_PREFIX));
    Some(after_apostrophe.unwrap_or_else(word_start))
}

/// The maximum length in bytes of the words that are joined to the last word of a prefix.
const MAX_PREFIX: usize = 24;

/// Whether `number`, with `prefix` before it, is the id of a record.
fn is_id(prefix: &str, number: &str, own_prefix: Option<&str>) -> bool {
    let name = prefix.trim_end_matches(['-', '_', ' ', '#']);
    let is_own = own_prefix.is_some_and(|own_prefix| own_prefix.eq_ignore_ascii_case(name));
    let is_adr =
        || name.to_lowercase().split(['-', '_', ' ']).any(|word| word == "adr" || word == "tep");
    let is_padded =
        || number.starts_with('0') && number.len() > 1 && is_prefix(name, 4) && !name.is_empty();
    // RFCs of the Internet have more digits.
    let is_rfc = || number.len() <= 3 && name.eq_ignore_ascii_case("rfc") && prefix.ends_with(' ');
    is_own || is_adr() || is_padded() || is_rfc()
}

/// Whether a word is the name of a record that begins with its date: `20240131-use-x`.
fn is_dated_name(word: &str) -> bool {
    let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
    starts_with_digit && word.len() > 10 && {
        let name = read_file_name(word);
        name.date.is_some() && name.slug.contains(char::is_alphabetic)
    }
}

/// The run without white space that contains `token`, without the punctuation at its ends.
fn word_around(part: &str, token: Span) -> Span {
    let is_outside = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"' | '`' | '<' | '>' | '[' | ']')
    };
    let text_before = part.get(..token.start).unwrap_or_default();
    let text_after = part.get(token.end..).unwrap_or_default();
    let start = text_before.rfind(is_outside).map_or(0, |offset| {
        let outside = text_before.get(offset..).and_then(|text| text.chars().next());
        offset + outside.map_or(1, char::len_utf8)
    });
    let run_end = text_after.find(is_outside).unwrap_or(text_after.len());
    let run = text_after.get(..run_end).unwrap_or_default();
    let run = run.trim_end_matches(['.', ':', '!', '?', '*', '_']);
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
    fn issues_requests_and_other_numbers_are_not_references() {
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
