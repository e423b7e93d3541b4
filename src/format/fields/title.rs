//! Reads the title of a record, and what else its first heading states: id, number, status.
//!
//! Known shapes: `1. Title`, `ADR-0001 — Title`, `ADR 1: Title`, `ADR 1 · Title`, `ADR-1：Title`,
//! `0003 - Title`, `[Title]`, `Accepted: Title`, `[Superseded by …] Title`,
//! `Architecture Decision Record: Title`, the same with a number before the colon, `[ADR] Title`; a title in
//! the front matter if no heading of the first level is one.

use crate::format::references::{RecordFileName, has_known_prefix, has_shared_prefix, is_prefix};
use crate::format::words::Words;
use crate::model::{Date, Lifecycle, Number, Status};

/// The parts of a heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleParts {
    /// The title without the other parts.
    pub title: String,
    /// Prefix and number as written, if there is a prefix.
    pub id: Option<String>,
    /// The number.
    pub number: Option<Number>,
    /// The status at its beginning.
    pub status: Option<Status>,
}

/// The maximum number of ids, statuses, dates and the like that are removed from a title.
const MAX_PREFIXES: usize = 8;

/// Splits a heading into its parts. If its number is the number in `name`, the name of the file, no
/// mark is needed after it.
pub(crate) fn read_title(heading: &str, name: &RecordFileName, words: &Words) -> TitleParts {
    let mut parts = TitleParts::default();
    let mut remaining = heading.trim();
    for _ in 0..MAX_PREFIXES {
        let remaining_before = remaining;
        remaining = remaining.trim_start_matches(is_ornament).trim();
        if let Some((status, after_status)) = leading_status(remaining, name, words) {
            parts.status.get_or_insert(status);
            remaining = after_status;
        }
        if parts.number.is_none()
            && let Some(numbered) = leading_number(remaining, name)
        {
            parts.id = numbered.id;
            parts.number = Some(numbered.number);
            if numbered.after.is_empty() {
                // An id alone is a title, too.
                break;
            }
            remaining = numbered.after;
        }
        remaining = after_file_name(remaining, name);
        remaining = after_date(remaining);
        remaining = after_preface(remaining, name);
        if remaining == remaining_before {
            break;
        }
    }
    let bracketed = remaining.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    let bracketed = bracketed.filter(|inside| !inside.contains(['[', ']'])).map(str::trim);
    bracketed.unwrap_or(remaining).clone_into(&mut parts.title);
    parts
}

/// Whether a heading names the record only by its file name or number.
pub(crate) fn is_label(heading: &str) -> bool {
    if !heading.contains(' ') {
        return heading.to_lowercase().ends_with(".md");
    }
    let (words, number) = heading.rsplit_once(' ').unwrap_or_default();
    number.bytes().all(|byte| byte.is_ascii_digit())
        && NAMES_OF_RECORDS.iter().any(|name| words.eq_ignore_ascii_case(name))
}

/// The words for a record in headings.
pub(crate) const NAMES_OF_RECORDS: [&str; 3] =
    ["architecture decision record", "architectural decision record", "decision record"];

/// Whether `c` is an emoji, an arrow or the like before a title. Quotation marks and brackets belong to the
/// title.
fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200B..=0x200D)
        || matches!(c, '|' | '~')
}

/// The status at the beginning of a heading, and the text after it: `Accepted: Title`,
/// `[Superseded by x] Title` and `(deprecated) Title`.
fn leading_status<'t>(
    text: &'t str,
    name: &RecordFileName,
    words: &Words,
) -> Option<(Status, &'t str)> {
    let bracketed = [('[', ']'), ('(', ')')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.rsplit_once(close));
    if let Some((inside, title)) = bracketed.filter(|(_, title)| !title.trim().is_empty()) {
        let (span, status) = words.statuses_in(inside).into_iter().next()?;
        return (span.start == 0).then(|| (status.clone(), title.trim_start()));
    }
    let (word, title) = text.split_once(':')?;
    let status = words.status(word)?;
    let title = title.trim_start();
    // `Review: ADR-0001 — Keep it` is about another record.
    let names_other = Lifecycle::named(&status.word).is_none()
        && leading_number(title, name).is_some_and(|numbered| numbered.id.is_some());
    (!title.is_empty() && !names_other).then(|| (status.clone(), title))
}

/// The marks between a number and a title. A hyphen is one, too, unless it joins two words.
const MARKS: [char; 12] = ['.', ':', ')', '—', '–', ']', '：', '、', '．', '·', '|', '）'];

/// A number at the beginning of a heading.
struct LeadingNumber<'t> {
    /// Prefix and number as written, if there is a prefix.
    id: Option<String>,
    number: Number,
    /// The text after the number and its marks.
    after: &'t str,
}

