//! What stops the tool itself, as opposed to what is wrong with a record.

mod refusal;

use std::io;
use std::path::{Path, PathBuf};

use crate::text::{parent_folder, shell_path};

pub use refusal::Refusal;

/// The result of anything that can fail for a reason outside the records.
pub type Result<T> = std::result::Result<T, Error>;

/// A reason why a command could not do its work; always exit code 2.
///
/// A variant says what was being done and to what; `source` says what the system answered. The
/// message never contains its source: the terminal prints the chain, one `caused by` a line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder of records was found.
    #[error("no decision log found in `{}` or above", searched.display())]
    NoLog {
        /// Where the search began.
        searched: PathBuf,
    },

    /// No folder of records was found here, and some elsewhere in the repository.
    #[error("no decision log found here or above, but in {}", shown(folders))]
    LogElsewhere {
        /// They, as seen from here, in the order of their names; never empty.
        folders: Vec<PathBuf>,
    },

    /// A log was to be begun in another folder than the one that a file names.
    #[error("`{}` names the log `{}`, and not `{}`", by.display(), folder.display(), given.display())]
    OtherLog {
        /// The file.
        by: PathBuf,
        /// The folder that it names.
        folder: PathBuf,
        /// The folder that was given.
        given: PathBuf,
    },

    /// The folder that was named is not there, or is no folder.
    #[error("no such folder: `{}`{}", path.display(), named(by.as_deref()))]
    NoFolder {
        /// As it was given.
        path: PathBuf,
        /// The file that names it; `None` for the command line.
        by: Option<PathBuf>,
    },

    /// A file or folder that was named is not there.
    #[error("no such file or folder: `{}`", path.display())]
    NoFile {
        /// As it was given.
        path: PathBuf,
    },

    /// A file or folder that was named is no part of the log.
    #[error("`{}` does not lie in the log, which is `{}`", path.display(), folder.display())]
    OutsideLog {
        /// As it was given.
        path: PathBuf,
        /// The folder of the log.
        folder: PathBuf,
    },

    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// A file could not be written; what it held before is untouched.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// What a killed command left to be done could not be read, or not be done.
    #[error("cannot finish what an earlier command left, see `{}`", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// A folder could not be made.
    #[error("cannot make the folder `{}`", path.display())]
    MakeFolder {
        /// The folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// A file changed on the disk after it was read, so that the planned change no longer fits.
    #[error("`{}` changed while `adr` was at work; nothing was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },

    /// A file that its owner has protected against changes.
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

    /// A link of the log that would lead nowhere.
    #[error("`{}` is a link to `{}`, which would get another name; nothing was written", link.display(), target.display())]
    LinkLeft {
        /// The link.
        link: PathBuf,
        /// The name of the file that it leads to.
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

    /// Another command changes the log, and does not end.
    #[error("another `adr` is writing to `{}`", folder.display())]
    Busy {
        /// The folder that it keeps.
        folder: PathBuf,
    },

    /// A file whose bytes are not those of a text, so that an edit would change more than it says.
    #[error("`{}` is not UTF-8 and cannot be changed without harm; nothing was written", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },

    /// A file would be created where one is already.
    #[error("`{}` is already there; nothing was written", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },

    /// The configuration does not say anything that can be followed.
    #[error("cannot use the configuration in `{}`: {reason}", path.display())]
    Config {
        /// The file, or `--config` for a setting from the command line.
        path: PathBuf,
        /// What is wrong with it, with the place where there is one.
        reason: String,
        /// The nearest thing that would be right, if any is near.
        nearest: Option<String>,
    },

    /// A template does not compile, or asks for something that is not there.
    #[error("cannot fill in the template `{name}`")]
    Template {
        /// Which one.
        name: String,
        /// What the template engine answered, with the place in the template.
        source: Box<tera::Error>,
    },

    /// A rule code or name that no rule has.
    #[error("no rule is called `{given}`")]
    UnknownRule {
        /// What was asked for.
        given: String,
        /// The nearest code or name that exists, if any is near.
        nearest: Option<&'static str>,
    },

    /// A reference that names no record.
    #[error("no record matches `{given}`")]
    NoRecord {
        /// What was asked for.
        given: String,
        /// The records that are nearest to it, best first; may be empty.
        nearest: Vec<String>,
    },

    /// A reference that names a file of the log that was not read as a record.
    #[error("`{file}` is not read as a record: {reason}")]
    Skipped {
        /// Its name in the log.
        file: String,
        /// What it is instead.
        reason: &'static str,
        /// What makes it a record.
        help: &'static str,
    },

    /// A reference that names more than one record.
    #[error("{count} records match `{given}`\n  {}", candidates.join("\n  "))]
    AmbiguousRecord {
        /// What was asked for.
        given: String,
        /// How many records it may mean.
        count: usize,
        /// They, one line each, in log order; where they are many, the first of them.
        candidates: Vec<String>,
        /// What tells them apart.
        by: &'static str,
    },

    /// A folder to build into that holds something we did not make.
    #[error("`{}` is not empty and was not made by `adr build`", path.display())]
    ForeignOutput {
        /// The folder.
        path: PathBuf,
    },

    /// A variable of the environment that does not say anything that can be followed.
    #[error("the variable `{name}` holds `{given}`, which is not {expected}")]
    Variable {
        /// Its name.
        name: &'static str,
        /// What it holds.
        given: String,
        /// What it should hold, with an article.
        expected: &'static str,
    },

    /// The editor could not be started, or failed.
    #[error("the editor `{editor}` failed; `{}` is kept", path.display())]
    Editor {
        /// As the environment names it.
        editor: String,
        /// What was to be edited.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// The program `git` could not be run, or failed.
    #[error("cannot ask git about `{}`", folder.display())]
    Git {
        /// The folder that it was to look at.
        folder: PathBuf,
        /// What the system or the program answered.
        source: io::Error,
    },

    /// Git does not work in the repository, because it belongs to another user.
    #[error("git does not trust the repository `{}`, which belongs to another user", root.display())]
    UntrustedRepository {
        /// The root of the work tree.
        root: PathBuf,
    },

    /// A base was asked for where there is no git repository.
    #[error("the base `{base}` was asked for, and `{}` lies in no git repository", folder.display())]
    NoRepository {
        /// As it was given.
        base: String,
        /// The folder of the log.
        folder: PathBuf,
    },

    /// A baseline that cannot be read.
    #[error("cannot use the baseline `{}`: {reason}", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// Two reports would be written to one file.
    #[error("two reports go to `{}`", path.display())]
    TwoReports {
        /// As it was given.
        path: PathBuf,
    },

    /// What has changed was asked for, and not since when.
    #[error("`--changed` needs a base to compare with")]
    NothingToCompare,

    /// A text on standard input, with no file that it belongs to, or with others beside it.
    #[error("a text on standard input is that of one file")]
    Input,

    /// A base that was asked for is not in the repository.
    #[error("the base `{base}` is not in this clone")]
    NoBase {
        /// As it was given.
        base: String,
        /// The command that brings it here, where there is one.
        fetch: Option<String>,
    },

    /// The commit where HEAD left the base is not in the repository.
    #[error("this clone does not hold the commit where HEAD left `{base}`")]
    NoMergeBase {
        /// As it was given.
        base: String,
        /// The command that brings it here, where there is one.
        fetch: Option<String>,
    },

    /// What was asked for cannot be done to this log.
    #[error(transparent)]
    Refused(#[from] Refusal),

    /// The output could not be written, other than by a closed pipe.
    #[error("cannot write the output")]
    Output {
        /// What the system answered.
        source: io::Error,
    },
}

/// Who named what is not there.
fn named(by: Option<&Path>) -> String {
    by.map(|by| format!(", which `{}` names", by.display())).unwrap_or_default()
}

impl Error {
    /// What the user can do about it, if there is one thing to do: an imperative, no full stop.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::LogElsewhere { folders } => Some(format!(
                "name one with `--dir {}`, or begin another: `adr init DIR`",
                shell_path(folders.first()?)
            )),
            Self::OtherLog { by, given, .. } => Some(format!(
                "begin it with `adr init --dir {}`, or change `{}` first",
                shell_path(given),
                by.display()
            )),
            Self::NoFolder { by: Some(by), .. } => {
                Some(format!("correct `{}`, or `adr new TITLE` begins a log there", by.display()))
            }
            Self::Config { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            Self::UnknownRule { nearest: Some(code), .. } => {
                Some(format!("did you mean `{code}`?"))
            }
            Self::NoRecord { nearest, .. } if !nearest.is_empty() => {
                Some(format!("did you mean {}?", nearest.join(" or ")))
            }
            Self::AmbiguousRecord { by, .. } => Some(format!("say which, by its {by}")),
            Self::Journal { path, .. } => {
                Some(format!("look at the records, then remove `{}`", path.display()))
            }
            Self::Write { path, source } | Self::MakeFolder { path, source } => {
                unwritable(path, source.kind())
            }
            Self::LeadsOut { folder, .. } => {
                Some(format!("name it with `--dir {}` if you mean it", shell_path(folder)))
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
            other => other.advice().map(str::to_owned),
        }
    }

    /// The hint of an error that has the same whatever it is about.
    fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoLog { .. } => "run `adr init` to start one, or name its folder with `--dir`",
            Self::OutsideLog { .. } => "name the folder of the log with `--dir`",
            Self::NoFolder { .. } => "check the path, or run `adr init`",
            Self::UnknownRule { .. } => "run `adr rule` for the list",
            Self::NoRecord { .. } => "run `adr list` for all records",
            Self::Skipped { help, .. } => help,
            Self::Changed { .. } | Self::Busy { .. } => "run the command again",
            Self::Link { .. } => "change the file that it leads to, or replace the link by a file",
            Self::LinkLeft { .. } => "remove the link first, and make it again afterwards",
            Self::NotUtf8 { .. } => "save it as UTF-8 first",
            Self::ForeignOutput { .. } => "name an empty or a new folder with `--out`",
            Self::Baseline { .. } => "delete it, and make it anew with `--write-baseline`",
            Self::Input => "name it with `--stdin-filename`, and no other",
            Self::TwoReports { .. } => "give each a file of its own",
            Self::NothingToCompare => "name it with `--base`",
            Self::NoBase { .. } => "name a branch, a tag or a commit that `git log` knows",
            Self::NoMergeBase { .. } => "name a branch that HEAD grew from",
            Self::NoRepository { .. } => "check the log in its repository, or ask for no base",
            Self::Editor { .. } => "set `VISUAL` or `EDITOR`, or use `--no-edit`",
            _ => return None,
        })
    }
}

/// What lets a file or folder be written that the system does not let be written.
fn unwritable(path: &Path, why: io::ErrorKind) -> Option<String> {
    let folder = parent_folder(path);
    Some(match why {
        io::ErrorKind::PermissionDenied => {
            let (folder, path) = (shell_path(folder), shell_path(path));
            format!("check who may write there: `ls -ld {folder} {path}`")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk is mounted read-only; `--dry-run` shows what would be written".to_owned()
        }
        io::ErrorKind::StorageFull => "make room on the disk, then run it again".to_owned(),
        io::ErrorKind::AlreadyExists => {
            format!("a file is where a folder should be: look at `{}`", path.display())
        }
        io::ErrorKind::NotADirectory => {
            format!("a file is where a folder should be: look at `{}`", folder.display())
        }
        _ => return None,
    })
}

/// The paths in one line.
fn shown(paths: &[PathBuf]) -> String {
    let shown: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    shown.join(" and ")
}
