//! Which numbers other branches have taken.

use super::Session;
use crate::author;
use crate::model::Trees;
use crate::project::{Asked, Branches, Project};
use crate::{Error, Result};

/// What is done with a base that is configured and not in this clone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Said, and done without: somebody who has just cloned can write a record.
    IsSaid,
    /// Refused: it decides what is written.
    IsRefused,
}

/// The base: the one that is `asked` for on the command line, else that of `ADR_BASE`, else that of
/// adr.toml.
fn base(session: &Session<'_>, project: &Project, asked: Option<&str>) -> Option<String> {
    let wanted = asked.or(session.environment.variable("ADR_BASE"));
    wanted.or(project.config.base.as_deref()).map(str::to_owned)
}

/// The log on the base and where it was left; `None` where there is no base or no git.
///
/// # Errors
///
/// Where the base is not in the repository, or it cannot be told where HEAD left it.
pub(super) fn trees(
    session: &Session<'_>,
    project: &Project,
    asked: Option<&str>,
) -> Result<Option<Trees>> {
    let Some(base) = base(session, project, asked) else { return Ok(None) };
    let Some(repository) = project.repository()? else { return Ok(None) };
    repository.trees(&Asked::plain(&base), &project.config).map(Some)
}

/// The files of the log on all branches and on the base: the one that is `asked` for on the
/// command line, else that of `ADR_BASE`, else that of adr.toml. Silent where there is no git,
/// unless the command line asks for a base.
///
/// # Errors
///
/// Where the base that is asked for, there or in the environment, is not in the repository.
pub(super) fn branches(
    session: &mut Session<'_>,
    project: &Project,
    asked: Option<&str>,
    missing: Missing,
) -> Result<Branches> {
    let wanted = asked.or(session.environment.variable("ADR_BASE"));
    let Some(base) = base(session, project, asked) else {
        return Ok(project.branches(None));
    };
    let folder = &project.place.folder;
    let Some(repository) = project.repository()? else {
        return match asked {
            Some(base) => {
                Err(Error::NoRepository { base: base.to_owned(), folder: folder.clone() })
            }
            None => Ok(project.branches(None)),
        };
    };
    match repository.tip(&Asked::plain(&base)) {
        Ok(commit) => Ok(project.branches(Some(&commit))),
        Err(error @ Error::NoBase { .. }) if wanted.is_none() && missing == Missing::IsSaid => {
            let hint = error.hint().unwrap_or_default();
            session.ui.remark(&format!("warning: {error}, so its numbers do not count; {hint}"));
            Ok(project.branches(None))
        }
        Err(error) => Err(error),
    }
}

/// The number that comes next, whoever has taken the ones before.
///
/// # Errors
///
/// As [`branches`].
pub(super) fn next_number(
    session: &mut Session<'_>,
    project: &Project,
    base: Option<&str>,
) -> Result<u32> {
    let branches = branches(session, project, base, Missing::IsSaid)?;
    Ok(author::next_number(&project.log, branches.all.iter().map(String::as_str)))
}
