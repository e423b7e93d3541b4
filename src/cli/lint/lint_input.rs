//! The input of a lint run, read once. `adr lint` uses it for the check and the fixes, `adr build` for the page of
//! findings, so that both report the same.

use super::fix_writer::{FirstCommits, FixWriter};
use crate::Result;
use crate::cli::args::Comparison;
use crate::cli::changes::LIST_START;
use crate::cli::session::Session;
use crate::lint::{
    Base, ChangedTexts, Config, EditRequest, Run, Surroundings, citation_words, needs_checkout,
};
use crate::model::{BaseSnapshots, Checkout, Date, Log, Record, Transitions};
use crate::project::{FolderNames, Project};
use crate::text::Source;

/// Which fixes are written for findings. Writing them takes longer than finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixes {
    /// None, as they would not be used.
    None,
    /// Those that do not need the history of the repository.
    Quick,
    All,
}

/// Returns the selection of rules in `adr.toml`.
pub(crate) fn lint_config(project: &Project) -> Config {
    let scheme = project.config.scheme.clone();
    Config { scheme, ..project.config.lint.clone() }
}

/// The input of a lint run.
pub(crate) struct LintInput<'p> {
    project: &'p Project,
    config: &'p Config,
    today: Date,
    names: FolderNames,
    transitions: Transitions,
    /// The states of the log that it is compared with.
    pub trees: Option<BaseSnapshots>,
    /// The texts in the folder of the log that are not records.
    other_files: Vec<Source>,
    /// The tracked files around the log, if a selected rule reads them.
    pub checkout: Option<Checkout>,
}

impl<'p> LintInput<'p> {
    /// Reads what a run needs beyond the log of `project`.
    ///
    /// # Errors
    ///
    /// If the base cannot be used, or `config` names an unknown rule.
    pub(crate) fn read(
        project: &'p Project,
        config: &'p Config,
        comparison: &mut Comparison,
        session: &Session<'_>,
    ) -> Result<Self> {
        let read_checkout = || project.checkout(&citation_words(&project.log), LIST_START);
        // An editor that passes one text waits for the answer, so tracked files are not read.
        let is_saved = project.unsaved.is_none();
        let checkout = (needs_checkout(config)? && is_saved).then(read_checkout).flatten();
        Ok(Self {
            project,
            config,
            today: session.today()?,
            names: FolderNames::around(&project.place.folder),
            transitions: project.config.transitions(),
            trees: comparison.trees(project)?,
            other_files: project.other_texts(),
            checkout,
        })
    }

    /// Passes a run on the log to `work`. The findings of the run have the requested fixes.
    pub(crate) fn run<T>(
        &self,
        fixes: Fixes,
        work: impl FnOnce(&mut Run<'_>) -> Result<T>,
    ) -> Result<T> {
        let words = self.project.words();
        let first_commits = FirstCommits::new(self.project, words);
        let reads_history = fixes == Fixes::All;
        let first_commit_date =
            |record: &Record| reads_history.then(|| first_commits.date(record)).flatten();
        let fix_writer = FixWriter {
            project: self.project,
            words,
            date: self.today,
            first_commit_date: &first_commit_date,
        };
        let write_fix = |log: &Log, other_files: &[Source], request: EditRequest<'_>| {
            // Only writing a list of records again shows whether it is out of date.
            let is_needed = fixes != Fixes::None || matches!(request, EditRequest::Contents { .. });
            is_needed.then(|| fix_writer.write(log, other_files, request)).flatten()
        };
        let log = &self.project.log;
        let trees = self.trees.as_ref();
        let surroundings = Surroundings {
            folder: &self.project.place.folder,
            today: self.today,
            config: self.config,
            names_in: &|folder: &str| self.names.within(folder),
            reread: &|texts: &ChangedTexts| self.project.reread(texts),
            base: trees.map(|trees| Base::new(trees, log, &self.transitions, words)),
            editor: &write_fix,
            others: &self.other_files,
            checkout: self.checkout.as_ref(),
        };
        work(&mut Run::new(surroundings, log))
    }

    /// Returns the texts other than records that a fix may change, as they were read.
    pub(crate) fn pages(&self) -> Vec<Source> {
        let tracked_files =
            self.checkout.iter().flat_map(|checkout| &checkout.texts).map(|file| &file.source);
        self.other_files.iter().chain(tracked_files).cloned().collect()
    }

    /// Forgets the names of files, after fixes have renamed some.
    pub(crate) fn forget_names(&self) {
        self.names.forget();
    }
}
