//! Where programs around the log cite its decisions: `ADR-0012` or `@adr 0012` in a comment. What
//! may mean something else is left out. Knows no rule.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::model::{Checkout, Log, Record, RecordId};
use crate::text::{Span, comments};

/// A comment cites a decision.
#[derive(Debug)]
pub(in crate::lint) struct Citation {
    /// The place of its file in the checkout.
    pub text: usize,
    /// What is written.
    pub span: Span,
    /// The record that is meant; `None` where the log has none.
    pub record: Option<RecordId>,
}

impl Citation {
    /// What is written in a file of `checkout`.
    pub(in crate::lint) fn words<'c>(&self, checkout: &'c Checkout) -> &'c str {
        self.span.of(self.whole(checkout))
    }

    /// The line that it stands in.
    pub(in crate::lint) fn line(&self, checkout: &Checkout) -> Span {
        self.span.whole_lines(self.whole(checkout))
    }

    fn whole<'c>(&self, checkout: &'c Checkout) -> &'c str {
        checkout.texts.get(self.text).map_or("", |file| file.source.text())
    }
}

/// How the ids of a log are written.
struct Ids {
    by_id: BTreeMap<(String, u32), Vec<RecordId>>,
    /// For every prefix, in lower case, how many digits its numbers have.
    widths: BTreeMap<String, BTreeSet<usize>>,
}

/// What comes before the numbers of the log, as comments write it: `ADR-`, `ARCH-`, `@adr`.
pub fn citation_words(log: &Log) -> Vec<String> {
    let prefixes = log.records().iter().filter_map(|record| Some(id(record)?.0));
    let prefixes: BTreeSet<String> = prefixes.flat_map(|one| [one.to_uppercase(), one]).collect();
    let all = (!prefixes.is_empty()).then(|| "@adr".to_owned());
    prefixes.into_iter().chain(all).collect()
}

/// The prefix with its hyphen, the number, and with how many digits it is written.
fn id(record: &Record) -> Option<(String, u32, usize)> {
    let number = record.number.as_ref()?.value;
    let (prefix, digits) = match &record.id {
        Some(id) => {
            let prefix = id.value.trim_end_matches(|c: char| c.is_ascii_digit());
            (prefix.to_owned(), id.value.len() - prefix.len())
        }
        None => ("ADR-".to_owned(), usize::from(number.width)),
    };
    // Without a hyphen it may be anything: `V2`, `S3`.
    let letters = prefix.strip_suffix('-')?;
    let is_word = letters.len() > 1 && letters.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    is_word.then_some((prefix, number.value, digits))
}

impl Ids {
    fn of(log: &Log) -> Self {
        let mut ids = Self { by_id: BTreeMap::new(), widths: BTreeMap::new() };
        for (at, record) in log.iter() {
            let Some((prefix, number, digits)) = id(record) else { continue };
            let prefix = prefix.to_lowercase();
            ids.widths.entry(prefix.clone()).or_default().insert(digits);
            ids.by_id.entry((prefix, number)).or_default().push(at);
        }
        ids
    }

    /// The pattern of a citation: the prefix and the number are its groups.
    fn pattern(log: &Log) -> Option<Regex> {
        let words = citation_words(log);
        let prefixes = words.iter().filter(|word| *word != "@adr").map(|word| regex::escape(word));
        let prefixes = prefixes.collect::<Vec<_>>().join("|");
        if prefixes.is_empty() {
            return None;
        }
        Regex::new(&format!("({prefixes})([0-9]{{1,9}})|@adr[: ]+([0-9]{{1,9}})")).ok()
    }

    /// The records that are meant; `None` where it cannot be told whether one is.
    fn resolve(&self, prefix: &str, digits: &str) -> Option<&[RecordId]> {
        let number = digits.parse().ok()?;
        if let Some(found) = self.by_id.get(&(prefix.to_owned(), number)) {
            return Some(found);
        }
        self.widths.get(prefix)?.contains(&digits.len()).then_some(&[])
    }
}

/// Every citation that can only mean a decision of this log, in the order of files and texts.
pub(in crate::lint) fn citations(checkout: &Checkout, log: &Log) -> Vec<Citation> {
    let ids = Ids::of(log);
    let Some(pattern) = Ids::pattern(log) else { return vec![] };
    // Of a log without prefix the numbers, of one with a single prefix that one.
    let first = ids.widths.keys().next().filter(|_| ids.widths.len() == 1);
    let elsewhere = numbers_elsewhere(checkout);
    let mut found = Vec::new();
    for (text, file) in checkout.texts.iter().enumerate() {
        let whole = file.source.text();
        for comment in comments(&file.name, whole) {
            for one in pattern.captures_iter(comment.of(whole)) {
                let Some(all) = one.get(0) else { continue };
                let span = Span::new(all.start(), all.end()).shift(comment.start);
                let prefix = one.get(1).map(|prefix| prefix.as_str().to_lowercase());
                let digits = one.get(2).or(one.get(3)).map_or("", |digits| digits.as_str());
                let Some(prefix) = prefix.as_ref().or(first) else { continue };
                if !stands_alone(whole, span) || is_elsewhere(&elsewhere, digits) {
                    continue;
                }
                match ids.resolve(prefix, digits) {
                    Some([]) => found.push(Citation { text, span, record: None }),
                    Some([one]) => found.push(Citation { text, span, record: Some(*one) }),
                    // Of two records with one number, ADR102 speaks.
                    _ => {}
                }
            }
        }
    }
    found
}

/// Whether what stands at `span` is a word of its own, and no example: no part of a path, of a longer
/// name, or of a quotation.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|before| before.chars().next_back());
    let mut after = text.get(span.end..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let is_joined = |c: char| c.is_alphanumeric() || "-_/\\.#@`'\"".contains(c);
    let is_inner = |c: char| c.is_alphanumeric() || "-_/\\`'\"".contains(c);
    let goes_on = next == Some('.') && second.is_some_and(char::is_alphanumeric);
    !before.is_some_and(is_joined) && !next.is_some_and(is_inner) && !goes_on
}

/// The numbers of what look like records of other logs in the repository: citations of them may
/// mean those.
fn numbers_elsewhere(checkout: &Checkout) -> BTreeSet<u32> {
    let others = checkout.names.iter().filter(|name| !name.starts_with(&checkout.log));
    let number = |name: &String| {
        let name = name.rsplit('/').next()?;
        let end = name.rsplit_once('.')?.1.to_lowercase();
        let is_text = ["md", "markdown", "mdx", "adoc", "rst"].contains(&end.as_str());
        let rest = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest.get(..digits).filter(|_| is_text)?.parse().ok()
    };
    others.filter_map(number).collect()
}

fn is_elsewhere(elsewhere: &BTreeSet<u32>, digits: &str) -> bool {
    digits.parse().is_ok_and(|number: u32| elsewhere.contains(&number))
}
