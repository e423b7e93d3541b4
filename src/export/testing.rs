//! Small logs for the tests of exports.

use super::definition::{Addresses, Export};
use crate::format::{Recognised, Words, recognise};
use crate::model::{Log, RecordId};
use crate::text::Source;

/// A log of two records, of which the second supersedes the first, and a third.
pub(super) fn log() -> Log {
    let texts = [
        (
            "0001-use-a.md",
            "# 1. Use \"A\"\n\nDate: 2024-01-02\n\n## Status\n\nSuperseded by [2. Use B, C](0002-use-b.md)\n",
        ),
        ("0002-use-b.md", "---\nstatus: accepted\ntags: [x, y]\n---\n\n# Use B, C\n"),
        (
            "0003-use-d.md",
            "# 3. Use D\n\n## Status\n\nProposed\n\nAmends [2. Use B](0002-use-b.md)\n",
        ),
    ];
    of(&texts)
}

/// A log of these files and texts.
pub(super) fn of(texts: &[(&str, &str)]) -> Log {
    let words = Words::new(std::iter::empty());
    let records =
        texts.iter().map(|(file, text)| match recognise(Source::new(*file, *text), file, &words) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        });
    Log::new(records.collect(), vec![])
}

/// A log of `count` records, each of which amends several earlier ones.
pub(super) fn dense(count: usize) -> Log {
    let words = Words::new(std::iter::empty());
    let records = (1..=count).map(|number| {
        let earlier = [1, 2, 5, 9].into_iter().filter(|back| *back < number);
        let links = earlier.map(|back| format!("Amends [x]({:04}-x.md)\n\n", number - back));
        let text =
            format!("# {number}. X\n\n## Status\n\nAccepted\n\n{}", links.collect::<String>());
        let file = format!("{number:04}-x.md");
        match recognise(Source::new(&file, &*text), &file, &words) {
            Recognised::Record(record) => record,
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        }
    });
    Log::new(records.collect(), vec![])
}

pub(super) fn ids(log: &Log) -> Vec<RecordId> {
    log.iter().map(|(id, _)| id).collect()
}

/// The export of [`log`].
pub(super) fn exported(export: &Export) -> String {
    let log = log();
    (export.write)(&log, &ids(&log), &Addresses::default())
}
