//! Reads the date that a piece of text states.
//!
//! Known shapes: ISO, with slashes, dots or stray spaces; day, month and year in either order, with
//! two or four digits; the names of months in the languages of `words.toml`; a year and a month;
//! Chinese, Japanese and Korean dates; placeholders.

use crate::format::words::{Field, Words};
use crate::model::{Date, DateOrder, DateStatement};
use crate::syntax::unstruck;
use crate::text::{Span, Spanned};

/// The first date in the first line of `span`, or what the line has instead of a date. `None` if the line is a
/// word such as *none*.
pub(crate) fn read_date(text: &str, span: Span, words: &Words) -> Option<Spanned<DateStatement>> {
    let line = first_line(text, span);
    let written = line.of(text);
    if words.is_nothing(written) {
        return None;
    }
    let decoded = decode_entities(&unstruck(written));
    let first_date = find_date(&decoded, words);
    let span = match &first_date {
        // Decoding has not moved the date.
        Some((date_span, _)) if decoded.len() == written.len() => date_span.shift(line.start),
        _ => line,
    };
    let value = first_date.map_or_else(|| not_a_date(&decoded), |(_, value)| value);
    Some(Spanned::new(value, span))
}

/// The span of the first date in the bytes of `span`.
pub fn date_in(text: &str, span: Span, words: &Words) -> Option<Span> {
    find_date(span.of(text), words).map(|(date_span, _)| date_span.shift(span.start))
}

/// The date on a line that holds nothing else, except perhaps its key without a colon, as in some logs below
/// the title. The span of the result is the whole line.
pub(crate) fn lone_date(text: &str, line: Span, words: &Words) -> Option<Spanned<DateStatement>> {
    const MAX_DATE: usize = 32;
    let line = line.trim(text);
    let written = line.of(text).trim_matches(['*', '_', '(', ')', '-', ' ']);
    let first_word = written.split(' ').next().unwrap_or_default();
    let has_key = words.field(first_word).is_some_and(|(field, _)| field == Field::Date);
    let date = if has_key { written.get(first_word.len()..)?.trim() } else { written };
    if date.len() > MAX_DATE || !date.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (date_span, value) = find_date(date, words)?;
    let other_bytes = date.len() - date_span.len();
    (other_bytes <= 1).then(|| Spanned::new(value, line))
}

fn first_line(text: &str, span: Span) -> Span {
    let line = span.of(text).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len()).trim(text)
}

/// Classifies a text that holds no date.
fn not_a_date(written: &str) -> DateStatement {
    const PLACEHOLDERS: [&str; 9] =
        ["YYYY", "JJJJ", "AAAA", "DATE", "TODO", "TBD", "XXXX", "{", "<"];
    let upper_case = written.to_uppercase();
    if PLACEHOLDERS.iter().any(|word| upper_case.contains(word)) {
        DateStatement::Placeholder
    } else {
        DateStatement::Unreadable
    }
}

/// Decodes numeric character references, which editors leave for digits and separators.
fn decode_entities(written: &str) -> String {
    let mut decoded = String::with_capacity(written.len());
    let mut remaining = written;
    while let Some(offset) = remaining.find("&#") {
        let (text_before, entity) = remaining.split_at(offset);
        decoded.push_str(text_before);
        let entity_end = entity.find(';').filter(|end| *end <= 8);
        let code = entity_end.and_then(|end| entity.get(2..end)).and_then(|digits| {
            let hex = digits.strip_prefix(['x', 'X']);
            hex.map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
        });
        if let (Some(c), Some(end)) = (code.and_then(char::from_u32), entity_end) {
            decoded.push(c);
            remaining = entity.get(end + 1..).unwrap_or_default();
        } else {
            decoded.push_str("&#");
            remaining = entity.get(2..).unwrap_or_default();
        }
    }
    decoded + remaining
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

/// The kind of a character in a date. Characters of a kind other than `Mark` form runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Digit,
    Letter,
    Mark,
}

