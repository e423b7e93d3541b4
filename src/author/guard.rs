//! The one way to a change of a text: what is read of a record before and after is compared, and the
//! change is refused if more differs than was asked for.

use std::collections::BTreeSet;

use crate::author::naming::Renaming;
use crate::format::{Fact, Obstacle, Reading, Recognised, Words, obstacle, recognise};
use crate::model::Record;
use crate::text::{Change, Edit, Source, Span, apply};
use crate::{Refusal, Result};

/// What a change of a record may do.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The facts that may differ.
    changes: BTreeSet<Fact>,
    /// The facts that may become more, and lose nothing.
    grows: BTreeSet<Fact>,
    /// Whether the record only follows a change of another one, or of its own name.
    follows: bool,
    /// Whether numbers may differ in what may change, and nothing else.
    is_numbers: bool,
}

impl Scope {
    /// Facts that may differ.
    pub(super) fn changing(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { changes: facts.into_iter().collect(), ..Self::default() }
    }

    /// Facts that may differ as other texts follow a new name.
    pub(super) fn following(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { follows: true, ..Self::changing(facts) }
    }

    /// Facts in which numbers may differ, and nothing else.
    pub(super) fn renumbering(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { is_numbers: true, ..Self::following(facts) }
    }

    /// With these facts, of which nothing may be lost.
    #[must_use]
    pub(super) fn growing(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.grows.extend(facts);
        self
    }

    /// With these facts, which may differ.
    #[must_use]
    pub(super) fn and(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.changes.extend(facts);
        self
    }

    /// With all that `other` may change.
    #[must_use]
    pub(super) fn with(self, other: &Self) -> Self {
        self.and(other.changes.iter().copied()).growing(other.grows.iter().copied())
    }

    /// The first fact that differs and may not.
    fn violation(&self, before: &Reading, after: &Reading) -> Option<Fact> {
        let losses = before.losses(after);
        let mut differing = before.differences(after).into_iter();
        let is_allowed = |fact: &Fact| {
            self.changes.contains(fact) || self.grows.contains(fact) && !losses.contains(fact)
        };
        let violation = differing.find(|fact| !is_allowed(fact));
        let numbers = || {
            let differing = before.without_numbers().differences(&after.without_numbers());
            // A number that comes to be one, such as that of a record without, is still a number.
            differing.into_iter().find(|fact| *fact != Fact::Number)
        };
        violation.or_else(|| if self.is_numbers { numbers() } else { None })
    }
}

/// Judges changes.
#[derive(Clone, Copy)]
pub(super) struct Guard<'g> {
    /// The words that records are read with.
    pub words: &'g Words,
    /// What may change.
    pub scope: &'g Scope,
}

impl Guard<'_> {
    /// The record after `edits`.
    ///
    /// # Errors
    ///
    /// If it may not be changed so: with the name of what would have changed, too.
    pub(super) fn check(&self, record: &Record, edits: &[Edit]) -> Result<Record> {
        self.check_as(record, edits, None)
    }

    /// The same for a record that gets another name.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub(super) fn check_as(
        &self,
        record: &Record,
        edits: &[Edit],
        renaming: Option<&Renaming>,
    ) -> Result<Record> {
        let path = || record.source.path().to_owned();
        self.is_fit(record, edits)?;
        let after = renamed(record, edits, renaming, self.words);
        let after = after.ok_or_else(|| Refusal::CannotEdit { path: path() })?;
        match self.scope.violation(&Reading::of(record), &Reading::of(&after)) {
            Some(fact) => Err(Refusal::Touches { path: path(), field: fact.as_str() }.into()),
            None => Ok(after),
        }
    }

    /// The change that `edits` are; none for none.
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

    /// The changes after which a record has another name and `edits`.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub(super) fn change_as(
        &self,
        record: &Record,
        edits: Vec<Edit>,
        renaming: &Renaming,
    ) -> Result<Vec<Change>> {
        self.check_as(record, &edits, Some(renaming))?;
        let edit = change_source(&record.source, edits.clone());
        Ok(renaming.change(edits, edit))
    }

    /// Whether nothing makes the record unfit for `edits`.
    ///
    /// # Errors
    ///
    /// With what makes it unfit.
    pub(super) fn is_fit(&self, record: &Record, edits: &[Edit]) -> Result<()> {
        let path = record.source.path().to_owned();
        let line = |span: Span| record.source.line_column(span.start).line;
        match obstacle(record) {
            Some(Obstacle::Conflict(mark)) => {
                Err(Refusal::Conflict { path, line: line(mark) }.into())
            }
            Some(Obstacle::BrokenFrontMatter(front, fault))
                if edits.iter().any(|edit| edit.span.start < front.end) =>
            {
                Err(Refusal::BrokenFrontMatter { path, line: line(fault) }.into())
            }
            Some(Obstacle::ForeignFrontMatter(_)) if !self.scope.follows => {
                Err(Refusal::ForeignFrontMatter { path }.into())
            }
            _ => Ok(()),
        }
    }
}

