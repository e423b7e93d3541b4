//! Fixes, made for the whole log: planned together, checked again, and taken back where they made
//! things worse. Works on texts; whoever calls it writes them down.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::chosen::{Key, Origins, Worse, choose, key, texts};
use super::side_effect::add_side_effects;
use super::{Base, Config, Context, Diagnostic, Fix, NamesIn, Safety, Scribe, Site, each};
use crate::Result;
use crate::model::{Checkout, Date, Log, Tracked};
use crate::text::{Change, Edit, Rewritten, Source};

/// The files that change, by the path that they were read from.
pub type Texts = BTreeMap<PathBuf, Rewritten>;

/// What mending needs to know.
pub struct Bench<'a> {
    /// The folder of the log.
    pub folder: &'a Path,
    /// The day on which the log is checked.
    pub today: Date,
    /// Which rules apply.
    pub config: &'a Config,
    /// The names in folders.
    pub names_in: &'a NamesIn<'a>,
    /// The log as it would be with these texts in the place of those that were read.
    pub reread: &'a dyn Fn(&Texts) -> Log,
    /// What the log was before the change, where that is known.
    pub base: Option<Base<'a>>,
    /// Who can write answers.
    pub scribe: &'a Scribe<'a>,
    /// The texts beside the records that a fix may change, as they were read.
    pub others: &'a [Source],
    /// What git tracks around the log, where there is git.
    pub checkout: Option<&'a Checkout>,
    /// Which findings are to be mended.
    pub wanted: &'a dyn Fn(&Context<'_>, &Diagnostic) -> bool,
}

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

/// The log in the midst of mending, with what is found in it.
struct State {
    texts: Texts,
    log: Log,
    others: Vec<Source>,
    around: Option<Checkout>,
    found: Vec<Diagnostic>,
}

/// Makes every safe fix, and with [`Safety::Unsafe`] the others too, until none is left to make or the
/// bound on rounds is reached.
///
/// # Errors
///
/// Where the configuration names a rule that does not exist.
pub fn mend(bench: &Bench<'_>, most: Safety) -> Result<Mended> {
    mend_within(bench, most, &LIMITS)
}

fn mend_within(bench: &Bench<'_>, most: Safety, limits: &Limits) -> Result<Mended> {
    let mut mended = Mended::default();
    // What was fixed: a finding that comes back would be fixed for ever.
    let mut gone: BTreeSet<Key> = BTreeSet::new();
    let mut state = bench.state(Texts::default())?;
    let mut read = 0;
    // So many findings are fixed at once. Halved while together they make things worse, until one is left to
    // blame.
    let mut at_once = usize::MAX;
    // What may have made things worse waits until everything else is fixed.
    let mut waiting: BTreeSet<Key> = BTreeSet::new();
    let mut has_waited = false;
    loop {
        let context = bench.context(&state)?;
        let allowed = |one: &Diagnostic, fix: &Fix| {
            let safe = fix.safety == Safety::Safe || most == Safety::Unsafe;
            let is_open = |key: &Key| !mended.unmended.contains(key) && !waiting.contains(key);
            safe && (bench.wanted)(&context, one) && is_open(&key(&context, one))
        };
        let chosen = choose(&context, &state.found, at_once, allowed);
        if chosen.is_empty() && waiting.is_empty() {
            break;
        }
        if chosen.is_empty() {
            at_once = (waiting.len() / 2).max(1);
            waiting.clear();
            has_waited = true;
            continue;
        }
        read += state.log.records().len() + PER_FINDING * state.found.len();
        let is_much = read > limits.read && mended.rounds >= limits.fewest_rounds;
        if is_much || mended.rounds == limits.rounds {
            mended.is_stopped = true;
            break;
        }
        mended.rounds += 1;
        let after = bench.state(texts(&context, &state.texts, &chosen))?;
        let made: Vec<&Key> = chosen.iter().flat_map(|one| &one.keys).collect();
        gone.extend(made.iter().copied().cloned());
        let mut worse = bench.worse((&context, &state), &after, (&made, &gone))?;
        let (before, new) = ((&state.log, &state.texts), (&after.log, &after.texts));
        add_side_effects(&mut worse, &chosen, before, new);
        if worse.is_empty() {
            mended.made += made.len();
            at_once = at_once.saturating_mul(2);
            state = after;
            continue;
        }
        let blamed = worse.blamed(&chosen, &Origins::new(&state.texts));
        match blamed.as_slice() {
            [one] if one.keys.len() == 1 => {
                let path = one.keys.first().map(|key| key.1.as_str()).unwrap_or_default();
                mended.taken_back.push(format!("{}: {} in {path}", worse.harm(), one.title));
                mended.unmended.extend(one.keys.iter().cloned());
                at_once = at_once.saturating_mul(2);
            }
            several if !has_waited && several.len() < chosen.len() => {
                waiting.extend(several.iter().flat_map(|one| one.keys.iter().cloned()));
            }
            // Together they cannot be told apart.
            _ => at_once = (made.len() / 2).max(1),
        }
    }
    mended.texts = state.texts;
    Ok(mended)
}

