//! What was wrong already when a team began to check: findings that do not count, as long as they
//! do not become more. Text in, text out; knows no disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Context, Diagnostic, Site};

/// The form of the file; raised when a reader of the old one would misread the new one.
const VERSION: u32 = 1;

/// How often what was found where, whatever the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
}

/// Rule, record (by its label, else its file; the log itself is empty) and what is found there.
type Key = (String, String, String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema_version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    record: String,
    snippet: String,
    count: usize,
}

impl Baseline {
    /// Reads what [`to_text`](Self::to_text) writes.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.schema_version != VERSION {
            return Err(format!("its `schema_version` is not {VERSION}"));
        }
        let counts = file
            .findings
            .into_iter()
            .map(|one| ((one.code, one.record, one.snippet), one.count))
            .collect();
        Ok(Self { counts })
    }

    /// As JSON, an entry for every rule, record and snippet, sorted.
    pub fn to_text(&self) -> String {
        let entry = |((code, record, snippet), count): (&Key, &usize)| Entry {
            code: code.clone(),
            record: record.clone(),
            snippet: snippet.clone(),
            count: *count,
        };
        let findings = self.counts.iter().map(entry).collect();
        let file = File { schema_version: VERSION, findings };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// All that was found.
    pub fn of(context: &Context<'_>, found: &[Diagnostic]) -> Self {
        let mut counts = BTreeMap::new();
        for key in found.iter().flat_map(|one| keys(context, one)) {
            *counts.entry(key).or_default() += 1;
        }
        Self { counts }
    }

    /// The lower of both counts, for everything that both hold.
    #[must_use]
    pub fn lowered(&self, now: &Self) -> Self {
        let both = self
            .counts
            .iter()
            .filter_map(|(key, count)| Some((key.clone(), *count.min(now.counts.get(key)?))));
        Self { counts: both.collect() }
    }

    /// Takes away what is known; where there is more than was known, the rest of it stays.
    pub fn apply(&self, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
        let mut left = self.counts.clone();
        found.retain(|one| {
            // What many records share is known where it is known of each of them.
            let mut is_new = false;
            for key in keys(context, one) {
                match left.get_mut(&key).filter(|count| **count > 0) {
                    Some(count) => *count -= 1,
                    None => is_new = true,
                }
            }
            is_new
        });
    }

    /// How many findings it holds.
    pub fn count(&self) -> usize {
        self.counts.values().sum()
    }
}

/// What is known of a finding: of each record, where it stands for many.
fn keys(context: &Context<'_>, one: &Diagnostic) -> Vec<Key> {
    if one.parts.is_empty() {
        return vec![key(context, one.rule.code, &one.site)];
    }
    one.parts.iter().map(|site| key(context, one.rule.code, site)).collect()
}

fn key(context: &Context<'_>, code: &str, site: &Site) -> Key {
    let (record, words) = match site {
        Site::Record(id, span) => {
            let record = context.log.record(*id);
            let name = if record.number.is_some() { record.label() } else { record.file.clone() };
            // The words that are marked: those around them may change.
            (name, span.of(record.text()))
        }
        // How many records share a custom changes with every new one.
        Site::File(file) => (file.clone(), ""),
        Site::Tracked(at, span) => {
            let file = context.checkout.and_then(|all| all.texts.get(*at));
            let name = file.map_or(String::new(), |file| file.name.clone());
            (name, file.map_or("", |file| span.of(file.source.text())))
        }
        Site::Log => (String::new(), ""),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (code.to_owned(), record, format!("{:016x}", hash(&words)))
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::Baseline;

    fn baseline(count: usize) -> Baseline {
        let key = ("ADR204".to_owned(), "ADR-0001".to_owned(), "00".to_owned());
        Baseline { counts: std::iter::once((key, count)).collect() }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = baseline(2).to_text();
        assert_eq!(Baseline::read(&text), Ok(baseline(2)));
        assert!(Baseline::read("{}").is_err());
        assert!(Baseline::read(&text.replace(": 1,", ": 9,")).is_err());
    }

    #[test]
    fn counts_only_fall() {
        assert_eq!(baseline(2).lowered(&baseline(3)), baseline(2));
        assert_eq!(baseline(2).lowered(&baseline(1)), baseline(1));
        assert_eq!(baseline(2).lowered(&Baseline::default()), Baseline::default());
    }
}
