//! The facts that are read from a record.

use crate::format::words::Field;

/// A group of values that are read from a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Every stated status.
    Status,
    /// The name of the decision.
    Title,
    /// The numbers in the file name and in the heading.
    Number,
    /// The id as written.
    Id,
    /// The date of the decision.
    Date,
    /// The date of the next review.
    Review,
    /// Keywords for searching.
    Tags,
    /// The people who decided.
    DecisionMakers,
    /// The people who were consulted.
    Consulted,
    /// The people who were informed.
    Informed,
    /// The relations to other records.
    Relations,
    /// The considered options.
    Options,
    /// The other headings.
    Sections,
    /// The destinations of links and images.
    Links,
    /// Code in the text.
    Code,
    /// Comments in the text and in the front matter.
    Comments,
    /// The other keys of the front matter.
    Keys,
}

impl Fact {
    /// All facts.
    pub const ALL: [Self; 17] = [
        Self::Status,
        Self::Title,
        Self::Number,
        Self::Id,
        Self::Date,
        Self::Review,
        Self::Tags,
        Self::DecisionMakers,
        Self::Consulted,
        Self::Informed,
        Self::Relations,
        Self::Options,
        Self::Sections,
        Self::Links,
        Self::Code,
        Self::Comments,
        Self::Keys,
    ];

    /// The facts that front matter can state.
    pub const FIELDS: [Self; 12] = [
        Self::Status,
        Self::Title,
        Self::Number,
        Self::Id,
        Self::Date,
        Self::Review,
        Self::Tags,
        Self::DecisionMakers,
        Self::Consulted,
        Self::Informed,
        Self::Relations,
        Self::Keys,
    ];

    /// The name of the fact in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Title => "title",
            Self::Number => "number",
            Self::Id => "id",
            Self::Date => "date",
            Self::Review => "review date",
            Self::Tags => "tags",
            Self::DecisionMakers => "decision makers",
            Self::Consulted => "people consulted",
            Self::Informed => "people informed",
            Self::Relations => "relations",
            Self::Options => "options",
            Self::Sections => "headings",
            Self::Links => "links",
            Self::Code => "code",
            Self::Comments => "comments",
            Self::Keys => "other front matter",
        }
    }
}

impl From<Field> for Fact {
    fn from(field: Field) -> Self {
        match field {
            Field::Status => Self::Status,
            Field::Date => Self::Date,
            Field::Review => Self::Review,
            Field::Tags => Self::Tags,
            Field::Deciders => Self::DecisionMakers,
            Field::Consulted => Self::Consulted,
            Field::Informed => Self::Informed,
            Field::Title => Self::Title,
            Field::Id => Self::Id,
        }
    }
}
