//! A layered layout from left to right. Does not depend on records: nodes are numbers in the order of time.
//!
//! An edge always leads from an earlier to a later node, so there are no cycles to break. Nodes are ranked by the
//! longest path to them, long edges get a waypoint in every rank between, and a fixed number of sweeps moves each node
//! near its neighbours (Sugiyama's method, bounded for any input).

use std::collections::BTreeMap;

use super::disjoint_sets::DisjointSets;

/// A rank, and a row in units of one row.
pub(super) type Position = (usize, f64);

/// The positions of all nodes and edges.
#[derive(Debug, Default, PartialEq)]
pub(super) struct GraphLayout {
    /// The position of every node.
    pub nodes: Vec<Position>,
    /// For every edge the positions that it passes through, with its ends.
    pub routes: Vec<Vec<Position>>,
    /// How many ranks there are.
    pub ranks: usize,
    /// How many rows there are.
    pub rows: f64,
}

/// How often the order within ranks is improved.
const SWEEPS: usize = 8;

/// The maximum number of nodes and waypoints of a component. Further edges are drawn straight.
const MAX_POINTS: usize = 20_000;

/// How many places for a component are tried, from the left.
const MAX_TRIED_PLACES: usize = 200;

/// How many ranks a drawing of small components may have.
const MIN_SHEET_RANKS: usize = 4;

/// Lays out the nodes `0..count` and `edges`, each from a smaller to a greater number. Components are side by side if
/// there is room, the largest first.
pub(super) fn layout(count: usize, edges: &[(usize, usize)]) -> GraphLayout {
    let mut layout = GraphLayout { nodes: vec![(0, 0.0); count], ..GraphLayout::default() };
    layout.routes = vec![Vec::new(); edges.len()];
    let components: Vec<ComponentLayout> = components(count, edges)
        .iter()
        .map(|(nodes, edges)| Component::new(nodes, edges).layout())
        .collect();
    let widest = components.iter().map(|component| component.ranks).max().unwrap_or_default();
    let mut filled = FilledRows(vec![0.0; widest.max(MIN_SHEET_RANKS)]);
    for component in components {
        let (left_rank, top_row) = filled.place(component.ranks, component.rows);
        let moved = |(rank, row): Position| (left_rank + rank, top_row + row);
        for (node, position) in component.nodes {
            if let Some(node_position) = layout.nodes.get_mut(node) {
                *node_position = moved(position);
            }
        }
        for (edge, route) in component.routes {
            if let Some(edge_route) = layout.routes.get_mut(edge) {
                *edge_route = route.into_iter().map(moved).collect();
            }
        }
        layout.ranks = layout.ranks.max(left_rank + component.ranks);
        layout.rows = layout.rows.max(top_row + component.rows);
    }
    layout
}

/// For every rank of a drawing the first free row.
struct FilledRows(Vec<f64>);

impl FilledRows {
    /// Fills the highest free place for so many ranks and rows, the leftmost one of several.
    fn place(&mut self, ranks: usize, rows: f64) -> Position {
        let first_free_row = |window: &[f64]| window.iter().copied().fold(0.0, f64::max);
        let windows = self.0.windows(ranks.max(1)).take(MAX_TRIED_PLACES);
        let places = windows.map(first_free_row).enumerate();
        let (left_rank, top_row) =
            places.min_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap_or_default();
        self.0.iter_mut().skip(left_rank).take(ranks).for_each(|row| *row = top_row + rows);
        (left_rank, top_row)
    }
}

/// An edge with its index.
#[derive(Clone, Copy)]
struct Edge {
    index: usize,
    from: usize,
    to: usize,
}

/// The connected nodes with their edges, the largest component first, of equal size the one with the first node.
fn components(count: usize, edges: &[(usize, usize)]) -> Vec<(Vec<usize>, Vec<Edge>)> {
    let mut disjoint_sets = DisjointSets::new(count);
    for (from, to) in edges {
        disjoint_sets.join(*from, *to, count);
    }
    let node_sets = disjoint_sets.into_sets();
    let mut component_of_node = vec![0; count];
    for (component, nodes) in node_sets.iter().enumerate() {
        for node in nodes {
            if let Some(node_component) = component_of_node.get_mut(*node) {
                *node_component = component;
            }
        }
    }
    let mut edge_sets: Vec<Vec<Edge>> = vec![Vec::new(); node_sets.len()];
    for (index, (from, to)) in edges.iter().enumerate() {
        let component = component_of_node.get(*from);
        if let Some(edges) = component.and_then(|component| edge_sets.get_mut(*component)) {
            edges.push(Edge { index, from: *from, to: *to });
        }
    }
    node_sets.into_iter().zip(edge_sets).collect()
}

