//! Where a record states a field, for those who are to change it. Finds the same places as the
//! reader does, the empty ones too.

use super::record_reader::{RecordReader, layout_of};
use crate::format::fields::{items_of_node, items_of_text};
use crate::format::references::read_file_name;
use crate::format::words::{Field, ONLY_READ, Words};
use crate::model::{Layout, Record};
use crate::syntax::{Form, statements};
use crate::text::{Span, Spanned};

/// A place where a field is stated.
#[derive(Clone, Debug)]
pub struct FieldPlace {
    /// The key as written, without markup and colon.
    pub key: Spanned<String>,
    /// The bytes of the value, quotes and brackets included; empty where nothing is stated.
    pub value: Span,
    /// How it is written down.
    pub layout: Layout,
    /// The values that are read there, in the order of the text.
    pub items: Vec<Spanned<String>>,
    rank: usize,
}

impl FieldPlace {
    /// Whether the key is a word for the field, and not for something that is read as it.
    pub fn is_proper(&self) -> bool {
        self.rank < ONLY_READ
    }
}

/// The places where `record` states `field`, the most proper key first, then in the order in which
/// they are believed.
pub fn places(record: &Record, field: Field, words: &Words) -> Vec<FieldPlace> {
    let text = record.text();
    let name = read_file_name(&record.file);
    let mut draft = RecordReader::new(text, &record.document, (&record.file, &name), words);
    draft.identity();
    let mut places = Vec::new();
    let rank = |key: &str| words.field(key).filter(|(of, _)| *of == field).map(|(_, rank)| rank);
    let front = record.document.front_matter.as_ref();
    for entry in front.into_iter().flat_map(|front| &front.entries) {
        places.extend(rank(&entry.key.value).map(|rank| FieldPlace {
            key: entry.key.clone(),
            value: entry.value.span,
            layout: Layout::FrontMatter,
            items: items_of_node(text, &entry.value, words),
            rank,
        }));
    }
    let status = draft.parts.iter().find(|part| words.is_status_key(part.bare));
    let regions = [Some(draft.head()), status.map(|part| part.section.body)];
    for region in regions.into_iter().flatten() {
        for one in statements(text, region) {
            let is_key = words.field(one.value.of(text)).is_some() && one.form == Form::Table;
            let Some(rank) = rank(&one.key.value).filter(|_| !is_key) else { continue };
            if places.iter().any(|place| place.key.span == one.key.span) {
                continue;
            }
            let items = items_of_text(text, one.value, words);
            let layout = layout_of(one.form);
            places.push(FieldPlace { key: one.key, value: one.value, layout, items, rank });
        }
    }
    for part in draft.parts.iter().filter(|part| part.section.level > 1) {
        let Some(rank) = rank(part.bare) else { continue };
        let value = part.section.body.trim(text);
        places.push(FieldPlace {
            key: Spanned::new(part.bare.to_owned(), part.section.title_span),
            value,
            layout: Layout::Section,
            items: items_of_text(text, value, words),
            rank,
        });
    }
    places.sort_by_key(|place| (place.rank, place.layout));
    places
}
