//! Reads statements of one record: its text, the words, and what the record is called by.

use super::assertion::RecordMention;
use super::passage::Passage;
use super::relation_claim::partial;
use crate::format::references::{
    Definitions, find_references, is_joint, joins_part, remarks_on_part,
};
use crate::format::words::Words;
use crate::model::{Reference, RelationKind};
use crate::text::Span;

/// How relations are looked for in one record.
#[derive(Clone, Copy)]
pub(crate) struct StatementReader<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    /// What the record is called by.
    pub own: OwnNames<'a>,
    /// Those of the text.
    pub definitions: &'a Definitions,
}

/// What a record is called by in its own text.
#[derive(Clone, Copy, Default)]
pub(crate) struct OwnNames<'a> {
    /// The prefix of its id, if it has one.
    pub prefix: Option<&'a str>,
    pub number: Option<u32>,
    /// Its file, relative to the log.
    pub file: &'a str,
}

impl OwnNames<'_> {
    /// Whether the reference is one to the record itself.
    pub(crate) fn is_named_by(self, reference: &Reference) -> bool {
        if let Some(destination) = &reference.destination {
            let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
            return !self.file.is_empty() && name(destination) == name(self.file);
        }
        let text = &reference.text;
        let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = text.get(digits.len()..).and_then(|number| number.parse().ok());
        let prefix = digits.trim_end_matches(['-', '_', ' ', '#']);
        let ours = self.prefix.is_some_and(|own| own.eq_ignore_ascii_case(prefix));
        number.is_some() && number == self.number && (ours || prefix.eq_ignore_ascii_case("adr"))
    }
}

impl StatementReader<'_> {
    /// Whether a link is the first thing in a value: *None* may be a word of its title.
    pub(crate) fn begins_with_link(&self, value: Span) -> bool {
        let rest = value.of(self.text).trim_start_matches(['*', '_', ' ', '"', '-']);
        let begins = rest.starts_with('[') && !rest.starts_with("[]");
        let start = value.end - rest.len();
        begins && {
            let found = self.find(value);
            found.first().is_some_and(|first| first.span.start <= start)
        }
    }

    pub(crate) fn find(&self, span: Span) -> Vec<Reference> {
        find_references(self.text, span, self.own.prefix, self.definitions)
    }

    /// The references from the first on, up to where other words stand between two of them.
    pub(crate) fn joined(
        &self,
        kind: RelationKind,
        start: usize,
        references: Vec<Reference>,
    ) -> Vec<Reference> {
        let mut end = start;
        let mut kept: Vec<Reference> = Vec::new();
        for reference in references {
            let between = Span::new(end, reference.span.start).of(self.text);
            let joins = || {
                let supersedes = partial(kind) == RelationKind::PartiallySupersedes;
                is_joint(between) || supersedes && joins_part(between, self.words)
            };
            if !kept.is_empty() && !joins() {
                break;
            }
            end = reference.span.end;
            kept.push(reference);
        }
        kept
    }

    /// Whether brackets, or the first words behind the reference, say that only a part is meant.
    pub(crate) fn has_remark_on_part(&self, reference: &Reference) -> bool {
        let end = reference.span.end;
        // A remark is short, and a line may have no end.
        let behind = Span::new(end, self.text.len()).first(240, self.text).of(self.text);
        remarks_on_part(behind.lines().next().unwrap_or_default(), self.words)
    }

    /// The places of the references in a part of a passage, as bytes of the part.
    pub(crate) fn places_in(&self, passage: &Passage<'_>, span: Span) -> Vec<RecordMention> {
        let bytes = passage.bare(span).bytes();
        // A reference is a link or has a number, or is one of the few slugs.
        if !span.of(self.text).contains('[') && !bytes.into_iter().any(|byte| byte.is_ascii_digit())
        {
            return vec![];
        }
        self.named(&self.find(span), span.start)
    }

    /// The references as places of a text that begins at `start`.
    pub(super) fn named(&self, references: &[Reference], start: usize) -> Vec<RecordMention> {
        let place = |one: &Reference| {
            let (from, to) = (one.span.start.saturating_sub(start), one.span.end - start);
            RecordMention { span: Span::new(from, to), is_own: self.own.is_named_by(one) }
        };
        references.iter().map(place).collect()
    }
}
