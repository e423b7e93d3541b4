//! The pictures that are published with the records.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::slug::{SECOND, slug};
use crate::text::UniqueNames;

/// The pictures of the records: which are on the site, and which are not.
pub(crate) struct PublishedPictures<'l> {
    /// The files to copy, by their paths relative to the folder of the log.
    sources: BTreeMap<String, PathBuf>,
    /// Their paths on the site, by the same keys.
    addresses: BTreeMap<String, String>,
    /// The pictures that readers will not see, sorted by path, each with the word for the reason.
    pub left_out: Vec<(&'l str, &'static str)>,
}

/// The word for a picture that git does not track.
const UNTRACKED: &str = "untracked";

impl<'l> PublishedPictures<'l> {
    pub(crate) fn new(
        sources: BTreeMap<String, PathBuf>,
        left_out: Vec<(&'l str, &'static str)>,
    ) -> Self {
        Self { addresses: addresses(&sources), sources, left_out }
    }

    /// The files to copy: the path of each on the site, and the file on disk.
    pub(crate) fn copies(&self) -> Vec<(&str, &PathBuf)> {
        let addresses = self.addresses.iter();
        addresses.filter_map(|(key, path)| Some((path.as_str(), self.sources.get(key)?))).collect()
    }

    /// The address of the picture with this path relative to the folder of the log.
    pub(crate) fn address(&self, path: &str) -> Option<&str> {
        self.addresses.get(path).map(String::as_str)
    }

    /// Whether the picture with this path exists on this disk only.
    pub(crate) fn is_untracked(&self, path: &str) -> bool {
        let position = self.left_out.binary_search_by(|(left_out, _)| (*left_out).cmp(path));
        let entry = position.ok().and_then(|position| self.left_out.get(position));
        entry.is_some_and(|(_, reason)| *reason == UNTRACKED)
    }
}

/// The address of each picture on the site.
fn addresses(sources: &BTreeMap<String, PathBuf>) -> BTreeMap<String, String> {
    let mut taken_names = UniqueNames::default();
    let address = |path: &String| {
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "png"));
        let name = taken_names.take(slug(stem), SECOND);
        (path.clone(), format!("picture/{name}.{}", extension.to_ascii_lowercase()))
    };
    sources.keys().map(address).collect()
}
