//! `adr lint`

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use crate::cli::args::{BaseArgs, BasePurpose, Comparison};
use crate::cli::lint::{
    BaselineArgs, FindingScope, Fixes, LintInput, ReportArgs, StdinBuffer, lint_config,
    read_stdin_buffer,
};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::counted;
use crate::lint::{Config, Coverage, FixOutcome, Preset, Run, Safety, Severity};
use crate::project::Project;
use crate::text::Change;
use crate::{Error, Result};

/// Check the decision log
///
/// Exits with 0 if nothing is wrong, with 1 if there are findings, and with 2 if the check could not be
/// made. Findings are printed to standard output, everything else to standard error.
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
pub(crate) struct Args {
    /// Report only findings in these files and folders; the whole log is still checked. `-` reads one file
    /// from standard input
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// Path of the file on standard input; with --fix, its fixed text is printed
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    reports: ReportArgs,

    #[command(flatten)]
    base: BaseArgs,

    /// Exit with 1 for findings of at least this severity [default: error]
    #[arg(long, value_name = "SEVERITY", value_enum)]
    fail_on: Option<FailOn>,

    /// Check only these rules: codes, families (ADR4), names or ALL
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    select: Vec<String>,

    /// Check these rules in addition
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    extend_select: Vec<String>,

    /// Do not check these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rule selection")]
    ignore: Vec<String>,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    fixes: FixArgs,

    /// Exit with 1 if something was fixed, so that a hook stops for a review
    #[arg(long, help_heading = "Fixes")]
    exit_non_zero_on_fix: bool,

    /// Apply fixes, but do not report the remaining findings
    #[arg(long, help_heading = "Fixes")]
    fix_only: bool,

    /// Accept a log without records
    #[arg(long)]
    allow_empty: bool,
}

/// The options for fixes.
#[derive(clap::Args)]
struct FixArgs {
    /// Apply fixes that do not change the meaning of a record
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Also apply fixes that may change meaning
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,

    /// Print what --fix would change instead of writing
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

/// The least severe finding that fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// All findings
    Info,
    /// No findings
    Never,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    args.reports.check_paths()?;
    let buffer = read_stdin_buffer(args.stdin_filename.as_deref(), &args.paths)?;
    let project = match &buffer {
        Some(buffer) => Project::open_with(&session.request(), &buffer.path, &buffer.bytes)?,
        None => session.open_droppable()?,
    };
    // Never dropped, see `Session::open`.
    let project = ManuallyDrop::new(project);
    let scope = match buffer {
        Some(_) => FindingScope::Text { file: project.unsaved.clone() },
        None => FindingScope::of_paths(&args.paths, &project.place.folder)?,
    };
    if let (Some(buffer), None) = (&buffer, &project.unsaved) {
        let (path, folder) = (buffer.path.display(), project.place.folder.display());
        session.ui.remark(&format!("`{path}` is not a file of the log in `{folder}`."));
    }
    let base = args.base.base.as_deref();
    let mut comparison = Comparison::find(base, BasePurpose::Findings, &project, session)?;
    let config = args.config(&project);
    let input = LintInput::read(&project, &config, &mut comparison, session)?;
    session.ui.remarks(&comparison.notes);
    if input.trees.is_none() && args.base.changed {
        return Err(Error::NothingToCompare);
    }
    let job = LintJob { args, project: &project, input, scope, buffer, comparison };
    let written_fixes = if args.fixes.unsafe_fixes { Fixes::All } else { Fixes::Quick };
    job.input.run(written_fixes, |run| {
        let fixed = if args.is_fixing() { Some(job.fix(run, session)?) } else { None };
        match &fixed {
            Some(fixed) if args.fixes.diff => job.preview(fixed, session),
            Some(fixed) if args.fix_only => {
                Ok(args.outcome_after_fixes(Outcome::Done, Some(fixed)))
            }
            _ => job.report(run, fixed.as_ref(), session),
        }
    })
}

/// One run of the command.
struct LintJob<'j> {
    args: &'j Args,
    project: &'j Project,
    input: LintInput<'j>,
    scope: FindingScope,
    /// The text on standard input, if it is checked.
    buffer: Option<StdinBuffer>,
    comparison: Comparison,
}

