//! ADR401 `dangling-reference`

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::analysis::phrase;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, Relation, Target};

rule! {
    /// ## What it checks
    ///
    /// A record that a relation names (`Supersedes`, `Superseded by`, `Amends`, …) exists.
    ///
    /// ## Why it matters
    ///
    /// The chain of decisions breaks: whoever asks what took the place of this one finds nothing.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [ADR-0099](0099-never-written.md)
    /// ```
    ///
    /// Only what looks like the number, the id or the file of a record of this log is judged:
    /// other documents may be named in a relation, too.
    pub(super) static RULE: Rule = {
        code: "ADR401",
        name: "dangling-reference",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let prefixes = prefixes(context);
    let gone = gone(context);
    for (id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        for (relation, target) in context.log.relations(id) {
            if target.is_some() || !means_a_record(context, record, relation, &prefixes) {
                continue;
            }
            let reference = &relation.reference;
            let message = format!(
                "{} {} `{}`, which is no record of this log",
                record.label(),
                phrase(relation.kind),
                one_line(&reference.text)
            );
            let site = crate::lint::FindingSite::Record(id, reference.span);
            let finding = findings.report_at(site, message);
            let linked = reference.destination.as_deref().unwrap_or(&reference.text);
            let named = split_number(&reference.text).and_then(|id| gone.get(&id).cloned());
            finding.cause(named.or_else(|| context.linked_file(record, linked)));
            match near(context, reference) {
                Some(near) => finding.help(format!("did you mean {near}?")),
                None => finding.help("name an existing record, or add the one that is missing"),
            };
        }
    }
}

/// Whether the words of the relation can only mean a record of this log.
fn means_a_record(
    context: &Context<'_>,
    record: &Record,
    relation: &Relation,
    prefixes: &BTreeSet<String>,
) -> bool {
    let reference = &relation.reference;
    let leads_nowhere = |path: &str| matches!(context.target(record, path), Target::Missing);
    if let Some(destination) = &reference.destination {
        return leads_nowhere(destination);
    }
    let text = reference.text.trim();
    let is_file = text.to_ascii_lowercase().ends_with(".md") && !text.contains(char::is_whitespace);
    if is_file {
        // `STD-001-names.md` is a document of another kind.
        let end = text.find(|c: char| c.is_ascii_digit()).map(|start| {
            let digits = text.get(start..).unwrap_or_default();
            start + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())
        });
        let prefix = end.and_then(|end| split_id(text.get(..end)?));
        return prefix.is_none_or(|prefix| prefixes.contains(&prefix)) && leads_nowhere(text);
    }
    // Of two records with one number, ADR102 speaks.
    let unknown = || !context.log.knows(text);
    split_id(text).is_some_and(|prefix| prefixes.contains(&prefix)) && unknown()
}

/// The prefixes that ids of this log have, in lower case; a bare number and `ADR` are always among
/// them where the log counts at all.
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

/// The prefix of an id that is all of `text`: `arch` of `ARCH-0012`, nothing of `12`.
fn split_id(text: &str) -> Option<String> {
    let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - prefix.len();
    if !(1..=6).contains(&digits) || prefix.ends_with('#') {
        return None;
    }
    let prefix = prefix.trim_end_matches(['-', '_', ' ']);
    let plain = prefix.len() <= 16 && prefix.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    plain.then(|| prefix.to_lowercase())
}

/// The files of the base that are gone, by the prefixes and numbers of their records.
fn gone(context: &Context<'_>) -> BTreeMap<(String, u32), String> {
    let gone = context.pairs().filter(|pair| pair.new.is_none()).map(|pair| pair.old);
    gone.filter_map(|old| Some((split_number(&old.label())?, old.file.clone()))).collect()
}

/// The prefix of an id and its number; that of a bare number is `adr`.
fn split_number(text: &str) -> Option<(String, u32)> {
    let text = text.trim();
    let prefix =
        split_id(text).map(|prefix| if prefix.is_empty() { "adr".to_owned() } else { prefix })?;
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    Some((prefix, digits.parse().ok()?))
}

/// The record that is nearest to what was written, where one stands out.
fn near(context: &Context<'_>, reference: &crate::model::Reference) -> Option<String> {
    let given = reference.destination.as_deref().unwrap_or(&reference.text);
    let name = given.split('#').next()?.rsplit('/').next()?;
    let stem = name.trim_end_matches(".md");
    let words: String = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').into();
    if words.len() < 4 {
        return None;
    }
    context.most_similar_record(&words).map(|id| label(context, id))
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
    fn a_link_to_a_record_that_is_not_there_is_reported() {
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
0001-use-kafka.md:5:15: error[ADR401]: ADR-0001 is superseded by `[ADR-9](0009-use-natz.md)`, which is no record of this log
  help: did you mean ADR-0002 (`0002-use-nats.md`)?

"#]],
        );
    }

    #[test]
    fn so_is_the_number_of_one() {
        check(
            &RULE,
            "---\nstatus: superseded by ADR-0099\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:23: error[ADR401]: ADR-0001 is superseded by `ADR-0099`, which is no record of this log
  help: name an existing record, or add the one that is missing

"#]],
        );
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nAccepted\n\nSupersedes ADR-0099\n",
            str![[r#"
0001-test.md:7:12: error[ADR401]: ADR-0001 supersedes `ADR-0099`, which is no record of this log
  help: name an existing record, or add the one that is missing

"#]],
        );
    }

    #[test]
    fn other_documents_may_be_named() {
        check(&RULE, "---\nstatus: accepted\nsupersedes: RFC-12\n---\n\n# Use Rust\n", str![]);
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nSuperseded by [the plan](https://example.org/plan.md)\n",
            str![],
        );
    }

    #[test]
    fn a_number_that_two_records_have_is_another_matter() {
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
