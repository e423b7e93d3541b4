//! A planned site: the facts, and the list of all files. Each file is rendered on demand.

use std::path::PathBuf;

use tera::Context;

use super::links::path_to_root;
use super::page::{Page, PageFile, PageFill, PageSubject};
use super::plan::{Facts, SiteInputs, url_path};
use super::record::find_mentions;
use super::render::{Frames, PageValues};
use super::{Config, pages};
use crate::Result;
use crate::model::Log;

/// A site, planned.
pub struct Site<'l> {
    pub(super) facts: Facts<'l>,
    /// All files, in the order of the pages.
    pub(super) files: Vec<(PageFile, &'static Page)>,
    frames: Frames,
}

/// What a file is filled in with: the name of its template, and the values.
pub(super) type Filling<'f> = (&'f str, PageValues);

impl<'l> Site<'l> {
    /// Plans the site of `log`.
    ///
    /// # Errors
    ///
    /// If a template of the project does not compile, or the configuration holds an address that is not a web
    /// address.
    pub fn new(log: &'l Log, config: &Config, inputs: SiteInputs<'l>) -> Result<Self> {
        let mut facts = Facts::new(log, config, inputs)?;
        facts.mentions = find_mentions(&facts);
        let mut files = Vec::new();
        // The pages that every page links to: their paths, and the keys of their names in the messages.
        let mut navigation: Vec<(String, &'static str)> = Vec::new();
        for page in pages::PAGES {
            let page_files = (page.files)(&facts);
            let first = page_files.first().zip(page.nav);
            navigation.extend(first.map(|(first, name)| (first.path.clone(), name)));
            files.extend(page_files.into_iter().map(|file| (file, *page)));
        }
        let shared_values = shared_values(&facts, &navigation);
        facts.templates.global(shared_values);
        let frames = Frames::new(navigation.into_iter().map(|(path, _)| path).collect());
        Ok(Self { facts, files, frames })
    }

    /// The paths of all files, relative to the root of the site and with `/` as separator.
    pub fn paths(&self) -> Vec<&str> {
        self.files.iter().map(|(file, _)| file.path.as_str()).collect()
    }

    /// The files to copy: the path of each on the site, and the file on disk.
    pub fn copies(&self) -> Vec<(&str, &PathBuf)> {
        self.facts.pictures.copies()
    }

    /// The content of the file at `index` in [`paths`](Self::paths); empty for an unknown index.
    ///
    /// # Errors
    ///
    /// If a template asks for a value that does not exist.
    pub fn render(&self, index: usize) -> Result<String> {
        self.with_pieces(index, |pieces| pieces.concat())
    }

    /// The page for unknown addresses, for a server that has the site at `/`.
    ///
    /// # Errors
    ///
    /// As [`render`](Self::render).
    pub fn not_found(&self) -> Result<String> {
        let not_found = self.files.iter().find(|(file, _)| file.path == pages::NOT_FOUND);
        let Some((file, page)) = not_found else { return Ok(String::new()) };
        self.fill(file, page, "/", |pieces| pieces.concat())
    }

    /// Makes the file at `index` and returns what `consume` makes of its pieces.
    pub(super) fn with_pieces<T>(
        &self,
        index: usize,
        consume: impl FnOnce(&[&str]) -> T,
    ) -> Result<T> {
        let Some((file, page)) = self.files.get(index) else { return Ok(consume(&[])) };
        // Servers show the page for unknown addresses at any address, so its links cannot be relative.
        let base_url = self.facts.project.base_url.as_deref();
        let absolute_root = base_url.filter(|_| file.path == pages::NOT_FOUND).map(url_path);
        let root = absolute_root.unwrap_or(path_to_root(&file.path));
        self.fill(file, page, root, consume)
    }

    /// Makes a file; `root` is the path from it to the root of the site.
    fn fill<T>(
        &self,
        file: &PageFile,
        page: &Page,
        root: &str,
        consume: impl FnOnce(&[&str]) -> T,
    ) -> Result<T> {
        let facts = &self.facts;
        let filling: Filling<'_> = match (&page.fill, file.subject) {
            (PageFill::Text(text), _) => return Ok(consume(&[&text(facts, file)])),
            (PageFill::LongText(text), _) => {
                let pieces = text(facts, file);
                return Ok(consume(&pieces.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            (PageFill::Template(name, values), _) => (name, values(facts, file).into()),
            (PageFill::PageList(name, values), _) => (name, values(&self.paths()).into()),
            (PageFill::Long(name, values), _) => (name, values(facts, file)?),
            (PageFill::Record(name, values), PageSubject::Record(id)) => {
                (name, facts.read(id, |text| values(facts, text)).into())
            }
            (PageFill::Record(..), _) => return Ok(consume(&[])),
        };
        self.finish((file, root), filling, consume)
    }

    /// Renders a template with its values and those that every file has.
    pub(super) fn finish<T>(
        &self,
        (file, root): (&PageFile, &str),
        (template, mut values): Filling<'_>,
        consume: impl FnOnce(&[&str]) -> T,
    ) -> Result<T> {
        let templates = &self.facts.templates;
        values.context.insert("path", &file.path);
        values.context.insert("root", root);
        values.context.insert_value("frame", self.frames.frame(templates, &file.path, root)?);
        Ok(consume(&values.pieces(&templates.render(template, &values.context)?)))
    }
}

/// The values that every template sees.
fn shared_values(facts: &Facts<'_>, navigation: &[(String, &'static str)]) -> Context {
    let project = &facts.project;
    let nav_entries = navigation.iter().map(|(path, name)| (path, facts.messages.get(name)));
    // A log in the root of its project is named by its title.
    let folder = if project.folder == "." { &project.title } else { &project.folder };
    let mut context = Context::new();
    context.insert("t", facts.messages.all());
    context.insert("title", &project.title);
    context.insert("folder", folder);
    context.insert("nav", &nav_entries.collect::<Vec<_>>());
    context.insert("base_url", &project.base_url);
    context.insert("health", &facts.findings.as_ref().map(|_| pages::HEALTH));
    context.insert("print", pages::PRINT);
    context.insert("script", &pages::script_path());
    context.insert("list_script", &pages::list_script_path());
    context.insert("search_data", pages::SEARCH_DATA);
    context.insert("extra", &pages::extra_style_path(facts));
    context.insert("style", &pages::style_path());
    context
}
