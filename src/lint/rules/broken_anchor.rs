//! ADR410 `broken-anchor`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, RecordId, Target};
use crate::syntax::Link;
use crate::text::{Budget, LONGEST, beginning, nearest, slips};

rule! {
    /// ## What it checks
    ///
    /// The `#fragment` of a link to a record, or within one, is that of a heading, or of an `id`
    /// or `name` in the text: ids that an author gives (`{#id}`, `{: #id}`, `<a name="id">`) count as those that
    /// GitHub makes of the words.
    ///
    /// ## Why it matters
    ///
    /// The link opens the page at its top, and the reader looks for the place in vain.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See [the costs](0003-use-kafka.md#const).
    /// ```
    ///
    /// A table of contents that no longer fits its headings is one finding.
    ///
    /// Programs make fragments of headings in different ways: only letters and digits are compared.
    pub(super) static RULE: Rule = {
        code: "ADR410",
        name: "broken-anchor",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

/// So many dead links within one record are those of a table of contents that was left behind.
const MANY: usize = 4;

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(own) = context.id(record) else { return };
    let mut within: Vec<(&Link, &str)> = Vec::new();
    let mut budget = Budget::of(record.text().len());
    for link in context.links(record) {
        let Some((_, fragment)) = link.destination.split_once('#') else { continue };
        let (there, is_here) = match context.target(record, &link.destination) {
            Target::Here => (own, true),
            Target::Record(id) => (id, false),
            _ => continue,
        };
        if !context.lacks_anchor(there, fragment) {
            continue;
        }
        if is_here {
            within.push((link, fragment));
        } else {
            report(record, (link, fragment), (context, there), &mut budget, findings);
        }
    }
    match within.as_slice() {
        [(first, fragment), others @ ..] if within.len() >= MANY => {
            let (label, count) = (record.label(), others.len());
            let message = format!(
                "{label} links to `#{fragment}` and {count} more places, which are no headings of it"
            );
            findings
                .report(first.destination_span, message)
                .help("make the table of contents anew from the headings");
        }
        few => {
            for one in few {
                report(record, *one, (context, own), &mut budget, findings);
            }
        }
    }
}

fn report(
    record: &Record,
    (link, fragment): (&Link, &str),
    (context, there): (&Context<'_>, RecordId),
    budget: &mut Budget,
    findings: &mut Findings<'_>,
) {
    let other = context.log.record(there);
    let message = format!(
        "{} links to `#{fragment}`, which is no heading of {}",
        record.label(),
        other.label()
    );
    let finding = findings.report(link.destination_span, message);
    finding.cause(Some(other.file.clone()));
    let lower = beginning(fragment, LONGEST + 1).to_lowercase();
    match nearest(context.anchor_names(there), &lower, slips(fragment), budget) {
        Some(near) => finding.help(format!("did you mean `#{near}`?")),
        None => finding.help("link to a heading, or to the record as a whole"),
    };
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log};

    #[test]
    fn what_browsers_and_forges_know_and_headings_in_other_blocks_pass() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n[a](#top) [b](#user-content-status) [c](#the-quote) [d](#in-a-list) [e](#numbered)\n\n> ### The quote\n\n- # In a list\n\n1. ## Numbered ##\n",
            str![],
        );
        check(
            &RULE,
            "# 1. A\n\n[a](#user-content-x)\n",
            str![[r#"
0001-test.md:3:5: error[ADR410]: ADR-0001 links to `#user-content-x`, which is no heading of ADR-0001
  help: link to a heading, or to the record as a whole

"#]],
        );
    }

    #[test]
    fn headings_and_marks_in_the_text_pass() {
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
    fn a_fragment_of_no_heading_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n[a](#statsu)\n",
            str![[r#"
0001-test.md:5:5: error[ADR410]: ADR-0001 links to `#statsu`, which is no heading of ADR-0001
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
0001-a.md:7:5: error[ADR410]: ADR-0001 links to `#outcome`, which is no heading of ADR-0002
  help: link to a heading, or to the record as a whole

"#]],
        );
    }

    #[test]
    fn a_table_of_contents_that_was_left_behind_is_one_finding() {
        check(
            &RULE,
            "# 1. A\n\n- [Old one](#old-one)\n- [Old two](#old-two)\n- [Old three](#old-three)\n\
             - [Old four](#old-four)\n- [Now](#now)\n\n## Now\n",
            str![[r#"
0001-test.md:3:13: error[ADR410]: ADR-0001 links to `#old-one` and 3 more places, which are no headings of it
  help: make the table of contents anew from the headings

"#]],
        );
    }
}
