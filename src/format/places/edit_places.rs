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
    /// The bytes of the value, including quotation marks and brackets; empty if there is no value.
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
    let text = record.text();
    let name = read_file_name(&record.file);
    let file = RecordFile { path: &record.file, name: &name };
    let mut reader = RecordReader::new(text, &record.document, file, words);
    reader.read_identity();
    let rank = |key: &str| words.field(key).filter(|(of, _)| *of == field).map(|(_, rank)| rank);
    let mut places = Vec::new();
    let front_matter = record.document.front_matter.as_ref();
    for entry in front_matter.into_iter().flat_map(|front_matter| &front_matter.entries) {
        places.extend(rank(&entry.key.value).map(|rank| FieldPlace {
            key: entry.key.clone(),
            value: entry.value.span,
            layout: Layout::FrontMatter,
            items: items_of_node(text, &entry.value, words),
            rank,
        }));
    }
    let mut sections = reader.sections.iter();
    let status_section = sections.find(|section| words.is_status_key(section.heading));
    let regions = [Some(reader.header()), status_section.map(|section| section.section.body)];
    for statement in regions.into_iter().flatten().flat_map(|region| statements(text, region)) {
        let is_header_row =
            statement.form == Form::Table && words.field(statement.value.of(text)).is_some();
        let Some(rank) = rank(&statement.key.value).filter(|_| !is_header_row) else { continue };
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
    for section in reader.sections.iter().filter(|section| section.section.level > 1) {
        let Some(rank) = rank(section.heading) else { continue };
        let value = section.section.body.trim(text);
        places.push(FieldPlace {
            key: Spanned::new(section.heading.to_owned(), section.section.title_span),
            value,
            layout: Layout::Section,
            items: items_of_text(text, value, words),
            rank,
        });
    }
    places.sort_by_key(|place| (place.rank, place.layout));
    places
}
