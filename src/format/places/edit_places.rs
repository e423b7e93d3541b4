//! Finds the places in which a record states a field, for commands that change them. Finds the same places as the
//! reader, and also empty ones.

use super::record_reader::{RecordFile, RecordReader, layout_of};
use crate::format::fields::{items_of_node, items_of_text};
use crate::format::references::read_file_name;
use crate::format::words::{Field, ONLY_READ, Words};
use crate::model::{Layout, Record};
use crate::syntax::{Form, statements};
use crate::text::{Span, Spanned};

/// A place in which a field is stated.
#[derive(Clone, Debug)]
pub struct FieldPlace {
    /// The key as written, without markup and colon.
    pub key: Spanned<String>,
    /// The bytes of the value, including quotation marks and brackets; empty without a value.
    pub value: Span,
    /// How it is written down.
    pub layout: Layout,
    /// The values that are read there, in the order of the text.
    pub items: Vec<Spanned<String>>,
    rank: usize,
}

impl FieldPlace {
    /// Whether the key is a word for the field, and not for another one that is read as it.
    pub fn is_proper(&self) -> bool {
        self.rank < ONLY_READ
    }
}

/// The places in which `record` states `field`, those with the most proper key first, then in the order in
/// which they take precedence.
pub fn places(record: &Record, field: Field, words: &Words) -> Vec<FieldPlace> {
    let name = read_file_name(&record.file);
    let file = RecordFile { path: &record.file, name: &name };
    let mut reader = RecordReader::new(record.text(), &record.document, file, words);
    reader.read_identity();
    let mut places = places_in_front_matter(record, field, words);
    let mut sections = reader.sections.iter();
    let status_section = sections.find(|section| words.is_status_key(section.heading));
    let regions = [Some(reader.header()), status_section.map(|section| section.section.body)];
    for region in regions.into_iter().flatten() {
        push_statements(record, region, field, words, &mut places);
    }
    places.extend(sections_of_field(&reader, field));
    places.sort_by_key(|place| (place.rank, place.layout));
    places
}

/// The rank of `key` among the keys of `field`, if it is one.
fn rank(key: &str, field: Field, words: &Words) -> Option<usize> {
    words.field(key).filter(|(named_field, _)| *named_field == field).map(|(_, rank)| rank)
}

fn places_in_front_matter(record: &Record, field: Field, words: &Words) -> Vec<FieldPlace> {
    let front_matter = record.document.front_matter.as_ref();
    let entries = front_matter.into_iter().flat_map(|front_matter| &front_matter.entries);
    let places = entries.filter_map(|entry| {
        Some(FieldPlace {
            key: entry.key.clone(),
            value: entry.value.span,
            layout: Layout::FrontMatter,
            items: items_of_node(record.text(), &entry.value, words),
            rank: rank(&entry.key.value, field, words)?,
        })
    });
    places.collect()
}

/// Adds the statements of `field` in `region` that are not yet in `places`.
fn push_statements(
    record: &Record,
    region: Span,
    field: Field,
    words: &Words,
    places: &mut Vec<FieldPlace>,
) {
    let text = record.text();
    for statement in statements(text, region) {
        let is_header_row =
            statement.form == Form::Table && words.field(statement.value.of(text)).is_some();
        let rank = rank(&statement.key.value, field, words).filter(|_| !is_header_row);
        let Some(rank) = rank else { continue };
        if places.iter().any(|place| place.key.span == statement.key.span) {
            continue;
        }
        places.push(FieldPlace {
            key: statement.key,
            value: statement.value,
            layout: layout_of(statement.form),
            items: items_of_text(text, statement.value, words),
            rank,
        });
    }
}

fn sections_of_field(reader: &RecordReader<'_>, field: Field) -> Vec<FieldPlace> {
    let sections = reader.sections.iter().filter(|section| section.section.level > 1);
    let places = sections.filter_map(|section| {
        let rank = rank(section.heading, field, reader.words)?;
        let value = section.section.body.trim(reader.text);
        Some(FieldPlace {
            key: Spanned::new(section.heading.to_owned(), section.section.title_span),
            value,
            layout: Layout::Section,
            items: items_of_text(reader.text, value, reader.words),
            rank,
        })
    });
    places.collect()
}
