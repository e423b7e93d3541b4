//! The trees that a change to a log is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Output;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::Git;
use super::process::{Fetch, Request, refused};
use crate::format::{Recognised, recognise};
use crate::model::{Committed, Snapshot, Trees};
use crate::project::{Config, read};
use crate::text::{Source, shell_word};
use crate::{Error, Result};

/// A base that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// A branch, a tag or a commit, as it was given.
    pub name: String,
    /// Whether a branch of that name is meant as the remote has it, and not the local one.
    pub of_remote: bool,
    /// Whether it is the very commit where the change began.
    pub is_start: bool,
}

impl Asked {
    /// What is called so here, else at the remote.
    pub fn plain(name: &str) -> Self {
        Self { name: name.to_owned(), of_remote: false, is_start: false }
    }
}

/// The git repository that a log is in.
#[derive(Debug)]
pub struct Repository {
    pub(super) git: Git,
    /// The folder of the log: what git gives out is relative to it.
    pub(super) folder: PathBuf,
    /// Whether git may fetch what a clone of a part of the objects lacks.
    fetch: Fetch,
    /// A file of the log that is compared whatever the disk holds, with `/`.
    unsaved: Option<String>,
}

impl Repository {
    /// What `git` knows of the log in `folder`.
    pub(in crate::project) fn new(git: Git, folder: PathBuf) -> Self {
        Self { git, folder, fetch: Fetch::Never, unsaved: None }
    }

    /// The same, with a file of the log that was not read from the disk.
    #[must_use]
    pub(in crate::project) fn with_unsaved(self, unsaved: Option<String>) -> Self {
        Self { unsaved, ..self }
    }

    /// The same, for a base: if the user asked for it, what a partial clone lacks may be fetched.
    #[must_use]
    pub fn for_base(self, is_asked: bool) -> Self {
        let fetch = if is_asked { Fetch::Allowed } else { Fetch::Never };
        Self { fetch, ..self }
    }

    /// The log at the tip of the base and where the change began.
    ///
    /// # Errors
    ///
    /// Where the base is not in the repository, or it cannot be told where HEAD left it.
    pub fn trees(&self, asked: &Asked, config: &Config) -> Result<Trees> {
        let tip = self.tip(asked)?;
        let start = self.start(asked, &tip)?;
        let prefix = self.text(&["rev-parse", "--show-prefix"]);
        let here = prefix.as_deref().map(|prefix| prefix.trim_end().trim_end_matches('/'));
        let tip_tree = self.snapshot(&tip, here, config)?;
        let has_log = tip_tree.is_some();
        let tip_tree = Arc::new(tip_tree.unwrap_or_default());
        let before = if start == tip {
            Arc::clone(&tip_tree)
        } else {
            Arc::new(self.snapshot(&start, here, config)?.unwrap_or_default())
        };
        Ok(Trees { name: asked.name.clone(), tip: tip_tree, before, has_log })
    }

    /// The commit that the base means.
    ///
    /// # Errors
    ///
    /// [`Error::NoBase`] where it is not in the repository.
    pub fn tip(&self, asked: &Asked) -> Result<String> {
        let no_base = || Error::NoBase { base: asked.name.clone(), fetch: self.fetch(&asked.name) };
        self.resolve(asked).ok_or_else(no_base)
    }

    /// The commit that the base means: that of the remote first, where that was asked for.
    fn resolve(&self, asked: &Asked) -> Option<String> {
        let name = asked.name.as_str();
        let short = name.strip_prefix("refs/heads/").unwrap_or(name);
        let remote = format!("refs/remotes/{}/{short}", self.remote()?);
        let names = if asked.of_remote { [remote.as_str(), name] } else { [name, &remote] };
        names.into_iter().find_map(|name| self.commit(name))
    }

