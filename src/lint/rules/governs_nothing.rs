//! ADR601 `governs-nothing`

use crate::lint::{Check, Context, FindingSite, Findings, Level, glob, rule};
use crate::model::{Checkout, Record, join};

rule! {
    /// ## What it checks
    ///
    /// Every path or pattern in `governs` and `affects` of the front matter fits a file that git
    /// tracks. `*`, `**`, `?` and `{a,b}` are understood; a folder stands for all that is in it. Paths
    /// begin at the root of the repository, or in the folder of the record.
    ///
    /// Words that are no paths are left alone: `affects: [billing]`.
    ///
    /// ## Why it matters
    ///
    /// The code has moved, and whoever changes it is no longer told of the decision.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: accepted
    /// governs: [src/paymnts/**]
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
    for (id, record) in context.log.iter().filter(|(_, record)| context.is_sound(record)) {
        let Some(front) = &record.document.front_matter else { continue };
        for entry in ["governs", "affects"].iter().filter_map(|key| front.entry(&[*key])) {
            for pattern in entry.value.scalars() {
                if is_path(checkout, pattern.value) && !fits(checkout, record, pattern.value) {
                    let message = format!(
                        "{} {} `{}`, which is no file of the repository",
                        record.label(),
                        entry.key.value,
                        pattern.value
                    );
                    findings
                        .report_at(FindingSite::Record(id, pattern.span), message)
                        .help("write the path that the files have now, or remove it");
                }
            }
        }
    }
}

/// Whether the words can only mean files.
fn is_path(checkout: &Checkout, pattern: &str) -> bool {
    let is_other = pattern.contains(char::is_whitespace)
        || pattern.contains("://")
        || pattern.starts_with(['!', '@', '~', '#', '$']);
    if is_other || pattern.is_empty() {
        return false;
    }
    let inner = pattern.trim_start_matches("./").trim_start_matches('/');
    let (first, rest) = inner.split_once('/').unwrap_or((inner, ""));
    let is_known = !rest.is_empty() && (first == ".." || checkout.has_folder(first));
    pattern.contains('*') && pattern.contains(['/', '.']) || is_known
}

/// Whether a tracked file is meant by `pattern`, from the root or from the folder of the record.
fn fits(checkout: &Checkout, record: &Record, pattern: &str) -> bool {
    let inner = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
    let folder = record.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = join(&format!("{}{folder}", checkout.log), inner);
    [inner.to_owned(), beside].iter().any(|path| {
        let path = path.trim_end_matches("/**").trim_end_matches("/*");
        if !path.contains(['*', '?', '{', '[']) {
            return checkout.tracks(path) || checkout.has_folder(path);
        }
        // What cannot be read cannot be judged.
        let Some(regex) = glob::regex(path) else { return true };
        path.contains('[') || checkout.names.iter().any(|name| fits_part(&regex, name))
    })
}

/// Whether the path or one of the folders above it fits.
fn fits_part(regex: &regex::Regex, name: &str) -> bool {
    let folders = name.match_indices('/').filter_map(|(at, _)| name.get(..at));
    regex.is_match(name) || folders.into_iter().any(|folder| regex.is_match(folder))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check_around;

    const TREE: &[(&str, &str)] =
        &[("docs/adr/0001-test.md", ""), ("src/pay/cash.rs", ""), ("src/pay/card.rs", "")];

    #[test]
    fn files_folders_and_patterns_that_are_there_pass() {
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
    fn words_are_no_paths() {
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
    fn a_path_that_fits_nothing_is_reported() {
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
0001-test.md:3:11: warning[ADR601]: ADR-0001 governs `src/paymnts/**`, which is no file of the repository
  help: write the path that the files have now, or remove it
0001-test.md:3:27: warning[ADR601]: ADR-0001 governs `src/pay/check.rs`, which is no file of the repository
  help: write the path that the files have now, or remove it
0002-test.md:2:10: warning[ADR601]: ADR-0002 affects `servces/*.rs`, which is no file of the repository
  help: write the path that the files have now, or remove it

"#]],
        );
    }
}
