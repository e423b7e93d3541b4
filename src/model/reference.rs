//! Which record a reference means that is written in another record.
//!
//! One index serves this and [what a person types](super::find), so that what `adr show 12` finds and
//! what a link to `0012-x.md` means cannot drift apart.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use super::find::Whole;
use super::home::Home;
use super::names::Names;
use super::{FileName, Record, RecordId, Reference, naming};
use crate::text::url_decoded;

/// The names of all records of a log.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) files: Names<Box<str>>,
    /// File names in lower case without extension; for `x/README.md` the folder's name.
    pub(super) stems: Names<Box<str>>,
    /// File names without number.
    pub(super) slugs: Names<Box<str>>,
    /// Ids as [`compact`] writes them: prefix in lower case, number without zeros.
    pub(super) ids: Names<(String, u32)>,
    pub(super) numbers: Names<u32>,
    /// The records whose own id has no prefix: one for decisions in a reference is the team's way to
    /// refer to them.
    bare_numbers: Names<u32>,
    /// The prefixes that headings put before the numbers of their records, in lower case.
    prefixes: BTreeSet<String>,
    titles: Names<Box<str>>,
    /// For every record its slug, and how many digits its number is written with.
    names: Vec<(Box<str>, u8)>,
    pub(super) whole: OnceLock<Whole>,
    home: Home,
}

impl Index {
    /// The index of `records`, which must be in log order.
    pub(super) fn new(records: &[Record]) -> Self {
        let files: Vec<String> = records.iter().map(|record| record.file.to_lowercase()).collect();
        let number = |record: &Record| record.number.as_ref().map(|number| number.value.value);
        let own = |record: &Record| compact(&record.id.as_ref()?.value);
        let width = |record: &Record| record.number.as_ref().map_or(0, |one| one.value.width);
        let title = |record: &Record| Some(record.title.as_ref()?.value.to_lowercase().into());
        let all = || records.iter().zip(&files);
        Self {
            stems: names(files.iter().map(|file| [stem(file).into()])),
            slugs: names(files.iter().map(|file| [slug_of(file).into()])),
            ids: names(
                all().map(|(record, file)| compact(stem(file)).into_iter().chain(own(record))),
            ),
            numbers: names(records.iter().map(number)),
            bare_numbers: names(
                records.iter().map(|record| number(record).filter(|_| record.id.is_none())),
            ),
            prefixes: records.iter().filter_map(heading_prefix).collect(),
            titles: names(records.iter().map(title)),
            names: all().map(|(record, file)| (slug_of(file).into(), width(record))).collect(),
            whole: OnceLock::new(),
            home: Home::of(records),
            files: names(files.iter().map(|file| [file.as_str().into()])),
        }
    }

    /// The record that `from` means by `reference`.
    pub(super) fn resolve(&self, from: &Record, reference: &Reference) -> Option<RecordId> {
        let linked = reference
            .destination
            .as_deref()
            .and_then(|to| self.alike(from, to).or_else(|| self.addressed(to)));
        linked.or_else(|| self.named(from, &reference.text))
    }

