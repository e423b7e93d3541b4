//! What follows when a record gets another title or name: links that lead to it, and the words of
//! those that are its title.

use super::external_addresses::at_home;
use super::source_links::links_in;
use crate::author::edits::apart;
use crate::author::guard::{Guard, Scope, change_source};
use crate::author::naming::Renaming;
use crate::format::{Fact, Words, naming};
use crate::model::{Log, Record, RecordId};
use crate::syntax::{Link, LinkKind, heading, links};
use crate::text::{Change, Edit, Source, Span, apply, link_words, url_decoded};
use crate::{Refusal, Result};

/// A record as it was, and as it will be.
pub(crate) struct Follow<'a> {
    pub log: &'a Log,
    pub id: RecordId,
    /// The new name of the file, where it gets one.
    pub renaming: Option<&'a Renaming>,
    pub before: &'a Record,
    pub after: &'a Record,
    pub words: &'a Words,
    /// What may change in the record itself.
    pub scope: &'a Scope,
}

/// What names the file of another record.
const NAMING: [Fact; 6] =
    [Fact::Links, Fact::Relations, Fact::Code, Fact::Comments, Fact::Options, Fact::Keys];

impl Follow<'_> {
    /// The record itself, of whose text `edited` tells the changes.
    pub(crate) fn own(&self, edited: &dyn Fn(&str) -> Vec<Edit>) -> Result<Vec<Change>> {
        let text = self.after.text();
        let Some(renaming) = self.renaming else {
            let guard = Guard { words: self.words, scope: self.scope };
            return Ok(guard.change(self.before, edited(text))?.into_iter().collect());
        };
        let named = at_home(text, renaming.in_text(text));
        let text = apply(text, &named)
            .map_err(|_| Refusal::CannotEdit { path: self.before.source.path().to_owned() })?;
        let scope = self.scope.clone().and(NAMING);
        let guard = Guard { words: self.words, scope: &scope };
        guard.change_as(self.before, edited(&text), renaming)
    }

    /// Another record.
    pub(crate) fn in_record(&self, id: RecordId, record: &Record) -> Result<Option<Change>> {
        let meanings = self.log.meanings(id);
        let is_meant = |link: &Link| meanings.of(&link.destination) == Some(self.id);
        let text = record.text();
        let edits = self.edits(&links(&record.document, text), text, &is_meant);
        if edits.is_empty() {
            return Ok(None);
        }
        let scope = Scope::following(NAMING);
        let guard = Guard { words: self.words, scope: &scope };
        let after = guard.check(record, &edits)?;
        let kinds = |record: &Record| -> Vec<_> {
            record.relations.iter().map(|relation| relation.kind).collect()
        };
        if kinds(&after) != kinds(record) {
            let (path, field) = (record.source.path().to_owned(), Fact::Relations.as_str());
            return Err(Refusal::Touches { path, field }.into());
        }
        Ok(change_source(&record.source, edits))
    }

    /// A text that is no record, such as an index of the log.
    pub(crate) fn in_source(&self, source: &Source) -> Option<Change> {
        let text = source.text();
        let file = self.before.file.as_str();
        let name = file.get(naming(file).start..)?;
        // Only the name tells whom such a text means.
        let is_meant = |link: &Link| {
            let path = link.destination.split(['#', '?']).next().unwrap_or_default();
            let path = url_decoded(path);
            let above = path.strip_suffix(name);
            above.is_some_and(|above| above.is_empty() || above.ends_with('/'))
                && !self.log.leads_past(source.path(), &link.destination)
        };
        let edits = self.edits(&links_in(source), text, &is_meant);
        change_source(source, edits)
    }

    fn edits(&self, links: &[Link], text: &str, is_meant: &dyn Fn(&Link) -> bool) -> Vec<Edit> {
        let mut edits = self.renaming.map(|renaming| renaming.in_text(text)).unwrap_or_default();
        let meant = links.iter().filter(|link| link.kind == LinkKind::Link && is_meant(link));
        edits.extend(meant.filter_map(|link| self.in_words(text, link)));
        apart(at_home(text, edits))
    }

    /// The title in the words of a link: all of them, or what stands behind a number.
    fn in_words(&self, text: &str, link: &Link) -> Option<Edit> {
        let old = self.before.title.as_ref()?.value.as_str();
        let new = self.after.title.as_ref()?.value.as_str();
        let words = words_of(text, link.span)?;
        let written = words.of(text);
        if old == new {
            return None;
        }
        if heading(written).words == old {
            return Some(Edit::replace(words, link_words(new)));
        }
        let at = written.find(old)?;
        let (before, after) = (written.get(..at)?, written.get(at + old.len()..)?);
        let stands_alone =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let at = words.start + at;
        stands_alone.then(|| Edit::replace(Span::new(at, at + old.len()), link_words(new)))
    }
}

/// The bytes between the brackets of a link.
fn words_of(text: &str, link: Span) -> Option<Span> {
    let inside = link.of(text).strip_prefix('[')?;
    let mut depth = 1_u32;
    let mut is_escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => {
                return Some(Span::new(link.start + 1, link.start + 1 + at));
            }
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}
