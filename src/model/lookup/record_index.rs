//! Resolves a reference that one record makes to another.
//!
//! One index serves this and [what a user types](fn@super::find), so that `adr show 12` and a link to `0012-x.md`
//! cannot disagree.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use super::name_index::NameIndex;
use crate::model::links::LogFolder;
use crate::model::{FileName, Record, RecordId, Reference, naming};
use crate::text::url_decoded;

/// The names of all records of a log.
#[derive(Debug)]
pub(in crate::model) struct RecordIndex {
    pub(super) files: NameIndex<Box<str>>,
    /// File names in lower case without extension; for `x/README.md` the folder's name.
    pub(super) stems: NameIndex<Box<str>>,
    /// File names without number.
    pub(super) slugs: NameIndex<Box<str>>,
    /// Ids as [`compact`] writes them: prefix in lower case, number without zeros.
    pub(super) ids: NameIndex<(String, u32)>,
    pub(super) numbers: NameIndex<u32>,
    /// The numbers of records whose id has no prefix. A reference with a prefix for decisions means one of them: that
    /// is how the team refers to them.
    bare_numbers: NameIndex<u32>,
    /// The prefixes before the numbers in headings, in lower case.
    prefixes: BTreeSet<String>,
    titles: NameIndex<Box<str>>,
    /// The slug of every record, and the number of digits of its number.
    names: Vec<(Box<str>, u8)>,
    pub(super) query_names: OnceLock<QueryNames>,
    folder: LogFolder,
}

/// The names that only a user types, computed for the first query: records refer to each other for every
/// relation, and do not need these.
#[derive(Debug)]
pub(super) struct QueryNames {
    pub(super) paths: NameIndex<Box<str>>,
    /// The titles, or the files of records without one, in lower case.
    pub(super) titles: NameIndex<Box<str>>,
    /// The prefixes of ids.
    pub(super) prefixes: BTreeSet<String>,
}

impl QueryNames {
    pub(super) fn new(records: &[Record]) -> Self {
        let path = |record: &Record| [record.source.path().to_string_lossy().into()];
        let title = |record: &Record| [record.title_or_file().to_lowercase().into()];
        let id_prefix = |record: &Record| Some(compact(&record.id.as_ref()?.value)?.0);
        Self {
            paths: NameIndex::of_records(records.iter().map(path)),
            titles: NameIndex::of_records(records.iter().map(title)),
            prefixes: records.iter().filter_map(id_prefix).collect(),
        }
    }
}

impl RecordIndex {
    /// Indexes `records`, which must be in log order.
    pub(in crate::model) fn new(records: &[Record]) -> Self {
        let files: Vec<String> = records.iter().map(|record| record.file.to_lowercase()).collect();
        let number_of = |record: &Record| record.number.as_ref().map(|number| number.value.value);
        let written_id = |record: &Record| compact(&record.id.as_ref()?.value);
        let width_of =
            |record: &Record| record.number.as_ref().map_or(0, |number| number.value.width);
        let title_of = |record: &Record| Some(record.title.as_ref()?.value.to_lowercase().into());
        let with_files = || records.iter().zip(&files);
        Self {
            stems: NameIndex::of_records(files.iter().map(|file| [stem(file).into()])),
            slugs: NameIndex::of_records(files.iter().map(|file| [slug_of(file).into()])),
            ids: NameIndex::of_records(
                with_files().map(|(record, file)| {
                    compact(stem(file)).into_iter().chain(written_id(record))
                }),
            ),
            numbers: NameIndex::of_records(records.iter().map(number_of)),
            bare_numbers: NameIndex::of_records(
                records.iter().map(|record| number_of(record).filter(|_| record.id.is_none())),
            ),
            prefixes: records.iter().filter_map(heading_prefix).collect(),
            titles: NameIndex::of_records(records.iter().map(title_of)),
            names: with_files()
                .map(|(record, file)| (slug_of(file).into(), width_of(record)))
                .collect(),
            query_names: OnceLock::new(),
            folder: LogFolder::of(records),
            files: NameIndex::of_records(files.iter().map(|file| [file.as_str().into()])),
        }
    }

