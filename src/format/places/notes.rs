//! Reads notes about supersession above the sections, callouts, and footnotes.

use super::record_reader::RecordReader;
use crate::format::statement::{MAX_STATEMENT, Passage, is_number, is_supersession};
use crate::format::words::{WordClass, tokens};
use crate::model::{Layout, Lifecycle, Relation, RelationKind};
use crate::syntax::{lines, statements};
use crate::text::Span;

/// The number of bytes at the beginning of a note that hold its verb.
const LEAD: usize = 120;

impl RecordReader<'_> {
    /// Reads the notes about supersession in the header: bold remarks that begin with a verb, and
    /// quotations that contain one, `> **Note:** the tools have been superseded by ADR-3`.
    pub(crate) fn read_notes(&mut self, header: Span) {
        if !header.lines(self.text).any(|line| self.may_note(line)) {
            return;
        }
        let passage = Passage::new(self.text, header, self.words);
        for unit in passage.units(self.words).into_iter().filter(|unit| !unit.is_row()) {
            let written = passage.plain_text(unit.span);
            // Only in a quotation or after a key for remarks can the verb be outside of the first words.
            let is_marked = unit.is_quoted || self.begins_with_note_key(written);
            let searched_length = if is_marked { written.len() } else { LEAD };
            let searched = Span::new(0, written.len()).first(searched_length, written).of(written);
            let mut verbs = self.words.relations_in(searched);
            let is_note = verbs.next().is_some_and(|(verb, kind)| {
                verb.start <= 12 && kind != RelationKind::RelatesTo
                    || is_marked
                        && (is_supersession(kind) || verbs.any(|(_, kind)| is_supersession(kind)))
            });
            if !is_note {
                continue;
            }
            let mut relations = self.reader().prose(unit.span, Layout::Prose);
            // A key with words before its verb is a field: `**Storage superseded by:** ADR-3`.
            let key_end = written.find([':', '：']).map(|colon| unit.span.start + colon);
            for relation in &mut relations {
                let span = relation.span;
                if key_end.is_some_and(|colon| span.start < colon && colon < span.end) {
                    (relation.span, relation.layout) = (unit.span, Layout::Bold);
                }
            }
            self.fields.relations.extend(relations);
        }
    }

    /// Whether a line may belong to a note. This is cheaper than dividing the text, and most headers have
    /// no note.
    fn may_note(&self, line: Span) -> bool {
        let written = line.of(self.text).trim();
        let words = written.trim_start_matches(['>', ' ', '*', '_', '-', '⚠', '\u{fe0f}']);
        // An entry of a table of contents, which can have hundreds of lines.
        if words.starts_with('[') && words.contains("](#") {
            return false;
        }
        let is_marked = written.starts_with(['>', '*', '_']);
        let most = if is_marked { words.len() } else { LEAD };
        let first = Span::new(0, words.len()).first(most, words).of(words);
        self.words.relations_in(first).any(|(_, kind)| kind != RelationKind::RelatesTo)
    }

    /// Whether a unit begins with a key for remarks, perhaps with a date: `Update 2024-05-06: …`.
    fn begins_with_note_key(&self, unit: &str) -> bool {
        const MAX_KEY: usize = 32;
        let Some((key, _)) = unit.split_once([':', '：']) else { return false };
        let is_note_word = |token: Span| {
            let word = token.of(key);
            self.words.has_class(word, WordClass::Filler) || is_number(word)
        };
        key.len() <= MAX_KEY && tokens(key).next().is_some() && tokens(key).all(is_note_word)
    }

    /// Reads a callout at the beginning of a section, which is a note, too: `> **Note**` or `> [!NOTE]`, and the
    /// lines below it.
    pub(super) fn read_callout(&mut self, body: Span) {
        let quotation = body.of(self.text).strip_prefix('>').map(str::trim_start);
        if quotation.is_some_and(|words| words.starts_with("**") || words.starts_with("[!")) {
            let quoted_lines =
                lines(self.text, body).into_iter().take_while(|line| line.quotes > 0);
            let callout_end = quoted_lines.last().map_or(body.start, |line| line.span.end);
            self.read_notes(Span::new(body.start, callout_end));
        }
    }

    /// Reads the sentence in the header that names the successor, if the status states only that there
    /// is one: *The old way is superseded by ADR-3.*
    pub(crate) fn read_successor(&mut self, header: Span) {
        let names_successor = |one: &Relation| {
            matches!(one.kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
        };
        let mut statuses = self.fields.statuses.iter();
        let is_superseded = statuses.any(|stated| stated.value.is(Lifecycle::Superseded));
        if is_superseded && !self.fields.relations.iter().any(names_successor) {
            let texts = self.texts_between_fields(header).into_iter();
            let relations = texts.flat_map(|text| self.reader().prose(text, Layout::Prose));
            let relations = relations.filter(names_successor);
            let relations =
                relations.map(|one| Relation { kind: RelationKind::SupersededBy, ..one });
            self.fields.relations.extend(relations.collect::<Vec<_>>());
        }
    }

    /// The texts between the fields of the header. A value can look like a reference: a person with the name
    /// `ml019` is not a successor.
    fn texts_between_fields(&self, header: Span) -> Vec<Span> {
        let statements = statements(self.text, header.first(MAX_STATEMENT, self.text)).into_iter();
        let fields = statements.filter(|one| self.words.field(&one.key.value).is_some());
        let mut texts = Vec::new();
        let mut text_start = header.start;
        for field in fields {
            texts.push(Span::new(text_start, field.span.start.max(text_start)));
            text_start = text_start.max(field.span.end);
        }
        texts.push(Span::new(text_start, header.end.max(text_start)));
        texts
    }

    /// Reads the relations in the first footnote that a status refers to.
    pub(super) fn read_footnote(&mut self, value: Span, layout: Layout) {
        let written = value.of(self.text);
        let mark_onwards = written.find("[^").and_then(|offset| written.get(offset..));
        let Some(mark) =
            mark_onwards.and_then(|text| text.find(']').and_then(|end| text.get(..=end)))
        else {
            return;
        };
        let definition = format!("\n{mark}:");
        if let Some(offset) = self.text.find(&definition) {
            let start = offset + definition.len();
            let footnote = self.text.get(start..).unwrap_or_default();
            let end = start + footnote.find('\n').unwrap_or(footnote.len());
            let relations = self.reader().prose(Span::new(start, end), layout);
            self.fields.relations.extend(relations);
        }
    }
}
