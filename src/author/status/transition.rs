//! From which status a decision may go to which.

use crate::format::Words;
use crate::model::{Lifecycle, Status, Transitions};
use crate::{Refusal, Result};

impl Transitions {
    /// Whether `from` may become `to`. A status whose meaning nobody has said may become anything,
    /// and a word may give way to another one of the same meaning.
    ///
    /// # Errors
    ///
    /// [`Refusal::IllegalTransition`] with the states that it may become.
    pub fn check(&self, label: &str, from: Option<&Status>, to: &Status) -> Result<()> {
        let (Some(from), Some(end)) = (from.and_then(|from| from.meaning), to.meaning) else {
            return Ok(());
        };
        if self.allow(from, end) {
            return Ok(());
        }
        Err(Refusal::IllegalTransition {
            label: label.to_owned(),
            from: from.as_str(),
            to: end.as_str(),
            legal: self.after(from).iter().map(|state| state.as_str()).collect(),
        }
        .into())
    }
}

/// A status as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedStatus {
    /// What is to be read.
    pub status: Status,
    /// The word that is to be written: in lower case, or as the team writes it.
    pub word: String,
    /// What is written before the names of successors, in the same case.
    pub by: String,
}

impl RequestedStatus {
    fn in_words(status: Status, word: String) -> Self {
        Self { by: format!("{word} by"), status, word }
    }
}

impl<S: Into<Status>> From<S> for RequestedStatus {
    fn from(status: S) -> Self {
        let status = status.into();
        let word = status.word.clone().into_owned();
        Self::in_words(status, word)
    }
}

/// The status that `given` names: every word that is read as a status, and those that the team declared.
///
/// # Errors
///
/// [`Refusal::UnknownStatus`] with the nearest word.
pub fn status_named<'w>(
    given: &str,
    team: impl Iterator<Item = &'w str>,
    words: &Words,
) -> Result<RequestedStatus> {
    let given = given.trim();
    if let Some(state) = Lifecycle::named(given) {
        return Ok(state.into());
    }
    let team: Vec<&str> = team.collect();
    let is_of_team = team.iter().any(|word| word.eq_ignore_ascii_case(given));
    match words.status(given).cloned() {
        Some(status) if is_of_team => return Ok(status.into()),
        Some(status) => return Ok(RequestedStatus::in_words(status, given.to_lowercase())),
        None if is_of_team => return Ok(Status::own(given.to_owned(), None).into()),
        None => {}
    }
    let known = Lifecycle::ALL.map(Lifecycle::as_str);
    let near = known.iter().chain(&team).copied();
    let near = near.map(|word| (strsim::damerau_levenshtein(&given.to_lowercase(), word), word));
    let near = near.filter(|(far, _)| *far <= 3).min().map(|(_, word)| word);
    Err(Refusal::UnknownStatus {
        given: given.to_owned(),
        nearest: near.map(str::to_owned),
        known: known.iter().chain(&team).map(|word| (*word).to_owned()).collect(),
    }
    .into())
}

#[cfg(test)]
mod tests {
    use super::{RequestedStatus, status_named};
    use crate::format::Words;
    use crate::model::{Lifecycle, Status, Transitions};

    fn legal(from: Lifecycle, to: Lifecycle) -> bool {
        Transitions::default().check("ADR-0001", Some(&from.into()), &to.into()).is_ok()
    }

    #[test]
    fn what_was_superseded_stays_so() {
        for to in Lifecycle::ALL {
            assert_eq!(legal(Lifecycle::Superseded, to), to == Lifecycle::Superseded);
        }
    }

    #[test]
    fn a_refusal_names_what_is_legal() {
        let (from, to) = (Status::from(Lifecycle::Accepted), Lifecycle::Proposed.into());
        let error = Transitions::default().check("ADR-0001", Some(&from), &to).unwrap_err();
        assert_eq!(error.to_string(), "ADR-0001 is accepted and cannot become proposed");
        assert_eq!(
            error.hint().unwrap(),
            "it can become deprecated or superseded; `--force` overrides this"
        );
    }

    #[test]
    fn a_team_may_allow_more() {
        let own = Transitions::default().with([(Lifecycle::Accepted, vec![Lifecycle::Proposed])]);
        let (from, to) = (Status::from(Lifecycle::Accepted), Lifecycle::Proposed.into());
        assert!(own.check("ADR-0001", Some(&from), &to).is_ok());
    }

    #[test]
    fn words_are_known_or_corrected() {
        let words = Words::new([("parked", Lifecycle::Draft)].into_iter());
        let named = |given| status_named(given, ["parked"].into_iter(), &words);
        assert_eq!(named("Accepted").unwrap(), Lifecycle::Accepted.into());
        assert_eq!(named("parked").unwrap().status.meaning, Some(Lifecycle::Draft));
        let hint = |given| named(given).unwrap_err().hint().unwrap();
        assert_eq!(hint("acepted"), "did you mean `accepted`?");
        for (given, word) in [("Approved", "approved"), ("Akzeptiert", "akzeptiert")] {
            let expected = RequestedStatus::in_words(Lifecycle::Accepted.into(), word.to_owned());
            assert_eq!(named(given).unwrap(), expected);
        }
    }
}
