//! What a team does not want to hear: comments in records, and patterns of files in `adr.toml`.
//! Reads comments; knows no rule beside those about the comments themselves.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::config::{Selector, selectors};
use super::{Config, Context, Diagnostic, Rule, Site};
use crate::model::{Log, Record, RecordId};
use crate::syntax::comments;
use crate::text::Span;
use crate::{Error, Result};

/// `<!-- adr-ignore ADR307: reason -->`
#[derive(Clone, Debug)]
pub(super) struct Ignore {
    /// The whole comment.
    pub span: Span,
    /// Where findings are ignored.
    pub scope: Scope,
    /// Every word that should name rules, and where it stands.
    pub words: Vec<(String, Span)>,
}

/// Where a comment keeps findings away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// In the whole file.
    File,
    /// In the block after the comment.
    Next(Span),
    /// In the paragraph, list item, heading or cell that it stands in.
    Around(Span),
}

impl Scope {
    fn holds(self, at: usize) -> bool {
        match self {
            Self::File => true,
            Self::Next(block) | Self::Around(block) => block.start <= at && at < block.end,
        }
    }
}

/// All comments of a log, by record, and which words of them were of use.
#[derive(Debug, Default)]
pub(super) struct Ignores {
    by_record: BTreeMap<RecordId, Vec<Ignore>>,
}

/// A word of a comment: the record, the comment, the word.
pub type Used = BTreeSet<(RecordId, usize, usize)>;

impl Ignores {
    pub(super) fn new(log: &Log) -> Self {
        let found = log.iter().map(|(id, record)| (id, read(record)));
        Self { by_record: found.filter(|(_, found)| !found.is_empty()).collect() }
    }

    /// The comments of a record.
    pub(super) fn of(&self, id: RecordId) -> &[Ignore] {
        self.by_record.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes the findings away that comments speak of, and tells which comments did.
    pub(super) fn apply(&self, found: &mut Vec<Diagnostic>) -> Used {
        let mut used = Used::new();
        found.retain(|one| {
            let Site::Record(id, span) = &one.site else { return true };
            let mut keep = true;
            for (at, ignore) in self.of(*id).iter().enumerate() {
                let here = ignore.scope.holds(span.start);
                let names = ignore.words.iter().enumerate().filter(|(_, (word, _))| {
                    here && Selector::read(word).is_ok_and(|word| word.rank(one.rule).is_some())
                });
                for (word, _) in names {
                    used.insert((*id, at, word));
                    keep = false;
                }
            }
            keep
        });
        used
    }

    /// Every word that names a rule and was of no use.
    pub(super) fn unused<'i>(
        &'i self,
        used: &'i Used,
    ) -> impl Iterator<Item = (RecordId, &'i Ignore, &'i (String, Span))> {
        self.by_record.iter().flat_map(move |(id, ignores)| {
            ignores.iter().enumerate().flat_map(move |(at, ignore)| {
                let words = ignore.words.iter().enumerate();
                words
                    .filter(move |(word, _)| !used.contains(&(*id, at, *word)))
                    .map(move |(_, word)| (*id, ignore, word))
            })
        })
    }
}

/// The comments of a record, in their order. Those in code are none.
fn read(record: &Record) -> Vec<Ignore> {
    const MARK: &str = "adr-ignore";
    let text = record.text();
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return vec![];
    }
    let mut found = Vec::new();
    for comment in comments(&record.document, text) {
        let words = comment.span.of(text);
        let Some(inner) = words.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"))
        else {
            continue;
        };
        let Some(rest) = inner.trim_start().strip_prefix(MARK) else { continue };
        let for_file = rest.strip_prefix("-file");
        let rest = for_file.unwrap_or(rest);
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\r', ':']) {
            continue;
        }
        let named = rest.split(':').next().unwrap_or_default();
        // Behind the comment's mark and ours, and the blanks between them.
        let offset = comment.span.start + 4 + inner.len() - rest.len();
        let scope = match (for_file, comment.about) {
            (Some(_), _) => Scope::File,
            (None, Some(block)) if comment.is_inline => Scope::Around(block),
            (None, block) => Scope::Next(block.unwrap_or(Span::at(comment.span.end))),
        };
        found.push(Ignore { span: comment.span, scope, words: split(named, offset) });
    }
    found
}

/// The words of `named`, which stands at the byte `offset`, by commas and blanks.
fn split(named: &str, offset: usize) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut at = offset;
    for part in named.split([',', ' ', '\t', '\n', '\r']) {
        if !part.is_empty() {
            words.push((part.to_owned(), Span::new(at, at + part.len())));
        }
        at += part.len() + 1;
    }
    words
}

/// The files that rules are left out in.
#[derive(Debug)]
pub(super) struct PerFile(Vec<(String, Regex, Vec<Selector>)>);

impl PerFile {
    /// # Errors
    ///
    /// Where a pattern cannot be used, or a word names no rule.
    pub(super) fn new(config: &Config) -> Result<Self> {
        let mut patterns = Vec::new();
        for (pattern, words) in &config.per_file_ignores {
            let regex = super::glob::regex(pattern).ok_or_else(|| Error::Config {
                path: "[lint.per-file-ignores]".into(),
                reason: format!("`{pattern}` is no pattern for files"),
                nearest: None,
            })?;
            patterns.push((pattern.clone(), regex, selectors(words)?));
        }
        Ok(Self(patterns))
    }

    /// Whether findings of the rule in this file are not wanted.
    fn ignores(&self, file: &str, rule: &Rule) -> bool {
        self.0.iter().any(|(_, pattern, words)| {
            words.iter().any(|word| word.rank(rule).is_some()) && pattern.is_match(file)
        })
    }

    /// The patterns that no file of the log fits, and none that git tracks.
    pub(super) fn unused(&self, context: &Context<'_>) -> Vec<&str> {
        let records = context.log.records().iter().map(|record| record.file.as_str());
        let skipped = context.log.skipped().iter().map(|one| one.file.as_str());
        let tracked = context.checkout.iter().flat_map(|all| &all.names).map(String::as_str);
        let files: Vec<&str> = records.chain(skipped).chain(tracked).collect();
        let unused =
            self.0.iter().filter(|(_, regex, _)| !files.iter().any(|file| regex.is_match(file)));
        unused.map(|(pattern, ..)| pattern.as_str()).collect()
    }

    /// Takes the findings away that stand in such files.
    pub(super) fn apply(&self, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
        if self.0.is_empty() {
            return;
        }
        found.retain(|one| match &one.site {
            Site::Record(id, _) => !self.ignores(&context.log.record(*id).file, one.rule),
            Site::File(file) => !self.ignores(file, one.rule),
            Site::Tracked(at, _) => {
                let file = context.checkout.and_then(|all| all.texts.get(*at));
                file.is_none_or(|file| !self.ignores(&file.name, one.rule))
            }
            Site::Log => true,
        });
    }
}
