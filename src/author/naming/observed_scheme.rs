//! How the files of a log are named, as the log itself shows it: new ones go beside the others and
//! are named alike.

use std::collections::BTreeMap;

use super::scheme::{Part, Scheme};
use crate::format::{naming, slug_in};
use crate::model::{FileName, Log, Record, Stamp};

/// What the names of records are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// By nothing: they are words alone.
    Words,
    /// By the day.
    Day,
    /// By a number.
    Number,
}

/// A record that shows how records are named.
struct Seen<'r> {
    record: &'r Record,
    kind: Kind,
    scheme: Scheme,
}

impl Scheme {
    /// The way in which the newest files of `log` are named; the default for an empty log, and
    /// where no way can be made out.
    pub fn of(log: &Log) -> Self {
        let seen = |record| {
            let scheme = Self::seen(record)?;
            Some(Seen { record, kind: scheme.kind(), scheme })
        };
        let all: Vec<Seen<'_>> = log.records().iter().filter_map(seen).collect();
        let of_kind = |kind| all.iter().filter(|one| one.kind == kind).count();
        // One name of words alone may be that of a page about the log.
        let kind = match (of_kind(Kind::Number), of_kind(Kind::Day), of_kind(Kind::Words)) {
            (0, 0, 0 | 1) => return Self::default(),
            (numbers, days, words) if words > numbers.max(days) => Kind::Words,
            (numbers, days, _) if days > numbers => Kind::Day,
            _ => Kind::Number,
        };
        let alike: Vec<&Seen<'_>> = all.iter().filter(|one| one.kind == kind).collect();
        let folder = usual_folder(&alike);
        let in_it = |one: &&&Seen<'_>| one.scheme.folder == folder;
        let mut group: Vec<&Seen<'_>> = alike.iter().filter(in_it).copied().collect();
        if group.is_empty() {
            group = alike;
        }
        let number = |one: &&&Seen<'_>| match kind {
            Kind::Number => one.record.number.as_ref().map(|number| number.value.value),
            _ => None,
        };
        let Some(newest) = group.iter().max_by_key(number) else { return Self::default() };
        let mut scheme = Self { folder, ..newest.scheme.clone() };
        for part in &mut scheme.parts {
            match part {
                Part::Number(digits) => *digits = usual_width(&group),
                Part::Slug(mark) => *mark = usual_mark(&group).unwrap_or(*mark),
                _ => {}
            }
        }
        scheme
    }

    /// The pattern that the file of a record follows.
    fn seen(record: &Record) -> Option<Self> {
        let file = record.file.as_str();
        let name = FileName::read(file);
        let mut parts = parts(&name)?;
        // Digits that no one takes for a number are words.
        if record.number.is_none() && parts.iter().any(|part| matches!(part, Part::Number(_))) {
            parts = vec![words(naming(file).of(file))];
        }
        Some(Self { folder: folder(name.folders), parts, end: name.end.to_owned() })
    }

    fn kind(&self) -> Kind {
        if self.is_numbered() {
            Kind::Number
        } else if self.parts.iter().chain(&self.folder).any(|part| *part == Part::Year) {
            Kind::Day
        } else {
            Kind::Words
        }
    }
}

/// The folder that new records go to: that of all of them, or the one of the year where most lie in
/// those of years; else the log's own. Whether a folder of that name is one of a subject or of a
/// status, nobody can tell.
fn usual_folder(seen: &[&Seen<'_>]) -> Vec<Part> {
    let mut counts: Vec<(&[Part], usize)> = Vec::new();
    for one in seen {
        let folder = one.scheme.folder.as_slice();
        match counts.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, count)) => *count += 1,
            None => counts.push((folder, 1)),
        }
    }
    let usual = counts.into_iter().find(|(folder, count)| {
        *count == seen.len() || folder.contains(&Part::Year) && count * 2 > seen.len()
    });
    usual.map_or_else(Vec::new, |(folder, _)| folder.to_vec())
}

/// How many digits a number has at least: as many as those have that are filled up with zeros.
fn usual_width(seen: &[&Seen<'_>]) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for one in seen {
        let digits = FileName::read(&one.record.file).digits;
        if digits.len() > 1 && digits.starts_with('0') {
            *widths.entry(digits.len()).or_default() += 1;
        }
    }
    widths.into_iter().max_by_key(|(_, count)| *count).map_or(1, |(width, _)| width)
}

/// What stands between two words of most names.
fn usual_mark(seen: &[&Seen<'_>]) -> Option<char> {
    let files = seen.iter().map(|one| one.record.file.as_str());
    let slugs: Vec<&str> = files.filter_map(|file| Some(slug_in(file)?.of(file))).collect();
    let count = |mark: &char| slugs.iter().filter(|slug| slug.contains(*mark)).count();
    let used = ['-', '_', ' '].into_iter().rev().filter(|mark| count(mark) > 0);
    used.max_by_key(count)
}

/// Folders, with those of years and months as such.
fn folder(folders: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = |text: &str| digits(text) && text.len() == 4 && text.starts_with(['1', '2']);
        let is_month = |text: &str| digits(text) && text.len() == 2;
        match name.split_once('-') {
            Some((year, month)) if is_year(year) && is_month(month) => {
                parts.extend([Part::Year, Part::Text("-".to_owned()), Part::Month]);
            }
            None if is_year(name) => parts.push(Part::Year),
            None if is_month(name) && parts.contains(&Part::Year) => parts.push(Part::Month),
            _ => parts.push(Part::Text(name.to_owned())),
        }
        parts.push(Part::Text("/".to_owned()));
    }
    parts
}

