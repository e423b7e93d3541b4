//! Records as the data files of a site have them: what `adr list --json` prints, with what only a site knows.

use super::Site;
use crate::export::{IncomingJson, PublishedJson, RecordJson, StatusJson, distinct_relations};
use crate::model::{EventKind, RecordId};

impl Site<'_> {
    /// A record's data. Its path is that from the root of the project: the path that this program was
    /// given is nobody's business.
    pub(super) fn published(&self, id: RecordId) -> RecordJson<'_> {
        let mut json = RecordJson::new(self.log, id);
        json.path = self.project_path(json.file);
        for (relation, (_, target)) in
            json.relations.iter_mut().zip(distinct_relations(self.log, id))
        {
            relation.url = target.map(|target| self.url(target));
        }
        let others = self.log.incoming(id).filter(|(from, _)| *from != id);
        let incoming = others.map(|(from, relation)| IncomingJson {
            kind: relation.kind.as_str(),
            source: &self.log.record(from).file,
            url: self.url(from),
            text: &relation.reference.text,
        });
        json.published = Some(PublishedJson {
            url: self.url(id),
            summary: Some(self.summary(id)).filter(|summary| !summary.is_empty()),
            incoming: incoming.collect(),
            statuses: self.histories.map(|_| self.statuses_of(id)),
            hash: self.log.record(id).source.fingerprint().to_string(),
        });
        json
    }

    /// The statuses that a record has had, as the repository tells them.
    fn statuses_of(&self, id: RecordId) -> Vec<StatusJson<'_>> {
        let events = self.events(id).into_iter().filter(|event| event.kind != EventKind::Changed);
        events
            .map(|event| StatusJson {
                status: event.to.as_ref().map(|status| &*status.word),
                date: event.date.to_string(),
            })
            .collect()
    }
}
