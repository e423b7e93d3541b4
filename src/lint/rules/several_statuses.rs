//! ADR211 `several-statuses`

use crate::format::Fact;
use crate::lint::analysis::{lines, with_blank_line};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Layout, Lifecycle, Record};
use crate::text::{Edit, Span};

rule! {
    /// Reports `Status` sections with an old and a new status.
    ///
    /// ## Why is this bad?
    ///
    /// "Accepted" above "Superseded by …" has two meanings, and a tool that reads the first word gets the
    /// wrong one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Accepted
    ///
    /// Superseded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// ## Fix
    ///
    /// The line with the old status is removed (safe, or unsafe if the new status was read from a longer
    /// sentence).
    pub(super) static RULE: Rule = {
        code: "ADR211",
        name: "several-statuses",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let section_status = record.statuses.iter().find(|status| status.layout == Layout::Section);
    let Some(section_status) = section_status else { return };
    let (Some(status_span), Some(current_state)) =
        (section_status.span, section_status.value.meaning)
    else {
        return;
    };
    // ADR210 reports front matter with a different status.
    if record
        .statuses
        .iter()
        .any(|other| other.value.meaning.is_some_and(|other| other != current_state))
    {
        return;
    }
    let old_status = other_state_in_section(record, status_span);
    let Some((line, old_state)) = old_status.filter(|(_, state)| *state != current_state) else {
        return;
    };
    let (old_state, new_status) = (old_state.as_str(), &section_status.value);
    let finding = findings.report(
        line.trim(record.text()),
        format!("{} states both \"{old_state}\" and \"{new_status}\"", record.label()),
    );
    if let Some(record_id) = context.id(record) {
        finding.related(record_id, status_span, format!("\"{new_status}\" takes precedence"));
    }
    let edits = vec![Edit::replace(with_blank_line(record.text(), line), "")];
    let fix_title = format!("remove \"{old_state}\"");
    // If the new status comes from the middle of a sentence, the old one may still be right.
    let mut relations =
        record.relations.iter().filter(|relation| status_span.overlaps(relation.span));
    let fix = if relations.all(|relation| relation.is_direct) {
        Fix::safe(fix_title, &record.source, edits)
    } else {
        Fix::guess(fix_title, &record.source, edits)
    };
    finding.fix(fix.changing(&[Fact::Status]));
}

/// Returns the first other line with a single status word in the section of the status.
fn other_state_in_section(record: &Record, status_span: Span) -> Option<(Span, Lifecycle)> {
    let text = record.text();
    let mut sections = record.document.sections.iter();
    let section = sections.find(|section| section.body.contains(status_span))?;
    lines(text, section.body.start)
        .take_while(|line| line.end <= section.body.end)
        .filter(|line| !line.contains(status_span))
        .find_map(|line| Some((line, sole_state(line.of(text))?)))
}

/// Returns the lifecycle state if it is the only word on the line and can be followed by another one.
fn sole_state(line: &str) -> Option<Lifecycle> {
    let word = line.trim().trim_matches(|c: char| matches!(c, '*' | '_' | '.' | '~' | '`'));
    let state = Lifecycle::named(word)?;
    let transient_states = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Accepted];
    transient_states.contains(&state).then_some(state)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_all, check_fix};

    const TWO: &str =
        "# 1. A\n\n## Status\n\nAccepted\n\nSuperseded by [2](0002-b.md)\n\n## Context\n\nIt.\n";

    #[test]
    fn one_status_passes_with_remarks() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\nAmended by [2](0002-b.md)\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n", str![]);
    }

    #[test]
    fn an_empty_successor_is_not_a_status() {
        for no_successor in ["none", "-", "N/A", "n.a.", "(none)", "not yet", "TBD", ""] {
            for text in [
                format!("Accepted\n\nSuperseded by: {no_successor}\n"),
                format!("Superseded by: {no_successor}\n\nAccepted\n"),
                format!("- Accepted\n- Supersedes: none\n- Superseded by: {no_successor}\n"),
            ] {
                check_all(
                    &["ADR2", "ADR4"],
                    &format!("# 1. A\n\nDate: 2024-01-01\n\n## Status\n\n{text}"),
                    str![],
                );
            }
        }
    }

    #[test]
    fn an_old_status_above_a_new_one_is_reported_and_removed() {
        check(
            &RULE,
            TWO,
            str![[r#"
0001-test.md:5:1: warning[ADR211]: ADR-0001 states both "accepted" and "superseded"
  0001-test.md:7:1: "superseded" takes precedence
  fix: remove "accepted" [safe]

"#]],
        );
        check_fix(
            &RULE,
            TWO,
            str![[r#"
# 1. A

## Status

Superseded by [2](0002-b.md)

## Context

It.

"#]],
        );
    }
}
