//! The one door to the `git` program: which repository it works in, and that nothing of a checkout makes it run
//! another program. Does not know what git is asked.
//!
//! The work tree and the git directory are found by [`WorkTree`] and named explicitly. Switched off are hooks, the file
//! system monitor, pagers, signatures, bare repositories that are only found, and filters that the configuration of
//! the repository names. Objects that a partial clone lacks are fetched only for a base that a user asked for, and
//! only if the configuration of the repository names no program for that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::root::{WorkTree, named_git, work_tree};
use crate::project::disk::read_named;
use crate::{Error, Result};

/// Variables that make git look at another repository than the one around the log, as hooks set them.
const VARIABLES: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/// Options for every command. No name is quoted, so that the bytes are those of the file.
const OPTIONS: [&str; 11] = [
    "--no-pager",
    "-c",
    "core.quotePath=false",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
];

/// A git repository with a work tree, which git itself is willing to work in.
#[derive(Clone, Debug)]
pub(in crate::project) struct Git {
    tree: WorkTree,
    /// Whether the clone lacks a part of the history.
    pub is_shallow: bool,
    programs: Programs,
}

/// Whether git may fetch the objects that a partial clone lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) enum Fetch {
    /// For a base that a user asked for.
    Allowed,
    /// For everything else.
    Never,
}

/// The programs that the configuration of the repository names; those of the user's own configuration are trusted.
#[derive(Clone, Debug, Default)]
struct Programs {
    /// Options that switch off its filters.
    overrides: Vec<OsString>,
    /// Whether a fetch would run none of them.
    may_fetch: bool,
}

impl Git {
    /// The repository around `folder`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and git cannot be run or refuses it: with the reason that git gives.
    pub(in crate::project) fn around(folder: &Path) -> Result<Option<Self>> {
        let Some(tree) = WorkTree::around(folder) else { return missing(folder) };
        let output = probe(&tree.root)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let reason = String::from_utf8_lossy(&output.stderr);
        let mut lines = text.lines();
        match lines.next() {
            Some("true") => {}
            Some(_) => return Ok(None),
            None if reason.contains("dubious ownership")
                || reason.contains("unsafe repository") =>
            {
                return Err(Error::UntrustedRepository { root: tree.root });
            }
            None if reason.contains("not a git repository (") => return Ok(None),
            None => return Err(refused(&tree.root, &reason)),
        }
        let is_shallow = lines.next() == Some("true");
        let programs = Programs::of(&tree)?;
        Ok(Some(Self { tree, is_shallow, programs }))
    }

    /// The root of the work tree, in full.
    pub(in crate::project) fn root(&self) -> &Path {
        &self.tree.root
    }

    /// `folder` as seen from the root of the work tree, with `/` between its parts; empty for the root itself. `None`
    /// if it is outside, or its name is not UTF-8.
    pub(super) fn below(&self, folder: &Path) -> Option<String> {
        let absolute = folder.canonicalize().ok()?;
        Some(absolute.strip_prefix(self.root()).ok()?.to_str()?.replace('\\', "/"))
    }

    /// Where a shallow clone ends: names of commits, one per line.
    pub(super) fn shallow_file(&self) -> String {
        read_named(&self.tree.common_dir().join("shallow")).unwrap_or_default()
    }

    /// The program, as if started in `folder`, which is in the work tree.
    pub(super) fn command(&self, folder: &Path, fetch: Fetch) -> Command {
        let mut command = command(folder);
        let named = |option: &str, path: &Path| {
            let mut option = OsString::from(option);
            option.push(path);
            option
        };
        command.arg(named("--git-dir=", &self.tree.git_dir));
        command.arg(named("--work-tree=", &self.tree.root));
        command.args(&self.programs.overrides);
        if fetch == Fetch::Never || !self.programs.may_fetch {
            command.env("GIT_NO_LAZY_FETCH", "1");
            // For a git that does not know that variable yet.
            command.env("GIT_ALLOW_PROTOCOL", "none");
        }
        command
    }

    /// What a command prints that succeeds.
    ///
    /// # Errors
    ///
    /// If git cannot be run; and if the command fails, with the reason that it gives.
    pub(super) fn answer(&self, request: &Request<'_>) -> Result<Vec<u8>> {
        let mut command = self.command(request.folder, request.fetch);
        command.args(request.args);
        let output = finish(command, request.folder)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(refused(request.folder, &String::from_utf8_lossy(&output.stderr)))
    }
}

