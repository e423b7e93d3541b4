//! The relations of a log in the language of Mermaid, which forges render in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::export::definition::{Addresses, Export};
use crate::export::record_json::edges;
use crate::model::{Lifecycle, Log, RecordId};

/// The export.
pub(super) static EXPORT: Export = Export {
    name: "mermaid",
    about: "The relations, for Markdown pages that draw them",
    is_graph: true,
    write,
};

fn write(log: &Log, ids: &[RecordId], addresses: &Addresses<'_>) -> String {
    let indexes: BTreeMap<RecordId, usize> = ids.iter().copied().zip(0..).collect();
    let node_index = |id: &RecordId| indexes.get(id).copied().unwrap_or(ids.len());
    let mut output = String::from("graph LR\n");
    for (index, id) in ids.iter().enumerate() {
        let record = log.record(*id);
        let label = quoted(&format!("{} {}", record.label(), record.title_or_file()));
        let class = match record.status().and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted) | None => "",
            Some(state) if state.is_open() => ":::open",
            Some(_) => ":::past",
        };
        let _ = writeln!(output, "  r{index}[{label}]{class}");
        if !addresses.prefix.is_empty() {
            let _ = writeln!(output, "  click r{index} {}", quoted(&addresses.of(&record.file)));
        }
    }
    for (later, earlier, verb) in edges(log, ids) {
        let _ = writeln!(output, "  r{} -->|{verb}| r{}", node_index(&later), node_index(&earlier));
    }
    output + "  classDef open stroke-dasharray: 4\n  classDef past color:#888,stroke:#888\n"
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::EXPORT;
    use crate::export::testing::exported;

    #[test]
    fn a_relation_is_drawn_once() {
        snapbox::assert_data_eq!(
            exported(&EXPORT),
            snapbox::str![[r#"
graph LR
  r0["ADR-0001 Use &quot;A&quot;"]:::past
  r1["ADR-0002 Use B, C"]
  r2["ADR-0003 Use D"]:::open
  r1 -->|supersedes| r0
  r2 -->|amends| r1
  classDef open stroke-dasharray: 4
  classDef past color:#888,stroke:#888

"#]]
        );
    }
}
