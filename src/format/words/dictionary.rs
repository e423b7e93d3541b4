//! Looks up the words for statuses, keys, relations and sections: the words of `words.toml`, overridden by
//! the words of the team.

use super::meaning::{Field, ONLY_READ, PhraseMeaning};
use super::phrase::{
    DENIALS_AFTER_OBJECT, MONTHS, PhraseTable, Tokens, VERBS_AFTER_OBJECT, tokens,
};
use super::word_class::{WordClass, WordClasses};
use crate::model::{Lifecycle, RelationKind, Status};
use crate::text::Span;

/// The built-in words and the words of the team. Lookups ignore case and treat `-` and `_` as
/// spaces.
#[derive(Debug)]
pub struct Words {
    /// One table, so that a single lookup gives every meaning of a phrase.
    table: PhraseTable,
    /// The names of the months in all languages, with their numbers from 1 on.
    months: &'static [(&'static str, i8)],
    /// The verbs that follow their object, in the languages that have such verbs.
    verbs_after_object: &'static [(&'static str, RelationKind)],
    /// The parts of such a verb that negate it.
    denials_after_object: &'static [&'static str],
}

/// The text of the built-in table of words.
pub(super) const TABLE: &str = include_str!("words.toml");

/// The maximum number of words in a phrase of the table.
pub(super) const LONGEST: usize = 5;

