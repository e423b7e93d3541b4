//! What the rules may know: the log, its surroundings, and indexes that several rules need.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use super::analysis::{
    Base, Citation, Pair, RecordAnchors, SimilarNames, citations, claimed_number, has_duplicate_key,
};
use super::config::{Config, RuleLevels};
use super::finding::{Diagnostic, EditRequest, FindingSite, RecordEditor};
use super::location::{Location, displayed_path};
use super::rule::{Rule, RuleList};
use super::suppression::{IgnoreComments, IgnoredFiles};
use crate::Result;
use crate::format::conflict_marker;
use crate::model::{Checkout, Date, Log, NamesIn, Record, RecordId, Resolver, Target};
use crate::syntax::Link;
use crate::text::{Change, Encoding, Source, Span, path_in};

/// Where and how a log is checked.
#[derive(Clone, Copy)]
pub struct CheckSettings<'a> {
    /// The folder of the log, as messages show it.
    pub folder: &'a Path,
    /// The date of the check.
    pub today: Date,
    /// Which rules apply, and what they need to know.
    pub config: &'a Config,
    /// The names in folders.
    pub names_in: &'a NamesIn<'a>,
}

/// What the rules may know.
pub struct Context<'a> {
    /// The log that is checked.
    pub log: &'a Log,
    /// Its folder, as messages show it.
    pub folder: &'a Path,
    /// The date of the check.
    pub today: Date,
    /// Which rules apply, and how severely.
    pub levels: RuleLevels,
    /// The configuration of the rules.
    pub config: Config,
    /// The state of the log before the change that is checked, if it is known.
    pub base: Option<Base<'a>>,
    /// The files that git tracks around the log, if there is a repository.
    pub checkout: Option<&'a Checkout>,
    editor: Option<&'a RecordEditor<'a>>,
    /// The texts in the folder of the log that are not records.
    other_texts: &'a [Source],
    pub(super) ignore_comments: IgnoreComments,
    pub(super) ignored_files: IgnoredFiles,
    by_path: HashMap<&'a Path, RecordId>,
    resolver: Resolver<'a>,
    /// The files of records with conflict markers.
    conflicted: HashSet<&'a str>,
    /// The files of records with duplicate keys in their front matter.
    with_duplicate_keys: HashSet<&'a str>,
    // The indexes below are made when the first rule needs them.
    counterparts: OnceLock<Counterparts>,
    similar_names: OnceLock<SimilarNames>,
    citations: OnceLock<Vec<Citation>>,
    anchors: RecordAnchors,
}

/// What became of the records of the base.
#[derive(Default)]
struct Counterparts {
    /// For every record of the base the record that it became.
    of_base: Vec<Option<RecordId>>,
    /// For every such record its file on the base.
    base_files: HashMap<RecordId, String>,
}

