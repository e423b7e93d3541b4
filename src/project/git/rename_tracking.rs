//! Maps each record to the commits that changed it, following renames. Reads the commits once, from the newest to
//! the oldest. Does not depend on statuses.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::commits::{Blob, Commit, CommitChanges, FileChange};
use crate::project::conventions::is_candidate;

/// The change of a record in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordChange {
    /// The index of the commit.
    pub commit: usize,
    /// The file in each parent; empty for a new file.
    pub before: Vec<Blob>,
    /// The new file.
    pub after: Blob,
}

/// The commits that changed each record.
#[derive(Debug, Default)]
pub(super) struct RecordChanges {
    /// The newest first; no commit before its children.
    pub commits: Vec<Commit>,
    /// The changes of each record, the newest first, by its present path.
    pub by_record: BTreeMap<String, Vec<RecordChange>>,
    /// The former paths of records in folders that were not read.
    pub unread_paths: BTreeSet<String>,
}

/// Follows the files `present_paths` of HEAD through the commits. Ignores the changes of the commits in `cut`,
/// because their parents are not in the clone. `is_read` returns whether the commits of a path were read.
pub(super) fn track_renames(
    log: Vec<CommitChanges>,
    present_paths: &BTreeSet<String>,
    cut: &HashSet<String>,
    is_read: &dyn Fn(&str) -> bool,
) -> RecordChanges {
    let mut tracker = RenameTracker::new(present_paths);
    let mut commits: Vec<Commit> = Vec::with_capacity(log.len());
    for CommitChanges { commit, changes } in log {
        commits.push(commit);
        tracker.add_commit(&commits, changes, cut);
    }
    let (by_record, former_paths) = tracker.finish();
    let unread_paths = former_paths.into_iter().filter(|path| !is_read(path)).collect();
    RecordChanges { commits, by_record, unread_paths }
}

/// The index of the tracked file that has each path.
type Paths = BTreeMap<String, usize>;

/// The state between two commits. A tracked file is a file under all its names, as far as they are known. Two of them
/// become one when branches that used different names for one file have a common ancestor.
struct RenameTracker {
    files: Vec<TrackedFile>,
    /// The paths in the commits that are still to be read, by commit.
    pending_paths: HashMap<String, Rc<Paths>>,
    /// The paths in HEAD, until the first commit takes them.
    head_paths: Option<Rc<Paths>>,
    /// The changes so far, each with the index of its file.
    changes: Vec<(usize, RecordChange)>,
    former_paths: HashSet<(usize, String)>,
}

#[derive(Debug)]
struct TrackedFile {
    /// The index of the file that it turned out to be; its own index otherwise.
    same_as: usize,
    /// The path in HEAD, if it exists there.
    record: Option<String>,
}

impl RenameTracker {
    fn new(present_paths: &BTreeSet<String>) -> Self {
        let paths = present_paths.iter().enumerate();
        let file = |(index, path): (usize, &String)| TrackedFile {
            same_as: index,
            record: Some(path.clone()),
        };
        let files: Vec<TrackedFile> = paths.map(file).collect();
        let head_paths = present_paths.iter().cloned().enumerate();
        let head_paths = head_paths.map(|(index, path)| (path, index)).collect();
        Self {
            files,
            pending_paths: HashMap::new(),
            head_paths: Some(Rc::new(head_paths)),
            changes: Vec::new(),
            former_paths: HashSet::new(),
        }
    }

    /// Adds the changes of the last of the `commits`.
    fn add_commit(&mut self, commits: &[Commit], changes: Vec<FileChange>, cut: &HashSet<String>) {
        let Some(commit) = commits.last() else { return };
        let commit_index = commits.len() - 1;
        let head_paths = self.head_paths.take();
        let mut paths = self.pending_paths.remove(&commit.id).or(head_paths).unwrap_or_default();
        if !cut.contains(&commit.id) {
            self.add_changes(commit_index, changes, &mut paths);
        }
        for parent in &commit.parents {
            self.add_child(parent, &paths);
        }
    }

