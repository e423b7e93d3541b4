//! Edits of one place in which a record states a field.

use crate::author::edits::{
    add_value, append_item, append_value, fill_value, line_end, line_ending, remove_item,
    remove_value,
};
use crate::format::{Field, FieldPlace};
use crate::model::{Layout, Record};
use crate::syntax::Entry;
use crate::text::{Edit, Span};

/// Adds a value to a place.
pub(super) fn filled_or_grown(
    record: &Record,
    place: &FieldPlace,
    field: Field,
    value: &str,
) -> Option<Edit> {
    let text = record.text();
    if place.items.is_empty() {
        return filled(record, place, value);
    }
    if place.layout == Layout::FrontMatter {
        let entry = entry_of(record, place)?;
        let is_scalar = entry.value.scalar().is_some();
        // A tag may contain spaces and commas; only several tags on one line are separated by commas.
        let is_comma_list = is_scalar && place.items.len() > 1 && !value.contains(',');
        return if field == Field::Tags && !is_comma_list || !is_scalar {
            add_value(text, entry, value)
        } else {
            append_value(text, entry, value)
        };
    }
    append_item(text, &item_spans(place), &escaped_for(place.layout, value))
}

/// Writes a value into a place that has none.
pub(super) fn filled(record: &Record, place: &FieldPlace, value: &str) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        return fill_value(text, entry_of(record, place)?, value);
    }
    let value = escaped_for(place.layout, value);
    if !place.value.is_empty() {
        return Some(Edit::replace(place.value, value));
    }
    Some(match place.layout {
        Layout::Table => Edit::insert(place.value.start, format!("{value} ")),
        Layout::Section => {
            let ending = line_ending(text);
            let sections = &record.document.sections;
            let section = sections.iter().find(|one| one.title_span == place.key.span)?;
            Edit::insert(section.heading.end, format!("{ending}{value}{ending}"))
        }
        _ => {
            let key_line_end = line_end(text, place.key.span.end);
            let offset = text.get(..key_line_end)?.trim_end().len();
            Edit::insert(offset, format!(" {value}"))
        }
    })
}

/// Removes the value at `index` from a place.
pub(super) fn shrunk(record: &Record, place: &FieldPlace, index: usize) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        return remove_value(text, entry_of(record, place)?, index, &place.items);
    }
    remove_item(text, &item_spans(place), index)
}

/// The entry of the front matter that is this place.
fn entry_of<'r>(record: &'r Record, place: &FieldPlace) -> Option<&'r Entry> {
    let front = record.document.front_matter.as_ref()?;
    front.entries.iter().find(|entry| entry.key.span == place.key.span)
}

fn item_spans(place: &FieldPlace) -> Vec<Span> {
    place.items.iter().map(|item| item.span).collect()
}

/// `value` as it is written in this layout.
fn escaped_for(layout: Layout, value: &str) -> String {
    if layout == Layout::Table { value.replace('|', "\\|") } else { value.to_owned() }
}
