//! A fix that is to be applied, and the texts after several of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::changed_texts::{ChangedTexts, Origins};
use crate::format::Fact;
use crate::lint::context::Context;
use crate::lint::finding::Diagnostic;
use crate::text::{Change, Edit, Rewritten};

/// What identifies a finding wherever it is in its file: code, path, message.
pub(super) type FindingKey = (&'static str, String, String);

pub(super) fn finding_key(context: &Context<'_>, one: &Diagnostic) -> FindingKey {
    (one.rule.code, context.location(&one.site).path, one.message.clone())
}

/// A fix that is to be applied, or several that are applied as one.
pub(super) struct PlannedFix<'f> {
    /// The findings that it fixes.
    pub keys: Vec<FindingKey>,
    /// What it does.
    pub title: &'f str,
    pub changes: Cow<'f, [Change]>,
    /// As [`Fix::facts`](crate::lint::Fix).
    pub facts: Option<&'static [Fact]>,
}

impl PlannedFix<'_> {
    /// The files that it changes.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.changes.iter().map(|change| match change {
            Change::Create { path, .. } | Change::Edit { path, .. } | Change::Move { path, .. } => {
                path.as_path()
            }
            Change::MoveFolder { from, .. } => from.as_path(),
        })
    }
}

/// The file that the change edits, with its edits.
pub(super) fn edited_file(change: &Change) -> Option<(&Path, &[Edit])> {
    match change {
        Change::Edit { path, edits } | Change::Move { path, edits, .. } => Some((path, edits)),
        Change::Create { .. } | Change::MoveFolder { .. } => None,
    }
}

/// The texts after the fixes, which apply to the log of `context`.
pub(super) fn texts_after(
    context: &Context<'_>,
    texts_before: &ChangedTexts,
    fixes: &[PlannedFix<'_>],
) -> ChangedTexts {
    let mut edits_by_path: BTreeMap<&Path, (Vec<Edit>, &Path)> = BTreeMap::new();
    for change in fixes.iter().flat_map(|fix| fix.changes.iter()) {
        let Some((path, edits)) = edited_file(change) else { continue };
        let new_path = if let Change::Move { to, .. } = change { to } else { path };
        let (all_edits, _) = edits_by_path.entry(path).or_insert((vec![], new_path));
        all_edits.extend(edits.iter().cloned());
    }
    let origins = Origins::new(texts_before);
    let mut texts = texts_before.clone();
    for (path, (edits, new_path)) in edits_by_path {
        let edited = context.source(path).map(|source| source.edited(&edits));
        if let Some(Ok(text)) = edited {
            texts.insert(origins.of(path), Rewritten { path: new_path.to_owned(), text });
        }
    }
    texts
}
