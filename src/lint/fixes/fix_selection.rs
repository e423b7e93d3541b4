//! Which fixes are applied together.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::planned_fix::{PlannedFix, edited_file, finding_key};
use crate::format::{Obstacle, obstacle};
use crate::lint::context::Context;
use crate::lint::finding::{BackLink, Diagnostic, EditRequest, Fix};
use crate::model::{Record, RecordId, RelationKind};
use crate::text::{Change, Edit, Encoding};

/// Selects fixes that can be applied together, for at most `limit` findings: no two of them change the same place. A
/// fix that renames a file is applied alone. The back links of one record become one change, which the editor writes
/// with all of them known.
pub(super) fn select_fixes<'f>(
    context: &Context<'_>,
    diagnostics: &'f [Diagnostic],
    limit: usize,
    is_allowed: impl Fn(&Diagnostic) -> bool,
) -> Vec<PlannedFix<'f>> {
    let mut edited_places = EditedPlaces::default();
    let mut selected: Vec<PlannedFix<'f>> = Vec::new();
    let mut renaming = None;
    let mut back_links: BTreeMap<RecordId, BackLinkGroup<'f>> = BTreeMap::new();
    let fixable = diagnostics.iter().filter_map(|one| Some((one, one.fix.as_ref()?)));
    for (one, fix) in fixable.filter(|(one, fix)| is_allowed(one) && can_apply(context, fix)) {
        let keys = vec![finding_key(context, one)];
        let changes = fix.changes.as_slice().into();
        let planned = PlannedFix { keys, title: &fix.title, changes, facts: fix.facts };
        if fix.changes.iter().any(|change| matches!(change, Change::Move { .. })) {
            renaming = renaming.or(Some(planned));
        } else if let Some(back_link) = fix.back_link.filter(can_be_joined) {
            back_links.entry(back_link.record).or_default().push((back_link, planned));
        } else if edited_places.claim(&planned.changes) {
            selected.push(planned);
        }
    }
    for group in back_links.into_values() {
        let remaining = limit.saturating_sub(selected.iter().map(|fix| fix.keys.len()).sum());
        if remaining == 0 {
            break;
        }
        let joined = join_back_links(context, group, remaining);
        selected.extend(joined.filter(|joined| edited_places.claim(&joined.changes)));
    }
    selected.truncate(limit);
    if selected.is_empty() { renaming.into_iter().collect() } else { selected }
}

/// Whether all files that the fix changes were read without loss, and are fit for its edits.
fn can_apply(context: &Context<'_>, fix: &Fix) -> bool {
    let is_lossless = |path: &Path| {
        context.source(path).is_some_and(|source| *source.encoding() == Encoding::Utf8)
    };
    let is_fit = |path: &Path, edits: &[Edit]| {
        context.record_at(path).is_none_or(|record| may_edit(record, edits))
    };
    fix.changes.iter().all(|change| {
        edited_file(change).is_some_and(|(path, edits)| is_lossless(path) && is_fit(path, edits))
    })
}

/// Whether nothing makes the record unfit for these edits: conflict markers, or front matter that cannot be read, if
/// it is edited.
fn may_edit(record: &Record, edits: &[Edit]) -> bool {
    match obstacle(record) {
        Some(Obstacle::Conflict(_)) => false,
        Some(
            Obstacle::BrokenFrontMatter(front_matter, _)
            | Obstacle::ForeignFrontMatter(front_matter),
        ) => edits.iter().all(|edit| edit.span.start >= front_matter.end),
        None => true,
    }
}

/// Whether the back link does not depend on other back links of the record: of several successors, each would
/// question the others.
fn can_be_joined(back_link: &BackLink) -> bool {
    !back_link.is_superseded && back_link.kind != RelationKind::SupersededBy
}

/// The back links of one record, each with the fix that writes it alone.
type BackLinkGroup<'f> = Vec<(BackLink, PlannedFix<'f>)>;

/// The first `limit` back links of a record as one fix; only the first if the editor cannot write them as one.
fn join_back_links<'f>(
    context: &Context<'_>,
    mut group: BackLinkGroup<'f>,
    limit: usize,
) -> Option<PlannedFix<'f>> {
    group.truncate(limit);
    let (back_links, single_fixes): (Vec<BackLink>, Vec<PlannedFix<'f>>) =
        group.into_iter().unzip();
    let is_several = back_links.len() > 1;
    let request = || context.requested_changes(EditRequest::BackLinks(&back_links));
    let joined_changes = is_several.then(request).flatten();
    let mut single_fixes = single_fixes.into_iter();
    let mut fix = single_fixes.next()?;
    if let Some(changes) = joined_changes {
        fix.keys.extend(single_fixes.flat_map(|single| single.keys));
        fix.changes = changes.into();
    }
    Some(fix)
}

/// The places that selected fixes change: by file, the start of each with its end. They do not overlap.
#[derive(Default)]
struct EditedPlaces(HashMap<PathBuf, BTreeMap<usize, usize>>);

impl EditedPlaces {
    /// Claims the places of these changes, unless one of them touches a place that is claimed already.
    fn claim(&mut self, changes: &[Change]) -> bool {
        let edits = || {
            let files = changes.iter().filter_map(edited_file);
            files.flat_map(|(path, edits)| edits.iter().map(move |edit| (path, edit.span)))
        };
        // Claimed places do not overlap, so that the last one to start is the last one to end.
        let is_claimed = edits().any(|(path, span)| {
            let places = self.0.get(path);
            let last = places.and_then(|places| places.range(..=span.end).next_back());
            last.is_some_and(|(_, end)| *end >= span.start)
        });
        if !is_claimed {
            for (path, span) in edits() {
                let places = self.0.entry(path.to_owned()).or_default();
                let end = places.entry(span.start).or_default();
                *end = span.end.max(*end);
            }
        }
        !is_claimed
    }
}
