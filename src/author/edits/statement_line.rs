//! New lines that state something, next to the status of a record and in the same layout.

use super::letter_case::in_case_of;
use super::lines::{
    breaks_around_new_line, hard_break, line_end, line_ending, line_start, paragraph_end,
};
use crate::author::naming::RecordLink;
use crate::format::{Field, FieldPlace, Words, places};
use crate::model::{Layout, Record, Stated, Status};
use crate::text::{Edit, Span};

/// The fields that a record states on lines of one layout.
const LINE_FIELDS: [Field; 7] = [
    Field::Status,
    Field::Date,
    Field::Deciders,
    Field::Consulted,
    Field::Informed,
    Field::Tags,
    Field::Review,
];

/// The lines on which a record states its fields: the style of a new line, and the line before it.
pub(crate) struct LineStyle {
    model: FieldPlace,
    last: FieldPlace,
}

impl LineStyle {
    /// The style of the status, or else of the date; `None` if neither is on a line of its own.
    pub(crate) fn of(record: &Record, words: &Words) -> Option<Self> {
        let line_layouts = [Layout::Table, Layout::Bullet, Layout::Bold, Layout::Line];
        let text = record.text();
        let is_line = |place: &FieldPlace| {
            let separator = Span::new(place.key.span.end, place.value.start).of(text);
            line_layouts.contains(&place.layout)
                && !place.value.is_empty()
                && !separator.contains('\n')
                && place.key.span.end <= place.value.start
        };
        let line_of = |field| places(record, field, words).into_iter().find(is_line);
        let model = line_of(Field::Status).or_else(|| line_of(Field::Date))?;
        let all_places = LINE_FIELDS.into_iter().flat_map(|field| places(record, field, words));
        let same_layout = all_places.filter(|place| place.layout == model.layout);
        let last = same_layout.max_by_key(|place| place.key.span)?;
        Some(Self { model, last })
    }

    /// The layout of the lines.
    pub(crate) fn layout(&self) -> Layout {
        self.model.layout
    }

    /// A new line after the last one.
    pub(crate) fn new_line(&self, record: &Record, key: &str, value: &str) -> Option<Edit> {
        let text = record.text();
        let (model_key, model_value) = (self.model.key.span, self.model.value);
        let prefix = Span::new(line_start(text, model_key.start), model_key.start).of(text);
        let separator = Span::new(model_key.end, model_value.start).of(text);
        let last_key = self.last.key.span;
        let last_byte = self.last.value.end.max(last_key.end).saturating_sub(1);
        let offset = line_end(text, last_byte.max(last_key.start));
        let is_paragraph = self.is_own_paragraph(text, offset);
        let (break_before, suffix) = match self.layout() {
            Layout::Table => {
                ("", Span::new(model_value.end, line_end(text, model_value.end)).of(text))
            }
            Layout::Line | Layout::Bold if !is_paragraph => breaks_around_new_line(text, offset),
            _ => ("", hard_break(text.get(line_start(text, offset)..offset)?)),
        };
        let ending = line_ending(text);
        let gap = if is_paragraph { ending.repeat(2) } else { format!("{break_before}{ending}") };
        let key = self.styled_key(text, key);
        let value = match self.layout() {
            Layout::Table => value.replace('|', "\\|"),
            _ => value.to_owned(),
        };
        Some(Edit::insert(offset, format!("{gap}{prefix}{key}{separator}{value}{suffix}")))
    }

    /// `key` in the case and with the emphasis of the existing key.
    fn styled_key(&self, text: &str, key: &str) -> String {
        let model_words = self.model.key.value.as_str();
        // A key such as `ADR Status` is not in capitals, although its first letters are.
        let is_mixed_case =
            model_words.contains(char::is_lowercase) && model_words.starts_with(char::is_uppercase);
        let key = if is_mixed_case {
            key.to_owned()
        } else {
            in_case_of(model_words, &key.to_lowercase())
        };
        match self.model.key.span.of(text).split_once(model_words) {
            Some((opening, closing)) => format!("{opening}{key}{closing}"),
            None => key,
        }
    }

    /// Whether the last line, which ends at `last_end`, is a paragraph of its own, so that a new line has to be a
    /// paragraph, too.
    fn is_own_paragraph(&self, text: &str, last_end: usize) -> bool {
        let is_text = matches!(self.layout(), Layout::Line | Layout::Bold);
        let last_start = line_start(text, self.last.key.span.start);
        let text_above = text.get(..last_start).unwrap_or_default();
        let text_above = text_above.strip_suffix('\n').unwrap_or(text_above);
        let line_above = text_above.get(line_start(text_above, text_above.len())..);
        let line_above = line_above.unwrap_or_default().trim();
        let text_below = text.get(last_end..).unwrap_or_default();
        let line_below = text_below.lines().nth(1).unwrap_or_default().trim();
        is_text && (line_above.is_empty() || line_above.starts_with('#')) && line_below.is_empty()
    }
}

