//! Comments in records that suppress findings: `<!-- adr-ignore ADR307: reason -->`.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::config::Selector;
use crate::lint::finding::{Diagnostic, FindingSite};
use crate::lint::rule::{Rule, RuleList};
use crate::model::{Log, Record, RecordId};
use crate::syntax::comments;
use crate::text::Span;

/// A comment that suppresses findings.
#[derive(Clone, Debug)]
pub(in crate::lint) struct IgnoreComment {
    /// The whole comment.
    pub span: Span,
    /// Where it suppresses findings.
    pub scope: IgnoreScope,
    /// Every word that should select rules, with its place.
    pub words: Vec<(String, Span)>,
}

/// Where a comment suppresses findings.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) enum IgnoreScope {
    /// In the whole file.
    File,
    /// In the block after the comment.
    Next(Span),
    /// In the paragraph, list item, heading or cell that holds the comment.
    Around(Span),
}

impl IgnoreScope {
    fn contains(self, offset: usize) -> bool {
        match self {
            Self::File => true,
            Self::Next(block) | Self::Around(block) => block.start <= offset && offset < block.end,
        }
    }
}

/// All comments of a log, by record.
#[derive(Debug, Default)]
pub(in crate::lint) struct IgnoreComments {
    by_record: BTreeMap<RecordId, Vec<IgnoreComment>>,
}

/// Which comments suppressed findings of which rules.
#[derive(Debug, Default)]
pub struct IgnoreUsage {
    /// The words that suppressed a finding: the record, the index of the comment, the index of the word.
    used_words: BTreeSet<(RecordId, usize, usize)>,
    /// The rules that were checked. A comment for another rule may be needed when that is checked.
    checked_rules: Vec<&'static Rule>,
}

impl IgnoreComments {
    pub(in crate::lint) fn new(log: &Log) -> Self {
        let comments = log.iter().map(|(id, record)| (id, ignore_comments(record)));
        Self { by_record: comments.filter(|(_, comments)| !comments.is_empty()).collect() }
    }

    /// The comments of a record.
    pub(in crate::lint) fn of(&self, id: RecordId) -> &[IgnoreComment] {
        self.by_record.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Removes the findings that comments suppress. The `checked_rules` are all rules that could report.
    pub(in crate::lint) fn apply(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        rules: RuleList,
        checked_rules: Vec<&'static Rule>,
    ) -> IgnoreUsage {
        let mut used_words = BTreeSet::new();
        diagnostics.retain(|one| {
            let FindingSite::Record(id, span) = &one.site else { return true };
            let selects_rule = |word: &str| {
                Selector::read(word, rules)
                    .is_ok_and(|selector| selector.precision(one.rule).is_some())
            };
            let mut is_kept = true;
            for (comment_index, comment) in self.of(*id).iter().enumerate() {
                if !comment.scope.contains(span.start) {
                    continue;
                }
                for (word_index, (word, _)) in comment.words.iter().enumerate() {
                    if selects_rule(word) {
                        used_words.insert((*id, comment_index, word_index));
                        is_kept = false;
                    }
                }
            }
            is_kept
        });
        IgnoreUsage { used_words, checked_rules }
    }

    /// Every word that selects a checked rule and suppressed nothing.
    pub(in crate::lint) fn unused<'i>(
        &'i self,
        usage: &'i IgnoreUsage,
        rules: RuleList,
    ) -> impl Iterator<Item = (RecordId, &'i IgnoreComment, &'i (String, Span))> {
        let is_unused = move |id: RecordId, comment: usize, word: usize, text: &str| {
            !usage.used_words.contains(&(id, comment, word)) && usage.could_suppress(text, rules)
        };
        self.by_record.iter().flat_map(move |(id, comments)| {
            comments.iter().enumerate().flat_map(move |(comment_index, comment)| {
                let words = comment.words.iter().enumerate();
                words
                    .filter(move |(index, word)| is_unused(*id, comment_index, *index, &word.0))
                    .map(move |(_, word)| (*id, comment, word))
            })
        })
    }
}

impl IgnoreUsage {
    /// Whether the word selects a rule that was checked.
    fn could_suppress(&self, word: &str, rules: RuleList) -> bool {
        Selector::read(word, rules).is_ok_and(|selector| {
            self.checked_rules.iter().any(|rule| selector.precision(rule).is_some())
        })
    }
}

/// The comments of a record, in their order, except those in code.
fn ignore_comments(record: &Record) -> Vec<IgnoreComment> {
    const MARK: &str = "adr-ignore";
    let text = record.text();
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return vec![];
    }
    let mut ignore_comments = Vec::new();
    for comment in comments(&record.document, text) {
        let whole = comment.span.of(text);
        let inner = whole.strip_prefix("<!--").and_then(|opened| opened.strip_suffix("-->"));
        let Some(inner) = inner else { continue };
        let Some(after_mark) = inner.trim_start().strip_prefix(MARK) else { continue };
        let after_file_mark = after_mark.strip_prefix("-file");
        let arguments = after_file_mark.unwrap_or(after_mark);
        if !arguments.is_empty() && !arguments.starts_with([' ', '\t', '\n', '\r', ':']) {
            continue;
        }
        let selectors = arguments.split(':').next().unwrap_or_default();
        // After `<!--`, the spaces and the mark.
        let offset = comment.span.start + 4 + inner.len() - arguments.len();
        let scope = match (after_file_mark, comment.about) {
            (Some(_), _) => IgnoreScope::File,
            (None, Some(block)) if comment.is_inline => IgnoreScope::Around(block),
            (None, block) => IgnoreScope::Next(block.unwrap_or(Span::at(comment.span.end))),
        };
        let words = split_words(selectors, offset);
        ignore_comments.push(IgnoreComment { span: comment.span, scope, words });
    }
    ignore_comments
}

/// The words of `text`, which begins at `offset`, divided by commas and white space.
fn split_words(text: &str, offset: usize) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut word_start = offset;
    for word in text.split([',', ' ', '\t', '\n', '\r']) {
        if !word.is_empty() {
            words.push((word.to_owned(), Span::new(word_start, word_start + word.len())));
        }
        word_start += word.len() + 1;
    }
    words
}
