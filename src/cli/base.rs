//! Which base a change is compared with: the option, the environment, the configuration.

use super::Session;
use crate::model::Trees;
use crate::project::{Asked, Project};
use crate::{Error, Result};

/// What to compare with.
#[derive(clap::Args)]
pub(super) struct Comparing {
    /// Compare with this branch, tag or commit: what a change may not do to decided records
    #[arg(long, value_name = "REF", value_parser = super::name_of_base)]
    pub base: Option<String>,

    /// Show only what concerns files that have changed since the base
    #[arg(long)]
    pub changed: bool,
}

/// The variables that say what a change is compared with, the first that is set wins, and what
/// their value is: the name of a branch of the remote, or the very commit where the change began.
const VARIABLES: [(&str, Value); 5] = [
    ("ADR_BASE", Value::Any),
    ("GITHUB_BASE_REF", Value::Branch),
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", Value::Start),
    ("BITBUCKET_PR_DESTINATION_BRANCH", Value::Branch),
    ("SYSTEM_PULLREQUEST_TARGETBRANCH", Value::Branch),
];

/// What a variable holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Any,
    Branch,
    Start,
}

/// What the log of `project` was before; `None` where nobody asks. `option` is what the command
/// line says.
pub(super) fn trees(
    option: Option<&str>,
    project: &Project,
    session: &mut Session<'_>,
) -> Result<Option<Trees>> {
    let (asked, is_configured) = match asked(option, session) {
        Some(asked) => (asked, false),
        None => match &project.config.base {
            Some(base) => (Asked::plain(base), true),
            None => return Ok(upstream(project, session)),
        },
    };
    let folder = &project.place.folder;
    let not_compared = |why: &str| format!("Not compared with `{}`: {why}.", asked.name);
    match project.repository() {
        Ok(Some(repository)) => {
            repository.for_base(!is_configured).trees(&asked, &project.config).map(Some)
        }
        Ok(None) if is_configured => {
            let why = format!("`{}` is not in a git repository", folder.display());
            session.ui.remark(&not_compared(&why));
            Ok(None)
        }
        Err(error) if is_configured => {
            session.ui.remark(&not_compared(&super::fault::chain(&error)));
            Ok(None)
        }
        Ok(None) => Err(Error::NoRepository { base: asked.name, folder: folder.clone() }),
        Err(error) => Err(error),
    }
}

/// What the log was where HEAD left the branch that it follows: no one asked, so that nothing of it is
/// an error.
fn upstream(project: &Project, session: &mut Session<'_>) -> Option<Trees> {
    let repository = match project.repository() {
        Ok(Some(repository)) => repository,
        Ok(None) => return None,
        Err(error) => {
            session
                .ui
                .remark(&format!("Not compared with a base: {}.", super::fault::chain(&error)));
            return None;
        }
    };
    let asked = repository.upstream()?;
    let trees = repository.trees(&asked, &project.config).ok();
    trees.filter(|trees| trees.has_log)
}

/// Says what is not compared: nothing with a base that has no log, and where a change may go
/// somewhere, or somebody asked, but nobody knows where.
pub(super) fn tell(
    trees: Option<&Trees>,
    is_expected: bool,
    project: &Project,
    session: &mut Session<'_>,
) {
    let has_remote = || project.repository().ok().flatten().is_some_and(|one| one.has_remote());
    match trees {
        Some(trees) if !trees.has_log => {
            session.ui.remark(&format!("The log is not on `{}`: all records are new.", trees.name));
        }
        None if is_expected || has_remote() => {
            session.ui.remark("Rules that compare with a base are off: name one with `--base`.");
        }
        _ => {}
    }
}

/// The base that the command line or the environment asks for.
fn asked(option: Option<&str>, session: &Session<'_>) -> Option<Asked> {
    if let Some(name) = option {
        return Some(Asked::plain(name));
    }
    VARIABLES.iter().find_map(|(variable, value)| {
        let name = session.environment.variable(variable)?;
        Some(Asked {
            name: name.to_owned(),
            of_remote: *value == Value::Branch,
            is_start: *value == Value::Start,
        })
    })
}
