//! The scope of a lint run: which findings are reported and fixed. Does not depend on any rule.

use std::path::{Component, Path, PathBuf};

use crate::lint::{Context, Diagnostic, FindingSite};
use crate::text::Change;
use crate::{Error, Result};

/// The part of the log whose findings are reported.
pub(crate) enum FindingScope {
    /// The whole log.
    All,
    /// These files and folders, and findings about the log as a whole.
    Paths(Vec<PathBuf>),
    /// One file of the log, whose text an editor holds.
    Text {
        /// Its path within the log, with `/`; `None` for a file outside of the log, which has no findings.
        file: Option<String>,
    },
}

impl FindingScope {
    /// Returns the scope of `paths`; the whole log without any.
    pub(crate) fn of_paths(paths: &[PathBuf], log: &Path) -> Result<Self> {
        let log_folder = canonical(log);
        let mut scope_paths = Vec::new();
        for path in paths {
            if !path.exists() {
                return Err(Error::NoFile { path: path.clone() });
            }
            let canonical_path = canonical(path);
            if log_folder.starts_with(&canonical_path) {
                return Ok(Self::All);
            }
            if !canonical_path.starts_with(&log_folder) {
                return Err(Error::OutsideLog { path: path.clone(), folder: log.to_owned() });
            }
            scope_paths.push(canonical_path);
        }
        Ok(if scope_paths.is_empty() { Self::All } else { Self::Paths(scope_paths) })
    }

    /// Whether the finding is in the scope.
    pub(crate) fn includes(&self, context: &Context<'_>, finding: &Diagnostic) -> bool {
        match self {
            Self::All => true,
            Self::Paths(_) if finding.site == FindingSite::Log && finding.records.is_empty() => {
                true
            }
            Self::Paths(paths) => {
                let contains = |place: &Path| {
                    let place = canonical(place);
                    paths.iter().any(|path| place.starts_with(path))
                };
                let concerns_record = finding
                    .records
                    .iter()
                    .any(|id| contains(context.log.record(*id).source.path()));
                concerns_record || contains(Path::new(&context.location(&finding.site).path))
            }
            Self::Text { file } => match &finding.site {
                FindingSite::Record(id, _) => file.as_ref() == Some(&context.log.record(*id).file),
                FindingSite::File(other_file) => file.as_ref() == Some(other_file),
                FindingSite::Tracked(..) | FindingSite::Log => false,
            },
        }
    }

    /// Whether the finding may be fixed. For a text on standard input, only that text may change.
    pub(crate) fn may_fix(&self, context: &Context<'_>, finding: &Diagnostic) -> bool {
        let Self::Text { .. } = self else { return true };
        let FindingSite::Record(id, _) = finding.site else { return false };
        let record_path = context.log.record(id).source.path();
        let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
        changes
            .into_iter()
            .all(|change| matches!(change, Change::Edit { path, .. } if path == record_path))
    }
}

/// Returns the path with its links resolved; if that fails, without `.` components.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        path.components().filter(|component| *component != Component::CurDir).collect()
    })
}
