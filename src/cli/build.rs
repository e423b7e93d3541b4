//! `adr build`

use std::path::PathBuf;

use super::{Outcome, Session};
use crate::Result;
use crate::lint::{Context, Diagnostic, Severity, lint};
use crate::model::Lifecycle;
use crate::project::{Names, Project, read_picture, write_site};
use crate::site::{Drafts, Setting, Site, pictures};
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
  adr build --dir vendor/lib/docs/adr --out /tmp/log")]
pub(super) struct Args {
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,

    /// Where the site will be published: feed, sitemap and canonical links need it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Exit with 1 where the linter finds errors; the site is written all the same
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let mut project = session.open()?;
    if project.config.site.drafts == Drafts::Hide {
        project.log = std::mem::take(&mut project.log).only(|record| !record.is(Lifecycle::Draft));
    }
    let project = project;
    let found = findings(&project, session)?;
    let templates = project.site_templates()?;
    let setting = Setting {
        title: project.name(),
        folder: project.folder(),
        templates: &templates,
        pictures: project.pictures(&pictures(&project.log)),
        findings: Some(&found),
    };
    let mut config = project.config.site.clone();
    config.base_url = args.base_url.clone().or(config.base_url);
    let site = Site::new(&project.log, &config, setting)?;
    let (mut paths, copies) = (site.paths(), site.copies());
    let pages = paths.len();
    paths.extend(copies.iter().map(|(path, _)| *path));
    let written = write_site(&args.out, &paths, |index| {
        let copy = index.checked_sub(pages).and_then(|at| copies.get(at));
        copy.map_or_else(
            || site.render(index).map(String::into_bytes),
            |(_, from)| read_picture(from),
        )
    })?;
    if !session.global.quiet {
        let start = args.out.join("index.html");
        let records = project.log.records().len();
        let changed = match written.changed {
            0 => "none of them changed".to_owned(),
            n => format!("{n} of them new or changed"),
        };
        let missing = match config.base_url {
            Some(_) => "",
            None => "; no feed and no sitemap without --base-url",
        };
        session.ui.note(&format!("{records} records, {} files, {changed}{missing}", written.files));
        session.ui.line(&start.to_string_lossy())?;
    }
    let errors = found.iter().filter(|one| one.severity == Severity::Error).count();
    if args.strict && errors > 0 {
        let text = "{n} error in the log; `adr lint` shows it|{n} errors in the log; `adr lint` shows them";
        session.ui.note(&counted(text, errors.try_into().unwrap_or(u64::MAX)));
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

/// What the linter says about the log.
fn findings(project: &Project, session: &Session<'_>) -> Result<Vec<Diagnostic>> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let names_in = |folder: &str| names.within(folder);
    let config = &project.config.lint;
    let context = Context::new(&project.log, folder, session.today()?, config, &names_in)?;
    Ok(lint(&context))
}
