//! The names of relations in a drawing, placed where there is room.
//!
//! Occupied places are in a grid, so that a name is compared only with what is near it.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr as _;

use super::geometry::{DrawnRecord, DrawnRelation, segments};
use super::layered_layout::Position;
use crate::model::RelationKind;

/// The width of a column of text in a name.
const COLUMN_WIDTH: f64 = 5.9;
/// The height of a name.
pub(super) const LABEL_HEIGHT: f64 = 14.0;

/// So many relations get a name at most; in a drawing with more, names are not readable.
const MAX_LABELS: usize = 4_000;

/// An occupied box: its center, and half its width and height.
#[derive(Clone, Copy, Debug)]
struct LabelBox {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl LabelBox {
    fn overlaps(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.width + other.width
            && (self.y - other.y).abs() < self.height + other.height
    }
}

/// Places the names of relations, the most important ones first. Each gets the first place along its curve at which it
/// covers neither another name nor a record, and is near no other curve.
pub(super) fn place_labels(
    relations: &mut [DrawnRelation],
    routes: &[Vec<Position>],
    nodes: &[DrawnRecord],
) {
    let mut occupied = occupied_by_records(nodes);
    let curve_points = points_of_curves(routes);
    for index in labelled(relations) {
        let (Some(relation), Some(route)) = (relations.get_mut(index), routes.get(index)) else {
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "no name is that long")]
        let width = relation.name.width() as f64 * COLUMN_WIDTH / 2.0 + 4.0;
        let label_box = |(x, y): (f64, f64)| LabelBox { x, y, width, height: LABEL_HEIGHT / 2.0 };
        let is_free = |label: &LabelBox| {
            let with_distance = LabelBox { height: LABEL_HEIGHT, ..*label };
            !curve_points.any(&with_distance, |(other, point)| {
                *other != index && with_distance.overlaps(point)
            }) && !occupied.any(label, |other| other.overlaps(label))
        };
        if let Some(label) = candidates(route).into_iter().map(label_box).find(is_free) {
            relation.label_center = Some((label.x, label.y));
            occupied.add(&label);
        }
    }
}

fn occupied_by_records(nodes: &[DrawnRecord]) -> Grid<LabelBox> {
    let (width, height) = (DrawnRecord::WIDTH / 2.0, DrawnRecord::HEIGHT / 2.0);
    let mut occupied = Grid::new((DrawnRecord::WIDTH, DrawnRecord::HEIGHT));
    for node in nodes {
        occupied.add(&LabelBox { x: node.x + width, y: node.y + height, width, height });
    }
    occupied
}

/// The points of all curves, each with the index of its curve.
fn points_of_curves(routes: &[Vec<Position>]) -> Grid<(usize, LabelBox)> {
    let mut curve_points = Grid::new((LABEL_HEIGHT, LABEL_HEIGHT));
    for (index, route) in routes.iter().enumerate() {
        for (x, y) in points(route) {
            curve_points.add(&(index, LabelBox { x, y, width: 0.0, height: 0.0 }));
        }
    }
    curve_points
}

/// The indexes of the relations that get a name, the most important kinds first.
fn labelled(relations: &[DrawnRelation]) -> Vec<usize> {
    // Color or dashes of the curve tell these kinds.
    let unlabelled = [RelationKind::Supersedes, RelationKind::RelatesTo, RelationKind::Other];
    let kind_of = |index: &usize| relations.get(*index).map(|relation| relation.kind);
    let mut indexes: Vec<usize> = (0..relations.len()).collect();
    indexes.sort_by_key(kind_of);
    indexes.retain(|index| kind_of(index).is_some_and(|kind| !unlabelled.contains(&kind)));
    indexes.truncate(MAX_LABELS);
    indexes
}

/// Something with a bounding box.
trait Boxed {
    fn bounding_box(&self) -> &LabelBox;
}

impl Boxed for LabelBox {
    fn bounding_box(&self) -> &LabelBox {
        self
    }
}

impl Boxed for (usize, LabelBox) {
    fn bounding_box(&self) -> &LabelBox {
        &self.1
    }
}

/// A cell of a grid: its column and its row.
type Cell = (i64, i64);

/// Items by the cells that they overlap.
struct Grid<T> {
    /// The width and the height of a cell.
    cell_size: (f64, f64),
    cells: HashMap<Cell, Vec<T>>,
}

/// The maximum number of items in a cell. If so many curves pass through a few pixels, more make no difference.
const MAX_CELL_ITEMS: usize = 256;

impl<T: Boxed + Clone> Grid<T> {
    fn new(cell_size: (f64, f64)) -> Self {
        Self { cell_size, cells: HashMap::new() }
    }

    fn add(&mut self, item: &T) {
        for cell in self.cells_of(item.bounding_box()) {
            let items = self.cells.entry(cell).or_default();
            if items.len() < MAX_CELL_ITEMS {
                items.push(item.clone());
            }
        }
    }

    /// Whether `condition` holds for an item in the cells of the box.
    fn any(&self, bounding_box: &LabelBox, condition: impl Fn(&T) -> bool) -> bool {
        let mut cells = self.cells_of(bounding_box);
        cells.any(|cell| self.cells.get(&cell).into_iter().flatten().any(&condition))
    }

