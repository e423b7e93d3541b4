//! Words that select rules: a code, the beginning of one, a name, or `ALL`.

use crate::lint::rule::{Rule, RuleList};
use crate::{Error, Result};

/// How exactly a word selects a rule, the least exact first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lint) enum Precision {
    /// No word selects it: it is on by default.
    Default,
    All,
    Family,
    Rule,
}

/// The rules that one word selects.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) enum Selector {
    All,
    /// The rules whose codes share so many bytes with the code of this one.
    Family(&'static Rule, usize),
    Rule(&'static Rule),
}

impl Selector {
    /// `ALL`, a code or the beginning of one, or a name; in any case.
    pub(in crate::lint) fn read(word: &str, rules: RuleList) -> Result<Self> {
        let word = word.trim();
        if word.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        if let Some(rule) = find_rule(rules, word) {
            return Ok(Self::Rule(rule));
        }
        let is_in_family = |rule: &&&Rule| {
            let code_start = rule.code.get(..word.len());
            // `ADR` alone is no family.
            word.len() > 3 && code_start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        match rules.iter().find(is_in_family) {
            Some(rule) => Ok(Self::Family(rule, word.len())),
            None => Err(unknown_rule(rules, word)),
        }
    }

    /// How exactly it selects `rule`, if it does.
    pub(in crate::lint) fn precision(self, rule: &Rule) -> Option<Precision> {
        match self {
            Self::All => Some(Precision::All),
            Self::Family(first, length) => {
                (first.code.get(..length) == rule.code.get(..length)).then_some(Precision::Family)
            }
            Self::Rule(named) => (named.code == rule.code).then_some(Precision::Rule),
        }
    }
}

/// The rule with this code or name, in any case.
pub(in crate::lint) fn find_rule(rules: RuleList, code_or_name: &str) -> Option<&'static Rule> {
    let is_meant = |word: &str| word.eq_ignore_ascii_case(code_or_name);
    rules.iter().copied().find(|rule| is_meant(rule.code) || is_meant(rule.name))
}

/// Reads words that may be lists with commas.
pub(in crate::lint) fn selectors(words: &[String], rules: RuleList) -> Result<Vec<Selector>> {
    let words = words.iter().flat_map(|list| list.split(','));
    let words = words.filter(|word| !word.trim().is_empty());
    words.map(|word| Selector::read(word, rules)).collect()
}

/// The error for a word that selects no rule, with the nearest code or name.
pub(in crate::lint) fn unknown_rule(rules: RuleList, given: &str) -> Error {
    let (upper, lower) = (given.to_uppercase(), given.to_lowercase());
    let is_code = |word: &str| word.starts_with("ADR");
    let words = rules.iter().flat_map(|rule| [rule.code, rule.name]);
    let distances = words.map(|word| {
        let given = if is_code(word) { &upper } else { &lower };
        (strsim::damerau_levenshtein(given, word), word)
    });
    let mut candidates: Vec<(usize, &'static str)> = distances
        .filter(|(distance, word)| {
            *distance <= if is_code(word) { 1 } else { 2.max(given.len() / 3) }
        })
        .collect();
    candidates.sort_by_key(|(distance, _)| *distance);
    // Never guess between two that are equally near.
    let nearest = match candidates.as_slice() {
        [(best, word), (second, _), ..] => (best < second).then_some(*word),
        [(_, word)] => Some(*word),
        [] => None,
    };
    Error::UnknownRule { given: given.to_owned(), nearest }
}
