//! ADR101 `invalid-file-name`

use std::collections::BTreeMap;

use regex::Regex;

use crate::lint::analysis::title_place;
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// Reports file names that differ from the other records.
    ///
    /// A name must have a number or a date if at least four of five records in its folder have one. It must
    /// not contain characters that some operating systems do not allow.
    ///
    /// ## Why is this bad?
    ///
    /// A record without a number is at the wrong end of every list, is hard to cite, and is not found by
    /// many tools. A file name with a colon cannot be checked out on Windows.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-use-kafka.md
    /// docs/adr/0002-ship-weekly.md
    /// docs/adr/use-nats.md
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```text
    /// docs/adr/0001-use-kafka.md
    /// docs/adr/0002-ship-weekly.md
    /// docs/adr/0003-use-nats.md
    /// ```
    ///
    /// ## Options
    ///
    /// If `scheme` is set in `adr.toml`, every name must match it.
    pub(super) static RULE: Rule = {
        code: "ADR101",
        name: "invalid-file-name",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Log(check),
        reports_conflicted: true,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let configured_scheme = context.config.scheme.as_deref();
    let scheme_pattern = configured_scheme.and_then(pattern);
    let numbered_folders = find_numbered_folders(context);
    for (record_id, record) in context.log.iter() {
        let file_name = record.file_name();
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let forbidden = file_name.chars().find(|c| c.is_control() || r#"\:*?"<>|"#.contains(*c));
        let is_mismatch =
            scheme_pattern.as_ref().is_some_and(|scheme_pattern| !scheme_pattern.is_match(stem));
        let (message, help) = if let Some(forbidden) = forbidden {
            let forbidden = forbidden.escape_debug();
            let message = format!("the name of `{}` contains `{forbidden}`", record.file);
            (message, "use only letters, digits and hyphens".to_owned())
        } else if let Some(configured_scheme) = configured_scheme.filter(|_| is_mismatch) {
            let message = format!(
                "the name of `{}` does not match the scheme `{configured_scheme}`",
                record.file
            );
            (message, "rename it, or change `scheme` in `adr.toml`".to_owned())
        } else if numbered_folders.contains_key(folder(record)) && !has_number_or_date(record) {
            let message = format!("the name of `{}` has neither a number nor a date", record.file);
            (message, "name it like the other records in its folder".to_owned())
        } else {
            continue;
        };
        findings.report_at(FindingSite::Record(record_id, title_place(record)), message).help(help);
    }
}

/// Returns the folders in which at least four of five records have a number or a date in their names.
fn find_numbered_folders<'a>(context: &Context<'a>) -> BTreeMap<&'a str, usize> {
    let mut counts_by_folder: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for record in context.log.records() {
        let (numbered, total) = counts_by_folder.entry(folder(record)).or_default();
        *numbered += usize::from(has_number_or_date(record));
        *total += 1;
    }
    let numbered_folders = counts_by_folder
        .into_iter()
        .filter(|(_, (numbered, total))| *total >= 5 && numbered * 5 >= total * 4);
    numbered_folders.map(|(folder, (numbered, _))| (folder, numbered)).collect()
}

fn folder(record: &Record) -> &str {
    record.file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns whether the name contains two digits in a row or starts with a digit.
fn has_number_or_date(record: &Record) -> bool {
    let name = record.file_name().as_bytes();
    let has_two_digits = name.windows(2).any(|pair| pair.iter().all(u8::is_ascii_digit));
    has_two_digits || record.number.is_some() || name.first().is_some_and(u8::is_ascii_digit)
}

/// Returns `scheme` as a regular expression for file names without their extension.
fn pattern(scheme: &str) -> Option<Regex> {
    let mut expression = String::from("^");
    let mut remaining_scheme = scheme;
    while let Some(c) = remaining_scheme.chars().next() {
        let digit_count = remaining_scheme.len() - remaining_scheme.trim_start_matches('N').len();
        let (part_length, part_expression) = if digit_count > 1 {
            (digit_count, format!(r"\d{{{digit_count},}}"))
        } else if remaining_scheme.starts_with("YYYY") {
            (4, r"\d{4}".to_owned())
        } else if remaining_scheme.starts_with("MM") || remaining_scheme.starts_with("DD") {
            (2, r"\d{2}".to_owned())
        } else if remaining_scheme.starts_with("slug") {
            (4, ".+".to_owned())
        } else {
            (c.len_utf8(), regex::escape(&c.to_string()))
        };
        expression.push_str(&part_expression);
        remaining_scheme = remaining_scheme.get(part_length..)?;
    }
    expression.push('$');
    Regex::new(&expression).ok()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::{RULE, pattern};
    use crate::lint::testing::check_log;

    const A: &str = "# A\n\n## Status\n\nAccepted\n";
    const B: &str = "---\nstatus: accepted\n---\n\n# B\n";

    #[test]
    fn names_with_numbers_and_logs_without_numbers_pass() {
        check_log(&RULE, &[("0001-a.md", A), ("adr-2.md", B), ("2026-01-05-c.md", A)], str![]);
        let plain: Vec<(&str, &str)> =
            ["a.md", "b.md", "c.md", "d.md", "e.md", "0001-f.md"].map(|name| (name, A)).into();
        check_log(&RULE, &plain, str![]);
    }

    #[test]
    fn a_single_name_without_a_number_is_reported() {
        check_log(
            &RULE,
            &[
                ("0001-a.md", A),
                ("0002-b.md", B),
                ("0003-c.md", A),
                ("0004-d.md", B),
                ("use-nats.md", B),
            ],
            str![[r#"
use-nats.md:5:3: warning[ADR101]: the name of `use-nats.md` has neither a number nor a date
  help: name it like the other records in its folder

"#]],
        );
    }

    #[test]
    fn a_name_with_forbidden_characters_is_reported() {
        check_log(
            &RULE,
            &[("0001-a: b.md", A), ("0002-why?.md", B)],
            str![[r#"
0001-a: b.md:1:3: warning[ADR101]: the name of `0001-a: b.md` contains `:`
  help: use only letters, digits and hyphens
0002-why?.md:5:3: warning[ADR101]: the name of `0002-why?.md` contains `?`
  help: use only letters, digits and hyphens

"#]],
        );
    }

    #[test]
    fn a_scheme_is_a_pattern() {
        let fits = |scheme: &str, name: &str| pattern(scheme).unwrap().is_match(name);
        assert!(fits("NNNN-slug", "0012-use-rust") && fits("NNNN-slug", "12345-use-rust"));
        assert!(fits("YYYYMMDD-slug", "20260105-use-rust"));
        assert!(!fits("NNNN-slug", "12-use-rust") && !fits("ADR-NNNN-slug", "0012-use-rust"));
    }
}
