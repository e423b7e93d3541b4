//! The title of a record, and what else its first heading says: id, number, status.
//!
//! Known shapes: `1. Title`, `ADR-0001 — Title`, `ADR 1: Title`, `ADR 1 · Title`, `ADR-1：Title`, `0003 - Title`, `[Title]`,
//! `Accepted: Title`, `[Superseded by …] Title`, `Architecture Decision Record: Title`, the same with a
//! number before the colon, `[ADR] Title`; a title in the front matter where no heading of the first level is one.

use crate::format::references::{RecordName, has_known_prefix, has_shared_prefix, is_prefix};
use crate::format::words::Words;
use crate::model::{Date, Lifecycle, Number, Status};

/// What a heading says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleParts {
    /// Without everything else.
    pub title: String,
    /// Prefix and number as written, where there is a prefix.
    pub id: Option<String>,
    /// The number.
    pub number: Option<Number>,
    /// The status that it begins with.
    pub status: Option<Status>,
}

/// How many ids, statuses, dates and the like are taken off a title: nobody writes more.
const MOST_PREFIXES: usize = 8;

/// Takes the words of a heading apart. `name` is that of the file: its number before the title needs
/// no mark behind it.
pub(crate) fn read_title(heading: &str, name: &RecordName, words: &Words) -> TitleParts {
    let mut read = TitleParts::default();
    let mut rest = heading.trim();
    for _ in 0..MOST_PREFIXES {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| is_ornament(c)).trim();
        if let Some((status, after)) = status(rest, name, words) {
            read.status.get_or_insert(status);
            rest = after;
        }
        if read.number.is_none()
            && let Some((id, number, after)) = number(rest, name)
        {
            read.id = id;
            read.number = Some(number);
            if after.is_empty() {
                // An id alone is a title too.
                break;
            }
            rest = after;
        }
        rest = behind_stem(rest, name);
        rest = behind_date(rest);
        rest = behind_preface(rest, name);
        if rest == before {
            break;
        }
    }
    let whole = rest.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let whole = whole.filter(|inner| !inner.contains(['[', ']']));
    rest.clone_into(&mut read.title);
    if let Some(inner) = whole {
        inner.trim().clone_into(&mut read.title);
    }
    read
}

/// Whether a heading calls the record by the name of its file, or by number alone.
pub(crate) fn is_label(heading: &str) -> bool {
    if !heading.contains(' ') {
        return heading.to_lowercase().ends_with(".md");
    }
    let (words, number) = heading.rsplit_once(' ').unwrap_or_default();
    number.bytes().all(|byte| byte.is_ascii_digit())
        && RECORDS.iter().any(|name| words.eq_ignore_ascii_case(name))
}

/// What a record is called in headings.
pub(crate) const RECORDS: [&str; 3] =
    ["architecture decision record", "architectural decision record", "decision record"];

/// Emoji, arrows and the like before a title; quotes and brackets belong to it.
fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200B..=0x200D)
        || matches!(c, '|' | '~')
}

/// `Accepted: rest`, `[Superseded by x] rest` and `(deprecated) rest`.
fn status<'t>(text: &'t str, name: &RecordName, words: &Words) -> Option<(Status, &'t str)> {
    let bracketed = [('[', ']'), ('(', ')')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.rsplit_once(close));
    if let Some((inside, rest)) = bracketed.filter(|(_, rest)| !rest.trim().is_empty()) {
        let (span, status) = words.statuses_in(inside).into_iter().next()?;
        return (span.start == 0).then(|| (status.clone(), rest.trim_start()));
    }
    let (word, rest) = text.split_once(':')?;
    let status = words.status(word)?;
    let rest = rest.trim_start();
    // `Review: ADR-0001 — Keep it` is about another record.
    let is_about = Lifecycle::named(&status.word).is_none()
        && number(rest, name).is_some_and(|(id, ..)| id.is_some());
    (!rest.is_empty() && !is_about).then(|| (status.clone(), rest))
}

/// What closes a number before a title; a hyphen does too, where it does not join two words.
const MARKS: [char; 12] = ['.', ':', ')', '—', '–', ']', '：', '、', '．', '·', '|', '）'];

