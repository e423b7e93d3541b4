//! `/graph.html`: how the decisions hang together, drawn from left to right by age.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use tera::Context;

use crate::model::{RecordId, RelationKind};
use crate::site::layout::layout;
use crate::site::relation::{RelationView, relations};
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_graph"), files, fill: Fill::Template("graph.html", values) };

/// How far apart ranks and rows are, and how large a node is, in pixels.
const RANK: f64 = 320.0;
const ROW: f64 = 56.0;
const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 40.0;
const MARGIN: f64 = 8.0;

/// How many characters of a title fit into a node.
const TITLE: usize = 25;

/// A record in the drawing.
#[derive(Serialize)]
struct Node {
    to: Reference,
    short: String,
    x: String,
    y: String,
    in_force: bool,
}

/// A relation in the drawing.
#[derive(Serialize)]
struct Edge {
    path: String,
    name: String,
    kind: &'static str,
    x: String,
    y: String,
}

fn files(site: &Site<'_>) -> Vec<File> {
    if edges(site).is_empty() { vec![] } else { vec![File::log("graph.html")] }
}

/// Every pair of records that are related, the earlier first, with the kind of their relation as
/// the later one states it. Of several relations between two records the first in the order of
/// kinds: a drawing shows one line.
fn edges(site: &Site<'_>) -> BTreeMap<(RecordId, RecordId), RelationKind> {
    let mut edges: BTreeMap<(RecordId, RecordId), RelationKind> = BTreeMap::new();
    for (id, _) in site.log.iter() {
        for (relation, target) in site.log.relations(id) {
            let Some(target) = target.filter(|target| *target != id) else { continue };
            let (pair, kind) = if target < id {
                ((target, id), relation.kind)
            } else {
                ((id, target), relation.kind.inverse())
            };
            let own = edges.entry(pair).or_insert(kind);
            *own = (*own).min(kind);
        }
    }
    edges
}

/// The relations of one record, as text.
#[derive(Serialize)]
struct Entry {
    record: Reference,
    relations: Vec<RelationView>,
}

fn values(site: &Site<'_>, _: &File) -> Context {
    let edges = edges(site);
    let mut ids: Vec<RecordId> = edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let at = |id: &RecordId| ids.binary_search(id).unwrap_or_default();
    let pairs: Vec<(usize, usize)> = edges.keys().map(|(a, b)| (at(a), at(b))).collect();
    let drawn = layout(ids.len(), &pairs);
    let nodes: Vec<Node> =
        ids.iter().zip(&drawn.nodes).map(|(id, place)| node(site, *id, *place)).collect();
    let lines: Vec<Edge> =
        edges.values().zip(&drawn.edges).map(|(kind, path)| edge(site, *kind, path)).collect();
    let entries: Vec<Entry> = ids
        .iter()
        .map(|id| Entry { record: site.reference(*id), relations: relations(site, *id) })
        .collect();
    let mut context = Context::new();
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let width = (drawn.ranks as f64 - 1.0) * RANK + WIDTH + 2.0 * MARGIN;
    context.insert("width", &format!("{width:.0}"));
    context.insert("height", &format!("{:.0}", drawn.rows * ROW - ROW + HEIGHT + 2.0 * MARGIN));
    context.insert("nodes", &nodes);
    context.insert("edges", &lines);
    context.insert("entries", &entries);
    context.insert("alone", &(site.log.records().len() - ids.len()));
    context
}

/// The left upper corner of a node.
fn corner((rank, row): (usize, f64)) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let rank = rank as f64;
    (MARGIN + rank * RANK, MARGIN + row * ROW)
}

fn node(site: &Site<'_>, id: RecordId, place: (usize, f64)) -> Node {
    let to = site.reference(id);
    let (x, y) = corner(place);
    let mut short: String = to.title.chars().take(TITLE).collect();
    if short.len() < to.title.len() {
        short = format!("{}…", short.trim_end());
    }
    let in_force = site.log.in_force(id);
    Node { to, short, x: format!("{x:.0}"), y: format!("{y:.0}"), in_force }
}

/// A line through all places of `path`, horizontal where it meets them.
fn edge(site: &Site<'_>, kind: RelationKind, path: &[(usize, f64)]) -> Edge {
    let mut line = String::new();
    let mut middle = (0.0, 0.0);
    let steps = path.iter().zip(path.iter().skip(1));
    for (at, (from, to)) in steps.enumerate() {
        let ((x, y), (to_x, to_y)) = (corner(*from), corner(*to));
        let (x, y, to_y) = (x + WIDTH, y + HEIGHT / 2.0, to_y + HEIGHT / 2.0);
        let half = f64::midpoint(x, to_x);
        if at == 0 {
            line = format!("M{x:.0} {y:.0}");
            middle = (half, f64::midpoint(y, to_y));
        } else {
            // A string takes whatever is written to it.
            let _ = write!(line, "H{x:.0}");
        }
        let _ = write!(line, "C{half:.0} {y:.0} {half:.0} {to_y:.0} {to_x:.0} {to_y:.0}");
    }
    Edge {
        path: line,
        // Read along the line, from the earlier record to the later.
        name: site.messages.get(kind.inverse().as_str()).to_lowercase(),
        kind: kind.as_str(),
        x: format!("{:.0}", middle.0),
        y: format!("{:.0}", middle.1),
    }
}
