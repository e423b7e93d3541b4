//! Another number for a record: its file, its heading, its id, and every place that names it.
//!
//! Places are found in the text, not in the outline, so that links of any kind, lists, comments
//! and code are followed alike: the name of the file always, the id where only one record can be
//! meant by it.

use std::collections::BTreeSet;

use regex::Regex;

use super::file_name::{Renaming, apart, nameable};
use super::foreign::{at_home, not_in_address};
use crate::format::{Recognised, Words, naming, recognise};
use crate::model::{Log, Number, Record, RecordId};
use crate::syntax::{Link, LinkKind, links, parse};
use crate::text::{Change, Edit, Source, Span, apply};
use crate::{Refusal, Result};

/// The keys of front matter that hold the number, alone or with what comes before it.
pub(super) const NUMBER_KEYS: [&str; 7] =
    ["number", "adr", "adr-number", "adr_number", "id", "adr-id", "adr_id"];

/// A record that gets another number.
#[derive(Clone, Debug)]
pub struct Renumbering {
    /// Which one.
    pub id: RecordId,
    /// What it gets.
    pub number: u32,
    /// The records that mean this one by a number that others have too.
    pub followers: BTreeSet<RecordId>,
}

/// One record on its way from a number to another one.
struct Move<'r> {
    renumbering: &'r Renumbering,
    old: Number,
    /// Its file, and the places that name that.
    renaming: Renaming,
    /// Prefix and number, as they are written in running texts.
    mention: Regex,
    /// Whether no other record has the number.
    is_alone: bool,
}

/// All changes to the log that `renumberings` need, in log order, and to the files `others`.
///
/// # Errors
///
/// Where a record has no number, or is written so that it would not be read with the new one.
pub fn renumber(
    log: &Log,
    renumberings: &[Renumbering],
    others: &[Source],
    words: &Words,
) -> Result<Vec<Change>> {
    let moves: Vec<Move<'_>> =
        renumberings.iter().map(|one| Move::new(log, one)).collect::<Result<_>>()?;
    let mut changes = Vec::new();
    for (id, record) in log.iter() {
        let mut edits: Vec<Edit> = Vec::new();
        let own = moves.iter().find(|one| one.renumbering.id == id);
        edits.extend(own.into_iter().flat_map(|own| own.in_itself(record)));
        for one in &moves {
            edits.extend(one.in_record(log, id, record));
        }
        let mut edits = apart(at_home(record.text(), edits));
        // Where the number is the new one already.
        edits.retain(|edit| edit.span.of(record.text()) != edit.text);
        let path = record.source.path().to_owned();
        if let Some(own) = own {
            own.check(record, &edits, words)?;
            changes.extend(own.renaming.change(edits));
        } else if !edits.is_empty() {
            changes.push(Change::Edit { path, edits });
        }
    }
    // A folder moves when all that lies in it has been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    for source in others {
        let links = links_in(source);
        let edits = moves.iter().flat_map(|one| one.beside(source.text(), &links));
        let mut edits = apart(at_home(source.text(), edits.collect()));
        edits.retain(|edit| edit.span.of(source.text()) != edit.text);
        if !edits.is_empty() {
            changes.push(Change::Edit { path: source.path().to_owned(), edits });
        }
    }
    Ok(changes)
}

/// The links of a text that is no record; none where it is no Markdown.
pub(super) fn links_in(source: &Source) -> Vec<Link> {
    let end = source.path().extension().map(|end| end.to_string_lossy().to_lowercase());
    let is_markdown = end.is_some_and(|end| ["md", "markdown", "mdx"].contains(&end.as_str()));
    let text = source.text();
    if is_markdown { links(&parse(text), text) } else { vec![] }
}

