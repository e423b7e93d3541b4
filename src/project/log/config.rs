//! The configuration: `adr.toml` and the settings of the command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::author::Scheme;
use crate::format::Words;
use crate::model::{Lifecycle, Transitions};
use crate::project::path_policy::Boundary;
use crate::text::parent_folder;
use crate::{Error, Result, lint, site};

/// The settings of a project. Every key is optional; unknown keys are refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The folder of the records, relative to the configuration file.
    pub dir: Option<PathBuf>,
    /// The tool to be compatible with: `adr-tools`, or none.
    pub compat: Option<Compat>,
    /// What changes are compared with: a branch, a tag or a commit.
    pub base: Option<String>,
    /// The template of new records.
    pub template: Option<String>,
    /// How the files of new records are named: `NNNN-slug`.
    #[serde(deserialize_with = "read_scheme")]
    pub scheme: Option<String>,
    /// The team's words for the lifecycle states of a decision.
    pub status: StatusConfig,
    /// Which rules apply, and how severely.
    pub lint: lint::Config,
    /// How the site looks.
    pub site: site::Config,
    /// The same as it was read.
    #[serde(skip)]
    table: toml::Table,
}

/// A tool to be compatible with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compat {
    /// The shell scripts `adr new`, `adr list` and so on.
    AdrTools,
}

/// `[status]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct StatusConfig {
    /// The team's own words, each with the lifecycle state that it means.
    pub words: BTreeMap<String, StatusMeaning>,
    /// The states that may follow a state, if they differ from the default.
    pub transitions: BTreeMap<StatusMeaning, Vec<StatusMeaning>>,
}

/// A lifecycle state, read by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct StatusMeaning(pub Lifecycle);

impl TryFrom<String> for StatusMeaning {
    type Error = String;

    fn try_from(word: String) -> std::result::Result<Self, String> {
        Lifecycle::named(&word).map(Self).ok_or_else(|| {
            let known = Lifecycle::ALL.map(Lifecycle::as_str).join("`, `");
            format!("unknown state `{word}`, expected one of `{known}`")
        })
    }
}

/// Reads a pattern of file names. Refuses it if files of this pattern would not be read as records.
fn read_scheme<'de, D: Deserializer<'de>>(
    value: D,
) -> std::result::Result<Option<String>, D::Error> {
    let scheme = Option::<String>::deserialize(value)?;
    if let Some(pattern) = scheme.as_deref().filter(|pattern| Scheme::parse(pattern).is_none()) {
        return Err(D::Error::custom(format!(
            "`{pattern}` is not a valid `scheme`, because its files would not be read as records; use one like \
             `NNNN-slug`, `ADR-NNNN-slug` or `YYYYMMDD-slug`"
        )));
    }
    Ok(scheme)
}

/// `--config KEY=VALUE`: one setting, in the syntax of `adr.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting(pub String);

impl Config {
    /// The words that statuses are written in: the common ones and the team's own.
    pub fn words(&self) -> Words {
        let team_words = self.status.words.iter();
        Words::new(team_words.map(|(word, meaning)| (word.as_str(), meaning.0)))
    }

    /// The keys that are set, by the file or by `--config`.
    pub fn table(&self) -> &toml::Table {
        &self.table
    }

    /// The states that may follow each state.
    pub fn transitions(&self) -> Transitions {
        let configured_transitions = self.status.transitions.iter();
        let to_states = |states: &[StatusMeaning]| states.iter().map(|state| state.0).collect();
        Transitions::default()
            .with(configured_transitions.map(|(from, to)| (from.0, to_states(to))))
    }

    /// The configuration in the file at `path`, overridden by `settings`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or it or a setting is invalid.
    pub(in crate::project) fn read(path: &Path, settings: &[Setting]) -> Result<Self> {
        let text = Boundary::around(parent_folder(path))
            .read_text(path)
            .map_err(|source| Error::Read { path: path.to_owned(), source })?;
        // Read once alone, so that an error has its line in the file.
        toml::from_str::<Self>(&text).map_err(|error| config_error(path, &text, &error))?;
        let table = text.parse().map_err(|error| config_error(path, &text, &error))?;
        Self::with(table, settings, path)
    }

