//! Finds the record that a user means by a number, an id, a file, or words of the title.
//!
//! A full name of one record wins over a part of many names. A number counts only if nothing before it may be a
//! word.

use super::record_index::{QueryNames, RecordIndex, compact, slug, stem};
use crate::model::{Lifecycle, Record, RecordId};

/// The result of looking up a reference that a user typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one record.
    One(RecordId),
    /// Several, in log order.
    Many(Vec<RecordId>),
    /// No record; the nearest by name or title, best first.
    None(Vec<RecordId>),
}

/// Finds the records that a user means by `query`; see [`Log::find`](crate::model::Log::find).
pub(in crate::model) fn find(index: &RecordIndex, records: &[Record], query: &str) -> Lookup {
    let query = query.trim();
    if let Some(keyword) = query.strip_prefix('@')
        && let Some(lookup) = by_keyword(records, keyword)
    {
        return lookup;
    }
    let needle = query.trim_start_matches("./").to_lowercase();
    let query_names = || index.query_names.get_or_init(|| QueryNames::new(records));
    let by_path = || query_names().paths.of(query).collect();
    let by_title = || query_names().titles.of(needle.as_str()).collect();
    // A number is not a word: `404` is never the record about pages that are not found.
    let has_words = needle.contains(char::is_alphabetic);
    let lookups: [&dyn Fn() -> Vec<RecordId>; 9] = [
        &|| index.files.of(needle.as_str()).next_back().into_iter().collect(),
        &by_path,
        &|| index.stems.of(stem(&needle)).collect(),
        &|| id(&needle).map(|id| index.ids.of(&id).collect()).unwrap_or_default(),
        &|| index.slugs.of(stem(&needle)).filter(|_| has_words).collect(),
        &|| if has_words { by_title() } else { vec![] },
        &|| {
            number(&needle, query_names)
                .map(|number| index.numbers.of(&number).collect())
                .unwrap_or_default()
        },
        &|| by_name(records, &needle, has_words),
        &|| if has_words { by_words(records, &needle) } else { vec![] },
    ];
    match lookups.iter().map(|lookup| lookup()).find(|matches| !matches.is_empty()) {
        Some(matches) => one_or_many(matches),
        None => Lookup::None(nearest(index, records, &needle)),
    }
}

/// Whether `text` is the id or number of a record, or the beginning of a file's name.
pub(in crate::model) fn has_name(index: &RecordIndex, text: &str) -> bool {
    let needle = text.trim().to_lowercase();
    let id = whole_id(&needle);
    index.stems.has(stem(&needle))
        || index.files.next(needle.as_str()).is_some_and(|name| name.starts_with(&needle))
        || id.as_ref().is_some_and(|id| index.ids.has(id))
        || id.is_some_and(|(_, number)| index.numbers.has(&number))
}

fn one_or_many(matches: Vec<RecordId>) -> Lookup {
    match matches.as_slice() {
        [] => Lookup::None(vec![]),
        [one] => Lookup::One(*one),
        _ => Lookup::Many(matches),
    }
}

/// Finds records by the keyword after an `@`; `None` if it is not a keyword.
fn by_keyword(records: &[Record], keyword: &str) -> Option<Lookup> {
    let matching_records = match keyword {
        "last" => records.len().checked_sub(1).map(RecordId).into_iter().collect(),
        "proposed" => matching(records, |record| record.is(Lifecycle::Proposed)),
        _ => return None,
    };
    Some(one_or_many(matching_records))
}

/// The records whose file name contains `needle`. Digits alone may only match its beginning, like the digits of a date.
fn by_name(records: &[Record], needle: &str, has_words: bool) -> Vec<RecordId> {
    matching(records, |record| {
        let file = record.file.to_lowercase();
        if has_words { holds(&file, needle) } else { file.starts_with(needle) }
    })
}

/// The records whose title contains all words of `needle`.
fn by_words(records: &[Record], needle: &str) -> Vec<RecordId> {
    let query_words: Vec<&str> = needle.split_whitespace().collect();
    matching(records, |record| {
        let title = record.title_or_file().to_lowercase();
        query_words.iter().all(|word| holds(&title, word))
    })
}

