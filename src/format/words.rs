//! The words that statuses, keys, relations and sections are written in: those of `words.toml`,
//! with the team's own over them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use serde::Deserialize;

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

/// By folded phrase. Every word of a status or a relation is looked up, and no outsider chooses what
/// is in the table: it needs no hash that resists an attack.
type Lookup<T> = HashMap<String, T, FixedState>;

/// Folded phrases.
type Phrases = HashSet<String, FixedState>;
/// The rank of words that are only read as the field, and under which nothing of it is written:
/// an author is taken for a decider, but a decider is no author.
pub(super) const ONLY_READ: usize = 100;

/// The words of the field and of the team. Looked up without regard to case, `-` and `_`.
#[derive(Debug, Default)]
pub struct Words {
    /// With the rank of the word among those for its field: 0 is the best.
    fields: Lookup<(Field, usize)>,
    states: Lookup<Status>,
    relations: Lookup<RelationKind>,
    sections: Lookup<Role>,
    nothing: Phrases,
    partial: Phrases,
    months: Lookup<i8>,
    /// The first words of states, relations and words for parts.
    first: Phrases,
}

/// Lists of words by language. The languages only order the table for those who write it.
type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fields: BTreeMap<String, ByLanguage>,
    states: BTreeMap<String, ByLanguage>,
    own: BTreeMap<String, ByLanguage>,
    relations: BTreeMap<String, ByLanguage>,
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
        let table: Table = toml::from_str(include_str!("words.toml"))
            .expect("the table is part of the program, and a test reads it");
        let mut words = Self::default();
        words.take(table);
        for (word, meaning) in team {
            let status = Status::own(word.to_lowercase(), Some(meaning));
            words.states.insert(folded(word).into_owned(), status);
        }
        let phrases = words.states.keys().chain(words.relations.keys()).chain(&words.partial);
        words.first = phrases.filter_map(|phrase| first_word(phrase)).collect();
        words
    }

    fn take(&mut self, table: Table) {
        for (name, words) in table.fields {
            let field = field_named(&name);
            let lowest = if name == "authors" { ONLY_READ } else { 0 };
            for list in words.values() {
                for (rank, word) in list.iter().enumerate() {
                    self.fields.entry(folded(word).into_owned()).or_insert((field, lowest + rank));
                }
            }
        }
        let named = |name: &str| Lifecycle::named(name);
        for (state, word) in flat(table.states) {
            let status = named(&state).map_or_else(|| Status::own(state, None), Status::from);
            self.states.insert(folded(&word).into_owned(), status);
        }
        for (state, word) in flat(table.own) {
            self.states.insert(folded(&word).into_owned(), Status::own(word, named(&state)));
        }
        for (name, word) in flat(table.relations) {
            let kind = RelationKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            self.relations.insert(folded(&word).into_owned(), kind.unwrap_or(RelationKind::Other));
        }
        for (name, word) in flat(table.phrases) {
            let set = if name == "partial" { &mut self.partial } else { &mut self.nothing };
            set.insert(folded(&word).into_owned());
        }
        for (name, word) in flat(table.sections) {
            self.sections.entry(folded(&word).into_owned()).or_insert(role_named(&name));
        }
        for list in table.months.into_values() {
            for (month, name) in (1..).zip(list) {
                self.months.insert(name, month);
            }
        }
    }

    /// The field that a key names, with the rank of the word; 0 is the best.
    pub(super) fn field(&self, key: &str) -> Option<(Field, usize)> {
        self.fields.get(&*folded(key)).copied()
    }

    /// Whether a key or heading is that of the status.
    pub fn is_status_key(&self, key: &str) -> bool {
        matches!(self.field(key), Some((Field::Status, _)))
    }

    /// The status that the whole of `phrase` is.
    pub fn status(&self, phrase: &str) -> Option<&Status> {
        self.states.get(&*folded(phrase))
    }

    /// The relation that the whole of `phrase` names.
    pub fn relation(&self, phrase: &str) -> Option<RelationKind> {
        self.relations.get(&*folded(phrase)).copied()
    }

    /// The part that a section with this heading plays. Numbers and remarks in brackets do not
    /// count, and of `背景 (Context)` either word is enough.
    pub(super) fn role(&self, heading: &str) -> Option<Role> {
        let bare = heading.trim_start_matches(|c: char| !c.is_alphabetic());
        let find = |part: &str| {
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            self.sections.get(&*folded(part)).copied()
        };
        let whole = find(bare);
        if whole.is_some() || !bare.contains(['(', '（', ':', '：']) {
            return whole;
        }
        let (before, inside) = bare.split_once(['(', '（']).unwrap_or((bare, ""));
        let key = before.split([':', '：']).next().unwrap_or_default();
        [before, inside, key].into_iter().find_map(find)
    }

    /// Whether the text stands where nothing is meant: `N/A`, a dash, nothing at all.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches('.').trim();
        text.is_empty() || self.nothing.contains(&*folded(text))
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
        scan(text, &self.first, |phrase| self.states.get(phrase))
    }

    /// The relations that are named in `text`, with the places of their words.
    pub(super) fn relations_in(&self, text: &str) -> Vec<(Span, RelationKind)> {
        scan(text, &self.first, |phrase| self.relations.get(phrase).copied())
    }

    /// Whether `text` says that only a part is meant.
    pub(super) fn is_partial(&self, text: &str) -> bool {
        let find = |phrase: &str| self.partial.contains(phrase).then_some(());
        !scan(text, &self.first, find).is_empty()
    }
}

