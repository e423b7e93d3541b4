//! The log for other tools: one text of all its records. Knows neither the disk nor the terminal.

mod cluster;
mod csv;
mod dot;
mod drawing;
mod fields;
mod json;
mod label;
mod layout;
mod mermaid;
mod record;
mod svg;
mod toc;

pub use cluster::clusters;
pub use drawing::{Drawing, Line, Node, drawing, pairs};
pub use fields::{Fields, SomeJson};
pub use record::{
    EventJson, IncomingJson, LogJson, OneJson, PublishedJson, RecordJson, RelationJson,
    SCHEMA_VERSION, SkippedJson, StatusJson, distinct_relations, log_json, log_json_of,
};
pub use toc::{Toc, toc};

use std::collections::HashMap;

use crate::model::{Log, RecordId};
use crate::text::{link_address, link_path};

/// A way of writing a log down for others.
#[derive(Debug)]
pub struct Export {
    /// As on the command line: `csv`.
    pub name: &'static str,
    /// For whom it is, in one line.
    pub about: &'static str,
    /// Whether it shows how records hang together, and not what is in them.
    pub is_graph: bool,
    /// The text for some records of a log, in their order.
    pub write: fn(&Log, &[RecordId], &Addresses<'_>) -> String,
}

/// How the addresses of records are made from the names of their files.
#[derive(Clone, Debug, Default)]
pub struct Addresses<'p> {
    /// What comes before them, as it is written in an address.
    pub prefix: String,
    /// What takes the place of `.md`; `None` leaves the names as they are.
    pub extension: Option<String>,
    /// The addresses of files that have another one, by the names of the files.
    pub pages: HashMap<&'p str, &'p str>,
}

impl Addresses<'_> {
    /// The address of `file`, which is relative to the log: one word, for Markdown too.
    pub fn of(&self, file: &str) -> String {
        if let Some(page) = self.pages.get(file) {
            return (*page).to_owned();
        }
        let name = match &self.extension {
            Some(extension) => {
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                format!("{stem}{extension}")
            }
            None => file.to_owned(),
        };
        link_address(&self.prefix) + &link_path(&name)
    }
}

/// Every export.
pub static EXPORTS: &[&Export] =
    &[&json::EXPORT, &csv::EXPORT, &dot::EXPORT, &mermaid::EXPORT, &svg::EXPORT];

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn an_address_leads_to_the_file_whatever_its_name() {
        let addresses =
            Addresses { prefix: "https://a.example/(x y)/".to_owned(), ..Addresses::default() };
        assert_eq!(
            addresses.of("a b/0001-c#.md"),
            "https://a.example/%28x%20y%29/a%20b/0001-c%23.md"
        );
        let pages = Addresses { extension: Some(".html".to_owned()), ..Addresses::default() };
        assert_eq!(pages.of("größe?.md"), "größe%3F.html");
    }
}

#[cfg(test)]
mod testing {
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Log, RecordId};
    use crate::text::Source;

    /// A log of two records, of which the second takes the place of the first, and a third.
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
        let records = texts.iter().map(|(file, text)| {
            match recognise(Source::new(*file, *text), file, &words) {
                Recognised::Record(record) => record,
                Recognised::Skipped(skipped) => panic!("{skipped:?}"),
            }
        });
        Log::new(records.collect(), vec![])
    }

    /// A log of `count` records, each of which has to do with several before it.
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

    /// What `export` makes of that log.
    pub(super) fn exported(export: &super::Export) -> String {
        let log = log();
        (export.write)(&log, &ids(&log), &super::Addresses::default())
    }
}
