//! Links in records: where each leads on the site.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Site;
use super::markdown::{Leads, elsewhere};
use crate::model::RecordId;
use crate::text::url_decoded;

/// For every record, the records that link to it in running text and say nothing else about it,
/// in log order.
pub(super) fn mentions(site: &Site<'_>) -> BTreeMap<RecordId, Vec<RecordId>> {
    let log = site.log;
    let all: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
    let found: Vec<Vec<RecordId>> = all
        .par_iter()
        .map(|id| {
            let related: Vec<_> = log.relations(*id).filter_map(|(_, target)| target).collect();
            let links = log.links(*id).iter();
            let mut targets: Vec<_> = links
                .filter_map(|link| site.linked(*id, &link.destination))
                .filter(|target| target != id && !related.contains(target))
                .collect();
            targets.sort_unstable();
            targets.dedup();
            targets
        })
        .collect();
    let mut mentions: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for (id, targets) in all.iter().zip(found) {
        for target in targets {
            mentions.entry(target).or_default().push(*id);
        }
    }
    mentions
}

/// Whether a path that means no record stays in the log and looks like one of its files.
fn ought_to_be_there(path: &str) -> bool {
    let is_inside = !path.starts_with('/') && !path.contains("..");
    is_inside && path.to_ascii_lowercase().ends_with(".md")
}

impl Site<'_> {
    /// The record that a link in the record `from` leads to: by a path, or by the address that the
    /// project's forge has for its file.
    pub(super) fn linked(&self, from: RecordId, destination: &str) -> Option<RecordId> {
        self.log.linked(from, destination).or_else(|| {
            let path = self.forge.as_ref()?.shown_at(destination)?;
            let file = match self.folder.as_str() {
                "." => path.as_str(),
                folder => path.strip_prefix(folder)?.strip_prefix('/')?,
            };
            self.by_file.get(file).copied()
        })
    }

    /// Where a link in the record `from` leads.
    pub(super) fn leads(&self, from: RecordId, destination: &str) -> Leads {
        if let Some(target) = self.linked(from, destination) {
            let fragment = destination.split_once('#').map(|(_, fragment)| fragment);
            let fragment = fragment.and_then(|fragment| self.anchor(target, fragment));
            let name = self.name(target);
            let fragment = fragment.map(|fragment| format!("#{fragment}"));
            return Leads::Here(format!("{name}.html{}", fragment.unwrap_or_default()));
        }
        if let Some(leads) = elsewhere(destination) {
            return leads;
        }
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        let path = path.trim_end_matches('/');
        if path.is_empty() {
            return Leads::Refused;
        }
        if self.is_missing(from, destination).unwrap_or_else(|| ought_to_be_there(path)) {
            return Leads::Broken(destination.to_owned());
        }
        match self.on_forge(from, destination) {
            Some(address) => Leads::Away(address),
            None => Leads::Unpublished(destination.to_owned()),
        }
    }

    /// The anchor on the page of a record that a fragment means; `None` for the page as a whole.
    fn anchor(&self, id: RecordId, fragment: &str) -> Option<String> {
        // Any number of links may lead to one text.
        let anchors = self.anchors.get(id.index())?;
        let anchors = anchors.get_or_init(|| self.read(id, |reading| reading.text.anchors()));
        anchors.meant(&url_decoded(fragment)).map(str::to_owned)
    }
}
