//! The entry of a command in the list of commands.

use clap::ArgMatches;

use super::session::{Outcome, Session};
use crate::Result;

/// A command with its arguments parsed, ready to run.
pub(crate) type PreparedCommand = Box<dyn FnOnce(&mut Session<'_>) -> Result<Outcome>>;

/// Where `adr --help` lists a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HelpGroup {
    Write,
    Read,
    Check,
    Publish,
    /// Listed by name only.
    Other,
    /// Not listed.
    Hidden,
}

/// A command: its name and place in the help, its arguments, and what it does.
pub(crate) struct CommandEntry {
    pub name: &'static str,
    pub group: HelpGroup,
    /// Whether the command may read a log.
    pub reads_log: bool,
    /// Parses the arguments.
    pub prepare: fn(&ArgMatches) -> std::result::Result<PreparedCommand, clap::Error>,
    add_arguments: fn(clap::Command) -> clap::Command,
    aliases: &'static [&'static str],
    /// Replaces the summary of the arguments in the help.
    summary: Option<&'static str>,
}

impl CommandEntry {
    pub(crate) const fn new(
        name: &'static str,
        group: HelpGroup,
        add_arguments: fn(clap::Command) -> clap::Command,
        prepare: fn(&ArgMatches) -> std::result::Result<PreparedCommand, clap::Error>,
    ) -> Self {
        Self { name, group, reads_log: true, prepare, add_arguments, aliases: &[], summary: None }
    }

    pub(crate) const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    pub(crate) const fn without_log(self) -> Self {
        Self { reads_log: false, ..self }
    }

    pub(crate) const fn summary(self, summary: &'static str) -> Self {
        Self { summary: Some(summary), ..self }
    }

    /// Returns the definition of the command for clap.
    pub(crate) fn definition(&self) -> clap::Command {
        let definition = (self.add_arguments)(clap::Command::new(self.name))
            .aliases(self.aliases)
            .hide(self.group == HelpGroup::Hidden);
        match self.summary {
            Some(summary) => definition.about(summary),
            None => definition,
        }
    }
}
