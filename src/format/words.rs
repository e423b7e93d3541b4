//! The words that statuses, keys, relations and sections are written in: those of `words.toml`,
//! with the team's own over them.

use super::phrase::{Lookup, Tokens, denials_after_object, months, tokens, verbs_after_object};
pub(super) use super::says::{AllSaid, Says};
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

/// What a phrase means, wherever it may stand.
#[derive(Clone, Debug, Default)]
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
    pub(super) says: AllSaid,
    /// Whether it is the first word of a state, a relation, or a word for parts or denials.
    pub(super) begins: bool,
    /// Whether it is the first word of a relation, or of a state that is the end of a decision.
    pub(super) begins_claim: bool,
}

/// The words of the field and of the team. Looked up without regard to case, `-` and `_`.
#[derive(Debug)]
pub struct Words {
    /// One table, so that a phrase is looked up once for all that it may mean.
    known: Lookup,
}

/// The table that the words are read from.
pub(super) const TABLE: &str = include_str!("words.toml");

/// No phrase of the table has more words.
pub(super) const LONGEST: usize = 5;

impl Words {
    /// The words of the field, with those of the `team` over them.
    pub fn new<'w>(team: impl Iterator<Item = (&'w str, Lifecycle)>) -> Self {
        let status = |word: &str, meaning| Status::own(word.to_lowercase(), Some(meaning));
        let team = team.map(|(word, meaning)| (word.to_owned(), status(word, meaning)));
        Self { known: Lookup::new(team) }
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
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        let around = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '*' | '_' | '`');
        let text = text.trim_matches(around);
        let says = |text: &str| text.is_empty() || self.says(text, Says::Nothing);
        says(text) || says(text.trim_end_matches('.').trim())
    }

    /// The month that a name or its beginning means.
    pub(super) fn month(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        if let Some((_, month)) = months().iter().find(|(full, _)| *full == name) {
            return Some(*month);
        }
        let is_long = name.chars().count() >= 3;
        let begun = months().iter().filter(|(full, _)| is_long && full.starts_with(&name));
        let mut found: Vec<i8> = begun.map(|(_, month)| *month).collect();
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

    /// Whether `text`, with or without its markup, can make a claim about another record. A verb behind
    /// its object is a part of a longer word in the languages that have such verbs.
    pub(super) fn may_claim(&self, text: &str) -> bool {
        tokens(text).any(|token| {
            let word = token.of(text);
            self.known.begins_claim(word)
                || word.contains(|c: char| !c.is_ascii() && c.is_alphabetic())
        })
    }

    /// The status that the first words of `text` name.
    pub(super) fn first_status<'w>(&'w self, text: &str) -> Option<(Span, &'w Status)> {
        self.scan(text, |known| known.state.as_ref()).at_first()
    }

    /// Whether the first words of `text` name a status or a relation.
    pub(super) fn begins_statement(&self, text: &str) -> bool {
        self.first_status(text).is_some()
            || self.scan(text, |known| known.relation.or(known.key)).at_first().is_some()
    }

    /// The relation whose verb the text begins with, behind its object: `ADR-3 を置き換える`.
    pub(super) fn relation_behind(&self, text: &str) -> Option<RelationKind> {
        let text = text.trim_start();
        let verb = tokens(text).next().map_or("", |verb| verb.of(text));
        if denials_after_object().iter().any(|denial| verb.contains(denial)) {
            return None;
        }
        let mut verbs = verbs_after_object().iter();
        verbs.find(|(word, _)| text.starts_with(word)).map(|(_, kind)| *kind)
    }

    /// Whether the whole of `phrase` names a relation only where a colon or a reference follows.
    pub(super) fn is_key(&self, phrase: &str) -> bool {
        self.known(phrase).is_some_and(|known| known.relation.is_none() && known.key.is_some())
    }

    /// All that the whole of `phrase` says.
    pub(super) fn all_said(&self, phrase: &str) -> AllSaid {
        self.known(phrase).map(|known| known.says).unwrap_or_default()
    }

    /// Whether the whole of `phrase` says this.
    pub(super) fn says(&self, phrase: &str, says: Says) -> bool {
        self.all_said(phrase).contains(says)
    }

    /// Whether `text` says that only a part is meant: *part of*, *section 3*.
    pub(super) fn is_partial(&self, text: &str) -> bool {
        let partial = |known: &Meaning| known.says.contains(Says::Partial).then_some(());
        text.contains('§') || self.scan(text, partial).next().is_some() || self.names_piece(text)
    }

    /// Whether `text` names a piece of a record by its number.
    fn names_piece(&self, text: &str) -> bool {
        let mut previous: Option<Span> = None;
        tokens(text).any(|token| {
            let before = previous.replace(token);
            token.of(text).starts_with(|c: char| c.is_ascii_digit())
                && before.is_some_and(|before| self.says(before.of(text), Says::Piece))
        })
    }

    /// Whether `text` says that the rest of a record stays.
    pub(super) fn leaves_rest(&self, text: &str) -> bool {
        self.scan(text, |known| known.says.contains(Says::Rest).then_some(())).next().is_some()
    }

    /// Where `text` denies something, or ends a denial, in its order.
    pub(super) fn denials_in(&self, text: &str) -> Vec<(Span, Says)> {
        let known = self.scan(text, |known| {
            let all = [Says::But, Says::Denial];
            all.into_iter().find(|says| known.says.contains(*says))
        });
        let contracted = |word: &str| word.ends_with("n't") || word.ends_with("n’t");
        let contracted = tokens(text).filter(|token| contracted(token.of(text)));
        let mut all: Vec<_> = known.chain(contracted.map(|at| (at, Says::Denial))).collect();
        all.sort_by_key(|(at, _)| at.start);
        all
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
        let known = self.words.known.first_word(token.of(self.text))?;
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
