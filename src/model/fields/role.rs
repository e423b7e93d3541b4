//! The purpose of a section, independent of its heading.

/// The purpose of a section of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The status of the decision.
    Status,
    /// Why a decision is due: Nygard's *Context*, MADR's *Context and Problem Statement*.
    Context,
    /// What the decision has to satisfy.
    Drivers,
    /// The options that were considered.
    Options,
    /// What was decided: Nygard's *Decision*, MADR's *Decision Outcome*.
    Decision,
    /// What follows from it.
    Consequences,
    /// How to check that the decision is followed.
    Confirmation,
    /// Other records and documents.
    Links,
}
