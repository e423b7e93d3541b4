//! Where links lead, as far as the log and the names in folders tell. Opens no file.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::NamesIn;
use crate::model::{Log, Record, RecordId};
use crate::text::url_decoded;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To another place in the same file.
    Here,
    /// To the file of a record.
    Record(RecordId),
    /// To a file or folder that is there and no record.
    File,
    /// Nowhere: there is no such file.
    Missing,
    /// To a file whose name differs in upper and lower case: `name` is the right one.
    OtherCase {
        /// The last part of the path, as the file is called.
        name: String,
    },
    /// Out of the repository, to a page made from it, or to where nobody may look.
    Unknown,
}

/// The files of the log, and what is known of those beside it.
pub(super) struct Files<'a> {
    records: HashMap<&'a str, RecordId>,
    /// Files of the log that are no records, and every folder in it.
    others: HashSet<&'a str>,
    /// All of these, in lower case.
    lower: HashMap<String, &'a str>,
    /// The name of the log's folder, for links that leave it and come back.
    name: Option<String>,
    names_in: &'a NamesIn<'a>,
}

impl<'a> Files<'a> {
    pub(super) fn new(log: &'a Log, folder: &Path, names_in: &'a NamesIn<'a>) -> Self {
        let mut files = Self {
            records: HashMap::new(),
            others: HashSet::new(),
            lower: HashMap::new(),
            name: folder.file_name().map(|name| name.to_string_lossy().into_owned()),
            names_in,
        };
        for (id, record) in log.iter() {
            files.records.insert(&record.file, id);
            files.add_name(&record.file);
        }
        for skipped in log.skipped() {
            files.others.insert(&skipped.file);
            files.add_name(&skipped.file);
        }
        files
    }

    fn add_name(&mut self, file: &'a str) {
        self.lower.insert(file.to_lowercase(), file);
        for (slash, _) in file.match_indices('/') {
            self.others.extend(file.get(..slash));
        }
    }

    pub(super) fn id(&self, file: &str) -> Option<RecordId> {
        self.records.get(file).copied()
    }

    /// Whether the path leaves the folder of the log, so that a number in it is that of another one.
    pub(super) fn leads_out(&self, from: &Record, destination: &str) -> bool {
        self.path(from, destination).is_none_or(|path| path.starts_with(".."))
    }

    /// The path that a link leads to, relative to the log; `None` for one that leads elsewhere.
    pub(super) fn path(&self, from: &Record, destination: &str) -> Option<String> {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() || is_elsewhere(path) {
            return None;
        }
        let folder = from.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.join(folder, &url_decoded(path))
    }

    pub(super) fn target(&self, from: &Record, destination: &str) -> Target {
        if destination.starts_with('#') {
            return Target::Here;
        }
        let Some(path) = self.path(from, destination) else { return Target::Unknown };
        if let Some(id) = self.id(&path) {
            return Target::Record(id);
        }
        if path.is_empty() || self.others.contains(path.as_str()) {
            return Target::File;
        }
        if let Some(file) = self.lower.get(&path.to_lowercase()) {
            let name = file.rsplit('/').next().unwrap_or(file).to_owned();
            return Target::OtherCase { name };
        }
        self.by_name(&path)
    }

    /// What the names in its folder say of a path that leads to none of the log's files.
    fn by_name(&self, path: &str) -> Target {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // Names without extension, and of pages, are addresses of the site that is made of the
        // text: only a file that is there says anything.
        let judged = has_extension(name) && !is_page(name);
        match (self.names_in)(folder) {
            Some(names) if names.contains(name) || name == ".." => Target::File,
            Some(_) if !judged => Target::Unknown,
            Some(names) => match names.in_any_case(name) {
                Some(other) => Target::OtherCase { name: other.to_owned() },
                None => Target::Missing,
            },
            None if judged && is_markdown(name) && is_read(path) => Target::Missing,
            None => Target::Unknown,
        }
    }

    /// `path` as seen from `folder`, relative to the log and without `.` and `..` but at the
    /// front; `None` for one that only the root of a site can tell.
    fn join(&self, folder: &str, path: &str) -> Option<String> {
        if path.starts_with(['/', '\\']) {
            return None;
        }
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => {
                    // Out of the log and in again by its name.
                    if parts == [".."] && Some(part) == self.name.as_deref() {
                        parts.pop();
                    } else {
                        parts.push(part);
                    }
                }
            }
        }
        Some(parts.join("/"))
    }
}

/// Whether the destination is no path: an address with a scheme, or words of a template engine.
fn is_elsewhere(path: &str) -> bool {
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme || path.contains("//") || path.contains(['{', '}', '<', '>', '$', '*', '\n'])
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(before, after)| {
        let digits = after.bytes().all(|byte| byte.is_ascii_digit());
        !before.is_empty() && !after.is_empty() && after.len() <= 8 && !digits
    })
}

fn is_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".html", ".htm", ".php", ".aspx"].iter().any(|extension| name.ends_with(extension))
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".mdx"].iter().any(|extension| name.ends_with(extension))
}

/// Whether a file at `path` would have been read with the log: it lies in it, and neither hidden
/// nor below a folder that is passed over.
fn is_read(path: &str) -> bool {
    let passed_over =
        |part: &str| part.starts_with('.') || matches!(part, "templates" | "node_modules");
    !path.split('/').any(passed_over)
}
