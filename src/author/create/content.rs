//! The values of a new record.

use serde::Deserialize;

use crate::model::Date;

/// A record that is to be created.
#[derive(Clone, Debug)]
pub struct NewRecord<'n> {
    /// As typed; runs of white space count as one space. Has a letter or a digit, unless the body of the content has
    /// a title.
    pub title: &'n str,
    /// See [`next_number`](crate::author::next_number). Unused if the log names records by date.
    pub number: u32,
    /// The date of the decision.
    pub date: Date,
    /// The word for its status.
    pub status: &'n str,
    /// The fields that override the ones in a body that is a whole record.
    pub requested: RequestedFields,
    /// The text of the author.
    pub content: &'n Content,
}

/// The fields of a new record that were requested explicitly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestedFields {
    /// Whether the status was requested.
    pub status: bool,
    /// Whether the date was requested.
    pub date: bool,
}

/// The content of a record's sections and fields. Empty ones are left to the author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "snake_case")]
pub struct Content {
    /// Why a decision is needed.
    pub context: Option<String>,
    /// The decision.
    pub decision: Option<String>,
    /// What the decision has to satisfy.
    pub drivers: Vec<String>,
    /// The options that were considered.
    pub options: Vec<String>,
    /// The consequences.
    pub consequences: Vec<String>,
    /// The decision makers.
    pub deciders: Vec<String>,
    /// The people who were consulted.
    pub consulted: Vec<String>,
    /// The people who were informed.
    pub informed: Vec<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The text after the fields, instead of the sections of the template; or the whole record, see
    /// [`is_record`](crate::author::is_record).
    pub body: Option<String>,
}

impl Content {
    /// Whether the author has written about the decision itself, so that the record is more than a form to fill in.
    pub fn has_text(&self) -> bool {
        self.context.is_some()
            || self.decision.is_some()
            || !self.drivers.is_empty()
            || !self.options.is_empty()
            || !self.consequences.is_empty()
            || self.body.is_some()
    }
}
