//! The topics of `adr help`: what does not belong to a single command.

use std::fmt::Write as _;

use crate::author::TEMPLATES;

/// A page about a topic.
pub(crate) struct HelpTopic {
    name: &'static str,
    summary: &'static str,
    pub text: fn() -> String,
}

static TOPICS: &[HelpTopic] = &[
    HelpTopic { name: "topics", summary: "List of all topics", text: topics },
    HelpTopic {
        name: "references",
        summary: "How to refer to records",
        text: || REFERENCES.to_owned(),
    },
    HelpTopic { name: "formats", summary: "Which files are records", text: || FORMATS.to_owned() },
    HelpTopic { name: "templates", summary: "Templates of new records", text: templates },
    HelpTopic {
        name: "environment",
        summary: "Environment variables",
        text: || ENVIRONMENT.to_owned(),
    },
    HelpTopic { name: "json", summary: "Output of --json", text: || JSON.to_owned() },
    HelpTopic { name: "exit-codes", summary: "Exit codes", text: || EXIT_CODES.to_owned() },
    HelpTopic {
        name: "compat",
        summary: "Compatibility with adr-tools",
        text: || COMPAT.to_owned(),
    },
];

fn topics() -> String {
    let lines = TOPICS.iter().map(|topic| format!("  {:<11}  {}\n", topic.name, topic.summary));
    format!("Topics\n\n{}\nRun `adr help TOPIC` to read about one.\n", lines.collect::<String>())
}

const FORMATS: &str = "\
Which files are records

A record is a file in the folder of the log or below it that ends in .md, .markdown or .mdx and is
written in one of these formats. A log may mix them, and nothing has to be configured.

  nygard       a heading with the number, and sections: Status, Context, Decision, Consequences
  madr         MADR 2 to 4: lists or front matter, with options and their outcome
  y-statement  one sentence: in the context of …, facing …, we decided for …
  plain        any other text with a title

Status, date, people, tags and relations are read from front matter, sections, lists, tables and
lines of bold words. The number is read from the file name, the heading or the id.

These files are not records: templates, indexes such as README.md, and notes without status and
number. `adr list --json` lists them with the reason, and the format of each record. Hidden files
and folders called templates are ignored; AsciiDoc and reStructuredText are not supported.
";

const EXIT_CODES: &str = "\
Exit codes

  0  success
  1  negative result: findings, nothing found, out of date
  2  error: invalid usage or configuration, no such record, a file that cannot be read

A closed pipe is not an error and does not change the result: `adr list | head -1` exits with 0,
`adr lint | head -1` with 1 if there are errors.
";

const ENVIRONMENT: &str = "\
Environment variables

  ADR_DATE           the date to use as today; --today and --date take precedence
  ADR_TEMPLATE       the template of new records; --template takes precedence
  ADR_BASE           the branch, tag or commit to compare with; --base takes precedence. Pipelines
                     set the base of a change: GITHUB_BASE_REF, CI_MERGE_REQUEST_DIFF_BASE_SHA,
                     BITBUCKET_PR_DESTINATION_BRANCH, SYSTEM_PULLREQUEST_TARGETBRANCH. A base that
                     is not in this clone is an error; `adr new` and `adr build` only warn if
                     a pipeline or adr.toml names it
  ADR_OUTPUT_FORMAT  the output format of `adr lint`; --output-format takes precedence
  ADR_COMPAT         adr-tools: behave like adr-tools, see `adr help compat`
  ADR_PAGER, PAGER   the pager for help in that mode
  ADR_NO_INPUT       never prompt or open an editor, as with --no-input or CI
  VISUAL, EDITOR     the command line of the editor; the first one that is set is used
  SOURCE_DATE_EPOCH  the date to use as today, in seconds since 1970, if ADR_DATE is not set
  NO_COLOR           disables colours; CLICOLOR_FORCE enables them in pipes too
  GITHUB_ACTIONS, TF_BUILD, TEAMCITY_VERSION, GITLAB_CI
                     set in pipelines, whose runner scans the output for commands: a space is
                     inserted into text that looks like one (`## [error]`); --raw and -0 print
                     everything unchanged
  RAYON_NUM_THREADS  the number of threads that read files; by default one per processor
  GITHUB_STEP_SUMMARY
                     the file of the job summary: `adr lint --report markdown=FILE` appends to it
  COMPLETE           the name of a shell: print the completion script, or complete a command line;
                     set by the output of `adr completions`
";

const JSON: &str = "\
Output of --json

Every document starts with schema_version. New fields may be added; fields are removed or change
their meaning only with a new version.

init, new, edit, status, supersede, link and renumber print what was written:

  records  the written records as in `adr list --json`, the new one first
  files    the paths of all other written files
  diff     only with --dry-run: what would be written