/// What git is asked.
pub(super) struct Request<'a> {
    /// The folder that it is started in.
    pub folder: &'a Path,
    pub args: &'a [&'a str],
    pub fetch: Fetch,
}

impl Programs {
    fn of(tree: &WorkTree) -> Result<Self> {
        let nothing = Self { overrides: vec![], may_fetch: true };
        // Most configurations name nothing of the kind, and git need not be asked.
        let words = ["filter", "include", "promisor", "partialclone"];
        let is_plain = |path: &PathBuf| match read_named(path) {
            Ok(text) => {
                let text = text.to_ascii_lowercase();
                words.iter().all(|word| !text.contains(word))
            }
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        if tree.config_files().iter().all(is_plain) {
            return Ok(nothing);
        }
        let mut command = command(&tree.root);
        command.arg("--git-dir").arg(&tree.git_dir);
        command.args(["config", "--list", "--show-scope", "--name-only", "-z"]);
        let output = finish(command, &tree.root)?;
        if !output.status.success() {
            return Err(refused(&tree.root, &String::from_utf8_lossy(&output.stderr)));
        }
        let fields: Vec<&[u8]> = output.stdout.split(|byte| *byte == 0).collect();
        let mut programs = nothing;
        for pair in fields.chunks_exact(2) {
            if let [b"local" | b"worktree", key] = pair {
                programs.add(&String::from_utf8_lossy(key), &tree.root)?;
            }
        }
        Ok(programs)
    }

    /// Takes note of a key of the configuration of the repository.
    fn add(&mut self, key: &str, root: &Path) -> Result<()> {
        let name = key.rsplit('.').next().unwrap_or(key);
        if key.starts_with("filter.") && matches!(name, "clean" | "smudge" | "process" | "required")
        {
            if key.contains(['=', '\n']) {
                return Err(refused(root, &format!("its configuration has a filter `{key}`")));
            }
            let value = if name == "required" { "false" } else { "" };
            self.overrides.extend([OsString::from("-c"), format!("{key}={value}").into()]);
        }
        let runs = matches!(key, "core.sshcommand" | "core.gitproxy" | "core.askpass")
            || key.starts_with("credential.") && name == "helper"
            || key.starts_with("remote.") && matches!(name, "uploadpack" | "vcs")
            || key.starts_with("protocol.")
            || key.starts_with("url.");
        self.may_fetch &= !runs;
        Ok(())
    }
}

/// What git says of the work tree at `root`: whether it works there, and whether the history ends early. The git directory
/// is not named, for git checks the owner only of what it finds itself. It can find nothing else: the root holds `.git`,
/// and what is above is not looked at.
fn probe(root: &Path) -> Result<Output> {
    let mut command = command(root);
    command.env("GIT_CEILING_DIRECTORIES", root.parent().unwrap_or(root));
    command.args(["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"]);
    finish(command, root)
}

/// There is no repository around `folder`; or there is a file that leads to one that is gone, which git reports.
fn missing(folder: &Path) -> Result<Option<Git>> {
    let Some(root) = work_tree(folder).filter(|root| named_git(root).is_file()) else {
        return Ok(None);
    };
    let output = probe(&root)?;
    if output.status.success() {
        return Ok(None);
    }
    Err(refused(&root, &String::from_utf8_lossy(&output.stderr)))
}

/// The program in `folder`, with the options that are always given. It takes no lock that it need not, and asks no one.
fn command(folder: &Path) -> Command {
    #[expect(clippy::disallowed_methods, reason = "the one place that starts git")]
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(OPTIONS);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// Runs the command to its end.
fn finish(mut command: Command, folder: &Path) -> Result<Output> {
    let failed = |source| Error::Git { folder: folder.to_owned(), source };
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.output().map_err(failed)
}

/// What git said when it failed: its first line.
pub(super) fn refused(folder: &Path, reason: &str) -> Error {
    let line = reason.lines().find(|line| !line.trim().is_empty()).unwrap_or("git failed");
    let line = line.strip_prefix("fatal: ").unwrap_or(line).to_owned();
    Error::Git { folder: PathBuf::from(folder), source: std::io::Error::other(line) }
}
