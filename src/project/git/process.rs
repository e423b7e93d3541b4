//! Starts the `git` program, the only module that does. Names the repository explicitly, and makes sure that nothing in
//! a checkout makes git run another program.
//!
//! The work tree and the git directory are found by [`WorkTree`]. Hooks, the file system monitor, pagers, signatures,
//! implicit bare repositories, and filters of the repository's configuration are switched off. Objects that a partial
//! clone lacks are fetched only for a base that the user names, and only if the configuration of the repository names
//! no program for that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::root::{WorkTree, named_git, work_tree};
use crate::project::disk::read_named;
use crate::{Error, Result};

/// Variables that make git use another repository than the one around the log. Hooks set them.
const VARIABLES: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/// Options for every command. File names are printed unquoted, as bytes.
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

/// A git repository with a work tree that git accepts.
#[derive(Clone, Debug)]
pub(in crate::project) struct Git {
    tree: WorkTree,
    /// Whether the clone lacks part of the history.
    pub is_shallow: bool,
    programs: Programs,
}

/// Whether git may fetch the objects that a partial clone lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) enum Fetch {
    /// For a base that the user names.
    Allowed,
    /// For everything else.
    Never,
}

/// The programs in the configuration of the repository. Those in the user's own configuration are trusted.
#[derive(Clone, Debug, Default)]
struct Programs {
    /// Options that switch off filters.
    overrides: Vec<OsString>,
    /// Whether a fetch would run no program.
    may_fetch: bool,
}

impl Git {
    /// The repository around `folder`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and git cannot be run or refuses it: with the reason that git gives.
    pub(in crate::project) fn around(folder: &Path) -> Result<Option<Self>> {
        let Some(tree) = WorkTree::around(folder) else { return no_repository(folder) };
        let output = probe(&tree.root)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let reason = String::from_utf8_lossy(&output.stderr);
        let mut answers = text.lines();
        match answers.next() {
            Some("true") => {}
            Some(_) => return Ok(None),
            None if reason.contains("dubious ownership")
                || reason.contains("unsafe repository") =>
            {
                return Err(Error::UntrustedRepository { root: tree.root });
            }
            None if reason.contains("not a git repository (") => return Ok(None),
            None => return Err(git_error(&tree.root, &reason)),
        }
        let is_shallow = answers.next() == Some("true");
        let programs = Programs::of(&tree)?;
        Ok(Some(Self { tree, is_shallow, programs }))
    }

    /// The root of the work tree, absolute.
    pub(in crate::project) fn root(&self) -> &Path {
        &self.tree.root
    }

    /// `folder` relative to the root of the work tree, with `/`; empty for the root itself. `None` if it is outside, or
    /// its name is not UTF-8.
    pub(super) fn below(&self, folder: &Path) -> Option<String> {
        let absolute_folder = folder.canonicalize().ok()?;
        Some(absolute_folder.strip_prefix(self.root()).ok()?.to_str()?.replace('\\', "/"))
    }

    /// The commits at the end of a shallow clone, one per line.
    pub(super) fn shallow_file(&self) -> String {
        read_named(&self.tree.common_dir().join("shallow")).unwrap_or_default()
    }

    /// A git command that is started in `folder`, which is in the work tree.
    pub(super) fn command(&self, folder: &Path, fetch: Fetch) -> Command {
        let mut command = base_command(folder);
        let with_path = |option: &str, path: &Path| {
            let mut option = OsString::from(option);
            option.push(path);
            option
        };
        command.arg(with_path("--git-dir=", &self.tree.git_dir));
        command.arg(with_path("--work-tree=", &self.tree.root));
        command.args(&self.programs.overrides);
        if fetch == Fetch::Never || !self.programs.may_fetch {
            command.env("GIT_NO_LAZY_FETCH", "1");
            // For an older git, which does not know that variable.
            command.env("GIT_ALLOW_PROTOCOL", "none");
        }
        command
    }

    /// Runs a command and returns its output.
    ///
    /// # Errors
    ///
    /// If git cannot be run; if the command fails, with the reason that git gives.
    pub(super) fn run(&self, request: &GitRequest<'_>) -> Result<Vec<u8>> {
        let mut command = self.command(request.folder, request.fetch);
        command.args(request.arguments);
        let output = wait_for(command, request.folder)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(git_error(request.folder, &String::from_utf8_lossy(&output.stderr)))
    }
}

