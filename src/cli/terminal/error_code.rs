//! The names of errors, for programs: the field `code` in the JSON of an error. A released name never
//! changes, even if the message does.

use crate::{Error, Refusal};

/// The name of all errors in the arguments, which clap reports.
pub(crate) const USAGE: &str = "usage";

/// Returns the name of `error`.
pub(crate) fn error_code(error: &Error) -> &'static str {
    match error {
        Error::NoLog { .. } => "no-log",
        Error::LogElsewhere { .. } => "log-elsewhere",
        Error::OtherLog { .. } => "other-log",
        Error::NoFolder { .. } => "no-folder",
        Error::NoFile { .. } => "no-file",
        Error::OutsideLog { .. } => "outside-log",
        Error::Read { .. } => "read",
        Error::Write { .. } => "write",
        Error::Journal { .. } => "journal",
        Error::MakeFolder { .. } => "make-folder",
        Error::Changed { .. } => "changed",
        Error::ReadOnly { .. } => "read-only",
        Error::Link { .. } => "link",
        Error::LinkLeft { .. } => "link-left",
        Error::LeadsOut { .. } => "leads-out",
        Error::Busy { .. } => "busy",
        Error::UntrustedRepository { .. } => "untrusted-repository",
        Error::NotUtf8 { .. } => "not-utf8",
        Error::Exists { .. } => "exists",
        Error::Config { .. } => "config",
        Error::Template { .. } => "template",
        Error::UnknownRule { .. } => "unknown-rule",
        Error::NoRecord { .. } => "no-record",
        Error::Skipped { .. } => "skipped",
        Error::AmbiguousRecord { .. } => "ambiguous-record",
        Error::ForeignOutput { .. } => "foreign-output",
        Error::Variable { .. } => "variable",
        Error::Editor { .. } => "editor",
        Error::Git { .. } => "git",
        Error::NoRepository { .. } => "no-repository",
        Error::Baseline { .. } => "baseline",
        Error::TwoReports { .. } => "two-reports",
        Error::NothingToCompare => "nothing-to-compare",
        Error::NoBase { .. } => "no-base",
        Error::NoMergeBase { .. } => "no-merge-base",
        Error::Refused(refusal) => refusal_code(refusal),
        Error::Input => "input",
        Error::Output { .. } => "output",
    }
}

fn refusal_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::BlankTitle => "blank-title",
        Refusal::UnknownTemplate { .. } => "unknown-template",
        Refusal::UnknownStatus { .. } => "unknown-status",
        Refusal::IllegalTransition { .. } => "illegal-transition",
        Refusal::NoSuccessor { .. } => "no-successor",
        Refusal::Itself { .. } => "itself",
        Refusal::Circle { .. } => "circle",
        Refusal::StillSuperseded { .. } => "still-superseded",
        Refusal::NoUse { .. } => "no-use",
        Refusal::UnknownKey { .. } => "unknown-key",
        Refusal::UnknownField { .. } => "unknown-field",
        Refusal::NoPlace { .. } => "no-place",
        Refusal::BadInput { .. } => "bad-input",
        Refusal::UnknownTopic { .. } => "unknown-topic",
        Refusal::UnknownVerb { .. } => "unknown-verb",
        Refusal::RecordAsWords { .. } => "record-as-words",
        Refusal::CannotEdit { .. } => "cannot-edit",
        Refusal::TitleOfLines { .. } => "title-of-lines",
        Refusal::Touches { .. } => "touches",
        Refusal::Drops { .. } => "drops",
        Refusal::Conflict { .. } => "conflict",
        Refusal::ForeignFrontMatter { .. } => "foreign-front-matter",
        Refusal::Entangled { .. } => "entangled",
        Refusal::BrokenFrontMatter { .. } => "broken-front-matter",
        Refusal::OddName { .. } => "odd-name",
        Refusal::NoNumber { .. } => "no-number",
        Refusal::NumberTaken { .. } => "number-taken",
    }
}
