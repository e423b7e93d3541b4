//! Which part of a decision a section is, where its heading holds more than the name of the part.

use super::dictionary::Words;
use super::word_class::WordClass;
use crate::model::Role;

impl Words {
    /// The part that a section plays whose heading holds more than the name of one. Remarks in
    /// brackets do not count, and of `背景 (Context)` either word is enough.
    pub(crate) fn role_within(&self, bare: &str) -> Option<Role> {
        let find = |part: &str| {
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            self.known(part)?.role
        };
        if !bare.contains(['(', ')', '（', ':', '：']) {
            return self.role_of_head(bare);
        }
        let whole = find(bare);
        if whole.is_some() {
            return whole;
        }
        let (before, inside) = bare.split_once(['(', '（']).unwrap_or((bare, ""));
        let key = before.split([':', '：']).next().unwrap_or_default();
        [before, inside, key].into_iter().find_map(find)
    }

    /// The part that a section plays whose heading has a topic or a number behind the name of it:
    /// `Decision Outcome - Data Replication`, `Decision-1`; and where a sign stands for *and*. A
    /// `Solution 1` is one of several options.
    fn role_of_head(&self, bare: &str) -> Option<Role> {
        let role = |part: &str| self.known(part.trim_end_matches([' ', '-', '–', '—', '#']))?.role;
        let topic = [" - ", " – ", " — "].into_iter().filter_map(|mark| bare.find(mark)).min();
        let head = topic.and_then(|at| bare.get(..at)).unwrap_or(bare);
        let head = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let first = head.split(|c: char| !c.is_alphabetic()).next();
        if head.len() < bare.len() && first.is_some_and(|one| self.says(one, WordClass::Head)) {
            return role(head);
        }
        bare.contains('&').then(|| role(&bare.replace('&', "and"))).flatten()
    }
}
