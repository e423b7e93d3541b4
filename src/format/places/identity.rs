//! Reads title, number and id of a record: from its first heading, its front matter, and its file name.

use super::record_reader::RecordReader;
use super::record_section::RecordSection;
use crate::format::fields::{is_label, read_title};
use crate::model::{Layout, Number, Stated};
use crate::syntax::Section;
use crate::text::Spanned;

impl<'a> RecordReader<'a> {
    /// Reads title, number and id from the first heading that is a title, the front matter, and the file name.
    pub(crate) fn read_identity(&mut self) {
        let front_matter = self.document.front_matter.as_ref();
        let entry = front_matter.and_then(|front_matter| front_matter.entry(&["title"]));
        let stated = entry
            .and_then(|entry| Some((entry.value.scalar()?, entry.value.span, Layout::FrontMatter)));
        let heading = self
            .title_section(stated.is_some())
            .map(|section| (section.title.as_str(), section.title_span, Layout::Title));
        if let Some((shown, span, layout)) = heading.or(stated) {
            let parts = read_title(shown, self.file.name, self.words);
            let value = if parts.title.is_empty() { shown.to_owned() } else { parts.title };
            self.fields.title = Some(Stated { value, span: Some(span), layout });
            self.fields.heading_number = parts.number.map(|number| Spanned::new(number, span));
            self.fields.statuses.extend(parts.status.map(|value| Stated {
                value,
                span: Some(span),
                layout: Layout::Title,
            }));
            self.fields.id = parts.id.map(|value| Stated { value, span: Some(span), layout });
        }
        self.read_number_and_id();
    }

    fn read_number_and_id(&mut self) {
        let name = self.file.name;
        let from_name =
            name.number.map(|value| Stated { value, span: None, layout: Layout::FileName });
        let from_heading = self.fields.heading_number.as_ref().map(|number| Stated {
            value: number.value,
            span: Some(number.span),
            layout: Layout::Title,
        });
        let from_heading = from_heading.filter(|_| name.date.is_none());
        self.fields.number = from_name.or(from_heading).or_else(|| self.number_in_front_matter());
        let id_in_name = name.id.clone();
        let from_name =
            id_in_name.map(|value| Stated { value, span: None, layout: Layout::FileName });
        // `ADR 3` in a heading is a label, and not an id.
        let is_specific = |id: &Stated<String>| !id.value.to_lowercase().starts_with("adr ");
        let from_title = self.fields.id.take().filter(is_specific);
        self.fields.id = from_name.or(from_title.filter(|_| name.number.is_none()));
    }

    /// The number in the front matter.
    fn number_in_front_matter(&self) -> Option<Stated<Number>> {
        let front_matter = self.document.front_matter.as_ref()?;
        let entry = front_matter.entry(&["number", "adr", "adr-number", "id"])?;
        let scalar = entry.value.scalar()?;
        let digits = scalar.trim_start_matches(|c: char| !c.is_ascii_digit());
        let value = Number::read(digits)?;
        Some(Stated { value, span: Some(entry.value.span), layout: Layout::FrontMatter })
    }

    /// The section that has the title as its heading: a heading of the first level, or the first heading if nothing
    /// precedes it and it names neither a field nor a role. `has_other_title` is set if the front matter
    /// has a title.
    fn title_section(&self, has_other_title: bool) -> Option<&'a Section> {
        let top_sections: Vec<&RecordSection<'a>> =
            self.sections.iter().filter(|section| section.section.level == 1).collect();
        // A heading that only labels the record, without text below it, is not the title if there is
        // another: `# ADR-3-names.md`, `# Architecture Decision Record 3`.
        let is_empty_label = |section: &&&RecordSection<'a>| {
            let is_label =
                is_label(&section.section.title) || self.has_relation_in_heading(section);
            is_label && section.section.body.of(self.text).trim().is_empty()
        };
        let label_count = top_sections.iter().take_while(is_empty_label).count();
        let candidates = top_sections.get(label_count..).unwrap_or_default();
        let candidates = if candidates.is_empty() { &*top_sections } else { candidates };
        // If the first of several is `# Summary`, all of them are sections, and none is the title.
        let is_section = |first: &RecordSection<'a>| {
            first.names_field_or_role() && (candidates.len() > 1 || has_other_title)
        };
        let title = candidates.first().copied().filter(|first| !is_section(first));
        let title = title.or_else(|| {
            let first = self.sections.first()?;
            let has_preamble = !self.document.preamble.of(self.text).trim().is_empty();
            let is_title = !has_preamble
                && !has_other_title
                && first.section.level > 1
                && !first.names_field_or_role();
            is_title.then_some(first)
        });
        title.map(|title| title.section)
    }
}
