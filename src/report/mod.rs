//! Findings, for people and for machines. Findings in, text out; knows neither files nor terminal.

mod concise;
mod fingerprint;
mod full;
mod github;
mod gitlab;
mod grouped;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod rdjson;
mod region;
mod sarif;

use crate::lint::{Context, Diagnostic, FindingSite, Severity};

/// A way to show findings. The list of them is [`REPORTS`].
#[derive(Debug)]
pub struct Report {
    /// What to write behind `--output-format`.
    pub name: &'static str,
    /// For the help: what it is good for.
    pub about: &'static str,
    /// What its text is.
    pub kind: Kind,
    /// All findings, each ending in a line break.
    pub render: fn(&Input<'_>) -> String,
}

/// What the text of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lines for people, in colours; a summary may follow them on standard error. No runner of
    /// pipelines finds a command in them.
    People,
    /// JSON.
    Json,
    /// Another form, in which the words of strangers are escaped.
    Other,
}

/// What reports are made of.
pub struct Input<'a> {
    /// What was checked.
    pub context: &'a Context<'a>,
    /// By path, line, column and code.
    pub found: &'a [Diagnostic],
    /// The folder of the log as seen from the root of its git repository, with `/` and without
    /// `.`; `None` outside of a repository. What a forge is told is relative to that root.
    pub folder: Option<&'a str>,
    /// Whether colours may be used.
    pub color: bool,
    /// How many columns a line may take.
    pub width: usize,
}

/// Every report, the one to use unless another is asked for first.
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

/// The report called `name`.
pub fn find(name: &str) -> Option<&'static Report> {
    REPORTS.iter().copied().find(|report| report.name == name)
}

impl Input<'_> {
    /// The path of a finding as a forge knows it: seen from the root of the repository.
    fn path(&self, site: &FindingSite) -> String {
        if let (FindingSite::Tracked(at, _), Some(all)) = (site, self.context.checkout) {
            return all.texts.get(*at).map(|one| one.name.clone()).unwrap_or_default();
        }
        self.below_root(self.context.location(site).path)
    }

    /// The same of a file that is `shown` to people by this path.
    fn below_root(&self, shown: String) -> String {
        let Some(root) = self.folder else {
            return shown.strip_prefix("./").map_or(shown.clone(), str::to_owned);
        };
        let log = self.context.location(&FindingSite::Log).path;
        let below = match log.as_str() {
            "" | "." => Some(shown.as_str()),
            log => shown.strip_prefix(log).map(|below| below.trim_start_matches('/')),
        };
        let Some(below) = below else { return shown };
        let parts = root.split('/').chain(below.split('/'));
        let parts: Vec<&str> = parts.filter(|part| !matches!(*part, "" | ".")).collect();
        if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
    }

    /// The findings, the most severe first, otherwise in their order.
    fn by_severity(&self) -> Vec<&Diagnostic> {
        let mut found: Vec<&Diagnostic> = self.found.iter().collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.severity));
        found
    }

    /// How many findings there are, in words: `3 errors, 1 warning in 2 records`.
    fn headline(&self) -> String {
        let count = |number: usize, word: &str| {
            format!("{number} {word}{}", if number == 1 { "" } else { "s" })
        };
        let kinds = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Info, "remark"),
        ];
        let kinds = kinds.map(|(severity, word)| {
            (self.found.iter().filter(|one| one.severity == severity).count(), word)
        });
        let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
        let kinds: Vec<String> = kinds.map(|(number, word)| count(number, word)).collect();
        let records = count(self.context.log.records().len(), "record");
        match kinds.as_slice() {
            [] => format!("nothing found in {records}"),
            kinds => format!("{} in {records}", kinds.join(", ")),
        }
    }
}

#[cfg(test)]
mod testing {
    use std::path::Path;

    use super::{Input, Report};
    use crate::format::{Recognised, Words, recognise};
    use crate::lint::{self, CheckSettings, Config};
    use crate::model::{Date, Log};
    use crate::text::Source;

