//! What the rules may know: the log, and what every rule would otherwise have to find out again.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use super::base::{Pair, claimed};
use super::citation::{Citation, citations};
use super::claim::{phrase, says_more_than_status};
use super::ignore::{Ignores, PerFile};
use super::near::Near;
use super::numbering::next_number;
use super::place::Places;
use super::structure::has_duplicate_key;
use super::{Base, Check, Config, Diagnostic, Fix, Levels, Rule, Safety, Site, rules};
use crate::Result;
use crate::format::conflict_marker;
use crate::model::{
    Checkout, Date, Log, NamesIn, Record, RecordId, RelationKind, Resolver, Target,
};
use crate::syntax::Link;
use crate::text::{Change, Encoding, Source, Span, path_in};

/// What a record is to say about another one, so that both ends of a relation agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who is to say it.
    pub record: RecordId,
    /// What, unless it says so already.
    pub kind: RelationKind,
    /// About whom.
    pub other: RecordId,
    /// Whether its status becomes *superseded*.
    pub is_superseded: bool,
}

/// What a rule wants to become of a record.
#[derive(Clone, Copy)]
pub enum Wish<'a> {
    /// It says something about others; all of these are about the same record.
    Answers(&'a [Answer]),
    /// It states the day on which it was first committed.
    FirstDay {
        /// Which one.
        record: RecordId,
    },
    /// It gets another number, and whoever means it follows.
    Renumber {
        /// Which one.
        record: RecordId,
        /// What it gets.
        number: u32,
        /// Whether a record came with it, and means it by a number that another one has too;
        /// `None` where nobody knows.
        is_new: Option<&'a dyn Fn(RecordId) -> bool>,
    },
    /// The list of the records in a page is up to date.
    Contents {
        /// A text beside the records, or elsewhere in the repository.
        page: &'a Source,
    },
}

/// Carries out a wish in the style of the records; `None` where that cannot be done for certain.
/// Rules do not know how records are written. The texts are those in the folder of the log that are
/// no records, and may name some.
pub type Scribe<'a> = dyn Fn(&Log, &[Source], Wish<'_>) -> Option<Vec<Change>> + Sync + 'a;

/// What the rules may know.
pub struct Context<'a> {
    /// The log that is checked.
    pub log: &'a Log,
    /// Its folder, as messages show it.
    pub folder: &'a Path,
    /// The day on which it is checked.
    pub today: Date,
    /// Which rules apply, and how severely.
    pub levels: Levels,
    /// What a team has said about the rules.
    pub config: Config,
    /// What the log was before the change that is checked, where that is known.
    pub base: Option<Base<'a>>,
    /// What git tracks around it, where there is git.
    pub checkout: Option<&'a Checkout>,
    scribe: Option<(&'a Scribe<'a>, &'a [Source])>,
    /// The comments that keep findings away.
    pub(super) ignores: Ignores,
    /// The files that rules are left out in.
    pub(super) per_file: PerFile,
    by_path: HashMap<&'a Path, RecordId>,
    resolver: Resolver<'a>,
    /// The files that hold both sides of a merge.
    conflicted: HashSet<&'a str>,
    /// The files with a key that stands twice in their front matter.
    repeating: HashSet<&'a str>,
    /// Made when the first rule asks.
    heirs: OnceLock<Heirs>,
    /// Made when the first rule asks.
    near: OnceLock<Near>,
    /// The same.
    citations: OnceLock<Vec<Citation>>,
    places: Places,
}

/// What became of the records of the base.
#[derive(Default)]
struct Heirs {
    /// For every record of the base the record that it became.
    of_base: Vec<Option<RecordId>>,
    /// For every such record the file that it was on the base.
    files: HashMap<RecordId, String>,
}

/// A place in a file, ready to be shown.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Relative to the working directory, with `/` as separator.
    pub path: String,
    /// The text; `None` for a file that is no record, and for the log as a whole.
    pub source: Option<&'a Source>,
    /// Which bytes of it.
    pub span: Span,
    /// How messages name the record, where it is one.
    pub record: Option<RecordId>,
}

