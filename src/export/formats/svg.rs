//! The relations of a log as an SVG drawing. It is the graph of the site with the style in the file, so that it can be
//! opened, embedded in a page, or printed.

use std::fmt::Write as _;

use crate::export::definition::{Addresses, Export};
use crate::export::drawing::{Drawing, DrawnRecord, DrawnRelation, drawing};
use crate::model::{Lifecycle, Log, RecordId, RelationKind};
use crate::text::entity;

/// The export.
pub(super) static EXPORT: Export = Export {
    name: "svg",
    about: "A drawing of the relations, without unrelated records",
    is_graph: true,
    write,
};

/// The colours of `templates/asset/style.css`, in a notation that converters support.
const STYLE: &str = "\
text{font:13px system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",sans-serif;fill:#26211a}
a{text-decoration:none}
.sheet,.node rect{fill:#fcfbf6}
.edge path,.rule{fill:none;stroke:#857f77}
marker path{fill:none;stroke:#605a53}
.edge text{font-size:11px;fill:#605a53;text-anchor:middle;paint-order:stroke;stroke:#fcfbf6;stroke-width:4px;dominant-baseline:central}
.edge.supersedes path{stroke:#265191;stroke-width:1.8}
.edge.relates-to path,.edge.other path{stroke-dasharray:3 3}
.node .number{font-size:12px;fill:#605a53}
.node.quiet text{fill:#605a53}
.node svg{overflow:visible}
.ring{fill:none;stroke:currentColor;stroke-width:1.6}
.dashed{stroke-dasharray:2.2 2.2}
.accepted{color:#1b6236}.proposed{color:#7b4c00}.draft{color:#4c5a69}.rejected{color:#9a2929}
.deprecated{color:#784634}.superseded{color:#6a3f86}.other{color:#005c71}.none{color:#605a53}
@media(prefers-color-scheme:dark){
text{fill:#e2ded5}
.sheet,.node rect{fill:#191713}
.edge path,.rule{stroke:#7f7971}
marker path{stroke:#a39e95}
.edge text{fill:#a39e95;stroke:#191713}
.edge.supersedes path{stroke:#90baf1}
.node .number,.node.quiet text{fill:#a39e95}
.accepted{color:#85ca98}.proposed{color:#e0b771}.draft{color:#a6b6c7}.rejected{color:#f08f87}
.deprecated{color:#dba790}.superseded{color:#c9a8e3}.other{color:#84c2d7}.none{color:#a39e95}
}";

/// The marks of statuses, as in `templates/site/_components.html`. They differ in shape, not only in colour.
const MARKS: &[(&str, &str)] = &[
    ("accepted", r#"<circle cx="6" cy="6" r="5" fill="currentColor"/>"#),
    ("proposed", r#"<circle cx="6" cy="6" r="4.2" class="ring"/>"#),
    ("draft", r#"<circle cx="6" cy="6" r="4.2" class="ring dashed"/>"#),
    (
        "rejected",
        r#"<circle cx="6" cy="6" r="4.2" class="ring"/><path class="ring" d="M3 3l6 6M9 3l-6 6"/>"#,
    ),
    (
        "deprecated",
        r#"<circle cx="6" cy="6" r="4.2" class="ring"/><path fill="currentColor" d="M6 1.8a4.2 4.2 0 0 0 0 8.4z"/>"#,
    ),
    (
        "superseded",
        r#"<circle cx="2.9" cy="6" r="2.9" fill="currentColor"/><path class="ring" d="M5.5 6h5.6M8.6 3.2L11.4 6 8.6 8.8"/>"#,
    ),
    ("other", r#"<path class="ring" d="M6 1.4L10.6 6 6 10.6 1.4 6z"/>"#),
    ("none", r#"<path class="ring" d="M2.5 6h7"/>"#),
];

fn write(log: &Log, ids: &[RecordId], addresses: &Addresses<'_>) -> String {
    // Read along the line, from the earlier record to the later.
    let name = |kind: RelationKind| kind.inverse().as_str().replace('-', " ");
    let drawing = drawing(log, ids, name);
    if drawing.nodes.is_empty() {
        return sheet(220.0, 40.0, "<text x=\"8\" y=\"25\">No record is related.</text>\n");
    }
    let mut elements = String::from(
        "<defs><marker id=\"Arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path d=\"M1 1l6 3-6 3\"/></marker></defs>\n",
    );
    let Drawing { width, height, nodes, relations } = drawing;
    for relation in relations {
        elements.push_str(&edge(&relation));
    }
    for record in nodes {
        elements.push_str(&node(log, &record, addresses));
    }
    sheet(width, height, &elements)
}

fn sheet(width: f64, height: f64, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\">\n<title>How the decisions are related</title>\n\
         <style>\n{STYLE}\n</style>\n<rect class=\"sheet\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
    )
}

fn edge(relation: &DrawnRelation) -> String {
    let DrawnRelation { path, name, label_center, .. } = relation;
    let label = label_center
        .map(|(x, y)| format!("<text x=\"{x:.0}\" y=\"{y:.0}\">{name}</text>"))
        .unwrap_or_default();
    format!(
        "<g class=\"edge {}\"><title>{name}</title><path d=\"{path}\" marker-end=\"url(#Arrow)\"/>{label}</g>\n",
        relation.class()
    )
}

fn node(log: &Log, node: &DrawnRecord, addresses: &Addresses<'_>) -> String {
    let record = log.record(node.id);
    let status = record.status();
    let class = status.map_or("none", |status| status.meaning.map_or("other", Lifecycle::as_str));
    let status_mark = MARKS.iter().find(|(kind, _)| *kind == class).map_or("", |(_, mark)| mark);
    let quiet_class = if log.in_force(node.id) { "" } else { " quiet" };
    let status_word = status.map_or("no status", |status| &*status.word);
    let title = escaped(&format!("{} ({status_word})", record.title_or_file()));
    let is_named = record.id.is_some() || record.number.is_some();
    let label = if is_named { escaped(&record.label()) } else { String::new() };
    let address = escaped(&addresses.of(&record.file));
    let mut title_lines = String::new();
    let top_offset = if node.title.len() == 1 { 16 } else { 0 };
    for (line, y) in node.title.iter().zip([32 + top_offset, 48]) {
        // Writing to a string cannot fail.
        let _ = write!(title_lines, "<text x=\"8\" y=\"{y}\">{}</text>", escaped(line));
    }
    let rectangle = format!(
        "x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\"",
        node.x,
        node.y,
        DrawnRecord::WIDTH,
        DrawnRecord::HEIGHT
    );
    let (rule, width) = (DrawnRecord::RULE, DrawnRecord::WIDTH);
    let (mark_y, number_y) = (top_offset + 4, top_offset + 14);
    let mut output = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        output,
        "<a href=\"{address}\" class=\"node{quiet_class}\"><title>{title}</title><rect {rectangle}/>\
         <svg {rectangle}><path class=\"rule\" d=\"M0 {rule:.0}H{width:.0}\"/><svg class=\"{class}\" x=\"8\" y=\"{mark_y}\" width=\"11\" height=\"11\" \
         viewBox=\"0 0 12 12\" overflow=\"visible\">{status_mark}</svg>\
         <text class=\"number\" x=\"24\" y=\"{number_y}\">{label}</text>{title_lines}</svg></a>"
    );
    output
}

/// `text` for XML, without control characters, which XML cannot represent.
fn escaped(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for c in text.chars() {
        match entity(c) {
            Some(entity) => output.push_str(entity),
            None => output.push(if c.is_control() { '\u{fffd}' } else { c }),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::{EXPORT, MARKS, escaped};
    use crate::export::testing::{exported, ids, log};
    use crate::model::RecordId;

    #[test]
    fn related_records_stand_side_by_side() {
        let drawn = exported(&EXPORT);
        let (_, body) = drawn.split_once("</defs>\n").unwrap();
        snapbox::assert_data_eq!(
            body,
            snapbox::str![[r#"
<g class="edge supersedes"><title>superseded by</title><path d="M204 65C252 65 252 65 300 65" marker-end="url(#Arrow)"/></g>
<g class="edge amends"><title>amended by</title><path d="M496 65C544 65 544 65 592 65" marker-end="url(#Arrow)"/><text x="544" y="65">amended by</text></g>
<a href="0001-use-a.md" class="node quiet"><title>Use &quot;A&quot; (superseded)</title><rect x="8" y="8" width="196" height="58"/><svg x="8" y="8" width="196" height="58"><path class="rule" d="M0 57H196"/><svg class="superseded" x="8" y="20" width="11" height="11" viewBox="0 0 12 12" overflow="visible"><circle cx="2.9" cy="6" r="2.9" fill="currentColor"/><path class="ring" d="M5.5 6h5.6M8.6 3.2L11.4 6 8.6 8.8"/></svg><text class="number" x="24" y="30">ADR-0001</text><text x="8" y="48">Use &quot;A&quot;</text></svg></a>
<a href="0002-use-b.md" class="node"><title>Use B, C (accepted)</title><rect x="300" y="8" width="196" height="58"/><svg x="300" y="8" width="196" height="58"><path class="rule" d="M0 57H196"/><svg class="accepted" x="8" y="20" width="11" height="11" viewBox="0 0 12 12" overflow="visible"><circle cx="6" cy="6" r="5" fill="currentColor"/></svg><text class="number" x="24" y="30">ADR-0002</text><text x="8" y="48">Use B, C</text></svg></a>
<a href="0003-use-d.md" class="node quiet"><title>Use D (proposed)</title><rect x="592" y="8" width="196" height="58"/><svg x="592" y="8" width="196" height="58"><path class="rule" d="M0 57H196"/><svg class="proposed" x="8" y="20" width="11" height="11" viewBox="0 0 12 12" overflow="visible"><circle cx="6" cy="6" r="4.2" class="ring"/></svg><text class="number" x="24" y="30">ADR-0003</text><text x="8" y="48">Use D</text></svg></a>
</svg>

"#]]
        );
    }

    #[test]
    fn a_log_without_relations_is_a_sheet_that_says_so() {
        let log = log();
        let alone: Vec<RecordId> = ids(&log).into_iter().take(1).collect();
        let drawn = (EXPORT.write)(&log, &alone, &crate::export::Addresses::default());
        let (_, body) = drawn.split_once("height=\"100%\"/>\n").unwrap();
        assert_eq!(body, "<text x=\"8\" y=\"25\">No record is related.</text>\n</svg>\n");
    }

    #[test]
    fn the_marks_are_those_of_the_site() {
        let page = include_str!("../../../templates/site/_components.html");
        let lost: Vec<_> = MARKS.iter().filter(|(_, mark)| !page.contains(mark)).collect();
        assert_eq!(lost, Vec::<&(&str, &str)>::new());
    }

    #[test]
    fn no_title_ends_the_drawing() {
        assert_eq!(escaped("</svg>\u{1b}&\""), "&lt;/svg&gt;\u{fffd}&amp;&quot;");
    }
}
