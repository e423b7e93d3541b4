//! Records that have something in common: a status, a year.

use std::collections::BTreeMap;

use super::address::slug_of_value;
use crate::model::{Lifecycle, Log, Record, RecordId, Status};
use crate::text::{Spanned, UniqueNames};

/// Records with the same value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The value; `None` for the records without one.
    pub value: Option<String>,
    /// The name of its page, without folder and extension.
    pub name: String,
    /// In log order, never empty.
    pub records: Vec<RecordId>,
}

/// The records by status. The order is that of interest: what holds, what may come, what is past,
/// then the words that only the team knows, then the records without status.
pub(super) fn by_status(log: &Log) -> Vec<Group> {
    let mut found: BTreeMap<(usize, Option<String>), Vec<RecordId>> = BTreeMap::new();
    for (id, record) in log.iter() {
        let key = (rank(record.status()), record.status().map(|status| status.word.to_string()));
        found.entry(key).or_default().push(id);
    }
    let groups = found.into_iter().map(|((_, value), records)| (value, records));
    named(groups.collect())
}

/// The records by the values of a field that may have several, such as tags. Values that differ in
/// case alone are one, written as it is first met. In the order of the alphabet.
pub(super) fn by_values(log: &Log, field: impl Fn(&Record) -> &[Spanned<String>]) -> Vec<Group> {
    let mut found: BTreeMap<String, (String, Vec<RecordId>)> = BTreeMap::new();
    for (id, record) in log.iter() {
        for value in field(record) {
            let value = value.value.trim();
            let (_, records) =
                found.entry(value.to_lowercase()).or_insert_with(|| (value.to_owned(), Vec::new()));
            // A value that is stated twice is stated once.
            if records.last() != Some(&id) {
                records.push(id);
            }
        }
    }
    found.remove("");
    named(found.into_values().map(|(value, records)| (Some(value), records)).collect())
}

/// The group of a value, in whatever case, among those that [`by_values`] gave.
pub(super) fn of_value<'g>(groups: &'g [Group], value: &str) -> Option<&'g Group> {
    let key = |group: &Group| group.value.as_deref().unwrap_or_default().to_lowercase();
    let at = groups.binary_search_by_key(&value.trim().to_lowercase(), key).ok()?;
    groups.get(at)
}

/// The place of a status in lists of them.
fn rank(status: Option<&Status>) -> usize {
    const ORDER: [Lifecycle; 6] = [
        Lifecycle::Accepted,
        Lifecycle::Proposed,
        Lifecycle::Draft,
        Lifecycle::Superseded,
        Lifecycle::Deprecated,
        Lifecycle::Rejected,
    ];
    let Some(status) = status else { return ORDER.len() + 1 };
    status
        .meaning
        .and_then(|meaning| ORDER.iter().position(|state| *state == meaning))
        .unwrap_or(ORDER.len())
}

/// Groups with names for their pages.
fn named(groups: Vec<(Option<String>, Vec<RecordId>)>) -> Vec<Group> {
    // The name `none` belongs to the group without value, whatever words the team has.
    let mut taken = UniqueNames::default();
    taken.insert("none");
    let name = |value: Option<&String>, taken: &mut UniqueNames| {
        value.map_or("none".to_owned(), |value| slug_of_value(value, taken))
    };
    groups
        .into_iter()
        .map(|(value, records)| Group { name: name(value.as_ref(), &mut taken), value, records })
        .collect()
}

/// How many records a list shows without headings.
const PLAIN: usize = 12;

/// The records of a list, newest first, below the years in which they were numbered. A list that
/// is short, or whose years say nothing about its order, has one group without heading.
pub(super) fn by_year(log: &Log, ids: &[RecordId]) -> Vec<(Option<i16>, Vec<RecordId>)> {
    let newest = newest(log, ids);
    let years: Vec<Option<i16>> =
        newest.iter().map(|id| log.record(*id).date().map(crate::model::Date::year)).collect();
    let Some(years) = envelope(&years).filter(|_| ids.len() > PLAIN) else {
        return vec![(None, newest)];
    };
    let mut groups: Vec<(Option<i16>, Vec<RecordId>)> = Vec::new();
    for (id, year) in newest.into_iter().zip(years) {
        match groups.last_mut() {
            Some((last, records)) if *last == Some(year) => records.push(id),
            _ => groups.push((Some(year), vec![id])),
        }
    }
    groups
}

