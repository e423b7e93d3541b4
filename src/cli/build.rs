//! `adr build`

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::plan::{Known, Plan, Wish};
use super::reference::{report_faults, report_unreadable};
use super::{Outcome, Session};
use crate::Result;
use crate::export::SCHEMA_VERSION;
use crate::lint::Severity;
use crate::project::{SiteFolder, SiteSummary, read_picture};
use crate::site::unknown_templates;
use crate::template::counted;

/// Build a web site of the log
///
/// Writes plain files that need neither a server nor a script: open index.html, or publish the
/// folder anywhere. A folder that holds files of others is refused; files that did not change are
/// left alone.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr build
  adr build --out public
  adr build --base main
  adr build --dir vendor/lib/docs/adr --out /tmp/log")]
pub(super) struct Args {
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,

    /// Where the site will be published: feed, sitemap and canonical links need it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Add a page of what has changed since this branch, tag or commit
    #[arg(long, value_name = "REF", value_parser = super::name_of_base)]
    base: Option<String>,

    /// Exit with 1 where the linter finds errors; the site is written all the same
    #[arg(long)]
    strict: bool,
}

/// What was built, with `--json`.
#[derive(Serialize)]
struct Report {
    schema_version: u32,
    /// The page to open.
    start: String,
    records: usize,
    /// How many files the site has.
    files: usize,
    /// How many of them are new or have changed.
    changed: usize,
    /// How many files of an older site are gone.
    removed: usize,
    base_url: Option<String>,
    /// How many errors the linter finds in the log.
    errors: usize,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let wish =
        Wish { base_url: args.base_url.as_deref(), base: args.base.as_deref(), compares: true };
    // Never dropped, see `Session::open`.
    let plan = ManuallyDrop::new(Plan::gather(&wish, &Known::default(), session)?);
    report_faults(&mut session.ui, plan.project.log.records().iter());
    report_unreadable(&mut session.ui, plan.project.log.skipped().iter());
    let written = write(&plan, args)?;
    let errors = plan.found.iter().filter(|one| one.severity == Severity::Error).count();
    if session.global.json {
        session.ui.json(&Report {
            schema_version: SCHEMA_VERSION,
            start: args.out.join("index.html").to_string_lossy().into_owned(),
            records: plan.project.log.records().len(),
            files: written.files,
            changed: written.changed,
            removed: written.removed,
            base_url: plan.config.base_url.clone(),
            errors,
        })?;
    } else if !session.global.quiet {
        let start = args.out.join("index.html");
        let records = plan.project.log.records().len();
        let changed = match written.changed {
            0 => "none of them changed".to_owned(),
            n => format!("{n} of them new or changed"),
        };
        let missing = match plan.config.base_url {
            Some(_) => "",
            None => "; no feed and no sitemap without --base-url",
        };
        session.ui.note(&format!("{records} records, {} files, {changed}{missing}", written.files));
        session.ui.remarks(&plan.notes);
        if let Some(fault) = &plan.git_fault {
            session.ui.note(&format!("without history and without pictures: {fault}"));
        }
        left_out(&plan, session);
        unused(&plan, session);
        session.ui.path(&start)?;
    }
    if args.strict && errors > 0 {
        let text = "{n} error in the log; `adr lint` shows it|{n} errors in the log; `adr lint` shows them";
        session.ui.note(&counted(text, errors.try_into().unwrap_or(u64::MAX)));
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

/// Says which pictures a reader will not see, and why.
fn left_out(plan: &Plan, session: &mut Session<'_>) {
    const MOST: usize = 5;
    let all = plan.left_out();
    for (path, why) in all.iter().take(MOST) {
        session.ui.note(&format!("{path} is left out: {}", why.why()));
    }
    if all.len() > MOST {
        let more = all.len() - MOST;
        session.ui.note(&format!("{more} more pictures are left out; health.html lists them"));
    }
}

/// Says which files among the templates do nothing.
fn unused(plan: &Plan, session: &mut Session<'_>) {
    for (name, nearest) in unknown_templates(&plan.templates) {
        let near = nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        session.ui.note(&format!(
            "templates/site/{name} is no template of a page, and is not used{near}"
        ));
    }
}

/// Writes the site, unless the folder holds it already.
fn write(plan: &Plan, args: &Args) -> Result<SiteSummary> {
    let folder = SiteFolder::open(&args.out)?;
    let fingerprint = plan.fingerprint()?;
    if let Some(files) = folder.made_from(fingerprint) {
        return Ok(SiteSummary { files, ..SiteSummary::default() });
    }
    let site = ManuallyDrop::new(plan.site()?);
    let (mut paths, copies) = (site.paths(), site.copies());
    let pages = paths.len();
    paths.extend(copies.iter().map(|(path, _)| *path));
    folder.write(fingerprint, &paths, |put| {
        site.build(&|index, pieces| {
            let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
            put(index, &pieces)
        })?;
        let copies = copies.par_iter().enumerate();
        copies.try_for_each(|(at, (_, from))| put(pages + at, &[&read_picture(from)?]))
    })
}
