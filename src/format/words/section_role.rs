//! The role of a section with a heading that holds more than the name of the role.

use super::dictionary::Words;
use super::word_class::WordClass;
use crate::model::Role;

impl Words {
    /// The role of a section with a heading that holds more than the name of the role. Remarks in brackets are ignored, and
    /// in `背景 (Context)` either word is enough.
    pub(crate) fn role_within(&self, heading: &str) -> Option<Role> {
        let role_of = |phrase: &str| {
            let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
            self.meaning(phrase)?.role
        };
        if !heading.contains(['(', ')', '（', ':', '：']) {
            return self.role_of_first_words(heading);
        }
        let role_of_heading = role_of(heading);
        if role_of_heading.is_some() {
            return role_of_heading;
        }
        let (before_bracket, inside_brackets) =
            heading.split_once(['(', '（']).unwrap_or((heading, ""));
        let before_colon = before_bracket.split([':', '：']).next().unwrap_or_default();
        [before_bracket, inside_brackets, before_colon].into_iter().find_map(role_of)
    }

    /// The role of a section with a topic or a number after the name of the role in its heading,
    /// `Decision Outcome - Data Replication`, `Decision-1`, or `&` instead of *and*. A `Solution 1` is one
    /// of several options and has no role.
    fn role_of_first_words(&self, heading: &str) -> Option<Role> {
        let role_of =
            |phrase: &str| self.meaning(phrase.trim_end_matches([' ', '-', '–', '—', '#']))?.role;
        let topic_start =
            [" - ", " – ", " — "].into_iter().filter_map(|mark| heading.find(mark)).min();
        let without_topic = topic_start.and_then(|offset| heading.get(..offset)).unwrap_or(heading);
        let role_name = without_topic.trim_end_matches(|c: char| c.is_ascii_digit());
        let first_word = role_name.split(|c: char| !c.is_alphabetic()).next();
        if role_name.len() < heading.len()
            && first_word.is_some_and(|word| self.has_class(word, WordClass::Head))
        {
            return role_of(role_name);
        }
        heading.contains('&').then(|| role_of(&heading.replace('&', "and"))).flatten()
    }
}
