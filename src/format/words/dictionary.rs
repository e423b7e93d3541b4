//! The words that statuses, keys, relations and sections are written in: those of `words.toml`,
//! with the team's own over them.

use std::collections::HashMap;

use super::meaning::{Field, ONLY_READ, PhraseMeaning};
use super::phrase::{PhraseMap, Shapes, Tokens, tokens};
use super::word_class::{WordClass, WordClasses};
use crate::model::{RelationKind, Status};
use crate::text::Span;

/// The words of the field and of the team. Looked up without regard to case, `-` and `_`.
#[derive(Debug, Default)]
pub struct Words {
    /// One table, so that a phrase is looked up once for all that it may mean.
    pub(crate) known: PhraseMap<PhraseMeaning>,
    /// The shapes of the words that have `begins` set.
    pub(super) first_words: Shapes,
    /// The shapes of the words that have `begins_claim` set.
    pub(super) first_words_of_claims: Shapes,
    /// What verbs begin with that follow their object.
    pub(crate) behind: Vec<(String, RelationKind)>,
    /// What such a verb holds where it is denied.
    pub(crate) denied_behind: Vec<String>,
    /// By the name in lower case.
    pub(crate) months: HashMap<String, i8>,
}

/// No phrase of the table has more words.
pub(super) const LONGEST: usize = 5;

impl Words {
    /// What the whole of `phrase` means.
    pub(crate) fn known(&self, phrase: &str) -> Option<&PhraseMeaning> {
        self.known.get(phrase)
    }

    /// The field that a key names, with the rank of the word; 0 is the best.
    pub(crate) fn field(&self, key: &str) -> Option<(Field, usize)> {
        self.known(key)?.field
    }

    /// Whether a key or heading is that of the status.
    pub fn is_status_key(&self, key: &str) -> bool {
        matches!(self.field(key), Some((Field::Status, rank)) if rank < ONLY_READ)
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
    pub(crate) fn is_nothing(&self, text: &str) -> bool {
        let around = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '*' | '_' | '`');
        let text = text.trim_matches(around);
        let says = |text: &str| text.is_empty() || self.says(text, WordClass::Nothing);
        says(text) || says(text.trim_end_matches('.').trim())
    }

    /// The month that a name or its beginning means.
    pub(crate) fn month(&self, name: &str) -> Option<i8> {
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
    pub(crate) fn relations_in(&self, text: &str) -> impl Iterator<Item = (Span, RelationKind)> {
        self.scan(text, |known| known.relation.or(known.key))
    }

    /// Whether `text`, with or without its markup, can make a claim about another record. A verb behind
    /// its object is a part of a longer word in the languages that have such verbs.
    pub(crate) fn may_claim(&self, text: &str) -> bool {
        let begins = |word: &str| {
            self.first_words_of_claims.may_contain(word)
                && self.known(word).is_some_and(|known| known.begins_claim)
        };
        tokens(text).any(|token| {
            let word = token.of(text);
            begins(word) || word.contains(|c: char| !c.is_ascii() && c.is_alphabetic())
        })
    }

    /// The status that the first words of `text` name.
    pub(crate) fn first_status<'w>(&'w self, text: &str) -> Option<(Span, &'w Status)> {
        self.scan(text, |known| known.state.as_ref()).at_first()
    }

    /// Whether the first words of `text` name a status or a relation.
    pub(crate) fn begins_statement(&self, text: &str) -> bool {
        self.first_status(text).is_some()
            || self.scan(text, |known| known.relation.or(known.key)).at_first().is_some()
    }

    /// The relation whose verb the text begins with, behind its object: `ADR-3 を置き換える`.
    pub(crate) fn relation_behind(&self, text: &str) -> Option<RelationKind> {
        let text = text.trim_start();
        let verb = tokens(text).next().map_or("", |verb| verb.of(text));
        if self.denied_behind.iter().any(|denial| verb.contains(denial.as_str())) {
            return None;
        }
        self.behind.iter().find(|(word, _)| text.starts_with(word.as_str())).map(|(_, kind)| *kind)
    }

    /// Whether the whole of `phrase` names a relation only where a colon or a reference follows.
    pub(crate) fn is_key(&self, phrase: &str) -> bool {
        self.known(phrase).is_some_and(|known| known.relation.is_none() && known.key.is_some())
    }

