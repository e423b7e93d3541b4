//! Statements put beside the status of a record, in the same layout.

use super::case::like;
use super::lines::{breaks_below, end_of_line, end_of_paragraph, eol, line_break, line_start};
use super::target::Target;
use crate::format::{Field, FieldPlace, Words, places};
use crate::model::{Layout, Record, Stated, Status};
use crate::text::{Edit, Span};

/// The lines in which a record states its fields: what another one looks like, and where it goes.
pub(super) struct Model {
    shape: FieldPlace,
    last: FieldPlace,
}

impl Model {
    /// That of the status, or else of the date; `None` where these stand in no line.
    pub(super) fn of(record: &Record, words: &Words) -> Option<Self> {
        let lines = [Layout::Table, Layout::Bullet, Layout::Bold, Layout::Line];
        let text = record.text();
        let is_line = |place: &FieldPlace| {
            let between = Span::new(place.key.span.end, place.value.start).of(text);
            lines.contains(&place.layout)
                && !place.value.is_empty()
                && !between.contains('\n')
                && place.key.span.end <= place.value.start
        };
        let stated = |field| places(record, field, words).into_iter().find(is_line);
        let shape = stated(Field::Status).or_else(|| stated(Field::Date))?;
        let fields = [
            Field::Status,
            Field::Date,
            Field::Deciders,
            Field::Consulted,
            Field::Informed,
            Field::Tags,
            Field::Review,
        ];
        let all = fields.into_iter().flat_map(|field| places(record, field, words));
        let alike = all.filter(|place| place.layout == shape.layout);
        let last = alike.max_by_key(|place| place.key.span)?;
        Some(Self { shape, last })
    }

    /// How the lines are written.
    pub(super) fn layout(&self) -> Layout {
        self.shape.layout
    }

    /// Another line, behind the last.
    pub(super) fn line(&self, record: &Record, key: &str, value: &str) -> Option<Edit> {
        let text = record.text();
        let (old_key, old_value) = (self.shape.key.span, self.shape.value);
        let before = Span::new(line_start(text, old_key.start), old_key.start).of(text);
        let between = Span::new(old_key.end, old_value.start).of(text);
        let end = self.last.value.end.max(self.last.key.span.end);
        let at = end_of_line(text, end.saturating_sub(1).max(self.last.key.span.start));
        let alone = self.is_alone(text, at);
        let (head, tail) = match self.layout() {
            Layout::Table => {
                ("", Span::new(old_value.end, end_of_line(text, old_value.end)).of(text))
            }
            Layout::Line | Layout::Bold if !alone => breaks_below(text, at),
            _ => ("", line_break(text.get(line_start(text, at)..at)?)),
        };
        let eol = eol(text);
        let apart = if alone { format!("{eol}{eol}") } else { format!("{head}{eol}") };
        let old = self.shape.key.value.as_str();
        // In capitals where all of the old one is, and not only an abbreviation before it.
        let mixed = old.contains(char::is_lowercase) && old.starts_with(char::is_uppercase);
        let key = if mixed { key.to_owned() } else { like(old, &key.to_lowercase()) };
        // A key of a table may be emphasised as the old one is.
        let written = old_key.of(text);
        let key = match written.split_once(old) {
            Some((open, close)) => format!("{open}{key}{close}"),
            None => key,
        };
        let value = match self.layout() {
            Layout::Table => value.replace('|', "\\|"),
            _ => value.to_owned(),
        };
        Some(Edit::insert(at, format!("{apart}{before}{key}{between}{value}{tail}")))
    }

    /// Whether the last line is a paragraph of its own, so that another one has to be, too.
    fn is_alone(&self, text: &str, end: usize) -> bool {
        let is_paragraph = matches!(self.layout(), Layout::Line | Layout::Bold);
        let start = line_start(text, self.last.key.span.start);
        let above = text.get(..start).unwrap_or_default();
        let above = above.strip_suffix('\n').unwrap_or(above);
        let above = above.get(line_start(above, above.len())..).unwrap_or_default().trim();
        let below = text.get(end..).unwrap_or_default().lines().nth(1).unwrap_or_default().trim();
        is_paragraph && (above.is_empty() || above.starts_with('#')) && below.is_empty()
    }
}

