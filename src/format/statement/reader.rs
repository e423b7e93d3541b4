//! Reads statements of one record: its text, its names, and the references in the text.

use super::assertion::RecordMention;
use super::claimed_relation::partial;
use super::passage::Passage;
use crate::format::references::{
    Definitions, find_references, is_joint, joins_part, remarks_on_part,
};
use crate::format::words::Words;
use crate::model::{Reference, RelationKind};
use crate::text::Span;

/// Reads statements of one record.
#[derive(Clone, Copy)]
pub(crate) struct StatementReader<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    pub own_names: OwnNames<'a>,
    /// The destinations of the reference links of `text`.
    pub definitions: &'a Definitions,
}

/// The names of a record in its own text.
#[derive(Clone, Copy, Default)]
pub(crate) struct OwnNames<'a> {
    /// The prefix of its id, if it has one.
    pub prefix: Option<&'a str>,
    pub number: Option<u32>,
    /// Its file, relative to the log.
    pub file: &'a str,
}

impl OwnNames<'_> {
    /// Whether `reference` refers to the record itself.
    pub(super) fn are_in(self, reference: &Reference) -> bool {
        if let Some(destination) = &reference.destination {
            let file_name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
            return !self.file.is_empty() && file_name(destination) == file_name(self.file);
        }
        let id = &reference.text;
        let before_number = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = id.get(before_number.len()..).and_then(|number| number.parse().ok());
        let prefix = before_number.trim_end_matches(['-', '_', ' ', '#']);
        let is_own_prefix =
            self.prefix.is_some_and(|own_prefix| own_prefix.eq_ignore_ascii_case(prefix));
        number.is_some()
            && number == self.number
            && (is_own_prefix || prefix.eq_ignore_ascii_case("adr"))
    }
}

impl StatementReader<'_> {
    /// Whether a value begins with a link. In the title of a link *None* is an ordinary word.
    pub(crate) fn begins_with_link(&self, value: Span) -> bool {
        let without_marks = value.of(self.text).trim_start_matches(['*', '_', ' ', '"', '-']);
        let begins_with_bracket =
            without_marks.starts_with('[') && !without_marks.starts_with("[]");
        let start = value.end - without_marks.len();
        begins_with_bracket
            && self.references_in(value).first().is_some_and(|first| first.span.start <= start)
    }

    /// The references between the bytes of `span`, in the order of the text.
    pub(crate) fn references_in(&self, span: Span) -> Vec<Reference> {
        find_references(self.text, span, self.own_names.prefix, self.definitions)
    }

    /// The references up to the first one that other words separate from the one before it. `start` is the
    /// start of the words before the first reference.
    pub(crate) fn joined_references(
        &self,
        kind: RelationKind,
        start: usize,
        references: Vec<Reference>,
    ) -> Vec<Reference> {
        let mut last_end = start;
        let mut joined: Vec<Reference> = Vec::new();
        for reference in references {
            let between = Span::new(last_end, reference.span.start).of(self.text);
            let is_joined = || {
                let supersedes = partial(kind) == RelationKind::PartiallySupersedes;
                is_joint(between) || supersedes && joins_part(between, self.words)
            };
            if !joined.is_empty() && !is_joined() {
                break;
            }
            last_end = reference.span.end;
            joined.push(reference);
        }
        joined
    }

    /// Whether a remark in brackets, or the first words after the reference, limit it to a part.
    pub(crate) fn has_remark_on_part(&self, reference: &Reference) -> bool {
        // A remark is short, but a line can be very long.
        const MAX_REMARK: usize = 240;
        let text_after = Span::new(reference.span.end, self.text.len());
        let text_after = text_after.first(MAX_REMARK, self.text).of(self.text);
        remarks_on_part(text_after.lines().next().unwrap_or_default(), self.words)
    }

    /// The references in a part of a passage, with spans in the part.
    pub(crate) fn mentions_in(&self, passage: &Passage<'_>, span: Span) -> Vec<RecordMention> {
        let mut bytes = passage.plain_text(span).bytes();
        // A reference in prose is a link or has a number.
        if !span.of(self.text).contains('[') && !bytes.any(|byte| byte.is_ascii_digit()) {
            return vec![];
        }
        self.mentions(&self.references_in(span), span.start)
    }

    /// The references with spans relative to `start`.
    pub(super) fn mentions(&self, references: &[Reference], start: usize) -> Vec<RecordMention> {
        let mention = |reference: &Reference| {
            let (from, to) =
                (reference.span.start.saturating_sub(start), reference.span.end - start);
            RecordMention { span: Span::new(from, to), is_self: self.own_names.are_in(reference) }
        };
        references.iter().map(mention).collect()
    }
}
