//! A text about a record with the claims of its units, read once for its status and its relations.

use std::cell::OnceCell;

use super::claims::{Claims, Verbs};
use super::passage::{Passage, Unit};
use super::relation::Reader;
use super::words::Words;
use crate::text::Span;

/// A passage, its units, and their claims as far as they were asked for.
pub(super) struct ReadPassage<'t> {
    pub passage: Passage<'t>,
    pub units: Vec<ReadUnit>,
}

/// A unit of a passage.
pub(super) struct ReadUnit {
    pub unit: Unit,
    claims: OnceCell<Claims>,
}

impl<'t> ReadPassage<'t> {
    /// Divides the bytes of `region`.
    pub(super) fn new(text: &'t str, words: &Words, region: Span) -> Self {
        let passage = Passage::new(text, region, words);
        let read = |unit| ReadUnit { unit, claims: OnceCell::new() };
        let units = passage.units(words).into_iter().map(read).collect();
        Self { passage, units }
    }
}

impl ReadUnit {
    /// The claims of the unit, which is one of `passage`, in any of its sentences.
    pub(super) fn claims(&self, reader: &Reader<'_>, passage: &Passage<'_>) -> &Claims {
        self.claims.get_or_init(|| reader.of_unit(passage, self.unit, Verbs::Anywhere))
    }
}
