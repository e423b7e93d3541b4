//! Whether a file is a record at all: told by looking inside, and by its name only where the
//! content leaves it open.
//!
//! A template asks to be filled in. An index is a readme, or a list of links to the others. A note
//! has neither the number or date of a record in its name nor the sections or status of one inside, nor a
//! heading that calls it one: `Decision Record: …`, `Architecture Decision Record 3`.

use crate::format::fields::RECORDS;
use crate::format::references::RecordName;
use crate::model::{Record, Role, SkipReason};
use crate::text::Encoding;

/// Why the file is no record; `None` for a record.
pub(crate) fn skip_reason(record: &Record, name: &RecordName) -> Option<SkipReason> {
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
    let record_like = name.number_is_ours()
        || shaped
        || stated && record.title.is_some()
        || !roles.is_empty() && is_called_record(record);
    (!record_like || empty && !numbered).then_some(SkipReason::Note)
}

/// Whether the name is that of a record: it has a number or a date, and is neither that of a template
/// nor of a page about the log.
pub(crate) fn names_record(name: &RecordName) -> bool {
    name.number_is_ours()
        && !is_about_the_log(name)
        && !is_template_name(&name.slug)
        && !is_template_name(&name.folder)
}

/// Whether a title is that of a record, and surely not of a template.
pub(crate) fn is_filled_in(title: &str) -> bool {
    asks(&title.to_lowercase()) == Asks::No
}

/// Whether the first heading says that this is a record: the words for one, with a mark or a number
/// behind them.
fn is_called_record(record: &Record) -> bool {
    let Some(first) = record.document.sections.first() else { return false };
    RECORDS.iter().any(|name| {
        let lead = first.title.get(..name.len());
        let rest = first.title.get(name.len()..).unwrap_or_default().trim_start();
        lead.is_some_and(|lead| lead.eq_ignore_ascii_case(name))
            && rest.starts_with(|c: char| {
                c.is_ascii_digit() || matches!(c, ':' | '-' | '—' | '–' | '#')
            })
    })
}

/// The parts that the sections play, each once.
fn roles(record: &Record) -> Vec<Role> {
    let mut roles: Vec<Role> = record.roles.iter().flatten().copied().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The names of files that speak about the log, or about the repository.
fn is_about_the_log(name: &RecordName) -> bool {
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
    let unnumbered = name.number.is_none() && name.date.is_none();
    let is_first = name.number.is_some_and(|number| number.value == 0) && is_list_name(&name.slug);
    name.is_index
        || is_first
        || unnumbered && (NAMES.contains(&name.slug.as_str()) || is_list_name(&name.slug))
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
    let mut words = slug.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty()).peekable();
    let listed = slug.split(['-', '_', '.', ' ']).any(|word| LISTS.contains(&word));
    NAMES.contains(&slug)
        || words.peek().is_some()
            && listed
            && words.all(|word| LISTS.contains(&word) || RECORDS.contains(&word))
}

/// Whether the file waits to be copied and filled in.
fn is_template(record: &Record, name: &RecordName) -> bool {
    let title = record.title.as_ref().map(|title| title.value.to_lowercase());
    // Brackets around a whole title are no part of it.
    let written = record.title.as_ref().and_then(|title| title.span).map(|at| at.of(record.text()));
    let gap = written.is_some_and(|written| written.contains(['[', '<', '{']));
    let asks = match title.as_deref().map_or(Asks::Surely, asks) {
        Asks::Perhaps if gap => Asks::Surely,
        asks => asks,
    };
    let dated = record.date().is_some();
    let decided = record.status().is_some_and(|status| status.meaning.is_some());
    if is_template_name(&name.slug) || is_template_name(&name.folder) {
        return asks != Asks::No || !(dated && decided);
    }
    // With a number, a day and a status of its own it is a decision, whatever its heading looks like:
    // one about templates, or one whose title is still to be found.
    let numbered = name.number.is_some_and(|number| number.value > 0) || name.date.is_some();
    let filled = match asks {
        Asks::No => true,
        Asks::Perhaps => decided && (dated || numbered),
        Asks::Surely => dated && numbered,
    };
    title.is_some_and(|title| !title.is_empty()) && !filled
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
    if !TEMPLATE.iter().any(|word| slug.contains(word)) {
        return false;
    }
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

/// Whether a title waits to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    No,
    /// It has words that templates have, and decisions about templates and titles too.
    Perhaps,
    /// It is nothing but such words, or a gap.
    Surely,
}

/// Whether a title, in small letters, waits to be filled in.
fn asks(title: &str) -> Asks {
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
    const ASKS: [&str; 6] =
        ["short noun phrase", "short present tense", "titel", "titre", "название", "nnnn"];
    const WHOLE: [&str; 8] =
        ["title", "titel", "titre", "template", "adr template", "title template", "topic", "标题"];
    let bare = title.trim_matches(|c: char| !c.is_alphanumeric());
    let gap = [('<', '>'), ('{', '}'), ('[', ']')].into_iter().any(|(open, close)| {
        title.starts_with(open) && title.ends_with(close) && (open != '[' || holds(title, "title"))
    });
    if bare.is_empty() || WHOLE.contains(&bare) || title.len() < 120 && gap || holds(title, "{{") {
        return Asks::Surely;
    }
    let worded = ASKS.iter().any(|ask| holds(title, ask))
        || holds(title, "title") && ASKS_FOR_TITLE.iter().any(|ask| holds(title, ask));
    let named = title.ends_with(" template") && title.len() < 48;
    if title.len() < 120 && worded || named { Asks::Perhaps } else { Asks::No }
}

/// Whether the title contains the words, and not as a part of longer ones.
fn holds(title: &str, words: &str) -> bool {
    // Nearly always none, which this tells many bytes at a time.
    if !title.contains(words) {
        return false;
    }
    let Some(at) = title.find(words) else { return false };
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let before = title.get(..at).and_then(|before| before.chars().next_back());
    let after = title.get(at + words.len()..).and_then(|after| after.chars().next());
    (outside(before) || !words.starts_with(char::is_alphanumeric))
        && (outside(after) || !words.ends_with(char::is_alphanumeric))
}

impl RecordName {
    /// Whether the number of the record stands in this name, and the name is no other document's.
    fn number_is_ours(&self) -> bool {
        self.number.is_some() || self.date.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Asks, asks};

    #[test]
    fn titles_that_wait_are_told_from_those_about_titles() {
        for title in ["title", "[short title of it]", "{title}", "<name>", "nnnn. {{ title }}"] {
            assert_eq!(asks(title), Asks::Surely, "{title}");
        }
        for title in ["one mail template", "short title in english", "nnnn in file names"] {
            assert_eq!(asks(title), Asks::Perhaps, "{title}");
        }
        for title in ["untertitel als webvtt", "sous-titres", "use templates for mails"] {
            assert_eq!(asks(title), Asks::No, "{title}");
        }
    }
}
