//! ADR308 `template-comment`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};
use crate::syntax::comments;
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// A record that was accepted holds no comment that its template left there for the author.
    ///
    /// ## Why it matters
    ///
    /// It says "remove me". A reader of the source cannot tell whether it was overlooked, or the
    /// section below it too.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- This is an optional element. Feel free to remove. -->
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

/// What the comments of MADR say to the author, in lower case.
const MARKS: [&str; 4] = [
    "feel free to remove",
    "this is an optional element",
    "these are optional elements",
    "numbers of options can vary",
];

/// Our own templates; their comments are those of a record that `adr new` has made.
const OURS: [&str; 4] = [
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
    let all = comments(&record.document, text).into_iter().map(|comment| comment.span);
    let left: Vec<Span> = all.filter(|span| is_of_template(span.of(text))).collect();
    let Some(first) = left.first() else { return };
    let label = record.label();
    let message = match left.len() {
        1 => format!("{label} holds a comment of its template"),
        count => format!("{label} holds {count} comments of its template"),
    };
    let edits = left.iter().map(|span| Edit::replace(with_line(text, *span), "")).collect();
    let title = if left.len() == 1 { "remove the comment" } else { "remove the comments" };
    findings
        .report(*first, message)
        .fix(Fix::safe(title, &record.source, edits).changing(&[Fact::Comments, Fact::Options]));
}

fn is_of_template(comment: &str) -> bool {
    let lower = comment.to_lowercase();
    let inner = lower.trim_start_matches("<!--").trim_end_matches("-->").trim();
    inner == "optional"
        || MARKS.iter().any(|mark| lower.contains(mark))
        || (inner.len() > 10 && OURS.iter().any(|template| template.contains(comment)))
}

/// The comment; where it has lines for itself, with their ends, and with the blank line behind
/// where another one stands before.
fn with_line(text: &str, comment: Span) -> Span {
    let before = text.get(..comment.start).unwrap_or_default();
    let after = text.get(comment.end..).unwrap_or_default();
    let (indent, rest) = (
        before.len() - before.trim_end_matches([' ', '\t']).len(),
        after.trim_start_matches([' ', '\t']),
    );
    let start = comment.start - indent;
    let begins = start == 0 || before.get(..start).is_some_and(|before| before.ends_with('\n'));
    let tail = after.len() - rest.len() + line_end(rest);
    let ends = line_end(rest) > 0 || rest.is_empty();
    if !begins || !ends {
        // Two blanks at the end of a line break it.
        return if ends { Span::new(start, comment.end) } else { comment };
    }
    let end = comment.end + tail;
    let above = before.get(..start).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let blank_above =
        before.get(above.len()..start).is_some_and(|gap| gap.matches('\n').count() > 1);
    let below = text.get(end..).unwrap_or_default();
    let extra = if blank_above || above.is_empty() { line_end(below) } else { 0 };
    Span::new(start, end + extra)
}

/// How long the line break is that `text` begins with; 0 for none.
fn line_end(text: &str) -> usize {
    ["\r\n", "\n"].iter().find(|end| text.starts_with(**end)).map_or(0, |end| end.len())
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn other_comments_and_records_that_are_being_written_pass() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n<!-- markdownlint-disable -->\n", str![]);
        check(
            &RULE,
            "---\nstatus: proposed\n---\n\n# A\n\n<!-- Feel free to remove. -->\n",
            str![],
        );
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n```\n<!-- optional -->\n```\n", str![]);
    }

    #[test]
    fn a_comment_of_the_template_is_reported_and_removed() {
        let text = "---\nstatus: accepted\n# one\n---\n\n# A\n\nIt.\n\n<!-- This is an optional element. Feel \
                    free to remove. -->\n## Decision Drivers\n\n* One <!-- numbers of options can vary -->\n\n\
                    <!-- optional -->\n\nEnd.\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:10:1: info[ADR308]: ADR-0001 holds 3 comments of its template
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
    fn a_comment_of_our_template_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Consequences\n\n<!-- what gets better -->\n",
            str![[r#"
0001-test.md:9:1: info[ADR308]: ADR-0001 holds a comment of its template
  fix: remove the comment [safe]

"#]],
        );
    }
}
