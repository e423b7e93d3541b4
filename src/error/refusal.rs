//! Requests that cannot be carried out. Does not depend on disks: other failures are an [`Error`](super::Error).

use std::path::PathBuf;

use crate::text::shell_word;

/// A request that cannot be carried out. Nothing has been written when one is returned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A title without words.
    #[error("the title has no letters or digits")]
    BlankTitle,

    /// A template that is neither built in nor a file.
    #[error("unknown template `{given}`")]
    UnknownTemplate {
        /// As the user gave it.
        given: String,
        /// The nearest template, if any is near.
        nearest: Option<String>,
    },

    /// A status that is neither built in nor configured.
    #[error("unknown status `{given}`")]
    UnknownStatus {
        /// As the user gave it.
        given: String,
        /// The nearest valid word, if any is near.
        nearest: Option<String>,
        /// All valid words.
        known: Vec<String>,
    },

    /// A change of status that the log does not allow.
    #[error("{label} is {from} and cannot become {to}")]
    IllegalTransition {
        /// The record.
        label: String,
        /// Its status.
        from: &'static str,
        /// The requested status.
        to: &'static str,
        /// The statuses that may follow.
        legal: Vec<&'static str>,
    },

    /// A record is to be superseded, without a successor.
    #[error("a superseded record must name its successor")]
    NoSuccessor {
        /// The record, as the user gave it.
        given: String,
    },

    /// A relation of a record to itself.
    #[error("{label} cannot be related to itself")]
    Itself {
        /// The record.
        label: String,
    },

    /// A record is to be superseded by one of its predecessors.
    #[error("{new} cannot supersede {old}: {}", chain_of(chain))]
    Circle {
        /// The record that is to be superseded.
        old: String,
        /// The record that is to supersede it.
        new: String,
        /// From `new` through its successors to `old`.
        chain: Vec<String>,
    },

    /// A status for a record that others supersede.
    #[error("{label} is superseded by {} and cannot become {to}", by.join(" and "))]
    StillSuperseded {
        /// The record.
        label: String,
        /// The requested status.
        to: String,
        /// The records that supersede it; never empty.
        by: Vec<String>,
    },

    /// An option that has no effect together with the other arguments.
    #[error("`{option}` has no effect here: {reason}")]
    NoUse {
        /// The option, with its dashes.
        option: &'static str,
        /// The reason.
        reason: String,
        /// The command that is probably meant, if there is one.
        instead: Option<String>,
    },

    /// A key that has no meaning.
    #[error("unknown key `{given}` in {what}")]
    UnknownKey {
        /// The input.
        what: String,
        /// The key.
        given: String,
        /// The nearest valid word, if any is near.
        nearest: Option<String>,
        /// All valid words.
        known: Vec<String>,
    },

    /// A field that no record has.
    #[error("unknown field `{given}`")]
    UnknownField {
        /// As the user gave it.
        given: String,
        /// The nearest valid word, if any is near.
        nearest: Option<&'static str>,
        /// All valid words.
        known: Vec<&'static str>,
    },

    /// A value that the format of the record cannot hold.
    #[error("{what} cannot be written into {into}")]
    NoPlace {
        /// The value.
        what: String,
        /// The part of the record.
        into: String,
        /// What to do instead.
        instead: String,
    },

    /// Invalid input.
    #[error("cannot use {what}: {reason}")]
    BadInput {
        /// The input.
        what: String,
        /// The problem.
        reason: String,
    },

    /// A subject without help.
    #[error("unknown help topic `{given}`")]
    UnknownTopic {
        /// As the user gave it.
        given: String,
        /// The nearest valid word, if any is near.
        nearest: Option<String>,
    },

    /// Words for a relation without a known counterpart.
    #[error("the relation `{given}` has no known counterpart")]
    UnknownVerb {
        /// As the user gave it.
        given: String,
        /// The nearest valid word, if any is near.
        nearest: Option<String>,
        /// How to write the counterpart.
        form: &'static str,
    },

    /// A record in place of the words for the counterpart of a relation.
    #[error("`{given}` is a record, not the words for the other record")]
    RecordAsWords {
        /// As the user gave it.
        given: String,
        /// The command for that record.
        instead: String,
    },

    /// A record in which the change would not be read again.
    #[error("`{}` is written in a form that cannot be changed safely", path.display())]
    CannotEdit {
        /// The file.
        path: PathBuf,
    },

    /// A change that would also change another field.
    #[error("the change would also change the {field} of `{}`", path.display())]
    Touches {
        /// The file.
        path: PathBuf,
        /// The other field.
        field: &'static str,
    },

    /// A change that would remove other words.
    #[error("the change would remove `{words}` from `{}:{line}`", path.display())]
    Drops {
        /// The file.
        path: PathBuf,
        /// Their line, counted from 1.
        line: usize,
        /// The words.
        words: String,
    },

    /// A record with both sides of a merge.
    #[error("`{}` has an unresolved merge conflict at line {line}", path.display())]
    Conflict {
        /// The file.
        path: PathBuf,
        /// The line of the first mark, counted from 1.
        line: usize,
    },

    /// A record with front matter in another language.
    #[error("the front matter of `{}` is not YAML and cannot be changed", path.display())]
    ForeignFrontMatter {
        /// The file.
        path: PathBuf,
    },

    /// A title of several lines, all of which a new one would replace.
    #[error("the title of `{}` spans lines {first} to {last}", path.display())]
    TitleOfLines {
        /// The file.
        path: PathBuf,
        /// The first line, counted from 1.
        first: usize,
        /// The last line without the underline, counted from 1.
        last: usize,
    },

    /// A relation in the middle of other text.
    #[error("`{}:{line}` has other text that would be wrong without the relation", path.display())]
    Entangled {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
    },

    /// Front matter that cannot be read, so that nothing can be added to it.
    #[error("the front matter of `{}` is not valid YAML at line {line}", path.display())]
    BrokenFrontMatter {
        /// The file.
        path: PathBuf,
        /// The line of the error, counted from 1.
        line: usize,
    },

    /// A file that cannot be renamed.
    #[error("the name of `{}` is not UTF-8, so it cannot be changed", path.display())]
    OddName {
        /// The file.
        path: PathBuf,
    },

    /// A record without a number, or with one that cannot be separated from the rest of its name.
    #[error("`{}` has no number that can be changed", path.display())]
    NoNumber {
        /// The file.
        path: PathBuf,
    },

    /// A number that another record has.
    #[error("number {number} is already used by {by}")]
    NumberTaken {
        /// The number.
        number: u32,
        /// The record.
        by: String,
    },
}

