//! The names of lines in a drawing: where there is room for them.
//!
//! Places are looked up in a grid, so that a name is compared with what is near it and not with all lines.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr as _;

use super::drawing::{Line, Node, steps};
use crate::model::RelationKind;

/// How wide a column of a name is, and how high a name.
const COLUMN: f64 = 5.9;
pub(super) const NAME: f64 = 14.0;

/// So many lines get a name at most; in a drawing with more they could not be read.
const MOST: usize = 4_000;

/// A box that something takes, by its middle and half its size.
#[derive(Clone, Copy, Debug)]
struct Taken {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Taken {
    fn meets(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.width + other.width
            && (self.y - other.y).abs() < self.height + other.height
    }
}

/// Gives lines their names where there is room: the names of what matters most first, each at the
/// first place along its line where it hides neither another one nor a record, and where no other line could be meant.
pub(super) fn names(lines: &mut [Line], paths: &[Vec<(usize, f64)>], nodes: &[Node]) {
    let half = (Node::WIDTH / 2.0, Node::HEIGHT / 2.0);
    let mut taken = Grid::new((Node::WIDTH, Node::HEIGHT));
    for node in nodes {
        let (x, y) = (node.x + half.0, node.y + half.1);
        taken.add(&Taken { x, y, width: half.0, height: half.1 });
    }
    let mut passed = Grid::new((NAME, NAME));
    for (line, path) in paths.iter().enumerate() {
        for (x, y) in points(path) {
            passed.add(&(line, Taken { x, y, width: 0.0, height: 0.0 }));
        }
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|at| lines.get(*at).map(|line| line.kind));
    // The hue says what a successor is, and a dashed line what is only worth reading together.
    let plain = [RelationKind::Supersedes, RelationKind::RelatesTo, RelationKind::Other];
    let named = |at: &usize| lines.get(*at).is_some_and(|line| !plain.contains(&line.kind));
    let named: Vec<usize> = order.into_iter().filter(named).take(MOST).collect();
    for at in named {
        let (Some(line), Some(path)) = (lines.get_mut(at), paths.get(at)) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "no name is that long")]
        let width = line.name.width() as f64 * COLUMN / 2.0 + 4.0;
        let own = |(x, y): (f64, f64)| Taken { x, y, width, height: NAME / 2.0 };
        let is_free = |place: &Taken| {
            let near = Taken { height: NAME, ..*place };
            !passed.has(&near, |(other, point)| *other != at && near.meets(point))
                && !taken.has(place, |other| other.meets(place))
        };
        if let Some(place) = places(path).into_iter().map(own).find(is_free) {
            line.place = Some((place.x, place.y));
            taken.add(&place);
        }
    }
}

/// Something that takes a box.
trait Boxed {
    fn taken(&self) -> &Taken;
}

impl Boxed for Taken {
    fn taken(&self) -> &Taken {
        self
    }
}

impl Boxed for (usize, Taken) {
    fn taken(&self) -> &Taken {
        &self.1
    }
}

/// A cell of a grid: its column and its row.
type Cell = (i64, i64);

/// Things by the cells that they take a part of.
struct Grid<T> {
    /// How wide and how high a cell is.
    cell: (f64, f64),
    cells: HashMap<Cell, Vec<T>>,
}

/// What one cell holds at most: where so many lines pass through a few pixels, one more makes no difference.
const FULL: usize = 256;

impl<T: Boxed + Clone> Grid<T> {
    fn new(cell: (f64, f64)) -> Self {
        Self { cell, cells: HashMap::new() }
    }

    fn add(&mut self, one: &T) {
        for cell in self.cells(one.taken()) {
            let things = self.cells.entry(cell).or_default();
            if things.len() < FULL {
                things.push(one.clone());
            }
        }
    }

    /// Whether something in the cells of `place` is meant.
    fn has(&self, place: &Taken, is: impl Fn(&T) -> bool) -> bool {
        self.cells(place).any(|cell| self.cells.get(&cell).into_iter().flatten().any(&is))
    }