/// The pattern that a name follows; `None` if the words behind the number are not divided from it.
fn parts(name: &FileName<'_>) -> Option<Vec<Part>> {
    let text = |text: &str| Part::Text(text.to_owned());
    if name.stamp.is_none() && name.digits.is_empty() {
        return Some(vec![words(name.words)]);
    }
    let mut parts = Vec::new();
    parts.extend((!name.prefix.is_empty()).then(|| text(name.prefix)));
    parts.extend(name.stamp.iter().flat_map(day));
    parts.extend((!name.gap.is_empty()).then(|| text(name.gap)));
    parts.extend((!name.digits.is_empty()).then_some(Part::Number(name.digits.len())));
    if !name.letter.is_empty() || name.separator.is_empty() != name.words.is_empty() {
        return None;
    }
    if !name.words.is_empty() {
        parts.extend([text(name.separator), words(name.words)]);
    }
    Some(parts)
}

fn words(slug: &str) -> Part {
    let mark = ['-', '_', ' '].into_iter().find(|mark| slug.contains(*mark));
    Part::Slug(mark.unwrap_or('-'))
}

/// The pattern of a date.
fn day(stamp: &Stamp<'_>) -> Vec<Part> {
    let between = stamp.mark.map(|mark| Part::Text(mark.to_string()));
    let mut parts = vec![Part::Year];
    parts.extend(between.clone());
    parts.push(Part::Month);
    parts.extend(between);
    parts.push(Part::Day);
    parts.extend((stamp.clock > 0).then_some(Part::Clock(stamp.clock)));
    parts
}

#[cfg(test)]
mod tests {
    use crate::author::Scheme;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Date, Log};
    use crate::text::Source;

    fn next(files: &[&str]) -> String {
        let words = Words::new(std::iter::empty());
        let text = "# Use Go\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
        let read = |file: &&str| match recognise(Source::new(*file, text), file, &words) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        };
        let log = Log::new(files.iter().map(read).collect(), vec![]);
        Scheme::of(&log).file_name(12, Date::day(2026, 3, 9).unwrap(), "use-rust")
    }

    #[test]
    fn numbers_keep_their_prefix_and_their_width() {
        assert_eq!(next(&[]), "0012-use-rust.md");
        assert_eq!(next(&["0007-a.md"]), "0012-use-rust.md");
        assert_eq!(next(&["009-a.md", "010-b.md"]), "012-use-rust.md");
        assert_eq!(next(&["9-a.md", "10-b.md"]), "12-use-rust.md");
        assert_eq!(next(&["0005-a.md", "0006-b.md", "007-c.md"]), "0012-use-rust.md");
        assert_eq!(next(&["ODH-ADR-0007-a.md"]), "ODH-ADR-0012-use-rust.md");
        assert_eq!(next(&["ADR046-a.md"]), "ADR012-use-rust.md");
        assert_eq!(next(&["0003.a.md"]), "0012.use-rust.md");
        assert_eq!(next(&["ADR 0001 - a b.md"]), "ADR 0012 - use rust.md");
        assert_eq!(next(&["0001_a_b.md", "0002_c.md", "0003_a_c.md"]), "0012_use_rust.md");
    }

    #[test]
    fn names_without_words_stay_so() {
        assert_eq!(next(&["adr-63.md", "adr-64.md"]), "adr-12.md");
        assert_eq!(next(&["ADR-003.md"]), "ADR-012.md");
    }

    #[test]
    fn days_keep_their_form() {
        assert_eq!(next(&["20240501-a.md"]), "20260309-use-rust.md");
        assert_eq!(next(&["2024-05-01-a.md"]), "2026-03-09-use-rust.md");
        assert_eq!(next(&["2024_05_01_a_b.md"]), "2026_03_09_use_rust.md");
        assert_eq!(next(&["2024.05.01-a.md"]), "2026.03.09-use-rust.md");
        assert_eq!(next(&["adr-2024-05-01-a.md"]), "adr-2026-03-09-use-rust.md");
        assert_eq!(next(&["20240501123000-a.md"]), "20260309000000-use-rust.md");
        assert_eq!(
            next(&["2024-05-01-a.md", "2024-05-02-b.md", "0001-c.md"]),
            "2026-03-09-use-rust.md"
        );
    }

    #[test]
    fn new_records_go_beside_the_others() {
        assert_eq!(next(&["2024/0001-a.md", "2025/0002-b.md"]), "2026/0012-use-rust.md");
        assert_eq!(next(&["2025/2025-05-01-a.md"]), "2026/2026-03-09-use-rust.md");
        assert_eq!(next(&["2025/05/0001-a.md"]), "2026/03/0012-use-rust.md");
        assert_eq!(next(&["2025-05/0001-a.md"]), "2026-03/0012-use-rust.md");
        assert_eq!(next(&["backend/0001-a.md", "backend/0002-b.md"]), "backend/0012-use-rust.md");
        assert_eq!(next(&["a/0001-a.md", "b/0002-b.md"]), "0012-use-rust.md");
        assert_eq!(next(&["0001-a/README.md", "0002-b/README.md"]), "0012-use-rust/README.md");
        assert_eq!(next(&["2024-05-01-a/index.md"]), "2026-03-09-use-rust/index.md");
        assert_eq!(next(&["0001-a.markdown"]), "0012-use-rust.markdown");
    }

    #[test]
    fn words_alone_are_a_way_where_there_is_no_other() {
        assert_eq!(next(&["use-go.md", "use-c.md"]), "use-rust.md");
        assert_eq!(next(&["use-go.md", "0003-use-c.md"]), "0012-use-rust.md");
        assert_eq!(next(&["use-go.md", "4-day-week.md", "use-c.md"]), "use-rust.md");
        assert_eq!(next(&["use-go.md"]), "0012-use-rust.md");
    }
}
