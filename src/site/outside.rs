//! What records lead to that is no record: pictures that the site brings along, and files of the
//! project that are on its forge. Reads nothing: which files there are is told by the caller.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use regex::Regex;

use super::Site;
use super::address::{slug, unique};
use super::markdown::elsewhere;
use crate::model::{Log, Record, RecordId, decode_percent};
use crate::syntax::{LinkKind, links};

/// The pictures that records show: paths from the folder of the log, which may lead out of it.
pub fn pictures(log: &Log) -> BTreeSet<String> {
    log.records().par_iter().flat_map_iter(pictures_of).collect()
}

fn pictures_of(record: &Record) -> Vec<String> {
    static HTML: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("(?i)<img[^>]*?\\ssrc\\s*=\\s*[\"']?([^\"'\\s>]+)").ok());
    let text = record.text();
    let all = links(&record.document, text);
    let markdown = all.iter().filter(|link| link.kind == LinkKind::Image);
    let markdown = markdown.filter_map(|link| key(record, &link.destination));
    let html = HTML.iter().filter(|_| text.contains("<img"));
    let html = html.flat_map(|html| html.captures_iter(text));
    let html = html.filter_map(|one| key(record, one.get(1)?.as_str()));
    markdown.chain(html).collect()
}

/// A destination in `record` as a path from the folder of the log; `None` for what is no path.
fn key(record: &Record, destination: &str) -> Option<String> {
    if elsewhere(destination).is_some() {
        return None;
    }
    let path = decode_percent(destination.split(['#', '?']).next().unwrap_or_default());
    if path.is_empty() || path.starts_with(['/', '\\']) {
        return None;
    }
    let folder = record.file.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    Some(format!("{}{path}", folder.unwrap_or_default()))
}

/// Where each of `pictures` is on the site.
pub(super) fn places(pictures: &BTreeMap<String, PathBuf>) -> BTreeMap<String, String> {
    let mut taken = HashSet::new();
    let place = |key: &String| {
        let name = key.rsplit('/').next().unwrap_or_default();
        let (stem, kind) = name.rsplit_once('.').unwrap_or((name, "png"));
        let name = unique(&slug(stem), &mut taken);
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

    /// The address on the forge of what `destination` in the record `from` leads to.
    pub(super) fn on_forge(&self, from: RecordId, destination: &str) -> Option<String> {
        let record = self.log.record(from);
        let rest = destination.split(['#', '?']).next().unwrap_or_default();
        let path = match rest.strip_prefix('/') {
            // Forges read such a path from the root of the repository.
            Some(path) => decode_percent(path),
            None => format!("{}/{}", self.folder, key(record, destination)?),
        };
        let fragment = destination.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
        let address = self.forge.as_ref()?.see(&path)?;
        Some(address + &fragment.unwrap_or_default())
    }
}
