//! ADR115 `stale-index`

use crate::lint::{Check, Context, EditRequest, FindingSite, Findings, Fix, Level, Safety, rule};
use crate::model::Checkout;
use crate::text::{Change, Source, Span};

rule! {
    /// Reports lists of records that are out of date.
    ///
    /// Compares each list between `<!-- adr-toc -->` and `<!-- /adr-toc -->` with the output of `adr toc`,
    /// in the Markdown files that git tracks. A list that was written with filters or a prefix has these in
    /// its marker and is not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Readers look for a decision in the list. If it is missing there, they assume that it does not exist.
    ///
    /// ## Example
    ///
    /// `0002-use-nats.md` is in the same folder as this page:
    ///
    /// ```markdown
    /// <!-- adr-toc -->
    ///
    /// * [1. Use Kafka](0001-use-kafka.md)
    ///
    /// <!-- /adr-toc -->
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// <!-- adr-toc -->
    ///
    /// * [1. Use Kafka](0001-use-kafka.md)
    /// * [2. Use NATS](0002-use-nats.md)
    ///
    /// <!-- /adr-toc -->
    /// ```
    ///
    /// ## Fix
    ///
    /// The list is updated, and a table stays a table (safe).
    pub(super) static RULE: Rule = {
        code: "ADR115",
        name: "stale-index",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Repository(check),
        is_about_generated_text: true,
    };
}

fn check(checkout: &Checkout, context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, page) in context.other_texts() {
        if checkout.tracks(&format!("{}{file}", checkout.log)) {
            check_page(page, |_| FindingSite::File(file.to_owned()), context, findings);
        }
    }
    for (index, tracked) in checkout.texts.iter().enumerate() {
        check_page(&tracked.source, |span| FindingSite::Tracked(index, span), context, findings);
    }
}

fn check_page(
    page: &Source,
    site: impl Fn(Span) -> FindingSite,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(changes) = context.requested_changes(EditRequest::Contents { page }) else { return };
    let first_edits = changes.iter().filter_map(|change| match change {
        Change::Edit { edits, .. } => edits.first(),
        _ => None,
    });
    let Some(span) = first_edits.map(|edit| edit.span).next() else { return };
    findings.report_at(site(span), "the list of records on this page is out of date").fix(Fix {
        safety: Safety::Safe,
        title: "update the list".to_owned(),
        changes,
        back_link: None,
        facts: None,
    });
}
