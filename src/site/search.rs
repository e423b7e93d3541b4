//! The search index: which words stand where. The script `search.js` reads it.
//!
//! Words are taken apart here as there: runs of letters and digits in lower case; texts without
//! blanks between words (Chinese, Japanese) in pairs of characters. A final `s` goes, on both sides;
//! there is no other stemming: a query matches the beginnings of words.

use std::collections::HashMap;
use std::fmt::Write as _;

use foldhash::quality::FixedState;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use rayon::slice::ParallelSliceMut as _;
use serde::Serialize;

use super::Site;
use super::markdown::{Passage, passages};
use super::said::shown;
use super::view::number;
use crate::model::{Record, RecordId};

/// A log of at most so many records has one index; a larger one is loaded word by word.
const WHOLE: usize = 100;

/// How large a part of the index is, in bytes before compression.
const PART: usize = 110_000;

/// In how many records a word may stand, at least, before its sections are left out.
const COMMON: usize = 8;

/// How much of a summary a result shows, in characters.
const SUMMARY: usize = 120;

/// How many sections of a record are told apart.
const SECTIONS: u32 = 26;

/// A record as results show it: name of its page, number, title, status (class and word), whether
/// it is in force, summary, headings.
#[derive(Serialize)]
struct Entry<'s>(&'s str, String, &'s str, &'static str, String, u8, String, Vec<String>);

/// What the script asks for first.
#[derive(Serialize)]
struct Head<'s> {
    /// In log order.
    docs: Vec<Entry<'s>>,
    /// The first word of every part.
    starts: Vec<String>,
}

/// The index.
pub(super) struct Index {
    /// The records, and where the words are: JSON.
    pub head: String,
    /// The words, in parts: JSON strings. The first part is in `head` where there is only one.
    pub parts: Vec<String>,
}

/// Where words stand: the number of a record times [`SECTIONS`], and the first of its sections; in
/// order.
type Places = HashMap<String, Vec<u32>, FixedState>;

/// The index of all records.
pub(super) fn index(site: &Site<'_>) -> Index {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    // Neighbours share a table: one for each record would hold most words thousands of times.
    let read = ids
        .par_iter()
        .enumerate()
        .fold(Read::default, |read, (at, id)| read.with(site, at, *id))
        .reduce(Read::default, Read::and);
    let mut words: Vec<(String, Vec<u32>)> = read.places.into_iter().collect();
    words.par_sort_unstable();
    // Where a word stands in many records, its sections say little and weigh most.
    let common = (ids.len() / 12).max(COMMON);
    for (_, places) in words.iter_mut().filter(|(_, places)| places.len() > common) {
        for place in places {
            *place -= *place % SECTIONS;
        }
    }
    let whole = ids.len() <= WHOLE;
    let (parts, starts) = parts(&words, if whole { usize::MAX } else { PART });
    // Strings, numbers and lists cannot fail to be written.
    let head = serde_json::to_string(&Head { docs: read.entries, starts }).unwrap_or_default();
    Index { head, parts }
}

/// What was read of neighbouring records.
#[derive(Default)]
struct Read<'s> {
    entries: Vec<Entry<'s>>,
    places: Places,
}

impl<'s> Read<'s> {
    /// With the record that comes next, the `at`th of the log.
    fn with(mut self, site: &'s Site<'_>, at: usize, id: RecordId) -> Self {
        let passages = passages(&shown(site.log.record(id)).text);
        self.entries.push(entry(site, id, &passages));
        let first = u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(SECTIONS);
        for_each_word(site.log.record(id), &passages, |word, section| {
            let place = first.saturating_add(section);
            match self.places.get_mut(word) {
                Some(places) if places.last().is_some_and(|last| *last >= first) => {}
                Some(places) => places.push(place),
                None => {
                    self.places.insert(word.to_owned(), vec![place]);
                }
            }
        });
        self
    }

