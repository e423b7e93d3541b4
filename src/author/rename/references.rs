//! References to a record that gets another title or name: links that lead to it, and link words that are its
//! title.

use super::external_addresses::outside_addresses;
use super::source_links::links_in;
use crate::author::edits::without_overlaps;
use crate::author::guard::{AllowedChanges, Guard, change_source};
use crate::author::naming::Renaming;
use crate::format::{Fact, Words, naming};
use crate::model::{Log, Record, RecordId};
use crate::syntax::{Link, LinkKind, heading, links};
use crate::text::{Change, Edit, Source, Span, apply, link_words, url_decoded};
use crate::{Refusal, Result};

/// A record before and after it gets another title or name.
pub(crate) struct RecordRename<'a> {
    pub log: &'a Log,
    pub id: RecordId,
    /// The new name of the file, if it gets one.
    pub renaming: Option<&'a Renaming>,
    pub before: &'a Record,
    pub after: &'a Record,
    pub words: &'a Words,
    /// What may change in the record itself.
    pub allowed: &'a AllowedChanges,
}

/// The facts that contain names of other records' files.
const NAMING_FACTS: [Fact; 6] =
    [Fact::Links, Fact::Relations, Fact::Code, Fact::Comments, Fact::Options, Fact::Keys];

impl RecordRename<'_> {
    /// Returns the changes of the record itself. `edits_to` returns the edits that turn its old text into a given
    /// one.
    pub(crate) fn in_renamed_record(
        &self,
        edits_to: &dyn Fn(&str) -> Vec<Edit>,
    ) -> Result<Vec<Change>> {
        let text = self.after.text();
        let Some(renaming) = self.renaming else {
            let guard = Guard { words: self.words, allowed: self.allowed };
            return Ok(guard.change(self.before, edits_to(text))?.into_iter().collect());
        };
        let name_edits = outside_addresses(text, renaming.edits(text));
        let path = || self.before.source.path().to_owned();
        let text = apply(text, &name_edits).map_err(|_| Refusal::CannotEdit { path: path() })?;
        let allowed = self.allowed.clone().and_changing(NAMING_FACTS);
        let guard = Guard { words: self.words, allowed: &allowed };
        guard.change_renamed(self.before, edits_to(&text), renaming)
    }

    /// Returns the change of another record.
    pub(crate) fn in_other_record(&self, id: RecordId, record: &Record) -> Result<Option<Change>> {
        let meanings = self.log.link_meanings(id);
        let is_meant = |link: &Link| meanings.of(&link.destination) == Some(self.id);
        let text = record.text();
        let edits = self.edits(&links(&record.document, text), text, &is_meant);
        if edits.is_empty() {
            return Ok(None);
        }
        let allowed = AllowedChanges::following(NAMING_FACTS);
        let guard = Guard { words: self.words, allowed: &allowed };
        let after = guard.check(record, &edits)?;
        let relation_kinds = |record: &Record| -> Vec<_> {
            record.relations.iter().map(|relation| relation.kind).collect()
        };
        if relation_kinds(&after) != relation_kinds(record) {
            let (path, field) = (record.source.path().to_owned(), Fact::Relations.as_str());
            return Err(Refusal::Touches { path, field }.into());
        }
        Ok(change_source(&record.source, edits))
    }

    /// Returns the change of a text that is not a record, such as an index of the log.
    pub(crate) fn in_other_text(&self, source: &Source) -> Option<Change> {
        let text = source.text();
        let file = self.before.file.as_str();
        let file_name = file.get(naming(file).start..)?;
        // The text may be outside the log, so a link is matched by the file's name only.
        let is_meant = |link: &Link| {
            let path = link.destination.split(['#', '?']).next().unwrap_or_default();
            let path = url_decoded(path);
            let folder = path.strip_suffix(file_name);
            folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
                && !self.log.leads_past(source.path(), &link.destination)
        };
        let edits = self.edits(&links_in(source), text, &is_meant);
        change_source(source, edits)
    }

    fn edits(&self, links: &[Link], text: &str, is_meant: &dyn Fn(&Link) -> bool) -> Vec<Edit> {
        let mut edits = self.renaming.map(|renaming| renaming.edits(text)).unwrap_or_default();
        let meant_links = links.iter().filter(|link| link.kind == LinkKind::Link && is_meant(link));
        edits.extend(meant_links.filter_map(|link| self.title_edit(text, link)));
        without_overlaps(outside_addresses(text, edits))
    }

    /// Replaces the title in the words of a link: all of the words, or the part after a number.
    fn title_edit(&self, text: &str, link: &Link) -> Option<Edit> {
        let old_title = self.before.title.as_ref()?.value.as_str();
        let new_title = self.after.title.as_ref()?.value.as_str();
        let words_span = link_words_span(text, link.span)?;
        let words = words_span.of(text);
        if old_title == new_title {
            return None;
        }
        if heading(words).words == old_title {
            return Some(Edit::replace(words_span, link_words(new_title)));
        }
        let title_start = words.find(old_title)?;
        let title_end = title_start + old_title.len();
        let (words_before, words_after) = (words.get(..title_start)?, words.get(title_end..)?);
        let is_bounded = !words_before.ends_with(char::is_alphanumeric)
            && !words_after.starts_with(char::is_alphanumeric);
        let title_span = Span::new(title_start, title_end).shift(words_span.start);
        is_bounded.then(|| Edit::replace(title_span, link_words(new_title)))
    }
}

/// The bytes between the brackets of a link.
fn link_words_span(text: &str, link: Span) -> Option<Span> {
    let after_bracket = link.of(text).strip_prefix('[')?;
    let mut depth = 1_u32;
    let mut is_escaped = false;
    for (offset, c) in after_bracket.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => {
                return Some(Span::new(link.start + 1, link.start + 1 + offset));
            }
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}