Errors are printed as a document on standard error, with exit code 2:

  error    code (a stable name), message, causes, and hint, which may be null
";

const COMPAT: &str = "\
Compatibility with adr-tools

With ADR_COMPAT=adr-tools in the environment, or compat = \"adr-tools\" in adr.toml, the commands
init, new, link, list, generate, upgrade-repository and help take the arguments of adr-tools, print
the same output and write the same files: in doc/adr, with the status Accepted, and with its spelling
of Superceded. Only the texts of the help, the template and the first record differ.
All other commands work as usual, and so does list with any option.
";

const REFERENCES: &str = "\
How to refer to records

  12, 0012           by number
  ADR-12, OPS-3      by id
  docs/adr/0012-x.md by path, or by file name
  postgres           by a part of the file name
  use postgres       by words of the title
  @last              the last record of the log
  @proposed          the proposed record

If a reference matches several records, they are listed and nothing is done.
";

fn templates() -> String {
    let mut text = String::from("Templates of new records\n\n");
    for template in TEMPLATES {
        let _ = writeln!(text, "  {:<13}  {}", template.name, template.about);
    }
    text.push_str(
        "
The template is set by --template, ADR_TEMPLATE, `template` in adr.toml, or `templates/template.md`
in the log, in this order of precedence. The default is the one that is most like the newest record.
A file `templates/record/NAME.md` in the log replaces the built-in template NAME.

A template with {{ or {% is rendered by Tera. It can use the variables
  number, id, title, date, status, context, decision, drivers, options, consequences,
  deciders, consulted, informed, tags
and, in addition to those of Tera, the filters `yaml`, `toml`, `slug` and `upper_first`. Other
templates are filled in as by adr-tools: NUMBER, TITLE, DATE, STATUS, the first of each per line.
",
    );
    text
}

/// Returns the topic called `name`.
pub(crate) fn find_topic(name: &str) -> Option<&'static HelpTopic> {
    TOPICS.iter().find(|topic| topic.name == name)
}

/// Returns the names of all topics and visible commands, with their summaries.
pub(crate) fn topic_and_command_names(command_line: &clap::Command) -> Vec<(String, String)> {
    let topics = TOPICS.iter().map(|topic| (topic.name.to_owned(), topic.summary.to_owned()));
    let commands = command_line.get_subcommands().filter(|command| !command.is_hide_set());
    let commands = commands.map(|command| {
        let summary = command.get_about().map(ToString::to_string);
        (command.get_name().to_owned(), summary.unwrap_or_default())
    });
    topics.chain(commands).collect()
}

#[cfg(test)]
mod tests {
    use super::{ENVIRONMENT, FORMATS, TOPICS, templates};
    use crate::author::Filled;
    use crate::cli::command_line::command_line;

    #[test]
    fn every_format_is_described() {
        for format in crate::format::FORMATS {
            assert!(FORMATS.contains(&format!("\n  {:<11}  ", format.name)), "{}", format.name);
        }
    }

    #[test]
    fn every_variable_of_templates_is_listed() {
        let page = templates();
        let (_, text_after) = page.split_once("variables\n").unwrap();
        let (list, _) = text_after.split_once("\nand,").unwrap();
        let listed: Vec<&str> = list.split(',').map(str::trim).collect();
        let variables = serde_json::to_value(Filled::default()).unwrap();
        let variables: Vec<&str> =
            variables.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(listed, variables);
    }

    /// Searches the sources of this room, the only one that reads the environment.
    #[test]
    fn every_environment_variable_is_described() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli");
        let pattern =
            regex::Regex::new(r#"(?:variable\(|\(|\[|, |= )"([A-Z]+(?:_[A-Z]+)*)""#).unwrap();
        let mut variables = Vec::new();
        for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
            // The metavariables of arguments look the same.
            if entry.path().ends_with("completion/sources.rs") || entry.file_type().is_dir() {
                continue;
            }
            #[expect(clippy::disallowed_methods, reason = "a test reads the sources")]
            let text = std::fs::read_to_string(entry.path()).unwrap();
            for line in
                text.lines().filter(|line| line.contains("ariable") || line.contains("Value::"))
            {
                variables.extend(pattern.captures_iter(line).map(|found| found[1].to_owned()));
            }
        }
        assert!(variables.len() > 10, "{variables:?}");
        for name in variables.iter().filter(|name| !matches!(name.as_str(), "ALL" | "CI")) {
            assert!(ENVIRONMENT.contains(name.as_str()), "{name} is not in `adr help environment`");
        }
    }

    #[test]
    fn no_topic_has_the_name_of_a_command() {
        for topic in TOPICS {
            assert!((topic.text)().ends_with('\n'));
            assert!(command_line().find_subcommand(topic.name).is_none(), "{}", topic.name);
        }
    }
}
