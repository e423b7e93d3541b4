//! The fields that the front matter states.

use super::record_reader::RecordReader;
use crate::format::fields::items_of_node;
use crate::format::words::Field;
use crate::model::Layout;
use crate::syntax::Entry;
use crate::text::Span;
impl<'a> RecordReader<'a> {
    pub(crate) fn front_matter(&mut self) {
        let Some(front) = &self.document.front_matter else { return };
        for entry in &front.entries {
            self.entry(entry);
        }
    }

    pub(crate) fn entry(&mut self, entry: &'a Entry) {
        let key = entry.key.value.as_str();
        let span = entry.key.span.to(entry.value.span);
        let inner = unquoted(self.text, entry.value.span);
        let parted = parted(key);
        let Some(known) = self.words.meaning(key).or_else(|| self.words.meaning(&parted)) else {
            return;
        };
        match known.field {
            Some((Field::Status, _)) => self.status(inner, Layout::FrontMatter),
            Some((Field::Date, rank)) => self.date(inner, rank, Layout::FrontMatter),
            Some((Field::Review, _)) => self.review(inner, Layout::FrontMatter),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(items_of_node(self.text, &entry.value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = items_of_node(self.text, &entry.value, self.words);
                self.people(field, people);
            }
            Some((Field::Title | Field::Id, _)) => {}
            None => {
                self.dated_state(known, inner, Layout::FrontMatter);
                let Some(kind) = known.relation.or(known.key) else { return };
                for scalar in entry.value.scalars() {
                    let inner = unquoted(self.text, scalar.span);
                    let found = self.reader().value(kind, inner, span, Layout::FrontMatter);
                    self.fields.relations.extend(found);
                }
            }
        }
    }
}

/// A key in camel case as words: `supersededBy`.
fn parted(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for c in key.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(c);
        before = c;
    }
    words
}

/// A scalar without its quotes.
fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let quoted = written.len() >= 2
        && ['"', '\''].iter().any(|quote| written.starts_with(*quote) && written.ends_with(*quote));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}
