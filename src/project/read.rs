//! The files of a log, read in parallel.

use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator,
};
use rayon::slice::ParallelSliceMut;
use walkdir::WalkDir;

use super::Config;
use super::manifest::{self, Manifest};
use super::path_policy::{Boundary, Denied, MAX_FILE, read_regular, read_start};
use crate::format::{Recognised, Words, is_plainly_record, recognise};
use crate::model::{DateStatement, Log, Record, SkipReason, Skipped, file_order, translations};
use crate::text::{Rewritten, Source, path_in, with_line_feeds};
use crate::{Error, Result};

/// A file that may be a record.
struct Candidate {
    path: PathBuf,
    /// Relative to the log, with `/`.
    file: String,
    kind: FileKind,
}

/// What a name of the log is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Regular,
    Link,
    /// A device, a pipe or a socket.
    Special,
}

/// A text that no file holds yet, such as that of an editor.
pub(super) struct Unsaved {
    /// The file that it belongs to, relative to the log, with `/`; it need not be there.
    pub file: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// How much of each record is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// What its fields need: see [`Record::abridge`].
    Fields,
}

/// Reads every file below `folder`, and `unsaved` in the place of one.
///
/// # Errors
///
/// Where the folder itself cannot be listed. A file that cannot be read is a record all the same.
pub(super) fn log(
    folder: &Path,
    config: &Config,
    extent: Extent,
    unsaved: Option<Unsaved>,
) -> Result<Log> {
    let (words, found) = rayon::join(|| words(config), || candidates(folder));
    let (mut candidates, skipped) = found?;
    let boundary = Boundary::around(folder);
    let unsaved = unsaved.map(|one| {
        candidates.retain(|other| other.file != one.file);
        recognise(Source::decode(path_in(folder, &one.file), one.bytes), &one.file, &words)
    });
    let mut read: Vec<Recognised> = candidates
        .into_par_iter()
        .map(|one| kept(recognise(source(&one, &boundary), &one.file, &words), extent))
        .collect();
    read.extend(unsaved);
    Ok(collected(read, skipped))
}

/// As much of what was read as is to be kept.
fn kept(mut read: Recognised, extent: Extent) -> Recognised {
    if let Recognised::Record(record) = &mut read
        && extent == Extent::Fields
    {
        record.abridge();
    }
    read
}

/// The files below `folder` that are records, in the order of the log. Of most, the beginning tells.
///
/// # Errors
///
/// As [`log`].
pub(super) fn files(folder: &Path, config: &Config) -> Result<(Vec<PathBuf>, Vec<Skipped>)> {
    let (words, found) = rayon::join(|| words(config), || candidates(folder));
    let (candidates, skipped) = found?;
    let boundary = Boundary::around(folder);
    let is_record = |one: &Candidate| {
        let whole = || recognise(source(one, &boundary), &one.file, &words);
        begins_record(one, &words) || matches!(whole(), Recognised::Record(_))
    };
    let records: Vec<Candidate> = candidates.into_par_iter().filter(is_record).collect();
    let others = translations(records.iter().map(|one| one.file.as_str()));
    let records = records.into_iter().filter(|one| !others.contains(&one.file));
    Ok((records.map(|one| one.path).collect(), skipped))
}