impl Bench<'_> {
    /// The log with these texts, and what is found in it.
    fn state(&self, texts: Texts) -> Result<State> {
        let log = (self.reread)(&texts);
        let (others, around) = (self.beside(&texts), self.around(&texts));
        let mut state = State { texts, log, others, around, found: vec![] };
        state.found = each(&self.context(&state)?);
        Ok(state)
    }

    fn context<'l>(&'l self, state: &'l State) -> Result<Context<'l>> {
        let State { log, others, around, .. } = state;
        let around = around.as_ref().or(self.checkout);
        let context = Context::new(log, self.folder, self.today, self.config, self.names_in)?;
        Ok(context.against(self.base.clone()).with_scribe(self.scribe, others).within(around))
    }

    /// The texts around the log, as they are by now; `None` where none of them changed.
    fn around(&self, texts: &Texts) -> Option<Checkout> {
        let checkout = self.checkout?;
        let is_new = |one: &Tracked| texts.contains_key(one.source.path());
        if !checkout.texts.iter().any(is_new) {
            return None;
        }
        let mut checkout = checkout.clone();
        for one in &mut checkout.texts {
            if let Some(new) = texts.get(one.source.path()) {
                one.source = Source::new(&new.path, new.text.as_str());
            }
        }
        Some(checkout)
    }

    /// The texts beside the records, as they are by now.
    fn beside(&self, texts: &Texts) -> Vec<Source> {
        let now = |one: &Source| match texts.get(one.path()) {
            Some(new) => Source::new(&new.path, new.text.as_str()),
            None => one.clone(),
        };
        self.others.iter().map(now).collect()
    }

    /// What is found in `after` and was not found before, by the paths that the files were read from. Where a file gets another name,
    /// messages speak of it by another name too, so that findings of one kind are only counted. A
    /// finding in the place of one that is `made` good, of the same rule in the same file, is what
    /// is left of it; one that was mended before, and is not `gone`, is not.
    fn worse(
        &self,
        (context, before): (&Context<'_>, &State),
        after: &State,
        (made, gone): (&[&Key], &BTreeSet<Key>),
    ) -> Result<Worse> {
        let after_context = self.context(after)?;
        let names = |state: &State| {
            let all = state.texts.iter();
            all.filter(|(old, new)| **old != new.path).count()
        };
        let moved = names(before) != names(after);
        let same = |origins: &Origins<'_>, (code, path, message): Key| {
            let path = origins.shown(Path::new(&path));
            (code, path, if moved { String::new() } else { message })
        };
        let (old, new) = (Origins::new(&before.texts), Origins::new(&after.texts));
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        for one in &before.found {
            *known.entry(same(&old, key(context, one))).or_default() += 1;
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
        let counts =
            |one: &&Diagnostic| one.rule.code != "ADR115" && !customs.contains(one.rule.code);
        for one in after.found.iter().filter(counts) {
            let own = key(&after_context, one);
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
                new.shown(Path::new(&after_context.place(&site).path))
            });
            worse.related.extend(related);
            worse.files.insert(key.1);
            worse.rules.insert(code);
        }
        Ok(worse)
    }
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

    use super::{Bench, LIMITS, Limits, Mended, Texts, mend_within};
    use crate::format::{Recognised, Words, recognise};
    use crate::lint::{Config, Safety, Scribe, Wish};
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
        let bench = Bench {
            folder: Path::new(""),
            today: Date::day(2026, 11, 2).unwrap(),
            config: &config,
            names_in: &|_| None,
            reread: &reread,
            base: None,
            scribe,
            others: &[],
            checkout: None,
            wanted: &|_, _| true,
        };
        (mend_within(&bench, Safety::Safe, limits).unwrap(), reads.get())
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
            assert_eq!((mended.made, mended.rounds, reads), (others, 1, 2));
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
            assert_eq!((mended.made, mended.rounds, reads), (expected, expected, expected + 1));
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
