//! The inputs of a site: the log, its findings, templates and pictures. Does not depend on where the site is
//! written or served.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash as _;
use std::path::PathBuf;
use std::rc::Rc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::args::{BasePurpose, Comparison, NamedBy};
use super::lint::{Fixes, LintInput, lint_config};
use super::session::Session;
use super::terminal::error_sentence;
use crate::Result;
use crate::lint::{self, Base, Coverage, Diagnostic};
use crate::model::{BaseSnapshots, Histories, Lifecycle, RecordId};
use crate::project::{FolderNames, LeftOut, Pictures, Project, Repository, Tip, read_picture};
use crate::site::{
    Changes, Config, Destinations, Drafts, Site, SiteInputs, destinations, fingerprint,
};
use crate::text::Fingerprint;

/// The inputs of a site.
pub(crate) struct SitePlan {
    /// The log, without unpublished records.
    pub project: Project,
    /// The findings of the linter.
    pub findings: Vec<Diagnostic>,
    /// The configuration of the site.
    pub config: Config,
    pub templates: Vec<(String, String)>,
    pictures: Pictures,
    /// The destinations of the links in records.
    destinations: Destinations,
    /// The text that identifies the build of the program.
    program: String,
    /// Why git cannot be used for the log.
    pub git_error: Option<String>,
    /// Further messages for the user.
    pub notes: Vec<String>,
    /// The repository of the log and its current commit.
    committed: Option<(Repository, Tip)>,
    histories: LazyHistories,
    /// The changes since the base.
    changes: Option<Changes>,
}

/// The options of the command line for a site.
#[derive(Default)]
pub(crate) struct SiteRequest<'a> {
    /// The address at which the site will be published.
    pub base_url: Option<&'a str>,
    /// The base that the log is compared with.
    pub base: Option<&'a str>,
    /// Whether a base from the environment or the configuration is used if none is given.
    pub uses_default_base: bool,
}

/// The last history that was read. It is valid while the repository and the configuration are the same.
#[derive(Default)]
pub(crate) struct HistoryCache(RefCell<Option<(HistoryKey, LazyHistories)>>);

/// The state of the repository, and the configuration of the log.
type HistoryKey = (Tip, String);
/// Histories that are read on first use.
type LazyHistories = Rc<OnceCell<Histories>>;

impl SitePlan {
    /// Reads the inputs.
    ///
    /// # Errors
    ///
    /// If there is no log, or its configuration or a template cannot be read.
    pub(crate) fn read(
        request: &SiteRequest<'_>,
        cache: &HistoryCache,
        session: &Session<'_>,
    ) -> Result<Self> {
        let mut project = session.open_droppable()?;
        let mut comparison = Comparison::find(request.base, BasePurpose::Site, &project, session)?;
        let (mut findings, trees) = lint_log(&project, &mut comparison, session)?;
        if project.config.site.drafts == Drafts::Hide {
            findings = hide_drafts(&mut project, findings);
        }
        let mut config = project.config.site.clone();
        config.base_url = request.base_url.map(str::to_owned).or(config.base_url);
        let named_by = comparison.base.as_ref().map(|(_, named_by)| *named_by);
        let changes = trees
            .zip(named_by)
            .and_then(|(trees, named_by)| changes(request, &trees, named_by, &project));
        let Comparison { repository, refusal, notes, .. } = comparison;
        let committed = repository.and_then(|repository| {
            let tip = repository.history_tip()?;
            Some((repository, tip))
        });
        let names = FolderNames::around(&project.place.folder);
        let destinations = destinations(&project.log, &|folder: &str| names.within(folder));
        Ok(Self {
            histories: cache.entry(committed.as_ref().map(|(_, tip)| tip), &project),
            committed,
            git_error: refusal.as_ref().map(error_sentence),
            notes,
            changes,
            findings,
            config,
            templates: project.site_templates()?,
            pictures: project.pictures(&destinations.pictures),
            destinations,
            program: session.program().to_owned(),
            project,
        })
    }

