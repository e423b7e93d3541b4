//! Fixes, made for the whole log: planned together, checked again, and taken back where they made
//! things worse. Works on texts; whoever calls it writes them down.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::context::shown;
use super::{Base, Config, Context, Diagnostic, Fix, NamesIn, Safety, Scribe, Site, each};
use crate::Result;
use crate::model::{Checkout, Date, Log, Tracked};
use crate::text::{Change, Edit, Encoding, Rewritten, Source};

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
    /// What was taken back, because it would have made a new finding: the titles of the fixes,
    /// each with its path and the rules that would have spoken.
    pub taken_back: Vec<String>,
    /// The findings whose fixes were taken back, or cannot be made.
    unmended: BTreeSet<Key>,
}

/// More rounds than any chain of fixes needs; a bound for rules that would undo each other.
const MOST_ROUNDS: usize = 200;

/// Makes every safe fix, and with [`Safety::Unsafe`] the others too, until none is left to make.
///
/// # Errors
///
/// Where the configuration names a rule that does not exist.
pub fn mend(bench: &Bench<'_>, most: Safety) -> Result<Mended> {
    let mut mended = Mended::default();
    // What was mended: a finding that comes back would be mended for ever.
    let mut gone: BTreeSet<Key> = BTreeSet::new();
    let mut one_by_one = false;
    for _ in 0..MOST_ROUNDS {
        let log = (bench.reread)(&mended.texts);
        let others = bench.beside(&mended.texts);
        let around = bench.around(&mended.texts);
        let context = bench.context(&log, &others, around.as_deref())?;
        let before = each(&context);
        let allowed = |one: &Diagnostic, fix: &Fix| {
            let safe = fix.safety == Safety::Safe || most == Safety::Unsafe;
            safe && (bench.wanted)(&context, one) && !mended.unmended.contains(&key(&context, one))
        };
        let mut chosen = choose(&context, &before, allowed);
        if one_by_one {
            chosen.truncate(1);
        }
        if chosen.is_empty() {
            break;
        }
        let texts = texts(&context, &mended.texts, &chosen);
        let made: Vec<&Key> = chosen.iter().map(|one| &one.key).collect();
        gone.extend(made.iter().copied().cloned());
        let worse = bench.worse((&context, &before), &mended.texts, &texts, (&made, &gone))?;
        if worse.is_empty() {
            mended.made += chosen.len();
            mended.texts = texts;
            one_by_one = false;
            continue;
        }
        // Whoever changed a file with a new finding is to blame; if nobody did, all are.
        let first = |path: &Path| shown(&read_from(&mended.texts, path));
        let touches = |one: &&Chosen<'_>| one.paths().any(|path| worse.contains_key(&first(path)));
        let some = chosen.iter().any(|one| touches(&one));
        if chosen.iter().filter(|one| !some || touches(one)).count() > 1 {
            // Together they cannot be told apart.
            one_by_one = true;
            continue;
        }
        for one in chosen.iter().filter(|one| !some || touches(one)) {
            let rules: BTreeSet<&str> = worse.values().flatten().copied().collect();
            let rules = rules.into_iter().collect::<Vec<_>>().join(" and ");
            mended.taken_back.push(format!("{rules}: {} in {}", one.fix.title, one.key.1));
            mended.unmended.insert(one.key.clone());
        }
        one_by_one = false;
    }
    Ok(mended)
}

impl Bench<'_> {
    fn context<'l>(
        &'l self,
        log: &'l Log,
        others: &'l [Source],
        around: Option<&'l Checkout>,
    ) -> Result<Context<'l>> {
        let context = Context::new(log, self.folder, self.today, self.config, self.names_in)?;
        Ok(context.against(self.base.clone()).with_scribe(self.scribe, others).within(around))
    }

    /// The texts around the log, as they are by now.
    fn around(&self, texts: &Texts) -> Option<Cow<'_, Checkout>> {
        let checkout = self.checkout?;
        let is_new = |one: &Tracked| texts.contains_key(one.source.path());
        if !checkout.texts.iter().any(is_new) {
            return Some(Cow::Borrowed(checkout));
        }
        let mut checkout = checkout.clone();
        for one in &mut checkout.texts {
            if let Some(new) = texts.get(one.source.path()) {
                one.source = Source::new(&new.path, new.text.as_str());
            }
        }
        Some(Cow::Owned(checkout))
    }

    /// The texts beside the records, as they are by now.
    fn beside(&self, texts: &Texts) -> Vec<Source> {
        let now = |one: &Source| match texts.get(one.path()) {
            Some(new) => Source::new(&new.path, new.text.as_str()),
            None => one.clone(),
        };
        self.others.iter().map(now).collect()
    }

    /// The paths of findings that the log would have with `after`, and does not have yet: those
    /// that the files were read from, with the rules that speak. Where a file gets another name,
    /// messages speak of it by another name too, so that findings of one kind are only counted. A
    /// finding in the place of one that is `made` good, of the same rule in the same file, is what
    /// is left of it; one that was mended before, and is not `gone`, is not.
    fn worse(
        &self,
        (context, found): (&Context<'_>, &[Diagnostic]),
        before: &Texts,
        after: &Texts,
        (made, gone): (&[&Key], &BTreeSet<Key>),
    ) -> Result<BTreeMap<String, BTreeSet<&'static str>>> {
        let log = (self.reread)(after);
        let others = self.beside(after);
        let around = self.around(after);
        let after_context = self.context(&log, &others, around.as_deref())?;
        let now = each(&after_context);
        let names = |texts: &Texts| texts.iter().filter(|(old, new)| **old != new.path).count();
        let moved = names(before) != names(after);
        let same = |texts: &Texts, (code, path, message): Key| {
            let path = shown(&read_from(texts, Path::new(&path)));
            (code, path, if moved { String::new() } else { message })
        };
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        for one in found {
            *known.entry(same(before, key(context, one))).or_default() += 1;
        }
        // A custom of the log that is one no more shows as findings on its records.
        let customs: BTreeSet<&str> =
            found.iter().filter(|one| one.site == Site::Log).map(|one| one.rule.code).collect();
        let mut rests: Vec<Key> = made.iter().map(|key| same(before, (*key).clone())).collect();
        let mut worse: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        // A list that is generated follows the records in the next round.
        let counts =
            |one: &&Diagnostic| one.rule.code != "ADR115" && !customs.contains(one.rule.code);
        for one in now.iter().filter(counts) {
            let own = key(&after_context, one);
            let is_back = gone.contains(&own);
            let key = same(after, own);
            if let Some(count) = known.get_mut(&key).filter(|count| **count > 0) {
                *count -= 1;
                continue;
            }
            let rest = rests.iter().position(|rest| (rest.0, &rest.1) == (key.0, &key.1));
            match rest.filter(|_| !is_back) {
                Some(at) => {
                    rests.swap_remove(at);
                }
                None => {
                    worse.entry(key.1).or_default().insert(key.0);
                }
            }
        }
        Ok(worse)
    }
}

