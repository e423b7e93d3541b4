//! ADR701 `title-form`

use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// A title has at most 80 characters, no full stop at its end, and does not begin with "ADR:"
    /// or "Decision:".
    ///
    /// ## Why it matters
    ///
    /// Titles stand in lists, links and the subjects of messages. They are read there, cut off.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Decision: We will ship weekly from now on.
    /// ```
    ///
    /// ## Fix
    ///
    /// The full stop is removed (safe).
    pub(super) static RULE: Rule = {
        code: "ADR701",
        name: "title-form",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Presence { lack: "have a title that is long or no noun phrase", check },
    };
}

/// In characters, number and status aside.
const LONGEST: usize = 80;

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(title) = &record.title else { return };
    let Some(span) = title.span else { return };
    let words = title.value.trim();
    let label = record.label();
    let length = words.chars().count();
    let lower = words.to_lowercase();
    let needless = ["adr:", "adr ", "decision:"].iter().find(|start| lower.starts_with(*start));
    if let Some(start) = needless {
        let start = words.get(..start.len()).unwrap_or(start).trim();
        findings
            .report(
                span,
                format!("the title of {label} begins with `{start}`, as every title could"),
            )
            .help("begin with what was decided");
    } else if words.ends_with('.') && !words.ends_with("..") && !words.ends_with("etc.") {
        let finding = findings.report(span, format!("the title of {label} ends with a full stop"));
        if span.of(record.text()).ends_with('.') {
            let edits = vec![Edit::replace(Span::new(span.end - 1, span.end), "")];
            finding.fix(Fix::safe("remove the full stop", &record.source, edits));
        }
    } else if length > LONGEST {
        findings
            .report(span, format!("the title of {label} has {length} characters"))
            .help(format!("say it in at most {LONGEST}"));
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_short_noun_phrase_passes() {
        check(&RULE, "# 1. Weekly releases\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Retries, timeouts etc.\n", str![]);
    }

    #[test]
    fn a_full_stop_is_removed() {
        check(
            &RULE,
            "# 1. Weekly releases.\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:3: warning[ADR701]: the title of ADR-0001 ends with a full stop
  fix: remove the full stop [safe]

"#]],
        );
        check_fix(
            &RULE,
            "# 1. Weekly releases.\n\n## Status\n\nAccepted\n",
            str![[r#"
# 1. Weekly releases

## Status

Accepted

"#]],
        );
    }

    #[test]
    fn long_titles_and_needless_words_are_reported() {
        check(
            &RULE,
            "# 1. Decision: weekly releases\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:3: warning[ADR701]: the title of ADR-0001 begins with `Decision:`, as every title could
  help: begin with what was decided

"#]],
        );
        let long = "very ".repeat(20);
        check(
            &RULE,
            &format!("---\nstatus: accepted\n---\n\n# A {long}long title\n"),
            str![[r#"
0001-test.md:5:3: warning[ADR701]: the title of ADR-0001 has 112 characters
  help: say it in at most 80

"#]],
        );
    }
}
