//! ADR901 `unused-ignore`

use crate::format::Fact;
use crate::lint::suppression::{IgnoreComment, IgnoreScope};
use crate::lint::{Check, Context, FindingSite, Findings, Fix, IgnoreUsage, Level, rule};
use crate::model::RecordId;
use crate::text::{Edit, Span};

rule! {
    /// Reports `adr-ignore` comments that suppress no finding.
    ///
    /// A comment such as `<!-- adr-ignore CODE: reason -->` applies to the block after it, or to the
    /// paragraph, list item or cell that it ends. `adr-ignore-file` applies to the whole file. Comments
    /// about rules that are off are not reported.
    ///
    /// ## Why is this bad?
    ///
    /// The finding was fixed. If the comment stays, it hides the next one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- adr-ignore ADR409: the file comes with the release -->
    ///
    /// There is no link in this paragraph.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// There is no link in this paragraph.
    /// ```
    ///
    /// ## Fix
    ///
    /// The code is removed from the comment, and the comment is removed with its last code (safe).
    pub(super) static RULE: Rule = {
        code: "ADR901",
        name: "unused-ignore",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Ignores(check),
    };
}

fn check(usage: &IgnoreUsage, context: &Context<'_>, findings: &mut Findings<'_>) {
    let rules = context.levels.rules();
    for (record_id, comment, (word, span)) in context.ignore_comments.unused(usage, rules) {
        report(context, (record_id, comment, word, *span), findings);
    }
}

fn report(
    context: &Context<'_>,
    (record_id, ignore, word, span): (RecordId, &IgnoreComment, &str, Span),
    findings: &mut Findings<'_>,
) {
    let record = context.log.record(record_id);
    let text = record.text();
    let scope_name = match ignore.scope {
        IgnoreScope::File => "the file",
        IgnoreScope::Next(_) => "the next block",
        IgnoreScope::Around(_) => "the surrounding block",
    };
    let removed_span = if ignore.words.len() == 1 {
        comment_removal(text, ignore.span)
    } else {
        word_removal(text, span)
    };
    let fix = Fix::safe("remove it", &record.source, vec![Edit::replace(removed_span, "")])
        .changing(&[Fact::Comments, Fact::Options]);
    findings
        .report_at(
            FindingSite::Record(record_id, span),
            format!("no finding of {word} to ignore in {scope_name}"),
        )
        .fix(fix);
}

/// Returns the span to remove for a whole comment: its line and the blank line after it. If there is text
/// before it on the line, only the spaces before the comment are included.
fn comment_removal(text: &str, span: Span) -> Span {
    let text_before = text.get(..span.start).unwrap_or_default();
    let text_before_spaces = text_before.trim_end_matches([' ', '\t']);
    if !text_before_spaces.is_empty() && !text_before_spaces.ends_with('\n') {
        return Span::new(text_before_spaces.len(), span.end);
    }
    let text_after = text.get(span.end..).unwrap_or_default();
    let blank_line_length = |text: &str| {
        let line_length = text.find('\n').map(|index| index + 1)?;
        text.get(..line_length).filter(|line| line.trim().is_empty()).map(str::len)
    };
    let Some(first_length) = blank_line_length(text_after) else { return span };
    let second_length =
        text_after.get(first_length..).and_then(blank_line_length).unwrap_or_default();
    Span::new(text_before_spaces.len(), span.end + first_length + second_length)
}

/// Returns the span to remove for one word of several, with one of its separators.
fn word_removal(text: &str, span: Span) -> Span {
    let text_after = text.get(span.end..).unwrap_or_default();
    let text_after_separator = text_after.trim_start_matches([',', ' ']);
    if text_after_separator.starts_with([':', '-']) {
        let text_before = text.get(..span.start).unwrap_or_default();
        return Span::new(text_before.trim_end_matches([',', ' ']).len(), span.end);
    }
    Span::new(span.start, span.end + (text_after.len() - text_after_separator.len()))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check_all, check_fix};

    const NYGARD: &str = "# 1. A\n\n<!-- adr-ignore ADR901, ADR409: kept -->\n\nSee [b](0009-b.md).\n\n<!-- adr-ignore ADR409: gone -->\n\nNo link.\n";

    #[test]
    fn a_comment_suppresses_a_finding_or_is_reported() {
        check_all(
            &["ADR409", "ADR901"],
            NYGARD,
            str![[r#"
0001-test.md:3:17: warning[ADR901]: no finding of ADR901 to ignore in the next block
  fix: remove it [safe]
0001-test.md:7:17: warning[ADR901]: no finding of ADR409 to ignore in the next block
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn a_comment_applies_in_lists_and_quotes_and_after_words() {
        check_all(
            &["ADR409", "ADR901"],
            "# 1. A\n\n- [b](9-b.md) <!-- adr-ignore ADR409: x -->\n- [c](9-c.md)\n\n> <!-- adr-ignore ADR409: x -->\n> [d](9-d.md)\n\n[e](9-e.md)\n[f](9-f.md) <!-- adr-ignore ADR409: x -->\n\n| a |\n|---|\n| b <!-- adr-ignore ADR409: x --> |\n",
            str![[r#"
0001-test.md:4:7: error[ADR409]: ADR-0001 links to `9-c.md`, which does not exist
  help: correct the path, or remove the link
0001-test.md:14:21: warning[ADR901]: no finding of ADR409 to ignore in the surrounding block
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn text_before_a_comment_is_kept() {
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
    fn a_comment_for_the_file_applies_everywhere() {
        check_all(
            &["ADR409", "ADR901"],
            "---\nstatus: accepted\n---\n\n<!-- adr-ignore-file broken-link: moved -->\n\n# A\n\n[b](0009-b.md)\n",
            str![],
        );
    }

    #[test]
    fn a_comment_about_a_rule_that_is_off_passes() {
        check_all(
            &["ADR901"],
            NYGARD.split("# 1").last().unwrap(),
            str![[r#"
0001-test.md:3:17: warning[ADR901]: no finding of ADR901 to ignore in the next block
  fix: remove it [safe]

"#]],
        );
    }

    #[test]
    fn the_last_code_is_removed_with_its_comma() {
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
    fn the_comment_is_removed_with_its_last_code() {
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
