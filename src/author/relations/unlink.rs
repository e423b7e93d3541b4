//! A relation that is taken back: what one record says about another goes, and no other byte.

use super::relate::Claim;
use crate::author::edits::{cut, end_of_line, line_start, remove_item, set_value, whole_lines};
use crate::author::guard::{Guard, Scope};
use crate::author::naming::Target;
use crate::format::{Fact, Words};
use crate::model::{Layout, Log, Record, RecordId, Relation, RelationKind};
use crate::syntax::NodeKind;
use crate::text::{Change, Edit, Span};
use crate::{Refusal, Result};

/// The changes after which `from` no longer makes `claim` about `to`, nor `to` the `reverse` about
/// it, in log order; none where neither does. A status stays what it is.
///
/// # Errors
///
/// Where a record is written in a way that cannot be changed without harm.
pub fn unlink(
    log: &Log,
    (from, claim): (RecordId, &Claim),
    (to, reverse): (RecordId, &Claim),
    words: &Words,
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let mut ends = [(from, claim, to), (to, reverse, from)];
    ends.sort_by_key(|(id, _, _)| *id);
    for (id, claim, other) in ends {
        let record = log.record(id);
        let after = without(log, id, claim, other, words)?;
        if let Some(after) = after {
            let edits = vec![Edit::between(record.text(), after.text())];
            changes.extend(Guard { words, scope: &scope() }.change(record, edits)?);
        }
    }
    Ok(changes)
}

/// The record `id` without all that it claims of this kind about `other`; `None` where it does not.
fn without(
    log: &Log,
    id: RecordId,
    claim: &Claim,
    other: RecordId,
    words: &Words,
) -> Result<Option<Record>> {
    let record = log.record(id);
    let target = Target::of(log, other);
    let refused = || Refusal::CannotEdit { path: record.source.path().to_owned() };
    let guard = Guard { words, scope: &scope() };
    let meant = |relation: &Relation, to: Option<RecordId>| {
        relation.kind == claim.kind && to == Some(other)
    };
    let names: Vec<&str> = log
        .relations(id)
        .filter(|(relation, to)| meant(relation, *to))
        .map(|(relation, _)| relation.reference.text.as_str())
        .collect();
    // Not read as a relation, see `states` in `revise`.
    if names.is_empty() && (claim.kind == RelationKind::Other || !target.has_digit()) {
        let Some(edit) = in_other_words(record, &claim.verb, &target) else { return Ok(None) };
        let after = guard.check(record, &[edit])?;
        let is_same = stated(&after) == stated(record);
        return if is_same { Ok(Some(after)) } else { Err(refused().into()) };
    }
    let mut now: Option<Record> = None;
    // One after the other, each read again, as several may stand in one row.
    for name in names {
        let before = now.as_ref().unwrap_or(record);
        let relation = before
            .relations
            .iter()
            .position(|one| one.kind == claim.kind && one.reference.text == name);
        let Some(at) = relation else { continue };
        let ways = ways(before, at, words);
        if let Some(edit) = ways.first() {
            guard.is_fit(before, std::slice::from_ref(edit))?;
        }
        let read = ways.into_iter().filter_map(|edit| guard.check(before, &[edit]).ok());
        let mut expected = stated(before);
        expected.remove(at);
        let mut good = read.filter(|after| stated(after) == expected);
        now = Some(good.next().ok_or_else(|| {
            let path = record.source.path().to_owned();
            let at = before.relations.get(at).map_or(0, |one| one.span.start);
            Refusal::Entangled { path, line: before.source.line_column(at).line }
        })?);
    }
    Ok(now)
}

/// The relations that a record states.
fn stated(record: &Record) -> Vec<(RelationKind, String)> {
    let relations = record.relations.iter();
    relations.map(|one| (one.kind, one.reference.text.clone())).collect()
}

/// What may change with a relation. In words that are not known it is a key of its own.
fn scope() -> Scope {
    Scope::changing([Fact::Relations, Fact::Links, Fact::Keys])
}

/// The ways to take the relation `at` away, the cleanest first.
fn ways(record: &Record, at: usize, words: &Words) -> Vec<Edit> {
    let Some(relation) = record.relations.get(at) else { return vec![] };
    let text = record.text();
    let reference = relation.reference.span;
    let alike = |one: &&Relation| one.kind == relation.kind && one.span == relation.span;
    let row: Vec<Span> =
        record.relations.iter().filter(alike).map(|one| one.reference.span).collect();
    let place = row.iter().position(|one| *one == reference).unwrap_or_default();
    if relation.layout == Layout::FrontMatter
        && let Some(edit) = in_front_matter(record, reference, (&row, place), words)
    {
        return vec![edit];
    }
    let mut ways = Vec::new();
    if row.len() > 1 {
        ways.extend(remove_item(text, &row, place));
    }
    let claim = relation.span;
    if is_all(text, claim) {
        ways.push(Edit::replace(cut(text, claim), ""));
    }
    // Of `Superseded by X` the status stays.
    let status = words.statuses_in(claim.of(text)).first().map(|(span, _)| span.shift(claim.start));
    if let Some(word) = status.filter(|word| word.start == claim.start) {
        ways.push(Edit::replace(Span::new(word.end, reference.end), ""));
    }
    let before = text.get(..claim.start).unwrap_or_default();
    let bare = before.trim_end_matches([' ', '\t', ';', ',', '-', '–', '—']);
    let behind = text.get(claim.end..).unwrap_or_default();
    // Brackets that hold nothing else go with it.
    if bare.ends_with('(') && behind.starts_with(')') {
        let kept = bare.trim_end_matches('(').trim_end_matches([' ', '\t']).len();
        ways.push(Edit::replace(Span::new(kept, claim.end + 1), ""));
    }
    ways.push(Edit::replace(Span::new(bare.len(), claim.end), ""));
    ways.retain(|edit| is_clean(text, edit));
    ways
}

