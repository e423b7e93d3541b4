//! The record with the name that is most similar to a wrong one. An index of all names is built once, so that many
//! wrong names do not cost many passes over the log.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{Log, RecordId, slug_of};

/// The records by the parts of their names.
#[derive(Debug)]
pub(in crate::lint) struct SimilarNames {
    names: Vec<RecordName>,
    /// For every three consecutive letters, the indexes of the names that contain them.
    trigrams: HashMap<[char; 3], Vec<usize>>,
}

/// The name of a record, in lower case.
#[derive(Debug)]
struct RecordName {
    id: RecordId,
    /// The file name without number.
    slug: String,
    title: String,
}

/// Three letters that more names have in common do not distinguish them.
const MAX_COMMON: usize = 200;

/// So many names are compared in full.
const MAX_COMPARED: usize = 20;

impl SimilarNames {
    pub(in crate::lint) fn new(log: &Log) -> Self {
        let mut index = Self { names: Vec::new(), trigrams: HashMap::new() };
        for (id, record) in log.iter() {
            let slug = slug_of(&record.file.to_lowercase()).to_owned();
            let title = record.title_or_file().to_lowercase();
            let mut name_trigrams = trigrams(&slug);
            name_trigrams.extend(trigrams(&title));
            name_trigrams.sort_unstable();
            name_trigrams.dedup();
            for trigram in name_trigrams {
                index.trigrams.entry(trigram).or_default().push(index.names.len());
            }
            index.names.push(RecordName { id, slug, title });
        }
        index
    }

    /// The record whose name is most similar to `words`, if one is clearly similar.
    pub(in crate::lint) fn nearest(&self, words: &str) -> Option<RecordId> {
        let words = words.to_lowercase();
        let candidates = self.candidates(&words);
        let mut containing = candidates.iter().filter(|name| name.slug.contains(&words));
        match (containing.next(), containing.next()) {
            (Some(name), None) => return Some(name.id),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let similarity = |name: &RecordName| {
            strsim::jaro_winkler(&name.title, &words).max(strsim::jaro_winkler(&name.slug, &words))
        };
        let similarities = candidates.iter().map(|name| (similarity(name), name.id));
        let similar = similarities.filter(|(similarity, _)| *similarity > 0.8);
        // Of two equally similar names, the first.
        let best = similar.max_by(|(a, one), (b, other)| a.total_cmp(b).then(other.cmp(one)));
        best.map(|(_, id)| id)
    }

    /// The names with the most letters in common.
    fn candidates(&self, words: &str) -> Vec<&RecordName> {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for trigram in trigrams(words) {
            let names = self.trigrams.get(&trigram).filter(|names| names.len() <= MAX_COMMON);
            for index in names.into_iter().flatten() {
                *counts.entry(*index).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(index, count)| (Reverse(*count), *index));
        let best = counts.iter().take(MAX_COMPARED);
        best.filter_map(|(index, _)| self.names.get(*index)).collect()
    }
}

/// Every three consecutive letters of a name.
fn trigrams(name: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = name.chars().collect();
    letters.windows(3).filter_map(|three| three.try_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::SimilarNames;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::Log;
    use crate::text::Source;

    #[test]
    fn what_all_records_have_in_common_does_not_hide_the_one_that_is_meant() {
        let records = (1..=300).map(|number| {
            let word = ["kafka", "nats", "redis"].get(number % 3).unwrap();
            let file = format!("{number:04}-use-{word}-for-queue-{number}.md");
            let text = format!("# {number}. Use {word} for queue {number}\n");
            match recognise(Source::new(&file, text), &file, &Words::new(std::iter::empty())) {
                Recognised::Record(record) => record,
                Recognised::Skipped(one) => panic!("{one:?}"),
            }
        });
        let log = Log::new(records.collect(), vec![]);
        let names = SimilarNames::new(&log);
        let meant = |words: &str| names.nearest(words).map(|id| log.record(id).file.as_str());
        assert_eq!(meant("use-kafk-for-queue-297"), Some("0297-use-kafka-for-queue-297.md"));
        assert_eq!(meant("kafka-for-queue-297"), Some("0297-use-kafka-for-queue-297.md"));
        assert_eq!(meant("paint-it-blue"), None);
    }
}
