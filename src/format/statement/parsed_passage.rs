//! A text about a record with its units and their claims, read once for its status and its relations.

use std::cell::OnceCell;

use super::passage::{Passage, Unit};
use super::reader::StatementReader;
use super::unit_claims::VerbPosition;
use super::verb_claim::UnitClaims;
use crate::format::words::Words;
use crate::text::Span;

/// A passage, its units, and their claims. Claims are read when they are first needed.
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
    /// Divides the bytes of `region` into units.
    pub(crate) fn new(text: &'t str, words: &Words, region: Span) -> Self {
        let passage = Passage::new(text, region, words);
        let parsed = |unit| ParsedUnit { unit, claims: OnceCell::new() };
        let units = passage.units(words).into_iter().map(parsed).collect();
        Self { passage, units }
    }
}

impl ParsedUnit {
    /// The claims in all sentences of the unit, which must be one of `passage`.
    pub(crate) fn claims(
        &self,
        reader: &StatementReader<'_>,
        passage: &Passage<'_>,
    ) -> &UnitClaims {
        let read_claims = || reader.claims_of_unit(passage, self.unit, VerbPosition::Anywhere);
        self.claims.get_or_init(read_claims)
    }
}
