//! Findings that were already there when a team started to check: they are hidden until they become more. Text in,
//! text out; does not access the disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lint::context::Context;
use crate::lint::finding::{Diagnostic, FindingSite};

/// The version of the file format; raised when an older program would misread a newer file.
const VERSION: u32 = 1;

/// How many findings with the same rule, record and text are known. Line numbers do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<BaselineKey, usize>,
}

/// What identifies a finding across runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BaselineKey {
    /// The code of the rule.
    code: String,
    /// The label of the record, or its file if it has no number; empty for the log.
    record: String,
    /// A hash of the marked text.
    snippet: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    schema_version: u32,
    findings: Vec<BaselineEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineEntry {
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
        let file: BaselineFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.schema_version != VERSION {
            return Err(format!("its `schema_version` is not {VERSION}"));
        }
        let count = |entry: BaselineEntry| {
            let BaselineEntry { code, record, snippet, count } = entry;
            (BaselineKey { code, record, snippet }, count)
        };
        Ok(Self { counts: file.findings.into_iter().map(count).collect() })
    }

    /// Writes JSON with one entry per rule, record and snippet, sorted.
    pub fn to_text(&self) -> String {
        let entry = |(key, count): (&BaselineKey, &usize)| {
            let BaselineKey { code, record, snippet } = key.clone();
            BaselineEntry { code, record, snippet, count: *count }
        };
        let findings = self.counts.iter().map(entry).collect();
        let file = BaselineFile { schema_version: VERSION, findings };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// The baseline that hides all these findings.
    pub fn of(context: &Context<'_>, diagnostics: &[Diagnostic]) -> Self {
        let mut counts = BTreeMap::new();
        for key in diagnostics.iter().flat_map(|one| keys(context, one)) {
            *counts.entry(key).or_default() += 1;
        }
        Self { counts }
    }

    /// The lower of both counts for everything that both baselines contain.
    #[must_use]
    pub fn lowered(&self, now: &Self) -> Self {
        let lower = |(key, count): (&BaselineKey, &usize)| {
            let lower_count = *count.min(now.counts.get(key)?);
            Some((key.clone(), lower_count))
        };
        Self { counts: self.counts.iter().filter_map(lower).collect() }
    }

    /// Removes the known findings. If there are more than are known, the additional ones stay.
    pub fn apply(&self, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let mut remaining = self.counts.clone();
        diagnostics.retain(|one| {
            // A summary finding is known if it is known for each of its records.
            let mut is_new = false;
            for key in keys(context, one) {
                match remaining.get_mut(&key).filter(|count| **count > 0) {
                    Some(count) => *count -= 1,
                    None => is_new = true,
                }
            }
            is_new
        });
    }

    /// How many findings it contains.
    pub fn count(&self) -> usize {
        self.counts.values().sum()
    }
}

/// The key of a finding; the keys of all that a summary finding replaces.
fn keys(context: &Context<'_>, one: &Diagnostic) -> Vec<BaselineKey> {
    if one.replaced_sites.is_empty() {
        return vec![key(context, one.rule.code, &one.site)];
    }
    one.replaced_sites.iter().map(|site| key(context, one.rule.code, site)).collect()
}

fn key(context: &Context<'_>, code: &str, site: &FindingSite) -> BaselineKey {
    // Only the marked text counts: the text around it may change.
    let (record, marked) = match site {
        FindingSite::Record(id, span) => {
            let record = context.log.record(*id);
            let name = if record.number.is_some() { record.label() } else { record.file.clone() };
            (name, span.of(record.text()))
        }
        FindingSite::File(file) => (file.clone(), ""),
        FindingSite::Tracked(index, span) => {
            let file = context.checkout.and_then(|checkout| checkout.texts.get(*index));
            let name = file.map_or(String::new(), |file| file.name.clone());
            (name, file.map_or("", |file| span.of(file.source.text())))
        }
        FindingSite::Log => (String::new(), ""),
    };
    let words = marked.split_whitespace().collect::<Vec<_>>().join(" ");
    BaselineKey { code: code.to_owned(), record, snippet: format!("{:016x}", hash(&words)) }
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Baseline, BaselineKey};

    fn baseline(count: usize) -> Baseline {
        let key = BaselineKey {
            code: "ADR204".to_owned(),
            record: "ADR-0001".to_owned(),
            snippet: "00".to_owned(),
        };
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
