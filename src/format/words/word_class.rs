//! The classes of words that name neither a field nor a status nor a relation, such as denials and
//! prepositions.

/// The class of a phrase that names neither a field nor a status nor a relation. Each class is a table
/// `phrases.…` of `words.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// A value that means no value: `N/A`.
    Nothing,
    /// Limits a statement to a part.
    Partial,
    /// A heading with statements about the record below it.
    About,
    /// Next to a reference: limits the statement to a part of that record.
    Scope,
    /// Before a reference: joins the name of a part to its record.
    Of,
    /// The first word of a heading that a topic or a number may follow.
    Head,
    /// Before a verb: denies it, or presents it as something that was only considered.
    Denial,
    /// At the beginning of a sentence: makes the sentence a condition.
    Condition,
    /// After a noun: makes the following words a statement about it.
    Relative,
    /// Before a verb: its subject follows.
    Subordinate,
    /// At the beginning of a remark in brackets: the remark describes the past.
    Former,
    /// Before a reference: refers the reader to it.
    See,
    /// After a verb and its reference: denies the verb.
    DenialBehind,
    /// Ends a denial before it.
    But,
    /// Before a verb: the record itself is its subject.
    Record,
    /// Before a verb: can be ignored.
    Filler,
    /// Before a verb: the words belong to the preceding statement.
    Preposition,
    /// Before a reference: makes the verb after it a statement about the record itself.
    By,
    /// After a reference: the rest of that record still applies.
    Rest,
    /// Before a number: names a part of a record.
    Piece,
    /// After a reference: extends the statement to all of that record.
    Whole,
}

/// The set of classes of a phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordClasses(u32);

impl WordClasses {
    pub(super) const fn of(classes: &[WordClass]) -> Self {
        let mut bits = 0;
        let mut remaining = classes;
        while let [class, others @ ..] = remaining {
            bits |= 1 << *class as u16;
            remaining = others;
        }
        Self(bits)
    }

    pub(crate) fn contains(self, class: WordClass) -> bool {
        self.0 & (1 << class as u16) != 0
    }

    /// Whether the phrase has any of `classes`.
    pub(crate) fn contains_any(self, classes: &[WordClass]) -> bool {
        classes.iter().any(|class| self.contains(*class))
    }
}