/// The number at the beginning of a heading.
fn leading_number<'t>(text: &'t str, name: &RecordFileName) -> Option<LeadingNumber<'t>> {
    let parts = NumberParts::new(without_bracket_of_id(text), name)?;
    let after = after_marks(parts.text_after);
    let has_id = !parts.prefix.is_empty();
    let is_number = if has_id { parts.is_id(name) } else { parts.is_number() && !after.is_empty() };
    is_number.then(|| LeadingNumber {
        id: has_id.then(|| format!("{}{}", parts.prefix, parts.digits)),
        number: parts.number,
        after,
    })
}

/// The first number of a heading with the text before and after it.
struct NumberParts<'t> {
    prefix: &'t str,
    digits: &'t str,
    number: Number,
    text_after: &'t str,
    /// Whether it is the number of the file, or padded as only ids are.
    is_own: bool,
    /// Whether a mark separates it from the title.
    has_mark: bool,
}

impl<'t> NumberParts<'t> {
    fn new(text: &'t str, name: &RecordFileName) -> Option<Self> {
        let number_start = text.find(|c: char| c.is_ascii_digit())?;
        let (prefix, number_onwards) = text.split_at(number_start);
        let digits_end =
            number_onwards.find(|c: char| !c.is_ascii_digit()).unwrap_or(number_onwards.len());
        let (digits, text_after) = number_onwards.split_at(digits_end);
        let number = Number::read(digits).filter(|number| number.width <= 6)?;
        let is_same = name.number.is_some_and(|named| named.value == number.value);
        let title = text_after.trim_start();
        Some(Self {
            prefix,
            digits,
            number,
            text_after,
            is_own: is_same || digits.starts_with('0') && number.width > 1,
            has_mark: title.starts_with(MARKS)
                || title.starts_with('-') && !starts_with_date(number_onwards),
        })
    }

    /// Whether a space or nothing follows.
    fn has_space(&self) -> bool {
        self.text_after.is_empty() || self.text_after.starts_with(char::is_whitespace)
    }

    /// Whether a mark joins it to the next word: `1.5 million rows` and `2-phase commit` are titles.
    fn is_joined(&self) -> bool {
        let is_hyphen = self.text_after.starts_with('-');
        let after_mark = self.text_after.strip_prefix(['.', '-', ':']).unwrap_or_default();
        after_mark.starts_with(|c: char| c.is_ascii_digit() || c.is_alphabetic() && is_hyphen)
    }

    /// Whether the number, which has no prefix, is the number of a record.
    fn is_number(&self) -> bool {
        !self.is_joined() && self.has_mark || self.is_own && self.has_space()
    }

    /// Whether prefix and number are the id of a record.
    fn is_id(&self, name: &RecordFileName) -> bool {
        let prefix_name = self.prefix.trim_end_matches([' ', '#', '-']);
        let own_id = name.id.as_deref();
        // `RFC 7807` is the subject of a record, unless its file is named like this, too.
        let is_shared = has_shared_prefix(prefix_name) && !own_id.is_some_and(has_shared_prefix);
        if is_shared && !self.is_own && (name.number.is_some() || !self.has_mark) {
            return false;
        }
        let is_known = has_known_prefix(prefix_name);
        // `HTTP 2: …`, `EC2: …` and `UTF-8: …` are words of a title, `OPS-2: …` is an id.
        let is_hyphenated = self.prefix.ends_with('-') || self.prefix.ends_with('#');
        let can_be_id = is_known || self.is_own || is_hyphenated && name.number.is_none();
        let is_prefix_of_file = own_id.is_some_and(|id| {
            let own_prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
            own_prefix.trim_end_matches(['-', '_', ' ']) == prefix_name
        });
        let is_separated = if self.is_joined() {
            self.text_after.starts_with(':')
        } else {
            self.has_mark || self.has_space() && (is_known || self.is_own)
        };
        can_be_id
            && is_separated
            && !prefix_name.contains(' ')
            && (is_prefix(prefix_name, self.number.width) || is_prefix_of_file)
    }
}

/// The text without the open bracket before an id: `[ADR-1] Title`.
fn without_bracket_of_id(text: &str) -> &str {
    const MAX_ID: usize = 24;
    let Some(inside) = text.strip_prefix('[') else { return text };
    let id_end = inside.find(']').unwrap_or(inside.len());
    let is_id = inside
        .get(..id_end)
        .is_some_and(|id| id.len() <= MAX_ID && id.ends_with(|c: char| c.is_ascii_digit()));
    if is_id { inside } else { text }
}

/// The text after the marks that follow a number. A mark directly before a word belongs to the word, as in
/// `.NET`, unless it is the only mark.
fn after_marks(text: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || c == '-' || MARKS.contains(&c);
    let title = text.trim_start_matches(is_mark);
    let marks = text.get(..text.len() - title.len()).unwrap_or_default();
    let marks_before_word = marks
        .strip_suffix(['.', '-', ':'])
        .filter(|marks| marks.ends_with([' ', '\t', '\u{a0}']) && !title.is_empty());
    marks_before_word.and_then(|marks| text.get(marks.len()..)).unwrap_or(title)
}

