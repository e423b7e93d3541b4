//! `/graph.html`: how the decisions hang together, drawn from left to right by age.

use serde::Serialize;
use tera::Context;

use crate::export::{Line, Node, drawing, pairs};
use crate::model::RecordId;
use crate::site::relation::{RelationView, relations};
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_graph"), files, fill: Fill::Template("graph.html", values) };

/// A record in the drawing.
#[derive(Serialize)]
struct NodeView {
    to: Reference,
    short: String,
    x: String,
    y: String,
    in_force: bool,
}

/// A relation in the drawing.
#[derive(Serialize)]
struct LineView {
    path: String,
    name: String,
    kind: &'static str,
    /// Where the name stands, if it does.
    place: Option<(String, String)>,
}

/// The relations of one record, as text.
#[derive(Serialize)]
struct Entry {
    record: Reference,
    relations: Vec<RelationView>,
}

fn files(site: &Site<'_>) -> Vec<File> {
    if pairs(site.log, &all(site)).is_empty() { vec![] } else { vec![File::log("graph.html")] }
}

fn all(site: &Site<'_>) -> Vec<RecordId> {
    site.log.iter().map(|(id, _)| id).collect()
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let drawn = drawing(site.log, &all(site));
    let entries = drawn
        .nodes
        .iter()
        .map(|node| Entry { record: site.reference(node.id), relations: relations(site, node.id) });
    let mut context = Context::new();
    context.insert("width", &format!("{:.0}", drawn.width));
    context.insert("height", &format!("{:.0}", drawn.height));
    let nodes = drawn.nodes.iter().map(|node| node_view(site, node));
    context.insert("nodes", &nodes.collect::<Vec<_>>());
    let lines = drawn.lines.iter().map(|line| line_view(site, line));
    context.insert("edges", &lines.collect::<Vec<_>>());
    context.insert("entries", &entries.collect::<Vec<_>>());
    context.insert("alone", &(site.log.records().len() - drawn.nodes.len()));
    context
}

fn node_view(site: &Site<'_>, node: &Node) -> NodeView {
    NodeView {
        to: site.reference(node.id),
        short: node.short.clone(),
        x: format!("{:.0}", node.x),
        y: format!("{:.0}", node.y),
        in_force: site.log.in_force(node.id),
    }
}

fn line_view(site: &Site<'_>, line: &Line) -> LineView {
    LineView {
        path: line.path.clone(),
        // Read along the line, from the earlier record to the later.
        name: site.messages.get(line.kind.inverse().as_str()).to_lowercase(),
        kind: line.kind.as_str(),
        place: line.name.map(|(x, y)| (format!("{x:.0}"), format!("{y:.0}"))),
    }
}
