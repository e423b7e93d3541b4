//! Reads the states of a log that a change is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::base::ResolvedBase;
use super::log_at_commit::LogAtCommit;
use super::repository::Repository;
use crate::Result;
use crate::format::{Recognised, Words, recognise};
use crate::model::{BaseSnapshots, Committed, Snapshot};
use crate::text::Source;

impl Repository {
    /// The log at the tip of the base, and at the commit that the change is based on.
    ///
    /// # Errors
    ///
    /// If that commit cannot be determined, or a file of the log is missing in this clone.
    pub fn trees(&self, base: &ResolvedBase, words: &Words) -> Result<BaseSnapshots> {
        let start = self.merge_base(base)?;
        let log_folder = self.git.below(&self.folder);
        let log_at = |commit: &str| match &log_folder {
            Some(log_folder) => self.log_at(commit, log_folder),
            None => Ok(None),
        };
        let log_at_start = log_at(&start)?;
        let changed =
            if log_folder.is_some() { self.changed_since(&start)? } else { BTreeSet::new() };
        let before = Arc::new(self.snapshot_at_start(log_at_start.as_ref(), &changed, words)?);
        let name = base.request.name.clone();
        if start == base.tip {
            let tip = Arc::clone(&before);
            return Ok(BaseSnapshots { name, tip, before, has_log: log_at_start.is_some() });
        }
        let log_at_tip = log_at(&base.tip)?;
        let is_same = |file: &str, object: &str| {
            let unmoved_log = log_at_start.as_ref().filter(|log| !log.is_moved);
            let object_at_start = unmoved_log.and_then(|log| log.files.get(file));
            before.has_same(file) && object_at_start.is_some_and(|at_start| at_start == object)
        };
        let tip = Arc::new(self.snapshot(log_at_tip.as_ref(), &is_same, words)?);
        Ok(BaseSnapshots { name, tip, before, has_log: log_at_tip.is_some() })
    }

    /// The tracked files that differ between the work tree and the commit, relative to the folder of the log.
    fn changed_since(&self, commit: &str) -> Result<BTreeSet<String>> {
        let options = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"];
        let scope = ["--ignore-submodules", "--relative", commit, "--", "."];
        let output = self.bytes(&[&["diff"], options.as_slice(), &scope].concat())?;
        let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The log at the commit that the change is based on.
    fn snapshot_at_start(
        &self,
        log: Option<&LogAtCommit>,
        changed: &BTreeSet<String>,
        words: &Words,
    ) -> Result<Snapshot> {
        let is_moved = log.is_some_and(|log| log.is_moved);
        let is_same = |file: &str, _: &str| {
            !is_moved && !changed.contains(file) && self.unsaved.as_deref() != Some(file)
        };
        let snapshot = self.snapshot(log, &is_same, words)?;
        Ok(Snapshot { changed: changed.clone(), ..snapshot })
    }

    /// Reads the log in a commit, except the files for which `is_same` returns true: the work tree holds them unchanged,
    /// so only their names are kept. `is_same` gets a file and the name of its object.
    fn snapshot(
        &self,
        log: Option<&LogAtCommit>,
        is_same: &dyn Fn(&str, &str) -> bool,
        words: &Words,
    ) -> Result<Snapshot> {
        let Some(log) = log else { return Ok(Snapshot::default()) };
        let (same_files, other_files): (Vec<_>, Vec<_>) =
            log.files.iter().partition(|(file, object)| is_same(file, object));
        let objects: Vec<&str> = other_files.iter().map(|(_, object)| object.as_str()).collect();
        let committed_files: Vec<(String, Committed)> = other_files
            .into_par_iter()
            .zip(self.blobs(&objects)?)
            .map(|((file, _), bytes)| {
                let source = Source::decode(self.folder.join(file), bytes);
                let committed = match recognise(source, file, words) {
                    Recognised::Record(record) => Committed::Record(Box::new(record)),
                    Recognised::Skipped(_) => Committed::Other,
                };
                (file.clone(), committed)
            })
            .collect();
        let mut files: BTreeMap<String, Committed> = committed_files.into_iter().collect();
        files.extend(same_files.into_iter().map(|(file, _)| (file.clone(), Committed::Same)));
        Ok(Snapshot { files, changed: BTreeSet::new() })
    }
}