fn starts_with_date(text: &str) -> bool {
    text.get(..10).is_some_and(|date| Date::parse_iso(date).is_some())
}

/// The text after a date, or after `ADR` and a date.
fn after_date(text: &str) -> &str {
    let date_onwards = text.strip_prefix("ADR").map_or(text, str::trim_start);
    if !starts_with_date(date_onwards) {
        return text;
    }
    let text_after = date_onwards.get(10..).unwrap_or_default();
    let title = text_after.trim_start_matches([' ', ':', '-', '—', '–']);
    if title.is_empty() || title.len() == text_after.len() { text } else { title }
}

/// The text after the name of the file and a mark: `20240131-use-x — Use X`.
fn after_file_name<'t>(text: &'t str, name: &RecordFileName) -> &'t str {
    let title = text.split_at_checked(name.stem.len()).and_then(|(stem, text_after)| {
        if name.stem.is_empty() || !stem.eq_ignore_ascii_case(&name.stem) {
            return None;
        }
        let text_after = text_after.strip_prefix(".md").unwrap_or(text_after);
        let mark_onwards = text_after.trim_start();
        let first = mark_onwards.chars().next();
        let Some(mark) = first.filter(|c| matches!(c, ':' | '—' | '–' | '-' | '·' | '|'))
        else {
            // Only a file name has hyphens.
            let is_file_name = text_after.starts_with(' ') && name.stem.contains('-');
            return is_file_name.then_some(mark_onwards);
        };
        let after_mark = mark_onwards.get(mark.len_utf8()..)?;
        (mark != '-' || after_mark.starts_with(' ')).then(|| after_mark.trim_start())
    });
    title.filter(|title| !title.is_empty()).unwrap_or(text)
}

/// The text after words such as `Architecture Decision Record:`.
fn after_preface<'t>(text: &'t str, name: &RecordFileName) -> &'t str {
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
    if let Some(title) = bracketed.map(str::trim_start).filter(|title| !title.is_empty()) {
        return title;
    }
    let title = PREFACES.iter().find_map(|preface| {
        let (words, text_after) = text.split_at_checked(preface.len())?;
        let text_after = words.eq_ignore_ascii_case(preface).then_some(text_after)?.trim_start();
        let text_after = text_after.strip_prefix("(ADR)").map_or(text_after, str::trim_start);
        // `Architecture Decision Record 9: Title`
        if text_after.starts_with(|c: char| c.is_ascii_digit())
            && leading_number(text_after, name).is_some()
        {
            return Some(text_after);
        }
        let mark = text_after.chars().next().filter(|c| matches!(c, ':' | '—' | '–' | '-'))?;
        let after_mark = text_after.get(mark.len_utf8()..)?;
        // `ADR-driven work` is a title.
        let joins_words = mark == '-' && after_mark.starts_with(char::is_alphanumeric);
        (!joins_words).then(|| after_mark.trim_start())
    });
    title.filter(|title| !title.is_empty()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{RecordFileName, read_title};
    use crate::format::Words;
    use crate::model::Number;

    /// Id, number, status and title.
    #[track_caller]
    fn check(heading: &str, expected: (Option<&str>, Option<u32>, Option<&str>, &str)) {
        let words = Words::new(std::iter::empty());
        let read = read_title(heading, &RecordFileName::default(), &words);
        let status = read.status.map(|status| status.word.into_owned());
        let number = read.number.map(|number| number.value);
        let found = (read.id.as_deref(), number, status.as_deref(), read.title.as_str());
        assert_eq!(found, expected, "{heading}");
    }

    #[test]
    fn numbers_and_ids_are_removed_from_the_title() {
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
        let name =
            |digits| RecordFileName { number: Number::read(digits), ..RecordFileName::default() };
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
        let ours = RecordFileName { id: Some("rfc-0007".into()), ..name("0007") };
        assert_eq!(read_title("RFC 12: goals", &ours, &words).title, "goals");
        check("RFC 12: goals", (Some("RFC 12"), Some(12), None, "goals"));
        check("RFC 7807 problem details", (None, None, None, "RFC 7807 problem details"));
    }

    #[test]
    fn a_status_before_the_title_is_removed() {
        check("Accepted: Use Rust", (None, None, Some("accepted"), "Use Rust"));
        check("[Superseded by [ADR-9]] Use Rust", (None, None, Some("superseded"), "Use Rust"));
        check("🟡 4. Use Rust", (None, Some(4), None, "Use Rust"));
    }

    #[test]
    fn prefaces_and_brackets_are_removed() {
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
