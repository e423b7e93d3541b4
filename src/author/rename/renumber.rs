//! Another number for a record: its file, its heading, its id, and every place that names it.
//!
//! Places are found in the text, not in the outline, so that links of any kind, lists, comments
//! and code are followed alike: the name of the file always, the id where only one record can be
//! meant by it.

use std::collections::BTreeSet;

use super::external_addresses::{at_home, not_in_address};
use super::number_moves::{Move, Moves, moves};
use super::renumbering::{Renumbering, written};
use super::source_links::links_in;
use crate::author::edits::apart;
use crate::author::guard::{Guard, Scope, change_source};
use crate::author::naming::Named;
use crate::format::{Fact, Words};
use crate::model::{Log, Number, Record, RecordId};
use crate::syntax::{Link, LinkKind};
use crate::text::{Change, Cover, Edit, Source, Span};
use crate::{Refusal, Result};

/// The keys of front matter that hold the number, alone or with what comes before it.
pub(crate) const NUMBER_KEYS: [&str; 7] =
    ["number", "adr", "adr-number", "adr_number", "id", "adr-id", "adr_id"];

/// The keys of front matter that hold the address of a page: links to that follow the number.
const ADDRESS_KEYS: [&str; 3] = ["slug", "permalink", "url"];

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
    let all = moves(log, renumberings)?;
    let moves = Moves::new(&all);
    let mut changes = Vec::new();
    for (id, record) in log.iter() {
        let own = moves.of(id).map(|(_, own)| own);
        let mut edits: Vec<Edit> = own.into_iter().flat_map(|own| in_itself(own, record)).collect();
        let foreign = foreign_in(log, id);
        edits.extend(
            in_record(&moves, log, id).into_iter().filter(|edit| !foreign.holds(edit.span)),
        );
        let mut edits = apart(at_home(record.text(), edits));
        // Where the number is the new one already.
        edits.retain(|edit| edit.span.of(record.text()) != edit.text);
        match own {
            Some(own) => changes.extend(changed(own, record, edits, words)?),
            None if edits.is_empty() => {}
            None => {
                let scope = Scope::renumbering(NUMBERED);
                changes.extend(Guard { words, scope: &scope }.change(record, edits)?);
            }
        }
    }
    // A folder moves when all that lies in it has been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    for source in others {
        let links = links_in(source);
        let foreign = |link: &&Link| log.leads_past(source.path(), &link.destination);
        let foreign = Cover::new(links.iter().filter(foreign).map(|link| link.span));
        let mut edits = beside(&moves, source.text(), &links);
        edits.retain(|edit| !foreign.holds(edit.span));
        let mut edits = apart(at_home(source.text(), edits));
        edits.retain(|edit| edit.span.of(source.text()) != edit.text);
        changes.extend(change_source(source, edits));
    }
    Ok(changes)
}

/// The links in the record `id` that lead out of the log, and state no relation: whatever name or number they have, it
/// is not one of ours.
fn foreign_in(log: &Log, id: RecordId) -> Cover {
    let out = log.links(id).iter().filter(|link| log.leads_out(id, &link.destination));
    let mut out = out.peekable();
    if out.peek().is_none() {
        return Cover::default();
    }
    let meanings = log.meanings(id);
    Cover::new(out.filter(|link| meanings.of(&link.destination).is_none()).map(|link| link.span))
}

/// A place that speaks of a record by a number that it shares, so that it is not certain which it means. No link
/// is one, and no text that means one of those that get another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The first record with the number that gets another one.
    pub about: RecordId,
    /// The text, where it is that of a record.
    pub within: Option<RecordId>,
    /// The place in it.
    pub span: Span,
}

/// The places in the records that leave in doubt whom they mean, in log order, and those in `others`, each
/// with the place of its text there. None where a record has no number.
pub fn in_doubt(
    log: &Log,
    renumberings: &[Renumbering],
    others: &[Source],
) -> (Vec<Doubt>, Vec<(usize, Doubt)>) {
    let Ok(all) = moves(log, renumberings) else { return (vec![], vec![]) };
    let moves = Moves::new(&all);
    let mut doubts = Vec::new();
    for (id, record) in log.iter() {
        let left = left_in(&moves, record.text(), Some(id));
        if left.is_empty() {
            continue;
        }
        let meanings = log.meanings(id);
        let clear = log.links(id).iter().filter(|link| meanings.of(&link.destination).is_some());
        let clear = Cover::new(clear.map(|link| link.span));
        doubts.extend(left.into_iter().filter(|doubt| !clear.holds(doubt.span)));
    }
    let beside = others.iter().enumerate().flat_map(|(at, source)| {
        let left = left_in(&moves, source.text(), None);
        left.into_iter().map(move |doubt| (at, doubt))
    });
    (doubts, beside.collect())
}

