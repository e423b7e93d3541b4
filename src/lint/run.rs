//! A lint run: one log, what is known around it, and what is found in it, gathered once for the check, for fixes and for
//! the page of a site that shows findings. Does not depend on single rules.

use std::path::Path;
use std::sync::OnceLock;

use super::mend::Texts;
use super::{Base, Config, Context, Coverage, Diagnostic, Scribe, custom, each, order, unordered};
use crate::Result;
use crate::model::{Checkout, Date, Log, NamesIn, Tracked};
use crate::text::Source;

/// What a run is given.
pub struct Surroundings<'a> {
    /// The folder of the log.
    pub folder: &'a Path,
    /// The day on which the log is checked.
    pub today: Date,
    /// Which rules apply.
    pub config: &'a Config,
    /// The names in folders.
    pub names_in: &'a NamesIn<'a>,
    /// The log as it would be with these texts instead of those that were read.
    pub reread: &'a dyn Fn(&Texts) -> Log,
    /// What the log was before the change, if that is known.
    pub base: Option<Base<'a>>,
    /// Who can write answers.
    pub scribe: &'a Scribe<'a>,
    /// The texts beside the records that a fix may change, as they were read.
    pub others: &'a [Source],
    /// What git tracks around the log, if there is git.
    pub checkout: Option<&'a Checkout>,
}

/// A log that is checked, in the state after the last fix that was accepted.
pub struct Run<'a> {
    surroundings: Surroundings<'a>,
    log: &'a Log,
    pub(super) state: State,
}

/// What differs from what was read, and what is found. Nothing is copied that did not change.
#[derive(Default)]
pub(super) struct State {
    /// The files that changed.
    pub texts: Texts,
    log: Option<Log>,
    others: Option<Vec<Source>>,
    checkout: Option<Checkout>,
    /// A finding for every record, in the order of reports.
    pub found: OnceLock<Vec<Diagnostic>>,
}

impl<'a> Run<'a> {
    /// A run on `log`, which was read from the folder of the `surroundings`.
    pub fn new(surroundings: Surroundings<'a>, log: &'a Log) -> Self {
        Self { surroundings, log, state: State::default() }
    }

    /// Forgets what was found: what is around the log has changed since.
    pub fn look_again(&mut self) {
        self.state.found = OnceLock::new();
    }

    /// What the rules may know of the log as it is by now.
    ///
    /// # Errors
    ///
    /// If the configuration names a rule that does not exist.
    pub fn context(&self) -> Result<Context<'_>> {
        self.context_of(&self.state)
    }

    /// What is found in the log as it is by now, ordered as reports show it. What many records have in common is one
    /// finding on the log. The `context` is the one of this run.
    pub fn findings(&self, context: &Context<'_>, coverage: Coverage) -> Vec<Diagnostic> {
        let found = match self.state.found.get() {
            Some(found) => found.clone(),
            None => unordered(context),
        };
        let mut found = custom::folded(context, found, coverage);
        order(context, &mut found);
        found
    }

    pub(super) fn context_of<'s>(&'s self, state: &'s State) -> Result<Context<'s>> {
        let Surroundings { folder, today, config, names_in, .. } = self.surroundings;
        let log = state.log.as_ref().unwrap_or(self.log);
        let others = state.others.as_deref().unwrap_or(self.surroundings.others);
        let checkout = state.checkout.as_ref().or(self.surroundings.checkout);
        let context = Context::new(log, folder, today, config, names_in)?;
        let context = context.against(self.surroundings.base.clone());
        Ok(context.with_scribe(self.surroundings.scribe, others).within(checkout))
    }

    /// The state with these texts instead of those that were read.
    pub(super) fn state_with(&self, texts: Texts) -> State {
        let is_changed = |source: &Source| texts.contains_key(source.path());
        let now = |source: &Source| match texts.get(source.path()) {
            Some(new) => Source::new(&new.path, new.text.as_str()),
            None => source.clone(),
        };
        let others = self.surroundings.others;
        let others =
            others.iter().any(is_changed).then(|| others.iter().map(now).collect::<Vec<_>>());
        let checkout = self.surroundings.checkout;
        let checkout = checkout.filter(|all| all.texts.iter().any(|one| is_changed(&one.source)));
        let checkout = checkout.map(|all| {
            let tracked = all.texts.iter();
            let texts =
                tracked.map(|one| Tracked { name: one.name.clone(), source: now(&one.source) });
            Checkout { texts: texts.collect(), ..all.clone() }
        });
        let log = Some((self.surroundings.reread)(&texts));
        State { texts, log, others, checkout, found: OnceLock::new() }
    }
}

impl State {
    /// What is found in this state, whose `context` it is: looked for once.
    pub(super) fn found(&self, context: &Context<'_>) -> &[Diagnostic] {
        self.found.get_or_init(|| each(context))
    }
}
