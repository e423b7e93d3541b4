//! What a team has said about the rules: which of them apply, and how severely.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Level, Rule, Severity, rules};
use crate::{Error, Result};

/// `[lint]` of `adr.toml`, with what the command line says over it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// How much the rules ask for.
    pub preset: Preset,
    /// Codes, families, names or `ALL`: these rules and no others. Empty: those that are on.
    pub select: Vec<String>,
    /// Rules to add to those that are on.
    pub extend_select: Vec<String>,
    /// Rules to leave out. Where a rule is both selected and ignored, the more exact word counts:
    /// a code before a family, a family before `ALL`.
    pub ignore: Vec<String>,
    /// What single rules, or families of them, matter.
    pub levels: BTreeMap<String, LevelSetting>,
    /// What may change in a record that was decided.
    pub immutability: Immutability,
    /// After how many days a proposal is stale.
    pub stale_days: u32,
    /// Keys of front matter that are the team's own. Where any are listed, others are reported.
    pub allowed_keys: Vec<String>,
    /// How the files of records are named, where the project says so: `NNNN-slug`.
    #[serde(skip)]
    pub scheme: Option<String>,
    /// Rules to leave out in files whose path below the log fits a pattern.
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

/// What may change in the text of a record that was decided. Status, date, relations, tags and the
/// targets of links always may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Immutability {
    /// Nothing else.
    #[default]
    Strict,
    /// Text with a date may come below a heading such as *Amendments* or *Changelog*.
    Append,
    /// Anything, until the status says that the decision is implemented.
    UntilImplemented,
    /// Anything.
    Off,
}

/// How much the rules ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// What suits a log that never saw a linter: advice, and errors where the log is wrong.
    #[default]
    Default,
    /// Everything that is absent or out of form is an error too, and warnings fail the run.
    Strict,
}

/// How much findings of a rule matter, by the word of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelSetting {
    /// Nothing.
    Off,
    /// Worth knowing.
    Info,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// What the configuration makes of every rule, in the order of [`rules::RULES`].
#[derive(Clone, Debug)]
pub struct Levels {
    preset: Preset,
    rules: Vec<Option<Applied>>,
}

/// A rule that applies.
#[derive(Clone, Copy, Debug)]
struct Applied {
    /// The severity of all its findings, where a team has set one.
    set: Option<Severity>,
    /// Whether somebody asked for this very rule.
    by_code: bool,
}

impl Levels {
    /// Follows `config`.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownRule`] for a word that names neither a rule nor a family.
    pub fn new(config: &Config) -> Result<Self> {
        let select = selectors(&config.select)?;
        let extend = selectors(&config.extend_select)?;
        let ignore = selectors(&config.ignore)?;
        let mut levels = Vec::with_capacity(config.levels.len());
        for (word, setting) in &config.levels {
            levels.push((Selector::read(word)?, *setting));
        }
        let applied = |rule: &Rule| {
            let set = exactest(levels.iter().map(|(word, setting)| (*word, *setting)), rule);
            let chosen = select.iter().chain(&extend).filter_map(|word| word.rank(rule)).max();
            let ignored = ignore.iter().filter_map(|word| word.rank(rule)).max();
            let on = select.is_empty() && (rule.level != Level::Off || set.is_some());
            let rank = chosen.or(on.then_some(Rank::Nothing))?;
            if ignored.is_some_and(|ignored| ignored >= rank) || set == Some(LevelSetting::Off) {
                return None;
            }
            // An off rule that a family or `ALL` takes in is off all the same: it was made to be
            // asked for.
            if rule.level == Level::Off && set.is_none() && rank < Rank::Rule {
                return None;
            }
            let off = (rule.level == Level::Off).then_some(Severity::Warning);
            let set = set.and_then(LevelSetting::severity).or(off);
            Some(Applied { set, by_code: rank == Rank::Rule })
        };
        let rules = rules::RULES.iter().map(|rule| applied(rule)).collect();
        Ok(Self { preset: config.preset, rules })
    }

