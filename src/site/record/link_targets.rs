//! The targets on the site of links and pictures in records.

use crate::model::{RecordId, Target};
use crate::site::markdown::{LinkOutcome, SITE_ROOT, external_link};
use crate::site::plan::Facts;
use crate::text::{url_address, url_decoded};

impl Facts<'_> {
    /// The record that a link in the record `from` leads to: by a path, or by the address of its file on the
    /// forge.
    pub(crate) fn linked_record(&self, from: RecordId, destination: &str) -> Option<RecordId> {
        match self.target(from, destination) {
            Target::Record(id) | Target::Page(id) | Target::Renamed(id) => Some(id),
            Target::OtherCase { record, .. } => record,
            Target::Elsewhere => {
                let path = self.project.forge.as_ref()?.file_at(destination)?;
                let file = match self.project.folder.as_str() {
                    "." => path.as_str(),
                    folder => path.strip_prefix(folder)?.strip_prefix('/')?,
                };
                self.records_by_file.get(file).copied()
            }
            _ => None,
        }
    }

    /// What a link in the record `from` becomes.
    pub(crate) fn link_outcome(&self, from: RecordId, destination: &str) -> LinkOutcome {
        if let Some(record) = self.linked_record(from, destination) {
            let fragment = destination.split_once('#').map(|(_, fragment)| fragment);
            let anchor = fragment.and_then(|fragment| self.anchor(record, fragment));
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            return LinkOutcome::Internal(format!("{}.html{anchor}", self.page_name(record)));
        }
        let broken = || LinkOutcome::Broken(destination.to_owned());
        let unpublished = || LinkOutcome::Unpublished(destination.to_owned());
        let on_forge = || self.forge_url(from, destination).map(LinkOutcome::External);
        match self.target(from, destination) {
            Target::Elsewhere => external_link(destination).unwrap_or(LinkOutcome::Refused),
            Target::File(path) => match self.pictures.address(&path) {
                Some(address) => LinkOutcome::Internal([SITE_ROOT, address].concat()),
                None if self.pictures.is_untracked(&path) => broken(),
                None => on_forge().unwrap_or_else(unpublished),
            },
            Target::Unknown if destination.trim().is_empty() => LinkOutcome::Refused,
            Target::Unknown => on_forge().unwrap_or_else(unpublished),
            Target::Unjudged => unpublished(),
            _ => broken(),
        }
    }

    /// The address on the site of a picture in the record `from`.
    pub(crate) fn picture(&self, from: RecordId, destination: &str) -> Option<&str> {
        let path = match self.target(from, destination) {
            Target::File(path) => path,
            _ => self.linked_path(from, destination)?,
        };
        self.pictures.address(&path)
    }

    /// The address on the forge of the file that a link in the record `from` names.
    fn forge_url(&self, from: RecordId, destination: &str) -> Option<String> {
        let written_path = destination.split(['#', '?']).next().unwrap_or_default();
        let path = match (self.target(from, destination), written_path.strip_prefix('/')) {
            (Target::File(path), _) => self.project.path_of(&path),
            // Forges read such a path from the root of the repository.
            (_, Some(path)) => url_decoded(path).into_owned(),
            (_, None) => self.project.path_of(&self.linked_path(from, destination)?),
        };
        let fragment = destination.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
        let file_url = self.project.forge.as_ref()?.view_url(&path)?;
        Some(url_address(&(file_url + &fragment.unwrap_or_default())))
    }

    /// The anchor that a fragment means on the page of a record; `None` for the page as a whole.
    fn anchor(&self, id: RecordId, fragment: &str) -> Option<String> {
        // Many links may lead to one text, so its anchors are read once.
        let cached_anchors = self.caches.anchors.get(id.index())?;
        let anchors = cached_anchors.get_or_init(|| self.read(id, |text| text.markdown.anchors()));
        anchors.id(fragment)
    }
}
