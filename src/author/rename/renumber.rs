//! Gives a record another number: in its file's name, its heading, its id, and wherever it is mentioned.
//!
//! Places are found in the text, not in the outline, so links of any kind, lists, comments and code are all
//! updated: the name of the file always, the id if only one record can be meant by it.

use std::collections::BTreeSet;

use super::external_addresses::{outside_addresses, spans_outside_addresses};
use super::number_moves::{NumberMove, NumberMoves, number_moves};
use super::renumbering::{NUMBER_KEYS, Renumbering, padded_like};
use super::source_links::links_in;
use crate::author::edits::without_overlaps;
use crate::author::guard::{AllowedChanges, Guard, change_source};
use crate::author::naming::NameMatch;
use crate::format::{Fact, Words};
use crate::model::{Log, Number, Record, RecordId};
use crate::syntax::{FrontMatter, Link, LinkKind};
use crate::text::{Change, Cover, Edit, Source, Span};
use crate::{Refusal, Result};

/// The keys of front matter that contain the address of a page, in which the number changes too.
const ADDRESS_KEYS: [&str; 3] = ["slug", "permalink", "url"];

/// Returns all changes to the log that `renumberings` need, in log order, and to the texts `others`.
///
/// # Errors
///
/// If a record has no number, or would not be read with the new one.
pub fn renumber(
    log: &Log,
    renumberings: &[Renumbering],
    others: &[Source],
    words: &Words,
) -> Result<Vec<Change>> {
    let all_moves = number_moves(log, renumberings)?;
    let moves = NumberMoves::new(&all_moves);
    let mut changes = Vec::new();
    for (id, record) in log.iter() {
        let own_move = moves.of_record(id).map(|(_, own_move)| own_move);
        let mut edits: Vec<Edit> =
            own_move.into_iter().flat_map(|own_move| own_number_edits(own_move, record)).collect();
        let external_links = external_links(log, id);
        let mention_edits = edits_in_record(&moves, log, id).into_iter();
        edits.extend(mention_edits.filter(|edit| !external_links.holds(edit.span)));
        let edits = effective_edits(record.text(), edits);
        match own_move {
            Some(own_move) => changes.extend(renumbered_record(own_move, record, edits, words)?),
            None if edits.is_empty() => {}
            None => {
                let allowed = AllowedChanges::renumbering(FACTS_WITH_NUMBERS);
                changes.extend(Guard { words, allowed: &allowed }.change(record, edits)?);
            }
        }
    }
    // A folder is moved after all files in it have been written.
    changes.sort_by_key(|change| matches!(change, Change::MoveFolder { .. }));
    for source in others {
        let links = links_in(source);
        let leads_past = |link: &&Link| log.leads_past(source.path(), &link.destination);
        let external_links = Cover::new(links.iter().filter(leads_past).map(|link| link.span));
        let mut edits = edits_in_other_text(&moves, source.text(), &links);
        edits.retain(|edit| !external_links.holds(edit.span));
        changes.extend(change_source(source, effective_edits(source.text(), edits)));
    }
    Ok(changes)
}

/// The `edits` that change something, in text order, without overlaps and outside of external addresses.
fn effective_edits(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let mut edits = without_overlaps(outside_addresses(text, edits));
    edits.retain(|edit| edit.span.of(text) != edit.text);
    edits
}

/// The links in the record `id` that lead out of the log and state no relation. Names and numbers in them do not
/// belong to records of the log.
fn external_links(log: &Log, id: RecordId) -> Cover {
    let links_out = log.links(id).iter().filter(|link| log.leads_out(id, &link.destination));
    let mut links_out = links_out.peekable();
    // `meanings` reads the log, which most records do not need.
    if links_out.peek().is_none() {
        return Cover::default();
    }
    let meanings = log.link_meanings(id);
    let unresolved = links_out.filter(|link| meanings.of(&link.destination).is_none());
    Cover::new(unresolved.map(|link| link.span))
}

/// A mention of a number that several records share, so that the record it refers to is unknown. Links are not
/// included, as they are resolved by their destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmbiguousMention {
    /// The first record with the number that gets another one.
    pub about: RecordId,
    /// The record that contains the mention; `None` for other texts.
    pub within: Option<RecordId>,
    /// The place of the mention in the text.
    pub span: Span,
}

/// Returns the ambiguous mentions in the records, in log order, and those in `others`, each with the index of its
/// text. None if a record has no number.
pub fn ambiguous_mentions(
    log: &Log,
    renumberings: &[Renumbering],
    others: &[Source],
) -> (Vec<AmbiguousMention>, Vec<(usize, AmbiguousMention)>) {
    let Ok(all_moves) = number_moves(log, renumberings) else { return (vec![], vec![]) };
    let moves = NumberMoves::new(&all_moves);
    let mut in_records = Vec::new();
    for (id, record) in log.iter() {
        let candidates = ambiguous_in(&moves, record.text(), Some(id));
        if candidates.is_empty() {
            continue;
        }
        let meanings = log.link_meanings(id);
        let resolved_links =
            log.links(id).iter().filter(|link| meanings.of(&link.destination).is_some());
        let resolved_links = Cover::new(resolved_links.map(|link| link.span));
        let candidates = candidates.into_iter();
        in_records.extend(candidates.filter(|mention| !resolved_links.holds(mention.span)));
    }
    let in_others = others.iter().enumerate().flat_map(|(index, source)| {
        let mentions = ambiguous_in(&moves, source.text(), None);
        mentions.into_iter().map(move |mention| (index, mention))
    });
    (in_records, in_others.collect())
}

