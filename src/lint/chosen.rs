//! Which fixes are made together, and what the texts read after them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::context::shown;
use super::mend::Texts;
use super::side_effect::may_change;
use super::{Answer, Context, Diagnostic, Fix, Wish};
use crate::format::Fact;
use crate::model::{RecordId, RelationKind};
use crate::text::{Change, Edit, Encoding, Rewritten};

/// What a finding is, at any place of its file: code, path, message.
pub(super) type Key = (&'static str, String, String);

pub(super) fn key(context: &Context<'_>, one: &Diagnostic) -> Key {
    (one.rule.code, context.place(&one.site).path, one.message.clone())
}

/// A fix that is to be made, or several that are made as one.
pub(super) struct Chosen<'f> {
    /// The findings that it fixes.
    pub keys: Vec<Key>,
    /// What it does.
    pub title: &'f str,
    /// All of it.
    pub changes: Cow<'f, [Change]>,
    /// As [`Fix::facts`].
    pub facts: Option<&'static [Fact]>,
}

impl Chosen<'_> {
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.changes.iter().map(|change| match change {
            Change::Create { path, .. } | Change::Edit { path, .. } | Change::Move { path, .. } => {
                path.as_path()
            }
            Change::MoveFolder { from, .. } => from.as_path(),
        })
    }
}

/// The fixes that may be made together, for at most `most` findings: none of them touches what another one
/// changes. One that gives a file another name is made alone. What a record is to say of several others is
/// one change: it is written with all of them in mind.
pub(super) fn choose<'f>(
    context: &Context<'_>,
    found: &'f [Diagnostic],
    most: usize,
    allowed: impl Fn(&Diagnostic, &Fix) -> bool,
) -> Vec<Chosen<'f>> {
    let mut taken = Taken::default();
    let mut chosen: Vec<Chosen<'f>> = Vec::new();
    let mut lone = None;
    let mut groups = Groups::default();
    let wanted = found.iter().filter_map(|one| Some((one, one.fix.as_ref()?)));
    for (one, fix) in wanted.filter(|(one, fix)| allowed(one, fix) && can_be_made(context, fix)) {
        let key = key(context, one);
        let changes = fix.changes.as_slice().into();
        let single = Chosen { keys: vec![key], title: &fix.title, changes, facts: fix.facts };
        if fix.changes.iter().any(|change| matches!(change, Change::Move { .. })) {
            lone = lone.or(Some(single));
        } else if let Some(answer) = fix.answer.filter(can_be_joined) {
            groups.add(answer, single);
        } else if taken.take(&single.changes) {
            chosen.push(single);
        }
    }
    for group in groups.0.into_values() {
        let room = most.saturating_sub(chosen.iter().map(|one| one.keys.len()).sum());
        if room == 0 {
            break;
        }
        let joined = joined(context, group, room);
        if joined.as_ref().is_some_and(|joined| taken.take(&joined.changes)) {
            chosen.extend(joined);
        }
    }
    chosen.truncate(most);
    if chosen.is_empty() { lone.into_iter().collect() } else { chosen }
}

/// Whether all that the fix changes are files that were read byte for byte.
fn can_be_made(context: &Context<'_>, fix: &Fix) -> bool {
    let faithful = |path: &Path| {
        context.source(path).is_some_and(|source| *source.encoding() == Encoding::Utf8)
    };
    let is_fit = |path: &Path, edits: &[Edit]| {
        context.record_at(path).is_none_or(|record| may_change(record, edits))
    };
    let can = |(path, edits): (&Path, &[Edit])| faithful(path) && is_fit(path, edits);
    fix.changes.iter().all(|change| edited(change).is_some_and(can))
}

/// Whether the answer says nothing that depends on other answers of the record: of several successors, each
/// makes another one a question.
fn can_be_joined(answer: &Answer) -> bool {
    !answer.is_superseded && answer.kind != RelationKind::SupersededBy
}

/// The answers of every record, with the fixes that make each of them alone.
#[derive(Default)]
struct Groups<'f>(BTreeMap<RecordId, Vec<(Answer, Chosen<'f>)>>);

impl<'f> Groups<'f> {
    fn add(&mut self, answer: Answer, single: Chosen<'f>) {
        self.0.entry(answer.record).or_default().push((answer, single));
    }
}

/// The first `most` answers of a record as one change; the first alone where they cannot be one.
fn joined<'f>(
    context: &Context<'_>,
    mut group: Vec<(Answer, Chosen<'f>)>,
    most: usize,
) -> Option<Chosen<'f>> {
    group.truncate(most);
    let answers: Vec<Answer> = group.iter().map(|(answer, _)| *answer).collect();
    let all = || context.granted(Wish::Answers(&answers));
    let changes = if answers.len() > 1 { all() } else { None };
    let mut singles = group.into_iter().map(|(_, single)| single);
    let mut first = singles.next()?;
    if let Some(changes) = changes {
        first.keys.extend(singles.flat_map(|single| single.keys));
        first.changes = changes.into();
    }
    Some(first)
}

