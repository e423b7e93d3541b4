//! What mends a finding.

use super::Answer;
use crate::format::Fact;
use crate::text::{Change, Edit, Source};

/// Whether a fix may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It changes only metadata, links or generated text, and never what the record means.
    Safe,
    /// It is a guess, or changes what people see; only on request.
    Unsafe,
}

impl Safety {
    /// In lower case, as in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Changes that mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be made unasked.
    pub safety: Safety,
    /// What it does, in the imperative.
    pub title: String,
    /// To any number of files; all of them or none.
    pub changes: Vec<Change>,
    /// What a record says after it, where that is all that it does: several answers of one record can be
    /// written as one change.
    pub answer: Option<Answer>,
    /// What may read differently in the records that it changes; `None` if that was judged where the changes
    /// were made.
    pub facts: Option<&'static [Fact]>,
}

impl Fix {
    /// Edits to one file that may be made unasked. Nothing that is read may change, see
    /// [`changing`](Self::changing).
    pub fn safe(title: impl Into<String>, source: &Source, edits: Vec<Edit>) -> Self {
        Self::new(Safety::Safe, title.into(), source, edits)
    }

    /// Edits to one file that a person should look at.
    pub fn guess(title: impl Into<String>, source: &Source, edits: Vec<Edit>) -> Self {
        Self::new(Safety::Unsafe, title.into(), source, edits)
    }

    /// The fix, after which these facts may read differently.
    #[must_use]
    pub fn changing(self, facts: &'static [Fact]) -> Self {
        Self { facts: Some(facts), ..self }
    }

    fn new(safety: Safety, title: String, source: &Source, edits: Vec<Edit>) -> Self {
        let change = Change::Edit { path: source.path().to_owned(), edits };
        Self { safety, title, changes: vec![change], answer: None, facts: Some(&[]) }
    }
}
