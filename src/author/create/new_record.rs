//! Creates a record from a template.

use std::path::Path;

use super::adopt::{adopt, is_record};
use super::content::NewRecord;
use super::draft::RecordDraft;
use super::template::{Filled, Template};
use crate::author::edits::line_ending;
use crate::author::fields::{escaped, single_line};
use crate::author::naming::{Scheme, slug};
use crate::format::Words;
use crate::syntax::{Section, parse};
use crate::text::{path_in, with_line_feeds};
use crate::{Refusal, Result};

/// Returns the draft of a new record in `folder`, named by `scheme` and filled in from `template`.
///
/// # Errors
///
/// If the title is blank, the template cannot be filled in, or the record has no place for a part of the content.
pub fn create(
    new: &NewRecord<'_>,
    folder: &Path,
    scheme: &Scheme,
    template: &Template<'_>,
    words: &Words,
) -> Result<RecordDraft> {
    let title = single_line(new.title);
    let content = new.content;
    let whole_record = content.body.as_deref().filter(|body| is_record(body, words));
    let takes_title_from_record = title.is_empty() && whole_record.is_some();
    if !takes_title_from_record && !title.contains(char::is_alphanumeric) {
        return Err(Refusal::BlankTitle.into());
    }
    check_places(new, whole_record.is_some(), template)?;
    let text = template.fill(&Filled {
        number: scheme.is_numbered().then_some(new.number),
        id: &scheme.id(new.number),
        title: &escaped(&title),
        date: &new.date.to_string(),
        status: new.status,
        context: content.context.as_deref(),
        decision: content.decision.as_deref(),
        drivers: &content.drivers,
        options: &content.options,
        consequences: &content.consequences,
        deciders: &content.deciders,
        consulted: &content.consulted,
        informed: &content.informed,
        tags: &content.tags,
    })?;
    if let Some(whole_record) = whole_record {
        let adopted = adopt(new, whole_record, &text, scheme, words)?;
        return adopted.into_draft(folder, new).with_fields(content, words);
    }
    let text = with_line_feeds(&text).unwrap_or(text);
    let text = match &content.body {
        Some(body) => with_body(&text, &with_line_feeds(body).unwrap_or(body.clone()), words)?,
        None => text,
    };
    // The template decides on line endings, not the given texts.
    let text = text.replace("\r\n", "\n").replace('\n', line_ending(template.text));
    let file = scheme.file_name(new.number, new.date, &slug(&title));
    let draft = RecordDraft::new(path_in(folder, &file), file, text, new.date);
    // Fields that the template does not use are added to the draft.
    draft.with_title(&title, words)?.with_fields(content, words)
}

/// Checks that the template has a place for every given value. The fields of a whole record are written into the
/// record instead.
fn check_places(new: &NewRecord<'_>, is_whole_record: bool, template: &Template<'_>) -> Result<()> {
    let content = new.content;
    let template_name = format!("the template `{}`", template.name);
    if template.text.trim().is_empty() {
        let reason = "it is empty".to_owned();
        return Err(Refusal::BadInput { what: template_name, reason }.into());
    }
    let no_place = |name: &str, into: String, instead: String| Refusal::NoPlace {
        what: format!("the {name}"),
        into,
        instead,
    };
    let use_variable =
        |name: &str| format!("use `{{{{ {name} }}}}` in the template, or use another template");
    let requested = new.requested;
    for (name, word, is_given) in [
        ("title", "TITLE", true),
        ("status", "STATUS", requested.status),
        ("date", "DATE", requested.date),
    ] {
        let has_place = template.uses_variable(name) || template.has_word(word);
        if is_given && !is_whole_record && !has_place {
            return Err(no_place(name, template_name, use_variable(name)).into());
        }
    }
    let sections = [
        ("context", content.context.is_some()),
        ("decision", content.decision.is_some()),
        ("drivers", !content.drivers.is_empty()),
        ("options", !content.options.is_empty()),
        ("consequences", !content.consequences.is_empty()),
    ];
    for (name, _) in sections.into_iter().filter(|(_, is_given)| *is_given) {
        if content.body.is_some() {
            let instead = "add it to the text, which replaces all sections".to_owned();
            return Err(no_place(name, "the given text".to_owned(), instead).into());
        }
        if !template.uses_variable(name) {
            return Err(no_place(name, template_name, use_variable(name)).into());
        }
    }
    Ok(())
}

