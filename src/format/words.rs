//! The words that statuses, keys, relations and sections are written in: those of `words.toml`,
//! with the team's own over them.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::phrase::{Lookup, Tokens, tokens};
use crate::model::{Lifecycle, RelationKind, Role, Status};
use crate::text::Span;

/// A field that may be stated anywhere in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Where the decision is in its life.
    Status,
    /// The day of the decision.
    Date,
    /// When to look at it again.
    Review,
    /// Words to find it by.
    Tags,
    /// Who decided.
    Deciders,
    /// Who was asked.
    Consulted,
    /// Who was told.
    Informed,
    /// What is decided.
    Title,
    /// What it is called by.
    Id,
}

/// The rank of words that are only read as the field, and under which nothing of it is written:
/// an author is taken for a decider, but a decider is no author.
pub(super) const ONLY_READ: usize = 100;

/// What a phrase says that names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing: `N/A`.
    Nothing,
    /// That only a part is meant.
    Part,
    /// As a heading, that statements about the record stand below it.
    About,
    /// Beside a reference, that only a part of that record is meant.
    Scope,
    /// Before a reference, that a part of that record was named.
    Of,
    /// As the first word of a heading, that a topic or a number may follow.
    Head,
}

/// What a phrase means, wherever it may stand.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// The field that it names as a key, with the rank of the word among those for it: 0 is the best.
    pub(super) field: Option<(Field, usize)>,
    /// The status that it is.
    pub(super) state: Option<Status>,
    /// The relation that it names.
    pub(super) relation: Option<RelationKind>,
    /// The relation that it names where a colon or a reference follows at once.
    pub(super) key: Option<RelationKind>,
    /// The part that a section of this name plays.
    pub(super) role: Option<Role>,
    /// What else it says.
    pub(super) says: Option<Says>,
    /// Whether it is the first word of a state, a relation or a word for parts.
    begins: bool,
}

/// The words of the field and of the team. Looked up without regard to case, `-` and `_`.
#[derive(Debug, Default)]
pub struct Words {
    /// One table, so that a phrase is looked up once for all that it may mean.
    known: Lookup<Meaning>,
    /// By the name in lower case.
    months: HashMap<String, i8>,
}

/// The table that the words are read from.
pub(super) const TABLE: &str = include_str!("words.toml");

/// Lists of words by language. The languages only order the table for those who write it.
type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fields: BTreeMap<String, ByLanguage>,
    states: BTreeMap<String, ByLanguage>,
    own: BTreeMap<String, ByLanguage>,
    relations: BTreeMap<String, ByLanguage>,
    keys: BTreeMap<String, ByLanguage>,
    phrases: BTreeMap<String, ByLanguage>,
    sections: BTreeMap<String, ByLanguage>,
    months: ByLanguage,
}

/// No phrase of the table has more words.
const LONGEST: usize = 5;

