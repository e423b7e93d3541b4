//! What a piece of text says about a date.
//!
//! Known shapes: ISO, with slashes, dots or stray blanks; day, month and year in either order, with
//! two or four digits; the names of months in the languages of `words.toml`; a year and a month;
//! Chinese and Japanese dates; placeholders.

use crate::format::words::{Field, Words};
use crate::model::{Date, DateStatement, Order};
use crate::syntax::unstruck;
use crate::text::{Span, Spanned};

/// The first date in the bytes of `span`, or what stands in its place.
pub(crate) fn read_date(text: &str, span: Span, words: &Words) -> Option<Spanned<DateStatement>> {
    let span = first_line(text, span);
    let written = span.of(text);
    if words.is_nothing(written) {
        return None;
    }
    let decoded = decode_entities(&unstruck(written));
    let found = find(&decoded, words);
    let span = match &found {
        Some((at, _)) if decoded.len() == written.len() => at.shift(span.start),
        _ => span,
    };
    let value = found.map_or_else(|| other(&decoded), |(_, value)| value);
    Some(Spanned::new(value, span))
}

/// Where the first date stands in the bytes of `span`.
pub fn date_in(text: &str, span: Span, words: &Words) -> Option<Span> {
    find(span.of(text), words).map(|(at, _)| at.shift(span.start))
}

/// The whole of a line that is a date and nothing else, or a date behind its key without colon,
/// as some logs put below the title.
pub(crate) fn lone_date(text: &str, line: Span, words: &Words) -> Option<Spanned<DateStatement>> {
    let line = line.trim(text);
    let written = line.of(text).trim_matches(['*', '_', '(', ')', '-', ' ']);
    let first = written.split(' ').next().unwrap_or_default();
    let key = words.field(first).is_some_and(|(field, _)| field == Field::Date);
    let written = if key { written.get(first.len()..)?.trim() } else { written };
    if written.len() > 32 || !written.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (found, value) = find(written, words)?;
    let rest = written.len() - found.len();
    (rest <= 1).then(|| Spanned::new(value, line))
}

fn first_line(text: &str, span: Span) -> Span {
    let line = span.of(text).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len()).trim(text)
}

/// What stands in the place of a date and is none.
fn other(written: &str) -> DateStatement {
    let upper = written.to_uppercase();
    let placeholder = ["YYYY", "JJJJ", "AAAA", "DATE", "TODO", "TBD", "XXXX", "{", "<"];
    if placeholder.iter().any(|word| upper.contains(word)) {
        DateStatement::Placeholder
    } else {
        DateStatement::Unreadable
    }
}

/// Numeric character references for digits and separators, as editors leave them behind.
fn decode_entities(written: &str) -> String {
    let mut decoded = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find("&#") {
        let (before, from) = rest.split_at(at);
        decoded.push_str(before);
        let end = from.find(';').filter(|end| *end <= 8);
        let code = end.and_then(|end| from.get(2..end)).and_then(|code| {
            let hex = code.strip_prefix(['x', 'X']);
            hex.map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
        });
        if let (Some(c), Some(end)) = (code.and_then(char::from_u32), end) {
            decoded.push(c);
            rest = from.get(end + 1..).unwrap_or_default();
        } else {
            decoded.push_str("&#");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    decoded + rest
}

/// A run of digits or of letters, or one other character.
#[derive(Clone, Copy, Debug)]
struct DateToken<'t> {
    text: &'t str,
    span: Span,
}

impl DateToken<'_> {
    fn number(&self) -> Option<i16> {
        self.text.parse().ok().filter(|_| self.text.len() <= 4)
    }
}

