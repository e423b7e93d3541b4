//! `adr help`

use crate::cli::help_topics::{find_topic, topic_and_command_names};
use crate::cli::session::{Outcome, Session};
use crate::{Refusal, Result};

/// Explain a command or a topic
///
/// Without TOPIC, prints the overview; with the name of a command or a topic, its help. `adr help topics`
/// lists the topics.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr help new
  adr help topics
  adr help references")]
pub(crate) struct Args {
    /// Command or topic
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let mut command_line = (session.command_line)();
    let Some(name) = &args.topic else {
        session.ui.print(&command_line.render_help().to_string())?;
        return Ok(Outcome::Done);
    };
    if let Some(topic) = find_topic(name) {
        session.ui.print(&(topic.text)())?;
        return Ok(Outcome::Done);
    }
    command_line.build();
    if let Some(command) = command_line.find_subcommand_mut(name) {
        session.ui.print(&command.render_long_help().to_string())?;
        return Ok(Outcome::Done);
    }
    let distances = topic_and_command_names(&command_line)
        .into_iter()
        .map(|(known, _)| (strsim::damerau_levenshtein(&known, name), known));
    let nearest = distances.filter(|(distance, _)| *distance <= 3).min().map(|(_, known)| known);
    Err(Refusal::UnknownTopic { given: name.clone(), nearest }.into())
}
