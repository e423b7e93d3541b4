//! ADR901 `unused-ignore`

use crate::format::Fact;
use crate::lint::suppression::{IgnoreComment, IgnoreScope};
use crate::lint::{Check, Context, FindingSite, Findings, Fix, IgnoreUsage, Level, rule};
use crate::model::RecordId;
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// Every comment `<!-- adr-ignore CODE: reason -->` keeps a finding away: of that rule, in the
    /// block after the comment, in the paragraph, list item or cell that it ends, or with
    /// `adr-ignore-file` in the whole file. A comment about a rule that is off in this run is left
    /// alone.
    ///
    /// ## Why it matters
    ///
    /// What the comment excused has been mended. Left behind, it hides the next one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- adr-ignore ADR409: the file comes with the release -->
    ///
    /// There is no link in this paragraph.
    /// ```
    ///
    /// ## Fix
    ///
    /// The code is removed from the comment, and with the last one the comment (safe).
    pub(super) static RULE: Rule = {
        code: "ADR901",
        name: "unused-ignore",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Ignores(check),
    };
}

fn check(usage: &IgnoreUsage, context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, comment, (word, span)) in context.ignore_comments.unused(usage, context.levels.rules())
    {
        report(context, (id, comment, word, *span), findings);
    }
}

fn report(
    context: &Context<'_>,
    (id, ignore, word, span): (RecordId, &IgnoreComment, &str, Span),
    findings: &mut Findings<'_>,
) {
    let record = context.log.record(id);
    let text = record.text();
    let what = match ignore.scope {
        IgnoreScope::File => "the file",
        IgnoreScope::Next(_) => "the next block",
        IgnoreScope::Around(_) => "the block around it",
    };
    let gone = if ignore.words.len() == 1 { line(text, ignore.span) } else { part(text, span) };
    let fix = Fix::safe("remove it", &record.source, vec![Edit::replace(gone, "")])
        .changing(&[Fact::Comments, Fact::Options]);
    findings
        .report_at(
            FindingSite::Record(id, span),
            format!("{what} has no finding of {word} to ignore"),
        )
        .fix(fix);
}

/// The comment with its line, and with the blank line after it; where something stands before it on the line, with
/// the blanks between alone.
fn line(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let words = before.trim_end_matches([' ', '\t']);
    if !words.is_empty() && !words.ends_with('\n') {
        return Span::new(words.len(), span.end);
    }
    let after = text.get(span.end..).unwrap_or_default();
    let blank = |rest: &str| {
        let end = rest.find('\n').map(|at| at + 1)?;
        rest.get(..end).filter(|line| line.trim().is_empty()).map(str::len)
    };
    let Some(first) = blank(after) else { return span };
    let second = after.get(first..).and_then(blank).unwrap_or_default();
    Span::new(words.len(), span.end + first + second)
}

/// One word of several, with what parts it from its neighbour.
fn part(text: &str, span: Span) -> Span {
    let after = text.get(span.end..).unwrap_or_default();
    let rest = after.trim_start_matches([',', ' ']);
    if rest.starts_with([':', '-']) {
        let before = text.get(..span.start).unwrap_or_default();
        return Span::new(before.trim_end_matches([',', ' ']).len(), span.end);
    }
    Span::new(span.start, span.end + (after.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check_all, check_fix};

    const NYGARD: &str = "# 1. A\n\n<!-- adr-ignore ADR901, ADR409: kept -->\n\nSee [b](0009-b.md).\n\n<!-- adr-ignore ADR409: gone -->\n\nNo link.\n";

    #[test]
    fn a_comment_keeps_a_finding_away_and_is_reported_where_it_does_not() {
        check_all(
            &["ADR409", "ADR901"],
            NYGARD,
            str![[r#"
0001-test.md:3:17: warning[ADR901]: the next block has no finding of ADR901 to ignore
  fix: remove it [safe]
0001-test.md:7:17: warning[ADR901]: the next block has no finding of ADR409 to ignore
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn a_comment_counts_in_lists_and_quotes_and_behind_words() {
        check_all(
            &["ADR409", "ADR901"],
            "# 1. A\n\n- [b](9-b.md) <!-- adr-ignore ADR409: x -->\n- [c](9-c.md)\n\n> <!-- adr-ignore ADR409: x -->\n> [d](9-d.md)\n\n[e](9-e.md)\n[f](9-f.md) <!-- adr-ignore ADR409: x -->\n\n| a |\n|---|\n| b <!-- adr-ignore ADR409: x --> |\n",
            str![[r#"
0001-test.md:4:7: error[ADR409]: ADR-0001 links to `9-c.md`, which is not there
  help: correct the path, or remove the link
0001-test.md:14:21: warning[ADR901]: the block around it has no finding of ADR409 to ignore
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn what_stands_before_a_comment_on_its_line_stays() {
        check_fix(
            &RULE,
            "# 1. A\n\n- b <!-- adr-ignore ADR901: x -->\n- <!-- adr-ignore ADR901: x -->\n  c\n\n  <!-- adr-ignore ADR901: x -->\n  d\n\n> <!-- adr-ignore ADR901: x -->\n> e\n",
            str![[r#"
# 1. A

- b
-
  c

  d

>
> e

"#]],
        );
    }

    #[test]
    fn a_comment_for_the_file_counts_everywhere() {
        check_all(
            &["ADR409", "ADR901"],
            "---\nstatus: accepted\n---\n\n<!-- adr-ignore-file broken-link: moved -->\n\n# A\n\n[b](0009-b.md)\n",
            str![],
        );
    }

    #[test]
    fn a_comment_about_a_rule_that_is_off_is_left_alone() {
        check_all(
            &["ADR901"],
            NYGARD.split("# 1").last().unwrap(),
            str![[r#"
0001-test.md:3:17: warning[ADR901]: the next block has no finding of ADR901 to ignore
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn the_last_code_goes_with_the_comma_before_it() {
        check_fix(
            &RULE,
            "# A\n\n<!-- adr-ignore ADR409, ADR901: x -->\n\nSee [b](0009-b.md).\n",
            str![[r#"
# A

<!-- adr-ignore ADR409: x -->

See [b](0009-b.md).

"#]],
        );
    }

    #[test]
    fn the_comment_goes_with_its_last_code() {
        check_fix(
            &RULE,
            "# A\n\n<!-- adr-ignore ADR901: x -->\n\nText.\n",
            str![[r#"
# A

Text.

"#]],
        );
    }
}
