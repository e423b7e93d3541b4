//! The footnotes of a text: numbered in the order of their references, shown at the end.

use std::collections::{BTreeMap, BTreeSet};

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes {
    numbers: BTreeMap<String, usize>,
    referenced: BTreeSet<usize>,
    /// The texts as HTML, by number.
    texts: BTreeMap<usize, String>,
}

impl Footnotes {
    /// The number of the footnote with this label, in any case.
    fn number(&mut self, label: &str) -> usize {
        let next_number = self.numbers.len() + 1;
        *self.numbers.entry(label.to_lowercase()).or_insert(next_number)
    }

    /// Adds a reference. Returns the number of the footnote, and whether this is the first reference to it.
    pub(super) fn reference(&mut self, label: &str) -> (usize, bool) {
        let number = self.number(label);
        (number, self.referenced.insert(number))
    }

    /// Adds the text of a footnote; the first of several with one label counts.
    pub(super) fn define(&mut self, label: &str, html: String) {
        let number = self.number(label);
        self.texts.entry(number).or_insert(html);
    }

    /// The footnotes that have a text: number, text, and whether it is referenced.
    pub(super) fn defined(&self) -> impl Iterator<Item = (usize, &str, bool)> {
        let texts = self.texts.iter();
        texts.map(|(number, html)| (*number, html.as_str(), self.referenced.contains(number)))
    }
}
