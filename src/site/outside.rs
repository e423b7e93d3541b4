//! What records lead to that is no record: pictures that the site brings along, and files of the
//! project that are on its forge. Reads nothing: which files there are is told by the caller.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use regex::Regex;

use super::Site;
use super::address::{SECOND, slug};
use super::markdown::elsewhere;
use crate::model::{Log, Record, RecordId};
use crate::syntax::LinkKind;
use crate::text::{UniqueNames, url_decoded};

/// What records lead to beside the log: paths from its folder, which may lead out of it, or from the root
/// of the repository, with `/` before them.
#[derive(Debug, Default)]
pub struct Outside {
    /// The pictures that they show.
    pub pictures: BTreeSet<String>,
    /// The files and folders that they link to.
    pub files: BTreeSet<String>,
}

/// What the records of `log` lead to beside it.
pub fn outside(log: &Log) -> Outside {
    let all: Vec<(RecordId, &Record)> = log.iter().collect();
    let found = all.par_iter().map(|(id, record)| outside_of(log, *id, record));
    found.reduce(Outside::default, |mut all, one| {
        all.pictures.extend(one.pictures);
        all.files.extend(one.files);
        all
    })
}

fn outside_of(log: &Log, id: RecordId, record: &Record) -> Outside {
    static HTML: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let tag = "(?i)<(a|img)\\b[^>]*?\\s(?:href|src)\\s*=\\s*[\"']?([^\"'\\s>]+)";
        Regex::new(tag).ok()
    });
    let text = record.text();
    let mut found = Outside::default();
    let mut add = |is_picture: bool, destination: &str| {
        let key = if is_picture { key(record, destination) } else { file(record, destination) };
        let Some(key) = key else { return };
        if is_picture {
            found.pictures.insert(key);
        } else if log.linked(id, destination).is_none() {
            found.files.insert(key);
        }
    };
    for link in log.links(id) {
        add(link.kind == LinkKind::Image, &link.destination);
    }
    for html in HTML.iter().filter(|_| text.contains('<')) {
        for tag in html.captures_iter(text) {
            let is_picture = tag.get(1).is_some_and(|name| name.len() > 1);
            add(is_picture, tag.get(2).map_or("", |to| to.as_str()));
        }
    }
    found
}

/// A destination in `record` as a path from the folder of the log, or from the root of the repository.
fn file(record: &Record, destination: &str) -> Option<String> {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let project_path = path.starts_with('/') && !path.starts_with("//");
    if project_path { Some(url_decoded(path).into_owned()) } else { key(record, destination) }
}

/// A destination in `record` as a path from the folder of the log; `None` for what is no path.
fn key(record: &Record, destination: &str) -> Option<String> {
    if elsewhere(destination).is_some() {
        return None;
    }
    let path = url_decoded(destination.split(['#', '?']).next().unwrap_or_default());
    if path.is_empty() || path.starts_with(['/', '\\']) {
        return None;
    }
    let folder = record.file.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    Some(format!("{}{path}", folder.unwrap_or_default()))
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

    /// Where the picture at `destination` in the record `from` is on the site.
    pub(super) fn picture(&self, from: RecordId, destination: &str) -> Option<&str> {
        let key = key(self.log.record(from), destination)?;
        self.places.get(&key).map(String::as_str)
    }

    /// Whether a link in the record `from` leads to a file that is not there, or that only this disk has;
    /// nothing where nobody can tell.
    pub(super) fn is_missing(&self, from: RecordId, destination: &str) -> Option<bool> {
        let missing = self.missing?;
        let path = file(self.log.record(from), destination)?;
        let known = self.left_out.binary_search_by(|(left, _)| (*left).cmp(path.as_str()));
        let why = known.ok().and_then(|at| self.left_out.get(at));
        let is_ours_alone = why.is_some_and(|(_, why)| *why == UNTRACKED);
        Some(is_ours_alone || missing.contains(&path))
    }

    /// The address on the forge of what `destination` in the record `from` leads to.
    pub(super) fn on_forge(&self, from: RecordId, destination: &str) -> Option<String> {
        let record = self.log.record(from);
        let rest = destination.split(['#', '?']).next().unwrap_or_default();
        let path = match rest.strip_prefix('/') {
            // Forges read such a path from the root of the repository.
            Some(path) => url_decoded(path).into_owned(),
            None => self.project_path(&key(record, destination)?),
        };
        let fragment = destination.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
        let address = self.forge.as_ref()?.see(&path)?;
        Some(address + &fragment.unwrap_or_default())
    }
}
