//! The reasons why a command cannot do its work, as opposed to problems in a record.

mod refusal;

use std::io;
use std::path::{Path, PathBuf};

use crate::text::{parent_folder, shell_path};

pub use refusal::Refusal;

/// The result of anything that can fail for a reason outside the records.
pub type Result<T> = std::result::Result<T, Error>;

/// A reason why a command could not do its work; always exit code 2.
///
/// A variant states the operation and its object; `source` is the error of the system. The message
/// never contains its source, because the terminal prints the chain with one `caused by` per line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder of records was found.
    #[error("no decision log in `{}` or its parents", searched.display())]
    NoLog {
        /// The start of the search.
        searched: PathBuf,
    },

    /// No folder of records was found here, but some in other folders of the repository.
    #[error("no decision log in this folder or its parents; {}", found_logs(folders))]
    LogElsewhere {
        /// The other logs, relative to the working directory and sorted; never empty.
        folders: Vec<PathBuf>,
    },

    /// A log was to be started in a folder, although a file names another one.
    #[error("`{}` names the log `{}`, not `{}`", by.display(), folder.display(), given.display())]
    OtherLog {
        /// The file.
        by: PathBuf,
        /// The folder that it names.
        folder: PathBuf,
        /// The folder from the command line.
        given: PathBuf,
    },

    /// The folder does not exist, or is not a folder.
    #[error("no such folder: `{}`{}", path.display(), named(by.as_deref()))]
    NoFolder {
        /// As the user gave it.
        path: PathBuf,
        /// The file that names it; `None` for the command line.
        by: Option<PathBuf>,
    },

    /// The file or folder does not exist.
    #[error("no such file or folder: `{}`", path.display())]
    NoFile {
        /// As the user gave it.
        path: PathBuf,
    },

    /// The file or folder is not in the log.
    #[error("`{}` is not in the log `{}`", path.display(), folder.display())]
    OutsideLog {
        /// As the user gave it.
        path: PathBuf,
        /// The folder of the log.
        folder: PathBuf,
    },

    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },

    /// A file could not be written; its previous content is unchanged.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },

    /// The journal of a killed command could not be read, or its change not be completed.
    #[error("an interrupted command could not be completed; see `{}`", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },

    /// A folder could not be created.
    #[error("cannot create the folder `{}`", path.display())]
    MakeFolder {
        /// The folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },

    /// A file changed on the disk after it was read, so that the planned change no longer fits.
    #[error("`{}` changed on disk while `adr` was running; nothing was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },

    /// A file that is protected against changes.
    #[error("`{}` is read-only; nothing was written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },

    /// A file that is a symbolic link, which is not written through.
    #[error("`{}` is a symbolic link; nothing was written", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },

    /// A link of the log that would be broken by the change.
    #[error("`{}` is a link to `{}`, which would be renamed; nothing was written", link.display(), target.display())]
    LinkLeft {
        /// The link.
        link: PathBuf,
        /// The name of its target.
        target: PathBuf,
    },

    /// A file of the checkout names a folder outside of the project.
    #[error("the log `{}`{} is outside of the project", folder.display(), named(by.as_deref()))]
    LeadsOut {
        /// The folder.
        folder: PathBuf,
        /// The file that names it, if it is not the configuration.
        by: Option<PathBuf>,
    },

    /// Another command holds the lock of the log.
    #[error("another `adr` is writing to `{}`", folder.display())]
    Busy {
        /// The locked folder.
        folder: PathBuf,
    },

    /// A file that is not text, so that an edit would change other bytes, too.
    #[error("`{}` is not UTF-8 and cannot be changed safely; nothing was written", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },

    /// A file to be created already exists.
    #[error("`{}` already exists; nothing was written", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },

    /// The configuration is invalid.
    #[error("cannot use the configuration in `{}`: {reason}", path.display())]
    Config {
        /// The file, or `--config` for a setting from the command line.
        path: PathBuf,
        /// The problem, with the line if it is known.
        reason: String,
        /// The nearest valid word, if any is near.
        nearest: Option<String>,
    },

    /// A template does not compile, or uses an unknown value.
    #[error("cannot render the template `{name}`")]
    Template {
        /// The name of the template.
        name: String,
        /// The error of the template engine, with the position in the template.
        source: Box<tera::Error>,
    },

    /// A code or name that no rule has.
    #[error("unknown rule `{given}`")]
    UnknownRule {
        /// As the user gave it.
        given: String,
        /// The nearest code or name, if any is near.
        nearest: Option<&'static str>,
    },

    /// A reference that names no record.
    #[error("no record matches `{given}`")]
    NoRecord {
        /// As the user gave it.
        given: String,
        /// The nearest records, best first; may be empty.
        nearest: Vec<String>,
    },

    /// A reference that names a file of the log that was not read as a record.
    #[error("`{file}` is not read as a record: {reason}")]
    Skipped {
        /// Its name in the log.
        file: String,
        /// The reason.
        reason: &'static str,
        /// How to make it a record.
        help: &'static str,
    },

    /// A reference that names more than one record.
    #[error("{count} records match `{given}`\n  {}", candidates.join("\n  "))]
    AmbiguousRecord {
        /// As the user gave it.
        given: String,
        /// The number of matching records.
        count: usize,
        /// One line per record, in log order; if there are many, only the first ones.
        candidates: Vec<String>,
        /// The property that distinguishes them.
        by: &'static str,
    },

    /// An output folder that holds files of others.
    #[error("`{}` is not empty and was not created by `adr build`", path.display())]
    ForeignOutput {
        /// The folder.
        path: PathBuf,
    },

    /// An environment variable with an invalid value.
    #[error("invalid value `{given}` of the variable `{name}`, expected {expected}")]
    Variable {
        /// Its name.
        name: &'static str,
        /// Its value.
        given: String,
        /// The expected value, with an article.
        expected: &'static str,
    },

    /// The editor could not be started, or failed.
    #[error("the editor `{editor}` failed; `{}` was kept", path.display())]
    Editor {
        /// The command, as in the environment.
        editor: String,
        /// The file to be edited.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },

    /// The program `git` could not be run, or failed.
    #[error("git failed in `{}`", folder.display())]
    Git {
        /// The folder that it was started in.
        folder: PathBuf,
        /// The error of the system or of the program.
        source: io::Error,
    },

    /// Git refuses the repository, because it belongs to another user.
    #[error("git does not trust the repository `{}`, which belongs to another user", root.display())]
    UntrustedRepository {
        /// The root of the work tree.
        root: PathBuf,
    },

    /// A base outside of a git repository.
    #[error("cannot compare with `{base}`: `{}` is not in a git repository", folder.display())]
    NoRepository {
        /// As the user gave it.
        base: String,
        /// The folder of the log.
        folder: PathBuf,
    },

    /// A baseline that cannot be read.
    #[error("cannot use the baseline `{}`: {reason}", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// The problem.
        reason: String,
    },

    /// Two reports would be written to one file.
    #[error("`{}` is used for two reports", path.display())]
    TwoReports {
        /// As the user gave it.
        path: PathBuf,
    },

    /// `--changed` without a base.
    #[error("`--changed` needs a base to compare with")]
    NothingToCompare,

    /// A text on standard input without a file name, or together with other files.
    #[error("`-` reads one file; pass exactly one `--stdin-filename`")]
    Input,

    /// The base is not in the repository.
    #[error("the base `{base}` is not in this clone")]
    NoBase {
        /// As the user gave it.
        base: String,
        /// The command that fetches it, if there is one.
        fetch: Option<String>,
    },

    /// The common ancestor of HEAD and the base is not in the repository.
    #[error("the common ancestor of HEAD and `{base}` is not in this clone")]
    NoMergeBase {
        /// As the user gave it.
        base: String,
        /// The command that fetches it, if there is one.
        fetch: Option<String>,
    },

    /// The request cannot be carried out.
    #[error(transparent)]
    Refused(#[from] Refusal),

    /// The output could not be written, for another reason than a closed pipe.
    #[error("cannot write the output")]
    Output {
        /// The error of the system.
        source: io::Error,
    },
}

/// The file that names a folder, as part of a message.
fn named(by: Option<&Path>) -> String {
    by.map(|by| format!(" (named in `{}`)", by.display())).unwrap_or_default()
}

impl Error {
    /// The solution, if there is one: an imperative without a full stop.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::LogElsewhere { folders } => Some(format!(
                "select one with `--dir {}`, or start another with `adr init DIR`",
                shell_path(folders.first()?)
            )),
            Self::OtherLog { by, given, .. } => Some(format!(
                "start it with `adr init --dir {}`, or change `{}` first",
                shell_path(given),
                by.display()
            )),
            Self::NoFolder { by: Some(by), .. } => Some(format!(
                "correct `{}`, or run `adr new TITLE` to start a log there",
                by.display()
            )),
            Self::Config { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            Self::UnknownRule { nearest: Some(code), .. } => {
                Some(format!("did you mean `{code}`?"))
            }
            Self::NoRecord { nearest, .. } if !nearest.is_empty() => {
                Some(format!("did you mean {}?", nearest.join(" or ")))
            }
            Self::AmbiguousRecord { by, .. } => Some(format!("specify one by its {by}")),
            Self::Journal { path, .. } => {
                Some(format!("check the records, then remove `{}`", path.display()))
            }
            Self::Write { path, source } | Self::MakeFolder { path, source } => {
                write_hint(path, source.kind())
            }
            Self::LeadsOut { folder, .. } => {
                Some(format!("use `--dir {}` if this is intended", shell_path(folder)))
            }
            Self::UntrustedRepository { root } => Some(format!(
                "if you trust it, run `git config --global --add safe.directory {}`",
                shell_path(root)
            )),
            Self::ReadOnly { path } => Some(format!("run `chmod u+w {}` first", shell_path(path))),
            Self::Refused(refusal) => refusal.hint(),
            Self::NoBase { fetch: Some(fetch), .. }
            | Self::NoMergeBase { fetch: Some(fetch), .. } => Some(format!("run `{fetch}`")),
            Self::Variable { name, .. } => Some(format!("correct it, or unset `{name}`")),
            other => other.fixed_hint().map(str::to_owned),
        }
    }

    /// The hint of an error, if it has no parameters.
    fn fixed_hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoLog { .. } => "run `adr init` to start one, or specify its folder with `--dir`",
            Self::OutsideLog { .. } => "specify the folder of the log with `--dir`",
            Self::NoFolder { .. } => "check the path, or run `adr init`",
            Self::UnknownRule { .. } => "run `adr rule` to see all rules",
            Self::NoRecord { .. } => "run `adr list` to see all records",
            Self::Skipped { help, .. } => help,
            Self::Changed { .. } | Self::Busy { .. } => "run the command again",
            Self::Link { .. } => "change its target, or replace the link by a file",
            Self::LinkLeft { .. } => "remove the link first, and create it again afterwards",
            Self::NotUtf8 { .. } => "save it as UTF-8 first",
            Self::ForeignOutput { .. } => "specify an empty or a new folder with `--out`",
            Self::Baseline { .. } => "delete it, and recreate it with `--write-baseline`",
            Self::TwoReports { .. } => "use a different file for each report",
            Self::NothingToCompare => "specify one with `--base`",
            Self::NoBase { .. } => "use a branch, a tag or a commit of this repository",
            Self::NoMergeBase { .. } => "use a branch that shares history with HEAD",
            Self::NoRepository { .. } => {
                "run the command in a clone of the repository, or without a base"
            }
            Self::Editor { .. } => "set `VISUAL` or `EDITOR`, or use `--no-edit`",
            _ => return None,
        })
    }
}

/// The hint about a file or folder that the system does not write.
fn write_hint(path: &Path, kind: io::ErrorKind) -> Option<String> {
    let folder = parent_folder(path);
    Some(match kind {
        io::ErrorKind::PermissionDenied => {
            let (folder, path) = (shell_path(folder), shell_path(path));
            format!("check the permissions: `ls -ld {folder} {path}`")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "use `--dry-run` to see the changes, because the disk is mounted read-only".to_owned()
        }
        io::ErrorKind::StorageFull => "free disk space, then run the command again".to_owned(),
        io::ErrorKind::AlreadyExists => {
            format!("check `{}`, which is a file and not a folder", path.display())
        }
        io::ErrorKind::NotADirectory => {
            format!("check `{}`, which is a file and not a folder", folder.display())
        }
        _ => return None,
    })
}

/// The logs in other folders, as part of a message.
fn found_logs(folders: &[PathBuf]) -> String {
    let quoted_folders: Vec<String> =
        folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
    let logs = if folders.len() == 1 { "a log" } else { "logs" };
    format!("found {logs} in {}", quoted_folders.join(", "))
}
