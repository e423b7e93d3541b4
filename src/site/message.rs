//! The words of ours that pages show, from one file.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::markdown::Words;
use crate::{Error, Result};

/// The name of the file of words, ours and the project's.
pub(super) const FILE: &str = "messages.toml";

/// Our words, by language; the first are those of any language that is not here. To add one: translate
/// `messages.toml`, and name the copy here.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../../templates/site/messages.toml")),
    ("de", include_str!("../../templates/site/messages.de.toml")),
];

/// All words, by their keys.
#[derive(Debug)]
pub(super) struct Messages {
    texts: HashMap<String, String>,
}

impl Messages {
    /// Our words in `language`, or in English, with `theirs` (the text of a file of the same form) over them.
    ///
    /// # Errors
    ///
    /// Where `theirs` is no such file, or has a key that we do not know.
    pub(super) fn new(theirs: Option<&str>, language: Option<&str>) -> Result<Self> {
        let mut texts: HashMap<String, String> = read(ours(language))?.into_iter().collect();
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
    pub(super) fn all(&self) -> &HashMap<String, String> {
        &self.texts
    }

    /// The words that texts of records are written with.
    pub(super) fn words(&self) -> Words {
        let get = |key: &str| self.get(key).to_owned();
        Words {
            code: get("code"),
            table: get("table"),
            image: get("image"),
            diagram: get("diagram"),
            not_found: get("not_found"),
            back: get("back"),
            done: get("box_done"),
            open: get("box_open"),
            note: get("note"),
            tip: get("tip"),
            important: get("important"),
            warning: get("warning"),
            caution: get("caution"),
        }
    }
}

/// Our words for pages of a language: `de`, `de-AT`.
fn ours(language: Option<&str>) -> &'static str {
    let wanted = language.unwrap_or_default().split(['-', '_']).next().unwrap_or_default();
    let mut known = LANGUAGES.iter();
    let found = known.clone().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.or_else(|| known.next()).map_or("", |(_, text)| text)
}

fn read(text: &str) -> Result<BTreeMap<String, String>> {
    toml::from_str(text).map_err(|error| fault(error.message().to_owned()))
}

fn fault(reason: String) -> Error {
    Error::Config { path: PathBuf::from("templates/site").join(FILE), reason, nearest: None }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Messages, ours, read};

    /// What is filled into a text, and into how many parts it is divided.
    fn form(text: &str) -> (Vec<&str>, usize) {
        let names = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        (names, text.split('|').count())
    }

    #[test]
    fn every_language_has_every_text_in_the_same_form() {
        let english = read(ours(None)).unwrap();
        for (name, text) in LANGUAGES {
            let own = read(text).unwrap();
            assert_eq!(own.get("lang").map(String::as_str), Some(*name));
            let forms = |texts: &std::collections::BTreeMap<String, String>| -> Vec<_> {
                texts.iter().map(|(key, text)| format!("{key}: {:?}", form(text))).collect()
            };
            assert_eq!(forms(&own), forms(&english), "{name}");
            let empty: Vec<_> = own.iter().filter(|(_, text)| text.trim().is_empty()).collect();
            assert!(empty.is_empty(), "{name}: {empty:?}");
        }
    }

    #[test]
    fn every_file_of_words_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site");
        let files = walkdir::WalkDir::new(folder).into_iter();
        let is_words = |file: &walkdir::DirEntry| {
            file.file_name().to_str().is_some_and(|name| name.starts_with("messages."))
        };
        assert_eq!(LANGUAGES.len(), files.map(Result::unwrap).filter(is_words).count());
    }

    #[test]
    fn a_language_is_found_whatever_its_region() {
        let lang = |language| Messages::new(None, language).unwrap().get("nav_search").to_owned();
        assert_eq!(lang(Some("de-AT")), "Suche");
        assert_eq!(lang(Some("DE")), "Suche");
        assert_eq!(lang(Some("fr")), "Search");
        assert_eq!(lang(None), "Search");
        assert_eq!(Messages::new(None, Some("de-AT")).unwrap().get("lang"), "de-AT");
    }
}
