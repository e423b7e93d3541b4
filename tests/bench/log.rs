//! A log of any size, the same on every machine: in Nygard's format, or half of it in MADR's; a tenth
//! superseded at both ends, about 3 KB per record. Does not depend on the measurements.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A file of the log.
pub(super) struct Record {
    /// The file name without the folder.
    pub(super) name: String,
    /// The whole text.
    pub(super) text: String,
}

/// The format of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nygard,
    /// Every second record in MADR's format.
    Mixed,
}

/// Creates `folder` and writes the records 1 to `records` into it; returns the number of bytes.
pub(super) fn write(folder: &Path, records: usize, kind: Kind) -> u64 {
    fs::create_dir_all(folder).unwrap();
    let mut bytes = 0;
    for number in 1..=records {
        let record = record(number, kind);
        bytes += u64::try_from(record.text.len()).unwrap();
        fs::write(folder.join(record.name), record.text).unwrap();
    }
    bytes
}

/// The file names of a generated log.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// The record with this number. Of every ten, the third is superseded by the seventh.
pub(super) fn record(number: usize, kind: Kind) -> Record {
    let mut chance = Chance::new(number);
    let text = if kind == Kind::Mixed && number.is_multiple_of(2) {
        madr(number, &mut chance)
    } else {
        nygard(number, &mut chance)
    };
    Record { name: name(number), text }
}

fn name(number: usize) -> String {
    format!("{number:05}-{}.md", title(number).to_lowercase().replace(' ', "-"))
}

/// Depends only on the number, so that other records can link to the file.
fn title(number: usize) -> String {
    let mut chance = Chance::new(number + 1_000_000);
    let words: Vec<&str> = (0..4).map(|_| chance.one_of(WORDS)).collect();
    let title = format!("{} {}", chance.one_of(VERBS), words.join(" "));
    title[..1].to_uppercase() + &title[1..]
}

/// The status of a record: its text, and the relation to the record at the other end.
fn status(number: usize, chance: &mut Chance) -> (String, Option<(&'static str, usize)>) {
    match number % 10 {
        3 => ("Superseded".to_owned(), Some(("Superseded by", number + 4))),
        7 => ("Accepted".to_owned(), Some(("Supersedes", number - 4))),
        _ => {
            let word = chance.one_of(&["Accepted", "Accepted", "Accepted", "Proposed", "Rejected"]);
            (word.to_owned(), None)
        }
    }
}

fn nygard(number: usize, chance: &mut Chance) -> String {
    let mut text =
        format!("# {number}. {}\n\nDate: {}\n\n## Status\n\n", title(number), day(number));
    let (status, relation) = status(number, chance);
    if let Some((verb, other)) = relation {
        if verb == "Supersedes" {
            text += "Accepted\n\n";
        }
        writeln!(text, "{verb} [{other}. {}]({})", title(other), name(other)).unwrap();
    } else {
        text += &status;
        text += "\n";
    }
    for heading in ["Context", "Decision", "Consequences"] {
        write!(text, "\n## {heading}\n\n{}", paragraphs(chance, 3)).unwrap();
    }
    text
}

fn madr(number: usize, chance: &mut Chance) -> String {
    let (status, _) = status(number, chance);
    let mut text = format!(
        "---\nstatus: {}\ndate: {}\ndecision-makers: [{}, {}]\ntags: [{}, {}]\n---\n\n# {}\n",
        status.to_lowercase(),
        day(number),
        chance.one_of(PEOPLE),
        chance.one_of(PEOPLE),
        chance.one_of(WORDS),
        chance.one_of(WORDS),
        title(number),
    );
    let (first, second) = (title(number + 1), title(number + 2));
    write!(text, "\n## Context and Problem Statement\n\n{}", paragraphs(chance, 2)).unwrap();
    write!(text, "\n## Considered Options\n\n* {first}\n* {second}\n\n## Decision Outcome\n\n")
        .unwrap();
    write!(text, "Chosen option: \"{first}\". {}", paragraphs(chance, 2)).unwrap();
    write!(text, "\n### Consequences\n\n{}", bullets(chance)).unwrap();
    write!(text, "\n## Pros and Cons of the Options\n\n### {first}\n\n{}", bullets(chance))
        .unwrap();
    write!(text, "\n### {second}\n\n{}\n```sh\nmake all # {second}\n```\n", bullets(chance))
        .unwrap();
    text
}

fn day(number: usize) -> String {
    format!("20{:02}-{:02}-{:02}", 10 + number % 16, 1 + number % 12, 1 + number % 28)
}

fn paragraphs(chance: &mut Chance, count: usize) -> String {
    let one = |_| (0..3).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ") + "\n";
    (0..count).map(one).collect::<Vec<_>>().join("\n")
}

fn bullets(chance: &mut Chance) -> String {
    ["Good", "Good", "Bad"].map(|kind| format!("* {kind}, because {}\n", sentence(chance))).concat()
}

fn sentence(chance: &mut Chance) -> String {
    let words: Vec<String> = (0..14)
        .map(|_| match (chance.one_of(WORDS), chance.below(12)) {
            (word, 0) => format!("*{word}*"),
            (word, 1) => format!("`{word}`"),
            (word, _) => word.to_owned(),
        })
        .collect();
    format!("We {} {}.", chance.one_of(VERBS), words.join(" "))
}

/// Pseudo-random numbers that are the same in every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn new(seed: usize) -> Self {
        Self(u64::try_from(seed).unwrap())
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).unwrap()
    }
}

const VERBS: &[&str] = &["use", "keep", "split", "drop", "cache", "move", "encrypt", "measure"];

const PEOPLE: &[&str] = &["Ada Moor", "Ben Okafor", "Chiara Lang", "Dae Jung", "Eli Stern"];

const WORDS: &[&str] = &[
    "orders",
    "queue",
    "service",
    "ledger",
    "cluster",
    "tenant",
    "schema",
    "gateway",
    "invoice",
    "event",
    "region",
    "backup",
    "search",
    "session",
    "token",
    "client",
    "report",
    "stream",
    "shard",
    "replica",
    "payment",
    "catalogue",
    "worker",
    "deploy",
    "secret",
    "metric",
    "trace",
    "budget",
    "latency",
    "migration",
];
