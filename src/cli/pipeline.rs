//! `adr init --ci` and `--pre-commit`: what is to be written for pipelines, and what is left to the
//! person because a file of theirs is there already.

use std::path::{Path, PathBuf};

use crate::author::{
    GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDE, GITLAB_PIPELINE, PRE_COMMIT_FILE, Pipeline, PreCommit,
};
use crate::project::{Top, read_here};
use crate::text::{Change, Edit, Source, argument, breaks_line, shell_word};
use crate::{Refusal, Result};

/// What runs in pipelines.
#[derive(clap::Args)]
#[command(next_help_heading = "Pipelines")]
pub(super) struct Pipelines {
    /// Leave a pipeline that checks pull requests and publishes the site
    #[arg(long, value_name = "FORGE")]
    ci: Option<Forge>,

    /// Leave a hook for pre-commit
    #[arg(long)]
    pre_commit: bool,

    /// The git repository that pipelines install adr from
    #[arg(long, value_name = "URL")]
    source: Option<String>,
}

/// Where pipelines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Forge {
    /// A workflow for GitHub Actions and GitHub Pages
    Github,
    /// Jobs for GitLab, its Pages included
    Gitlab,
}

/// What comes of it.
#[derive(Default)]
pub(super) struct Planned {
    pub changes: Vec<Change>,
    /// The files of others that are changed, as they were read.
    pub others: Vec<Source>,
    /// What is to be known.
    pub remarks: Vec<String>,
    /// What is left to do: said also with `--quiet`.
    pub left: Vec<String>,
}

impl Pipelines {
    /// Whether anything is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.ci.is_none() && !self.pre_commit
    }

    /// What is asked for, for a log that has to be named with `dir` to be found.
    pub(super) fn plan(&self, dir: Option<&Path>) -> Result<Planned> {
        let top = Top::find()?;
        let mut command = "adr".to_owned();
        if !top.here.is_empty() {
            command = format!("{command} -C {}", named(&top.here)?);
        }
        if let Some(dir) = dir {
            command = format!("{command} --dir {}", named(&argument(dir).to_string_lossy())?);
        }
        let source = self.source.clone().or_else(own_source);
        let pipeline = Pipeline { command, source };
        let mut planned = Planned::default();
        if let Some(forge) = self.ci {
            planned.forge(forge, &pipeline, &top.way)?;
        }
        if self.pre_commit {
            planned.pre_commit(&pipeline, &top.way)?;
        }
        Ok(planned)
    }
}

/// The name of a folder, for the script of a pipeline: what a forge reads of the file before any
/// shell does, no quotes take away.
fn named(folder: &str) -> Result<String> {
    if breaks_line(folder) || ["${{", "$[["].iter().any(|mark| folder.contains(mark)) {
        let what = format!("the folder `{folder}` in a pipeline");
        let reason = "forges give its name another meaning".to_owned();
        return Err(Refusal::BadInput { what, reason }.into());
    }
    Ok(shell_word(folder))
}

/// Where this program says that it comes from.
fn own_source() -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    (!repository.is_empty()).then(|| repository.to_owned())
}

impl Planned {
    fn forge(&mut self, forge: Forge, pipeline: &Pipeline, top: &Path) -> Result<()> {
        match forge {
            Forge::Github => self.create(top.join(GITHUB_FILE), pipeline.github()),
            Forge::Gitlab => {
                self.create(top.join(GITLAB_FILE), pipeline.gitlab());
                let path = top.join(GITLAB_PIPELINE);
                if !path.exists() {
                    self.create(path, GITLAB_INCLUDE.to_owned());
                } else if !read_here(&path)?.contains(GITLAB_FILE) {
                    self.by_hand(&path, "add to it", GITLAB_INCLUDE);
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

    fn pre_commit(&mut self, pipeline: &Pipeline, top: &Path) -> Result<()> {
        let path = top.join(PRE_COMMIT_FILE);
        let text = if path.exists() { Some(read_here(&path)?) } else { None };
        let source = text.map(|text| Source::new(&path, text));
        match (pipeline.pre_commit(source.as_ref().map(Source::text)), source) {
            (PreCommit::New(new), _) => self.create(path, new),
            (PreCommit::Appended(added), Some(source)) => {
                let edits = vec![Edit::insert(source.text().len(), added)];
                self.others.push(source);
                self.changes.push(Change::Edit { path, edits });
            }
            (PreCommit::ByHand(lines), _) => self.by_hand(&path, "add below `repos`", &lines),
            (PreCommit::AlreadyPresent | PreCommit::Appended(_), _) => self.there(&path),
        }
        Ok(())
    }

    fn create(&mut self, path: PathBuf, text: String) {
        if path.exists() {
            self.there(&path);
        } else {
            self.changes.push(Change::Create { path, text });
        }
    }

    fn there(&mut self, path: &Path) {
        self.remarks.push(format!("{} is there already and was left as it is", path.display()));
    }

    fn by_hand(&mut self, path: &Path, what: &str, lines: &str) {
        let path = path.display();
        self.left.push(format!(
            "{path} is yours and was left as it is; {what}:\n\n{}",
            lines.trim_end()
        ));
    }
}
