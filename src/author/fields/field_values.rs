//! Changes the values of one field: tags, people, the review date. Every value is written where and how the
//! record states the field; if it does not state it yet, as its format does.
//!
//! The record is read again after each step, so that no change is made that does not state what was requested, or
//! that states more.

use super::date_value::replace_date;
use super::place_edit::{filled_or_grown, shrunk};
use super::title::single_line;
use crate::author::edits::{
    LineStyle, line_below_title, new_list_key, new_raw_key, removable_lines,
};
use crate::author::guard::{AllowedChanges, Guard};
use crate::format::{Fact, Field, FieldPlace, Words, places, shown_name};
use crate::model::{Date, DateStatement, Layout, Log, Record, Stated};
use crate::text::Edit;
use crate::{Refusal, Result};

/// Changes fields of records.
pub(crate) struct FieldEditor<'a> {
    /// The log, whose records show which keys the team uses.
    pub log: &'a Log,
    pub words: &'a Words,
}

impl FieldEditor<'_> {
    /// Returns `record` with `value` among the values of `field`; `None` if it is there already.
    ///
    /// # Errors
    ///
    /// If the record is written in a way that cannot be changed safely.
    pub(crate) fn with_value(
        &self,
        record: &Record,
        field: Field,
        value: &str,
    ) -> Result<Option<Record>> {
        let mut expected_values = values_of(record, field);
        // The value is read without markup: `[Ada](@ada)` as `Ada`.
        let shown_value = shown_name(value);
        let is_value =
            |known: &str| is_same_value(known, value) || is_same_value(known, &shown_value);
        if expected_values.iter().any(|known| is_value(known)) {
            return Ok(None);
        }
        expected_values.push(shown_value);
        let is_done = |after: &Record| are_same_values(values_of(after, field), &expected_values);
        let place = places(record, field, self.words).into_iter().find(FieldPlace::is_proper);
        let variants = match &place {
            Some(place) => filled_or_grown(record, place, field, value)
                .map(|edit| vec![edit])
                .into_iter()
                .collect(),
            None => self.new_statements(record, field, &[value]),
        };
        self.first_that_works(record, variants, field, is_done).map(Some).map_err(|error| {
            let target = || format!("`{}`", record.source.path().display());
            if value.contains(',') {
                unreadable_value(field, value, target()).into()
            } else {
                error
            }
        })
    }

    /// Returns `record` without `value` among the values of `field`; `None` if it is not there.
    ///
    /// # Errors
    ///
    /// As [`with_value`](Self::with_value).
    pub(crate) fn without_value(
        &self,
        record: &Record,
        field: Field,
        value: &str,
    ) -> Result<Option<Record>> {
        let shown_value = shown_name(value);
        let is_value =
            |known: &str| is_same_value(known, value) || is_same_value(known, &shown_value);
        let expected_values: Vec<String> =
            values_of(record, field).into_iter().filter(|known| !is_value(known)).collect();
        let places = places(record, field, self.words);
        let has_value = |place: &&FieldPlace| place.items.iter().any(|item| is_value(&item.value));
        // The key of a single value stays, unless the next line would then be read as its value.
        let removal = |with_key: bool| -> Option<Vec<Edit>> {
            let matching_places = places.iter().filter(has_value);
            matching_places
                .map(|place| {
                    let index = place.items.iter().position(|item| is_value(&item.value))?;
                    let is_single = place.items.len() == 1 && place.layout != Layout::Section;
                    if with_key && is_single {
                        let statement = place.key.span.to(place.value);
                        return Some(Edit::replace(removable_lines(record.text(), statement), ""));
                    }
                    shrunk(record, place, index)
                })
                .collect()
        };
        let variants = [removal(false), removal(true)].into_iter().flatten().collect();
        if !places.iter().any(|place| has_value(&place)) {
            return Ok(None);
        }
        let is_done = |after: &Record| are_same_values(values_of(after, field), &expected_values);
        self.first_that_works(record, variants, field, is_done).map(Some)
    }

    /// Returns `record` with a review date; `None` if it has that one already.
    ///
    /// # Errors
    ///
    /// As [`with_value`](Self::with_value).
    pub(crate) fn with_review_date(&self, record: &Record, date: Date) -> Result<Option<Record>> {
        let review_date =
            |record: &Record| record.review.as_ref().and_then(|stated| stated.value.date());
        if review_date(record) == Some(date) {
            return Ok(None);
        }
        let variants = self.date_statements(record, record.review.as_ref(), Field::Review, date);
        let is_done = |after: &Record| review_date(after) == Some(date);
        self.first_that_works(record, variants, Field::Review, is_done).map(Some)
    }

    /// Returns `record` with a date; `None` if it has that one already.
    ///
    /// # Errors
    ///
    /// As [`with_value`](Self::with_value).
    pub(crate) fn with_date(&self, record: &Record, date: Date) -> Result<Option<Record>> {
        if record.date() == Some(date) {
            return Ok(None);
        }
        let variants = self.date_statements(record, record.date.as_ref(), Field::Date, date);
        let is_done = |after: &Record| after.date() == Some(date);
        self.first_that_works(record, variants, Field::Date, is_done).map(Some)
    }

    /// Returns `record` without a review date; `None` if it has none.
    ///
    /// # Errors
    ///
    /// As [`with_value`](Self::with_value).
    pub(crate) fn without_review_date(&self, record: &Record) -> Result<Option<Record>> {
        let places = places(record, Field::Review, self.words);
        if record.review.is_none() && places.is_empty() {
            return Ok(None);
        }
        let removal = |place: &FieldPlace| {
            let statement = place.key.span.to(place.value);
            Edit::replace(removable_lines(record.text(), statement), "")
        };
        let variants = vec![places.iter().map(removal).collect()];
        let is_done = |after: &Record| after.review.is_none();
        self.first_that_works(record, variants, Field::Review, is_done).map(Some)
    }

    /// The ways to state a date: replacing the `stated` one, or as a new statement.
    fn date_statements(
        &self,
        record: &Record,
        stated: Option<&Stated<DateStatement>>,
        field: Field,
        date: Date,
    ) -> Vec<Vec<Edit>> {
        match replace_date(record, stated, field, date, self.words) {
            Some(edit) => vec![vec![edit]],
            None => self.new_statements(record, field, &[&date.to_string()]),
        }
    }

    /// The ways to state a field that the record does not state yet, the best first.
    fn new_statements(&self, record: &Record, field: Field, values: &[&str]) -> Vec<Vec<Edit>> {
        let mut edits = Vec::new();
        let usual_key = |layout| self.usual_key(field, layout);
        let line_key = |layout| usual_key(layout).unwrap_or_else(|| key_in_text(field).to_owned());
        let row = values.join(", ");
        // Prefer a line in the text, unless the status is in the front matter.
        let status_in_front_matter =
            record.statuses.first().is_some_and(|one| one.layout == Layout::FrontMatter);
        if !status_in_front_matter && let Some(style) = LineStyle::of(record, self.words) {
            edits.extend(style.new_line(record, &line_key(style.layout()), &row));
        }
        if let Some(front) = &record.document.front_matter {
            let key = usual_key(Layout::FrontMatter);
            let key = key.unwrap_or_else(|| key_in_front_matter(field).to_owned());
            edits.push(match field {
                Field::Review | Field::Date => new_raw_key(record, front, &key, &row),
                _ => new_list_key(record, front, &key, values),
            });
        }
        // Front matter that cannot be read may state the field already.
        let front = record.document.front_matter.as_ref();
        if front.is_none_or(|front| front.fault.is_none()) {
            let line = format!("{}: {row}", line_key(Layout::Line));
            edits.extend(line_below_title(record, &line));
        }
        edits.into_iter().map(|edit| vec![edit]).collect()
    }

    /// The key of this field in the newest record that states it in this layout.
    fn usual_key(&self, field: Field, layout: Layout) -> Option<String> {
        let states_field = |record: &&Record| match field {
            Field::Review => record.review.is_some(),
            Field::Date => record.date.is_some(),
            _ => !values_of(record, field).is_empty(),
        };
        self.log.records().iter().rev().filter(states_field).find_map(|record| {
            let mut places = places(record, field, self.words).into_iter();
            let place = places.find(|place| place.is_proper() && place.layout == layout)?;
            Some(place.key.value)
        })
    }

    /// Returns the record after the first of `variants` that the guard allows and that satisfies `is_done`.
    fn first_that_works(
        &self,
        record: &Record,
        variants: Vec<Vec<Edit>>,
        field: Field,
        is_done: impl Fn(&Record) -> bool,
    ) -> Result<Record> {
        let allowed = allowed_changes(field);
        let guard = Guard { words: self.words, allowed: &allowed };
        let mut first_error = None;
        for edits in variants {
            match guard.check(record, &edits) {
                Ok(after) if is_done(&after) => return Ok(after),
                Ok(_) => {}
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        let path = || record.source.path().to_owned();
        Err(first_error.unwrap_or_else(|| Refusal::CannotEdit { path: path() }.into()))
    }
}

/// What may change with a field.
pub(crate) fn allowed_changes(field: Field) -> AllowedChanges {
    let is_people = matches!(field, Field::Deciders | Field::Consulted | Field::Informed);
    let allowed = AllowedChanges::changing([field.into()]);
    // A name may be a link.
    if is_people { allowed.and_changing([Fact::Links]) } else { allowed }
}

/// Returns a tag or a name on one line.
///
/// # Errors
///
/// If it is blank.
pub(crate) fn clean_value(field: Field, value: &str) -> Result<String> {
    let value = single_line(value);
    if value.is_empty() {
        let what = if field == Field::Tags { "the tag" } else { "the name" };
        let (what, reason) = (what.to_owned(), "it is blank".to_owned());
        return Err(Refusal::BadInput { what, reason }.into());
    }
    Ok(value)
}

/// The refusal of a `value` that would not be read as one value of `field`.
pub(crate) fn unreadable_value(field: Field, value: &str, into: String) -> Refusal {
    let kind = if field == Field::Tags { "tag" } else { "name" };
    let instead = if value.contains(',') {
        "a comma separates two values: leave it out, or pass each value with its own option"
    } else {
        "use another word: this one would not be read as one value"
    };
    Refusal::NoPlace { what: format!("the {kind} `{value}`"), into, instead: instead.to_owned() }
}

/// The values of a field, without markup.
pub(crate) fn values_of(record: &Record, field: Field) -> Vec<String> {
    let values = match field {
        Field::Tags => &record.tags,
        Field::Deciders => &record.decision_makers,
        Field::Consulted => &record.consulted,
        Field::Informed => &record.informed,
        _ => return vec![],
    };
    values.iter().map(|stated| stated.value.clone()).collect()
}

fn are_same_values(mut actual: Vec<String>, expected: &[String]) -> bool {
    let mut expected = expected.to_vec();
    actual.sort();
    expected.sort();
    actual == expected
}

pub(crate) fn is_same_value(left: &str, right: &str) -> bool {
    left.trim().to_lowercase() == right.trim().to_lowercase()
}

fn key_in_text(field: Field) -> &'static str {
    match field {
        Field::Tags => "Tags",
        Field::Review => "Review by",
        Field::Date => "Date",
        Field::Consulted => "Consulted",
        Field::Informed => "Informed",
        _ => "Deciders",
    }
}

