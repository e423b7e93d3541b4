//! ADR902 `unknown-ignore`

use crate::format::Fact;
use crate::lint::config::{Selector, unknown_rule};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::text::Edit;

rule! {
    /// ## What it checks
    ///
    /// Every comment `<!-- adr-ignore CODE: reason -->` names rules that there are, by code, family
    /// or name.
    ///
    /// ## Why it matters
    ///
    /// A misspelt code ignores nothing, or hides that nobody knows what was to be ignored.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- adr-ignore ADR4O9: the file comes with the release -->
    /// ```
    ///
    /// ## Fix
    ///
    /// The nearest code or name takes its place, where one is near (safe).
    pub(super) static RULE: Rule = {
        code: "ADR902",
        name: "unknown-ignore",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(id) = context.id(record) else { return };
    for ignore in context.ignore_comments.of(id) {
        if ignore.words.is_empty() {
            findings
                .report(ignore.span, "the comment does not say which rule to ignore")
                .help("write it as `<!-- adr-ignore CODE: reason -->`");
        }
        for (word, span) in &ignore.words {
            if Selector::read(word, context.levels.rules()).is_ok() {
                continue;
            }
            let finding = findings.report(*span, format!("no rule is called `{word}`"));
            if let crate::Error::UnknownRule { nearest: Some(nearest), .. } =
                unknown_rule(context.levels.rules(), word)
            {
                let edits = vec![Edit::replace(*span, nearest)];
                finding.help(format!("did you mean `{nearest}`?")).fix(
                    Fix::safe(format!("write `{nearest}`"), &record.source, edits)
                        .changing(&[Fact::Comments, Fact::Options]),
                );
            } else {
                finding.help("run `adr rule` for the list");
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
    fn codes_families_and_names_pass_and_so_does_code() {
        check(&RULE, "# 1. A\n\n<!-- adr-ignore ADR409, ADR3 missing-date: x -->\n\nb\n", str![]);
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\n```\n<!-- adr-ignore what: x -->\n```\n",
            str![],
        );
    }

    #[test]
    fn a_word_that_names_no_rule_is_corrected() {
        let text = "# 1. A\n\n<!-- adr-ignore misssing-date: x -->\n\nText.\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:3:17: warning[ADR902]: no rule is called `misssing-date`
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
0001-test.md:5:1: warning[ADR902]: the comment does not say which rule to ignore
  help: write it as `<!-- adr-ignore CODE: reason -->`

"#]],
        );
    }
}
