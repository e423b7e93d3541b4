//! The list of records within a page, between the marks of `adr toc`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::export::{Addresses, Toc, toc};
use crate::model::{Log, RecordId};
use crate::project::Project;
use crate::syntax::{html, parse};
use crate::text::{Change, Edit, Rewritten, Source, Span, apply};

/// What the mark begins with that the list stands behind; options may follow.
pub(super) const BEGIN: &str = "<!-- adr-toc";
const END: &str = "<!-- /adr-toc -->";

/// A list in a page.
pub(super) struct Contents {
    /// The mark before it.
    pub mark: Span,
    /// What the list was made with, as the mark says.
    pub options: String,
    /// What stands between the marks.
    pub inner: Span,
}

impl Contents {
    /// The list of `text`; what a block of code shows is none.
    ///
    /// # Errors
    ///
    /// Which mark is missing.
    pub(super) fn of(text: &str) -> Result<Self, &'static str> {
        let comments = html(&parse(text), text);
        let (mark, options) = comments
            .iter()
            .find_map(|one| mark(one.of(text)).map(|(span, told)| (span.shift(one.start), told)))
            .ok_or("it has no line `<!-- adr-toc -->`")?;
        let place = |one: &Span| Some(one.start + one.of(text).find(END)?);
        let end = comments.iter().filter_map(place).find(|end| *end >= mark.end);
        let end = end.ok_or("it has no line `<!-- /adr-toc -->` behind the first")?;
        Ok(Self { mark, options, inner: Span::new(mark.end, end) })
    }

    /// `text` with `list`, made with `options`, in the place of what stands there.
    pub(super) fn put(&self, text: &str, list: &str, options: &str) -> String {
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let list = format!("\n\n{list}\n").replace('\n', eol);
        let mark = if options.is_empty() {
            format!("{BEGIN} -->")
        } else {
            // A comment ends at two hyphens.
            format!("{BEGIN}: {} -->", options.replace("--", "-"))
        };
        let edits = [Edit::replace(self.mark, mark), Edit::replace(self.inner, list)];
        apply(text, &edits).unwrap_or_else(|_| text.to_owned())
    }

    /// Whether it is a table.
    fn is_table(&self, text: &str) -> bool {
        self.inner.of(text).trim_start().starts_with('|')
    }

    /// The addresses that it links to.
    fn links<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let parts = self.inner.of(text).split("](").skip(1);
        parts.filter_map(|part| part.split(')').next())
    }
}

/// `changes` with which the lists of records in `others` are up to date afterwards, too: those in a page that is
/// changed, and those that were up to date before.
pub(super) fn followed(project: &Project, others: &[Source], changes: Vec<Change>) -> Vec<Change> {
    let has_list = |page: &&Source| Contents::of(page.text()).is_ok();
    let pages: Vec<&Source> = others.iter().filter(has_list).collect();
    if pages.is_empty() || changes.is_empty() {
        return changes;
    }
    let log = project.reread(&texts(&project.log, &changes));
    let mut changes = changes;
    for page in pages {
        let own = changes.iter().position(|change| is_edit_of(change, page));
        if own.is_none() && renewed(project, &project.log, page).is_some() {
            continue;
        }
        let edited = match own.and_then(|own| changes.get(own)) {
            Some(Change::Edit { edits, .. }) => apply(page.text(), edits).ok(),
            _ => Some(page.text().to_owned()),
        };
        let Some(edited) = edited else { continue };
        let after = Source::new(page.path(), edited.as_str());
        let Some(Change::Edit { edits, .. }) = renewed(project, &log, &after) else { continue };
        let Ok(new) = apply(&edited, &edits) else { continue };
        let path = page.path().to_owned();
        let change = Change::Edit { path, edits: vec![Edit::between(page.text(), &new)] };
        match own.and_then(|own| changes.get_mut(own)) {
            Some(own) => *own = change,
            None => changes.push(change),
        }
    }
    // A folder moves when all that lies in it has been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    changes
}

fn is_edit_of(change: &Change, page: &Source) -> bool {
    matches!(change, Change::Edit { path, .. } if path == page.path())
}

/// The records of `log` that change, as they will be.
fn texts(log: &Log, changes: &[Change]) -> BTreeMap<PathBuf, Rewritten> {
    let mut texts = BTreeMap::new();
    for record in log.records() {
        let path = record.source.path();
        let (mut to, mut text) = (path.to_owned(), record.text().to_owned());
        for change in changes {
            match change {
                Change::Edit { path: file, edits } if file == path => {
                    text = apply(&text, edits).unwrap_or(text);
                }
                Change::Move { path: file, to: new, edits } if file == path => {
                    text = apply(&text, edits).unwrap_or(text);
                    to.clone_from(new);
                }
                Change::MoveFolder { from, to: new } => {
                    if let Ok(inner) = path.strip_prefix(from) {
                        to = new.join(inner);
                    }
                }
                _ => {}
            }
        }
        if to != path || text != record.text() {
            texts.insert(path.to_owned(), Rewritten { path: to, text });
        }
    }
    texts
}

/// Where the mark stands in a piece of HTML, and what it says of its list; `None` where there is none.
fn mark(html: &str) -> Option<(Span, String)> {
    let start = html.find(BEGIN)?;
    let (inner, _) = html.get(start + BEGIN.len()..)?.split_once("-->")?;
    let span = Span::new(start, start + BEGIN.len() + inner.len() + "-->".len());
    match inner.strip_prefix(':') {
        Some(options) => Some((span, options.trim().to_owned())),
        None => inner.trim().is_empty().then(|| (span, String::new())),
    }
}

/// The change that makes the list in `page` one of all records of `log`, in the form that it has;
/// `None` where it is, where it was made with options, and where it is not one of this log.
pub(super) fn renewed(project: &Project, log: &Log, page: &Source) -> Option<Change> {
    let text = page.text();
    let contents = Contents::of(text).ok().filter(|one| one.options.is_empty())?;
    let addresses = Addresses { prefix: project.link_prefix(page.path()), ..Addresses::default() };
    let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
    let is_own = || {
        let own = log.records().iter().map(|record| addresses.of(&record.file));
        let own: std::collections::HashSet<String> = own.collect();
        contents.links(text).any(|link| own.contains(link))
    };
    let is_beside = addresses.prefix.is_empty() && contents.inner.of(text).trim().is_empty();
    if !is_beside && !is_own() {
        return None;
    }
    let table = contents.is_table(text);
    let new = contents.put(text, &toc(log, &ids, &Toc { addresses, table }), "");
    let edits = vec![Edit::between(text, &new)];
    (new != text).then(|| Change::Edit { path: page.path().to_owned(), edits })
}
