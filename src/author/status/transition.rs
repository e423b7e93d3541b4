//! Which status may follow which.

use crate::format::Words;
use crate::model::{Lifecycle, Status, Transitions};
use crate::{Refusal, Result};

impl Transitions {
    /// Checks that `from` may become `to`. A status without a known meaning may become any other, and a word may be
    /// replaced by another one with the same meaning.
    ///
    /// # Errors
    ///
    /// [`Refusal::IllegalTransition`] with the states that `from` may become.
    pub fn check(&self, label: &str, from: Option<&Status>, to: &Status) -> Result<()> {
        let (Some(from), Some(to)) = (from.and_then(|from| from.meaning), to.meaning) else {
            return Ok(());
        };
        if self.allow(from, to) {
            return Ok(());
        }
        Err(Refusal::IllegalTransition {
            label: label.to_owned(),
            from: from.as_str(),
            to: to.as_str(),
            legal: self.after(from).iter().map(|state| state.as_str()).collect(),
        }
        .into())
    }
}

/// A requested status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedStatus {
    /// The status as it is to be read.
    pub status: Status,
    /// The word to write: in lower case, or as the team writes it.
    pub word: String,
    /// The words before the names of successors, in the same case.
    pub by_phrase: String,
}

impl RequestedStatus {
    fn in_words(status: Status, word: String) -> Self {
        Self { by_phrase: format!("{word} by"), status, word }
    }
}

impl<S: Into<Status>> From<S> for RequestedStatus {
    fn from(status: S) -> Self {
        let status = status.into();
        let word = status.word.clone().into_owned();
        Self::in_words(status, word)
    }
}

/// Returns the status with the name `given`: any word that is read as a status, or one of `team_words`, which the
/// team declared.
///
/// # Errors
///
/// [`Refusal::UnknownStatus`] with the nearest word.
pub fn status_named<'w>(
    given: &str,
    team_words: impl Iterator<Item = &'w str>,
    words: &Words,
) -> Result<RequestedStatus> {
    let given = given.trim();
    if let Some(state) = Lifecycle::named(given) {
        return Ok(state.into());
    }
    let team_words: Vec<&str> = team_words.collect();
    let is_team_word = team_words.iter().any(|word| word.eq_ignore_ascii_case(given));
    match words.status(given).cloned() {
        Some(status) if is_team_word => return Ok(status.into()),
        Some(status) => return Ok(RequestedStatus::in_words(status, given.to_lowercase())),
        None if is_team_word => return Ok(Status::own(given.to_owned(), None).into()),
        None => {}
    }
    let states = Lifecycle::ALL.map(Lifecycle::as_str);
    let known_words = || states.iter().chain(&team_words).copied();
    let lowercase = given.to_lowercase();
    let distances = known_words().map(|word| (strsim::damerau_levenshtein(&lowercase, word), word));
    let nearest = distances.filter(|(distance, _)| *distance <= 3).min();
    Err(Refusal::UnknownStatus {
        given: given.to_owned(),
        nearest: nearest.map(|(_, word)| word.to_owned()),
        known: known_words().map(str::to_owned).collect(),
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
    fn a_superseded_record_stays_superseded() {
        for to in Lifecycle::ALL {
            assert_eq!(legal(Lifecycle::Superseded, to), to == Lifecycle::Superseded);
        }
    }

    #[test]
    fn a_refusal_lists_the_legal_states() {
        let (from, to) = (Status::from(Lifecycle::Accepted), Lifecycle::Proposed.into());
        let error = Transitions::default().check("ADR-0001", Some(&from), &to).unwrap_err();
        assert_eq!(error.to_string(), "ADR-0001 is accepted and cannot become proposed");
        assert_eq!(
            error.hint().unwrap(),
            "change it to deprecated or superseded, or use `--force`"
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
