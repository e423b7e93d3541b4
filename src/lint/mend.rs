//! Fixes, made for the whole log: planned together, checked again, and taken back if they made
//! things worse. Works on texts; the caller writes them to the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::chosen::{Chosen, Key, Origins, Worse, choose, key, texts};
use super::run::{Run, State};
use super::side_effect::add_side_effects;
use super::{Context, Diagnostic, Fix, Safety, Site};
use crate::Result;
use crate::model::Log;
use crate::text::{Change, Edit, Rewritten, Source};

/// The files that change, by the path that they were read from.
pub type Texts = BTreeMap<PathBuf, Rewritten>;

/// Which findings are to be fixed.
pub type IsWanted<'a> = dyn Fn(&Context<'_>, &Diagnostic) -> bool + 'a;

/// What became of the log.
#[derive(Debug, Default)]
pub struct Mended {
    /// The files that change.
    pub texts: Texts,
    /// How many findings were mended.
    pub made: usize,
    /// What was taken back, because it would have made a new finding or changed something else: what it would
    /// have done, the title of the fix, and the path.
    pub taken_back: Vec<String>,
    /// How often fixes were made or tried: every time the whole log was read and checked once.
    pub rounds: usize,
    /// Whether there was more to fix when the bound on rounds was reached.
    pub is_stopped: bool,
    /// The findings whose fixes were taken back, or cannot be made.
    unmended: BTreeSet<Key>,
}

/// How long fixes are made.
struct Limits {
    /// More rounds than any chain of fixes needs; a bound for rules that would undo each other.
    rounds: usize,
    /// In a large log there are fewer rounds: every one reads all records again, and for most findings one of them
    /// several times. So many records are read altogether, if that leaves the fewest rounds.
    read: usize,
    fewest_rounds: usize,
}

const LIMITS: Limits = Limits { rounds: 200, read: 50_000, fewest_rounds: 20 };

/// How much is read for a finding, in records.
const PER_FINDING: usize = 4;

impl Run<'_> {
    /// Makes every safe fix that is wanted, and with [`Safety::Unsafe`] the others too, until none is left to make or the
    /// bound on rounds is reached. The log is then what it is after the last fix that made nothing worse.
    ///
    /// # Errors
    ///
    /// If the configuration names a rule that does not exist.
    pub fn fix(&mut self, most: Safety, is_wanted: &IsWanted<'_>) -> Result<Mended> {
        self.fix_within(&LIMITS, most, is_wanted)
    }

    fn fix_within(
        &mut self,
        limits: &Limits,
        most: Safety,
        is_wanted: &IsWanted<'_>,
    ) -> Result<Mended> {
        let mut progress = Progress::default();
        while let Some(after) = self.round(&mut progress, limits, &|context, one| {
            let is_safe = one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
            (is_safe || most == Safety::Unsafe) && is_wanted(context, one)
        })? {
            self.state = after;
        }
        progress.mended.texts.clone_from(&self.state.texts);
        Ok(progress.mended)
    }

    /// Tries fixes until some are accepted, and gives the state after them; `None` if there is nothing more to try.
    fn round(
        &self,
        progress: &mut Progress,
        limits: &Limits,
        is_wanted: &IsWanted<'_>,
    ) -> Result<Option<State>> {
        let context = self.context()?;
        let found = self.state.found(&context);
        let before = Checked { context: &context, found, texts: &self.state.texts };
        loop {
            let is_allowed = |one: &Diagnostic, _: &Fix| {
                is_wanted(&context, one) && progress.is_open(&key(&context, one))
            };
            let chosen = choose(&context, found, progress.at_once, is_allowed);
            if chosen.is_empty() && progress.waiting.is_empty() {
                return Ok(None);
            }
            if chosen.is_empty() {
                progress.release();
                continue;
            }
            if !progress.may_read(context.log.records().len() + PER_FINDING * found.len(), limits) {
                return Ok(None);
            }
            let after = self.state_with(texts(&context, &self.state.texts, &chosen));
            let made: Vec<&Key> = chosen.iter().flat_map(|one| &one.keys).collect();
            progress.gone.extend(made.iter().copied().cloned());
            let worse = {
                let context = self.context_of(&after)?;
                let found = after.found(&context);
                let after = Checked { context: &context, found, texts: &after.texts };
                let mut worse = worse(&before, &after, &made, &progress.gone);
                let old = (before.context.log, before.texts);
                add_side_effects(&mut worse, &chosen, old, (context.log, after.texts));
                worse
            };
            if worse.is_empty() {
                progress.accept(made.len());
                return Ok(Some(after));
            }
            progress.refuse(&worse, &chosen, &Origins::new(&self.state.texts));
        }
    }
}

/// A state of the log that was checked.
struct Checked<'f, 'c> {
    context: &'f Context<'c>,
    found: &'f [Diagnostic],
    texts: &'f Texts,
}

