//! Logs with findings, for the tests of reports.

use std::path::Path;

use super::definition::{Input, Report};
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

/// What `report` shows for a log of these files in `docs/adr`, in the folder `team` of a repository.
pub(super) fn report(report: &Report, files: &[(&str, &str)]) -> String {
    report_in(report, files, Path::new("docs/adr"), Some("team/docs/adr"))
}

/// The same for a log in another folder.
pub(super) fn report_in(
    report: &Report,
    files: &[(&str, &str)],
    folder: &Path,
    root: Option<&str>,
) -> String {
    with_input_in(files, folder, root, |input| (report.render)(input))
}

/// The document that `report` writes, followed by each of its `items` on one line.
pub(super) fn lines(report: &Report, items: &str) -> String {
    let text = self::report(report, FILES);
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = document.pointer_mut(items).unwrap();
    let list = std::mem::replace(list, serde_json::json!("…"));
    let items = list.as_array().unwrap().iter().map(ToString::to_string);
    std::iter::once(document.to_string()).chain(items).collect::<Vec<_>>().join("\n")
}

/// Calls `see` with the findings in these files.
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
