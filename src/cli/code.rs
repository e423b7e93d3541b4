//! What an error is called, for programs: part of the contract, as its wording is not.

use crate::{Error, Refusal};

/// The name of `error`; one that was given once is not given to anything else.
pub(super) fn code(error: &Error) -> &'static str {
    match error {
        Error::NoLog { .. } => "no-log",
        Error::NoFolder { .. } => "no-folder",
        Error::NoFile { .. } => "no-file",
        Error::OutsideLog { .. } => "outside-log",
        Error::Read { .. } => "read",
        Error::Write { .. } => "write",
        Error::Journal { .. } => "journal",
        Error::MakeFolder { .. } => "make-folder",
        Error::Changed { .. } => "changed",
        Error::Exists { .. } => "exists",
        Error::Config { .. } => "config",
        Error::Template { .. } => "template",
        Error::UnknownRule { .. } => "unknown-rule",
        Error::NoRecord { .. } => "no-record",
        Error::AmbiguousRecord { .. } => "ambiguous-record",
        Error::ForeignOutput { .. } => "foreign-output",
        Error::Variable { .. } => "variable",
        Error::Editor { .. } => "editor",
        Error::Git { .. } => "git",
        Error::NoRepository { .. } => "no-repository",
        Error::Baseline { .. } => "baseline",
        Error::NothingToCompare => "nothing-to-compare",
        Error::NoBase { .. } => "no-base",
        Error::NoMergeBase { .. } => "no-merge-base",
        Error::Output { .. } => "output",
        Error::Refused(refusal) => refused(refusal),
    }
}

fn refused(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::BlankTitle => "blank-title",
        Refusal::UnknownTemplate { .. } => "unknown-template",
        Refusal::UnknownStatus { .. } => "unknown-status",
        Refusal::IllegalTransition { .. } => "illegal-transition",
        Refusal::NoSuccessor { .. } => "no-successor",
        Refusal::Itself { .. } => "itself",
        Refusal::BadInput { .. } => "bad-input",
        Refusal::UnknownTopic { .. } => "unknown-topic",
        Refusal::UnknownVerb { .. } => "unknown-verb",
        Refusal::CannotEdit { .. } => "cannot-edit",
        Refusal::UnknownBase { .. } => "unknown-base",
        Refusal::NoNumber { .. } => "no-number",
        Refusal::NumberTaken { .. } => "number-taken",
        Refusal::UnknownScheme { .. } => "unknown-scheme",
    }
}
