//! What a section of a record is for, whatever its heading says.

/// The part that a section plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The status of the decision.
    Status,
    /// Why a decision is due: Nygard's *Context*, MADR's *Context and Problem Statement*.
    Context,
    /// What the decision has to satisfy.
    Drivers,
    /// What could have been done.
    Options,
    /// What was decided: Nygard's *Decision*, MADR's *Decision Outcome*.
    Decision,
    /// What follows from it.
    Consequences,
    /// How one can tell that it is followed.
    Confirmation,
    /// Other records and documents.
    Links,
}
