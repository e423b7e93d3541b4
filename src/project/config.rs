//! What `adr.toml` says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::path_policy::Boundary;
use crate::author::Scheme;
use crate::format::Words;
use crate::model::{Lifecycle, Transitions};
use crate::text::parent_folder;
use crate::{Error, Result, lint, site};

/// The settings of a project. Every key is optional; an unknown one is refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The folder of the records, relative to the configuration file.
    pub dir: Option<PathBuf>,
    /// The tool whose ways are followed: `adr-tools`, or none.
    pub compat: Option<Compat>,
    /// What changes are compared with: a branch, a tag or a commit.
    pub base: Option<String>,
    /// The template of new records.
    pub template: Option<String>,
    /// How the files of new records are named: `NNNN-slug`.
    #[serde(deserialize_with = "scheme")]
    pub scheme: Option<String>,
    /// The team's words for the states of a decision.
    pub status: StatusConfig,
    /// Which rules apply, and how severely.
    pub lint: lint::Config,
    /// How the site looks.
    pub site: site::Config,
    /// All of it as it was read.
    #[serde(skip)]
    table: toml::Table,
}

/// A tool whose ways can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compat {
    /// The shell scripts that made the habit.
    AdrTools,
}

/// `[status]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct StatusConfig {
    /// A word of the team's, and the state that it means.
    pub words: BTreeMap<String, Meaning>,
    /// What may follow a state, where that differs from the default.
    pub transitions: BTreeMap<Meaning, Vec<Meaning>>,
}

/// A state of the lifecycle, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Meaning(pub Lifecycle);

impl TryFrom<String> for Meaning {
    type Error = String;

    fn try_from(word: String) -> std::result::Result<Self, String> {
        Lifecycle::named(&word).map(Self).ok_or_else(|| {
            let known = Lifecycle::ALL.map(Lifecycle::as_str).join("`, `");
            format!("unknown state `{word}`, expected one of `{known}`")
        })
    }
}

/// A pattern of file names, of which a log finds the records again.
fn scheme<'de, D: Deserializer<'de>>(value: D) -> std::result::Result<Option<String>, D::Error> {
    let given = Option::<String>::deserialize(value)?;
    if let Some(pattern) = given.as_deref().filter(|pattern| Scheme::parse(pattern).is_none()) {
        return Err(D::Error::custom(format!(
            "`{pattern}` is not a `scheme` whose files are read as records; use one like \
             `NNNN-slug`, `ADR-NNNN-slug` or `YYYYMMDD-slug`"
        )));
    }
    Ok(given)
}

/// `--config KEY=VALUE`: one setting, in the words of `adr.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting(pub String);

impl Config {
    /// The words that statuses are written in: those of the field, and the team's.
    pub fn words(&self) -> Words {
        let team = self.status.words.iter();
        Words::new(team.map(|(word, meaning)| (word.as_str(), meaning.0)))
    }

    /// The keys that are set, by the file or by `--config`.
    pub fn table(&self) -> &toml::Table {
        &self.table
    }

    /// Which state may follow which.
    pub fn transitions(&self) -> Transitions {
        let changed = self.status.transitions.iter();
        let states = |to: &[Meaning]| to.iter().map(|state| state.0).collect();
        Transitions::default().with(changed.map(|(from, to)| (from.0, states(to))))
    }

    /// The configuration in the file at `path`, with `settings` over it.
    pub(super) fn read(path: &Path, settings: &[Setting]) -> Result<Self> {
        let text = Boundary::around(parent_folder(path))
            .read_text(path)
            .map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Self::parse(&text, path)?;
        let table = text.parse().map_err(|error| fault(path, &text, &error))?;
        Self::with(table, settings, path)
    }

    /// The defaults, with `settings` over them.
    pub(super) fn default_with(settings: &[Setting]) -> Result<Self> {
        Self::with(toml::Table::new(), settings, Path::new("--config"))
    }

    fn parse(text: &str, path: &Path) -> Result<Self> {
        toml::from_str(text).map_err(|error| fault(path, text, &error))
    }

    fn with(mut table: toml::Table, settings: &[Setting], path: &Path) -> Result<Self> {
        let mut named = Vec::new();
        for Setting(setting) in settings {
            let path = PathBuf::from(format!("--config {setting}"));
            if setting.split_once('=').is_none_or(|(key, _)| key.trim().is_empty()) {
                let reason = "it is not of the form KEY=VALUE, such as lint.preset=strict; a file \
                              of settings is called adr.toml, and found by that name";
                return Err(Error::Config { path, reason: reason.to_owned(), nearest: None });
            }
            let over = setting.parse().or_else(|_| quoted(setting).parse());
            let over: toml::Table = over.map_err(|error| fault(&path, "", &error))?;
            merge(&mut table, over);
            named.push(path.display().to_string());
        }
        // The file has been read alone, so what is wrong now was set.
        let path = if named.is_empty() { path.to_owned() } else { named.join(" ").into() };
        let config: Self = table.clone().try_into().map_err(|error| fault(&path, "", &error))?;
        Ok(Self { table, ..config })
    }
}

/// `key=value` with the value as a string, so that a shell needs no second pair of quotes.
fn quoted(setting: &str) -> String {
    let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
    format!("{key} = {}", toml::Value::from(value.trim()))
}

/// Puts `over` over `table`, table by table.
fn merge(table: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (table.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(over)) => merge(below, over),
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
}

/// An error of the TOML reader, with its line and the nearest of the words that it expected.
fn fault(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or_default();
        format!("line {}: ", before.matches('\n').count() + 1)
    });
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let nearest = quoted.split_first().and_then(|(given, expected)| nearest(given, expected));
    let reason = match (quoted.first(), message.starts_with("unknown field")) {
        (Some(given), true) if nearest.is_none() => {
            format!("unknown key `{given}`; `adr schema adr-toml` has them all")
        }
        (Some(given), true) => format!("unknown key `{given}`"),
        _ => message.to_owned(),
    };
    Error::Config {
        path: path.to_owned(),
        reason: line.unwrap_or_default() + &reason,
        nearest: nearest.map(str::to_owned),
    }
}

/// The word that is nearest to `given`, where one is at most a third of its length away.
fn nearest<'w>(given: &str, words: &[&'w str]) -> Option<&'w str> {
    let near = words.iter().map(|word| (strsim::damerau_levenshtein(given, word), *word));
    let near = near.filter(|(distance, _)| *distance <= 2.max(given.len() / 3));
    near.min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Config;

    const SCHEMA: &str = include_str!("../../docs/schema/adr-toml.json");

    /// The keys that the reader of `adr.toml` knows in this table, as it says where it is given
    /// another one.
    fn known(table: &str) -> BTreeSet<String> {
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
        assert_eq!(keys(""), known(""));
        for table in ["status", "lint", "site"] {
            assert_eq!(keys(&format!("/properties/{table}")), known(&format!("[{table}]")));
        }
    }
}
