//! Links in records: where each leads on the site.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Site;
use super::markdown::{Body, Leads, Request, anchors, elsewhere, render};
use crate::model::{Layout, Log, Record, RecordId};
use crate::syntax::links;
use crate::text::Span;

/// For every record, the records that link to it in running text and say nothing else about it,
/// in log order.
pub(super) fn mentions(log: &Log) -> BTreeMap<RecordId, Vec<RecordId>> {
    let all: Vec<(RecordId, &Record)> = log.iter().collect();
    let found: Vec<Vec<RecordId>> = all
        .par_iter()
        .map(|(id, record)| {
            let related: Vec<_> = log.relations(*id).filter_map(|(_, target)| target).collect();
            let mut targets: Vec<_> = links(&record.document, record.text())
                .iter()
                .filter_map(|link| log.linked(*id, &link.destination))
                .filter(|target| target != id && !related.contains(target))
                .collect();
            targets.sort_unstable();
            targets.dedup();
            targets
        })
        .collect();
    let mut mentions: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for ((id, _), targets) in all.iter().zip(found) {
        for target in targets {
            mentions.entry(target).or_default().push(*id);
        }
    }
    mentions
}

impl Site<'_> {
    /// The text of a record as HTML.
    pub(super) fn body(&self, id: RecordId) -> Body {
        let record = self.log.record(id);
        let body = record.document.body;
        render(&Request {
            text: body.of(record.text()),
            without: title_line(record).map(|line| shift_back(line, body.start)),
            leads: &|destination| self.leads(id, destination),
            words: self.messages.words(),
        })
    }

    /// Where a link in the record `from` leads.
    fn leads(&self, from: RecordId, destination: &str) -> Leads {
        if let Some(target) = self.log.linked(from, destination) {
            let fragment = destination.split_once('#').map(|(_, fragment)| fragment);
            let fragment = fragment.filter(|fragment| self.has_anchor(target, fragment));
            let name = self.names.get(&target).map_or("", String::as_str);
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
        // A path that stays in the log and looks like one of its files ought to be there.
        let is_inside = !path.starts_with('/') && !path.contains("..");
        if is_inside && path.to_ascii_lowercase().ends_with(".md") {
            Leads::Broken(destination.to_owned())
        } else {
            Leads::Unpublished(destination.to_owned())
        }
    }

    fn has_anchor(&self, record: RecordId, anchor: &str) -> bool {
        let record = self.log.record(record);
        anchors(record.document.body.of(record.text())).iter().any(|other| other == anchor)
    }
}

/// The heading that says what the page's own heading says.
fn title_line(record: &Record) -> Option<Span> {
    let title = record.title.as_ref()?;
    let first = record.document.sections.first()?;
    let is_title = match (title.layout, title.span) {
        (Layout::Title, Some(span)) => first.heading.contains(span),
        _ => first.title.contains(&title.value),
    };
    is_title.then_some(first.heading)
}

/// The same bytes of a text that begins `offset` bytes later.
fn shift_back(span: Span, offset: usize) -> Span {
    Span::new(span.start.saturating_sub(offset), span.end.saturating_sub(offset))
}
