//! `/graph.html`: how the decisions hang together, drawn from left to right by age, what hangs together
//! in a drawing of its own. A large log has a page for each year.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::Context;

use super::print::WHOLE;
use crate::export::{DrawnRecord, DrawnRelation, clusters, drawing, related_pairs};
use crate::model::{Date, RecordId, RelationKind};
use crate::site::view::Reference;
use crate::site::{File, Fill, Page, Site, Subject};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_graph"), files, fill: Fill::Template("graph.html", values) };

/// Where the first of them is, from the root of the site.
const PATH: &str = "graph.html";

/// The most decisions in one drawing: what a person can follow.
const MOST: usize = 40;

/// Groups up to this size stand side by side and without a heading.
const SMALL: usize = 3;

/// The most decisions without relations that are named and not only counted.
const NAMED: usize = 100;

/// What is related to what.
struct Web {
    pairs: BTreeMap<(RecordId, RecordId), RelationKind>,
    /// For every record that is related to another one, those others.
    near: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Web {
    fn of(site: &Site<'_>) -> Self {
        let all: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
        let pairs = related_pairs(site.log, &all);
        let mut near: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (a, b) in pairs.keys() {
            near.entry(*a).or_default().push(*b);
            near.entry(*b).or_default().push(*a);
        }
        Self { pairs, near }
    }

    /// The others that a record is related to.
    fn near(&self, id: RecordId) -> &[RecordId] {
        self.near.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Decisions that hang together.
#[derive(Serialize)]
struct Group<'s> {
    /// The one that has most relations, where the group is large enough to need a name.
    around: Option<Reference<'s>>,
    count: usize,
    width: String,
    height: String,
    nodes: Vec<NodeView<'s>>,
    lines: Vec<LineView>,
}

/// A record in the drawing.
#[derive(Serialize)]
struct NodeView<'s> {
    to: Reference<'s>,
    title: Vec<String>,
    x: String,
    y: String,
    in_force: bool,
    /// How many of its relations lead out of the drawing.
    more: usize,
}

/// A relation in the drawing.
#[derive(Serialize)]
struct LineView {
    path: String,
    name: String,
    kind: &'static str,
    /// Where the name stands, if it does.
    place: Option<(String, String)>,
}

/// What a record says about earlier ones, as text: every relation is told once.
#[derive(Serialize)]
struct Entry<'s> {
    record: Reference<'s>,
    /// That of the record, where it is the first of its year.
    year: Option<i16>,
    relations: Vec<(&'s str, Vec<Reference<'s>>)>,
}

/// A page of a large log.
#[derive(Serialize)]
struct Part {
    url: String,
    /// Nothing for what has no date.
    year: Option<i16>,
    count: usize,
}

/// Groups of records, and the year in which they begin.
type Year = (Option<i16>, Vec<Vec<RecordId>>);

/// The groups by the years in which they begin, the newest year first; all in one where the log is
/// not large.
fn parts(site: &Site<'_>, web: &Web) -> Vec<Year> {
    let groups = clusters(&web.pairs, MOST);
    if site.log.records().len() <= WHOLE {
        return vec![(None, groups)];
    }
    let mut years: BTreeMap<Option<i16>, Vec<Vec<RecordId>>> = BTreeMap::new();
    for group in groups {
        let date = group.first().and_then(|id| site.log.record(*id).date());
        years.entry(date.map(Date::year)).or_default().push(group);
    }
    years.into_iter().rev().collect()
}

fn files(site: &Site<'_>) -> Vec<File> {
    let web = Web::of(site);
    if web.pairs.is_empty() {
        return vec![];
    }
    let parts = parts(site, &web);
    let years = parts.iter().enumerate().filter(|_| parts.len() > 1);
    let years =
        years.map(|(at, (year, _))| File { path: of_year(*year), subject: Subject::Group(at) });
    std::iter::once(File::log(PATH)).chain(years).collect()
}

fn of_year(year: Option<i16>) -> String {
    year.map_or_else(|| "graph-undated.html".to_owned(), |year| format!("graph-{year}.html"))
}