/// The tokens of a text. Spaces are left out, so that stray ones have no effect.
fn date_tokens(text: &str) -> Vec<DateToken<'_>> {
    let kind_of = |c: char| match c {
        c if c.is_ascii_digit() => CharKind::Digit,
        '年' | '月' | '日' | '년' | '월' | '일' => CharKind::Mark,
        c if c.is_alphabetic() => CharKind::Letter,
        _ => CharKind::Mark,
    };
    let mut tokens: Vec<DateToken<'_>> = Vec::new();
    let mut previous_kind = CharKind::Mark;
    for (offset, c) in text.char_indices() {
        let end = offset + c.len_utf8();
        let kind = kind_of(c);
        let continues_run = kind != CharKind::Mark && kind == previous_kind;
        match tokens.last_mut() {
            Some(token) if continues_run && token.span.end == offset => {
                token.span.end = end;
                token.text = token.span.of(text);
            }
            _ if c.is_whitespace() => {}
            _ => {
                let span = Span::new(offset, end);
                tokens.push(DateToken { text: span.of(text), span });
            }
        }
        previous_kind = kind;
    }
    tokens
}

/// The first date in `text`, with its span.
fn find_date(text: &str, words: &Words) -> Option<(Span, DateStatement)> {
    let tokens = date_tokens(text);
    (0..tokens.len()).find_map(|index| {
        let remaining = tokens.get(index..)?;
        // A run of digits must not be the end of a word: `v2` or `T10`.
        let start = remaining.first().map_or(0, |first| first.span.start);
        let preceding = index.checked_sub(1).and_then(|index| tokens.get(index));
        let is_end_of_word = preceding.is_some_and(|preceding| {
            preceding.span.end == start && preceding.text.chars().all(char::is_alphanumeric)
        });
        if is_end_of_word { None } else { date_at_start(remaining, words) }
    })
}

