//! The search index: the words, and the records and sections that contain them. The script `search.js` reads it.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use rayon::iter::{IntoParallelRefMutIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::tokenizer::{SearchWord, for_each_word};
use crate::model::{Log, Record, RecordId};
use crate::site::markdown::TextPassage;
use crate::site::render::json_pieces;

/// A log with at most this many records has one index; the index of a larger one is loaded part by part.
const MAX_SINGLE: usize = 100;

/// The bytes of text per part of the index. The index takes a tenth to a quarter of them. The number of parts
/// depends only on the sizes of the texts, so that it is known before they are read.
const PART_TEXT: usize = 600_000;

/// The minimum number of records with a word before its sections are left out.
const COMMON: usize = 8;

/// The maximum length of a summary in a result, in characters.
const MAX_SUMMARY: usize = 120;

/// The number of sections of a record that are distinguished.
const SECTIONS: u32 = 26;

/// A record as results show it.
pub(crate) struct ResultEntry<'s> {
    pub page_name: &'s str,
    pub number: String,
    pub title: &'s str,
    pub status_class: &'static str,
    pub status_word: &'s str,
    pub in_force: bool,
    pub summary: &'s str,
}

/// The same as the script reads it: the fields of [`ResultEntry`] in order, then the headings.
#[derive(Serialize)]
struct EntryJson<'s>(&'s str, &'s str, &'s str, &'s str, &'s str, u8, String, Vec<&'s str>);

/// The first data that the script loads.
#[derive(Serialize)]
struct IndexHead {
    /// In log order; each is an [`EntryJson`].
    docs: Vec<Box<RawValue>>,
    /// The first word of every part.
    starts: Vec<String>,
    /// The paths of the parts, unless the only part is in the same file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

/// The index.
pub(crate) struct SearchIndex {
    /// The records, and the paths of the parts: JSON in pieces.
    pub head: Vec<String>,
    /// The words, as many parts as [`part_count`] returns. A single part is sent together with `head`.
    pub parts: Vec<String>,
}

/// The positions of words: the index of a record times [`SECTIONS`], plus the index of the first section with
/// the word.
type WordPositions = HashMap<SearchWord, Vec<u32>, FixedState>;

/// The number of parts of the index of a log.
fn part_count(log: &Log) -> usize {
    let text_size = || log.records().iter().map(|record| record.text().len()).sum::<usize>();
    if log.records().len() <= MAX_SINGLE { 1 } else { text_size().div_ceil(PART_TEXT).max(1) }
}

/// The paths of the parts of the index; empty if there is only one, which is in the first file.
pub(crate) fn index_part_paths(log: &Log) -> Vec<String> {
    let several = Some(part_count(log)).filter(|count| *count > 1);
    (0..several.unwrap_or_default()).map(|number| format!("asset/search-{number}.js")).collect()
}

/// A record to be indexed.
pub(crate) struct IndexedRecord<'r> {
    pub id: RecordId,
    pub record: &'r Record,
    /// Its text, section by section.
    pub passages: &'r [TextPassage],
}

/// Collects the words of records, in any order and from several threads. There is a table per thread: a table
/// per record would hold most words thousands of times.
#[derive(Default)]
pub(crate) struct IndexBuilder(Mutex<Vec<ThreadTable>>);

impl IndexBuilder {
    /// Adds a record.
    pub(crate) fn add(&self, indexed: &IndexedRecord<'_>, entry: &ResultEntry<'_>) {
        let mut table = self.tables().pop().unwrap_or_default();
        table.add(indexed, entry);
        self.tables().push(table);
    }

    fn tables(&self) -> MutexGuard<'_, Vec<ThreadTable>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the index of `log` after all its records were added, and empties the builder.
    pub(crate) fn finish(&self, log: &Log) -> SearchIndex {
        let mut tables = mem::take(&mut *self.tables()).into_iter();
        let mut merged = tables.next().unwrap_or_default();
        tables.for_each(|table| merged.merge(table));
        merged.entries.sort_unstable_by_key(|(id, _)| *id);
        let mut words: Vec<(SearchWord, Vec<u32>)> = merged.positions.into_iter().collect();
        words.par_sort_unstable();
        // The sections of a word that occurs in many records take the most space and help the least.
        let common = (merged.entries.len() / 12).max(COMMON);
        words.par_iter_mut().for_each(|(_, positions)| {
            positions.sort_unstable();
            if positions.len() > common {
                for position in positions.iter_mut() {
                    *position -= *position % SECTIONS;
                }
            }
        });
        let (parts, starts) = index_parts(&words, part_count(log));
        let docs = merged.entries.into_iter().map(|(_, entry)| entry).collect();
        let head = json_pieces(&IndexHead { docs, starts, files: index_part_paths(log) });
        SearchIndex { head, parts }
    }
}

/// The words that one thread has collected.
#[derive(Default)]
struct ThreadTable {
    /// As JSON.
    entries: Vec<(RecordId, Box<RawValue>)>,
    positions: WordPositions,
}

