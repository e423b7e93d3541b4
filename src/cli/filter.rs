//! Which records a command is about: the filters that several commands share.

use super::reference::one_line;
use super::{Outcome, Session};
use crate::Result;
use crate::author::status_named;
use crate::model::{Date, Log, Record, RecordId, Status};
use crate::project::Project;
use crate::text::Spanned;

/// Filters; a record has to pass all of them, and one value of each that may be repeated.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filter {
    /// Only records with this status; may be repeated
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,

    /// Only records with this tag; may be repeated
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Only records that this person decided; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    decider: Vec<String>,

    /// Only records of this day and later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    since: Option<Date>,

    /// Only records of this day and before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    until: Option<Date>,

    /// Only records that are to be followed today
    #[arg(long)]
    in_force: bool,

    /// Only records whose day of review has passed
    #[arg(long)]
    overdue: bool,
}

impl Filter {
    /// Whether every record passes.
    pub(super) fn is_empty(&self) -> bool {
        let lists = [&self.status, &self.tag, &self.decider];
        let dates = self.since.or(self.until);
        lists.iter().all(|list| list.is_empty())
            && dates.is_none()
            && !self.in_force
            && !self.overdue
    }

    /// The options that were given, as words.
    pub(super) fn words(&self) -> Vec<String> {
        let named = |name: &'static str, list: &[String]| -> Vec<String> {
            list.iter().map(|value| format!("{name}={value}")).collect()
        };
        let day = |name: &str, date: Option<Date>| date.map(|date| format!("{name}={date}"));
        let mut words = named("status", &self.status);
        words.extend(named("tag", &self.tag));
        words.extend(named("decider", &self.decider));
        words.extend(day("since", self.since));
        words.extend(day("until", self.until));
        words.extend(self.in_force.then(|| "in-force".to_owned()));
        words.extend(self.overdue.then(|| "overdue".to_owned()));
        words
    }

    /// The records that pass, in log order.
    ///
    /// # Errors
    ///
    /// Where a status is asked for that neither the field, nor the team, nor any record knows.
    pub(super) fn records(
        &self,
        project: &Project,
        session: &Session<'_>,
    ) -> Result<Vec<RecordId>> {
        let log = &project.log;
        let overdue = if self.overdue { Some(session.today()?) } else { None };
        let statuses: Vec<Status> =
            self.status.iter().map(|word| wanted(word, project)).collect::<Result<_>>()?;
        let passes = |id: RecordId, record: &Record| {
            (statuses.is_empty() || statuses.iter().any(|status| has_status(record, status)))
                && (self.tag.is_empty() || has_any(&record.tags, &self.tag, same))
                && (self.decider.is_empty()
                    || has_any(&record.decision_makers, &self.decider, holds))
                && self.since.is_none_or(|since| record.date().is_some_and(|date| date >= since))
                && self.until.is_none_or(|until| record.date().is_some_and(|date| date <= until))
                && (!self.in_force || log.in_force(id))
                && overdue.is_none_or(|today| record.overdue(today).is_some())
        };
        Ok(log.iter().filter(|(id, record)| passes(*id, record)).map(|(id, _)| id).collect())
    }
}

/// The status that `word` asks for: one of the field or the team, or a word that a record uses.
fn wanted(word: &str, project: &Project) -> Result<Status> {
    let lower = word.trim().to_lowercase();
    let statuses = project.log.records().iter().filter_map(Record::status);
    if let Some(used) = statuses.into_iter().find(|status| status.word == lower) {
        return Ok(used.clone());
    }
    let team = project.config.status.words.keys().map(String::as_str);
    Ok(status_named(word, team, &project.config.words())?.status)
}

/// A state of the lifecycle also stands for the words that mean it.
fn has_status(record: &Record, wanted: &Status) -> bool {
    let state = wanted.meaning.filter(|meaning| meaning.as_str() == wanted.word);
    record.status().is_some_and(|status| {
        status.word == wanted.word || state.is_some_and(|state| status.is(state))
    })
}

fn has_any(list: &[Spanned<String>], wanted: &[String], is: fn(&str, &str) -> bool) -> bool {
    list.iter().any(|one| wanted.iter().any(|wanted| is(&one.value, wanted)))
}

fn same(one: &str, wanted: &str) -> bool {
    one.to_lowercase() == wanted.to_lowercase()
}

fn holds(one: &str, wanted: &str) -> bool {
    one.to_lowercase().contains(&wanted.to_lowercase())
}

/// The records whose title, id or file name hold all the words.
pub(super) fn named(log: &Log, ids: Vec<RecordId>, words: &[String]) -> Vec<RecordId> {
    if words.is_empty() {
        return ids;
    }
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let holds = |id: &RecordId| {
        let record = log.record(*id);
        let text = format!("{} {} {}", record.label(), record.title_or_file(), record.file);
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    ids.into_iter().filter(holds).collect()
}

/// How the command ends: where records were asked for and none passed, says so.
pub(super) fn end(
    filter: &Filter,
    words: &[String],
    (log, ids): (&Log, &[RecordId]),
    session: &mut Session<'_>,
) -> Outcome {
    if !ids.is_empty() || (filter.is_empty() && words.is_empty()) {
        return Outcome::Done;
    }
    let tags = log.records().iter().flat_map(|record| &record.tags);
    let people = log.records().iter().flat_map(|record| &record.decision_makers);
    let about = unknown("has the tag", &filter.tag, tags, same)
        .or_else(|| unknown("names as one who decided", &filter.decider, people, holds))
        .unwrap_or_else(|| match words {
            [] => "passes the filters".to_owned(),
            words => format!("matches `{}`", words.join(" ")),
        });
    session.ui.remark(&one_line(&format!("no record {about}")));
    Outcome::Findings
}

/// What no record says, where none of the `wanted` is among the `there`; with the nearest that is.
fn unknown<'l>(
    verb: &str,
    wanted: &[String],
    there: impl Iterator<Item = &'l Spanned<String>>,
    is: fn(&str, &str) -> bool,
) -> Option<String> {
    let there: Vec<&str> = there.map(|one| one.value.as_str()).collect();
    let is_known = |wanted: &String| there.iter().any(|one| is(one, wanted));
    if wanted.is_empty() || wanted.iter().any(is_known) {
        return None;
    }
    let far = |one: &str, wanted: &str| {
        strsim::damerau_levenshtein(&one.to_lowercase(), &wanted.to_lowercase())
    };
    let near = wanted.iter().flat_map(|wanted| {
        let least = 2.max(wanted.chars().count() / 3);
        there.iter().map(move |one| (far(one, wanted), *one)).filter(move |(far, _)| *far <= least)
    });
    let near = near.min().map(|(_, one)| format!("; did you mean `{one}`?")).unwrap_or_default();
    Some(format!("{verb} `{}`{near}", wanted.join("` or `")))
}