fn date_at_start(tokens: &[DateToken<'_>], words: &Words) -> Option<(Span, DateStatement)> {
    let (token_count, value) = numeric_date(tokens)
        .or_else(|| date_with_month_name(tokens, words))
        .or_else(|| compact_date(tokens))
        .or_else(|| year_and_month(tokens))?;
    let first = tokens.first()?.span;
    let last = tokens.get(token_count - 1)?.span;
    Some((first.to(last), value))
}

/// A date of three numbers with the same separator between them, and the number of its tokens.
fn numeric_date(tokens: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let [first, separator, second, second_separator, third, remaining @ ..] = tokens else {
        return None;
    };
    let (a, b, c) = (first.number()?, second.number()?, third.number()?);
    let is_separator = |token: &DateToken<'_>| "-/.–‑".contains(token.text);
    let is_asian = matches!((separator.text, second_separator.text), ("年", "月") | ("년", "월"));
    if !(is_asian || is_separator(separator) && is_separator(second_separator)) {
        return None;
    }
    let has_day_mark =
        is_asian && remaining.first().is_some_and(|token| matches!(token.text, "日" | "일"));
    let value = match (first.text.len(), third.text.len()) {
        (4, 1..=2) => date_with_year_first(a, b, c),
        (1..=2, 4) => date_with_year_last(a, b, c, separator.text),
        (1..=2, 2) => date_with_year_last(a, b, 2000 + c, separator.text),
        _ => return None,
    };
    Some((5 + usize::from(has_day_mark), value))
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Year, month, day; or year, day, month, if the first order is impossible.
fn date_with_year_first(year: i16, a: i16, b: i16) -> DateStatement {
    let date = day_of(year, a, b).or_else(|| day_of(year, b, a).filter(|_| a > 12));
    date.map_or(DateStatement::Impossible, DateStatement::Date)
}

/// Day and month in either order, then the year. With dots the day is always first.
fn date_with_year_last(a: i16, b: i16, year: i16, separator: &str) -> DateStatement {
    let (day_first, month_first) = (day_of(year, b, a), day_of(year, a, b));
    match (day_first, month_first) {
        (Some(day_first), _) if separator == "." => DateStatement::Date(day_first),
        (Some(date), Some(same_date)) if date == same_date => DateStatement::Date(date),
        (Some(day_first), Some(month_first)) => DateStatement::Ambiguous { day_first, month_first },
        (Some(date), None) => DateStatement::InOrder { date, order: DateOrder::DayFirst },
        (None, Some(date)) => DateStatement::InOrder { date, order: DateOrder::MonthFirst },
        (None, None) => DateStatement::Impossible,
    }
}

/// The name of a month with a year and optionally a day, and the number of tokens.
fn date_with_month_name(tokens: &[DateToken<'_>], words: &Words) -> Option<(usize, DateStatement)> {
    const MAX_TOKENS: usize = 9;
    let mut days: Vec<i16> = Vec::new();
    let mut month = None;
    let mut year = None;
    let mut token_count = 0;
    for (index, token) in tokens.iter().enumerate().take(MAX_TOKENS) {
        let word = token.text;
        if let Some(number) = token.number() {
            if word.len() == 4 {
                year = Some(number);
                token_count = index + 1;
                if month.is_some() {
                    break;
                }
                continue;
            }
            days.push(number);
        } else if let Some(number) = words.month(word).filter(|_| month.is_none()) {
            month = Some(number);
        } else if !matches!(
            word.to_lowercase().as_str(),
            "," | "." | "-" | "/" | "of" | "de" | "st" | "nd" | "rd" | "th" | "le" | "den" | "the"
        ) {
            break;
        }
        // What follows the year belongs to the date, as in *2024 May 6*.
        token_count = token_count.max(if year.is_some() { index + 1 } else { 0 });
    }
    let (month, year) = (month?, year?);
    let date = match days.as_slice() {
        [] => Date::month(year, month),
        [day] => day_of(year, i16::from(month), *day),
        _ => return None,
    };
    Some((token_count, date.map_or(DateStatement::Impossible, DateStatement::Date)))
}

/// The years of dates without separators, and of months without days. Other numbers are not dates.
const PLAUSIBLE_YEARS: std::ops::Range<i16> = 1990..2100;

/// `YYYYMMDD`
fn compact_date(tokens: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let digits = tokens.first()?.text;
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from, to| digits.get(from..to).and_then(|part| part.parse().ok());
    let date = day_of(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    PLAUSIBLE_YEARS.contains(&date.year()).then_some((1, DateStatement::Date(date)))
}

/// A year and a month in this order, or a month and a year with a slash between them.
fn year_and_month(tokens: &[DateToken<'_>]) -> Option<(usize, DateStatement)> {
    let [first, separator, second, ..] = tokens else { return None };
    let (year, month) = match (first.text.len(), second.text.len(), separator.text) {
        (4, 2, "-" | "/" | ".") | (4, 1 | 2, "年") => (first.number()?, second.number()?),
        (1 | 2, 4, "/") => (second.number()?, first.number()?),
        _ => return None,
    };
    let date = Date::month(year, i8::try_from(month).ok()?)?;
    PLAUSIBLE_YEARS.contains(&year).then_some((3, DateStatement::Date(date)))
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
    fn every_unambiguous_form_is_read() {
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
    fn a_month_needs_no_day() {
        check("May 2023", "2023-05");
        check("January, 2026", "2026-01");
        check("2022-09", "2022-09");
    }

    #[test]
    fn ambiguous_dates_are_reported_as_ambiguous() {
        let found = reading("01-08-2020");
        let day_first = Date::day(2020, 8, 1).unwrap();
        let month_first = Date::day(2020, 1, 8).unwrap();
        assert_eq!(found, Some(DateStatement::Ambiguous { day_first, month_first }));
    }

    #[test]
    fn texts_that_are_not_dates_are_classified() {
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
