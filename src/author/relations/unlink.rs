//! Removes a relation: what both records state about each other, and no other byte.

use super::claim::{RelationClaim, RelationEnd};
use crate::author::edits::{
    line_end, line_start, lines_with_ending, removable_lines, remove_item, set_value,
};
use crate::author::guard::{AllowedChanges, Guard};
use crate::author::naming::RecordLink;
use crate::format::{Fact, Words};
use crate::model::{Layout, Log, Record, RecordId, Relation, RelationKind};
use crate::syntax::{Entry, NodeKind};
use crate::text::{Change, Edit, Span};
use crate::{Refusal, Result};

/// Returns the changes that remove the relation from both records, in log order; none if neither states it. The
/// statuses stay.
///
/// # Errors
///
/// If a record is written in a way that cannot be changed safely.
pub fn unlink(
    log: &Log,
    from: RelationEnd<'_>,
    to: RelationEnd<'_>,
    words: &Words,
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let mut ends = [(from, to.record), (to, from.record)];
    ends.sort_by_key(|(end, _)| end.record);
    for (end, other) in ends {
        let record = log.record(end.record);
        if let Some(after) = without_claim(log, end, other, words)? {
            let edits = vec![Edit::between(record.text(), after.text())];
            changes.extend(Guard { words, allowed: &allowed_changes() }.change(record, edits)?);
        }
    }
    Ok(changes)
}

/// Returns the record of `end` without its claims about `other`; `None` if it has none.
fn without_claim(
    log: &Log,
    end: RelationEnd<'_>,
    other: RecordId,
    words: &Words,
) -> Result<Option<Record>> {
    let record = log.record(end.record);
    let claim = end.claim;
    let target = RecordLink::of(log, other);
    let guard = Guard { words, allowed: &allowed_changes() };
    let is_claim = |relation: &Relation, to: Option<RecordId>| {
        relation.kind == claim.kind && to == Some(other)
    };
    let references: Vec<&str> = log
        .relations(end.record)
        .filter(|(relation, to)| is_claim(relation, *to))
        .map(|(relation, _)| relation.reference.text.as_str())
        .collect();
    // Such claims are not always read as relations, see `states_relation`.
    if references.is_empty() && (claim.kind == RelationKind::Other || !target.has_digit()) {
        return without_unread_claim(record, claim, &target, &guard);
    }
    let mut latest: Option<Record> = None;
    // Several references may be in one list, so the record is read again after each removal.
    for reference in references {
        let before = latest.as_ref().unwrap_or(record);
        let index = before
            .relations
            .iter()
            .position(|one| one.kind == claim.kind && one.reference.text == reference);
        let Some(index) = index else { continue };
        latest = Some(without_relation(before, index, &guard)?);
    }
    Ok(latest)
}

/// Returns the record without a claim that was not read as a relation.
fn without_unread_claim(
    record: &Record,
    claim: &RelationClaim,
    target: &RecordLink,
    guard: &Guard<'_>,
) -> Result<Option<Record>> {
    let Some(edit) = unread_claim_removal(record, &claim.verb, target) else { return Ok(None) };
    let after = guard.check(record, &[edit])?;
    if stated_relations(&after) == stated_relations(record) {
        Ok(Some(after))
    } else {
        Err(Refusal::CannotEdit { path: record.source.path().to_owned() }.into())
    }
}

/// Returns the record without the relation at `index`.
fn without_relation(record: &Record, index: usize, guard: &Guard<'_>) -> Result<Record> {
    let removals = removals(record, index, guard.words);
    if let Some(edit) = removals.first() {
        guard.check_editable(record, std::slice::from_ref(edit))?;
    }
    let mut expected_relations = stated_relations(record);
    expected_relations.remove(index);
    let mut results = removals.into_iter().filter_map(|edit| guard.check(record, &[edit]).ok());
    let after = results.find(|after| stated_relations(after) == expected_relations);
    after.ok_or_else(|| {
        let path = record.source.path().to_owned();
        let offset = record.relations.get(index).map_or(0, |relation| relation.span.start);
        Refusal::Entangled { path, line: record.source.line_column(offset).line }.into()
    })
}

/// The relations that a record states.
fn stated_relations(record: &Record) -> Vec<(RelationKind, String)> {
    let relations = record.relations.iter();
    relations.map(|one| (one.kind, one.reference.text.clone())).collect()
}

