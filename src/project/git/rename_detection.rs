//! Finds records that a commit renamed and rewrote at once. Git reports these as a removed and a new file.

use std::collections::{HashMap, HashSet};

use super::commits::{Blob, CommitChanges, FileChange};
use super::repository::Repository;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Record, RecordVersion, match_records};
use crate::project::conventions::is_candidate;
use crate::text::Source;

/// The records of removed and new files, read on demand; `None` for a file that is not a record.
#[derive(Default)]
pub(super) struct RenameDetector(HashMap<Blob, Option<Record>>);

impl RenameDetector {
    /// Gives each new record the text of the record that it was before, if the same commit removed that.
    pub(super) fn pair(
        &mut self,
        repository: &Repository,
        commits: &mut [CommitChanges],
        words: &Words,
    ) -> Option<()> {
        let commits_with_both: Vec<&mut CommitChanges> = commits
            .iter_mut()
            .filter(|commit| {
                removed_files(commit).next().is_some() && new_files(commit).next().is_some()
            })
            .collect();
        let blobs = commits_with_both.iter().flat_map(|commit| {
            removed_files(commit).chain(new_files(commit)).map(|(_, blob)| blob)
        });
        let unread_blobs: HashSet<Blob> = blobs.filter(|blob| !self.0.contains_key(blob)).collect();
        self.read(repository, unread_blobs.into_iter().collect(), words)?;
        for commit in commits_with_both {
            let record = |(index, blob): (usize, Blob)| Some((index, self.0.get(&blob)?.as_ref()?));
            let (removed, new): (Vec<_>, Vec<_>) = (
                removed_files(commit).filter_map(record).collect(),
                new_files(commit).filter_map(record).collect(),
            );
            let match_records = match_records(&versions(&removed), &versions(&new));
            let pairs = removed.iter().zip(match_records);
            let pairs = pairs
                .filter_map(|((index, _), successor)| Some((*index, new.get(successor?)?.0)))
                .collect::<Vec<_>>();
            for (removed_index, new_index) in pairs {
                let removed_change = commit.changes.get(removed_index);
                let before = removed_change.map(|change| change.before.clone());
                if let (Some(before), Some(change)) = (before, commit.changes.get_mut(new_index)) {
                    change.before = before;
                }
            }
        }
        Some(())
    }

    /// Reads these files.
    fn read(&mut self, repository: &Repository, blobs: Vec<Blob>, words: &Words) -> Option<()> {
        let objects: Vec<&str> = blobs.iter().map(|blob| blob.object.as_str()).collect();
        let texts = repository.blobs(&objects).ok()?;
        for (blob, bytes) in blobs.into_iter().zip(texts) {
            let record = match recognise(Source::decode(&blob.path, bytes), &blob.path, words) {
                Recognised::Record(record) => Some(record),
                Recognised::Skipped(_) => None,
            };
            self.0.insert(blob, record);
        }
        Some(())
    }
}

fn versions<'a>(records: &[(usize, &'a Record)]) -> Vec<RecordVersion<'a>> {
    records.iter().map(|(_, record)| RecordVersion::of(record)).collect()
}

/// The files that the commit removed, with the indexes of their changes.
fn removed_files(commit: &CommitChanges) -> impl Iterator<Item = (usize, Blob)> {
    candidates(commit)
        .filter(|(_, change)| change.after.is_none())
        .filter_map(|(index, change)| Some((index, change.before.first()?.clone())))
}

/// The files that the commit added, with the indexes of their changes.
fn new_files(commit: &CommitChanges) -> impl Iterator<Item = (usize, Blob)> {
    candidates(commit).filter(|(_, change)| change.before.is_empty()).filter_map(
        |(index, change)| {
            let object = change.after.clone()?;
            Some((index, Blob { object, path: change.path.clone() }))
        },
    )
}

fn candidates(commit: &CommitChanges) -> impl Iterator<Item = (usize, &FileChange)> {
    let changes = commit.changes.iter().enumerate();
    changes.filter(|(_, change)| is_candidate(&change.path))
}
