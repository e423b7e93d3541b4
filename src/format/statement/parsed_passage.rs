//! A text about a record with the claims of its units, read once for its status and its relations.

use std::cell::OnceCell;

use super::passage::{Passage, Unit};
use super::reader::StatementReader;
use super::unit_claims::VerbPosition;
use super::verb_claim::UnitClaims;
use crate::format::words::Words;
use crate::text::Span;

/// A passage, its units, and their claims as far as they were asked for.
pub(crate) struct ParsedPassage<'t> {
    pub passage: Passage<'t>,
    pub units: Vec<ParsedUnit>,
}

/// A unit of a passage.
pub(crate) struct ParsedUnit {
    pub unit: Unit,
    claims: OnceCell<UnitClaims>,
}

impl<'t> ParsedPassage<'t> {
    /// Divides the bytes of `region`.
    pub(crate) fn new(text: &'t str, words: &Words, region: Span) -> Self {
        let passage = Passage::new(text, region, words);
        let read = |unit| ParsedUnit { unit, claims: OnceCell::new() };
        let units = passage.units(words).into_iter().map(read).collect();
        Self { passage, units }
    }
}

impl ParsedUnit {
    /// The claims of the unit, which is one of `passage`, in any of its sentences.
    pub(crate) fn claims(
        &self,
        reader: &StatementReader<'_>,
        passage: &Passage<'_>,
    ) -> &UnitClaims {
        self.claims.get_or_init(|| reader.of_unit(passage, self.unit, VerbPosition::Anywhere))
    }
}
