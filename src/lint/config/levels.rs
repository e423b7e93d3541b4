//! Which rules apply under a configuration, and how severe their findings are.

use super::selector::{Precision, Selector, selectors};
use super::settings::{Config, LevelSetting};
use crate::Result;
use crate::lint::rule::{Rule, RuleList};
use crate::lint::severity::{Level, Preset, Severity};

/// What the configuration makes of every rule.
#[derive(Clone, Debug)]
pub struct RuleLevels {
    preset: Preset,
    rules: RuleList,
    /// In the order of `rules`; `None` for a rule that is off.
    applied: Vec<Option<AppliedRule>>,
}

/// A rule that is on.
#[derive(Clone, Copy, Debug)]
struct AppliedRule {
    /// The severity of all its findings, if it is configured.
    severity: Option<Severity>,
    /// Whether a code or a name selects it, not only a family.
    is_selected_by_code: bool,
}

/// The words of a configuration, read.
struct Selection {
    select: Vec<Selector>,
    extend_select: Vec<Selector>,
    ignore: Vec<Selector>,
    levels: Vec<(Selector, LevelSetting)>,
}

impl Selection {
    fn read(config: &Config, rules: RuleList) -> Result<Self> {
        let level = |(word, setting): (&String, &LevelSetting)| {
            Selector::read(word, rules).map(|selector| (selector, *setting))
        };
        Ok(Self {
            select: selectors(&config.select, rules)?,
            extend_select: selectors(&config.extend_select, rules)?,
            ignore: selectors(&config.ignore, rules)?,
            levels: config.levels.iter().map(level).collect::<Result<_>>()?,
        })
    }

    /// How `rule` applies; `None` if it is off.
    fn apply_to(&self, rule: &Rule) -> Option<AppliedRule> {
        let setting = self.level_setting(rule);
        let is_off_by_default = rule.level == Level::Off;
        let selecting = self.select.iter().chain(&self.extend_select);
        let selected = selecting.filter_map(|selector| selector.precision(rule)).max();
        let ignored = self.ignore.iter().filter_map(|selector| selector.precision(rule)).max();
        let is_on_by_default = self.select.is_empty() && (!is_off_by_default || setting.is_some());
        let precision = selected.or(is_on_by_default.then_some(Precision::Default))?;
        let is_ignored = ignored.is_some_and(|ignored| ignored >= precision);
        // A rule that is off by default needs a level of its own, or to be selected by its code: its family and
        // `ALL` are not enough.
        let stays_off = is_off_by_default && setting.is_none() && precision < Precision::Rule;
        if is_ignored || stays_off || setting == Some(LevelSetting::Off) {
            return None;
        }
        let severity = setting.and_then(LevelSetting::severity);
        let severity = severity.or(is_off_by_default.then_some(Severity::Warning));
        Some(AppliedRule { severity, is_selected_by_code: precision == Precision::Rule })
    }

    /// The configured level of `rule`, by the most exact word.
    fn level_setting(&self, rule: &Rule) -> Option<LevelSetting> {
        let settings = self.levels.iter();
        let matching =
            settings.filter_map(|(selector, setting)| Some((selector.precision(rule)?, *setting)));
        matching.max_by_key(|(precision, _)| *precision).map(|(_, setting)| setting)
    }
}

impl RuleLevels {
    /// Applies `config` to `rules`.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownRule`](crate::Error::UnknownRule) for a word that names neither a rule nor a family.
    pub fn new(config: &Config, rules: RuleList) -> Result<Self> {
        let selection = Selection::read(config, rules)?;
        let applied = rules.iter().map(|rule| selection.apply_to(rule)).collect();
        Ok(Self { preset: config.preset, rules, applied })
    }

    /// The preset of the configuration.
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// All rules, on or off.
    pub fn rules(&self) -> RuleList {
        self.rules
    }

    /// Whether `rule` applies.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.applied(rule).is_some()
    }

    /// The severity of a finding of `rule` that has `level` by default; `None` if `rule` is off.
    pub fn severity(&self, rule: &Rule, level: Level) -> Option<Severity> {
        let applied = self.applied(rule)?;
        applied.severity.or_else(|| level.severity(self.preset))
    }

    /// Whether every finding of `rule` is to be reported, even if most records have one.
    pub fn one_by_one(&self, rule: &Rule) -> bool {
        self.preset == Preset::Strict || self.is_selected_by_code(rule)
    }

    /// Whether `rule` is selected by its code or name.
    pub fn is_selected_by_code(&self, rule: &Rule) -> bool {
        self.applied(rule).is_some_and(|applied| applied.is_selected_by_code)
    }

    fn applied(&self, rule: &Rule) -> Option<AppliedRule> {
        let index = self.rules.binary_search_by_key(&rule.code, |other| other.code).ok()?;
        self.applied.get(index).copied().flatten()
    }
}
