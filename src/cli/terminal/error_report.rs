//! An error in the form in which it is reported to people and to programs.

use std::error::Error as _;

use super::error_code::error_code;
use crate::Error;

/// The parts of an error report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ErrorReport {
    /// The stable name of the error, for programs.
    pub code: &'static str,
    /// What could not be done.
    pub message: String,
    /// The messages of the underlying errors, the nearest cause first.
    pub causes: Vec<String>,
    /// What the user can do about it.
    pub hint: Option<String>,
}

impl ErrorReport {
    pub(crate) fn of(error: &Error) -> Self {
        Self {
            code: error_code(error),
            message: error.to_string(),
            causes: causes(error),
            hint: error.hint(),
        }
    }
}

/// Returns the error, its causes and its hint on one line.
pub(crate) fn error_sentence(error: &Error) -> String {
    let report = ErrorReport::of(error);
    let messages = std::iter::once(report.message).chain(report.causes).collect::<Vec<_>>();
    let hint = report.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    messages.join(": ") + &hint
}

fn causes(error: &Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next_cause = error.source();
    while let Some(cause) = next_cause {
        // The template engine's messages start with a prefix that we print ourselves.
        let message = cause.to_string();
        causes.push(message.strip_prefix("error: ").unwrap_or(&message).to_owned());
        next_cause = cause.source();
    }
    causes
}
