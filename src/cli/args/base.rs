//! The base that a log is compared with, for `lint`, `new`, `renumber` and `build`.
//!
//! The option takes precedence over the environment, the environment over the configuration; the default is the
//! upstream of the current branch. What happens if the base cannot be used depends on who named it, and on its purpose.

use super::parse_base;
use crate::cli::session::Session;
use crate::cli::terminal::error_sentence;
use crate::model::BaseSnapshots;
use crate::project::{BaseRequest, Branches, Project, Repository, ResolvedBase};
use crate::{Error, Result};

/// The options of a comparison with a base.
#[derive(clap::Args)]
pub(crate) struct BaseArgs {
    /// Compare with a branch, tag or commit, to check the changes of decided records
    #[arg(long, value_name = "REF", value_parser = parse_base)]
    pub base: Option<String>,

    /// Show only findings in files that have changed since the base
    #[arg(long)]
    pub changed: bool,
}

/// The variables that name a base, with who sets them and what they hold. The first one that is set is used.
const VARIABLES: [(&str, NamedBy, VariableValue); 5] = [
    ("ADR_BASE", NamedBy::Environment, VariableValue::Any),
    ("GITHUB_BASE_REF", NamedBy::Pipeline, VariableValue::Branch),
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", NamedBy::Pipeline, VariableValue::Start),
    ("BITBUCKET_PR_DESTINATION_BRANCH", NamedBy::Pipeline, VariableValue::Branch),
    ("SYSTEM_PULLREQUEST_TARGETBRANCH", NamedBy::Pipeline, VariableValue::Branch),
];

/// The kind of base that a variable holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VariableValue {
    Any,
    /// The name of a branch of the remote.
    Branch,
    /// The commit from which the change started.
    Start,
}

/// The origin of the name of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// An option of the command line.
    Option,
    /// A variable that the user sets.
    Environment,
    /// A variable that the pipeline's service sets.
    Pipeline,
    /// The configuration.
    Configuration,
    /// The upstream of the current branch; the user named nothing.
    Upstream,
}

/// What the base is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BasePurpose {
    /// To report findings about a change.
    Findings,
    /// To decide which of several records keeps its number.
    Renumbering,
    /// To find a number that is not used on any branch.
    Numbers,
    /// To build the pages of a site.
    Site,
}

impl BasePurpose {
    /// Whether the command is useless without the base that was named: its result could be wrong.
    fn needs_base(self) -> bool {
        matches!(self, Self::Findings | Self::Renumbering)
    }

    /// Whether it is an error if the base that `by` named cannot be used.
    fn is_required(self, by: NamedBy) -> bool {
        match by {
            NamedBy::Option | NamedBy::Environment => true,
            NamedBy::Pipeline | NamedBy::Configuration => self.needs_base(),
            NamedBy::Upstream => false,
        }
    }
}

/// The repository of a log and the base in it.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// `None` outside of a repository, or if git refuses it.
    pub repository: Option<Repository>,
    /// The base and the origin of its name; `None` without a usable base.
    pub base: Option<(ResolvedBase, NamedBy)>,
    /// The error with which git refuses the repository.
    pub refusal: Option<Error>,
    /// Messages for the user on why nothing is compared.
    pub notes: Vec<String>,
    purpose: BasePurpose,
}

impl Comparison {
    /// Finds the base for the log of `project`. `option` is the name given on the command line.
    ///
    /// # Errors
    ///
    /// If the base cannot be used and is required, which depends on the origin of its name.
    pub(crate) fn find(
        option: Option<&str>,
        purpose: BasePurpose,
        project: &Project,
        session: &Session<'_>,
    ) -> Result<Self> {
        let request = requested_base(option, project, session);
        let mut comparison =
            Self { repository: None, base: None, refusal: None, notes: vec![], purpose };
        match project.repository() {
            Ok(Some(repository)) => comparison.resolve(request, repository)?,
            Ok(None) => comparison.without_repository(request, project)?,
            Err(error) => comparison.without_git(request, error)?,
        }
        Ok(comparison)
    }

    /// Resolves the base in the repository.
    fn resolve(
        &mut self,
        request: Option<(BaseRequest, NamedBy)>,
        repository: Repository,
    ) -> Result<()> {
        let upstream = || Some((repository.upstream()?, NamedBy::Upstream));
        let Some((request, by)) = request.or_else(upstream) else {
            self.repository = Some(repository);
            return Ok(());
        };
        let is_explicit = !matches!(by, NamedBy::Configuration | NamedBy::Upstream);
        let repository = self.repository.insert(repository.for_base(is_explicit));
        match repository.resolve(&request) {
            Ok(base) => self.base = Some((base, by)),
            Err(error) => self.without_base(&request.name, by, error)?,
        }
        Ok(())
    }

