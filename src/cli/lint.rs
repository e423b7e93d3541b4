//! `adr lint`

use std::path::PathBuf;

use super::base::{self, Comparing};
use super::baseline::Known;
use super::findings::{Reports, count};
use super::scribe::{Births, Scribe};
use super::unsaved::{self, Unsaved};
use super::wanted::Wanted;
use super::{Outcome, Session, contents};
use crate::lint::{
    Base, Bench, Config, Context, Mended, Preset, Safety, Severity, Wish, citation_words, lint,
    mend, needs_checkout,
};
use crate::model::{Checkout, Log, Record};
use crate::project::{Names, Project};
use crate::text::Source;
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
  adr lint --output-format github --report sarif=adr.sarif
  adr lint --diff
  adr lint --fix
  adr lint - --stdin-filename docs/adr/0007-use-nats.md < buffer")]
pub(super) struct Args {
    /// Show only what concerns these files and folders, the whole log is checked all the same; `-`
    /// is a text on standard input
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// The file that the text on standard input belongs to; with --fix the text is printed
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    reports: Reports,

    #[command(flatten)]
    comparing: Comparing,

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
    known: Known,

    #[command(flatten)]
    mending: Mending,

    /// End with 1 where something was mended, so that a hook stops and the change is looked at
    #[arg(long, help_heading = "Fixes")]
    exit_non_zero_on_fix: bool,

    /// Mend, and do not report what is left
    #[arg(long, help_heading = "Fixes")]
    fix_only: bool,

    /// Let a log without records pass
    #[arg(long)]
    allow_empty: bool,
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
    args.reports.are_apart()?;
    if let Some(unsaved) = unsaved::given(args.stdin_filename.as_deref(), &args.paths)? {
        return in_editor(args, &unsaved, session);
    }
    let mut project = session.open()?;
    let config = args.config(&project);
    let wanted = Wanted::of_paths(&args.paths, &project.place.folder)?;
    let mut done = None;
    if args.mending.is_asked() || args.fix_only {
        let around = around(&project, &config)?;
        let mended = fixes(args, (&project, &config), (&wanted, around.as_ref()), session)?;
        let others = with_pages(project.beside(), around);
        let changes = mended.changes(&project.log, &others);
        let words = args.mending.told(&mended, changes.len());
        if args.mending.diff {
            session.ui.remark(&words);
            session.ui.data(&project.preview_with(&others, &changes)?)?;
            return Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Findings });
        }
        project.apply_with(&others, &changes)?;
        // Not before it is true.
        session.ui.remark(&words);
        if args.fix_only {
            return Ok(args.after_fixes(Outcome::Done, Some(&mended)));
        }
        project = session.open()?;
        done = Some(mended);
    }
    let around = around(&project, &config)?;
    check(args, (&project, &config), (&wanted, around.as_ref(), done.as_ref()), session)
}

/// What git tracks around the log, where a rule asks.
fn around(project: &Project, config: &Config) -> Result<Option<Checkout>> {
    let read = || project.checkout(&citation_words(&project.log), contents::BEGIN);
    Ok(needs_checkout(config)?.then(read).flatten())
}

/// The texts beside the records and around the log.
fn with_pages(beside: Vec<Source>, around: Option<Checkout>) -> Vec<Source> {
    let around = around.into_iter().flat_map(|all| all.texts).map(|one| one.source);
    beside.into_iter().chain(around).collect()
}

/// Checks a text that an editor has not saved yet, beside the files of the log.
fn in_editor(args: &Args, unsaved: &Unsaved, session: &mut Session<'_>) -> Result<Outcome> {
    let (path, bytes) = (&unsaved.path, unsaved.bytes.clone());
    let mut project = Project::open_with(&session.request(), path, &bytes)?;
    let config = args.config(&project);
    let wanted = Wanted::Text { file: project.unsaved.clone() };
    let mut done = None;
    if project.unsaved.is_none() {
        let (path, folder) = (path.display(), project.place.folder.display());
        session.ui.remark(&format!("`{path}` is no file of the log in `{folder}`."));
    }
    if args.mending.is_asked() || args.fix_only {
        let mended = fixes(args, (&project, &config), (&wanted, None), session)?;
        let changed = mended.changes(&project.log, &project.beside()).len();
        session.ui.remark(&args.mending.told(&mended, changed));
        let is_changed = !mended.texts.is_empty();
        if args.mending.diff {
            session.ui.data(&unsaved.diff(&mended.texts))?;
            return Ok(if is_changed { Outcome::Findings } else { Outcome::Done });
        }
        session.ui.print_alone(unsaved.mended(&mended.texts))?;
        if args.fix_only {
            return Ok(args.after_fixes(Outcome::Done, Some(&mended)));
        }
        project.log = project.reread(&mended.texts);
        done = Some(mended);
    }
    check(args, (&project, &config), (&wanted, None, done.as_ref()), session)
}

