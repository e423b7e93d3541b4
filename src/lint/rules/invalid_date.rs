//! ADR207 `invalid-date`

use crate::format::Fact;
use crate::lint::{Check, Context, FindingSite, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::{Date, DateStatement, RecordId};
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
        summary_finding: SummaryFinding::OneIn(5, "have dates in another form than YYYY-MM-DD"),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let (mut other_forms, mut ambiguous) = (Vec::new(), Vec::new());
    for (id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        let Some(stated) = &record.date else { continue };
        let Some(span) = stated.span else { continue };
        let (span, is_whole) = to_end_of_word(span, record.text());
        let written = span.of(record.text());
        let severity = match stated.value {
            DateStatement::Date(date) | DateStatement::InOrder { date, .. } if is_whole => {
                if !is_iso(date, written) {
                    other_forms.push((id, span, Reading::One(date)));
                }
                continue;
            }
            DateStatement::Ambiguous { day_first, month_first } if is_whole => {
                ambiguous.push((id, span, Reading::Two(day_first, month_first)));
                continue;
            }
            DateStatement::Placeholder => continue, // ADR307
            DateStatement::Impossible => findings.severity(Level::Error),
            _ => findings.severity(Level::Form),
        };
        let is = match stated.value {
            DateStatement::Impossible => "a day that does not exist",
            _ => "which cannot be read",
        };
        let message = format!("{} has the date `{written}`, {is}", record.label());
        findings
            .report_at(FindingSite::Record(id, span), message)
            .severity(severity)
            .help("write the day of the decision as YYYY-MM-DD");
    }
    together(context, &other_forms, "have a date in another form than YYYY-MM-DD", findings);
    together(context, &ambiguous, "have a date that can be read as two days", findings);
}

/// What can be made of a date that is not in the ISO form.
#[derive(Clone, Copy)]
enum Reading {
    One(Date),
    Two(Date, Date),
}

/// Reports each of `all`, or all at once, where that is the custom of the log.
fn together(
    context: &Context<'_>,
    all: &[(RecordId, Span, Reading)],
    custom: &str,
    findings: &mut Findings<'_>,
) {
    let level = match all.first() {
        Some((_, _, Reading::One(_))) => Level::Info,
        _ => Level::Warning,
    };
    let severity = findings.severity(level);
    if context.is_custom(all.len()) && !context.levels.one_by_one(&RULE) {
        let records = context.log.records().len();
        findings
            .report_at(FindingSite::Log, format!("{} of {records} records {custom}", all.len()))
            .severity(severity)
            .help(format!("run `adr lint --select {}` to see which", RULE.code))
            .records = all.iter().map(|(id, _, _)| *id).collect();
        return;
    }
    for (id, span, reading) in all {
        let record = context.log.record(*id);
        let (label, written) = (record.label(), span.of(record.text()));
        let site = FindingSite::Record(*id, *span);
        match reading {
            Reading::One(date) => {
                let message =
                    format!("{label} has the date `{written}`, not in the form YYYY-MM-DD");
                let finding = findings.report_at(site, message).severity(severity);
                // Words that belong to no date would go with it.
                if written.to_lowercase().contains("date") {
                    finding.help(format!("write `{date}`"));
                } else {
                    let edits = vec![Edit::replace(*span, date.to_string())];
                    finding.fix(
                        Fix::guess(format!("write `{date}`"), &record.source, edits)
                            .changing(&[Fact::Date, Fact::Review]),
                    );
                }
            }
            Reading::Two(one, other) => {
                let message =
                    format!("{label} has the date `{written}`, which may be {one} or {other}");
                findings
                    .report_at(site, message)
                    .severity(severity)
                    .help("write the one that is meant");
            }
        }
    }
}

/// Whether `written` holds the ISO form of `date`; a time of day may follow, and words stand around.
fn is_iso(date: Date, written: &str) -> bool {
    written.split_once(&date.to_string()).is_some_and(|(before, rest)| {
        let ends = rest.starts_with('T') || !rest.starts_with(char::is_alphanumeric);
        ends && !before.ends_with(char::is_alphanumeric)
    })
}

/// `span` with the letters and digits that follow it at once, and whether there are none. A time of
/// day is none of them: `T10:00`.
fn to_end_of_word(span: Span, text: &str) -> (Span, bool) {
    let rest = text.get(span.end..).unwrap_or_default();
    let time = rest.strip_prefix(['T', 't']).map(str::as_bytes);
    if time.is_some_and(|time| matches!(time, [b'0'..=b'9', b'0'..=b'9', b':', ..])) {
        return (span, true);
    }
    let more = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    (Span::new(span.start, span.end + more), more == 0)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn a_time_of_day_behind_the_date_passes() {
        for time in ["T10:00:00Z", "T10:00", "t10:00:00+02:00", "T10:00:00.123Z", " 10:00"] {
            check(&RULE, &format!("---\ndate: 2024-02-10{time}\n---\n\n# A\n"), str![]);
            check(
                &RULE,
                &format!("# 1. A\n\nDate: 2024-02-10{time}\n\n## Status\n\nAccepted\n"),
                str![],
            );
        }
    }

    #[test]
    fn words_around_a_date_stay() {
        let dated = |date: &str| format!("# 1. A\n\n* Date {date}\n\n## Status\n\nAccepted\n");
        check(&RULE, &dated("2023-02-10"), str![]);
        check(
            &RULE,
            &dated("10 Feb 2023"),
            str![[r#"
0001-test.md:3:1: info[ADR207]: ADR-0001 has the date `* Date 10 Feb 2023`, not in the form YYYY-MM-DD
  help: write `2023-02-10`

"#]],
        );
    }

    #[test]
    fn a_date_that_ends_in_a_letter_is_none() {
        check(
            &RULE,
            "# 1. A\n\n* **Last Modified:** 2023-07-2i\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:22: warning[ADR207]: ADR-0001 has the date `2023-07-2i`, which cannot be read
  help: write the day of the decision as YYYY-MM-DD

"#]],
        );
    }

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
