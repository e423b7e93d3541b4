//! The surroundings that the program was started in: variables, terminal, clock.

use std::collections::HashMap;

use crate::model::Date;
use crate::project::StateFolders;
use crate::{Error, Result};

/// The surroundings that the program was started in.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The environment variables that are Unicode.
    pub variables: HashMap<String, String>,
    /// Whether standard input is a terminal, so that the user can type.
    pub in_is_terminal: bool,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
    /// The width of the terminal in columns; `None` without a terminal.
    pub width: Option<usize>,
    /// Returns the current date in the system's time zone. Called only when a date is needed:
    /// finding the zone takes longer than starting the program.
    pub clock: fn() -> Date,
    /// Returns a text that identifies this build of the program. It differs between any two builds that may
    /// behave differently.
    pub program: fn() -> String,
}

impl Environment {
    /// Returns the value of a variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Returns the date to use as today: `ADR_DATE`, else `SOURCE_DATE_EPOCH`, else the clock's.
    ///
    /// # Errors
    ///
    /// If one of the two variables does not hold a date.
    pub(crate) fn today(&self) -> Result<Date> {
        if let Some(given) = self.variable("ADR_DATE") {
            let expected = "a date of the form YYYY-MM-DD";
            let given = given.to_owned();
            let date = Date::parse_iso(&given);
            return date.ok_or(Error::Variable { name: "ADR_DATE", given, expected });
        }
        if let Some(given) = self.variable("SOURCE_DATE_EPOCH") {
            let seconds = given.parse().ok();
            let timestamp = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            let date = timestamp.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date().into());
            return date.ok_or_else(|| Error::Variable {
                name: "SOURCE_DATE_EPOCH",
                given: given.to_owned(),
                expected: "a number of seconds since 1970",
            });
        }
        Ok((self.clock)())
    }

    /// Returns the folders for files that do not belong to a repository.
    pub(crate) fn state_folders(&self) -> StateFolders {
        StateFolders::new(|name| self.variable(name))
    }

    /// Whether the output is a pipeline's log, which a runner scans for commands.
    pub(crate) fn is_runner(&self) -> bool {
        let variables = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI"];
        variables.iter().any(|name| self.variable(name).is_some())
    }

    /// Whether to color a stream; by default only a terminal.
    pub(crate) fn wants_color(&self, is_terminal: bool) -> bool {
        let is_forced = self.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        self.variable("NO_COLOR").is_none() && (is_forced || is_terminal)
    }

    /// Whether a user is at the terminal and may be prompted.
    pub(crate) fn is_interactive(&self) -> bool {
        let variables = ["CI", "ADR_NO_INPUT"];
        let is_disabled = variables.iter().any(|name| self.variable(name).is_some());
        self.in_is_terminal && self.out_is_terminal && !is_disabled
    }
}