impl ThreadTable {
    fn add(&mut self, indexed: &IndexedRecord<'_>, entry: &ResultEntry<'_>) {
        let IndexedRecord { id, record, passages } = *indexed;
        // Strings, numbers, and lists cannot fail to serialize.
        self.entries.extend(to_raw_value(&entry.json(passages)).map(|entry| (id, entry)));
        let first_position =
            u32::try_from(id.index()).unwrap_or(u32::MAX / SECTIONS).saturating_mul(SECTIONS);
        let record_positions = first_position..first_position.saturating_add(SECTIONS);
        let is_of_record = |position: &u32| record_positions.contains(position);
        for_each_record_word(record, passages, |word, section| {
            let position = first_position.saturating_add(section);
            match self.positions.get_mut(&word) {
                Some(positions) if positions.last().is_some_and(is_of_record) => {}
                Some(positions) => positions.push(position),
                None => {
                    self.positions.insert(word, vec![position]);
                }
            }
        });
    }

    /// Adds the words that another thread has collected.
    fn merge(&mut self, other: Self) {
        self.entries.extend(other.entries);
        other.positions.into_iter().for_each(|(word, positions)| {
            self.positions.entry(word).or_default().extend(positions);
        });
    }
}

impl<'s> ResultEntry<'s> {
    fn json(&'s self, passages: &'s [TextPassage]) -> EntryJson<'s> {
        let headings = passages.iter().take(SECTIONS as usize);
        EntryJson(
            self.page_name,
            &self.number,
            self.title,
            self.status_class,
            self.status_word,
            self.in_force.into(),
            shortened(self.summary),
            headings.map(|passage| passage.heading.as_str()).collect(),
        )
    }
}

/// The part of a summary that a result shows.
fn shortened(summary: &str) -> String {
    let Some((limit, _)) = summary.char_indices().nth(MAX_SUMMARY) else {
        return summary.to_owned();
    };
    let kept_text = summary.get(..limit).unwrap_or_default();
    format!("{}…", kept_text.rsplit_once(' ').map_or(kept_text, |(words, _)| words))
}

/// Passes every word of a record with the index of its section to `add`, section by section. The words of the
/// title and of lists are last and count as words of the first section.
fn for_each_record_word(
    record: &Record,
    passages: &[TextPassage],
    mut add: impl FnMut(SearchWord, u32),
) {
    for (section, passage) in (0..).zip(passages) {
        let section = section.min(SECTIONS - 1);
        for_each_word(&passage.heading, |word| add(word, section));
        for_each_word(&passage.text, |word| add(word, section));
    }
    for_each_word(record.title_or_file(), |word| add(word, 0));
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    for value in lists.into_iter().flatten() {
        for_each_word(&value.value, |word| add(word, 0));
    }
}

/// The words with their positions, in `count` parts of about the same size, and the first word of each part
/// that has any.
///
/// A line is the number of characters that the word shares with the previous one, the other characters, a
/// space, and the positions: the number of records since the previous position (base 36, nothing for the next
/// record), then the section as a capital letter.
fn index_parts(words: &[(SearchWord, Vec<u32>)], count: usize) -> (Vec<String>, Vec<String>) {
    let size = |(word, positions): &(SearchWord, Vec<u32>)| word.len() + 2 * positions.len();
    let part_size = words.iter().map(size).sum::<usize>().div_ceil(count);
    let (mut parts, mut starts) = (Vec::with_capacity(count), Vec::new());
    let mut part = String::new();
    let (mut previous_word, mut current_size) = (String::new(), 0);
    for entry in words {
        let (word, positions) = (entry.0.to_string(), &entry.1);
        if current_size >= part_size {
            parts.push(mem::take(&mut part));
            (previous_word, current_size) = (String::new(), 0);
        }
        if part.is_empty() {
            starts.push(word.clone());
        }
        current_size += size(entry);
        let character_pairs = word.chars().zip(previous_word.chars());
        // At most 35, so that the number is one digit in base 36.
        let shared = character_pairs.take_while(|(a, b)| a == b).count().min(35);
        part.push_str(&base36(u32::try_from(shared).unwrap_or_default()));
        part.extend(word.chars().skip(shared));
        part.push(' ');
        write_positions(&mut part, positions);
        part.push('\n');
        previous_word = word;
    }
    parts.push(part);
    parts.resize(count, String::new());
    (parts, starts)
}

fn write_positions(line: &mut String, positions: &[u32]) {
    // The first record counts as the next one too.
    let mut next_record = 0;
    for position in positions {
        let (record, section) = (position / SECTIONS, position % SECTIONS);
        if record > next_record {
            line.push_str(&base36(record - next_record));
        }
        line.push(char::from(b'A' + u8::try_from(section).unwrap_or_default()));
        next_record = record + 1;
    }
}

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{base36, index_parts};

    #[test]
    fn words_share_their_prefixes() {
        let words = [("rust".into(), vec![27, 28 * 26]), ("rusty".into(), vec![0])];
        let (parts, starts) = index_parts(&words, 1);
        assert_eq!(parts, ["0rust 1BqA\n4y A\n"]);
        assert_eq!(starts, ["rust"]);
        assert_eq!(base36(36 * 36), "100");
        let (parts, starts) = index_parts(&words, 2);
        assert_eq!(parts, ["0rust 1BqA\n", "0rusty A\n"]);
        assert_eq!(starts, ["rust", "rusty"]);
        let (parts, starts) = index_parts(&words[..1], 3);
        assert_eq!((parts.len(), starts.len()), (3, 1));
    }
}