    /// Notes the changes of a commit, and turns its `paths` into the paths in its parents.
    fn add_changes(
        &mut self,
        commit_index: usize,
        changes: Vec<FileChange>,
        paths: &mut Rc<Paths>,
    ) {
        let mut old_paths = Vec::new();
        for change in changes {
            let Some(object) = change.after else { continue };
            let known_file = paths.get(&change.path).copied();
            let is_merged =
                change.before.len() > 1 && change.before.iter().any(|blob| blob.object == object);
            if is_merged || known_file.is_none() && !is_candidate(&change.path) {
                continue;
            }
            let file = known_file.unwrap_or_else(|| self.add_file());
            let old_path = change.before.first().map(|blob| blob.path.clone());
            if known_file.is_none() || old_path.as_ref() != Some(&change.path) {
                Rc::make_mut(paths).remove(&change.path);
                old_paths.extend(old_path.map(|path| (path, file)));
            }
            let after = Blob { object, path: change.path };
            let change = RecordChange { commit: commit_index, before: change.before, after };
            self.changes.push((file, change));
        }
        // Not in the loop above: two files that exchange their names would be confused.
        for (path, file) in old_paths {
            self.former_paths.insert((file, path.clone()));
            Rc::make_mut(paths).insert(path, file);
        }
    }

    fn add_file(&mut self) -> usize {
        self.files.push(TrackedFile { same_as: self.files.len(), record: None });
        self.files.len() - 1
    }

    /// Adds the `paths` that one more child of `parent` expects in it.
    fn add_child(&mut self, parent: &str, paths: &Rc<Paths>) {
        let Some(known_paths) = self.pending_paths.get(parent).cloned() else {
            self.pending_paths.insert(parent.to_owned(), Rc::clone(paths));
            return;
        };
        if Rc::ptr_eq(&known_paths, paths) {
            return;
        }
        let mut new_paths = Vec::new();
        for (path, file) in paths.iter() {
            match known_paths.get(path) {
                Some(other_file) => self.unite(*other_file, *file),
                None => new_paths.push((path.clone(), *file)),
            }
        }
        if !new_paths.is_empty() {
            let mut all_paths = (*known_paths).clone();
            all_paths.extend(new_paths);
            self.pending_paths.insert(parent.to_owned(), Rc::new(all_paths));
        }
    }

    /// Makes one file of two, unless both are records, which have a common origin then.
    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.representative(one), self.representative(other));
        let is_record =
            |file: usize| self.files.get(file).is_some_and(|file| file.record.is_some());
        let (into, from) = match (is_record(one), is_record(other)) {
            (true, true) => return,
            (false, true) => (other, one),
            _ => (one, other),
        };
        if let Some(file) = self.files.get_mut(from) {
            file.same_as = into;
        }
    }

    /// The file that this one turned out to be.
    fn representative(&self, file: usize) -> usize {
        let mut index = file;
        while let Some(file) = self.files.get(index).filter(|file| file.same_as != index) {
            index = file.same_as;
        }
        index
    }

    fn record(&self, file: usize) -> Option<&String> {
        self.files.get(self.representative(file)).and_then(|file| file.record.as_ref())
    }

    /// The changes of each record, and all former paths of records.
    fn finish(mut self) -> (BTreeMap<String, Vec<RecordChange>>, Vec<String>) {
        let all_changes = std::mem::take(&mut self.changes);
        let mut by_record: BTreeMap<String, Vec<RecordChange>> = BTreeMap::new();
        for (file, change) in all_changes {
            if let Some(record) = self.record(file) {
                by_record.entry(record.clone()).or_default().push(change);
            }
        }
        let former_paths =
            self.former_paths.iter().filter(|(file, _)| self.record(*file).is_some());
        (by_record, former_paths.map(|(_, path)| path.clone()).collect())
    }
}