/// The id and number before a title.
fn number<'t>(text: &'t str, name: &RecordName) -> Option<(Option<String>, Number, &'t str)> {
    let named = name.number;
    // `[ADR-1] Title`
    let inner = text.strip_prefix('[').filter(|inner| {
        let end = inner.find(']').unwrap_or(inner.len());
        inner
            .get(..end)
            .is_some_and(|id| id.len() <= 24 && id.ends_with(|c: char| c.is_ascii_digit()))
    });
    let text = inner.unwrap_or(text);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = text.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let number = Number::read(digits).filter(|number| number.width <= 6)?;
    // A number that is the record's, or that is written as only such numbers are.
    let same = named.is_some_and(|named| named.value == number.value);
    let ours = same || digits.starts_with('0') && number.width > 1;
    let closed = rest.trim_start().starts_with(MARKS)
        || rest.trim_start().starts_with('-') && !starts_date(text.get(start..)?);
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    // `1.5 million rows` and `2-phase commit` are titles.
    let glued = rest.strip_prefix(['.', '-', ':']).is_some_and(|after| {
        after
            .starts_with(|c: char| c.is_ascii_digit() || c.is_alphabetic() && rest.starts_with('-'))
    });
    if prefix.is_empty() {
        let fits = !glued && closed || ours && spaced;
        return (fits && !behind(rest).is_empty()).then(|| (None, number, behind(rest)));
    }
    let bare = prefix.trim_end_matches([' ', '#', '-']);
    // `RFC 7807` is the matter of a record, unless its file is called so too.
    let foreign = has_shared_prefix(bare) && !name.id.as_deref().is_some_and(has_shared_prefix);
    if foreign && !ours && (named.is_some() || !closed) {
        return None;
    }
    let known = has_known_prefix(bare);
    // `HTTP 2: …`, `EC2: …` and `UTF-8: …` are words of a title, `OPS-2: …` is an id.
    let joined = prefix.ends_with('-') || prefix.ends_with('#');
    let is_id = known || ours || joined && named.is_none();
    let named_so = name.id.as_deref().is_some_and(|id| {
        id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', ' ']) == bare
    });
    let is_prefix = !bare.contains(' ') && (is_prefix(bare, number.width) || named_so) && is_id;
    let fits = is_prefix && !glued && (closed || spaced && (known || ours))
        || is_prefix && glued && rest.starts_with(':');
    fits.then(|| {
        let id = format!("{prefix}{digits}");
        (Some(id), number, behind(rest))
    })
}

/// What stands behind a number and the marks that close it. A mark before a word is the word's, as in
/// `.NET`, unless it is the only one.
fn behind(rest: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || c == '-';
    let bare = rest.trim_start_matches(|c: char| blank(c) || MARKS.contains(&c));
    let marks = rest.get(..rest.len() - bare.len()).unwrap_or_default();
    let own = marks
        .strip_suffix(['.', '-', ':'])
        .filter(|before| before.ends_with([' ', '\t', '\u{a0}']) && !bare.is_empty());
    own.and_then(|before| rest.get(before.len()..)).unwrap_or(bare)
}

fn starts_date(text: &str) -> bool {
    text.get(..10).is_some_and(|date| Date::parse_iso(date).is_some())
}

/// The text behind a date, or behind `ADR` and a date.
fn behind_date(text: &str) -> &str {
    let bare = text.strip_prefix("ADR").map_or(text, str::trim_start);
    if !starts_date(bare) {
        return text;
    }
    let after = bare.get(10..).unwrap_or_default();
    let rest = after.trim_start_matches([' ', ':', '-', '—', '–']);
    if rest.is_empty() || rest.len() == after.len() { text } else { rest }
}

/// The text behind the name of the file and a mark: `20240131-use-x — Use X`.
fn behind_stem<'t>(text: &'t str, name: &RecordName) -> &'t str {
    let cut = text.split_at_checked(name.stem.len()).and_then(|(lead, rest)| {
        let named = !name.stem.is_empty() && lead.eq_ignore_ascii_case(&name.stem);
        let rest = rest.strip_prefix(".md").unwrap_or(rest);
        let bare = rest.trim_start();
        let mark = bare.chars().next().filter(|c| matches!(c, ':' | '—' | '–' | '-' | '·' | '|'));
        let Some(mark) = mark else {
            // Nothing but a name has hyphens.
            let spaced = rest.starts_with(' ') && name.stem.contains('-');
            return (named && spaced).then_some(bare);
        };
        let behind = bare.get(mark.len_utf8()..)?;
        (named && (mark != '-' || behind.starts_with(' '))).then(|| behind.trim_start())
    });
    cut.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// The text behind `Architecture Decision Record:` and its kin.