    /// The defaults, overridden by `settings`.
    ///
    /// # Errors
    ///
    /// If a setting is invalid.
    pub(in crate::project) fn default_with(settings: &[Setting]) -> Result<Self> {
        Self::with(toml::Table::new(), settings, Path::new("--config"))
    }

    fn with(mut table: toml::Table, settings: &[Setting], path: &Path) -> Result<Self> {
        let mut setting_names = Vec::new();
        for Setting(setting) in settings {
            let path = PathBuf::from(format!("--config {setting}"));
            if setting.split_once('=').is_none_or(|(key, _)| key.trim().is_empty()) {
                let reason = "expected KEY=VALUE, such as lint.preset=strict; a configuration file is \
                              found by its name, adr.toml";
                return Err(Error::Config { path, reason: reason.to_owned(), nearest: None });
            }
            let parsed_setting = setting.parse().or_else(|_| quoted(setting).parse());
            let overrides: toml::Table =
                parsed_setting.map_err(|error| config_error(&path, "", &error))?;
            merge(&mut table, overrides);
            setting_names.push(path.display().to_string());
        }
        // The file alone is valid, so an error now is in a setting.
        let path = match setting_names.as_slice() {
            [] => path.to_owned(),
            names => names.join(" ").into(),
        };
        let config: Self =
            table.clone().try_into().map_err(|error| config_error(&path, "", &error))?;
        Ok(Self { table, ..config })
    }
}

/// `key=value` with the value as a string, so that a shell needs no second pair of quotes.
fn quoted(setting: &str) -> String {
    let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
    format!("{key} = {}", toml::Value::from(value.trim()))
}

/// Copies the keys of `overrides` into `table`, also in nested tables.
fn merge(table: &mut toml::Table, overrides: toml::Table) {
    for (key, value) in overrides {
        match (table.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(overrides)) => {
                merge(inner, overrides);
            }
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
}

/// An error of the TOML reader, with its line and the nearest of the expected words.
fn config_error(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let line_prefix = error.span().map(|span| {
        let text_before = text.get(..span.start).unwrap_or_default();
        format!("line {}: ", text_before.matches('\n').count() + 1)
    });
    let message = error.message();
    // Such as "unknown field `x`, expected one of `a`, `b`".
    let quoted_words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let nearest = quoted_words.split_first().and_then(|(given, expected)| nearest(given, expected));
    let reason = match (quoted_words.first(), message.starts_with("unknown field")) {
        (Some(given), true) if nearest.is_none() => {
            format!("unknown key `{given}`; run `adr schema adr-toml` for all keys")
        }
        (Some(given), true) => format!("unknown key `{given}`"),
        _ => message.to_owned(),
    };
    Error::Config {
        path: path.to_owned(),
        reason: line_prefix.unwrap_or_default() + &reason,
        nearest: nearest.map(str::to_owned),
    }
}

/// The word nearest to `given`, if the edit distance is at most a third of its length.
fn nearest<'w>(given: &str, words: &[&'w str]) -> Option<&'w str> {
    let distances = words.iter().map(|word| (strsim::damerau_levenshtein(given, word), *word));
    let near_words = distances.filter(|(distance, _)| *distance <= 2.max(given.len() / 3));
    near_words.min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Config;

    const SCHEMA: &str = include_str!("../../../docs/schema/adr-toml.json");

    /// The keys that the reader of `adr.toml` knows in this table, taken from its error about an unknown key.
    fn known_keys(table: &str) -> BTreeSet<String> {
        let error = toml::from_str::<Config>(&format!("{table}\nno-such-key = 1")).unwrap_err();
        let (_, keys) = error.message().split_once("expected ").unwrap();
        keys.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_schema_has_every_key_and_no_other() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let keys = |pointer: &str| -> BTreeSet<String> {
            let properties = schema.pointer(&format!("{pointer}/properties")).unwrap();
            properties.as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(keys(""), known_keys(""));
        for table in ["status", "lint", "site"] {
            assert_eq!(keys(&format!("/properties/{table}")), known_keys(&format!("[{table}]")));
        }
    }
}
