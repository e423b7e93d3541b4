//! ADR410 `broken-anchor`

use std::collections::HashMap;

use crate::lint::{Check, Context, Findings, Level, Target, rule};
use crate::model::Record;
use crate::syntax::{AnchorNames, Link, anchors, meant, plain};

rule! {
    /// ## What it checks
    ///
    /// The `#fragment` of a link to a record, or within one, is that of a heading, or of an `id`
    /// or `name` that stands in the text.
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
    let mut within: Vec<(&Link, &str)> = Vec::new();
    // Made of a text once, however many links lead to it.
    let mut inner: HashMap<&str, Vec<String>> = HashMap::new();
    for link in context.links(record) {
        let Some((_, fragment)) = link.destination.split_once('#') else { continue };
        let (there, is_here) = match context.target(record, &link.destination) {
            Target::Here => (record, true),
            Target::Record(id) => (context.log.record(id), false),
            _ => continue,
        };
        let fragment_there = fragment.strip_prefix("user-content-").unwrap_or(fragment);
        if fragment.is_empty() || has(there, fragment_there) {
            continue;
        }
        let names = inner.entry(&there.file).or_insert_with(|| contained(there.text()));
        if meant(names.iter().map(String::as_str), fragment_there).is_some() {
            continue;
        }
        if is_here {
            within.push((link, fragment));
        } else {
            report(record, (link, fragment), there, findings);
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
        few => few.iter().for_each(|one| report(record, *one, record, findings)),
    }
}

fn report(
    record: &Record,
    (link, fragment): (&Link, &str),
    there: &Record,
    findings: &mut Findings<'_>,
) {
    let message = format!(
        "{} links to `#{fragment}`, which is no heading of {}",
        record.label(),
        there.label()
    );
    let finding = findings.report(link.destination_span, message);
    finding.cause(Some(there.file.clone()));
    match nearest(there, fragment) {
        Some(near) => finding.help(format!("did you mean `#{near}`?")),
        None => finding.help("link to a heading, or to the record as a whole"),
    };
}

fn has(record: &Record, fragment: &str) -> bool {
    // `:~:text=`, `#top` and `#L12` are understood by browsers and forges.
    let foreign = fragment.starts_with(":~:")
        || fragment.eq_ignore_ascii_case("top")
        || fragment
            .strip_prefix('L')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let made = || {
        let anchors = anchors(&record.document);
        meant(anchors.iter().map(|anchor| anchor.name.as_str()), fragment).is_some()
    };
    let written = || {
        let text = record.text();
        [
            format!("\"{fragment}\""),
            format!("'{fragment}'"),
            format!("{{#{fragment}}}"),
            format!("[^{fragment}]"),
        ]
        .iter()
        .any(|mark| text.contains(mark.as_str()))
    };
    // `%C3%A4` counts as what it stands for is written: a fragment in that form is not compared.
    let says_nothing = fragment.contains('%') || !fragment.contains(char::is_alphanumeric);
    foreign || says_nothing || fragment.starts_with("fn") || made() || written()
}

/// The names of headings within quotations and list items, which are no sections of the record.
fn contained(text: &str) -> Vec<String> {
    let mut names = AnchorNames::default();
    let heading = |line: &str| {
        let marks = |c: char| {
            matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t' | '.' | ')') || c.is_ascii_digit()
        };
        let bare = line.trim_start_matches(marks);
        let words = bare.trim_start_matches('#');
        let level = bare.len() - words.len();
        let is_heading =
            bare.len() < line.len() && (1..=6).contains(&level) && words.starts_with(' ');
        is_heading.then(|| plain(words.trim().trim_end_matches('#')))
    };
    text.lines().filter_map(heading).map(|words| names.of(&words)).collect()
}

fn nearest(record: &Record, fragment: &str) -> Option<String> {
    let near = anchors(&record.document).into_iter().map(|anchor| {
        (strsim::damerau_levenshtein(&anchor.name, &fragment.to_lowercase()), anchor.name)
    });
    let most = 2.max(fragment.len() / 3);
    near.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
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
