//! A layered drawing of records and relations, from left to right. Knows no record: nodes are
//! numbers in the order of time.
//!
//! An edge always leads from an earlier to a later node, so there are no cycles to break. Nodes are
//! ranked by the longest path to them, long edges pass through places of their own in every rank
//! between, and a fixed number of sweeps puts each node near its neighbours (Sugiyama's method,
//! bounded for any input).

use std::collections::BTreeMap;

use super::cluster::Sets;

/// Where things are, in units of one rank and one row.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// The rank and the row of every node.
    pub nodes: Vec<(usize, f64)>,
    /// For every edge, the ranks and rows that it passes through, its ends included.
    pub edges: Vec<Vec<(usize, f64)>>,
    /// How many ranks there are.
    pub ranks: usize,
    /// How many rows there are.
    pub rows: f64,
}

/// How often the order within ranks is improved.
const SWEEPS: usize = 8;

/// The most places that long edges may take altogether; beyond it they are drawn straight.
const MAX_PLACES: usize = 20_000;

/// So many places for a component are looked at, from the left.
const PLACES: usize = 200;

/// How many ranks a drawing of small components may take.
const WIDE: usize = 4;

/// Draws nodes `0..count` and `edges`, each from a smaller to a greater number. Components lie side by
/// side where there is room, the largest first.
pub(super) fn layout(count: usize, edges: &[(usize, usize)]) -> Layout {
    let mut result = Layout { nodes: vec![(0, 0.0); count], ..Layout::default() };
    result.edges = vec![Vec::new(); edges.len()];
    let drawn: Vec<Drawn> = components(count, edges)
        .iter()
        .map(|(nodes, edges)| Component::new(nodes, edges).draw())
        .collect();
    let widest = drawn.iter().map(|one| one.ranks).max().unwrap_or_default();
    let mut sheet = Sheet { filled: vec![0.0; widest.max(WIDE)] };
    for component in drawn {
        let (left, top) = sheet.place(component.ranks, component.rows);
        let put = |(rank, row): (usize, f64)| (left + rank, top + row);
        for (node, place) in component.nodes {
            if let Some(own) = result.nodes.get_mut(node) {
                *own = put(place);
            }
        }
        for (edge, path) in component.paths {
            if let Some(own) = result.edges.get_mut(edge) {
                *own = path.into_iter().map(put).collect();
            }
        }
        result.ranks = result.ranks.max(left + component.ranks);
        result.rows = result.rows.max(top + component.rows);
    }
    result
}

/// What is taken of a drawing: for every rank, the first row that is free.
struct Sheet {
    filled: Vec<f64>,
}

impl Sheet {
    /// Takes the highest place for so many ranks and rows, of several the leftmost.
    fn place(&mut self, ranks: usize, rows: f64) -> (usize, f64) {
        let top = |window: &[f64]| window.iter().copied().fold(0.0, f64::max);
        let places = self.filled.windows(ranks.max(1)).take(PLACES).map(top).enumerate();
        let (left, top) = places.min_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap_or_default();
        self.filled.iter_mut().skip(left).take(ranks).for_each(|row| *row = top + rows);
        (left, top)
    }
}

/// An edge: which one it is, and its nodes.
type Edge = (usize, usize, usize);

/// The nodes that hang together and their edges, the largest component first, then the one with the first node.
fn components(count: usize, edges: &[(usize, usize)]) -> Vec<(Vec<usize>, Vec<Edge>)> {
    let mut sets = Sets::new(count);
    for (from, to) in edges {
        sets.join(*from, *to, count);
    }
    let sets = sets.all();
    let mut component = vec![0; count];
    for (at, set) in sets.iter().enumerate() {
        for node in set {
            if let Some(own) = component.get_mut(*node) {
                *own = at;
            }
        }
    }
    let mut of_each = vec![Vec::new(); sets.len()];
    for (at, (from, to)) in edges.iter().enumerate() {
        let own: Option<&mut Vec<Edge>> =
            component.get(*from).and_then(|own| of_each.get_mut(*own));
        if let Some(own) = own {
            own.push((at, *from, *to));
        }
    }
    sets.into_iter().zip(of_each).collect()
}

/// Nodes that hang together, with the places that long edges pass through.
struct Component {
    /// The node of every place; `None` for one that an edge passes through.
    places: Vec<Option<usize>>,
    rank: Vec<usize>,
    /// The neighbours of every place in the ranks before and behind.
    before: Vec<Vec<usize>>,
    behind: Vec<Vec<usize>>,
    /// The places of every edge, its ends included.
    paths: Vec<(usize, Vec<usize>)>,
}

/// What a component looks like.
struct Drawn {
    nodes: Vec<(usize, (usize, f64))>,
    paths: Vec<(usize, Vec<(usize, f64)>)>,
    ranks: usize,
    rows: f64,
}

impl Component {
    fn new(nodes: &[usize], edges: &[Edge]) -> Self {
        let index: BTreeMap<usize, usize> =
            nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        let own: Vec<(usize, usize, usize)> = edges
            .iter()
            .filter_map(|(at, from, to)| Some((*at, *index.get(from)?, *index.get(to)?)))
            .collect();
        let mut rank = vec![0; nodes.len()];
        let mut sorted = own.clone();
        // By their beginnings: a node's rank is final before an edge that leaves it is met.
        sorted.sort_unstable_by_key(|(_, from, _)| *from);
        for (_, from, to) in &sorted {
            let next = rank.get(*from).copied().unwrap_or_default() + 1;
            if let Some(place) = rank.get_mut(*to) {
                *place = (*place).max(next);
            }
        }
        let places = nodes.iter().copied().map(Some).collect::<Vec<_>>();
        let none = vec![Vec::new(); nodes.len()];
        let mut component =
            Self { places, rank, before: none.clone(), behind: none, paths: Vec::new() };
        for (edge, from, to) in own {
            component.connect(edge, from, to);
        }
        component
    }

