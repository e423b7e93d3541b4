//! Reads from git when each record was added, when its status changed, and when it was last edited. Uses no network, and
//! omits uncertain events. Does not depend on pages.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::commits::{Blob, Commit, FORMAT, read_commits};
use super::rename_detection::RenameDetector;
use super::rename_tracking::{RecordChange, RecordChanges, track_renames};
use super::repository::Repository;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Date, Event, EventKind, Histories, History, Status};
use crate::project::path_policy::Boundary;
use crate::text::Source;

/// How many moves of a log to another folder are followed.
const MAX_MOVES: usize = 8;

/// The size limit of a `.mailmap`, in bytes.
const MAX_MAILMAP: u64 = 1 << 20;

/// How many files are read at once.
const BATCH_SIZE: usize = 2_000;

/// Identifies the history of a log: while the tip is the same, [`Repository::histories`] are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tip {
    /// The folder of the log in the repository, empty or with `/` at its end.
    prefix: String,
    /// HEAD.
    commit: String,
    /// The end of a shallow clone.
    shallow: String,
    /// The spelling of authors' names.
    mailmap: String,
}

impl Repository {
    /// The tip of the history; `None` before the first commit.
    pub fn history_tip(&self) -> Option<Tip> {
        let folder = self.git.below(&self.folder)?;
        let head = self.objects(&["HEAD^{commit}"]).ok()?.pop()??;
        Some(Tip {
            prefix: if folder.is_empty() { folder } else { folder + "/" },
            commit: head.name,
            shallow: self.git.shallow_file(),
            mailmap: read_mailmap(self.git.root()),
        })
    }

    /// The history of every committed record; empty if git fails.
    pub fn histories(&self, tip: &Tip, words: &Words) -> Histories {
        self.read_histories(tip, words).unwrap_or_default()
    }

    fn read_histories(&self, tip: &Tip, words: &Words) -> Option<Histories> {
        let prefix = tip.prefix.as_str();
        let present_objects = self.present_objects(tip)?;
        let changes = self.record_changes(tip, &present_objects, words)?;
        let blobs = changes.by_record.values().flatten();
        let blobs =
            blobs.flat_map(|change| change.before.iter().chain(std::iter::once(&change.after)));
        let blobs: BTreeSet<&Blob> = blobs.collect();
        let versions = self.versions(&blobs, prefix, words)?;
        let is_complete = changes.unread_paths.is_empty();
        let builder = HistoryBuilder { versions, is_complete, changes: &changes };
        let histories = changes.by_record.iter().filter_map(|(path, record_changes)| {
            let history = builder.history(record_changes, present_objects.get(path)?)?;
            Some((path.strip_prefix(prefix)?.to_owned(), history))
        });
        Some(Histories(histories.collect()))
    }

    /// The objects of the files that may be records, by path relative to the root of the repository.
    fn present_objects(&self, tip: &Tip) -> Option<BTreeMap<String, String>> {
        let files = self.log_in(&tip.commit, tip.prefix.trim_end_matches('/')).ok()?;
        Some(files.into_iter().map(|(file, object)| (tip.prefix.clone() + &file, object)).collect())
    }

    /// The commits of a shallow clone without their parents. All their files look new.
    fn cut_commits(&self, head: &str) -> Option<HashSet<String>> {
        if !self.git.is_shallow {
            return Some(HashSet::new());
        }
        let output = self.text(&["rev-list", "--max-parents=0", head])?;
        Some(output.lines().map(str::to_owned).collect())
    }

    /// The changes of all records in the folder of the log and in its former folders.
    fn record_changes(
        &self,
        tip: &Tip,
        present_objects: &BTreeMap<String, String>,
        words: &Words,
    ) -> Option<RecordChanges> {
        let present_paths: BTreeSet<String> = present_objects.keys().cloned().collect();
        let cut_commits = self.cut_commits(&tip.commit)?;
        // A log in the root of its repository may have been in a folder of any name.
        let log_folder = if tip.prefix.is_empty() { "/" } else { &tip.prefix };
        let mut folders = BTreeSet::from([log_folder.to_owned()]);
        let mut detector = RenameDetector::default();
        let mut move_count = 0;
        loop {
            let mut commits = read_commits(&self.log_output(&tip.commit, &folders)?);
            detector.pair(self, &mut commits, words)?;
            let is_read = |path: &str| folders.iter().any(|folder| contains(folder, path));
            let changes = track_renames(commits, &present_paths, &cut_commits, &is_read);
            if changes.unread_paths.is_empty() || move_count == MAX_MOVES {
                return Some(changes);
            }
            move_count += 1;
            folders.extend(changes.unread_paths.iter().map(|path| parent_folder(path).to_owned()));
        }
    }

    /// The output of `git log` for these folders. It has all files of each commit, to show renames from other folders.
    fn log_output(&self, head: &str, folders: &BTreeSet<String>) -> Option<Vec<u8>> {
        let diff_options =
            ["log", "-z", "--raw", "-c", "-B", "-M", "-l1000", "--no-abbrev", "--full-diff"];
        let log_options = ["--parents", "--date-order", "--no-relative", "--no-color", "--root"];
        let patterns = folders.iter().map(|folder| match folder.as_str() {
            "/" => ":(top)".to_owned(),
            "" => ":(top,glob)*".to_owned(),
            folder => format!(":(top,literal){}", folder.trim_end_matches('/')),
        });
        let patterns: Vec<String> = patterns.collect();
        let mut arguments = [diff_options.as_slice(), &log_options, &[FORMAT, head, "--"]].concat();
        arguments.extend(patterns.iter().map(String::as_str));
        self.bytes(&arguments).ok()
    }

