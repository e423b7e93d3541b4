//! ADR413 `link-text-mismatch`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Number, Record, Target};

rule! {
    /// Reports links to a record whose text is the number of another record.
    ///
    /// ## Why is this bad?
    ///
    /// Readers expect one decision and get another. This happens when records are renumbered or links are
    /// copied.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// As decided in [ADR-0001](0002-use-nats.md)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// As decided in [ADR-0002](0002-use-nats.md)
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR413",
        name: "link-text-mismatch",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    for link in context.links(record) {
        let Target::Record(target_id) = context.target(record, &link.destination) else { continue };
        let target = context.log.record(target_id);
        let (Some(text_number), Some(target_number)) = (number(&link.words), &target.number) else {
            continue;
        };
        let heading_number = target.heading_number.as_ref().map(|number| number.value.value);
        // ADR105 reports a heading that differs from the file name.
        let text_number = text_number.value;
        if text_number == target_number.value.value || Some(text_number) == heading_number {
            continue;
        }
        findings
            .report(
                link.span,
                format!(
                    "`{}` in {} links to {}",
                    link.words.trim(),
                    record.label(),
                    target.label()
                ),
            )
            .help("correct the text or the destination of the link");
    }
}

/// Returns whether the text of a link is the id of a record with another number.
pub(super) fn is_id_of_another(words: &str, than: u32) -> bool {
    number(words).is_some_and(|number| number.value != than)
}

/// Returns the number if the words are only an id: `ADR-0001`, `ADR 1`, `0001`.
fn number(words: &str) -> Option<Number> {
    let words = words.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '.' | '#'));
    let digits = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    let prefix = words.strip_suffix(digits)?.trim_end_matches(['-', ' ', '_', '#']);
    let is_adr = prefix.eq_ignore_ascii_case("adr");
    // A bare number may be an amount, unless it has the leading zeros of a file name.
    let number = Number::read(digits)?;
    (is_adr || (prefix.is_empty() && digits.len() >= 3 && digits.starts_with('0')))
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    const TARGET: (&str, &str) = ("0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n");

    #[test]
    fn the_right_number_and_other_words_pass() {
        let links = "# 1. A\n\n[ADR-2](0002-b.md) [ADR 0002](0002-b.md) [the one of 2020](0002-b.md) [7](0002-b.md)\n";
        check_log(&RULE, &[("0001-a.md", links), TARGET], str![]);
        let links = "---\nstatus: accepted\n---\n\n# A\n\n[`ADR-0002`](0002-b.md#status)\n";
        check_log(&RULE, &[("0001-a.md", links), TARGET], str![]);
    }

    #[test]
    fn another_number_is_reported() {
        check_log(
            &RULE,
            &[("0001-a.md", "# 1. A\n\n[ADR-0003](0002-b.md)\n"), TARGET],
            str![[r#"
0001-a.md:3:1: error[ADR413]: `ADR-0003` in ADR-0001 links to ADR-0002
  help: correct the text or the destination of the link

"#]],
        );
        let links = "---\nstatus: accepted\n---\n\n# A\n\n[0001](0002-b.md)\n";
        check_log(
            &RULE,
            &[("0001-a.md", links), TARGET],
            str![[r#"
0001-a.md:7:1: error[ADR413]: `0001` in ADR-0001 links to ADR-0002
  help: correct the text or the destination of the link

"#]],
        );
    }
}
