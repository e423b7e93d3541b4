//! ADR108 `stray-file`

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::SkipReason;

rule! {
    /// Reports Markdown files that are not records, indexes or templates.
    ///
    /// Five or more such files are reported once for the log.
    ///
    /// ## Why is this bad?
    ///
    /// A record that is not recognised is missing from every list, and no one notices. Other texts belong in
    /// another folder.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-record-decisions.md
    /// docs/adr/meeting.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// docs/adr/0001-record-decisions.md
    /// docs/meeting.md
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR108",
        name: "stray-file",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// From this many files, they are reported together, because the folder is used for more than records.
const MIN_TOGETHER: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let skipped_files = context.log.skipped().iter();
    let stray_files: Vec<&str> = skipped_files
        .filter(|skipped| skipped.reason == SkipReason::Note)
        .map(|skipped| skipped.file.as_str())
        .collect();
    if stray_files.len() >= MIN_TOGETHER && !context.levels.one_by_one(&RULE) {
        let examples = stray_files.iter().take(3).map(|file| format!("`{file}`"));
        let example_list = examples.collect::<Vec<_>>().join(", ");
        findings
            .report_at(
                FindingSite::Log,
                format!("{} files are not records: {example_list}, …", stray_files.len()),
            )
            .help(format!("run `adr lint --select {}` to see which", RULE.code));
        return;
    }
    for file in stray_files {
        findings
            .report_at(FindingSite::File(file.to_owned()), format!("`{file}` is not a record"))
            .help("add a title and a status if it is a record, or move it to another folder");
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
    fn another_document_is_reported() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
                ("LICENSE.md", "# Licence\n\nDo as you like.\n"),
                ("meeting.md", "# Meeting\n\nWe met.\n"),
            ],
            str![[r#"
meeting.md: warning[ADR108]: `meeting.md` is not a record
  help: add a title and a status if it is a record, or move it to another folder

"#]],
        );
    }
}
