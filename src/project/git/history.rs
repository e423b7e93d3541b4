//! When each record came, when its status changed and when it was last touched, as git tells.
//! Reads only, over no network; what is not certain is left out. Knows no page.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::commits::{self, Blob, Commit};
use super::rename_detection::Renames;
use super::rename_tracking::{Lives, Touch, follow};
use super::repository::Repository;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Date, Event, EventKind, Histories, History, Status};
use crate::project::path_policy::Boundary;
use crate::text::Source;

/// How often a log may have moved to another folder; what lies before is left out.
const MOVES: usize = 8;

/// The longest `.mailmap` that is read, in bytes.
const LONGEST_SPELLING: u64 = 1 << 20;

/// How many files are read at once.
const BATCH: usize = 2_000;

/// Which history a repository has: while it is the same, [`Repository::histories`] are too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tip {
    /// The folder of the log in the repository, empty or with `/` at its end.
    prefix: String,
    /// HEAD.
    commit: String,
    /// Where a shallow clone ends, and how git is told to spell names.
    cut: String,
    spelling: String,
}

impl Repository {
    /// Which history there is; `None` where nothing is committed.
    pub fn history_tip(&self) -> Option<Tip> {
        let below = self.git.below(&self.folder)?;
        let head = self.objects(&["HEAD^{commit}"]).ok()?.pop()??;
        Some(Tip {
            prefix: if below.is_empty() { below } else { below + "/" },
            commit: head.name,
            cut: self.git.shallow_file(),
            spelling: spelling(self.git.root()),
        })
    }

    /// The history of every record that is committed; none where git cannot tell.
    pub fn histories(&self, tip: &Tip, words: &Words) -> Histories {
        self.read_histories(tip, words).unwrap_or_default()
    }

    fn read_histories(&self, tip: &Tip, words: &Words) -> Option<Histories> {
        let prefix = tip.prefix.as_str();
        let head = self.head(tip)?;
        let cut = self.cut(&tip.commit)?;
        let lives = self.lives(tip, &head.keys().cloned().collect(), &cut, words)?;
        let blobs = lives.touched.values().flatten();
        let blobs =
            blobs.flat_map(|touch| touch.before.iter().chain(std::iter::once(&touch.after)));
        let wanted: BTreeSet<&Blob> = blobs.collect();
        let versions = self.versions(&wanted, prefix, words)?;
        let told = Told { versions, is_whole: lives.elsewhere.is_empty(), lives: &lives };
        let histories = lives.touched.iter().filter_map(|(path, touches)| {
            let history = told.history(touches, head.get(path)?)?;
            Some((path.strip_prefix(prefix)?.to_owned(), history))
        });
        Some(Histories(histories.collect()))
    }

    /// The objects that may be records, by their paths from the root of the repository.
    fn head(&self, tip: &Tip) -> Option<BTreeMap<String, String>> {
        let files = self.log_in(&tip.commit, tip.prefix.trim_end_matches('/')).ok()?;
        Some(files.into_iter().map(|(file, object)| (tip.prefix.clone() + &file, object)).collect())
    }

    /// The commits whose parents are missing in a shallow clone: all that they hold looks new.
    fn cut(&self, head: &str) -> Option<HashSet<String>> {
        if !self.git.is_shallow {
            return Some(HashSet::new());
        }
        let said = self.text(&["rev-list", "--max-parents=0", head])?;
        Some(said.lines().map(str::to_owned).collect())
    }

    /// The log of the folder, and of the folders that its records came from.
    fn lives(
        &self,
        tip: &Tip,
        records: &BTreeSet<String>,
        cut: &HashSet<String>,
        words: &Words,
    ) -> Option<Lives> {
        // A log in the root of its repository may have a folder of any name.
        let own = if tip.prefix.is_empty() { "/" } else { &tip.prefix };
        let mut folders = BTreeSet::from([own.to_owned()]);
        let mut renames = Renames::default();
        let mut moves = 0;
        loop {
            let mut log = commits::read(&self.log(&tip.commit, &folders)?);
            renames.pair(self, &mut log, words)?;
            let is_inside = |path: &str| folders.iter().any(|one| holds(one, path));
            let lives = follow(log, records, cut, &is_inside);
            if lives.elsewhere.is_empty() || moves == MOVES {
                return Some(lives);
            }
            moves += 1;
            folders.extend(lives.elsewhere.iter().map(|path| folder(path).to_owned()));
        }
    }

    /// What git tells of these folders; the whole of each commit, to see what came from elsewhere.
    fn log(&self, head: &str, folders: &BTreeSet<String>) -> Option<Vec<u8>> {
        let args = ["log", "-z", "--raw", "-c", "-B", "-M", "-l1000", "--no-abbrev", "--full-diff"];
        let more = ["--parents", "--date-order", "--no-relative", "--no-color", "--root"];
        let places = folders.iter().map(|folder| match folder.as_str() {
            "/" => ":(top)".to_owned(),
            "" => ":(top,glob)*".to_owned(),
            folder => format!(":(top,literal){}", folder.trim_end_matches('/')),
        });
        let places: Vec<String> = places.collect();
        let mut all = [args.as_slice(), &more, &[commits::FORMAT, head, "--"]].concat();
        all.extend(places.iter().map(String::as_str));
        self.bytes(&all).ok()
    }

