//! The targets of all links and pictures of a log. Reads nothing: the caller knows which files exist.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::model::{Log, NamesIn, RecordId, Resolver, Target};
use crate::syntax::LinkKind;

/// The targets of all links and pictures of a log.
#[derive(Debug, Default, Hash)]
pub struct Destinations {
    /// For every record, in log order, the target of each destination, by its text.
    targets: Vec<BTreeMap<String, Target>>,
    /// The pictures that the records show, as paths relative to the folder of the log, whether they exist or not.
    pub pictures: BTreeSet<String>,
}

/// The targets and the pictures of one record.
type RecordDestinations = (BTreeMap<String, Target>, Vec<String>);

/// Resolves the links and pictures of `log`; `names_in` lists the folders outside the log.
pub fn destinations(log: &Log, names_in: &NamesIn<'_>) -> Destinations {
    let resolver = Resolver::new(log, names_in);
    let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
    let by_record = ids.par_iter().map(|id| record_destinations(log, *id, &resolver));
    let by_record: Vec<RecordDestinations> = by_record.collect();
    let mut destinations = Destinations::default();
    for (targets, pictures) in by_record {
        destinations.targets.push(targets);
        destinations.pictures.extend(pictures);
    }
    destinations
}

fn record_destinations(log: &Log, id: RecordId, resolver: &Resolver<'_>) -> RecordDestinations {
    let record = log.record(id);
    let mut targets = BTreeMap::new();
    let mut pictures = Vec::new();
    for link in log.links(id) {
        let entry = targets.entry(link.destination.clone());
        let target = entry.or_insert_with(|| resolver.target(record, &link.destination));
        if link.kind == LinkKind::Image && *target != Target::Elsewhere {
            pictures.extend(resolver.path(record, &link.destination));
        }
    }
    (targets, pictures)
}

impl Destinations {
    /// The target of a destination in the record `from`; `None` if the record has no such link.
    pub(crate) fn target(&self, from: RecordId, destination: &str) -> Option<&Target> {
        self.targets.get(from.index())?.get(destination)
    }
}
