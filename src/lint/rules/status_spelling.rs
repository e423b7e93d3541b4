//! ADR212 `status-spelling`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::{Layout, Record};
use crate::text::{Edit, Span};

rule! {
    /// Reports misspellings of "superseded" and related words.
    ///
    /// ## Why is this bad?
    ///
    /// `adr` understands the misspellings, but other tools and text searches do not.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superceded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superseded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// ## Fix
    ///
    /// The spelling is corrected, and the case is kept (safe).
    pub(super) static RULE: Rule = {
        code: "ADR212",
        name: "status-spelling",
        level: Level::Info,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "spell a status or a relation in an unusual way"),
    };
}

/// Misspelled stems with the correct ones. `supercede` is written by the template code of the development
/// version of adr-tools. The others occur in real logs.
const STEMS: [(&str, &str); 6] = [
    ("superceed", "supersed"),
    ("superseed", "supersed"),
    ("supersced", "supersed"),
    ("supperseed", "supersed"),
    ("supperced", "supersed"),
    ("superced", "supersed"),
];

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let text = record.text();
    let status_spans = record.statuses.iter().filter_map(|stated| stated.span);
    // Sentences in running text are not changed, and neither are link destinations, which are file names.
    let field_relations =
        record.relations.iter().filter(|relation| relation.layout != Layout::Prose);
    let relation_words = field_relations.map(|relation| {
        Span::new(relation.span.start, relation.reference.span.start.max(relation.span.start))
    });
    let mut misspellings: Vec<(Span, &str)> = status_spans
        .chain(relation_words)
        .flat_map(|place| misspelled_stems(text, place))
        .collect();
    misspellings.sort_unstable();
    misspellings.dedup();
    let Some((first_stem, _)) = misspellings.first().copied() else { return };
    let whole_word = word_at(text, first_stem);
    let edits = misspellings.iter().map(|(span, correct_stem)| {
        Edit::replace(*span, with_capitals_of(span.of(text), correct_stem))
    });
    findings
        .report(
            whole_word,
            format!("`{}` in {} is misspelled", whole_word.of(text), record.label()),
        )
        .fix(Fix::safe("spell it `supersed…`", &record.source, edits.collect()).changing(&[
            Fact::Status,
            Fact::Relations,
            Fact::Keys,
        ]));
}

/// Returns the spans of the misspelled stems in `place`, with the correct stems.
fn misspelled_stems(text: &str, place: Span) -> Vec<(Span, &'static str)> {
    let lower_text = place.of(text).to_ascii_lowercase();
    let mut misspellings = Vec::new();
    for (offset, _) in lower_text.match_indices("sup") {
        // Within a file name it is not a word.
        let previous_char = lower_text.get(..offset).and_then(|text| text.chars().next_back());
        if previous_char.is_some_and(|c| matches!(c, '-' | '_' | '/') || c.is_alphanumeric()) {
            continue;
        }
        let text_from_offset = lower_text.get(offset..).unwrap_or_default();
        if let Some((wrong_stem, correct_stem)) =
            STEMS.iter().find(|(wrong_stem, _)| text_from_offset.starts_with(wrong_stem))
        {
            misspellings.push((
                Span::new(offset, offset + wrong_stem.len()).shift(place.start),
                *correct_stem,
            ));
        }
    }
    misspellings
}

/// Returns the span of the whole word that starts with `stem`.
fn word_at(text: &str, stem: Span) -> Span {
    let text_after_stem = text.get(stem.end..).unwrap_or_default();
    let rest_length =
        text_after_stem.find(|c: char| !c.is_alphabetic()).unwrap_or(text_after_stem.len());
    Span::new(stem.start, stem.end + rest_length)
}

/// Returns the correct stem with the capitalization of `written`.
fn with_capitals_of(written: &str, correct_stem: &str) -> String {
    if written.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return correct_stem.to_uppercase();
    }
    match written.chars().next() {
        Some(first) if first.is_uppercase() => {
            format!("{first}{}", correct_stem.get(1..).unwrap_or_default())
        }
        _ => correct_stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn the_right_spelling_passes() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-superceded.md)\n", str![""]);
        check(&RULE, "---\nstatus: superseded by ADR-0002\n---\n\n# A\n", str![]);
    }

    #[test]
    fn a_misspelling_is_fixed_and_its_case_is_kept() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperceded by [2](0002-b.md)\n",
            str![[r#"
0001-test.md:5:1: info[ADR212]: `Superceded` in ADR-0001 is misspelled
  fix: spell it `supersed…` [safe]

"#]],
        );
        check_fix(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperceded by [2](0002-b.md)\n",
            str![[r#"
# 1. A

## Status

Superseded by [2](0002-b.md)

"#]],
        );
        check_fix(
            &RULE,
            "---\nstatus: SUPERCEEDED by ADR-0002\n---\n\n# A\n",
            str![[r#"
---
status: SUPERSEDED by ADR-0002
---

# A

"#]],
        );
    }
}
