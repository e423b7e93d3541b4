//! Recognises the record in a file and reads its fields.

use crate::format::kind::skip_reason;
use crate::format::places::{RecordFields, RecordFile, RecordReader};
use crate::format::references::read_file_name;
use crate::format::words::Words;
use crate::model::{Record, Skipped};
use crate::syntax::parse;
use crate::text::Source;

/// What a file is.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are records, and there are many")]
pub enum Recognised {
    /// A record, with or without faults.
    Record(Record),
    /// Another document.
    Skipped(Skipped),
}

/// Reads the fields of the record in `source`, which is the file `file` of its log. Cannot fail.
pub fn recognise(source: Source, file: &str, words: &Words) -> Recognised {
    let document = parse(source.text());
    let name = read_file_name(file);
    let record_file = RecordFile { path: file, name: &name };
    let reader = RecordReader::new(source.text(), &document, record_file, words);
    let roles = reader.roles();
    let fields = read_fields(reader);
    let record = Record { roles, ..fields.into_record(source, document, file) };
    match skip_reason(&record, &name) {
        Some(reason) => Recognised::Skipped(Skipped { file: file.to_owned(), reason }),
        None => Recognised::Record(record),
    }
}

/// Reads all places in which fields are stated. Later places fill only fields that earlier ones left
/// empty, so the order matters.
fn read_fields(mut reader: RecordReader<'_>) -> RecordFields {
    reader.read_identity();
    reader.read_front_matter();
    let header = reader.header();
    reader.read_header(header);
    if let Some(yaml_block) = reader.yaml_block(header) {
        reader.read_statements(yaml_block);
    }
    reader.read_sections();
    reader.read_notes(header);
    reader.read_successor(header);
    reader.read_badges(header);
    if reader.fields.statuses.is_empty() {
        reader.read_status_at_end();
    }
    reader.read_tag_and_names();
    if reader.fields.dates.iter().all(|one| one.date.value.date().is_none()) {
        reader.read_unlabelled_date(header);
    }
    reader.fields
}

#[cfg(test)]
mod tests {
    use super::{Recognised, recognise};
    use crate::format::Words;
    use crate::text::Source;

