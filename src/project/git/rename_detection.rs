//! Records that a commit gave another name and another text at once, so that git sees a file that went and one that came.

use std::collections::{HashMap, HashSet};

use super::commits::{Blob, Entry, LogEntry};
use super::repository::Repository;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Record, Version, successors};
use crate::text::Source;

/// The records of the files that came and went; `None` for a file that is not a record.
#[derive(Default)]
pub(super) struct Renames(HashMap<Blob, Option<Record>>);

impl Renames {
    /// Gives each record that came with a commit its text before, if one went in the same commit that it was.
    pub(super) fn pair(
        &mut self,
        repository: &Repository,
        commits: &mut [LogEntry],
        words: &Words,
    ) -> Option<()> {
        let open: Vec<&mut LogEntry> = commits
            .iter_mut()
            .filter(|commit| went(commit).next().is_some() && came(commit).next().is_some())
            .collect();
        let blobs = open.iter().flat_map(|commit| {
            went(commit).map(|(_, blob)| blob).chain(came(commit).map(|(_, blob)| blob))
        });
        let wanted: HashSet<Blob> = blobs.filter(|blob| !self.0.contains_key(blob)).collect();
        self.read(repository, wanted.into_iter().collect(), words)?;
        for commit in open {
            let known = |(index, blob): (usize, Blob)| Some((index, self.0.get(&blob)?.as_ref()?));
            let (old, new): (Vec<_>, Vec<_>) = (
                went(commit).filter_map(known).collect(),
                came(commit).filter_map(known).collect(),
            );
            let pairs = successors(&versions(&old), &versions(&new));
            let pairs =
                old.iter().zip(pairs).filter_map(|((from, _), to)| Some((*from, new.get(to?)?.0)));
            for (from, to) in pairs.collect::<Vec<_>>() {
                let before = commit.entries.get(from).map(|entry| entry.before.clone());
                if let (Some(before), Some(entry)) = (before, commit.entries.get_mut(to)) {
                    entry.before = before;
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

fn versions<'a>(records: &[(usize, &'a Record)]) -> Vec<Version<'a>> {
    records.iter().map(|(_, record)| Version::of(record)).collect()
}

/// The files that went with the commit, by the places of their entries.
fn went(commit: &LogEntry) -> impl Iterator<Item = (usize, Blob)> {
    candidates(commit)
        .filter(|(_, entry)| entry.after.is_none())
        .filter_map(|(index, entry)| Some((index, entry.before.first()?.clone())))
}

/// The files that came with the commit, by the places of their entries.
fn came(commit: &LogEntry) -> impl Iterator<Item = (usize, Blob)> {
    candidates(commit).filter(|(_, entry)| entry.before.is_empty()).filter_map(|(index, entry)| {
        let object = entry.after.clone()?;
        Some((index, Blob { object, path: entry.path.clone() }))
    })
}

fn candidates(commit: &LogEntry) -> impl Iterator<Item = (usize, &Entry)> {
    let all = commit.entries.iter().enumerate();
    all.filter(|(_, entry)| crate::project::conventions::is_candidate(&entry.path))
}
