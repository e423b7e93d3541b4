//! The relations of a log in the language of Graphviz.

use std::fmt::Write as _;

use crate::export::definition::{Addresses, Export};
use crate::export::record_json::edges;
use crate::model::{Lifecycle, Log, Record, RecordId};

/// The export.
pub(super) static EXPORT: Export =
    Export { name: "dot", about: "The relations, for Graphviz", is_graph: true, write };

fn write(log: &Log, ids: &[RecordId], addresses: &Addresses<'_>) -> String {
    let mut output = String::from("digraph {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for id in ids {
        let record = log.record(*id);
        let label = quoted(&format!("{}\n{}", record.label(), record.title_or_file()));
        let address = quoted(&addresses.of(&record.file));
        let attributes = attributes(record);
        let _ =
            writeln!(output, "  {} [label={label}, URL={address}{attributes}];", node(log, *id));
    }
    for (later, earlier, verb) in edges(log, ids) {
        let (later, earlier) = (node(log, later), node(log, earlier));
        let _ = writeln!(output, "  {later} -> {earlier} [label={}];", quoted(verb));
    }
    output + "}\n"
}

/// The name of a record's node: its file, which is unique.
fn node(log: &Log, id: RecordId) -> String {
    quoted(&log.record(id).file)
}

fn attributes(record: &Record) -> &'static str {
    match record.status().and_then(|status| status.meaning) {
        Some(Lifecycle::Accepted) | None => "",
        Some(state) if state.is_open() => ", style=\"rounded,dashed\"",
        Some(_) => ", color=gray, fontcolor=gray",
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\\' | '"' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::EXPORT;
    use crate::export::testing::exported;

    #[test]
    fn a_relation_is_drawn_once() {
        // Not a snapshot: those take a backslash for the separator of a path.
        let expected = r#"digraph {
  rankdir=LR;
  node [shape=box, style=rounded];
  "0001-use-a.md" [label="ADR-0001\nUse \"A\"", URL="0001-use-a.md", color=gray, fontcolor=gray];
  "0002-use-b.md" [label="ADR-0002\nUse B, C", URL="0002-use-b.md"];
  "0003-use-d.md" [label="ADR-0003\nUse D", URL="0003-use-d.md", style="rounded,dashed"];
  "0002-use-b.md" -> "0001-use-a.md" [label="supersedes"];
  "0003-use-d.md" -> "0002-use-b.md" [label="amends"];
}
"#;
        assert_eq!(exported(&EXPORT), expected);
    }
}