/// Shows what is wrong, or what is left of it after mending.
fn check(
    args: &Args,
    (project, config): (&Project, &Config),
    (wanted, around, mended): (&Wanted, Option<&Checkout>, Option<&Mended>),
    session: &mut Session<'_>,
) -> Result<Outcome> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let names_in = |folder: &str| names.within(folder);
    let trees = base::trees(args.comparing.base.as_deref(), project, session)?;
    let transitions = project.config.transitions();
    let base = trees.as_ref().map(|trees| Base::new(trees, &project.log, &transitions));
    let context = Context::new(&project.log, folder, session.today()?, config, &names_in)?;
    let (words, others) = (project.config.words(), project.beside());
    let scribe = Scribe { project, words: &words, date: session.today()?, born: &|_| None };
    let scribe = |log: &Log, others: &[Source], wish: Wish<'_>| scribe.grant(log, others, wish);
    let context = context.against(base).with_scribe(&scribe, &others).within(around);
    if context.base.is_none() && args.comparing.changed {
        return Err(Error::NothingToCompare);
    }
    base::tell(trees.as_ref(), context.expects_base(), project, session);
    let mut found = lint(&context);
    if let Some(mended) = mended {
        mended.withdraw(&context, &mut found);
    }
    args.known.apply(&context, &mut found, session)?;
    for pattern in context.unused_patterns() {
        session
            .ui
            .remark(&format!("No file fits the pattern `{pattern}` of lint.per-file-ignores."));
    }
    found.retain(|one| wanted.includes(&context, one));
    if args.comparing.changed {
        found.retain(|one| context.is_of_change(one));
    }

    args.reports.show(project, (&context, &found), session)?;
    let least = args.fail_on.unwrap_or(match config.preset {
        Preset::Default => FailOn::Error,
        Preset::Strict => FailOn::Warning,
    });
    let fails = found.iter().any(|one| least.fails(one.severity));
    let outcome = if fails { Outcome::Findings } else { Outcome::Done };
    Ok(args.after_fixes(outcome, mended))
}

/// What `--fix` would write, and a word about it.
fn fixes(
    args: &Args,
    (project, config): (&Project, &Config),
    (wanted, around): (&Wanted, Option<&Checkout>),
    session: &mut Session<'_>,
) -> Result<Mended> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let trees = base::trees(args.comparing.base.as_deref(), project, session)?;
    let transitions = project.config.transitions();
    let (words, others) = (project.config.words(), project.beside());
    let births = Births::new(project, &words);
    let guesses = args.mending.unsafe_fixes;
    let born = |record: &Record| guesses.then(|| births.of(record)).flatten();
    let scribe = Scribe { project, words: &words, date: session.today()?, born: &born };
    let bench = Bench {
        scribe: &|log, others, wish| scribe.grant(log, others, wish),
        others: &others,
        checkout: around,
        folder,
        today: session.today()?,
        config,
        names_in: &|folder: &str| names.within(folder),
        reread: &|texts| project.reread(texts),
        base: trees.as_ref().map(|trees| Base::new(trees, &project.log, &transitions)),
        wanted: &|context, one| {
            let changed = !args.comparing.changed || context.is_of_change(one);
            changed && wanted.includes(context, one) && wanted.may_mend(context, one)
        },
    };
    let most = if args.mending.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let mended = mend(&bench, most)?;
    for one in &mended.taken_back {
        session.ui.remark(&format!("not done, it would {one}"));
    }
    Ok(mended)
}

impl Mending {
    /// Whether anything is to be mended, or to be shown as if it were.
    fn is_asked(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// What was mended, or would be, in so many files.
    fn told(&self, mended: &Mended, files: usize) -> String {
        let (findings, in_files) = (count(mended.made, "finding"), count(files, "file"));
        let done = match (files == 0, self.diff) {
            (true, _) => "Nothing to fix.".to_owned(),
            (false, true) => format!("Would fix {findings} in {in_files}."),
            (false, false) => format!("Fixed {findings} in {in_files}."),
        };
        if !mended.is_stopped {
            return done;
        }
        format!("{done} Stopped after {} rounds; run again to fix the rest.", mended.rounds)
    }
}

impl Args {
    /// How the run ends, in view of what was mended.
    fn after_fixes(&self, outcome: Outcome, mended: Option<&Mended>) -> Outcome {
        let changed = mended.is_some_and(|mended| mended.made > 0);
        if changed && self.exit_non_zero_on_fix { Outcome::Findings } else { outcome }
    }

    /// What `adr.toml` says, with the options over it.
    fn config(&self, project: &Project) -> Config {
        let mut config = project.config.lint.clone();
        config.scheme.clone_from(&project.config.scheme);
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
