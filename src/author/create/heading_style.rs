//! What stands before the title in the headings of a log, and in that of a new record.

use crate::author::fields::of_title;
use crate::format::{Fact, Reading, Recognised, Words, recognise};
use crate::model::{Layout, Log, Number, Record};
use crate::text::{Edit, Source, Span, apply};

/// So many of the newest records have to agree.
const NEWEST: usize = 3;

/// The marks around the number of a heading: `ADR-` and `: ` in `ADR-0012: Use Rust`.
struct Style<'r> {
    before: &'r str,
    after: &'r str,
    /// As many digits at least, with zeros before them; 0 for a number as it is.
    width: usize,
}

/// `record`, which is new, with its heading as the newest records of `log` that are written like it
/// have theirs; `None` where these have none in common, or it has that one.
pub(crate) fn like_the_newest(record: &Record, log: &Log, words: &Words) -> Option<String> {
    let number = record.number.as_ref()?.value.value;
    let is_alike = |one: &&Record| one.format.name == record.format.name;
    // Where none is written like it, as in a log of another language, all are alike.
    let has_alike = log.records().iter().any(|one| is_alike(&one));
    let alike = log.records().iter().rev().filter(|one| !has_alike || is_alike(one));
    let headings: Option<Vec<(&str, &str)>> = alike.take(NEWEST).map(numbered).collect();
    let style = common(&headings?)?;
    let place = prefix(record)?;
    let digits = Number { value: number, width: 0 }.padded(style.width);
    let edit = Edit::replace(place, format!("{}{digits}{}", style.before, style.after));
    let text = apply(record.text(), &[edit]).ok().filter(|text| text != record.text())?;
    let source = Source::new(record.source.path(), text.as_str());
    let Recognised::Record(after) = recognise(source, &record.file, words) else { return None };
    let differences = Reading::of(record).differences(&Reading::of(&after));
    // The marks before the number may make an id of it.
    differences.into_iter().all(|fact| fact == Fact::Id).then_some(text)
}

/// Where the heading says something before the title.
fn prefix(record: &Record) -> Option<Span> {
    let title = record.title.as_ref().filter(|title| title.layout == Layout::Title)?;
    let span = title.span?;
    let place = of_title(span.of(record.text()), &title.value)?.shift(span.start);
    // What stands behind the title belongs to that record.
    (place.end == span.end).then(|| Span::new(span.start, place.start))
}

/// The prefix of a heading that holds the number of the record, and the digits.
fn numbered(record: &Record) -> Option<(&str, &str)> {
    let prefix = prefix(record)?.of(record.text());
    let start = prefix.find(|c: char| c.is_ascii_digit())?;
    let rest = prefix.get(start..)?;
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
    let number = record.number.as_ref()?.value.value;
    (digits.parse() == Ok(number)).then_some((prefix, digits))
}

/// What all of these headings have in common; `None` where they differ, and for none.
fn common<'r>(headings: &[(&'r str, &'r str)]) -> Option<Style<'r>> {
    let parts = |(prefix, digits): &(&'r str, &'r str)| prefix.split_once(digits);
    let (before, after) = parts(headings.first()?)?;
    let padded = headings.iter().filter(|(_, digits)| digits.starts_with('0') && digits.len() > 1);
    let width = padded.map(|(_, digits)| digits.len()).max().unwrap_or(0);
    let fits = |heading: &(&'r str, &'r str)| {
        parts(heading) == Some((before, after)) && heading.1.len() >= width
    };
    headings.iter().all(fits).then_some(Style { before, after, width })
}

#[cfg(test)]
mod tests {
    use super::like_the_newest;
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
        let new = like_the_newest(&record(12, "12. Use Rust"), &log, &words);
        let heading = new.as_ref().and_then(|text| text.lines().next());
        assert_eq!(heading, expected, "{headings:?}");
    }

    #[test]
    fn a_heading_follows_those_of_the_newest_records_where_these_agree() {
        check(&["ADR-0008: A", "ADR-0009: B"], Some("# ADR-0012: Use Rust"));
        check(&["8. A", "ADR009: B", "ADR010: C", "ADR011: D"], Some("# ADR012: Use Rust"));
        check(&["ADR-8 – A", "ADR-9 – B", "ADR-10 – C"], Some("# ADR-12 – Use Rust"));
        check(&["8 - A"], Some("# 12 - Use Rust"));
    }

    #[test]
    fn a_heading_stays_where_those_of_the_log_are_like_it_or_differ() {
        check(&[], None);
        check(&["8. A", "9. B"], None);
        check(&["ADR-0008: A", "9. B"], None);
        check(&["A", "B"], None);
        check(&["ADR-0008: A (old) "], Some("# ADR-0012: Use Rust"));
    }
}
