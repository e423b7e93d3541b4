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
    let mut status_fields = record.statuses.iter().filter(|stated| is_field(stated));
    let Some(believed) = status_fields.next() else { return };
    let contradicts =
        |other: &&Stated<Status>| have_different_states(believed, other) && is_brief(record, other);
    let Some(other) = status_fields.find(contradicts) else { return };
    let (Some(believed_span), Some(other_span)) = (believed.span, other.span) else { return };
    let finding = findings.report(
        other_span,
        format!(
            "{} has the status \"{}\" here and \"{}\" elsewhere",
            record.label(),
            other.value,
            believed.value
        ),
    );
    if let Some(record_id) = context.id(record) {
        finding.related(
            record_id,
            believed_span,
            format!("\"{}\" takes precedence", believed.value),
        );
    }
    finding.help("make both statuses the same, or keep one of them");
    if let Some(new_word) = in_style(record, believed, other) {
        let fix_title = format!("write `{new_word}` here too");
        finding.fix(
            Fix::guess(fix_title, &record.source, vec![Edit::replace(other_span, new_word)])
                .changing(&[Fact::Status]),
        );
    }
}

/// Returns the word of the believed statement with the capitalization of the other one, or `None` if
/// either is more than one word.
fn in_style(record: &Record, believed: &Stated<Status>, other: &Stated<Status>) -> Option<String> {
    let written_text =
        |stated: &Stated<Status>| Some(stated.span?.of(record.text()).trim().to_owned());
    let (believed_word, other_word) = (written_text(believed)?, written_text(other)?);
    let is_word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    if !is_word(&believed_word) || !is_word(&other_word) {
        return None;
    }
    let mut letters = believed_word.chars();
    let first_letter = letters.next()?;
    let is_capitalized = other_word.starts_with(char::is_uppercase);
    Some(if is_capitalized {
        first_letter.to_uppercase().chain(letters).collect()
    } else {
        first_letter.to_lowercase().chain(letters).collect()
    })
}

/// Returns whether the statement is a status field with a span in the text.
fn is_field(stated: &Stated<Status>) -> bool {
    let is_status_layout = matches!(
        stated.layout,
        Layout::FrontMatter | Layout::Section | Layout::Table | Layout::Bullet | Layout::Bold
    );
    is_status_layout && stated.span.is_some()
}

/// Returns whether the statement is a status and not prose about one: up to the first link, it is no
/// longer than a line.
fn is_brief(record: &Record, stated: &Stated<Status>) -> bool {
    let text = stated.span.map(|span| span.of(record.text())).unwrap_or_default();
    let text_before_link = text.split("](").next().unwrap_or_default();
    text_before_link.chars().count() <= 80
}

/// Returns whether two fields mean different states. ADR211 reports two statuses in one section.
fn have_different_states(believed: &Stated<Status>, other: &Stated<Status>) -> bool {
    let states = believed.value.meaning.zip(other.value.meaning);
    believed.layout != other.layout && states.is_some_and(|(believed, other)| believed != other)
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
    fn a_status_section_with_prose_passes() {
        let prose = "In an earlier record we proposed to change how the state of a run is kept, and since then much of it was done.";
        check(
            &RULE,
            &format!("---\nstatus: accepted\n---\n\n# A\n\n## Status\n\n{prose}\n"),
            str![],
        );
    }

    #[test]
    fn different_statements_are_reported() {
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
    fn a_word_is_replaced_by_the_one_with_precedence() {
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