    /// Two records with a finding of every severity, related places and a fix.
    pub(super) const FILES: &[(&str, &str)] = &[
        (
            "0001-use-kafka.md",
            "# 1. Use Kafka\n\nDate: 2025-02-30\n\n## Status\n\nAccepted\n\n## Context\n\n\
             Größe: see [it](0002-nats.md).\n\n## Decision\n\nKafka.\n\n## Consequences\n\n\
             One more server.\n",
        ),
        (
            "0002-use-nats.md",
            "# 2. Use NATS\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n\
             Supercedes [1. Use Kafka](0001-use-kafka.md)\n\n## Context\n\nOf.\n\n\
             ## Decision\n\nNATS.\n\n## Consequences\n\nLess.\n",
        ),
    ];

    /// A record without findings.
    pub(super) const SOUND: (&str, &str) = (
        "0001-a.md",
        "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nA.\n\n\
         ## Decision\n\nB.\n\n## Consequences\n\nC.\n",
    );

    /// What `report` says about a log of these files in `docs/adr`, which lies in the folder
    /// `team` of a repository.
    pub(super) fn report(report: &Report, files: &[(&str, &str)]) -> String {
        report_in(report, files, Path::new("docs/adr"), Some("team/docs/adr"))
    }

    /// The same for a log that lies elsewhere.
    pub(super) fn report_in(
        report: &Report,
        files: &[(&str, &str)],
        folder: &Path,
        root: Option<&str>,
    ) -> String {
        with_input_in(files, folder, root, |input| (report.render)(input))
    }

    /// The document that `report` makes, and then each of its `items` on a line of its own.
    pub(super) fn lines(report: &Report, items: &str) -> String {
        let text = self::report(report, FILES);
        let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let list = document.pointer_mut(items).unwrap();
        let list = std::mem::replace(list, serde_json::json!("…"));
        let items = list.as_array().unwrap().iter().map(ToString::to_string);
        std::iter::once(document.to_string()).chain(items).collect::<Vec<_>>().join("\n")
    }

    /// What `see` makes of the findings in these files.
    pub(super) fn with_input<T>(files: &[(&str, &str)], see: impl FnOnce(&Input<'_>) -> T) -> T {
        with_input_in(files, Path::new("docs/adr"), Some("team/docs/adr"), see)
    }

    fn with_input_in<T>(
        files: &[(&str, &str)],
        folder: &Path,
        root: Option<&str>,
        see: impl FnOnce(&Input<'_>) -> T,
    ) -> T {
        let (mut records, mut skipped) = (vec![], vec![]);
        for (file, text) in files {
            let source = Source::new(folder.join(file), *text);
            match recognise(source, file, &Words::new(std::iter::empty())) {
                Recognised::Record(record) => records.push(record),
                Recognised::Skipped(one) => skipped.push(one),
            }
        }
        let log = Log::new(records, skipped);
        let today = Date::day(2026, 11, 2).unwrap();
        let config = Config::default();
        let settings = CheckSettings { folder, today, config: &config, names_in: &|_| None };
        let context = lint::prepare(&log, settings).unwrap();
        let found = lint::lint(&context);
        see(&Input { context: &context, found: &found, folder: root, color: false, width: 100 })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::testing::{FILES, report_in};
    use super::{REPORTS, gitlab};

    #[test]
    fn what_a_forge_is_told_is_relative_to_the_root_of_the_repository() {
        let path = |folder: &str, root: Option<&str>| {
            let files = &FILES[..1];
            let shown = report_in(&gitlab::REPORT, files, Path::new(folder), root);
            let found: serde_json::Value = serde_json::from_str(&shown).unwrap();
            found[0]["location"]["path"].as_str().unwrap().to_owned()
        };
        assert_eq!(path("docs/adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("../adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path("/home/me/docs/adr", Some("docs/adr")), "docs/adr/0001-use-kafka.md");
        assert_eq!(path(".", Some(".")), "0001-use-kafka.md");
        assert_eq!(path(".", None), "0001-use-kafka.md");
        assert_eq!(path("docs/adr", None), "docs/adr/0001-use-kafka.md");
    }

    /// What is no report, but needed by several.
    const BESIDE: [&str; 3] = ["fingerprint.rs", "mod.rs", "region.rs"];

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at its own sources")]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !BESIDE.contains(&name.as_str()))
            .collect();
        files.sort();
        let mut named: Vec<String> =
            REPORTS.iter().map(|report| format!("{}.rs", report.name)).collect();
        named.sort();
        assert_eq!(files, named);
    }
}
