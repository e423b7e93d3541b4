//! Applies fixes to a log in rounds, until none is left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::changed_texts::{ChangedTexts, Origins};
use super::fix_selection::select_fixes;
use super::planned_fix::{FindingKey, PlannedFix, finding_key, texts_after};
use super::regressions::{CheckedState, Regressions};
use super::side_effects::add_side_effects;
use crate::Result;
use crate::lint::context::Context;
use crate::lint::finding::{Diagnostic, Safety};
use crate::lint::run::{Run, RunState};
use crate::model::Log;
use crate::text::{Change, Edit, Rewritten, Source};

/// Which findings are to be fixed.
pub type IsWanted<'a> = dyn Fn(&Context<'_>, &Diagnostic) -> bool + 'a;

/// The result of applying fixes.
#[derive(Debug, Default)]
pub struct FixOutcome {
    /// The files that change.
    pub texts: ChangedTexts,
    /// How many findings were fixed.
    pub fixed_count: usize,
    /// The fixes that were reverted, because they would have made a new finding or changed something else: the harm,
    /// the title of the fix, and the path.
    pub reverted: Vec<String>,
    /// How often fixes were applied or tried. Each time the whole log was read and checked once.
    pub rounds: usize,
    /// Whether fixes were left when the limit of rounds was reached.
    pub is_stopped: bool,
    /// The findings whose fixes were reverted.
    unfixable: BTreeSet<FindingKey>,
}

/// When to stop.
struct Limits {
    /// More rounds than any chain of fixes needs; a limit for rules that would undo each other.
    rounds: usize,
    /// How many records may be read altogether, as soon as there were `fewest_rounds`. Every round reads all records
    /// again, and for most findings one of them several times, so that a large log gets fewer rounds.
    read_records: usize,
    fewest_rounds: usize,
}

const LIMITS: Limits = Limits { rounds: 200, read_records: 50_000, fewest_rounds: 20 };

/// How many records are read per finding.
const READ_PER_FINDING: usize = 4;

impl Run<'_> {
    /// Applies every wanted safe fix, and with [`Safety::Unsafe`] the others too, until none is left or the limit of
    /// rounds is reached. The state of the run is then the one after the last fix that made nothing worse.
    ///
    /// # Errors
    ///
    /// If the configuration names a rule that does not exist.
    pub fn fix(&mut self, least_safety: Safety, is_wanted: &IsWanted<'_>) -> Result<FixOutcome> {
        self.fix_within(&LIMITS, least_safety, is_wanted)
    }

    fn fix_within(
        &mut self,
        limits: &Limits,
        least_safety: Safety,
        is_wanted: &IsWanted<'_>,
    ) -> Result<FixOutcome> {
        let mut progress = Progress::default();
        while let Some(state) = self.round(&mut progress, limits, &|context, one| {
            let is_safe = one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
            (is_safe || least_safety == Safety::Unsafe) && is_wanted(context, one)
        })? {
            self.state = state;
        }
        progress.outcome.texts.clone_from(&self.state.texts);
        Ok(progress.outcome)
    }

    /// Tries fixes until some are accepted, and returns the state after them; `None` if there is nothing left to try.
    fn round(
        &self,
        progress: &mut Progress,
        limits: &Limits,
        is_wanted: &IsWanted<'_>,
    ) -> Result<Option<RunState>> {
        let context = self.context()?;
        let diagnostics = self.state.diagnostics(&context);
        let before = CheckedState { context: &context, diagnostics, texts: &self.state.texts };
        loop {
            let is_allowed = |one: &Diagnostic| {
                is_wanted(&context, one) && progress.is_open(&finding_key(&context, one))
            };
            let fixes = select_fixes(&context, diagnostics, progress.batch_size, is_allowed);
            if fixes.is_empty() && progress.postponed.is_empty() {
                return Ok(None);
            }
            if fixes.is_empty() {
                progress.resume_postponed();
                continue;
            }
            let read_count = context.log.records().len() + READ_PER_FINDING * diagnostics.len();
            if !progress.start_round(read_count, limits) {
                return Ok(None);
            }
            let state = self.state_with(texts_after(&context, &self.state.texts, &fixes));
            let regressions = self.regressions(&before, &state, &fixes, progress)?;
            if regressions.is_empty() {
                progress.accept(&fixes);
                return Ok(Some(state));
            }
            progress.reject(&regressions, &fixes, &Origins::new(&self.state.texts));
        }
    }

    /// What the fixes made worse: new findings, and changes that they are not meant to make.
    fn regressions(
        &self,
        before: &CheckedState<'_, '_>,
        state: &RunState,
        fixes: &[PlannedFix<'_>],
        progress: &mut Progress,
    ) -> Result<Regressions> {
        let fixed_now: Vec<&FindingKey> = fixes.iter().flat_map(|fix| &fix.keys).collect();
        progress.fixed_ever.extend(fixed_now.iter().copied().cloned());
        let context = self.context_of(state)?;
        let diagnostics = state.diagnostics(&context);
        let after = CheckedState { context: &context, diagnostics, texts: &state.texts };
        let mut regressions =
            Regressions::between(before, &after, &fixed_now, &progress.fixed_ever);
        add_side_effects(&mut regressions, fixes, before, &after);
        Ok(regressions)
    }
}

