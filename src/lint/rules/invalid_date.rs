//! ADR207 `invalid-date`

use crate::format::Fact;
use crate::lint::{
    Check, Context, Diagnostic, FindingSite, Findings, Fix, Level, SummaryFinding, rule,
};
use crate::model::{Date, DateStatement, RecordId};
use crate::text::{Edit, Span};

rule! {
    /// Reports dates that do not exist or are not written as `YYYY-MM-DD`.
    ///
    /// A month (`YYYY-MM`) is allowed. A date that does not exist is an error. An ambiguous date, or a date
    /// that cannot be read, is a warning. Any other form is reported as information.
    ///
    /// ## Why is this bad?
    ///
    /// A date that does not exist is a mistake that no one can correct later. `03/04/2024` is in March for
    /// some readers and in April for others. Other forms are readable, but simple tools cannot sort or
    /// compare them.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Date: 2025-02-30
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// Date: 2025-02-28
    /// ```
    ///
    /// ## Fix
    ///
    /// An unambiguous date is rewritten as `YYYY-MM-DD` (unsafe, because it changes the visible text).
    ///
    /// ## References
    ///
    /// - [RFC 3339: Date and Time on the Internet](https://www.rfc-editor.org/rfc/rfc3339)
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
    for (record_id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        let Some(stated_date) = &record.date else { continue };
        let Some(stated_span) = stated_date.span else { continue };
        let (date_span, is_whole) = to_end_of_word(stated_span, record.text());
        let written = date_span.of(record.text());
        let severity = match stated_date.value {
            DateStatement::Date(date) | DateStatement::InOrder { date, .. } if is_whole => {
                if !is_iso(date, written) {
                    other_forms.push((record_id, date_span, DateMeaning::Clear(date)));
                }
                continue;
            }
            DateStatement::Ambiguous { day_first, month_first } if is_whole => {
                ambiguous.push((
                    record_id,
                    date_span,
                    DateMeaning::Ambiguous(day_first, month_first),
                ));
                continue;
            }
            DateStatement::Placeholder => continue, // ADR307 reports it.
            DateStatement::Impossible => findings.severity(Level::Error),
            _ => findings.severity(Level::Form),
        };
        let problem = match stated_date.value {
            DateStatement::Impossible => "which does not exist",
            _ => "which cannot be read as a date",
        };
        let message = format!("{} has the date `{written}`, {problem}", record.label());
        findings
            .report_at(FindingSite::Record(record_id, date_span), message)
            .severity(severity)
            .help("write the date of the decision as YYYY-MM-DD");
    }
    report_dates(context, &other_forms, "have a date that is not in the form YYYY-MM-DD", findings);
    report_dates(context, &ambiguous, "have an ambiguous date", findings);
}

/// The possible meanings of a date that is not in the ISO form.
#[derive(Clone, Copy)]
enum DateMeaning {
    Clear(Date),
    Ambiguous(Date, Date),
}

/// Reports each date, or all of them at once if most of the log has this form.
fn report_dates(
    context: &Context<'_>,
    dates: &[(RecordId, Span, DateMeaning)],
    summary: &str,
    findings: &mut Findings<'_>,
) {
    let level = match dates.first() {
        Some((_, _, DateMeaning::Clear(_))) => Level::Info,
        _ => Level::Warning,
    };
    let severity = findings.severity(level);
    if context.is_custom(dates.len()) && !context.levels.one_by_one(&RULE) {
        let record_count = context.log.records().len();
        findings
            .report_at(
                FindingSite::Log,
                format!("{} of {record_count} records {summary}", dates.len()),
            )
            .severity(severity)
            .help(format!("run `adr lint --select {}` to see which", RULE.code))
            .records = dates.iter().map(|(record_id, _, _)| *record_id).collect();
        return;
    }
    for (record_id, span, meaning) in dates {
        report_date(context, (*record_id, *span), *meaning, findings).severity(severity);
    }
}