/// `VERB LINK` in the section of the status, behind the last statement there: what adr-tools does.
pub(super) fn in_section(
    record: &Record,
    status: &Stated<Status>,
    verb: &str,
    target: &Target,
) -> Option<Edit> {
    let text = record.text();
    let span = status.span?;
    let section = record.document.sections.iter().find(|section| section.body.contains(span))?;
    let related = record.relations.iter().filter(|relation| section.body.contains(relation.span));
    let last = related.map(|relation| relation.span.end).chain([span.end]).max()?;
    let at = end_of_paragraph(text, last.saturating_sub(1).max(span.start), section.body.end);
    let line = text.get(line_start(text, at)..at)?;
    let eol = eol(text);
    let said = format!("{verb} {}", target.link(record));
    // A list goes on as a list; a paragraph is followed by another one.
    let indent = line.len() - line.trim_start().len();
    let item = line
        .get(indent..)
        .filter(|item| ["- ", "* ", "+ "].iter().any(|mark| item.starts_with(mark)));
    Some(match item {
        Some(item) => {
            let head = line.get(..indent)?;
            Edit::insert(at, format!("{eol}{head}{} {said}", item.get(..1)?))
        }
        None => Edit::insert(at, format!("{eol}{eol}{said}")),
    })
}

/// A line like that of the status, with another key and value: a bullet, a bold key, a row.
pub(super) fn like_status(
    record: &Record,
    status: &Stated<Status>,
    verb: &str,
    links: &str,
) -> Option<Edit> {
    let text = record.text();
    let span = status.span?;
    let head = Span::new(line_start(text, span.start), span.start).of(text);
    let key_end = head.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let key = head.get(..key_end)?;
    let key_start = key
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .last()
        .map(|(at, _)| at)?;
    let key_start = key_start
        + (key.get(key_start..)?.len()
            - key.get(key_start..)?.trim_start_matches([' ', '-', '_']).len());
    // The key stands above the value, in a table with a header; or the status has none.
    if key_start >= key_end {
        return None;
    }
    let (before, after) = (head.get(..key_start)?, head.get(key_end..)?);
    let at = end_of_line(text, span.end);
    let (head, tail) = match status.layout {
        Layout::Table => ("", text.get(span.end..at)?),
        Layout::Line | Layout::Bold => breaks_below(text, at),
        _ => ("", line_break(text.get(line_start(text, at)..at)?)),
    };
    let line = format!("{before}{verb}{after}{links}{tail}");
    Some(Edit::insert(at, format!("{head}{}{line}", eol(text))))
}

/// `VERB: LINK` in a paragraph of its own below the title.
pub(super) fn below_title(record: &Record, verb: &str, target: &Target) -> Option<Edit> {
    line_below_title(record, &format!("{verb}: {}", target.link(record)))
}

/// A paragraph below the title, or where the text begins.
pub(super) fn line_below_title(record: &Record, line: &str) -> Option<Edit> {
    let text = record.text();
    let eol = eol(text);
    let title = record.title.as_ref().and_then(|title| title.span);
    let section = record.document.sections.iter().find(|s| Some(s.title_span) == title);
    let Some(section) = section else {
        return Some(Edit::insert(record.document.body.start, format!("{line}{eol}{eol}")));
    };
    let end = end_of_line(text, section.heading.end.checked_sub(1)?.max(section.heading.start));
    let end = if section.heading.of(text).ends_with('\n') {
        let heading = section.heading.of(text).trim_end_matches(['\r', '\n']);
        section.heading.start + heading.len()
    } else {
        end
    };
    // Where the text goes on right below the heading, the new line stands there, too.
    let below = text.get(end..).unwrap_or_default().lines().nth(1).unwrap_or_default();
    let is_apart = below.trim().is_empty() || below.starts_with('#');
    let written = if is_apart { format!("{eol}{eol}{line}") } else { format!("{eol}{line}{eol}") };
    Some(Edit::insert(end, written))
}