/// The change of a text that is no record, of which nothing is read; none for no edits.
pub(super) fn change_source(source: &Source, edits: Vec<Edit>) -> Option<Change> {
    let path = source.path().to_owned();
    (!edits.is_empty()).then_some(Change::Edit { path, edits })
}

/// The record as it will read.
pub(super) fn reread(record: &Record, edits: &[Edit], words: &Words) -> Option<Record> {
    renamed(record, edits, None, words)
}

/// The record as it will read, under the name that it will have.
fn renamed(
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
    // One record alone does not tell whether the day or the month comes first in its log.
    if let Some(date) = &mut after.date {
        date.value = date.value.settled_as(record.date());
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::{Guard, Scope};
    use crate::author::testing::{record, words};
    use crate::format::Fact;
    use crate::text::{Edit, Span};

    const TEXT: &str = "---\nstatus: accepted # by all\nowner: Ann\n---\n\n# A\n\n## Context\n\n[x](0002-b.md), `0002`, \
                        see <!-- ADR-0002 -->\n";

    /// What becomes of a change of `old` to `new`.
    fn judged(text: &str, scope: &Scope, old: &str, new: &str) -> String {
        let record = record("0001-a.md", text);
        let at = text.find(old).unwrap();
        let edit = Edit::replace(Span::new(at, at + old.len()), new);
        let guard = Guard { words: &words(), scope };
        match guard.check(&record, &[edit]) {
            Ok(_) => "done".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_would_change_too_is_named() {
        let scope = Scope::changing([Fact::Status]);
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
            assert_eq!(judged(TEXT, &scope, old, new), expected, "{old}");
        }
    }

    #[test]
    fn what_may_grow_loses_nothing() {
        let scope = Scope::default().growing([Fact::Links]);
        assert_eq!(judged(TEXT, &scope, "see", "see [y](0003-c.md)"), "done");
        let lost = "the change would also change the links of `0001-a.md`";
        assert_eq!(judged(TEXT, &scope, "[x](0002-b.md)", "[y](0003-c.md)"), lost);
    }

    #[test]
    fn numbers_change_to_numbers_alone() {
        let scope = Scope::renumbering([Fact::Links, Fact::Code]);
        assert_eq!(judged(TEXT, &scope, "0002-b.md", "0013-b.md"), "done");
        assert_eq!(judged(TEXT, &scope, "`0002`", "`7`"), "done");
        let other = "the change would also change the links of `0001-a.md`";
        assert_eq!(judged(TEXT, &scope, "0002-b.md", "0013-c.md"), other);
    }

    #[test]
    fn a_record_that_cannot_be_trusted_is_not_changed() {
        let scope = Scope::changing(Fact::ALL);
        let conflict = "# A\n\n## Status\n\n<<<<<<< HEAD\nAccepted\n=======\nRejected\n>>>>>>> b\n";
        let refused = "`0001-a.md` has an unresolved merge conflict, at line 5";
        assert_eq!(judged(conflict, &scope, "# A", "# B"), refused);
        let broken = "---\ntitle: a: b\nstatus: accepted\n---\n\n# A\n\nx\n";
        let refused = "the front matter of `0001-a.md` is not valid YAML, at line 2";
        assert_eq!(judged(broken, &scope, "accepted", "rejected"), refused);
        assert_eq!(judged(broken, &scope, "x", "y"), "done");
        let foreign = "+++\nstatus = \"accepted\"\n+++\n\n# A\n\nx\n";
        let refused = "the front matter of `0001-a.md` is not YAML, and cannot be changed";
        assert_eq!(judged(foreign, &scope, "x", "Status: rejected"), refused);
        assert_eq!(judged(foreign, &Scope::following(Fact::ALL), "x", "y"), "done");
    }
}