    /// Returns the record that `reference` in `from` means.
    pub(in crate::model) fn resolve(
        &self,
        from: &Record,
        reference: &Reference,
    ) -> Option<RecordId> {
        let linked_record = reference.destination.as_deref().and_then(|destination| {
            self.alike(from, destination).or_else(|| self.addressed(destination))
        });
        linked_record.or_else(|| self.named(from, &reference.text))
    }

    /// Returns the record that a relation means by a web address: the one whose file has the name at its end.
    /// A relation always means a record; in running text an address only leads where it points.
    fn addressed(&self, destination: &str) -> Option<RecordId> {
        let path = path_of(destination).filter(|path| is_address(path))?;
        let stem = stem(path.trim_end_matches('/'));
        // A number alone would match every issue and pull request.
        self.stems.only(stem).filter(|_| !stem.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Returns the record that the path of a link in `from` leads to. A web address leads to none, and a path out
    /// of the log probably leads to a file of the same name in another log.
    pub(in crate::model) fn linked(&self, from: &Record, destination: &str) -> Option<RecordId> {
        if self.leads_out(from, destination) { None } else { self.alike(from, destination) }
    }

    /// Whether the path of a link in `from` leads out of the log, judged by the names of folders alone.
    pub(in crate::model) fn leads_out(&self, from: &Record, destination: &str) -> bool {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        self.folder.leads_out(&from.file, &url_decoded(path))
    }

    /// Whether the path of a link in a file outside of the log leads past the log.
    pub(in crate::model) fn leads_past(&self, from: &Path, destination: &str) -> bool {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        self.folder.leads_past(from, &url_decoded(path))
    }

    /// Returns the record whose file name is the end of the path, in any folder.
    fn alike(&self, from: &Record, destination: &str) -> Option<RecordId> {
        let path = path_of(destination).filter(|path| !is_address(path))?;
        let folder = from.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = join(&folder.to_lowercase(), &path);
        if let Some(id) = self.files.of(file.as_str()).next_back() {
            return Some(id);
        }
        let stem = stem(path.trim_end_matches('/'));
        let exact_match = self.stems.only(stem);
        let may_be_record = path.rsplit('/').next().is_some_and(is_document_name);
        exact_match.or_else(|| {
            if may_be_record {
                let by_number = || self.numbered(stem).filter(|id| self.is_kin(*id, stem));
                let by_slug = self.slugged(stem).filter(|id| !self.is_of(*id, from));
                by_slug.or_else(by_number)
            } else {
                None
            }
        })
    }

    /// Whether a file name with the record's number is probably an old name of the record, and not the name of another
    /// numbered document: it has a prefix, as many digits, no words, or a word in common.
    fn is_kin(&self, id: RecordId, stem: &str) -> bool {
        let Some((record_slug, number_width)) = self.names.get(id.0) else { return false };
        let digit_count = stem.bytes().take_while(u8::is_ascii_digit).count();
        let slug = slug(stem);
        let long_words = |slug: &str| -> Vec<String> {
            slug.split(['-', '_']).filter(|word| word.len() > 2).map(str::to_owned).collect()
        };
        let record_words = long_words(record_slug);
        digit_count == 0
            || digit_count == usize::from(*number_width)
            || slug.is_empty()
            || long_words(slug).iter().any(|word| record_words.contains(word))
    }

    /// Returns the record that running text in `from` means by `text`: an id, a number, a file name or a
    /// title.
    fn named(&self, from: &Record, name: &str) -> Option<RecordId> {
        let name = name.trim().to_lowercase();
        let with_same_prefix = || {
            let number = compact(&name).filter(|(prefix, _)| prefix.is_empty())?.1;
            let prefix = compact(&from.id.as_ref()?.value)?.0;
            self.ids.only(&(prefix, number))
        };
        self.stems
            .only(stem(&name))
            .or_else(with_same_prefix)
            .or_else(|| self.numbered(&name))
            .or_else(|| self.titles.only(name.as_str()))
            .or_else(|| self.slugged(stem(&name)).filter(|id| !self.is_of(*id, from)))
    }

    /// Whether `id` is `record` itself: no record refers to itself by a part of its name.
    fn is_of(&self, id: RecordId, record: &Record) -> bool {
        self.files.of(record.file.to_lowercase().as_str()).next_back() == Some(id)
    }

    /// The only record with the id or number at the start of `name`.
    fn numbered(&self, name: &str) -> Option<RecordId> {
        let (prefix, number) = compact(name)?;
        let has_plain_number = prefix.is_empty() || prefix == "adr";
        let names_decision =
            prefix.is_empty() || names_decisions(&prefix) || self.prefixes.contains(&prefix);
        self.ids
            .only(&(prefix, number))
            .or_else(|| self.bare_numbers.only(&number).filter(|_| names_decision))
            .or_else(|| self.numbers.only(&number).filter(|_| has_plain_number))
    }

    /// The only record whose file name without numbers is `name`.
    fn slugged(&self, name: &str) -> Option<RecordId> {
        let slug = slug(name);
        self.slugs.only(slug).filter(|_| slug.len() > 3)
    }
}

/// The extensions of a link to a record: of the file, or of a page made from it.
const EXTENSIONS: [&str; 6] = [".md", ".markdown", ".mdx", ".html", ".htm", ".adoc"];

/// Returns the path of a destination in lower case, without fragment and query.
fn path_of(destination: &str) -> Option<String> {
    let path = destination.split(['#', '?']).next().filter(|path| !path.is_empty())?;
    Some(url_decoded(path).to_lowercase())
}

/// Whether a path is a web address: with a scheme, or with the scheme of the page (`//host`).
fn is_address(path: &str) -> bool {
    path.contains("://") || path.starts_with("//")
}

/// Whether a link to `name` may lead to a record: it has the extension of a page, or none.
fn is_document_name(name: &str) -> bool {
    EXTENSIONS.iter().any(|extension| name.ends_with(extension)) || !name.contains('.')
}

/// Returns the last part of a path without extension; for `x/readme.md` and `x/index.md`, `x`.
pub(super) fn stem(path: &str) -> &str {
    naming(path).of(path)
}

/// Returns a file name without its folder, number and extension.
pub(crate) fn slug_of(file: &str) -> &str {
    slug(stem(file))
}

/// Returns a file name without the id, date or number at its start.
pub(super) fn slug(stem: &str) -> &str {
    FileName::read(stem).slug()
}

/// Returns the prefix and the number at the start of `name`: `("arch", 3)` for `ARCH-0003-x`.
pub(super) fn compact(name: &str) -> Option<(String, u32)> {
    let number_start = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, from_number) = name.split_at(number_start);
    let number_end = from_number.find(|c: char| !c.is_ascii_digit()).unwrap_or(from_number.len());
    let number = from_number.get(..number_end)?.parse().ok()?;
    let prefix = prefix.trim_end_matches(['-', '_', ' ', '#', '/']).to_lowercase();
    is_prefix(&prefix).then_some((prefix, number))
}

/// Returns the prefix before the number in the heading of a record: `TEP-0012: Use X`.
fn heading_prefix(record: &Record) -> Option<String> {
    let heading = record.title.as_ref()?.span?.of(record.text());
    let (prefix, number) = compact(heading)?;
    let record_number = record.number.as_ref()?.value.value;
    (record_number == number && !prefix.is_empty()).then_some(prefix)
}

/// Whether a prefix is one for decisions, and not for other documents, as `REQ` and `STD` are.
fn names_decisions(prefix: &str) -> bool {
    const WORDS: [&str; 13] = [
        "adr", "adrs", "ladr", "madr", "dr", "tdr", "pdr", "edr", "add", "ad", "decision",
        "record", "log",
    ];
    prefix.split(['-', '_', ' ', '#']).any(|word| WORDS.contains(&word))
}

/// Whether the text before a number can be the prefix of an id: up to three short words.
fn is_prefix(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty()).collect();
    words.len() <= 3
        && words
            .iter()
            .all(|word| word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Returns `path`, written in `folder`, as seen from the same place as `folder`, without `.` and `..`.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut path_parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path_parts.pop();
            }
            part => path_parts.push(part),
        }
    }
    path_parts.join("/")
}
