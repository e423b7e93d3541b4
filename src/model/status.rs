//! The state of a decision: the word that the team uses, and what it means.

use std::borrow::Cow;
use std::fmt;

/// The states that a decision passes through.
///
/// Proposed, accepted, deprecated and superseded are those of Nygard's article of 2011; MADR adds
/// rejected, log4brains draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lifecycle {
    /// Being written.
    Draft,
    /// Under discussion.
    Proposed,
    /// Decided.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer to be followed, and nothing took its place.
    Deprecated,
    /// Another record took its place.
    Superseded,
}

impl Lifecycle {
    /// All of them, in the order of a decision's life.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Proposed,
        Self::Accepted,
        Self::Rejected,
        Self::Deprecated,
        Self::Superseded,
    ];

    /// The word for it, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
        }
    }

    /// The state that `word` names, in any case.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str().eq_ignore_ascii_case(word))
    }
}

/// The status of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Status {
    /// The word for it, in lower case: that of the lifecycle, or the team's own.
    pub word: Cow<'static, str>,
    /// What the word means; `None` where nobody has said.
    pub meaning: Option<Lifecycle>,
}

impl Status {
    /// A word of our own making or of the team's, with what it means.
    pub fn own(word: impl Into<Cow<'static, str>>, meaning: Option<Lifecycle>) -> Self {
        Self { word: word.into(), meaning }
    }

    /// Whether it means `state`.
    pub fn is(&self, state: Lifecycle) -> bool {
        self.meaning == Some(state)
    }
}

impl From<Lifecycle> for Status {
    fn from(state: Lifecycle) -> Self {
        Self { word: Cow::Borrowed(state.as_str()), meaning: Some(state) }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)
    }
}
