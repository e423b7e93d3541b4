//! The relations of a log in the language of Mermaid, which forges draw in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Addresses, Export};
use crate::model::{Lifecycle, Log, RecordId};

/// See the module.
pub(super) static EXPORT: Export = Export {
    name: "mermaid",
    about: "The relations, for Markdown pages that draw them",
    is_graph: true,
    write,
};

fn write(log: &Log, ids: &[RecordId], addresses: &Addresses<'_>) -> String {
    let places: BTreeMap<RecordId, usize> = ids.iter().copied().zip(0..).collect();
    let name = |id: &RecordId| places.get(id).copied().unwrap_or(ids.len());
    let mut out = String::from("graph LR\n");
    for (at, id) in ids.iter().enumerate() {
        let record = log.record(*id);
        let label = quoted(&format!("{} {}", record.label(), record.title_or_file()));
        let class = match record.status().and_then(|status| status.meaning) {
            Some(Lifecycle::Accepted) | None => "",
            Some(Lifecycle::Draft | Lifecycle::Proposed) => ":::open",
            Some(_) => ":::past",
        };
        let _ = writeln!(out, "  r{at}[{label}]{class}");
        if !addresses.prefix.is_empty() {
            let _ = writeln!(out, "  click r{at} {}", quoted(&addresses.of(&record.file)));
        }
    }
    for (from, to, verb) in super::record::edges(log, ids) {
        let _ = writeln!(out, "  r{} -->|{verb}| r{}", name(&from), name(&to));
    }
    out + "  classDef open stroke-dasharray: 4\n  classDef past color:#888,stroke:#888\n"
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
