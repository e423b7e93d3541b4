//! Citations of decisions in programs around the log: `ADR-0012` or `@adr 0012` in a comment. Ambiguous ones are left
//! out.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::model::{Checkout, Log, Record, RecordId};
use crate::text::{Span, comments};

/// A citation of a decision in a comment.
#[derive(Debug)]
pub(in crate::lint) struct Citation {
    /// The index of its file in the checkout.
    pub text: usize,
    /// Its bytes.
    pub span: Span,
    /// The cited record; `None` if the log has no such record.
    pub record: Option<RecordId>,
}

impl Citation {
    /// Its text in a file of `checkout`.
    pub(in crate::lint) fn words<'c>(&self, checkout: &'c Checkout) -> &'c str {
        self.span.of(self.file_text(checkout))
    }

    /// Its line.
    pub(in crate::lint) fn line(&self, checkout: &Checkout) -> Span {
        self.span.whole_lines(self.file_text(checkout))
    }

    fn file_text<'c>(&self, checkout: &'c Checkout) -> &'c str {
        checkout.texts.get(self.text).map_or("", |file| file.source.text())
    }
}

/// The ids of a log.
struct RecordIds {
    by_id: BTreeMap<(String, u32), Vec<RecordId>>,
    /// For every prefix, in lower case, the numbers of digits.
    widths: BTreeMap<String, BTreeSet<usize>>,
}

/// The words before the numbers of the log in citations: `ADR-`, `ARCH-`, `@adr`.
pub fn citation_words(log: &Log) -> Vec<String> {
    let prefixes = log.records().iter().filter_map(|record| Some(prefixed_number(record)?.prefix));
    let prefixes: BTreeSet<String> = prefixes.flat_map(|one| [one.to_uppercase(), one]).collect();
    let any_prefix = (!prefixes.is_empty()).then(|| "@adr".to_owned());
    prefixes.into_iter().chain(any_prefix).collect()
}

/// An id in its parts.
struct PrefixedNumber {
    /// With its hyphen.
    prefix: String,
    number: u32,
    /// How many digits the number has as written.
    digits: usize,
}

/// The id of the record, if its prefix is a word with a hyphen. Without a hyphen it may be anything: `V2`, `S3`.
fn prefixed_number(record: &Record) -> Option<PrefixedNumber> {
    let number = record.number.as_ref()?.value;
    let (prefix, digits) = match &record.id {
        Some(id) => {
            let prefix = id.value.trim_end_matches(|c: char| c.is_ascii_digit());
            (prefix.to_owned(), id.value.len() - prefix.len())
        }
        None => ("ADR-".to_owned(), usize::from(number.width)),
    };
    let letters = prefix.strip_suffix('-')?;
    let is_word = letters.len() > 1 && letters.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    is_word.then_some(PrefixedNumber { prefix, number: number.value, digits })
}

impl RecordIds {
    fn of(log: &Log) -> Self {
        let mut ids = Self { by_id: BTreeMap::new(), widths: BTreeMap::new() };
        for (id, record) in log.iter() {
            let Some(PrefixedNumber { prefix, number, digits }) = prefixed_number(record) else {
                continue;
            };
            let prefix = prefix.to_lowercase();
            ids.widths.entry(prefix.clone()).or_default().insert(digits);
            ids.by_id.entry((prefix, number)).or_default().push(id);
        }
        ids
    }

    /// The pattern of a citation, with groups for the prefix and the number.
    fn pattern(log: &Log) -> Option<Regex> {
        let words = citation_words(log);
        let prefixes = words.iter().filter(|word| *word != "@adr").map(|word| regex::escape(word));
        let prefixes = prefixes.collect::<Vec<_>>().join("|");
        if prefixes.is_empty() {
            return None;
        }
        Regex::new(&format!("({prefixes})([0-9]{{1,9}})|@adr[: ]+([0-9]{{1,9}})")).ok()
    }

    /// The cited records; `None` if it is unclear whether it is a citation.
    fn resolve(&self, prefix: &str, digits: &str) -> Option<&[RecordId]> {
        let number = digits.parse().ok()?;
        if let Some(records) = self.by_id.get(&(prefix.to_owned(), number)) {
            return Some(records);
        }
        self.widths.get(prefix)?.contains(&digits.len()).then_some(&[])
    }
}

/// The unambiguous citations of decisions of this log, in the order of files and texts.
pub(in crate::lint) fn citations(checkout: &Checkout, log: &Log) -> Vec<Citation> {
    let ids = RecordIds::of(log);
    let Some(pattern) = RecordIds::pattern(log) else { return vec![] };
    // `@adr` has no prefix: it is clear in a log with a single one.
    let only_prefix = ids.widths.keys().next().filter(|_| ids.widths.len() == 1);
    let other_numbers = numbers_of_other_logs(checkout);
    let mut citations = Vec::new();
    for (text, file) in checkout.texts.iter().enumerate() {
        let file_text = file.source.text();
        for comment in comments(&file.name, file_text) {
            for captures in pattern.captures_iter(comment.of(file_text)) {
                let Some(citation) = captures.get(0) else { continue };
                let span = Span::new(citation.start(), citation.end()).shift(comment.start);
                let prefix = captures.get(1).map(|prefix| prefix.as_str().to_lowercase());
                let digits = captures.get(2).or(captures.get(3));
                let digits = digits.map_or("", |digits| digits.as_str());
                let Some(prefix) = prefix.as_ref().or(only_prefix) else { continue };
                if !is_separate_word(file_text, span) || contains(&other_numbers, digits) {
                    continue;
                }
                match ids.resolve(prefix, digits) {
                    Some([]) => citations.push(Citation { text, span, record: None }),
                    Some([id]) => citations.push(Citation { text, span, record: Some(*id) }),
                    // ADR102 reports two records with one number.
                    _ => {}
                }
            }
        }
    }
    citations
}

/// Whether the text at `span` is not part of a path, a longer name, or a quotation.
fn is_separate_word(text: &str, span: Span) -> bool {
    let previous = text.get(..span.start).and_then(|before| before.chars().next_back());
    let mut chars_after = text.get(span.end..).unwrap_or_default().chars();
    let (next, second) = (chars_after.next(), chars_after.next());
    let joins_before = |c: char| c.is_alphanumeric() || "-_/\\.#@`'\"".contains(c);
    let joins_after = |c: char| c.is_alphanumeric() || "-_/\\`'\"".contains(c);
    // A full stop ends a sentence, or begins the extension of a file name.
    let has_extension = next == Some('.') && second.is_some_and(char::is_alphanumeric);
    !previous.is_some_and(joins_before) && !next.is_some_and(joins_after) && !has_extension
}

/// The numbers of files that look like records of other logs in the repository, which citations may refer to.
fn numbers_of_other_logs(checkout: &Checkout) -> BTreeSet<u32> {
    let others = checkout.names.iter().filter(|name| !name.starts_with(&checkout.log));
    let number = |name: &String| {
        let name = name.rsplit('/').next()?;
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        let is_text = ["md", "markdown", "mdx", "adoc", "rst"].contains(&extension.as_str());
        let unprefixed = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        let digit_count = unprefixed.bytes().take_while(u8::is_ascii_digit).count();
        unprefixed.get(..digit_count).filter(|_| is_text)?.parse().ok()
    };
    others.filter_map(number).collect()
}

fn contains(numbers: &BTreeSet<u32>, digits: &str) -> bool {
    digits.parse().is_ok_and(|number: u32| numbers.contains(&number))
}