    /// Returns the paths of the pictures that are copied to the site.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = &PathBuf> {
        self.pictures.found.values()
    }

    /// Returns the pictures in records that are not copied to the site, with the reasons.
    pub(crate) fn left_out(&self) -> &BTreeMap<String, LeftOut> {
        &self.pictures.left_out
    }

    /// Returns the site.
    ///
    /// # Errors
    ///
    /// If a template does not compile, or the configuration of the site is invalid.
    pub(crate) fn site(&self) -> Result<Site<'_>> {
        let histories = self.committed.as_ref().map(|(repository, tip)| {
            let read = || repository.histories(tip, self.project.words());
            let histories = self.histories.get_or_init(read);
            // A server keeps its plan for a long time, and should not keep git processes.
            repository.close();
            histories
        });
        let setting = SiteInputs { histories, ..self.inputs() };
        Site::new(&self.project.log, &self.config, setting)
    }

    /// Returns a fingerprint of all inputs: equal inputs give equal sites.
    ///
    /// # Errors
    ///
    /// If a picture cannot be read any more.
    pub(crate) fn fingerprint(&self) -> Result<Fingerprint> {
        let mut site_fingerprint =
            fingerprint(&self.program, &self.project.log, &self.config, &self.inputs());
        // The current commit determines the history, which need not be read.
        self.committed.as_ref().map(|(_, tip)| tip).hash(&mut site_fingerprint);
        // The configuration determines how the log is read.
        self.project.config.table().to_string().hash(&mut site_fingerprint);
        let paths: Vec<&PathBuf> = self.pictures().collect();
        let pictures = paths.par_iter().map(|path| Ok(Fingerprint::of(&read_picture(path)?)));
        pictures.collect::<Result<Vec<_>>>()?.hash(&mut site_fingerprint);
        Ok(site_fingerprint)
    }

    fn inputs(&self) -> SiteInputs<'_> {
        let left_out = self.pictures.left_out.iter();
        SiteInputs {
            title: self.project.name(),
            folder: self.project.folder(),
            templates: &self.templates,
            pictures: self.pictures.found.clone(),
            left_out: left_out.map(|(path, reason)| (path.as_str(), reason.as_str())).collect(),
            destinations: Some(&self.destinations),
            findings: Some(&self.findings),
            histories: None,
            changes: self.changes.as_ref(),
        }
    }
}

impl HistoryCache {
    /// Returns the cached history, or a new entry if it is out of date.
    fn entry(&self, tip: Option<&Tip>, project: &Project) -> LazyHistories {
        let Some(tip) = tip else { return Rc::default() };
        let key = (tip.clone(), project.config.table().to_string());
        let mut cached = self.0.borrow_mut();
        if let Some((cached_key, histories)) = cached.as_ref()
            && *cached_key == key
        {
            return Rc::clone(histories);
        }
        let histories = LazyHistories::default();
        *cached = Some((key, Rc::clone(&histories)));
        histories
    }
}

/// Returns the changes since the base that `named_by` named. `None` for an upstream branch, and for a base from the
/// environment or the configuration without changes.
fn changes(
    request: &SiteRequest<'_>,
    trees: &BaseSnapshots,
    named_by: NamedBy,
    project: &Project,
) -> Option<Changes> {
    let has_page = match named_by {
        NamedBy::Option => true,
        NamedBy::Environment | NamedBy::Pipeline | NamedBy::Configuration => {
            request.uses_default_base
        }
        NamedBy::Upstream => false,
    };
    if !has_page {
        return None;
    }
    let transitions = project.config.transitions();
    let base = Base::new(trees, &project.log, &transitions, project.words());
    let changes = Changes::new(&base, &project.log, project.config.site.drafts);
    Some(changes).filter(|changes| named_by == NamedBy::Option || !changes.is_empty())
}

/// Returns the findings of `adr lint`, and the states of the log that it is compared with.
fn lint_log(
    project: &Project,
    comparison: &mut Comparison,
    session: &Session<'_>,
) -> Result<(Vec<Diagnostic>, Option<BaseSnapshots>)> {
    let config = lint_config(project);
    let input = LintInput::read(project, &config, comparison, session)?;
    let mut findings =
        input.run(Fixes::None, |run| Ok(run.findings(&run.context()?, Coverage::Log)))?;
    let LintInput { trees, checkout, .. } = input;
    // A site has only the names of files outside of the log, not their texts.
    for finding in &mut findings {
        if let lint::FindingSite::Tracked(index, _) = finding.site
            && let Some(file) = checkout.as_ref().and_then(|checkout| checkout.texts.get(index))
        {
            finding.site = lint::FindingSite::File(file.name.clone());
        }
    }
    Ok((findings, trees))
}

/// Removes the drafts from the log. Returns the findings that do not concern them.
fn hide_drafts(project: &mut Project, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let full_log = std::mem::take(&mut project.log);
    let files: Vec<String> = full_log.records().iter().map(|record| record.file.clone()).collect();
    project.log = full_log.only(|record| !record.is(Lifecycle::Draft));
    let published_ids: HashMap<&str, RecordId> =
        project.log.iter().map(|(id, record)| (record.file.as_str(), id)).collect();
    let new_id = |id: RecordId| published_ids.get(files.get(id.index())?.as_str()).copied();
    findings.into_iter().filter_map(|finding| finding.in_other_log(&new_id)).collect()
}
