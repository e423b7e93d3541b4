//! What a site is made from, gathered: the log, what the linter says about it, templates, pictures.
//! Knows nothing of where the site goes.

use std::collections::BTreeMap;
use std::hash::Hash as _;
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Session;
use crate::Result;
use crate::lint::{Context, Diagnostic, lint};
use crate::model::Lifecycle;
use crate::project::{Names, Project, read_picture};
use crate::site::{Config, Drafts, Setting, Site, fingerprint, pictures};
use crate::text::Fingerprint;

/// What a site is made from.
pub(super) struct Plan {
    /// The log, without what is not published.
    pub project: Project,
    /// What the linter says.
    pub found: Vec<Diagnostic>,
    /// How the site looks.
    pub config: Config,
    templates: Vec<(String, String)>,
    pictures: BTreeMap<String, PathBuf>,
    /// What makes the site.
    program: String,
}

impl Plan {
    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// Where there is no log, or its configuration or a template cannot be read.
    pub(super) fn gather(base_url: Option<&str>, session: &Session<'_>) -> Result<Self> {
        let mut project = session.open_anew()?;
        if project.config.site.drafts == Drafts::Hide {
            let all = std::mem::take(&mut project.log);
            project.log = all.only(|record| !record.is(Lifecycle::Draft));
        }
        let mut config = project.config.site.clone();
        config.base_url = base_url.map(str::to_owned).or(config.base_url);
        Ok(Self {
            found: findings(&project, session)?,
            config,
            templates: project.site_templates()?,
            pictures: project.pictures(&pictures(&project.log)),
            program: (session.environment.program)(),
            project,
        })
    }

    /// The pictures that go with the site, where they are now.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &PathBuf> {
        self.pictures.values()
    }

    /// The site.
    ///
    /// # Errors
    ///
    /// Where a template does not compile, or the configuration of the site cannot be followed.
    pub(super) fn site(&self) -> Result<Site<'_>> {
        Site::new(&self.project.log, &self.config, self.setting())
    }

    /// Whether it is what it was: equal for equal sites.
    ///
    /// # Errors
    ///
    /// Where a picture cannot be read any more.
    pub(super) fn fingerprint(&self) -> Result<Fingerprint> {
        let mut whole =
            fingerprint(&self.program, &self.project.log, &self.config, &self.setting());
        // In which words the log was read.
        self.project.config.table().to_string().hash(&mut whole);
        let paths: Vec<&PathBuf> = self.pictures.values().collect();
        let shown = paths.par_iter().map(|path| Ok(Fingerprint::of(&read_picture(path)?)));
        shown.collect::<Result<Vec<_>>>()?.hash(&mut whole);
        Ok(whole)
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            title: self.project.name(),
            folder: self.project.folder(),
            templates: &self.templates,
            pictures: self.pictures.clone(),
            findings: Some(&self.found),
        }
    }
}

/// What the linter says about the log.
fn findings(project: &Project, session: &Session<'_>) -> Result<Vec<Diagnostic>> {
    let folder = &project.place.folder;
    let names = Names::around(folder);
    let names_in = |folder: &str| names.within(folder);
    let config = &project.config.lint;
    let context = Context::new(&project.log, folder, session.today()?, config, &names_in)?;
    Ok(lint(&context))
}
