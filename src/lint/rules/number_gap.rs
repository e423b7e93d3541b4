//! ADR104 `number-gap`

use std::collections::BTreeSet;

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Layout;

rule! {
    /// ## What it checks
    ///
    /// No number is missing between the lowest and the highest of the log. Off unless selected:
    /// drafts that were given up leave gaps, and so do numbers that come from pull requests.
    ///
    /// ## Why it matters
    ///
    /// A gap may be a record that somebody removed.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-record-decisions.md
    /// docs/adr/0003-use-nats.md
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR104",
        name: "number-gap",
        level: Level::Off,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let named = context.log.records().iter().filter_map(|record| record.number.as_ref());
    let numbers: BTreeSet<u32> = named
        .filter(|number| number.layout == Layout::FileName)
        .map(|number| number.value.value)
        .collect();
    let steps = numbers.iter().zip(numbers.iter().skip(1));
    let gaps: Vec<String> = steps
        .filter(|(low, high)| *high - *low > 1)
        .map(|(low, high)| match high - low {
            2 => format!("{}", low + 1),
            _ => format!("{} to {}", low + 1, high - 1),
        })
        .collect();
    if !gaps.is_empty() {
        let one = gaps.len() == 1 && !gaps.iter().any(|gap| gap.contains(' '));
        let what = if one { "number" } else { "numbers" };
        findings
            .report_at(FindingSite::Log, format!("no record has the {what} {}", gaps.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn numbers_in_a_row_pass_wherever_they_begin() {
        check_log(&RULE, &[("0004-a.md", "# 4. A\n"), ("0005-b.md", "# B\n")], str![]);
    }

    #[test]
    fn gaps_are_reported_together() {
        check_log(
            &RULE,
            &[("0001-a.md", "# 1. A\n"), ("0003-b.md", "# B\n"), ("0007-c.md", "# C\n")],
            str![[r#"
.: warning[ADR104]: no record has the numbers 2, 4 to 6

"#]],
        );
    }
}
