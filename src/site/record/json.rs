//! Records as the data files of a site contain them: the output of `adr list --json`, with what only a site knows.

use crate::export::{IncomingJson, PublishedJson, RecordJson, StatusJson, distinct_relations};
use crate::model::{EventKind, RecordId};
use crate::site::plan::Facts;

impl Facts<'_> {
    /// The data of a record. Its path is relative to the root of the project, so that no path of this machine is
    /// published.
    pub(crate) fn published(&self, id: RecordId) -> RecordJson<'_> {
        let mut json = RecordJson::new(self.log, id);
        json.path = self.project.path_of(json.file);
        let relations = distinct_relations(self.log, id);
        for (relation, (_, target)) in json.relations.iter_mut().zip(relations) {
            relation.url = target.map(|target| self.url(target));
        }
        let incoming = self.log.incoming(id).filter(|(from, _)| *from != id);
        let incoming = incoming.map(|(from, relation)| IncomingJson {
            kind: relation.kind.as_str(),
            source: &self.log.record(from).file,
            url: self.url(from),
            text: &relation.reference.text,
        });
        json.published = Some(PublishedJson {
            url: self.url(id),
            summary: Some(self.summary(id)).filter(|summary| !summary.is_empty()),
            incoming: incoming.collect(),
            statuses: self.histories.map(|_| self.past_statuses(id)),
            hash: self.log.record(id).source.fingerprint().to_string(),
        });
        json
    }

    /// The statuses that a record has had, according to the repository.
    fn past_statuses(&self, id: RecordId) -> Vec<StatusJson<'_>> {
        let events = self.events(id).into_iter().filter(|event| event.kind != EventKind::Changed);
        events
            .map(|event| StatusJson {
                status: event.to.as_ref().map(|status| &*status.word),
                date: event.date.to_string(),
            })
            .collect()
    }
}
