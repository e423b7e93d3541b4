//! `/graph.html`: the relations of the decisions, drawn from left to right by age.
//!
//! Each group of related decisions has its own drawing. A large log has a page for each year.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::Context;

use super::print::MAX_SINGLE_PAGE;
use crate::export::{DrawnRecord, DrawnRelation, clusters, drawing, related_pairs};
use crate::model::{Date, RecordId, RelationKind};
use crate::site::plan::Facts;
use crate::site::record::RecordLink;
use crate::site::{Page, PageFile, PageFill, PageSubject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_graph"), files, fill: PageFill::Template("graph.html", values) };

/// The address of the first page, relative to the root of the site.
const PATH: &str = "graph.html";

/// The maximum number of decisions in a drawing that people can follow.
const MAX_NODES: usize = 40;

/// Groups up to this size are shown next to each other and without a heading.
const SMALL_GROUP: usize = 3;

/// The maximum number of decisions without relations that are named and not only counted.
const MAX_NAMED: usize = 100;

/// The relations of all records.
struct RelationGraph {
    pairs: BTreeMap<(RecordId, RecordId), RelationKind>,
    /// The related records of every record that has any.
    neighbours: BTreeMap<RecordId, Vec<RecordId>>,
}

impl RelationGraph {
    fn new(facts: &Facts<'_>) -> Self {
        let ids: Vec<RecordId> = facts.log.iter().map(|(id, _)| id).collect();
        let pairs = related_pairs(facts.log, &ids);
        let mut neighbours: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (a, b) in pairs.keys() {
            neighbours.entry(*a).or_default().push(*b);
            neighbours.entry(*b).or_default().push(*a);
        }
        Self { pairs, neighbours }
    }

    /// The records that a record is related to.
    fn neighbours(&self, id: RecordId) -> &[RecordId] {
        self.neighbours.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The drawing of a group of related decisions.
#[derive(Serialize)]
struct DrawingView<'s> {
    /// The decision with the most relations, if the group is large enough to need a heading.
    around: Option<RecordLink<'s>>,
    count: usize,
    width: String,
    height: String,
    nodes: Vec<NodeView<'s>>,
    lines: Vec<LineView>,
}

/// A record in the drawing.
#[derive(Serialize)]
struct NodeView<'s> {
    to: RecordLink<'s>,
    title: Vec<String>,
    x: String,
    y: String,
    in_force: bool,
    /// The number of its relations that leave the drawing.
    more: usize,
}

/// A relation in the drawing.
#[derive(Serialize)]
struct LineView {
    path: String,
    name: String,
    kind: &'static str,
    /// The position of the name, if it is shown.
    place: Option<(String, String)>,
}

/// The relations of a record to earlier ones, as text. So every relation is listed once.
#[derive(Serialize)]
struct RelatedRecord<'s> {
    record: RecordLink<'s>,
    /// The year of the record, if it is the first of this year.
    year: Option<i16>,
    relations: Vec<(&'s str, Vec<RecordLink<'s>>)>,
}

/// A link to a page of a large log.
#[derive(Serialize)]
struct YearLink {
    url: String,
    /// `None` for decisions without date.
    year: Option<i16>,
    count: usize,
}

/// The groups of records that start in a year.
type YearGroups = (Option<i16>, Vec<Vec<RecordId>>);

/// The groups by the year in which they start, newest first; a small log has one list without year.
fn groups_by_year(facts: &Facts<'_>, graph: &RelationGraph) -> Vec<YearGroups> {
    let groups = clusters(&graph.pairs, MAX_NODES);
    if facts.log.records().len() <= MAX_SINGLE_PAGE {
        return vec![(None, groups)];
    }
    let mut by_year: BTreeMap<Option<i16>, Vec<Vec<RecordId>>> = BTreeMap::new();
    for group in groups {
        let date = group.first().and_then(|id| facts.log.record(*id).date());
        by_year.entry(date.map(Date::year)).or_default().push(group);
    }
    by_year.into_iter().rev().collect()
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let graph = RelationGraph::new(facts);
    if graph.pairs.is_empty() {
        return vec![];
    }
    let years = groups_by_year(facts, &graph);
    let separate_years = years.iter().enumerate().filter(|_| years.len() > 1);
    let year_files = separate_years.map(|(index, (year, _))| PageFile {
        path: path_of_year(*year),
        subject: PageSubject::Group(index),
    });
    std::iter::once(PageFile::log(PATH)).chain(year_files).collect()
}

