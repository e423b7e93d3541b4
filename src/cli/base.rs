//! Which base a change is compared with: the one answer for `lint`, `new`, `renumber` and `build`.
//!
//! The option wins over the environment, the environment over the configuration. Without any of them it is the branch
//! that the one of HEAD follows. What happens if the base cannot be used depends on who named it, and on what for.

use super::{Session, fault};
use crate::model::BaseSnapshots;
use crate::project::{BaseRequest, Branches, Project, Repository, ResolvedBase};
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

/// The variables that name a base, the first that is set wins: its name, who sets it, and what its value is.
const VARIABLES: [(&str, NamedBy, Value); 5] = [
    ("ADR_BASE", NamedBy::Environment, Value::Any),
    ("GITHUB_BASE_REF", NamedBy::Pipeline, Value::Branch),
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", NamedBy::Pipeline, Value::Start),
    ("BITBUCKET_PR_DESTINATION_BRANCH", NamedBy::Pipeline, Value::Branch),
    ("SYSTEM_PULLREQUEST_TARGETBRANCH", NamedBy::Pipeline, Value::Branch),
];

/// What a variable holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Any,
    /// The name of a branch of the remote.
    Branch,
    /// The very commit where the change began.
    Start,
}

/// Who named the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// The command line.
    Option,
    /// The user's variable.
    Environment,
    /// A variable of the service that runs a pipeline.
    Pipeline,
    /// The configuration.
    Configuration,
    /// No one: it is the branch that the one of HEAD follows.
    Clone,
}

/// What the base is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Findings about a change.
    Findings,
    /// Which of several records keeps its number.
    Renumbering,
    /// A number that no one has taken.
    Numbers,
    /// The pages of a site.
    Site,
}

impl Purpose {
    /// Whether the command has no use without a base that was named for it: any answer could be wrong.
    fn needs_base(self) -> bool {
        matches!(self, Self::Findings | Self::Renumbering)
    }

    /// Whether it is an error that a base which `by` named cannot be used.
    fn is_bound(self, by: NamedBy) -> bool {
        match by {
            NamedBy::Option | NamedBy::Environment => true,
            NamedBy::Pipeline | NamedBy::Configuration => self.needs_base(),
            NamedBy::Clone => false,
        }
    }
}

/// The repository of a log, and the base in it.
#[derive(Debug)]
pub(super) struct Comparison {
    /// `None` if there is none that git works in.
    pub repository: Option<Repository>,
    /// The base, and who named it; `None` if there is none that can be used.
    pub base: Option<(ResolvedBase, NamedBy)>,
    /// Why git refuses the repository.
    pub refusal: Option<Error>,
    /// What the user may want to know: why nothing is compared.
    pub notes: Vec<String>,
    purpose: Purpose,
}

impl Comparison {
    /// Finds the base of the log of `project`; `option` is what the command line names.
    ///
    /// # Errors
    ///
    /// If the base was named in a way that binds the command, and cannot be used.
    pub(super) fn find(
        option: Option<&str>,
        purpose: Purpose,
        project: &Project,
        session: &Session<'_>,
    ) -> Result<Self> {
        let named = named(option, project, session);
        let mut comparison =
            Self { repository: None, base: None, refusal: None, notes: vec![], purpose };
        match project.repository() {
            Ok(Some(repository)) => comparison.resolve(named, repository)?,
            Ok(None) => comparison.stay_outside(named, project)?,
            Err(error) => comparison.give_up(named, error)?,
        }
        Ok(comparison)
    }

    /// Looks for the base in the repository.
    fn resolve(
        &mut self,
        named: Option<(BaseRequest, NamedBy)>,
        repository: Repository,
    ) -> Result<()> {
        let upstream = || Some((repository.upstream()?, NamedBy::Clone));
        let Some((request, by)) = named.or_else(upstream) else {
            self.repository = Some(repository);
            return Ok(());
        };
        let is_asked = !matches!(by, NamedBy::Configuration | NamedBy::Clone);
        let repository = self.repository.insert(repository.for_base(is_asked));
        match repository.resolve(&request) {
            Ok(base) => self.base = Some((base, by)),
            Err(error) => self.do_without(&request.name, by, error)?,
        }
        Ok(())
    }

