//! The table of words that is part of the program, as it is written and as it is looked up.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::words::{Field, ONLY_READ, Says, Words};
use crate::model::{Lifecycle, RelationKind, Role, Status};

/// Lists of words by language. The languages only order the table for those who write it.
type ByLanguage = BTreeMap<String, Vec<String>>;

/// The table with every word behind itself as it is written where no key has its accents.
fn with_plain(mut table: BTreeMap<String, ByLanguage>) -> BTreeMap<String, ByLanguage> {
    for list in table.values_mut().flat_map(BTreeMap::values_mut) {
        let plain = list.iter().filter_map(|word| unaccented(word));
        let plain: Vec<String> = plain.filter(|word| !list.contains(word)).collect();
        list.extend(plain);
    }
    table
}

/// The word without its accents; `None` if it has none, as most.
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
pub(super) struct Table {
    pub fields: BTreeMap<String, ByLanguage>,
    pub states: BTreeMap<String, ByLanguage>,
    pub own: BTreeMap<String, ByLanguage>,
    pub relations: BTreeMap<String, ByLanguage>,
    pub keys: BTreeMap<String, ByLanguage>,
    pub behind: BTreeMap<String, ByLanguage>,
    pub phrases: BTreeMap<Says, ByLanguage>,
    pub sections: BTreeMap<String, ByLanguage>,
    pub months: ByLanguage,
}

impl Words {
    pub(super) fn take(&mut self, table: Table) {
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
                self.denied_behind.push(word);
            } else {
                self.behind.extend(kind(&name).map(|kind| (word, kind)));
            }
        }
        for (says, word) in flat(table.phrases) {
            self.known.entry(&word).says.insert(says);
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