/// `text` with `body` instead of its sections, from the first one that is not a field. A body without headings
/// becomes the content of that section. No part of the body becomes a part of the status.
fn with_body(text: &str, body: &str, words: &Words) -> Result<String> {
    let (document, body) = (parse(text), body.trim());
    let is_status = |section: &&Section| words.is_status_key(&section.title);
    let sections_below_title = || document.sections.iter().skip(1);
    let first_section = sections_below_title().find(|section| !is_status(section));
    let fields_end = first_section.map_or(text.len(), |section| section.heading.start);
    let has_status_section = sections_below_title().take_while(is_status).next().is_some();
    let body_document = parse(body);
    let first_heading = body_document.sections.first().map(|section| section.heading.start);
    let kept_end = match (first_heading, first_section) {
        (None, Some(section)) => section.heading.end,
        _ if !has_status_section || first_heading == Some(0) || body.starts_with("<!--") => {
            fields_end
        }
        _ => {
            let what = "the text before the first heading".to_owned();
            let instead = "start it with a heading, such as `## Context`".to_owned();
            return Err(Refusal::NoPlace { what, into: "the record".to_owned(), instead }.into());
        }
    };
    Ok(format!("{}\n\n{body}\n", text.get(..kept_end).unwrap_or(text).trim_end()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::create;
    use crate::author::{
        Content, NewRecord, RequestedFields, Scheme, TEMPLATES, Template, next_number,
    };
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Date, Log, Record, SkipReason, Skipped};
    use crate::text::{Change, Source};

    fn words() -> Words {
        Words::new(std::iter::empty())
    }

    fn read(file: &str, text: &str) -> Record {
        match recognise(Source::new(file, text), file, &words()) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}:\n{text}"),
        }
    }

    fn made(template: &str, content: &Content, status: &str) -> Record {
        let ours = TEMPLATES.iter().find(|ours| ours.name == template).unwrap();
        let date = Date::day(2026, 3, 9).unwrap();
        let title = "Use PostgreSQL: R&D & <T>";
        let requested = RequestedFields::default();
        let new = NewRecord { title, number: 12, date, status, requested, content };
        let template = Template { name: ours.name, text: ours.text };
        let draft = create(&new, Path::new(""), &Scheme::default(), &template, &words()).unwrap();
        match draft.into_change(&words()).unwrap() {
            Change::Create { path, text } => read(path.to_str().unwrap(), &text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_record_from_any_of_our_templates_reads_back() {
        let full = Content {
            context: Some("We have orders.".to_owned()),
            decision: Some("We use it.".to_owned()),
            drivers: vec!["cost".to_owned()],
            options: vec!["PostgreSQL".to_owned(), "MySQL".to_owned()],
            consequences: vec!["we must learn it".to_owned()],
            deciders: vec!["Ada Lovelace".to_owned(), "@grace".to_owned()],
            consulted: vec!["Alan".to_owned()],
            informed: vec!["all: everyone".to_owned()],
            tags: vec!["data".to_owned(), "true".to_owned(), "1.0".to_owned()],
            body: None,
        };
        for template in TEMPLATES {
            for (content, status) in [(&Content::default(), "proposed"), (&full, "accepted")] {
                let record = made(template.name, content, status);
                let shown = record.text().to_owned();
                assert_eq!(record.number.as_ref().unwrap().value.value, 12, "{shown}");
                assert_eq!(record.title_or_file(), "Use PostgreSQL: R&D & <T>", "{shown}");
                assert_eq!(record.status().unwrap().word, status, "{shown}");
                assert_eq!(record.date(), Date::day(2026, 3, 9), "{shown}");
                assert_eq!(record.relations, [], "{shown}");
                let names = |list: &[crate::text::Spanned<String>]| -> Vec<String> {
                    list.iter().map(|one| one.value.clone()).collect()
                };
                assert_eq!(names(&record.tags), content.tags, "{shown}");
                assert_eq!(names(&record.decision_makers), content.deciders, "{shown}");
                assert_eq!(names(&record.consulted), content.consulted, "{shown}");
                assert_eq!(names(&record.informed), content.informed, "{shown}");
                for said in content.drivers.iter().chain(&content.options) {
                    assert!(shown.contains(said), "{shown}");
                }
                let ours = template.name;
                let kind = if ours.starts_with("madr") { "madr" } else { ours };
                assert_eq!(record.format.name, kind, "{shown}");
            }
        }
    }

    #[test]
    fn a_body_replaces_the_sections() {
        let body = "## Why\n\nBecause.\n".to_owned();
        let content = Content { body: Some(body), ..Content::default() };
        let expected = "# 12. Use PostgreSQL: R&D & \\<T>\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\n## Why\n\nBecause.\n";
        assert_eq!(made("nygard", &content, "proposed").text(), expected);
    }

    #[test]
    fn a_body_without_headings_becomes_the_first_section() {
        let content = |body: &str| Content { body: Some(body.to_owned()), ..Content::default() };
        let text = made("nygard", &content("Because."), "proposed").text().to_owned();
        let head = "# 12. Use PostgreSQL: R&D & \\<T>\n\nDate: 2026-03-09\n\n";
        assert_eq!(text, format!("{head}## Status\n\nProposed\n\n## Context\n\nBecause.\n"));
        let text = made("madr-bare", &content("Because."), "proposed").text().to_owned();
        assert!(text.ends_with("\n\n## Context and Problem Statement\n\nBecause.\n"), "{text}");
    }

    #[test]
    fn content_without_a_place_is_refused() {
        let refused = |template: &Template<'_>, content: &Content| {
            let date = Date::day(2026, 3, 9).unwrap();
            let (title, status, requested) = ("Use it", "proposed", RequestedFields::default());
            let new = NewRecord { title, number: 12, date, status, requested, content };
            let made = create(&new, Path::new(""), &Scheme::default(), template, &words());
            made.unwrap_err().to_string()
        };
        let tags = Content { tags: vec!["no".to_owned()], ..Content::default() };
        for ours in TEMPLATES {
            let template = Template { name: ours.name, text: ours.text };
            assert_eq!(refused(&template, &tags), "the tag `no` cannot be written into the record");
        }
        let drivers = Content { drivers: vec!["cost".to_owned()], ..Content::default() };
        let template = Template { name: "own.md", text: "# {{ title }}\n\n{{ context }}\n" };
        let expected = "the drivers cannot be written into the template `own.md`";
        assert_eq!(refused(&template, &drivers), expected);
        let template = Template { name: "own.md", text: "# TITLE\n\ndrivers\n" };
        assert_eq!(refused(&template, &drivers), expected);
        let body = Some("Because.\n\n## Context\n\nx\n".to_owned());
        let late = Content { body, ..Content::default() };
        let nygard = TEMPLATES.iter().find(|ours| ours.name == "nygard").unwrap();
        let template = Template { name: nygard.name, text: nygard.text };
        let expected = "the text before the first heading cannot be written into the record";
        assert_eq!(refused(&template, &late), expected);
    }

    #[test]
    fn line_endings_are_those_of_the_template() {
        let body = "## Why\r\n\r\nBecause.\r\n".to_owned();
        let content = Content { body: Some(body), ..Content::default() };
        assert!(!made("nygard", &content, "proposed").text().contains('\r'));
    }

    #[test]
    fn the_next_number_is_one_above_the_highest() {
        let log = |files: &[&str], skipped: &[&str]| {
            let records =
                files.iter().map(|file| read(file, "# Use Rust\n\n## Status\n\nAccepted\n"));
            let skipped = skipped
                .iter()
                .map(|file| Skipped { file: (*file).to_owned(), reason: SkipReason::Markup });
            Log::new(records.collect(), skipped.collect())
        };
        let next_number = |log: &Log| next_number(log, ["0002-c.md"].into_iter());
        assert_eq!(next_number(&log(&[], &[])), 3);
        assert_eq!(next_number(&log(&["0009-a.md", "0003-b.md", "c.md"], &[])), 10);
        assert_eq!(
            next_number(&log(
                &["0009-a.md"],
                &["old/0011-b.adoc", "20240101-c.rst", "9999-template.md"]
            )),
            12
        );
    }
}
