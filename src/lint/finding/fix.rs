//! The changes that fix a finding.

use super::edit_request::BackLink;
use crate::format::Fact;
use crate::text::{Change, Edit, Source};

/// Whether a fix is applied by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It changes only metadata, links or generated text, and never what the record means.
    Safe,
    /// It is a guess, or changes visible text; only on request.
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

/// Changes that fix a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it is applied by default.
    pub safety: Safety,
    /// What it does, in the imperative.
    pub title: String,
    /// To any number of files; all of them or none.
    pub changes: Vec<Change>,
    /// The back link that it writes, if it does nothing else: several back links of one record can be written as one
    /// change.
    pub back_link: Option<BackLink>,
    /// The facts that may differ afterwards in the records that it changes; `None` if the code that made the changes
    /// has checked them.
    pub facts: Option<&'static [Fact]>,
}

impl Fix {
    /// Edits to one file that are applied by default. No fact of the record may change, see
    /// [`changing`](Self::changing).
    pub fn safe(title: impl Into<String>, source: &Source, edits: Vec<Edit>) -> Self {
        Self::of_one_file(Safety::Safe, title.into(), source, edits)
    }

    /// Edits to one file that a person should review.
    pub fn guess(title: impl Into<String>, source: &Source, edits: Vec<Edit>) -> Self {
        Self::of_one_file(Safety::Unsafe, title.into(), source, edits)
    }

    /// Lets the fix change these facts.
    #[must_use]
    pub fn changing(self, facts: &'static [Fact]) -> Self {
        Self { facts: Some(facts), ..self }
    }

    fn of_one_file(safety: Safety, title: String, source: &Source, edits: Vec<Edit>) -> Self {
        let change = Change::Edit { path: source.path().to_owned(), edits };
        Self { safety, title, changes: vec![change], back_link: None, facts: Some(&[]) }
    }
}
