//! A lint run: one log with its surroundings, read once for the check, for fixes and for the findings page of a site.

use std::path::Path;
use std::sync::OnceLock;

use super::analysis::Base;
use super::check_log::{self, one_by_one, order, unordered};
use super::config::Config;
use super::context::{CheckSettings, Context};
use super::finding::{Coverage, Diagnostic, RecordEditor, summarized};
use super::fixes::ChangedTexts;
use crate::Result;
use crate::model::{Checkout, Date, Log, NamesIn, Tracked};
use crate::text::Source;

/// What a run needs besides the log.
pub struct Surroundings<'a> {
    /// The folder of the log.
    pub folder: &'a Path,
    /// The date of the check.
    pub today: Date,
    /// Which rules apply.
    pub config: &'a Config,
    /// The names in folders.
    pub names_in: &'a NamesIn<'a>,
    /// Reads the log again with these texts instead of those on the disk.
    pub reread: &'a dyn Fn(&ChangedTexts) -> Log,
    /// The state of the log before the change, if it is known.
    pub base: Option<Base<'a>>,
    /// Carries out the requests of rules.
    pub editor: &'a RecordEditor<'a>,
    /// The texts next to the records that a fix may change, as they were read.
    pub others: &'a [Source],
    /// The files that git tracks around the log, if there is a repository.
    pub checkout: Option<&'a Checkout>,
}

/// The check of a log in its state after the last accepted fix.
pub struct Run<'a> {
    surroundings: Surroundings<'a>,
    log: &'a Log,
    pub(super) state: RunState,
}

/// What differs from what was read, and the findings. Only what has changed is copied.
#[derive(Default)]
pub(super) struct RunState {
    /// The files that have changed.
    pub texts: ChangedTexts,
    log: Option<Log>,
    others: Option<Vec<Source>>,
    checkout: Option<Checkout>,
    /// The findings without summary findings, in the order of reports.
    diagnostics: OnceLock<Vec<Diagnostic>>,
}

impl<'a> Run<'a> {
    /// A run on `log`, which was read from the folder of the `surroundings`.
    pub fn new(surroundings: Surroundings<'a>, log: &'a Log) -> Self {
        Self { surroundings, log, state: RunState::default() }
    }

    /// Drops the findings, because the surroundings of the log have changed.
    pub fn look_again(&mut self) {
        self.state.diagnostics = OnceLock::new();
    }

    /// What the rules may know of the present state of the log.
    ///
    /// # Errors
    ///
    /// If the configuration names a rule that does not exist.
    pub fn context(&self) -> Result<Context<'_>> {
        self.context_of(&self.state)
    }

    /// The findings in the present state of the log, with summary findings, in the order of reports. The `context` is
    /// the one of this run.
    pub fn findings(&self, context: &Context<'_>, coverage: Coverage) -> Vec<Diagnostic> {
        let diagnostics = match self.state.diagnostics.get() {
            Some(diagnostics) => diagnostics.clone(),
            None => unordered(context),
        };
        let mut diagnostics = summarized(context, diagnostics, coverage);
        order(context, &mut diagnostics);
        diagnostics
    }

    pub(super) fn context_of<'s>(&'s self, state: &'s RunState) -> Result<Context<'s>> {
        let Surroundings { folder, today, config, names_in, .. } = self.surroundings;
        let log = state.log.as_ref().unwrap_or(self.log);
        let others = state.others.as_deref().unwrap_or(self.surroundings.others);
        let checkout = state.checkout.as_ref().or(self.surroundings.checkout);
        let settings = CheckSettings { folder, today, config, names_in };
        let context = check_log::prepare(log, settings)?;
        let context = context.against(self.surroundings.base.clone());
        Ok(context.with_editor(self.surroundings.editor, others).within(checkout))
    }

    /// The state with these texts instead of those that were read.
    pub(super) fn state_with(&self, texts: ChangedTexts) -> RunState {
        let is_changed = |source: &Source| texts.contains_key(source.path());
        let current = |source: &Source| match texts.get(source.path()) {
            Some(new) => Source::new(&new.path, new.text.as_str()),
            None => source.clone(),
        };
        let others = self.surroundings.others;
        let changed_others = others
            .iter()
            .any(is_changed)
            .then(|| others.iter().map(current).collect::<Vec<Source>>());
        let checkout = self.surroundings.checkout;
        let checkout = checkout
            .filter(|checkout| checkout.texts.iter().any(|tracked| is_changed(&tracked.source)));
        let changed_checkout = checkout.map(|checkout| {
            let tracked = checkout.texts.iter().map(|tracked| Tracked {
                name: tracked.name.clone(),
                source: current(&tracked.source),
            });
            Checkout { texts: tracked.collect(), ..checkout.clone() }
        });
        let log = (self.surroundings.reread)(&texts);
        RunState {
            texts,
            log: Some(log),
            others: changed_others,
            checkout: changed_checkout,
            diagnostics: OnceLock::new(),
        }
    }
}

impl RunState {
    /// The findings in this state, whose `context` it is, without summary findings. Searched for only once.
    pub(super) fn diagnostics(&self, context: &Context<'_>) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| one_by_one(context))
    }
}
