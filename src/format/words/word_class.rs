//! What words say that name neither a field nor a state nor a relation.

use serde::Deserialize;

/// What a phrase says that names neither a field nor a state nor a relation. Each is a table of
/// `words.toml`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WordClass {
    /// Nothing: `N/A`.
    Nothing,
    /// That only a part is meant.
    Partial,
    /// As a heading, that statements about the record are below it.
    About,
    /// Next to a reference, that only a part of that record is meant.
    Scope,
    /// Before a reference, that a part of that record was named.
    Of,
    /// As the first word of a heading, that a topic or a number may follow.
    Head,
    /// Before a verb, that it is denied, or was only considered.
    Denial,
    /// At the beginning of a sentence, that all of it depends on something.
    Condition,
    /// Behind a noun, that what follows is about it.
    Relative,
    /// Before a verb, that its subject follows.
    Subordinate,
    /// At the beginning of a remark in brackets, that it was so before.
    Former,
    /// Before a reference, that it says more.
    See,
    /// Behind a verb and its reference, that the verb is denied.
    DenialBehind,
    /// That a denial ends before it.
    But,
    /// Before a verb, that the record itself is its subject.
    Record,
    /// Before a verb, nothing.
    Filler,
    /// Before a verb, that the words belong to what was said before.
    Preposition,
    /// Before a reference, that the verb behind it is about the record itself.
    By,
    /// Behind a reference, that the rest of that record stays.
    Rest,
    /// Before a number, that a part of a record is meant.
    Piece,
    /// Behind a reference, that all of that record is meant.
    Whole,
}

/// A set of what a phrase says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordClasses(u32);

impl WordClasses {
    pub(crate) fn insert(&mut self, says: WordClass) {
        self.0 |= 1 << says as u16;
    }

    /// Whether the phrase says this.
    pub(crate) fn contains(self, says: WordClass) -> bool {
        self.0 & (1 << says as u16) != 0
    }
}
