//! The command line: arguments, output and exit codes. The only room that combines all others.

mod adr_tools;
mod args;
mod changes;
mod command;
mod command_line;
mod commands;
mod completion;
mod help_topics;
mod lint;
mod program;
mod session;
mod site_plan;
mod terminal;

pub use program::run;
pub use terminal::Environment;
