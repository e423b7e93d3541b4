//! Another name for the file of a record, or for the folder that names it, and the places in texts
//! where the old one stands.

use std::path::PathBuf;

use super::name_search::{Named, Names};
use crate::format::naming;
use crate::model::Record;
use crate::text::{Change, Edit, link_path, url_path};
use crate::{Refusal, Result};

/// A record whose file gets another name.
pub(crate) struct Renaming {
    from: PathBuf,
    to: PathBuf,
    /// What moves, where that is not the file itself.
    folder: Option<(PathBuf, PathBuf)>,
    file: String,
    /// The old name as texts write it, and what becomes of it.
    names: Vec<(String, String)>,
}

/// How links write a name: with letters of all scripts, with ASCII alone, with nothing but blanks encoded.
const SPELLINGS: [fn(&str) -> String; 3] = [link_path, url_path, |name| name.replace(' ', "%20")];

impl Renaming {
    /// `record` under the name `name`: its file's without extension, or its folder's.
    pub(crate) fn new(record: &Record, name: &str) -> Self {
        let at = naming(&record.file);
        let old = at.of(&record.file);
        let (before, after) = (record.file.get(..at.start), record.file.get(at.end..));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let from = record.source.path().to_owned();
        let (to, folder) = match from.parent().filter(|_| after.starts_with('/')) {
            Some(parent) => {
                let new = parent.with_file_name(name);
                (new.join(record.file_name()), Some((parent.to_owned(), new)))
            }
            None => (from.with_file_name(format!("{name}{after}")), None),
        };
        let (old, new) = match after {
            _ if is_distinctive(old) => (old.to_owned(), name.to_owned()),
            // Such as `12` or `cache`, which occur for other reasons, too.
            after => (format!("{old}{after}"), format!("{name}{after}")),
        };
        let mut names = vec![(old.clone(), new.clone())];
        for spelled in SPELLINGS {
            let pair = (spelled(&old), spelled(&new));
            if names.iter().all(|(known, _)| *known != pair.0) {
                names.push(pair);
            }
        }
        let file = format!("{before}{name}{after}");
        Self { from, to, folder, file, names }
    }

    /// The file's new name, relative to the log.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The file's new path.
    pub(crate) fn path(&self) -> &PathBuf {
        &self.to
    }

    /// What becomes of the record whose text changes by `edits`; `edit` is that change alone.
    pub(crate) fn change(&self, edits: Vec<Edit>, edit: Option<Change>) -> Vec<Change> {
        let path = self.from.clone();
        if self.from == self.to {
            return edit.into_iter().collect();
        }
        match &self.folder {
            None => vec![Change::Move { path, to: self.to.clone(), edits }],
            Some((from, to)) => {
                let (from, to) = (from.clone(), to.clone());
                edit.into_iter().chain([Change::MoveFolder { from, to }]).collect()
            }
        }
    }

    /// The old names as texts write them, and what becomes of each.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.names.iter().map(|(from, to)| (from.as_str(), to.as_str()));
        names.filter(|(from, to)| from != to)
    }

    /// What becomes of an old name.
    pub(crate) fn renamed(&self, old: &str) -> Option<&str> {
        self.names().find(|(from, _)| *from == old).map(|(_, to)| to)
    }

    /// Every place of a text where the old name stands.
    pub(crate) fn in_text(&self, text: &str) -> Vec<Edit> {
        let found = Names::new(self.names().map(|(from, _)| (from, 0))).find(text);
        let edit = |one: Named<'_>| Some(Edit::replace(one.span, self.renamed(one.name)?));
        found.into_iter().filter_map(edit).collect()
    }
}

/// Whether another name can be made of that of the file.
///
/// # Errors
///
/// Where it is no text: the bytes of it that nobody can read would get lost.
pub(crate) fn nameable(record: &Record) -> Result<()> {
    let path = record.source.path();
    match path.to_str() {
        Some(_) => Ok(()),
        None => Err(Refusal::OddName { path: path.to_owned() }.into()),
    }
}

/// Whether a name without extension is the file's wherever it stands: a number, and words.
fn is_distinctive(name: &str) -> bool {
    let words = name.split(['-', '_', ' ', '.']);
    let digits = name.bytes().any(|byte| byte.is_ascii_digit());
    let worded = words.filter(|word| word.chars().any(char::is_alphabetic)).count();
    digits && worded > 0
}
