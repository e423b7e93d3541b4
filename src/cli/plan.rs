//! What a site is made from, gathered: the log, what the linter says about it, templates, pictures.
//! Knows nothing of where the site goes.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash as _;
use std::path::PathBuf;
use std::rc::Rc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Session;
use super::base::{Comparison, NamedBy, Purpose};
use super::lint_input::{Fixes, LintInput, lint_config};
use crate::Result;
use crate::lint::{self, Base, Coverage, Diagnostic};
use crate::model::{Histories, Lifecycle, RecordId, Trees};
use crate::project::{LeftOut, Names, Pictures, Project, Repository, Tip, read_picture};
use crate::site::{
    Changes, Config, Destinations, Drafts, Setting, Site, destinations, fingerprint,
};
use crate::text::Fingerprint;

/// What a site is made from.
pub(super) struct Plan {
    /// The log, without what is not published.
    pub project: Project,
    /// What the linter says.
    pub found: Vec<Diagnostic>,
    /// How the site looks.
    pub config: Config,
    pub(super) templates: Vec<(String, String)>,
    pictures: Pictures,
    /// Where the links of the records lead.
    destinations: Destinations,
    /// What makes the site.
    program: String,
    /// Why git says nothing of the log.
    pub git_fault: Option<String>,
    /// What else the user may want to know.
    pub notes: Vec<String>,
    /// Where the log is committed.
    committed: Option<(Repository, Tip)>,
    histories: Lazy,
    /// What has changed since the base.
    changes: Option<Changes>,
}

/// What is asked for on the command line.
#[derive(Default)]
pub(super) struct Wish<'a> {
    /// Where the site will be.
    pub base_url: Option<&'a str>,
    /// What the log is compared with.
    pub base: Option<&'a str>,
    /// Whether the base of adr.toml counts where none is asked for.
    pub compares: bool,
}

/// The history that was read, for as long as the repository and the words are the same.
#[derive(Default)]
pub(super) struct Known(RefCell<Option<(Key, Lazy)>>);

/// The state of the repository, and the words of the log.
type Key = (Tip, String);
/// Read when it is first asked for.
type Lazy = Rc<OnceCell<Histories>>;

impl Plan {
    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// Where there is no log, or its configuration or a template cannot be read.
    pub(super) fn gather(wish: &Wish<'_>, known: &Known, session: &Session<'_>) -> Result<Self> {
        let mut project = session.open_anew()?;
        let mut comparison = Comparison::find(wish.base, Purpose::Site, &project, session)?;
        let (mut found, trees) = findings(&project, &mut comparison, session)?;
        if project.config.site.drafts == Drafts::Hide {
            found = hide_drafts(&mut project, found);
        }
        let mut config = project.config.site.clone();
        config.base_url = wish.base_url.map(str::to_owned).or(config.base_url);
        let by = comparison.base.as_ref().map(|(_, by)| *by);
        let changes = trees.zip(by).and_then(|(trees, by)| changes(wish, &trees, by, &project));
        let Comparison { repository, refusal, notes, .. } = comparison;
        let committed = repository.and_then(|one| Some((one.history_tip()?, one)));
        let committed = committed.map(|(tip, one)| (one, tip));
        let names = Names::around(&project.place.folder);
        let destinations = destinations(&project.log, &|folder: &str| names.within(folder));
        Ok(Self {
            histories: known.of(committed.as_ref().map(|(_, tip)| tip), &project),
            committed,
            git_fault: refusal.as_ref().map(super::fault::chain),
            notes,
            changes,
            found,
            config,
            templates: project.site_templates()?,
            pictures: project.pictures(&destinations.pictures),
            destinations,
            program: session.program().to_owned(),
            project,
        })
    }