    /// Lays an edge through a place of its own in every rank that it crosses.
    fn connect(&mut self, edge: usize, from: usize, to: usize) {
        let (first, last) = (self.rank_of(from), self.rank_of(to));
        let mut path = vec![from];
        for rank in first + 1..last {
            if self.places.len() >= MAX_PLACES {
                break;
            }
            path.push(self.places.len());
            self.places.push(None);
            self.rank.push(rank);
            self.before.push(Vec::new());
            self.behind.push(Vec::new());
        }
        path.push(to);
        for (a, b) in path.iter().zip(path.iter().skip(1)) {
            if let Some(list) = self.behind.get_mut(*a) {
                list.push(*b);
            }
            if let Some(list) = self.before.get_mut(*b) {
                list.push(*a);
            }
        }
        self.paths.push((edge, path));
    }

    fn rank_of(&self, place: usize) -> usize {
        self.rank.get(place).copied().unwrap_or_default()
    }

    fn draw(&self) -> Drawn {
        let ranks = self.rank.iter().max().map_or(0, |last| last + 1);
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); ranks];
        for place in 0..self.places.len() {
            if let Some(column) = columns.get_mut(self.rank_of(place)) {
                column.push(place);
            }
        }
        let mut rows = vec![0.0; self.places.len()];
        let room = |place: &Option<usize>| if place.is_some() { 1.0 } else { PASS };
        let room: Vec<f64> = self.places.iter().map(room).collect();
        settle(&columns, &mut rows);
        for sweep in 0..SWEEPS {
            let forwards = sweep % 2 == 0;
            let neighbours = if forwards { &self.before } else { &self.behind };
            for at in 0..ranks {
                let at = if forwards { at } else { ranks - 1 - at };
                let Some(column) = columns.get_mut(at) else { continue };
                arrange(column, neighbours, &room, &mut rows);
            }
        }
        close_gaps(&mut rows);
        let height = rows.iter().copied().fold(0.0, f64::max) + 1.0;
        let place =
            |place: &usize| (self.rank_of(*place), rows.get(*place).copied().unwrap_or_default());
        let nodes = self.places.iter().enumerate();
        Drawn {
            nodes: nodes.filter_map(|(at, node)| Some(((*node)?, place(&at)))).collect(),
            paths: self
                .paths
                .iter()
                .map(|(edge, path)| (*edge, path.iter().map(place).collect()))
                .collect(),
            ranks,
            rows: height,
        }
    }
}

/// Moves everything up so that the first row is the first, and none between is empty.
fn close_gaps(rows: &mut [f64]) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let row = |at: &usize, rows: &[f64]| rows.get(*at).copied().unwrap_or_default();
    order.sort_by(|a, b| row(a, rows).total_cmp(&row(b, rows)));
    let (mut before, mut last) = (f64::NEG_INFINITY, -1.0);
    for at in order {
        let own = row(&at, rows);
        let next = last + (own - before).min(1.0);
        if let Some(place) = rows.get_mut(at) {
            *place = next;
        }
        (before, last) = (own, next);
    }
}

/// One below the other, in the order of the columns.
fn settle(columns: &[Vec<usize>], rows: &mut [f64]) {
    for column in columns {
        let mut next = 0.0;
        for place in column {
            if let Some(row) = rows.get_mut(*place) {
                *row = next;
            }
            next += 1.0;
        }
    }
}

/// How many rows a place takes through which an edge passes; a node takes one. A power of two, so that
/// sums of it are exact.
const PASS: f64 = 0.5;

/// Puts the places of a column in the order of the mean rows of their neighbours, each as near to
/// that as the one above it allows. `room` is how many rows each place takes.
fn arrange(column: &mut [usize], neighbours: &[Vec<usize>], room: &[f64], rows: &mut [f64]) {
    let half = |place: usize| room.get(place).map_or(0.5, |room| room / 2.0);
    let wish = |place: usize, rows: &[f64]| {
        let own = rows.get(place).copied().unwrap_or_default();
        let near = neighbours.get(place).map(Vec::as_slice).unwrap_or_default();
        let near: Vec<f64> = near.iter().filter_map(|other| rows.get(*other).copied()).collect();
        #[expect(clippy::cast_precision_loss, reason = "there are not that many neighbours")]
        let count = near.len() as f64;
        if near.is_empty() { own } else { near.iter().sum::<f64>() / count }
    };
    let mut wishes: Vec<(f64, usize)> =
        column.iter().map(|place| (wish(*place, rows), *place)).collect();
    wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut next = f64::NEG_INFINITY;
    let mut pushed = 0.0;
    for (slot, (wish, place)) in column.iter_mut().zip(&wishes) {
        *slot = *place;
        let row = wish.max(next + half(*place));
        pushed += row - wish;
        if let Some(own) = rows.get_mut(*place) {
            *own = row;
        }
        next = row + half(*place);
    }
    // All of them were pushed downwards; the column as a whole goes back by the mean. Halves of a
    // row are fine, other parts would make the drawing restless.
    #[expect(clippy::cast_precision_loss, reason = "there are not that many places")]
    let mean = pushed / wishes.len().max(1) as f64;
    let mut next = f64::NEG_INFINITY;
    for (_, place) in &wishes {
        if let Some(own) = rows.get_mut(*place) {
            *own = (((*own - mean) * 2.0).round() / 2.0).max(next + half(*place));
            next = *own + half(*place);
        }
    }
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
