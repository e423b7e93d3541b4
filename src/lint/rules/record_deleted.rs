//! ADR503 `record-deleted`

use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// Reports decided records that were deleted.
    ///
    /// Compares the log with the base branch. Drafts and proposals may be deleted.
    ///
    /// ## Why is this bad?
    ///
    /// Links to the record are broken, and people who later ask for the reasons find nothing. A decision
    /// that no longer applies stays in the log as deprecated or superseded.
    ///
    /// ## Example
    ///
    /// A branch deletes `0003-use-mysql.md`, which is accepted on `main`.
    ///
    /// ## Use instead
    ///
    /// Keep the record, and set its status to deprecated or superseded.
    pub(super) static RULE: Rule = {
        code: "ADR503",
        name: "record-deleted",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Base(check),
    };
}

fn check(base: &Base<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for Pair { old, new } in context.pairs() {
        let is_skipped = context.log.skipped().iter().any(|skipped| skipped.file == old.file);
        if new.is_some() || !is_decided(old) || is_skipped {
            continue;
        }
        let (old_label, old_status) = (old.label(), status_word(old));
        findings
            .report_at(
                FindingSite::File(old.file.clone()),
                format!("{old_label} is {old_status} on `{}`, but was deleted", base.name),
            )
            .help("restore it, and set its status to deprecated or superseded");
    }
}
