//! `adr build`

use std::path::PathBuf;

use super::{Outcome, Session};
use crate::Result;
use crate::project::write_site;
use crate::site::{Setting, Site};

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
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let templates = project.site_templates()?;
    let setting =
        Setting { title: project.name(), folder: project.folder(), templates: &templates };
    let mut config = project.config.site.clone();
    config.base_url = args.base_url.clone().or(config.base_url);
    let site = Site::new(&project.log, &config, setting)?;
    let written = write_site(&args.out, &site.paths(), |index| site.render(index))?;
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
    Ok(Outcome::Done)
}
