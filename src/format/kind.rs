//! Whether a file is a record at all: told by looking inside, and by its name only where the
//! content leaves it open.
//!
//! A template asks to be filled in. An index is a readme, or a list of links to the others. A note
//! has neither the number or date of a record in its name nor the sections or status of one inside.

use super::name::Name;
use crate::model::{Record, Role, SkipReason};
use crate::text::Encoding;

/// Why the file is no record; `None` for a record.
pub(super) fn reason(record: &Record, name: &Name) -> Option<SkipReason> {
    if matches!(record.source.encoding(), Encoding::Unreadable { .. }) {
        return None;
    }
    let roles = roles(record);
    if is_template(record, name) {
        return Some(SkipReason::Template);
    }
    let decided = roles.contains(&Role::Decision) || roles.len() >= 3;
    let numbered = record.number.is_some() || name.date.is_some();
    let stated = !record.statuses.is_empty();
    if is_about_the_log(name) {
        let own_topic = name.is_index && !name.folder.is_empty();
        let filled =
            decided && (roles.len() >= 2 || stated) || numbered || stated && roles.len() >= 2;
        return (!(own_topic && filled)).then_some(SkipReason::Index);
    }
    let empty = record.text().trim().is_empty();
    let shaped =
        decided && roles.len() >= 2 || stated && (!roles.is_empty() || record.date.is_some());
    let record_like = name.number_is_ours() || shaped || stated && record.title.is_some();
    (!record_like || empty && !numbered).then_some(SkipReason::Note)
}

/// The parts that the sections play, each once.
fn roles(record: &Record) -> Vec<Role> {
    let mut roles: Vec<Role> = record.roles.iter().flatten().copied().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The names of files that speak about the log, or about the repository.
fn is_about_the_log(name: &Name) -> bool {
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
    name.is_index
        || name.number.is_none() && name.date.is_none() && NAMES.contains(&name.slug.as_str())
}

/// Whether the file waits to be copied and filled in.
fn is_template(record: &Record, name: &Name) -> bool {
    let title = record.title.as_ref().map(|title| title.value.to_lowercase());
    let waits = title.as_deref().map(is_placeholder);
    let asks = waits.unwrap_or(true);
    let named = is_template_name(&name.slug) || is_template_name(&name.folder);
    let dated = record.date().is_some();
    let decided = record.status().is_some_and(|status| status.meaning.is_some());
    let whole = waits == Some(true) && title.is_some_and(|title| !title.is_empty());
    named && (asks || !(dated && decided)) || whole
}

/// Whether the name consists of words for templates, and of nothing else.
fn is_template_name(slug: &str) -> bool {
    const TEMPLATE: [&str; 7] =
        ["template", "modele", "modèle", "vorlage", "plantilla", "шаблон", "模板"];
    const BESIDE: [&str; 26] = [
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
    let words: Vec<&str> =
        slug.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty()).collect();
    let is_template = |word: &&str| TEMPLATE.contains(word);
    let beside = |word: &&str| {
        let letters = word.trim_start_matches("adr").trim_start_matches("dr");
        BESIDE.contains(word)
            || word.len() == 2
            || !letters.is_empty() && letters.chars().all(|c| matches!(c, 'x' | 'n'))
    };
    let folder = slug.contains("template-by")
        || slug.contains("template-for")
        || slug.contains("template-of")
        || slug.contains("template-using");
    words.iter().any(is_template) && words.iter().all(|word| is_template(word) || beside(word))
        || folder
}

/// Whether a title, in small letters, waits to be filled in.
fn is_placeholder(title: &str) -> bool {
    const ASKS_FOR_TITLE: [&str; 11] = [
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
    const ASKS: [&str; 7] =
        ["short noun phrase", "short present tense", "titel", "titre", "название", "{{", "nnnn"];
    let bare = title.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || matches!(
            bare,
            "title"
                | "titel"
                | "titre"
                | "template"
                | "adr template"
                | "title template"
                | "topic"
                | "标题"
        )
        || title.len() < 120
            && (ASKS.iter().any(|ask| holds(title, ask))
                || holds(title, "title") && ASKS_FOR_TITLE.iter().any(|ask| holds(title, ask)))
        || title.starts_with(['<', '{']) && title.ends_with(['>', '}'])
        || title.ends_with(" template") && title.len() < 48
}

/// Whether the title contains the words.
fn holds(title: &str, words: &str) -> bool {
    memchr::memmem::find(title.as_bytes(), words.as_bytes()).is_some()
}

impl Name {
    /// Whether the number of the record stands in this name, and the name is no other document's.
    fn number_is_ours(&self) -> bool {
        self.number.is_some() || self.date.is_some()
    }
}
