//! `adr init --ci` and `--pre-commit`: the files to write for pipelines, and the lines that the user has to
//! add because a file of theirs already exists.

use std::path::{Path, PathBuf};

use crate::author::{
    GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDE, GITLAB_PIPELINE, PRE_COMMIT_FILE, Pipeline, PreCommit,
};
use crate::project::{RepositoryRoot, read_here};
use crate::text::{Change, Edit, Source, breaks_line, path_argument, shell_word};
use crate::{Refusal, Result};

/// The options for pipelines.
#[derive(clap::Args)]
#[command(next_help_heading = "Pipelines")]
pub(crate) struct PipelineArgs {
    /// Add a pipeline that checks pull requests and publishes the site
    #[arg(long, value_name = "FORGE")]
    ci: Option<PipelineForge>,

    /// Add a hook for pre-commit
    #[arg(long)]
    pre_commit: bool,

    /// Install adr in pipelines from the git repository at URL
    #[arg(long, value_name = "URL")]
    source: Option<String>,
}

/// The forges that pipelines can run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PipelineForge {
    /// Workflow for GitHub Actions and GitHub Pages
    Github,
    /// Jobs for GitLab and GitLab Pages
    Gitlab,
}

/// The changes for pipelines, and what to report about them.
#[derive(Default)]
pub(crate) struct PipelineChanges {
    pub changes: Vec<Change>,
    /// The user's files that are edited, as they were read.
    pub edited_sources: Vec<Source>,
    pub remarks: Vec<String>,
    /// Lines that the user has to add, reported even with `--quiet`.
    pub manual_steps: Vec<String>,
}

impl PipelineArgs {
    /// Whether no option is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.ci.is_none() && !self.pre_commit
    }

    /// Plans the files. `dir` is the folder of a log that is found only if it is named.
    pub(crate) fn plan(&self, dir: Option<&Path>) -> Result<PipelineChanges> {
        let top = RepositoryRoot::find()?;
        let mut command = "adr".to_owned();
        if !top.path_to_here.is_empty() {
            command = format!("{command} -C {}", quoted_folder(&top.path_to_here)?);
        }
        if let Some(dir) = dir {
            let folder = path_argument(dir);
            command = format!("{command} --dir {}", quoted_folder(&folder.to_string_lossy())?);
        }
        let source = self.source.clone().or_else(package_repository);
        let pipeline = Pipeline { command, source };
        let mut plan = PipelineChanges::default();
        if let Some(forge) = self.ci {
            plan.add_forge(forge, &pipeline, &top.path)?;
        }
        if self.pre_commit {
            plan.add_pre_commit(&pipeline, &top.path)?;
        }
        Ok(plan)
    }
}

/// Quotes the name of a folder for the script of a pipeline. Quotes do not protect what a forge expands
/// before a shell reads the script.
fn quoted_folder(folder: &str) -> Result<String> {
    if breaks_line(folder) || ["${{", "$[["].iter().any(|marker| folder.contains(marker)) {
        let what = format!("the folder `{folder}` in a pipeline");
        let reason = "forges would expand its name".to_owned();
        return Err(Refusal::BadInput { what, reason }.into());
    }
    Ok(shell_word(folder))
}

/// Returns the repository of this program, as its package names it.
fn package_repository() -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    (!repository.is_empty()).then(|| repository.to_owned())
}

impl PipelineChanges {
    fn add_forge(&mut self, forge: PipelineForge, pipeline: &Pipeline, top: &Path) -> Result<()> {
        match forge {
            PipelineForge::Github => self.create(top.join(GITHUB_FILE), pipeline.github()),
            PipelineForge::Gitlab => {
                self.create(top.join(GITLAB_FILE), pipeline.gitlab());
                let path = top.join(GITLAB_PIPELINE);
                if !path.exists() {
                    self.create(path, GITLAB_INCLUDE.to_owned());
                } else if !read_here(&path)?.contains(GITLAB_FILE) {
                    self.add_manual_step(&path, "add to it", GITLAB_INCLUDE);
                }
            }
        }
        if pipeline.source.is_none() && !self.changes.is_empty() {
            self.remarks.push(
                "set the variable ADR_SOURCE of the project on the forge to the git repository that \
                 adr is built from, or name it with `--source URL`"
                    .to_owned(),
            );
        }
        Ok(())
    }

    fn add_pre_commit(&mut self, pipeline: &Pipeline, top: &Path) -> Result<()> {
        let path = top.join(PRE_COMMIT_FILE);
        let text = if path.exists() { Some(read_here(&path)?) } else { None };
        let source = text.map(|text| Source::new(&path, text));
        match (pipeline.pre_commit(source.as_ref().map(Source::text)), source) {
            (PreCommit::New(new_text), _) => self.create(path, new_text),
            (PreCommit::Appended(addition), Some(source)) => {
                let edits = vec![Edit::insert(source.text().len(), addition)];
                self.edited_sources.push(source);
                self.changes.push(Change::Edit { path, edits });
            }
            (PreCommit::ByHand(lines), _) => {
                self.add_manual_step(&path, "add below `repos`", &lines);
            }
            (PreCommit::AlreadyPresent | PreCommit::Appended(_), _) => self.remark_existing(&path),
        }
        Ok(())
    }

    fn create(&mut self, path: PathBuf, text: String) {
        if path.exists() {
            self.remark_existing(&path);
        } else {
            self.changes.push(Change::Create { path, text });
        }
    }

    fn remark_existing(&mut self, path: &Path) {
        self.remarks.push(format!("{} already exists and was not changed", path.display()));
    }

    fn add_manual_step(&mut self, path: &Path, instruction: &str, lines: &str) {
        let path = path.display();
        let lines = lines.trim_end();
        self.manual_steps
            .push(format!("{path} is yours and was not changed; {instruction}:\n\n{lines}"));
    }
}
