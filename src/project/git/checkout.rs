//! The files that git tracks around a log: their names, and the texts that may cite or list a decision. Runs git once,
//! and reads each file at most once.

use std::path::Path;

use memchr::memmem::Finder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::process::Git;
use super::tracked_files::{read_text, tracked_names};
use crate::model::{Checkout, Tracked};
use crate::project::path_policy::Boundary;
use crate::text::has_comments;

/// Folders with third-party files, generated files, or input of tests.
const FOREIGN_FOLDERS: [&str; 18] = [
    ".venv",
    "__fixtures__",
    "__snapshots__",
    "bower_components",
    "dist",
    "external",
    "fixture",
    "fixtures",
    "node_modules",
    "snapshots",
    "target",
    "test-data",
    "testdata",
    "third-party",
    "third_party",
    "thirdparty",
    "vendor",
    "vendored",
];

/// The files that git tracks around the log in `folder`; `None` if git tracks none. Of programs, only those with one of
/// the `words` are read; of pages, only those with the mark `page`.
pub(in crate::project) fn checkout(
    git: &Git,
    folder: &Path,
    words: &[String],
    page: &str,
) -> Option<Checkout> {
    let log_folder = git.below(folder)?;
    let log = if log_folder.is_empty() { log_folder } else { log_folder + "/" };
    let mut names = tracked_names(git);
    // Git lists a file in conflict three times.
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let word_finders: Vec<Finder<'_>> =
        words.iter().map(|word| Finder::new(word.as_bytes())).collect();
    let page_finder = [Finder::new(page.as_bytes())];
    let boundary = Boundary::at(git.root());
    let read = |name: &String| {
        let finders: &[Finder<'_>] = match text_kind(name, &log)? {
            TextKind::Program => &word_finders,
            TextKind::Page => &page_finder,
        };
        let source = read_text(&boundary, &git.root().join(name), |bytes| {
            finders.iter().any(|finder| finder.find(bytes).is_some())
        })?;
        Some(Tracked { name: name.clone(), source })
    };
    let texts = names.par_iter().filter_map(read).collect();
    Some(Checkout { log, names, texts })
}

/// A file outside of the log that may cite a decision.
enum TextKind {
    Program,
    Page,
}

/// The kind of a file; `None` for one that is not checked.
fn text_kind(name: &str, log: &str) -> Option<TextKind> {
    let lower_name = name.to_lowercase();
    let is_foreign = lower_name.split('/').any(|part| FOREIGN_FOLDERS.contains(&part));
    let is_generated =
        ["-lock.yaml", ".lock", ".min.js", ".min.css"].iter().any(|end| lower_name.ends_with(end));
    if name.starts_with(log) || is_foreign || is_generated {
        return None;
    }
    if [".md", ".markdown", ".mdx"].iter().any(|extension| lower_name.ends_with(extension)) {
        return Some(TextKind::Page);
    }
    has_comments(name).then_some(TextKind::Program)
}
