//! ADR101 `invalid-file-name`

use std::collections::BTreeMap;

use regex::Regex;

use crate::lint::analysis::title_place;
use crate::lint::{Check, Context, FindingSite, Findings, Level, rule};
use crate::model::Record;

rule! {
    /// ## What it checks
    ///
    /// The file of a record is named as the others are: with a number or a date, where four of
    /// five records beside it have one, and as `scheme` in `adr.toml` says, where that is set. Its
    /// name holds nothing that another system does not allow.
    ///
    /// ## Why it matters
    ///
    /// A record without number stands at the wrong end of every list, nobody can cite it, and many
    /// tools do not see it at all. A name with a colon cannot be checked out on Windows.
    ///
    /// ## Example
    ///
    /// ```text
    /// docs/adr/0001-use-kafka.md
    /// docs/adr/0002-ship-weekly.md
    /// docs/adr/use-nats.md
    /// ```
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
    let scheme = context.config.scheme.as_deref();
    let pattern = scheme.and_then(pattern);
    let counted = counted(context);
    for (id, record) in context.log.iter() {
        let name = record.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let strange = name.chars().find(|c| c.is_control() || r#"\:*?"<>|"#.contains(*c));
        let misfit = pattern.as_ref().is_some_and(|pattern| !pattern.is_match(stem));
        let (message, help) = if let Some(strange) = strange {
            let strange = strange.escape_debug();
            let message = format!("the name of `{}` holds `{strange}`", record.file);
            (message, "name it with letters, digits and hyphens".to_owned())
        } else if let Some(scheme) = scheme.filter(|_| misfit) {
            let message = format!("the name of `{}` does not fit `{scheme}`", record.file);
            (message, "rename it, or change `scheme` in `adr.toml`".to_owned())
        } else if counted.contains_key(folder(record)) && !is_counted(record) {
            let message = format!("the name of `{}` has neither number nor date", record.file);
            (message, "name it like the records beside it".to_owned())
        } else {
            continue;
        };
        findings.report_at(FindingSite::Record(id, title_place(record)), message).help(help);
    }
}

/// The folders whose records have numbers or dates in their names, all but a fifth at most.
fn counted<'a>(context: &Context<'a>) -> BTreeMap<&'a str, usize> {
    let mut all: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for record in context.log.records() {
        let (counted, records) = all.entry(folder(record)).or_default();
        *counted += usize::from(is_counted(record));
        *records += 1;
    }
    let most = all
        .into_iter()
        .filter(|(_, (counted, records))| *records >= 5 && counted * 5 >= records * 4);
    most.map(|(folder, (counted, _))| (folder, counted)).collect()
}

fn folder(record: &Record) -> &str {
    record.file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the name holds two digits or more in a row, or begins with one.
fn is_counted(record: &Record) -> bool {
    let name = record.file_name().as_bytes();
    let two = name.windows(2).any(|two| two.iter().all(u8::is_ascii_digit));
    two || record.number.is_some() || name.first().is_some_and(u8::is_ascii_digit)
}

/// What `scheme` says, as an expression for names without extension.
fn pattern(scheme: &str) -> Option<Regex> {
    let mut out = String::from("^");
    let mut rest = scheme;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches('N').len();
        let (length, part) = if digits > 1 {
            (digits, format!(r"\d{{{digits},}}"))
        } else if rest.starts_with("YYYY") {
            (4, r"\d{4}".to_owned())
        } else if rest.starts_with("MM") || rest.starts_with("DD") {
            (2, r"\d{2}".to_owned())
        } else if rest.starts_with("slug") {
            (4, ".+".to_owned())
        } else {
            (c.len_utf8(), regex::escape(&c.to_string()))
        };
        out.push_str(&part);
        rest = rest.get(length..)?;
    }
    out.push('$');
    Regex::new(&out).ok()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::{RULE, pattern};
    use crate::lint::testing::check_log;

    const A: &str = "# A\n\n## Status\n\nAccepted\n";
    const B: &str = "---\nstatus: accepted\n---\n\n# B\n";

    #[test]
    fn names_with_numbers_and_logs_without_pass() {
        check_log(&RULE, &[("0001-a.md", A), ("adr-2.md", B), ("2026-01-05-c.md", A)], str![]);
        let plain: Vec<(&str, &str)> =
            ["a.md", "b.md", "c.md", "d.md", "e.md", "0001-f.md"].map(|name| (name, A)).into();
        check_log(&RULE, &plain, str![]);
    }

    #[test]
    fn the_one_without_a_number_is_reported() {
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
use-nats.md:5:3: warning[ADR101]: the name of `use-nats.md` has neither number nor date
  help: name it like the records beside it

"#]],
        );
    }

    #[test]
    fn a_name_that_not_every_system_allows_is_reported() {
        check_log(
            &RULE,
            &[("0001-a: b.md", A), ("0002-why?.md", B)],
            str![[r#"
0001-a: b.md:1:3: warning[ADR101]: the name of `0001-a: b.md` holds `:`
  help: name it with letters, digits and hyphens
0002-why?.md:5:3: warning[ADR101]: the name of `0002-why?.md` holds `?`
  help: name it with letters, digits and hyphens

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
