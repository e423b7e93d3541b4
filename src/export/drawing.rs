//! How records hang together, as places on a sheet: from left to right by age. Knows neither SVG nor
//! HTML; both the graph of a site and `adr graph svg` are made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::layout::layout;
use crate::model::{Log, RecordId, RelationKind};

/// How far apart ranks and rows are, in pixels.
const RANK: f64 = 320.0;
const ROW: f64 = 56.0;
const MARGIN: f64 = 8.0;

/// How many characters of a title fit into a node.
const TITLE: usize = 25;

/// A drawing of the records that are related to others; all lengths are in pixels.
#[derive(Debug)]
pub struct Drawing {
    /// Of the sheet.
    pub width: f64,
    /// Of the sheet.
    pub height: f64,
    /// In log order.
    pub nodes: Vec<Node>,
    /// In log order of their earlier ends.
    pub lines: Vec<Line>,
}

/// A record.
#[derive(Debug)]
pub struct Node {
    /// Which.
    pub id: RecordId,
    /// Of the left upper corner.
    pub x: f64,
    /// Of the left upper corner.
    pub y: f64,
    /// As much of the title as fits.
    pub short: String,
}

/// A relation.
#[derive(Debug)]
pub struct Line {
    /// As the later record states it.
    pub kind: RelationKind,
    /// The data of an SVG path, from the earlier record to the later.
    pub path: String,
    /// Of the middle of its first part, where its name stands.
    pub x: f64,
    /// Of the middle of its first part.
    pub y: f64,
}

impl Node {
    /// How wide every node is.
    pub const WIDTH: f64 = 220.0;
    /// How high every node is.
    pub const HEIGHT: f64 = 40.0;
}

/// Every pair of the records that are related, the earlier first, with the kind of their relation
/// as the later one states it. Of several relations between two records the first in the order of
/// kinds: a drawing shows one line.
pub fn pairs(log: &Log, ids: &[RecordId]) -> BTreeMap<(RecordId, RecordId), RelationKind> {
    let shown: BTreeSet<RecordId> = ids.iter().copied().collect();
    let mut pairs: BTreeMap<(RecordId, RecordId), RelationKind> = BTreeMap::new();
    for id in &shown {
        for (relation, target) in log.relations(*id) {
            let target = target.filter(|target| target != id && shown.contains(target));
            let Some(target) = target else { continue };
            let (pair, kind) = if target < *id {
                ((target, *id), relation.kind)
            } else {
                ((*id, target), relation.kind.inverse())
            };
            let own = pairs.entry(pair).or_insert(kind);
            *own = (*own).min(kind);
        }
    }
    pairs
}

/// Draws those of the records that are related to another one of them.
pub fn drawing(log: &Log, ids: &[RecordId]) -> Drawing {
    let pairs = pairs(log, ids);
    let mut ids: Vec<RecordId> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let at = |id: &RecordId| ids.binary_search(id).unwrap_or_default();
    let edges: Vec<(usize, usize)> = pairs.keys().map(|(a, b)| (at(a), at(b))).collect();
    let drawn = layout(ids.len(), &edges);
    let nodes = ids.iter().zip(&drawn.nodes).map(|(id, place)| {
        let (x, y) = corner(*place);
        Node { id: *id, x, y, short: short(log.record(*id).title_or_file()) }
    });
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let width = (drawn.ranks as f64 - 1.0) * RANK + Node::WIDTH + 2.0 * MARGIN;
    Drawing {
        width,
        height: drawn.rows * ROW - ROW + Node::HEIGHT + 2.0 * MARGIN,
        nodes: nodes.collect(),
        lines: pairs.values().zip(&drawn.edges).map(|(kind, path)| line(*kind, path)).collect(),
    }
}

fn short(title: &str) -> String {
    let short: String = title.chars().take(TITLE).collect();
    if short.len() < title.len() { format!("{}…", short.trim_end()) } else { short }
}

/// The left upper corner of a node.
fn corner((rank, row): (usize, f64)) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let rank = rank as f64;
    (MARGIN + rank * RANK, MARGIN + row * ROW)
}

/// A line through all places of `path`, horizontal where it meets them.
fn line(kind: RelationKind, path: &[(usize, f64)]) -> Line {
    let mut drawn = String::new();
    let mut middle = (0.0, 0.0);
    let steps = path.iter().zip(path.iter().skip(1));
    for (at, (from, to)) in steps.enumerate() {
        let ((x, y), (to_x, to_y)) = (corner(*from), corner(*to));
        let (x, y, to_y) = (x + Node::WIDTH, y + Node::HEIGHT / 2.0, to_y + Node::HEIGHT / 2.0);
        let half = f64::midpoint(x, to_x);
        if at == 0 {
            drawn = format!("M{x:.0} {y:.0}");
            middle = (half, f64::midpoint(y, to_y));
        } else {
            // A string takes whatever is written to it.
            let _ = write!(drawn, "H{x:.0}");
        }
        let _ = write!(drawn, "C{half:.0} {y:.0} {half:.0} {to_y:.0} {to_x:.0} {to_y:.0}");
    }
    Line { kind, path: drawn, x: middle.0, y: middle.1 }
}
