//! The only way to change a text: compares what is read of a record before and after, and refuses the change if
//! more differs than was requested.

use std::collections::BTreeSet;

use super::naming::Renaming;
use crate::format::{Fact, Obstacle, Reading, Recognised, Words, obstacle, recognise};
use crate::model::Record;
use crate::text::{Change, Edit, Source, Span, apply};
use crate::{Refusal, Result};

/// What a change of a record may change.
#[derive(Clone, Debug, Default)]
pub(super) struct AllowedChanges {
    /// The facts that may differ.
    changing: BTreeSet<Fact>,
    /// The facts that may gain values, but not lose any.
    growing: BTreeSet<Fact>,
    /// Whether the record only follows a change of another one, or of its own name.
    follows_other_change: bool,
    /// Whether the facts may differ in numbers only.
    numbers_only: bool,
}

impl AllowedChanges {
    /// Facts that may differ.
    pub(super) fn changing(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { changing: facts.into_iter().collect(), ..Self::default() }
    }

    /// Facts that may differ in a text that follows a new name.
    pub(super) fn following(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { follows_other_change: true, ..Self::changing(facts) }
    }

    /// Facts that may differ in numbers only.
    pub(super) fn renumbering(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { numbers_only: true, ..Self::following(facts) }
    }

    /// Also facts that may gain values, but not lose any.
    #[must_use]
    pub(super) fn and_growing(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.growing.extend(facts);
        self
    }

    /// Also facts that may differ.
    #[must_use]
    pub(super) fn and_changing(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.changing.extend(facts);
        self
    }

    /// Also everything that `other` allows.
    #[must_use]
    pub(super) fn union(self, other: &Self) -> Self {
        self.and_changing(other.changing.iter().copied()).and_growing(other.growing.iter().copied())
    }

    /// The first fact that differs although it may not.
    fn violation(&self, before: &Reading, after: &Reading) -> Option<Fact> {
        let losses = before.losses(after);
        let mut differences = before.differences(after).into_iter();
        let is_allowed = |fact: &Fact| {
            self.changing.contains(fact) || self.growing.contains(fact) && !losses.contains(fact)
        };
        let forbidden_fact = differences.find(|fact| !is_allowed(fact));
        let differs_beyond_numbers = || {
            let differences = before.without_numbers().differences(&after.without_numbers());
            // A record without a number may get one.
            differences.into_iter().find(|fact| *fact != Fact::Number)
        };
        forbidden_fact.or_else(|| if self.numbers_only { differs_beyond_numbers() } else { None })
    }
}

/// Checks changes of records.
#[derive(Clone, Copy)]
pub(super) struct Guard<'g> {
    /// The words that records are read with.
    pub words: &'g Words,
    pub allowed: &'g AllowedChanges,
}

impl Guard<'_> {
    /// Returns the record after `edits`.
    ///
    /// # Errors
    ///
    /// If the change is not allowed: with the name of the field that would change as well.
    pub(super) fn check(&self, record: &Record, edits: &[Edit]) -> Result<Record> {
        self.check_renamed(record, edits, None)
    }

    /// As [`check`](Self::check), for a record that may be renamed.
    pub(super) fn check_renamed(
        &self,
        record: &Record,
        edits: &[Edit],
        renaming: Option<&Renaming>,
    ) -> Result<Record> {
        let path = || record.source.path().to_owned();
        self.check_editable(record, edits)?;
        let after = reread_renamed(record, edits, renaming, self.words);
        let after = after.ok_or_else(|| Refusal::CannotEdit { path: path() })?;
        match self.allowed.violation(&Reading::of(record), &Reading::of(&after)) {
            Some(fact) => Err(Refusal::Touches { path: path(), field: fact.as_str() }.into()),
            None => Ok(after),
        }
    }

    /// Returns the change that applies `edits`; `None` if they change nothing.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub(super) fn change(&self, record: &Record, edits: Vec<Edit>) -> Result<Option<Change>> {
        if edits.iter().all(|edit| edit.span.of(record.text()) == edit.text) {
            return Ok(None);
        }
        self.check(record, &edits)?;
        Ok(change_source(&record.source, edits))
    }

    /// Returns the changes that rename a record and apply `edits`.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub(super) fn change_renamed(
        &self,
        record: &Record,
        edits: Vec<Edit>,
        renaming: &Renaming,
    ) -> Result<Vec<Change>> {
        self.check_renamed(record, &edits, Some(renaming))?;
        let text_change = change_source(&record.source, edits.clone());
        Ok(renaming.changes(edits, text_change))
    }

    /// Checks that nothing in the text, such as a merge conflict, prevents `edits`.
    ///
    /// # Errors
    ///
    /// With the obstacle.
    pub(super) fn check_editable(&self, record: &Record, edits: &[Edit]) -> Result<()> {
        let path = record.source.path().to_owned();
        let line = |span: Span| record.source.line_column(span.start).line;
        match obstacle(record) {
            Some(Obstacle::Conflict(marker)) => {
                Err(Refusal::Conflict { path, line: line(marker) }.into())
            }
            Some(Obstacle::BrokenFrontMatter(front, fault))
                if edits.iter().any(|edit| edit.span.start < front.end) =>
            {
                Err(Refusal::BrokenFrontMatter { path, line: line(fault) }.into())
            }
            Some(Obstacle::ForeignFrontMatter(_)) if !self.allowed.follows_other_change => {
                Err(Refusal::ForeignFrontMatter { path }.into())
            }
            _ => Ok(()),
        }
    }
}