    fn commit(&self, name: &str) -> Option<String> {
        let commit = format!("{name}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        self.text(&args).map(|said| said.trim().to_owned()).filter(|said| !said.is_empty())
    }

    /// Where HEAD left the base: the base itself, where HEAD is a merge of it or grew from it.
    fn start(&self, asked: &Asked, tip: &str) -> Result<String> {
        let head = self.commit("HEAD").unwrap_or_default();
        // The parents stand in the commit, also where a shallow clone does not hold them.
        let commit = self.text(&["cat-file", "commit", &head]).unwrap_or_default();
        let lines = commit.lines().take_while(|line| !line.is_empty());
        let is_parent = lines.filter_map(|line| line.strip_prefix("parent ")).any(|one| one == tip);
        if asked.is_start || is_parent || head == tip {
            return Ok(tip.to_owned());
        }
        let base = self.text(&["merge-base", tip, "HEAD"]).unwrap_or_default();
        match base.trim() {
            "" => Err(Error::NoMergeBase { base: asked.name.clone(), fetch: self.deepen(asked) }),
            base => Ok(base.to_owned()),
        }
    }

    /// The branch that the one of HEAD follows, by its name at the remote.
    pub fn upstream(&self) -> Option<Asked> {
        let args = ["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"];
        let name = self.text(&args)?.trim().to_owned();
        (!name.is_empty()).then(|| Asked::plain(&name))
    }

    /// Whether there is a repository that it was cloned from, or goes to.
    pub fn has_remote(&self) -> bool {
        self.text(&["remote"]).is_some_and(|said| !said.trim().is_empty())
    }

    /// The files of the log in a commit; `None` where it has no log. Only those that differ from the
    /// disk are read. The folder of the log is now called `here`, from the root of the repository.
    fn snapshot(
        &self,
        commit: &str,
        here: Option<&str>,
        config: &Config,
    ) -> Result<Option<Snapshot>> {
        let Some(here) = here else { return Ok(None) };
        let Some(there) = self.folder_in(commit, here) else { return Ok(None) };
        let is_moved = there != here;
        let place = format!("{commit}:{there}");
        let tree = self.bytes(&["ls-tree", "-r", "-z", "--full-tree", &place])?;
        let diff = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules",
            "--relative",
            commit,
            "--",
            ".",
        ];
        let changed = self.bytes(&diff)?;
        let changed: BTreeSet<&[u8]> = changed.split(|byte| *byte == 0).collect();
        let mut files = BTreeMap::new();
        let mut wanted = Vec::new();
        for line in tree.split(|byte| *byte == 0) {
            let Some((object, path)) = blob(line) else { continue };
            let file = String::from_utf8_lossy(path).into_owned();
            if !read::is_candidate(&file) {
                continue;
            }
            if is_moved || changed.contains(&path) || self.unsaved.as_ref() == Some(&file) {
                wanted.push((object.to_owned(), file));
            } else {
                files.insert(file, Committed::Same);
            }
        }
        let words = config.words();
        let objects: Vec<&str> = wanted.iter().map(|(object, _)| object.as_str()).collect();
        let texts = self.blobs(&objects)?;
        let read: Vec<(String, Committed)> = wanted
            .into_par_iter()
            .zip(texts)
            .map(|((_, file), bytes)| {
                let source = Source::decode(self.folder.join(&file), bytes);
                let committed = match recognise(source, &file, &words) {
                    Recognised::Record(record) => Committed::Record(Box::new(record)),
                    Recognised::Skipped(_) => Committed::Other,
                };
                (file, committed)
            })
            .collect();
        files.extend(read);
        let names = changed.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        Ok(Some(Snapshot { files, changed: names.collect() }))
    }

    /// The contents of these objects, in their order, by one process.
    pub(super) fn blobs(&self, wanted: &[&str]) -> Result<Vec<Vec<u8>>> {
        if wanted.is_empty() {
            return Ok(vec![]);
        }
        let asked = wanted.join("\n") + "\n";
        let said = self.run(&["cat-file", "--batch"], asked.as_bytes())?.stdout;
        let mut rest = said.as_slice();
        let mut blobs = Vec::with_capacity(wanted.len());
        for _ in wanted {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let (head, after) = rest.split_at(end);
            let size = String::from_utf8_lossy(head);
            let size = size.rsplit(' ').next().and_then(|size| size.parse().ok());
            let body = size.and_then(|size: usize| after.get(1..=size));
            let body =
                body.ok_or_else(|| refused(&self.folder, "a file is missing in this clone"))?;
            blobs.push(body.to_vec());
            rest = after.get(body.len() + 2..).unwrap_or_default();
        }
        Ok(blobs)
    }