    /// The log is in no repository.
    fn stay_outside(
        &mut self,
        named: Option<(BaseRequest, NamedBy)>,
        project: &Project,
    ) -> Result<()> {
        let Some((BaseRequest { name, .. }, by)) = named else { return Ok(()) };
        let folder = &project.place.folder;
        let is_for_findings = self.purpose == Purpose::Findings;
        match by {
            NamedBy::Environment | NamedBy::Pipeline if !is_for_findings => Ok(()),
            NamedBy::Option | NamedBy::Environment | NamedBy::Pipeline => {
                Err(Error::NoRepository { base: name, folder: folder.clone() })
            }
            NamedBy::Configuration | NamedBy::Clone => {
                let folder = folder.display();
                let note =
                    format!("Not compared with `{name}`: `{folder}` is not in a git repository.");
                self.notes.extend(is_for_findings.then_some(note));
                Ok(())
            }
        }
    }

    /// Git refuses the repository, for the reason `error`.
    fn give_up(&mut self, named: Option<(BaseRequest, NamedBy)>, error: Error) -> Result<()> {
        let name = match named {
            Some((_, by)) if by != NamedBy::Configuration && self.purpose.is_bound(by) => {
                return Err(error);
            }
            Some((request, _)) => format!("`{}`", request.name),
            None => "a base".to_owned(),
        };
        let reason = fault::chain(&error);
        self.notes.extend(match self.purpose {
            Purpose::Findings => Some(format!("Not compared with {name}: {reason}.")),
            Purpose::Numbers | Purpose::Renumbering => {
                Some(format!("warning: numbers on other branches do not count: {reason}"))
            }
            // It lacks more than a base, which is said in one sentence.
            Purpose::Site => None,
        });
        self.refusal = Some(error);
        Ok(())
    }

    /// Goes on without the base that `by` named, if that does not bind the command.
    fn do_without(&mut self, name: &str, by: NamedBy, error: Error) -> Result<()> {
        if self.purpose.is_bound(by) {
            return Err(error);
        }
        let hint = error.hint().unwrap_or_default();
        let note = match self.purpose {
            Purpose::Numbers => format!("warning: {error}, so its numbers do not count; {hint}"),
            _ => format!("Not compared with `{name}`: {error}; {hint}"),
        };
        // No one asked for a base that was only found.
        self.notes.extend((by != NamedBy::Clone).then_some(note));
        Ok(())
    }

    /// The log on the base and where the change began; `None` without a base.
    ///
    /// # Errors
    ///
    /// If it cannot be determined where HEAD left a base that binds the command.
    pub(super) fn trees(&mut self, project: &Project) -> Result<Option<BaseSnapshots>> {
        let (Some(repository), Some((base, by))) = (&self.repository, &self.base) else {
            return Ok(None);
        };
        match repository.trees(base, project.words()) {
            Ok(trees) => Ok(Some(trees).filter(|trees| *by != NamedBy::Clone || trees.has_log)),
            Err(error) => {
                let (name, by) = (base.request.name.clone(), *by);
                self.do_without(&name, by, error)?;
                Ok(None)
            }
        }
    }

    /// The files of the log on the base and on all branches that git knows; none without git.
    pub(super) fn branches(&self) -> Branches {
        let base = self.base.as_ref().map(|(base, _)| base);
        self.repository.as_ref().map(|one| one.branches(base)).unwrap_or_default()
    }

    /// Says what is not compared: nothing with a base that has no log, and if a change may go
    /// somewhere, or a rule that compares was asked for, but no one knows where.
    pub(super) fn tell(
        &self,
        trees: Option<&BaseSnapshots>,
        is_expected: bool,
        session: &mut Session<'_>,
    ) {
        let has_remote = || self.repository.as_ref().is_some_and(Repository::has_remote);
        match trees {
            Some(trees) if !trees.has_log => {
                let name = &trees.name;
                session.ui.remark(&format!("The log is not on `{name}`: all records are new."));
            }
            None if is_expected || has_remote() => {
                session
                    .ui
                    .remark("Rules that compare with a base are off: name one with `--base`.");
            }
            _ => {}
        }
    }
}

/// The base that the command line, the environment or the configuration names.
fn named(
    option: Option<&str>,
    project: &Project,
    session: &Session<'_>,
) -> Option<(BaseRequest, NamedBy)> {
    if let Some(name) = option {
        return Some((BaseRequest::named(name), NamedBy::Option));
    }
    let in_environment = VARIABLES.iter().find_map(|(variable, by, value)| {
        let name = session.environment.variable(variable)?.to_owned();
        let (of_remote, is_start) = (*value == Value::Branch, *value == Value::Start);
        Some((BaseRequest { name, of_remote, is_start }, *by))
    });
    let configured =
        || Some((BaseRequest::named(project.config.base.as_deref()?), NamedBy::Configuration));
    in_environment.or_else(configured)
}