/// Connected nodes, with the waypoints of long edges. A point is a node or a waypoint.
struct Component {
    /// The node of every point; `None` for a waypoint.
    points: Vec<Option<usize>>,
    /// The rank of every point.
    ranks: Vec<usize>,
    /// The neighbours of every point in the previous rank.
    previous: Vec<Vec<usize>>,
    /// The neighbours of every point in the next rank.
    next: Vec<Vec<usize>>,
    /// The points of every edge, with its ends.
    routes: Vec<(usize, Vec<usize>)>,
}

/// The layout of a component.
struct ComponentLayout {
    nodes: Vec<(usize, Position)>,
    routes: Vec<(usize, Vec<Position>)>,
    ranks: usize,
    rows: f64,
}

impl Component {
    fn new(nodes: &[usize], edges: &[Edge]) -> Self {
        let indexes: BTreeMap<usize, usize> =
            nodes.iter().enumerate().map(|(index, node)| (*node, index)).collect();
        // The same edges between indexes of nodes.
        let local_edges: Vec<Edge> = edges
            .iter()
            .filter_map(|Edge { index, from, to }| {
                Some(Edge { index: *index, from: *indexes.get(from)?, to: *indexes.get(to)? })
            })
            .collect();
        let no_neighbours = vec![Vec::new(); nodes.len()];
        let mut component = Self {
            points: nodes.iter().copied().map(Some).collect(),
            ranks: ranks(nodes.len(), &local_edges),
            previous: no_neighbours.clone(),
            next: no_neighbours,
            routes: Vec::new(),
        };
        for edge in local_edges {
            component.connect(edge);
        }
        component
    }

    /// Adds an edge, with a waypoint in every rank that it crosses.
    fn connect(&mut self, edge: Edge) {
        let mut route = vec![edge.from];
        for rank in self.rank_of(edge.from) + 1..self.rank_of(edge.to) {
            if self.points.len() >= MAX_POINTS {
                break;
            }
            route.push(self.points.len());
            self.points.push(None);
            self.ranks.push(rank);
            self.previous.push(Vec::new());
            self.next.push(Vec::new());
        }
        route.push(edge.to);
        for (point, next_point) in route.iter().zip(route.iter().skip(1)) {
            if let Some(neighbours) = self.next.get_mut(*point) {
                neighbours.push(*next_point);
            }
            if let Some(neighbours) = self.previous.get_mut(*next_point) {
                neighbours.push(*point);
            }
        }
        self.routes.push((edge.index, route));
    }

    fn rank_of(&self, point: usize) -> usize {
        self.ranks.get(point).copied().unwrap_or_default()
    }

    fn layout(&self) -> ComponentLayout {
        let rank_count = self.ranks.iter().max().map_or(0, |last| last + 1);
        let rows = self.rows(rank_count);
        let height = rows.iter().copied().fold(0.0, f64::max) + 1.0;
        let position =
            |point: &usize| (self.rank_of(*point), rows.get(*point).copied().unwrap_or_default());
        let points = self.points.iter().enumerate();
        let routes = self.routes.iter();
        ComponentLayout {
            nodes: points.filter_map(|(point, node)| Some(((*node)?, position(&point)))).collect(),
            routes: routes
                .map(|(edge, route)| (*edge, route.iter().map(position).collect()))
                .collect(),
            ranks: rank_count,
            rows: height,
        }
    }

    /// The row of every point.
    fn rows(&self, rank_count: usize) -> Vec<f64> {
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); rank_count];
        for point in 0..self.points.len() {
            if let Some(column) = columns.get_mut(self.rank_of(point)) {
                column.push(point);
            }
        }
        let height = |point: &Option<usize>| if point.is_some() { 1.0 } else { WAYPOINT_HEIGHT };
        let heights: Vec<f64> = self.points.iter().map(height).collect();
        let mut point_rows = vec![0.0; self.points.len()];
        stack(&columns, &mut point_rows);
        for sweep in 0..SWEEPS {
            // Sweeps alternate between the two directions.
            let is_forward = sweep % 2 == 0;
            let neighbours = if is_forward { &self.previous } else { &self.next };
            for step in 0..rank_count {
                let rank = if is_forward { step } else { rank_count - 1 - step };
                let Some(column) = columns.get_mut(rank) else { continue };
                arrange(column, neighbours, &heights, &mut point_rows);
            }
        }
        close_gaps(&mut point_rows);
        point_rows
    }
}

/// The rank of every node: the length of the longest path to it.
fn ranks(count: usize, edges: &[Edge]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    // Ordered by their starts, so that the rank of a node is final before an edge leaves it.
    let mut sorted_edges = edges.to_vec();
    sorted_edges.sort_unstable_by_key(|edge| edge.from);
    for edge in &sorted_edges {
        let next_rank = ranks.get(edge.from).copied().unwrap_or_default() + 1;
        if let Some(rank) = ranks.get_mut(edge.to) {
            *rank = next_rank.max(*rank);
        }
    }
    ranks
}

