//! The list of records within a page, between the markers of `adr toc`.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use crate::export::{Addresses, Toc, toc};
use crate::model::{Log, RecordId};
use crate::project::Project;
use crate::syntax::{html, parse};
use crate::text::{Change, Edit, Rewritten, Source, Span, apply};

/// The start of the marker before the list. Options may follow.
pub(crate) const LIST_START: &str = "<!-- adr-toc";
const LIST_END: &str = "<!-- /adr-toc -->";

/// A list of records in a page.
pub(crate) struct RecordList {
    /// The marker before the list.
    marker: Span,
    /// The options that the list was made with, as the marker states them.
    options: String,
    /// The text between the markers.
    content: Span,
}

impl RecordList {
    /// Finds the list in `text`. Markers in a code block do not count.
    ///
    /// # Errors
    ///
    /// If a marker is missing; says which.
    pub(crate) fn find(text: &str) -> Result<Self, &'static str> {
        let comments = html(&parse(text), text);
        let (marker, options) = comments
            .iter()
            .find_map(|comment| {
                let (marker, options) = find_marker(comment.of(text))?;
                Some((marker.shift(comment.start), options))
            })
            .ok_or("it has no line `<!-- adr-toc -->`")?;
        let end_offset = |comment: &Span| Some(comment.start + comment.of(text).find(LIST_END)?);
        let end = comments.iter().filter_map(end_offset).find(|end| *end >= marker.end);
        let end = end.ok_or("it has no line `<!-- /adr-toc -->` after the first one")?;
        Ok(Self { marker, options, content: Span::new(marker.end, end) })
    }

    /// Returns `text` with its list replaced by `list`, which was made with `options`.
    pub(crate) fn replace(&self, text: &str, list: &str, options: &str) -> String {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let content = format!("\n\n{list}\n").replace('\n', line_end);
        let marker = if options.is_empty() {
            format!("{LIST_START} -->")
        } else {
            // Two hyphens would end the comment.
            format!("{LIST_START}: {} -->", options.replace("--", "-"))
        };
        let edits = [Edit::replace(self.marker, marker), Edit::replace(self.content, content)];
        apply(text, &edits).unwrap_or_else(|_| text.to_owned())
    }

    fn is_table(&self, text: &str) -> bool {
        self.content.of(text).trim_start().starts_with('|')
    }

    /// Returns the destinations of its links.
    fn links<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let parts = self.content.of(text).split("](").skip(1);
        parts.filter_map(|part| part.split(')').next())
    }
}

/// Returns the marker in a piece of HTML, with the options in it; `None` without one.
fn find_marker(html: &str) -> Option<(Span, String)> {
    let start = html.find(LIST_START)?;
    let (inner_text, _) = html.get(start + LIST_START.len()..)?.split_once("-->")?;
    let marker = Span::new(start, start + LIST_START.len() + inner_text.len() + "-->".len());
    match inner_text.strip_prefix(':') {
        Some(options) => Some((marker, options.trim().to_owned())),
        None => inner_text.trim().is_empty().then(|| (marker, String::new())),
    }
}

/// Returns `changes`, extended so that the lists of records in `other_files` are up to date afterwards: the lists in
/// pages that are changed, and those that were up to date before.
pub(crate) fn with_updated_lists(
    project: &Project,
    other_files: &[Source],
    mut changes: Vec<Change>,
) -> Vec<Change> {
    let has_list = |page: &&Source| RecordList::find(page.text()).is_ok();
    let pages: Vec<&Source> = other_files.iter().filter(has_list).collect();
    if pages.is_empty() || changes.is_empty() {
        return changes;
    }
    let log_after = project.reread(&changed_records(&project.log, &changes));
    for page in pages {
        let edit_index = changes.iter().position(|change| is_edit_of(change, page));
        let is_outdated = || updated_list(project, &project.log, page).is_some();
        if edit_index.is_none() && is_outdated() {
            continue;
        }
        let edit_of_page = edit_index.and_then(|index| changes.get(index));
        let edited_text = match edit_of_page {
            Some(Change::Edit { edits, .. }) => apply(page.text(), edits).ok(),
            _ => Some(page.text().to_owned()),
        };
        let Some(edited_text) = edited_text else { continue };
        let edited_page = Source::new(page.path(), edited_text.as_str());
        let update = updated_list(project, &log_after, &edited_page);
        let Some(Change::Edit { edits, .. }) = update else { continue };
        let Ok(updated_text) = apply(&edited_text, &edits) else { continue };
        // One change per file, from the text on disk.
        let edits = vec![Edit::between(page.text(), &updated_text)];
        let change = Change::Edit { path: page.path().to_owned(), edits };
        match edit_index.and_then(|index| changes.get_mut(index)) {
            Some(existing_change) => *existing_change = change,
            None => changes.push(change),
        }
    }
    // A folder is moved after all files in it have been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    changes
}

fn is_edit_of(change: &Change, page: &Source) -> bool {
    matches!(change, Change::Edit { path, .. } if path == page.path())
}

/// Returns the paths and texts that the changed records of `log` will have, by their present paths.
fn changed_records(log: &Log, changes: &[Change]) -> BTreeMap<PathBuf, Rewritten> {
    let mut rewritten = BTreeMap::new();
    for record in log.records() {
        let path = record.source.path();
        let (mut new_path, mut text) = (path.to_owned(), record.text().to_owned());
        for change in changes {
            match change {
                Change::Edit { path: file, edits } if file == path => {
                    text = apply(&text, edits).unwrap_or(text);
                }
                Change::Move { path: file, to, edits } if file == path => {
                    text = apply(&text, edits).unwrap_or(text);
                    new_path.clone_from(to);
                }
                Change::MoveFolder { from, to } => {
                    if let Ok(path_in_folder) = path.strip_prefix(from) {
                        new_path = to.join(path_in_folder);
                    }
                }
                _ => {}
            }
        }
        if new_path != path || text != record.text() {
            rewritten.insert(path.to_owned(), Rewritten { path: new_path, text });
        }
    }
    rewritten
}

/// Returns the change that updates the list in `page` to all records of `log`, as a list or a table as before.
/// `None` if it is up to date, was made with options, or is not a list of this log.
pub(crate) fn updated_list(project: &Project, log: &Log, page: &Source) -> Option<Change> {
    let text = page.text();
    let list = RecordList::find(text).ok().filter(|list| list.options.is_empty())?;
    let addresses = Addresses { prefix: project.link_prefix(page.path()), ..Addresses::default() };
    let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
    let links_to_log = || {
        let record_addresses = log.records().iter().map(|record| addresses.of(&record.file));
        let record_addresses: HashSet<String> = record_addresses.collect();
        list.links(text).any(|link| record_addresses.contains(link))
    };
    // An empty list has no links, so it is taken for a list of the log in the same folder.
    let is_empty_list_of_log =
        addresses.prefix.is_empty() && list.content.of(text).trim().is_empty();
    if !is_empty_list_of_log && !links_to_log() {
        return None;
    }
    let table = list.is_table(text);
    let new_text = list.replace(text, &toc(log, &ids, &Toc { addresses, table }), "");
    let edits = vec![Edit::between(text, &new_text)];
    (new_text != text).then(|| Change::Edit { path: page.path().to_owned(), edits })
}
