//! Links in records: where each leads on the site.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Site;
use super::markdown::{Leads, ROOT, elsewhere};
use crate::model::{RecordId, Target};

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

impl Site<'_> {
    /// The record that a link in the record `from` leads to: by a path, or by the address that the
    /// project's forge has for its file.
    pub(super) fn linked(&self, from: RecordId, destination: &str) -> Option<RecordId> {
        match self.target(from, destination) {
            Target::Record(id) | Target::Page(id) | Target::Renamed(id) => Some(id),
            Target::OtherCase { record, .. } => record,
            Target::Elsewhere => {
                let path = self.forge.as_ref()?.shown_at(destination)?;
                let file = match self.folder.as_str() {
                    "." => path.as_str(),
                    folder => path.strip_prefix(folder)?.strip_prefix('/')?,
                };
                self.by_file.get(file).copied()
            }
            _ => None,
        }
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
        let unpublished = || Leads::Unpublished(destination.to_owned());
        let on_forge = || self.on_forge(from, destination).map(Leads::Away);
        match self.target(from, destination) {
            Target::Elsewhere => elsewhere(destination).unwrap_or(Leads::Refused),
            Target::File(path) => match self.place(&path) {
                Some(place) => Leads::Here([ROOT, place].concat()),
                None if self.is_ours_alone(&path) => Leads::Broken(destination.to_owned()),
                None => on_forge().unwrap_or_else(unpublished),
            },
            Target::Unknown if destination.trim().is_empty() => Leads::Refused,
            Target::Unknown => on_forge().unwrap_or_else(unpublished),
            Target::Unjudged => unpublished(),
            _ => Leads::Broken(destination.to_owned()),
        }
    }

    /// The anchor on the page of a record that a fragment means; `None` for the page as a whole.
    fn anchor(&self, id: RecordId, fragment: &str) -> Option<String> {
        // Any number of links may lead to one text.
        let anchors = self.anchors.get(id.index())?;
        let anchors = anchors.get_or_init(|| self.read(id, |reading| reading.text.places()));
        anchors.id(fragment)
    }
}
