//! ADR410 `broken-anchor`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, RecordId, Target};
use crate::syntax::Link;
use crate::text::{Budget, LONGEST_WORD, allowed_typos, nearest, text_prefix};

rule! {
    /// Reports links to headings that do not exist.
    ///
    /// Checks the `#fragment` of every link to a record, and of every link within a record. A fragment
    /// may name a heading or an `id` or `name` in the text. Ids that an author sets (`{#id}`, `{: #id}`,
    /// `<a name="id">`) count like the ids that GitHub derives from the words. Programs derive them in
    /// different ways, so only letters and digits are compared.
    ///
    /// A table of contents that no longer matches its headings is reported as one finding.
    ///
    /// ## Why is this bad?
    ///
    /// The link opens the page at the top, and readers have to search for the section themselves.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See [the costs](0003-use-kafka.md#const).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See [the costs](0003-use-kafka.md#costs).
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR410",
        name: "broken-anchor",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

/// From this many broken links within one record, they are reported as an outdated table of contents.
const OUTDATED_CONTENTS: usize = 4;

/// A link with a fragment that its target does not have.
struct BrokenAnchor<'a> {
    link: &'a Link,
    fragment: &'a str,
    target_id: RecordId,
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(record_id) = context.id(record) else { return };
    let mut within_record: Vec<BrokenAnchor<'_>> = Vec::new();
    let mut budget = Budget::of(record.text().len());
    for link in context.links(record) {
        let Some((_, fragment)) = link.destination.split_once('#') else { continue };
        let (target_id, is_within_record) = match context.target(record, &link.destination) {
            Target::Here => (record_id, true),
            Target::Record(target_id) => (target_id, false),
            _ => continue,
        };
        if !context.lacks_anchor(target_id, fragment) {
            continue;
        }
        let anchor = BrokenAnchor { link, fragment, target_id };
        if is_within_record {
            within_record.push(anchor);
        } else {
            report(record, &anchor, context, &mut budget, findings);
        }
    }
    match within_record.as_slice() {
        [first, others @ ..] if within_record.len() >= OUTDATED_CONTENTS => {
            let message = format!(
                "{} links to `#{}` and {} more headings that do not exist",
                record.label(),
                first.fragment,
                others.len()
            );
            findings
                .report(first.link.destination_span, message)
                .help("update the table of contents to match the headings");
        }
        few_anchors => {
            for anchor in few_anchors {
                report(record, anchor, context, &mut budget, findings);
            }
        }
    }
}

fn report(
    record: &Record,
    anchor: &BrokenAnchor<'_>,
    context: &Context<'_>,
    budget: &mut Budget,
    findings: &mut Findings<'_>,
) {
    let BrokenAnchor { link, fragment, target_id } = *anchor;
    let target = context.log.record(target_id);
    let message = format!(
        "{} links to `#{fragment}`, which is not a heading in {}",
        record.label(),
        target.label()
    );
    let finding = findings.report(link.destination_span, message);
    finding.cause(Some(target.file.clone()));
    let lower_fragment = text_prefix(fragment, LONGEST_WORD + 1).to_lowercase();
    match nearest(context.anchor_names(target_id), &lower_fragment, allowed_typos(fragment), budget)
    {
        Some(nearest_anchor) => finding.help(format!("did you mean `#{nearest_anchor}`?")),
        None => finding.help("link to an existing heading, or to the whole record"),
    };
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log};

    #[test]
    fn special_fragments_and_headings_in_other_blocks_pass() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n[a](#top) [b](#user-content-status) [c](#the-quote) [d](#in-a-list) [e](#numbered)\n\n> ### The quote\n\n- # In a list\n\n1. ## Numbered ##\n",
            str![],
        );
        check(
            &RULE,
            "# 1. A\n\n[a](#user-content-x)\n",
            str![[r#"
0001-test.md:3:5: error[ADR410]: ADR-0001 links to `#user-content-x`, which is not a heading in ADR-0001
  help: link to an existing heading, or to the whole record

"#]],
        );
    }

    #[test]
    fn headings_and_anchors_in_the_text_pass() {
        check(
            &RULE,
            "# 1. A\n\n## Status & Co.\n\n[a](#status--co) [b](#status-co) [c](#x) [d](#)\n\n<a id=\"x\"></a>\n",
            str![],
        );
        check_log(
            &RULE,
            &[
                (
                    "0001-a.md",
                    "---\nstatus: accepted\n---\n\n# A\n\n[b](0002-b.md#decision-outcome)\n",
                ),
                ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n\n## Decision Outcome\n"),
            ],
            str![],
        );
    }

    #[test]
    fn an_unknown_fragment_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n[a](#statsu)\n",
            str![[r#"
0001-test.md:5:5: error[ADR410]: ADR-0001 links to `#statsu`, which is not a heading in ADR-0001
  help: did you mean `#status`?

"#]],
        );
        check_log(
            &RULE,
            &[
                ("0001-a.md", "---\nstatus: accepted\n---\n\n# A\n\n[b](0002-b.md#outcome)\n"),
                ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n"),
            ],
            str![[r#"
0001-a.md:7:5: error[ADR410]: ADR-0001 links to `#outcome`, which is not a heading in ADR-0002
  help: link to an existing heading, or to the whole record

"#]],
        );
    }

    #[test]
    fn an_outdated_table_of_contents_is_one_finding() {
        check(
            &RULE,
            "# 1. A\n\n- [Old one](#old-one)\n- [Old two](#old-two)\n- [Old three](#old-three)\n\
             - [Old four](#old-four)\n- [Now](#now)\n\n## Now\n",
            str![[r#"
0001-test.md:3:13: error[ADR410]: ADR-0001 links to `#old-one` and 3 more headings that do not exist
  help: update the table of contents to match the headings

"#]],
        );
    }
}
