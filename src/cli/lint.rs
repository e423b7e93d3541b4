//! `adr lint`

use std::path::{Component, Path, PathBuf};

use super::{Outcome, Session};
use crate::lint::{Config, Context, Diagnostic, Preset, Severity, Site, lint};
use crate::project::{Names, Project};
use crate::report::{self, Input, Report};
use crate::{Error, Result};

/// Check the decision log
///
/// Exits with 0 where nothing is wrong, with 1 where something is, and with 2 where the check could
/// not be made. The findings go to standard output, everything else to standard error.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr lint
  adr lint --output-format concise --fail-on warning
  adr lint --select ADR4 --ignore missing-back-link
  adr lint docs/adr/0007-use-nats.md")]
pub(super) struct Args {
    /// Show only what concerns these files and folders; the whole log is checked all the same
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// How to show the findings
    #[arg(long, value_name = "NAME", value_parser = report_names())]
    output_format: Option<String>,

    /// The least severe finding that makes the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_enum)]
    fail_on: Option<FailOn>,

    /// Check only these rules: codes, families (ADR4), names or ALL
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    select: Vec<String>,

    /// Check these rules too
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    extend_select: Vec<String>,

    /// Leave these rules out
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    ignore: Vec<String>,

    /// Let a log without records pass
    #[arg(long)]
    allow_empty: bool,

    /// Print nothing; the exit code tells
    #[arg(short, long)]
    silent: bool,
}

/// From which severity on findings fail the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let folder = project.place.folder.clone();
    let config = args.config(&project.config.lint);
    let names = Names::around(&folder);
    let names_in = |folder: &str| names.within(folder);
    let context = Context::new(&project.log, &folder, session.today()?, &config, &names_in)?;
    let mut found = lint(&context);
    filter(&args.paths, &context, &mut found)?;

    let report = args.report(session)?;
    if !args.silent {
        // Where nobody watches, there is no terminal to be narrow.
        let width = session.environment.width.unwrap_or(140);
        let color = session.ui.color;
        let input = Input { context: &context, found: &found, color, width };
        session.ui.print(&(report.render)(&input))?;
        if report.for_people {
            summarize(&project, &found, session);
        }
    }
    let least = args.fail_on.unwrap_or(match config.preset {
        Preset::Default => FailOn::Error,
        Preset::Strict => FailOn::Warning,
    });
    let fails = found.iter().any(|one| least.fails(one.severity));
    Ok(if fails { Outcome::Findings } else { Outcome::Done })
}

impl Args {
    /// What `adr.toml` says, with the options over it.
    fn config(&self, file: &Config) -> Config {
        let mut config = file.clone();
        if !self.select.is_empty() {
            config.select.clone_from(&self.select);
        }
        config.extend_select.extend(self.extend_select.iter().cloned());
        config.ignore.extend(self.ignore.iter().cloned());
        if self.allow_empty {
            config.ignore.push("ADR109".to_owned());
        }
        config
    }

    /// The report that the options ask for, else the environment.
    fn report(&self, session: &Session<'_>) -> Result<&'static Report> {
        const VARIABLE: &str = "ADR_OUTPUT_FORMAT";
        let json = session.global.json.then_some("json");
        let asked = self.output_format.as_deref().or(json);
        let name = asked.or(session.environment.variable(VARIABLE)).unwrap_or("full");
        report::find(name).ok_or_else(|| Error::Variable {
            name: VARIABLE,
            given: name.to_owned(),
            expected: "a format that `adr lint --help` names",
        })
    }
}

impl FailOn {
    fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

fn report_names() -> clap::builder::PossibleValuesParser {
    let values = report::REPORTS
        .iter()
        .map(|report| clap::builder::PossibleValue::new(report.name).help(report.about));
    values.collect::<Vec<_>>().into()
}

/// Keeps the findings whose place lies in one of `paths`, and those on the log as a whole.
fn filter(paths: &[PathBuf], context: &Context<'_>, found: &mut Vec<Diagnostic>) -> Result<()> {
    let folder = plain(context.folder);
    let mut wanted = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Error::NoFile { path: path.clone() });
        }
        let inner = plain(path);
        if folder.starts_with(&inner) {
            return Ok(()); // all of the log
        }
        if !inner.starts_with(&folder) {
            return Err(Error::OutsideLog {
                path: path.clone(),
                folder: context.folder.to_owned(),
            });
        }
        wanted.push(inner);
    }
    if !wanted.is_empty() {
        found.retain(|one| {
            let place = plain(Path::new(&context.place(&one.site).path));
            one.site == Site::Log || wanted.iter().any(|path| place.starts_with(path))
        });
    }
    Ok(())
}

/// The path with all links followed, or as far as it can be told.
fn plain(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_| path.components().filter(|part| *part != Component::CurDir).collect())
}

/// Says how many findings there are, and what `--fix` would do about them.
fn summarize(project: &Project, found: &[Diagnostic], session: &mut Session<'_>) {
    let records = count(project.log.records().len(), "record");
    let of = |severity| found.iter().filter(|one| one.severity == severity).count();
    let kinds = [
        (of(Severity::Error), "error"),
        (of(Severity::Warning), "warning"),
        (of(Severity::Info), "remark"),
    ];
    let kinds: Vec<String> = kinds
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    session.ui.remark(&match kinds.as_slice() {
        [] => format!("Nothing found in {records}."),
        kinds => format!("Found {} in {records}.", kinds.join(", ")),
    });
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