/// The change of a text that is not a record, which cannot be checked; `None` without edits.
pub(super) fn change_source(source: &Source, edits: Vec<Edit>) -> Option<Change> {
    let path = source.path().to_owned();
    (!edits.is_empty()).then_some(Change::Edit { path, edits })
}

/// The record as it will be read after `edits`.
pub(super) fn reread(record: &Record, edits: &[Edit], words: &Words) -> Option<Record> {
    reread_renamed(record, edits, None, words)
}

/// The record as it will be read under its new name.
fn reread_renamed(
    record: &Record,
    edits: &[Edit],
    renaming: Option<&Renaming>,
    words: &Words,
) -> Option<Record> {
    let text = apply(record.text(), edits).ok()?;
    let (path, file) = match renaming {
        Some(renaming) => (renaming.path().clone(), renaming.file()),
        None => (record.source.path().to_owned(), record.file.as_str()),
    };
    let Recognised::Record(mut after) = recognise(Source::new(path, text), file, words) else {
        return None;
    };
    // A single record does not show whether the day or the month comes first in its log.
    if let Some(date) = &mut after.date {
        date.value = date.value.settled_as(record.date());
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::{AllowedChanges, Guard};
    use crate::author::testing::{record, words};
    use crate::format::Fact;
    use crate::text::{Edit, Span};

    const TEXT: &str = "---\nstatus: accepted # by all\nowner: Ann\n---\n\n# A\n\n## Context\n\n[x](0002-b.md), `0002`, \
                        see <!-- ADR-0002 -->\n";

    /// What becomes of a change of `old` to `new`.
    fn judged(text: &str, allowed: &AllowedChanges, old: &str, new: &str) -> String {
        let record = record("0001-a.md", text);
        let at = text.find(old).unwrap();
        let edit = Edit::replace(Span::new(at, at + old.len()), new);
        let guard = Guard { words: &words(), allowed };
        match guard.check(&record, &[edit]) {
            Ok(_) => "done".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_other_changed_field_is_named() {
        let allowed = AllowedChanges::changing([Fact::Status]);
        let cases = [
            ("accepted", "rejected", None),
            (" # by all", "", Some("comments")),
            ("Ann", "Bob", Some("decision makers")),
            ("owner", "team", Some("decision makers")),
            ("# A", "# B", Some("title")),
            ("## Context", "## Kontext", Some("headings")),
            ("0002-b.md", "0003-b.md", Some("links")),
            ("`0002`", "`0003`", Some("code")),
            ("<!-- ADR-0002 -->", "", Some("comments")),
        ];
        for (old, new, field) in cases {
            let expected = field.map_or("done".to_owned(), |field| {
                format!("the change would also change the {field} of `0001-a.md`")
            });
            assert_eq!(judged(TEXT, &allowed, old, new), expected, "{old}");
        }
    }

    #[test]
    fn a_growing_fact_may_not_lose_values() {
        let allowed = AllowedChanges::default().and_growing([Fact::Links]);
        assert_eq!(judged(TEXT, &allowed, "see", "see [y](0003-c.md)"), "done");
        let lost = "the change would also change the links of `0001-a.md`";
        assert_eq!(judged(TEXT, &allowed, "[x](0002-b.md)", "[y](0003-c.md)"), lost);
    }

    #[test]
    fn renumbering_may_change_numbers_only() {
        let allowed = AllowedChanges::renumbering([Fact::Links, Fact::Code]);
        assert_eq!(judged(TEXT, &allowed, "0002-b.md", "0013-b.md"), "done");
        assert_eq!(judged(TEXT, &allowed, "`0002`", "`7`"), "done");
        let other = "the change would also change the links of `0001-a.md`";
        assert_eq!(judged(TEXT, &allowed, "0002-b.md", "0013-c.md"), other);
    }

    #[test]
    fn a_record_with_an_obstacle_is_not_changed() {
        let allowed = AllowedChanges::changing(Fact::ALL);
        let conflict = "# A\n\n## Status\n\n<<<<<<< HEAD\nAccepted\n=======\nRejected\n>>>>>>> b\n";
        let refused = "`0001-a.md` has an unresolved merge conflict at line 5";
        assert_eq!(judged(conflict, &allowed, "# A", "# B"), refused);
        let broken = "---\ntitle: a: b\nstatus: accepted\n---\n\n# A\n\nx\n";
        let refused = "the front matter of `0001-a.md` is not valid YAML at line 2";
        assert_eq!(judged(broken, &allowed, "accepted", "rejected"), refused);
        assert_eq!(judged(broken, &allowed, "x", "y"), "done");
        let foreign = "+++\nstatus = \"accepted\"\n+++\n\n# A\n\nx\n";
        let refused = "the front matter of `0001-a.md` is not YAML and cannot be changed";
        assert_eq!(judged(foreign, &allowed, "x", "Status: rejected"), refused);
        assert_eq!(judged(foreign, &AllowedChanges::following(Fact::ALL), "x", "y"), "done");
    }
}
