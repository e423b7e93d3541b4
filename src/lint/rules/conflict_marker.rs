//! ADR111 `conflict-marker`

use crate::lint::prose::lines;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// A record holds no marks that git leaves where a merge did not succeed.
    ///
    /// ## Why it matters
    ///
    /// Somebody committed both sides, and a reader cannot tell which of them was decided.
    ///
    /// ## Example
    ///
    /// ```text
    /// <<<<<<< HEAD
    /// Accepted
    /// =======
    /// Rejected
    /// >>>>>>> topic
    /// ```
    ///
    /// Marks within a code block, as here, are examples.
    pub(super) static RULE: Rule = {
        code: "ADR111",
        name: "conflict-marker",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let text = record.text();
    if !text.contains("<<<<<<< ") || !text.contains(">>>>>>> ") {
        return;
    }
    // Front matter is looked at too: it is where records are changed most.
    let begins = |span: &crate::text::Span| span.of(text).starts_with("<<<<<<< ");
    let Some(first) = lines(text, 0).find(begins) else { return };
    findings
        .report(first, format!("{} holds an unsolved merge conflict", record.label()))
        .help("keep what was decided, and remove the marks");
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn a_record_without_marks_passes() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n=======\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn marks_in_code_are_examples() {
        check(&RULE, "# A\n\n```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n", str![]);
    }

    #[test]
    fn marks_are_reported_where_they_begin() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\n<<<<<<< HEAD\nAccepted\n=======\nRejected\n>>>>>>> x\n",
            str![[r#"
0001-test.md:5:1: error[ADR111]: ADR-0001 holds an unsolved merge conflict
  help: keep what was decided, and remove the marks

"#]],
        );
        check(
            &RULE,
            "---\n<<<<<<< HEAD\nstatus: accepted\n=======\nstatus: rejected\n>>>>>>> x\n---\n\n# A\n",
            str![[r#"
0001-test.md:2:1: error[ADR111]: ADR-0001 holds an unsolved merge conflict
  help: keep what was decided, and remove the marks

"#]],
        );
    }
}
