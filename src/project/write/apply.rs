//! Carries out planned changes. Does not depend on what the files hold.

use std::collections::HashSet;
use std::path::PathBuf;

use super::journal::carry_out;
use super::lock::Lock;
use super::output::create_parent;
use super::plan::{NewNames, PlanInputs, PlanPurpose, plan, renamed_folders, renamed_links};
use super::step::{FileStep, RenameStep};
use crate::text::Change;
use crate::{Error, Result};

/// Carries out `changes`, all or none, while `lock` is held. Returns the paths that were written.
///
/// # Errors
///
/// If the changes are not possible, or a file cannot be written.
pub(in crate::project) fn apply(
    inputs: &PlanInputs<'_>,
    lock: &Lock,
    changes: &[Change],
) -> Result<Vec<PathBuf>> {
    let boundary = &lock.files().boundary;
    let new_names = NewNames::of(changes);
    let mut steps = Vec::new();
    let mut written_paths = Vec::new();
    for file in plan(inputs, changes, PlanPurpose::Write)? {
        let is_removed = file.after.is_none();
        // The text of a link that is only renamed stays.
        if file.before.is_some() && file.before == file.after.as_deref() {
            written_paths.push(new_names.new_path(file.path));
            continue;
        }
        let step = FileStep::new(boundary, &file.path, file.before, file.after);
        let step = step.map_err(|source| Error::Write { path: file.path.clone(), source })?;
        create_parent(&file.path)?;
        steps.push(match &file.permissions_of {
            Some(path) => step.with_permissions_of(&path.canonicalize().unwrap_or_default()),
            None => step,
        });
        if !is_removed {
            written_paths.push(new_names.new_path(file.path));
        }
    }
    let renames = renamed_links(changes).chain(renamed_folders(changes)).map(|(from, to)| {
        let step = RenameStep::new(boundary, from, to);
        step.map_err(|source| Error::Write { path: from.to_owned(), source })
    });
    let renames = renames.collect::<Result<Vec<_>>>()?;
    // Records in a renamed folder count as written, too.
    let mut known_paths: HashSet<PathBuf> = written_paths.iter().cloned().collect();
    for record in inputs.log.records() {
        let path = record.source.path();
        let new_path = new_names.new_path(path.to_owned());
        if new_path != path && known_paths.insert(new_path.clone()) {
            written_paths.push(new_path);
        }
    }
    carry_out(lock, steps, renames)?;
    Ok(written_paths)
}
