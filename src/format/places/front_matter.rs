//! Reads the fields that the front matter states.

use super::record_reader::RecordReader;
use crate::format::fields::items_of_node;
use crate::format::words::Field;
use crate::model::Layout;
use crate::syntax::Entry;
use crate::text::Span;

impl<'a> RecordReader<'a> {
    pub(crate) fn read_front_matter(&mut self) {
        let Some(front_matter) = &self.document.front_matter else { return };
        for entry in &front_matter.entries {
            self.read_entry(entry);
        }
    }

    fn read_entry(&mut self, entry: &'a Entry) {
        let key = entry.key.value.as_str();
        let value = unquoted(self.text, entry.value.span);
        let meaning = self.words.meaning(key);
        let Some(meaning) = meaning.or_else(|| self.words.meaning(&words_of_camel_case(key)))
        else {
            return;
        };
        match meaning.field {
            Some((Field::Status, _)) => self.read_status_value(value, Layout::FrontMatter),
            Some((Field::Date, rank)) => {
                self.read_date_value(value, rank, Layout::FrontMatter);
            }
            Some((Field::Review, _)) => self.read_review_value(value, Layout::FrontMatter),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(items_of_node(self.text, &entry.value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = items_of_node(self.text, &entry.value, self.words);
                self.push_people(field, people);
            }
            Some((Field::Title | Field::Id, _)) => {}
            None => {
                self.read_dated_status(meaning, value, Layout::FrontMatter);
                let Some(kind) = meaning.relation_as_key() else { return };
                let statement = entry.key.span.to(entry.value.span);
                for scalar in entry.value.scalars() {
                    let value = unquoted(self.text, scalar.span);
                    let relations =
                        self.reader().value(kind, value, statement, Layout::FrontMatter);
                    self.fields.relations.extend(relations);
                }
            }
        }
    }
}

/// A key in camel case as words: `supersededBy`.
fn words_of_camel_case(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut previous = ' ';
    for c in key.chars() {
        if c.is_uppercase() && previous.is_lowercase() {
            words.push(' ');
        }
        words.push(c);
        previous = c;
    }
    words
}

/// A scalar without its quotation marks.
fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let is_quoted = written.len() >= 2
        && ['"', '\''].iter().any(|quote| written.starts_with(*quote) && written.ends_with(*quote));
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}