    /// Handles a log outside of a repository.
    fn without_repository(
        &mut self,
        request: Option<(BaseRequest, NamedBy)>,
        project: &Project,
    ) -> Result<()> {
        let Some((BaseRequest { name, .. }, by)) = request else { return Ok(()) };
        let folder = &project.place.folder;
        let is_for_findings = self.purpose == BasePurpose::Findings;
        match by {
            NamedBy::Environment | NamedBy::Pipeline if !is_for_findings => Ok(()),
            NamedBy::Option | NamedBy::Environment | NamedBy::Pipeline => {
                Err(Error::NoRepository { base: name, folder: folder.clone() })
            }
            NamedBy::Configuration | NamedBy::Upstream => {
                let folder = folder.display();
                let note =
                    format!("Not compared with `{name}`: `{folder}` is not in a git repository.");
                self.notes.extend(is_for_findings.then_some(note));
                Ok(())
            }
        }
    }

    /// Handles a repository that git refuses with `error`.
    fn without_git(&mut self, request: Option<(BaseRequest, NamedBy)>, error: Error) -> Result<()> {
        let name = match request {
            Some((_, by)) if by != NamedBy::Configuration && self.purpose.is_required(by) => {
                return Err(error);
            }
            Some((request, _)) => format!("`{}`", request.name),
            None => "a base".to_owned(),
        };
        let reason = error_sentence(&error);
        self.notes.extend(match self.purpose {
            BasePurpose::Findings => Some(format!("Not compared with {name}: {reason}.")),
            BasePurpose::Numbers | BasePurpose::Renumbering => {
                Some(format!("warning: numbers on other branches are ignored: {reason}"))
            }
            // The site lacks more than the base, which its own message explains.
            BasePurpose::Site => None,
        });
        self.refusal = Some(error);
        Ok(())
    }

    /// Continues without the base that `by` named, unless it is required.
    fn without_base(&mut self, name: &str, by: NamedBy, error: Error) -> Result<()> {
        if self.purpose.is_required(by) {
            return Err(error);
        }
        let hint = error.hint().unwrap_or_default();
        let note = match self.purpose {
            BasePurpose::Numbers => format!("warning: {error}, so its numbers are ignored; {hint}"),
            _ => format!("Not compared with `{name}`: {error}; {hint}"),
        };
        // The user did not ask for the upstream branch.
        self.notes.extend((by != NamedBy::Upstream).then_some(note));
        Ok(())
    }

    /// Returns the log on the base and at the start of the change; `None` without a base.
    ///
    /// # Errors
    ///
    /// If the merge base of HEAD and a required base cannot be determined.
    pub(crate) fn trees(&mut self, project: &Project) -> Result<Option<BaseSnapshots>> {
        let (Some(repository), Some((base, by))) = (&self.repository, &self.base) else {
            return Ok(None);
        };
        match repository.trees(base, project.words()) {
            Ok(trees) => Ok(Some(trees).filter(|trees| *by != NamedBy::Upstream || trees.has_log)),
            Err(error) => {
                let (name, by) = (base.request.name.clone(), *by);
                self.without_base(&name, by, error)?;
                Ok(None)
            }
        }
    }

    /// Returns the files of the log on the base and on all branches; none without git.
    pub(crate) fn branches(&self) -> Branches {
        let base = self.base.as_ref().map(|(base, _)| base);
        self.repository.as_ref().map(|repository| repository.branches(base)).unwrap_or_default()
    }

    /// Reports a base without a log. Without a base, reports that nothing is compared if the repository
    /// has a remote or a selected rule needs a base.
    pub(crate) fn report_missing(
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
                session.ui.remark("Rules that need a base are off; name one with `--base`.");
            }
            _ => {}
        }
    }
}

/// Returns the base that the command line, the environment or the configuration names.
fn requested_base(
    option: Option<&str>,
    project: &Project,
    session: &Session<'_>,
) -> Option<(BaseRequest, NamedBy)> {
    if let Some(name) = option {
        return Some((BaseRequest::named(name), NamedBy::Option));
    }
    let from_environment = VARIABLES.iter().find_map(|(variable, by, value)| {
        let name = session.environment.variable(variable)?.to_owned();
        let (of_remote, is_start) =
            (*value == VariableValue::Branch, *value == VariableValue::Start);
        Some((BaseRequest { name, of_remote, is_start }, *by))
    });
    let from_configuration =
        || Some((BaseRequest::named(project.config.base.as_deref()?), NamedBy::Configuration));
    from_environment.or_else(from_configuration)
}
