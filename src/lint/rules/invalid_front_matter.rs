//! ADR201 `invalid-front-matter`

use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::Record;
use crate::text::Encoding;

rule! {
    /// ## What it checks
    ///
    /// The front matter of a record is valid YAML, made of keys and values, and closed with `---`.
    ///
    /// ## Why it matters
    ///
    /// Tools that read strictly see no status, no date and no title in such a record. `adr` reads
    /// what it can line by line, but checks nothing else that front matter may state until it is
    /// mended.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// deciders: @ada
    /// ---
    /// ```
    ///
    /// A value that begins with `@` needs quotes: `deciders: "@ada"`. So does one that contains
    /// `: `, or begins with `{`, `[`, `*`, `&`, `!`, `%` or a backtick.
    pub(super) static RULE: Rule = {
        code: "ADR201",
        name: "invalid-front-matter",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
        summary_finding: SummaryFinding::OneIn(2, "have invalid front matter"),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front) = &record.document.front_matter else { return };
    let Some(fault) = &front.fault else { return };
    // The faulty byte may be the very reason: ADR110 says so.
    if let Encoding::Lossy { at } = record.source.encoding()
        && *at < front.span.end
    {
        return;
    }
    let finding = findings.report(
        fault.span,
        format!("the front matter of {} is not valid: {}", record.label(), fault.message),
    );
    let line = record.text().get(..fault.span.start).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    let behind = record.text().get(fault.span.start..).unwrap_or_default();
    let content = front.content.of(record.text());
    let glued = |line: &str| line.split_once(':').is_some_and(|(_, value)| !value.is_empty());
    if content.lines().all(|line| !line.contains(": ") && glued(line)) {
        finding.help("put a blank behind the colon: `key: value`");
    } else if line.contains(": ") || behind.starts_with(['@', '`', '%']) {
        finding.help("put the value in quotes");
    } else {
        finding.help("mend the YAML between the two `---` lines");
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn valid_front_matter_passes() {
        check(&RULE, "---\nstatus: accepted\ntags: [a, b]\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_record_without_front_matter_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn a_value_that_yaml_does_not_take_is_reported_where_it_stands() {
        check(
            &RULE,
            "---\nstatus: accepted\ndeciders: @ada\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:3:11: error[ADR201]: the front matter of ADR-0001 is not valid: unexpected character: `@'
  help: put the value in quotes

"#]],
        );
    }

    #[test]
    fn a_list_in_the_place_of_keys_is_reported() {
        check(
            &RULE,
            "---\n- accepted\n- 2024-01-01\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:1: error[ADR201]: the front matter of ADR-0001 is not valid: the front matter is not a list of keys
  help: mend the YAML between the two `---` lines

"#]],
        );
    }

    #[test]
    fn front_matter_that_is_not_closed_is_reported() {
        check(
            &RULE,
            "---\nstatus: accepted\n\n# Use Rust\n",
            str![[r#"
0001-test.md:1:1: error[ADR201]: the front matter of ADR-0001 is not valid: the front matter is not closed with `---`
  help: mend the YAML between the two `---` lines

"#]],
        );
    }
}