/// The pieces of a text without blanks, so that stray ones do no harm.
fn pieces(text: &str) -> Vec<DateToken<'_>> {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        '年' | '月' | '日' | '년' | '월' | '일' => 0,
        c if c.is_alphabetic() => 2,
        _ => 0,
    };
    let mut pieces: Vec<DateToken<'_>> = Vec::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let this = kind(c);
        match pieces.last_mut() {
            Some(piece) if this != 0 && this == last && piece.span.end == at => {
                piece.span.end = end;
                piece.text = piece.span.of(text);
            }
            _ if c.is_whitespace() => {}
            _ => {
                let span = Span::new(at, end);
                pieces.push(DateToken { text: span.of(text), span });
            }
        }
        last = if c.is_whitespace() { 0 } else { this };
    }
    pieces
}

/// The first date in `text`, with its place.
fn find(text: &str, words: &Words) -> Option<(Span, DateStatement)> {
    let pieces = pieces(text);
    (0..pieces.len()).find_map(|at| {
        let rest = pieces.get(at..)?;
        // A run of digits must not be the tail of a word: `v2` or `T10`.
        let attached = at > 0
            && pieces.get(at - 1).is_some_and(|before| {
                before.span.end == rest.first().map_or(0, |first| first.span.start)
                    && before.text.chars().all(char::is_alphanumeric)
            });
        if attached { None } else { at_start(rest, words) }
    })
}

