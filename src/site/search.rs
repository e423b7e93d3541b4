//! The search index: which words stand where. The script `app.js` reads it.
//!
//! Words are taken apart here as there: runs of letters and digits in lower case; texts without
//! blanks between words (Chinese, Japanese) in pairs of characters. A final `s` goes, on both sides;
//! there is no other stemming: a query matches the beginnings of words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use super::Site;
use super::markdown::{Passage, passages};
use super::said::shown;
use super::view::number;
use crate::model::RecordId;

/// A log of at most so many records has one index; a larger one is loaded word by word.
const WHOLE: usize = 100;

/// How large a part of the index is, in bytes before compression.
const PART: usize = 110_000;

/// In how many records a word may stand, at least, before its sections are left out.
const COMMON: usize = 8;

/// How much of a summary a result shows, in characters.
const SUMMARY: usize = 120;

/// How many sections of a record are told apart.
const SECTIONS: usize = 26;

/// English words that stand in every text and find nothing.
const STOP: [&str; 36] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "for", "from", "has", "have",
    "if", "in", "is", "it", "its", "not", "of", "on", "or", "our", "that", "the", "their", "there",
    "these", "they", "this", "to", "was", "we", "will", "with",
];

/// A record as results show it: name of its page, number, title, status (class and word), whether
/// it is in force, summary, headings.
#[derive(Serialize)]
struct Entry<'s>(&'s str, String, &'s str, &'static str, String, u8, String, Vec<String>);

/// The index.
pub(super) struct Index {
    /// The records, and where the words are: JSON.
    pub head: String,
    /// The words, in parts: JSON strings. The first part is in `head` where there is only one.
    pub parts: Vec<String>,
}

/// The index of all records.
pub(super) fn index(site: &Site<'_>) -> Index {
    let ids: Vec<RecordId> = site.log.iter().map(|(id, _)| id).collect();
    let read: Vec<(Vec<Passage>, BTreeMap<String, usize>)> = ids
        .par_iter()
        .map(|id| {
            let passages = passages(&shown(site.log.record(*id)).text);
            let words = words_of(site, *id, &passages);
            (passages, words)
        })
        .collect();
    let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, own)) in read.iter().enumerate() {
        for (word, section) in own {
            words.entry(word).or_default().push(at * SECTIONS + section);
        }
    }
    // Where a word stands in many records, its sections say little and weigh most.
    let common = (ids.len() / 12).max(COMMON);
    for places in words.values_mut().filter(|places| places.len() > common) {
        for place in places {
            *place -= *place % SECTIONS;
        }
    }
    let entries: Vec<Entry<'_>> =
        ids.iter().zip(&read).map(|(id, (passages, _))| entry(site, *id, passages)).collect();
    let whole = ids.len() <= WHOLE;
    let (parts, starts) = parts(&words, if whole { usize::MAX } else { PART });
    let head = serde_json::json!({ "docs": entries, "starts": starts });
    Index { head: head.to_string(), parts }
}

fn entry<'s>(site: &'s Site<'_>, id: RecordId, passages: &[Passage]) -> Entry<'s> {
    let record = site.log.record(id);
    let status = site.status(id);
    let headings = passages.iter().take(SECTIONS).map(|one| one.heading.clone()).collect();
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

/// The words of a record, each with the first section that it stands in.
fn words_of(site: &Site<'_>, id: RecordId, passages: &[Passage]) -> BTreeMap<String, usize> {
    let record = site.log.record(id);
    let mut found = BTreeMap::new();
    let mut add = |text: &str, section: usize| {
        for word in words(text) {
            found.entry(word).or_insert(section);
        }
    };
    for (at, passage) in passages.iter().enumerate() {
        let section = at.min(SECTIONS - 1);
        add(&passage.heading, section);
        add(&passage.text, section);
    }
    add(&record.title_or_file().to_lowercase(), 0);
    let lists = [&record.tags, &record.decision_makers, &record.consulted, &record.informed];
    for value in lists.into_iter().flatten() {
        add(&value.value, 0);
    }
    found
}

/// The words of `text` that a search can find.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for run in lower.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_joined) {
            let characters: Vec<char> = run.chars().collect();
            found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if run.chars().nth(1).is_some() && !is_noise(run) {
            found.push(singular(run).to_owned());
        }
    }
    found
}

/// A word without the `s` of a plural: one entry less, and found by either form.
fn singular(word: &str) -> &str {
    let is_plural = word.len() > 3 && word.is_ascii() && !word.ends_with("ss");
    word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word)
}

/// Whether nobody looks for a run of characters: a word without meaning, a hash, a long number.
fn is_noise(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    run.len() > 24 || digits > 4 || digits > 1 && run.len() > 12 || STOP.binary_search(&run).is_ok()
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
fn parts(words: &BTreeMap<&str, Vec<usize>>, size: usize) -> (Vec<String>, Vec<String>) {
    let (mut parts, mut starts) = (Vec::new(), Vec::new());
    let mut part = String::new();
    let mut last = "";
    for (word, places) in words {
        if part.len() >= size {
            parts.push(std::mem::take(&mut part));
            last = "";
        }
        if part.is_empty() {
            starts.push((*word).to_owned());
        }
        let shared = word.chars().zip(last.chars()).take_while(|(a, b)| a == b).count().min(35);
        let rest: String = word.chars().skip(shared).collect();
        // A string takes whatever is written to it.
        let _ = write!(part, "{}{rest}", base36(shared));
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

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{STOP, base36, parts, words};

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Use the C++ API-v2, Ärger; 数据库 classes class"),
            ["use", "api", "v2", "ärger", "数据", "据库", "classe", "class"]
        );
        assert!(STOP.is_sorted());
    }

    #[test]
    fn words_share_their_beginnings() {
        let words = BTreeMap::from([("rust", vec![27, 28 * 26]), ("rusty", vec![0])]);
        let (found, starts) = parts(&words, usize::MAX);
        assert_eq!(found, ["0rust 1BqA\n4y A\n"]);
        assert_eq!(starts, ["rust"]);
        assert_eq!(base36(36 * 36), "100");
    }
}
