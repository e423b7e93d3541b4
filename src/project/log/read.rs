//! Reads the files of a log, in parallel.

use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator,
};
use rayon::slice::ParallelSliceMut;
use walkdir::{DirEntry, WalkDir};

use super::config::Config;
use crate::format::{Recognised, Words, is_plainly_record, recognise};
use crate::model::{DateStatement, Log, Record, SkipReason, Skipped, file_order, translations};
use crate::project::conventions::{has_extension, is_candidate, is_markdown, is_of_tools};
use crate::project::disk::{Denied, MAX_FILE, read_regular, read_start};
use crate::project::path_policy::Boundary;
use crate::project::write::{Manifest, is_site};
use crate::text::{Rewritten, Source, path_in, with_line_feeds};
use crate::{Error, Result};

/// A file that may be a record.
struct Candidate {
    path: PathBuf,
    /// Relative to the log, with `/`.
    file: String,
    kind: FileKind,
}

/// What a name in the log refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Regular,
    Link,
    /// A device, a pipe or a socket.
    Special,
}

/// A text that is not saved yet, such as the buffer of an editor.
pub(in crate::project) struct UnsavedFile {
    /// The file that it belongs to, relative to the log, with `/`. It need not exist.
    pub file: String,
    /// The whole text.
    pub bytes: Vec<u8>,
}

/// How much of each record is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::project) enum Extent {
    /// All of it.
    Whole,
    /// What its fields need: see [`Record::abridge`].
    Fields,
}

/// Reads every file below `folder`. `unsaved` replaces one of them.
///
/// # Errors
///
/// If the folder itself cannot be listed. A file that cannot be read is still a record.
pub(in crate::project) fn read_log(
    folder: &Path,
    config: &Config,
    extent: Extent,
    unsaved: Option<UnsavedFile>,
) -> Result<Log> {
    let (words, listing) = rayon::join(|| config.words(), || list_candidates(folder));
    let (mut candidates, skipped) = listing?;
    let boundary = Boundary::around(folder);
    let unsaved = unsaved.map(|unsaved| {
        candidates.retain(|candidate| candidate.file != unsaved.file);
        let source = Source::decode(path_in(folder, &unsaved.file), unsaved.bytes);
        recognise(source, &unsaved.file, &words)
    });
    let read = |candidate: Candidate| {
        let source = read_source(&candidate, &boundary);
        abridged(recognise(source, &candidate.file, &words), extent)
    };
    let mut recognised: Vec<Recognised> = candidates.into_par_iter().map(read).collect();
    recognised.extend(unsaved);
    Ok(collect_log(recognised, skipped))
}

/// Drops what `extent` does not keep.
fn abridged(mut recognised: Recognised, extent: Extent) -> Recognised {
    if let Recognised::Record(record) = &mut recognised
        && extent == Extent::Fields
    {
        record.abridge();
    }
    recognised
}

/// The records below `folder`, in the order of the log. For most files, the first bytes are enough to decide.
///
/// # Errors
///
/// As [`read_log`].
pub(in crate::project) fn read_files(
    folder: &Path,
    config: &Config,
) -> Result<(Vec<PathBuf>, Vec<Skipped>)> {
    let (words, listing) = rayon::join(|| config.words(), || list_candidates(folder));
    let (candidates, skipped) = listing?;
    let boundary = Boundary::around(folder);
    let is_record = |candidate: &Candidate| {
        starts_like_record(candidate, &words) || {
            let source = read_source(candidate, &boundary);
            matches!(recognise(source, &candidate.file, &words), Recognised::Record(_))
        }
    };
    let records: Vec<Candidate> = candidates.into_par_iter().filter(is_record).collect();
    let translated_files = translations(records.iter().map(|record| record.file.as_str()));
    let records = records.into_iter().filter(|record| !translated_files.contains(&record.file));
    Ok((records.map(|record| record.path).collect(), skipped))
}

/// The number of bytes that contain nearly every title.
const START_LENGTH: usize = 4096;