/// Whether `text` contains `part` without cutting a number: `http-2` is not in `http-20`.
fn holds(text: &str, part: &str) -> bool {
    let ends_with_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let starts_with_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(part).any(|(offset, _)| {
        let (text_before, text_after) = text.split_at(offset);
        let text_after = text_after.get(part.len()..).unwrap_or_default();
        !(starts_with_digit(part) && ends_with_digit(text_before)
            || ends_with_digit(part) && starts_with_digit(text_after))
    })
}

fn matching(records: &[Record], predicate: impl Fn(&Record) -> bool) -> Vec<RecordId> {
    let all = records.iter().enumerate().filter(|(_, record)| predicate(record));
    all.map(|(at, _)| RecordId(at)).collect()
}

/// Returns the prefix and the number if all of `name` is one id. `2 3` and `2,3` are two.
fn whole_id(name: &str) -> Option<(String, u32)> {
    let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let text_before_digits = name.get(..name.len() - digits)?;
    let has_one_number =
        digits > 0 && !text_before_digits.bytes().any(|byte| byte.is_ascii_digit());
    has_one_number.then(|| compact(name))?
}

/// Like [`whole_id`], but a number without a prefix may only have a `#` before it: `-1` is not an id.
fn id(name: &str) -> Option<(String, u32)> {
    let without_hash = name.strip_prefix('#').unwrap_or(name).trim_start();
    let starts_with_digit = without_hash.starts_with(|c: char| c.is_ascii_digit());
    whole_id(name).filter(|(prefix, _)| !prefix.is_empty() || starts_with_digit)
}

/// Returns the number that `name` is, alone or after a prefix that can only mean a record: `ADR`, or one
/// that ids of this log have. After any other word it is a part of a name.
fn number<'w>(name: &str, query_names: impl Fn() -> &'w QueryNames) -> Option<u32> {
    let (prefix, number) = id(name)?;
    let is_known_prefix = || query_names().prefixes.contains(&prefix);
    (prefix.is_empty() || prefix == "adr" || is_known_prefix()).then_some(number)
}

/// The likeness from which a word counts as another one with a typo, from 0 to 1.
const MIN_LIKENESS: f64 = 0.8;

/// Returns up to three records whose titles or names are nearest to `needle`, compared as a whole or word by
/// word; last the records with its number.
fn nearest(index: &RecordIndex, records: &[Record], needle: &str) -> Vec<RecordId> {
    let needle_stem = stem(needle);
    let needle_words: Vec<&str> = parts(slug(needle_stem)).filter(|word| word.len() > 2).collect();
    let mut candidates: Vec<(f64, RecordId)> = records
        .iter()
        .enumerate()
        .map(|(index, record)| {
            let title = record.title_or_file().to_lowercase();
            let file_stem = stem(&record.file).to_lowercase();
            let whole_likeness = strsim::jaro_winkler(&title, needle)
                .max(strsim::jaro_winkler(slug(&file_stem), slug(needle_stem)));
            let word_likeness =
                likeness(&needle_words, &title).max(likeness(&needle_words, &file_stem));
            (whole_likeness.max(word_likeness), RecordId(index))
        })
        .filter(|(likeness, _)| *likeness > MIN_LIKENESS)
        .collect();
    candidates.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut candidates: Vec<RecordId> = candidates.into_iter().take(3).map(|(_, id)| id).collect();
    let same_number = whole_id(needle_stem).map(|(_, number)| index.numbers.of(&number));
    for id in same_number.into_iter().flatten() {
        if candidates.len() < 3 && !candidates.contains(&id) {
            candidates.push(id);
        }
    }
    candidates
}

/// Rates from 0 to 1 how well `text` contains all of `words` in spite of typos: the mean of each word's likeness to
/// the nearest part of the text.
fn likeness(words: &[&str], text: &str) -> f64 {
    let Ok(word_count) = u32::try_from(words.len()) else { return 0.0 };
    let best_match = |word: &&str| parts(text).map(|part| alike(word, part)).fold(0.0, f64::max);
    if word_count == 0 {
        0.0
    } else {
        words.iter().map(best_match).sum::<f64>() / f64::from(word_count)
    }
}

/// Rates two words. At most half of the letters may be wrong, since words that merely begin alike are different.
fn alike(word: &str, part: &str) -> f64 {
    let distance = strsim::damerau_levenshtein(word, part);
    if distance * 2 > part.chars().count() { 0.0 } else { strsim::jaro_winkler(word, part) }
}

/// The words and numbers of `text`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}