    /// Title, status, date and relations of the record in `text`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Words::new(std::iter::empty());
        let source = Source::new("0007-x.md", text);
        let Recognised::Record(record) = recognise(source, "0007-x.md", &words) else {
            panic!("no record: {text}")
        };
        let status = record.status().map_or("-".to_owned(), ToString::to_string);
        let date = record.date().map_or("-".to_owned(), |date| date.to_string());
        let relations =
            record.relations.iter().map(|one| format!(", {} {}", one.kind, one.reference.text));
        let relations: String = relations.collect();
        assert_eq!(
            format!("{}, {status}, {date}{relations}", record.title_or_file()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_title_may_be_the_name_of_a_section() {
        check("# Goals\n\n* Status: accepted\n* Date: 2024-05-06\n", "Goals, accepted, 2024-05-06");
        check(
            "# Status\n\nDate: 2024-05-06\n\n## Status\n\nAccepted\n\n## Decision\n",
            "Status, accepted, 2024-05-06",
        );
        check("# 2024 goals\n\nDate: 2024-05-06\n", "2024 goals, -, 2024-05-06");
    }

    #[test]
    fn badges_below_the_title_state_fields() {
        let badge = |key, value| format!("![{key}](https://b.example/badge/{key}-{value}-blue)");
        let badges = format!("{} {}", badge("Status", "Accepted"), badge("Date", "2024--05--06"));
        check(&format!("# X\n\n{badges}\n\n## Decision\n"), "X, accepted, 2024-05-06");
        check(&format!("# X\n\n<!-- {badges} -->\n\n## Decision\n"), "X, -, -");
        check(&format!("# X\n\nStatus: draft\n\n{badges}\n"), "X, draft, 2024-05-06");
    }

    #[test]
    fn a_status_may_be_the_key_of_its_date() {
        let text = "# X\n\n**Proposed:** 2024-05-01\n**Accepted:** 2024-05-06\n";
        check(text, "X, -, 2024-05-06");
        check("---\nproposed: 2024-05-01\ndate: 2024-05-06\n---\n# X\n", "X, -, 2024-05-06");
    }

    #[test]
    fn a_date_after_the_status_counts_without_another_date() {
        check("# X\n\nStatus: accepted · 06.05.2024\n", "X, accepted, 2024-05-06");
        check("# X\n\n## Status\n\nAccepted - 2024-05-06\n", "X, accepted, 2024-05-06");
        let text = "# X\n\nDate: 2024-05-01\nStatus: Accepted (2024-05-06)\n";
        check(text, "X, accepted, 2024-05-01");
    }

    #[test]
    fn statements_may_be_in_headings_in_a_section_and_in_a_yaml_block() {
        check(
            "# X\n\n## Status: replaced · 2024-05-06 · replaced by [8](0008-y.md)\n",
            "X, superseded, 2024-05-06, superseded-by [8](0008-y.md)",
        );
        check(
            "# X\n\n## Metadata\n\n| | |\n|---|---|\n| Status | Accepted |\n| Date | 2024-05 |\n",
            "X, accepted, 2024-05",
        );
        check(
            "# X\n\n```yaml\nstatus: \"Accepted\"\ndate: \"2024-05-06\"\n```\n\n## Decision\n",
            "X, accepted, 2024-05-06",
        );
        check("# X\n\n```sh\nstatus: accepted\n```\n\n## Decision\n", "X, -, -");
        check(
            "# X\n\n## Supersedes / Superseded by\n\nSupersedes nothing. Superseded by ADR-8\n",
            "X, -, -, superseded-by ADR-8",
        );
    }

    #[test]
    fn a_table_of_states_has_ticks() {
        let table = |approved, adopted| {
            let head = "# X\n\n## Status\n\n| Stage | Status |\n| --- | --- |\n";
            format!("{head}| Proposed | ✅ |\n| Approved | {approved} |\n| Adopted | {adopted} |\n")
        };
        check(&table("🚧", "🚧"), "X, proposed, -");
        check(&table("✅", "🚧 soon"), "X, accepted, -");
        check(&table("✅", "✔"), "X, adopted, -");
        check("# X\n\n## Status\n\n| A | Status |\n|---|---|\n| B | 🚧 |\n", "X, -, -");
    }

    #[test]
    fn several_fields_may_share_a_line() {
        check("# X\n\nDatum: 2024-05-06   Status: akzeptiert\n", "X, accepted, 2024-05-06");
        check("# X\n\nDate: 2024-05-06. Status: accepted by us.\n", "X, accepted, 2024-05-06");
        check(
            "# X\n\nStatus: accepted. Note: superseded by ADR-3\n",
            "X, superseded, -, superseded-by ADR-3",
        );
        let many = format!("# X\n\n{}\n", "Date: 2024-05-06. ".repeat(2_000));
        check(&many, "X, -, 2024-05-06");
    }

    #[test]
    fn dates_have_several_keys_and_may_follow_bold_words() {
        check(
            "# X\n\n**Status: ACCEPTED** (the owner, 2024-05-06: go)\n",
            "X, accepted, 2024-05-06",
        );
        check("# X\n\nStatus: kabul edildi — 6 Mayıs 2024\n", "X, accepted, 2024-05-06");
        check("# X\n\n- Date initiale : 2024-05-06\n", "X, -, 2024-05-06");
        check(
            "---\nproposed_at: 2024-05-01\naccepted_at: 2024-05-06\n---\n# X\n",
            "X, -, 2024-05-06",
        );
        check("# X\n\n결정일: 2024-05-06\n", "X, -, 2024-05-06");
    }

    #[test]
    fn notes_and_callouts_name_the_other_record() {
        check(
            "# X\n\n> **Partial supersession:** The tools in this ADR have been superseded by ADR-3.\n",
            "X, -, -, partially-superseded-by ADR-3",
        );
        check(
            "# X\n\n## Context\n\n> **Note**\n> This ADR supersedes ADR-3.\n\nText.\n",
            "X, -, -, supersedes ADR-3",
        );
        check("# X\n\n## Context\n\n> This ADR supersedes ADR-3.\n", "X, -, -");
        check(
            "---\nstatus: superseded\n---\n# X\n\nThe old way is superseded by ADR-3. More stays.\n",
            "X, superseded, -, superseded-by ADR-3",
        );
        check("# X\n\n* Status: superseded\n* Deciders: ann, ml019\n", "X, superseded, -");
        check(
            "# X\n\n**Supersedes, in part:**\n[3](0003-x.md) — its tools\n",
            "X, -, -, partially-supersedes [3](0003-x.md)",
        );
        check(
            "# X\n\n## Lié à\n\nADR-3, 0004 et 0005.\n",
            "X, -, -, relates-to ADR-3, relates-to 0004, relates-to 0005",
        );
        check(
            "# X\n\n## Related issues and PRs\n\n- Supersedes [RFC 66](https://a.b/c/pull/66)\n",
            "X, -, -, supersedes RFC 66",
        );
    }

    #[test]
    fn one_place_makes_one_claim() {
        check(
            "# X\n\n- **Supersedes:** model v1.0 (docs/a-b/M-1.md)\n",
            "X, -, -, supersedes docs/a-b/M-1.md",
        );
    }

    #[test]
    fn keys_of_other_languages_name_relations() {
        for (key, kind) in [
            ("Ersetzt", "supersedes"),
            ("取代", "supersedes"),
            ("置き換え", "supersedes"),
            ("대체", "supersedes"),
            ("Zastępuje", "supersedes"),
            ("Zmienia", "amends"),
            ("Complète", "extends"),
            ("Präzisiert", "clarifies"),
            ("Relacionado", "relates-to"),
            ("Powiązane", "relates-to"),
            ("Связанные ADR", "relates-to"),
            ("Siehe auch", "relates-to"),
            ("Véase también", "relates-to"),
            ("Bezug", "relates-to"),
            ("Gerelateerd", "relates-to"),
            ("Related Docs", "relates-to"),
            ("relatedADRs", "relates-to"),
        ] {
            check(&format!("# X\n\n- {key}: ADR-3\n"), &format!("X, -, -, {kind} ADR-3"));
        }
        check("# X\n\n- Complete: see ADR-3\n", "X, -, -");
    }

    #[test]
    fn a_label_is_not_a_title() {
        check(
            "# ADR-7-names.md\n\n# Architecture Decision Record 7\n\n# Names\n\nText.\n",
            "Names, -, -",
        );
        check(
            "# Architecture Decision Record 7\n\n## Context\n",
            "Architecture Decision Record 7, -, -",
        );
    }

    #[test]
    fn a_heading_may_call_a_file_a_record() {
        let is_record = |text: &str| {
            let words = Words::new(std::iter::empty());
            let source = Source::new("names.md", text);
            matches!(recognise(source, "names.md", &words), Recognised::Record(_))
        };
        assert!(is_record("# Decision Record: Names\n\n## Context\n"));
        assert!(is_record("## Architecture Decision Record 05/02/2024\n\nx\n\n### Context\n"));
        assert!(!is_record("# Architecture Decision Records\n\n## Context\n"));
        assert!(!is_record("# Architecture Decision Record\n\n## Context\n"));
        assert!(!is_record("# Decision Record: Names\n"));
    }

    #[test]
    fn words_are_known_without_their_accents() {
        check("# X\n\n## Statut\n\nAcceptee le 2024-05-06. Bon.\n", "X, accepted, 2024-05-06");
    }
}