    /// The cells that a box takes a part of.
    fn cells(&self, place: &Taken) -> impl Iterator<Item = Cell> + use<T> {
        #[expect(clippy::cast_possible_truncation, reason = "a drawing is not that large")]
        let at = |place: f64, cell: f64| (place / cell).floor() as i64;
        let (width, height) = self.cell;
        let columns = at(place.x - place.width, width)..=at(place.x + place.width, width);
        let rows = at(place.y - place.height, height)..=at(place.y + place.height, height);
        columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
    }
}

/// Points of a line, so close that no name fits between two of them.
pub(super) fn points(path: &[(usize, f64)]) -> Vec<(f64, f64)> {
    const EACH: u32 = 12;
    let last = path.len().saturating_sub(2);
    let mut points = Vec::new();
    for (at, step) in steps(path).enumerate() {
        points.extend((0..=EACH).map(|part| step.at(f64::from(part) / f64::from(EACH))));
        // Past a rank, to where the next step begins.
        if at < last {
            let parts = (1..EACH).map(|part| Node::WIDTH * f64::from(part) / f64::from(EACH));
            points.extend(parts.map(|x| (step.to_x + x, step.to_y)));
        }
    }
    points
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
    use super::{Grid, Taken, names};
    use crate::export::drawing::{Line, Node};
    use crate::model::RelationKind;

    /// Where names go if every one is compared with everything there is.
    fn plainly(
        lines: &[Line],
        paths: &[Vec<(usize, f64)>],
        nodes: &[Node],
    ) -> Vec<Option<(f64, f64)>> {
        let taken_by = |node: &Node| Taken {
            x: node.x + Node::WIDTH / 2.0,
            y: node.y + Node::HEIGHT / 2.0,
            width: Node::WIDTH / 2.0,
            height: Node::HEIGHT / 2.0,
        };
        let mut taken: Vec<Taken> = nodes.iter().map(taken_by).collect();
        let mut places = Vec::new();
        for (at, (line, path)) in lines.iter().zip(paths).enumerate() {
            let width =
                f64::from(u32::try_from(line.name.len()).unwrap()) * super::COLUMN / 2.0 + 4.0;
            let own = |(x, y): (f64, f64)| Taken { x, y, width, height: super::NAME / 2.0 };
            let is_free = |place: &Taken| {
                let near = Taken { height: super::NAME, ..*place };
                let others = paths.iter().enumerate().filter(|(other, _)| *other != at);
                let mut points = others.flat_map(|(_, path)| super::points(path));
                let crosses =
                    points.any(|(x, y)| near.meets(&Taken { x, y, width: 0.0, height: 0.0 }));
                !crosses && !taken.iter().any(|other| other.meets(place))
            };
            let place = super::places(path).into_iter().map(own).find(is_free);
            places.push(place.map(|place| (place.x, place.y)));
            taken.extend(place);
        }
        places
    }

    #[test]
    fn names_stand_where_they_would_without_a_grid() {
        for seed in 1..20_usize {
            let row =
                |at: usize| f64::from(u32::try_from((seed * 31 + at * at * 7) % 17).unwrap()) / 2.0;
            let path = |at: usize| {
                let first = (seed + at) % 5;
                (0..2 + at % 3).map(|step| (first + step, row(at + step))).collect()
            };
            let paths: Vec<Vec<(usize, f64)>> = (0..12).map(path).collect();
            let kind = RelationKind::AmendedBy;
            let line = |at: usize| Line {
                kind,
                is_open: false,
                path: String::new(),
                name: "amended by ".repeat(1 + at % 2),
                place: None,
            };
            let mut lines: Vec<Line> = (0..paths.len()).map(line).collect();
            let expected = plainly(&lines, &paths, &[]);
            names(&mut lines, &paths, &[]);
            let found: Vec<_> = lines.iter().map(|line| line.place).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_cell_holds_no_more_than_it_is_asked_for() {
        let mut grid = Grid::new((10.0, 10.0));
        for _ in 0..100_000 {
            grid.add(&Taken { x: 5.0, y: 5.0, width: 0.0, height: 0.0 });
        }
        assert_eq!(grid.cells.values().map(Vec::len).sum::<usize>(), super::FULL);
    }
}
