//! The list of records within a page, between the marks of `adr toc`.

use crate::export::{Addresses, Toc, toc};
use crate::model::{Log, RecordId};
use crate::project::Project;
use crate::syntax::{html, parse};
use crate::text::{Change, Edit, Source, Span, apply};

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
    let addresses = Addresses { prefix: project.way_from(page.path()), ..Addresses::default() };
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
