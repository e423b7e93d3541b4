//! `adr lint`

use std::path::{Component, Path, PathBuf};

use super::{Outcome, Session};
use crate::lint::{Bench, Config, Context, Diagnostic, Preset, Safety, Severity, Site, lint, mend};
use crate::project::{Names, Project, append, write};
use crate::report::{self, Input, Report};
use crate::text::Change;
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
  adr lint docs/adr/0007-use-nats.md
  adr lint --diff
  adr lint --fix")]
pub(super) struct Args {
    /// Show only what concerns these files and folders; the whole log is checked all the same
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// How to show the findings
    #[arg(long, value_name = "NAME", value_parser = report_names())]
    output_format: Option<String>,

    /// Write the findings to a file as well, in any format; may be given several times
    #[arg(long, value_name = "FORMAT=PATH", value_parser = written, conflicts_with_all = ["diff", "fix_only"])]
    report: Vec<Written>,

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

    #[command(flatten)]
    mending: Mending,

    /// Mend, and do not report what is left
    #[arg(long, help_heading = "Fixes")]
    fix_only: bool,

    /// Let a log without records pass
    #[arg(long)]
    allow_empty: bool,

    /// Print nothing; the exit code tells
    #[arg(short, long)]
    silent: bool,
}

/// A report that goes to a file.
#[derive(Clone, Debug)]
struct Written {
    report: &'static Report,
    path: PathBuf,
}

/// What to do about what can be mended.
#[derive(clap::Args)]
struct Mending {
    /// Mend what can be mended without changing what a record means
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Mend also by guesses, and where it changes what people see
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,

    /// Print what --fix would change, and change nothing
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
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
    let mut project = session.open()?;
    let config = args.config(&project.config.lint);
    if args.mending.fix || args.mending.unsafe_fixes || args.fix_only || args.mending.diff {
        let changes = fixes(args, &project, &config, session)?;
        if args.mending.diff {
            session.ui.print(&project.preview(&changes)?)?;
            return Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Findings });
        }
        project.apply(&changes)?;
        if args.fix_only {
            return Ok(Outcome::Done);
        }
        project = session.open()?;
    }
    check(args, &project, &config, session)
}

/// Shows what is wrong.
fn check(
    args: &Args,
    project: &Project,
    config: &Config,
    session: &mut Session<'_>,
) -> Result<Outcome> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let names_in = |folder: &str| names.within(folder);
    let context = Context::new(&project.log, folder, session.today()?, config, &names_in)?;
    let mut found = lint(&context);
    let wanted = Wanted::new(&args.paths, folder)?;
    found.retain(|one| wanted.includes(&context, one));

    show(args, project, (&context, &found), session)?;
    let least = args.fail_on.unwrap_or(match config.preset {
        Preset::Default => FailOn::Error,
        Preset::Strict => FailOn::Warning,
    });
    let fails = found.iter().any(|one| least.fails(one.severity));
    Ok(if fails { Outcome::Findings } else { Outcome::Done })
}

/// Writes the reports that were asked for, and prints one.
fn show(
    args: &Args,
    project: &Project,
    (context, found): (&Context<'_>, &[Diagnostic]),
    session: &mut Session<'_>,
) -> Result<()> {
    let report = args.report(session)?;
    let folder = project.folder_in_repository();
    let folder = folder.as_deref();
    // A file, and a place where nobody watches, is no terminal to be narrow.
    let wide = Input { context, found, folder, color: false, width: 140 };
    let summary = session.environment.variable("GITHUB_STEP_SUMMARY").map(Path::new);
    for one in &args.report {
        let text = (one.report.render)(&wide);
        if summary == Some(&one.path) {
            append(&one.path, &text)
        } else {
            write(&one.path, &text)
        }?;
    }
    if args.silent {
        return Ok(());
    }
    let width = session.environment.width.unwrap_or(wide.width);
    let input = Input { color: session.ui.color, width, ..wide };
    session.ui.print(&(report.render)(&input))?;
    if report.for_people {
        summarize(project, found, session);
    }
    Ok(())
}

/// What `--fix` would write, and a word about it.
fn fixes(
    args: &Args,
    project: &Project,
    config: &Config,
    session: &mut Session<'_>,
) -> Result<Vec<Change>> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let wanted = Wanted::new(&args.paths, folder)?;
    let bench = Bench {
        folder,
        today: session.today()?,
        config,
        names_in: &|folder: &str| names.within(folder),
        reread: &|texts| project.reread(texts),
        wanted: &|context, one| wanted.includes(context, one),
    };
    let most = if args.mending.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let mended = mend(&bench, most)?;
    let changes = mended.changes(&project.log);
    for one in &mended.taken_back {
        session.ui.remark(&format!("not done, it would make a new finding: {one}"));
    }
    let files = count(changes.len(), "file");
    let findings = count(mended.made, "finding");
    session.ui.remark(&match (changes.is_empty(), args.mending.diff) {
        (true, _) => "Nothing to fix.".to_owned(),
        (false, true) => format!("Would fix {findings} in {files}."),
        (false, false) => format!("Fixed {findings} in {files}."),
    });
    Ok(changes)
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

/// Reads `FORMAT=PATH`.
fn written(text: &str) -> std::result::Result<Written, String> {
    let (name, path) = text
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or("a format and a path belong here, as in `sarif=adr.sarif`")?;
    if path == "-" {
        return Err(format!("`--output-format {name}` prints to standard output"));
    }
    let names = || report::REPORTS.iter().map(|report| report.name);
    let report = report::find(name).ok_or_else(|| {
        let names: Vec<_> = names().collect();
        format!("no format is called `{name}`; there are {}", names.join(", "))
    })?;
    Ok(Written { report, path: PathBuf::from(path) })
}

/// The files and folders that the findings are to be about.
struct Wanted {
    /// None: all of the log.
    paths: Vec<PathBuf>,
}

impl Wanted {
    fn new(paths: &[PathBuf], log: &Path) -> Result<Self> {
        let folder = plain(log);
        let mut wanted = Vec::new();
        for path in paths {
            if !path.exists() {
                return Err(Error::NoFile { path: path.clone() });
            }
            let inner = plain(path);
            if folder.starts_with(&inner) {
                return Ok(Self { paths: vec![] });
            }
            if !inner.starts_with(&folder) {
                return Err(Error::OutsideLog { path: path.clone(), folder: log.to_owned() });
            }
            wanted.push(inner);
        }
        Ok(Self { paths: wanted })
    }

    /// Whether the finding stands in one of them, or on the log as a whole.
    fn includes(&self, context: &Context<'_>, one: &Diagnostic) -> bool {
        if self.paths.is_empty() || one.site == Site::Log {
            return true;
        }
        let place = plain(Path::new(&context.place(&one.site).path));
        self.paths.iter().any(|path| place.starts_with(path))
    }
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
    let fixable = |safety| {
        let fixes = found.iter().filter_map(|one| one.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match (fixable(Safety::Safe), fixable(Safety::Unsafe)) {
        (0, 0) => {}
        (0, guesses) => {
            session.ui.remark(&format!("[*] {guesses} fixable with `adr lint --unsafe-fixes`."));
        }
        (safe, 0) => session.ui.remark(&format!("[*] {safe} fixable with `adr lint --fix`.")),
        (safe, guesses) => session.ui.remark(&format!(
            "[*] {safe} fixable with `adr lint --fix`, {guesses} more with `--unsafe-fixes`."
        )),
    }
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
