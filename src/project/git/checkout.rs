//! The files that git tracks around a log: their names, and the texts in which a decision may be
//! cited or listed. Runs the `git` program once, and reads every file at most once.

use std::path::Path;

use memchr::memmem::Finder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::process::Git;
use super::tracked_files::{names, text};
use crate::model::{Checkout, Tracked};
use crate::project::path_policy::Boundary;
use crate::text::has_comments;

/// Folders that hold what others wrote, what a program wrote, or what tests are given to read.
const FOREIGN: [&str; 18] = [
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

/// What git tracks around the log in `folder`; `None` where nothing is tracked. Of programs, those
/// are read in which one of the `words` occurs, of pages those that hold the mark `page`.
pub(in crate::project) fn checkout(
    git: &Git,
    folder: &Path,
    words: &[String],
    page: &str,
) -> Option<Checkout> {
    let below = git.below(folder)?;
    let log = if below.is_empty() { below } else { below + "/" };
    let mut names = names(git);
    // Of a file in conflict, git tells three times.
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let words: Vec<Finder<'_>> = words.iter().map(|word| Finder::new(word.as_bytes())).collect();
    let page = [Finder::new(page.as_bytes())];
    let boundary = Boundary::at(git.root());
    let read = |name: &String| {
        let wanted: &[Finder<'_>] = match kind(name, &log)? {
            Kind::Program => &words,
            Kind::Page => &page,
        };
        let source = text(&boundary, &git.root().join(name), |bytes| {
            wanted.iter().any(|word| word.find(bytes).is_some())
        })?;
        Some(Tracked { name: name.clone(), source })
    };
    let texts = names.par_iter().filter_map(read).collect();
    Some(Checkout { log, names, texts })
}

/// What a file outside of the log is.
enum Kind {
    Program,
    Page,
}

/// What the file is; `None` for one that is not ours to judge.
fn kind(name: &str, log: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let is_foreign = lower.split('/').any(|part| FOREIGN.contains(&part));
    let is_written =
        ["-lock.yaml", ".lock", ".min.js", ".min.css"].iter().any(|end| lower.ends_with(end));
    if name.starts_with(log) || is_foreign || is_written {
        return None;
    }
    if [".md", ".markdown", ".mdx"].iter().any(|end| lower.ends_with(end)) {
        return Some(Kind::Page);
    }
    has_comments(name).then_some(Kind::Program)
}
