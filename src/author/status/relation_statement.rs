//! A relation as a statement in the text of a record.

use super::revision::NewRelation;
use crate::author::edits::{
    add_values, new_key, new_list_key, statement_below_title, statement_in_section,
    statement_like_status,
};
use crate::author::naming::RecordLink;
use crate::format::Words;
use crate::model::{Layout, Record, Reference, RelationKind};
use crate::syntax::Entry;
use crate::text::Edit;

/// Whether `record` states the relation already.
pub(super) fn states_relation(record: &Record, new: &NewRelation) -> bool {
    if new.kind == RelationKind::Other || !new.target.has_digit() {
        // Unknown words, and links to names without a number, are not always read as a relation. Search for the
        // text instead.
        let link = new.target.markdown(record);
        let front_matter_line = format!("{}: {}", front_matter_key(new), new.target.plain_name());
        let statements =
            [format!("{} {link}", new.verb), format!("{}: {link}", new.verb), front_matter_line];
        return statements.iter().any(|statement| record.text().contains(statement));
    }
    let path = new.target.path_from(&record.file);
    let is_target = |reference: &Reference| match &reference.destination {
        Some(destination) => *destination == path,
        None => reference.text == new.target.plain_name(),
    };
    let mut relations = record.relations.iter();
    relations.any(|relation| relation.kind == new.kind && is_target(&relation.reference))
}

/// The key of a relation in front matter: its verb, with hyphens.
fn front_matter_key(new: &NewRelation) -> String {
    new.verb.to_lowercase().replace(' ', "-")
}

/// The entry of the front matter with relations of this kind.
pub(super) fn relation_entry<'r>(
    record: &'r Record,
    kind: RelationKind,
    words: &Words,
) -> Option<&'r Entry> {
    let front = record.document.front_matter.as_ref()?;
    front.entries.iter().find(|entry| words.relation(&entry.key.value) == Some(kind))
}

/// The edits that state the relation `new` to all of `targets`.
pub(super) fn relation_edits(
    record: &Record,
    new: &NewRelation,
    targets: &[&RecordLink],
    words: &Words,
) -> Option<Vec<Edit>> {
    let text = record.text();
    let names: Vec<&str> = targets.iter().map(|target| target.plain_name()).collect();
    if let Some(entry) = relation_entry(record, new.kind, words) {
        return Some(vec![add_values(text, entry, &names)?]);
    }
    let line_layouts = [Layout::Table, Layout::Bullet, Layout::Bold, Layout::Line];
    let last_on_line = record
        .relations
        .iter()
        .rev()
        .find(|relation| relation.kind == new.kind && line_layouts.contains(&relation.layout));
    // An existing list of the same relation grows.
    if let Some(relation) = last_on_line {
        let offset = relation.reference.span.end;
        let links = targets.iter().map(|target| format!(", {}", target.markdown(record)));
        return Some(vec![Edit::insert(offset, links.collect::<String>())]);
    }
    let each = |edit: &dyn Fn(&RecordLink) -> Option<Edit>| -> Option<Vec<Edit>> {
        targets.iter().map(|target| edit(target)).collect()
    };
    let below_title = |target: &RecordLink| statement_below_title(record, &new.verb, target);
    let Some(status) = record.statuses.first() else { return each(&below_title) };
    match status.layout {
        Layout::FrontMatter => {
            let front = record.document.front_matter.as_ref()?;
            let key = front_matter_key(new);
            Some(vec![match names.as_slice() {
                [name] => new_key(record, front, &key, name),
                names => new_list_key(record, front, &key, names),
            }])
        }
        Layout::Section => each(&|target| statement_in_section(record, status, &new.verb, target)),
        Layout::Table | Layout::Bullet | Layout::Bold | Layout::Line => {
            let links: Vec<String> = targets.iter().map(|target| target.markdown(record)).collect();
            Some(vec![statement_like_status(record, status, &new.verb, &links.join(", "))?])
        }
        _ => each(&below_title),
    }
}
