//! ADR109 `no-records`

use std::collections::BTreeMap;

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// ## What it checks
    ///
    /// The folder of the log holds at least one record.
    ///
    /// ## Why it matters
    ///
    /// A check that has nothing to check would pass for ever: after a folder was moved, after a
    /// wrong `--dir`, or after a change that deletes every record.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/README.md
    /// docs/adr/template.md
    /// ```
    ///
    /// An index and a template are no records. `adr lint --allow-empty` lets an empty log pass.
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
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for one in context.log.skipped() {
        *skipped.entry(one.reason.as_str()).or_default() += 1;
    }
    let finding = findings.report_at(FindingSite::Log, "there is no record here");
    if skipped.is_empty() {
        finding.help("run `adr new TITLE` to write one, or name the right folder with `--dir`");
    } else {
        let kinds: Vec<String> =
            skipped.iter().map(|(reason, count)| format!("{count} × {reason}")).collect();
        finding.help(format!("these files were passed over: {}", kinds.join(", ")));
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
.: error[ADR109]: there is no record here
  help: run `adr new TITLE` to write one, or name the right folder with `--dir`

"#]],
        );
    }
}