/// The mentions in a text that say no more than a number that others have too.
fn left_in(moves: &Moves<'_, '_>, text: &str, within: Option<RecordId>) -> Vec<Doubt> {
    let mut mentions = moves.mentions_in(text);
    mentions.retain(|one| moves.mentioned(one, within).is_none());
    if mentions.is_empty() {
        return vec![];
    }
    let named = Cover::new(moves.names_in(text).into_iter().map(|name| name.span));
    mentions.retain(|one| !named.overlaps(one.span));
    mentions.sort_unstable_by_key(|one| one.span);
    let at_home = not_in_address(text, mentions.iter().map(|one| one.span).collect());
    let at_home: BTreeSet<Span> = at_home.into_iter().collect();
    let left = mentions.iter().filter(|one| at_home.contains(&one.span));
    left.filter_map(|one| {
        let about = moves.at(moves.candidate(one)?)?.renumbering.id;
        Some(Doubt { about, within, span: one.span })
    })
    .collect()
}

/// Edits of several moves: those of an earlier one count before those of a later one, in whatever order they
/// were found.
#[derive(Default)]
struct Edits(Vec<(usize, Edit)>);

impl Edits {
    fn add(&mut self, of: usize, edit: impl IntoIterator<Item = Edit>) {
        self.0.extend(edit.into_iter().map(|edit| (of, edit)));
    }

    fn in_order(mut self) -> Vec<Edit> {
        self.0.sort_by_key(|(of, _)| *of);
        self.0.into_iter().map(|(_, edit)| edit).collect()
    }
}

/// Heading and front matter of the record itself.
fn in_itself(own: &Move<'_>, record: &Record) -> Vec<Edit> {
    let text = record.text();
    let heading = record.heading_number.as_ref();
    let heading = heading.and_then(|number| first_in(own, text, number.span, number.value));
    let front = record.document.front_matter.as_ref();
    let entries = front.into_iter().flat_map(|front| &front.entries);
    let entries = entries
        .filter(|entry| NUMBER_KEYS.contains(&entry.key.value.to_lowercase().as_str()))
        .filter_map(|entry| first_in(own, text, entry.value.span, own.old));
    let addresses = front.into_iter().flat_map(|front| &front.entries);
    let addresses = addresses
        .filter(|entry| ADDRESS_KEYS.contains(&entry.key.value.to_lowercase().as_str()))
        .filter_map(|entry| first_in(own, text, last_part(text, entry.value.span), own.old));
    heading.into_iter().chain(entries).chain(addresses).collect()
}

/// The last part of the address at `span`.
fn last_part(text: &str, span: Span) -> Span {
    let address = span.of(text).trim_end_matches(['/', '"', '\'', ' ']);
    let start = address.rfind('/').map_or(0, |slash| slash + 1);
    Span::new(start, address.len()).shift(span.start)
}

/// All that the record `id` says about those that get other numbers.
fn in_record(moves: &Moves<'_, '_>, log: &Log, id: RecordId) -> Vec<Edit> {
    let text = log.record(id).text();
    let mut edits = Edits::default();
    in_text(moves, text, (Some(id), &moves.names_in(text)), &mut edits);
    let meanings = log.meanings(id);
    for link in log.links(id) {
        let meant = meanings.of(&link.destination).and_then(|id| moves.of(id));
        let Some((at, one)) = meant else { continue };
        let end = link.destination_span.start.max(link.span.start);
        let words = Span::new(link.span.start, end);
        edits.add(at, first_in(one, text, words, one.old));
        edits.add(at, in_old_name(one, text, link.destination_span, link.span));
    }
    for (relation, target) in log.relations(id) {
        let reference = &relation.reference;
        let unclear = || {
            let number = Number::read(reference.text.trim())?;
            let at = moves.shared(number.value, id)?;
            Some((at, moves.at(at)?))
        };
        let meant = target.map_or_else(unclear, |target| moves.of(target));
        if let Some((at, one)) = meant {
            edits.add(at, first_in(one, text, reference.span, one.old));
        }
    }
    edits.in_order()
}

/// All that a text says that is no record. Of links only the name of the file tells whom they mean.
fn beside(moves: &Moves<'_, '_>, text: &str, links: &[Link]) -> Vec<Edit> {
    let mut edits = Edits::default();
    let named = moves.names_in(text);
    in_text(moves, text, (None, &named), &mut edits);
    for link in links.iter().filter(|link| link.kind == LinkKind::Link) {
        let path = link.destination_span;
        let words = Span::new(link.span.start, path.start);
        let first = named.partition_point(|name| name.span.start < path.start);
        let within = named.iter().skip(first).take_while(|name| name.span.start < path.end);
        let mut told = BTreeSet::new();
        for name in within.filter(|name| path.contains(name.span) && told.insert(name.of)) {
            let one = moves.at(name.of);
            edits.add(name.of, one.and_then(|one| first_in(one, text, words, one.old)));
        }
    }
    edits.in_order()
}

