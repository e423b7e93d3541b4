//! Classifies a file as a record, a template, an index or a note, by its content, and by its name only if
//! the content is ambiguous.
//!
//! A template has gaps to fill in. An index is a readme, or a list of links to the records. A note
//! has neither the number or date of a record in its name, nor the sections or status of one in its text,
//! nor a heading that calls it one: `Decision Record: …`, `Architecture Decision Record 3`.

use crate::format::fields::NAMES_OF_RECORDS;
use crate::format::references::RecordFileName;
use crate::model::{Record, Role, SkipReason};
use crate::text::Encoding;

/// Why the file is not a record; `None` for a record.
pub(crate) fn skip_reason(record: &Record, name: &RecordFileName) -> Option<SkipReason> {
    if matches!(record.source.encoding(), Encoding::Unreadable { .. }) {
        return None;
    }
    let roles = distinct_roles(record);
    if is_template(record, name) {
        return Some(SkipReason::Template);
    }
    let has_decision = roles.contains(&Role::Decision) || roles.len() >= 3;
    let is_numbered = record.number.is_some() || name.date.is_some();
    let has_status = !record.statuses.is_empty();
    if names_page_about_log(name) {
        let is_index_of_folder = name.is_index && !name.folder.is_empty();
        let is_like_record = has_decision && (roles.len() >= 2 || has_status)
            || is_numbered
            || has_status && roles.len() >= 2;
        return (!(is_index_of_folder && is_like_record)).then_some(SkipReason::Index);
    }
    let is_empty = record.text().trim().is_empty();
    let has_structure = has_decision && roles.len() >= 2
        || has_status && (!roles.is_empty() || record.date.is_some());
    let is_like_record = has_number_or_date(name)
        || has_structure
        || has_status && record.title.is_some()
        || !roles.is_empty() && is_called_record(record);
    (!is_like_record || is_empty && !is_numbered).then_some(SkipReason::Note)
}

/// Whether the name is the name of a record: it has a number or a date, and is neither the name of a template
/// nor of a page about the log.
pub(super) fn names_record(name: &RecordFileName) -> bool {
    has_number_or_date(name)
        && !names_page_about_log(name)
        && !is_template_name(&name.slug)
        && !is_template_name(&name.folder)
}

fn has_number_or_date(name: &RecordFileName) -> bool {
    name.number.is_some() || name.date.is_some()
}

/// Whether a title is certainly not the title of a template.
pub(super) fn is_filled_in(title: &str) -> bool {
    placeholder_in(&title.to_lowercase()) == Placeholder::No
}

/// Whether the first heading calls the file a record, with a mark or a number after the words for one.
fn is_called_record(record: &Record) -> bool {
    let Some(first_section) = record.document.sections.first() else { return false };
    NAMES_OF_RECORDS.iter().any(|name| {
        let Some((words, text_after)) = first_section.title.split_at_checked(name.len()) else {
            return false;
        };
        words.eq_ignore_ascii_case(name)
            && text_after.trim_start().starts_with(|c: char| {
                c.is_ascii_digit() || matches!(c, ':' | '-' | '—' | '–' | '#')
            })
    })
}

/// The roles of the sections, each once.
fn distinct_roles(record: &Record) -> Vec<Role> {
    let mut roles: Vec<Role> = record.roles.iter().flatten().copied().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// Whether the name is the name of a file about the log or the repository.
fn names_page_about_log(name: &RecordFileName) -> bool {
    const NAMES: [&str; 18] = [
        "readme",
        "index",
        "toc",
        "decisions",
        "summary",
        "contents",
        "overview",
        "agents",
        "claude",
        "license",
        "licence",
        "contributing",
        "changelog",
        "glossary",
        "codeowners",
        "_index",
        "table-of-contents",
        "copilot-instructions",
    ];
    let is_numbered_list =
        name.number.is_some_and(|number| number.value == 0) && is_list_name(&name.slug);
    name.is_index
        || is_numbered_list
        || !has_number_or_date(name)
            && (NAMES.contains(&name.slug.as_str()) || is_list_name(&name.slug))
}

/// Whether the name consists of words for records and for lists, and has one for a list: `ADR-INDEX`.
fn is_list_name(slug: &str) -> bool {
    const NAMES: [&str; 6] = ["adrs", "statuses", "uebersicht", "übersicht", "sommaire", "status"];
    const LISTS: [&str; 10] = [
        "index", "toc", "list", "log", "overview", "contents", "readme", "register", "catalog",
        "legend",
    ];
    const RECORDS: [&str; 12] = [
        "adr",
        "adrs",
        "decision",
        "decisions",
        "record",
        "records",
        "architecture",
        "architectural",
        "of",
        "status",
        "statuses",
        "the",
    ];
    let names_list = words_of(slug).any(|word| LISTS.contains(&word));
    NAMES.contains(&slug)
        || names_list && words_of(slug).all(|word| LISTS.contains(&word) || RECORDS.contains(&word))
}

/// The words of a slug.
fn words_of(slug: &str) -> impl Iterator<Item = &str> {
    slug.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty())
}

