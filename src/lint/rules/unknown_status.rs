//! ADR205 `unknown-status`

use std::collections::BTreeMap;

use crate::format::Fact;
use crate::lint::{Check, Context, FindingSite, Findings, Fix, Level, rule};
use crate::model::{Lifecycle, Record, RecordId};
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// The status of a record is a word whose meaning is known: *draft*, *proposed*, *accepted*,
    /// *rejected*, *deprecated*, *superseded*, one of their common relatives, or a word that the
    /// team has explained in `adr.toml`.
    ///
    /// ## Why it matters
    ///
    /// People and pages ask the log what is in force. Of a record whose status nobody has
    /// explained, neither can tell.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Acepted
    /// ```
    ///
    /// A word that the team means to use is explained once:
    ///
    /// ```toml
    /// [status.words]
    /// simmering = "draft"
    /// ```
    ///
    /// A word that five records or more have in common is reported once, on the log.
    ///
    /// ## Fix
    ///
    /// The nearest word is offered, where one is at most two letters away (unsafe).
    pub(super) static RULE: Rule = {
        code: "ADR205",
        name: "unknown-status",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Log(check),
    };
}

/// So many records with one word have not slipped: it is the team's own.
const OWN_WORD: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut unknown: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
    for (id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        if let Some(status) = record.status().filter(|status| status.meaning.is_none()) {
            unknown.entry(&status.word).or_default().push(id);
        }
    }
    for (word, records) in unknown {
        if records.len() >= OWN_WORD && !context.levels.one_by_one(&RULE) {
            let count = records.len();
            findings
                .report_at(
                    FindingSite::Log,
                    format!(
                        "{count} records have the status `{word}`, and nothing says what it means"
                    ),
                )
                .help(format!(
                    "say so in adr.toml, for example: [status.words] {} = \"accepted\"",
                    key(word)
                ))
                .records = records;
            continue;
        }
        for id in records {
            report(id, context.log.record(id), word, findings);
        }
    }
}

fn report(id: RecordId, record: &Record, word: &str, findings: &mut Findings<'_>) {
    let span = record.statuses.first().and_then(|stated| stated.span);
    let written = span.and_then(|span| written(record.text(), span, word));
    let shown = written.map_or(word, |span| span.of(record.text()));
    let message = format!("{} has the unknown status `{shown}`", record.label());
    let finding = findings.report_at(FindingSite::Record(id, span.unwrap_or_default()), message);
    let Some(known) = nearest(word) else {
        finding.help("use a known word, or say what this one means in `[status.words]`");
        return;
    };
    finding.help(format!("did you mean `{known}`?"));
    if let Some(written) = written {
        let new = like(written.of(record.text()), known);
        let edits = vec![Edit::replace(written, &new)];
        finding.fix(
            Fix::guess(format!("write `{new}`"), &record.source, edits).changing(&[Fact::Status]),
        );
    }
}

/// Where the word itself stands within the statement.
fn written(text: &str, statement: Span, word: &str) -> Option<Span> {
    let covered = statement.of(text);
    let at = covered.to_lowercase().find(word)?;
    // Lower case may have another length; then the place is not known.
    let span = Span::new(at, at + word.len()).shift(statement.start);
    (span.of(text).to_lowercase() == word).then_some(span)
}

/// `known` with a capital where `written` has one.
fn like(written: &str, known: &str) -> String {
    let capital = written.starts_with(char::is_uppercase);
    let mut letters = known.chars();
    match letters.next().filter(|_| capital) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => known.to_owned(),
    }
}

/// The word of the lifecycle that is nearest, if it is at most two letters away and no other is
/// as near.
fn nearest(word: &str) -> Option<&'static str> {
    let words = Lifecycle::ALL.map(Lifecycle::as_str);
    let mut near: Vec<(usize, &str)> = words
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(known, word), known))
        .filter(|(distance, known)| *distance <= 2 && *distance * 3 <= known.len())
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(best, known), (second, _), ..] => (best < second).then_some(known),
        [(_, known)] => Some(known),
        [] => None,
    }
}

/// `word` as a key of TOML.
fn key(word: &str) -> String {
    let bare = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare && !word.is_empty() { word.to_owned() } else { format!("{word:?}") }
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
    fn a_record_without_status_is_not_ours() {
        check(&RULE, "# 1. Use Rust\n", str![]);
    }

    #[test]
    fn an_unknown_word_is_reported_where_it_stands() {
        check(
            &RULE,
            "# 1. Use Rust\n\n## Status\n\nSimmering\n",
            str![[r#"
0001-test.md:5:1: warning[ADR205]: ADR-0001 has the unknown status `Simmering`
  help: use a known word, or say what this one means in `[status.words]`

"#]],
        );
        check(
            &RULE,
            "---\nstatus: simmering\n---\n\n# Use Rust\n",
            str![[r#"
0001-test.md:2:9: warning[ADR205]: ADR-0001 has the unknown status `simmering`
  help: use a known word, or say what this one means in `[status.words]`

"#]],
        );
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_word() {
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
.: warning[ADR205]: 5 records have the status `shelfed`, and nothing says what it means
  help: say so in adr.toml, for example: [status.words] shelfed = "accepted"

"#]],
        );
    }
}
