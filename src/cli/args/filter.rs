//! The filters that several commands share: which records a command is about.

use super::parse_date;
use crate::Result;
use crate::author::status_named;
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::one_line;
use crate::model::{Date, Log, Record, RecordId, Status};
use crate::project::Project;
use crate::text::Spanned;

/// Filters. A record must pass all of them; of a repeated filter, one value suffices.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Filters")]
pub(crate) struct RecordFilter {
    /// Only records with this status; may be repeated
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,

    /// Only records with this tag; may be repeated
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Only records with a decision maker whose name contains NAME; may be repeated
    #[arg(long, value_name = "NAME")]
    decider: Vec<String>,

    /// Only records dated on or after DATE
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    since: Option<Date>,

    /// Only records dated on or before DATE
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    until: Option<Date>,

    /// Only records in force
    #[arg(long)]
    in_force: bool,

    /// Only records whose review date has passed
    #[arg(long)]
    overdue: bool,
}

impl RecordFilter {
    /// Whether every record passes, as there are no filters.
    pub(crate) fn is_empty(&self) -> bool {
        let lists = [&self.status, &self.tag, &self.decider];
        let dates = self.since.or(self.until);
        lists.iter().all(|list| list.is_empty())
            && dates.is_none()
            && !self.in_force
            && !self.overdue
    }

    /// Returns the given options as words, such as `status=accepted`.
    pub(crate) fn words(&self) -> Vec<String> {
        let list_words = |name: &'static str, values: &[String]| -> Vec<String> {
            values.iter().map(|value| format!("{name}={value}")).collect()
        };
        let date_word = |name: &str, date: Option<Date>| date.map(|date| format!("{name}={date}"));
        let mut words = list_words("status", &self.status);
        words.extend(list_words("tag", &self.tag));
        words.extend(list_words("decider", &self.decider));
        words.extend(date_word("since", self.since));
        words.extend(date_word("until", self.until));
        words.extend(self.in_force.then(|| "in-force".to_owned()));
        words.extend(self.overdue.then(|| "overdue".to_owned()));
        words
    }

    /// Returns the records that pass, in log order.
    ///
    /// # Errors
    ///
    /// If a status is neither known, nor configured, nor used by a record.
    pub(crate) fn records(
        &self,
        project: &Project,
        session: &Session<'_>,
    ) -> Result<Vec<RecordId>> {
        let log = &project.log;
        let overdue_date = if self.overdue { Some(session.today()?) } else { None };
        let statuses: Vec<Status> =
            self.status.iter().map(|word| status_of_word(word, project)).collect::<Result<_>>()?;
        let passes = |id: RecordId, record: &Record| {
            (statuses.is_empty() || statuses.iter().any(|status| has_status(record, status)))
                && (self.tag.is_empty() || has_any(&record.tags, &self.tag, is_same))
                && (self.decider.is_empty()
                    || has_any(&record.decision_makers, &self.decider, contains))
                && self.since.is_none_or(|since| record.date().is_some_and(|date| date >= since))
                && self.until.is_none_or(|until| record.date().is_some_and(|date| date <= until))
                && (!self.in_force || log.in_force(id))
                && overdue_date.is_none_or(|today| record.overdue(today).is_some())
        };
        Ok(log.iter().filter(|(id, record)| passes(*id, record)).map(|(id, _)| id).collect())
    }
}

/// Returns the status that `word` names. A word that a record uses takes precedence over known words.
fn status_of_word(word: &str, project: &Project) -> Result<Status> {
    let lowercase_word = word.trim().to_lowercase();
    let statuses = project.log.records().iter().filter_map(Record::status);
    if let Some(status) = statuses.into_iter().find(|status| status.word == lowercase_word) {
        return Ok(status.clone());
    }
    let configured_words = project.config.status.words.keys().map(String::as_str);
    Ok(status_named(word, configured_words, &project.config.words())?.status)
}

/// Whether the record has the status. The name of a lifecycle state also matches other words with that meaning.
fn has_status(record: &Record, wanted_status: &Status) -> bool {
    let state = wanted_status.meaning.filter(|state| state.as_str() == wanted_status.word);
    record.status().is_some_and(|status| {
        status.word == wanted_status.word || state.is_some_and(|state| status.is(state))
    })
}

fn has_any(
    values: &[Spanned<String>],
    wanted_values: &[String],
    matches: fn(&str, &str) -> bool,
) -> bool {
    values.iter().any(|value| wanted_values.iter().any(|wanted| matches(&value.value, wanted)))
}

fn is_same(value: &str, wanted: &str) -> bool {
    value.to_lowercase() == wanted.to_lowercase()
}

fn contains(value: &str, wanted: &str) -> bool {
    value.to_lowercase().contains(&wanted.to_lowercase())
}

/// Keeps the records that contain all the words in their title, id or file name.
pub(crate) fn matching_words(log: &Log, ids: Vec<RecordId>, words: &[String]) -> Vec<RecordId> {
    if words.is_empty() {
        return ids;
    }
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let contains_all = |id: &RecordId| {
        let record = log.record(*id);
        let searched_text =
            format!("{} {} {}", record.label(), record.title_or_file(), record.file);
        let searched_text = searched_text.to_lowercase();
        words.iter().all(|word| searched_text.contains(word))
    };
    ids.into_iter().filter(contains_all).collect()
}

/// Returns how the command ends. If no record passed the given filters, reports why.
pub(crate) fn filter_outcome(
    filter: &RecordFilter,
    words: &[String],
    (log, ids): (&Log, &[RecordId]),
    session: &mut Session<'_>,
) -> Outcome {
    if !ids.is_empty() || (filter.is_empty() && words.is_empty()) {
        return Outcome::Done;
    }
    let tags = log.records().iter().flat_map(|record| &record.tags);
    let people = log.records().iter().flat_map(|record| &record.decision_makers);
    let reason = unknown_value("has the tag", &filter.tag, tags, is_same)
        .or_else(|| unknown_value("names as decision maker", &filter.decider, people, contains))
        .unwrap_or_else(|| match words {
            [] => "passes the filters".to_owned(),
            words => format!("matches `{}`", words.join(" ")),
        });
    session.ui.remark(&one_line(&format!("no record {reason}")));
    Outcome::Findings
}

/// Returns a phrase about `wanted_values` if no record has any of them, with the nearest value of a record.
fn unknown_value<'l>(
    verb: &str,
    wanted_values: &[String],
    known_values: impl Iterator<Item = &'l Spanned<String>>,
    matches: fn(&str, &str) -> bool,
) -> Option<String> {
    let known_values: Vec<&str> = known_values.map(|known| known.value.as_str()).collect();
    let is_known = |wanted: &String| known_values.iter().any(|known| matches(known, wanted));
    if wanted_values.is_empty() || wanted_values.iter().any(is_known) {
        return None;
    }
    let distance = |known: &str, wanted: &str| {
        strsim::damerau_levenshtein(&known.to_lowercase(), &wanted.to_lowercase())
    };
    let near_values = wanted_values.iter().flat_map(|wanted| {
        // A third of the letters may differ.
        let max_distance = 2.max(wanted.chars().count() / 3);
        known_values
            .iter()
            .map(move |known| (distance(known, wanted), *known))
            .filter(move |(distance, _)| *distance <= max_distance)
    });
    let suggestion = near_values.min().map(|(_, known)| format!("; did you mean `{known}`?"));
    Some(format!("{verb} `{}`{}", wanted_values.join("` or `"), suggestion.unwrap_or_default()))
}