    /// With what was read of the records behind these.
    fn and(mut self, behind: Self) -> Self {
        self.entries.extend(behind.entries);
        behind.places.into_iter().for_each(|(word, places)| {
            self.places.entry(word).or_default().extend(places);
        });
        self
    }
}

fn entry<'s>(site: &'s Site<'_>, id: RecordId, passages: &[Passage]) -> Entry<'s> {
    let record = site.log.record(id);
    let status = site.status(id);
    let headings = passages.iter().take(SECTIONS as usize);
    let headings = headings.map(|one| one.heading.clone()).collect();
    let name = site.names.get(&id).map_or("", String::as_str);
    Entry(
        name,
        number(record).unwrap_or_default(),
        record.title_or_file(),
        status.class,
        status.word,
        site.log.in_force(id).into(),
        short(site.summary(id, Some(passages))),
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
fn for_each_word(record: &Record, passages: &[Passage], mut found: impl FnMut(&str, u32)) {
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

/// Gives `found` the words of `text` that a search can find, in their order.
fn words(text: &str, mut found: impl FnMut(&str)) {
    let lower = text.to_lowercase();
    for run in lower.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_joined) {
            let starts = run.char_indices().map(|(at, _)| at);
            let ends = run.char_indices().skip(1).map(|(at, c)| at + c.len_utf8());
            for (start, end) in starts.zip(ends) {
                found(run.get(start..end).unwrap_or_default());
            }
        } else if run.chars().nth(1).is_some() && !is_noise(run) {
            found(singular(run));
        }
    }
}

/// A word without the `s` of a plural: one entry less, and found by either form.
fn singular(word: &str) -> &str {
    let is_plural = word.len() > 3 && word.is_ascii() && !word.ends_with("ss");
    word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word)
}

/// Whether nobody looks for a run of characters: a word without meaning, a hash, a long number.
fn is_noise(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    run.len() > 24 || digits > 4 || digits > 1 && run.len() > 12 || is_everywhere(run)
}

/// English words that stand in every text and find nothing.
fn is_everywhere(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "are"
            | "as"
            | "at"
            | "be"
            | "but"
            | "by"
            | "can"
            | "for"
            | "from"
            | "has"
            | "have"
            | "if"
            | "in"
            | "is"
            | "it"
            | "its"
            | "not"
            | "of"
            | "on"
            | "or"
            | "our"
            | "that"
            | "the"
            | "their"
            | "there"
            | "these"
            | "they"
            | "this"
            | "to"
            | "was"
            | "we"
            | "will"
            | "with"
    )
}

/// Whether a character belongs to a script without blanks between words.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The words with their places, in parts of about `size` bytes, and the first word of each part.
///
/// A line is the number of characters that the word shares with the one before it, the others, a
/// blank, and the places: the number of records since the one before (to the base of 36, nothing
/// for the next one), then the section as a capital letter.
fn parts(words: &[(String, Vec<u32>)], size: usize) -> (Vec<String>, Vec<String>) {
    let (mut parts, mut starts) = (Vec::new(), Vec::new());
    let mut part = String::new();
    let mut last = "";
    for (word, places) in words {
        if part.len() >= size {
            parts.push(std::mem::take(&mut part));
            last = "";
        }
        if part.is_empty() {
            starts.push(word.clone());
        }
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
    if !part.is_empty() {
        parts.push(part);
    }
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

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        super::words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Use the C++ API-v2, Ärger; 数据库 classes class"),
            ["use", "api", "v2", "ärger", "数据", "据库", "classe", "class"]
        );
    }

    #[test]
    fn words_share_their_beginnings() {
        let words = [("rust".to_owned(), vec![27, 28 * 26]), ("rusty".to_owned(), vec![0])];
        let (found, starts) = parts(&words, usize::MAX);
        assert_eq!(found, ["0rust 1BqA\n4y A\n"]);
        assert_eq!(starts, ["rust"]);
        assert_eq!(base36(36 * 36), "100");
    }
}
