//! ADR115 `stale-index`

use crate::lint::{Check, Context, EditRequest, FindingSite, Findings, Fix, Level, Safety, rule};
use crate::model::Checkout;
use crate::text::{Change, Source, Span};

rule! {
    /// ## What it checks
    ///
    /// A list of the records between `<!-- adr-toc -->` and `<!-- /adr-toc -->` is what `adr toc` would
    /// write there. Looked at are the Markdown files that git tracks.
    ///
    /// A list that was written with filters or a prefix says so in its mark, and is left alone.
    ///
    /// ## Why it matters
    ///
    /// Readers look for a decision in the list. What is missing there was never decided.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- adr-toc -->
    ///
    /// * [1. Use Kafka](0001-use-kafka.md)
    ///
    /// <!-- /adr-toc -->
    /// ```
    ///
    /// where `0002-use-nats.md` lies beside the page.
    ///
    /// ## Fix
    ///
    /// The list is written anew, as a table where it is one (safe).
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
            judge(page, |_| FindingSite::File(file.to_owned()), context, findings);
        }
    }
    for (at, tracked) in checkout.texts.iter().enumerate() {
        judge(&tracked.source, |span| FindingSite::Tracked(at, span), context, findings);
    }
}

fn judge(
    page: &Source,
    site: impl Fn(Span) -> FindingSite,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(changes) = context.requested_changes(EditRequest::Contents { page }) else { return };
    let edits = changes.iter().filter_map(|change| match change {
        Change::Edit { edits, .. } => edits.first(),
        _ => None,
    });
    let Some(span) = edits.map(|edit| edit.span).next() else { return };
    findings.report_at(site(span), "the list of records in the page is out of date").fix(Fix {
        safety: Safety::Safe,
        title: "write the list anew".to_owned(),
        changes,
        back_link: None,
        facts: None,
    });
}