fn path_of_year(year: Option<i16>) -> String {
    year.map_or_else(|| "graph-undated.html".to_owned(), |year| format!("graph-{year}.html"))
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Context {
    let graph = RelationGraph::new(facts);
    let mut years = groups_by_year(facts, &graph);
    let mut context = Context::new();
    let (year, groups) = match file.subject {
        PageSubject::Group(index) if index < years.len() => years.swap_remove(index),
        _ if years.len() == 1 => years.swap_remove(0),
        _ => {
            context.insert("parts", &years.iter().map(year_link).collect::<Vec<_>>());
            (None, Vec::new())
        }
    };
    let ids = facts.log.iter().map(|(id, _)| id);
    let unrelated: Vec<RecordId> = ids.filter(|id| graph.neighbours(*id).is_empty()).collect();
    context.insert("as_files", &super::graph_file::paths(facts));
    context.insert("alone", &unrelated.len());
    let names_unrelated = unrelated.len() <= MAX_NAMED && year.is_none();
    context.insert("named", &facts.links(unrelated.into_iter().filter(|_| names_unrelated)));
    insert_drawings(&mut context, facts, &graph, &groups);
    context.insert("year", &year);
    let entries = related_records(facts, &graph, groups);
    context.insert("jumps", &entries.iter().filter_map(|entry| entry.year).collect::<Vec<_>>());
    context.insert("entries", &entries);
    context
}

/// Inserts the drawings of the groups, and which explanations they need.
fn insert_drawings(
    context: &mut Context,
    facts: &Facts<'_>,
    graph: &RelationGraph,
    groups: &[Vec<RecordId>],
) {
    // A record that is related only to records of a full group has no drawing; the text below lists its relations.
    let several = groups.iter().filter(|ids| ids.len() > 1);
    let drawings: Vec<DrawingView<'_>> =
        several.map(|ids| drawing_view(facts, graph, ids)).collect();
    let has_line = |kind: RelationKind| {
        let mut lines = drawings.iter().flat_map(|drawing| &drawing.lines);
        lines.any(|line| line.kind == kind.as_str())
    };
    context.insert("replaced", &has_line(RelationKind::Supersedes));
    context.insert("dashed", &has_line(RelationKind::RelatesTo));
    let mut nodes = drawings.iter().flat_map(|drawing| &drawing.nodes);
    context.insert("cut", &nodes.any(|node| node.more > 0));
    let (small, large): (Vec<_>, Vec<_>) =
        drawings.into_iter().partition(|drawing| drawing.count <= SMALL_GROUP);
    context.insert("small", &small);
    context.insert("large", &large);
}

fn year_link((year, groups): &YearGroups) -> YearLink {
    YearLink { url: path_of_year(*year), year: *year, count: groups.iter().map(Vec::len).sum() }
}

fn drawing_view<'s>(
    facts: &'s Facts<'_>,
    graph: &RelationGraph,
    ids: &[RecordId],
) -> DrawingView<'s> {
    // A line is read from the earlier record to the later one.
    let name = |kind: RelationKind| facts.messages.get(kind.inverse().as_str()).to_lowercase();
    let drawing = drawing(facts.log, ids, name);
    let is_drawn = |other: &RecordId| ids.binary_search(other).is_ok();
    let most_related = ids.iter().max_by_key(|id| {
        let drawn = graph.neighbours(**id).iter().filter(|other| is_drawn(other)).count();
        // Of several, the earliest.
        (drawn, Reverse(**id))
    });
    let node = |node: &DrawnRecord| NodeView {
        to: facts.link(node.id),
        title: node.title.clone(),
        x: format!("{:.0}", node.x),
        y: format!("{:.0}", node.y),
        in_force: facts.log.in_force(node.id),
        more: graph.neighbours(node.id).iter().filter(|other| !is_drawn(other)).count(),
    };
    DrawingView {
        around: most_related.filter(|_| ids.len() > SMALL_GROUP).map(|id| facts.link(*id)),
        count: ids.len(),
        width: format!("{:.0}", drawing.width),
        height: format!("{:.0}", drawing.height),
        nodes: drawing.nodes.iter().map(node).collect(),
        lines: drawing.relations.iter().map(line_view).collect(),
    }
}

fn line_view(line: &DrawnRelation) -> LineView {
    LineView {
        path: line.path.clone(),
        name: line.name.clone(),
        kind: line.class(),
        place: line.label_center.map(|(x, y)| (format!("{x:.0}"), format!("{y:.0}"))),
    }
}

/// The relations of the records in `groups` to earlier ones, in log order.
fn related_records<'s>(
    facts: &'s Facts<'_>,
    graph: &RelationGraph,
    groups: Vec<Vec<RecordId>>,
) -> Vec<RelatedRecord<'s>> {
    let mut ids: Vec<RecordId> = groups.into_iter().flatten().collect();
    ids.sort_unstable();
    let mut seen_years = BTreeSet::new();
    let mut related_record = |id: RecordId| {
        let mut by_kind: BTreeMap<RelationKind, Vec<RecordLink<'_>>> = BTreeMap::new();
        for other in graph.neighbours(id).iter().filter(|other| **other < id) {
            let kind = graph.pairs.get(&(*other, id))?;
            by_kind.entry(*kind).or_default().push(facts.link(*other));
        }
        let name = |kind: RelationKind| facts.messages.get(kind.as_str());
        let relations: Vec<_> =
            by_kind.into_iter().map(|(kind, records)| (name(kind), records)).collect();
        let year = facts.log.record(id).date().map(Date::year);
        (!relations.is_empty()).then(|| RelatedRecord {
            record: facts.link(id),
            year: year.filter(|year| seen_years.insert(*year)),
            relations,
        })
    };
    ids.into_iter().filter_map(&mut related_record).collect()
}