/// Names of files in any text, and mentions that mean a record which gets another number.
fn in_text(
    moves: &Moves<'_, '_>,
    text: &str,
    (within, named): (Option<RecordId>, &[Named<'_>]),
    edits: &mut Edits,
) {
    for name in named {
        let new = moves.at(name.of).and_then(|one| one.renaming.renamed(name.name));
        edits.add(name.of, new.map(|new| Edit::replace(name.span, new)));
    }
    for mention in moves.mentions_in(text) {
        let meant = moves.mentioned(&mention, within);
        let Some((at, one)) = meant.and_then(|at| Some((at, moves.at(at)?))) else { continue };
        let new = written(mention.digits.of(text), one.renumbering.number);
        edits.add(at, [Edit::replace(mention.digits, new)]);
    }
}

/// The number in a link to a name that the file had once, by which it is still found.
fn in_old_name(one: &Move<'_>, text: &str, destination: Span, link: Span) -> Option<Edit> {
    let path = destination.of(text).split(['#', '?']).next().unwrap_or_default();
    let mut name = path.rfind('/').map_or(0, |slash| slash + 1);
    // The digits of `%20` are none of the name.
    while let Some(byte) = path.as_bytes().get(name).filter(|byte| !byte.is_ascii_digit()) {
        name += if *byte == b'%' { 3 } else { 1 };
    }
    let name = name.min(path.len());
    let name = Span::new(destination.start + name, destination.start + path.len());
    (destination != link).then(|| first_in(one, text, name, one.old))?
}

/// The edit of the first number within `span`, if it is `old`.
fn first_in(one: &Move<'_>, text: &str, span: Span, old: Number) -> Option<Edit> {
    let within = span.of(text);
    let start = within.find(|c: char| c.is_ascii_digit())?;
    let rest = within.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let digits = rest.get(..end)?;
    (digits.parse() == Ok(old.value)).then(|| {
        let at = span.start + start;
        Edit::replace(Span::new(at, at + end), written(digits, one.renumbering.number))
    })
}

/// What holds numbers of records.
const NUMBERED: [Fact; 10] = [
    Fact::Number,
    Fact::Id,
    Fact::Title,
    Fact::Relations,
    Fact::Options,
    Fact::Sections,
    Fact::Links,
    Fact::Code,
    Fact::Comments,
    Fact::Keys,
];

/// The changes to a record that gets another number; it has to be read with that.
fn changed(
    one: &Move<'_>,
    record: &Record,
    edits: Vec<Edit>,
    words: &Words,
) -> Result<Vec<Change>> {
    let scope = Scope::renumbering(NUMBERED);
    let guard = Guard { words, scope: &scope };
    let after = guard.check_as(record, &edits, Some(&one.renaming))?;
    let number = after.number.as_ref().map(|number| number.value.value);
    if number != Some(one.renumbering.number) {
        return Err(Refusal::CannotEdit { path: record.source.path().to_owned() }.into());
    }
    guard.change_as(record, edits, &one.renaming)
}

#[cfg(test)]
mod tests {
    use super::{Renumbering, renumber};
    use crate::author::testing::{after, log, words};
    use crate::model::Log;
    use crate::text::{Change, Source, apply};

    /// The changes after which the first record has the number 7.
    fn changes(log: &Log, others: &[Source]) -> Result<Vec<Change>, String> {
        let (id, _) = log.iter().next().unwrap();
        let plan = [Renumbering { id, number: 7, followers: std::sync::Arc::default() }];
        renumber(log, &plan, others, &words()).map_err(|error| error.to_string())
    }

    #[test]
    fn all_that_names_a_record_follows_its_number() {
        let own = "---\nslug: 12\nid: ADR-0012\n---\n\n# 12. A\n\nAs ADR-12 says.\n";
        let other = "# 13. B\n\nSee [12. A](0012-a.md), `0012-a.md`, ADR\n0012 and https://e.org/0012-a.md.\n";
        let log = log(&[("0012-a.md", own), ("0013-b.md", other)]);
        let page = Source::new("index.md", "* [12. A](0012-a.md)\n* [13. B](0013-b.md)\n");
        let changes = changes(&log, std::slice::from_ref(&page)).unwrap();
        let expected = "---\nslug: 7\nid: ADR-0007\n---\n\n# 7. A\n\nAs ADR-7 says.\n";
        assert_eq!(after(&log, "0012-a.md", &changes), expected);
        let expected = "# 13. B\n\nSee [7. A](0007-a.md), `0007-a.md`, ADR\n0007 and https://e.org/0012-a.md.\n";
        assert_eq!(after(&log, "0013-b.md", &changes), expected);
        let edits = changes.iter().find_map(|change| match change {
            Change::Edit { path, edits } if path == page.path() => Some(edits),
            _ => None,
        });
        let expected = "* [7. A](0007-a.md)\n* [13. B](0013-b.md)\n";
        assert_eq!(apply(page.text(), edits.unwrap()).unwrap(), expected);
    }

    #[test]
    fn a_record_that_cannot_be_trusted_stops_the_change() {
        let conflict = "# 13. B\n\n<<<<<<< HEAD\nADR-12\n=======\nx\n>>>>>>> b\n";
        let log = log(&[("0012-a.md", "# 12. A\n"), ("0013-b.md", conflict)]);
        let refused = "`0013-b.md` has an unresolved merge conflict, at line 3";
        assert_eq!(changes(&log, &[]), Err(refused.to_owned()));
    }
}