    /// Reads each of these files.
    fn versions<'b>(
        &self,
        blobs: &BTreeSet<&'b Blob>,
        prefix: &str,
        words: &Words,
    ) -> Option<HashMap<&'b Blob, FileVersion>> {
        let all_blobs: Vec<&Blob> = blobs.iter().copied().collect();
        let mut versions = HashMap::with_capacity(all_blobs.len());
        for batch in all_blobs.chunks(BATCH_SIZE) {
            let objects: Vec<&str> = batch.iter().map(|blob| blob.object.as_str()).collect();
            let contents: Vec<_> = batch.iter().zip(self.blobs(&objects).ok()?).collect();
            let read = contents.into_par_iter().map(|(blob, bytes)| {
                let file_name = blob.path.rsplit('/').next().unwrap_or_default();
                // In a former folder of the log, only the name of the file counts.
                let file = blob.path.strip_prefix(prefix).unwrap_or(file_name);
                let source = Source::decode(file, bytes);
                let text = History::new(vec![], source.text());
                let status = match recognise(source, file, words) {
                    Recognised::Record(record) => record.status().cloned(),
                    Recognised::Skipped(_) => None,
                };
                (*blob, FileVersion { status, text })
            });
            versions.extend(read.collect::<Vec<_>>());
        }
        Some(versions)
    }
}

/// The `.mailmap` of the project, which spells the names of people. Git does not read it if it is a link, either.
fn read_mailmap(root: &Path) -> String {
    let bytes = Boundary::at(root).read_no_link(&root.join(".mailmap"), MAX_MAILMAP);
    bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What a file held in one commit.
struct FileVersion {
    status: Option<Status>,
    /// A history without events.
    text: History,
}

/// The folder of a file, with a `/` at its end; empty for the root.
fn parent_folder(path: &str) -> &str {
    path.rfind('/').and_then(|slash| path.get(..=slash)).unwrap_or_default()
}

/// Whether the log output for `folder` includes `path`. `/` is the whole repository, the empty folder only its root.
fn contains(folder: &str, path: &str) -> bool {
    match folder {
        "/" => true,
        "" => !path.contains('/'),
        folder => path.starts_with(folder),
    }
}

/// Turns the changes of a record into events.
struct HistoryBuilder<'c> {
    changes: &'c RecordChanges,
    versions: HashMap<&'c Blob, FileVersion>,
    /// Whether every former path of every record was followed.
    is_complete: bool,
}

impl HistoryBuilder<'_> {
    /// The history of a record with these changes, the newest first. `present_object` is its object in HEAD.
    fn history(&self, changes: &[RecordChange], present_object: &str) -> Option<History> {
        let newest_change = changes.first()?;
        let mut events: Vec<Event> = Vec::new();
        for change in changes.iter().rev() {
            let event = self.status_event(change, &events);
            events.extend(event);
        }
        // The newest change may be older than the object in HEAD if the clone is shallow.
        let is_last = newest_change.after.object == present_object;
        let present_status = is_last.then(|| self.status(&newest_change.after));
        let last_event = present_status
            .and_then(|status| self.event(newest_change, EventKind::Changed, (status, status)));
        let is_listed = |event: &Event| events.iter().any(|other| other.commit == event.commit);
        events.extend(last_event.filter(|event| !is_listed(event)));
        let text = self.versions.get(&newest_change.after)?.text.text;
        Some(History { events, text })
    }

    /// The event of a change that added the record or changed its status, after `previous_events`.
    fn status_event(&self, change: &RecordChange, previous_events: &[Event]) -> Option<Event> {
        let new_status = self.status(&change.after);
        let Some(first_before) = change.before.first() else {
            // A file that was added on two branches counts once.
            let is_first = previous_events.is_empty() && self.is_complete;
            let added = || self.event(change, EventKind::Added, (None, new_status));
            return is_first.then(added).flatten();
        };
        let old_status = self.status(first_before);
        let has_changed = change.before.iter().all(|blob| self.status(blob) != new_status);
        // The same change on two branches counts once.
        let is_repeated = previous_events.last().is_some_and(|event| {
            event.from.as_ref() == old_status && event.to.as_ref() == new_status
        });
        let changed = || self.event(change, EventKind::Status, (old_status, new_status));
        (has_changed && !is_repeated).then(changed).flatten()
    }

    fn status(&self, blob: &Blob) -> Option<&Status> {
        self.versions.get(blob)?.status.as_ref()
    }

    fn event(
        &self,
        change: &RecordChange,
        kind: EventKind,
        (from, to): (Option<&Status>, Option<&Status>),
    ) -> Option<Event> {
        let Commit { id, date, author, .. } = self.changes.commits.get(change.commit)?;
        let author_name = author.trim();
        // Some people use their address as their name. Addresses are private.
        let is_name = !author_name.is_empty() && !author_name.contains('@');
        Some(Event {
            kind,
            from: from.cloned(),
            to: to.cloned(),
            commit: id.clone(),
            date: Date::parse_iso(date)?,
            author: is_name.then(|| author_name.to_owned()),
        })
    }
}
