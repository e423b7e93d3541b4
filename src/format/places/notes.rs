//! RecordFields outside of their usual places: notes and badges above the sections, footnotes, the end of
//! the file, tags, the names of file and folder.

use super::record_reader::RecordReader;
use crate::format::fields::{Badge, badges, date_in, lone_date, read_date, read_status};
use crate::format::statement::{MAX_STATEMENT, Passage, is_supersession};
use crate::format::words::{Field, WordClass, tokens};
use crate::model::{DateStatement, Layout, Lifecycle, Relation, RelationKind, Stated, Status};
use crate::syntax::{Line, LineKind, fence_info, lines, statements};
use crate::text::Span;

/// In how many bytes the verb of a note has begun and ended.
const LEAD: usize = 120;

impl RecordReader<'_> {
    /// Notes about supersession above the sections: bold remarks that begin with a verb, and
    /// quotations that hold one, `> **Note:** the tools have been superseded by ADR-3`.
    pub(crate) fn notes(&mut self, head: Span) {
        if !head.lines(self.text).any(|line| self.may_note(line)) {
            return;
        }
        let passage = Passage::new(self.text, head, self.words);
        for unit in passage.units(self.words).into_iter().filter(|unit| !unit.is_row()) {
            let written = passage.bare(unit.span);
            // What begins behind the first words makes no note unless it is quoted: no more than
            // these need be read.
            let is_note = unit.is_quoted || self.begins_note(written);
            let most = if is_note { written.len() } else { LEAD };
            let first = Span::new(0, written.len()).first(most, written).of(written);
            let mut named = self.words.relations_in(first);
            let leads = named.next().is_some_and(|(span, kind)| {
                span.start <= 12 && kind != RelationKind::RelatesTo
                    || is_note && (is_supersession(kind) || named.any(|(_, k)| is_supersession(k)))
            });
            if !leads {
                continue;
            }
            let mut found = self.reader().prose(unit.span, Layout::Prose);
            // A key with words before its verb is a field: `**Storage superseded by:** ADR-3`.
            let key = written.find([':', '：']).map(|colon| unit.span.start + colon);
            for relation in &mut found {
                if key.is_some_and(|colon| relation.span.start < colon && colon < relation.span.end)
                {
                    (relation.span, relation.layout) = (unit.span, Layout::Bold);
                }
            }
            self.fields.relations.extend(found);
        }
    }

    /// Whether a line may be one of a note: cheaper than to divide the text, and most heads have none.
    fn may_note(&self, line: Span) -> bool {
        let written = line.of(self.text).trim();
        let words = written.trim_start_matches(['>', ' ', '*', '_', '-', '⚠', '\u{fe0f}']);
        let is_marked = written.starts_with(['>', '*', '_']);
        let most = if is_marked { words.len() } else { LEAD };
        let first = Span::new(0, words.len()).first(most, words).of(words);
        self.words.relations_in(first).any(|(_, kind)| kind != RelationKind::RelatesTo)
    }

    /// Whether a unit begins with a key for remarks, perhaps with a day: `Update 2024-05-06: …`.
    fn begins_note(&self, written: &str) -> bool {
        let Some((key, _)) = written.split_once([':', '：']) else { return false };
        let is_word = |token: Span| {
            let word = token.of(key);
            self.words.has_class(word, WordClass::Filler)
                || word.bytes().all(|byte| byte.is_ascii_digit())
        };
        key.len() <= 32 && tokens(key).next().is_some() && tokens(key).all(is_word)
    }

    /// A callout that opens a section is a note too: `> **Note**` or `> [!NOTE]`, and lines below it.
    pub(crate) fn callout(&mut self, body: Span) {
        let written = body.of(self.text);
        let opens = written.strip_prefix('>').map(str::trim_start);
        if opens.is_some_and(|words| words.starts_with("**") || words.starts_with("[!")) {
            let quoted =
                lines(self.text, body).into_iter().take_while(|line| line.quotes > 0).last();
            self.notes(Span::new(body.start, quoted.map_or(body.start, |line| line.span.end)));
        }
    }

    /// The sentence above the sections that names the successor, where the status says only that
    /// there is one: *The old way is superseded by ADR-3.*
    pub(crate) fn successor(&mut self, head: Span) {
        let is_by = |one: &Relation| {
            matches!(one.kind, RelationKind::SupersededBy | RelationKind::PartiallySupersededBy)
        };
        let mut statuses = self.fields.statuses.iter();
        let superseded = statuses.any(|stated| stated.value.is(Lifecycle::Superseded));
        if superseded && !self.fields.relations.iter().any(is_by) {
            let sentences = self.unkeyed(head).into_iter();
            let found = sentences.flat_map(|lines| self.reader().prose(lines, Layout::Prose));
            let found = found.filter(is_by);
            let found = found.map(|one| Relation { kind: RelationKind::SupersededBy, ..one });
            self.fields.relations.extend(found.collect::<Vec<_>>());
        }
    }

    /// What stands between the fields of `head`: a person called `ml019` takes no record's place.
    fn unkeyed(&self, head: Span) -> Vec<Span> {
        let stated = statements(self.text, head.first(MAX_STATEMENT, self.text)).into_iter();
        let fields = stated.filter(|one| self.words.field(&one.key.value).is_some());
        let mut between = Vec::new();
        let mut start = head.start;
        for field in fields {
            between.push(Span::new(start, field.span.start.max(start)));
            start = start.max(field.span.end);
        }
        between.push(Span::new(start, head.end.max(start)));
        between
    }

    /// The lines of a fenced block of YAML above the sections: front matter that is to be seen.
    pub(crate) fn fenced_keys(&self, head: Span) -> Option<Span> {
        let end = self.parts.iter().map(|part| part.section.heading.start);
        let end = end.filter(|at| *at >= head.end).min().unwrap_or(self.text.len());
        let region = Span::new(head.start, end).first(MAX_STATEMENT, self.text);
        // Few records have one.
        if !["yaml", "yml"].iter().any(|info| region.of(self.text).contains(info)) {
            return None;
        }
        let lines = lines(self.text, region);
        let is_yaml = |line: &Line| {
            line.kind == LineKind::Fence
                && matches!(fence_info(line.content.of(self.text)), Some("yaml" | "yml"))
        };
        let open = lines.iter().position(is_yaml)?;
        let code = lines.get(open + 1..)?;
        let close = code.iter().find(|line| line.kind == LineKind::Fence)?;
        let open = lines.get(open)?;
        Some(Span::new(open.span.whole_lines(self.text).end, close.span.start))
    }

    /// Badges above the sections, where nothing else there states what they show.
    pub(crate) fn badges(&mut self, head: Span) {
        if !head.of(self.text).contains("![") {
            return;
        }
        for raw in head.lines(self.text) {
            if raw.of(self.text).trim_start().starts_with("<!--") {
                continue;
            }
            for badge in badges(self.text, raw) {
                self.badge(&badge);
            }
        }
    }

    fn badge(&mut self, badge: &Badge) {
        let span = Some(badge.span);
        let field = badge.key.as_deref().map(|key| self.words.field(key));
        let value = badge.value.as_str();
        match field {
            None | Some(Some((Field::Status, _))) if self.fields.statuses.is_empty() => {
                let known = self.words.status(value).cloned();
                let own = || Status::own(value.to_lowercase(), None);
                let value = known.or_else(|| badge.key.is_some().then(own));
                let stated = value.map(|value| Stated { value, span, layout: Layout::Line });
                self.fields.statuses.extend(stated);
            }
            Some(Some((Field::Date, rank))) if self.fields.dates.is_empty() => {
                let whole = Span::new(0, value.len());
                let found = read_date(value, whole, self.words);
                let layout = Layout::Line;
                let stated = found.map(|found| Stated { value: found.value, span, layout });
                self.fields.dates.extend(stated.map(|stated| (rank, stated)));
            }
            _ => {}
        }
    }

    /// The footnote that a status refers to may hold the relation.
    pub(crate) fn footnote(&mut self, value: Span, layout: Layout) {
        let written = value.of(self.text);
        let Some(mark) = written
            .find("[^")
            .and_then(|at| written.get(at..))
            .and_then(|rest| rest.find(']').and_then(|end| rest.get(..=end)))
        else {
            return;
        };
        let definition = format!("\n{mark}:");
        if let Some(at) = self.text.find(&definition) {
            let start = at + definition.len();
            let rest = self.text.get(start..).unwrap_or_default();
            let end = start + rest.find('\n').unwrap_or(rest.len());
            let found = self.reader().prose(Span::new(start, end), layout);
            self.fields.relations.extend(found);
        }
    }

    /// A status that stands below the sections, at the end of the file.
    pub(crate) fn late_status(&mut self) {
        let Some(last) = self.document.sections.last() else { return };
        for statement in statements(self.text, last.body.first(MAX_STATEMENT, self.text)) {
            if matches!(self.words.field(&statement.key.value), Some((Field::Status, _))) {
                let known = read_status(&self.reader(), statement.value);
                if known.is_some_and(|status| status.value.meaning.is_some()) {
                    self.statement(&statement);
                }
            }
        }
    }

    /// Statuses outside of the text: in a tag, in the file's name, in a folder's.
    pub(crate) fn marks(&mut self) {
        let tag = self.fields.tags.iter().find_map(|tag| {
            Lifecycle::named(&tag.value).map(|state| Stated {
                value: state.into(),
                span: Some(tag.span),
                layout: Layout::Tag,
            })
        });
        let state = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.words.status(word).filter(|status| status.meaning.is_some()).cloned()
        };
        let mark = self.name.bracketed.as_deref().and_then(state);
        let outside = |value, layout| Stated { value, span: None, layout };
        let folder = Lifecycle::named(self.name.folder.trim_matches('_')).map(Status::from);
        self.fields.statuses.extend(tag);
        self.fields.statuses.extend(mark.map(|value| outside(value, Layout::FileName)));
        self.fields.statuses.extend(folder.map(|value| outside(value, Layout::Folder)));
    }

    /// The day behind the word of a status: `Accepted - 2024-05-06`, `Accepted (6 May 2024)`, also
    /// behind the bold words that state it, `**Status: accepted** (Ann, 2024-05-06)`.
    fn status_date(&self) -> Option<Stated<DateStatement>> {
        const NEAR: usize = 32;
        let stated = self.fields.statuses.iter().min_by_key(|stated| stated.layout)?;
        let mut line = stated.span?.first(160, self.text);
        if matches!(stated.layout, Layout::Bold | Layout::Bullet | Layout::Line) {
            let rest = Span::new(line.start, self.text.len()).first(160, self.text);
            let behind = rest.of(self.text);
            let end = behind.find('\n').unwrap_or(behind.len());
            line.end = line.end.max(line.start + behind.find("<!--").map_or(end, |at| at.min(end)));
        }
        if let Some(date) = self.keyed_date(stated.span?.first(MAX_STATEMENT, self.text)) {
            return Some(Stated { layout: stated.layout, ..date });
        }
        let at = date_in(self.text, line, self.words)?;
        let value = read_date(self.text, at, self.words)?.value;
        let known = matches!(value, DateStatement::Date(_) | DateStatement::InOrder { .. });
        let near = at.start.saturating_sub(line.start) <= NEAR;
        let before = Span::new(line.start, at.start.max(line.start)).of(self.text);
        (known && near && !self.is_of_another(before)).then_some(Stated {
            value,
            span: Some(at),
            layout: stated.layout,
        })
    }

    /// Whether the words before a date say that it is another one: that of a review, of an end, or of
    /// another record.
    fn is_of_another(&self, before: &str) -> bool {
        const ENDS: [&str; 8] =
            ["until", "till", "review", "reviewed", "expires", "bis", "jusqu", "hasta"];
        let lower = before.to_lowercase();
        ENDS.iter().any(|end| lower.contains(end))
            || self
                .words
                .relations_in(before)
                .any(|(_, kind)| !matches!(kind, RelationKind::SupersededBy))
    }

    /// The date behind its key within the words of a status: `Accepted (by all). Date: 2024-05-06`.
    fn keyed_date(&self, status: Span) -> Option<Stated<DateStatement>> {
        const MOST: usize = 8;
        let written = status.of(self.text);
        written.match_indices(':').take(MOST).find_map(|(colon, _)| {
            let before = written.get(..colon)?;
            let key = before.rsplit(['.', ',', ';', '(', '*', '\n', ':']).next()?.trim();
            let is_key = matches!(self.words.field(key), Some((Field::Date, _)));
            let behind = Span::new(status.start + colon + 1, status.end);
            let found = read_date(self.text, behind.first(48, self.text), self.words);
            let found = found.filter(|found| is_key && found.value.date().is_some())?;
            Some(Stated { value: found.value, span: Some(found.span), layout: Layout::Section })
        })
    }

    /// Dates without a key: alone on a line below the title, behind the status, else in the name.
    pub(crate) fn other_dates(&mut self, head: Span) {
        for line in head.lines(self.text).take(24) {
            if let Some(found) = lone_date(self.text, line, self.words) {
                let stated =
                    Stated { value: found.value, span: Some(found.span), layout: Layout::Line };
                self.fields.dates.push((usize::MAX - 1, stated));
                return;
            }
        }
        if let Some(stated) = self.status_date() {
            self.fields.dates.push((usize::MAX - 1, stated));
            return;
        }
        if let Some(date) = self.name.date {
            let value = DateStatement::Date(date);
            let stated = Stated { value, span: None, layout: Layout::FileName };
            self.fields.dates.push((usize::MAX, stated));
        }
    }
}
