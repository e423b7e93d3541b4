//! Fixes, made for the whole log: planned together, checked again, and taken back where they made
//! things worse. Works on texts; whoever calls it writes them down.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::context::shown;
use super::{Base, Config, Context, Diagnostic, Fix, NamesIn, Safety, Scribe, Site, lint};
use crate::Result;
use crate::model::{Date, Log};
use crate::text::{Change, Edit, Encoding, apply};

/// The files that have changed, by path, and all that they will hold.
pub type Texts = BTreeMap<PathBuf, String>;

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
    /// each with its path.
    pub taken_back: Vec<String>,
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
    let mut refused: BTreeSet<Key> = BTreeSet::new();
    let mut one_by_one = false;
    for _ in 0..MOST_ROUNDS {
        let log = (bench.reread)(&mended.texts);
        let context = bench.context(&log)?;
        let before = lint(&context);
        let mut chosen = choose(bench, &context, &before, most, &refused);
        if one_by_one {
            chosen.truncate(1);
        }
        if chosen.is_empty() {
            break;
        }
        let texts = texts(&context, &mended.texts, &chosen);
        let worse = bench.worse(&context, &before, &texts)?;
        if worse.is_empty() {
            mended.made += chosen.len();
            mended.texts = texts;
            one_by_one = false;
            continue;
        }
        // Whoever changed a file with a new finding is to blame; if nobody did, all are.
        let touches = |one: &&Chosen<'_>| one.paths().any(|path| worse.contains(&shown(path)));
        let some = chosen.iter().any(|one| touches(&one));
        if chosen.iter().filter(|one| !some || touches(one)).count() > 1 {
            // Together they cannot be told apart.
            one_by_one = true;
            continue;
        }
        for one in chosen.iter().filter(|one| !some || touches(one)) {
            mended.taken_back.push(format!("{} in {}", one.fix.title, one.key.1));
            refused.insert(one.key.clone());
        }
        one_by_one = false;
    }
    Ok(mended)
}

impl Bench<'_> {
    fn context<'l>(&'l self, log: &'l Log) -> Result<Context<'l>> {
        let context = Context::new(log, self.folder, self.today, self.config, self.names_in)?;
        Ok(context.against(self.base.clone()).with_scribe(self.scribe))
    }

    /// The paths of findings that the log would have with `texts`, and does not have yet.
    fn worse(
        &self,
        context: &Context<'_>,
        before: &[Diagnostic],
        texts: &Texts,
    ) -> Result<BTreeSet<String>> {
        let log = (self.reread)(texts);
        let after_context = self.context(&log)?;
        let after = lint(&after_context);
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        for one in before {
            *known.entry(key(context, one)).or_default() += 1;
        }
        // A custom of the log that is one no more shows as findings on its records.
        let customs: BTreeSet<&str> =
            before.iter().filter(|one| one.site == Site::Log).map(|one| one.rule.code).collect();
        let mut worse = BTreeSet::new();
        for one in after.iter().filter(|one| !customs.contains(one.rule.code)) {
            let key = key(&after_context, one);
            match known.get_mut(&key).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => {
                    worse.insert(key.1);
                }
            }
        }
        Ok(worse)
    }
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

/// The fixes that may be made together: none of them touches what another one changes.
fn choose<'a>(
    bench: &Bench<'_>,
    context: &Context<'_>,
    found: &'a [Diagnostic],
    most: Safety,
    refused: &BTreeSet<Key>,
) -> Vec<Chosen<'a>> {
    let mut taken: BTreeMap<&Path, Vec<&Edit>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for one in found.iter().filter(|one| (bench.wanted)(context, one)) {
        let Some(fix) = &one.fix else { continue };
        let key = key(context, one);
        let allowed = fix.safety == Safety::Safe || most == Safety::Unsafe;
        if !allowed || refused.contains(&key) || !fits(context, &taken, fix) {
            continue;
        }
        for change in &fix.changes {
            if let Change::Edit { path, edits } = change {
                taken.entry(path).or_default().extend(edits);
            }
        }
        chosen.push(Chosen { key, fix });
    }
    chosen
}

/// Whether the fix changes only texts that stand for their files, and no byte that is taken.
fn fits(context: &Context<'_>, taken: &BTreeMap<&Path, Vec<&Edit>>, fix: &Fix) -> bool {
    fix.changes.iter().all(|change| {
        let Change::Edit { path, edits } = change else { return false };
        let faithful =
            context.source(path).is_some_and(|source| *source.encoding() == Encoding::Utf8);
        let others = taken.get(path.as_path()).map(Vec::as_slice).unwrap_or_default();
        let meets = |edit: &Edit| {
            others
                .iter()
                .any(|other| edit.span.start <= other.span.end && other.span.start <= edit.span.end)
        };
        faithful && !edits.iter().any(meets)
    })
}

/// The texts after the fixes.
fn texts(context: &Context<'_>, before: &Texts, chosen: &[Chosen<'_>]) -> Texts {
    let mut edits: BTreeMap<&Path, Vec<Edit>> = BTreeMap::new();
    for change in chosen.iter().flat_map(|one| &one.fix.changes) {
        if let Change::Edit { path, edits: more } = change {
            edits.entry(path).or_default().extend(more.iter().cloned());
        }
    }
    let mut texts = before.clone();
    for (path, edits) in edits {
        let old = context.source(path).map(crate::text::Source::text).unwrap_or_default();
        if let Ok(new) = apply(old, &edits) {
            texts.insert(path.to_owned(), new);
        }
    }
    texts
}

impl Mended {
    /// The same as changes to the files of `log`, which is the log before anything was mended.
    pub fn changes(&self, log: &Log) -> Vec<Change> {
        let old: BTreeMap<&Path, &str> =
            log.records().iter().map(|record| (record.source.path(), record.text())).collect();
        let change = |(path, new): (&PathBuf, &String)| {
            let old = old.get(path.as_path())?;
            (*old != new)
                .then(|| Change::Edit { path: path.clone(), edits: vec![Edit::between(old, new)] })
        };
        self.texts.iter().filter_map(change).collect()
    }
}
