//! A new name for the file of a record, or for the folder that names it, and the occurrences of the old name in
//! texts.

use std::path::PathBuf;

use super::name_search::{NameIndex, NameMatch};
use crate::format::naming;
use crate::model::Record;
use crate::text::{Change, Edit, link_path, url_path};
use crate::{Refusal, Result};

/// A record whose file is renamed.
pub(crate) struct Renaming {
    old_path: PathBuf,
    new_path: PathBuf,
    /// The old and the new folder, if the folder is renamed instead of the file.
    folder: Option<(PathBuf, PathBuf)>,
    file: String,
    /// The old name in each spelling that texts use, with its replacement.
    spellings: Vec<(String, String)>,
}

/// How links write a name: with letters of all scripts, in ASCII, or with only the spaces encoded.
const SPELLINGS: [fn(&str) -> String; 3] = [link_path, url_path, |name| name.replace(' ', "%20")];

impl Renaming {
    /// Renames `record` to `new_name`: the name of its file without extension, or of its folder.
    pub(crate) fn new(record: &Record, new_name: &str) -> Self {
        let name_span = naming(&record.file);
        let old_name = name_span.of(&record.file);
        let path_before = record.file.get(..name_span.start).unwrap_or_default();
        let path_after = record.file.get(name_span.end..).unwrap_or_default();
        let old_path = record.source.path().to_owned();
        let (new_path, folder) = match old_path.parent().filter(|_| path_after.starts_with('/')) {
            Some(old_folder) => {
                let new_folder = old_folder.with_file_name(new_name);
                let new_path = new_folder.join(record.file_name());
                (new_path, Some((old_folder.to_owned(), new_folder)))
            }
            None => (old_path.with_file_name(format!("{new_name}{path_after}")), None),
        };
        let (old_text, new_text) = if is_distinctive(old_name) {
            (old_name.to_owned(), new_name.to_owned())
        } else {
            // Names such as `12` or `cache` also occur for other reasons.
            (format!("{old_name}{path_after}"), format!("{new_name}{path_after}"))
        };
        let mut spellings = vec![(old_text.clone(), new_text.clone())];
        for spell in SPELLINGS {
            let (old_spelling, new_spelling) = (spell(&old_text), spell(&new_text));
            if spellings.iter().all(|(known, _)| *known != old_spelling) {
                spellings.push((old_spelling, new_spelling));
            }
        }
        let file = format!("{path_before}{new_name}{path_after}");
        Self { old_path, new_path, folder, file, spellings }
    }

    /// The file's new name, relative to the log.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The file's new path.
    pub(crate) fn path(&self) -> &PathBuf {
        &self.new_path
    }

    /// The changes that rename the record and apply `edits`; `text_change` is the change of the text alone.
    pub(crate) fn changes(&self, edits: Vec<Edit>, text_change: Option<Change>) -> Vec<Change> {
        let path = self.old_path.clone();
        if self.old_path == self.new_path {
            return text_change.into_iter().collect();
        }
        match &self.folder {
            None => vec![Change::Move { path, to: self.new_path.clone(), edits }],
            Some((old_folder, new_folder)) => {
                let (from, to) = (old_folder.clone(), new_folder.clone());
                text_change.into_iter().chain([Change::MoveFolder { from, to }]).collect()
            }
        }
    }

    /// The old names in each spelling, with their replacements.
    pub(crate) fn replacements(&self) -> impl Iterator<Item = (&str, &str)> {
        let spellings = self.spellings.iter().map(|(old, new)| (old.as_str(), new.as_str()));
        spellings.filter(|(old, new)| old != new)
    }

    /// The replacement of an old name.
    pub(crate) fn replacement(&self, old_name: &str) -> Option<&str> {
        self.replacements().find(|(old, _)| *old == old_name).map(|(_, new)| new)
    }

    /// The edits that replace the old name everywhere in a text.
    pub(crate) fn edits(&self, text: &str) -> Vec<Edit> {
        let index = NameIndex::new(self.replacements().map(|(old, _)| (old, 0)));
        let edit = |one: NameMatch<'_>| Some(Edit::replace(one.span, self.replacement(one.name)?));
        index.matches(text).into_iter().filter_map(edit).collect()
    }
}

/// Checks that the path of a record's file is text, so that a new name can be derived from it.
///
/// # Errors
///
/// [`Refusal::OddName`] if it is not: bytes that cannot be decoded would get lost.
pub(crate) fn check_name_is_text(record: &Record) -> Result<()> {
    let path = record.source.path();
    match path.to_str() {
        Some(_) => Ok(()),
        None => Err(Refusal::OddName { path: path.to_owned() }.into()),
    }
}

/// Whether a name without extension means the file wherever it occurs: it has a digit and a word.
fn is_distinctive(name: &str) -> bool {
    let mut words = name.split(['-', '_', ' ', '.']);
    let has_digit = name.bytes().any(|byte| byte.is_ascii_digit());
    has_digit && words.any(|word| word.chars().any(char::is_alphabetic))
}
