//! The day that a field states, and another one in its place.

use super::place_edit::filled;
use crate::format::{Field, Words, places};
use crate::model::{Date, DateStatement, Record, Stated};
use crate::text::{Edit, Span};

/// The edit that puts `day` in the place of what `stated` says of `field`. A date that can be read is
/// all that changes; of anything else, all, so that no half of it stays.
pub(crate) fn replace_date(
    record: &Record,
    stated: Option<&Stated<DateStatement>>,
    field: Field,
    day: Date,
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    let day = day.to_string();
    let read = stated.filter(|stated| stated.value.date().is_some());
    let span = read.and_then(|stated| stated.span).filter(|span| stands_alone(text, *span));
    if let Some(span) = span {
        return Some(Edit::replace(span, day));
    }
    let place = places(record, field, words).into_iter().next()?;
    filled(record, &place, &day)
}

/// Whether nothing around the date belongs to it, such as the rest of `2024-01-2x`.
fn stands_alone(text: &str, span: Span) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_');
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    before.is_some_and(|text| !text.ends_with(is_part))
        && after.is_some_and(|text| !text.starts_with(is_part) && !is_time(text))
}

/// Whether `text` begins with the time of a day, as behind a blank: ` 10:00`.
fn is_time(text: &str) -> bool {
    let rest = text.trim_start_matches([' ', ',']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let minutes = rest.get(digits..).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    rest.len() < text.len()
        && (1..=2).contains(&digits)
        && minutes.bytes().take_while(u8::is_ascii_digit).count() == 2
}

#[cfg(test)]
mod tests {
    use crate::author::fields::Amending;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Date, Log};
    use crate::text::Source;

    #[track_caller]
    fn check(stated: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let text = |stated: &str| format!("{stated}\n\n## Status\n\nAccepted\n");
        let source = Source::new("0001-a.md", text(stated));
        let Recognised::Record(record) = recognise(source, "0001-a.md", &words) else {
            panic!("{stated}");
        };
        let log = Log::default();
        let amending = Amending { log: &log, words: &words };
        let after = amending.dated(&record, Date::day(2026, 2, 3).unwrap()).unwrap().unwrap();
        assert_eq!(after.text(), text(expected));
    }

    #[test]
    fn a_date_that_is_half_of_something_goes_as_a_whole() {
        check(
            "---\ndate: 2023-07-2i # by hand\n---\n\n# A",
            "---\ndate: 2026-02-03 # by hand\n---\n\n# A",
        );
        check("# A\n\n* Date: 2023-07-2i", "# A\n\n* Date: 2026-02-03");
        check(
            "---\ndate: 2024-01-01 10:00 # noon\n---\n\n# A",
            "---\ndate: 2026-02-03 # noon\n---\n\n# A",
        );
        check("# A\n\n* Date: 2024-01-01, 9:05:00 +01:00", "# A\n\n* Date: 2026-02-03");
        check("# A\n\nDate: soon", "# A\n\nDate: 2026-02-03");
    }

    #[test]
    fn a_date_that_can_be_read_is_all_that_changes() {
        check("# A\n\n* Date: 2023-07-21 (Friday)", "# A\n\n* Date: 2026-02-03 (Friday)");
        check("# A\n\nDate: **21 July 2023**", "# A\n\nDate: **2026-02-03**");
    }
}