/// `VERB LINK` in the section of the status, after the last statement there, as adr-tools writes it.
pub(crate) fn statement_in_section(
    record: &Record,
    status: &Stated<Status>,
    verb: &str,
    link: &RecordLink,
) -> Option<Edit> {
    let text = record.text();
    let span = status.span?;
    let section = record.document.sections.iter().find(|section| section.body.contains(span))?;
    let relations = record.relations.iter().filter(|relation| section.body.contains(relation.span));
    let last_end = relations.map(|relation| relation.span.end).chain([span.end]).max()?;
    let last_byte = last_end.saturating_sub(1).max(span.start);
    let offset = paragraph_end(text, last_byte, section.body.end);
    let last_line = text.get(line_start(text, offset)..offset)?;
    let ending = line_ending(text);
    let statement = format!("{verb} {}", link.markdown(record));
    // A list gets another item; a paragraph is followed by another one.
    let indentation = last_line.len() - last_line.trim_start().len();
    let list_item = last_line
        .get(indentation..)
        .filter(|item| ["- ", "* ", "+ "].iter().any(|mark| item.starts_with(mark)));
    Some(match list_item {
        Some(item) => {
            let (spaces, mark) = (last_line.get(..indentation)?, item.get(..1)?);
            Edit::insert(offset, format!("{ending}{spaces}{mark} {statement}"))
        }
        None => Edit::insert(offset, format!("{ending}{ending}{statement}")),
    })
}

/// A line like the status, with another key and value: a bullet, a bold key, a table row.
pub(crate) fn statement_like_status(
    record: &Record,
    status: &Stated<Status>,
    verb: &str,
    links: &str,
) -> Option<Edit> {
    let text = record.text();
    let span = status.span?;
    let text_before = Span::new(line_start(text, span.start), span.start).of(text);
    let key_end = text_before.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let up_to_key = text_before.get(..key_end)?;
    let is_key_character = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let padded_key = up_to_key.len() - up_to_key.trim_end_matches(is_key_character).len();
    let key_start =
        key_end - up_to_key.get(key_end - padded_key..)?.trim_start_matches([' ', '-', '_']).len();
    // The key is above the value, in a table with a header; or the status has no key.
    if key_start >= key_end {
        return None;
    }
    let (prefix, separator) = (text_before.get(..key_start)?, text_before.get(key_end..)?);
    let offset = line_end(text, span.end);
    let (break_before, suffix) = match status.layout {
        Layout::Table => ("", text.get(span.end..offset)?),
        Layout::Line | Layout::Bold => breaks_around_new_line(text, offset),
        _ => ("", hard_break(text.get(line_start(text, offset)..offset)?)),
    };
    let line = format!("{prefix}{verb}{separator}{links}{suffix}");
    Some(Edit::insert(offset, format!("{break_before}{}{line}", line_ending(text))))
}

/// `VERB: LINK` as a paragraph below the title.
pub(crate) fn statement_below_title(
    record: &Record,
    verb: &str,
    link: &RecordLink,
) -> Option<Edit> {
    line_below_title(record, &format!("{verb}: {}", link.markdown(record)))
}

/// A paragraph below the title, or at the start of a text without a title.
pub(crate) fn line_below_title(record: &Record, line: &str) -> Option<Edit> {
    let text = record.text();
    let ending = line_ending(text);
    let title_span = record.title.as_ref().and_then(|title| title.span);
    let mut sections = record.document.sections.iter();
    let Some(section) = sections.find(|section| Some(section.title_span) == title_span) else {
        let paragraph = format!("{line}{ending}{ending}");
        return Some(Edit::insert(record.document.body.start, paragraph));
    };
    let heading = section.heading.of(text);
    let heading_end = if heading.ends_with('\n') {
        section.heading.start + heading.trim_end_matches(['\r', '\n']).len()
    } else {
        line_end(text, section.heading.end.checked_sub(1)?.max(section.heading.start))
    };
    // If text follows right below the heading, the new line is right below it, too.
    let text_below = text.get(heading_end..).unwrap_or_default();
    let line_below = text_below.lines().nth(1).unwrap_or_default();
    let has_blank_line = line_below.trim().is_empty() || line_below.starts_with('#');
    let paragraph = if has_blank_line {
        format!("{ending}{ending}{line}")
    } else {
        format!("{ending}{line}{ending}")
    };
    Some(Edit::insert(heading_end, paragraph))
}
