//! The command line to complete, and the log that it selects.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::sync::OnceLock;

use clap::{ArgMatches, FromArgMatches};
use clap_complete::engine::CompletionCandidate;

use super::record_names::RecordNames;
use crate::cli::args::Global;
use crate::cli::command_line::command_line;
use crate::cli::terminal::{counted, one_line};
use crate::model::{Lifecycle, Lookup, Record, RecordId};
use crate::project::{Project, Request};
use crate::text::breaks_line;

/// A value that may be completed to.
pub(super) struct CompletionValue {
    pub value: String,
    /// Shown next to the value; may be empty.
    pub description: String,
}

impl CompletionValue {
    pub(super) fn new(value: &str, description: &str) -> Self {
        Self { value: value.to_owned(), description: description.to_owned() }
    }

    /// Returns a candidate without a description.
    pub(super) fn plain(value: &str) -> Self {
        Self::new(value, "")
    }
}

/// The command line to complete, and the log that it selects, which is read when a value is needed.
pub(super) struct CompletionContext {
    global: Global,
    /// Whether the folder of `-C` could be entered.
    is_in_folder: bool,
    command: String,
    /// The arguments of the command so far.
    matches: ArgMatches,
    /// Whether the shell inserts values unquoted, so that special characters must be escaped.
    needs_quotes: bool,
    project: OnceLock<Option<Project>>,
}

impl CompletionContext {
    /// Parses the command line without the word at the cursor.
    pub(super) fn new(line: &[OsString], cursor_index: usize, shell: &str) -> Self {
        let words = line.iter().enumerate().filter(|(index, _)| *index != cursor_index);
        let words = words.map(|(_, word)| word);
        let matches = command_line().ignore_errors(true).try_get_matches_from(words);
        let matches = matches.unwrap_or_default();
        let global = Global::from_arg_matches(&matches).unwrap_or_default();
        let is_in_folder = global.change_folder().is_ok();
        let (command, matches) = match matches.subcommand() {
            Some((name, command_matches)) => (name.to_owned(), command_matches.clone()),
            None => (String::new(), ArgMatches::default()),
        };
        let needs_quotes = shell == "bash";
        Self { global, is_in_folder, command, matches, needs_quotes, project: OnceLock::new() }
    }

    /// Returns the values that an argument already has.
    pub(super) fn given_values(&self, id: &str) -> impl Iterator<Item = &String> {
        self.matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten()
    }

    /// Returns the log, if there is one.
    fn project(&self) -> Option<&Project> {
        let open = || {
            let (dir, settings) = (self.global.dir.as_deref(), self.global.settings());
            let request = Request { dir, settings, ..Request::default() };
            Project::open_fields(&request).ok().filter(|_| self.is_in_folder)
        };
        self.project.get_or_init(open).as_ref()
    }

    /// Converts a candidate to the form that the shell expects.
    pub(super) fn for_shell(&self, candidate: CompletionValue) -> CompletionCandidate {
        let CompletionValue { mut value, description } = candidate;
        if self.needs_quotes {
            let is_special = |c: char| !(c.is_alphanumeric() || "-_./@:,+=~".contains(c));
            value = value
                .chars()
                .flat_map(|c| is_special(c).then_some('\\').into_iter().chain([c]))
                .collect();
        }
        let description = (!description.is_empty()).then(|| description.into());
        CompletionCandidate::new(value).help(description)
    }

    /// Returns the records that match `typed`.
    pub(super) fn references(&self, typed: &str) -> Vec<CompletionValue> {
        self.records(typed, |_, _| true)
    }

    /// Returns the matching records that may supersede others.
    pub(super) fn successors(&self, typed: &str) -> Vec<CompletionValue> {
        self.records(typed, |project, id| project.log.in_force(id))
    }

    /// Returns the eligible records with a name, or a word of the title, that starts with `typed`.
    fn records(
        &self,
        typed: &str,
        is_eligible: fn(&Project, RecordId) -> bool,
    ) -> Vec<CompletionValue> {
        let Some(project) = self.project() else { return vec![] };
        let log = &project.log;
        let names = RecordNames::new(log.records());
        let typed = typed.to_lowercase();
        let may_be_title = typed.contains(char::is_alphabetic);
        let matches = |name: &str, record: &Record| {
            name.to_lowercase().starts_with(&typed)
                || may_be_title && title_words(record).any(|word| word.starts_with(&typed))
        };
        let mut candidates = Vec::new();
        for (_, record) in log.iter().filter(|(id, _)| is_eligible(project, *id)) {
            let value = names.name(record, &typed);
            // A shell would split a name with a line break into two values.
            if matches(&value, record) && !breaks_line(&value) {
                candidates.push(CompletionValue { value, description: title_and_status(record) });
            }
        }
        candidates
    }

    /// Returns the statuses that the given record may change to.
    pub(super) fn next_statuses(&self) -> Vec<CompletionValue> {
        let Some(project) = self.project() else { return state_candidates(&Lifecycle::ALL) };
        let lookup = self.given_values("reference").next().map(|given| project.log.find(given));
        let record = match lookup {
            Some(Lookup::One(id)) => Some(project.log.record(id)),
            _ => None,
        };
        let state = record.and_then(Record::status).and_then(|status| status.meaning);
        let transitions = project.config.transitions();
        let next_states =
            state.map_or(Lifecycle::ALL.to_vec(), |from| transitions.after(from).to_vec());
        let words = project.config.status.words.iter();
        let words = words.filter(|(_, meaning)| next_states.contains(&meaning.0));
        let words =
            words.map(|(word, meaning)| CompletionValue::new(&one_line(word), meaning.0.as_str()));
        state_candidates(&next_states).into_iter().chain(words).collect()
    }

    /// Returns all statuses. For a filter, these include words that only a record uses.
    pub(super) fn statuses(&self) -> Vec<CompletionValue> {
        let mut candidates = state_candidates(&Lifecycle::ALL);
        let Some(project) = self.project() else { return candidates };
        let mut words: BTreeSet<String> = project.config.status.words.keys().cloned().collect();
        if !["new", "supersede"].contains(&&*self.command) {
            let used_statuses = project.log.records().iter().filter_map(Record::status);
            words.extend(used_statuses.map(|status| status.word.to_string()));
        }
        words.retain(|word| Lifecycle::named(word).is_none());
        candidates.extend(words.into_iter().map(|word| CompletionValue::plain(&one_line(&word))));
        candidates
    }

    /// Returns the values that records have in a list, each with the number of records.
    pub(super) fn used_values(&self, values_of: fn(&Record) -> Vec<&str>) -> Vec<CompletionValue> {
        let Some(project) = self.project() else { return vec![] };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for value in project.log.records().iter().flat_map(values_of) {
            *counts.entry(one_line(value)).or_default() += 1;
        }
        let candidate =
            |(value, count)| CompletionValue { value, description: counted(count, "record") };
        counts.into_iter().map(candidate).collect()
    }
}

/// Returns the words of a title, in lower case.
fn title_words(record: &Record) -> impl Iterator<Item = String> {
    let words = record.title_or_file().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn title_and_status(record: &Record) -> String {
    let status = record.status().map(|status| format!(" ({status})")).unwrap_or_default();
    one_line(&format!("{}{status}", record.title_or_file()))
}

/// Returns the names of lifecycle states.
fn state_candidates(states: &[Lifecycle]) -> Vec<CompletionValue> {
    states.iter().map(|state| CompletionValue::plain(state.as_str())).collect()
}
