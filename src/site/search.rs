//! The search index: which words stand where. The script `search.js` reads it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use rayon::iter::{
    IntoParallelRefIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};
use rayon::slice::ParallelSliceMut as _;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::Site;
use super::markdown::Passage;
use super::pages::search_parts;
use super::part::json;
use super::reading::Reading;
use super::view::number;
use super::word::{Word, words};
use crate::model::{Log, Record, RecordId};

/// A log of at most so many records has one index; a larger one is loaded word by word.
const WHOLE: usize = 100;

/// How much text one part of the index is for, in bytes. The index takes a tenth to a quarter of it: so
/// many parts there are, whatever the texts say.
const PART: usize = 600_000;

/// In how many records a word may stand, at least, before its sections are left out.
const COMMON: usize = 8;

/// How much of a summary a result shows, in characters.
const SUMMARY: usize = 120;

/// How many sections of a record are told apart.
const SECTIONS: u32 = 26;

/// A record as results show it: name of its page, number, title, status (class and word), whether
/// it is in force, summary, headings.
#[derive(Serialize)]
struct Entry<'s>(&'s str, String, &'s str, &'static str, &'s str, u8, String, Vec<&'s str>);

/// What the script asks for first.
#[derive(Serialize)]
struct Head {
    /// In log order; every one an [`Entry`].
    docs: Vec<Box<RawValue>>,
    /// The first word of every part.
    starts: Vec<String>,
    /// Where the parts are, if not beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

/// The index.
pub(super) struct Index {
    /// The records, and where the words are: JSON, in pieces.
    pub head: Vec<String>,
    /// The words, in so many parts as [`count`] says: JSON strings. The first part is sent with `head` where
    /// there is only one.
    pub parts: Vec<String>,
}

/// Where words stand: the number of a record times [`SECTIONS`], and the first of its sections; in
/// order.
type Places = HashMap<Word, Vec<u32>, FixedState>;

/// How many parts the index of a log has.
pub(super) fn count(log: &Log) -> usize {
    let text = || log.records().iter().map(|record| record.text().len()).sum::<usize>();
    if log.records().len() <= WHOLE { 1 } else { text().div_ceil(PART).max(1) }
}

/// The index of all records.
pub(super) fn index(site: &Site<'_>) -> Index {
    let reads = Reads::default();
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    ids.par_iter().for_each(|id| site.read(*id, |reading| reads.add(site, reading)));
    reads.index(site)
}

/// What was read of the records so far, in whatever order. There is a table for each thread and not for
/// each record: that would hold most words thousands of times.
#[derive(Default)]
pub(super) struct Reads(Mutex<Vec<Read>>);

impl Reads {
    /// Adds a record.
    pub(super) fn add(&self, site: &Site<'_>, reading: &Reading<'_>) {
        let mut read = self.tables().pop().unwrap_or_default();
        read.add(site, reading);
        self.tables().push(read);
    }

    fn tables(&self) -> MutexGuard<'_, Vec<Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index of the records, which are all there; forgets what was read.
    pub(super) fn index(&self, site: &Site<'_>) -> Index {
        let mut tables = mem::take(&mut *self.tables()).into_iter();
        let mut read = tables.next().unwrap_or_default();
        tables.for_each(|other| read.and(other));
        read.entries.sort_unstable_by_key(|(id, _)| *id);
        let mut words: Vec<(Word, Vec<u32>)> = read.places.into_iter().collect();
        words.par_sort_unstable();
        // Where a word stands in many records, its sections say little and weigh most.
        let common = (read.entries.len() / 12).max(COMMON);
        words.par_iter_mut().for_each(|(_, places)| {
            places.sort_unstable();
            if places.len() > common {
                for place in places.iter_mut() {
                    *place -= *place % SECTIONS;
                }
            }
        });
        let (parts, starts) = parts(&words, count(site.log));
        let docs = read.entries.into_iter().map(|(_, entry)| entry).collect();
        let head = json(&Head { docs, starts, files: search_parts(site.log) });
        Index { head, parts }
    }
}

/// What one thread has read.
#[derive(Default)]
struct Read {
    /// As JSON.
    entries: Vec<(RecordId, Box<RawValue>)>,
    places: Places,
}

impl Read {
    fn add(&mut self, site: &Site<'_>, reading: &Reading<'_>) {
        let (id, record) = (reading.id, site.log.record(reading.id));
        // Strings, numbers and lists cannot fail to be written.
        self.entries.extend(to_raw_value(&entry(site, reading)).map(|entry| (id, entry)));
        let first =
            u32::try_from(id.index()).unwrap_or(u32::MAX / SECTIONS).saturating_mul(SECTIONS);
        let own = first..first.saturating_add(SECTIONS);
        for_each_word(record, reading.passages(), |word, section| {
            let place = first.saturating_add(section);
            match self.places.get_mut(&word) {
                Some(places) if places.last().is_some_and(|last| own.contains(last)) => {}
                Some(places) => places.push(place),
                None => {
                    self.places.insert(word, vec![place]);
                }
            }
        });
    }

