//! The words of a relation on the command line: verb, record and counterpart.

use crate::author::RelationClaim;
use crate::format::Words;
use crate::model::RelationKind;
use crate::{Error, Refusal, Result};

/// The parsed words of a relation.
pub(crate) struct RelationWords {
    pub claim: RelationClaim,
    /// The reference to the other record.
    pub to: String,
    /// The words of the counterpart; `None` for a known verb.
    pub given_counterpart: Option<String>,
}

impl RelationWords {
    /// Parses `VERB REF [COUNTERPART]`. A known verb may have several words without quotes; then the reference
    /// is the last word. `form` shows how to give the counterpart of an unknown verb.
    pub(crate) fn parse(arguments: &[String], words: &Words, form: &'static str) -> Result<Self> {
        if let Some((to, verb)) = arguments.split_last() {
            let claim = RelationClaim::in_words(&verb.join(" "), words);
            if claim.kind != RelationKind::Other {
                return Ok(Self { claim, to: to.clone(), given_counterpart: None });
            }
        }
        let (verb, to, given_counterpart) = match arguments {
            [verb, to] => (verb, to, None),
            [verb, to, counterpart] => (verb, to, Some(counterpart.clone())),
            _ => return Err(unknown_verb(&arguments.join(" "), form)),
        };
        let claim = RelationClaim::in_words(verb, words);
        if claim.kind == RelationKind::Other && given_counterpart.is_none() {
            return Err(unknown_verb(verb, form));
        }
        Ok(Self { claim, to: to.clone(), given_counterpart })
    }

    /// Returns what the other record states: the given words, else the known counterpart.
    pub(crate) fn counterpart(&self, words: &Words) -> RelationClaim {
        match &self.given_counterpart {
            Some(counterpart) => RelationClaim::in_words(counterpart, words),
            None => RelationClaim::of(self.claim.kind.inverse()),
        }
    }
}

fn unknown_verb(given: &str, form: &'static str) -> Error {
    let verbs = RelationKind::ALL.into_iter().map(|kind| kind.as_str().replace('-', " "));
    let distances =
        verbs.map(|verb| (strsim::damerau_levenshtein(&given.to_lowercase(), &verb), verb));
    let nearest = distances.filter(|(distance, _)| *distance <= 3).min().map(|(_, verb)| verb);
    Refusal::UnknownVerb { given: given.to_owned(), nearest, form }.into()
}