/// The mentions in a text of which only the number is known, and which several records share.
fn ambiguous_in(
    moves: &NumberMoves<'_, '_>,
    text: &str,
    within: Option<RecordId>,
) -> Vec<AmbiguousMention> {
    let mut mentions = moves.mentions_in(text);
    mentions.retain(|mention| moves.meant_by(mention, within).is_none());
    if mentions.is_empty() {
        return vec![];
    }
    let file_names = Cover::new(moves.names_in(text).into_iter().map(|name| name.span));
    mentions.retain(|mention| !file_names.overlaps(mention.span));
    mentions.sort_unstable_by_key(|mention| mention.span);
    let spans = mentions.iter().map(|mention| mention.span).collect();
    let internal_spans: BTreeSet<Span> = spans_outside_addresses(text, spans).into_iter().collect();
    let internal = mentions.iter().filter(|mention| internal_spans.contains(&mention.span));
    internal
        .filter_map(|mention| {
            let about = moves.get(moves.candidate(mention)?)?.renumbering.id;
            Some(AmbiguousMention { about, within, span: mention.span })
        })
        .collect()
}

/// Edits of several moves. If edits overlap, the edits of an earlier move win, in any order of adding them.
#[derive(Default)]
struct MoveEdits(Vec<(usize, Edit)>);

impl MoveEdits {
    fn add(&mut self, move_index: usize, edits: impl IntoIterator<Item = Edit>) {
        self.0.extend(edits.into_iter().map(|edit| (move_index, edit)));
    }

    fn in_order(mut self) -> Vec<Edit> {
        self.0.sort_by_key(|(move_index, _)| *move_index);
        self.0.into_iter().map(|(_, edit)| edit).collect()
    }
}

/// The edits of the heading and the front matter of the record itself.
fn own_number_edits(own_move: &NumberMove<'_>, record: &Record) -> Vec<Edit> {
    let text = record.text();
    let heading_number = record.heading_number.as_ref();
    let heading =
        heading_number.and_then(|number| first_number(own_move, text, number.span, number.value));
    let front = record.document.front_matter.as_ref();
    let old_number = own_move.old_number;
    let numbers = value_spans(front, &NUMBER_KEYS)
        .filter_map(|span| first_number(own_move, text, span, old_number));
    let addresses = value_spans(front, &ADDRESS_KEYS)
        .filter_map(|span| first_number(own_move, text, last_path_part(text, span), old_number));
    heading.into_iter().chain(numbers).chain(addresses).collect()
}

/// The values of the entries with one of `keys`.
fn value_spans<'r>(
    front: Option<&'r FrontMatter>,
    keys: &'r [&str],
) -> impl Iterator<Item = Span> + 'r {
    let entries = front.into_iter().flat_map(|front| &front.entries);
    let matching = entries.filter(|entry| keys.contains(&entry.key.value.to_lowercase().as_str()));
    matching.map(|entry| entry.value.span)
}

/// The last part of the address at `span`.
fn last_path_part(text: &str, span: Span) -> Span {
    let address = span.of(text).trim_end_matches(['/', '"', '\'', ' ']);
    let start = address.rfind('/').map_or(0, |slash| slash + 1);
    Span::new(start, address.len()).shift(span.start)
}

/// The edits of every reference in the record `id` to a record that gets another number.
fn edits_in_record(moves: &NumberMoves<'_, '_>, log: &Log, id: RecordId) -> Vec<Edit> {
    let text = log.record(id).text();
    let mut edits = MoveEdits::default();
    add_name_edits(moves, &moves.names_in(text), &mut edits);
    add_mention_edits(moves, text, Some(id), &mut edits);
    let meanings = log.link_meanings(id);
    for link in log.links(id) {
        let target = meanings.of(&link.destination).and_then(|id| moves.of_record(id));
        let Some((index, target)) = target else { continue };
        let words_end = link.destination_span.start.max(link.span.start);
        let words = Span::new(link.span.start, words_end);
        edits.add(index, first_number(target, text, words, target.old_number));
        edits.add(index, former_name_edit(target, text, link));
    }
    for (relation, target) in log.relations(id) {
        let reference = &relation.reference;
        let by_shared_number = || {
            let number = Number::read(reference.text.trim())?;
            let index = moves.shared_number(number.value, id)?;
            Some((index, moves.get(index)?))
        };
        let target = target.map_or_else(by_shared_number, |target| moves.of_record(target));
        if let Some((index, target)) = target {
            edits.add(index, first_number(target, text, reference.span, target.old_number));
        }
    }
    edits.in_order()
}