fn at_start(pieces: &[DateToken<'_>], words: &Words) -> Option<(Span, DateStatement)> {
    let (length, value) = numeric(pieces)
        .or_else(|| named(pieces, words))
        .or_else(|| compact(pieces))
        .or_else(|| year_month(pieces))?;
    let first = pieces.first()?.span;
    let last = pieces.get(length - 1)?.span;
    Some((first.to(last), value))
}

/// Three numbers with the same separator between them.
fn numeric(pieces: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let [one, first, two, second, three, rest @ ..] = pieces else { return None };
    let (x, y, z) = (one.number()?, two.number()?, three.number()?);
    let separator = |piece: &DateToken<'_>| "-/.–‑".contains(piece.text);
    let asian = matches!((first.text, second.text), ("年", "月") | ("년", "월"));
    if !(asian || separator(first) && separator(second)) {
        return None;
    }
    let day = usize::from(asian && rest.first().is_some_and(|p| matches!(p.text, "日" | "일")));
    let value = match (one.text.len(), three.text.len()) {
        (4, 1..=2) => year_first(x, y, z),
        (1..=2, 4) => year_last(x, y, z, first.text),
        (1..=2, 2) => year_last(x, y, 2000 + z, first.text),
        _ => return None,
    };
    Some((5 + day, value))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Year, month, day; or year, day, month, where the other way is no date.
fn year_first(year: i16, b: i16, c: i16) -> DateStatement {
    let read = date(year, b, c).or_else(|| date(year, c, b).filter(|_| b > 12));
    read.map_or(DateStatement::Impossible, DateStatement::Date)
}

/// Day and month in either order, then the year. With dots the day always comes first.
fn year_last(a: i16, b: i16, year: i16, separator: &str) -> DateStatement {
    let (day_first, month_first) = (date(year, b, a), date(year, a, b));
    match (day_first, month_first) {
        (Some(day_first), _) if separator == "." => DateStatement::Date(day_first),
        (Some(one), Some(other)) if one == other => DateStatement::Date(one),
        (Some(day_first), Some(month_first)) => DateStatement::Ambiguous { day_first, month_first },
        (Some(date), None) => DateStatement::InOrder { date, order: Order::DayFirst },
        (None, Some(date)) => DateStatement::InOrder { date, order: Order::MonthFirst },
        (None, None) => DateStatement::Impossible,
    }
}

/// A month by its name, with a year and perhaps a day.
fn named(pieces: &[DateToken<'_>], words: &Words) -> Option<(usize, DateStatement)> {
    let mut numbers: Vec<i16> = Vec::new();
    let mut month = None;
    let mut length = 0;
    let mut year_at = None;
    for (at, piece) in pieces.iter().enumerate().take(9) {
        let word = piece.text;
        if let Some(number) = piece.number() {
            if word.len() == 4 {
                year_at = Some(number);
                length = at + 1;
                if month.is_some() {
                    break;
                }
                continue;
            }
            numbers.push(number);
        } else if let Some(found) = words.month(word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if !matches!(
            word.to_lowercase().as_str(),
            "," | "." | "-" | "/" | "of" | "de" | "st" | "nd" | "rd" | "th" | "le" | "den" | "the"
        ) {
            break;
        }
        length = length.max(if year_at.is_some() { at + 1 } else { 0 });
    }
    let (month, year) = (month?, year_at?);
    let value = match numbers.as_slice() {
        [] => Date::month(year, month),
        [day] => date(year, i16::from(month), *day),
        _ => return None,
    };
    Some((length, value.map_or(DateStatement::Impossible, DateStatement::Date)))
}

/// `YYYYMMDD`
fn compact(pieces: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let digits = pieces.first()?.text;
    let number = |from, to| digits.get(from..to).and_then(|part| part.parse().ok());
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = date(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    (1990..2100).contains(&read.year()).then_some((1, DateStatement::Date(read)))
}

/// A year and a month, in this order, or with a slash in the other.
fn year_month(pieces: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let [a, separator, b, ..] = pieces else { return None };
    let (year, month) = match (a.text.len(), b.text.len(), separator.text) {
        (4, 2, "-" | "/" | ".") | (4, 1 | 2, "年") => (a.number()?, b.number()?),
        (1 | 2, 4, "/") => (b.number()?, a.number()?),
        _ => return None,
    };
    let read = Date::month(year, i8::try_from(month).ok()?)?;
    (1990..2100).contains(&year).then_some((3, DateStatement::Date(read)))
}

#[cfg(test)]
mod tests {
    use super::read_date;
    use crate::format::Words;
    use crate::model::{Date, DateStatement};
    use crate::text::Span;

    fn reading(text: &str) -> Option<DateStatement> {
        let words = Words::new(std::iter::empty());
        read_date(text, Span::new(0, text.len()), &words).map(|found| found.value)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = reading(text).and_then(DateStatement::date).map(|date| date.to_string());
        assert_eq!(found.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn every_form_that_leaves_no_doubt_is_read() {
        for text in [
            "2024-03-09",
            "2024-3-9",
            "2024/03/09",
            "2024.03.09",
            "2024-03- 09",
            "09.03.2024",
            "March 9, 2024",
            "9 March 2024",
            "Mar 9th, 2024",
            "9. März 2024",
            "9 de marzo de 2024",
            "20240309",
            "2024年3月9日",
            "2024-03-09, updated 2025-01-01",
            "`2024-03-09`",
        ] {
            check(text, "2024-03-09");
        }
        check("31/12/2024", "2024-12-31");
        check("12/31/24", "2024-12-31");
        check("&#x31;2/16/2024", "2024-12-16");
        check("2020-21-04", "2020-04-21");
    }

    #[test]
    fn a_month_without_a_day_stays_one() {
        check("May 2023", "2023-05");
        check("January, 2026", "2026-01");
        check("2022-09", "2022-09");
    }

    #[test]
    fn doubt_is_kept_as_doubt() {
        let found = reading("01-08-2020");
        let day_first = Date::day(2020, 8, 1).unwrap();
        let month_first = Date::day(2020, 1, 8).unwrap();
        assert_eq!(found, Some(DateStatement::Ambiguous { day_first, month_first }));
    }

    #[test]
    fn what_is_no_date_is_told_apart() {
        assert_eq!(reading("31/06/2016"), Some(DateStatement::Impossible));
        assert_eq!(
            reading("2022-22-11"),
            Some(DateStatement::Date(Date::day(2022, 11, 22).unwrap()))
        );
        assert_eq!(reading("YYYY-MM-DD"), Some(DateStatement::Placeholder));
        assert_eq!(reading("soon"), Some(DateStatement::Unreadable));
        assert_eq!(reading("n/a"), None);
    }
}
