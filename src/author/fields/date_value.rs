//! Replaces the date of a field.

use super::place_edit::filled;
use crate::format::{Field, Words, places};
use crate::model::{Date, DateStatement, Record, Stated};
use crate::text::{Edit, Span};

/// The edit that replaces the `stated` value of `field` with `date`. If that value is a readable date, only the date
/// is replaced; otherwise the whole value, so that no part of it remains.
pub(crate) fn replace_date(
    record: &Record,
    stated: Option<&Stated<DateStatement>>,
    field: Field,
    date: Date,
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    let date_text = date.to_string();
    let readable = stated.filter(|stated| stated.value.date().is_some());
    let date_span = readable.and_then(|stated| stated.span);
    if let Some(span) = date_span.filter(|span| is_whole_date(text, *span)) {
        return Some(Edit::replace(span, date_text));
    }
    let place = places(record, field, words).into_iter().next()?;
    filled(record, &place, &date_text)
}

/// Whether the date at `span` is not part of something longer, such as `2024-01-2x` or a date with a time.
fn is_whole_date(text: &str, span: Span) -> bool {
    let continues = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_');
    let (text_before, text_after) = (text.get(..span.start), text.get(span.end..));
    text_before.is_some_and(|text| !text.ends_with(continues))
        && text_after.is_some_and(|text| !text.starts_with(continues) && !starts_with_time(text))
}

/// Whether `text` starts with a time, separated from the date: ` 10:00`.
fn starts_with_time(text: &str) -> bool {
    let time = text.trim_start_matches([' ', ',']);
    let hour_digits = time.bytes().take_while(u8::is_ascii_digit).count();
    let minutes =
        time.get(hour_digits..).and_then(|time| time.strip_prefix(':')).unwrap_or_default();
    time.len() < text.len()
        && (1..=2).contains(&hour_digits)
        && minutes.bytes().take_while(u8::is_ascii_digit).count() == 2
}

#[cfg(test)]
mod tests {
    use crate::author::fields::FieldEditor;
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
        let editor = FieldEditor { log: &log, words: &words };
        let after = editor.with_date(&record, Date::day(2026, 2, 3).unwrap()).unwrap().unwrap();
        assert_eq!(after.text(), text(expected));
    }

    #[test]
    fn a_partial_date_is_replaced_with_the_whole_value() {
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
    fn only_a_readable_date_is_replaced() {
        check("# A\n\n* Date: 2023-07-21 (Friday)", "# A\n\n* Date: 2026-02-03 (Friday)");
        check("# A\n\nDate: **21 July 2023**", "# A\n\nDate: **2026-02-03**");
    }
}
