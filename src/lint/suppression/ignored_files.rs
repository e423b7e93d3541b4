//! `per-file-ignores` of `adr.toml`: files in which rules are left out.

use regex::Regex;

use crate::lint::config::{Config, Selector, selectors};
use crate::lint::finding::{Diagnostic, FindingSite};
use crate::lint::glob;
use crate::lint::rule::{Rule, RuleList};
use crate::model::{Checkout, Log};
use crate::{Error, Result};

/// The patterns of files in which rules are left out.
#[derive(Debug)]
pub(in crate::lint) struct IgnoredFiles(Vec<IgnoredPattern>);

#[derive(Debug)]
struct IgnoredPattern {
    /// As it is configured.
    pattern: String,
    regex: Regex,
    rules: Vec<Selector>,
}

impl IgnoredFiles {
    /// # Errors
    ///
    /// If a pattern is not valid, or a word selects no rule.
    pub(in crate::lint) fn new(config: &Config, rules: RuleList) -> Result<Self> {
        let mut patterns = Vec::new();
        for (pattern, words) in &config.per_file_ignores {
            let regex = glob::regex(pattern).ok_or_else(|| Error::Config {
                path: "[lint.per-file-ignores]".into(),
                reason: format!("`{pattern}` is not a valid file pattern"),
                nearest: None,
            })?;
            let (pattern, rules) = (pattern.clone(), selectors(words, rules)?);
            patterns.push(IgnoredPattern { pattern, regex, rules });
        }
        Ok(Self(patterns))
    }

    /// The patterns that match no file of the log, and none that git tracks.
    pub(in crate::lint) fn unused(&self, log: &Log, checkout: Option<&Checkout>) -> Vec<&str> {
        let records = log.records().iter().map(|record| record.file.as_str());
        let skipped = log.skipped().iter().map(|skipped| skipped.file.as_str());
        let tracked = checkout.iter().flat_map(|checkout| &checkout.names).map(String::as_str);
        let files: Vec<&str> = records.chain(skipped).chain(tracked).collect();
        let is_unused = |one: &&IgnoredPattern| !files.iter().any(|file| one.regex.is_match(file));
        self.0.iter().filter(is_unused).map(|one| one.pattern.as_str()).collect()
    }

    /// Removes the findings in ignored files.
    pub(in crate::lint) fn apply(
        &self,
        log: &Log,
        checkout: Option<&Checkout>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.0.is_empty() {
            return;
        }
        diagnostics.retain(|one| {
            let file = match &one.site {
                FindingSite::Record(id, _) => Some(log.record(*id).file.as_str()),
                FindingSite::File(file) => Some(file.as_str()),
                FindingSite::Tracked(index, _) => checkout
                    .and_then(|checkout| checkout.texts.get(*index))
                    .map(|tracked| tracked.name.as_str()),
                FindingSite::Log => None,
            };
            file.is_none_or(|file| !self.ignores(file, one.rule))
        });
    }

    fn ignores(&self, file: &str, rule: &Rule) -> bool {
        self.0.iter().any(|one| {
            one.rules.iter().any(|selector| selector.precision(rule).is_some())
                && one.regex.is_match(file)
        })
    }
}
