//! What records lead to: other records, pictures that the site brings along, and files of the project that are on its
//! forge. Reads nothing: which files there are is given by the caller.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Site;
use super::address::{SECOND, slug};
use crate::model::{Log, NamesIn, RecordId, Resolver, Target};
use crate::syntax::LinkKind;
use crate::text::{UniqueNames, url_address, url_decoded};

/// Where all links and pictures of a log lead.
#[derive(Debug, Default, Hash)]
pub struct Destinations {
    /// For every record, in log order: what each destination leads to.
    targets: Vec<BTreeMap<String, Target>>,
    /// The pictures that the records show, as paths from the folder of the log, whether they are there or not.
    pub pictures: BTreeSet<String>,
}

/// Where the links and pictures of `log` lead, with `names_in` for all that is outside of it.
pub fn destinations(log: &Log, names_in: &NamesIn<'_>) -> Destinations {
    let resolver = Resolver::new(log, names_in);
    let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
    let found = ids.par_iter().map(|id| of_record(log, *id, &resolver));
    let found: Vec<(BTreeMap<String, Target>, Vec<String>)> = found.collect();
    let mut all = Destinations::default();
    for (targets, pictures) in found {
        all.targets.push(targets);
        all.pictures.extend(pictures);
    }
    all
}

fn of_record(
    log: &Log,
    id: RecordId,
    resolver: &Resolver<'_>,
) -> (BTreeMap<String, Target>, Vec<String>) {
    let record = log.record(id);
    let mut targets = BTreeMap::new();
    let mut pictures = Vec::new();
    for link in log.links(id) {
        let known = targets.entry(link.destination.clone());
        let target = known.or_insert_with(|| resolver.target(record, &link.destination));
        if link.kind == LinkKind::Image && *target != Target::Elsewhere {
            pictures.extend(resolver.path(record, &link.destination));
        }
    }
    (targets, pictures)
}

impl Destinations {
    /// What a destination in the record `from` leads to; `None` for one that no link of it has.
    fn target(&self, from: RecordId, destination: &str) -> Option<&Target> {
        self.targets.get(from.index())?.get(destination)
    }
}

/// The word for a picture that git does not track.
const UNTRACKED: &str = "untracked";

/// Where each of `pictures` is on the site.
pub(super) fn places(pictures: &BTreeMap<String, PathBuf>) -> BTreeMap<String, String> {
    let mut taken = UniqueNames::default();
    let place = |key: &String| {
        let name = key.rsplit('/').next().unwrap_or_default();
        let (stem, kind) = name.rsplit_once('.').unwrap_or((name, "png"));
        let name = taken.take(slug(stem), SECOND);
        (key.clone(), format!("picture/{name}.{}", kind.to_ascii_lowercase()))
    };
    pictures.keys().map(place).collect()
}

impl Site<'_> {
    /// The files that are to be copied: the path of each on the site, and where it is now.
    pub fn copies(&self) -> Vec<(&str, &PathBuf)> {
        let places = self.places.iter();
        places.filter_map(|(key, to)| Some((to.as_str(), self.pictures.get(key)?))).collect()
    }

    /// What a link in the record `from` leads to.
    pub(super) fn target(&self, from: RecordId, destination: &str) -> Target {
        let known = self.destinations.and_then(|all| all.target(from, destination));
        let found = || self.resolver.target(self.log.record(from), destination);
        known.cloned().unwrap_or_else(found)
    }

    /// Where the picture at `destination` in the record `from` is on the site.
    pub(super) fn picture(&self, from: RecordId, destination: &str) -> Option<&str> {
        let path = match self.target(from, destination) {
            Target::File(path) => path,
            _ => self.resolver.path(self.log.record(from), destination)?,
        };
        self.place(&path)
    }

    /// Where the picture with this path from the log is on the site.
    pub(super) fn place(&self, path: &str) -> Option<&str> {
        self.places.get(path).map(String::as_str)
    }

    /// Whether only this disk has the picture with this path from the log.
    pub(super) fn is_ours_alone(&self, path: &str) -> bool {
        let known = self.left_out.binary_search_by(|(left, _)| (*left).cmp(path));
        let why = known.ok().and_then(|at| self.left_out.get(at));
        why.is_some_and(|(_, why)| *why == UNTRACKED)
    }

    /// The address on the forge of what `destination` in the record `from` leads to.
    pub(super) fn on_forge(&self, from: RecordId, destination: &str) -> Option<String> {
        let written = destination.split(['#', '?']).next().unwrap_or_default();
        let path = match (self.target(from, destination), written.strip_prefix('/')) {
            (Target::File(path), _) => self.project_path(&path),
            // Forges read such a path from the root of the repository.
            (_, Some(path)) => url_decoded(path).into_owned(),
            (_, None) => {
                self.project_path(&self.resolver.path(self.log.record(from), destination)?)
            }
        };
        let fragment = destination.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
        let address = self.forge.as_ref()?.see(&path)?;
        Some(url_address(&(address + &fragment.unwrap_or_default())))
    }
}
