//! What `adr lint` says: which reports, where they go, and the last words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Session;
use crate::lint::{Context, Diagnostic, Safety, Severity};
use crate::project::{Project, append, write};
use crate::report::{self, Input, Report, ReportKind};
use crate::{Error, Result};

/// How to show findings.
#[derive(clap::Args)]
pub(super) struct Reports {
    /// How to show the findings
    #[arg(long, value_name = "NAME", value_parser = report_names())]
    output_format: Option<String>,

    /// Write the findings to a file as well, in any format; may be given several times
    #[arg(long, value_name = "FORMAT=PATH", value_parser = written, conflicts_with_all = ["diff", "fix_only"])]
    report: Vec<Written>,

    /// Print how often each rule was broken, and not where
    #[arg(long, conflicts_with = "output_format")]
    statistics: bool,

    /// Print nothing; the exit code tells
    #[arg(short, long)]
    pub silent: bool,
}

/// A report that goes to a file.
#[derive(Clone, Debug)]
struct Written {
    report: &'static Report,
    path: PathBuf,
}

impl Reports {
    /// # Errors
    ///
    /// Where two reports go to one file, so that only the last would be left.
    pub(super) fn are_apart(&self) -> Result<()> {
        let paths = self.report.iter().map(|one| &one.path);
        let mut seen = BTreeSet::new();
        match paths.into_iter().find(|path| !seen.insert(path.as_path())) {
            Some(path) => Err(Error::TwoReports { path: path.clone() }),
            None => Ok(()),
        }
    }

    /// Writes the reports that were asked for, and prints one.
    pub(super) fn show(
        &self,
        project: &Project,
        (context, found): (&Context<'_>, &[Diagnostic]),
        session: &mut Session<'_>,
    ) -> Result<()> {
        let report = self.printed(session)?;
        let folder = project.folder_in_repository();
        let folder = folder.as_deref();
        // A file, and a place where nobody watches, is no terminal to be narrow.
        let wide = Input { context, found, folder, color: false, width: 140 };
        let summary = session.environment.variable("GITHUB_STEP_SUMMARY").map(Path::new);
        for one in &self.report {
            let text = (one.report.render)(&wide);
            if summary == Some(&one.path) {
                append(&one.path, &text)
            } else {
                write(&one.path, &text)
            }?;
        }
        if self.silent {
            return Ok(());
        }
        let width = session.environment.width.unwrap_or(wide.width);
        let input = Input { color: session.ui.color, width, ..wide };
        if self.statistics {
            session.ui.print(&statistics(found))?;
            summarize(context, found, session);
            return Ok(());
        }
        session.ui.report(report, &(report.render)(&input))?;
        if report.kind == ReportKind::People {
            summarize(context, found, session);
        }
        Ok(())
    }

    /// The report that the options ask for, else the environment.
    fn printed(&self, session: &Session<'_>) -> Result<&'static Report> {
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

/// How often each rule was broken, the one that was most often first.
fn statistics(found: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<&str, (usize, bool, &str)> = BTreeMap::new();
    for one in found {
        let entry = counts.entry(one.rule.code).or_insert((0, false, one.rule.name));
        entry.0 += 1;
        entry.1 |= one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, ..))| Reverse(*count));
    let width = counts.first().map_or(1, |(_, (count, ..))| count.to_string().len());
    let line = |(code, (count, is_mended, name)): (&str, (usize, bool, &str))| {
        let mark = if is_mended { "[*]" } else { "[ ]" };
        format!("{count:width$} {code} {mark} {name}\n")
    };
    counts.into_iter().map(line).collect()
}

/// Says how many findings there are, and what `--fix` would do about them.
fn summarize(context: &Context<'_>, found: &[Diagnostic], session: &mut Session<'_>) {
    let records = count(context.log.records().len(), "record");
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

/// `1 file`, `2 files`.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
