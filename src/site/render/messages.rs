//! The texts that pages show, from one file per language.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::site::markdown::MarkdownWords;
use crate::{Error, Result};

/// The name of the message file, ours and the project's.
pub(crate) const MESSAGES_FILE: &str = "messages.toml";

/// The built-in messages by language; the first is the default. To add a language, translate `messages.toml`
/// and name the copy here.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../../../templates/site/messages.toml")),
    ("de", include_str!("../../../templates/site/messages.de.toml")),
];

/// All texts by their keys.
#[derive(Debug)]
pub(crate) struct Messages {
    texts: HashMap<String, String>,
}

impl Messages {
    /// The built-in messages in `language`, or in English, with the texts of the project's own file over them.
    ///
    /// # Errors
    ///
    /// If the project's file is not a message file, or has an unknown key.
    pub(crate) fn new(project_file: Option<&str>, language: Option<&str>) -> Result<Self> {
        let built_in = parse(built_in(language))?;
        let mut texts: HashMap<String, String> = built_in.into_iter().collect();
        for (key, text) in project_file.map(parse).transpose()?.unwrap_or_default() {
            match texts.get_mut(&key) {
                Some(built_in) => *built_in = text,
                None => return Err(file_error(format!("unknown key `{key}`"))),
            }
        }
        if let Some(language) = language {
            texts.insert("lang".to_owned(), language.to_owned());
        }
        Ok(Self { texts })
    }

    /// The text for `key`; empty for an unknown key. A test looks up every key that is used.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// All texts, for templates.
    pub(crate) fn all(&self) -> &HashMap<String, String> {
        &self.texts
    }

    /// The texts that the Markdown writer needs.
    pub(crate) fn markdown_words(&self) -> MarkdownWords {
        let get = |key: &str| self.get(key).to_owned();
        MarkdownWords {
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

/// The built-in messages for a language such as `de` or `de-AT`.
fn built_in(language: Option<&str>) -> &'static str {
    let name = language.unwrap_or_default().split(['-', '_']).next().unwrap_or_default();
    let mut languages = LANGUAGES.iter();
    let exact_match = languages.clone().find(|(known, _)| known.eq_ignore_ascii_case(name));
    exact_match.or_else(|| languages.next()).map_or("", |(_, text)| text)
}

fn parse(text: &str) -> Result<BTreeMap<String, String>> {
    toml::from_str(text).map_err(|error| file_error(error.message().to_owned()))
}

fn file_error(reason: String) -> Error {
    let path = PathBuf::from("templates/site").join(MESSAGES_FILE);
    Error::Config { path, reason, nearest: None }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Messages, built_in, parse};

    /// The names of the values that a text contains, and the number of its plural forms.
    fn form(text: &str) -> (Vec<&str>, usize) {
        let names = text.split('{').skip(1).filter_map(|name| name.split('}').next());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        (names, text.split('|').count())
    }

    #[test]
    fn every_language_has_every_text_in_the_same_form() {
        let english = parse(built_in(None)).unwrap();
        for (name, text) in LANGUAGES {
            let texts = parse(text).unwrap();
            assert_eq!(texts.get("lang").map(String::as_str), Some(*name));
            let forms = |texts: &std::collections::BTreeMap<String, String>| -> Vec<_> {
                texts.iter().map(|(key, text)| format!("{key}: {:?}", form(text))).collect()
            };
            assert_eq!(forms(&texts), forms(&english), "{name}");
            let empty: Vec<_> = texts.iter().filter(|(_, text)| text.trim().is_empty()).collect();
            assert!(empty.is_empty(), "{name}: {empty:?}");
        }
    }

    #[test]
    fn every_message_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site");
        let files = walkdir::WalkDir::new(folder).into_iter();
        let is_message_file = |file: &walkdir::DirEntry| {
            file.file_name().to_str().is_some_and(|name| name.starts_with("messages."))
        };
        assert_eq!(LANGUAGES.len(), files.map(Result::unwrap).filter(is_message_file).count());
    }

    #[test]
    fn a_language_is_found_with_any_region() {
        let lang = |language| Messages::new(None, language).unwrap().get("nav_search").to_owned();
        assert_eq!(lang(Some("de-AT")), "Suche");
        assert_eq!(lang(Some("DE")), "Suche");
        assert_eq!(lang(Some("fr")), "Search");
        assert_eq!(lang(None), "Search");
        assert_eq!(Messages::new(None, Some("de-AT")).unwrap().get("lang"), "de-AT");
    }
}