impl<'a> Context<'a> {
    /// Prepares the check of `log` against `rules`.
    ///
    /// # Errors
    ///
    /// If the configuration names a rule that does not exist.
    pub(super) fn new(log: &'a Log, settings: CheckSettings<'a>, rules: RuleList) -> Result<Self> {
        let CheckSettings { folder, today, config, names_in } = settings;
        let files_with = |condition: fn(&Record) -> bool| -> HashSet<&'a str> {
            let matching = log.records().iter().filter(|record| condition(record));
            matching.map(|record| record.file.as_str()).collect()
        };
        Ok(Self {
            log,
            folder,
            today,
            levels: RuleLevels::new(config, rules)?,
            config: config.clone(),
            base: None,
            checkout: None,
            editor: None,
            other_texts: &[],
            ignore_comments: IgnoreComments::new(log),
            ignored_files: IgnoredFiles::new(config, rules)?,
            by_path: log.iter().map(|(id, record)| (record.source.path(), id)).collect(),
            resolver: Resolver::new(log, names_in),
            conflicted: files_with(|record| conflict_marker(record).is_some()),
            with_duplicate_keys: files_with(|record| {
                record.document.front_matter.as_ref().is_some_and(has_duplicate_key)
            }),
            counterparts: OnceLock::new(),
            similar_names: OnceLock::new(),
            citations: OnceLock::new(),
            anchors: RecordAnchors::new(log),
        })
    }

    /// Adds an editor that can carry out requests, and the texts next to the records.
    #[must_use]
    pub fn with_editor(self, editor: &'a RecordEditor<'a>, other_texts: &'a [Source]) -> Self {
        Self { editor: Some(editor), other_texts, ..self }
    }

    /// Adds the repository around the log.
    #[must_use]
    pub fn within(self, checkout: Option<&'a Checkout>) -> Self {
        Self { checkout, ..self }
    }

    /// Adds the state of the log before the change.
    #[must_use]
    pub fn against(self, base: Option<Base<'a>>) -> Self {
        Self { base, counterparts: OnceLock::new(), ..self }
    }

    /// The texts in the folder of the log that are not records, each with its path from there.
    pub(super) fn other_texts(&self) -> impl Iterator<Item = (&'a str, &'a Source)> {
        // The folder of a log in the working directory is `.`, which no path begins with.
        let below = |path: &'a Path| path.strip_prefix(self.folder).unwrap_or(path).to_str();
        self.other_texts.iter().filter_map(move |text| Some((below(text.path())?, text)))
    }

    /// The changes that carry out the request, if an editor can do that.
    pub(super) fn requested_changes(&self, request: EditRequest<'_>) -> Option<Vec<Change>> {
        let editor = self.editor?;
        editor(self.log, self.other_texts, request).filter(|changes| !changes.is_empty())
    }

    /// For every record of the base the record that it became; empty without a base.
    pub(super) fn counterparts(&self) -> &[Option<RecordId>] {
        &self.all_counterparts().of_base
    }

    /// Every record of the base with the record that it became; empty without a base.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair<'a>> + '_ {
        self.base.iter().flat_map(|base| base.pairs_of(self.counterparts()))
    }

    /// Whether the record is not on the base. False without a base.
    pub(super) fn is_new(&self, id: RecordId) -> bool {
        self.base.is_some() && !self.all_counterparts().base_files.contains_key(&id)
    }

    /// Whether the record did not have its number on the base. False without a base.
    pub(super) fn claims_number(&self, id: RecordId) -> bool {
        let Some(base) = &self.base else { return false };
        let base_file = self.all_counterparts().base_files.get(&id);
        let ancestor = base_file.and_then(|file| base.before.get(file.as_str()).copied());
        claimed_number(self.log.record(id), ancestor).is_some()
    }

    fn all_counterparts(&self) -> &Counterparts {
        self.counterparts.get_or_init(|| {
            let Some(base) = &self.base else { return Counterparts::default() };
            let of_base = base.counterparts(self.log);
            let ancestors = base.ancestors(&of_base).into_iter();
            let base_files = ancestors.map(|(id, old)| (id, old.file.clone())).collect();
            Counterparts { of_base, base_files }
        })
    }

    /// Whether the cause of the finding is in a file that changed since the base: the file of the finding or of a
    /// related place. A log without records always counts.
    pub fn is_of_change(&self, one: &Diagnostic) -> bool {
        let Some(base) = &self.base else { return true };
        let has_changed = |id: RecordId| base.has_changed(self.log.record(id));
        let has_related_change = || one.related.iter().any(|related| has_changed(related.record));
        if one.cause.as_ref().is_some_and(|file| base.has_touched(file)) {
            return true;
        }
        match &one.site {
            FindingSite::Record(id, _) => has_changed(*id) || has_related_change(),
            FindingSite::File(file) => !base.is_known(file),
            FindingSite::Tracked(..) => has_related_change(),
            FindingSite::Log => self.log.records().is_empty(),
        }
    }

    /// The record whose name is most similar to `words`, which name no record.
    pub(super) fn most_similar_record(&self, words: &str) -> Option<RecordId> {
        self.similar_names.get_or_init(|| SimilarNames::new(self.log)).nearest(words)
    }

    /// The names of the places in a record that links can lead to.
    pub(super) fn anchor_names(&self, id: RecordId) -> impl Iterator<Item = &str> {
        self.anchors.names(self.log, id)
    }

    /// Whether a link to the record with this fragment leads to no place in it.
    pub(super) fn lacks_anchor(&self, id: RecordId, fragment: &str) -> bool {
        self.anchors.lacks(self.log, id, fragment)
    }

    /// The citations of decisions in programs around the log, in the order of files and texts.
    pub(super) fn citations(&self) -> &[Citation] {
        let read = || self.checkout.map(|checkout| citations(checkout, self.log));
        self.citations.get_or_init(|| read().unwrap_or_default())
    }

    /// The patterns of `per-file-ignores` that match no file.
    pub fn unused_patterns(&self) -> Vec<&str> {
        self.ignored_files.unused(self.log, self.checkout)
    }

    /// The links and images of the record's text, in their order.
    pub fn links(&self, record: &Record) -> &[Link] {
        self.id(record).map_or(&[], |id| self.log.links(id))
    }

    /// The file that a link with this destination leads to from `record`, relative to the log.
    pub(super) fn linked_file(&self, record: &Record, destination: &str) -> Option<String> {
        self.resolver.path(record, destination)
    }

    /// The target of a link with this destination in `record`.
    pub fn target(&self, record: &Record, destination: &str) -> Target {
        self.resolver.target(record, destination)
    }

    /// The id of a record of this log.
    pub fn id(&self, record: &Record) -> Option<RecordId> {
        self.resolver.id(&record.file)
    }

    /// The record that was read from `path`.
    pub(super) fn record_at(&self, path: &Path) -> Option<&'a Record> {
        self.by_path.get(path).map(|id| self.log.record(*id))
    }

    /// The text that was read from `path`: of a record, next to the records, or tracked by git.
    pub fn source(&self, path: &Path) -> Option<&'a Source> {
        let record = self.record_at(path).map(|record| &record.source);
        let tracked = self.checkout.iter().flat_map(|checkout| &checkout.texts);
        let mut others = self.other_texts.iter().chain(tracked.map(|tracked| &tracked.source));
        record.or_else(|| others.find(|source| source.path() == path))
    }

    /// Whether the text of the record has conflict markers.
    pub(super) fn is_conflicted(&self, record: &Record) -> bool {
        self.conflicted.contains(record.file.as_str())
    }

    /// Whether the changed file was read without loss, so that it can be written.
    pub(super) fn is_read_without_loss(&self, change: &Change) -> bool {
        match change {
            Change::Edit { path, .. } | Change::Move { path, .. } => {
                self.source(path).is_none_or(|source| *source.encoding() == Encoding::Utf8)
            }
            Change::Create { .. } | Change::MoveFolder { .. } => true,
        }
    }

    /// Whether the fields of the record could be read: the text is readable and without conflict markers, and its
    /// front matter, if it has any, is valid and without duplicate keys.
    pub fn is_sound(&self, record: &Record) -> bool {
        let front_matter = record.document.front_matter.as_ref();
        let source = &record.source;
        front_matter.is_none_or(|front_matter| front_matter.fault.is_none())
            && !self.is_conflicted(record)
            && !self.with_duplicate_keys.contains(&*record.file)
            && !matches!(source.encoding(), Encoding::Unreadable { .. })
            && !source.is_utf16()
    }

    /// Whether what `count` records have in common is the custom of the log: more than half of
    /// them, and at least five.
    pub fn is_custom(&self, count: usize) -> bool {
        count >= 5 && count * 2 > self.log.records().len()
    }

    /// Whether `rule` applies.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.levels.is_on(rule)
    }

    /// The file and the bytes of `site`.
    pub fn location(&self, site: &FindingSite) -> Location<'a> {
        let without_text =
            |path: String| Location { path, source: None, span: Span::at(0), record: None };
        match site {
            FindingSite::Record(id, span) => {
                let source = &self.log.record(*id).source;
                let path = displayed_path(source.path());
                Location { path, source: Some(source), span: *span, record: Some(*id) }
            }
            FindingSite::File(file) => without_text(displayed_path(&path_in(self.folder, file))),
            FindingSite::Tracked(index, span) => {
                let tracked = self.checkout.and_then(|checkout| checkout.texts.get(*index));
                let source = tracked.map(|tracked| &tracked.source);
                let path = source.map_or(String::new(), |source| displayed_path(source.path()));
                Location { path, source, span: *span, record: None }
            }
            FindingSite::Log => without_text(displayed_path(self.folder)),
        }
    }
}