    /// How much the rules ask for.
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// Whether `rule` applies.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.applied(rule).is_some()
    }

    /// How severe a finding of `rule` is that would be at `level`; `None` where `rule` is off.
    pub fn severity(&self, rule: &Rule, level: Level) -> Option<Severity> {
        let applied = self.applied(rule)?;
        applied.set.or_else(|| level.severity(self.preset))
    }

    /// Whether what most records lack is to be reported on each of them all the same.
    pub fn one_by_one(&self, rule: &Rule) -> bool {
        self.preset == Preset::Strict || self.is_by_code(rule)
    }

    /// Whether somebody asked for this very rule.
    pub fn is_by_code(&self, rule: &Rule) -> bool {
        self.applied(rule).is_some_and(|applied| applied.by_code)
    }

    fn applied(&self, rule: &Rule) -> Option<Applied> {
        let at = rules::RULES.binary_search_by_key(&rule.code, |rule| rule.code).ok()?;
        self.rules.get(at).copied().flatten()
    }
}

impl LevelSetting {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// How exactly a word names a rule, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Nothing,
    All,
    Family,
    Rule,
}

/// One or more rules, by one word.
#[derive(Clone, Copy, Debug)]
pub(super) enum Selector {
    All,
    /// The first digits of the codes.
    Family(&'static Rule, usize),
    Rule(&'static Rule),
}

impl Selector {
    /// `ALL`, a code or the beginning of one, or a name; in any case.
    pub(super) fn read(word: &str) -> Result<Self> {
        let word = word.trim();
        if word.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        if let Some(rule) = rules::find(word) {
            return Ok(Self::Rule(rule));
        }
        let begins = |rule: &&&Rule| {
            let start = rule.code.get(..word.len());
            word.len() > 3 && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        match rules::RULES.iter().find(begins) {
            Some(rule) => Ok(Self::Family(rule, word.len())),
            None => Err(unknown_rule(word)),
        }
    }

    /// How exactly it names `rule`, if it does.
    pub(super) fn rank(self, rule: &Rule) -> Option<Rank> {
        match self {
            Self::All => Some(Rank::All),
            Self::Family(first, length) => {
                (first.code.get(..length) == rule.code.get(..length)).then_some(Rank::Family)
            }
            Self::Rule(named) => (named.code == rule.code).then_some(Rank::Rule),
        }
    }
}

pub(super) fn selectors(words: &[String]) -> Result<Vec<Selector>> {
    let words = words.iter().flat_map(|word| word.split(','));
    words.filter(|word| !word.trim().is_empty()).map(Selector::read).collect()
}

/// The value of the selector that names `rule` most exactly.
fn exactest<T>(all: impl Iterator<Item = (Selector, T)>, rule: &Rule) -> Option<T> {
    let ranked = all.filter_map(|(selector, value)| Some((selector.rank(rule)?, value)));
    ranked.max_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

/// The error for a word that names no rule, with the nearest code or name.
pub fn unknown_rule(given: &str) -> Error {
    let words = rules::RULES.iter().flat_map(|rule| [rule.code, rule.name]);
    let upper = given.to_uppercase();
    let lower = given.to_lowercase();
    let far = |word: &'static str| {
        let given = if word.starts_with("ADR") { &upper } else { &lower };
        (strsim::damerau_levenshtein(given, word), word)
    };
    let near = words.map(far).filter(|(distance, word)| {
        *distance <= if word.starts_with("ADR") { 1 } else { 2.max(given.len() / 3) }
    });
    let mut near: Vec<_> = near.collect();
    near.sort_by_key(|(distance, _)| *distance);
    // Never guess between two that are equally near.
    let nearest = match near.as_slice() {
        [(best, word), (second, _), ..] => (best < second).then_some(*word),
        [(_, word)] => Some(*word),
        [] => None,
    };
    Error::UnknownRule { given: given.to_owned(), nearest }
}
