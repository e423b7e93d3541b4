//! The other files of a project: templates, pictures, and texts that are not records. Does not depend on what they
//! hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk::read_named;
use super::git::{checkout, tracked};
use super::log::{PictureScope, Pictures, find_pictures, read_templates};
use super::open::Project;
use super::path_policy::{Boundary, named_path};
use crate::model::Checkout;
use crate::text::{Source, path_in};
use crate::{Error, Result};

/// The path and the text of a template.
pub type TemplateFile = (PathBuf, String);

impl Project {
    /// The log's own template called `name`: `templates/record/NAME.md` in its folder.
    ///
    /// # Errors
    ///
    /// If the file exists and cannot be read.
    pub fn own_template(&self, name: &str) -> Result<Option<TemplateFile>> {
        if name.contains(['/', '\\']) {
            return Ok(None);
        }
        self.below_templates(&format!("record/{name}.md"))
    }

    /// The log's own template for all records, in the place where adr-tools looks for it:
    /// `templates/template.md` in its folder.
    ///
    /// # Errors
    ///
    /// If the file exists and cannot be read.
    pub fn default_template(&self) -> Result<Option<TemplateFile>> {
        self.below_templates("template.md")
    }

    fn below_templates(&self, file: &str) -> Result<Option<TemplateFile>> {
        let path = path_in(&self.place.folder, "templates").join(file);
        path.is_file().then(|| self.read_inside(path)).transpose()
    }

    /// The text of the file at `path`, which a file of the checkout names.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or leads out of the project.
    pub fn read_inside(&self, path: PathBuf) -> Result<TemplateFile> {
        match self.place.boundary().read_text(&path) {
            Ok(text) => Ok((path, text)),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// A path that the configuration names, relative to the working directory.
    pub fn from_config(&self, path: &Path) -> PathBuf {
        let folder = self.place.config.as_deref().and_then(Path::parent);
        folder.unwrap_or(Path::new("")).join(path)
    }

    /// The project's own site templates: the names and texts of the files in `templates/site/` in
    /// the folder of the log, sorted.
    ///
    /// # Errors
    ///
    /// If one of them cannot be read.
    pub fn site_templates(&self) -> Result<Vec<(String, String)>> {
        let folder = &self.place.folder;
        read_templates(&Boundary::around(folder), &folder.join("templates/site"))
    }

    /// Of `paths`, relative to the folder of the log, the pictures that may be published with their locations, and why
    /// the others may not: files that git does not track, symbolic links, and files outside of the project.
    pub fn pictures(&self, paths: &BTreeSet<String>) -> Pictures {
        let (folder, root) = self.place.folder_and_root();
        let scope = PictureScope { folder: &folder, root: &root, git: self.git() };
        find_pictures(&scope, paths)
    }

    /// The texts in the folder of the log that are not records, such as its index.
    pub fn other_texts(&self) -> Vec<Source> {
        let skipped = self.log.skipped().iter();
        let paths = skipped.map(|skipped| path_in(&self.place.folder, &skipped.file));
        let boundary = Boundary::around(&self.place.folder);
        let read = |path: &Path| boundary.read_text(path).ok();
        paths.filter_map(|path| Some(Source::new(&path, read(&path)?))).collect()
    }

    /// Every text file in the repository that git tracks and that is not a record, sorted by name;
    /// none without git.
    pub fn tracked_texts(&self) -> Vec<Source> {
        let canonical = |path: &Path| path.canonicalize().ok();
        let records = self.log.records().iter();
        let record_paths: BTreeSet<PathBuf> =
            records.filter_map(|record| canonical(record.source.path())).collect();
        let mut texts = self.git().map(tracked).unwrap_or_default();
        texts
            .retain(|text| canonical(text.path()).is_none_or(|path| !record_paths.contains(&path)));
        texts
    }

    /// The files that git tracks around the log; `None` without git. Of programs, only those with one
    /// of the `words` are read; of pages, only those that hold `page`.
    pub fn checkout(&self, words: &[String], page: &str) -> Option<Checkout> {
        checkout(self.git()?, &self.place.folder, words, page)
    }
}

/// The text of a file that the user named, which may be anywhere.
///
/// # Errors
///
/// If it cannot be read, is not UTF-8, or a link of the project leads out of it.
pub fn read_text(path: &Path) -> Result<String> {
    let text = named_path(path).and_then(|_| read_named(path));
    text.map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The text of a file of the project that the working directory is in.
///
/// # Errors
///
/// If it cannot be read, is not UTF-8, or leads out of the project.
pub fn read_here(path: &Path) -> Result<String> {
    let text = Boundary::around(Path::new(".")).read_text(path);
    text.map_err(|source| Error::Read { path: path.to_owned(), source })
}
