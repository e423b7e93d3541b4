//! The content of a new record as given by another program: Markdown on standard input, or JSON.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::author::Content;
use crate::project::read_text;
use crate::{Error, Refusal, Result};

/// The fields of a record that the input can set.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct RecordInput {
    pub title: Option<String>,
    pub status: Option<String>,
    pub date: Option<String>,
    #[serde(flatten)]
    pub content: Content,
}

/// The keys of the JSON, in the order of its schema.
const KEYS: [&str; 13] = [
    "title",
    "status",
    "date",
    "context",
    "decision",
    "drivers",
    "options",
    "consequences",
    "deciders",
    "consulted",
    "informed",
    "tags",
    "body",
];

/// The keys whose values are lists of texts.
const LISTS: [&str; 7] =
    ["drivers", "options", "consequences", "deciders", "consulted", "informed", "tags"];

impl RecordInput {
    /// Reads the body of a record from standard input.
    ///
    /// # Errors
    ///
    /// If standard input is empty or not a text.
    pub(crate) fn from_stdin() -> Result<Self> {
        let body = read_stdin()?;
        if body.trim().is_empty() {
            return Err(bad_input("the text on standard input", "it is empty"));
        }
        let content = Content { body: Some(body), ..Content::default() };
        Ok(Self { content, ..Self::default() })
    }

    /// Reads JSON from the file at `path`; `-` is standard input.
    ///
    /// # Errors
    ///
    /// If it is not valid JSON, or has an unknown key or a value of the wrong type.
    pub(crate) fn from_json(path: &Path) -> Result<Self> {
        let text = if path == Path::new("-") { read_stdin()? } else { read_text(path)? };
        let what = format!("the JSON in `{}`", path.display());
        let document: Value =
            serde_json::from_str(&text).map_err(|error| bad_input(&what, &error.to_string()))?;
        let object = document.as_object().ok_or_else(|| bad_input(&what, "it is not an object"))?;
        for (key, value) in object {
            if !KEYS.contains(&key.as_str()) {
                return Err(unknown_key(what, key));
            }
            if let Some(expected) = expected_type(key, value) {
                return Err(bad_input(&what, &format!("`{key}` is not {expected}")));
            }
        }
        serde_json::from_value(document).map_err(|error| bad_input(&what, &error.to_string()))
    }
}

/// Returns the type that the value of `key` should have, if it has another one.
fn expected_type(key: &str, value: &Value) -> Option<&'static str> {
    let is_list =
        |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
    if LISTS.contains(&key) {
        return (!is_list(value)).then_some("a list of texts");
    }
    (!value.is_string() && !value.is_null()).then_some("a text")
}

fn unknown_key(what: String, given: &str) -> Error {
    let distance = |key: &str| strsim::damerau_levenshtein(&given.to_lowercase(), key);
    let near_keys = KEYS.into_iter().filter(|key| distance(key) <= 2);
    Refusal::UnknownKey {
        what,
        given: given.to_owned(),
        nearest: near_keys.min_by_key(|key| distance(key)).map(str::to_owned),
        known: KEYS.map(str::to_owned).to_vec(),
    }
    .into()
}

fn bad_input(what: &str, reason: &str) -> Error {
    Refusal::BadInput { what: what.to_owned(), reason: reason.to_owned() }.into()
}

fn read_stdin() -> Result<String> {
    let mut text = String::new();
    let path = PathBuf::from("-");
    std::io::stdin().read_to_string(&mut text).map_err(|source| Error::Read { path, source })?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{KEYS, LISTS, RecordInput};

    #[test]
    fn the_keys_match_the_schema_and_are_all_read() {
        let schema = include_str!("../../../docs/schema/new.json");
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let mut schema_keys: Vec<&String> =
            schema["properties"].as_object().unwrap().keys().collect();
        let mut known_keys = KEYS.to_vec();
        schema_keys.sort();
        known_keys.sort_unstable();
        assert_eq!(schema_keys, known_keys);
        for key in KEYS {
            // A number is neither a text nor a list of texts.
            let json = serde_json::json!({ key: 1 });
            assert!(serde_json::from_value::<RecordInput>(json).is_err(), "{key} is not read");
            let schema_type = &schema["properties"][key]["type"];
            assert_eq!(schema_type == "array", LISTS.contains(&key), "{key}");
        }
    }
}
