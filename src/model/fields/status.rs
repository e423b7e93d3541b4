//! The status of a decision: the word that the team uses, and its meaning.

use std::borrow::Cow;
use std::fmt;

/// The lifecycle states of a decision.
///
/// Proposed, accepted, deprecated and superseded are from Nygard's article of 2011; rejected is from
/// MADR, draft from log4brains.
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
    /// No longer to be followed, and not replaced.
    Deprecated,
    /// Replaced by another record.
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

    /// Whether the decision is still to be made: a draft or a proposal.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Proposed)
    }

    /// The state that `word` names, in any case.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str().eq_ignore_ascii_case(word))
    }
}

/// The status of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Status {
    /// The word for it, in lower case: the lifecycle's, or the team's own.
    pub word: Cow<'static, str>,
    /// The meaning of the word; `None` if it is unknown.
    pub meaning: Option<Lifecycle>,
}

impl Status {
    /// A status with any word and its meaning.
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
