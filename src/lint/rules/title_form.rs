//! ADR701 `title-form`

use crate::format::Fact;
use crate::lint::analysis::begins_with;
use crate::lint::analysis::has_title;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
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
    /// The full stop is removed, and so is a first word with a colon (safe).
    pub(super) static RULE: Rule = {
        code: "ADR701",
        name: "title-form",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::MostRecords("have a title that is long or no noun phrase"),
    };
}

/// In characters, number and status aside.
const LONGEST: usize = 80;

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(title) = record.title.as_ref().filter(|_| has_title(record)) else { return };
    let Some(span) = title.span else { return };
    let words = title.value.trim();
    let label = record.label();
    let length = words.chars().count();
    if let Some(start) = needless(span.of(record.text()), words) {
        let written = start.of(span.of(record.text())).trim();
        let message = format!("the title of {label} begins with `{written}`, as every title could");
        let finding = findings.report(span, message);
        match without(record.text(), start.shift(span.start), span.end) {
            Some(edit) => {
                let title = format!("remove `{written}`");
                finding.fix(
                    Fix::safe(title, &record.source, vec![edit])
                        .changing(&[Fact::Title, Fact::Keys]),
                )
            }
            None => finding.help("begin with what was decided"),
        };
    } else if has_full_stop(words) {
        let finding = findings.report(span, format!("the title of {label} ends with a full stop"));
        if span.of(record.text()).ends_with('.') {
            let edits = vec![Edit::replace(Span::new(span.end - 1, span.end), "")];
            finding.fix(
                Fix::safe("remove the full stop", &record.source, edits)
                    .changing(&[Fact::Title, Fact::Keys]),
            );
        }
    } else if length > LONGEST {
        findings
            .report(span, format!("the title of {label} has {length} characters"))
            .help(format!("say it in at most {LONGEST}"));
    }
}

/// Whether the words end as a sentence does, and not with an ellipsis or an abbreviation.
fn has_full_stop(words: &str) -> bool {
    const SHORT: [&str; 12] =
        ["etc", "inc", "ltd", "llc", "co", "corp", "no", "vs", "ca", "bzw", "usw", "ff"];
    let Some(rest) = words.strip_suffix('.') else { return false };
    let last = rest.rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
    // `U.S.A.` and `e.g.`, but not `Node.js.`, `v2.0.` and `...`.
    let letters = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let is_short = SHORT.iter().any(|short| last.eq_ignore_ascii_case(short))
        || last.contains('.') && last.split('.').all(letters);
    !rest.ends_with('.') && !is_short
}

/// The words in a heading that say no more than that it is one: before the title, or the first of it.
fn needless(heading: &str, title: &str) -> Option<Span> {
    let at = heading.rfind(title)?;
    let begins = |start: &&&str| begins_with(title, start);
    if let Some(start) = ["adr:", "adr -", "adr –", "adr —", "decision:"].iter().find(begins) {
        return Some(Span::new(at, at + start.len()));
    }
    // The reader takes this one for no part of the title.
    let before = heading.get(..at)?.trim_end();
    let start = before.len().checked_sub("ADR:".len())?;
    let is_it = before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("ADR:"));
    is_it.then(|| Span::new(start, before.len()))
}

/// The edit that takes the words away, where a colon parts them from what follows.
fn without(text: &str, words: Span, end: usize) -> Option<Edit> {
    let written = words.of(text);
    let rest = Span::new(words.end, end).of(text).trim_start();
    let first = rest.chars().next().filter(|_| written.ends_with(':'))?;
    let is_capital = written.starts_with(char::is_uppercase);
    let first_end = end - rest.len() + first.len_utf8();
    let first = if is_capital { first.to_uppercase().to_string() } else { first.to_string() };
    Some(Edit::replace(Span::new(words.start, first_end), first))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_word_that_every_title_could_begin_with_is_removed() {
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
0001-test.md:1:3: warning[ADR701]: the title of ADR-0001 begins with `Decision:`, as every title could
  fix: remove `Decision:` [safe]

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
