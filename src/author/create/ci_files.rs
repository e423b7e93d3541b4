//! What `adr init` leaves for the pipelines of forges and for pre-commit. Text in, text out: which
//! of the files are there already, `project` knows.

use serde_yaml::Value;

/// The folders and files, as seen from the root of the repository.
pub const GITHUB_FILE: &str = ".github/workflows/decisions.yml";
/// The jobs for GitLab; the pipeline of the project includes them.
pub const GITLAB_FILE: &str = ".gitlab/decisions.yml";
/// The pipeline of a project on GitLab.
pub const GITLAB_PIPELINE: &str = ".gitlab-ci.yml";
/// The configuration of pre-commit.
pub const PRE_COMMIT_FILE: &str = ".pre-commit-config.yaml";

/// What has to stand in [`GITLAB_PIPELINE`] for [`GITLAB_FILE`] to run.
pub const GITLAB_INCLUDE: &str = "include:\n  - local: .gitlab/decisions.yml\n";

const GITHUB: &str = include_str!("../../../templates/init/github.yml");
const GITLAB: &str = include_str!("../../../templates/init/gitlab.yml");

/// What a pipeline has to know.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// The program with the options that lead it from the root of the repository to the log, as a
    /// shell reads them.
    pub command: String,
    /// The git repository that the program is installed from; `None` where nobody has said so.
    pub source: Option<String>,
}

impl Pipeline {
    /// The workflow for GitHub.
    pub fn github(&self) -> String {
        self.filled(GITHUB, "${{ vars.ADR_SOURCE }}")
    }

    /// The jobs for GitLab.
    pub fn gitlab(&self) -> String {
        // A variable of the project is there by itself.
        let text = self.filled(GITLAB, "");
        text.replace("    ADR_SOURCE: \n", "")
            .replace("    # The git repository that adr is built from.\n    # The", "    # The")
    }

    fn filled(&self, template: &str, unknown: &str) -> String {
        let source = self.source.as_deref();
        let source = source.map_or_else(|| unknown.to_owned(), quoted);
        template
            .replace("<version>", env!("CARGO_PKG_VERSION"))
            .replace("<rust>", env!("CARGO_PKG_RUST_VERSION"))
            .replace("<source>", &source)
            .replace("<adr>", &self.command)
    }

    /// The entry for pre-commit, indented by so many blanks: the hook that builds the program where
    /// its source is known, else the program that is on the path.
    fn hook(&self, indent: usize) -> String {
        let lines = match &self.source {
            Some(source) => vec![
                format!("- repo: {}", quoted(source)),
                format!("  rev: v{}", env!("CARGO_PKG_VERSION")),
                "  hooks:".to_owned(),
                "    - id: adr-lint".to_owned(),
                format!("      entry: {}", quoted(&format!("{} lint", self.command))),
            ],
            None => vec![
                "- repo: local".to_owned(),
                "  hooks:".to_owned(),
                "    - id: adr-lint".to_owned(),
                "      name: adr lint".to_owned(),
                format!("      entry: {}", quoted(&format!("{} lint", self.command))),
                "      language: system".to_owned(),
                "      files: \\.(md|markdown|mdx)$".to_owned(),
                "      pass_filenames: false".to_owned(),
            ],
        };
        let blanks = " ".repeat(indent);
        lines.iter().flat_map(|line| [blanks.as_str(), line.as_str(), "\n"]).collect()
    }

    /// What becomes of the configuration of pre-commit, of which `text` is there.
    pub fn pre_commit(&self, text: Option<&str>) -> PreCommit {
        let Some(text) = text else { return PreCommit::New(format!("repos:\n{}", self.hook(2))) };
        if text.contains("adr-lint") {
            return PreCommit::There;
        }
        self.appended(text).map_or_else(|| PreCommit::ByHand(self.hook(2)), PreCommit::Appended)
    }

    /// What to put behind `text`, where that adds our entry to its list and changes nothing else.
    fn appended(&self, text: &str) -> Option<String> {
        let before: Value = serde_yaml::from_str(text).ok()?;
        let items = text.lines().skip_while(|line| !line.starts_with("repos:")).skip(1);
        let first = items.map(str::trim_end).find(|line| line.trim_start().starts_with("- "))?;
        let indent = first.len() - first.trim_start().len();
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let gap = if text.ends_with('\n') { "" } else { eol };
        let added = format!("{gap}{}", self.hook(indent).replace('\n', eol));
        let after: Value = serde_yaml::from_str(&format!("{text}{added}")).ok()?;
        let ours: Value = serde_yaml::from_str(&self.hook(0)).ok()?;
        let mut expected = before;
        expected.get_mut("repos")?.as_sequence_mut()?.extend(ours.as_sequence()?.iter().cloned());
        (after == expected).then_some(added)
    }
}

/// What becomes of the configuration of pre-commit.
#[derive(Debug, PartialEq, Eq)]
pub enum PreCommit {
    /// It is written.
    New(String),
    /// This comes behind what is there.
    Appended(String),
    /// It has our hook.
    There,
    /// It is written in a way that cannot be added to safely; this is what belongs below `repos`.
    ByHand(String),
}

/// `text` as a value of YAML.
fn quoted(text: &str) -> String {
    // JSON is YAML; what needs no quotes gets none.
    let plain = |c: char| c.is_ascii_alphanumeric() || " -_./:@".contains(c);
    let is_plain = text.chars().all(plain) && !text.contains(": ") && !text.ends_with(':');
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::{Pipeline, PreCommit};

    fn pipeline(source: Option<&str>) -> Pipeline {
        Pipeline { command: "adr".to_owned(), source: source.map(str::to_owned) }
    }

    fn appended(text: &str) -> Option<String> {
        match pipeline(Some("https://forge.example/team/rationale")).pre_commit(Some(text)) {
            PreCommit::Appended(added) => Some(format!("{text}{added}")),
            _ => None,
        }
    }

    #[test]
    fn the_hook_goes_behind_the_others_as_they_are_written() {
        let text = "# ours\nrepos:\n- repo: x\n  rev: '1'\n  hooks: [{ id: a }] # why";
        let expected = "# ours\nrepos:\n- repo: x\n  rev: '1'\n  hooks: [{ id: a }] # why\n\
            - repo: https://forge.example/team/rationale\n  rev: v0.1.0\n  hooks:\n    - id: adr-lint\n      entry: adr lint\n";
        assert_eq!(appended(text).as_deref(), Some(expected));
        let windows = "repos:\r\n    - repo: x\r\n      hooks: []\r\n";
        let added = appended(windows).unwrap();
        assert!(
            added.contains("\r\n    - repo: https://forge.example/team/rationale\r\n      rev")
        );
        assert!(!added.replace("\r\n", "").contains('\n'));
    }

    #[test]
    fn what_cannot_be_added_to_safely_is_left_alone() {
        for text in [
            "repos: []\n",
            "repos: [{ repo: x, hooks: [] }]\n",
            "repos:\n  - repo: x\n    hooks: []\nfail_fast: true\n",
            "repos:\n  - repo: x\n    hooks: |\n     text\n  # end\n...\n",
            "repos: [\n",
            "exclude: x\n",
            "",
        ] {
            assert_eq!(appended(text), None, "{text}");
        }
    }

    #[test]
    fn a_hook_that_is_there_is_not_added_again() {
        let new = match pipeline(None).pre_commit(None) {
            PreCommit::New(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(pipeline(None).pre_commit(Some(&new)), PreCommit::There);
    }
}