    /// The record that a relation means by an address of the web: the one whose file is called like its
    /// end. Whoever states a relation means a record; in running text an address leads where it says.
    fn addressed(&self, destination: &str) -> Option<RecordId> {
        let path = path_of(destination).filter(|path| is_address(path))?;
        let stem = stem(path.trim_end_matches('/'));
        // A number alone would take every issue and pull request for a record.
        self.stems.only(stem).filter(|_| !stem.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The record that the path in a link from `from` leads to, if it leads to one; an address of the
    /// web leads to none, and a path out of the log is likely to lead to a file of the same name in another one.
    pub(super) fn linked(&self, from: &Record, destination: &str) -> Option<RecordId> {
        if self.leads_out(from, destination) { None } else { self.alike(from, destination) }
    }

    /// Whether the path in a link from `from` leads out of the log, by the names of folders alone.
    pub(super) fn leads_out(&self, from: &Record, destination: &str) -> bool {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        self.home.leads_out(&from.file, &url_decoded(path))
    }

    /// Whether the path in a link from a file that is not in the log leads past the log.
    pub(super) fn leads_past(&self, from: &Path, destination: &str) -> bool {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        self.home.leads_past(from, &url_decoded(path))
    }

    /// The record whose file is called like the end of the path, in whatever folder that is.
    fn alike(&self, from: &Record, destination: &str) -> Option<RecordId> {
        let path = path_of(destination).filter(|path| !is_address(path))?;
        let folder = from.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = join(&folder.to_lowercase(), &path);
        if let Some(id) = self.files.of(file.as_str()).next_back() {
            return Some(id);
        }
        let stem = stem(path.trim_end_matches('/'));
        let exact = self.stems.only(stem);
        let has_markdown_name = path.rsplit('/').next().is_some_and(is_document_name);
        exact.or_else(|| {
            if has_markdown_name {
                let numbered = || self.numbered(stem).filter(|id| self.is_kin(*id, stem));
                let slugged = self.slugged(stem).filter(|id| !self.is_of(*id, from));
                slugged.or_else(numbered)
            } else {
                None
            }
        })
    }

    /// Whether a file name with the record's number is likely to be an old name of the record, and
    /// not that of another document with a number: it has a prefix, as many digits, no words of its
    /// own, or a word in common.
    fn is_kin(&self, id: RecordId, stem: &str) -> bool {
        let Some((own, width)) = self.names.get(id.0) else { return false };
        let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
        let slug = slug(stem);
        let words = |slug: &str| -> Vec<String> {
            slug.split(['-', '_']).filter(|word| word.len() > 2).map(str::to_owned).collect()
        };
        let own = words(own);
        digits == 0
            || digits == usize::from(*width)
            || slug.is_empty()
            || words(slug).iter().any(|word| own.contains(word))
    }

    /// The record that running text in `from` means by `text`: an id, a number, a file name or a
    /// title.
    fn named(&self, from: &Record, text: &str) -> Option<RecordId> {
        let text = text.trim().to_lowercase();
        let own_prefix = || {
            let number = compact(&text).filter(|(prefix, _)| prefix.is_empty())?.1;
            let prefix = compact(&from.id.as_ref()?.value)?.0;
            self.ids.only(&(prefix, number))
        };
        self.stems
            .only(stem(&text))
            .or_else(own_prefix)
            .or_else(|| self.numbered(&text))
            .or_else(|| self.titles.only(text.as_str()))
            .or_else(|| self.slugged(stem(&text)).filter(|id| !self.is_of(*id, from)))
    }

    /// Whether this is the place of `record`. Nobody refers to himself by a part of his name.
    fn is_of(&self, id: RecordId, record: &Record) -> bool {
        self.files.of(record.file.to_lowercase().as_str()).next_back() == Some(id)
    }

    /// The only record with the id or number at the beginning of `name`.
    fn numbered(&self, name: &str) -> Option<RecordId> {
        let (prefix, number) = compact(name)?;
        let generic = prefix.is_empty() || prefix == "adr";
        let means_decision =
            prefix.is_empty() || names_decisions(&prefix) || self.prefixes.contains(&prefix);
        self.ids
            .only(&(prefix, number))
            .or_else(|| self.bare_numbers.only(&number).filter(|_| means_decision))
            .or_else(|| self.numbers.only(&number).filter(|_| generic))
    }

    /// The only record whose file name is `name`, numbers aside.
    fn slugged(&self, name: &str) -> Option<RecordId> {
        let slug = slug(name);
        self.slugs.only(slug).filter(|_| slug.len() > 3)
    }
}

/// The names of all records, in log order.
pub(super) fn names<N: Ord, I: IntoIterator<Item = N>>(all: impl Iterator<Item = I>) -> Names<N> {
    let named = |(at, names): (usize, I)| names.into_iter().map(move |name| (name, RecordId(at)));
    Names::new(all.enumerate().flat_map(named).collect())
}

/// The extensions that a link to a record may have: its own, or that of a page made from it.
const EXTENSIONS: [&str; 6] = [".md", ".markdown", ".mdx", ".html", ".htm", ".adoc"];

/// The path of a destination in lower case, without fragment and query.
fn path_of(destination: &str) -> Option<String> {
    let path = destination.split(['#', '?']).next().filter(|path| !path.is_empty())?;
    Some(url_decoded(path).to_lowercase())
}

/// Whether a path is an address of the web: with a scheme, or with that of the page it is read on.
fn is_address(path: &str) -> bool {
    path.contains("://") || path.starts_with("//")
}

/// Whether a link to `name` may be one to a record: it has a page's extension, or none at all.
fn is_document_name(name: &str) -> bool {
    EXTENSIONS.iter().any(|extension| name.ends_with(extension)) || !name.contains('.')
}

/// The last part of a path without extension; of `x/readme.md` and `x/index.md`, `x`.
pub(super) fn stem(path: &str) -> &str {
    naming(path).of(path)
}

/// The name of a file without its folder, its number and its extension.
pub(crate) fn slug_of(file: &str) -> &str {
    slug(stem(file))
}

/// A file name without the id, date or number that it begins with.
pub(super) fn slug(stem: &str) -> &str {
    FileName::read(stem).slug()
}

/// The prefix and the number that `name` begins with: `("arch", 3)` for `ARCH-0003-x`.
pub(super) fn compact(name: &str) -> Option<(String, u32)> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = name.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..end)?.parse().ok()?;
    let prefix = prefix.trim_end_matches(['-', '_', ' ', '#', '/']).to_lowercase();
    is_prefix(&prefix).then_some((prefix, number))
}

/// The prefix that the heading of a record puts before its number: `TEP-0012: Use X`.
fn heading_prefix(record: &Record) -> Option<String> {
    let heading = record.title.as_ref()?.span?.of(record.text());
    let (prefix, number) = compact(heading)?;
    let own = record.number.as_ref()?.value.value;
    (own == number && !prefix.is_empty()).then_some(prefix)
}

/// Whether a prefix is one for decisions, and not that of other documents, as `REQ` and `STD` are.
fn names_decisions(prefix: &str) -> bool {
    const WORDS: [&str; 13] = [
        "adr", "adrs", "ladr", "madr", "dr", "tdr", "pdr", "edr", "add", "ad", "decision",
        "record", "log",
    ];
    prefix.split(['-', '_', ' ', '#']).any(|word| WORDS.contains(&word))
}

/// Whether the text before a number can be the prefix of an id: at most three short words.
fn is_prefix(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty()).collect();
    words.len() <= 3
        && words
            .iter()
            .all(|word| word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// `path` as seen from `folder`, without `.` and `..`; both from the same place.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
