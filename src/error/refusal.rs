//! What an author asked for and cannot have. Knows nothing of disks: what stops the tool itself is an
//! [`Error`](super::Error).

use std::path::PathBuf;

use crate::text::shell_word;

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

    /// A record that is to give way to one that gave way to it.
    #[error("{new} cannot take the place of {old}: {}", chain_of(chain))]
    Circle {
        /// The record that is to be superseded.
        old: String,
        /// The one that is to take its place.
        new: String,
        /// From `new`, by way of its successors, to `old`.
        chain: Vec<String>,
    },

    /// A status for a record that others say they have taken the place of.
    #[error("{label} is superseded by {} and cannot become {to}", by.join(" and "))]
    StillSuperseded {
        /// The record.
        label: String,
        /// What it was to be.
        to: String,
        /// Those who took its place; never empty.
        by: Vec<String>,
    },

    /// An option that has nothing to do with what else was asked for.
    #[error("`{option}` is of no use here: {reason}")]
    NoUse {
        /// The option, with its dashes.
        option: &'static str,
        /// Why.
        reason: String,
        /// The command that is probably meant, if one is.
        instead: Option<String>,
    },

    /// A key that nothing asks for.
    #[error("{what} has a key `{given}` that nothing asks for")]
    UnknownKey {
        /// Which input.
        what: String,
        /// What it says.
        given: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// All that there are.
        known: Vec<String>,
    },

    /// A field that no record has.
    #[error("no record has a field `{given}`")]
    UnknownField {
        /// What was asked for.
        given: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
        /// All that there are.
        known: Vec<&'static str>,
    },

    /// Something to be written that the form of the record cannot hold.
    #[error("{what} cannot be written into {into}")]
    NoPlace {
        /// What was to be written.
        what: String,
        /// Where.
        into: String,
        /// What to do instead.
        instead: String,
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
        /// How the counterpart is given.
        form: &'static str,
    },

    /// A record where the words of the counterpart of a relation belong.
    #[error("`{given}` is a record, and not what the other record says")]
    RecordAsWords {
        /// What was asked for.
        given: String,
        /// The command for that record.
        instead: String,
    },

    /// A record in which the change could not be made so that it would be read again.
    #[error("`{}` is written in a way that cannot be changed safely", path.display())]
    CannotEdit {
        /// The file.
        path: PathBuf,
    },

    /// A change that would change something else, too.
    #[error("the change would also change the {field} of `{}`", path.display())]
    Touches {
        /// The file.
        path: PathBuf,
        /// What would change.
        field: &'static str,
    },

    /// A change that would remove words that a person wrote.
    #[error("the change would remove `{words}` from `{}:{line}`", path.display())]
    Drops {
        /// The file.
        path: PathBuf,
        /// Where they are, counted from 1.
        line: usize,
        /// The words.
        words: String,
    },

    /// A record that holds both sides of a merge.
    #[error("`{}` has an unresolved merge conflict, at line {line}", path.display())]
    Conflict {
        /// The file.
        path: PathBuf,
        /// The first mark, counted from 1.
        line: usize,
    },

    /// A record with front matter that is not read.
    #[error("the front matter of `{}` is not YAML, and cannot be changed", path.display())]
    ForeignFrontMatter {
        /// The file.
        path: PathBuf,
    },

    /// A title that is written over several lines, all of which a new one would replace.
    #[error("the title of `{}` covers lines {first} to {last}", path.display())]
    TitleOfLines {
        /// The file.
        path: PathBuf,
        /// The first line, counted from 1.
        first: usize,
        /// The last line without the line below the title, counted from 1.
        last: usize,
    },

    /// A relation that stands in the midst of other words.
    #[error("`{}:{line}` says more than that relation, and would read wrongly without it", path.display())]
    Entangled {
        /// The file.
        path: PathBuf,
        /// Where it is said, counted from 1.
        line: usize,
    },

    /// A record whose front matter nobody can read, so that nothing can be added to it.
    #[error("the front matter of `{}` is not valid YAML, at line {line}", path.display())]
    BrokenFrontMatter {
        /// The file.
        path: PathBuf,
        /// Where reading ends, counted from 1.
        line: usize,
    },

    /// A file that cannot get another name.
    #[error("the name of `{}` is not UTF-8, so it cannot be changed", path.display())]
    OddName {
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
}

impl Refusal {
    /// As [`Error::hint`](super::Error::hint).
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::BlankTitle => Some("say what is decided: `adr new Use PostgreSQL`".to_owned()),
            Self::UnknownTemplate { nearest: None, .. } => {
                Some("name a file, or one of `adr help templates`".to_owned())
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
            Self::UnknownField { known, .. } => Some(format!("there are {}", known.join(", "))),
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
                "name it: `adr supersede {} --by REF`, or write it: `--title WORDS`",
                shell_word(given)
            )),
            Self::UnknownVerb { form, .. } => {
                Some(format!("say what the other record says: `{form}`"))
            }
            Self::UnknownKey { known, .. } => Some(format!("it can have {}", known.join(", "))),
            Self::NoPlace { instead, .. } => Some(instead.clone()),
            Self::NoUse { instead, .. } => {
                instead.as_ref().map(|instead| format!("did you mean `{instead}`?"))
            }
            Self::RecordAsWords { instead, .. } => {
                Some(format!("relate each record by itself: `{instead}`"))
            }
            Self::Circle { chain, .. } => {
                let [.., old, new] = chain.as_slice() else { return None };
                Some(taken_back(new, old))
            }
            Self::StillSuperseded { label, by, .. } => Some(taken_back(by.first()?, label)),
            _ => self.hint_about_record().map(str::to_owned),
        }
    }

    /// The hint about a record that cannot be changed so.
    fn hint_about_record(&self) -> Option<&'static str> {
        match self {
            Self::NumberTaken { .. } => Some("leave the number out to get a free one"),
            Self::CannotEdit { .. }
            | Self::Entangled { .. }
            | Self::Touches { .. }
            | Self::Drops { .. }
            | Self::ForeignFrontMatter { .. } => Some("make the change by hand"),
            Self::Conflict { .. } => Some("resolve it first"),
            Self::TitleOfLines { .. } => Some("write it on one line, as `# Title`"),
            Self::BrokenFrontMatter { .. } => {
                Some("fix it first; run `adr lint --select ADR201` to see the fault")
            }
            Self::OddName { .. } => Some("rename the file first"),
            _ => None,
        }
    }
}

/// What lets `old` be no longer superseded by `new`.
fn taken_back(new: &str, old: &str) -> String {
    let (new, old) = (shell_word(new), shell_word(old));
    format!("take that back first: `adr link {new} supersedes {old} --remove`")
}

/// `A is superseded by B, and that by C`.
fn chain_of(chain: &[String]) -> String {
    match chain {
        [first, second, rest @ ..] => {
            let steps: Vec<&str> = [second].into_iter().chain(rest).map(String::as_str).collect();
            format!("{first} is superseded by {}", steps.join(", and that by "))
        }
        _ => chain.join(""),
    }
}
