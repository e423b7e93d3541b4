//! `adr build`

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::Result;
use crate::cli::args::{parse_base, report_faults, report_unreadable};
use crate::cli::session::{Outcome, Session};
use crate::cli::site_plan::{HistoryCache, SitePlan, SiteRequest};
use crate::export::SCHEMA_VERSION;
use crate::lint::Severity;
use crate::project::{SiteFolder, SiteSummary, read_picture};
use crate::site::unknown_templates;
use crate::template::counted;

/// Build a website of the log
///
/// Writes plain files that need neither a server nor scripts: open index.html, or publish the
/// folder anywhere. A folder with foreign files is refused; files that did not change are not
/// written again.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr build
  adr build --out public
  adr build --base main
  adr build --dir vendor/lib/docs/adr --out /tmp/log")]
pub(crate) struct Args {
    /// Write the site to DIR
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,

    /// Address of the published site, for the feed, the sitemap and canonical links
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Add a page with the changes since a branch, tag or commit
    #[arg(long, value_name = "REF", value_parser = parse_base)]
    base: Option<String>,

    /// Exit with 1 if the linter finds errors; the site is still written
    #[arg(long)]
    strict: bool,
}

/// The JSON document of `adr build`.
#[derive(Serialize)]
struct BuildJson {
    schema_version: u32,
    /// The page to open.
    start: String,
    records: usize,
    /// The number of files of the site.
    files: usize,
    /// The number of files that are new or have changed.
    changed: usize,
    /// The number of files of an earlier site that were removed.
    removed: usize,
    base_url: Option<String>,
    /// The number of errors that the linter finds.
    errors: usize,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let request = SiteRequest {
        base_url: args.base_url.as_deref(),
        base: args.base.as_deref(),
        uses_default_base: true,
    };
    // Never dropped, see `Session::open`.
    let plan = ManuallyDrop::new(SitePlan::read(&request, &HistoryCache::default(), session)?);
    report_faults(&mut session.ui, plan.project.log.records().iter());
    report_unreadable(&mut session.ui, plan.project.log.skipped().iter());
    let written = write(&plan, args)?;
    let errors = plan.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let start_page = args.out.join("index.html");
    if session.global.json {
        session.ui.json(&BuildJson {
            schema_version: SCHEMA_VERSION,
            start: start_page.to_string_lossy().into_owned(),
            records: plan.project.log.records().len(),
            files: written.files,
            changed: written.changed,
            removed: written.removed,
            base_url: plan.config.base_url.clone(),
            errors,
        })?;
    } else if !session.global.quiet {
        print_summary(&plan, &written, session);
        session.ui.path(&start_page)?;
    }
    if args.strict && errors > 0 {
        let forms = "{n} error in the log; `adr lint` shows it|{n} errors in the log; `adr lint` shows them";
        session.ui.note(&counted(forms, errors.try_into().unwrap_or(u64::MAX)));
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

/// Reports how many files were written, and what the site lacks.
fn print_summary(plan: &SitePlan, written: &SiteSummary, session: &mut Session<'_>) {
    let record_count = plan.project.log.records().len();
    let changed_files = match written.changed {
        0 => "none of them changed".to_owned(),
        count => format!("{count} of them new or changed"),
    };
    let missing_files = match plan.config.base_url {
        Some(_) => "",
        None => "; no feed and no sitemap without --base-url",
    };
    session.ui.note(&format!(
        "{record_count} records, {} files, {changed_files}{missing_files}",
        written.files
    ));
    session.ui.remarks(&plan.notes);
    if let Some(error) = &plan.git_error {
        session.ui.note(&format!("without history and pictures: {error}"));
    }
    report_left_out_pictures(plan, session);
    report_unused_templates(plan, session);
}

/// Reports the pictures that are not copied to the site, and why.
fn report_left_out_pictures(plan: &SitePlan, session: &mut Session<'_>) {
    const MAX_LISTED: usize = 5;
    let pictures = plan.left_out();
    for (path, reason) in pictures.iter().take(MAX_LISTED) {
        session.ui.note(&format!("{path} is left out: {}", reason.why()));
    }
    if pictures.len() > MAX_LISTED {
        let unlisted_count = pictures.len() - MAX_LISTED;
        session
            .ui
            .note(&format!("{unlisted_count} more pictures are left out; health.html lists them"));
    }
}

/// Reports the template files that no page uses.
fn report_unused_templates(plan: &SitePlan, session: &mut Session<'_>) {
    for (name, nearest) in unknown_templates(&plan.templates) {
        let suggestion = nearest.map(|near| format!("; did you mean `{near}`?"));
        session.ui.note(&format!(
            "templates/site/{name} is not used, as no page has this template{}",
            suggestion.unwrap_or_default()
        ));
    }
}

/// Writes the site, unless the folder already contains it.
fn write(plan: &SitePlan, args: &Args) -> Result<SiteSummary> {
    let folder = SiteFolder::open(&args.out)?;
    let fingerprint = plan.fingerprint()?;
    if let Some(files) = folder.made_from(fingerprint) {
        return Ok(SiteSummary { files, ..SiteSummary::default() });
    }
    let site = ManuallyDrop::new(plan.site()?);
    let (mut paths, copies) = (site.paths(), site.copies());
    let page_count = paths.len();
    paths.extend(copies.iter().map(|(path, _)| *path));
    folder.write(fingerprint, &paths, |put| {
        site.build(&|index, pieces| {
            let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
            put(index, &pieces)
        })?;
        // `paths` lists the pages first, then the copies.
        let copies = copies.par_iter().enumerate();
        copies.try_for_each(|(index, (_, picture))| {
            put(page_count + index, &[&read_picture(picture)?])
        })
    })
}
