//! ADR104 `number-gap`

use std::collections::BTreeSet;

use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Layout;

rule! {
    /// Reports gaps in the numbers of the log.
    ///
    /// Checks the numbers between the lowest and the highest one. The rule is off unless it is selected,
    /// because abandoned drafts leave gaps, and so do numbers that come from pull requests.
    ///
    /// ## Why is this bad?
    ///
    /// A gap may be a deleted record.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-record-decisions.md
    /// docs/adr/0003-use-nats.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// Restore the deleted record, or leave the rule off.
    pub(super) static RULE: Rule = {
        code: "ADR104",
        name: "number-gap",
        level: Level::Off,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let stated_numbers = context.log.records().iter().filter_map(|record| record.number.as_ref());
    let numbers: BTreeSet<u32> = stated_numbers
        .filter(|number| number.layout == Layout::FileName)
        .map(|number| number.value.value)
        .collect();
    let neighbors = numbers.iter().zip(numbers.iter().skip(1));
    let gaps: Vec<String> = neighbors
        .filter(|(lower, higher)| *higher - *lower > 1)
        .map(|(lower, higher)| match higher - lower {
            2 => format!("{}", lower + 1),
            _ => format!("{} to {}", lower + 1, higher - 1),
        })
        .collect();
    if !gaps.is_empty() {
        let is_single = gaps.len() == 1 && !gaps.iter().any(|gap| gap.contains(' '));
        let noun = if is_single { "number" } else { "numbers" };
        findings
            .report_at(FindingSite::Log, format!("no record has the {noun} {}", gaps.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn consecutive_numbers_pass_from_any_start() {
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