    /// The cells that a box overlaps.
    fn cells_of(&self, bounding_box: &LabelBox) -> impl Iterator<Item = Cell> + use<T> {
        let LabelBox { x, y, width, height } = *bounding_box;
        #[expect(clippy::cast_possible_truncation, reason = "a drawing is not that large")]
        let cell = |coordinate: f64, size: f64| (coordinate / size).floor() as i64;
        let (cell_width, cell_height) = self.cell_size;
        let columns = cell(x - width, cell_width)..=cell(x + width, cell_width);
        let rows = cell(y - height, cell_height)..=cell(y + height, cell_height);
        columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
    }
}

/// Points of a curve, so close that no name fits between two of them.
pub(super) fn points(route: &[Position]) -> Vec<(f64, f64)> {
    const PARTS: u32 = 12;
    let last_index = route.len().saturating_sub(2);
    let mut points = Vec::new();
    for (index, segment) in segments(route).enumerate() {
        let fractions = (0..=PARTS).map(|part| f64::from(part) / f64::from(PARTS));
        points.extend(fractions.map(|fraction| segment.point_at(fraction)));
        // Straight through a rank, to the start of the next segment.
        if index < last_index {
            let distances =
                (1..PARTS).map(|part| DrawnRecord::WIDTH * f64::from(part) / f64::from(PARTS));
            points.extend(distances.map(|distance| (segment.to_x + distance, segment.to_y)));
        }
    }
    points
}

/// Possible centers of a name, the best first: in the middle between two ranks, near that, or where the curve passes a
/// rank.
fn candidates(route: &[Position]) -> Vec<(f64, f64)> {
    const MAX_SEGMENTS: usize = 4;
    let fractions = [0.5, 0.4, 0.6];
    let on_curves = segments(route)
        .take(MAX_SEGMENTS)
        .flat_map(|segment| fractions.map(|fraction| segment.point_at(fraction)));
    let mut candidates: Vec<(f64, f64)> = on_curves.collect();
    let passed_ranks = segments(route)
        .skip(1)
        .take(MAX_SEGMENTS)
        .map(|segment| (segment.x - DrawnRecord::WIDTH / 2.0, segment.y));
    let first_curve = candidates.len().min(fractions.len());
    candidates.splice(first_curve..first_curve, passed_ranks);
    candidates
}

#[cfg(test)]
mod tests {
    use super::{Grid, LABEL_HEIGHT, LabelBox, place_labels};
    use crate::export::drawing::geometry::{DrawnRecord, DrawnRelation};
    use crate::export::drawing::layered_layout::Position;
    use crate::model::RelationKind;

    /// The places of names if each is compared with everything.
    fn plainly(
        lines: &[DrawnRelation],
        paths: &[Vec<Position>],
        nodes: &[DrawnRecord],
    ) -> Vec<Option<(f64, f64)>> {
        let taken_by = |node: &DrawnRecord| LabelBox {
            x: node.x + DrawnRecord::WIDTH / 2.0,
            y: node.y + DrawnRecord::HEIGHT / 2.0,
            width: DrawnRecord::WIDTH / 2.0,
            height: DrawnRecord::HEIGHT / 2.0,
        };
        let mut taken: Vec<LabelBox> = nodes.iter().map(taken_by).collect();
        let mut places = Vec::new();
        for (at, (line, path)) in lines.iter().zip(paths).enumerate() {
            let width = f64::from(u32::try_from(line.name.len()).unwrap()) * super::COLUMN_WIDTH
                / 2.0
                + 4.0;
            let own = |(x, y): (f64, f64)| LabelBox { x, y, width, height: LABEL_HEIGHT / 2.0 };
            let is_free = |place: &LabelBox| {
                let near = LabelBox { height: LABEL_HEIGHT, ..*place };
                let others = paths.iter().enumerate().filter(|(other, _)| *other != at);
                let mut points = others.flat_map(|(_, path)| super::points(path));
                let crosses =
                    points.any(|(x, y)| near.overlaps(&LabelBox { x, y, width: 0.0, height: 0.0 }));
                !crosses && !taken.iter().any(|other| other.overlaps(place))
            };
            let place = super::candidates(path).into_iter().map(own).find(is_free);
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
            let paths: Vec<Vec<Position>> = (0..12).map(path).collect();
            let kind = RelationKind::AmendedBy;
            let line = |at: usize| DrawnRelation {
                kind,
                is_open: false,
                path: String::new(),
                name: "amended by ".repeat(1 + at % 2),
                label_center: None,
            };
            let mut lines: Vec<DrawnRelation> = (0..paths.len()).map(line).collect();
            let expected = plainly(&lines, &paths, &[]);
            place_labels(&mut lines, &paths, &[]);
            let found: Vec<_> = lines.iter().map(|line| line.label_center).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_cell_holds_no_more_than_it_is_asked_for() {
        let mut grid = Grid::new((10.0, 10.0));
        for _ in 0..100_000 {
            grid.add(&LabelBox { x: 5.0, y: 5.0, width: 0.0, height: 0.0 });
        }
        assert_eq!(grid.cells.values().map(Vec::len).sum::<usize>(), super::MAX_CELL_ITEMS);
    }
}
