//! ADR212 `status-spelling`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, SummaryFinding, rule};
use crate::model::{Layout, Record};
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// *Superseded* and its relatives are spelt as the dictionary has them.
    ///
    /// ## Why it matters
    ///
    /// `adr` reads the misspellings; other tools, and a search for the right word, do not.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Status
    ///
    /// Superceded by [8. Use NATS](0008-use-nats.md)
    /// ```
    ///
    /// ## Fix
    ///
    /// The word is spelt right; its case stays (safe).
    pub(super) static RULE: Rule = {
        code: "ADR212",
        name: "status-spelling",
        level: Level::Info,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "spell a status or a relation in an unusual way"),
    };
}

/// Stems that are misspelt, each with what is right. `supercede` is what the template code of
/// adr-tools' development version writes; the others are slips that real logs show.
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
    let statuses = record.statuses.iter().filter_map(|stated| stated.span);
    // Destinations of links are names of files, right or wrong.
    // A sentence in running text is its author's.
    let stated = record.relations.iter().filter(|relation| relation.layout != Layout::Prose);
    let claims = stated.map(|relation| {
        Span::new(relation.span.start, relation.reference.span.start.max(relation.span.start))
    });
    let mut slips: Vec<(Span, &str)> =
        statuses.chain(claims).flat_map(|place| misspelt(text, place)).collect();
    slips.sort_unstable();
    slips.dedup();
    let Some((first, _)) = slips.first().copied() else { return };
    let word = word_at(text, first);
    let edits = slips.iter().map(|(span, right)| Edit::replace(*span, like(span.of(text), right)));
    findings.report(word, format!("{} spells `{}`", record.label(), word.of(text))).fix(
        Fix::safe("spell it `supersed…`", &record.source, edits.collect()).changing(&[
            Fact::Status,
            Fact::Relations,
            Fact::Keys,
        ]),
    );
}

/// The misspelt stems within `place`, with what is right.
fn misspelt(text: &str, place: Span) -> Vec<(Span, &'static str)> {
    let lower = place.of(text).to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, _) in lower.match_indices("sup") {
        // Within the name of a file it is no word, but an address.
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| matches!(c, '-' | '_' | '/') || c.is_alphanumeric()) {
            continue;
        }
        let rest = lower.get(at..).unwrap_or_default();
        if let Some((wrong, right)) = STEMS.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
            found.push((Span::new(at, at + wrong.len()).shift(place.start), *right));
        }
    }
    found
}

/// The whole word that begins with `stem`.
fn word_at(text: &str, stem: Span) -> Span {
    let rest = text.get(stem.end..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    Span::new(stem.start, stem.end + end)
}

/// `right` with the capitals of `written`.
fn like(written: &str, right: &str) -> String {
    if written.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return right.to_uppercase();
    }
    match written.chars().next() {
        Some(first) if first.is_uppercase() => {
            format!("{first}{}", right.get(1..).unwrap_or_default())
        }
        _ => right.to_owned(),
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
    fn a_misspelling_is_mended_and_its_case_stays() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nSuperceded by [2](0002-b.md)\n",
            str![[r#"
0001-test.md:5:1: info[ADR212]: ADR-0001 spells `Superceded`
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
