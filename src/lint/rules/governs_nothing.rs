//! ADR601 `governs-nothing`

use crate::lint::{Check, Context, FindingSite, Findings, Level, glob, rule};
use crate::model::{Checkout, Record, join};

rule! {
    /// Reports paths in `governs` and `affects` that match no file.
    ///
    /// Checks every path and pattern in these two keys of the front matter against the files that git
    /// tracks. Patterns may use `*`, `**`, `?` and `{a,b}`, and a folder matches everything in it. Paths
    /// start at the root of the repository or in the folder of the record.
    ///
    /// Words that are not paths are ignored: `affects: [billing]`.
    ///
    /// ## Why is this bad?
    ///
    /// The code has moved, and people who change it no longer learn about the decision.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// governs: [src/paymnts/**]
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// governs: [src/payments/**]
    /// ---
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR601",
        name: "governs-nothing",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Repository(check),
    };
}

fn check(checkout: &Checkout, context: &Context<'_>, findings: &mut Findings<'_>) {
    for (record_id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        let Some(front_matter) = &record.document.front_matter else { continue };
        for entry in ["governs", "affects"].iter().filter_map(|key| front_matter.entry(&[*key])) {
            for pattern in entry.value.scalars() {
                if is_path(checkout, pattern.value)
                    && !matches_file(checkout, record, pattern.value)
                {
                    let message = format!(
                        "{} {} `{}`, which matches no file in the repository",
                        record.label(),
                        entry.key.value,
                        pattern.value
                    );
                    findings
                        .report_at(FindingSite::Record(record_id, pattern.span), message)
                        .help("update the path, or remove it");
                }
            }
        }
    }
}

/// Returns whether the words can only mean files.
fn is_path(checkout: &Checkout, pattern: &str) -> bool {
    let is_not_path = pattern.contains(char::is_whitespace)
        || pattern.contains("://")
        || pattern.starts_with(['!', '@', '~', '#', '$']);
    if is_not_path || pattern.is_empty() {
        return false;
    }
    let path = pattern.trim_start_matches("./").trim_start_matches('/');
    let (first_folder, remaining_path) = path.split_once('/').unwrap_or((path, ""));
    let is_known_folder =
        !remaining_path.is_empty() && (first_folder == ".." || checkout.has_folder(first_folder));
    pattern.contains('*') && pattern.contains(['/', '.']) || is_known_folder
}

/// Returns whether the pattern matches a tracked file, from the root or from the folder of the record.
fn matches_file(checkout: &Checkout, record: &Record, pattern: &str) -> bool {
    let root_path = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
    let record_folder = record.file.rsplit_once('/').map_or("", |(record_folder, _)| record_folder);
    let relative_path = join(&format!("{}{record_folder}", checkout.log), root_path);
    [root_path.to_owned(), relative_path].iter().any(|path| {
        let path = path.trim_end_matches("/**").trim_end_matches("/*");
        if !path.contains(['*', '?', '{', '[']) {
            return checkout.tracks(path) || checkout.has_folder(path);
        }
        // An unreadable pattern is not reported.
        let Some(regex) = glob::regex(path) else { return true };
        path.contains('[') || checkout.names.iter().any(|name| matches_path_or_parent(&regex, name))
    })
}

/// Returns whether the path or one of its parent folders matches.
fn matches_path_or_parent(regex: &regex::Regex, name: &str) -> bool {
    let parent_folders = name.match_indices('/').filter_map(|(index, _)| name.get(..index));
    regex.is_match(name) || parent_folders.into_iter().any(|folder| regex.is_match(folder))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_around;

    const TREE: &[(&str, &str)] =
        &[("docs/adr/0001-test.md", ""), ("src/pay/cash.rs", ""), ("src/pay/card.rs", "")];

    #[test]
    fn existing_files_folders_and_patterns_pass() {
        check_around(
            &RULE,
            TREE,
            &[(
                "0001-test.md",
                "---\nstatus: accepted\ngoverns:\n  - src/pay\n  - /src/pay/\n  - ./src/pay/c*.rs\n  - \"**/*.{rs,go}\"\n  - src/pay/**\n  - ../../src/pay/cash.rs\naffects: src/*\n---\n\n# A\n",
            )],
            str![],
        );
    }

    #[test]
    fn words_are_not_paths() {
        check_around(
            &RULE,
            TREE,
            &[(
                "0001-test.md",
                "---\naffects: [billing, team/billing, \"the services\", https://example.org/x, \"@team/x\"]\n---\n\n# 1. A\n\n## Status\n\nAccepted\n",
            )],
            str![],
        );
    }

    #[test]
    fn a_path_without_a_match_is_reported() {
        check_around(
            &RULE,
            TREE,
            &[
                (
                    "0001-test.md",
                    "---\nstatus: accepted\ngoverns: [src/paymnts/**, src/pay/check.rs]\n---\n\n# A\n",
                ),
                (
                    "0002-test.md",
                    "---\naffects: \"servces/*.rs\"\n---\n\n# 2. A\n\n## Status\n\nAccepted\n",
                ),
            ],
            str![[r#"
0001-test.md:3:11: warning[ADR601]: ADR-0001 governs `src/paymnts/**`, which matches no file in the repository
  help: update the path, or remove it
0001-test.md:3:27: warning[ADR601]: ADR-0001 governs `src/pay/check.rs`, which matches no file in the repository
  help: update the path, or remove it
0002-test.md:2:10: warning[ADR601]: ADR-0002 affects `servces/*.rs`, which matches no file in the repository
  help: update the path, or remove it

"#]],
        );
    }
}