/// The places in records that speak of one by a number that it shares, so that nobody can say whom
/// they mean; it itself and its `followers` hold none of them, and no link is one.
pub fn in_doubt(log: &Log, renumbering: &Renumbering) -> Vec<(RecordId, Span)> {
    let Ok(one) = Move::new(log, renumbering) else { return vec![] };
    let others = log.iter().filter(|(id, _)| !one.is_meant_by(*id));
    let places = others.flat_map(|(id, record)| {
        let links = links(&record.document, record.text()).into_iter();
        let clear = links.filter(|link| log.meant(id, &link.destination).is_some());
        let clear: Vec<Span> = clear.map(|link| link.span).collect();
        let left = one.left_in(record.text()).into_iter();
        left.filter(move |span| !clear.iter().any(|link| link.contains(*span)))
            .map(move |span| (id, span))
    });
    places.collect()
}

/// As [`in_doubt`], in a text that is no record.
pub fn in_doubt_beside(log: &Log, renumbering: &Renumbering, text: &str) -> Vec<Span> {
    let one = Move::new(log, renumbering).ok().filter(|one| !one.is_alone);
    one.map(|one| one.left_in(text)).unwrap_or_default()
}

impl<'r> Move<'r> {
    fn new(log: &Log, renumbering: &'r Renumbering) -> Result<Self> {
        let record = log.record(renumbering.id);
        let path = record.source.path();
        nameable(record)?;
        let refused = || Refusal::NoNumber { path: path.to_owned() };
        let old = record.number.as_ref().ok_or_else(refused)?.value;
        let name = naming(&record.file).of(&record.file);
        let renamed = renumbered(name, old, renumbering.number);
        let renaming = Renaming::new(record, renamed.as_deref().unwrap_or(name));
        let shares =
            |other: &&Record| other.number.as_ref().is_some_and(|n| n.value.value == old.value);
        let is_alone = log.records().iter().filter(shares).count() == 1;
        let mention = mention(record, old.value).ok_or_else(refused)?;
        Ok(Self { renumbering, old, renaming, mention, is_alone })
    }

    /// Whether the record `id` means this one by its number.
    fn is_meant_by(&self, id: RecordId) -> bool {
        self.is_alone || id == self.renumbering.id || self.renumbering.followers.contains(&id)
    }

    /// Heading and front matter of the record itself.
    fn in_itself(&self, record: &Record) -> Vec<Edit> {
        let text = record.text();
        let heading = record.heading_number.as_ref();
        let heading = heading.and_then(|number| self.first_in(text, number.span, number.value));
        let front = record.document.front_matter.as_ref();
        let entries = front.into_iter().flat_map(|front| &front.entries);
        let entries = entries
            .filter(|entry| NUMBER_KEYS.contains(&entry.key.value.to_lowercase().as_str()))
            .filter_map(|entry| self.first_in(text, entry.value.span, self.old));
        heading.into_iter().chain(entries).collect()
    }

    /// All that `record` says about this one.
    fn in_record(&self, log: &Log, id: RecordId, record: &Record) -> Vec<Edit> {
        let text = record.text();
        let meant = self.is_meant_by(id);
        let mut edits = self.in_text(text, meant);
        for link in links(&record.document, text) {
            if log.meant(id, &link.destination) == Some(self.renumbering.id) {
                let end = link.destination_span.start.max(link.span.start);
                let words = Span::new(link.span.start, end);
                edits.extend(self.first_in(text, words, self.old));
                edits.extend(self.in_old_name(text, link.destination_span, link.span));
            }
        }
        for (relation, target) in log.relations(id) {
            let unclear = target.is_none() && meant && !self.is_alone;
            let reference = &relation.reference;
            if target == Some(self.renumbering.id)
                || (unclear
                    && Number::read(reference.text.trim())
                        .is_some_and(|number| number.value == self.old.value))
            {
                edits.extend(self.first_in(text, reference.span, self.old));
            }
        }
        edits
    }

    /// All that a text says about this one that is no record. Of links only the name of the file tells
    /// whom they mean.
    fn beside(&self, text: &str, links: &[Link]) -> Vec<Edit> {
        let mut edits = self.in_text(text, self.is_alone);
        let named = self.renaming.in_text(text);
        let is_meant = |link: &&Link| {
            let path = link.destination_span;
            link.kind == LinkKind::Link && named.iter().any(|name| path.contains(name.span))
        };
        edits.extend(links.iter().filter(is_meant).filter_map(|link| {
            let words = Span::new(link.span.start, link.destination_span.start);
            self.first_in(text, words, self.old)
        }));
        edits
    }

