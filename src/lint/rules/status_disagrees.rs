//! ADR210 `status-disagrees`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Layout, Record, Stated, Status};
use crate::text::Edit;

rule! {
    /// Reports records with two different statuses.
    ///
    /// Compares the statuses in different places, such as the front matter and a `Status` section. The front
    /// matter takes precedence, then the section.
    ///
    /// ## Why is this bad?
    ///
    /// A person reads one of the two, and a tool reads the other.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// ---
    ///
    /// # Use NATS
    ///
    /// ## Status
    ///
    /// Proposed
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// ---
    ///
    /// # Use NATS
    /// ```
    ///
    /// ## Fix
    ///
    /// If both statuses are single words, the one with lower precedence is replaced by the other (unsafe,
    /// because it may be the correct one).
    pub(super) static RULE: Rule = {
        code: "ADR210",
        name: "status-disagrees",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut fields = record.statuses.iter().filter(|stated| is_field(stated));
    let Some(first) = fields.next() else { return };
    let differs = |other: &&Stated<Status>| disagree(first, other) && is_brief(record, other);
    let Some(other) = fields.find(differs) else { return };
    let (Some(believed), Some(span)) = (first.span, other.span) else { return };
    let finding = findings.report(
        span,
        format!(
            "{} has the status \"{}\" here and \"{}\" elsewhere",
            record.label(),
            other.value,
            first.value
        ),
    );
    if let Some(id) = context.id(record) {
        finding.related(id, believed, format!("\"{}\" takes precedence", first.value));
    }
    finding.help("make both statuses the same, or keep one of them");
    if let Some(word) = in_style(record, first, other) {
        let title = format!("write `{word}` here too");
        finding.fix(
            Fix::guess(title, &record.source, vec![Edit::replace(span, word)])
                .changing(&[Fact::Status]),
        );
    }
}

/// The word of the statement that is believed, as the other one would write it: `None` where
/// either says more than that word.
fn in_style(record: &Record, first: &Stated<Status>, other: &Stated<Status>) -> Option<String> {
    let written = |stated: &Stated<Status>| Some(stated.span?.of(record.text()).trim().to_owned());
    let (word, place) = (written(first)?, written(other)?);
    let is_word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    if !is_word(&word) || !is_word(&place) {
        return None;
    }
    let mut letters = word.chars();
    let initial = letters.next()?;
    let capital = place.starts_with(char::is_uppercase);
    Some(if capital {
        initial.to_uppercase().chain(letters).collect()
    } else {
        initial.to_lowercase().chain(letters).collect()
    })
}

/// Whether it is meant to state the status, and does so in the text.
fn is_field(stated: &Stated<Status>) -> bool {
    let field = matches!(
        stated.layout,
        Layout::FrontMatter | Layout::Section | Layout::Table | Layout::Bullet | Layout::Bold
    );
    field && stated.span.is_some()
}

/// Whether it is a status and not a text about one: no longer than a line, links aside.
fn is_brief(record: &Record, stated: &Stated<Status>) -> bool {
    let text = stated.span.map(|span| span.of(record.text())).unwrap_or_default();
    let words = text.split("](").next().unwrap_or_default();
    words.chars().count() <= 80
}

/// Whether two fields mean different states. Two values in one section are ADR211's matter.
fn disagree(first: &Stated<Status>, other: &Stated<Status>) -> bool {
    let states = first.value.meaning.zip(other.value.meaning);
    first.layout != other.layout && states.is_some_and(|(first, other)| first != other)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn one_statement_or_two_equal_ones_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n## Status\n\nApproved\n", str![]);
    }

    #[test]
    fn a_section_of_prose_under_that_name_is_no_statement() {
        let prose = "In an earlier record we proposed to change how the state of a run is kept, and since then much of it was done.";
        check(
            &RULE,
            &format!("---\nstatus: accepted\n---\n\n# A\n\n## Status\n\n{prose}\n"),
            str![],
        );
    }

    #[test]
    fn two_that_differ_are_reported() {
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n## Status\n\nProposed\n",
            str![[r#"
0001-test.md:9:1: error[ADR210]: ADR-0001 has the status "proposed" here and "accepted" elsewhere
  0001-test.md:2:9: "accepted" takes precedence
  help: make both statuses the same, or keep one of them
  fix: write `Accepted` here too [unsafe]

"#]],
        );
        check(
            &RULE,
            "# 1. A\n\n* Status: proposed\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:11: error[ADR210]: ADR-0001 has the status "proposed" here and "accepted" elsewhere
  0001-test.md:7:1: "accepted" takes precedence
  help: make both statuses the same, or keep one of them
  fix: write `accepted` here too [unsafe]

"#]],
        );
    }

    #[test]
    fn a_word_becomes_like_the_one_that_is_believed() {
        check_fix(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n## Status\n\nProposed\n",
            str![[r#"
---
status: accepted
---

# A

## Status

Accepted

"#]],
        );
        let longer = "---\nstatus: accepted\n---\n\n# A\n\n## Status\n\nProposed by Ann\n";
        check_fix(&RULE, longer, longer);
    }
}
