//! The output of `adr lint`: reports, statistics and the summary.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::session::Session;
use crate::cli::terminal::counted;
use crate::lint::{Context, Diagnostic, Safety, Severity};
use crate::project::{Project, append_output, write_output};
use crate::report::{self, Input, Report, ReportKind};
use crate::{Error, Result};

/// The width of reports that are not printed on a terminal, in columns.
const FILE_WIDTH: usize = 140;

/// The options for reports.
#[derive(clap::Args)]
pub(crate) struct ReportArgs {
    /// Output format of the findings
    #[arg(long, value_name = "NAME", value_parser = report_names())]
    output_format: Option<String>,

    /// Also write the findings to a file, in any format; may be repeated
    #[arg(long, value_name = "FORMAT=PATH", value_parser = parse_report_file, conflicts_with_all = ["diff", "fix_only"])]
    report: Vec<ReportFile>,

    /// Print how often each rule was violated instead of the findings
    #[arg(long, conflicts_with = "output_format")]
    statistics: bool,

    /// Print nothing; only the exit code reports the result
    #[arg(short, long)]
    pub silent: bool,
}

/// A report that is written to a file.
#[derive(Clone, Debug)]
struct ReportFile {
    report: &'static Report,
    path: PathBuf,
}

impl ReportArgs {
    /// Checks that every report has a separate file.
    ///
    /// # Errors
    ///
    /// If two reports name the same file, of which only the last would remain.
    pub(crate) fn check_paths(&self) -> Result<()> {
        let mut known_paths = BTreeSet::new();
        let paths = self.report.iter().map(|file| &file.path);
        match paths.into_iter().find(|path| !known_paths.insert(path.as_path())) {
            Some(path) => Err(Error::TwoReports { path: path.clone() }),
            None => Ok(()),
        }
    }

    /// Writes the reports to their files, and prints one.
    pub(crate) fn show(
        &self,
        project: &Project,
        (context, findings): (&Context<'_>, &[Diagnostic]),
        session: &mut Session<'_>,
    ) -> Result<()> {
        let report = self.printed_report(session)?;
        let folder = project.folder_in_repository();
        let folder = folder.as_deref();
        let file_input =
            Input { context, found: findings, folder, color: false, width: FILE_WIDTH };
        let job_summary = session.environment.variable("GITHUB_STEP_SUMMARY").map(Path::new);
        for file in &self.report {
            let text = (file.report.render)(&file_input);
            // Other steps of the job write to the same summary.
            if job_summary == Some(&file.path) {
                append_output(&file.path, &text)
            } else {
                write_output(&file.path, &text)
            }?;
        }
        if self.silent {
            return Ok(());
        }
        if self.statistics {
            session.ui.print(&statistics(findings))?;
            print_summary(context, findings, session);
            return Ok(());
        }
        let width = session.environment.width.unwrap_or(FILE_WIDTH);
        let input = Input { color: session.ui.color, width, ..file_input };
        session.ui.report(report, &(report.render)(&input))?;
        if report.kind == ReportKind::People {
            print_summary(context, findings, session);
        }
        Ok(())
    }

    /// Returns the report to print: of the options, else of the environment.
    fn printed_report(&self, session: &Session<'_>) -> Result<&'static Report> {
        const VARIABLE: &str = "ADR_OUTPUT_FORMAT";
        let json = session.global.json.then_some("json");
        let option = self.output_format.as_deref().or(json);
        let name = option.or(session.environment.variable(VARIABLE)).unwrap_or("full");
        report::find(name).ok_or_else(|| Error::Variable {
            name: VARIABLE,
            given: name.to_owned(),
            expected: "a format listed in `adr lint --help`",
        })
    }
}

fn report_names() -> clap::builder::PossibleValuesParser {
    let values = report::REPORTS
        .iter()
        .map(|report| clap::builder::PossibleValue::new(report.name).help(report.about));
    values.collect::<Vec<_>>().into()
}

/// Parses `FORMAT=PATH`.
fn parse_report_file(text: &str) -> std::result::Result<ReportFile, String> {
    let (name, path) = text
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or("expected a format and a path, as in `sarif=adr.sarif`")?;
    if path == "-" {
        return Err(format!("`--output-format {name}` prints to standard output"));
    }
    let report = report::find(name).ok_or_else(|| {
        let names: Vec<_> = report::REPORTS.iter().map(|report| report.name).collect();
        format!("unknown format `{name}`; the formats are {}", names.join(", "))
    })?;
    Ok(ReportFile { report, path: PathBuf::from(path) })
}

/// The row of a rule in the statistics.
struct RuleCount {
    count: usize,
    /// Whether at least one finding has a safe fix.
    is_fixable: bool,
    name: &'static str,
}

/// Returns how often each rule was violated, the most frequent first.
fn statistics(findings: &[Diagnostic]) -> String {
    let mut rows: BTreeMap<&str, RuleCount> = BTreeMap::new();
    for finding in findings {
        let name = finding.rule.name;
        let row = rows.entry(finding.rule.code);
        let row = row.or_insert(RuleCount { count: 0, is_fixable: false, name });
        row.count += 1;
        row.is_fixable |= finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, row)| Reverse(row.count));
    let width = rows.first().map_or(1, |(_, row)| row.count.to_string().len());
    let line = |(code, RuleCount { count, is_fixable, name }): (&str, RuleCount)| {
        let marker = if is_fixable { "[*]" } else { "[ ]" };
        format!("{count:width$} {code} {marker} {name}\n")
    };
    rows.into_iter().map(line).collect()
}

/// Prints how many findings there are, and how many of them fixes would remove.
fn print_summary(context: &Context<'_>, findings: &[Diagnostic], session: &mut Session<'_>) {
    let records = counted(context.log.records().len(), "record");
    let count_of =
        |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (count_of(Severity::Error), "error"),
        (count_of(Severity::Warning), "warning"),
        (count_of(Severity::Info), "remark"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
    session.ui.remark(&match parts.as_slice() {
        [] => format!("Nothing found in {records}."),
        parts => format!("Found {} in {records}.", parts.join(", ")),
    });
    let fixable_count = |safety| {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match (fixable_count(Safety::Safe), fixable_count(Safety::Unsafe)) {
        (0, 0) => {}
        (0, unsafe_count) => session
            .ui
            .remark(&format!("[*] {unsafe_count} fixable with `adr lint --unsafe-fixes`.")),
        (safe_count, 0) => {
            session.ui.remark(&format!("[*] {safe_count} fixable with `adr lint --fix`."));
        }
        (safe_count, unsafe_count) => session.ui.remark(&format!(
            "[*] {safe_count} fixable with `adr lint --fix`, {unsafe_count} more with `--unsafe-fixes`."
        )),
    }
}
