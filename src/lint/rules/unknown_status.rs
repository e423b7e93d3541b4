//! ADR205 `unknown-status`

use std::collections::BTreeMap;

use crate::format::Fact;
use crate::lint::{Check, Context, FindingSite, Findings, Fix, Level, rule};
use crate::model::{Lifecycle, Record, RecordId};
use crate::text::{Edit, Span};

rule! {
    /// Reports statuses with an unknown meaning.
    ///
    /// Known are *draft*, *proposed*, *accepted*, *rejected*, *deprecated* and *superseded*, their common
    /// synonyms, and the words that the team defines in `adr.toml`. A word that five or more records share
    /// is reported once for the log.
    ///
    /// ## Why is this bad?
    ///
    /// It is unclear whether such a decision is in force, both for readers and for the pages of a site.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Acepted
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Accepted
    /// ```
    ///
    /// ## Fix
    ///
    /// The word is replaced by the nearest known word, if there is one at most two letters away (unsafe).
    ///
    /// ## Options
    ///
    /// `words` in the table `[status]` of `adr.toml` defines your own words:
    ///
    /// ```toml
    /// [status.words]
    /// simmering = "draft"
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR205",
        name: "unknown-status",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// From this many records with the same word, it is a word of the team and not a misspelling.
const TEAM_WORD: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut records_by_word: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
    for (record_id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        if let Some(status) = record.status().filter(|status| status.meaning.is_none()) {
            records_by_word.entry(&status.word).or_default().push(record_id);
        }
    }
    for (word, records) in records_by_word {
        if records.len() >= TEAM_WORD && !context.levels.one_by_one(&RULE) {
            let record_count = records.len();
            findings
                .report_at(
                    FindingSite::Log,
                    format!("{record_count} records have the unknown status `{word}`"),
                )
                .help(format!(
                    "define it in `adr.toml`, for example: [status.words] {} = \"accepted\"",
                    toml_key(word)
                ))
                .records = records;
            continue;
        }
        for record_id in records {
            report(record_id, context.log.record(record_id), word, findings);
        }
    }
}

fn report(record_id: RecordId, record: &Record, word: &str, findings: &mut Findings<'_>) {
    let status_span = record.statuses.first().and_then(|stated| stated.span);
    let word_span = status_span.and_then(|status_span| find_word(record.text(), status_span, word));
    let shown_word = word_span.map_or(word, |span| span.of(record.text()));
    let message = format!("{} has the unknown status `{shown_word}`", record.label());
    let finding = findings
        .report_at(FindingSite::Record(record_id, status_span.unwrap_or_default()), message);
    let Some(known_word) = nearest_word(word) else {
        finding.help("use a known word, or define this one in `[status.words]`");
        return;
    };
    finding.help(format!("did you mean `{known_word}`?"));
    if let Some(word_span) = word_span {
        let new_word = with_capitals_of(word_span.of(record.text()), known_word);
        let edits = vec![Edit::replace(word_span, &new_word)];
        finding.fix(
            Fix::guess(format!("write `{new_word}`"), &record.source, edits)
                .changing(&[Fact::Status]),
        );
    }
}

/// Returns the span of the word within the statement.
fn find_word(text: &str, statement: Span, word: &str) -> Option<Span> {
    let statement_text = statement.of(text);
    let offset = statement_text.to_lowercase().find(word)?;
    // Lower case may have a different length, and then the offset is wrong.
    let word_span = Span::new(offset, offset + word.len()).shift(statement.start);
    (word_span.of(text).to_lowercase() == word).then_some(word_span)
}

/// Returns `known` with the capitalization of `written`.
fn with_capitals_of(written: &str, known: &str) -> String {
    let is_capitalized = written.starts_with(char::is_uppercase);
    let mut letters = known.chars();
    match letters.next().filter(|_| is_capitalized) {
        Some(first_letter) => first_letter.to_uppercase().chain(letters).collect(),
        None => known.to_owned(),
    }
}

/// Returns the nearest word of the lifecycle, if it is at most two letters away and no other word is as
/// near.
fn nearest_word(word: &str) -> Option<&'static str> {
    let known_words = Lifecycle::ALL.map(Lifecycle::as_str);
    let mut candidates: Vec<(usize, &str)> = known_words
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(known, word), known))
        .filter(|(distance, known)| *distance <= 2 && *distance * 3 <= known.len())
        .collect();
    candidates.sort_unstable();
    match candidates.as_slice() {
        [(best, known), (second, _), ..] => (best < second).then_some(known),
        [(_, known)] => Some(known),
        [] => None,
    }
}

/// Returns `word` as a TOML key.
fn toml_key(word: &str) -> String {
    let is_bare =
        word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare && !word.is_empty() { word.to_owned() } else { format!("{word:?}") }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn known_words_pass_in_any_case() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nACCEPTED\n", str![]);
        check(&RULE, "---\nstatus: Proposed\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn a_record_without_a_status_is_left_to_another_rule() {
        check(&RULE, "# 1. Use Rust\n", str![]);
    }

    #[test]
    fn an_unknown_word_is_reported() {
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nSimmering\n",
            str![[r#"
0001-test.md:5:1: warning[ADR205]: ADR-0001 has the unknown status `Simmering`
  help: use a known word, or define this one in `[status.words]`

"#]],
        );
        check(
            &RULE,
            "---\nstatus: simmering\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:9: warning[ADR205]: ADR-0001 has the unknown status `simmering`
  help: use a known word, or define this one in `[status.words]`

"#]],
        );
    }

    #[test]
    fn the_nearest_word_is_suggested() {
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nAcepted\n",
            str![[r#"
0001-test.md:5:1: warning[ADR205]: ADR-0001 has the unknown status `Acepted`
  help: did you mean `accepted`?
  fix: write `Accepted` [unsafe]

"#]],
        );
        check_fix(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nAcepted\n",
            str![[r#"
# 1. Use Rust

## Status

Accepted

"#]],
        );
        check_fix(
            &RULE,
            "---\nstatus: \"propsed\" # soon\n---\n\n# Use Rust\n",
            str![[r#"
---
status: "proposed" # soon
---

# Use Rust

"#]],
        );
    }

    #[test]
    fn a_word_that_many_records_share_is_reported_once() {
        let done = "---\nstatus: shelfed\n---\n\n# A\n";
        check_log(
            &RULE,
            &[
                ("0001-a.md", done),
                ("0002-b.md", done),
                ("0003-c.md", done),
                ("0004-d.md", done),
                ("0005-e.md", done),
            ],
            str![[r#"
.: warning[ADR205]: 5 records have the unknown status `shelfed`
  help: define it in `adr.toml`, for example: [status.words] shelfed = "accepted"

"#]],
        );
    }
}