    /// All that the whole of `phrase` says.
    pub(crate) fn all_said(&self, phrase: &str) -> WordClasses {
        self.known(phrase).map(|known| known.says).unwrap_or_default()
    }

    /// Whether the whole of `phrase` says this.
    pub(crate) fn says(&self, phrase: &str, says: WordClass) -> bool {
        self.all_said(phrase).contains(says)
    }

    /// Whether `text` says that only a part is meant: *part of*, *section 3*.
    pub(crate) fn is_partial(&self, text: &str) -> bool {
        let partial = |known: &PhraseMeaning| known.says.contains(WordClass::Partial).then_some(());
        text.contains('§') || self.scan(text, partial).next().is_some() || self.names_piece(text)
    }

    /// Whether `text` names a piece of a record by its number.
    fn names_piece(&self, text: &str) -> bool {
        let mut previous: Option<Span> = None;
        tokens(text).any(|token| {
            let before = previous.replace(token);
            token.of(text).starts_with(|c: char| c.is_ascii_digit())
                && before.is_some_and(|before| self.says(before.of(text), WordClass::Piece))
        })
    }

    /// Whether `text` says that the rest of a record stays.
    pub(crate) fn leaves_rest(&self, text: &str) -> bool {
        self.scan(text, |known| known.says.contains(WordClass::Rest).then_some(())).next().is_some()
    }

    /// Where `text` denies something, or ends a denial, in its order.
    pub(crate) fn denials_in(&self, text: &str) -> Vec<(Span, WordClass)> {
        let known = self.scan(text, |known| {
            let all = [WordClass::But, WordClass::Denial];
            all.into_iter().find(|says| known.says.contains(*says))
        });
        let contracted = |word: &str| word.ends_with("n't") || word.ends_with("n’t");
        let contracted = tokens(text).filter(|token| contracted(token.of(text)));
        let mut all: Vec<_> = known.chain(contracted.map(|at| (at, WordClass::Denial))).collect();
        all.sort_by_key(|(at, _)| at.start);
        all
    }

    /// The phrases of `text` that are what is asked for, the longest at each place, none within
    /// another.
    fn scan<'w, 't, T>(
        &'w self,
        text: &'t str,
        asked: fn(&'w PhraseMeaning) -> Option<T>,
    ) -> Scan<'w, 't, T> {
        Scan { text, rest: tokens(text), words: self, asked }
    }
}

/// See [`Words::scan`].
struct Scan<'w, 't, T> {
    text: &'t str,
    rest: Tokens<'t>,
    words: &'w Words,
    asked: fn(&'w PhraseMeaning) -> Option<T>,
}

impl<T> Iterator for Scan<'_, '_, T> {
    type Item = (Span, T);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let token = self.rest.next()?;
            if let Some(found) = self.at(token) {
                return Some(found);
            }
        }
    }
}

impl<T> Scan<'_, '_, T> {
    /// The phrase that the text begins with, marks before it aside.
    fn at_first(mut self) -> Option<(Span, T)> {
        let token = self.rest.next()?;
        self.at(token)
    }

    /// The longest phrase that begins with the word `token`.
    fn at(&mut self, token: Span) -> Option<(Span, T)> {
        let word = token.of(self.text);
        if !self.words.first_words.may_contain(word) {
            return None;
        }
        let known = self.words.known(word).filter(|known| known.begins)?;
        let alone = (self.asked)(known).map(|value| (token, value));
        self.longer(token).or(alone)
    }

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

#[cfg(test)]
mod tests {
    use super::{Field, ONLY_READ, Words};
    use crate::model::{Lifecycle, RelationKind, Role};

    fn words() -> Words {
        Words::new([("Parked!", Lifecycle::Draft)].into_iter())
    }

    #[test]
    fn keys_are_known_in_any_case_and_spelling() {
        let words = words();
        assert_eq!(words.field("Decision_Makers").map(|(field, _)| field), Some(Field::Deciders));
        assert_eq!(words.field("STATUT"), Some((Field::Status, 0)));
        assert_eq!(words.field("state"), Some((Field::Status, ONLY_READ)));
        assert!(!words.is_status_key("state"));
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
}
