//! `adr help`: what belongs to no single command.

use std::fmt::Write as _;

use super::{Outcome, Session, help};
use crate::author::TEMPLATES;
use crate::{Refusal, Result};

/// Explain a subject
///
/// Without a word the overview; with one the help of that command, or a page about a subject: topics
/// lists them.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr help new
  adr help topics
  adr help references")]
pub(super) struct Args {
    /// A command or a subject
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// A page about a subject.
struct Topic {
    name: &'static str,
    about: &'static str,
    text: fn() -> String,
}

static TOPICS: &[Topic] = &[
    Topic { name: "topics", about: "All of these", text: topics },
    Topic { name: "references", about: "How records are named", text: || REFERENCES.to_owned() },
    Topic { name: "formats", about: "Which files are records", text: || FORMATS.to_owned() },
    Topic { name: "templates", about: "What new records are made from", text: templates },
    Topic { name: "environment", about: "Variables that count", text: || ENVIRONMENT.to_owned() },
    Topic { name: "json", about: "What --json prints", text: || JSON.to_owned() },
    Topic { name: "exit-codes", about: "How a command ended", text: || EXIT_CODES.to_owned() },
    Topic { name: "compat", about: "The ways of adr-tools", text: || COMPAT.to_owned() },
];

fn topics() -> String {
    let lines = TOPICS.iter().map(|topic| format!("  {:<11}  {}\n", topic.name, topic.about));
    format!("Subjects\n\n{}\n`adr help SUBJECT` explains one of them.\n", lines.collect::<String>())
}

const FORMATS: &str = "\
Which files are records

Every file below the folder of the log that ends in .md, .markdown or .mdx and looks like a record,
in one of these ways of writing; they may be mixed, and nothing has to be configured.

  nygard       a heading with the number, and sections: Status, Context, Decision, Consequences
  madr         MADR 2 to 4: lists or front matter, with options and their outcome
  y-statement  one sentence: in the context of …, facing …, we decided for …
  plain        any other text with a title

Status, date, people, tags and relations are read wherever they stand: front matter, a section, a
list, a table or a line of bold words. The number is that of the file's name, the heading or the id.

Not taken for records: templates, indexes (README.md and the like), and notes without status and
number. `adr list --json` names them with the reason, and the way of writing of each record. Hidden
files and what lies in a folder called templates are not looked at; AsciiDoc and reStructuredText
are not read.
";

const EXIT_CODES: &str = "\
Exit codes

  0  done; nothing to complain about
  1  the answer is no: findings, nothing found, out of date
  2  it could not be done: usage, configuration, no such record, a file that cannot be read

A closed pipe is not a fault, and what was found stays found: `adr list | head -1` ends with 0,
`adr lint | head -1` with 1 if there are errors.
";

const ENVIRONMENT: &str = "\
Variables of the environment

  ADR_DATE           the day to take for today; --today and --date win
  ADR_TEMPLATE       the template of new records; --template wins
  ADR_BASE           the branch, tag or commit to compare with; --base wins. In a pipeline the base
                     of the change is known: GITHUB_BASE_REF, CI_MERGE_REQUEST_DIFF_BASE_SHA,
                     BITBUCKET_PR_DESTINATION_BRANCH, SYSTEM_PULLREQUEST_TARGETBRANCH. One that
                     is not in this clone is an error; `adr new` and `adr build` only warn if
                     a pipeline or adr.toml names it
  ADR_OUTPUT_FORMAT  the report of `adr lint`; --output-format wins
  ADR_COMPAT         adr-tools: follow its ways, see `adr help compat`
  ADR_PAGER, PAGER   what shows the help in that mode
  ADR_NO_INPUT       open no editor, ask nothing (--no-input and CI do the same)
  VISUAL, EDITOR     the editor, a command line; the first that is set
  SOURCE_DATE_EPOCH  the day to take for today, in seconds since 1970, where ADR_DATE is not set
  NO_COLOR           no colour; CLICOLOR_FORCE: colour in pipes too
  GITHUB_ACTIONS, TF_BUILD, TEAMCITY_VERSION, GITLAB_CI
                     a runner reads what is printed: a space is put into what it would take for a
                     command (`## [error]`); --raw and -0 print everything as it is
  RAYON_NUM_THREADS  how many threads read files; by default one per processor
  GITHUB_STEP_SUMMARY
                     the summary of a job: `adr lint --report markdown=FILE` adds to this file
  COMPLETE           the name of a shell: print what registers the completion, or complete; set by
                     what `adr completions` prints
";

const JSON: &str = "\
What --json prints

Every document begins with schema_version. Fields may come; none goes or changes its meaning
without another version.

init, new, edit, status, supersede, link and renumber print what was written:

  records  each as in `adr list --json`, as it reads now; the new one first
  files    the paths of all other files that were written
  diff     with --dry-run what would be written, and nothing was; else absent

An error is a document on standard error, with exit code 2:

  error    code (a name that stays), message, causes, and hint, which may be null
";

const COMPAT: &str = "\
As adr-tools does

With ADR_COMPAT=adr-tools in the environment, or compat = \"adr-tools\" in adr.toml, the commands
init, new, link, list, generate, upgrade-repository and help take the arguments of adr-tools, print
what it prints and write what it writes: doc/adr, the status Accepted, its spelling of Superceded.
Only the sentences of help, of the template and of the first record are our own.
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
  @proposed          the one that is proposed

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
    let topics = TOPICS.iter().map(|topic| (topic.name.to_owned(), topic.about.to_owned()));
    topics.chain(subs).collect()
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

#[cfg(test)]
mod tests {
    use super::{ENVIRONMENT, FORMATS, TOPICS, templates};
    use crate::author::Filled;

    #[test]
    fn every_format_is_told() {
        for format in crate::format::FORMATS {
            assert!(FORMATS.contains(&format!("\n  {:<11}  ", format.name)), "{}", format.name);
        }
    }

    #[test]
    fn every_variable_of_templates_is_told() {
        let page = templates();
        let (_, told) = page.split_once("variables\n").unwrap();
        let (told, _) = told.split_once("\nand,").unwrap();
        let told: Vec<&str> = told.split(',').map(str::trim).collect();
        let known = serde_json::to_value(Filled::default()).unwrap();
        let known: Vec<&str> = known.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(told, known);
    }

    /// Read from the sources of this module, where alone the environment is asked.
    #[test]
    fn every_variable_of_the_environment_is_told() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli");
        let asked =
            regex::Regex::new(r#"(?:variable\(|\(|\[|, |= )"([A-Z]+(?:_[A-Z]+)*)""#).unwrap();
        let mut known = Vec::new();
        for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
            if entry.path().ends_with("completion.rs") || entry.file_type().is_dir() {
                continue;
            }
            #[expect(clippy::disallowed_methods, reason = "a test looks at the sources")]
            let text = std::fs::read_to_string(entry.path()).unwrap();
            for line in
                text.lines().filter(|line| line.contains("ariable") || line.contains("Value::"))
            {
                known.extend(asked.captures_iter(line).map(|found| found[1].to_owned()));
            }
        }
        assert!(known.len() > 10, "{known:?}");
        for name in known.iter().filter(|name| !matches!(name.as_str(), "ALL" | "CI")) {
            assert!(ENVIRONMENT.contains(name.as_str()), "{name} is not in `adr help environment`");
        }
    }

    #[test]
    fn every_subject_has_a_name_of_its_own() {
        for topic in TOPICS {
            assert!((topic.text)().ends_with('\n'));
            assert!(super::help::command().find_subcommand(topic.name).is_none(), "{}", topic.name);
        }
    }
}
