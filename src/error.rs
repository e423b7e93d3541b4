//! What stops the tool itself, as opposed to what is wrong with a record.

use std::io;
use std::path::PathBuf;

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
    #[error("no such folder: `{}`", path.display())]
    NoFolder {
        /// As it was given.
        path: PathBuf,
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

    /// A reference that names more than one record.
    #[error("{} records match `{given}`
  {}", candidates.len(), candidates.join("
  "))]
    AmbiguousRecord {
        /// What was asked for.
        given: String,
        /// The records that it may mean, one line each, in log order.
        candidates: Vec<String>,
    },

    /// A folder to build into that holds something we did not make.
    #[error("`{}` is not empty and was not made by `adr build`", path.display())]
    ForeignOutput {
        /// The folder.
        path: PathBuf,
    },

    /// The output could not be written, other than by a closed pipe.
    #[error("cannot write the output")]
    Output {
        /// What the system answered.
        source: io::Error,
    },
}

impl Error {
    /// What the user can do about it, if there is one thing to do: an imperative, no full stop.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoLog { .. } => {
                Some("run `adr init` to start one, or name its folder with `--dir`".to_owned())
            }
            Self::NoFolder { .. } => Some("check the path, or run `adr init`".to_owned()),
            Self::Config { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            Self::UnknownRule { nearest: Some(code), .. } => {
                Some(format!("did you mean `{code}`?"))
            }
            Self::UnknownRule { nearest: None, .. } => {
                Some("run `adr rule` for the list".to_owned())
            }
            Self::NoRecord { nearest, .. } => Some(match nearest.as_slice() {
                [] => "run `adr list` for all records".to_owned(),
                near => format!("did you mean {}?", near.join(" or ")),
            }),
            Self::AmbiguousRecord { .. } => {
                Some("say which, by its number or its file name".to_owned())
            }
            Self::Changed { .. } => Some("run the command again".to_owned()),
            Self::ForeignOutput { .. } => {
                Some("name an empty or a new folder with `--out`".to_owned())
            }
            Self::Read { .. }
            | Self::Write { .. }
            | Self::Exists { .. }
            | Self::Template { .. }
            | Self::Output { .. } => None,
        }
    }
}