/// What was tried so far.
struct Progress {
    mended: Mended,
    /// What was fixed: a finding that comes back would be fixed for ever.
    gone: BTreeSet<Key>,
    /// How much was read, in records.
    read: usize,
    /// So many findings are fixed at once. Halved while together they make things worse, until one is left to blame.
    at_once: usize,
    /// What may have made things worse waits until everything else is fixed.
    waiting: BTreeSet<Key>,
    has_waited: bool,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            mended: Mended::default(),
            gone: BTreeSet::new(),
            read: 0,
            at_once: usize::MAX,
            waiting: BTreeSet::new(),
            has_waited: false,
        }
    }
}

impl Progress {
    /// Whether the finding may be fixed now.
    fn is_open(&self, key: &Key) -> bool {
        !self.mended.unmended.contains(key) && !self.waiting.contains(key)
    }

    /// Lets those have their turn that waited.
    fn release(&mut self) {
        self.at_once = (self.waiting.len() / 2).max(1);
        self.waiting.clear();
        self.has_waited = true;
    }

    /// Whether another round, which reads so many `records`, is within the bounds.
    fn may_read(&mut self, records: usize, limits: &Limits) -> bool {
        self.read += records;
        let is_much = self.read > limits.read && self.mended.rounds >= limits.fewest_rounds;
        self.mended.is_stopped = is_much || self.mended.rounds == limits.rounds;
        if !self.mended.is_stopped {
            self.mended.rounds += 1;
        }
        !self.mended.is_stopped
    }

    fn accept(&mut self, findings: usize) {
        self.mended.made += findings;
        self.at_once = self.at_once.saturating_mul(2);
    }

    /// Finds who is to blame for what is `worse` after the `chosen` fixes, or tries fewer of them next time.
    fn refuse(&mut self, worse: &Worse, chosen: &[Chosen<'_>], origins: &Origins<'_>) {
        let blamed = worse.blamed(chosen, origins);
        match blamed.as_slice() {
            [one] if one.keys.len() == 1 => {
                let path = one.keys.first().map(|key| key.1.as_str()).unwrap_or_default();
                self.mended.taken_back.push(format!("{}: {} in {path}", worse.harm(), one.title));
                self.mended.unmended.extend(one.keys.iter().cloned());
                self.at_once = self.at_once.saturating_mul(2);
            }
            several if !self.has_waited && several.len() < chosen.len() => {
                self.waiting.extend(several.iter().flat_map(|one| one.keys.iter().cloned()));
            }
            // Together they cannot be told apart.
            _ => {
                let made: usize = chosen.iter().map(|one| one.keys.len()).sum();
                self.at_once = (made / 2).max(1);
            }
        }
    }
}

/// What is found in `after` and was not found before, by the paths that the files were read from. If a file gets another name,
/// messages speak of it by another name too, so that findings of one kind are only counted. A
/// finding in the place of one that is `made` good, of the same rule in the same file, is what
/// is left of it; one that was fixed before, and is not `gone`, is not.
fn worse(
    before: &Checked<'_, '_>,
    after: &Checked<'_, '_>,
    made: &[&Key],
    gone: &BTreeSet<Key>,
) -> Worse {
    let names = |texts: &Texts| texts.iter().filter(|(old, new)| **old != new.path).count();
    let moved = names(before.texts) != names(after.texts);
    let same = |origins: &Origins<'_>, (code, path, message): Key| {
        let path = origins.shown(Path::new(&path));
        (code, path, if moved { String::new() } else { message })
    };
    let (old, new) = (Origins::new(before.texts), Origins::new(after.texts));
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for one in before.found {
        *known.entry(same(&old, key(before.context, one))).or_default() += 1;
    }
    // A custom of the log that is one no more shows as findings on its records.
    let at_log = before.found.iter().filter(|one| one.site == Site::Log);
    let customs: BTreeSet<&str> = at_log.map(|one| one.rule.code).collect();
    let mut rests: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (code, path, _) in made.iter().map(|key| same(&old, (*key).clone())) {
        *rests.entry((code, path)).or_default() += 1;
    }
    let mut worse = Worse::default();
    // A list that is generated follows the records in the next round.
    let counts = |one: &&Diagnostic| one.rule.code != "ADR115" && !customs.contains(one.rule.code);
    for one in after.found.iter().filter(counts) {
        let own = key(after.context, one);
        let is_back = gone.contains(&own);
        let (code, path, message) = same(&new, own);
        let place = (code, path);
        let rest = rests.get_mut(&place).filter(|count| **count > 0);
        let key = (place.0, place.1.clone(), message);
        if let Some(count) = known.get_mut(&key).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        if let Some(count) = rest.filter(|_| !is_back) {
            *count -= 1;
            continue;
        }
        let related = one.related.iter().map(|other| {
            let site = Site::Record(other.record, other.span);
            new.shown(Path::new(&after.context.place(&site).path))
        });
        worse.related.extend(related);
        worse.files.insert(key.1);
        worse.rules.insert(code);
    }
    worse
}