/// What was tried so far.
struct Progress {
    outcome: FixOutcome,
    /// The findings that were fixed at any time. One that comes back would be fixed forever.
    fixed_ever: BTreeSet<FindingKey>,
    /// How many records were read.
    read_records: usize,
    /// How many findings are fixed at once. Halved while they make things worse together, until one is left to blame.
    batch_size: usize,
    /// The suspects, which wait until everything else is fixed.
    postponed: BTreeSet<FindingKey>,
    /// Whether the postponed fixes have been resumed. They are not postponed twice.
    has_resumed: bool,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            outcome: FixOutcome::default(),
            fixed_ever: BTreeSet::new(),
            read_records: 0,
            batch_size: usize::MAX,
            postponed: BTreeSet::new(),
            has_resumed: false,
        }
    }
}

impl Progress {
    /// Whether the finding may be fixed now.
    fn is_open(&self, key: &FindingKey) -> bool {
        !self.outcome.unfixable.contains(key) && !self.postponed.contains(key)
    }

    fn resume_postponed(&mut self) {
        self.batch_size = (self.postponed.len() / 2).max(1);
        self.postponed.clear();
        self.has_resumed = true;
    }

    /// Starts a round that reads so many records, unless that exceeds the limits.
    fn start_round(&mut self, read_count: usize, limits: &Limits) -> bool {
        self.read_records += read_count;
        let exceeds_reads =
            self.read_records > limits.read_records && self.outcome.rounds >= limits.fewest_rounds;
        self.outcome.is_stopped = exceeds_reads || self.outcome.rounds == limits.rounds;
        if !self.outcome.is_stopped {
            self.outcome.rounds += 1;
        }
        !self.outcome.is_stopped
    }