/// The key of a field in MADR 4.
fn key_in_front_matter(field: Field) -> &'static str {
    match field {
        Field::Tags => "tags",
        Field::Review => "review-by",
        Field::Date => "date",
        Field::Consulted => "consulted",
        Field::Informed => "informed",
        _ => "decision-makers",
    }
}

#[cfg(test)]
mod tests {
    use super::FieldEditor;
    use crate::author::testing::{record, words};
    use crate::format::Field;
    use crate::model::{Date, Log};

    /// The record with another value of a field, and without it again.
    #[track_caller]
    fn check(text: &str, field: Field, value: &str, expected: &str) {
        let (log, words) = (Log::default(), words());
        let editor = FieldEditor { log: &log, words: &words };
        let with = editor.with_value(&record("0001-a.md", text), field, value).unwrap().unwrap();
        assert_eq!(with.text(), expected);
        assert!(editor.with_value(&with, field, value).unwrap().is_none());
        let without = editor.without_value(&with, field, value).unwrap().unwrap();
        assert_eq!(without.text(), text);
        assert!(editor.without_value(&without, field, value).unwrap().is_none());
    }

    #[test]
    fn a_value_is_added_to_the_others_and_removed() {
        check(
            "---\ntags: [a, b] # all\n---\n\n# A\n",
            Field::Tags,
            "c",
            "---\ntags: [a, b, c] # all\n---\n\n# A\n",
        );
        check(
            "---\ndeciders:\n  - Ann # she\n  - Bob\n---\n\n# A\n",
            Field::Deciders,
            "Cy",
            "---\ndeciders:\n  - Ann # she\n  - Bob\n  - Cy\n---\n\n# A\n",
        );
        check(
            "# A\n\n* Status: accepted\n* Deciders: Ann, Bob\n\n## Context\n",
            Field::Deciders,
            "Cy",
            "# A\n\n* Status: accepted\n* Deciders: Ann, Bob, Cy\n\n## Context\n",
        );
        check(
            "# A\n\n| Status | accepted |\n|---|---|\n| Tags | a, b |\n",
            Field::Tags,
            "c",
            "# A\n\n| Status | accepted |\n|---|---|\n| Tags | a, b, c |\n",
        );
    }

