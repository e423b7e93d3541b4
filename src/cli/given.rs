//! What a new record is to say, as another program gives it: Markdown on standard input, or JSON.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::author::Content;
use crate::project::read_text;
use crate::{Error, Refusal, Result};

/// All that can be given.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Given {
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

/// Those of them that hold more than one text.
const LISTS: [&str; 7] =
    ["drivers", "options", "consequences", "deciders", "consulted", "informed", "tags"];

impl Given {
    /// The text on standard input.
    ///
    /// # Errors
    ///
    /// Where it is blank, or no text.
    pub(super) fn from_stdin() -> Result<Self> {
        let body = standard_input()?;
        if body.trim().is_empty() {
            return Err(bad("the text on standard input", "it is blank"));
        }
        let content = Content { body: Some(body), ..Content::default() };
        Ok(Self { content, ..Self::default() })
    }

    /// The JSON in the file at `path`, or with `-` on standard input.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, or says something that nobody asks for.
    pub(super) fn from_json(path: &Path) -> Result<Self> {
        let text = if path == Path::new("-") { standard_input()? } else { read_text(path)? };
        let what = format!("the JSON in `{}`", path.display());
        let read: Value =
            serde_json::from_str(&text).map_err(|error| bad(&what, &error.to_string()))?;
        let object = read.as_object().ok_or_else(|| bad(&what, "it is no object"))?;
        for (key, value) in object {
            if !KEYS.contains(&key.as_str()) {
                return Err(unknown_key(what, key));
            }
            if let Some(expected) = mismatch(key, value) {
                return Err(bad(&what, &format!("`{key}` is not {expected}")));
            }
        }
        serde_json::from_value(read).map_err(|error| bad(&what, &error.to_string()))
    }
}

/// What the value of the key should be, if it is something else.
fn mismatch(key: &str, value: &Value) -> Option<&'static str> {
    let is_list =
        |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
    if LISTS.contains(&key) {
        return (!is_list(value)).then_some("a list of texts");
    }
    (!value.is_string() && !value.is_null()).then_some("a text")
}

fn unknown_key(what: String, given: &str) -> Error {
    let far = |key: &str| strsim::damerau_levenshtein(&given.to_lowercase(), key);
    let nearest = KEYS.into_iter().filter(|key| far(key) <= 2).min_by_key(|key| far(key));
    Refusal::UnknownKey {
        what,
        given: given.to_owned(),
        nearest: nearest.map(str::to_owned),
        known: KEYS.map(str::to_owned).to_vec(),
    }
    .into()
}

fn bad(what: &str, reason: &str) -> Error {
    Refusal::BadInput { what: what.to_owned(), reason: reason.to_owned() }.into()
}

fn standard_input() -> Result<String> {
    let mut text = String::new();
    let path = PathBuf::from("-");
    std::io::stdin().read_to_string(&mut text).map_err(|source| Error::Read { path, source })?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Given, KEYS, LISTS};

    #[test]
    fn the_keys_are_those_of_the_schema_and_are_read() {
        let schema = include_str!("../../docs/schema/new.json");
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let mut described: Vec<&String> =
            schema["properties"].as_object().unwrap().keys().collect();
        let mut known = KEYS.to_vec();
        described.sort();
        known.sort_unstable();
        assert_eq!(described, known);
        for key in KEYS {
            // A number is neither a text nor a list of texts.
            let json = serde_json::json!({ key: 1 });
            assert!(serde_json::from_value::<Given>(json).is_err(), "{key} is not read");
            let kind = &schema["properties"][key]["type"];
            assert_eq!(kind == "array", LISTS.contains(&key), "{key}");
        }
    }
}