    fn accept(&mut self, fixes: &[PlannedFix<'_>]) {
        self.outcome.fixed_count += fixes.iter().map(|fix| fix.keys.len()).sum::<usize>();
        self.batch_size = self.batch_size.saturating_mul(2);
    }

    /// Reverts the fix that caused the regressions, or arranges that fewer fixes are tried next time.
    fn reject(
        &mut self,
        regressions: &Regressions,
        fixes: &[PlannedFix<'_>],
        origins: &Origins<'_>,
    ) {
        let suspects = regressions.suspects(fixes, origins);
        match suspects.as_slice() {
            [culprit] if culprit.keys.len() == 1 => {
                let path = culprit.keys.first().map(|key| key.1.as_str()).unwrap_or_default();
                let reverted = format!("{}: {} in {path}", regressions.harm(), culprit.title);
                self.outcome.reverted.push(reverted);
                self.outcome.unfixable.extend(culprit.keys.iter().cloned());
                self.batch_size = self.batch_size.saturating_mul(2);
            }
            several if !self.has_resumed && several.len() < fixes.len() => {
                self.postponed.extend(several.iter().flat_map(|fix| fix.keys.iter().cloned()));
            }
            _ => {
                let fixed_count: usize = fixes.iter().map(|fix| fix.keys.len()).sum();
                self.batch_size = (fixed_count / 2).max(1);
            }
        }
    }
}

impl FixOutcome {
    /// Removes the fixes that were tried and reverted.
    pub fn withdraw(&self, context: &Context<'_>, diagnostics: &mut [Diagnostic]) {
        for one in diagnostics.iter_mut().filter(|one| one.fix.is_some()) {
            if self.unfixable.contains(&finding_key(context, one)) {
                one.fix = None;
            }
        }
    }

    /// The changes to the files of `log`, the log before any fix, and to `others`.
    pub fn changes(&self, log: &Log, others: &[Source]) -> Vec<Change> {
        let records = log.records().iter().map(|record| &record.source);
        let old_texts: BTreeMap<&Path, &str> =
            records.chain(others).map(|source| (source.path(), source.written())).collect();
        let change = |(path, new): (&PathBuf, &Rewritten)| {
            let old_text = old_texts.get(path.as_path())?;
            let edits = vec![Edit::between(old_text, &new.text).exactly()];
            if *path != new.path {
                return Some(Change::Move { path: path.clone(), to: new.path.clone(), edits });
            }
            (*old_text != new.text).then(|| Change::Edit { path: path.clone(), edits })
        };
        self.texts.iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt::Write as _;
    use std::path::Path;

    use super::{ChangedTexts, FixOutcome, LIMITS, Limits};
    use crate::format::{Recognised, Words, recognise};
    use crate::lint::{Config, Coverage, EditRequest, RecordEditor, Run, Safety, Surroundings};
    use crate::model::{Date, Log};
    use crate::text::{Change, Edit, Source};

    /// The log of these files, with `texts` instead of those that changed.
    fn log(files: &[(String, String)], texts: &ChangedTexts) -> Log {
        let read = |(file, text): &(String, String)| {
            let text = texts.get(Path::new(file)).map_or(text, |new| &new.text);
            match recognise(Source::new(file, text.as_str()), file, &Words::new(std::iter::empty()))
            {
                Recognised::Record(record) => record,
                Recognised::Skipped(one) => panic!("{one:?}"),
            }
        };
        Log::new(files.iter().map(read).collect(), vec![])
    }

    /// What becomes of the files, and how often they were read.
    fn fix(files: &[(String, String)], editor: &RecordEditor<'_>) -> (FixOutcome, usize) {
        fix_within(files, editor, &LIMITS)
    }

    fn fix_within(
        files: &[(String, String)],
        editor: &RecordEditor<'_>,
        limits: &Limits,
    ) -> (FixOutcome, usize) {
        let reads = Cell::new(0);
        let reread = |texts: &ChangedTexts| {
            reads.set(reads.get() + 1);
            log(files, texts)
        };
        let config = Config { select: vec!["ADR402".to_owned()], ..Config::default() };
        let surroundings = Surroundings {
            folder: Path::new(""),
            today: Date::day(2026, 11, 2).unwrap(),
            config: &config,
            names_in: &|_| None,
            reread: &reread,
            base: None,
            editor,
            others: &[],
            checkout: None,
        };
        let read = log(files, &ChangedTexts::new());
        let mut run = Run::new(surroundings, &read);
        let outcome = run.fix_within(limits, Safety::Safe, &|_, _| true).unwrap();
        let context = run.context().unwrap();
        // What is reported is what is left, and needs no other look at the log.
        assert!(
            run.findings(&context, Coverage::Log).len() + outcome.fixed_count >= files.len() - 1
        );
        (outcome, reads.get())
    }

    /// A record that `others` amend.
    fn amended(others: usize) -> Vec<(String, String)> {
        let record = |number: usize| {
            let claim = if number == 1 { "" } else { "\n\nAmends [1. R](0001-r.md)" };
            let text =
                format!("# {number}. R\n\n## Status\n\nAccepted{claim}\n\n## Context\n\nx\n");
            (format!("{number:04}-r.md"), text)
        };
        (1..=others + 1).map(record).collect()
    }

    /// Writes the back links after the status, at most `most` at once.
    fn write_back_links(log: &Log, request: EditRequest<'_>, most: usize) -> Option<Vec<Change>> {
        let EditRequest::BackLinks(back_links) = request else { return None };
        let record = log.record(back_links.first()?.record);
        let offset = record.text().find("\n\n## Context")?;
        let mut statements = String::new();
        for back_link in back_links {
            let other = log.record(back_link.other);
            let _ = write!(statements, "\n\nAmended by [R]({})", other.file);
        }
        let edits = vec![Edit::insert(offset, statements)];
        let change = Change::Edit { path: record.source.path().to_owned(), edits };
        (back_links.len() <= most).then(|| vec![change])
    }

    #[test]
    fn what_one_record_is_to_say_of_many_others_is_written_at_once() {
        for others in [2, 20, 60] {
            let files = amended(others);
            let (outcome, reads) =
                fix(&files, &|log, _, request| write_back_links(log, request, usize::MAX));
            assert_eq!((outcome.fixed_count, outcome.rounds, reads), (others, 1, 1));
            assert!(!outcome.is_stopped);
        }
    }

    #[test]
    fn a_stop_at_the_bound_is_known() {
        let files = amended(12);
        let one =
            |log: &Log, _: &[Source], request: EditRequest<'_>| write_back_links(log, request, 1);
        for (rounds, read_records, expected) in
            [(7, usize::MAX, 7), (usize::MAX, 300, 5), (9, 0, 3)]
        {
            let limits = Limits { rounds, read_records, fewest_rounds: 3 };
            let (outcome, reads) = fix_within(&files, &one, &limits);
            assert!(outcome.is_stopped);
            assert_eq!(
                (outcome.fixed_count, outcome.rounds, reads),
                (expected, expected, expected)
            );
        }
        let (outcome, _) = fix(&files, &one);
        assert!(!outcome.is_stopped);
    }

    #[test]
    fn one_fix_that_makes_things_worse_is_found_in_few_rounds_and_the_others_are_made() {
        // Every record but the first is amended by the one before it; the last answer breaks its record.
        let count = 64;
        let record = |number: usize| {
            let claim = format!("Amends [R]({:04}-r.md)", number + 1);
            let claim = if number < count { claim } else { String::new() };
            let text =
                format!("# {number}. R\n\n## Status\n\nAccepted\n\n{claim}\n\n## Context\n\nx\n");
            (format!("{number:04}-r.md"), text)
        };
        let files: Vec<(String, String)> = (1..=count).map(record).collect();
        let editor = |log: &Log, _: &[Source], request: EditRequest<'_>| {
            let EditRequest::BackLinks(back_links) = request else { return None };
            let mut changes = write_back_links(log, request, 1)?;
            let breaks = back_links.iter().any(|one| one.record.index() == count - 1);
            if let Some(Change::Edit { edits, .. }) = changes.first_mut().filter(|_| breaks) {
                edits.first_mut().unwrap().text += "\n\nAmends [R](0007-r.md)";
            }
            Some(changes)
        };
        let (outcome, reads) = fix(&files, &editor);
        assert_eq!((outcome.fixed_count, outcome.reverted.len()), (count - 2, 1));
        assert!(reads <= 12, "{reads}");
    }
}
