//! A record whose fields are to hold something else: tags, people, the day of its review. Every
//! value is written where and how the record states the field; where it does not yet, as its
//! format has it.
//!
//! Each step is read again before the next one, so that no change is made that does not say what
//! was asked for, or that says more.

use super::beside::{self, Model};
use super::guard::{Guard, Scope};
use super::lines::{end_of_line, eol};
use super::list::{self, cut};
use super::{day, front_matter};
use crate::format::{Fact, Field, FieldPlace, Words, places, shown_name};
use crate::model::{Date, DateStatement, Layout, Log, Record, Stated};
use crate::text::{Edit, Span, Spanned};
use crate::{Refusal, Result};

/// What the steps of one amendment have in common.
pub(super) struct Amending<'a> {
    /// The log, for the words that the team uses.
    pub log: &'a Log,
    /// The words of the field.
    pub words: &'a Words,
}

impl Amending<'_> {
    /// `record` with `value` among the values of `field`; `None` where it is there already.
    ///
    /// # Errors
    ///
    /// Where the record is written in a way that cannot be changed without harm.
    pub(super) fn with(
        &self,
        record: &Record,
        field: Field,
        value: &str,
    ) -> Result<Option<Record>> {
        let mut expected = names(record, field);
        // Of `[Ada](@ada)` not every mark is read.
        let shown = shown_name(value);
        if expected.iter().any(|known| is_same(known, value) || is_same(known, &shown)) {
            return Ok(None);
        }
        expected.push(shown);
        let says = |after: &Record| same_names(names(after, field), &expected);
        let known = places(record, field, self.words).into_iter().find(FieldPlace::is_proper);
        let mut ways: Vec<Vec<Edit>> = Vec::new();
        match &known {
            Some(place) => ways.extend(grown(record, place, field, value).map(|one| vec![one])),
            None => ways.extend(self.begun(record, field, &[value])),
        }
        self.first(record, ways, field, says).map(Some).map_err(|error| {
            let into = || format!("`{}`", record.source.path().display());
            if value.contains(',') { unreadable(field, value, into()).into() } else { error }
        })
    }

    /// `record` without `value` among the values of `field`; `None` where it is not there.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub(super) fn without(
        &self,
        record: &Record,
        field: Field,
        value: &str,
    ) -> Result<Option<Record>> {
        let shown = shown_name(value);
        let is_it = |known: &str| is_same(known, value) || is_same(known, &shown);
        let expected: Vec<String> =
            names(record, field).into_iter().filter(|known| !is_it(known)).collect();
        let places = places(record, field, self.words);
        let holds = |place: &&FieldPlace| place.items.iter().any(|item| is_it(&item.value));
        // An only value leaves its key, unless what follows would be read as another value then.
        let way = |is_whole: bool| -> Option<Vec<Edit>> {
            let held = places.iter().filter(holds);
            held.map(|place| {
                let at = place.items.iter().position(|item| is_it(&item.value))?;
                let lines = place.key.span.to(place.value);
                let is_only = place.items.len() == 1 && place.layout != Layout::Section;
                if is_whole && is_only {
                    return Some(Edit::replace(cut(record.text(), lines), ""));
                }
                shrunk(record, place, at)
            })
            .collect()
        };
        let ways = [way(false), way(true)].into_iter().flatten().collect();
        if !places.iter().any(|place| holds(&place)) {
            return Ok(None);
        }
        let says = |after: &Record| same_names(names(after, field), &expected);
        self.first(record, ways, field, says).map(Some)
    }

    /// `record`, to be looked at again by `day`; `None` where it says so already.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub(super) fn reviewed_by(&self, record: &Record, day: Date) -> Result<Option<Record>> {
        let stated = record.review.as_ref();
        if stated.and_then(|stated| stated.value.date()) == Some(day) {
            return Ok(None);
        }
        let says = |after: &Record| {
            after.review.as_ref().and_then(|stated| stated.value.date()) == Some(day)
        };
        let ways = self.of_day(record, stated, Field::Review, day);
        self.first(record, ways, Field::Review, says).map(Some)
    }

    /// `record`, taken on `day`; `None` where it says so already.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub(super) fn dated(&self, record: &Record, day: Date) -> Result<Option<Record>> {
        if record.date() == Some(day) {
            return Ok(None);
        }
        let stated = record.date.as_ref();
        let ways = self.of_day(record, stated, Field::Date, day);
        self.first(record, ways, Field::Date, |after| after.date() == Some(day)).map(Some)
    }

    /// The ways to let a field be a `day`: in the place of what is `stated`, else where it begins.
    fn of_day(
        &self,
        record: &Record,
        stated: Option<&Stated<DateStatement>>,
        field: Field,
        day: Date,
    ) -> Vec<Vec<Edit>> {
        match day::instead(record, stated, field, day, self.words) {
            Some(edit) => vec![vec![edit]],
            None => self.begun(record, field, &[&day.to_string()]).into_iter().collect(),
        }
    }

    /// `record` without a day to look at it again; `None` where it states none.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub(super) fn not_reviewed(&self, record: &Record) -> Result<Option<Record>> {
        let places = places(record, Field::Review, self.words);
        if record.review.is_none() && places.is_empty() {
            return Ok(None);
        }
        let lines = |place: &FieldPlace| cut(record.text(), place.key.span.to(place.value));
        let ways = vec![places.iter().map(|place| Edit::replace(lines(place), "")).collect()];
        let says = |after: &Record| after.review.is_none();
        self.first(record, ways, Field::Review, says).map(Some)
    }

    /// The ways to state a field that the record does not state yet, the best first.
    fn begun(&self, record: &Record, field: Field, values: &[&str]) -> Vec<Vec<Edit>> {
        let mut ways = Vec::new();
        let key = |layout| self.usual_key(field, layout);
        let row = values.join(", ");
        // Lines in the text, unless the status stands above it.
        let above = record.statuses.first().is_some_and(|one| one.layout == Layout::FrontMatter);
        if let Some(model) = Model::of(record, self.words).filter(|_| !above) {
            let own = key(model.layout()).unwrap_or_else(|| key_in_words(field).to_owned());
            ways.extend(model.line(record, &own, &row));
        }
        if let Some(front) = &record.document.front_matter {
            let own = key(Layout::FrontMatter);
            let own = own.unwrap_or_else(|| key_in_front_matter(field).to_owned());
            ways.push(match field {
                Field::Review | Field::Date => front_matter::new_raw_key(record, front, &own, &row),
                _ => front_matter::new_list(record, front, &own, values),
            });
        }
        // What cannot be read may state the field already.
        let front = record.document.front_matter.as_ref();
        if front.is_none_or(|front| front.fault.is_none()) {
            let own = key(Layout::Line).unwrap_or_else(|| key_in_words(field).to_owned());
            ways.extend(beside::line_below_title(record, &format!("{own}: {row}")));
        }
        ways.into_iter().map(|edit| vec![edit]).collect()
    }

    /// What the newest record that states the field in this layout calls it.
    fn usual_key(&self, field: Field, layout: Layout) -> Option<String> {
        let states = |record: &&Record| match field {
            Field::Review => record.review.is_some(),
            Field::Date => record.date.is_some(),
            _ => !names(record, field).is_empty(),
        };
        self.log.records().iter().rev().filter(states).find_map(|record| {
            let places = places(record, field, self.words);
            let place = places.into_iter().find(|one| one.is_proper() && one.layout == layout)?;
            Some(place.key.value)
        })
    }

    /// The record after the first of the `ways` that leaves it saying what was asked for, and all
    /// else as it was.
    fn first(
        &self,
        record: &Record,
        ways: Vec<Vec<Edit>>,
        field: Field,
        says: impl Fn(&Record) -> bool,
    ) -> Result<Record> {
        let scope = scope(field);
        let guard = Guard { words: self.words, scope: &scope };
        let mut refusal = None;
        for edits in ways {
            match guard.check(record, &edits) {
                Ok(after) if says(&after) => return Ok(after),
                Ok(_) => {}
                Err(error) => refusal = refusal.or(Some(error)),
            }
        }
        let path = || record.source.path().to_owned();
        Err(refusal.unwrap_or_else(|| Refusal::CannotEdit { path: path() }.into()))
    }
}

