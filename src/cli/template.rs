//! Which template a new record is made from.

use std::path::{Path, PathBuf};

use super::Session;
use crate::author::{TEMPLATES, Template};
use crate::project::{Project, Setting, read_text};
use crate::text::with_line_feeds;
use crate::{Refusal, Result};

/// A template that was chosen, with its source.
pub(super) struct Chosen {
    name: String,
    text: String,
    /// Whether it is one of ours, which knows nothing of the log.
    pub is_ours: bool,
}

impl Chosen {
    /// To be filled in.
    pub(super) fn template(&self) -> Template<'_> {
        Template { name: &self.name, text: &self.text }
    }

    fn file((path, text): (PathBuf, String)) -> Self {
        // The new record is ours, and so are the ends of its lines.
        let text = with_line_feeds(&text).unwrap_or(text);
        Self { name: path.to_string_lossy().into_owned(), text, is_ours: false }
    }
}

/// The template that was asked for: `given` on the command line, else `ADR_TEMPLATE`, else the
/// one of the configuration, else the one that the log keeps, else one like the newest records.
///
/// # Errors
///
/// Where it is neither a template of ours nor a file that can be read.
pub(super) fn choose(
    session: &Session<'_>,
    project: &Project,
    given: Option<&str>,
) -> Result<Chosen> {
    let given = given.or_else(|| session.environment.variable("ADR_TEMPLATE"));
    if let Some(given) = given {
        return named(project, given, Path::new(given), from_user);
    }
    if let Some(given) = &project.config.template {
        let path = project.from_config(Path::new(given));
        // A setting of the command line is the user's own word.
        let is_users = |setting: &Setting| setting.0.trim_start().starts_with("template");
        if session.settings().iter().any(is_users) {
            return named(project, given, &path, from_user);
        }
        return named(project, given, &path, |path| project.read_inside(path));
    }
    if let Some(found) = project.default_template()? {
        return Ok(Chosen::file(found));
    }
    let like = usual(project);
    named(project, like, Path::new(like), from_user)
}

/// Refuses a template that is neither one of ours, nor the log's, nor a file.
///
/// # Errors
///
/// As [`choose`].
pub(super) fn check(project: &Project, given: &str) -> Result<()> {
    named(project, given, Path::new(given), from_user).map(drop)
}

/// A template that the user named, which may be anywhere.
fn from_user(path: PathBuf) -> Result<(PathBuf, String)> {
    read_text(&path).map(|text| (path, text))
}

/// The template called `given`, of the log or ours; else the file at `path`, as `read` gives it.
fn named(
    project: &Project,
    given: &str,
    path: &Path,
    read: impl FnOnce(PathBuf) -> Result<(PathBuf, String)>,
) -> Result<Chosen> {
    if let Some(found) = project.own_template(given)? {
        return Ok(Chosen::file(found));
    }
    if let Some(ours) = TEMPLATES.iter().find(|ours| ours.name == given) {
        return Ok(Chosen {
            name: format!("{given}.md"),
            text: ours.text.to_owned(),
            is_ours: true,
        });
    }
    // Something that looks like a path and is not there is answered with that path.
    if path.is_file() || given.contains(['/', '\\', '.']) {
        return Ok(Chosen::file(read(path.to_owned())?));
    }
    let near = TEMPLATES.iter().map(|ours| (strsim::damerau_levenshtein(ours.name, given), ours));
    let nearest = near.filter(|(far, _)| *far <= 3).min_by_key(|(far, _)| *far);
    let nearest = nearest.map(|(_, ours)| ours.name.to_owned());
    Err(Refusal::UnknownTemplate { given: given.to_owned(), nearest }.into())
}

/// The name of our template that comes nearest to the newest record of the log.
fn usual(project: &Project) -> &'static str {
    let written = project.log.records().last().map(|record| record.format.name);
    let ours = TEMPLATES.iter().find(|ours| Some(ours.name) == written);
    ours.or_else(|| TEMPLATES.first()).map_or("nygard", |ours| ours.name)
}