/// What may change with a relation. In unknown words it is a key of front matter.
fn allowed_changes() -> AllowedChanges {
    AllowedChanges::changing([Fact::Relations, Fact::Links, Fact::Keys])
}

/// The ways to remove the relation at `index`, the cleanest first.
fn removals(record: &Record, index: usize, words: &Words) -> Vec<Edit> {
    let Some(relation) = record.relations.get(index) else { return vec![] };
    let text = record.text();
    let reference = relation.reference.span;
    let is_in_same_list = |one: &&Relation| one.kind == relation.kind && one.span == relation.span;
    let list: Vec<Span> =
        record.relations.iter().filter(is_in_same_list).map(|one| one.reference.span).collect();
    let position = list.iter().position(|one| *one == reference).unwrap_or_default();
    if relation.layout == Layout::FrontMatter
        && let Some(edit) = front_matter_removal(record, reference, &list, position, words)
    {
        return vec![edit];
    }
    let mut removals = Vec::new();
    if list.len() > 1 {
        removals.extend(remove_item(text, &list, position));
    }
    let claim = relation.span;
    if is_alone_on_lines(text, claim) {
        removals.push(Edit::replace(removable_lines(text, claim), ""));
    }
    // `Superseded by X` becomes `Superseded`.
    let status = words.statuses_in(claim.of(text)).first().map(|(span, _)| span.shift(claim.start));
    if let Some(status) = status.filter(|status| status.start == claim.start) {
        removals.push(Edit::replace(Span::new(status.end, reference.end), ""));
    }
    let text_before = text.get(..claim.start).unwrap_or_default();
    let text_before = text_before.trim_end_matches([' ', '\t', ';', ',', '-', '–', '—']);
    let text_after = text.get(claim.end..).unwrap_or_default();
    // Brackets that contain only the claim are removed with it.
    if text_before.ends_with('(') && text_after.starts_with(')') {
        let start = text_before.trim_end_matches('(').trim_end_matches([' ', '\t']).len();
        removals.push(Edit::replace(Span::new(start, claim.end + 1), ""));
    }
    removals.push(Edit::replace(Span::new(text_before.len(), claim.end), ""));
    removals.retain(|edit| leaves_clean_line(text, edit));
    removals
}

/// Whether the line after the edit reads as if the relation had never been there: it does not start with punctuation
/// that ends something, and has no empty brackets.
fn leaves_clean_line(text: &str, edit: &Edit) -> bool {
    let line_before = Span::new(line_start(text, edit.span.start), edit.span.start).of(text);
    let line_after = Span::new(edit.span.end, line_end(text, edit.span.end)).of(text);
    let line_before =
        line_before.trim_start_matches([' ', '\t', '-', '*', '+', '>', '|', '_']).trim_end();
    let line_after = line_after.trim_start_matches(['*', '_', '`', '~']).trim_start();
    let closes_something = line_after.starts_with([',', ';', ':', '.', ')', ']']);
    let opens_something =
        line_before.is_empty() || line_before.ends_with(['(', ',', ';', ':', '[']);
    let is_incomplete = opens_something && closes_something
        || line_before.ends_with('(') && line_after.starts_with(char::is_alphanumeric)
        || line_before.ends_with([',', ';', '(']) && line_after.is_empty();
    !is_incomplete
}

/// Whether the lines of `span` contain no other words.
fn is_alone_on_lines(text: &str, span: Span) -> bool {
    let text_before = Span::new(line_start(text, span.start), span.start).of(text);
    let text_after = Span::new(span.end, line_end(text, span.end)).of(text);
    !text_before.contains(char::is_alphanumeric) && !text_after.contains(char::is_alphanumeric)
}

