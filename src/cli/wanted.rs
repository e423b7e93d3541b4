//! Which findings a run of `adr lint` is about. Knows no rule.

use std::path::{Component, Path, PathBuf};

use crate::lint::{Context, Diagnostic, FindingSite};
use crate::text::Change;
use crate::{Error, Result};

/// What the findings are to be about.
pub(super) enum Wanted {
    /// All of the log.
    All,
    /// These files and folders, and the log as a whole.
    Paths(Vec<PathBuf>),
    /// One file of the log, by its name there, whose text an editor holds. `None`: a file outside
    /// of the log, about which there is nothing to say.
    Text {
        /// With `/`.
        file: Option<String>,
    },
}

impl Wanted {
    /// What lies at `paths`; all of the log, where there are none.
    pub(super) fn of_paths(paths: &[PathBuf], log: &Path) -> Result<Self> {
        let folder = plain(log);
        let mut wanted = Vec::new();
        for path in paths {
            if !path.exists() {
                return Err(Error::NoFile { path: path.clone() });
            }
            let inner = plain(path);
            if folder.starts_with(&inner) {
                return Ok(Self::All);
            }
            if !inner.starts_with(&folder) {
                return Err(Error::OutsideLog { path: path.clone(), folder: log.to_owned() });
            }
            wanted.push(inner);
        }
        Ok(if wanted.is_empty() { Self::All } else { Self::Paths(wanted) })
    }

    /// Whether the finding is about what is wanted.
    pub(super) fn includes(&self, context: &Context<'_>, one: &Diagnostic) -> bool {
        match self {
            Self::All => true,
            Self::Paths(_) if one.site == FindingSite::Log && one.records.is_empty() => true,
            Self::Paths(paths) => {
                let holds = |place: &Path| {
                    let place = plain(place);
                    paths.iter().any(|path| place.starts_with(path))
                };
                let stands_for =
                    one.records.iter().any(|id| holds(context.log.record(*id).source.path()));
                stands_for || holds(Path::new(&context.location(&one.site).path))
            }
            Self::Text { file } => match &one.site {
                FindingSite::Record(id, _) => file.as_ref() == Some(&context.log.record(*id).file),
                FindingSite::File(other) => file.as_ref() == Some(other),
                FindingSite::Tracked(..) | FindingSite::Log => false,
            },
        }
    }

    /// Whether what mends the finding may be done: a text that is printed is all that changes.
    pub(super) fn may_mend(&self, context: &Context<'_>, one: &Diagnostic) -> bool {
        let Self::Text { .. } = self else { return true };
        let FindingSite::Record(id, _) = one.site else { return false };
        let own = context.log.record(id).source.path();
        let changes = one.fix.iter().flat_map(|fix| &fix.changes);
        changes.into_iter().all(|change| matches!(change, Change::Edit { path, .. } if path == own))
    }
}

/// The path with all links followed, or as far as it can be told.
fn plain(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_| path.components().filter(|part| *part != Component::CurDir).collect())
}