    /// The number in a link to a name that the file had once, by which it is still found.
    fn in_old_name(&self, text: &str, destination: Span, link: Span) -> Option<Edit> {
        let written = destination.of(text);
        let path = written.split(['#', '?']).next().unwrap_or_default();
        let name = path.rfind('/').map_or(0, |slash| slash + 1);
        let name = Span::new(destination.start + name, destination.start + path.len());
        (destination != link).then(|| self.first_in(text, name, self.old))?
    }

    /// Names of the file in any text, and where `meant`, its id.
    fn in_text(&self, text: &str, meant: bool) -> Vec<Edit> {
        let mut edits = self.renaming.in_text(text);
        if meant {
            let ids = self.mention.captures_iter(text).filter_map(|found| found.get(1));
            edits.extend(ids.map(|digits| {
                let new = self.written(digits.as_str());
                Edit::replace(Span::new(digits.start(), digits.end()), new)
            }));
        }
        edits
    }

    /// The mentions in `text` that say no more than a number that others have too.
    fn left_in(&self, text: &str) -> Vec<Span> {
        let named = self.renaming.in_text(text);
        let mentions = self.mention.find_iter(text);
        let spans = mentions.map(|found| Span::new(found.start(), found.end()));
        let left = spans.filter(|span| !named.iter().any(|name| name.span.overlaps(*span)));
        not_in_address(text, left.collect())
    }

    /// The edit of the first number within `span`, if it is `old`.
    fn first_in(&self, text: &str, span: Span, old: Number) -> Option<Edit> {
        let within = span.of(text);
        let start = within.find(|c: char| c.is_ascii_digit())?;
        let rest = within.get(start..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest.get(..end)?;
        (digits.parse() == Ok(old.value)).then(|| {
            let at = span.start + start;
            Edit::replace(Span::new(at, at + end), self.written(digits))
        })
    }

    /// The new number, as wide as the `old` digits where those were filled up with zeros.
    fn written(&self, old: &str) -> String {
        written(old, self.renumbering.number)
    }

    /// The record, as it will be, has to be read with its new number and all else as before.
    fn check(&self, record: &Record, edits: &[Edit], words: &Words) -> Result<()> {
        let refused = || Refusal::CannotEdit { path: record.source.path().to_owned() };
        let text = apply(record.text(), edits).map_err(|_| refused())?;
        let after = recognise(Source::new(self.renaming.path(), text), self.renaming.file(), words);
        let Recognised::Record(after) = after else { return Err(refused().into()) };
        let number = after.number.as_ref().map(|number| number.value.value);
        let same = after.title_or_file() == record.title_or_file() || record.title.is_none();
        if number == Some(self.renumbering.number) && same && after.status() == record.status() {
            return Ok(());
        }
        Err(refused().into())
    }
}

/// `ADR-12`, `adr 0012`, and with the prefix of the record's own id.
fn mention(record: &Record, number: u32) -> Option<Regex> {
    let own = record.id.as_ref().map(|id| id.value.trim_end_matches(|c: char| c.is_ascii_digit()));
    let own = own.map(|own| own.trim_end_matches(['-', '_', ' ', '#']));
    let prefix = match own {
        Some(own) if !own.eq_ignore_ascii_case("adr") => regex::escape(own),
        _ => "adr".to_owned(),
    };
    Regex::new(&format!(r"(?i)\b{prefix}[-_ #/]{{0,2}}(0*{number})\b")).ok()
}

/// `name` with the first number in it changed from `old`.
fn renumbered(name: &str, old: Number, new: u32) -> Option<String> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = name.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    (digits.parse() == Ok(old.value)).then(|| format!("{prefix}{}{rest}", written(digits, new)))
}

fn written(old: &str, new: u32) -> String {
    let width = if old.starts_with('0') || old.len() > 2 { old.len() } else { 0 };
    Number { value: new, width: 0 }.padded(width)
}
