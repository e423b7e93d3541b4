//! The reports, one per file.

use super::definition::Report;

mod concise;
mod full;
mod github;
mod gitlab;
mod grouped;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod rdjson;
mod sarif;

/// Every report; the default is the first.
pub static REPORTS: &[&Report] = &[
    &full::REPORT,
    &concise::REPORT,
    &grouped::REPORT,
    &json::REPORT,
    &jsonl::REPORT,
    &sarif::REPORT,
    &github::REPORT,
    &gitlab::REPORT,
    &rdjson::REPORT,
    &junit::REPORT,
    &markdown::REPORT,
];

/// The report with this name.
pub fn find(name: &str) -> Option<&'static Report> {
    REPORTS.iter().copied().find(|report| report.name == name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{REPORTS, gitlab};
    use crate::report::testing::{FILES, report_in};

    #[test]
    fn paths_for_forges_are_relative_to_the_root_of_the_repository() {
        let path = |folder: &str, root: Option<&str>| {
            let report = report_in(&gitlab::REPORT, &FILES[..1], Path::new(folder), root);
            let issues: serde_json::Value = serde_json::from_str(&report).unwrap();
            issues[0]["location"]["path"].as_str().unwrap().to_owned()
        };
        assert_eq!(path("docs/adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("../adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("/home/me/docs/adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path(".", Some(".")), "0001-use-kafka.md");
        assert_eq!(path(".", None), "0001-use-kafka.md");
        assert_eq!(path("docs/adr", None), "docs/adr/0001-use-kafka.md");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at its own sources")]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/formats");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "mod.rs")
            .collect();
        files.sort();
        let mut listed: Vec<String> =
            REPORTS.iter().map(|report| format!("{}.rs", report.name)).collect();
        listed.sort();
        assert_eq!(files, listed);
    }
}