/// Whether the beginning of a file leaves no doubt that it is a record.
fn begins_record(one: &Candidate, words: &Words) -> bool {
    let mut room = [0; BEGINNING];
    let read = match one.kind {
        FileKind::Regular => read_start(&one.path, &mut room).unwrap_or_default(),
        FileKind::Link | FileKind::Special => return false,
    };
    let beginning = match str::from_utf8(read) {
        Ok(text) => text,
        // The last character may go on.
        Err(error) if error.error_len().is_none() => {
            let whole = read.get(..error.valid_up_to()).unwrap_or_default();
            str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let read = with_line_feeds(beginning);
    is_plainly_record(read.as_deref().unwrap_or(beginning), &one.file, words)
}

/// The records of `log` in `folder`, some of them read from other texts than their files hold, and under other names.
pub(super) fn again(
    (folder, log): (&Path, &Log),
    words: &Words,
    texts: &BTreeMap<PathBuf, Rewritten>,
) -> Log {
    let reread = |record: &Record| {
        let new = texts.get(record.source.path())?;
        let source = Source::new(&new.path, new.text.as_str());
        Some(recognise(source, &relative(folder, &new.path), words))
    };
    let changed: Vec<Option<Recognised>> = log.records().par_iter().map(reread).collect();
    let both = log.records().iter().zip(&changed);
    // How other records read their dates depends on it, and they have forgotten what is written.
    let is_unsettled = both.into_iter().any(|(old, new)| match new {
        Some(Recognised::Record(new)) => settles_dates(old) || settles_dates(new),
        Some(Recognised::Skipped(_)) => settles_dates(old),
        None => false,
    });
    let now = |(record, new): (&Record, Option<Recognised>)| match new {
        Some(new) => new,
        None if is_unsettled => recognise(record.source.clone(), &record.file, words),
        None => Recognised::Record(record.clone()),
    };
    let read: Vec<Recognised> = log.records().par_iter().zip(changed).map(now).collect();
    collected(read, log.skipped().to_vec())
}

/// Whether the date of the record shows in which order the log writes days and months.
fn settles_dates(record: &Record) -> bool {
    record.date.as_ref().is_some_and(|date| matches!(date.value, DateStatement::InOrder { .. }))
}

/// The words of the field, and those of the team.
fn words(config: &Config) -> Words {
    Words::new(config.status.words.iter().map(|(word, meaning)| (word.as_str(), meaning.0)))
}

fn collected(read: Vec<Recognised>, mut skipped: Vec<Skipped>) -> Log {
    // The records of a large log are moved within the memory that they are in.
    let records = read.into_iter().filter_map(|one| match one {
        Recognised::Record(record) => Some(record),
        Recognised::Skipped(one) => {
            skipped.push(one);
            None
        }
    });
    Log::new(records.collect(), skipped)
}

/// The text of the file, whatever is wrong with it.
fn source(one: &Candidate, boundary: &Boundary) -> Source {
    let bytes = match one.kind {
        FileKind::Regular => read_regular(&one.path, MAX_FILE),
        FileKind::Link => boundary.read(&one.path, MAX_FILE),
        FileKind::Special => Err(Denied::NotRegular.into()),
    };
    match bytes {
        Ok(bytes) => Source::decode(&one.path, bytes),
        Err(error) => Source::unreadable(&one.path, error.to_string()),
    }
}

/// In how many bytes nearly every title is.
const BEGINNING: usize = 4096;

/// The names and texts of the files in `folder`, sorted; none if there is no such folder.
///
/// # Errors
///
/// If one of them cannot be read, or leads out of the project.
pub(super) fn templates(boundary: &Boundary, folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in WalkDir::new(folder).max_depth(1).sort_by_file_name() {
        let Ok(entry) = entry else { continue };
        let Some(name) = entry.file_name().to_str().filter(|_| !entry.file_type().is_dir()) else {
            continue;
        };
        let text = boundary
            .read_text(entry.path())
            .map_err(|source| Error::Read { path: entry.path().to_owned(), source })?;
        found.push((name.to_owned(), text));
    }
    Ok(found)
}

/// The built sites below a log, which hold copies of records: each with what it lists.
#[derive(Default)]
struct Sites(Vec<(PathBuf, Manifest)>);

impl Sites {
    /// Whether a site says that it made this file.
    fn made(&self, path: &Path) -> bool {
        self.0.iter().any(|(folder, manifest)| {
            let below = path.strip_prefix(folder).ok().and_then(Path::to_str);
            let below = below.map(|below| below.replace(MAIN_SEPARATOR, "/"));
            below.is_some_and(|below| manifest.files.contains_key(&below))
        })
    }
}

/// The files that may be records, and those whose language we do not read. Hidden files and
/// folders, and everything below `templates`, belong to tools.
fn candidates(folder: &Path) -> Result<(Vec<Candidate>, Vec<Skipped>)> {
    let (mut candidates, mut skipped) = (Vec::new(), Vec::new());
    let mut sites = Sites::default();
    let walk = WalkDir::new(folder).min_depth(1).into_iter().filter_entry(|entry| {
        !is_passed_over(&entry.file_name().to_string_lossy(), entry.file_type().is_dir())
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                let path = folder.to_owned();
                return Err(Error::Read { path, source: error.into() });
            }
            // A folder below the log that cannot be listed is shown as a file that cannot be read.
            Err(error) => {
                if let Some(path) = error.path() {
                    skipped.push(Skipped {
                        file: relative(folder, path),
                        reason: SkipReason::Unreadable,
                    });
                }
                continue;
            }
        };
        let file = relative(folder, entry.path());
        if entry.file_type().is_dir() {
            if manifest::is_in(entry.path()) {
                let listed = Manifest::read(entry.path()).unwrap_or_default();
                sites.0.push((entry.into_path(), listed));
                skipped.push(Skipped { file, reason: SkipReason::Site });
            }
            continue;
        }
        if sites.made(entry.path()) {
            continue;
        }
        let kind = kind(entry.file_type());
        if kind == FileKind::Link && is_markdown(&file) && leads_into(folder, entry.path()) {
            skipped.push(Skipped { file, reason: SkipReason::Alias });
        } else if is_markdown(&file) {
            let path = entry.into_path();
            // Of a log in the working directory only the names are shown.
            let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
            candidates.push(Candidate { path, file, kind });
        } else if has_extension(&file, &["adoc", "asciidoc", "rst"]) {
            skipped.push(Skipped { file, reason: SkipReason::Markup });
        }
    }
    // Now, because what is in order already costs the log nothing to put in order.
    candidates.par_sort_by(|a, b| file_order(&a.file, &b.file));
    Ok((candidates, skipped))
}

fn kind(kind: std::fs::FileType) -> FileKind {
    match kind {
        kind if kind.is_file() => FileKind::Regular,
        kind if kind.is_symlink() => FileKind::Link,
        _ => FileKind::Special,
    }
}

/// Whether the link leads to a file that is read by its own name.
fn leads_into(folder: &Path, link: &Path) -> bool {
    let (Ok(folder), Ok(target)) = (folder.canonicalize(), link.canonicalize()) else {
        return false;
    };
    let below = target.strip_prefix(folder).map(|below| below.to_string_lossy().into_owned());
    below.is_ok_and(|below| is_candidate(&below.replace(MAIN_SEPARATOR, "/")))
}

/// Whether a file or folder of this name belongs to tools.
fn is_passed_over(name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || is_folder && matches!(name, "templates" | "node_modules")
}

/// Whether the file at this path below the log would have been read with it.
pub(super) fn is_candidate(file: &str) -> bool {
    let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
    let passed = folders.split('/').any(|folder| is_passed_over(folder, true));
    !passed && !is_passed_over(name, false) && is_markdown(name)
}

fn is_markdown(file: &str) -> bool {
    has_extension(file, &["md", "markdown", "mdx"])
}

/// Whether the name ends in one of the `extensions`, in letters of either case.
fn has_extension(file: &str, extensions: &[&str]) -> bool {
    let found = file.rsplit_once('.').map(|(_, extension)| extension);
    found.is_some_and(|found| extensions.iter().any(|one| found.eq_ignore_ascii_case(one)))
}

/// `path`, which begins with `folder`, without it and with `/` between its parts; characters that are
/// no Unicode replaced.
fn relative(folder: &Path, path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_plain = folder == Path::new(".") && !path.starts_with(".");
    let from = if is_plain { 0 } else { folder.as_os_str().len() };
    let below = bytes.get(from..).unwrap_or_default();
    let below = String::from_utf8_lossy(below);
    let below = below.trim_start_matches(MAIN_SEPARATOR);
    if MAIN_SEPARATOR == '/' { below.to_owned() } else { below.replace(MAIN_SEPARATOR, "/") }
}