/// What may change with a field.
pub(super) fn scope(field: Field) -> Scope {
    let is_people = matches!(field, Field::Deciders | Field::Consulted | Field::Informed);
    let scope = Scope::changing([field.into()]);
    // A name may be a link.
    if is_people { scope.and([Fact::Links]) } else { scope }
}

/// Why `value` cannot be one of the values of `field`.
pub(super) fn unreadable(field: Field, value: &str, into: String) -> Refusal {
    let what = if field == Field::Tags { "tag" } else { "name" };
    let instead = if value.contains(',') {
        "a comma parts two values there: leave it out, or name each with an option of its own"
    } else {
        "choose another word: this one reads as none, or as more"
    };
    Refusal::NoPlace { what: format!("the {what} `{value}`"), into, instead: instead.to_owned() }
}

/// The values of a field, as they are shown.
pub(super) fn names(record: &Record, field: Field) -> Vec<String> {
    let list = match field {
        Field::Tags => &record.tags,
        Field::Deciders => &record.decision_makers,
        Field::Consulted => &record.consulted,
        Field::Informed => &record.informed,
        _ => return vec![],
    };
    list.iter().map(|one: &Spanned<String>| one.value.clone()).collect()
}

fn same_names(mut a: Vec<String>, b: &[String]) -> bool {
    let mut b = b.to_vec();
    a.sort();
    b.sort();
    a == b
}

pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A place with one value more.
fn grown(record: &Record, place: &FieldPlace, field: Field, value: &str) -> Option<Edit> {
    let text = record.text();
    if place.items.is_empty() {
        return filled(record, place, value);
    }
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        // One tag may have blanks and commas of its own; several in one line are parted by commas.
        let is_row = entry.value.scalar().is_some() && place.items.len() > 1;
        let is_row = is_row && !value.contains(',');
        return if field == Field::Tags && !is_row || entry.value.scalar().is_none() {
            front_matter::add(text, entry, value)
        } else {
            front_matter::append(text, entry, value)
        };
    }
    let items: Vec<Span> = place.items.iter().map(|item| item.span).collect();
    list::append(text, &items, &for_layout(value, place.layout))
}

/// A place that states nothing yet, with a value.
pub(super) fn filled(record: &Record, place: &FieldPlace, value: &str) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        return front_matter::fill(text, entry, value);
    }
    let value = for_layout(value, place.layout);
    if !place.value.is_empty() {
        return Some(Edit::replace(place.value, value));
    }
    Some(match place.layout {
        Layout::Table => Edit::insert(place.value.start, format!("{value} ")),
        Layout::Section => {
            let eol = eol(text);
            let sections = &record.document.sections;
            let section = sections.iter().find(|one| one.title_span == place.key.span)?;
            Edit::insert(section.heading.end, format!("{eol}{value}{eol}"))
        }
        _ => {
            let end = end_of_line(text, place.key.span.end);
            let at = text.get(..end)?.trim_end().len();
            Edit::insert(at, format!(" {value}"))
        }
    })
}

/// A place with one value less.
fn shrunk(record: &Record, place: &FieldPlace, at: usize) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        return front_matter::without(text, entry, at, &place.items);
    }
    let items: Vec<Span> = place.items.iter().map(|item| item.span).collect();
    list::without(text, &items, at)
}

/// `value` as it is written in running text.
fn for_layout(value: &str, layout: Layout) -> String {
    if layout == Layout::Table { value.replace('|', "\\|") } else { value.to_owned() }
}

fn key_in_words(field: Field) -> &'static str {
    match field {
        Field::Tags => "Tags",
        Field::Review => "Review by",
        Field::Date => "Date",
        Field::Consulted => "Consulted",
        Field::Informed => "Informed",
        _ => "Deciders",
    }
}

/// As MADR 4 calls it.
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
    use super::Amending;
    use crate::author::testing::{record, words};
    use crate::format::Field;
    use crate::model::{Date, Log};

    /// The record with another value of a field, and without it again.
    #[track_caller]
    fn check(text: &str, field: Field, value: &str, expected: &str) {
        let (log, words) = (Log::default(), words());
        let amending = Amending { log: &log, words: &words };
        let with = amending.with(&record("0001-a.md", text), field, value).unwrap().unwrap();
        assert_eq!(with.text(), expected);
        assert!(amending.with(&with, field, value).unwrap().is_none());
        let without = amending.without(&with, field, value).unwrap().unwrap();
        assert_eq!(without.text(), text);
        assert!(amending.without(&without, field, value).unwrap().is_none());
    }

    #[test]
    fn a_value_comes_where_the_others_are_and_goes_again() {
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
        let amending = Amending { log: &log, words: &words };
        let refused = |text: &str, field, value: &str| {
            amending.without(&record("0001-a.md", text), field, value).unwrap_err().to_string()
        };
        assert_eq!(
            refused("---\ntags:\n  - a # why\n  - b\n---\n\n# A\n", Field::Tags, "a"),
            "the change would also change the comments of `0001-a.md`"
        );
        let broken = record("0001-a.md", "---\nx: a: b\n---\n\n# A\n");
        let error = amending.with(&broken, Field::Tags, "a").unwrap_err().to_string();
        assert_eq!(error, "the front matter of `0001-a.md` is not valid YAML, at line 2");
    }

    #[test]
    fn a_review_comes_in_the_layout_of_the_record_and_goes_again() {
        let (log, words) = (Log::default(), words());
        let amending = Amending { log: &log, words: &words };
        let day = Date::day(2027, 1, 31).unwrap();
        for (text, line) in [
            ("---\nstatus: accepted\n---\n\n# A\n", "review-by: 2027-01-31\n"),
            ("# A\n\n* Status: accepted\n\n## Context\n", "* Review by: 2027-01-31\n"),
            ("# A\n\n**Status:** accepted  \n\n## Context\n", "**Review by:** 2027-01-31  \n"),
        ] {
            let with = amending.reviewed_by(&record("0001-a.md", text), day).unwrap().unwrap();
            assert!(with.text().contains(line), "{}", with.text());
            assert_eq!(amending.not_reviewed(&with).unwrap().unwrap().text(), text);
        }
    }
}
