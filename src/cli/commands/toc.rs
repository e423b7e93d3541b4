//! `adr toc`

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cli::args::{RecordFilter, filter_outcome};
use crate::cli::changes::RecordList;
use crate::cli::session::{Outcome, Session};
use crate::export::{Addresses, Toc, toc};
use crate::model::RecordId;
use crate::project::{Project, preview_file, read_text, write_file};
use crate::text::{Edit, Source, shell_path};
use crate::{Error, Refusal, Result};

/// Print or update a table of contents
///
/// Prints a Markdown list of links to the records. With --write, puts it into a page between the
/// lines `<!-- adr-toc -->` and `<!-- /adr-toc -->`, and leaves the rest of the page alone; a missing
/// page is created. Filters and a prefix are noted in the first of these lines. With --check, only
/// checks whether the page is up to date, and exits with 1 if it is not.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr toc
  adr toc --table --in-force
  adr toc --write docs/adr/README.md --check")]
pub(crate) struct Args {
    /// Start each link with PREFIX
    #[arg(short, long, value_name = "PREFIX")]
    prefix: Option<String>,

    /// Print the text of FILE before the list
    #[arg(short, long, value_name = "FILE", conflicts_with = "write")]
    intro: Option<PathBuf>,

    /// Print the text of FILE after the list
    #[arg(short, long, value_name = "FILE", conflicts_with = "write")]
    outro: Option<PathBuf>,

    /// Print a table with status and date instead of a list
    #[arg(long)]
    table: bool,

    /// Put the list into the page FILE
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,

    /// Check whether the page is up to date, without writing it
    #[arg(long, requires = "write")]
    check: bool,

    /// Print a unified diff instead of writing
    #[arg(long, requires = "write", conflicts_with = "check")]
    dry_run: bool,

    #[command(flatten)]
    filter: RecordFilter,
}

/// The text of a new page.
const NEW_PAGE: &str = "# Architecture Decision Records\n\n<!-- adr-toc -->\n<!-- /adr-toc -->\n";

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    session.refuse_json("`adr toc`", "`adr list --json`")?;
    let project = session.survey()?;
    if let Some(page) = &args.write {
        return update_page(page, args, &project, session);
    }
    let ids = args.filter.records(&project, session)?;
    let list = list(args, &project, &ids, args.prefix.clone().unwrap_or_default());
    let mut text = String::from("# Architecture Decision Records\n\n");
    if let Some(intro) = &args.intro {
        let _ = write!(text, "{}\n\n", read_text(intro)?.trim_end());
    }
    text.push_str(&list);
    if let Some(outro) = &args.outro {
        let _ = write!(text, "\n{}\n", read_text(outro)?.trim_end());
    }
    session.ui.print(&text)?;
    Ok(filter_outcome(&args.filter, &[], (&project.log, &ids), session))
}

fn list(args: &Args, project: &Project, ids: &[RecordId], prefix: String) -> String {
    let addresses = Addresses { prefix, ..Addresses::default() };
    toc(&project.log, ids, &Toc { addresses, table: args.table })
}

/// Writes, shows or checks the list in a page.
fn update_page(
    page: &Path,
    args: &Args,
    project: &Project,
    session: &mut Session<'_>,
) -> Result<Outcome> {
    let existing_page = match read_text(page) {
        Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => None,
        text => Some(Source::new(page, text?)),
    };
    let new_page = || Source::new(page, NEW_PAGE);
    let source = existing_page.clone().unwrap_or_else(new_page);
    let text = source.text();
    let record_list = RecordList::find(text).map_err(|reason| bad_page(page, reason))?;
    let prefix = args.prefix.clone().unwrap_or_else(|| project.link_prefix(page));
    let ids = args.filter.records(project, session)?;
    let list = list(args, project, &ids, prefix);
    let edit = Edit::between(text, &record_list.replace(text, &list, &marker_options(args)));
    if existing_page.is_some() && edit.span.is_empty() && edit.text.is_empty() {
        return Ok(Outcome::Done);
    }
    if args.check {
        let (name, quoted_path) = (page.display(), shell_path(page));
        let state = if existing_page.is_some() { "is out of date" } else { "does not exist" };
        session.ui.remark(&format!("{name} {state}; run `adr toc --write {quoted_path}`"));
        return Ok(Outcome::Findings);
    }
    let new_text = source.edited(&[edit]).map_err(|_| Error::Changed { path: page.to_owned() })?;
    if args.dry_run {
        let old_text = existing_page.is_some().then(|| source.written());
        session.ui.data(&preview_file(page, old_text, &new_text))?;
        return Ok(Outcome::Done);
    }
    write_file(page, &new_text)?;
    session.ui.path(page)?;
    Ok(Outcome::Done)
}

fn bad_page(page: &Path, reason: &str) -> Error {
    let what = format!("the page `{}`", page.display());
    Refusal::BadInput { what, reason: reason.to_owned() }.into()
}

/// Returns the options of the list, for its marker; empty for a list of all records.
fn marker_options(args: &Args) -> String {
    let prefix = args.prefix.iter().map(|prefix| format!("prefix={prefix}"));
    args.filter.words().into_iter().chain(prefix).collect::<Vec<_>>().join(" ")
}
