//! The words for a supersession in the language of a record, for commands that write it.

use std::collections::BTreeMap;

use super::dictionary::{TABLE, Words};
use crate::model::{Layout, Lifecycle, Record, RelationKind};

/// The words for a supersession in one language, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The status: `ersetzt`.
    pub superseded: String,
    /// Written before the names of successors: `ersetzt durch`.
    pub superseded_by: String,
    /// Written before the name of the replaced record, with a colon if the word is read as a verb only with
    /// one: `ersetzt:`.
    pub supersedes: String,
}

/// Lists of words by name and language.
type Lists = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The wording for `record` in its language. `None` if its status is not a section, in English, and in a
/// language without words for both directions.
pub fn wording(record: &Record, words: &Words) -> Option<Wording> {
    if record.statuses.first()?.layout != Layout::Section {
        return None;
    }
    let table: BTreeMap<String, toml::Value> = toml::from_str(TABLE).ok()?;
    let lists = |name: &str| -> Option<Lists> { table.get(name)?.clone().try_into().ok() };
    let (states, relations) = (lists("states")?, lists("relations")?);
    let language = language(record, &[lists("fields")?, states.clone(), lists("sections")?])?;
    let words_for = |lists: &Lists, name: &str| -> Vec<String> {
        lists.get(name).and_then(|list| list.get(&language)).cloned().unwrap_or_default()
    };
    let superseded = words_for(&states, "superseded").into_iter().next()?;
    let mut verbs = words_for(&relations, RelationKind::SupersededBy.as_str()).into_iter();
    let superseded_by = verbs.find(|verb| {
        // A word that is also a status alone would not be read as a verb before a name.
        verb.starts_with(&superseded)
            && words.status(verb).is_none_or(|status| status.is(Lifecycle::Superseded))
    })?;
    let keys = lists("keys").map(|keys| words_for(&keys, RelationKind::Supersedes.as_str()));
    let key = keys.into_iter().flatten().next().map(|key| format!("{key}:"));
    let verb = || words_for(&relations, RelationKind::Supersedes.as_str()).into_iter().next();
    Some(Wording { superseded, superseded_by, supersedes: key.or_else(verb)? })
}

/// The language of most headings and the status, unless it is English.
fn language(record: &Record, tables: &[Lists]) -> Option<String> {
    let title = record.title.as_ref().and_then(|title| title.span);
    let sections = &record.document.sections;
    let headings = sections.iter().filter(|section| Some(section.title_span) != title);
    let status = record.status_text().map(|text| text.lines().next().unwrap_or_default().trim());
    let phrases =
        headings.map(|section| section.title.as_str()).chain(status).map(str::to_lowercase);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for phrase in phrases {
        let lists = tables.iter().flat_map(BTreeMap::values).flatten();
        let mut languages: Vec<&str> = lists
            .filter(|(_, list)| list.contains(&phrase))
            .map(|(language, _)| language.as_str())
            .collect();
        languages.sort_unstable();
        languages.dedup();
        // Many languages share words with English, so an English word proves nothing.
        if !languages.contains(&"en") {
            for language in languages {
                *counts.entry(language).or_default() += 1;
            }
        }
    }
    let highest_count = counts.values().copied().max()?;
    let mut candidates = counts.into_iter().filter(|(_, count)| *count == highest_count);
    let (language, count) = candidates.next()?;
    (count >= 2 && candidates.next().is_none()).then(|| language.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Wording, wording};
    use crate::format::{Recognised, Words, recognise};
    use crate::text::Source;

    fn of(text: &str) -> Option<Wording> {
        let words = Words::new(std::iter::empty());
        match recognise(Source::new("0001-a.md", text), "0001-a.md", &words) {
            Recognised::Record(record) => wording(&record, &words),
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        }
    }

    #[test]
    fn the_wording_is_in_the_language_of_the_record() {
        let german =
            of("# 1. A\n\n## Status\n\nAngenommen\n\n## Kontext\n\nx\n\n## Entscheidung\n\ny\n")
                .unwrap();
        assert_eq!(german.superseded_by, "ersetzt durch");
        assert_eq!(german.supersedes, "ersetzt:");
        let french =
            of("# 1. A\n\n## Statut\n\nAccepté\n\n## Contexte\n\nx\n\n## Décision\n\ny\n").unwrap();
        assert_eq!(french.superseded_by, "remplacé par");
    }

    #[test]
    fn english_and_a_single_word_have_no_wording() {
        assert_eq!(of("# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n"), None);
        assert_eq!(of("# 1. A\n\n## Status\n\nAngenommen\n\n## Context\n\nx\n"), None);
        assert_eq!(of("---\nstatut: accepté\n---\n\n# A\n\n## Contexte\n\nx\n"), None);
    }
}
