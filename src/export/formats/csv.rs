//! The log as comma-separated values (RFC 4180), one record per line.

use crate::export::definition::{Addresses, Export};
use crate::export::record_json::RecordJson;
use crate::model::{Log, RecordId};

/// The export.
pub(super) static EXPORT: Export =
    Export { name: "csv", about: "One record per line, for spreadsheets", is_graph: false, write };

const HEADER: [&str; 10] = [
    "number",
    "id",
    "title",
    "status",
    "in_force",
    "date",
    "decision_makers",
    "tags",
    "relations",
    "file",
];

fn write(log: &Log, ids: &[RecordId], addresses: &Addresses<'_>) -> String {
    let mut output = line(HEADER.map(str::to_owned));
    for id in ids {
        let record = RecordJson::new(log, *id);
        let text_or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let relations = record.relations.iter().map(|relation| {
            format!("{} {}", relation.kind, relation.target.unwrap_or(relation.text))
        });
        output.push_str(&line([
            record.number.map(|number| number.to_string()).unwrap_or_default(),
            text_or_empty(record.id),
            text_or_empty(record.title),
            text_or_empty(record.status),
            record.in_force.to_string(),
            record.date.clone().unwrap_or_default(),
            record.decision_makers.join("; "),
            record.tags.join("; "),
            relations.collect::<Vec<_>>().join("; "),
            addresses.of(record.file),
        ]));
    }
    output
}

/// The characters that a formula begins with, or that spreadsheets skip before it.
const FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

fn line(cells: [String; 10]) -> String {
    let cells = cells.map(|cell| {
        // A spreadsheet would compute such a cell, also with the full-width signs of East Asian text.
        let is_formula = cell.starts_with(FORMULA);
        let cell = if is_formula { format!("'{cell}") } else { cell };
        let needs_quotes = cell.contains(['"', ',', '\n', '\r']);
        if needs_quotes { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    });
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use super::{EXPORT, FORMULA, line};
    use crate::export::testing::exported;

    #[test]
    fn a_record_is_a_line() {
        let expected = "number,id,title,status,in_force,date,decision_makers,tags,relations,file\r\n\
            1,,\"Use \"\"A\"\"\",superseded,false,2024-01-02,,,superseded-by 0002-use-b.md,0001-use-a.md\r\n\
            2,,\"Use B, C\",accepted,true,,,x; y,,0002-use-b.md\r\n\
            3,,Use D,proposed,false,,,,amends 0002-use-b.md,0003-use-d.md\r\n";
        assert_eq!(exported(&EXPORT), expected);
    }

    #[test]
    fn nothing_is_a_formula() {
        for sign in FORMULA {
            let cells: [String; 10] = std::array::from_fn(|_| format!("{sign}1"));
            let line = line(cells).replace('"', "");
            assert!(line.split(',').all(|cell| cell.starts_with('\'')), "{line}");
        }
    }
}
