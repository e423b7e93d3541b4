//! ADR108 `stray-file`

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::SkipReason;

rule! {
    /// ## What it checks
    ///
    /// Every Markdown file in the folder of the log is a record, an index or a template.
    ///
    /// ## Why it matters
    ///
    /// A record that is not recognised is missing from every list, and nobody notices. Other texts
    /// are better kept elsewhere.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-record-decisions.md
    /// docs/adr/meeting.md
    /// ```
    ///
    /// Five files or more are reported once, on the log.
    pub(super) static RULE: Rule = {
        code: "ADR108",
        name: "stray-file",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// So many files have not strayed: the folder is used for more than records.
const MANY: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let skipped = context.log.skipped().iter();
    let strays: Vec<&str> =
        skipped.filter(|one| one.reason == SkipReason::Note).map(|one| one.file.as_str()).collect();
    if strays.len() >= MANY && !context.levels.one_by_one(&RULE) {
        let shown = strays.iter().take(3).map(|file| format!("`{file}`"));
        let shown = shown.collect::<Vec<_>>().join(", ");
        findings
            .report_at(
                FindingSite::Log,
                format!("{} files are no records: {shown}, …", strays.len()),
            )
            .help(format!("run `adr lint --select {}` to see which", RULE.code));
        return;
    }
    for file in strays {
        findings
            .report_at(FindingSite::File(file.to_owned()), format!("`{file}` is no record"))
            .help("if it is one, begin it with a title and a status; if not, keep it elsewhere");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn records_and_indexes_pass() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n"),
                ("README.md", "# Decisions\n"),
            ],
            str![],
        );
    }

    #[test]
    fn another_text_is_reported() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("LICENSE.md", "# Licence\n\nDo as you like.\n"),
                ("meeting.md", "# Meeting\n\nWe met.\n"),
            ],
            str![[r#"
meeting.md: warning[ADR108]: `meeting.md` is no record
  help: if it is one, begin it with a title and a status; if not, keep it elsewhere

"#]],
        );
    }
}
