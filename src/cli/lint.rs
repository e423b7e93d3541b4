//! `adr lint`

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use super::base::{Comparing, Comparison, Purpose};
use super::baseline::Known;
use super::findings::{Reports, count};
use super::lint_input::{Fixes, LintInput, lint_config};
use super::unsaved::{self, Unsaved};
use super::wanted::Wanted;
use super::{Outcome, Session};
use crate::lint::{Config, Coverage, FixOutcome, Preset, Run, Safety, Severity};
use crate::project::Project;
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
    let unsaved = unsaved::given(args.stdin_filename.as_deref(), &args.paths)?;
    let project = match &unsaved {
        Some(text) => Project::open_with(&session.request(), &text.path, &text.bytes)?,
        None => session.open_anew()?,
    };
    // Never dropped: the system takes its memory back when the command ends.
    let project = ManuallyDrop::new(project);
    let wanted = match unsaved {
        Some(_) => Wanted::Text { file: project.unsaved.clone() },
        None => Wanted::of_paths(&args.paths, &project.place.folder)?,
    };
    if let (Some(text), None) = (&unsaved, &project.unsaved) {
        let (path, folder) = (text.path.display(), project.place.folder.display());
        session.ui.remark(&format!("`{path}` is no file of the log in `{folder}`."));
    }
    let base = args.comparing.base.as_deref();
    let mut comparison = Comparison::find(base, Purpose::Findings, &project, session)?;
    let config = args.config(&project);
    let input = LintInput::read(&project, &config, &mut comparison, session)?;
    session.ui.remarks(&comparison.notes);
    if input.trees.is_none() && args.comparing.changed {
        return Err(Error::NothingToCompare);
    }
    let job = Job { args, project: &project, input, wanted, unsaved, comparison };
    let fixes = if args.mending.unsafe_fixes { Fixes::All } else { Fixes::Quick };
    job.input.run(fixes, |run| {
        let mended = if args.is_fixing() { Some(job.fix(run, session)?) } else { None };
        match &mended {
            Some(mended) if args.mending.diff => job.preview(mended, session),
            Some(mended) if args.fix_only => Ok(args.after_fixes(Outcome::Done, Some(mended))),
            _ => job.report(run, mended.as_ref(), session),
        }
    })
}

/// What a run of the command works on.
struct Job<'j> {
    args: &'j Args,
    project: &'j Project,
    input: LintInput<'j>,
    wanted: Wanted,
    /// The text on standard input, if it is to be checked.
    unsaved: Option<Unsaved>,
    comparison: Comparison,
}

impl Job<'_> {
    /// Makes the fixes that are wanted, and writes them unless they are only to be shown.
    fn fix(&self, run: &mut Run<'_>, session: &mut Session<'_>) -> Result<FixOutcome> {
        let Self { args, project, wanted, .. } = self;
        let most = if args.mending.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        let mended = run.fix(most, &|context, one| {
            let changed = !args.comparing.changed || context.is_of_change(one);
            changed && wanted.includes(context, one) && wanted.may_mend(context, one)
        })?;
        for one in &mended.reverted {
            session.ui.remark(&format!("not done, it would {one}"));
        }
        let pages = self.input.pages();
        let changes = mended.changes(&project.log, &pages);
        let words = args.mending.told(&mended, changes.len());
        match &self.unsaved {
            _ if args.mending.diff => session.ui.remark(&words),
            Some(unsaved) => {
                session.ui.remark(&words);
                session.ui.print_alone(unsaved.mended(&mended.texts))?;
            }
            None => {
                project.apply_with(&pages, &changes)?;
                if changes.iter().any(|change| matches!(change, Change::Move { .. })) {
                    self.input.forget_names();
                    run.look_again();
                }
                // Not before it is true.
                session.ui.remark(&words);
            }
        }
        Ok(mended)
    }

    /// Shows what the fixes would change.
    fn preview(&self, mended: &FixOutcome, session: &mut Session<'_>) -> Result<Outcome> {
        let pages = self.input.pages();
        let changes = mended.changes(&self.project.log, &pages);
        session.ui.data(&match &self.unsaved {
            Some(unsaved) => unsaved.diff(&mended.texts),
            None => self.project.preview_with(&pages, &changes)?,
        })?;
        Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Findings })
    }

    /// Shows what is wrong, or what is left of it after fixes.
    fn report(
        &self,
        run: &Run<'_>,
        mended: Option<&FixOutcome>,
        session: &mut Session<'_>,
    ) -> Result<Outcome> {
        let args = self.args;
        let context = run.context()?;
        if !args.reports.silent {
            self.comparison.tell(self.input.trees.as_ref(), context.expects_base(), session);
        }
        let is_part = args.comparing.changed || !matches!(self.wanted, Wanted::All);
        let coverage = if is_part { Coverage::Part } else { Coverage::Log };
        let mut found = run.findings(&context, coverage);
        if let Some(mended) = mended {
            mended.withdraw(&context, &mut found);
        }
        args.known.apply(&context, &mut found, session)?;
        for pattern in context.unused_patterns() {
            session
                .ui
                .remark(&format!("No file fits the pattern `{pattern}` of lint.per-file-ignores."));
        }
        found.retain(|one| self.wanted.includes(&context, one));
        if args.comparing.changed {
            found.retain(|one| context.is_of_change(one));
        }
        args.reports.show(self.project, (&context, &found), session)?;
        let least = args.fail_on.unwrap_or(match context.config.preset {
            Preset::Default => FailOn::Error,
            Preset::Strict => FailOn::Warning,
        });
        let fails = found.iter().any(|one| least.fails(one.severity));
        let outcome = if fails { Outcome::Findings } else { Outcome::Done };
        Ok(args.after_fixes(outcome, mended))
    }
}

impl Mending {
    /// What was mended, or would be, in so many files.
    fn told(&self, mended: &FixOutcome, files: usize) -> String {
        let (findings, in_files) = (count(mended.fixed_count, "finding"), count(files, "file"));
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
    /// Whether fixes are to be made, or to be shown as if they were.
    fn is_fixing(&self) -> bool {
        let Mending { fix, unsafe_fixes, diff } = self.mending;
        fix || unsafe_fixes || diff || self.fix_only
    }

    /// How the run ends, in view of what was mended.
    fn after_fixes(&self, outcome: Outcome, mended: Option<&FixOutcome>) -> Outcome {
        let changed = mended.is_some_and(|mended| mended.fixed_count > 0);
        if changed && self.exit_non_zero_on_fix { Outcome::Findings } else { outcome }
    }

    /// What `adr.toml` says, with the options over it.
    fn config(&self, project: &Project) -> Config {
        let mut config = lint_config(project);
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
