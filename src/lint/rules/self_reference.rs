//! ADR406 `self-reference`

use crate::format::Fact;
use crate::lint::analysis::phrase;
use crate::lint::analysis::{lines, with_blank_line};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Record, Relation};
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// No record relates to itself.
    ///
    /// ## Why it matters
    ///
    /// Another record was meant, and nobody can tell which one.
    ///
    /// ## Example
    ///
    /// `0007-use-nats.md` with
    ///
    /// ```markdown
    /// ---
    /// supersedes: ADR-0007
    /// ---
    /// ```
    ///
    /// ## Fix
    ///
    /// A key of the front matter, or a line of the text, that names nothing but the record itself is
    /// removed (safe: it says nothing that is true).
    pub(super) static RULE: Rule = {
        code: "ADR406",
        name: "self-reference",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(id) = context.id(record) else { return };
    for (relation, target) in context.log.relations(id) {
        // A place within the record is a link like any other.
        let fragment =
            relation.reference.destination.as_ref().is_some_and(|to| to.starts_with('#'));
        // A name such as `01_requirements.md` is that of another file, whatever its number.
        let named = relation.reference.destination.as_ref().unwrap_or(&relation.reference.text);
        let name = named.split('#').next().unwrap_or_default().rsplit('/').next();
        let is_file = name.is_some_and(|name| name.to_lowercase().ends_with(".md"));
        let other = is_file && name != Some(record.file_name());
        if target == Some(id) && !fragment && !other {
            let verb = phrase(relation.kind);
            let finding =
                findings.report(relation.span, format!("{} {verb} itself", record.label()));
            finding.help("name the record that is meant");
            // Without its status the record would say less than before.
            let states = |span: Span| {
                let mut statuses = record.statuses.iter().filter_map(|stated| stated.span);
                statuses.any(|status| span.contains(status))
            };
            let keyed = only_here(record, relation.span);
            let line = || line_of_its_own(record, relation);
            if let Some((said, line)) = keyed
                .map(|(key, line)| (key.to_owned(), line))
                .or_else(line)
                .filter(|(_, line)| !states(*line))
            {
                let edits = vec![Edit::replace(line, "")];
                finding.fix(
                    Fix::safe(format!("remove `{said}`"), &record.source, edits).changing(&[
                        Fact::Relations,
                        Fact::Links,
                        Fact::Keys,
                    ]),
                );
            }
        }
    }
}

/// The key with one value within `span`, and its line.
fn only_here(record: &Record, span: Span) -> Option<(&str, Span)> {
    let front = record.document.front_matter.as_ref()?;
    let entry = front.entries.iter().find(|entry| span.contains(entry.value.span))?;
    entry.value.scalar().filter(|text| !text.contains([',', ';', '&']))?;
    let text = record.text();
    let behind = text.get(entry.value.span.end..)?;
    let end = behind.find('\n').map_or(text.len(), |at| entry.value.span.end + at + 1);
    // A comment behind the value is a person's.
    let rest =
        Span::new(entry.value.span.end, end).of(text).trim_matches(['"', '\'', ' ', '\r', '\n']);
    if !rest.is_empty() {
        return None;
    }
    Some((&entry.key.value, Span::new(entry.key.span.start, end)))
}

/// What the relation says, and its line, where that holds nothing else.
fn line_of_its_own(record: &Record, relation: &Relation) -> Option<(String, Span)> {
    let text = record.text();
    let all = relation.span.to(relation.reference.span);
    let body = record.document.body;
    let line = lines(text, body.start).find(|line| line.contains(all))?;
    let around = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '+' | '.' | ':');
    let outside = |span: Span| span.of(text).trim_matches(around).is_empty();
    let alone = outside(Span::new(line.start, all.start)) && outside(Span::new(all.end, line.end));
    let others = record.relations.iter().filter(|one| line.contains(one.reference.span)).count();
    (alone && others == 1).then(|| (all.of(text).to_owned(), with_blank_line(text, line)))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_line_that_says_nothing_else_is_removed() {
        for line in ["Supersedes [1. A](0001-test.md)", "* Supersedes [1. A](0001-test.md)"] {
            check_fix(
                &RULE,
                &format!("# 1. A\n\n## Status\n\nAccepted\n\n{line}\n\n## Context\n\nIt.\n"),
                str![[r#"
# 1. A

## Status

Accepted

## Context

It.

"#]],
            );
        }
        let kept = "# 1. A\n\n## Status\n\nAccepted, supersedes [1. A](0001-test.md)\n";
        check_fix(&RULE, kept, kept);
    }

    #[test]
    fn a_record_that_names_others_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n", str![]);
        check(&RULE, "---\nstatus: accepted\nsupersedes: ADR-0002\n---\n\n# A\n", str![]);
    }

    #[test]
    fn a_record_that_names_itself_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperseded by [1](0001-test.md)\n",
            str![[r#"
0001-test.md:5:1: error[ADR406]: ADR-0001 is superseded by itself
  help: name the record that is meant

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# A\n",
            str![[r#"
0001-test.md:3:1: error[ADR406]: ADR-0001 supersedes itself
  help: name the record that is meant
  fix: remove `supersedes` [safe]

"#]],
        );
    }

    #[test]
    fn a_key_that_names_nothing_else_is_removed() {
        check_fix(
            &RULE,
            "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# A\n",
            str![[r#"
---
status: accepted
---

# A

"#]],
        );
        let list = "---\nsupersedes: [ADR-0001, ADR-0002]\n---\n\n# A\n";
        check_fix(&RULE, list, list);
    }
}
