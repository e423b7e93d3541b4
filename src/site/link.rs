//! Links in records: where each leads on the site.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Site;
use super::markdown::{Body, Leads, Request, anchors, elsewhere, render};
use super::said::{Shown, shown};
use crate::model::{RecordId, decode_percent};
use crate::syntax::meant;

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

/// Whether `base` is the way from a page, on which places need no more than their names.
fn is_page(base: &str) -> bool {
    base.is_empty() || base == "./"
}

impl Site<'_> {
    /// The text of a record as HTML.
    pub(super) fn body(&self, id: RecordId) -> Body {
        self.written(id, &|destination| self.leads(id, destination), "", None)
    }

    /// The same for readers elsewhere: links begin with `base`.
    pub(super) fn absolute_body(&self, id: RecordId, base: &str) -> String {
        let leads = |destination: &str| match self.leads(id, destination) {
            Leads::Here(to) => Leads::Away(format!("{base}decisions/{to}")),
            leads => leads,
        };
        self.written(id, &leads, base, None).html
    }

    /// The same as a part of a page with all records.
    pub(super) fn nested_body(&self, id: RecordId) -> Body {
        let leads = |destination: &str| match self.linked(id, destination) {
            Some(target) => {
                let name = self.names.get(&target).map_or("", String::as_str);
                // On a page with a part of the log, the record may be on another.
                if self.log.records().len() > super::pages::PRINT_WHOLE {
                    Leads::Here(format!("decisions/{name}.html"))
                } else {
                    Leads::Here(format!("#Record-{name}"))
                }
            }
            None => self.leads(id, destination),
        };
        let name = self.names.get(&id).map_or("", String::as_str);
        self.written(id, &leads, "./", Some(&format!("{name}-")))
    }

    /// `base` leads to the root of the site; nothing for a record's own page.
    fn written(
        &self,
        id: RecordId,
        leads: &dyn Fn(&str) -> Leads,
        base: &str,
        nested: Option<&str>,
    ) -> Body {
        let record = self.log.record(id);
        let shown = shown(record);
        let named = &shown.named(record);
        let Shown { text, title, .. } = &shown;
        let picture = |destination: &str| {
            let to = self.picture(id, destination)?;
            Some(if base.is_empty() { format!("../{to}") } else { format!("{base}{to}") })
        };
        let words = self.messages.words();
        let own = if is_page(base) { String::new() } else { format!("{base}{}", self.url(id)) };
        let (without, picture, page) = (*title, &picture, own.as_str());
        render(&Request { text, without, named, leads, picture, page, nested, words })
    }

    /// The record that a link in the record `from` leads to: by a path, or by the address that the
    /// project's forge has for its file.
    fn linked(&self, from: RecordId, destination: &str) -> Option<RecordId> {
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
    fn leads(&self, from: RecordId, destination: &str) -> Leads {
        if let Some(target) = self.linked(from, destination) {
            let fragment = destination.split_once('#').map(|(_, fragment)| fragment);
            let fragment = fragment.and_then(|fragment| self.anchor(target, fragment));
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
        let record = self.log.record(id);
        let shown = shown(record);
        let anchors = anchors(&shown.text, &shown.named(record));
        meant(anchors.iter().map(String::as_str), &decode_percent(fragment)).map(str::to_owned)
    }
}
