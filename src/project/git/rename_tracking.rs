//! Which commits touched which record, under whatever name it had then: the log of git, read once
//! from the newest commit to the oldest. Knows no status and no page.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::commits::{Blob, Commit, Entry, LogEntry};
use crate::project::conventions::is_candidate;

/// What a commit did to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Touch {
    /// Which of the commits.
    pub commit: usize,
    /// What it was in each parent; empty for a file that is new.
    pub before: Vec<Blob>,
    /// What it became.
    pub after: Blob,
}

/// What the log says.
#[derive(Debug, Default)]
pub(super) struct Lives {
    /// The newest first; no commit before its children.
    pub commits: Vec<Commit>,
    /// The commits that touched each record, the newest first, by the path that it has now.
    pub touched: BTreeMap<String, Vec<Touch>>,
    /// The names that records had before they came to the folders that the log is about.
    pub elsewhere: BTreeSet<String>,
}

/// Follows the files that `are_now` in HEAD through the log. Of the commits in `cut`, whose parents are not in the
/// clone, only the names count. `is_inside` tells for a path whether the log was asked about it.
pub(super) fn follow(
    log: Vec<LogEntry>,
    are_now: &BTreeSet<String>,
    cut: &HashSet<String>,
    is_inside: &dyn Fn(&str) -> bool,
) -> Lives {
    let mut walk = Walk::begin(are_now);
    let mut commits: Vec<Commit> = Vec::with_capacity(log.len());
    for LogEntry { commit, entries } in log {
        commits.push(commit);
        walk.step(&commits, entries, cut);
    }
    let (touched, paths) = walk.end();
    let elsewhere = paths.into_iter().filter(|path| !is_inside(path)).collect();
    Lives { commits, touched, elsewhere }
}

/// Which life has which path.
type Paths = BTreeMap<String, usize>;

/// What has been read so far. A *life* is a file through its names, as far as it is known; two
/// lives become one where branches meet that called it by different names.
struct Walk {
    lives: Vec<Life>,
    /// For the commits to come: which life has which path in them.
    ahead: HashMap<String, Rc<Paths>>,
    /// What HEAD holds, until the first commit.
    head: Option<Rc<Paths>>,
    touches: Vec<(usize, Touch)>,
    names: HashSet<(usize, String)>,
}

#[derive(Debug)]
struct Life {
    /// The one that it turned out to be; itself, where nothing did.
    same_as: usize,
    /// The path in HEAD, where there is one.
    record: Option<String>,
}

impl Walk {
    fn begin(are_now: &BTreeSet<String>) -> Self {
        let lives = are_now.iter().enumerate();
        let life = |(at, path): (usize, &String)| Life { same_as: at, record: Some(path.clone()) };
        let lives: Vec<Life> = lives.map(life).collect();
        let head = are_now.iter().cloned().enumerate().map(|(at, path)| (path, at)).collect();
        Self {
            lives,
            ahead: HashMap::new(),
            head: Some(Rc::new(head)),
            touches: Vec::new(),
            names: HashSet::new(),
        }
    }

    /// Reads what the last of the `commits` did.
    fn step(&mut self, commits: &[Commit], entries: Vec<Entry>, cut: &HashSet<String>) {
        let Some(commit) = commits.last() else { return };
        let at = commits.len() - 1;
        let head = self.head.take();
        let mut paths = self.ahead.remove(&commit.id).or(head).unwrap_or_default();
        if !cut.contains(&commit.id) {
            self.touch(at, entries, &mut paths);
        }
        for parent in &commit.parents {
            self.join(parent, &paths);
        }
    }

    /// Notes what the commit did, and makes `paths` those of its parents.
    fn touch(&mut self, at: usize, entries: Vec<Entry>, paths: &mut Rc<Paths>) {
        let mut were = Vec::new();
        for entry in entries {
            let Some(object) = entry.after else { continue };
            let known = paths.get(&entry.path).copied();
            let is_merged =
                entry.before.iter().any(|blob| blob.object == object) && entry.before.len() > 1;
            if is_merged || known.is_none() && !is_candidate(&entry.path) {
                continue;
            }
            let life = known.unwrap_or_else(|| self.new_life());
            let old = entry.before.first().map(|blob| blob.path.clone());
            if known.is_none() || old.as_ref() != Some(&entry.path) {
                Rc::make_mut(paths).remove(&entry.path);
                were.extend(old.map(|old| (old, life)));
            }
            let after = Blob { object, path: entry.path };
            self.touches.push((life, Touch { commit: at, before: entry.before, after }));
        }
        // Only now, or two files that change their names would be taken for each other.
        for (path, life) in were {
            self.names.insert((life, path.clone()));
            Rc::make_mut(paths).insert(path, life);
        }
    }

    fn new_life(&mut self) -> usize {
        self.lives.push(Life { same_as: self.lives.len(), record: None });
        self.lives.len() - 1
    }

    /// Another child of `parent` has been read, in which the files of it go by `paths`.
    fn join(&mut self, parent: &str, paths: &Rc<Paths>) {
        let Some(known) = self.ahead.get(parent).cloned() else {
            self.ahead.insert(parent.to_owned(), Rc::clone(paths));
            return;
        };
        if Rc::ptr_eq(&known, paths) {
            return;
        }
        let mut new = Vec::new();
        for (path, life) in paths.iter() {
            match known.get(path) {
                Some(other) => self.unite(*other, *life),
                None => new.push((path.clone(), *life)),
            }
        }
        if !new.is_empty() {
            let mut joined = (*known).clone();
            joined.extend(new);
            self.ahead.insert(parent.to_owned(), Rc::new(joined));
        }
    }

    /// Makes one life of two, but for those of two records that began as one file.
    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let has_record =
            |life: usize| self.lives.get(life).is_some_and(|life| life.record.is_some());
        let (into, from) = match (has_record(one), has_record(other)) {
            (true, true) => return,
            (false, true) => (other, one),
            _ => (one, other),
        };
        if let Some(life) = self.lives.get_mut(from) {
            life.same_as = into;
        }
    }

    fn root(&self, life: usize) -> usize {
        let mut at = life;
        while let Some(life) = self.lives.get(at).filter(|life| life.same_as != at) {
            at = life.same_as;
        }
        at
    }

    /// The touches of each record, and all names that records had.
    fn end(mut self) -> (BTreeMap<String, Vec<Touch>>, Vec<String>) {
        let all = std::mem::take(&mut self.touches);
        let mut touched: BTreeMap<String, Vec<Touch>> = BTreeMap::new();
        for (life, touch) in all {
            let record = self.lives.get(self.root(life)).and_then(|life| life.record.clone());
            if let Some(record) = record {
                touched.entry(record).or_default().push(touch);
            }
        }
        let is_of_record =
            |life: usize| self.lives.get(self.root(life)).is_some_and(|life| life.record.is_some());
        let names = self.names.iter().filter(|(life, _)| is_of_record(*life));
        (touched, names.map(|(_, name)| name.clone()).collect())
    }
}
