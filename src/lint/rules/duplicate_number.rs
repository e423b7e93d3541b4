//! ADR102 `duplicate-number`

use crate::lint::{Base, Check, Context, FindingSite, Findings, Level, rule};
use crate::model::{Record, RecordId};
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// No two records carry the same number. Different prefixes count apart (`ARCH-1` and `OPS-1`
    /// are no duplicates), and so do folders that each begin at 0 or 1. Records that are named
    /// after dates have no numbers.
    ///
    /// ## Why it matters
    ///
    /// People cite decisions by number. Two branches that both add `0023-…` merge without a
    /// conflict, and from then on `ADR-0023` means two things.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0023-use-kafka.md
    /// docs/adr/0023-split-the-monolith.md
    /// ```
    ///
    /// The record that is not on the base branch is reported, where one is known; else the one with
    /// the later date, of equal dates the later file name.
    ///
    /// ## Fix
    ///
    /// The record that is reported gets the next free number: its file, its heading, its id, and
    /// every link to it (unsafe). Where a record speaks of the number and may mean either, there
    /// is no fix: `adr renumber` shows such places.
    pub(super) static RULE: Rule = {
        code: "ADR102",
        name: "duplicate-number",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Log(check),
        reports_conflicted: true,
    };
}

/// How many get a fix: each of them is looked for in all texts. When one is made, the next comes
/// into view.
const MOST_FIXES: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut planned = 0;
    for mut same in alike(context) {
        // What is on the base keeps the number, then the earlier date; without dates, the earlier
        // name.
        same.sort_by_cached_key(|id| {
            let record = context.log.record(*id);
            let new = is_new(context, *id);
            (new, record.date().is_none(), record.date(), *id)
        });
        let Some((first, others)) = same.split_first() else { continue };
        let keeper = context.log.record(*first);
        for id in others {
            let record = context.log.record(*id);
            let message = format!(
                "{} is the number of two records, `{}` and `{}`",
                record.label(),
                keeper.file,
                record.file
            );
            let finding = findings.report_at(FindingSite::Record(*id, place(record)), message);
            finding
                .related(*first, place(keeper), format!("`{}` has it too", keeper.file))
                .help("give one of them the next free number, and mend the links to it");
            if planned < MOST_FIXES {
                finding.fix = context.renumber_fix(*id);
                planned += 1;
            }
        }
    }
}

/// The records that have folder (where it counts for itself), prefix and number in common with another, in the
/// order of these.
fn alike(context: &Context<'_>) -> Vec<Vec<RecordId>> {
    let all = context.log.iter().filter_map(|(id, record)| {
        let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some((folder, prefix(record), record.number.as_ref()?.value.value, id))
    });
    let mut all: Vec<(&str, String, u32, RecordId)> = all.collect();
    all.sort_unstable();
    for series in all.chunk_by_mut(|a, b| (a.0, &a.1) == (b.0, &b.1)) {
        // A folder that begins at 0 or 1 has a numbering of its own. One that does not shares
        // that of its siblings, as folders for themes or for retired records do.
        if series.first().is_some_and(|(_, _, lowest, _)| *lowest > 1) {
            for (folder, ..) in series {
                *folder = "";
            }
        }
    }
    all.sort_unstable();
    let same = all.chunk_by(|a, b| (a.0, &a.1, a.2) == (b.0, &b.1, b.2));
    let same = same.filter(|same| same.len() > 1);
    same.map(|same| same.iter().map(|(.., id)| *id).collect()).collect()
}

/// What stands before the number of the id, in lower case; nothing for `ADR`.
fn prefix(record: &Record) -> String {
    let id = record.id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let prefix = prefix.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if prefix == "adr" { String::new() } else { prefix }
}

/// Whether the record has its number neither at the tip of the base nor where the change began.
fn is_new(context: &Context<'_>, id: RecordId) -> bool {
    let is_on_tip = |base: &Base<'_>| base.tip.contains_key(&*context.log.record(id).file);
    context.claims_number(id) && !context.base.as_ref().is_some_and(is_on_tip)
}

/// Where the number is stated; the title, where it stands in the file's name alone.
fn place(record: &Record) -> Span {
    let stated = record.number.as_ref().and_then(|number| number.span);
    let heading = record.heading_number.as_ref().map(|number| number.span);
    let title = record.title.as_ref().and_then(|title| title.span);
    stated.or(heading).or(title).unwrap_or_default()
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
0002-a.md:1:3: error[ADR102]: ADR-0002 is the number of two records, `0002-b.md` and `0002-a.md`
  0002-b.md:1:3: `0002-b.md` has it too
  help: give one of them the next free number, and mend the links to it

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
0002-b.md:5:3: error[ADR102]: ADR-0002 is the number of two records, `0002-a.md` and `0002-b.md`
  0002-a.md:5:3: `0002-a.md` has it too
  help: give one of them the next free number, and mend the links to it

"#]],
        );
    }

    #[test]
    fn folders_that_begin_at_one_count_for_themselves() {
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
retired/0002-c.md:1:3: error[ADR102]: ADR-0002 is the number of two records, `0002-b.md` and `retired/0002-c.md`
  0002-b.md:1:3: `0002-b.md` has it too
  help: give one of them the next free number, and mend the links to it

"#]],
        );
    }

    #[test]
    fn prefixes_count_apart() {
        check_log(&RULE, &[("ARCH-1-a.md", "# A\n"), ("OPS-1-b.md", "# B\n")], str![]);
    }
}
