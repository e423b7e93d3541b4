//! Lists of records by year, newest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Date, Log, RecordId};

/// The records of a year; `None` for a list without headings.
pub(crate) type YearRecords = (Option<i16>, Vec<RecordId>);

/// The maximum number of records in a list without headings.
const MAX_WITHOUT_HEADINGS: usize = 12;

/// Sorts the records of a list, newest first, and groups them by year. A short list, or one in which years
/// and numbers disagree, is one group without heading.
pub(crate) fn records_by_year(log: &Log, ids: &[RecordId]) -> Vec<YearRecords> {
    let newest = newest_first(log, ids);
    let years: Vec<Option<i16>> =
        newest.iter().map(|id| log.record(*id).date().map(Date::year)).collect();
    let Some(years) = falling_years(&years).filter(|_| ids.len() > MAX_WITHOUT_HEADINGS) else {
        return vec![(None, newest)];
    };
    let mut groups: Vec<YearRecords> = Vec::new();
    for (id, year) in newest.into_iter().zip(years) {
        match groups.last_mut() {
            Some((last_year, records)) if *last_year == Some(year) => records.push(id),
            _ => groups.push((Some(year), vec![id])),
        }
    }
    groups
}

/// Sorts the records of a list, newest first: records with a number in the order of their files, the others
/// inserted by date; those without date are last.
fn newest_first(log: &Log, ids: &[RecordId]) -> Vec<RecordId> {
    let is_numbered = |id: &RecordId| {
        let record = log.record(*id);
        record.number.is_some() || record.id.is_some()
    };
    let (numbered, unnumbered): (Vec<_>, Vec<_>) = ids.iter().rev().copied().partition(is_numbered);
    if numbered.is_empty() {
        return unnumbered;
    }
    let date = |id: RecordId| log.record(id).date();
    let mut by_date = unnumbered;
    // No date sorts before every date.
    by_date.sort_by_cached_key(|id| Reverse(date(*id)));
    let mut by_date = by_date.into_iter().peekable();
    let mut sorted = Vec::with_capacity(ids.len());
    for id in numbered {
        let is_newer = |other: &RecordId| date(*other).zip(date(id)).is_some_and(|(a, b)| a > b);
        while let Some(newer) = by_date.next_if(is_newer) {
            sorted.push(newer);
        }
        sorted.push(id);
    }
    sorted.extend(by_date);
    sorted
}

/// Gives every record of a list a year so that years never rise along the list: the record's own year if it
/// fits the others, else the year of a neighbour. A date may come from a later edit, so some years do not
/// fit; `None` if too many do not.
fn falling_years(years: &[Option<i16>]) -> Option<Vec<i16>> {
    let dated: Vec<(usize, i16)> =
        years.iter().enumerate().filter_map(|(index, year)| Some((index, (*year)?))).collect();
    let fitting = longest_falling(&dated);
    // At least four of five dates must fit, and two of three records must have a date.
    if fitting.len() * 5 < dated.len() * 4 || dated.len() * 3 < years.len() * 2 {
        return None;
    }
    let mut next_fitting = fitting.iter().peekable();
    let mut current_year = fitting.first()?.1;
    let all_years = (0..years.len()).map(|index| {
        if let Some((_, year)) = next_fitting.next_if(|(fitting_index, _)| *fitting_index == index)
        {
            current_year = *year;
        }
        current_year
    });
    Some(all_years.collect())
}

/// The longest selection in which years never rise; the first of several.
fn longest_falling(dated: &[(usize, i16)]) -> Vec<(usize, i16)> {
    // For every year, the best selection that ends in it: its length and its last element. For every element, the
    // one before it. There are few years, so this is nearly linear.
    let mut best: BTreeMap<i16, (usize, usize)> = BTreeMap::new();
    let mut predecessors: Vec<Option<usize>> = Vec::with_capacity(dated.len());
    for (index, (_, year)) in dated.iter().enumerate() {
        let selections = best.range(*year..).map(|(_, selection)| *selection);
        let longest = selections.max_by_key(|(length, _)| *length);
        predecessors.push(longest.map(|(_, last)| last));
        let length = longest.map_or(0, |(length, _)| length) + 1;
        let selection = best.entry(*year).or_insert((0, index));
        if length > selection.0 {
            *selection = (length, index);
        }
    }
    let mut chosen = Vec::new();
    let mut next_index = best.values().max_by_key(|(length, _)| *length).map(|(_, last)| *last);
    while let Some(index) = next_index {
        chosen.extend(dated.get(index));
        next_index = predecessors.get(index).copied().flatten();
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::falling_years;

    #[test]
    fn a_year_that_does_not_fit_is_replaced_by_a_neighbour() {
        let years = [2025, 2025, 2024, 2026, 2024, 1970, 2023, 2023, 2022, 2022].map(Some);
        let expected = vec![2025, 2025, 2024, 2024, 2024, 2024, 2023, 2023, 2022, 2022];
        assert_eq!(falling_years(&years), Some(expected));
    }

    #[test]
    fn a_record_without_date_belongs_to_the_year_before_it() {
        assert_eq!(falling_years(&[Some(2025), None, Some(2024)]), Some(vec![2025, 2025, 2024]));
    }

    #[test]
    fn years_without_order_or_number_make_no_groups() {
        assert_eq!(falling_years(&[Some(2020), Some(2021), Some(2022), Some(2023)]), None);
        assert_eq!(falling_years(&[Some(2020), None, None]), None);
        assert_eq!(falling_years(&[]), None);
    }
}