impl Refusal {
    /// As [`Error::hint`](super::Error::hint).
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::BlankTitle => Some("name the decision: `adr new Use PostgreSQL`".to_owned()),
            Self::UnknownTemplate { nearest: None, .. } => {
                Some("specify a file, or one of the templates in `adr help templates`".to_owned())
            }
            Self::UnknownTemplate { nearest: Some(nearest), .. }
            | Self::UnknownTopic { nearest: Some(nearest), .. }
            | Self::UnknownKey { nearest: Some(nearest), .. }
            | Self::UnknownStatus { nearest: Some(nearest), .. }
            | Self::UnknownVerb { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?"))
            }
            Self::UnknownField { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?"))
            }
            Self::UnknownField { known, .. } => Some(format!("use one of {}", known.join(", "))),
            Self::UnknownTopic { .. } => Some("run `adr help` to see all commands".to_owned()),
            Self::UnknownStatus { known, .. } => Some(format!(
                "use one of {}, or define it under `status.words` in adr.toml",
                known.join(", ")
            )),
            Self::IllegalTransition { legal, .. } if legal.is_empty() => {
                Some("use `--force` to change it anyway".to_owned())
            }
            Self::IllegalTransition { legal, .. } => {
                Some(format!("change it to {}, or use `--force`", legal.join(" or ")))
            }
            Self::NoSuccessor { given } => Some(format!(
                "name it with `adr supersede {} --by REF`, or create it with `--title WORDS`",
                shell_word(given)
            )),
            Self::UnknownVerb { form, .. } => {
                Some(format!("add the words for the other record: `{form}`"))
            }
            Self::UnknownKey { known, .. } => Some(format!("use one of {}", known.join(", "))),
            Self::NoPlace { instead, .. } => Some(instead.clone()),
            Self::NoUse { instead, .. } => {
                instead.as_ref().map(|instead| format!("did you mean `{instead}`?"))
            }
            Self::RecordAsWords { instead, .. } => {
                Some(format!("link each record separately: `{instead}`"))
            }
            Self::Circle { chain, .. } => {
                let [.., record, successor] = chain.as_slice() else { return None };
                Some(unlink_hint(successor, record))
            }
            Self::StillSuperseded { label, by, .. } => Some(unlink_hint(by.first()?, label)),
            _ => self.hint_about_record().map(str::to_owned),
        }
    }

    /// The hint of a refusal about a record, if it has no parameters.
    fn hint_about_record(&self) -> Option<&'static str> {
        match self {
            Self::NumberTaken { .. } => Some("omit the number to get a free one"),
            Self::CannotEdit { .. }
            | Self::Entangled { .. }
            | Self::Touches { .. }
            | Self::Drops { .. }
            | Self::ForeignFrontMatter { .. } => Some("make the change by hand"),
            Self::Conflict { .. } => Some("resolve it first"),
            Self::TitleOfLines { .. } => Some("write it on one line, as `# Title`"),
            Self::BrokenFrontMatter { .. } => {
                Some("fix it first; run `adr lint --select ADR201` to see the error")
            }
            Self::OddName { .. } => Some("rename the file first"),
            _ => None,
        }
    }
}

/// How to remove the relation that `successor` supersedes `record`.
fn unlink_hint(successor: &str, record: &str) -> String {
    let (successor, record) = (shell_word(successor), shell_word(record));
    format!("remove that relation first: `adr link {successor} supersedes {record} --remove`")
}

/// `A is superseded by B, which is superseded by C`.
fn chain_of(chain: &[String]) -> String {
    match chain {
        [first, successors @ ..] if !successors.is_empty() => {
            format!("{first} is superseded by {}", successors.join(", which is superseded by "))
        }
        _ => chain.concat(),
    }
}
