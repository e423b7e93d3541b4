//! Edits of one place that states a field.

use crate::author::edits::{
    add_value, append_item, append_value, end_of_line, eol, fill_value, remove_item, remove_value,
};
use crate::format::{Field, Place};
use crate::model::{Layout, Record};
use crate::text::{Edit, Span};

/// A place with one value more.
pub(super) fn grown(record: &Record, place: &Place, field: Field, value: &str) -> Option<Edit> {
    let text = record.text();
    if place.items.is_empty() {
        return filled(record, place, value);
    }
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        // One tag may have blanks and commas of its own; several in one line are parted by commas.
        let is_row = entry.value.scalar().is_some() && place.items.len() > 1;
        let is_row = is_row && !value.contains(',');
        return if field == Field::Tags && !is_row || entry.value.scalar().is_none() {
            add_value(text, entry, value)
        } else {
            append_value(text, entry, value)
        };
    }
    let items: Vec<Span> = place.items.iter().map(|item| item.span).collect();
    append_item(text, &items, &for_layout(value, place.layout))
}

/// A place that states nothing yet, with a value.
pub(super) fn filled(record: &Record, place: &Place, value: &str) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        return fill_value(text, entry, value);
    }
    let value = for_layout(value, place.layout);
    if !place.value.is_empty() {
        return Some(Edit::replace(place.value, value));
    }
    Some(match place.layout {
        Layout::Table => Edit::insert(place.value.start, format!("{value} ")),
        Layout::Section => {
            let eol = eol(text);
            let sections = &record.document.sections;
            let section = sections.iter().find(|one| one.title_span == place.key.span)?;
            Edit::insert(section.heading.end, format!("{eol}{value}{eol}"))
        }
        _ => {
            let end = end_of_line(text, place.key.span.end);
            let at = text.get(..end)?.trim_end().len();
            Edit::insert(at, format!(" {value}"))
        }
    })
}

/// A place with one value less.
pub(super) fn shrunk(record: &Record, place: &Place, at: usize) -> Option<Edit> {
    let text = record.text();
    if place.layout == Layout::FrontMatter {
        let front = record.document.front_matter.as_ref()?;
        let entry = front.entries.iter().find(|entry| entry.key.span == place.key.span)?;
        return remove_value(text, entry, at, &place.items);
    }
    let items: Vec<Span> = place.items.iter().map(|item| item.span).collect();
    remove_item(text, &items, at)
}

/// `value` as it is written in running text.
fn for_layout(value: &str, layout: Layout) -> String {
    if layout == Layout::Table { value.replace('|', "\\|") } else { value.to_owned() }
}