/// The places that fixes change, by file.
#[derive(Default)]
struct Taken(HashMap<PathBuf, BTreeMap<usize, usize>>);

impl Taken {
    /// Takes the places of these changes, unless one of them meets one that is taken.
    fn take(&mut self, changes: &[Change]) -> bool {
        let edits = || {
            let all = changes.iter().filter_map(edited);
            all.flat_map(|(path, edits)| edits.iter().map(move |edit| (path, edit.span)))
        };
        // What is taken does not overlap, so that the last place to begin is the last one to end.
        let mut all = edits();
        let meets = all.any(|(path, span)| {
            let before = self.0.get(path).and_then(|taken| taken.range(..=span.end).next_back());
            before.is_some_and(|(_, end)| *end >= span.start)
        });
        if !meets {
            for (path, span) in edits() {
                let taken = self.0.entry(path.to_owned()).or_default();
                let end = taken.entry(span.start).or_default();
                *end = span.end.max(*end);
            }
        }
        !meets
    }
}

/// The texts after the fixes.
pub(super) fn texts(context: &Context<'_>, before: &Texts, chosen: &[Chosen<'_>]) -> Texts {
    let mut edits: BTreeMap<&Path, (Vec<Edit>, &Path)> = BTreeMap::new();
    for change in chosen.iter().flat_map(|one| one.changes.iter()) {
        let Some((path, more)) = edited(change) else { continue };
        let to = if let Change::Move { to, .. } = change { to } else { path };
        edits.entry(path).or_insert((vec![], to)).0.extend(more.iter().cloned());
    }
    let origins = Origins::new(before);
    let mut texts = before.clone();
    for (path, (edits, to)) in edits {
        let edited = context.source(path).map(|source| source.edited(&edits));
        if let Some(Ok(text)) = edited {
            texts.insert(origins.of(path), Rewritten { path: to.to_owned(), text });
        }
    }
    texts
}

/// The paths that files were read from, by where they lie now.
pub(super) struct Origins<'t>(HashMap<&'t Path, &'t Path>);

impl<'t> Origins<'t> {
    pub(super) fn new(texts: &'t Texts) -> Self {
        Self(texts.iter().map(|(old, new)| (new.path.as_path(), old.as_path())).collect())
    }

    /// The path that a file was read from and that is now at `path`.
    pub(super) fn of(&self, path: &Path) -> PathBuf {
        self.0.get(path).map_or_else(|| path.to_owned(), |old| (*old).to_owned())
    }

    /// The same as reports show it.
    pub(super) fn shown(&self, path: &Path) -> String {
        shown(&self.of(path))
    }
}

/// The file that the change changes, and what in it.
fn edited(change: &Change) -> Option<(&Path, &[Edit])> {
    match change {
        Change::Edit { path, edits } | Change::Move { path, edits, .. } => Some((path, edits)),
        Change::Create { .. } | Change::MoveFolder { .. } => None,
    }
}

/// Findings that are there after fixes and were not before.
#[derive(Default)]
pub(super) struct Worse {
    /// The files that they are about, as they were read.
    pub files: BTreeSet<String>,
    /// The files that they show besides.
    pub related: BTreeSet<String>,
    /// The codes of the rules that speak.
    pub rules: BTreeSet<&'static str>,
    /// What reads differently although no fix is for that.
    pub facts: BTreeSet<&'static str>,
}

impl Worse {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What they do, in a sentence that goes on from *it would*.
    pub(super) fn harm(&self) -> String {
        let joined =
            |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(" and ");
        if self.facts.is_empty() {
            format!("make a new finding of {}", joined(&self.rules))
        } else {
            format!("also change the {}", joined(&self.facts))
        }
    }

    /// The fixes that may have done it: those that changed a file with a new finding; if there is none, one
    /// that a new finding shows; else all.
    pub(super) fn blamed<'c, 'f>(
        &self,
        chosen: &'c [Chosen<'f>],
        origins: &Origins<'_>,
    ) -> Vec<&'c Chosen<'f>> {
        let touching = |files: &BTreeSet<String>| -> Vec<&'c Chosen<'f>> {
            let touches =
                |one: &&Chosen<'_>| one.paths().any(|path| files.contains(&origins.shown(path)));
            chosen.iter().filter(touches).collect()
        };
        let sets = [&self.files, &self.related];
        let blamed = sets.into_iter().map(touching).find(|blamed| !blamed.is_empty());
        blamed.unwrap_or_else(|| chosen.iter().collect())
    }
}