    #[test]
    fn a_value_that_would_change_something_else_is_refused() {
        let (log, words) = (Log::default(), words());
        let editor = FieldEditor { log: &log, words: &words };
        let refused = |text: &str, field, value: &str| {
            editor.without_value(&record("0001-a.md", text), field, value).unwrap_err().to_string()
        };
        assert_eq!(
            refused("---\ntags:\n  - a # why\n  - b\n---\n\n# A\n", Field::Tags, "a"),
            "the change would also change the comments of `0001-a.md`"
        );
        let broken = record("0001-a.md", "---\nx: a: b\n---\n\n# A\n");
        let error = editor.with_value(&broken, Field::Tags, "a").unwrap_err().to_string();
        assert_eq!(error, "the front matter of `0001-a.md` is not valid YAML at line 2");
    }

    #[test]
    fn a_review_date_is_added_in_the_layout_of_the_record_and_removed() {
        let (log, words) = (Log::default(), words());
        let editor = FieldEditor { log: &log, words: &words };
        let day = Date::day(2027, 1, 31).unwrap();
        for (text, line) in [
            ("---\nstatus: accepted\n---\n\n# A\n", "review-by: 2027-01-31\n"),
            ("# A\n\n* Status: accepted\n\n## Context\n", "* Review by: 2027-01-31\n"),
            ("# A\n\n**Status:** accepted  \n\n## Context\n", "**Review by:** 2027-01-31  \n"),
        ] {
            let with = editor.with_review_date(&record("0001-a.md", text), day).unwrap().unwrap();
            assert!(with.text().contains(line), "{}", with.text());
            assert_eq!(editor.without_review_date(&with).unwrap().unwrap().text(), text);
        }
    }
}
