//! ADR503 `record-deleted`

use crate::lint::analysis::{Pair, is_decided, status_word};
use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};

rule! {
    /// ## What it checks
    ///
    /// No record that was decided on the base branch is gone. Drafts and proposals may go.
    ///
    /// ## Why it matters
    ///
    /// Whoever asks in a year why things are as they are finds nothing, and links to the record
    /// lead nowhere. A decision that no longer holds is kept, as deprecated or superseded.
    ///
    /// ## Example
    ///
    /// A branch removes `0003-use-mysql.md`, which is accepted on `main`.
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
        let is_skipped = context.log.skipped().iter().any(|one| one.file == old.file);
        if new.is_some() || !is_decided(old) || is_skipped {
            continue;
        }
        let (label, status) = (old.label(), status_word(old));
        findings
            .report_at(
                FindingSite::File(old.file.clone()),
                format!("{label} is {status} on `{}`, and was deleted", base.name),
            )
            .help("bring it back, and set its status to deprecated or superseded");
    }
}
