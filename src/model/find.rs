//! Which record a person means: by a number, an id, a file, words of the title.
//!
//! What names one record in full goes before what is a part of many names, and a number counts only
//! where nothing stands before it that may be a word.

use std::collections::BTreeSet;

use super::names::Names;
use super::reference::{Index, compact, names, slug, stem};
use super::{Lifecycle, Lookup, Record, RecordId};

/// What a person means by `given`; see [`Log::find`](super::Log::find).
pub(super) fn find(index: &Index, records: &[Record], given: &str) -> Lookup {
    let given = given.trim();
    if let Some(keyword) = given.strip_prefix('@')
        && let Some(found) = by_keyword(records, keyword)
    {
        return found;
    }
    let wanted = given.trim_start_matches("./").to_lowercase();
    let whole = || index.whole.get_or_init(|| Whole::new(records));
    let by_path = || whole().paths.of(given).collect();
    let by_title = || whole().titles.of(wanted.as_str()).collect();
    // A number is no word: `404` is never the record about pages that are not found.
    let has_words = wanted.contains(char::is_alphabetic);
    let steps: [&dyn Fn() -> Vec<RecordId>; 9] = [
        &|| index.files.of(wanted.as_str()).next_back().into_iter().collect(),
        &by_path,
        &|| index.stems.of(stem(&wanted)).collect(),
        &|| id(&wanted).map(|id| index.ids.of(&id).collect()).unwrap_or_default(),
        &|| index.slugs.of(stem(&wanted)).filter(|_| has_words).collect(),
        &|| if has_words { by_title() } else { vec![] },
        &|| number(&wanted, whole).map(|one| index.numbers.of(&one).collect()).unwrap_or_default(),
        &|| by_name(records, &wanted, has_words),
        &|| if has_words { by_words(records, &wanted) } else { vec![] },
    ];
    match steps.iter().map(|step| step()).find(|found| !found.is_empty()) {
        Some(found) => one_or_many(found),
        None => Lookup::None(nearest(index, records, &wanted)),
    }
}

/// What only a person names a record by, made when the first one does: a record is named in other records
/// for each of their relations.
#[derive(Debug)]
pub(super) struct Whole {
    paths: Names<Box<str>>,
    /// The titles, or the files of records without one, in lower case.
    titles: Names<Box<str>>,
    /// The prefixes of ids.
    prefixes: BTreeSet<String>,
}

impl Whole {
    fn new(records: &[Record]) -> Self {
        let path = |record: &Record| [record.source.path().to_string_lossy().into()];
        let title = |record: &Record| [record.title_or_file().to_lowercase().into()];
        let own = |record: &Record| Some(compact(&record.id.as_ref()?.value)?.0);
        Self {
            paths: names(records.iter().map(path)),
            titles: names(records.iter().map(title)),
            prefixes: records.iter().filter_map(own).collect(),
        }
    }
}

/// Whether `text`, an id or a number, is that of a record, or the beginning of a file's name.
pub(super) fn knows(index: &Index, text: &str) -> bool {
    let wanted = text.trim().to_lowercase();
    let id = whole_id(&wanted);
    index.stems.has(stem(&wanted))
        || index.files.next(wanted.as_str()).is_some_and(|name| name.starts_with(&wanted))
        || id.as_ref().is_some_and(|id| index.ids.has(id))
        || id.is_some_and(|(_, number)| index.numbers.has(&number))
}

fn one_or_many(found: Vec<RecordId>) -> Lookup {
    match found.as_slice() {
        [] => Lookup::None(vec![]),
        [one] => Lookup::One(*one),
        _ => Lookup::Many(found),
    }
}

/// What stands behind an `@`; `None` where that is no keyword.
fn by_keyword(records: &[Record], keyword: &str) -> Option<Lookup> {
    let found = match keyword {
        "last" => records.len().checked_sub(1).map(RecordId).into_iter().collect(),
        "proposed" => matching(records, |record| record.is(Lifecycle::Proposed)),
        _ => return None,
    };
    Some(one_or_many(found))
}

/// The records whose file has `wanted` in its name. Digits alone may only be the beginning of it: that
/// of a date.
fn by_name(records: &[Record], wanted: &str, has_words: bool) -> Vec<RecordId> {
    matching(records, |record| {
        let file = record.file.to_lowercase();
        if has_words { holds(&file, wanted) } else { file.starts_with(wanted) }
    })
}

