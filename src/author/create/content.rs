//! What a new record is to hold.

use serde::Deserialize;

use crate::model::Date;

/// A record that is to be made.
#[derive(Clone, Debug)]
pub struct NewRecord<'n> {
    /// As typed; runs of white space count as one blank. Has a letter or a digit, unless the body of
    /// the content has a title of its own.
    pub title: &'n str,
    /// See [`next_number`]. Of no effect where the log counts by dates.
    pub number: u32,
    /// The day of the decision.
    pub date: Date,
    /// The word for its status.
    pub status: &'n str,
    /// What goes before what a body says, if that is a record of its own.
    pub asked: Asked,
    /// What the author has said already.
    pub content: &'n Content,
}

/// Which of the fields of a new record somebody has asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The status.
    pub status: bool,
    /// The day of the decision.
    pub date: bool,
}

/// What goes into the sections and fields of a record; what is empty is left to the author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "snake_case")]
pub struct Content {
    /// Why the decision is due.
    pub context: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// What the decision has to satisfy.
    pub drivers: Vec<String>,
    /// What was weighed.
    pub options: Vec<String>,
    /// What follows.
    pub consequences: Vec<String>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Who was asked.
    pub consulted: Vec<String>,
    /// Who was told.
    pub informed: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// All that follows the fields, in place of the sections of the template; or the whole record,
    /// see [`is_record`].
    pub body: Option<String>,
}

impl Content {
    /// Whether the author has said anything about the decision itself, so that there is a text to
    /// read and not only a form to fill in.
    pub fn has_text(&self) -> bool {
        self.context.is_some()
            || self.decision.is_some()
            || !self.drivers.is_empty()
            || !self.options.is_empty()
            || !self.consequences.is_empty()
            || self.body.is_some()
    }
}