impl Words {
    /// The built-in words, overridden by the words of the `team`.
    pub fn new<'w>(team: impl Iterator<Item = (&'w str, Lifecycle)>) -> Self {
        let status = |word: &str, meaning| Status::own(word.to_lowercase(), Some(meaning));
        let team = team.map(|(word, meaning)| (word.to_owned(), status(word, meaning)));
        Self {
            table: PhraseTable::new(team),
            months: MONTHS,
            verbs_after_object: VERBS_AFTER_OBJECT,
            denials_after_object: DENIALS_AFTER_OBJECT,
        }
    }

    /// The meaning of `phrase` as a whole.
    pub(crate) fn meaning(&self, phrase: &str) -> Option<&PhraseMeaning> {
        self.table.get(phrase)
    }

    /// The field that `key` names, with the rank of the word; 0 is the best.
    pub(crate) fn field(&self, key: &str) -> Option<(Field, usize)> {
        self.meaning(key)?.field
    }

    /// Whether a key or heading names the status.
    pub fn is_status_key(&self, key: &str) -> bool {
        matches!(self.field(key), Some((Field::Status, rank)) if rank < ONLY_READ)
    }

    /// The status that `phrase` names as a whole.
    pub fn status(&self, phrase: &str) -> Option<&Status> {
        self.meaning(phrase)?.state.as_ref()
    }

    /// The relation that `phrase` names as a whole.
    pub fn relation(&self, phrase: &str) -> Option<RelationKind> {
        self.meaning(phrase)?.relation
    }

    /// Whether `text` is a word for no value, `N/A`, a dash, or empty.
    pub(crate) fn is_nothing(&self, text: &str) -> bool {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '*' | '_' | '`');
        let text = text.trim_matches(is_mark);
        let means_nothing =
            |text: &str| text.is_empty() || self.has_class(text, WordClass::Nothing);
        means_nothing(text) || means_nothing(text.trim_end_matches('.').trim())
    }

    /// The number of the month that `name` is, or begins without ambiguity; the first month is 1.
    pub(crate) fn month(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        if let Some((_, month)) = self.months.iter().find(|(full, _)| *full == name) {
            return Some(*month);
        }
        let is_long = name.chars().count() >= 3;
        let matching = self.months.iter().filter(|(full, _)| is_long && full.starts_with(&name));
        let mut matching_months: Vec<i8> = matching.map(|(_, month)| *month).collect();
        matching_months.sort_unstable();
        matching_months.dedup();
        if let [month] = matching_months.as_slice() { Some(*month) } else { None }
    }

    /// The statuses that `text` names, with their spans.
    pub fn statuses_in<'w>(&'w self, text: &str) -> Vec<(Span, &'w Status)> {
        self.scan(text, |meaning| meaning.state.as_ref()).collect()
    }

    /// The relations that `text` names, with the spans of their words.
    pub(crate) fn relations_in(&self, text: &str) -> impl Iterator<Item = (Span, RelationKind)> {
        self.scan(text, PhraseMeaning::relation_as_key)
    }

    /// Whether `text`, with or without its markup, may make a claim about another record.
    pub(crate) fn may_claim(&self, text: &str) -> bool {
        tokens(text).any(|token| {
            let word = token.of(text);
            // A verb after its object is part of a longer word in the languages that have such verbs.
            self.table.begins_claim(word)
                || word.contains(|c: char| !c.is_ascii() && c.is_alphabetic())
        })
    }

    /// The status that the first words of `text` name.
    pub(crate) fn first_status<'w>(&'w self, text: &str) -> Option<(Span, &'w Status)> {
        self.scan(text, |meaning| meaning.state.as_ref()).at_first()
    }

    /// Whether the first words of `text` name a status or a relation.
    pub(crate) fn starts_with_statement(&self, text: &str) -> bool {
        self.first_status(text).is_some()
            || self.scan(text, PhraseMeaning::relation_as_key).at_first().is_some()
    }

    /// The relation of the verb that `text`, which follows the object of the verb, begins with:
    /// `ADR-3 を置き換える`.
    pub(crate) fn relation_after_object(&self, text: &str) -> Option<RelationKind> {
        let text = text.trim_start();
        let verb = tokens(text).next().map_or("", |verb| verb.of(text));
        if self.denials_after_object.iter().any(|denial| verb.contains(denial)) {
            return None;
        }
        let mut verbs = self.verbs_after_object.iter();
        verbs.find(|(word, _)| text.starts_with(word)).map(|(_, kind)| *kind)
    }

    /// Whether `phrase` as a whole names a relation only if a colon or a reference follows.
    pub(crate) fn is_relation_key(&self, phrase: &str) -> bool {
        self.meaning(phrase).is_some_and(|known| known.relation.is_none() && known.key.is_some())
    }

    /// The classes of `phrase` as a whole.
    pub(crate) fn classes_of(&self, phrase: &str) -> WordClasses {
        self.meaning(phrase).map(|known| known.classes).unwrap_or_default()
    }

    /// Whether `phrase` as a whole is of `class`.
    pub(crate) fn has_class(&self, phrase: &str, class: WordClass) -> bool {
        self.classes_of(phrase).contains(class)
    }

    /// Whether `text` limits a statement to a part: *part of*, *section 3*.
    pub(crate) fn is_partial(&self, text: &str) -> bool {
        let partial =
            |known: &PhraseMeaning| known.classes.contains(WordClass::Partial).then_some(());
        text.contains('§') || self.scan(text, partial).next().is_some() || self.names_piece(text)
    }

    /// Whether `text` names a piece of a record by number.
    fn names_piece(&self, text: &str) -> bool {
        let mut previous: Option<Span> = None;
        tokens(text).any(|token| {
            let preceding_word = previous.replace(token);
            token.of(text).starts_with(|c: char| c.is_ascii_digit())
                && preceding_word
                    .is_some_and(|word| self.has_class(word.of(text), WordClass::Piece))
        })
    }

    /// Whether `text` leaves the rest of a record in force.
    pub(crate) fn leaves_rest(&self, text: &str) -> bool {
        self.scan(text, |known| known.classes.contains(WordClass::Rest).then_some(()))
            .next()
            .is_some()
    }

    /// The words of `text` that deny something or end a denial, in order.
    pub(crate) fn denials_in(&self, text: &str) -> Vec<(Span, WordClass)> {
        let phrases = self.scan(text, |meaning| {
            let classes = [WordClass::But, WordClass::Denial];
            classes.into_iter().find(|class| meaning.classes.contains(*class))
        });
        let is_contraction = |word: &str| word.ends_with("n't") || word.ends_with("n’t");
        let contractions = tokens(text).filter(|token| is_contraction(token.of(text)));
        let mut denials: Vec<_> =
            phrases.chain(contractions.map(|token| (token, WordClass::Denial))).collect();
        denials.sort_by_key(|(span, _)| span.start);
        denials
    }

    /// The phrases of `text` for which `asked` gives a value: the longest at each place, none within
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
    /// The phrase that the text begins with, ignoring punctuation before it.
    fn at_first(mut self) -> Option<(Span, T)> {
        let token = self.rest.next()?;
        self.at(token)
    }

    /// The longest phrase that begins with the word `token`.
    fn at(&mut self, token: Span) -> Option<(Span, T)> {
        let known = self.words.table.first_word(token.of(self.text))?;
        let alone = (self.asked)(known).map(|value| (token, value));
        self.longer(token).or(alone)
    }

    /// The longest phrase that begins with the word `token` and has more words; the scan continues after it.
    fn longer(&mut self, token: Span) -> Option<(Span, T)> {
        let mut longest = None;
        let mut ahead = self.rest.clone();
        for _ in 1..LONGEST {
            let Some(next) = ahead.next() else { break };
            let span = token.to(next);
            let known = self.words.meaning(span.of(self.text));
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
        let role = |bare: &str| words.meaning(bare).and_then(|known| known.role);
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
    fn an_unambiguous_beginning_of_a_month_is_enough() {
        let words = words();
        assert_eq!(words.month("Sept"), Some(9));
        assert_eq!(words.month("Dezember"), Some(12));
        assert_eq!(words.month("ju"), None);
    }
}
