//! Footnotes: numbered as they are met, shown at the end of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::host::Slot;
use super::writer::Writer;
use crate::text::escape;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Notes {
    numbers: BTreeMap<String, usize>,
    referenced: BTreeSet<usize>,
    written: BTreeMap<usize, String>,
}

impl Notes {
    /// Labels are the same in any case.
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_lowercase()).or_insert(next)
    }

    /// Keeps the text of a footnote; the first of several with one label.
    pub(super) fn define(&mut self, label: &str, html: String) {
        let number = self.number(label);
        self.written.entry(number).or_insert(html);
    }
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        let number = self.notes.number(label);
        self.out.push_str("<sup");
        if self.notes.referenced.insert(number) {
            self.prefixed(" id=\"", format_args!("Ref-{number}\""));
        }
        self.out.push_str("><a href=\"");
        Slot::Address(&format!("#Note-{number}")).write(&mut self.out);
        self.push(format_args!("\">{number}</a></sup>"));
    }

    pub(super) fn finish(mut self) -> String {
        let notes = std::mem::take(&mut self.notes);
        if notes.written.is_empty() {
            return self.out;
        }
        self.out.push_str("<ol class=\"notes\">\n");
        for (number, note) in &notes.written {
            self.prefixed("<li id=\"", format_args!("Note-{number}\" value=\"{number}\">{note}"));
            if notes.referenced.contains(number) {
                self.out.push_str("<a href=\"");
                Slot::Address(&format!("#Ref-{number}")).write(&mut self.out);
                self.out.push_str("\" aria-label=\"");
                escape(&mut self.out, &self.request.words.back);
                self.out.push_str("\">↩</a>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
        self.out
    }
}