    /// Adds what another thread has read.
    fn and(&mut self, other: Self) {
        self.entries.extend(other.entries);
        other.places.into_iter().for_each(|(word, places)| {
            self.places.entry(word).or_default().extend(places);
        });
    }
}

fn entry<'s>(site: &'s Site<'_>, reading: &'s Reading<'_>) -> Entry<'s> {
    let id = reading.id;
    let record = site.log.record(id);
    let status = site.status(id);
    let headings = reading.passages().iter().take(SECTIONS as usize);
    let headings = headings.map(|one| one.heading.as_str()).collect();
    let name = site.name(id);
    Entry(
        name,
        number(record).unwrap_or_default(),
        record.title_or_file(),
        status.class,
        status.word,
        site.log.in_force(id).into(),
        short(site.summary_of(reading)),
        headings,
    )
}

/// As much of a summary as a result shows.
fn short(summary: &str) -> String {
    let Some((at, _)) = summary.char_indices().nth(SUMMARY) else { return summary.to_owned() };
    let cut = summary.get(..at).unwrap_or_default();
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(before, _)| before))
}

/// Gives `found` every word of a record with the section that it stands in, section by section;
/// words of the title and of lists last, as if they stood in the first.
fn for_each_word(record: &Record, passages: &[Passage], mut found: impl FnMut(Word, u32)) {
    for (section, passage) in (0..).zip(passages) {
        let section = section.min(SECTIONS - 1);
        words(&passage.heading, |word| found(word, section));
        words(&passage.text, |word| found(word, section));
    }
    words(record.title_or_file(), |word| found(word, 0));
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    for value in lists.into_iter().flatten() {
        words(&value.value, |word| found(word, 0));
    }
}

/// The words with their places, in `count` parts of about the same size, and the first word of each part
/// that holds any.
///
/// A line is the number of characters that the word shares with the one before it, the others, a
/// blank, and the places: the number of records since the one before (to the base of 36, nothing
/// for the next one), then the section as a capital letter.
fn parts(words: &[(Word, Vec<u32>)], count: usize) -> (Vec<String>, Vec<String>) {
    let weight = |(word, places): &(Word, Vec<u32>)| word.len() + 2 * places.len();
    let share = words.iter().map(weight).sum::<usize>().div_ceil(count);
    let (mut parts, mut starts) = (Vec::with_capacity(count), Vec::new());
    let mut part = String::new();
    let (mut last, mut heavy) = (String::new(), 0);
    for one in words {
        let (word, places) = (one.0.to_string(), &one.1);
        if heavy >= share {
            parts.push(mem::take(&mut part));
            (last, heavy) = (String::new(), 0);
        }
        if part.is_empty() {
            starts.push(word.clone());
        }
        heavy += weight(one);
        let shared = word.chars().zip(last.chars()).take_while(|(a, b)| a == b).count().min(35);
        let rest: String = word.chars().skip(shared).collect();
        // A string takes whatever is written to it.
        let _ = write!(part, "{}{rest}", base36(u32::try_from(shared).unwrap_or_default()));
        part.push(' ');
        // The place before the first record, so that the first one is the next one too.
        let mut next = 0;
        for place in places {
            let (record, section) = (place / SECTIONS, place % SECTIONS);
            if record > next {
                part.push_str(&base36(record - next));
            }
            part.push(char::from(b'A' + u8::try_from(section).unwrap_or_default()));
            next = record + 1;
        }
        part.push('\n');
        last = word;
    }
    parts.push(part);
    parts.resize(count, String::new());
    (parts, starts)
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
    use super::{base36, parts};

    #[test]
    fn words_share_their_beginnings() {
        let words = [("rust".into(), vec![27, 28 * 26]), ("rusty".into(), vec![0])];
        let (found, starts) = parts(&words, 1);
        assert_eq!(found, ["0rust 1BqA\n4y A\n"]);
        assert_eq!(starts, ["rust"]);
        assert_eq!(base36(36 * 36), "100");
        let (found, starts) = parts(&words, 2);
        assert_eq!(found, ["0rust 1BqA\n", "0rusty A\n"]);
        assert_eq!(starts, ["rust", "rusty"]);
        let (found, starts) = parts(&words[..1], 3);
        assert_eq!((found.len(), starts.len()), (3, 1));
    }
}
