//! The trees that a change to a log is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::base::ResolvedBase;
use super::log_at_commit::Listing;
use super::repository::Repository;
use crate::Result;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Committed, Snapshot, Trees};
use crate::text::Source;

impl Repository {
    /// The log at the tip of the base and where the change began.
    ///
    /// # Errors
    ///
    /// If it cannot be determined where HEAD left the base, or a file of the log is missing in this clone.
    pub fn trees(&self, base: &ResolvedBase, words: &Words) -> Result<Trees> {
        let start = self.start(base)?;
        let here = self.git.below(&self.folder);
        let listing = |commit: &str| match &here {
            Some(here) => self.listing(commit, here),
            None => Ok(None),
        };
        let at_start = listing(&start)?;
        let changed = if here.is_some() { self.changed_since(&start)? } else { BTreeSet::new() };
        let before = Arc::new(self.snapshot_at_start(at_start.as_ref(), &changed, words)?);
        let name = base.request.name.clone();
        if start == base.tip {
            return Ok(Trees {
                name,
                tip: Arc::clone(&before),
                before,
                has_log: at_start.is_some(),
            });
        }
        let at_tip = listing(&base.tip)?;
        let is_same = |file: &str, object: &str| {
            let unmoved = at_start.as_ref().filter(|one| !one.is_moved);
            let object_at_start = unmoved.and_then(|one| one.files.get(file));
            before.has_same(file) && object_at_start.is_some_and(|there| there == object)
        };
        let tip = Arc::new(self.snapshot(at_tip.as_ref(), &is_same, words)?);
        Ok(Trees { name, tip, before, has_log: at_tip.is_some() })
    }

    /// The names of files that are not in the work tree as they are in the commit, relative to the folder of the log;
    /// without those that git does not track.
    fn changed_since(&self, commit: &str) -> Result<BTreeSet<String>> {
        let options = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"];
        let place = ["--ignore-submodules", "--relative", commit, "--", "."];
        let changed = self.bytes(&[&["diff"], options.as_slice(), &place].concat())?;
        let names = changed.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The log where the change began.
    fn snapshot_at_start(
        &self,
        listing: Option<&Listing>,
        changed: &BTreeSet<String>,
        words: &Words,
    ) -> Result<Snapshot> {
        let is_moved = listing.is_some_and(|listing| listing.is_moved);
        let is_same = |file: &str, _: &str| {
            !is_moved && !changed.contains(file) && self.unsaved.as_deref() != Some(file)
        };
        let snapshot = self.snapshot(listing, &is_same, words)?;
        Ok(Snapshot { changed: changed.clone(), ..snapshot })
    }

    /// The files of the log in a commit. Of those that the work tree holds as they are, only the names are kept:
    /// `is_same` is asked for a file and the name of its object.
    fn snapshot(
        &self,
        listing: Option<&Listing>,
        is_same: &dyn Fn(&str, &str) -> bool,
        words: &Words,
    ) -> Result<Snapshot> {
        let Some(listing) = listing else { return Ok(Snapshot::default()) };
        let (same, others): (Vec<_>, Vec<_>) =
            listing.files.iter().partition(|(file, object)| is_same(file, object));
        let objects: Vec<&str> = others.iter().map(|(_, object)| object.as_str()).collect();
        let read: Vec<(String, Committed)> = others
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
        let mut files: BTreeMap<String, Committed> = read.into_iter().collect();
        files.extend(same.into_iter().map(|(file, _)| (file.clone(), Committed::Same)));
        Ok(Snapshot { files, changed: BTreeSet::new() })
    }
}