impl<'a> Context<'a> {
    /// Prepares the check of `log`, which lies in `folder`.
    ///
    /// # Errors
    ///
    /// Where `config` names a rule that does not exist.
    pub fn new(
        log: &'a Log,
        folder: &'a Path,
        today: Date,
        config: &Config,
        names_in: &'a NamesIn<'a>,
    ) -> Result<Self> {
        let levels = Levels::new(config)?;
        let resolver = Resolver::new(log, names_in);
        let files_where = |holds: fn(&Record) -> bool| -> HashSet<&'a str> {
            let found = log.records().iter().filter(|record| holds(record));
            found.map(|record| record.file.as_str()).collect()
        };
        let conflicted = files_where(|record| conflict_marker(record).is_some());
        let repeating = files_where(|record| {
            record.document.front_matter.as_ref().is_some_and(has_duplicate_key)
        });
        let by_path = log.iter().map(|(id, record)| (record.source.path(), id)).collect();
        let config = config.clone();
        let (ignores, per_file) = (Ignores::new(log), PerFile::new(&config)?);
        Ok(Self {
            ignores,
            scribe: None,
            per_file,
            log,
            folder,
            today,
            levels,
            config,
            base: None,
            checkout: None,
            by_path,
            resolver,
            conflicted,
            repeating,
            heirs: OnceLock::new(),
            near: OnceLock::new(),
            citations: OnceLock::new(),
            places: Places::new(log),
        })
    }

    /// The same, with somebody who can carry out wishes, and the texts beside the records.
    #[must_use]
    pub fn with_scribe(self, scribe: &'a Scribe<'a>, others: &'a [Source]) -> Self {
        Self { scribe: Some((scribe, others)), ..self }
    }

    /// The fix that makes a record answer, where that can be done.
    ///
    /// It is safe where the claim `is_sure`, and nothing is lost of what the status says.
    pub(super) fn answered(&self, answer: Answer, is_sure: bool) -> Option<Fix> {
        let changes = self.granted(Wish::Answers(&[answer]))?;
        let (label, other) = (self.log.record(answer.record), self.log.record(answer.other));
        let (label, other) = (label.label(), other.label());
        let title = if answer.is_superseded {
            format!("set the status of {label} to superseded by {other}")
        } else {
            format!("let {label} say that it {} {other}", phrase(answer.kind))
        };
        // What else the status says may be about the old word.
        let remarked =
            answer.is_superseded && says_more_than_status(self.log.record(answer.record));
        let is_safe = is_sure && !remarked;
        let safety = if is_safe { Safety::Safe } else { Safety::Unsafe };
        Some(Fix { safety, title, changes, answer: Some(answer), facts: None })
    }

    /// The fix that gives a record the next free number, where nobody can be in doubt who is meant
    /// by the old one.
    pub(super) fn renumbered(&self, record: RecordId) -> Option<Fix> {
        let number = next_number(self, record);
        let is_new = |id: RecordId| self.is_new(id);
        let is_new: Option<&dyn Fn(RecordId) -> bool> = self.base.is_some().then_some(&is_new);
        let changes = self.granted(Wish::Renumber { record, number, is_new })?;
        let title = format!("give `{}` the number {number}", self.log.record(record).file);
        Some(Fix { safety: Safety::Unsafe, title, changes, answer: None, facts: None })
    }

    /// The fix that dates a record by its first commit, where somebody looks that up.
    pub(super) fn dated(&self, record: RecordId) -> Option<Fix> {
        let changes = self.granted(Wish::FirstDay { record })?;
        let title = "write the day of its first commit".to_owned();
        Some(Fix { safety: Safety::Unsafe, title, changes, answer: None, facts: None })
    }

    /// The same, within its repository.
    #[must_use]
    pub fn within(self, checkout: Option<&'a Checkout>) -> Self {
        Self { checkout, ..self }
    }

    /// The texts in the folder of the log that are no records, each with its path from there.
    pub(super) fn beside(&self) -> impl Iterator<Item = (&'a str, &'a Source)> {
        let others = self.scribe.map(|(_, others)| others).unwrap_or_default().iter();
        // A log in the working directory is called `.`, which no path begins with.
        let below = |path: &'a Path| path.strip_prefix(self.folder).unwrap_or(path).to_str();
        others.filter_map(move |one| Some((below(one.path())?, one)))
    }

    pub(super) fn granted(&self, wish: Wish<'_>) -> Option<Vec<Change>> {
        let (scribe, others) = self.scribe?;
        scribe(self.log, others, wish).filter(|changes| !changes.is_empty())
    }

    /// The same, beside what the log was before.
    #[must_use]
    pub fn against(self, base: Option<Base<'a>>) -> Self {
        Self { base, heirs: OnceLock::new(), ..self }
    }

    /// For every record of the base the record that it became; none without a base.
    pub(super) fn heirs(&self) -> &[Option<RecordId>] {
        &self.all_heirs().of_base
    }

    /// Whether the record came with the change, as far as a base shows.
    pub(super) fn is_new(&self, id: RecordId) -> bool {
        self.base.is_some() && !self.all_heirs().files.contains_key(&id)
    }

    /// Whether the record has got its number in the change, as far as a base shows.
    pub(super) fn claims_number(&self, id: RecordId) -> bool {
        let Some(base) = &self.base else { return false };
        let file = self.all_heirs().files.get(&id);
        let ancestor = file.and_then(|file| base.before.get(file.as_str()).copied());
        claimed(self.log.record(id), ancestor).is_some()
    }

    fn all_heirs(&self) -> &Heirs {
        self.heirs.get_or_init(|| {
            let Some(base) = &self.base else { return Heirs::default() };
            let of_base = base.heirs(self.log);
            let files = base.ancestors(&of_base).into_iter();
            Heirs { files: files.map(|(id, old)| (id, old.file.clone())).collect(), of_base }
        })
    }

    /// Every record of the base with the record that it became; none without a base.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair<'a>> + '_ {
        let base = self.base.iter();
        base.flat_map(|base| base.paired(self.heirs()))
    }

    /// Whether the cause of the finding lies in a file that has changed since the base: the file
    /// that it stands in, or one that it shows beside it. That a log has no records always counts.
    pub fn is_of_change(&self, one: &Diagnostic) -> bool {
        let Some(base) = &self.base else { return true };
        let changed = |id: RecordId| base.has_changed(self.log.record(id));
        if one.cause.as_ref().is_some_and(|file| base.has_touched(file)) {
            return true;
        }
        match &one.site {
            Site::Record(id, _) => {
                changed(*id) || one.related.iter().any(|other| changed(other.record))
            }
            Site::File(file) => !base.is_known(file),
            Site::Tracked(..) => one.related.iter().any(|other| changed(other.record)),
            Site::Log => self.log.records().is_empty(),
        }
    }

    /// Whether somebody asked for a rule that needs a base by its very code.
    pub fn expects_base(&self) -> bool {
        let mut rules = rules::RULES.iter().filter(|rule| matches!(rule.check, Check::Base(_)));
        rules.any(|rule| self.levels.is_by_code(rule))
    }

    /// The record that may be meant by `words`, which name none.
    pub(super) fn nearest(&self, words: &str) -> Option<RecordId> {
        self.near.get_or_init(|| Near::new(self.log)).nearest(words)
    }

    /// The names of the places in a record that links can lead to.
    pub(super) fn places(&self, id: RecordId) -> impl Iterator<Item = &str> {
        self.places.names(self.log, id)
    }

    /// Whether a link to the record with this fragment leads to no place in it.
    pub(super) fn lacks_place(&self, id: RecordId, fragment: &str) -> bool {
        self.places.lacks(self.log, id, fragment)
    }

    /// Where programs around the log cite its decisions, in the order of files and texts.
    pub(super) fn citations(&self) -> &[Citation] {
        let found = || self.checkout.map(|all| citations(all, self.log)).unwrap_or_default();
        self.citations.get_or_init(found)
    }

    /// The patterns of files to leave rules out in that no file fits.
    pub fn unused_patterns(&self) -> Vec<&str> {
        self.per_file.unused(self)
    }

    /// The links and images of the record's text, in their order.
    pub fn links(&self, record: &Record) -> &[Link] {
        self.id(record).map_or(&[], |id| self.log.links(id))
    }

    /// The file, seen from the log, that a link with this destination leads to from `record`.
    pub(super) fn file_of(&self, record: &Record, destination: &str) -> Option<String> {
        self.resolver.path(record, destination)
    }

    /// Where a link with this destination leads from `record`.
    pub fn target(&self, record: &Record, destination: &str) -> Target {
        self.resolver.target(record, destination)
    }

    /// The place of a record of this log.
    pub fn id(&self, record: &Record) -> Option<RecordId> {
        self.resolver.id(&record.file)
    }

    /// The record that was read from `path`.
    pub(super) fn record_at(&self, path: &Path) -> Option<&'a Record> {
        self.by_path.get(path).map(|id| self.log.record(*id))
    }

    /// The text that was read from `path`: of a record, or of what lies beside them.
    pub fn source(&self, path: &Path) -> Option<&'a Source> {
        let record = self.record_at(path).map(|record| &record.source);
        let others = self.scribe.map(|(_, others)| others).unwrap_or_default();
        let tracked = self.checkout.iter().flat_map(|all| &all.texts).map(|one| &one.source);
        record.or_else(|| others.iter().chain(tracked).find(|other| other.path() == path))
    }

    /// Whether the text of the record holds both sides of a merge.
    pub(super) fn is_conflicted(&self, record: &Record) -> bool {
        self.conflicted.contains(record.file.as_str())
    }

    /// Whether the file that the change changes was read byte for byte.
    pub(super) fn is_faithful(&self, change: &Change) -> bool {
        match change {
            Change::Edit { path, .. } | Change::Move { path, .. } => {
                self.source(path).is_none_or(|source| *source.encoding() == Encoding::Utf8)
            }
            Change::Create { .. } | Change::MoveFolder { .. } => true,
        }
    }

    /// Whether the fields of the record could be read: its text is there and of one piece, and its
    /// front matter, if it has any, is valid and says nothing twice.
    pub fn is_sound(&self, record: &Record) -> bool {
        let front = record.document.front_matter.as_ref();
        let valid = front.is_none_or(|front| front.fault.is_none());
        let valid = valid && !self.is_conflicted(record) && !self.repeating.contains(&*record.file);
        let source = &record.source;
        valid && !matches!(source.encoding(), Encoding::Unreadable { .. }) && !source.is_utf16()
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

    /// The place that `site` means.
    pub fn place(&self, site: &Site) -> Place<'a> {
        match site {
            Site::Record(id, span) => {
                let source = &self.log.record(*id).source;
                let path = shown(source.path());
                Place { path, source: Some(source), span: *span, record: Some(*id) }
            }
            Site::File(file) => {
                let path = shown(&path_in(self.folder, file));
                Place { path, source: None, span: Span::at(0), record: None }
            }
            Site::Tracked(at, span) => {
                let source =
                    self.checkout.and_then(|all| all.texts.get(*at)).map(|one| &one.source);
                let path = source.map_or(String::new(), |source| shown(source.path()));
                Place { path, source, span: *span, record: None }
            }
            Site::Log => {
                Place { path: shown(self.folder), source: None, span: Span::at(0), record: None }
            }
        }
    }
}

/// A path as reports show it: with `/`, whatever the system writes.
pub(super) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace('\\', "/") }
}
