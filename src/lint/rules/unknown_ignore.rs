//! ADR902 `unknown-ignore`

use crate::format::Fact;
use crate::lint::config::{Selector, unknown_rule};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::text::Edit;

rule! {
    /// Reports `adr-ignore` comments that name unknown rules.
    ///
    /// A comment such as `<!-- adr-ignore CODE: reason -->` names rules by code, family or name.
    ///
    /// ## Why is this bad?
    ///
    /// A misspelled code ignores nothing, and it is unclear what it was meant to ignore.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- adr-ignore ADR4O9: the file comes with the release -->
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// <!-- adr-ignore ADR409: the file comes with the release -->
    /// ```
    ///
    /// ## Fix
    ///
    /// The unknown word is replaced by the nearest code or name, if there is a near one (safe).
    pub(super) static RULE: Rule = {
        code: "ADR902",
        name: "unknown-ignore",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(record_id) = context.id(record) else { return };
    for ignore in context.ignore_comments.of(record_id) {
        if ignore.words.is_empty() {
            findings
                .report(ignore.span, "the comment does not name a rule to ignore")
                .help("write it as `<!-- adr-ignore CODE: reason -->`");
        }
        for (word, span) in &ignore.words {
            if Selector::read(word, context.levels.rules()).is_ok() {
                continue;
            }
            let finding = findings.report(*span, format!("unknown rule `{word}`"));
            if let crate::Error::UnknownRule { nearest: Some(nearest_rule), .. } =
                unknown_rule(context.levels.rules(), word)
            {
                let edits = vec![Edit::replace(*span, nearest_rule)];
                finding.help(format!("did you mean `{nearest_rule}`?")).fix(
                    Fix::safe(format!("write `{nearest_rule}`"), &record.source, edits)
                        .changing(&[Fact::Comments, Fact::Options]),
                );
            } else {
                finding.help("run `adr rule` to see all rules");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn codes_families_names_and_code_blocks_pass() {
        check(&RULE, "# 1. A\n\n<!-- adr-ignore ADR409, ADR3 missing-date: x -->\n\nb\n", str![]);
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n```\n<!-- adr-ignore what: x -->\n```\n",
            str![],
        );
    }

    #[test]
    fn an_unknown_rule_is_corrected() {
        let text = "# 1. A\n\n<!-- adr-ignore misssing-date: x -->\n\nText.\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:3:17: warning[ADR902]: unknown rule `misssing-date`
  help: did you mean `missing-date`?
  fix: write `missing-date` [safe]

"#]],
        );
        check_fix(
            &RULE,
            text,
            str![[r#"
# 1. A

<!-- adr-ignore missing-date: x -->

Text.

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n<!-- adr-ignore -->\n\n# A\n",
            str![[r#"
0001-test.md:5:1: warning[ADR902]: the comment does not name a rule to ignore
  help: write it as `<!-- adr-ignore CODE: reason -->`

"#]],
        );
    }
}
