//! The files of a log, read in parallel.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

use super::Config;
use super::site::MANIFEST;
use crate::format::{Recognised, Words, recognise};
use crate::model::{Log, SkipReason, Skipped};
use crate::text::Source;
use crate::{Error, Result};

/// A file that may be a record.
struct Candidate {
    path: PathBuf,
    /// Relative to the log, with `/`.
    file: String,
}

/// Reads every file below `folder`.
///
/// # Errors
///
/// Where the folder itself cannot be listed. A file that cannot be read is a record all the same.
pub(super) fn log(folder: &Path, config: &Config) -> Result<Log> {
    let words = words(config);
    let (candidates, skipped) = candidates(folder)?;
    let read: Vec<Recognised> = candidates
        .into_par_iter()
        .map(|one| recognise(source(&one.path), &one.file, &words))
        .collect();
    Ok(collected(read, skipped))
}

/// The records of `log` read anew, some of them from other texts than their files hold.
pub(super) fn again(log: &Log, config: &Config, texts: &BTreeMap<PathBuf, String>) -> Log {
    let words = words(config);
    let read: Vec<Recognised> = log
        .records()
        .par_iter()
        .map(|record| {
            let source = match texts.get(record.source.path()) {
                Some(text) => Source::new(record.source.path(), text.as_str()),
                None => record.source.clone(),
            };
            recognise(source, &record.file, &words)
        })
        .collect();
    collected(read, log.skipped().to_vec())
}

/// The words of the field, and those of the team.
fn words(config: &Config) -> Words {
    Words::new(config.status.words.iter().map(|(word, meaning)| (word.as_str(), meaning.0)))
}

fn collected(read: Vec<Recognised>, mut skipped: Vec<Skipped>) -> Log {
    let mut records = Vec::with_capacity(read.len());
    for one in read {
        match one {
            Recognised::Record(record) => records.push(*record),
            Recognised::Skipped(one) => skipped.push(one),
        }
    }
    Log::new(records, skipped)
}

/// The text of the file at `path`, whatever is wrong with it.
fn source(path: &Path) -> Source {
    match fs::read(path) {
        Ok(bytes) => Source::decode(path, bytes),
        Err(error) => Source::unreadable(path, error.to_string()),
    }
}

/// The names and texts of the files in `folder`, sorted; none where there is no such folder.
pub(super) fn templates(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in WalkDir::new(folder).max_depth(1).sort_by_file_name() {
        let Ok(entry) = entry else { continue };
        let Some(name) = entry.file_name().to_str().filter(|_| !entry.file_type().is_dir()) else {
            continue;
        };
        let text = fs::read_to_string(entry.path())
            .map_err(|source| Error::Read { path: entry.path().to_owned(), source })?;
        found.push((name.to_owned(), text));
    }
    Ok(found)
}

/// The files that may be records, and those whose language we do not read. Hidden files and
/// folders, and everything below `templates`, belong to tools.
fn candidates(folder: &Path) -> Result<(Vec<Candidate>, Vec<Skipped>)> {
    let (mut candidates, mut skipped) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let folder = entry.file_type().is_dir();
        // A site that we made holds copies of records.
        if folder && entry.path().join(MANIFEST).exists() {
            return false;
        }
        !(name.starts_with('.') || folder && matches!(&*name, "templates" | "node_modules"))
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
        if entry.file_type().is_dir() {
            continue;
        }
        let file = relative(folder, entry.path());
        match extension(&file).as_str() {
            extension if is_markdown(extension) => {
                candidates.push(Candidate { path: entry.into_path(), file });
            }
            "adoc" | "asciidoc" | "rst" => {
                skipped.push(Skipped { file, reason: SkipReason::Markup });
            }
            _ => {}
        }
    }
    Ok((candidates, skipped))
}

/// Whether a file or folder of this name belongs to tools.
fn is_passed_over(name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || is_folder && matches!(name, "templates" | "node_modules")
}

/// Whether the file at this path below the log would have been read with it.
pub(super) fn is_candidate(file: &str) -> bool {
    let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
    let passed = folders.split('/').any(|folder| is_passed_over(folder, true));
    !passed && !is_passed_over(name, false) && is_markdown(&extension(name))
}

fn is_markdown(extension: &str) -> bool {
    matches!(extension, "md" | "markdown" | "mdx")
}

fn extension(file: &str) -> String {
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// `path` below `folder`, with `/` between its parts; characters that are no Unicode replaced.
fn relative(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
