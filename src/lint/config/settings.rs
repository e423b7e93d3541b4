//! `[lint]` of `adr.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lint::severity::{Preset, Severity};

/// `[lint]` of `adr.toml`, overridden by the command line.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// How strict the check is.
    pub preset: Preset,
    /// Codes, families, names or `ALL`: only these rules apply. Empty: the rules that are on by default.
    pub select: Vec<String>,
    /// Rules to add to those that are on.
    pub extend_select: Vec<String>,
    /// Rules to leave out. If a rule is both selected and ignored, the more exact word wins: a code over a family, a
    /// family over `ALL`.
    pub ignore: Vec<String>,
    /// The severity of single rules or families.
    pub levels: BTreeMap<String, LevelSetting>,
    /// What may change in a decided record.
    pub immutability: Immutability,
    /// After how many days a proposal is stale.
    pub stale_days: u32,
    /// Keys of front matter that the team defines. If there are any, all other keys are reported.
    pub allowed_keys: Vec<String>,
    /// The scheme of the file names of records, if the project configures one: `NNNN-slug`.
    #[serde(skip)]
    pub scheme: Option<String>,
    /// Rules to leave out in files whose path below the log matches a pattern.
    pub per_file_ignores: BTreeMap<String, Vec<String>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            preset: Preset::default(),
            select: vec![],
            extend_select: vec![],
            ignore: vec![],
            levels: BTreeMap::new(),
            immutability: Immutability::default(),
            stale_days: 30,
            allowed_keys: vec![],
            scheme: None,
            per_file_ignores: BTreeMap::new(),
        }
    }
}

/// What may change in the text of a decided record. Status, date, relations, tags and the targets of links always may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Immutability {
    /// Nothing else.
    #[default]
    Strict,
    /// Dated text may be added below a heading such as *Amendments* or *Changelog*.
    Append,
    /// Anything, until the decision is implemented according to its status.
    UntilImplemented,
    /// Anything.
    Off,
}

/// The configured severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelSetting {
    /// No findings.
    Off,
    /// Worth knowing.
    Info,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl LevelSetting {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}
