//! ADR406 `self-reference`

use crate::format::Fact;
use crate::lint::analysis::phrase;
use crate::lint::analysis::{lines, with_blank_line};
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Record, Relation};
use crate::text::{Edit, Span};

rule! {
    /// Reports records that relate to themselves.
    ///
    /// ## Why is this bad?
    ///
    /// The author meant another record, and it is unclear which one.
    ///
    /// ## Example
    ///
    /// In `0007-use-nats.md`:
    ///
    /// ```markdown
    /// ---
    /// supersedes: ADR-0007
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// supersedes: ADR-0003
    /// ---
    /// ```
    ///
    /// ## Fix
    ///
    /// A key of the front matter or a line of the text that names only the record itself is removed (safe,
    /// because no valid statement is lost).
    pub(super) static RULE: Rule = {
        code: "ADR406",
        name: "self-reference",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(record_id) = context.id(record) else { return };
    for (relation, target) in context.log.relations(record_id) {
        if target != Some(record_id) || means_something_else(record, relation) {
            continue;
        }
        let message = format!("{} {} itself", record.label(), phrase(relation.kind));
        let finding = findings.report(relation.span, message);
        finding.help("name the intended record");
        if let Some((removed_text, removed_span)) = removal(record, relation) {
            let edits = vec![Edit::replace(removed_span, "")];
            finding.fix(
                Fix::safe(format!("remove `{removed_text}`"), &record.source, edits).changing(&[
                    Fact::Relations,
                    Fact::Links,
                    Fact::Keys,
                ]),
            );
        }
    }
}

/// Returns whether the reference is a link to a section, or the name of another file with the same
/// number, such as `01_requirements.md`.
fn means_something_else(record: &Record, relation: &Relation) -> bool {
    let reference = &relation.reference;
    let destination = reference.destination.as_ref().unwrap_or(&reference.text);
    let is_section_link = reference.destination.as_ref().is_some_and(|to| to.starts_with('#'));
    let file_name = destination.split('#').next().unwrap_or_default().rsplit('/').next();
    let is_file = file_name.is_some_and(|name| name.to_lowercase().ends_with(".md"));
    is_section_link || is_file && file_name != Some(record.file_name())
}

/// Returns the text and the span to remove, unless that would remove the status of the record too.
fn removal(record: &Record, relation: &Relation) -> Option<(String, Span)> {
    let whole_entry = entry_with_one_value(record, relation.span);
    let (text, span) = whole_entry
        .map(|(key, line)| (key.to_owned(), line))
        .or_else(|| line_with_only(record, relation))?;
    let mut status_spans = record.statuses.iter().filter_map(|stated| stated.span);
    (!status_spans.any(|status| span.contains(status))).then_some((text, span))
}

/// Returns the key and the line of the front matter entry in `span`, if it has a single value.
fn entry_with_one_value(record: &Record, span: Span) -> Option<(&str, Span)> {
    let front_matter = record.document.front_matter.as_ref()?;
    let entry = front_matter.entries.iter().find(|entry| span.contains(entry.value.span))?;
    entry.value.scalar().filter(|text| !text.contains([',', ';', '&']))?;
    let text = record.text();
    let text_after = text.get(entry.value.span.end..)?;
    let line_end =
        text_after.find('\n').map_or(text.len(), |index| entry.value.span.end + index + 1);
    // A comment after the value must be kept.
    let rest_of_line = Span::new(entry.value.span.end, line_end)
        .of(text)
        .trim_matches(['"', '\'', ' ', '\r', '\n']);
    if !rest_of_line.is_empty() {
        return None;
    }
    Some((&entry.key.value, Span::new(entry.key.span.start, line_end)))
}

/// Returns the text of the relation and its line, if the line contains nothing else.
fn line_with_only(record: &Record, relation: &Relation) -> Option<(String, Span)> {
    let text = record.text();
    let relation_span = relation.span.to(relation.reference.span);
    let body = record.document.body;
    let line = lines(text, body.start).find(|line| line.contains(relation_span))?;
    let is_filler = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '+' | '.' | ':');
    let is_empty_around = |span: Span| span.of(text).trim_matches(is_filler).is_empty();
    let is_alone = is_empty_around(Span::new(line.start, relation_span.start))
        && is_empty_around(Span::new(relation_span.end, line.end));
    let relation_count =
        record.relations.iter().filter(|other| line.contains(other.reference.span)).count();
    (is_alone && relation_count == 1)
        .then(|| (relation_span.of(text).to_owned(), with_blank_line(text, line)))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_line_with_nothing_else_is_removed() {
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
  help: name the intended record

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# A\n",
            str![[r#"
0001-test.md:3:1: error[ADR406]: ADR-0001 supersedes itself
  help: name the intended record
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
