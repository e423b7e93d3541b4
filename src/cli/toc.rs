//! `adr toc`

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::contents::Contents;
use super::filter::{self, Filter};
use super::{Outcome, Session};
use crate::export::{Addresses, Toc, toc};
use crate::model::RecordId;
use crate::project::{Project, preview_file, read_text, write_file};
use crate::text::{Edit, Source, shell_path};
use crate::{Error, Refusal, Result};

/// Table of contents
///
/// Prints a Markdown list of links to the records. With --write puts it into a page, between the
/// lines `<!-- adr-toc -->` and `<!-- /adr-toc -->`, and leaves the rest of the page alone; a page that
/// is not there is made. Filters and a prefix are noted in the first of the lines. With --check only says whether the page is up to date: exit code 1 if it is not.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr toc
  adr toc --table --in-force
  adr toc --write docs/adr/README.md --check")]
pub(super) struct Args {
    /// What comes before each address
    #[arg(short, long, value_name = "PREFIX")]
    prefix: Option<String>,

    /// A file whose text comes first
    #[arg(short, long, value_name = "FILE", conflicts_with = "write")]
    intro: Option<PathBuf>,

    /// A file whose text comes last
    #[arg(short, long, value_name = "FILE", conflicts_with = "write")]
    outro: Option<PathBuf>,

    /// A table with status and date, in place of a list
    #[arg(long)]
    table: bool,

    /// The page to put it into
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,

    /// Write nothing; say whether the page is up to date
    #[arg(long, requires = "write")]
    check: bool,

    /// Print what would be written as a unified diff, and write nothing
    #[arg(long, requires = "write", conflicts_with = "check")]
    dry_run: bool,

    #[command(flatten)]
    filter: Filter,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    session.no_json("`adr toc`", "`adr list --json`")?;
    let project = session.survey()?;
    if let Some(page) = &args.write {
        return put_into(page, args, &project, session);
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
    Ok(filter::end(&args.filter, &[], (&project.log, &ids), session))
}

fn list(args: &Args, project: &Project, ids: &[RecordId], prefix: String) -> String {
    let addresses = Addresses { prefix, ..Addresses::default() };
    toc(&project.log, ids, &Toc { addresses, table: args.table })
}

fn put_into(
    page: &Path,
    args: &Args,
    project: &Project,
    session: &mut Session<'_>,
) -> Result<Outcome> {
    let known = match read_text(page) {
        // A page that is not there yet begins with the list.
        Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => None,
        read => Some(Source::new(page, read?)),
    };
    let new = || Source::new(page, NEW_PAGE);
    let source = known.clone().unwrap_or_else(new);
    let text = source.text();
    let bad = |reason: &str| -> Error {
        let what = format!("the page `{}`", page.display());
        Refusal::BadInput { what, reason: reason.to_owned() }.into()
    };
    let contents = Contents::of(text).map_err(bad)?;
    let prefix = match &args.prefix {
        Some(prefix) => prefix.clone(),
        None => project.link_prefix(page),
    };
    let ids = args.filter.records(project, session)?;
    let list = list(args, project, &ids, prefix);
    let edit = Edit::between(text, &contents.put(text, &list, &options(args)));
    if known.is_some() && edit.span.is_empty() && edit.text.is_empty() {
        return Ok(Outcome::Done);
    }
    if args.check {
        let (name, word) = (page.display(), shell_path(page));
        let state = if known.is_some() { "out of date" } else { "not there yet" };
        session.ui.remark(&format!("{name} is {state}; run `adr toc --write {word}`"));
        return Ok(Outcome::Findings);
    }
    let changed = source.edited(&[edit]).map_err(|_| Error::Changed { path: page.to_owned() })?;
    if args.dry_run {
        session.ui.data(&preview_file(
            page,
            known.is_some().then(|| source.written()),
            &changed,
        ))?;
        return Ok(Outcome::Done);
    }
    write_file(page, &changed)?;
    session.ui.path(page)?;
    Ok(Outcome::Done)
}

/// What a page holds before its first list.
const NEW_PAGE: &str = "# Architecture Decision Records\n\n<!-- adr-toc -->\n<!-- /adr-toc -->\n";

/// What the list is made with, for its mark; nothing for a list of all records.
fn options(args: &Args) -> String {
    let prefix = args.prefix.iter().map(|prefix| format!("prefix={prefix}"));
    args.filter.words().into_iter().chain(prefix).collect::<Vec<_>>().join(" ")
}