fn values(site: &Site<'_>, file: &File) -> Context {
    let web = Web::of(site);
    let mut parts = parts(site, &web);
    let mut context = Context::new();
    let (year, groups) = match file.subject {
        Subject::Group(at) if at < parts.len() => parts.swap_remove(at),
        _ if parts.len() == 1 => parts.swap_remove(0),
        _ => {
            context.insert("parts", &parts.iter().map(part).collect::<Vec<_>>());
            (None, Vec::new())
        }
    };
    let alone = site.log.iter().map(|(id, _)| id).filter(|id| web.near(*id).is_empty());
    let alone: Vec<RecordId> = alone.collect();
    context.insert("as_files", &super::graph_file::paths(site));
    context.insert("alone", &alone.len());
    let is_short = alone.len() <= NAMED && year.is_none();
    context.insert("named", &site.references(alone.into_iter().filter(|_| is_short)));
    // What is related to a record of a full group alone has no drawing; it is told as text.
    let drawn = groups.iter().filter(|ids| ids.len() > 1);
    let drawn: Vec<Group> = drawn.map(|ids| group(site, &web, ids)).collect();
    let related = RelationKind::RelatesTo.as_str();
    let replaced =
        |one: &Group| one.lines.iter().any(|line| line.kind == RelationKind::Supersedes.as_str());
    context.insert("replaced", &drawn.iter().any(replaced));
    let dashed = |one: &Group| one.lines.iter().any(|line| line.kind == related);
    context.insert("dashed", &drawn.iter().any(dashed));
    let cut = |one: &Group| one.nodes.iter().any(|node| node.more > 0);
    context.insert("cut", &drawn.iter().any(cut));
    let (small, large): (Vec<_>, Vec<_>) = drawn.into_iter().partition(|one| one.count <= SMALL);
    context.insert("small", &small);
    context.insert("large", &large);
    context.insert("year", &year);
    let entries = entries(site, &web, groups);
    context.insert("jumps", &entries.iter().filter_map(|entry| entry.year).collect::<Vec<_>>());
    context.insert("entries", &entries);
    context
}

fn part((year, groups): &Year) -> Part {
    Part { url: of_year(*year), year: *year, count: groups.iter().map(Vec::len).sum() }
}

fn group<'s>(site: &'s Site<'_>, web: &Web, ids: &[RecordId]) -> Group<'s> {
    // Read along the line, from the earlier record to the later.
    let name = |kind: RelationKind| site.messages.get(kind.inverse().as_str()).to_lowercase();
    let drawn = drawing(site.log, ids, name);
    let inside = |other: &RecordId| ids.binary_search(other).is_ok();
    let most = ids.iter().max_by_key(|id| {
        let inner = web.near(**id).iter().filter(|other| inside(other)).count();
        (inner, std::cmp::Reverse(**id))
    });
    let node = |node: &DrawnRecord| NodeView {
        to: site.reference(node.id),
        title: node.title.clone(),
        x: format!("{:.0}", node.x),
        y: format!("{:.0}", node.y),
        in_force: site.log.in_force(node.id),
        more: web.near(node.id).iter().filter(|other| !inside(other)).count(),
    };
    Group {
        around: most.filter(|_| ids.len() > SMALL).map(|id| site.reference(*id)),
        count: ids.len(),
        width: format!("{:.0}", drawn.width),
        height: format!("{:.0}", drawn.height),
        nodes: drawn.nodes.iter().map(node).collect(),
        lines: drawn.relations.iter().map(line_view).collect(),
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

/// What the records of `groups` say about earlier ones, in log order.
fn entries<'s>(site: &'s Site<'_>, web: &Web, groups: Vec<Vec<RecordId>>) -> Vec<Entry<'s>> {
    let mut ids: Vec<RecordId> = groups.into_iter().flatten().collect();
    ids.sort_unstable();
    let mut seen = BTreeSet::new();
    let mut entry = |id: RecordId| {
        let mut relations: BTreeMap<RelationKind, Vec<Reference<'_>>> = BTreeMap::new();
        for other in web.near(id).iter().filter(|other| **other < id) {
            let kind = web.pairs.get(&(*other, id))?;
            relations.entry(*kind).or_default().push(site.reference(*other));
        }
        let name = |kind: RelationKind| site.messages.get(kind.as_str());
        let relations: Vec<_> =
            relations.into_iter().map(|(kind, records)| (name(kind), records)).collect();
        let year = site.log.record(id).date().map(Date::year);
        (!relations.is_empty()).then(|| Entry {
            record: site.reference(id),
            year: year.filter(|year| seen.insert(*year)),
            relations,
        })
    };
    ids.into_iter().filter_map(&mut entry).collect()
}
