//! What mends a finding.

use crate::text::Change;

/// Whether a fix may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It changes only metadata, links or generated text, and never what the record means.
    Safe,
    /// It is a guess, or changes what people see; only on request.
    Unsafe,
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
}