    /// What each of these files says.
    fn versions<'b>(
        &self,
        wanted: &BTreeSet<&'b Blob>,
        prefix: &str,
        words: &Words,
    ) -> Option<HashMap<&'b Blob, Version>> {
        let all: Vec<&Blob> = wanted.iter().copied().collect();
        let mut versions = HashMap::with_capacity(all.len());
        for some in all.chunks(BATCH) {
            let objects: Vec<&str> = some.iter().map(|blob| blob.object.as_str()).collect();
            let texts: Vec<_> = some.iter().zip(self.blobs(&objects).ok()?).collect();
            let read = texts.into_par_iter().map(|(blob, bytes)| {
                let name = blob.path.rsplit('/').next().unwrap_or_default();
                // Of a folder that the log has left, only the name of the file counts.
                let file = blob.path.strip_prefix(prefix).unwrap_or(name);
                let source = Source::decode(file, bytes);
                let text = History::new(vec![], source.text());
                let status = match recognise(source, file, words) {
                    Recognised::Record(record) => record.status().cloned(),
                    Recognised::Skipped(_) => None,
                };
                (*blob, Version { status, text })
            });
            versions.extend(read.collect::<Vec<_>>());
        }
        Some(versions)
    }
}

/// How the project spells the names of people: its `.mailmap`, which git does not read either if it is a link.
fn spelling(root: &Path) -> String {
    let bytes = Boundary::at(root).read_no_link(&root.join(".mailmap"), LONGEST_SPELLING);
    bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What a file said at one time.
struct Version {
    status: Option<Status>,
    /// A history without events.
    text: History,
}

/// The folder of a file, with a `/` at its end; empty for the root.
fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default()
}

/// Whether the log of `folder` tells of `path`; `/` is all of the repository, nothing its root.
fn holds(folder: &str, path: &str) -> bool {
    match folder {
        "/" => true,
        "" => !path.contains('/'),
        folder => path.starts_with(folder),
    }
}

/// All that was read.
struct Told<'t> {
    lives: &'t Lives,
    versions: HashMap<&'t Blob, Version>,
    /// Whether every name of every record was followed.
    is_whole: bool,
}

impl Told<'_> {
    /// The history of a record that these commits touched, the newest first; `now` is its object.
    fn history(&self, touches: &[Touch], now: &str) -> Option<History> {
        let newest = touches.first()?;
        let mut events: Vec<Event> = Vec::new();
        for touch in touches.iter().rev() {
            let event = self.told(touch, &events);
            events.extend(event);
        }
        // Where another branch has changed it, which a shallow clone does not hold.
        let last = (newest.after.object == now).then(|| self.status(&newest.after));
        let last = last.and_then(|now| self.event(newest, EventKind::Changed, (now, now)));
        let is_told = |last: &Event| events.iter().any(|event| event.commit == last.commit);
        events.extend(last.filter(|last| !is_told(last)));
        let text = self.versions.get(&newest.after)?.text.text;
        Some(History { events, text })
    }

    /// What a commit did that is worth telling after the events before it.
    fn told(&self, touch: &Touch, before: &[Event]) -> Option<Event> {
        let to = self.status(&touch.after);
        let Some(first) = touch.before.first() else {
            // A file that came on two branches came with the first.
            let is_first = before.is_empty() && self.is_whole;
            return is_first.then(|| self.event(touch, EventKind::Added, (None, to))).flatten();
        };
        let from = self.status(first);
        let has_changed = touch.before.iter().all(|blob| self.status(blob) != to);
        // The same change on two branches is told once.
        let last = before.last();
        let is_told = last.is_some_and(|last| last.from.as_ref() == from && last.to.as_ref() == to);
        let is_news = has_changed && !is_told;
        is_news.then(|| self.event(touch, EventKind::Status, (from, to))).flatten()
    }

    fn status(&self, blob: &Blob) -> Option<&Status> {
        self.versions.get(blob)?.status.as_ref()
    }

    fn event(
        &self,
        touch: &Touch,
        kind: EventKind,
        (from, to): (Option<&Status>, Option<&Status>),
    ) -> Option<Event> {
        let Commit { id, date, author, .. } = self.lives.commits.get(touch.commit)?;
        let name = author.trim();
        // Addresses are nobody's business; some people have theirs where the name should be.
        let is_name = !name.is_empty() && !name.contains('@');
        Some(Event {
            kind,
            from: from.cloned(),
            to: to.cloned(),
            commit: id.clone(),
            date: Date::parse_iso(date)?,
            author: is_name.then(|| name.to_owned()),
        })
    }
}