fn behind_preface<'t>(text: &'t str, name: &RecordName) -> &'t str {
    const PREFACES: [&str; 7] = [
        "architecture decision record",
        "architectural decision record",
        "architecture decision records",
        "architecture decision",
        "decision record",
        "adr",
        "title",
    ];
    // `[ADR] Title`
    let bracketed = text.strip_prefix("[ADR]").or_else(|| text.strip_prefix("[adr]"));
    if let Some(rest) = bracketed.map(str::trim_start).filter(|rest| !rest.is_empty()) {
        return rest;
    }
    let cut = PREFACES.iter().find_map(|preface| {
        let (lead, rest) = text.split_at_checked(preface.len())?;
        let rest = lead.eq_ignore_ascii_case(preface).then_some(rest)?;
        let rest = rest.trim_start();
        let rest = rest.strip_prefix("(ADR)").map_or(rest, str::trim_start);
        // `Architecture Decision Record 9: Title`
        if rest.starts_with(|c: char| c.is_ascii_digit()) && number(rest, name).is_some() {
            return Some(rest);
        }
        let mark = rest.chars().next().filter(|c| matches!(c, ':' | '—' | '–' | '-'))?;
        let behind = rest.get(mark.len_utf8()..)?;
        // `ADR-driven work` is a title.
        let is_glued = mark == '-' && behind.starts_with(char::is_alphanumeric);
        (!is_glued).then(|| behind.trim_start())
    });
    cut.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{RecordName, read_title};
    use crate::format::Words;
    use crate::model::Number;

    /// Id, number, status and title.
    #[track_caller]
    fn check(heading: &str, expected: (Option<&str>, Option<u32>, Option<&str>, &str)) {
        let words = Words::new(std::iter::empty());
        let read = read_title(heading, &RecordName::default(), &words);
        let status = read.status.map(|status| status.word.into_owned());
        let number = read.number.map(|number| number.value);
        let found = (read.id.as_deref(), number, status.as_deref(), read.title.as_str());
        assert_eq!(found, expected, "{heading}");
    }

    #[test]
    fn numbers_and_ids_are_no_part_of_the_title() {
        check("1. Use Rust", (None, Some(1), None, "Use Rust"));
        check("0003 - Use Rust", (None, Some(3), None, "Use Rust"));
        check("ADR-0001 — Use Rust", (Some("ADR-0001"), Some(1), None, "Use Rust"));
        check("ADR 12: Use Rust", (Some("ADR 12"), Some(12), None, "Use Rust"));
        check("ADR-0007 Use Rust", (Some("ADR-0007"), Some(7), None, "Use Rust"));
        check("ADR 2024-01-31: Use Rust", (None, None, None, "Use Rust"));
        check("OPS-3: Use Rust", (Some("OPS-3"), Some(3), None, "Use Rust"));
        check("[ADR-3] Use Rust", (Some("ADR-3"), Some(3), None, "Use Rust"));
        check("ADR 3 · Use Rust", (Some("ADR 3"), Some(3), None, "Use Rust"));
        check("ADR-3：Use Rust", (Some("ADR-3"), Some(3), None, "Use Rust"));
        check("ADR-3 | Use Rust", (Some("ADR-3"), Some(3), None, "Use Rust"));
        check("ADR-3", (Some("ADR-3"), Some(3), None, "ADR-3"));
    }

    #[test]
    fn numbers_that_belong_to_the_title_stay() {
        for title in
            ["508 Systems", "2-phase commit", "1.5 million rows", "Use HTTP/2", "ADR X-979 y"]
        {
            check(title, (None, None, None, title));
        }
    }

    #[test]
    fn only_ids_and_numbers_are_cut_from_a_title() {
        check("9. .NET 8 upgrade", (None, Some(9), None, ".NET 8 upgrade"));
        check("9 - :root for colours", (None, Some(9), None, ":root for colours"));
        for title in [".NET 8 upgrade", "HTTP 2: use it", "EC2: use it", "2024 goals"] {
            check(title, (None, None, None, title));
        }
        let words = Words::new(std::iter::empty());
        let name = |digits| RecordName { number: Number::read(digits), ..RecordName::default() };
        let title = |heading, digits| read_title(heading, &name(digits), &words).title;
        assert_eq!(title("AWS 2 accounts", "0007"), "AWS 2 accounts");
        assert_eq!(title("UTF-8: everywhere", "0007"), "UTF-8: everywhere");
        assert_eq!(title("2024 goals", "0007"), "2024 goals");
        assert_eq!(title("7 goals", "0007"), "goals");
        assert_eq!(title("OPS 7: goals", "0007"), "goals");
        for title_of_others in
            ["RFC 7807 problem details", "RFC-7807: problem details", "KEP 12 - x"]
        {
            assert_eq!(title(title_of_others, "0007"), title_of_others);
        }
        assert_eq!(title("RFC 7: goals", "0007"), "goals");
        assert_eq!(title("RFC 0012: goals", "0007"), "goals");
        let ours = RecordName { id: Some("rfc-0007".into()), ..name("0007") };
        assert_eq!(read_title("RFC 12: goals", &ours, &words).title, "goals");
        check("RFC 12: goals", (Some("RFC 12"), Some(12), None, "goals"));
        check("RFC 7807 problem details", (None, None, None, "RFC 7807 problem details"));
    }

    #[test]
    fn a_status_before_the_title_is_no_part_of_it() {
        check("Accepted: Use Rust", (None, None, Some("accepted"), "Use Rust"));
        check("[Superseded by [ADR-9]] Use Rust", (None, None, Some("superseded"), "Use Rust"));
        check("🟡 4. Use Rust", (None, Some(4), None, "Use Rust"));
    }

    #[test]
    fn prefaces_and_brackets_go() {
        check("Architecture Decision Record: Use Rust", (None, None, None, "Use Rust"));
        check("[Use Rust]", (None, None, None, "Use Rust"));
        check("[ADR] Use Rust", (None, None, None, "Use Rust"));
        check("Architecture Decision Record 009: Use Rust", (None, Some(9), None, "Use Rust"));
        check("Decision Record 5 of ten", (None, None, None, "Decision Record 5 of ten"));
        check(
            "Architecture Decision Record for Rust",
            (None, None, None, "Architecture Decision Record for Rust"),
        );
    }
}