/// Moves all rows up, so that they start at 0 and no row between is empty.
fn close_gaps(rows: &mut [f64]) {
    let row_of = |point: &usize, rows: &[f64]| rows.get(*point).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| row_of(a, rows).total_cmp(&row_of(b, rows)));
    let (mut previous_row, mut previous_new_row) = (f64::NEG_INFINITY, -1.0);
    for point in order {
        let old_row = row_of(&point, rows);
        let new_row = previous_new_row + (old_row - previous_row).min(1.0);
        if let Some(point_row) = rows.get_mut(point) {
            *point_row = new_row;
        }
        (previous_row, previous_new_row) = (old_row, new_row);
    }
}

/// Puts the points of each column below each other.
fn stack(columns: &[Vec<usize>], rows: &mut [f64]) {
    for column in columns {
        let mut next_row = 0.0;
        for point in column {
            if let Some(point_row) = rows.get_mut(*point) {
                *point_row = next_row;
            }
            next_row += 1.0;
        }
    }
}

/// The height of a waypoint in rows; a node has 1. A power of two, so that sums are exact.
const WAYPOINT_HEIGHT: f64 = 0.5;

/// Orders the points of a column by the mean rows of their neighbours, and puts each as near to that row as the point
/// above it allows.
fn arrange(column: &mut [usize], neighbours: &[Vec<usize>], heights: &[f64], rows: &mut [f64]) {
    let half_height = |point: usize| heights.get(point).map_or(0.5, |height| height / 2.0);
    let mut targets: Vec<(f64, usize)> =
        column.iter().map(|point| (target_row(*point, neighbours, rows), *point)).collect();
    targets.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut free_row = f64::NEG_INFINITY;
    let mut total_shift = 0.0;
    for (slot, (target, point)) in column.iter_mut().zip(&targets) {
        *slot = *point;
        let allowed_row = target.max(free_row + half_height(*point));
        total_shift += allowed_row - target;
        if let Some(point_row) = rows.get_mut(*point) {
            *point_row = allowed_row;
        }
        free_row = allowed_row + half_height(*point);
    }
    // All points were shifted down; the column is moved up by the mean. Halves of a row look calm, other fractions do
    // not.
    #[expect(clippy::cast_precision_loss, reason = "there are not that many points")]
    let mean_shift = total_shift / targets.len().max(1) as f64;
    let mut free_row = f64::NEG_INFINITY;
    for (_, point) in &targets {
        if let Some(point_row) = rows.get_mut(*point) {
            let raised_row = ((*point_row - mean_shift) * 2.0).round() / 2.0;
            *point_row = raised_row.max(free_row + half_height(*point));
            free_row = *point_row + half_height(*point);
        }
    }
}

/// The mean row of the neighbours of a point; its own row if it has none.
fn target_row(point: usize, neighbours: &[Vec<usize>], rows: &[f64]) -> f64 {
    let neighbours = neighbours.get(point).map(Vec::as_slice).unwrap_or_default();
    let neighbour_rows: Vec<f64> =
        neighbours.iter().filter_map(|other| rows.get(*other).copied()).collect();
    if neighbour_rows.is_empty() {
        return rows.get(point).copied().unwrap_or_default();
    }
    #[expect(clippy::cast_precision_loss, reason = "there are not that many neighbours")]
    let count = neighbour_rows.len() as f64;
    neighbour_rows.iter().sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::layout;

    #[test]
    fn a_chain_is_a_line() {
        let drawn = layout(3, &[(0, 1), (1, 2)]);
        assert_eq!(drawn.nodes, [(0, 0.0), (1, 0.0), (2, 0.0)]);
        assert_eq!((drawn.ranks, drawn.rows), (3, 1.0));
    }

    #[test]
    fn no_two_nodes_share_a_place() {
        let edges: Vec<(usize, usize)> = (0..60)
            .flat_map(|a| (a + 1..60).map(move |b| (a, b)))
            .filter(|(a, b)| (a * 7 + b * 13) % 11 == 0)
            .collect();
        let drawn = layout(60, &edges);
        for (at, one) in drawn.nodes.iter().enumerate() {
            for other in &drawn.nodes[at + 1..] {
                assert!(one.0 != other.0 || (one.1 - other.1).abs() >= 1.0, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn components_lie_side_by_side_and_then_below_one_another() {
        let drawn = layout(6, &[(0, 2), (1, 3), (4, 5)]);
        let expected = [(0, 0.0), (2, 0.0), (1, 0.0), (3, 0.0), (0, 1.0), (1, 1.0)];
        assert_eq!(drawn.nodes, expected);
        assert_eq!((drawn.ranks, drawn.rows), (4, 2.0));
    }
}