/// The records of a list, newest first: those with a number in the order of their files, the others where
/// their dates put them, and last where they have none.
fn newest(log: &Log, ids: &[RecordId]) -> Vec<RecordId> {
    let is_numbered = |id: &RecordId| {
        let record = log.record(*id);
        record.number.is_some() || record.id.is_some()
    };
    let (numbered, others): (Vec<_>, Vec<_>) = ids.iter().rev().copied().partition(is_numbered);
    if numbered.is_empty() {
        return others;
    }
    let date = |id: RecordId| log.record(id).date();
    let mut others = others;
    // Without a date is the least of all.
    others.sort_by_cached_key(|id| std::cmp::Reverse(date(*id)));
    let mut others = others.into_iter().peekable();
    let mut all = Vec::with_capacity(ids.len());
    for id in numbered {
        while let Some(other) =
            others.next_if(|other| date(*other).zip(date(id)).is_some_and(|(a, b)| a > b))
        {
            all.push(other);
        }
        all.push(id);
    }
    all.extend(others);
    all
}

/// A year for every record of a list such that years never rise along it: its own where that fits
/// the others, else that of a neighbour. A record's date may be that of its last change, so single
/// ones do not fit; `None` where too few do.
fn envelope(years: &[Option<i16>]) -> Option<Vec<i16>> {
    let dated: Vec<(usize, i16)> =
        years.iter().enumerate().filter_map(|(at, year)| Some((at, (*year)?))).collect();
    let fitting = longest_falling(&dated);
    if fitting.len() * 5 < dated.len() * 4 || dated.len() * 3 < years.len() * 2 {
        return None;
    }
    let mut next = fitting.iter().peekable();
    let mut year = fitting.first()?.1;
    let all = (0..years.len()).map(|at| {
        if let Some((_, own)) = next.next_if(|(place, _)| *place == at) {
            year = *own;
        }
        year
    });
    Some(all.collect())
}

/// The longest selection in which years never rise; the first of several.
fn longest_falling(dated: &[(usize, i16)]) -> Vec<(usize, i16)> {
    // For every year, the best selection that ends in it: its length and its last element, and for
    // every element the one before it. There are few years, so this is nearly linear.
    let mut best: BTreeMap<i16, (usize, usize)> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(dated.len());
    for (at, (_, year)) in dated.iter().enumerate() {
        let longest = best.range(*year..).map(|(_, end)| *end).max_by_key(|(length, _)| *length);
        before.push(longest.map(|(_, last)| last));
        let length = longest.map_or(0, |(length, _)| length) + 1;
        let end = best.entry(*year).or_insert((0, at));
        if length > end.0 {
            *end = (length, at);
        }
    }
    let mut chosen = Vec::new();
    let mut next = best.values().max_by_key(|(length, _)| *length).map(|(_, last)| *last);
    while let Some(at) = next {
        chosen.extend(dated.get(at));
        next = before.get(at).copied().flatten();
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::envelope;

    #[test]
    fn a_year_that_does_not_fit_is_that_of_the_neighbours() {
        let years = [2025, 2025, 2024, 2026, 2024, 1970, 2023, 2023, 2022, 2022].map(Some);
        let expected = vec![2025, 2025, 2024, 2024, 2024, 2024, 2023, 2023, 2022, 2022];
        assert_eq!(envelope(&years), Some(expected));
    }

    #[test]
    fn a_record_without_date_belongs_to_the_year_before_it() {
        assert_eq!(envelope(&[Some(2025), None, Some(2024)]), Some(vec![2025, 2025, 2024]));
    }

    #[test]
    fn years_without_order_or_number_make_no_groups() {
        assert_eq!(envelope(&[Some(2020), Some(2021), Some(2022), Some(2023)]), None);
        assert_eq!(envelope(&[Some(2020), None, None]), None);
        assert_eq!(envelope(&[]), None);
    }
}