    /// The pictures that go with the site, where they are now.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &PathBuf> {
        self.pictures.found.values()
    }

    /// The pictures that records show and that do not go with the site, and why.
    pub(super) fn left_out(&self) -> &BTreeMap<String, LeftOut> {
        &self.pictures.left_out
    }

    /// The site.
    ///
    /// # Errors
    ///
    /// Where a template does not compile, or the configuration of the site cannot be followed.
    pub(super) fn site(&self) -> Result<Site<'_>> {
        let histories = self.committed.as_ref().map(|(repository, tip)| {
            let read = || repository.histories(tip, self.project.words());
            let histories = self.histories.get_or_init(read);
            // The plan of a server is kept for long.
            repository.close();
            histories
        });
        let setting = Setting { histories, ..self.setting() };
        Site::new(&self.project.log, &self.config, setting)
    }

    /// Whether it is what it was: equal for equal sites.
    ///
    /// # Errors
    ///
    /// Where a picture cannot be read any more.
    pub(super) fn fingerprint(&self) -> Result<Fingerprint> {
        let mut whole =
            fingerprint(&self.program, &self.project.log, &self.config, &self.setting());
        // What the history is told from, so that it need not be read.
        self.committed.as_ref().map(|(_, tip)| tip).hash(&mut whole);
        // In which words the log was read.
        self.project.config.table().to_string().hash(&mut whole);
        let paths: Vec<&PathBuf> = self.pictures().collect();
        let shown = paths.par_iter().map(|path| Ok(Fingerprint::of(&read_picture(path)?)));
        shown.collect::<Result<Vec<_>>>()?.hash(&mut whole);
        Ok(whole)
    }

    fn setting(&self) -> Setting<'_> {
        let left_out = self.pictures.left_out.iter();
        Setting {
            title: self.project.name(),
            folder: self.project.folder(),
            templates: &self.templates,
            pictures: self.pictures.found.clone(),
            left_out: left_out.map(|(path, why)| (path.as_str(), why.as_str())).collect(),
            destinations: Some(&self.destinations),
            findings: Some(&self.found),
            histories: None,
            changes: self.changes.as_ref(),
        }
    }
}

impl Known {
    /// Where to find the history, or to put it.
    fn of(&self, tip: Option<&Tip>, project: &Project) -> Lazy {
        let Some(tip) = tip else { return Rc::default() };
        let key = (tip.clone(), project.config.table().to_string());
        let mut known = self.0.borrow_mut();
        if let Some((of, histories)) = known.as_ref()
            && *of == key
        {
            return Rc::clone(histories);
        }
        let histories = Lazy::default();
        *known = Some((key, Rc::clone(&histories)));
        histories
    }
}

/// What has changed since the base that `by` named: if no one named it, and if nothing has changed since that of the
/// environment or of the configuration, there is nothing to tell.
fn changes(wish: &Wish<'_>, trees: &Trees, by: NamedBy, project: &Project) -> Option<Changes> {
    let is_named = match by {
        NamedBy::Option => true,
        NamedBy::Environment | NamedBy::Pipeline | NamedBy::Configuration => wish.compares,
        NamedBy::Clone => false,
    };
    if !is_named {
        return None;
    }
    let transitions = project.config.transitions();
    let base = Base::new(trees, &project.log, &transitions, project.words());
    let changes = Changes::new(&base, &project.log, project.config.site.drafts);
    Some(changes).filter(|changes| by == NamedBy::Option || !changes.is_empty())
}

/// What `adr lint` says about the log, and what it compares the log with.
fn findings(
    project: &Project,
    comparison: &mut Comparison,
    session: &Session<'_>,
) -> Result<(Vec<Diagnostic>, Option<Trees>)> {
    let config = lint_config(project);
    let input = LintInput::read(project, &config, comparison, session)?;
    let mut found =
        input.run(Fixes::None, |run| Ok(run.findings(&run.context()?, Coverage::Log)))?;
    let LintInput { trees, checkout, .. } = input;
    // A site knows no text outside of the log, only its name.
    for one in &mut found {
        if let lint::FindingSite::Tracked(index, _) = one.site
            && let Some(text) = checkout.as_ref().and_then(|all| all.texts.get(index))
        {
            one.site = lint::FindingSite::File(text.name.clone());
        }
    }
    Ok((found, trees))
}

/// Takes the drafts out of the log, and gives the findings that are not about them.
fn hide_drafts(project: &mut Project, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let all = std::mem::take(&mut project.log);
    let files: Vec<String> = all.records().iter().map(|record| record.file.clone()).collect();
    project.log = all.only(|record| !record.is(Lifecycle::Draft));
    let kept: HashMap<&str, RecordId> =
        project.log.iter().map(|(id, record)| (record.file.as_str(), id)).collect();
    let now = |id: RecordId| kept.get(files.get(id.index())?.as_str()).copied();
    found.into_iter().filter_map(|one| one.in_other_log(&now)).collect()
}