    /// The command that brings the base here; `None` where there is nowhere to get it from.
    fn fetch(&self, base: &str) -> Option<String> {
        let remotes = self.text(&["remote"])?;
        if remotes.trim().is_empty() {
            return None;
        }
        let usual = self.remote()?;
        // `origin/main` is a branch of `origin`, also before that remote has a name here.
        let mut known = remotes.lines().chain([usual.as_str(), "origin"]);
        let named =
            known.find_map(|remote| Some((remote, base.strip_prefix(remote)?.strip_prefix('/')?)));
        let (remote, branch) = named.unwrap_or((&usual, base));
        let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
        let depth = if self.git.is_shallow { "--depth=1 " } else { "" };
        // What is named like a branch of the remote is put there by itself.
        let is_kept = || self.follows(remote) || remotes.lines().all(|known| known != remote);
        let place = if is_object(branch) || named.is_some() && is_kept() {
            branch.to_owned()
        } else {
            format!("{branch}:refs/remotes/{remote}/{branch}")
        };
        // Names of a remote and of a branch never begin so, and git would take them for options.
        if remote.starts_with('-') || place.starts_with('-') {
            return None;
        }
        Some(format!("git fetch {depth}{} {}", shell_word(remote), shell_word(&place)))
    }

    /// Whether git keeps the branches of `remote`, all of them, where their names say.
    fn follows(&self, remote: &str) -> bool {
        let all = format!("+refs/heads/*:refs/remotes/{remote}/*");
        let said = self.text(&["config", "--get-all", &format!("remote.{remote}.fetch")]);
        said.is_some_and(|said| said.lines().any(|line| line == all))
    }

    /// The command that brings the history between base and HEAD here.
    fn deepen(&self, asked: &Asked) -> Option<String> {
        if !self.git.is_shallow {
            return None;
        }
        let head = self.text(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
        let head = head.or_else(|| self.commit("HEAD"))?;
        let fetch = self.fetch(&asked.name)?.replace("--depth=1", "--unshallow");
        Some(format!("{fetch} {}", shell_word(head.trim())))
    }

    /// The remote that branches come from: `origin`, else the first.
    fn remote(&self) -> Option<String> {
        let remotes = self.text(&["remote"])?;
        let origin = remotes.lines().find(|remote| *remote == "origin");
        Some(origin.or(remotes.lines().next()).unwrap_or("origin").to_owned())
    }

    /// What a command says, where it succeeds.
    pub(super) fn text(&self, args: &[&str]) -> Option<String> {
        let output = self.run(args, b"").ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    }

    /// What a command says that must succeed.
    pub(super) fn bytes(&self, args: &[&str]) -> Result<Vec<u8>> {
        let output = self.run(args, b"")?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(refused(&self.folder, &String::from_utf8_lossy(&output.stderr)))
    }

    fn run(&self, args: &[&str], input: &[u8]) -> Result<Output> {
        self.git.answer(&Request { folder: &self.folder, args, input, fetch: self.fetch })
    }
}

/// The name of the object and the path of a line of `ls-tree`, where it is a regular file.
pub(super) fn blob(line: &[u8]) -> Option<(&str, &[u8])> {
    let tab = memchr::memchr(b'\t', line)?;
    let head = std::str::from_utf8(line.get(..tab)?).ok()?;
    let mut words = head.split(' ');
    let regular = words.next().is_some_and(|mode| mode.starts_with("100"));
    let object = words.nth(1)?;
    regular.then_some((object, line.get(tab + 1..)?))
}

/// Whether it is the full name of an object and no branch.
fn is_object(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