/// Removes a reference from front matter. It is the item at `position` of `list`, the references of one statement.
fn front_matter_removal(
    record: &Record,
    reference: Span,
    list: &[Span],
    position: usize,
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    let entries = &record.document.front_matter.as_ref()?.entries;
    let entry = entries.iter().find(|entry| entry.value.span.contains(reference))?;
    match &entry.value.kind {
        NodeKind::List(nodes) => {
            let index = nodes.iter().position(|node| node.span.contains(reference))?;
            let node_spans: Vec<Span> = nodes.iter().map(|node| node.span).collect();
            match node_spans.as_slice() {
                [single] if entry.value.span.of(text).starts_with('[') => {
                    Some(Edit::replace(*single, ""))
                }
                [_] => Some(entry_removal(text, entry)),
                _ => remove_item(text, &node_spans, index),
            }
        }
        _ if list.len() > 1 => remove_item(text, list, position),
        _ if words.is_status_key(&entry.key.value) => {
            let value = entry.value.scalar()?;
            let status = words.statuses_in(value).first().map(|(span, _)| span.of(value))?;
            set_value(text, entry, status)
        }
        _ => Some(entry_removal(text, entry)),
    }
}

/// Removes all lines of an entry.
fn entry_removal(text: &str, entry: &Entry) -> Edit {
    let entry_end = line_end(text, entry.value.span.end);
    let lines = Span::new(line_start(text, entry.key.span.start), entry_end);
    Edit::replace(lines_with_ending(text, lines), "")
}

/// Removes the line with `verb`, in unknown words, before the name of `target`.
fn unread_claim_removal(record: &Record, verb: &str, target: &RecordLink) -> Option<Edit> {
    let text = record.text();
    let key = verb.to_lowercase().replace(' ', "-");
    let front = record.document.front_matter.as_ref();
    if let Some(entry) = front.and_then(|front| front.entry(&[&key])) {
        let names = entry.value.scalars();
        let index = names.iter().position(|name| name.value == target.plain_name())?;
        if entry.value.kind == NodeKind::Scalar(target.plain_name().to_owned()) {
            return Some(entry_removal(text, entry));
        }
        let name_spans: Vec<Span> = names.iter().map(|name| name.span).collect();
        return remove_item(text, &name_spans, index);
    }
    let link = target.markdown(record);
    text.match_indices(&link).find_map(|(link_start, _)| {
        let start = line_start(text, link_start);
        let text_before = Span::new(start, link_start).of(text);
        let text_before = text_before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let verb_start = text_before.len().checked_sub(verb.len())?;
        let has_verb =
            text_before.get(verb_start..).is_some_and(|words| words.eq_ignore_ascii_case(verb));
        let claim = Span::new(start + verb_start, link_start + link.len());
        (has_verb && !verb.is_empty() && is_alone_on_lines(text, claim))
            .then(|| Edit::replace(removable_lines(text, claim), ""))
    })
}

#[cfg(test)]
mod tests {
    use super::unlink;
    use crate::author::testing::{after, log, words};
    use crate::author::{RelationClaim, RelationEnd};
    use crate::model::{RecordId, RelationKind};

    /// The first record without its claim about the second.
    fn without(text: &str, kind: RelationKind) -> Result<String, String> {
        let log = log(&[("0001-a.md", text), ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n")]);
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        let (claim, reverse) = (RelationClaim::of(kind), RelationClaim::of(kind.inverse()));
        let changes = {
            let from = RelationEnd { record: ids[0], claim: &claim };
            unlink(&log, from, RelationEnd { record: ids[1], claim: &reverse }, &words())
        };
        let changes = changes.map_err(|error| error.to_string())?;
        Ok(after(&log, "0001-a.md", &changes))
    }

    #[test]
    fn a_relation_is_removed_with_its_line_and_nothing_else() {
        let text =
            |said: &str| format!("# 1. A\n\n## Status\n\nAccepted{said}\n\n## Context\n\nx\n");
        let amends = "\n\nAmends [2. B](0002-b.md)";
        assert_eq!(without(&text(amends), RelationKind::Amends), Ok(text("")));
        let front = |keys: &str| format!("---\nstatus: accepted # so far\n{keys}---\n\n# A\n");
        let keyed = front("amends: ADR-0002\n");
        assert_eq!(without(&keyed, RelationKind::Amends), Ok(front("")));
        assert_eq!(without(&text(""), RelationKind::Amends), Ok(text("")));
    }

    #[test]
    fn a_relation_with_a_comment_is_not_removed() {
        let text = "---\nstatus: accepted\namends: ADR-0002 # in part\n---\n\n# A\n";
        let refused = "`0001-a.md:3` has other text that would be wrong without the relation";
        assert_eq!(without(text, RelationKind::Amends), Err(refused.to_owned()));
    }
}
