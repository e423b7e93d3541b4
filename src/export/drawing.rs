//! How records hang together, as places on a sheet: from left to right by age. Knows neither SVG nor
//! HTML; both the graph of a site and `adr graph svg` are made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::label::names;
use super::layout::layout;
use crate::model::{Log, RecordId, RelationKind};

/// How far apart ranks and rows are, in pixels.
const RANK: f64 = 292.0;
const ROW: f64 = 72.0;
const MARGIN: f64 = 8.0;

/// How many columns of a title fit into a line of a node, and how many lines there are.
const COLUMNS: usize = 24;
const LINES: usize = 2;

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
    /// As much of the title as fits, in one or two lines.
    pub title: Vec<String>,
}

/// A relation.
#[derive(Debug)]
pub struct Line {
    /// As the later record states it.
    pub kind: RelationKind,
    /// Whether it is a supersession that nobody has decided.
    pub is_open: bool,
    /// The data of an SVG path, from the earlier record to the later.
    pub path: String,
    /// What it is called, read along it: `amended by`.
    pub name: String,
    /// Where the name stands, around this point; nowhere if every place for it is taken, or if its
    /// look says the same.
    pub place: Option<(f64, f64)>,
}

impl Line {
    /// What its looks depend on: the kind, and that what is not decided does not count.
    pub fn class(&self) -> &'static str {
        if self.is_open { "proposed" } else { self.kind.as_str() }
    }
}

impl Node {
    /// How wide every node is.
    pub const WIDTH: f64 = 196.0;
    /// How high every node is.
    pub const HEIGHT: f64 = 58.0;
    /// Where the rule below its text is, from its upper end; lines begin and end there.
    pub const RULE: f64 = 57.0;
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

/// Draws those of the records that are related to another one of them. `name` is what a line is called that
/// leads from an earlier record to a later one of this kind.
pub fn drawing(log: &Log, ids: &[RecordId], name: impl Fn(RelationKind) -> String) -> Drawing {
    let pairs = pairs(log, ids);
    let mut ids: Vec<RecordId> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let at = |id: &RecordId| ids.binary_search(id).unwrap_or_default();
    let edges: Vec<(usize, usize)> = pairs.keys().map(|(a, b)| (at(a), at(b))).collect();
    let drawn = layout(ids.len(), &edges);
    let nodes = ids.iter().zip(&drawn.nodes).map(|(id, place)| {
        let (x, y) = corner(*place);
        Node { id: *id, x, y, title: wrapped(log.record(*id).title_or_file()) }
    });
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let width = (drawn.ranks as f64 - 1.0) * RANK + Node::WIDTH + 2.0 * MARGIN;
    let nodes: Vec<Node> = nodes.collect();
    let mut lines: Vec<Line> = pairs
        .values()
        .zip(&drawn.edges)
        .map(|(kind, path)| line(*kind, name(*kind), path))
        .collect();
    for (line, (earlier, later)) in lines.iter_mut().zip(pairs.keys()) {
        line.is_open = match line.kind {
            // In log order.
            RelationKind::Supersedes => log.successors(*earlier).binary_search(later).is_err(),
            RelationKind::SupersededBy => log.successors(*later).binary_search(earlier).is_err(),
            _ => false,
        };
    }
    names(&mut lines, &drawn.edges, &nodes);
    Drawing { width, height: drawn.rows * ROW - ROW + Node::HEIGHT + 2.0 * MARGIN, nodes, lines }
}

/// The words of a title in lines; what does not fit is left out.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let room = COLUMNS.saturating_sub(word.width() + 1);
        match lines.last_mut() {
            Some(line) if line.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    // Some languages write no blanks, and some words are longer than a line.
    let mut lines: Vec<String> = lines.iter().flat_map(|line| broken(line)).collect();
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(line) = lines.last_mut() {
            while line.width() >= COLUMNS {
                // The last word where there is another one, else a letter.
                let letter = line.char_indices().next_back().map_or(0, |(at, _)| at);
                line.truncate(line.rfind(' ').unwrap_or(letter));
            }
            line.push('…');
        }
    }
    lines
}

