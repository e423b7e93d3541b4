//! How records hang together, as places on a sheet: from left to right by age. Knows neither SVG nor
//! HTML; both the graph of a site and `adr graph svg` are made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::layout::layout;
use crate::model::{Log, RecordId, RelationKind};

/// How far apart ranks and rows are, in pixels.
const RANK: f64 = 288.0;
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
    /// Where its name stands, around this point; nowhere if every place for it is taken, or if its
    /// kind says no more than that there is a line.
    pub name: Option<(f64, f64)>,
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
        Node { id: *id, x, y, title: wrapped(log.record(*id).title_or_file()) }
    });
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let width = (drawn.ranks as f64 - 1.0) * RANK + Node::WIDTH + 2.0 * MARGIN;
    let nodes: Vec<Node> = nodes.collect();
    let mut lines: Vec<Line> =
        pairs.values().zip(&drawn.edges).map(|(kind, path)| line(*kind, path)).collect();
    for (line, (earlier, later)) in lines.iter_mut().zip(pairs.keys()) {
        line.is_open = match line.kind {
            RelationKind::Supersedes => !log.successors(*earlier).contains(later),
            RelationKind::SupersededBy => !log.successors(*later).contains(earlier),
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
fn line(kind: RelationKind, path: &[(usize, f64)]) -> Line {
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
    Line { kind, is_open: false, path: drawn, name: None }
}

/// The part of a line between two ranks.
struct Step {
    x: f64,
    y: f64,
    to_x: f64,
    to_y: f64,
}

impl Step {
    /// The point of its curve at `t`, from 0 to 1.
    fn at(&self, t: f64) -> (f64, f64) {
        let bend = 3.0 * t * (1.0 - t);
        // The control points are at half the way, as high as the ends.
        let x = bend * 0.5 + t * t * t;
        let y = bend * t + t * t * t;
        (self.x + (self.to_x - self.x) * x, self.y + (self.to_y - self.y) * y)
    }
}

fn steps(path: &[(usize, f64)]) -> impl Iterator<Item = Step> {
    path.iter().zip(path.iter().skip(1)).map(|(from, to)| {
        let ((x, y), (to_x, to_y)) = (corner(*from), corner(*to));
        let middle = Node::HEIGHT / 2.0;
        Step { x: x + Node::WIDTH, y: y + middle, to_x, to_y: to_y + middle }
    })
}

/// The room that a name takes; the longest of them, in any language, is about as wide.
const NAME: (f64, f64) = (88.0, 14.0);

/// Gives lines their names where there is room: the names of what matters most first, each at the
/// first place along its line where it hides neither another one nor a record.
fn names(lines: &mut [Line], paths: &[Vec<(usize, f64)>], nodes: &[Node]) {
    // What is taken, by its middle and half its size.
    let half = (Node::WIDTH / 2.0 - 12.0, Node::HEIGHT / 2.0);
    let mut taken: Vec<(f64, f64, f64, f64)> = nodes
        .iter()
        .map(|node| (node.x + Node::WIDTH / 2.0, node.y + Node::HEIGHT / 2.0, half.0, half.1))
        .collect();
    let mut order: Vec<(&mut Line, &Vec<(usize, f64)>)> = lines.iter_mut().zip(paths).collect();
    order.sort_by_key(|(line, _)| line.kind);
    // What is only worth reading together is a dashed line, and most lines are that.
    for (line, path) in order.into_iter().filter(|(line, _)| line.kind != RelationKind::RelatesTo) {
        let is_free = |(x, y): &(f64, f64)| {
            taken.iter().all(|(other_x, other_y, width, height)| {
                (x - other_x).abs() >= NAME.0 / 2.0 + width
                    || (y - other_y).abs() >= NAME.1 / 2.0 + height
            })
        };
        line.name = places(path).into_iter().find(is_free);
        taken.extend(line.name.map(|(x, y)| (x, y, NAME.0 / 2.0, NAME.1 / 2.0)));
    }
}

/// Where the name of a line may stand, the best place first: in the middle of the way to the next rank, near it, or
/// where the line passes a rank.
fn places(path: &[(usize, f64)]) -> Vec<(f64, f64)> {
    const MOST: usize = 4;
    let along = [0.5, 0.4, 0.6];
    let curves = steps(path).take(MOST).flat_map(|step| along.map(|t| step.at(t)));
    let mut places: Vec<(f64, f64)> = curves.collect();
    let passed = steps(path).skip(1).take(MOST).map(|step| (step.x - Node::WIDTH / 2.0, step.y));
    let first = places.len().min(along.len());
    places.splice(first..first, passed);
    places
}

#[cfg(test)]
mod tests {
    use super::{NAME, drawing, wrapped};
    use crate::export::testing::{dense, ids};

    #[test]
    fn no_name_hides_another_one() {
        let log = dense(30);
        let drawn = drawing(&log, &ids(&log));
        let names: Vec<(f64, f64)> = drawn.lines.iter().filter_map(|line| line.name).collect();
        // Seen with names at the middle of every line: most of them lay upon each other.
        assert!(names.len() * 3 > drawn.lines.len(), "{} of {}", names.len(), drawn.lines.len());
        for (at, (x, y)) in names.iter().enumerate() {
            for (other_x, other_y) in names.iter().skip(at + 1) {
                let apart = (x - other_x).abs() >= NAME.0 || (y - other_y).abs() >= NAME.1;
                assert!(apart, "{x} {y} and {other_x} {other_y}");
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
