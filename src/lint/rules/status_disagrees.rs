//! ADR210 `status-disagrees`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Layout, Record, Stated, Status};

rule! {
    /// ## What it checks
    ///
    /// Where a record states its status in two places, such as front matter and a `Status`
    /// section, both say the same.
    ///
    /// ## Why it matters
    ///
    /// A person reads the one, a tool the other. `adr` believes front matter first, then the
    /// section.
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
            "{} reads \"{}\" here and \"{}\" elsewhere",
            record.label(),
            other.value,
            first.value
        ),
    );
    if let Some(id) = context.id(record) {
        finding.related(id, believed, format!("\"{}\", which is believed", first.value));
    }
    finding.help("make both say the same, or keep one of them");
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
    use crate::lint::testing::check;

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
0001-test.md:9:1: error[ADR210]: ADR-0001 reads "proposed" here and "accepted" elsewhere
  0001-test.md:2:9: "accepted", which is believed
  help: make both say the same, or keep one of them

"#]],
        );
        check(
            &RULE,
            "# 1. A\n\n* Status: proposed\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:11: error[ADR210]: ADR-0001 reads "proposed" here and "accepted" elsewhere
  0001-test.md:7:1: "accepted", which is believed
  help: make both say the same, or keep one of them

"#]],
        );
    }
}