/// Whether the file is a template.
fn is_template(record: &Record, name: &RecordFileName) -> bool {
    let title = record.title.as_ref().map(|title| title.value.to_lowercase());
    // The value of a title lacks its brackets, so they are looked up in the text.
    let title_span = record.title.as_ref().and_then(|title| title.span);
    let has_bracket =
        title_span.is_some_and(|span| span.of(record.text()).contains(['[', '<', '{']));
    let placeholder = match title.as_deref().map_or(Placeholder::Certainly, placeholder_in) {
        Placeholder::Possibly if has_bracket => Placeholder::Certainly,
        placeholder => placeholder,
    };
    let is_dated = record.date().is_some();
    let has_known_status = record.status().is_some_and(|status| status.meaning.is_some());
    if is_template_name(&name.slug) || is_template_name(&name.folder) {
        return placeholder != Placeholder::No || !(is_dated && has_known_status);
    }
    // With a number, a date and a status it is a decision, even if its heading looks like a template: it may be
    // about templates, or have no title yet.
    let is_numbered = name.number.is_some_and(|number| number.value > 0) || name.date.is_some();
    let is_filled_in = match placeholder {
        Placeholder::No => true,
        Placeholder::Possibly => has_known_status && (is_dated || is_numbered),
        Placeholder::Certainly => is_dated && is_numbered,
    };
    title.is_some_and(|title| !title.is_empty()) && !is_filled_in
}

const TEMPLATE: [&str; 7] =
    ["template", "modele", "modèle", "vorlage", "plantilla", "шаблон", "模板"];
const NEXT_TO_TEMPLATE: [&str; 26] = [
    "adr",
    "adrs",
    "ladr",
    "madr",
    "dr",
    "rfc",
    "tep",
    "record",
    "records",
    "decision",
    "decisions",
    "architecture",
    "architectural",
    "minimal",
    "bare",
    "full",
    "short",
    "long",
    "simple",
    "yyyy",
    "mm",
    "dd",
    "xxx",
    "xxxx",
    "nnnn",
    "example",
];
const TEMPLATES_FOR_ONE_TOPIC: [&str; 4] =
    ["template-by", "template-for", "template-of", "template-using"];

/// Whether the name consists only of words for templates.
fn is_template_name(slug: &str) -> bool {
    if !TEMPLATE.iter().any(|word| slug.contains(word)) {
        return false;
    }
    let words: Vec<&str> = words_of(slug).collect();
    let is_template = |word: &&str| TEMPLATE.contains(word);
    let is_next_to_template = |word: &&str| {
        let number = word.trim_start_matches("adr").trim_start_matches("dr");
        NEXT_TO_TEMPLATE.contains(word)
            || word.len() == 2
            || !number.is_empty() && number.chars().all(|c| matches!(c, 'x' | 'n'))
    };
    words.iter().any(is_template)
        && words.iter().all(|word| is_template(word) || is_next_to_template(word))
        || TEMPLATES_FOR_ONE_TOPIC.iter().any(|words| slug.contains(words))
}

/// Whether a title is a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    No,
    /// It has words of templates, which decisions about templates and titles have, too.
    Possibly,
    /// It consists of such words, or has a gap.
    Certainly,
}

const PHRASES_WITH_TITLE: [&str; 11] = [
    "short title",
    "title of solved",
    "title of the",
    "your title",
    "adr title",
    "decision title",
    "insert title",
    "title here",
    "{title",
    "<title",
    "[title",
];
const OTHER_PHRASES: [&str; 6] =
    ["short noun phrase", "short present tense", "titel", "titre", "название", "nnnn"];
const WHOLE_TITLES: [&str; 8] =
    ["title", "titel", "titre", "template", "adr template", "title template", "topic", "标题"];
const MAX_PLACEHOLDER: usize = 120;
const MAX_TEMPLATE_NAME: usize = 48;

/// Whether a title in lower case is a placeholder.
fn placeholder_in(title: &str) -> Placeholder {
    let words = title.trim_matches(|c: char| !c.is_alphanumeric());
    let is_gap = [('<', '>'), ('{', '}'), ('[', ']')].into_iter().any(|(open, close)| {
        title.starts_with(open)
            && title.ends_with(close)
            && (open != '[' || contains_words(title, "title"))
    });
    if words.is_empty()
        || WHOLE_TITLES.contains(&words)
        || title.len() < MAX_PLACEHOLDER && is_gap
        || contains_words(title, "{{")
    {
        return Placeholder::Certainly;
    }
    let has_phrase = OTHER_PHRASES.iter().any(|phrase| contains_words(title, phrase))
        || contains_words(title, "title")
            && PHRASES_WITH_TITLE.iter().any(|phrase| contains_words(title, phrase));
    let is_template_name = title.ends_with(" template") && title.len() < MAX_TEMPLATE_NAME;
    if title.len() < MAX_PLACEHOLDER && has_phrase || is_template_name {
        Placeholder::Possibly
    } else {
        Placeholder::No
    }
}

/// Whether the title contains `words`, and not as a part of longer words.
fn contains_words(title: &str, words: &str) -> bool {
    // Nearly always false, and `contains` compares many bytes at a time.
    if !title.contains(words) {
        return false;
    }
    let Some(start) = title.find(words) else { return false };
    let is_outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let preceding = title.get(..start).and_then(|text| text.chars().next_back());
    let following = title.get(start + words.len()..).and_then(|text| text.chars().next());
    (is_outside(preceding) || !words.starts_with(char::is_alphanumeric))
        && (is_outside(following) || !words.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::{Placeholder, placeholder_in};

    #[test]
    fn placeholders_are_distinguished_from_titles_about_titles() {
        for title in ["title", "[short title of it]", "{title}", "<name>", "nnnn. {{ title }}"] {
            assert_eq!(placeholder_in(title), Placeholder::Certainly, "{title}");
        }
        for title in ["one mail template", "short title in english", "nnnn in file names"] {
            assert_eq!(placeholder_in(title), Placeholder::Possibly, "{title}");
        }
        for title in ["untertitel als webvtt", "sous-titres", "use templates for mails"] {
            assert_eq!(placeholder_in(title), Placeholder::No, "{title}");
        }
    }
}