impl Mended {
    /// Takes the fixes off `found` that were tried and taken back.
    pub fn withdraw(&self, context: &Context<'_>, found: &mut [Diagnostic]) {
        for one in found.iter_mut().filter(|one| one.fix.is_some()) {
            if self.unmended.contains(&key(context, one)) {
                one.fix = None;
            }
        }
    }

    /// The same as changes to the files of `log`, which is the log before anything was mended,
    /// and to `others`.
    pub fn changes(&self, log: &Log, others: &[Source]) -> Vec<Change> {
        let records = log.records().iter().map(|record| &record.source);
        let old: BTreeMap<&Path, &str> =
            records.chain(others).map(|source| (source.path(), source.written())).collect();
        let change = |(path, new): (&PathBuf, &Rewritten)| {
            let old = old.get(path.as_path())?;
            let edits = vec![Edit::between(old, &new.text).exactly()];
            if *path != new.path {
                return Some(Change::Move { path: path.clone(), to: new.path.clone(), edits });
            }
            (*old != new.text).then(|| Change::Edit { path: path.clone(), edits })
        };
        self.texts.iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt::Write as _;
    use std::path::Path;

    use super::{LIMITS, Limits, Mended, Texts};
    use crate::format::{Recognised, Words, recognise};
    use crate::lint::{Config, Coverage, Run, Safety, Scribe, Surroundings, Wish};
    use crate::model::{Date, Log};
    use crate::text::{Change, Edit, Source};

    /// The log of these files, with `texts` instead of those that changed.
    fn log(files: &[(String, String)], texts: &Texts) -> Log {
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
    fn mended(files: &[(String, String)], scribe: &Scribe<'_>) -> (Mended, usize) {
        mended_within(files, scribe, &LIMITS)
    }

    fn mended_within(
        files: &[(String, String)],
        scribe: &Scribe<'_>,
        limits: &Limits,
    ) -> (Mended, usize) {
        let reads = Cell::new(0);
        let reread = |texts: &Texts| {
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
            scribe,
            others: &[],
            checkout: None,
        };
        let read = log(files, &Texts::new());
        let mut run = Run::new(surroundings, &read);
        let mended = run.fix_within(limits, Safety::Safe, &|_, _| true).unwrap();
        let context = run.context().unwrap();
        // What is reported is what is left, and needs no other look at the log.
        assert!(run.findings(&context, Coverage::Log).len() + mended.made >= files.len() - 1);
        (mended, reads.get())
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

    /// Writes the answers behind the word of the status, so many at once.
    fn answering(log: &Log, wish: Wish<'_>, most: usize) -> Option<Vec<Change>> {
        let Wish::Answers(answers) = wish else { return None };
        let record = log.record(answers.first()?.record);
        let at = record.text().find("\n\n## Context")?;
        let mut said = String::new();
        for answer in answers {
            let other = log.record(answer.other);
            let _ = write!(said, "\n\nAmended by [R]({})", other.file);
        }
        let edits = vec![Edit::insert(at, said)];
        let change = Change::Edit { path: record.source.path().to_owned(), edits };
        (answers.len() <= most).then(|| vec![change])
    }

    #[test]
    fn what_one_record_is_to_say_of_many_others_is_written_at_once() {
        for others in [2, 20, 60] {
            let files = amended(others);
            let (mended, reads) = mended(&files, &|log, _, wish| answering(log, wish, usize::MAX));
            assert_eq!((mended.made, mended.rounds, reads), (others, 1, 1));
            assert!(!mended.is_stopped);
        }
    }

    #[test]
    fn a_stop_at_the_bound_is_known() {
        let files = amended(12);
        let one = |log: &Log, _: &[Source], wish: Wish<'_>| answering(log, wish, 1);
        for (rounds, read, expected) in [(7, usize::MAX, 7), (usize::MAX, 300, 5), (9, 0, 3)] {
            let limits = Limits { rounds, read, fewest_rounds: 3 };
            let (mended, reads) = mended_within(&files, &one, &limits);
            assert!(mended.is_stopped);
            assert_eq!((mended.made, mended.rounds, reads), (expected, expected, expected));
        }
        let (mended, _) = mended(&files, &one);
        assert!(!mended.is_stopped);
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
        let scribe = |log: &Log, _: &[Source], wish: Wish<'_>| {
            let Wish::Answers(answers) = wish else { return None };
            let mut changes = answering(log, wish, 1)?;
            let breaks = answers.iter().any(|one| one.record.index() == count - 1);
            if let Some(Change::Edit { edits, .. }) = changes.first_mut().filter(|_| breaks) {
                edits.first_mut().unwrap().text += "\n\nAmends [R](0007-r.md)";
            }
            Some(changes)
        };
        let (mended, reads) = mended(&files, &scribe);
        assert_eq!((mended.made, mended.taken_back.len()), (count - 2, 1));
        assert!(reads <= 12, "{reads}");
    }
}