/// The fixes that may be made together: none of them touches what another one changes. One that
/// gives a file another name is made alone.
fn choose<'f>(
    context: &Context<'_>,
    found: &'f [Diagnostic],
    allowed: impl Fn(&Diagnostic, &Fix) -> bool,
) -> Vec<Chosen<'f>> {
    let mut taken: BTreeMap<&Path, Vec<&Edit>> = BTreeMap::new();
    let mut chosen = Vec::new();
    let mut lone = None;
    let faithful = |path: &Path| {
        context.source(path).is_some_and(|source| *source.encoding() == Encoding::Utf8)
    };
    for one in found {
        let Some(fix) = one.fix.as_ref().filter(|fix| allowed(one, fix)) else { continue };
        let edits: Vec<(&Path, &[Edit])> = fix.changes.iter().filter_map(edited).collect();
        let complete = edits.len() == fix.changes.len();
        if !complete || !edits.iter().all(|(path, _)| faithful(path)) {
            continue;
        }
        let key = key(context, one);
        if fix.changes.iter().any(|change| matches!(change, Change::Move { .. })) {
            lone = lone.or(Some(Chosen { key, fix }));
        } else if edits.iter().all(|(path, edits)| are_apart(taken.get(path), edits)) {
            for (path, edits) in edits {
                taken.entry(path).or_default().extend(edits);
            }
            chosen.push(Chosen { key, fix });
        }
    }
    if chosen.is_empty() { lone.into_iter().collect() } else { chosen }
}

/// The texts after the fixes.
fn texts(context: &Context<'_>, before: &Texts, chosen: &[Chosen<'_>]) -> Texts {
    let mut edits: BTreeMap<&Path, (Vec<Edit>, &Path)> = BTreeMap::new();
    for change in chosen.iter().flat_map(|one| &one.fix.changes) {
        let Some((path, more)) = edited(change) else { continue };
        let to = if let Change::Move { to, .. } = change { to } else { path };
        edits.entry(path).or_insert((vec![], to)).0.extend(more.iter().cloned());
    }
    let mut texts = before.clone();
    for (path, (edits, to)) in edits {
        let edited = context.source(path).map(|source| source.edited(&edits));
        if let Some(Ok(text)) = edited {
            texts.insert(read_from(before, path), Rewritten { path: to.to_owned(), text });
        }
    }
    texts
}

/// The path that a file was read from which now lies at `path`.
fn read_from(texts: &Texts, path: &Path) -> PathBuf {
    let moved = texts.iter().find(|(_, new)| new.path == path);
    moved.map_or_else(|| path.to_owned(), |(first, _)| first.clone())
}

/// The file that the change changes, and what in it.
fn edited(change: &Change) -> Option<(&Path, &[Edit])> {
    match change {
        Change::Edit { path, edits } | Change::Move { path, edits, .. } => Some((path, edits)),
        Change::Create { .. } | Change::MoveFolder { .. } => None,
    }
}

/// Whether no edit meets one that is taken.
fn are_apart(taken: Option<&Vec<&Edit>>, edits: &[Edit]) -> bool {
    let meets = |edit: &Edit| {
        let mut others = taken.into_iter().flatten();
        others.any(|other| edit.span.start <= other.span.end && other.span.start <= edit.span.end)
    };
    !edits.iter().any(meets)
}

/// What a finding is, wherever in its file it stands: code, path, message.
type Key = (&'static str, String, String);

fn key(context: &Context<'_>, one: &Diagnostic) -> Key {
    (one.rule.code, context.place(&one.site).path, one.message.clone())
}

/// A fix that is to be made.
struct Chosen<'a> {
    key: Key,
    fix: &'a Fix,
}

impl Chosen<'_> {
    fn paths(&self) -> impl Iterator<Item = &Path> {
        self.fix.changes.iter().map(|change| match change {
            Change::Create { path, .. } | Change::Edit { path, .. } | Change::Move { path, .. } => {
                path.as_path()
            }
            Change::MoveFolder { from, .. } => from.as_path(),
        })
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
