//! ADR102 `duplicate-number`

use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Record, RecordId};
use crate::text::Span;

rule! {
    /// Reports records with the same number.
    ///
    /// Numbers with different prefixes are different (`ARCH-1` and `OPS-1`), and so are the numbers in
    /// folders that each start at 0 or 1. Records that are named after dates have no numbers.
    ///
    /// If a base branch is known, the record that is not on it is reported. Otherwise the record with the
    /// later date is reported, or, for equal dates, the later file name.
    ///
    /// ## Why is this bad?
    ///
    /// People cite decisions by number. Two branches that both add `0023-…` merge without a conflict, and
    /// from then on `ADR-0023` has two meanings.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0023-use-kafka.md
    /// docs/adr/0023-split-the-monolith.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// docs/adr/0023-use-kafka.md
    /// docs/adr/0024-split-the-monolith.md
    /// ```
    ///
    /// ## Fix
    ///
    /// The reported record gets the next free number in its file name, its heading, its id and all links to
    /// it (unsafe). If a record mentions the number and may mean either record, there is no fix;
    /// `adr renumber` shows such places.
    pub(super) static RULE: Rule = {
        code: "ADR102",
        name: "duplicate-number",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
        reports_conflicted: true,
    };
}

/// The maximum number of findings with a fix, because planning one searches all texts. After a fix is
/// applied, the next run offers more.
const MAX_FIXES: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut planned_fixes = 0;
    for mut same_number in with_same_number(context) {
        // The record on the base keeps the number, then the one with the earlier date, then the one with
        // the earlier file name.
        same_number.sort_by_cached_key(|record_id| {
            let record = context.log.record(*record_id);
            let is_new_record = is_new(context, *record_id);
            (is_new_record, record.date().is_none(), record.date(), *record_id)
        });
        let Some((keeper_id, other_ids)) = same_number.split_first() else { continue };
        let keeper = context.log.record(*keeper_id);
        for record_id in other_ids {
            let record = context.log.record(*record_id);
            let message = format!(
                "{} is used by two records, `{}` and `{}`",
                record.label(),
                keeper.file,
                record.file
            );
            let finding =
                findings.report_at(FindingSite::Record(*record_id, number_place(record)), message);
            finding
                .related(
                    *keeper_id,
                    number_place(keeper),
                    format!("`{}` has the same number", keeper.file),
                )
                .help("give one of them the next free number, and update the links to it");
            if planned_fixes < MAX_FIXES {
                finding.fix = context.renumber_fix(*record_id);
                planned_fixes += 1;
            }
        }
    }
}

/// Returns groups of records with the same prefix and number, sorted by prefix and number. Folders
/// with their own numbering are kept apart.
fn with_same_number(context: &Context<'_>) -> Vec<Vec<RecordId>> {
    let numbered_records = context.log.iter().filter_map(|(id, record)| {
        let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some((folder, prefix(record), record.number.as_ref()?.value.value, id))
    });
    let mut series_entries: Vec<(&str, String, u32, RecordId)> = numbered_records.collect();
    series_entries.sort_unstable();
    for series in series_entries.chunk_by_mut(|a, b| (a.0, &a.1) == (b.0, &b.1)) {
        // A folder that starts at 0 or 1 has its own numbering. Any other folder shares the numbering of
        // its siblings, such as a folder for a theme or for retired records.
        if series.first().is_some_and(|(_, _, lowest, _)| *lowest > 1) {
            for (folder, ..) in series {
                *folder = "";
            }
        }
    }
    series_entries.sort_unstable();
    series_entries
        .chunk_by(|a, b| (a.0, &a.1, a.2) == (b.0, &b.1, b.2))
        .filter(|same_number| same_number.len() > 1)
        .map(|same_number| same_number.iter().map(|(.., id)| *id).collect())
        .collect()
}

/// Returns the prefix of the id in lower case, or an empty string for `ADR`.
fn prefix(record: &Record) -> String {
    let id = record.id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let prefix = prefix.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if prefix == "adr" { String::new() } else { prefix }
}

/// Returns whether the record has its number neither at the tip of the base nor at the merge base.
fn is_new(context: &Context<'_>, id: RecordId) -> bool {
    let is_on_tip = |base: &Base<'_>| base.tip.contains_key(&*context.log.record(id).file);
    context.claims_number(id) && !context.base.as_ref().is_some_and(is_on_tip)
}

/// Returns the span of the number, or the title if only the file name has the number.
fn number_place(record: &Record) -> Span {
    let number_span = record.number.as_ref().and_then(|number| number.span);
    let heading_span = record.heading_number.as_ref().map(|number| number.span);
    let title_span = record.title.as_ref().and_then(|title_span| title_span.span);
    number_span.or(heading_span).or(title_span).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_log;

    #[test]
    fn a_translation_of_the_record_passes() {
        let text = "# 4. A\n\n## Status\n\nAccepted\n";
        check_log(
            &RULE,
            &[("0004-a.md", text), ("0004-a.de.md", text), ("0004-a.pt-BR.md", text)],
            str![],
        );
    }

    #[test]
    fn different_numbers_pass() {
        check_log(&RULE, &[("0001-a.md", "# 1. A\n"), ("0002-b.md", "# 2. B\n")], str![]);
    }

    #[test]
    fn two_nygard_records_with_one_number_are_reported_on_the_later_one() {
        check_log(
            &RULE,
            &[
                ("0002-a.md", "# 2. A\n\nDate: 2024-03-01\n\n## Status\n\nAccepted\n"),
                ("0002-b.md", "# 2. B\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n"),
            ],
            str![[r#"
0002-a.md:1:3: error[ADR102]: ADR-0002 is used by two records, `0002-b.md` and `0002-a.md`
  0002-b.md:1:3: `0002-b.md` has the same number
  help: give one of them the next free number, and update the links to it

"#]],
        );
    }

    #[test]
    fn two_madr_records_with_one_number_are_reported_on_the_later_name() {
        check_log(
            &RULE,
            &[
                ("0002-a.md", "---\nstatus: accepted\n---\n\n# A\n"),
                ("0002-b.md", "---\nstatus: accepted\n---\n\n# B\n"),
            ],
            str![[r#"
0002-b.md:5:3: error[ADR102]: ADR-0002 is used by two records, `0002-a.md` and `0002-b.md`
  0002-a.md:5:3: `0002-a.md` has the same number
  help: give one of them the next free number, and update the links to it

"#]],
        );
    }

    #[test]
    fn folders_that_start_at_one_have_their_own_numbers() {
        check_log(
            &RULE,
            &[
                ("api/0001-a.md", "# A\n"),
                ("api/0002-b.md", "# B\n"),
                ("web/0001-c.md", "# C\n"),
                ("web/0002-d.md", "# D\n"),
            ],
            str![],
        );
    }

    #[test]
    fn a_folder_of_retired_records_shares_the_numbers_of_the_log() {
        check_log(
            &RULE,
            &[("0001-a.md", "# A\n"), ("0002-b.md", "# B\n"), ("retired/0002-c.md", "# C\n")],
            str![[r#"
retired/0002-c.md:1:3: error[ADR102]: ADR-0002 is used by two records, `0002-b.md` and `retired/0002-c.md`
  0002-b.md:1:3: `0002-b.md` has the same number
  help: give one of them the next free number, and update the links to it

"#]],
        );
    }

    #[test]
    fn prefixes_have_separate_numbers() {
        check_log(&RULE, &[("ARCH-1-a.md", "# A\n"), ("OPS-1-b.md", "# B\n")], str![]);
    }
}
