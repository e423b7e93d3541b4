//! Which record somebody may have meant by a name that no record has. An index of all records is
//! made once, so that many such names cost no more than as many records. Knows no rule.

use std::collections::HashMap;

use crate::model::{Log, RecordId, slug_of};

/// The records by the parts of their names.
#[derive(Debug)]
pub(in crate::lint) struct SimilarNames {
    /// For every record its name without number, and its title, both in lower case.
    names: Vec<(RecordId, String, String)>,
    /// For every three letters in a row, the places in `names` of those that hold them.
    parts: HashMap<[char; 3], Vec<usize>>,
}

/// What more records than that have in common says nothing about one of them.
const COMMON: usize = 200;

/// So many records are compared in full.
const MOST: usize = 20;

impl SimilarNames {
    pub(in crate::lint) fn new(log: &Log) -> Self {
        let mut near = Self { names: Vec::new(), parts: HashMap::new() };
        for (id, record) in log.iter() {
            let slug = slug_of(&record.file.to_lowercase()).to_owned();
            let title = record.title_or_file().to_lowercase();
            let mut parts = parts(&slug);
            parts.extend(self::parts(&title));
            parts.sort_unstable();
            parts.dedup();
            for part in parts {
                near.parts.entry(part).or_default().push(near.names.len());
            }
            near.names.push((id, slug, title));
        }
        near
    }

    /// The record that is nearest to `words`, where one stands out.
    pub(in crate::lint) fn nearest(&self, words: &str) -> Option<RecordId> {
        let words = words.to_lowercase();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for part in parts(&words) {
            let holders = self.parts.get(&part).filter(|holders| holders.len() <= COMMON);
            for at in holders.into_iter().flatten() {
                *counts.entry(*at).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        let near = counts.iter().take(MOST).filter_map(|(at, _)| self.names.get(*at));
        let near: Vec<_> = near.collect();
        let mut holding = near.iter().filter(|(_, slug, _)| slug.contains(&words));
        match (holding.next(), holding.next()) {
            (Some((id, ..)), None) => return Some(*id),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let like = |slug: &str, title: &str| {
            strsim::jaro_winkler(title, &words).max(strsim::jaro_winkler(slug, &words))
        };
        let likely = near.iter().map(|(id, slug, title)| (like(slug, title), *id));
        let likely = likely.filter(|(likeness, _)| *likeness > 0.8);
        // Of two that are as near, the first.
        likely.max_by(|(a, one), (b, other)| a.total_cmp(b).then(other.cmp(one))).map(|(_, id)| id)
    }
}

/// Every three letters of `name` that stand in a row.
fn parts(name: &str) -> Vec<[char; 3]> {
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
        let near = SimilarNames::new(&log);
        let meant = |words: &str| near.nearest(words).map(|id| log.record(id).file.as_str());
        assert_eq!(meant("use-kafk-for-queue-297"), Some("0297-use-kafka-for-queue-297.md"));
        assert_eq!(meant("kafka-for-queue-297"), Some("0297-use-kafka-for-queue-297.md"));
        assert_eq!(meant("paint-it-blue"), None);
    }
}