/// A line in pieces that fit.
fn broken(line: &str) -> Vec<String> {
    let (mut pieces, mut columns) = (vec![String::new()], 0);
    for c in line.chars() {
        columns += c.width().unwrap_or_default();
        if columns > COLUMNS {
            pieces.push(String::new());
            columns = c.width().unwrap_or_default();
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// The left upper corner of a node.
fn corner((rank, row): (usize, f64)) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let rank = rank as f64;
    (MARGIN + rank * RANK, MARGIN + row * ROW)
}

/// A line through all places of `path`, horizontal where it meets them.
fn line(kind: RelationKind, name: String, path: &[(usize, f64)]) -> Line {
    let mut drawn = String::new();
    for (at, step) in steps(path).enumerate() {
        let Step { x, y, to_x, to_y } = step;
        let half = f64::midpoint(x, to_x);
        // A string takes whatever is written to it.
        let _ = match at {
            0 => write!(drawn, "M{x:.0} {y:.0}"),
            _ => write!(drawn, "H{x:.0}"),
        };
        let _ = write!(drawn, "C{half:.0} {y:.0} {half:.0} {to_y:.0} {to_x:.0} {to_y:.0}");
    }
    Line { kind, is_open: false, path: drawn, name, place: None }
}

/// The part of a line between two ranks.
pub(super) struct Step {
    pub x: f64,
    pub y: f64,
    pub to_x: f64,
    pub to_y: f64,
}

impl Step {
    /// The point of its curve at `t`, from 0 to 1.
    pub(super) fn at(&self, t: f64) -> (f64, f64) {
        let bend = 3.0 * t * (1.0 - t);
        // The control points are at half the way, as high as the ends.
        let x = bend * 0.5 + t * t * t;
        let y = bend * t + t * t * t;
        (self.x + (self.to_x - self.x) * x, self.y + (self.to_y - self.y) * y)
    }
}

/// The steps of a line. At its ends it goes on from the rule below the text of a node; between them it passes at half
/// the height of one.
pub(super) fn steps(path: &[(usize, f64)]) -> impl Iterator<Item = Step> {
    let last = path.len().saturating_sub(1);
    let height = move |at: usize| {
        if at == 0 || at == last { Node::RULE } else { Node::HEIGHT / 2.0 }
    };
    path.iter().zip(path.iter().skip(1)).enumerate().map(move |(at, (from, to))| {
        let ((x, y), (to_x, to_y)) = (corner(*from), corner(*to));
        Step { x: x + Node::WIDTH, y: y + height(at), to_x, to_y: to_y + height(at + 1) }
    })
}

#[cfg(test)]
mod tests {
    use super::{drawing, wrapped};
    use crate::export::label::{NAME, points};
    use crate::export::testing::{dense, ids};

    #[test]
    fn no_name_hides_another_one() {
        let log = dense(30);
        let drawn = drawing(&log, &ids(&log), |_| "amended by".to_owned());
        let named: Vec<_> = drawn.lines.iter().filter(|line| line.place.is_some()).collect();
        assert!(named.len() * 5 > drawn.lines.len(), "{} of {}", named.len(), drawn.lines.len());
        for (at, line) in named.iter().enumerate() {
            let (x, y) = line.place.unwrap();
            for other in named.iter().skip(at + 1) {
                let (other_x, other_y) = other.place.unwrap();
                let apart = (x - other_x).abs() >= 40.0 || (y - other_y).abs() >= NAME;
                assert!(apart, "{x} {y} and {other_x} {other_y}");
            }
        }
    }

    #[test]
    fn a_name_stands_on_its_own_line_alone() {
        let log = dense(30);
        let ids = ids(&log);
        let drawn = drawing(&log, &ids, |_| "amended by".to_owned());
        let pairs = super::pairs(&log, &ids);
        let at = |id| ids.binary_search(&id).unwrap();
        let edges: Vec<_> = pairs.keys().map(|(a, b)| (at(*a), at(*b))).collect();
        let paths = super::layout(ids.len(), &edges).edges;
        for (own, line) in drawn.lines.iter().enumerate() {
            let Some((x, y)) = line.place else { continue };
            for (other, path) in paths.iter().enumerate() {
                let hits =
                    points(path).iter().any(|(a, b)| (a - x).abs() < 30.0 && (b - y).abs() < NAME);
                assert!(other == own || !hits, "{own} {other}");
            }
        }
    }

    #[test]
    fn a_title_is_put_into_lines_and_its_end_left_out() {
        assert_eq!(wrapped("Use files"), ["Use files"]);
        assert_eq!(
            wrapped("Statics in lists, for all that grows"),
            ["Statics in lists, for", "all that grows"]
        );
        assert_eq!(
            wrapped("one two three four five six seven eight nine ten eleven twelve"),
            ["one two three four five", "six seven eight nine…"]
        );
        let word = "x".repeat(60);
        assert_eq!(wrapped(&word), ["x".repeat(24), format!("{}…", "x".repeat(23))]);
        // These take two columns each.
        assert_eq!(wrapped(&"決定".repeat(20)), ["決定".repeat(6), "決定".repeat(5) + "決…"]);
        assert_eq!(wrapped(""), Vec::<String>::new());
    }
}
