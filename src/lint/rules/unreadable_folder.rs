//! ADR116 `unreadable-folder`

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::SkipReason;

rule! {
    /// Reports folders that cannot be read.
    ///
    /// ## Why is this bad?
    ///
    /// The records in such a folder are missing from every list and from every check.
    ///
    /// ## Example
    ///
    /// ```console
    /// $ ls -ld docs/adr/payments
    /// d--------- 2 root root 4096 May  4 10:12 docs/adr/payments
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```console
    /// $ chmod 755 docs/adr/payments
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR116",
        name: "unreadable-folder",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let skipped_files = context.log.skipped().iter();
    for folder in skipped_files.filter(|skipped| skipped.reason == SkipReason::Unreadable) {
        let folder_path = folder.file.clone();
        findings
            .report_at(
                FindingSite::File(folder_path),
                format!("the folder `{}` cannot be read", folder.file),
            )
            .help("give the user who runs `adr` permission to list it");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_skipped};
    use crate::model::SkipReason;

    #[test]
    fn a_log_without_such_a_folder_passes() {
        check(&RULE, "# 1. A\n", str![]);
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_an_error() {
        check_skipped(
            &RULE,
            ("payments", SkipReason::Unreadable),
            str![[r#"
payments: error[ADR116]: the folder `payments` cannot be read
  help: give the user who runs `adr` permission to list it

"#]],
        );
    }
}