impl LintJob<'_> {
    /// Makes the requested fixes, and writes them unless they are only to be shown.
    fn fix(&self, run: &mut Run<'_>, session: &mut Session<'_>) -> Result<FixOutcome> {
        let Self { args, project, scope, .. } = self;
        let max_safety = if args.fixes.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        let fixed = run.fix(max_safety, &|context, finding| {
            let is_selected = !args.base.changed || context.is_of_change(finding);
            is_selected && scope.includes(context, finding) && scope.may_fix(context, finding)
        })?;
        for effect in &fixed.reverted {
            session.ui.remark(&format!("skipped a fix that would {effect}"));
        }
        let pages = self.input.pages();
        let changes = fixed.changes(&project.log, &pages);
        let summary = args.fixes.summary(&fixed, changes.len());
        match &self.buffer {
            _ if args.fixes.diff => session.ui.remark(&summary),
            Some(buffer) => {
                session.ui.remark(&summary);
                session.ui.print_alone(buffer.fixed_text(&fixed.texts))?;
            }
            None => {
                project.apply_with(&pages, &changes)?;
                if changes.iter().any(|change| matches!(change, Change::Move { .. })) {
                    self.input.forget_names();
                    run.look_again();
                }
                // Printed after the files have been written.
                session.ui.remark(&summary);
            }
        }
        Ok(fixed)
    }

    /// Shows what the fixes would change.
    fn preview(&self, fixed: &FixOutcome, session: &mut Session<'_>) -> Result<Outcome> {
        let pages = self.input.pages();
        let changes = fixed.changes(&self.project.log, &pages);
        session.ui.data(&match &self.buffer {
            Some(buffer) => buffer.diff(&fixed.texts),
            None => self.project.preview_with(&pages, &changes)?,
        })?;
        Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Findings })
    }

    /// Reports the findings; after fixes, the remaining ones.
    fn report(
        &self,
        run: &Run<'_>,
        fixed: Option<&FixOutcome>,
        session: &mut Session<'_>,
    ) -> Result<Outcome> {
        let args = self.args;
        let context = run.context()?;
        if !args.reports.silent {
            let trees = self.input.trees.as_ref();
            self.comparison.report_missing(trees, context.expects_base(), session);
        }
        let is_partial = args.base.changed || !matches!(self.scope, FindingScope::All);
        let coverage = if is_partial { Coverage::Part } else { Coverage::Log };
        let mut findings = run.findings(&context, coverage);
        if let Some(fixed) = fixed {
            fixed.withdraw(&context, &mut findings);
        }
        args.baseline.apply(&context, &mut findings, session)?;
        for pattern in context.unused_patterns() {
            session.ui.remark(&format!(
                "The pattern `{pattern}` of lint.per-file-ignores matches no file."
            ));
        }
        findings.retain(|finding| self.scope.includes(&context, finding));
        if args.base.changed {
            findings.retain(|finding| context.is_of_change(finding));
        }
        args.reports.show(self.project, (&context, &findings), session)?;
        let fail_on = args.fail_on.unwrap_or(match context.config.preset {
            Preset::Default => FailOn::Error,
            Preset::Strict => FailOn::Warning,
        });
        let fails = findings.iter().any(|finding| fail_on.includes(finding.severity));
        let outcome = if fails { Outcome::Findings } else { Outcome::Done };
        Ok(args.outcome_after_fixes(outcome, fixed))
    }
}

impl FixArgs {
    /// Returns how many findings were fixed in how many files, or would be.
    fn summary(&self, fixed: &FixOutcome, file_count: usize) -> String {
        let (findings, files) =
            (counted(fixed.fixed_count, "finding"), counted(file_count, "file"));
        let summary = match (file_count == 0, self.diff) {
            (true, _) => "Nothing to fix.".to_owned(),
            (false, true) => format!("Would fix {findings} in {files}."),
            (false, false) => format!("Fixed {findings} in {files}."),
        };
        if !fixed.is_stopped {
            return summary;
        }
        format!("{summary} Stopped after {} rounds; run again to fix the rest.", fixed.rounds)
    }
}

impl Args {
    /// Whether fixes are to be made or shown.
    fn is_fixing(&self) -> bool {
        let FixArgs { fix, unsafe_fixes, diff } = self.fixes;
        fix || unsafe_fixes || diff || self.fix_only
    }

    /// Returns how the run ends, considering `--exit-non-zero-on-fix`.
    fn outcome_after_fixes(&self, outcome: Outcome, fixed: Option<&FixOutcome>) -> Outcome {
        let has_fixed = fixed.is_some_and(|fixed| fixed.fixed_count > 0);
        if has_fixed && self.exit_non_zero_on_fix { Outcome::Findings } else { outcome }
    }

    /// Returns the configuration of `adr.toml`, overridden by the options.
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
    /// Whether a finding of this severity fails the run.
    fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}