fn report_date<'f>(
    context: &Context<'_>,
    (record_id, span): (RecordId, Span),
    meaning: DateMeaning,
    findings: &'f mut Findings<'_>,
) -> &'f mut Diagnostic {
    let record = context.log.record(record_id);
    let written = span.of(record.text());
    let problem = match meaning {
        DateMeaning::Clear(_) => "is not in the form YYYY-MM-DD".to_owned(),
        DateMeaning::Ambiguous(first_date, second_date) => {
            format!("may mean {first_date} or {second_date}")
        }
    };
    let message = format!("{} has the date `{written}`, which {problem}", record.label());
    let finding = findings.report_at(FindingSite::Record(record_id, span), message);
    let DateMeaning::Clear(date) = meaning else {
        return finding.help("write the intended date as YYYY-MM-DD");
    };
    let advice = format!("write `{date}`");
    // The span may contain a label such as `Date`, which a fix would remove.
    if written.to_lowercase().contains("date") {
        return finding.help(advice);
    }
    let edits = vec![Edit::replace(span, date.to_string())];
    finding.fix(Fix::guess(advice, &record.source, edits).changing(&[Fact::Date, Fact::Review]))
}

/// Returns whether `written` contains the ISO form of `date`. A time and other words may surround it.
fn is_iso(date: Date, written: &str) -> bool {
    written.split_once(&date.to_string()).is_some_and(|(text_before, text_after)| {
        let ends_there =
            text_after.starts_with('T') || !text_after.starts_with(char::is_alphanumeric);
        ends_there && !text_before.ends_with(char::is_alphanumeric)
    })
}

/// Returns `span` extended by the letters and digits directly after it, and whether there are none. A
/// time such as `T10:00` does not count.
fn to_end_of_word(span: Span, text: &str) -> (Span, bool) {
    let text_after = text.get(span.end..).unwrap_or_default();
    let time = text_after.strip_prefix(['T', 't']).map(str::as_bytes);
    if time.is_some_and(|time| matches!(time, [b'0'..=b'9', b'0'..=b'9', b':', ..])) {
        return (span, true);
    }
    let word_rest = text_after.find(|c: char| !c.is_alphanumeric()).unwrap_or(text_after.len());
    (Span::new(span.start, span.end + word_rest), word_rest == 0)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn a_time_after_the_date_passes() {
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
    fn words_around_a_date_are_kept() {
        let dated = |date: &str| format!("# 1. A\n\n* Date {date}\n\n## Status\n\nAccepted\n");
        check(&RULE, &dated("2023-02-10"), str![]);
        check(
            &RULE,
            &dated("10 Feb 2023"),
            str![[r#"
0001-test.md:3:1: info[ADR207]: ADR-0001 has the date `* Date 10 Feb 2023`, which is not in the form YYYY-MM-DD
  help: write `2023-02-10`

"#]],
        );
    }

    #[test]
    fn a_date_that_ends_in_a_letter_is_unreadable() {
        check(
            &RULE,
            "# 1. A\n\n* **Last Modified:** 2023-07-2i\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:22: warning[ADR207]: ADR-0001 has the date `2023-07-2i`, which cannot be read as a date
  help: write the date of the decision as YYYY-MM-DD

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
    fn a_record_without_a_date_is_left_to_another_rule() {
        check(&RULE, "# 1. Use Rust\n", str![]);
    }

    #[test]
    fn a_date_that_does_not_exist_is_an_error() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 2025-02-30\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: error[ADR207]: ADR-0001 has the date `2025-02-30`, which does not exist
  help: write the date of the decision as YYYY-MM-DD

"#]],
        );
        check(
            &RULE,
            "---\ndate: 2025-02-30\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:7: error[ADR207]: ADR-0001 has the date `2025-02-30`, which does not exist
  help: write the date of the decision as YYYY-MM-DD

"#]],
        );
    }

    #[test]
    fn an_ambiguous_date_is_a_warning() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 03/04/2024\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: warning[ADR207]: ADR-0001 has the date `03/04/2024`, which may mean 2024-04-03 or 2024-03-04
  help: write the intended date as YYYY-MM-DD

"#]],
        );
    }

    #[test]
    fn another_form_is_information_and_can_be_fixed() {
        check(
            &RULE,
            "# 1. Use Rust\n\nDate: 25/12/2024\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:3:7: info[ADR207]: ADR-0001 has the date `25/12/2024`, which is not in the form YYYY-MM-DD
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
.: info[ADR207]: 5 of 5 records have a date that is not in the form YYYY-MM-DD
  help: run `adr lint --select ADR207` to see which

"#]],
        );
    }
}