impl Words {
    /// The words of the field, with those of the `team` over them.
    ///
    /// # Panics
    ///
    /// If the table that is part of the program is broken, which a test rules out.
    pub fn new<'w>(team: impl Iterator<Item = (&'w str, Lifecycle)>) -> Self {
        let table: Table =
            toml::from_str(TABLE).expect("the table is part of the program, and a test reads it");
        let mut words = Self::default();
        words.take(table);
        for (word, meaning) in team {
            let status = Status::own(word.to_lowercase(), Some(meaning));
            words.known.entry(word).state = Some(status);
        }
        let begins = |known: &Meaning| {
            let relation = known.relation.or(known.key);
            known.state.is_some() || relation.is_some() || known.says == Some(Says::Part)
        };
        for word in words.known.first_words(begins) {
            words.known.entry(&word).begins = true;
        }
        words
    }

    fn take(&mut self, table: Table) {
        for (name, words) in with_plain(table.fields) {
            let field = field_named(&name);
            let lowest = if name == "authors" { ONLY_READ } else { 0 };
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
            let plain = unaccented(&word);
            if plain == word {
                continue;
            }
            // Nor is `complete` the verb `complète`.
            let known = self.known.entry(&plain);
            if known.relation.is_none() && known.state.is_none() {
                known.relation = kind(&name);
            }
        }
        for (name, word) in flat(with_plain(table.keys)) {
            self.known.entry(&word).key = kind(&name);
        }
        for (name, word) in flat(table.phrases) {
            self.known.entry(&word).says = Some(match name.as_str() {
                "partial" => Says::Part,
                "about" => Says::About,
                "scope" => Says::Scope,
                "of" => Says::Of,
                "head" => Says::Head,
                _ => Says::Nothing,
            });
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

    /// What the whole of `phrase` means.
    pub(super) fn known(&self, phrase: &str) -> Option<&Meaning> {
        self.known.get(phrase)
    }

    /// The field that a key names, with the rank of the word; 0 is the best.
    pub(super) fn field(&self, key: &str) -> Option<(Field, usize)> {
        self.known(key)?.field
    }

    /// Whether a key or heading is that of the status.
    pub fn is_status_key(&self, key: &str) -> bool {
        matches!(self.field(key), Some((Field::Status, _)))
    }

    /// The status that the whole of `phrase` is.
    pub fn status(&self, phrase: &str) -> Option<&Status> {
        self.known(phrase)?.state.as_ref()
    }

    /// The relation that the whole of `phrase` names.
    pub fn relation(&self, phrase: &str) -> Option<RelationKind> {
        self.known(phrase)?.relation
    }

    /// Whether the text stands where nothing is meant: `N/A`, a dash, nothing at all.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        let around = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '*' | '_' | '`');
        let text = text.trim_matches(around);
        let says = |text: &str| {
            text.is_empty()
                || self.known(text).is_some_and(|known| known.says == Some(Says::Nothing))
        };
        says(text) || says(text.trim_end_matches('.').trim())
    }

    /// The month that a name or its beginning means.
    pub(super) fn month(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        if let Some(month) = self.months.get(&name) {
            return Some(*month);
        }
        let short = name.chars().count();
        let mut found: Vec<i8> = Vec::new();
        if short >= 3 {
            found.extend(
                self.months.iter().filter(|(full, _)| full.starts_with(&name)).map(|(_, m)| *m),
            );
        }
        found.sort_unstable();
        found.dedup();
        if let [month] = found.as_slice() { Some(*month) } else { None }
    }

    /// The statuses that are named in `text`, with their places.
    pub fn statuses_in<'w>(&'w self, text: &str) -> Vec<(Span, &'w Status)> {
        self.scan(text, |known| known.state.as_ref()).collect()
    }

    /// The relations that are named in `text`, with the places of their words.
    pub(super) fn relations_in(&self, text: &str) -> impl Iterator<Item = (Span, RelationKind)> {
        self.scan(text, |known| known.relation.or(known.key))
    }

    /// Whether the whole of `phrase` names a relation only where a colon or a reference follows.
    pub(super) fn is_key(&self, phrase: &str) -> bool {
        self.known(phrase).is_some_and(|known| known.relation.is_none() && known.key.is_some())
    }

    /// What the whole of `phrase` says besides.
    pub(super) fn says(&self, phrase: &str) -> Option<Says> {
        self.known(phrase)?.says
    }

    /// Whether `text` says that only a part is meant.
    pub(super) fn is_partial(&self, text: &str) -> bool {
        self.scan(text, |known| known.says.filter(|says| *says == Says::Part)).next().is_some()
    }

    /// The phrases of `text` that are what is asked for, the longest at each place, none within
    /// another.
    fn scan<'w, 't, T>(
        &'w self,
        text: &'t str,
        asked: fn(&'w Meaning) -> Option<T>,
    ) -> Scan<'w, 't, T> {
        Scan { text, rest: tokens(text), words: self, asked }
    }
}

/// See [`Words::scan`].
struct Scan<'w, 't, T> {
    text: &'t str,
    rest: Tokens<'t>,
    words: &'w Words,
    asked: fn(&'w Meaning) -> Option<T>,
}

impl<T> Iterator for Scan<'_, '_, T> {
    type Item = (Span, T);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let token = self.rest.next()?;
            let known = self.words.known(token.of(self.text));
            if let Some(known) = known.filter(|known| known.begins) {
                let alone = (self.asked)(known).map(|value| (token, value));
                if let Some(found) = self.longer(token).or(alone) {
                    return Some(found);
                }
            }
        }
    }
}

