//! What could not be done, in the words that people and programs are told.

use std::error::Error as _;

use super::code::code;
use crate::Error;

/// An error as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fault {
    /// For programs.
    pub code: &'static str,
    /// What could not be done.
    pub message: String,
    /// What the system, or whatever else was asked, answered; the nearest first.
    pub causes: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Fault {
    pub(super) fn of(error: &Error) -> Self {
        Self {
            code: code(error),
            message: error.to_string(),
            causes: causes(error),
            hint: error.hint(),
        }
    }
}

/// The error and what caused it, in one line, with what to do about it.
pub(super) fn chain(error: &Error) -> String {
    let fault = Fault::of(error);
    let parts = std::iter::once(fault.message).chain(fault.causes).collect::<Vec<_>>();
    let hint = fault.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    parts.join(": ") + &hint
}

fn causes(error: &Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        // The template engine begins its reports like a program of its own.
        let cause_text = cause.to_string();
        causes.push(cause_text.strip_prefix("error: ").unwrap_or(&cause_text).to_owned());
        next = cause.source();
    }
    causes
}
