//! `adr help`: what belongs to no single command.

use std::fmt::Write as _;

use super::{Outcome, Session, help};
use crate::author::TEMPLATES;
use crate::{Refusal, Result};

/// Explain a subject
///
/// Without a word the overview; with one the help of that command, or a page about exit-codes,
/// environment, references, templates or compat.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr help new
  adr help references
  adr help templates")]
pub(super) struct Args {
    /// A command or a subject
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// A page about a subject.
struct Topic {
    name: &'static str,
    text: fn() -> String,
}

static TOPICS: &[Topic] = &[
    Topic { name: "exit-codes", text: || EXIT_CODES.to_owned() },
    Topic { name: "environment", text: || ENVIRONMENT.to_owned() },
    Topic { name: "references", text: || REFERENCES.to_owned() },
    Topic { name: "templates", text: templates },
    Topic { name: "compat", text: || COMPAT.to_owned() },
];

const EXIT_CODES: &str = "\
Exit codes

  0  done; nothing to complain about
  1  the answer is no: findings, nothing found, out of date
  2  it could not be done: usage, configuration, no such record, a file that cannot be read

A closed pipe is no fault: `adr list | head -1` ends with 0.
";

const ENVIRONMENT: &str = "\
Variables of the environment

  ADR_DATE           the day to take for today; --today and --date win
  ADR_TEMPLATE       the template of new records; --template wins
  ADR_BASE           the branch whose numbers are taken too; --base wins
  ADR_COMPAT         adr-tools: follow its ways, see `adr help compat`
  ADR_NO_INPUT       open no editor, ask nothing (CI does the same)
  VISUAL, EDITOR     the editor, a command line; the first that is set
  SOURCE_DATE_EPOCH  the day to take for today, in seconds since 1970, where ADR_DATE is not set
  NO_COLOR           no colour; CLICOLOR_FORCE: colour in pipes too
";

const COMPAT: &str = "\
As adr-tools does

With ADR_COMPAT=adr-tools in the environment, or compat = \"adr-tools\" in adr.toml, the commands
init, new, link, list, generate, upgrade-repository and help take the arguments of adr-tools, print
what it prints and write what it writes: doc/adr, the status Accepted, its spelling of Superceded.
All other commands work as they always do; so does list with any option.
";

const REFERENCES: &str = "\
How records are named

  12, 0012           by number
  ADR-12, OPS-3      by id
  docs/adr/0012-x.md by path, or by file name
  postgres           by a part of the file name
  use postgres       by words of the title
  @last              the last of the log

Where several records fit, they are listed and nothing is done.
";

fn templates() -> String {
    let mut text = String::from("Templates of new records\n\n");
    for template in TEMPLATES {
        let _ = writeln!(text, "  {:<13}  {}", template.name, template.about);
    }
    text.push_str(
        "
The template is the one of --template, of ADR_TEMPLATE, of `template` in adr.toml, of
`templates/template.md` in the log; else the one that the newest record comes nearest to.
A file `templates/record/NAME.md` in the log takes the place of ours of that name.

A template with {{ or {% is filled in by Tera. It has the variables
  number, id, title, date, status, context, decision, drivers, options, consequences,
  deciders, consulted, informed, tags
and, beside those of Tera, the filters `yaml`, `toml`, `slug` and `upper_first`. One without is
filled in as adr-tools does: NUMBER, TITLE, DATE, STATUS, the first of each in every line.
",
    );
    text
}

/// What can be asked for, each with a word about it: subjects and commands.
pub(super) fn names() -> Vec<(String, String)> {
    let command = help::command();
    let about = |sub: &clap::Command| sub.get_about().map(ToString::to_string).unwrap_or_default();
    let subs = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let subs = subs.map(|sub| (sub.get_name().to_owned(), about(sub)));
    TOPICS.iter().map(|topic| (topic.name.to_owned(), String::new())).chain(subs).collect()
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let mut command = help::command();
    let Some(name) = &args.topic else {
        session.ui.print(&command.render_help().to_string())?;
        return Ok(Outcome::Done);
    };
    if let Some(topic) = TOPICS.iter().find(|topic| topic.name == name) {
        session.ui.print(&(topic.text)())?;
        return Ok(Outcome::Done);
    }
    command.build();
    if let Some(sub) = command.find_subcommand_mut(name) {
        session.ui.print(&sub.render_long_help().to_string())?;
        return Ok(Outcome::Done);
    }
    let subs = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let names = TOPICS.iter().map(|topic| topic.name).chain(subs.map(clap::Command::get_name));
    let near = names.map(|known| (strsim::damerau_levenshtein(known, name), known));
    let nearest = near.filter(|(far, _)| *far <= 3).min().map(|(_, known)| known.to_owned());
    Err(Refusal::UnknownTopic { given: name.clone(), nearest }.into())
}