/// The edits of every reference in a text that is not a record. A link refers to a record only by the name of its
/// file.
fn edits_in_other_text(moves: &NumberMoves<'_, '_>, text: &str, links: &[Link]) -> Vec<Edit> {
    let mut edits = MoveEdits::default();
    let names = moves.names_in(text);
    add_name_edits(moves, &names, &mut edits);
    add_mention_edits(moves, text, None, &mut edits);
    for link in links.iter().filter(|link| link.kind == LinkKind::Link) {
        let path = link.destination_span;
        let words = Span::new(link.span.start, path.start);
        // The names are in text order: search for those in the path.
        let first_name = names.partition_point(|name| name.span.start < path.start);
        let path_names =
            names.iter().skip(first_name).take_while(|name| name.span.start < path.end);
        let mut handled_moves = BTreeSet::new();
        for name in path_names.filter(|name| path.contains(name.span)) {
            if handled_moves.insert(name.owner) {
                let target = moves.get(name.owner);
                let number_edit =
                    |target: &NumberMove<'_>| first_number(target, text, words, target.old_number);
                edits.add(name.owner, target.and_then(number_edit));
            }
        }
    }
    edits.in_order()
}

/// Adds the edits of file names that change.
fn add_name_edits(moves: &NumberMoves<'_, '_>, names: &[NameMatch<'_>], edits: &mut MoveEdits) {
    for name in names {
        let target = moves.get(name.owner);
        let new_name = target.and_then(|target| target.renaming.replacement(name.name));
        edits.add(name.owner, new_name.map(|new_name| Edit::replace(name.span, new_name)));
    }
}

/// Adds the edits of mentions that refer to a record with another number.
fn add_mention_edits(
    moves: &NumberMoves<'_, '_>,
    text: &str,
    author: Option<RecordId>,
    edits: &mut MoveEdits,
) {
    for mention in moves.mentions_in(text) {
        let index = moves.meant_by(&mention, author);
        let Some((index, target)) = index.and_then(|index| Some((index, moves.get(index)?))) else {
            continue;
        };
        let new_digits = padded_like(mention.digits.of(text), target.renumbering.number);
        edits.add(index, [Edit::replace(mention.digits, new_digits)]);
    }
}

/// The edit of the number in a link to a former name of the file, by which it is still found.
fn former_name_edit(target: &NumberMove<'_>, text: &str, link: &Link) -> Option<Edit> {
    let destination = link.destination_span;
    let path = destination.of(text).split(['#', '?']).next().unwrap_or_default();
    let mut number_start = path.rfind('/').map_or(0, |slash| slash + 1);
    // The digits of `%20` are not part of the name.
    while let Some(byte) = path.as_bytes().get(number_start).filter(|byte| !byte.is_ascii_digit()) {
        number_start += if *byte == b'%' { 3 } else { 1 };
    }
    let from_number = Span::new(number_start.min(path.len()), path.len()).shift(destination.start);
    let has_words = destination != link.span;
    has_words.then(|| first_number(target, text, from_number, target.old_number))?
}

/// The edit of the first number within `span`, if it is `old_number`.
fn first_number(
    target: &NumberMove<'_>,
    text: &str,
    span: Span,
    old_number: Number,
) -> Option<Edit> {
    let within = span.of(text);
    let digits_start = within.find(|c: char| c.is_ascii_digit())?;
    let from_digits = within.get(digits_start..)?;
    let digit_count = from_digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(from_digits.len());
    let digits = from_digits.get(..digit_count)?;
    (digits.parse() == Ok(old_number.value)).then(|| {
        let start = span.start + digits_start;
        let new_digits = padded_like(digits, target.renumbering.number);
        Edit::replace(Span::new(start, start + digit_count), new_digits)
    })
}

/// The facts that contain numbers of records.
const FACTS_WITH_NUMBERS: [Fact; 10] = [
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

/// Returns the changes to a record that gets another number, after checking that it is read with that number.
fn renumbered_record(
    own_move: &NumberMove<'_>,
    record: &Record,
    edits: Vec<Edit>,
    words: &Words,
) -> Result<Vec<Change>> {
    let allowed = AllowedChanges::renumbering(FACTS_WITH_NUMBERS);
    let guard = Guard { words, allowed: &allowed };
    let after = guard.check_renamed(record, &edits, Some(&own_move.renaming))?;
    let new_number = after.number.as_ref().map(|number| number.value.value);
    if new_number != Some(own_move.renumbering.number) {
        return Err(Refusal::CannotEdit { path: record.source.path().to_owned() }.into());
    }
    guard.change_renamed(record, edits, &own_move.renaming)
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
    fn all_references_follow_the_new_number() {
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
    fn a_record_with_an_obstacle_stops_the_change() {
        let conflict = "# 13. B\n\n<<<<<<< HEAD\nADR-12\n=======\nx\n>>>>>>> b\n";
        let log = log(&[("0012-a.md", "# 12. A\n"), ("0013-b.md", conflict)]);
        let refused = "`0013-b.md` has an unresolved merge conflict at line 3";
        assert_eq!(changes(&log, &[]), Err(refused.to_owned()));
    }
}
