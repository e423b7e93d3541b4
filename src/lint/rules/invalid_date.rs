//! ADR207 `invalid-date`

use crate::lint::{Check, Context, Findings, Fix, Level, Severity, Site, rule};
use crate::model::{Date, DateStatement, Record, RecordId};
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// The date of a record is a day that exists, written `YYYY-MM-DD`, or a month, written
    /// `YYYY-MM`.
    ///
    /// ## Why it matters
    ///
    /// A day that does not exist is a slip that nobody can mend later (error). `03/04/2024` is
    /// March to some and April to others (warning). Other forms can be read but not sorted or
    /// compared by simple tools (info).
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Date: 2025-02-30
    /// ```
    ///
    /// ## Fix
    ///
    /// A date that leaves no doubt is written in the ISO form (unsafe, because it changes what
    /// people see).
    pub(super) static RULE: Rule = {
        code: "ADR207",
        name: "invalid-date",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut readable = Vec::new();
    for (id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        let Some(stated) = &record.date else { continue };
        let Some(span) = stated.span else { continue };
        let written = span.of(record.text());
        match stated.value {
            DateStatement::Date(date) | DateStatement::InOrder { date, .. } => {
                if !is_iso(date, written) {
                    readable.push((id, span, date));
                }
            }
            DateStatement::Impossible => {
                findings
                    .report_at(
                        Site::Record(id, span),
                        format!(
                            "{} has the date `{written}`, a day that does not exist",
                            record.label()
                        ),
                    )
                    .help("write the day of the decision as YYYY-MM-DD");
            }
            DateStatement::Ambiguous { day_first, month_first } => {
                let severity = findings.severity(Level::Warning);
                findings
                    .report_at(
                        Site::Record(id, span),
                        format!(
                            "{} has the date `{written}`, which may be {day_first} or {month_first}",
                            record.label()
                        ),
                    )
                    .severity(severity)
                    .help("write the one that is meant");
            }
            DateStatement::Unreadable => {
                let severity = findings.severity(Level::Form);
                findings
                    .report_at(
                        Site::Record(id, span),
                        format!(
                            "{} has the date `{written}`, which cannot be read",
                            record.label()
                        ),
                    )
                    .severity(severity)
                    .help("write the day of the decision as YYYY-MM-DD");
            }
            // ADR307 speaks of what waits to be filled in.
            DateStatement::Placeholder => {}
        }
    }
    forms(context, &readable, findings);
}

/// Reports dates that can be read and have another form; once, where they are the custom.
fn forms(context: &Context<'_>, all: &[(RecordId, Span, Date)], findings: &mut Findings<'_>) {
    let severity = findings.severity(Level::Info);
    if context.is_custom(all.len()) && !context.levels.one_by_one(&RULE) {
        let count = context.log.records().len();
        findings
            .report_at(
                Site::Log,
                format!(
                    "{} of {count} records have a date in another form than YYYY-MM-DD",
                    all.len()
                ),
            )
            .severity(severity)
            .help(format!("run `adr lint --select {}` to see which", RULE.code));
        return;
    }
    for (id, span, date) in all {
        let record = context.log.record(*id);
        report(*id, record, *span, (*date, severity), findings);
    }
}

fn report(
    id: RecordId,
    record: &Record,
    span: Span,
    (date, severity): (Date, Severity),
    findings: &mut Findings<'_>,
) {
    let written = span.of(record.text());
    let edits = vec![Edit::replace(span, date.to_string())];
    findings
        .report_at(
            Site::Record(id, span),
            format!("{} has the date `{written}`, not in the form YYYY-MM-DD", record.label()),
        )
        .severity(severity)
        .fix(Fix::guess(format!("write `{date}`"), &record.source, edits));
}

/// Whether `written` is the ISO form of `date`, quotes and a time of day aside.
fn is_iso(date: Date, written: &str) -> bool {
    let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
    bare.strip_prefix(&date.to_string())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', ' ']))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn iso_dates_pass() {
        check(&RULE, "# 1. Use Rust\n\nDate: 2024-02-29\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\ndate: 2024-02\n---\n\n# Use Rust\n", str![]);
        check(&RULE, "---\ndate: \"2024-02-29\"\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_record_without_date_is_not_ours() {
        check(&RULE, "# 1. Use Rust\n", str![]);
    }

    #[test]
    fn a_day_that_does_not_exist_is_an_error() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 2025-02-30\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: error[ADR207]: ADR-0001 has the date `2025-02-30`, a day that does not exist
  help: write the day of the decision as YYYY-MM-DD

"#]],
        );
        check(
            &RULE,
            "---\ndate: 2025-02-30\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:7: error[ADR207]: ADR-0001 has the date `2025-02-30`, a day that does not exist
  help: write the day of the decision as YYYY-MM-DD

"#]],
        );
    }

    #[test]
    fn a_date_that_may_be_two_days_is_a_warning() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 03/04/2024\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: warning[ADR207]: ADR-0001 has the date `03/04/2024`, which may be 2024-04-03 or 2024-03-04
  help: write the one that is meant

"#]],
        );
    }

    #[test]
    fn another_form_is_worth_knowing_and_can_be_rewritten() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 25/12/2024\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: info[ADR207]: ADR-0001 has the date `25/12/2024`, not in the form YYYY-MM-DD
  fix: write `2024-12-25` [unsafe]

"#]],
        );
        check_fix(
            &RULE,
            "# 1. Use Rust\n\nDate: 25/12/2024\n\n## Status\n\nAccepted\n",
            str![[r#"
# 1. Use Rust

Date: 2024-12-25

## Status

Accepted

"#]],
        );
        check_fix(
            &RULE,
            "---\ndate: 25.12.2024\n---\n\n# Use Rust\n",
            str![[r#"
---
date: 2024-12-25
---

# Use Rust

"#]],
        );
    }

    #[test]
    fn a_form_that_most_records_share_is_reported_once() {
        let text = "# A\n\nDate: 25/12/2024\n";
        check_log(
            &RULE,
            &[
                ("1-a.md", text),
                ("2-b.md", text),
                ("3-c.md", text),
                ("4-d.md", text),
                ("5-e.md", text),
            ],
            str![[r#"
.: info[ADR207]: 5 of 5 records have a date in another form than YYYY-MM-DD
  help: run `adr lint --select ADR207` to see which

"#]],
        );
    }
}
