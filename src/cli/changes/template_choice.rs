//! Chooses the template of a new record.

use std::path::{Path, PathBuf};

use crate::author::{TEMPLATES, Template};
use crate::cli::session::Session;
use crate::project::{Project, Setting, read_text};
use crate::text::with_line_feeds;
use crate::{Refusal, Result};

/// The chosen template with its text.
pub(crate) struct ChosenTemplate {
    name: String,
    text: String,
    /// Whether it is a built-in template, which does not follow the style of the log.
    pub is_built_in: bool,
}

impl ChosenTemplate {
    pub(crate) fn template(&self) -> Template<'_> {
        Template { name: &self.name, text: &self.text }
    }

    fn from_file((path, text): (PathBuf, String)) -> Self {
        // The new record gets the line ends of the log, not of the template.
        let text = with_line_feeds(&text).unwrap_or(text);
        Self { name: path.to_string_lossy().into_owned(), text, is_built_in: false }
    }
}

/// Returns the template to use: `given` on the command line, else `ADR_TEMPLATE`, else the configured one,
/// else the log's default template, else the built-in one that is most like the newest record.
///
/// # Errors
///
/// If it is neither a known template nor a readable file.
pub(crate) fn choose_template(
    session: &Session<'_>,
    project: &Project,
    given: Option<&str>,
) -> Result<ChosenTemplate> {
    let given = given.or_else(|| session.environment.variable("ADR_TEMPLATE"));
    if let Some(given) = given {
        return find_template(project, given, Path::new(given), read_user_file);
    }
    if let Some(configured) = &project.config.template {
        let path = project.from_config(Path::new(configured));
        // A setting of the command line comes from the user, and may name any file.
        let is_template = |setting: &Setting| setting.0.trim_start().starts_with("template");
        if session.settings().iter().any(is_template) {
            return find_template(project, configured, &path, read_user_file);
        }
        return find_template(project, configured, &path, |path| project.read_inside(path));
    }
    if let Some(file) = project.default_template()? {
        return Ok(ChosenTemplate::from_file(file));
    }
    let name = most_similar_template(project);
    find_template(project, name, Path::new(name), read_user_file)
}

/// Checks that a template exists.
///
/// # Errors
///
/// As [`choose_template`].
pub(crate) fn check_template(project: &Project, given: &str) -> Result<()> {
    find_template(project, given, Path::new(given), read_user_file).map(drop)
}

/// Reads a template that the user named, which may be anywhere.
fn read_user_file(path: PathBuf) -> Result<(PathBuf, String)> {
    read_text(&path).map(|text| (path, text))
}

/// Returns the template `given` of the log or the built-in one, else the file at `path`, which `read` reads.
fn find_template(
    project: &Project,
    given: &str,
    path: &Path,
    read: impl FnOnce(PathBuf) -> Result<(PathBuf, String)>,
) -> Result<ChosenTemplate> {
    if let Some(file) = project.own_template(given)? {
        return Ok(ChosenTemplate::from_file(file));
    }
    if let Some(built_in) = TEMPLATES.iter().find(|built_in| built_in.name == given) {
        return Ok(ChosenTemplate {
            name: format!("{given}.md"),
            text: built_in.text.to_owned(),
            is_built_in: true,
        });
    }
    // For a missing file, the error about its path is more useful than one about a template.
    if path.is_file() || given.contains(['/', '\\', '.']) {
        return Ok(ChosenTemplate::from_file(read(path.to_owned())?));
    }
    let distances = TEMPLATES
        .iter()
        .map(|built_in| (strsim::damerau_levenshtein(built_in.name, given), built_in.name));
    let nearest =
        distances.filter(|(distance, _)| *distance <= 3).min_by_key(|(distance, _)| *distance);
    let nearest = nearest.map(|(_, name)| name.to_owned());
    Err(Refusal::UnknownTemplate { given: given.to_owned(), nearest }.into())
}

/// Returns the name of the built-in template that is most like the newest record of the log.
fn most_similar_template(project: &Project) -> &'static str {
    let newest_format = project.log.records().last().map(|record| record.format.name);
    let similar = TEMPLATES.iter().find(|built_in| Some(built_in.name) == newest_format);
    similar.or_else(|| TEMPLATES.first()).map_or("nygard", |built_in| built_in.name)
}
