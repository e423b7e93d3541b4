//! ADR701 `title-form`

use crate::format::Fact;
use crate::lint::analysis::begins_with;
use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::{Edit, Span};

rule! {
    /// Reports titles that are too long or have needless parts.
    ///
    /// A title has at most 80 characters, does not end with a full stop, and does not start with "ADR:" or
    /// "Decision:".
    ///
    /// ## Why is this bad?
    ///
    /// Titles are shown in lists, in links and in the subjects of messages, which cut off long titles.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # 7. Decision: We will ship weekly from now on.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # 7. Ship weekly
    /// ```
    ///
    /// ## Fix
    ///
    /// The full stop is removed, and so is a first word with a colon (safe).
    pub(super) static RULE: Rule = {
        code: "ADR701",
        name: "title-form",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have a title that is too long or has needless parts"),
    };
}

/// The maximum number of characters, without number and status.
const LONGEST: usize = 80;

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(title) = record.title.as_ref().filter(|_| has_title(record)) else { return };
    let Some(title_span) = title.span else { return };
    let title_text = title.value.trim();
    let record_label = record.label();
    let title_length = title_text.chars().count();
    if let Some(prefix_span) = needless_prefix(title_span.of(record.text()), title_text) {
        let written_prefix = prefix_span.of(title_span.of(record.text())).trim();
        let message =
            format!("the title of {record_label} starts with the needless `{written_prefix}`");
        let finding = findings.report(title_span, message);
        match removal_edit(record.text(), prefix_span.shift(title_span.start), title_span.end) {
            Some(edit) => {
                let fix_title = format!("remove `{written_prefix}`");
                finding.fix(
                    Fix::safe(fix_title, &record.source, vec![edit])
                        .changing(&[Fact::Title, Fact::Keys]),
                )
            }
            None => finding.help("start with what was decided"),
        };
    } else if has_full_stop(title_text) {
        let finding = findings
            .report(title_span, format!("the title of {record_label} ends with a full stop"));
        if title_span.of(record.text()).ends_with('.') {
            let edits = vec![Edit::replace(Span::new(title_span.end - 1, title_span.end), "")];
            finding.fix(
                Fix::safe("remove the full stop", &record.source, edits)
                    .changing(&[Fact::Title, Fact::Keys]),
            );
        }
    } else if title_length > LONGEST {
        findings
            .report(
                title_span,
                format!("the title of {record_label} has {title_length} characters"),
            )
            .help(format!("use at most {LONGEST}"));
    }
}

/// Returns whether the words end with a full stop and not with an ellipsis or an abbreviation.
fn has_full_stop(words: &str) -> bool {
    const SHORT: [&str; 12] =
        ["etc", "inc", "ltd", "llc", "co", "corp", "no", "vs", "ca", "bzw", "usw", "ff"];
    let Some(text_before_stop) = words.strip_suffix('.') else { return false };
    let last_word = text_before_stop.rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
    // `U.S.A.` and `e.g.`, but not `Node.js.`, `v2.0.` and `...`.
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let is_abbreviation =
        SHORT.iter().any(|abbreviation| last_word.eq_ignore_ascii_case(abbreviation))
            || last_word.contains('.') && last_word.split('.').all(is_letter);
    !text_before_stop.ends_with('.') && !is_abbreviation
}

/// Returns the span of a needless "ADR:" or "Decision:" in the heading, before the title or at its start.
fn needless_prefix(heading: &str, title: &str) -> Option<Span> {
    let title_start = heading.rfind(title)?;
    let is_at_start = |prefix: &&&str| begins_with(title, prefix);
    if let Some(prefix) = ["adr:", "adr -", "adr –", "adr —", "decision:"].iter().find(is_at_start)
    {
        return Some(Span::new(title_start, title_start + prefix.len()));
    }
    // This prefix is not part of the title that was read.
    let text_before = heading.get(..title_start)?.trim_end();
    let prefix_start = text_before.len().checked_sub("ADR:".len())?;
    let is_prefix =
        text_before.get(prefix_start..).is_some_and(|text| text.eq_ignore_ascii_case("ADR:"));
    is_prefix.then(|| Span::new(prefix_start, text_before.len()))
}

/// Returns the edit that removes the words, if they end with a colon.
fn removal_edit(text: &str, words: Span, end: usize) -> Option<Edit> {
    let written_words = words.of(text);
    let remaining_title = Span::new(words.end, end).of(text).trim_start();
    let first_letter = remaining_title.chars().next().filter(|_| written_words.ends_with(':'))?;
    let is_capital = written_words.starts_with(char::is_uppercase);
    let first_end = end - remaining_title.len() + first_letter.len_utf8();
    let first_letter =
        if is_capital { first_letter.to_uppercase().to_string() } else { first_letter.to_string() };
    Some(Edit::replace(Span::new(words.start, first_end), first_letter))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_needless_first_word_is_removed() {
        for (heading, fixed) in [
            ("Decision: weekly releases", "Weekly releases"),
            ("4. ADR: Weekly releases", "4. Weekly releases"),
            ("ADR: weekly releases", "Weekly releases"),
            ("ADR-0001: decision: weekly", "ADR-0001: weekly"),
        ] {
            let text = |heading: &str| format!("# {heading}\n\n## Status\n\nAccepted\n");
            check_fix(&RULE, &text(heading), text(fixed));
        }
        check(&RULE, "# 1. ADR tooling\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn a_short_noun_phrase_passes() {
        check(&RULE, "# 1. Weekly releases\n\n## Status\n\nAccepted\n", str![]);
        for end in ["timeouts etc.", "Acme Inc.", "the U.S.A.", "queues, e.g.", "Wait..."] {
            let text = format!("---\nstatus: accepted\n---\n\n# Retries, {end}\n");
            check(&RULE, &text, str![]);
        }
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
0001-test.md:1:3: warning[ADR701]: the title of ADR-0001 starts with the needless `Decision:`
  fix: remove `Decision:` [safe]

"#]],
        );
        let long = "very ".repeat(20);
        check(
            &RULE,
            &format!("---\nstatus: accepted\n---\n\n# A {long}long title\n"),
            str![[r#"
0001-test.md:5:3: warning[ADR701]: the title of ADR-0001 has 112 characters
  help: use at most 80

"#]],
        );
    }
}
