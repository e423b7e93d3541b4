//! Templates of the team's, as they lie on the disk. Knows nothing of what is in them.

use std::path::{Path, PathBuf};

use super::Project;
use super::path_policy::{Boundary, named_place, read_named};
use crate::text::path_in;
use crate::{Error, Result};

/// A template's source, and where it was found.
pub type Found = (PathBuf, String);

impl Project {
    /// The template called `name` that the log itself keeps: `templates/record/NAME.md` below it.
    ///
    /// # Errors
    ///
    /// Where there is such a file and it cannot be read.
    pub fn own_template(&self, name: &str) -> Result<Option<Found>> {
        if name.contains(['/', '\\']) {
            return Ok(None);
        }
        self.below_templates(&format!("record/{name}.md"))
    }

    /// The template that the log keeps for all its records, where adr-tools looks for it:
    /// `templates/template.md` below it.
    ///
    /// # Errors
    ///
    /// Where there is such a file and it cannot be read.
    pub fn default_template(&self) -> Result<Option<Found>> {
        self.below_templates("template.md")
    }

    fn below_templates(&self, file: &str) -> Result<Option<Found>> {
        let path = path_in(&self.place.folder, "templates").join(file);
        path.is_file().then(|| self.read_inside(path)).transpose()
    }

    /// The text of a file that the checkout names, at `path`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or leads out of the project.
    pub fn read_inside(&self, path: PathBuf) -> Result<Found> {
        match self.place.boundary().read_text(&path) {
            Ok(text) => Ok((path, text)),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// A path that the configuration names, as seen from the working directory.
    pub fn beside_config(&self, path: &Path) -> PathBuf {
        let folder = self.place.config.as_deref().and_then(Path::parent);
        folder.unwrap_or(Path::new("")).join(path)
    }
}

/// The text of a file that the user named, which may be anywhere.
///
/// # Errors
///
/// If it cannot be read, is not UTF-8, or a link of the project leads out of it.
pub fn read_text(path: &Path) -> Result<String> {
    let text = named_place(path).and_then(|_| read_named(path));
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
