//! Builds [`Words`] from the table `words.toml`, which is part of the program, and the words of the team.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dictionary::Words;
use super::meaning::{Field, ONLY_READ, PhraseMeaning};
use super::word_class::WordClass;
use crate::model::{Lifecycle, RelationKind, Role, Status};

/// The text of the built-in table of words.
pub(crate) const TABLE: &str = include_str!("words.toml");

/// The classes of phrases that are searched for within a text.
const SCANNED: [WordClass; 4] =
    [WordClass::Partial, WordClass::Denial, WordClass::But, WordClass::Rest];

/// Lists of words by language. The languages only order the table for its authors.
type ByLanguage = BTreeMap<String, Vec<String>>;

/// The table with, after every list, its words as they are spelled on keyboards without accents.
fn with_plain(mut table: BTreeMap<String, ByLanguage>) -> BTreeMap<String, ByLanguage> {
    for list in table.values_mut().flat_map(BTreeMap::values_mut) {
        let plain = list.iter().filter_map(|word| unaccented(word));
        let plain: Vec<String> = plain.filter(|word| !list.contains(word)).collect();
        list.extend(plain);
    }
    table
}

/// The word without its accents; `None` if it has none, like most words.
fn unaccented(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let bare = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        c => c,
    };
    let spelled = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    Some(spelled.chars().map(bare).collect())
}

fn flat<N: Clone>(table: BTreeMap<N, ByLanguage>) -> impl Iterator<Item = (N, String)> {
    table.into_iter().flat_map(|(name, languages)| {
        let words = languages.into_values().flatten();
        words.map(move |word| (name.clone(), word)).collect::<Vec<_>>()
    })
}

fn field_named(name: &str) -> Field {
    match name {
        "status" | "state" => Field::Status,
        "date" => Field::Date,
        "tags" => Field::Tags,
        "review" => Field::Review,
        "deciders" | "authors" => Field::Deciders,
        "consulted" => Field::Consulted,
        "informed" => Field::Informed,
        "title" => Field::Title,
        _ => Field::Id,
    }
}

fn role_named(name: &str) -> Role {
    match name {
        "context" => Role::Context,
        "drivers" => Role::Drivers,
        "options" => Role::Options,
        "decision" => Role::Decision,
        "consequences" => Role::Consequences,
        "confirmation" => Role::Confirmation,
        _ => Role::Links,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordTable {
    pub fields: BTreeMap<String, ByLanguage>,
    pub states: BTreeMap<String, ByLanguage>,
    pub own: BTreeMap<String, ByLanguage>,
    pub relations: BTreeMap<String, ByLanguage>,
    pub keys: BTreeMap<String, ByLanguage>,
    pub behind: BTreeMap<String, ByLanguage>,
    pub phrases: BTreeMap<WordClass, ByLanguage>,
    pub sections: BTreeMap<String, ByLanguage>,
    pub months: ByLanguage,
}

impl Words {
    /// The built-in words, overridden by the words of the `team`.
    ///
    /// # Panics
    ///
    /// Panics if the built-in table is invalid, which a test rules out.
    pub fn new<'w>(team: impl Iterator<Item = (&'w str, Lifecycle)>) -> Self {
        let table: WordTable = toml::from_str(TABLE).expect("the built-in table is valid");
        let mut words = Self::default();
        words.take(table);
        for (word, meaning) in team {
            let status = Status::own(word.to_lowercase(), Some(meaning));
            words.known.entry(word).state = Some(status);
        }
        let begins_claim = |known: &PhraseMeaning| {
            let superseded = |state: &Status| state.is(Lifecycle::Superseded);
            known.relation.or(known.key).is_some() || known.state.as_ref().is_some_and(superseded)
        };
        for word in words.known.first_words(begins_claim) {
            words.first_words_of_claims.insert(word.as_bytes());
            words.known.entry(&word).begins_claim = true;
        }
        let begins = |known: &PhraseMeaning| {
            known.state.is_some()
                || begins_claim(known)
                || SCANNED.iter().any(|says| known.classes.contains(*says))
        };
        for word in words.known.first_words(begins) {
            words.first_words.insert(word.as_bytes());
            words.known.entry(&word).begins = true;
        }
        words
    }

    pub(crate) fn take(&mut self, table: WordTable) {
        for (name, words) in with_plain(table.fields) {
            let field = field_named(&name);
            let is_only_read = matches!(name.as_str(), "authors" | "state");
            let lowest = if is_only_read { ONLY_READ } else { 0 };
            for list in words.values() {
                for (rank, word) in list.iter().enumerate() {
                    self.known.entry(word).field.get_or_insert((field, lowest + rank));
                }
            }
        }
        let named = |name: &str| Lifecycle::named(name);
        let kind = |name: &str| {
            let kind = RelationKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            Some(kind.unwrap_or(RelationKind::Other))
        };
        for (state, word) in flat(with_plain(table.states)) {
            let status = named(&state).map_or_else(|| Status::own(state, None), Status::from);
            self.known.entry(&word).state = Some(status);
        }
        for (state, word) in flat(with_plain(table.own)) {
            let status = Status::own(word.clone(), named(&state));
            self.known.entry(&word).state = Some(status);
        }
        for (name, word) in flat(table.relations) {
            let known = self.known.entry(&word);
            known.relation = kind(&name);
            // `remplace` is a verb, and not `remplacé` without its accent.
            if known.relation == Some(RelationKind::Supersedes) {
                known.state = None;
            }
            let Some(plain) = unaccented(&word).filter(|plain| *plain != word) else { continue };
            // Nor is `complete` the verb `complète`.
            let known = self.known.entry(&plain);
            if known.relation.is_none() && known.state.is_none() {
                known.relation = kind(&name);
            }
        }
        for (name, word) in flat(with_plain(table.keys)) {
            self.known.entry(&word).key = kind(&name);
        }
        for (name, word) in flat(table.behind) {
            if name == "denied" {
                self.denied_after_object.push(word);
            } else {
                self.verbs_after_object.extend(kind(&name).map(|kind| (word, kind)));
            }
        }
        for (says, word) in flat(table.phrases) {
            self.known.entry(&word).classes.insert(says);
        }
        for (name, word) in flat(with_plain(table.sections)) {
            self.known.entry(&word).role.get_or_insert(role_named(&name));
        }
        for list in table.months.into_values() {
            for (month, name) in (1..).zip(list) {
                self.months.insert(name, month);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, WordTable};
    use crate::format::words::dictionary::LONGEST;
    use crate::format::words::phrase::{folded, tokens};
    use crate::model::RelationKind;

    #[test]
    fn no_phrase_is_longer_than_is_looked_for_and_every_name_is_known() {
        let table: WordTable = toml::from_str(TABLE).unwrap();
        let named = [&table.states, &table.own, &table.relations, &table.keys];
        let named = named.into_iter().flat_map(|table| table.values());
        let said = table.phrases.values();
        for phrase in named.chain(said).flat_map(|list| list.values()).flatten() {
            assert!(tokens(phrase).count() <= LONGEST, "{phrase}");
            assert_eq!(folded(phrase).to_lowercase(), folded(phrase), "{phrase}");
        }
        for name in table.relations.keys().chain(table.keys.keys()) {
            assert!(RelationKind::ALL.iter().any(|kind| kind.as_str() == name), "{name}");
        }
        for list in table.months.values() {
            assert_eq!(list.len(), 12);
        }
    }
}
