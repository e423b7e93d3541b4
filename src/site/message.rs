//! The words of ours that pages show, from one file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::markdown::Words;
use crate::{Error, Result};

/// The name of the file of words, ours and the project's.
pub(super) const FILE: &str = "messages.toml";

/// All words, by their keys.
#[derive(Debug)]
pub(super) struct Messages {
    texts: BTreeMap<String, String>,
}

impl Messages {
    /// Our words, with `theirs` (the text of a file of the same form) over them, on pages of a
    /// language.
    ///
    /// # Errors
    ///
    /// Where `theirs` is no such file, or has a key that we do not know.
    pub(super) fn new(theirs: Option<&str>, language: Option<&str>) -> Result<Self> {
        let mut texts = read(include_str!("../../templates/site/messages.toml"))?;
        for (key, text) in theirs.map(read).transpose()?.unwrap_or_default() {
            match texts.get_mut(&key) {
                Some(ours) => *ours = text,
                None => return Err(fault(format!("unknown key `{key}`"))),
            }
        }
        if let Some(language) = language {
            texts.insert("lang".to_owned(), language.to_owned());
        }
        Ok(Self { texts })
    }

    /// The words for `key`.
    ///
    /// Empty for a key that is not there; a test looks up every key that is used.
    pub(super) fn get(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// All of them, for templates.
    pub(super) fn all(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// The words that texts of records are written with.
    pub(super) fn words(&self) -> Words<'_> {
        Words {
            code: self.get("code"),
            table: self.get("table"),
            image: self.get("image"),
            diagram: self.get("diagram"),
            back: self.get("back"),
            done: self.get("box_done"),
            open: self.get("box_open"),
            note: self.get("note"),
            tip: self.get("tip"),
            important: self.get("important"),
            warning: self.get("warning"),
            caution: self.get("caution"),
        }
    }
}

fn read(text: &str) -> Result<BTreeMap<String, String>> {
    toml::from_str(text).map_err(|error| fault(error.message().to_owned()))
}

fn fault(reason: String) -> Error {
    Error::Config { path: PathBuf::from("templates/site").join(FILE), reason, nearest: None }
}
