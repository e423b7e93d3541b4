//! What stops the tool itself, as opposed to what is wrong with a record.

use std::io;
use std::path::{Path, PathBuf};

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
            Self::NoLog { .. } => {
                Some("run `adr init` to start one, or name its folder with `--dir`".to_owned())
            }
            Self::OutsideLog { .. } => Some("name the folder of the log with `--dir`".to_owned()),
            Self::NoFolder { by, .. } => Some(match by {
                None => "check the path, or run `adr init`".to_owned(),
                Some(by) => {
                    format!("correct `{}`, or `adr new TITLE` begins a log there", by.display())
                }
            }),
            Self::Config { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            Self::UnknownRule { nearest: Some(code), .. } => {
                Some(format!("did you mean `{code}`?"))
            }
            Self::UnknownRule { .. } => Some("run `adr rule` for the list".to_owned()),
            Self::NoRecord { nearest, .. } => Some(match nearest.as_slice() {
                [] => "run `adr list` for all records".to_owned(),
                near => format!("did you mean {}?", near.join(" or ")),
            }),
            Self::Skipped { help, .. } => Some((*help).to_owned()),
            Self::AmbiguousRecord { by, .. } => Some(format!("say which, by its {by}")),
            Self::Journal { path, .. } => {
                Some(format!("look at the records, then remove `{}`", path.display()))
            }
            Self::Changed { .. } => Some("run the command again".to_owned()),
            Self::ForeignOutput { .. } => {
                Some("name an empty or a new folder with `--out`".to_owned())
            }
            Self::Refused(refusal) => refusal.hint(),
            Self::NoBase { fetch: Some(fetch), .. }
            | Self::NoMergeBase { fetch: Some(fetch), .. } => Some(format!("run `{fetch}`")),
            Self::Baseline { .. } => {
                Some("delete it, and make it anew with `--write-baseline`".to_owned())
            }
            Self::Input => Some("name it with `--stdin-filename`, and no other".to_owned()),
            Self::NothingToCompare => Some("name it with `--base`".to_owned()),
            Self::NoBase { fetch: None, .. } => {
                Some("name a branch, a tag or a commit that `git log` knows".to_owned())
            }
            Self::NoMergeBase { .. } => Some("name a branch that HEAD grew from".to_owned()),
            Self::NoRepository { .. } => {
                Some("check the log in its repository, or ask for no base".to_owned())
            }
            Self::Editor { .. } => Some("set `VISUAL` or `EDITOR`, or use `--no-edit`".to_owned()),
            Self::Variable { name, .. } => Some(format!("correct it, or unset `{name}`")),
            Self::Read { .. }
            | Self::MakeFolder { .. }
            | Self::Write { .. }
            | Self::Exists { .. }
            | Self::NoFile { .. }
            | Self::Git { .. }
            | Self::Template { .. }
            | Self::Output { .. } => None,
        }
    }
}

/// An author's wish that cannot be granted. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A record needs a title.
    #[error("the title has no letter and no digit")]
    BlankTitle,

    /// A template that is neither ours nor a file.
    #[error("no template is called `{given}`")]
    UnknownTemplate {
        /// What was asked for.
        given: String,
        /// The nearest one that exists, if any is near.
        nearest: Option<String>,
    },

    /// A status that nobody has declared.
    #[error("no status is called `{given}`")]
    UnknownStatus {
        /// What was asked for.
        given: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// All that there are.
        known: Vec<String>,
    },

    /// A change of status that the log does not allow.
    #[error("{label} is {from} and cannot become {to}")]
    IllegalTransition {
        /// The record.
        label: String,
        /// What it is.
        from: &'static str,
        /// What it was to be.
        to: &'static str,
        /// What it may become.
        legal: Vec<&'static str>,
    },

    /// A record that is to be superseded by nobody.
    #[error("a superseded record names the one that took its place")]
    NoSuccessor {
        /// How the record was named.
        given: String,
    },

    /// A record that is to stand in a relation to itself.
    #[error("{label} cannot be related to itself")]
    Itself {
        /// The record.
        label: String,
    },

    /// Input that is not what it should be.
    #[error("cannot use {what}: {reason}")]
    BadInput {
        /// Which input.
        what: String,
        /// What is wrong with it.
        reason: String,
    },

    /// A subject that the help does not know.
    #[error("there is no help about `{given}`")]
    UnknownTopic {
        /// What was asked for.
        given: String,
        /// What was probably meant.
        nearest: Option<String>,
    },

    /// Words for a relation that nobody knows the counterpart of.
    #[error("`{given}` is no relation that has a counterpart")]
    UnknownVerb {
        /// What was asked for.
        given: String,
        /// What was probably meant.
        nearest: Option<String>,
    },

    /// A record in which the change could not be made so that it would be read again.
    #[error("`{}` is written in a way that cannot be changed safely", path.display())]
    CannotEdit {
        /// The file.
        path: PathBuf,
    },

    /// A record that has no number, or one that cannot be told from the rest of its name.
    #[error("`{}` has no number that could be changed", path.display())]
    NoNumber {
        /// The file.
        path: PathBuf,
    },

    /// A number that another record has.
    #[error("number {number} is that of {by}")]
    NumberTaken {
        /// The number.
        number: u32,
        /// The record.
        by: String,
    },

    /// A pattern of file names that cannot be filled in.
    #[error("`{given}` is no pattern for file names")]
    UnknownScheme {
        /// What was asked for.
        given: String,
    },
}

impl Refusal {
    /// As [`Error::hint`].
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::BlankTitle => Some("say what is decided: `adr new Use PostgreSQL`".to_owned()),
            Self::UnknownTemplate { nearest: None, .. } => {
                Some("name a file, or one of `adr help templates`".to_owned())
            }
            Self::UnknownTemplate { nearest: Some(nearest), .. }
            | Self::UnknownTopic { nearest: Some(nearest), .. }
            | Self::UnknownStatus { nearest: Some(nearest), .. }
            | Self::UnknownVerb { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?"))
            }
            Self::UnknownTopic { .. } => Some("run `adr help` for all commands".to_owned()),
            Self::UnknownStatus { known, .. } => Some(format!(
                "it can be {}; other words go under `status.words` in adr.toml",
                known.join(", ")
            )),
            Self::IllegalTransition { legal, .. } if legal.is_empty() => {
                Some("it can become nothing else; `--force` overrides this".to_owned())
            }
            Self::IllegalTransition { legal, .. } => {
                Some(format!("it can become {}; `--force` overrides this", legal.join(" or ")))
            }
            Self::NoSuccessor { given } => Some(format!(
                "name it: `adr supersede {given} --by REF`, or write it: `--title WORDS`"
            )),
            Self::UnknownVerb { .. } => {
                Some("say what the other record says: `adr link A VERB B REVERSE`".to_owned())
            }
            Self::NumberTaken { .. } => Some("leave the number out to get a free one".to_owned()),
            Self::NoNumber { .. } | Self::Itself { .. } | Self::BadInput { .. } => None,
            Self::CannotEdit { .. } => Some("make the change by hand".to_owned()),
            Self::UnknownScheme { .. } => {
                Some("write it like `NNNN-slug`, `ADR-NNNN-slug` or `YYYYMMDD-slug`".to_owned())
            }
        }
    }
}
