//! Paths relative to the working directory, as users read them.

use std::path::{Component, Path, PathBuf};

use crate::project::git::is_root;
use crate::{Error, Result};

/// `path` without its `.` parts.
pub(super) fn without_dots(path: &Path) -> PathBuf {
    let tidy_path: PathBuf =
        path.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    if tidy_path.as_os_str().is_empty() { PathBuf::from(".") } else { tidy_path }
}

/// `start` and its parents, the nearest first, as paths relative to the working directory.
///
/// # Errors
///
/// If `start` does not exist.
pub(super) fn folders_upwards(start: &Path) -> Result<Vec<PathBuf>> {
    let absolute_start =
        start.canonicalize().map_err(|_| Error::NoFolder { path: start.to_owned(), by: None })?;
    let depth = absolute_start.ancestors().count().saturating_sub(1);
    let mut folders = vec![start.to_owned()];
    let mut parent_path = start.to_owned();
    for _ in 0..depth {
        let is_start = parent_path.as_os_str().is_empty() || parent_path == Path::new(".");
        parent_path = if is_start || parent_path.ends_with("..") {
            parent_path.join("..")
        } else if parent_path.parent().is_some_and(|parent| parent.as_os_str().is_empty()) {
            PathBuf::from(".")
        } else {
            parent_path.parent().map_or_else(|| parent_path.join(".."), Path::to_owned)
        };
        folders.push(parent_path.clone());
    }
    Ok(folders)
}

/// The root of the git repository around the working directory, relative to it.
///
/// # Errors
///
/// If the working directory is gone.
pub(super) fn git_root_from_here() -> Result<Option<PathBuf>> {
    Ok(folders_upwards(Path::new("."))?.into_iter().find(|folder| is_root(folder)))
}

/// `path`, which begins with `..`, without going down again the way that it went up.
pub(super) fn shortened(path: &Path) -> PathBuf {
    let levels_up = path.components().take_while(|part| *part == Component::ParentDir).count();
    let Ok(working_directory) = Path::new(".").canonicalize() else { return path.to_owned() };
    let Some(depth) = working_directory.iter().count().checked_sub(levels_up + 1) else {
        return path.to_owned();
    };
    let (folders_left, folders_entered) =
        (working_directory.iter().skip(depth + 1), path.iter().skip(levels_up));
    let shared_levels =
        folders_left.zip(folders_entered).take_while(|(left, entered)| left == entered).count();
    let remaining_ups = std::iter::repeat_n("..".as_ref(), levels_up - shared_levels);
    let remaining_path = path.iter().skip(levels_up + shared_levels);
    without_dots(&remaining_ups.chain(remaining_path).collect::<PathBuf>())
}
