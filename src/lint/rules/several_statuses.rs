//! ADR211 `several-statuses`

use crate::format::Fact;
use crate::lint::analysis::{lines, with_blank_line};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Layout, Lifecycle, Record};
use crate::text::Edit;

rule! {
    /// ## What it checks
    ///
    /// A `Status` section holds one status, not an old one beside a new one.
    ///
    /// ## Why it matters
    ///
    /// "Accepted" above "Superseded by …" reads as both, and a tool that takes the first word
    /// takes the wrong one.
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
    /// ## Fix
    ///
    /// The line with the old status is removed (safe).
    pub(super) static RULE: Rule = {
        code: "ADR211",
        name: "several-statuses",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let stated = record.statuses.iter().find(|stated| stated.layout == Layout::Section);
    let Some(stated) = stated else { return };
    let (Some(span), Some(state)) = (stated.span, stated.value.meaning) else { return };
    // Where front matter says something else again, ADR210 speaks.
    if record.statuses.iter().any(|other| other.value.meaning.is_some_and(|other| other != state)) {
        return;
    }
    let text = record.text();
    let sections = &record.document.sections;
    let Some(section) = sections.iter().find(|section| section.body.contains(span)) else { return };
    let old = lines(text, section.body.start)
        .take_while(|line| line.end <= section.body.end)
        .filter(|line| !line.contains(span))
        .find_map(|line| Some((line, old_state(line.of(text))?)));
    let Some((line, old)) = old.filter(|(_, old)| *old != state) else { return };
    let word = line.trim(text);
    let finding = findings.report(
        word,
        format!("{} reads \"{}\" and \"{}\" at once", record.label(), old.as_str(), stated.value),
    );
    if let Some(id) = context.id(record) {
        finding.related(id, span, format!("\"{}\", which is believed", stated.value));
    }
    let edits = vec![Edit::replace(with_blank_line(text, line), "")];
    let title = format!("remove \"{}\"", old.as_str());
    // Words from the middle of a sentence are no reason to remove what a person wrote.
    let mut claims = record.relations.iter().filter(|relation| span.overlaps(relation.span));
    let fix = if claims.all(|relation| relation.is_direct) {
        Fix::safe(title, &record.source, edits)
    } else {
        Fix::guess(title, &record.source, edits)
    };
    finding.fix(fix.changing(&[Fact::Status]));
}

/// The state that the line names with its only word, where a later one can take its place.
fn old_state(line: &str) -> Option<Lifecycle> {
    let word = line.trim().trim_matches(|c: char| matches!(c, '*' | '_' | '.' | '~' | '`'));
    let state = Lifecycle::named(word)?;
    let passing = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Accepted];
    passing.contains(&state).then_some(state)
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
    fn a_successor_that_is_nobody_is_no_status() {
        for nobody in ["none", "-", "N/A", "n.a.", "(none)", "not yet", "TBD", ""] {
            for text in [
                format!("Accepted\n\nSuperseded by: {nobody}\n"),
                format!("Superseded by: {nobody}\n\nAccepted\n"),
                format!("- Accepted\n- Supersedes: none\n- Superseded by: {nobody}\n"),
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
0001-test.md:5:1: warning[ADR211]: ADR-0001 reads "accepted" and "superseded" at once
  0001-test.md:7:1: "superseded", which is believed
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
