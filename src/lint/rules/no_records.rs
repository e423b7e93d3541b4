//! ADR109 `no-records`

use std::collections::BTreeMap;

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// Reports logs without any records.
    ///
    /// Indexes and templates are not records.
    ///
    /// ## Why is this bad?
    ///
    /// A check without records would always pass: after a folder was moved, with a wrong `--dir`, or after a
    /// change that deletes every record.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/README.md
    /// docs/adr/template.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// Pass the right folder with `--dir`, or write the first record with `adr new`.
    ///
    /// ## Options
    ///
    /// `adr lint --allow-empty` accepts an empty log.
    pub(super) static RULE: Rule = {
        code: "ADR109",
        name: "no-records",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.log.records().is_empty() {
        return;
    }
    let mut skipped_counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in context.log.skipped() {
        *skipped_counts.entry(file.reason.as_str()).or_default() += 1;
    }
    let finding = findings.report_at(FindingSite::Log, "no records found");
    if skipped_counts.is_empty() {
        finding.help("run `adr new TITLE` to write one, or pass the right folder with `--dir`");
    } else {
        let reason_counts: Vec<String> =
            skipped_counts.iter().map(|(reason, count)| format!("{count} × {reason}")).collect();
        finding.help(format!("skipped files: {}", reason_counts.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log};

    #[test]
    fn a_log_with_a_record_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn an_empty_folder_is_reported() {
        check_log(
            &RULE,
            &[],
            str![[r#"
.: error[ADR109]: no records found
  help: run `adr new TITLE` to write one, or pass the right folder with `--dir`

"#]],
        );
    }
}
