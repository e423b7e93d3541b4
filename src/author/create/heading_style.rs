//! The style of numbers in the headings of a log, such as `ADR-0012: ` or `12. `, applied to a new record.

use crate::author::fields::title_span;
use crate::format::{Fact, Reading, Recognised, Words, recognise};
use crate::model::{Layout, Log, Number, Record};
use crate::text::{Edit, Source, Span, apply};

/// How many of the newest records have to agree.
const NEWEST_COUNT: usize = 3;

/// The text around the number of a heading: `ADR-` and `: ` in `ADR-0012: Use Rust`.
struct HeadingStyle<'r> {
    prefix: &'r str,
    suffix: &'r str,
    /// The smallest number of digits, padded with zeros; 0 for no padding.
    width: usize,
}

/// The text of the new `record` with its heading in the style of the newest records of `log` with the same format.
/// `None` if they have no common style, or the record has it already.
pub(super) fn with_usual_heading(record: &Record, log: &Log, words: &Words) -> Option<String> {
    let number = record.number.as_ref()?.value.value;
    let has_same_format = |one: &&Record| one.format.name == record.format.name;
    // If no record has the same format, as in a log in another language, use all records.
    let any_same_format = log.records().iter().any(|one| has_same_format(&one));
    let peers = log.records().iter().rev().filter(|one| !any_same_format || has_same_format(one));
    let numbers: Option<Vec<HeadingNumber<'_>>> =
        peers.take(NEWEST_COUNT).map(HeadingNumber::of).collect();
    let style = common_style(&numbers?)?;
    let prefix_span = prefix_span(record)?;
    let digits = Number { value: number, width: 0 }.padded(style.width);
    let edit = Edit::replace(prefix_span, format!("{}{digits}{}", style.prefix, style.suffix));
    let text = apply(record.text(), &[edit]).ok().filter(|text| text != record.text())?;
    let source = Source::new(record.source.path(), text.as_str());
    let Recognised::Record(after) = recognise(source, &record.file, words) else { return None };
    let mut differences = Reading::of(record).differences(&Reading::of(&after)).into_iter();
    // A prefix such as `ADR-` may turn the number into an id.
    differences.all(|fact| fact == Fact::Id).then_some(text)
}

/// The part of the heading before the title.
fn prefix_span(record: &Record) -> Option<Span> {
    let title = record.title.as_ref().filter(|title| title.layout == Layout::Title)?;
    let heading_span = title.span?;
    let title_span = title_span(heading_span.of(record.text()), &title.value)?;
    let title_span = title_span.shift(heading_span.start);
    // Text after the title is specific to one record.
    (title_span.end == heading_span.end).then(|| Span::new(heading_span.start, title_span.start))
}

/// The number of a record in its heading.
struct HeadingNumber<'r> {
    /// The part of the heading before the title.
    heading_prefix: &'r str,
    digits: &'r str,
}

impl<'r> HeadingNumber<'r> {
    fn of(record: &'r Record) -> Option<Self> {
        let heading_prefix = prefix_span(record)?.of(record.text());
        let digits_start = heading_prefix.find(|c: char| c.is_ascii_digit())?;
        let from_digits = heading_prefix.get(digits_start..)?;
        let digit_count =
            from_digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(from_digits.len());
        let digits = from_digits.get(..digit_count)?;
        let number = record.number.as_ref()?.value.value;
        (digits.parse() == Ok(number)).then_some(Self { heading_prefix, digits })
    }

    /// The text before and after the digits.
    fn around(&self) -> Option<(&'r str, &'r str)> {
        self.heading_prefix.split_once(self.digits)
    }
}

/// The style that all headings share; `None` if they differ, and without headings.
fn common_style<'r>(numbers: &[HeadingNumber<'r>]) -> Option<HeadingStyle<'r>> {
    let (prefix, suffix) = numbers.first()?.around()?;
    let padded = numbers.iter().filter(|one| one.digits.starts_with('0') && one.digits.len() > 1);
    let width = padded.map(|one| one.digits.len()).max().unwrap_or(0);
    let is_same = |one: &HeadingNumber<'_>| {
        one.around() == Some((prefix, suffix)) && one.digits.len() >= width
    };
    numbers.iter().all(is_same).then_some(HeadingStyle { prefix, suffix, width })
}

#[cfg(test)]
mod tests {
    use super::with_usual_heading;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Log, Record};
    use crate::text::Source;

    fn record(number: u32, heading: &str) -> Record {
        let file = format!("{number:04}-it.md");
        let text = format!("# {heading}\n\n## Status\n\nAccepted\n\n## Context\n\nx\n");
        let words = Words::new(std::iter::empty());
        match recognise(Source::new(&file, text), &file, &words) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        }
    }

    #[track_caller]
    fn check(headings: &[&str], expected: Option<&str>) {
        let records = (8..).zip(headings).map(|(number, heading)| record(number, heading));
        let log = Log::new(records.collect(), vec![]);
        let words = Words::new(std::iter::empty());
        let new = with_usual_heading(&record(12, "12. Use Rust"), &log, &words);
        let heading = new.as_ref().and_then(|text| text.lines().next());
        assert_eq!(heading, expected, "{headings:?}");
    }

    #[test]
    fn a_heading_follows_the_newest_records_if_they_agree() {
        check(&["ADR-0008: A", "ADR-0009: B"], Some("# ADR-0012: Use Rust"));
        check(&["8. A", "ADR009: B", "ADR010: C", "ADR011: D"], Some("# ADR012: Use Rust"));
        check(&["ADR-8 – A", "ADR-9 – B", "ADR-10 – C"], Some("# ADR-12 – Use Rust"));
        check(&["8 - A"], Some("# 12 - Use Rust"));
    }

    #[test]
    fn a_heading_stays_if_others_are_alike_or_differ() {
        check(&[], None);
        check(&["8. A", "9. B"], None);
        check(&["ADR-0008: A", "9. B"], None);
        check(&["A", "B"], None);
        check(&["ADR-0008: A (old) "], Some("# ADR-0012: Use Rust"));
    }
}