/// A git command.
pub(super) struct GitRequest<'a> {
    /// The folder that it is started in.
    pub folder: &'a Path,
    pub arguments: &'a [&'a str],
    pub fetch: Fetch,
}

impl Programs {
    fn of(tree: &WorkTree) -> Result<Self> {
        let mut programs = Self { overrides: vec![], may_fetch: true };
        // Most configurations have none of these words, so git need not be run.
        let risky_words = ["filter", "include", "promisor", "partialclone"];
        let is_plain = |path: &PathBuf| match read_named(path) {
            Ok(text) => {
                let text = text.to_ascii_lowercase();
                risky_words.iter().all(|word| !text.contains(word))
            }
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        if tree.config_files().iter().all(is_plain) {
            return Ok(programs);
        }
        let mut command = base_command(&tree.root);
        command.arg("--git-dir").arg(&tree.git_dir);
        command.args(["config", "--list", "--show-scope", "--name-only", "-z"]);
        let output = wait_for(command, &tree.root)?;
        if !output.status.success() {
            return Err(git_error(&tree.root, &String::from_utf8_lossy(&output.stderr)));
        }
        let fields: Vec<&[u8]> = output.stdout.split(|byte| *byte == 0).collect();
        for pair in fields.chunks_exact(2) {
            if let [b"local" | b"worktree", key] = pair {
                programs.add(&String::from_utf8_lossy(key), &tree.root)?;
            }
        }
        Ok(programs)
    }

    /// Adds a key of the configuration of the repository.
    fn add(&mut self, key: &str, root: &Path) -> Result<()> {
        let last_part = key.rsplit('.').next().unwrap_or(key);
        if key.starts_with("filter.")
            && matches!(last_part, "clean" | "smudge" | "process" | "required")
        {
            if key.contains(['=', '\n']) {
                return Err(git_error(root, &format!("its configuration has a filter `{key}`")));
            }
            let value = if last_part == "required" { "false" } else { "" };
            self.overrides.extend([OsString::from("-c"), format!("{key}={value}").into()]);
        }
        let starts_program = matches!(key, "core.sshcommand" | "core.gitproxy" | "core.askpass")
            || key.starts_with("credential.") && last_part == "helper"
            || key.starts_with("remote.") && matches!(last_part, "uploadpack" | "vcs")
            || key.starts_with("protocol.")
            || key.starts_with("url.");
        self.may_fetch &= !starts_program;
        Ok(())
    }
}

/// Asks git whether it accepts the work tree at `root`, and whether the clone is shallow. The git directory is not named
/// here, because git checks the owner only of a directory that it finds itself. It cannot find another one: the root
/// holds `.git`, and git does not search above it.
fn probe(root: &Path) -> Result<Output> {
    let mut command = base_command(root);
    command.env("GIT_CEILING_DIRECTORIES", root.parent().unwrap_or(root));
    command.args(["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"]);
    wait_for(command, root)
}

/// The result for a folder without a repository. If a `.git` file leads to a missing repository, returns the error of git.
fn no_repository(folder: &Path) -> Result<Option<Git>> {
    let Some(root) = work_tree(folder).filter(|root| named_git(root).is_file()) else {
        return Ok(None);
    };
    let output = probe(&root)?;
    if output.status.success() {
        return Ok(None);
    }
    Err(git_error(&root, &String::from_utf8_lossy(&output.stderr)))
}

/// A git command in `folder`, with the options for every command. It takes no optional locks and never prompts.
fn base_command(folder: &Path) -> Command {
    #[expect(clippy::disallowed_methods, reason = "the one place that starts git")]
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(OPTIONS);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// Runs the command and waits for its end.
fn wait_for(mut command: Command, folder: &Path) -> Result<Output> {
    let failed = |source| Error::Git { folder: folder.to_owned(), source };
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.output().map_err(failed)
}

/// The error of a failed git command, with the first line of its output.
pub(super) fn git_error(folder: &Path, reason: &str) -> Error {
    let first_line = reason.lines().find(|line| !line.trim().is_empty()).unwrap_or("git failed");
    let message = first_line.strip_prefix("fatal: ").unwrap_or(first_line).to_owned();
    Error::Git { folder: PathBuf::from(folder), source: std::io::Error::other(message) }
}
