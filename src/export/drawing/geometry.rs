//! The shapes of a drawing: boxes of records, and curves of relations. All lengths are in pixels.

use std::fmt::Write as _;

use super::layered_layout::Position;
use crate::model::{RecordId, RelationKind};

/// The distances between ranks and between rows.
pub(super) const RANK: f64 = 292.0;
pub(super) const ROW: f64 = 72.0;
pub(super) const MARGIN: f64 = 8.0;

/// The box of a record.
#[derive(Debug)]
pub struct DrawnRecord {
    /// The record.
    pub id: RecordId,
    /// The left edge.
    pub x: f64,
    /// The top edge.
    pub y: f64,
    /// The part of the title that fits, in one or two lines.
    pub title: Vec<String>,
}

impl DrawnRecord {
    /// The width of every box.
    pub const WIDTH: f64 = 196.0;
    /// The height of every box.
    pub const HEIGHT: f64 = 58.0;
    /// The distance from the top edge to the rule below the text, at which curves begin and end.
    pub const RULE: f64 = 57.0;
}

/// The curve of a relation.
#[derive(Debug)]
pub struct DrawnRelation {
    /// The kind of the relation from the later record.
    pub kind: RelationKind,
    /// Whether it is a supersession that is not decided yet.
    pub is_open: bool,
    /// The data of an SVG path from the earlier record to the later one.
    pub path: String,
    /// The name of the relation in the direction of the path: `amended by`.
    pub name: String,
    /// The center of the name; `None` if there is no room, or if the style of the curve tells the kind.
    pub label_center: Option<(f64, f64)>,
}

impl DrawnRelation {
    /// A curve through all positions of the route, horizontal at each.
    pub(super) fn new(kind: RelationKind, name: String, route: &[Position]) -> Self {
        let mut path = String::new();
        for (index, segment) in segments(route).enumerate() {
            let CurveSegment { x, y, to_x, to_y } = segment;
            let middle = f64::midpoint(x, to_x);
            // Writing to a string cannot fail.
            let _ = match index {
                0 => write!(path, "M{x:.0} {y:.0}"),
                _ => write!(path, "H{x:.0}"),
            };
            let _ = write!(path, "C{middle:.0} {y:.0} {middle:.0} {to_y:.0} {to_x:.0} {to_y:.0}");
        }
        Self { kind, is_open: false, path, name, label_center: None }
    }

    /// The class that determines its style: the kind, or that it is not decided yet.
    pub fn class(&self) -> &'static str {
        if self.is_open { "proposed" } else { self.kind.as_str() }
    }
}

/// The top left corner of the box at a position.
pub(super) fn corner((rank, row): Position) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let rank = rank as f64;
    (MARGIN + rank * RANK, MARGIN + row * ROW)
}

/// The part of a curve between two ranks.
pub(super) struct CurveSegment {
    pub x: f64,
    pub y: f64,
    pub to_x: f64,
    pub to_y: f64,
}

impl CurveSegment {
    /// The point of the Bézier curve at `t`, from 0 to 1.
    pub(super) fn point_at(&self, t: f64) -> (f64, f64) {
        let bend = 3.0 * t * (1.0 - t);
        // The control points are in the middle between the ends, each at the height of one end.
        let x_share = bend * 0.5 + t * t * t;
        let y_share = bend * t + t * t * t;
        (self.x + (self.to_x - self.x) * x_share, self.y + (self.to_y - self.y) * y_share)
    }
}

/// The segments of a curve. At its ends it continues the rule below the text of a box; in between it is at half the
/// height of a box.
pub(super) fn segments(route: &[Position]) -> impl Iterator<Item = CurveSegment> {
    let last_index = route.len().saturating_sub(1);
    let height = move |index: usize| {
        if index == 0 || index == last_index {
            DrawnRecord::RULE
        } else {
            DrawnRecord::HEIGHT / 2.0
        }
    };
    let pairs = route.iter().zip(route.iter().skip(1));
    pairs.enumerate().map(move |(index, (from, to))| {
        let ((x, y), (to_x, to_y)) = (corner(*from), corner(*to));
        CurveSegment {
            x: x + DrawnRecord::WIDTH,
            y: y + height(index),
            to_x,
            to_y: to_y + height(index + 1),
        }
    })
}