impl<T> Scan<'_, '_, T> {
    /// The longest phrase that begins with the word `token` and another one; the scan goes on
    /// behind it.
    fn longer(&mut self, token: Span) -> Option<(Span, T)> {
        let mut longest = None;
        let mut ahead = self.rest.clone();
        for _ in 1..LONGEST {
            let Some(next) = ahead.next() else { break };
            let span = token.to(next);
            let known = self.words.known(span.of(self.text));
            if let Some(value) = known.and_then(self.asked) {
                longest = Some((span, value));
                self.rest = ahead.clone();
            }
        }
        longest
    }
}

/// The table with every word behind itself as it is written where no key has its accents.
fn with_plain(mut table: BTreeMap<String, ByLanguage>) -> BTreeMap<String, ByLanguage> {
    for list in table.values_mut().flat_map(BTreeMap::values_mut) {
        let plain = list.iter().map(|word| unaccented(word)).filter(|word| !list.contains(word));
        let plain: Vec<String> = plain.collect();
        list.extend(plain);
    }
    table
}

fn unaccented(word: &str) -> String {
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
    word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").chars().map(bare).collect()
}

fn flat(table: BTreeMap<String, ByLanguage>) -> impl Iterator<Item = (String, String)> {
    table.into_iter().flat_map(|(name, languages)| {
        let words = languages.into_values().flatten();
        words.map(move |word| (name.clone(), word)).collect::<Vec<_>>()
    })
}

fn field_named(name: &str) -> Field {
    match name {
        "status" => Field::Status,
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

#[cfg(test)]
mod tests {
    use super::{Field, LONGEST, Table, Words, tokens};
    use crate::format::phrase::folded;
    use crate::model::{Lifecycle, RelationKind, Role};

    fn words() -> Words {
        Words::new([("Parked!", Lifecycle::Draft)].into_iter())
    }

    #[test]
    fn keys_are_known_in_any_case_and_spelling() {
        let words = words();
        assert_eq!(words.field("Decision_Makers").map(|(field, _)| field), Some(Field::Deciders));
        assert_eq!(words.field("STATUT"), Some((Field::Status, 0)));
        assert_eq!(words.field("state"), None);
    }

    #[test]
    fn the_words_of_the_team_win() {
        let words = words();
        assert_eq!(words.status("parked!").unwrap().meaning, Some(Lifecycle::Draft));
        assert_eq!(&*words.status("Approved").unwrap().word, "accepted");
        assert_eq!(&*words.status("Done").unwrap().word, "done");
    }

    #[test]
    fn headings_are_known_with_translations() {
        let words = words();
        let role = |bare: &str| words.known(bare).and_then(|known| known.role);
        let role = |bare: &str| role(bare).or_else(|| words.role_within(bare));
        assert_eq!(role("Decision Outcome"), Some(Role::Decision));
        assert_eq!(role("背景 (Context)"), Some(Role::Context));
        assert_eq!(role("Context & Problem Statement"), Some(Role::Context));
        assert_eq!(role("Context and problem"), Some(Role::Context));
        for decision in [
            "Decision Outcome - Data Replication",
            "Decision Outcomes",
            "Decision-1",
            "Decision 2 – how",
            "Key Decisions",
            "Chosen Solution",
            "Final decision",
            "Decision and rationale",
            "Decision Statement",
        ] {
            assert_eq!(role(decision), Some(Role::Decision), "{decision}");
        }
        assert_eq!(role("Solution 1"), None);
        assert_eq!(role("Proposal - use a queue"), None);
        assert_eq!(role("Deployment"), None);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let words = words();
        let found = words.relations_in("Partially superseded by x, amends y");
        let kinds: Vec<_> = found.map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [RelationKind::PartiallySupersededBy, RelationKind::Amends]);
    }

    #[test]
    fn the_beginning_of_a_month_is_enough_where_it_is_clear() {
        let words = words();
        assert_eq!(words.month("Sept"), Some(9));
        assert_eq!(words.month("Dezember"), Some(12));
        assert_eq!(words.month("ju"), None);
    }

    #[test]
    fn no_phrase_is_longer_than_is_looked_for_and_every_name_is_known() {
        let table: Table = toml::from_str(include_str!("words.toml")).unwrap();
        let phrases = [&table.states, &table.own, &table.relations, &table.keys, &table.phrases];
        for phrase in
            phrases.into_iter().flat_map(|t| t.values()).flat_map(|l| l.values()).flatten()
        {
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
