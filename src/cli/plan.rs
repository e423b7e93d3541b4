//! What a site is made from, gathered: the log, what the linter says about it, templates, pictures.
//! Knows nothing of where the site goes.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::hash::Hash as _;
use std::path::PathBuf;
use std::rc::Rc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Session;
use crate::lint::{Base, Context, Diagnostic, lint};
use crate::model::{Histories, Lifecycle};
use crate::project::{Asked, LeftOut, Names, Pictures, Project, Repository, Tip, read_picture};
use crate::site::{
    Changes, Config, Destinations, Drafts, Setting, Site, destinations, fingerprint,
};
use crate::text::Fingerprint;
use crate::{Error, Result};

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
        if project.config.site.drafts == Drafts::Hide {
            let all = std::mem::take(&mut project.log);
            project.log = all.only(|record| !record.is(Lifecycle::Draft));
        }
        let mut config = project.config.site.clone();
        config.base_url = wish.base_url.map(str::to_owned).or(config.base_url);
        let (repository, git_fault) = match project.repository() {
            Ok(repository) => (repository, None),
            Err(error) if wish.base.is_some() => return Err(error),
            Err(error) => (None, Some(super::fault::chain(&error))),
        };
        let repository = repository.map(|one| one.for_base(wish.base.is_some()));
        let changes = changes(wish, repository.as_ref(), &project)?;
        let committed = repository.and_then(|one| Some((one.history_tip()?, one)));
        let committed = committed.map(|(tip, one)| (one, tip));
        let names = Names::around(&project.place.folder);
        let destinations = destinations(&project.log, &|folder: &str| names.within(folder));
        Ok(Self {
            histories: known.of(committed.as_ref().map(|(_, tip)| tip), &project),
            committed,
            git_fault,
            changes,
            found: findings(&project, &names, session)?,
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
            let words = self.project.config.words();
            self.histories.get_or_init(|| repository.histories(tip, &words))
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

/// What has changed since the base that is asked for, else since that of adr.toml: without it, and
/// where nothing has changed since, there is nothing to tell.
///
/// # Errors
///
/// Where the base that is asked for is not there.
fn changes(
    wish: &Wish<'_>,
    repository: Option<&Repository>,
    project: &Project,
) -> Result<Option<Changes>> {
    let configured = project.config.base.as_deref().filter(|_| wish.compares);
    let Some(base) = wish.base.or(configured) else { return Ok(None) };
    let folder = &project.place.folder;
    let none = || Error::NoRepository { base: base.to_owned(), folder: folder.clone() };
    let trees = repository.ok_or_else(none);
    let trees = trees.and_then(|one| one.trees(&Asked::plain(base), &project.config));
    let trees = match trees {
        Err(error) if wish.base.is_some() => return Err(error),
        Err(_) => return Ok(None),
        Ok(trees) => trees,
    };
    let transitions = project.config.transitions();
    let base = Base::new(&trees, &project.log, &transitions);
    let changes = Changes::new(&base, &project.log, project.config.site.drafts);
    Ok(Some(changes).filter(|changes| wish.base.is_some() || !changes.is_empty()))
}

/// What the linter says about the log.
fn findings(project: &Project, names: &Names, session: &Session<'_>) -> Result<Vec<Diagnostic>> {
    let folder = &project.place.folder;
    let names_in = |folder: &str| names.within(folder);
    let config = &project.config.lint;
    let context = Context::new(&project.log, folder, session.today()?, config, &names_in)?;
    Ok(lint(&context))
}
