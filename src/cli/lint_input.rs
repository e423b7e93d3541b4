//! What a lint run works with, read once: by `adr lint` for the check and the fixes, by `adr build` for the page of
//! findings, so that both say the same.

use super::base::Comparison;
use super::scribe::{Births, Scribe};
use super::{Session, contents};
use crate::Result;
use crate::lint::{
    Base, ChangedTexts, Config, EditRequest, Run, Surroundings, citation_words, needs_checkout,
};
use crate::model::{Checkout, Date, Log, Record, Transitions, Trees};
use crate::project::{Names, Project};
use crate::text::Source;

/// Which fixes are written for findings: they take longer than the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixes {
    /// None: no one will make them.
    None,
    /// Those for which the history of the repository need not be read.
    Quick,
    All,
}

/// Which rules apply, as `adr.toml` says.
pub(super) fn lint_config(project: &Project) -> Config {
    let scheme = project.config.scheme.clone();
    Config { scheme, ..project.config.lint.clone() }
}

/// What a lint run works with.
pub(super) struct LintInput<'p> {
    project: &'p Project,
    config: &'p Config,
    today: Date,
    names: Names,
    transitions: Transitions,
    /// What the log is compared with.
    pub trees: Option<Trees>,
    /// The texts in the folder of the log that are not records.
    others: Vec<Source>,
    /// What git tracks around the log, if a rule looks at it.
    pub checkout: Option<Checkout>,
}

impl<'p> LintInput<'p> {
    /// Reads what is around the log of `project`.
    ///
    /// # Errors
    ///
    /// If the base cannot be used, or `config` names a rule that does not exist.
    pub(super) fn read(
        project: &'p Project,
        config: &'p Config,
        comparison: &mut Comparison,
        session: &Session<'_>,
    ) -> Result<Self> {
        let read = || project.checkout(&citation_words(&project.log), contents::BEGIN);
        // An editor asks about one text, and waits for the answer.
        let is_saved = project.unsaved.is_none();
        let checkout = (needs_checkout(config)? && is_saved).then(read).flatten();
        Ok(Self {
            project,
            config,
            today: session.today()?,
            names: Names::around(&project.place.folder),
            transitions: project.config.transitions(),
            trees: comparison.trees(project)?,
            others: project.beside(),
            checkout,
        })
    }

    /// Does something with a run on the log, whose findings have these fixes.
    pub(super) fn run<T>(
        &self,
        fixes: Fixes,
        work: impl FnOnce(&mut Run<'_>) -> Result<T>,
    ) -> Result<T> {
        let words = self.project.words();
        let births = Births::new(self.project, words);
        let is_dated = fixes == Fixes::All;
        let born = |record: &Record| is_dated.then(|| births.of(record)).flatten();
        let scribe = Scribe { project: self.project, words, date: self.today, born: &born };
        let grant = |log: &Log, others: &[Source], wish: EditRequest<'_>| {
            // Whether a list of records is out of date shows only when it is written again.
            let is_needed = fixes != Fixes::None || matches!(wish, EditRequest::Contents { .. });
            is_needed.then(|| scribe.grant(log, others, wish)).flatten()
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
            editor: &grant,
            others: &self.others,
            checkout: self.checkout.as_ref(),
        };
        work(&mut Run::new(surroundings, log))
    }

    /// The texts that are not records and that a fix may change, as they were read.
    pub(super) fn pages(&self) -> Vec<Source> {
        let tracked = self.checkout.iter().flat_map(|all| &all.texts).map(|one| &one.source);
        self.others.iter().chain(tracked).cloned().collect()
    }

    /// Forgets which files there were: fixes have given some of them other names.
    pub(super) fn forget_names(&self) {
        self.names.forget();
    }
}
