//! Puts a drawing together: the layout, the boxes, the curves and their names.

use super::geometry::{DrawnRecord, DrawnRelation, MARGIN, RANK, ROW, corner};
use super::labels::place_labels;
use super::layered_layout::layout;
use super::related_pairs::related_pairs;
use super::title_lines::title_lines;
use crate::model::{Log, RecordId, RelationKind};

/// A drawing of the records that are related to others; all lengths are in pixels.
#[derive(Debug)]
pub struct Drawing {
    /// The width of the sheet.
    pub width: f64,
    /// The height of the sheet.
    pub height: f64,
    /// In log order.
    pub nodes: Vec<DrawnRecord>,
    /// In log order of their earlier records.
    pub relations: Vec<DrawnRelation>,
}

/// Draws the records that are related to another one of `ids`. `name` returns the name of a relation of this kind from
/// an earlier record to a later one.
pub fn drawing(log: &Log, ids: &[RecordId], name: impl Fn(RelationKind) -> String) -> Drawing {
    let pairs = related_pairs(log, ids);
    let mut related_ids: Vec<RecordId> = pairs.keys().flat_map(|(a, b)| [*a, *b]).collect();
    related_ids.sort_unstable();
    related_ids.dedup();
    let index = |id: &RecordId| related_ids.binary_search(id).unwrap_or_default();
    let edges: Vec<(usize, usize)> = pairs.keys().map(|(a, b)| (index(a), index(b))).collect();
    let layout = layout(related_ids.len(), &edges);
    let nodes = related_ids.iter().zip(&layout.nodes).map(|(id, position)| {
        let (x, y) = corner(*position);
        DrawnRecord { id: *id, x, y, title: title_lines(log.record(*id).title_or_file()) }
    });
    let nodes: Vec<DrawnRecord> = nodes.collect();
    let kinds = pairs.values().zip(&layout.routes);
    let mut relations: Vec<DrawnRelation> =
        kinds.map(|(kind, route)| DrawnRelation::new(*kind, name(*kind), route)).collect();
    for (relation, (earlier, later)) in relations.iter_mut().zip(pairs.keys()) {
        // Successors are in log order.
        relation.is_open = match relation.kind {
            RelationKind::Supersedes => log.successors(*earlier).binary_search(later).is_err(),
            RelationKind::SupersededBy => log.successors(*later).binary_search(earlier).is_err(),
            _ => false,
        };
    }
    place_labels(&mut relations, &layout.routes, &nodes);
    #[expect(clippy::cast_precision_loss, reason = "there are not that many ranks")]
    let width = (layout.ranks as f64 - 1.0) * RANK + DrawnRecord::WIDTH + 2.0 * MARGIN;
    let height = layout.rows * ROW - ROW + DrawnRecord::HEIGHT + 2.0 * MARGIN;
    Drawing { width, height, nodes, relations }
}

#[cfg(test)]
mod tests {
    use super::drawing;
    use crate::export::drawing::labels::{LABEL_HEIGHT, points};
    use crate::export::drawing::layered_layout::layout;
    use crate::export::drawing::related_pairs::related_pairs;
    use crate::export::testing::{dense, ids};

    #[test]
    fn no_name_hides_another_one() {
        let log = dense(30);
        let drawn = drawing(&log, &ids(&log), |_| "amended by".to_owned());
        let named: Vec<_> =
            drawn.relations.iter().filter(|line| line.label_center.is_some()).collect();
        assert!(
            named.len() * 5 > drawn.relations.len(),
            "{} of {}",
            named.len(),
            drawn.relations.len()
        );
        for (at, line) in named.iter().enumerate() {
            let (x, y) = line.label_center.unwrap();
            for other in named.iter().skip(at + 1) {
                let (other_x, other_y) = other.label_center.unwrap();
                let apart = (x - other_x).abs() >= 40.0 || (y - other_y).abs() >= LABEL_HEIGHT;
                assert!(apart, "{x} {y} and {other_x} {other_y}");
            }
        }
    }

    #[test]
    fn a_name_stands_on_its_own_line_alone() {
        let log = dense(30);
        let ids = ids(&log);
        let drawn = drawing(&log, &ids, |_| "amended by".to_owned());
        let pairs = related_pairs(&log, &ids);
        let at = |id| ids.binary_search(&id).unwrap();
        let edges: Vec<_> = pairs.keys().map(|(a, b)| (at(*a), at(*b))).collect();
        let paths = layout(ids.len(), &edges).routes;
        for (index, line) in drawn.relations.iter().enumerate() {
            let Some((x, y)) = line.label_center else { continue };
            for (other, path) in paths.iter().enumerate() {
                let hits = points(path)
                    .iter()
                    .any(|(a, b)| (a - x).abs() < 30.0 && (b - y).abs() < LABEL_HEIGHT);
                assert!(other == index || !hits, "{index} {other}");
            }
        }
    }
}
