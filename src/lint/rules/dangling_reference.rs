//! ADR401 `dangling-reference`

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::analysis::phrase;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, Relation, Target};

rule! {
    /// Reports relations to records that do not exist.
    ///
    /// Checks every relation (`Supersedes`, `Superseded by`, `Amends`, …). Relations may name other
    /// documents too, so only references that look like the number, the id or the file of a record in this
    /// log are checked.
    ///
    /// ## Why is this bad?
    ///
    /// The chain of decisions is broken. Readers who want to know what replaced a decision find nothing.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [ADR-0099](0099-never-written.md)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [ADR-0009](0009-use-nats.md)
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR401",
        name: "dangling-reference",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let known_prefixes = prefixes(context);
    let deleted_files = deleted_files(context);
    for (record_id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        for (relation, target) in context.log.relations(record_id) {
            if target.is_some() || !means_record(context, record, relation, &known_prefixes) {
                continue;
            }
            let reference = &relation.reference;
            let message = format!(
                "{} {} `{}`, which is not a record in this log",
                record.label(),
                phrase(relation.kind),
                one_line(&reference.text)
            );
            let site = crate::lint::FindingSite::Record(record_id, reference.span);
            let finding = findings.report_at(site, message);
            let destination = reference.destination.as_deref().unwrap_or(&reference.text);
            let deleted_file = split_number(&reference.text)
                .and_then(|record_id| deleted_files.get(&record_id).cloned());
            finding.cause(deleted_file.or_else(|| context.linked_file(record, destination)));
            match nearest_record(context, reference) {
                Some(nearest_record) => finding.help(format!("did you mean {nearest_record}?")),
                None => finding.help("name an existing record, or add the missing one"),
            };
        }
    }
}

/// Returns whether the reference can only mean a record in this log.
fn means_record(
    context: &Context<'_>,
    record: &Record,
    relation: &Relation,
    known_prefixes: &BTreeSet<String>,
) -> bool {
    let reference = &relation.reference;
    let leads_nowhere = |path: &str| matches!(context.target(record, path), Target::Missing);
    if let Some(destination) = &reference.destination {
        return leads_nowhere(destination);
    }
    let text = reference.text.trim();
    let is_file = text.to_ascii_lowercase().ends_with(".md") && !text.contains(char::is_whitespace);
    if is_file {
        // `STD-001-names.md` is a different kind of document.
        let digits_end = text.find(|c: char| c.is_ascii_digit()).map(|digits_start| {
            let digits = text.get(digits_start..).unwrap_or_default();
            digits_start + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())
        });
        let prefix = digits_end.and_then(|digits_end| split_id(text.get(..digits_end)?));
        return prefix.is_none_or(|prefix| known_prefixes.contains(&prefix)) && leads_nowhere(text);
    }
    // ADR102 reports two records with the same number.
    let is_unknown = || !context.log.has_name(text);
    split_id(text).is_some_and(|prefix| known_prefixes.contains(&prefix)) && is_unknown()
}

/// Returns the prefixes of the ids in this log, in lower case. They include `adr` and the empty prefix
/// of a bare number if any record has a number.
fn prefixes(context: &Context<'_>) -> BTreeSet<String> {
    let mut prefixes = BTreeSet::new();
    for record in context.log.records() {
        if record.number.is_some() {
            prefixes.extend([String::new(), "adr".to_owned()]);
        }
        if let Some(prefix) = record.id.as_ref().and_then(|id| split_id(&id.value)) {
            prefixes.insert(prefix);
        }
    }
    prefixes
}

/// Returns the prefix if all of `text` is an id: `arch` for `ARCH-0012`, an empty string for `12`.
fn split_id(text: &str) -> Option<String> {
    let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digit_count = text.len() - prefix.len();
    if !(1..=6).contains(&digit_count) || prefix.ends_with('#') {
        return None;
    }
    let prefix = prefix.trim_end_matches(['-', '_', ' ']);
    let is_plain =
        prefix.len() <= 16 && prefix.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    is_plain.then(|| prefix.to_lowercase())
}

/// Returns the files on the base that were deleted, by the prefixes and numbers of their records.
fn deleted_files(context: &Context<'_>) -> BTreeMap<(String, u32), String> {
    let deleted_records = context.pairs().filter(|pair| pair.new.is_none()).map(|pair| pair.old);
    deleted_records
        .filter_map(|old| Some((split_number(&old.label())?, old.file.clone())))
        .collect()
}

/// Returns the prefix and the number of an id. The prefix of a bare number is `adr`.
fn split_number(id: &str) -> Option<(String, u32)> {
    let id = id.trim();
    let prefix =
        split_id(id).map(|prefix| if prefix.is_empty() { "adr".to_owned() } else { prefix })?;
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    Some((prefix, digits.parse().ok()?))
}

/// Returns the record with the most similar name, unless several are equally similar.
fn nearest_record(context: &Context<'_>, reference: &crate::model::Reference) -> Option<String> {
    let destination = reference.destination.as_deref().unwrap_or(&reference.text);
    let file_name = destination.split('#').next()?.rsplit('/').next()?;
    let stem = file_name.trim_end_matches(".md");
    let slug: String = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').into();
    if slug.len() < 4 {
        return None;
    }
    context.most_similar_record(&slug).map(|id| label(context, id))
}

fn label(context: &Context<'_>, id: crate::model::RecordId) -> String {
    let record = context.log.record(id);
    format!("{} (`{}`)", record.label(), record.file)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log};

    #[test]
    fn references_to_records_of_the_log_pass() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [ADR-0002](0002-b.md)\n"),
                ("0002-b.md", "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n\n# B\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_link_to_a_missing_record_is_reported() {
        check_log(
            &RULE,
            &[
                (
                    "0001-use-kafka.md",
                    "# 1. Use Kafka\n\n## Status\n\nSuperseded by [ADR-9](0009-use-natz.md)\n",
                ),
                ("0002-use-nats.md", "# 2. Use NATS\n\n## Status\n\nAccepted\n"),
            ],
            str![[r#"
0001-use-kafka.md:5:15: error[ADR401]: ADR-0001 is superseded by `[ADR-9](0009-use-natz.md)`, which is not a record in this log
  help: did you mean ADR-0002 (`0002-use-nats.md`)?

"#]],
        );
    }

    #[test]
    fn the_number_of_a_missing_record_is_reported() {
        check(
            &RULE,
            "---\nstatus: superseded by ADR-0099\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:23: error[ADR401]: ADR-0001 is superseded by `ADR-0099`, which is not a record in this log
  help: name an existing record, or add the missing one

"#]],
        );
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nAccepted\n\nSupersedes ADR-0099\n",
            str![[r#"
0001-test.md:7:12: error[ADR401]: ADR-0001 supersedes `ADR-0099`, which is not a record in this log
  help: name an existing record, or add the missing one

"#]],
        );
    }

    #[test]
    fn references_to_other_documents_pass() {
        check(&RULE, "---\nstatus: accepted\nsupersedes: RFC-12\n---\n\n# Use Rust\n", str![]);
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nSuperseded by [the plan](https://example.org/plan.md)\n",
            str![],
        );
    }

    #[test]
    fn a_duplicate_number_is_left_to_another_rule() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by 2\n"),
                ("0002-b.md", "# 2. B\n"),
                ("0002-c.md", "# 2. C\n"),
            ],
            str![],
        );
    }
}