/// Whether the start of a file leaves no doubt that it is a record.
fn starts_like_record(candidate: &Candidate, words: &Words) -> bool {
    let mut buffer = [0; START_LENGTH];
    let bytes = match candidate.kind {
        FileKind::Regular => read_start(&candidate.path, &mut buffer).unwrap_or_default(),
        FileKind::Link | FileKind::Special => return false,
    };
    let text_start = match str::from_utf8(bytes) {
        Ok(text) => text,
        // The buffer may end within a character.
        Err(error) if error.error_len().is_none() => {
            let valid_bytes = bytes.get(..error.valid_up_to()).unwrap_or_default();
            str::from_utf8(valid_bytes).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let with_feeds = with_line_feeds(text_start);
    is_plainly_record(with_feeds.as_deref().unwrap_or(text_start), &candidate.file, words)
}

/// The records of `log` in `folder`, some of them with the texts and names in `texts`.
pub(in crate::project) fn reread(
    (folder, log): (&Path, &Log),
    words: &Words,
    texts: &BTreeMap<PathBuf, Rewritten>,
) -> Log {
    let read_changed = |record: &Record| {
        let rewritten = texts.get(record.source.path())?;
        let source = Source::new(&rewritten.path, rewritten.text.as_str());
        Some(recognise(source, &relative(folder, &rewritten.path), words))
    };
    let changed: Vec<Option<Recognised>> = log.records().par_iter().map(read_changed).collect();
    // Ambiguous dates of all records are read in the order that any record of the log shows. If that record changes,
    // the others must be read again, because they do not keep the date as written.
    let changes_date_order = log.records().iter().zip(&changed).any(|(old, new)| match new {
        Some(Recognised::Record(new)) => shows_date_order(old) || shows_date_order(new),
        Some(Recognised::Skipped(_)) => shows_date_order(old),
        None => false,
    });
    let current = |(record, new): (&Record, Option<Recognised>)| match new {
        Some(new) => new,
        None if changes_date_order => recognise(record.source.clone(), &record.file, words),
        None => Recognised::Record(record.clone()),
    };
    let recognised: Vec<Recognised> = log.records().par_iter().zip(changed).map(current).collect();
    collect_log(recognised, log.skipped().to_vec())
}

/// Whether the date of the record shows in which order the log writes days and months.
fn shows_date_order(record: &Record) -> bool {
    record.date.as_ref().is_some_and(|date| matches!(date.value, DateStatement::InOrder { .. }))
}

fn collect_log(recognised: Vec<Recognised>, mut skipped: Vec<Skipped>) -> Log {
    // Collecting from an owned iterator reuses the memory, which matters for a large log.
    let records = recognised.into_iter().filter_map(|one| match one {
        Recognised::Record(record) => Some(record),
        Recognised::Skipped(one) => {
            skipped.push(one);
            None
        }
    });
    Log::new(records.collect(), skipped)
}

/// The text of the file; a source without text if it cannot be read.
fn read_source(candidate: &Candidate, boundary: &Boundary) -> Source {
    let bytes = match candidate.kind {
        FileKind::Regular => read_regular(&candidate.path, MAX_FILE),
        FileKind::Link => boundary.read(&candidate.path, MAX_FILE),
        FileKind::Special => Err(Denied::NotRegular.into()),
    };
    match bytes {
        Ok(bytes) => Source::decode(&candidate.path, bytes),
        Err(error) => Source::unreadable(&candidate.path, error.to_string()),
    }
}

/// The names and texts of the files in `folder`, sorted; none if there is no such folder.
///
/// # Errors
///
/// If one of them cannot be read, or leads out of the project.
pub(in crate::project) fn read_templates(
    boundary: &Boundary,
    folder: &Path,
) -> Result<Vec<(String, String)>> {
    let mut templates = Vec::new();
    if !folder.is_dir() {
        return Ok(templates);
    }
    for entry in WalkDir::new(folder).max_depth(1).sort_by_file_name() {
        let Ok(entry) = entry else { continue };
        let Some(name) = entry.file_name().to_str().filter(|_| !entry.file_type().is_dir()) else {
            continue;
        };
        let text = boundary
            .read_text(entry.path())
            .map_err(|source| Error::Read { path: entry.path().to_owned(), source })?;
        templates.push((name.to_owned(), text));
    }
    Ok(templates)
}

/// The files of a log, sorted into candidates and others.
#[derive(Default)]
struct Listing {
    candidates: Vec<Candidate>,
    skipped: Vec<Skipped>,
    /// The built sites in the log, which hold copies of records: their folders and manifests.
    sites: Vec<(PathBuf, Manifest)>,
}

/// The files that may be records, in the order of the log, and those in other markup languages. Hidden files and
/// folders, and everything in `templates`, belong to tools.
///
/// # Errors
///
/// If the folder cannot be listed.
fn list_candidates(folder: &Path) -> Result<(Vec<Candidate>, Vec<Skipped>)> {
    let mut listing = Listing::default();
    let entries = WalkDir::new(folder).min_depth(1).into_iter().filter_entry(|entry| {
        !is_of_tools(&entry.file_name().to_string_lossy(), entry.file_type().is_dir())
    });
    for entry in entries {
        match entry {
            Ok(entry) => listing.add(folder, entry),
            Err(error) if error.depth() == 0 => {
                let path = folder.to_owned();
                return Err(Error::Read { path, source: error.into() });
            }
            // A subfolder that cannot be listed is reported like a file that cannot be read.
            Err(error) => {
                let file = error.path().map(|path| relative(folder, path));
                let skipped = file.map(|file| Skipped { file, reason: SkipReason::Unreadable });
                listing.skipped.extend(skipped);
            }
        }
    }
    let Listing { mut candidates, skipped, .. } = listing;
    // Sorted in parallel here, because the log sorts its records on one thread.
    candidates.par_sort_by(|a, b| file_order(&a.file, &b.file));
    Ok((candidates, skipped))
}

impl Listing {
    fn add(&mut self, folder: &Path, entry: DirEntry) {
        let file = relative(folder, entry.path());
        if entry.file_type().is_dir() {
            if is_site(entry.path()) {
                let manifest = Manifest::read(entry.path()).unwrap_or_default();
                self.sites.push((entry.into_path(), manifest));
                self.skipped.push(Skipped { file, reason: SkipReason::Site });
            }
            return;
        }
        if self.is_of_site(entry.path()) {
            return;
        }
        let kind = file_kind(entry.file_type());
        if kind == FileKind::Link && is_markdown(&file) && leads_into(folder, entry.path()) {
            self.skipped.push(Skipped { file, reason: SkipReason::Alias });
        } else if is_markdown(&file) {
            let path = entry.into_path();
            // Paths in a log in the working directory are shown without `./`.
            let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
            self.candidates.push(Candidate { path, file, kind });
        } else if has_extension(&file, &["adoc", "asciidoc", "rst"]) {
            self.skipped.push(Skipped { file, reason: SkipReason::Markup });
        }
    }

    /// Whether the manifest of a site lists the file.
    fn is_of_site(&self, path: &Path) -> bool {
        self.sites.iter().any(|(folder, manifest)| {
            let site_path = path.strip_prefix(folder).ok().and_then(Path::to_str);
            let site_path = site_path.map(|path| path.replace(MAIN_SEPARATOR, "/"));
            site_path.is_some_and(|path| manifest.files.contains_key(&path))
        })
    }
}

fn file_kind(file_type: std::fs::FileType) -> FileKind {
    match file_type {
        file_type if file_type.is_file() => FileKind::Regular,
        file_type if file_type.is_symlink() => FileKind::Link,
        _ => FileKind::Special,
    }
}

/// Whether the link leads to a file that is read by its own name.
fn leads_into(folder: &Path, link: &Path) -> bool {
    let (Ok(folder), Ok(target)) = (folder.canonicalize(), link.canonicalize()) else {
        return false;
    };
    let target = target.strip_prefix(folder).map(|target| target.to_string_lossy().into_owned());
    target.is_ok_and(|target| is_candidate(&target.replace(MAIN_SEPARATOR, "/")))
}

/// `path`, which begins with `folder`, relative to it and with `/` between its parts. Characters that are not Unicode
/// are replaced.
fn relative(folder: &Path, path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_without_dot = folder == Path::new(".") && !path.starts_with(".");
    let prefix_length = if is_without_dot { 0 } else { folder.as_os_str().len() };
    let relative_path = String::from_utf8_lossy(bytes.get(prefix_length..).unwrap_or_default());
    let relative_path = relative_path.trim_start_matches(MAIN_SEPARATOR);
    if MAIN_SEPARATOR == '/' {
        relative_path.to_owned()
    } else {
        relative_path.replace(MAIN_SEPARATOR, "/")
    }
}
