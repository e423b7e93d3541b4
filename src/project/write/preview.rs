//! Shows planned changes as a diff. Writes nothing.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::patch;
use super::plan::{NewNames, PlanInputs, PlanPurpose, PlannedFile, plan, renamed_folders};
use crate::text::Change;
use crate::{Error, Result};

/// The effect of `changes`, as a unified diff.
///
/// # Errors
///
/// If the changes are not possible.
pub(in crate::project) fn preview(inputs: &PlanInputs<'_>, changes: &[Change]) -> Result<String> {
    let planned_files = plan(inputs, changes, PlanPurpose::Preview)?;
    // A renamed file is planned as a removed and a new one; it is shown once, as the new one.
    let removed_files = planned_files.iter().filter(|file| file.after.is_none());
    let removed_files: HashMap<&Path, &PlannedFile<'_>> =
        removed_files.map(|file| (file.path.as_path(), file)).collect();
    let new_names = NewNames::of(changes);
    let diff = |file: &PlannedFile<'_>| {
        let after = file.after.as_deref().unwrap_or_default();
        let new_path = new_names.new_path(file.path.clone());
        match (&file.permissions_of, file.before) {
            (Some(old_path), _) => {
                let old_file = removed_files.get(old_path.as_path());
                let before = old_file.and_then(|file| file.before).unwrap_or_default();
                patch::renamed(old_path, &new_path, before, after)
            }
            (None, Some(before)) if new_path != file.path => {
                patch::renamed(&file.path, &new_path, before, after)
            }
            (None, before) => patch::unified(&file.path, before, after),
        }
    };
    let remaining_files = planned_files.iter().filter(|file| file.after.is_some());
    let mut diffs: String = remaining_files.map(diff).collect();
    let planned_paths: HashSet<&Path> =
        planned_files.iter().map(|file| file.path.as_path()).collect();
    for (folder, _) in renamed_folders(changes) {
        for path in files_below(folder)? {
            if !planned_paths.contains(path.as_path()) {
                diffs += &patch::renamed(&path, &new_names.new_path(path.clone()), "", "");
            }
        }
    }
    Ok(diffs)
}

/// All files in a folder and its subfolders, sorted by name.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Error::Read { path, source: error.into() }
        })?;
        if !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
