//! Which numbers other branches have taken.

use super::Session;
use crate::author;
use crate::project::{Branches, Project};
use crate::{Refusal, Result};

/// The files of the log on all branches and on the base: the one that is `asked` for, else that of
/// `ADR_BASE`, else that of adr.toml.
///
/// # Errors
///
/// Where the base that is asked for is not in the repository.
pub(super) fn branches(
    session: &Session<'_>,
    project: &Project,
    asked: Option<&str>,
) -> Result<Branches> {
    let usual = session.environment.variable("ADR_BASE").or(project.config.base.as_deref());
    let branches = project.branches(asked.or(usual));
    match asked {
        Some(base) if branches.base.is_none() => {
            Err(Refusal::UnknownBase { given: base.to_owned() }.into())
        }
        _ => Ok(branches),
    }
}

/// The number that comes next, whoever has taken the ones before.
///
/// # Errors
///
/// As [`branches`].
pub(super) fn next_number(
    session: &Session<'_>,
    project: &Project,
    base: Option<&str>,
) -> Result<u32> {
    let branches = branches(session, project, base)?;
    Ok(author::next_number(&project.log, branches.all.iter().map(String::as_str)))
}
