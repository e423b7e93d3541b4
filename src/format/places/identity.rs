//! Title, number and id of a record: from its first heading, its front matter, its file's name.

use super::record_reader::RecordReader;
use super::record_section::RecordSection;
use crate::format::fields::{is_label, read_title};
use crate::model::{Layout, Number, Stated};
use crate::syntax::Section;
use crate::text::Spanned;
impl<'a> RecordReader<'a> {
    /// Title, number and id: from the first heading that is a title, the front matter, the name.
    pub(crate) fn identity(&mut self) {
        let front = self.document.front_matter.as_ref();
        let entry = front.and_then(|front| front.entry(&["title"]));
        let stated = entry.and_then(|entry| Some((entry.value.scalar()?, entry.value.span)));
        let heading = self.title_section(stated.is_some());
        let words =
            heading.map(|section| (section.title.as_str(), section.title_span, Layout::Title));
        let front = stated.map(|(words, span)| (words, span, Layout::FrontMatter));
        if let Some((shown, span, layout)) = words.or(front) {
            let read = read_title(shown, self.name, self.words);
            let value = if read.title.is_empty() { shown.to_owned() } else { read.title };
            self.fields.title = Some(Stated { value, span: Some(span), layout });
            self.fields.heading_number = read.number.map(|number| Spanned::new(number, span));
            let status = read.status;
            self.fields.statuses.extend(status.map(|value| Stated {
                value,
                span: Some(span),
                layout: Layout::Title,
            }));
            self.fields.id = read.id.map(|value| Stated { value, span: Some(span), layout });
        }
        self.number();
    }

    pub(crate) fn number(&mut self) {
        let named =
            |value: &String| Stated { value: value.clone(), span: None, layout: Layout::FileName };
        let from_name =
            self.name.number.map(|value| Stated { value, span: None, layout: Layout::FileName });
        let from_heading = self.fields.heading_number.as_ref().map(|number| Stated {
            value: number.value,
            span: Some(number.span),
            layout: Layout::Title,
        });
        let dated = self.name.date.is_some();
        self.fields.number =
            from_name.or(from_heading.filter(|_| !dated)).or_else(|| self.stated_number());
        let specific = |id: &Stated<String>| !id.value.to_lowercase().starts_with("adr ");
        let from_title = self.fields.id.take().filter(specific);
        self.fields.id =
            self.name.id.as_ref().map(named).or(from_title.filter(|_| self.name.number.is_none()));
    }

    /// The number that the front matter gives, where neither name nor heading have one.
    pub(crate) fn stated_number(&self) -> Option<Stated<Number>> {
        let front = self.document.front_matter.as_ref()?;
        let entry = front.entry(&["number", "adr", "adr-number", "id"])?;
        let scalar = entry.value.scalar()?;
        let digits = scalar.trim_start_matches(|c: char| !c.is_ascii_digit());
        let value = Number::read(digits)?;
        Some(Stated { value, span: Some(entry.value.span), layout: Layout::FrontMatter })
    }

    /// The section whose heading is the title. Without one of the first level a heading before
    /// everything else is, if it names neither a field nor a part of a record.
    pub(crate) fn title_section(&self, has_other: bool) -> Option<&'a Section> {
        let all = || self.parts.iter().filter(|part| part.section.level == 1);
        // What only calls the record something, and has nothing below it, is no title where there
        // is another: `# ADR-3-names.md`, `# Architecture Decision Record 3`.
        let is_label = |part: &&RecordSection<'_>| {
            let section = part.section;
            let names = is_label(&section.title) || self.relates_by_heading(part);
            names && section.body.of(self.text).trim().is_empty()
        };
        let labels = all().take_while(is_label).count();
        let labels = if all().nth(labels).is_some() { labels } else { 0 };
        let ones = || all().skip(labels);
        let several = ones().count() > 1;
        // Where the first of several is `# Summary`, all of them are parts, and none is the title.
        let first = ones().next().filter(|first| !(first.is_named() && (several || has_other)));
        let first = first.or_else(|| {
            let first = self.parts.first()?;
            let leads = self.document.preamble.of(self.text).trim().is_empty();
            (leads && !has_other && first.section.level > 1 && !first.is_named()).then_some(first)
        });
        first.map(|part| part.section)
    }
}