fn first_word(phrase: &str) -> Option<String> {
    let first = *tokens(phrase).first()?;
    Some(first.of(phrase).to_owned())
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

/// `text` in lower case, with single blanks for `-`, `_` and all white space.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_spaced(text.as_bytes()) {
        let upper = text.bytes().filter(u8::is_ascii_uppercase).count() > 0;
        return if upper { text.to_ascii_lowercase().into() } else { text.into() };
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' | '_' => push_blank(&mut folded),
            c if c.is_whitespace() => push_blank(&mut folded),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.into()
}

/// Whether the text is ASCII, with single blanks between its words already. Counts to the end, as
/// that takes many bytes at a time.
fn is_spaced(text: &[u8]) -> bool {
    let other = |b: &&u8| !matches!(b, b' '..=b'~') || matches!(b, b'-' | b'_');
    let pairs = text.iter().zip(text.iter().skip(1));
    text.iter().filter(other).count() == 0
        && pairs.filter(|(a, b)| **a == b' ' && **b == b' ').count() == 0
}

fn push_blank(folded: &mut String) {
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// The words of a text: runs of letters, digits and marks that join them.
pub(super) fn tokens(text: &str) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    tokens.extend(start.map(|from| Span::new(from, text.len())));
    tokens
}

/// The phrases of `text` that `find` knows, the longest at each place, none within another. Only
/// at a word that is one of `first` does one begin.
fn scan<T>(text: &str, first: &Phrases, find: impl Fn(&str) -> Option<T>) -> Vec<(Span, T)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if !first.contains(&*folded(token.of(text))) {
            at += 1;
            continue;
        }
        let hit = (1..=LONGEST.min(tokens.len() - at)).rev().find_map(|length| {
            let span = token.to(*tokens.get(at + length - 1)?);
            find(&folded(span.of(text))).map(|value| (length, span, value))
        });
        match hit {
            Some((length, span, value)) => {
                found.push((span, value));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Field, LONGEST, Table, Words, folded, tokens};
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
    fn headings_are_known_with_numbers_and_translations() {
        let words = words();
        assert_eq!(words.role("2. Decision Outcome"), Some(Role::Decision));
        assert_eq!(words.role("背景 (Context)"), Some(Role::Context));
        assert_eq!(words.role("Deployment"), None);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let found = words().relations_in("Partially superseded by x, amends y");
        let kinds: Vec<_> = found.into_iter().map(|(_, kind)| kind).collect();
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
        let phrases = [&table.states, &table.own, &table.relations, &table.phrases];
        for phrase in
            phrases.into_iter().flat_map(|t| t.values()).flat_map(|l| l.values()).flatten()
        {
            assert!(tokens(phrase).len() <= LONGEST, "{phrase}");
            assert_eq!(folded(phrase).to_lowercase(), folded(phrase), "{phrase}");
        }
        for name in table.relations.keys() {
            assert!(RelationKind::ALL.iter().any(|kind| kind.as_str() == name), "{name}");
        }
        for list in table.months.values() {
            assert_eq!(list.len(), 12);
        }
    }
}
