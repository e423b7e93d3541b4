//! A relation as a statement in the text of a record.

use super::revision::NewRelation;
use crate::author::edits::{
    add_values, new_key, new_list_key, statement_below_title, statement_in_section,
    statement_like_status,
};
use crate::author::naming::Target;
use crate::format::Words;
use crate::model::{Layout, Record, Reference, RelationKind};
use crate::text::Edit;

/// Whether `record` states the relation already.
pub(super) fn states(record: &Record, new: &NewRelation) -> bool {
    if new.kind == RelationKind::Other || !new.target.has_digit() {
        // Words that nobody knows, and links to names without a number, are not always read as a
        // relation: they only have to be there.
        let said = |name: &str, between: &str| {
            record.text().contains(&format!("{}{between}{name}", new.verb))
        };
        let link = new.target.link(record);
        let key = new.verb.to_lowercase().replace(' ', "-");
        let plain = format!("{key}: {}", new.target.plain());
        return said(&link, " ") || said(&link, ": ") || record.text().contains(&plain);
    }
    let path = new.target.path_from(&record.file);
    let is_meant = |reference: &Reference| match &reference.destination {
        Some(to) => *to == path,
        None => reference.text == new.target.plain(),
    };
    let mut relations = record.relations.iter();
    relations.any(|relation| relation.kind == new.kind && is_meant(&relation.reference))
}

/// The entry of the front matter that holds relations of this kind.
pub(super) fn key_for<'r>(
    record: &'r Record,
    kind: RelationKind,
    words: &Words,
) -> Option<&'r crate::syntax::Entry> {
    let front = record.document.front_matter.as_ref()?;
    front.entries.iter().find(|entry| words.relation(&entry.key.value) == Some(kind))
}

/// How the relation `new` to all of `targets` is stated.
pub(super) fn relation_edits(
    record: &Record,
    new: &NewRelation,
    targets: &[&Target],
    words: &Words,
) -> Option<Vec<Edit>> {
    let text = record.text();
    let names: Vec<&str> = targets.iter().map(|target| target.plain()).collect();
    if let Some(entry) = key_for(record, new.kind, words) {
        return Some(vec![add_values(text, entry, &names)?]);
    }
    // A list of the same relation grows.
    let listed = [Layout::Table, Layout::Bullet, Layout::Bold, Layout::Line];
    let known = record.relations.iter().rev();
    let known = known.filter(|one| one.kind == new.kind && listed.contains(&one.layout));
    if let Some(relation) = known.into_iter().next() {
        let at = relation.reference.span.end;
        let more = targets.iter().map(|target| format!(", {}", target.link(record)));
        return Some(vec![Edit::insert(at, more.collect::<String>())]);
    }
    let each = |edit: &dyn Fn(&Target) -> Option<Edit>| -> Option<Vec<Edit>> {
        targets.iter().map(|target| edit(target)).collect()
    };
    let below_title = |target: &Target| statement_below_title(record, &new.verb, target);
    let Some(status) = record.statuses.first() else { return each(&below_title) };
    match status.layout {
        Layout::FrontMatter => {
            let front = record.document.front_matter.as_ref()?;
            let key = new.verb.to_lowercase().replace(' ', "-");
            Some(vec![match names.as_slice() {
                [name] => new_key(record, front, &key, name),
                names => new_list_key(record, front, &key, names),
            }])
        }
        Layout::Section => each(&|target| statement_in_section(record, status, &new.verb, target)),
        Layout::Table | Layout::Bullet | Layout::Bold | Layout::Line => {
            let links: Vec<String> = targets.iter().map(|target| target.link(record)).collect();
            Some(vec![statement_like_status(record, status, &new.verb, &links.join(", "))?])
        }
        _ => each(&below_title),
    }
}
