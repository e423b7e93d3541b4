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

/// Keys of decision records.
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

/// Keys of site generators, and other keys with a common meaning.
const COMMON_KEYS: [&str; 42] = [
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
    let Some(front_matter) = &record.document.front_matter else { return };
    let allowed_keys = &context.config.allowed_keys;
    let is_strict = !allowed_keys.is_empty() || context.levels.preset() == Preset::Strict;
    for entry in &front_matter.entries {
        let key = entry.key.value.as_str();
        let is_known =
            FIELDS.iter().chain(&COMMON_KEYS).any(|known_key| is_same_key(key, known_key));
        if is_known
            || allowed_keys.iter().any(|allowed_key| is_same_key(key, allowed_key))
            || is_read(record, entry)
        {
            continue;
        }
        match intended_field(front_matter, key) {
            Some(intended_key) => {
                let message = format!(
                    "{} has the unknown key `{key}`; did you mean `{intended_key}`?",
                    record.label()
                );
                let edits = vec![Edit::replace(entry.key.span, intended_key)];
                let fix_title = format!("rename it to `{intended_key}`");
                findings
                    .report(entry.key.span, message)
                    .fix(Fix::guess(fix_title, &record.source, edits).changing(&Fact::FIELDS));
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

/// Returns whether a field of the record was read from the entry, in any language.
fn is_read(record: &Record, entry: &Entry) -> bool {
    let entry_span = entry.key.span.to(entry.value.span);
    let people = [&record.decision_makers, &record.consulted, &record.informed, &record.tags];
    let status_spans = record.statuses.iter().filter_map(|stated| stated.span);
    let date_span = record.date.as_ref().and_then(|stated| stated.span);
    let number_span = record.number.as_ref().and_then(|stated| stated.span);
    let mut field_spans = status_spans
        .chain(date_span)
        .chain(number_span)
        .chain(record.relations.iter().map(|relation| relation.span))
        .chain(people.into_iter().flatten().map(|field| field.span));
    field_spans.any(|field| entry_span.contains(field))
}

/// Returns the field that `key` is a misspelling of. A field that also exists was not meant, and neither
/// was one of two equally similar fields.
pub(super) fn intended_field(front_matter: &FrontMatter, key: &str) -> Option<&'static str> {
    let normalized_key = key.to_lowercase().replace([' ', '_'], "-");
    if FIELDS.contains(&normalized_key.as_str()) {
        return None;
    }
    let key_length = normalized_key.chars().count();
    let mut candidates: Vec<_> = FIELDS
        .iter()
        .filter(|word| word.len() > 3 && normalized_key.len() > 3)
        // The distance is at least the difference of the lengths. Most fields are skipped here.
        .filter(|word| word.len().abs_diff(key_length) <= max_distance(word))
        .map(|word| (strsim::damerau_levenshtein(&normalized_key, word), *word))
        .filter(|(distance, word)| *distance <= max_distance(word))
        .collect();
    candidates.sort_unstable();
    let nearest_field = match candidates.as_slice() {
        [(best, _), (second, _), ..] if best == second => None,
        [(_, word), ..] => Some(*word),
        [] => None,
    };
    nearest_field.filter(|word| front_matter.entry(&[*word]).is_none())
}

/// Returns the maximum edit distance of a misspelling of `word`.
fn max_distance(word: &str) -> usize {
    word.len() / 6 + 1
}

/// Returns whether two keys are the same, ignoring case and treating `-`, `_` and a space alike.
fn is_same_key(key: &str, other: &str) -> bool {
    let normalize = |c: char| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() };
    key.chars().map(normalize).eq(other.chars().map(normalize))
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
    fn a_misspelled_key_is_reported_and_fixed() {
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
    fn a_key_next_to_the_similar_field_passes() {
        check(&RULE, "---\ndate: 2026-01-05\ndates: many\n---\n\n# 1. A\n", str![]);
    }

    #[test]
    fn keys_outside_the_allowed_ones_are_reported() {
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