/// The records whose title has all words of `wanted`.
fn by_words(records: &[Record], wanted: &str) -> Vec<RecordId> {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    matching(records, |record| {
        let title = record.title_or_file().to_lowercase();
        words.iter().all(|word| holds(&title, word))
    })
}

/// Whether `part` stands in `text` so that it cuts no number: `http-2` is not in `http-20`.
fn holds(text: &str, part: &str) -> bool {
    let ends = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(part).any(|(at, _)| {
        let (before, after) = text.split_at(at);
        let after = after.get(part.len()..).unwrap_or_default();
        !(begins(part) && ends(before) || ends(part) && begins(after))
    })
}

fn matching(records: &[Record], wanted: impl Fn(&Record) -> bool) -> Vec<RecordId> {
    let all = records.iter().enumerate().filter(|(_, record)| wanted(record));
    all.map(|(at, _)| RecordId(at)).collect()
}

/// The prefix and the number of an id that is all of `name`. `2 3` and `2,3` are two.
fn whole_id(name: &str) -> Option<(String, u32)> {
    let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let before = name.get(..name.len() - digits)?;
    let is_one = digits > 0 && !before.bytes().any(|byte| byte.is_ascii_digit());
    is_one.then(|| compact(name))?
}

/// The same, where a number without a prefix has nothing before it but a `#`: `-1` is no id.
fn id(name: &str) -> Option<(String, u32)> {
    let bare = name.strip_prefix('#').unwrap_or(name).trim_start();
    let is_bare = bare.starts_with(|c: char| c.is_ascii_digit());
    whole_id(name).filter(|(prefix, _)| !prefix.is_empty() || is_bare)
}

/// The number that `name` is, alone or behind a prefix that means nothing but a record: `ADR`, or one
/// that ids of this log have. Any other word makes it a part of a name.
fn number<'w>(name: &str, whole: impl Fn() -> &'w Whole) -> Option<u32> {
    let (prefix, number) = id(name)?;
    let is_ours = || whole().prefixes.contains(&prefix);
    (prefix.is_empty() || prefix == "adr" || is_ours()).then_some(number)
}

/// How like two words are that count as one with a slip in it; from 0 to 1.
const LIKE: f64 = 0.8;

/// The records whose titles or names are nearest to `wanted`, at most three: as a whole, else by
/// words; last the one that has the number in it.
fn nearest(index: &Index, records: &[Record], wanted: &str) -> Vec<RecordId> {
    let name = stem(wanted);
    let words: Vec<&str> = parts(slug(name)).filter(|word| word.len() > 2).collect();
    let mut near: Vec<(f64, RecordId)> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let title = record.title_or_file().to_lowercase();
            let file = stem(&record.file).to_lowercase();
            let whole = strsim::jaro_winkler(&title, wanted)
                .max(strsim::jaro_winkler(slug(&file), slug(name)));
            let by_words = likeness(&words, &title).max(likeness(&words, &file));
            (whole.max(by_words), RecordId(at))
        })
        .filter(|(likeness, _)| *likeness > LIKE)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut near: Vec<RecordId> = near.into_iter().take(3).map(|(_, id)| id).collect();
    let numbered = whole_id(name).map(|(_, number)| index.numbers.of(&number));
    for id in numbered.into_iter().flatten() {
        if near.len() < 3 && !near.contains(&id) {
            near.push(id);
        }
    }
    near
}

/// How well `text` has all of `words`, in spite of slips: the mean over the words of the nearest
/// part of the text.
fn likeness(words: &[&str], text: &str) -> f64 {
    let Ok(count) = u32::try_from(words.len()) else { return 0.0 };
    let best = |word: &&str| parts(text).map(|part| alike(word, part)).fold(0.0, f64::max);
    if count == 0 { 0.0 } else { words.iter().map(best).sum::<f64>() / f64::from(count) }
}

/// Half of the letters at most may be wrong: words that only begin alike are others.
fn alike(word: &str, part: &str) -> f64 {
    let far = strsim::damerau_levenshtein(word, part);
    if far * 2 > part.chars().count() { 0.0 } else { strsim::jaro_winkler(word, part) }
}

/// The words and numbers of `text`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}