/// Whether the line that the edit leaves behind reads as if nothing had been there: it begins with no
/// mark that ends something, and no bracket is empty.
fn is_clean(text: &str, edit: &Edit) -> bool {
    let head = Span::new(line_start(text, edit.span.start), edit.span.start).of(text);
    let tail = Span::new(edit.span.end, end_of_line(text, edit.span.end)).of(text);
    let said = head.trim_start_matches([' ', '\t', '-', '*', '+', '>', '|', '_']).trim_end();
    let rest = tail.trim_start_matches(['*', '_', '`', '~']).trim_start();
    let ends_something = rest.starts_with([',', ';', ':', '.', ')', ']']);
    let is_bare = said.is_empty() || said.ends_with(['(', ',', ';', ':', '[']);
    let dangles = is_bare && ends_something
        || said.ends_with('(') && rest.starts_with(char::is_alphanumeric)
        || said.ends_with([',', ';', '(']) && rest.is_empty();
    !dangles
}

/// Whether nothing stands beside `span` on its lines but marks.
fn is_all(text: &str, span: Span) -> bool {
    let before = Span::new(line_start(text, span.start), span.start).of(text);
    let after = Span::new(span.end, end_of_line(text, span.end)).of(text);
    !before.contains(char::is_alphanumeric) && !after.contains(char::is_alphanumeric)
}

fn in_front_matter(
    record: &Record,
    reference: Span,
    (row, place): (&[Span], usize),
    words: &Words,
) -> Option<Edit> {
    let text = record.text();
    let entries = &record.document.front_matter.as_ref()?.entries;
    let entry = entries.iter().find(|entry| entry.value.span.contains(reference))?;
    let whole = || {
        let end = end_of_line(text, entry.value.span.end);
        let lines = Span::new(line_start(text, entry.key.span.start), end);
        Some(Edit::replace(whole_lines(text, lines), ""))
    };
    match &entry.value.kind {
        NodeKind::List(nodes) => {
            let at = nodes.iter().position(|node| node.span.contains(reference))?;
            let spans: Vec<Span> = nodes.iter().map(|node| node.span).collect();
            match spans.as_slice() {
                [only] if entry.value.span.of(text).starts_with('[') => {
                    Some(Edit::replace(*only, ""))
                }
                [_] => whole(),
                _ => remove_item(text, &spans, at),
            }
        }
        _ if row.len() > 1 => remove_item(text, row, place),
        _ if words.is_status_key(&entry.key.value) => {
            let value = entry.value.scalar()?;
            let word = words.statuses_in(value).first().map(|(span, _)| span.of(value))?;
            set_value(text, entry, word)
        }
        _ => whole(),
    }
}

/// The line in which `verb`, which nobody knows, stands before the name of `target`.
fn in_other_words(record: &Record, verb: &str, target: &Target) -> Option<Edit> {
    let text = record.text();
    let key = verb.to_lowercase().replace(' ', "-");
    let front = record.document.front_matter.as_ref();
    if let Some(entry) = front.and_then(|front| front.entry(&[&key])) {
        let scalars = entry.value.scalars();
        let named = scalars.iter().find(|one| one.value == target.plain())?;
        let only = NodeKind::Scalar(target.plain().to_owned());
        if entry.value.kind == only {
            let end = end_of_line(text, entry.value.span.end);
            let lines = Span::new(line_start(text, entry.key.span.start), end);
            return Some(Edit::replace(whole_lines(text, lines), ""));
        }
        let spans: Vec<Span> = scalars.iter().map(|one| one.span).collect();
        let at = spans.iter().position(|span| *span == named.span)?;
        return remove_item(text, &spans, at);
    }
    let link = target.link(record);
    text.match_indices(&link).find_map(|(at, _)| {
        let start = line_start(text, at);
        let before = Span::new(start, at).of(text).trim_end_matches(|c: char| !c.is_alphanumeric());
        let head = before.len().checked_sub(verb.len())?;
        let said = before.get(head..).filter(|said| said.eq_ignore_ascii_case(verb))?;
        let claim = Span::new(start + head, at + link.len());
        (!said.is_empty() && is_all(text, claim)).then(|| Edit::replace(cut(text, claim), ""))
    })
}

#[cfg(test)]
mod tests {
    use super::unlink;
    use crate::author::Claim;
    use crate::author::testing::{after, log, words};
    use crate::model::{RecordId, RelationKind};

    /// The first record without its claim about the second.
    fn without(text: &str, kind: RelationKind) -> Result<String, String> {
        let log = log(&[("0001-a.md", text), ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n")]);
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        let (claim, reverse) = (Claim::of(kind), Claim::of(kind.inverse()));
        let changes = unlink(&log, (ids[0], &claim), (ids[1], &reverse), &words());
        let changes = changes.map_err(|error| error.to_string())?;
        Ok(after(&log, "0001-a.md", &changes))
    }

    #[test]
    fn a_relation_goes_with_its_line_and_the_rest_stays() {
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
    fn a_relation_with_a_comment_of_its_own_is_left_to_people() {
        let text = "---\nstatus: accepted\namends: ADR-0002 # in part\n---\n\n# A\n";
        let refused =
            "`0001-a.md:3` says more than that relation, and would read wrongly without it";
        assert_eq!(without(text, RelationKind::Amends), Err(refused.to_owned()));
    }
}
