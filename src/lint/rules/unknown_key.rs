//! ADR203 `unknown-key`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, Preset, rule};
use crate::model::Record;
use crate::syntax::{Entry, FrontMatter};
use crate::text::Edit;

rule! {
    /// Reports misspelled keys in the front matter.
    ///
    /// Your own keys are allowed. If `allowed-keys` is set, and under the strict preset, all other keys that
    /// neither decision records nor site generators use are reported too.
    ///
    /// ## Why is this bad?
    ///
    /// Tools ignore a misspelled key: the record has no status, and there is no error message.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// statsu: accepted
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// ---
    /// ```
    ///
    /// ## Fix
    ///
    /// The key is replaced by the nearest known key (unsafe).
    ///
    /// ## Options
    ///
    /// `allowed-keys` in `adr.toml` lists your own keys:
    ///
    /// ```toml
    /// [lint]
    /// allowed-keys = ["team", "cost"]
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR203",
        name: "unknown-key",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

/// Keys that say something about a decision.
const FIELDS: [&str; 30] = [
    "status",
    "date",
    "title",
    "id",
    "number",
    "tags",
    "deciders",
    "decision-makers",
    "authors",
    "consulted",
    "informed",
    "supersedes",
    "superseded-by",
    "replaces",
    "replaced-by",
    "amends",
    "amended-by",
    "extends",
    "extended-by",
    "clarifies",
    "clarified-by",
    "depends-on",
    "required-by",
    "relates-to",
    "related",
    "review-by",
    "review-date",
    "expires",
    "governs",
    "affects",
];

/// Keys that say something to the generators of sites, and others that mean the same everywhere.
const OTHERS: [&str; 42] = [
    "adr",
    "aliases",
    "author",
    "categories",
    "category",
    "created",
    "decider",
    "decision-maker",
    "description",
    "domain",
    "draft",
    "grand-parent",
    "has-children",
    "has-toc",
    "hide",
    "icon",
    "image",
    "keywords",
    "lang",
    "language",
    "last-modified",
    "last-update",
    "last-updated",
    "layout",
    "links",
    "nav-exclude",
    "nav-order",
    "next-review",
    "owner",
    "parent",
    "permalink",
    "project",
    "review-after",
    "scope",
    "search",
    "sidebar-label",
    "sidebar-position",
    "slug",
    "summary",
    "tag",
    "toc",
    "weight",
];

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(front) = &record.document.front_matter else { return };
    let allowed = &context.config.allowed_keys;
    let is_strict = !allowed.is_empty() || context.levels.preset() == Preset::Strict;
    for entry in &front.entries {
        let key = entry.key.value.as_str();
        let known = FIELDS.iter().chain(&OTHERS).any(|known| same(key, known));
        if known || allowed.iter().any(|one| same(key, one)) || is_read(record, entry) {
            continue;
        }
        match meant(front, key) {
            Some(meant) => {
                let message = format!(
                    "{} has the unknown key `{key}`; did you mean `{meant}`?",
                    record.label()
                );
                let edits = vec![Edit::replace(entry.key.span, meant)];
                let title = format!("rename it to `{meant}`");
                findings
                    .report(entry.key.span, message)
                    .fix(Fix::guess(title, &record.source, edits).changing(&Fact::FIELDS));
            }
            None if is_strict => {
                findings
                    .report(
                        entry.key.span,
                        format!("{} has the unknown key `{key}`", record.label()),
                    )
                    .help("add it to `allowed-keys` in `adr.toml`, or remove it");
            }
            None => {}
        }
    }
}

/// Whether a field of the record was read from the entry, in whatever language its key is.
fn is_read(record: &Record, entry: &Entry) -> bool {
    let span = entry.key.span.to(entry.value.span);
    let people = [&record.decision_makers, &record.consulted, &record.informed, &record.tags];
    let statuses = record.statuses.iter().filter_map(|stated| stated.span);
    let date = record.date.as_ref().and_then(|stated| stated.span);
    let number = record.number.as_ref().and_then(|stated| stated.span);
    let mut read = statuses
        .chain(date)
        .chain(number)
        .chain(record.relations.iter().map(|relation| relation.span))
        .chain(people.into_iter().flatten().map(|one| one.span));
    read.any(|one| span.contains(one))
}

/// The key that `key` is a slip of. One that is there besides was not meant, and of two that are
/// equally near, nobody can tell.
pub(super) fn meant(front: &FrontMatter, key: &str) -> Option<&'static str> {
    let given = key.to_lowercase().replace([' ', '_'], "-");
    if FIELDS.contains(&given.as_str()) {
        return None;
    }
    let length = given.chars().count();
    let mut near: Vec<_> = FIELDS
        .iter()
        .filter(|word| word.len() > 3 && given.len() > 3)
        // No word is nearer than their lengths are, and most are not worth measuring.
        .filter(|word| word.len().abs_diff(length) <= furthest(word))
        .map(|word| (strsim::damerau_levenshtein(&given, word), *word))
        .filter(|(distance, word)| *distance <= furthest(word))
        .collect();
    near.sort_unstable();
    let nearest = match near.as_slice() {
        [(best, _), (second, _), ..] if best == second => None,
        [(_, word), ..] => Some(*word),
        [] => None,
    };
    nearest.filter(|word| front.entry(&[*word]).is_none())
}

/// How far a slip may be from the word that it means.
fn furthest(word: &str) -> usize {
    word.len() / 6 + 1
}

/// Whether two keys are the same but for case and the choice between `-`, `_` and blank.
fn same(key: &str, other: &str) -> bool {
    let fold = |c: char| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() };
    key.chars().map(fold).eq(other.chars().map(fold))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::Config;
    use crate::lint::testing::{check, check_fix, check_with};

    #[test]
    fn keys_of_records_of_sites_and_of_the_team_pass() {
        check(
            &RULE,
            "---\nstatus: accepted\nnav_order: 3\nDecision_Makers: Ann\ncost: low\nstatut: x\n---\n\n# A\n",
            str![],
        );
        check(&RULE, "# 1. A\n\nStatsu: accepted\n", str![]);
    }

    #[test]
    fn a_slip_is_reported_and_mended() {
        let text = "---\nstatsu: accepted\ndecison-makers: Ann\n---\n\n# A\n";
        check(
            &RULE,
            text,
            str![[r#"
0001-test.md:2:1: warning[ADR203]: ADR-0001 has the unknown key `statsu`; did you mean `status`?
  fix: rename it to `status` [unsafe]
0001-test.md:3:1: warning[ADR203]: ADR-0001 has the unknown key `decison-makers`; did you mean `decision-makers`?
  fix: rename it to `decision-makers` [unsafe]

"#]],
        );
        check_fix(
            &RULE,
            text,
            str![[r#"
---
status: accepted
decision-makers: Ann
---

# A

"#]],
        );
    }

    #[test]
    fn a_key_that_stands_beside_the_right_one_is_another_key() {
        check(&RULE, "---\ndate: 2026-01-05\ndates: many\n---\n\n# 1. A\n", str![]);
    }

    #[test]
    fn where_keys_are_listed_all_others_are_reported() {
        let allowed_keys = vec!["cost".to_owned()];
        check_with(
            &RULE,
            &Config { allowed_keys, ..Config::default() },
            "---\nstatus: accepted\ncost: low\nteam: blue\n---\n\n# A\n",
            str![[r#"
0001-test.md:4:1: warning[ADR203]: ADR-0001 has the unknown key `team`
  help: add it to `allowed-keys` in `adr.toml`, or remove it

"#]],
        );
    }
}
