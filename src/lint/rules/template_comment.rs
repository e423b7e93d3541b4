//! ADR308 `template-comment`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};
use crate::syntax::comments;
use crate::text::{Edit, Span};

rule! {
    /// Reports template instructions in accepted records.
    ///
    /// Checks HTML comments that the template contains for the author.
    ///
    /// ## Why is this bad?
    ///
    /// The comment asks to be removed. It is unclear whether only the comment was overlooked, or also the
    /// section below it.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- This is an optional element. Feel free to remove. -->
    /// ## Decision Drivers
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Decision Drivers
    /// ```
    ///
    /// ## Fix
    ///
    /// The comment is removed (safe).
    pub(super) static RULE: Rule = {
        code: "ADR308",
        name: "template-comment",
        level: Level::Info,
        since: "0.1.0",
        check: Check::Text(check),
        summary_finding: SummaryFinding::OneIn(5, "contain template comments"),
    };
}

/// Phrases in the comments of the MADR template, in lower case.
const PHRASES: [&str; 4] = [
    "feel free to remove",
    "this is an optional element",
    "these are optional elements",
    "numbers of options can vary",
];

/// The built-in templates, whose comments are in records that `adr new` created.
const BUILT_IN: [&str; 4] = [
    include_str!("../../../templates/record/madr.md"),
    include_str!("../../../templates/record/madr-minimal.md"),
    include_str!("../../../templates/record/nygard.md"),
    include_str!("../../../templates/record/y-statement.md"),
];

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    if !record.is(Lifecycle::Accepted) || !record.text().contains("<!--") {
        return;
    }
    let text = record.text();
    let comment_spans = comments(&record.document, text).into_iter().map(|comment| comment.span);
    let template_comments: Vec<Span> =
        comment_spans.filter(|span| is_template_comment(span.of(text))).collect();
    let Some(first_comment) = template_comments.first() else { return };
    let record_label = record.label();
    let message = match template_comments.len() {
        1 => format!("{record_label} contains a template comment"),
        comment_count => format!("{record_label} contains {comment_count} template comments"),
    };
    let edits =
        template_comments.iter().map(|span| Edit::replace(removal_span(text, *span), "")).collect();
    let fix_title =
        if template_comments.len() == 1 { "remove the comment" } else { "remove the comments" };
    findings.report(*first_comment, message).fix(
        Fix::safe(fix_title, &record.source, edits).changing(&[Fact::Comments, Fact::Options]),
    );
}

fn is_template_comment(comment: &str) -> bool {
    let lower_comment = comment.to_lowercase();
    let comment_text = lower_comment.trim_start_matches("<!--").trim_end_matches("-->").trim();
    comment_text == "optional"
        || PHRASES.iter().any(|phrase| lower_comment.contains(phrase))
        || (comment_text.len() > 10 && BUILT_IN.iter().any(|template| template.contains(comment)))
}

/// Returns the span to remove. If the comment has its own lines, they are removed completely, and so is
/// the blank line after them if there is another one before them.
fn removal_span(text: &str, comment: Span) -> Span {
    let text_before = text.get(..comment.start).unwrap_or_default();
    let text_after = text.get(comment.end..).unwrap_or_default();
    let (indent, text_after_spaces) = (
        text_before.len() - text_before.trim_end_matches([' ', '\t']).len(),
        text_after.trim_start_matches([' ', '\t']),
    );
    let line_start = comment.start - indent;
    let starts_line =
        line_start == 0 || text_before.get(..line_start).is_some_and(|text| text.ends_with('\n'));
    let tail_length =
        text_after.len() - text_after_spaces.len() + line_break_length(text_after_spaces);
    let ends_line = line_break_length(text_after_spaces) > 0 || text_after_spaces.is_empty();
    if !starts_line || !ends_line {
        // Two spaces left at the end of a line would become a line break.
        return if ends_line { Span::new(line_start, comment.end) } else { comment };
    }
    let line_end_offset = comment.end + tail_length;
    let text_above =
        text_before.get(..line_start).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let blank_above = text_before
        .get(text_above.len()..line_start)
        .is_some_and(|gap| gap.matches('\n').count() > 1);
    let text_below = text.get(line_end_offset..).unwrap_or_default();
    let extra_length =
        if blank_above || text_above.is_empty() { line_break_length(text_below) } else { 0 };
    Span::new(line_start, line_end_offset + extra_length)
}

/// Returns the length of the line break at the start of `text`, or 0.
fn line_break_length(text: &str) -> usize {
    ["\r\n", "\n"].iter().find(|end| text.starts_with(**end)).map_or(0, |end| end.len())
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn other_comments_and_unfinished_records_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n<!-- markdownlint-disable -->\n", str![]);
        check(
            &RULE,
            "---\nstatus: proposed\n---\n\n# A\n\n<!-- Feel free to remove. -->\n",
            str![],
        );
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n```\n<!-- optional -->\n```\n", str![]);
    }

    #[test]
    fn template_comments_are_reported_and_removed() {
        let text = "---\nstatus: accepted\n# one\n---\n\n# A\n\nIt.\n\n<!-- This is an optional element. Feel \
                    free to remove. -->\n## Decision Drivers\n\n* One <!-- numbers of options can vary -->\n\n\
                    <!-- optional -->\n\nEnd.\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:10:1: info[ADR308]: ADR-0001 contains 3 template comments
  fix: remove the comments [safe]

"#]],
        );
        check_fix(
            &RULE,
            text,
            str![[r#"
---
status: accepted
# one
---

# A

It.

## Decision Drivers

* One

End.

"#]],
        );
    }

    #[test]
    fn a_comment_of_a_built_in_template_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Consequences\n\n<!-- what gets better -->\n",
            str![[r#"
0001-test.md:9:1: info[ADR308]: ADR-0001 contains a template comment
  fix: remove the comment [safe]

"#]],
        );
    }
}
