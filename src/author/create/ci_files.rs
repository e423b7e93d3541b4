//! The files that `adr init` writes for CI pipelines and for pre-commit. Works on texts; `project` reads and writes
//! the files.

use serde_yaml::Value;

/// The workflow for GitHub, relative to the root of the repository.
pub const GITHUB_FILE: &str = ".github/workflows/decisions.yml";
/// The jobs for GitLab, which the pipeline of the project includes.
pub const GITLAB_FILE: &str = ".gitlab/decisions.yml";
/// The pipeline of a project on GitLab.
pub const GITLAB_PIPELINE: &str = ".gitlab-ci.yml";
/// The configuration of pre-commit.
pub const PRE_COMMIT_FILE: &str = ".pre-commit-config.yaml";

/// The lines of [`GITLAB_PIPELINE`] that include [`GITLAB_FILE`].
pub const GITLAB_INCLUDE: &str = "include:\n  - local: .gitlab/decisions.yml\n";

const GITHUB: &str = include_str!("../../../templates/init/github.yml");
const GITLAB: &str = include_str!("../../../templates/init/gitlab.yml");

/// The values of a pipeline.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// The program with the options that find the log from the root of the repository, quoted for a shell.
    pub command: String,
    /// The git repository that the program is installed from; `None` if it is unknown.
    pub source: Option<String>,
}

impl Pipeline {
    /// The workflow for GitHub.
    pub fn github(&self) -> String {
        self.filled(GITHUB, "${{ vars.ADR_SOURCE }}")
    }

    /// The jobs for GitLab.
    pub fn gitlab(&self) -> String {
        // Without a source, the jobs use a variable of the project, which needs no line here.
        let text = self.filled(GITLAB, "");
        text.replace("    ADR_SOURCE: \n", "")
            .replace("    # The git repository that adr is built from.\n    # The", "    # The")
    }

    fn filled(&self, template: &str, default_source: &str) -> String {
        let source = self.source.as_deref();
        let source = source.map_or_else(|| default_source.to_owned(), quoted);
        template
            .replace("<version>", env!("CARGO_PKG_VERSION"))
            .replace("<rust>", env!("CARGO_PKG_RUST_VERSION"))
            .replace("<source>", &source)
            .replace("<adr>", &self.command)
    }

    /// The entry for pre-commit, indented by `indent` spaces: the hook that builds the program if its source is known,
    /// else the program in the path.
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
        let indentation = " ".repeat(indent);
        lines.iter().flat_map(|line| [indentation.as_str(), line.as_str(), "\n"]).collect()
    }

    /// The change of the configuration of pre-commit, whose current text is `text`.
    pub fn pre_commit(&self, text: Option<&str>) -> PreCommit {
        let Some(text) = text else { return PreCommit::New(format!("repos:\n{}", self.hook(2))) };
        if text.contains("adr-lint") {
            return PreCommit::AlreadyPresent;
        }
        self.appended(text).map_or_else(|| PreCommit::ByHand(self.hook(2)), PreCommit::Appended)
    }

    /// The lines to append to `text`, if they add our entry to its list and change nothing else.
    fn appended(&self, text: &str) -> Option<String> {
        let old_value: Value = serde_yaml::from_str(text).ok()?;
        let mut list_lines =
            text.lines().skip_while(|line| !line.starts_with("repos:")).skip(1).map(str::trim_end);
        let first_item = list_lines.find(|line| line.trim_start().starts_with("- "))?;
        let indent = first_item.len() - first_item.trim_start().len();
        let line_ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let gap = if text.ends_with('\n') { "" } else { line_ending };
        let appended_lines = format!("{gap}{}", self.hook(indent).replace('\n', line_ending));
        let new_value: Value = serde_yaml::from_str(&format!("{text}{appended_lines}")).ok()?;
        let our_entry: Value = serde_yaml::from_str(&self.hook(0)).ok()?;
        let mut expected_value = old_value;
        let entries = expected_value.get_mut("repos")?.as_sequence_mut()?;
        entries.extend(our_entry.as_sequence()?.iter().cloned());
        (new_value == expected_value).then_some(appended_lines)
    }
}

/// The change of the configuration of pre-commit.
#[derive(Debug, PartialEq, Eq)]
pub enum PreCommit {
    /// A new file with this text.
    New(String),
    /// These lines are appended.
    Appended(String),
    /// The file has our hook.
    AlreadyPresent,
    /// The file cannot be changed safely; these lines have to be added below `repos`.
    ByHand(String),
}

/// `text` as a YAML value.
fn quoted(text: &str) -> String {
    // A JSON string is a YAML string.
    let is_plain_character = |c: char| c.is_ascii_alphanumeric() || " -_./:@".contains(c);
    let is_plain =
        text.chars().all(is_plain_character) && !text.contains(": ") && !text.ends_with(':');
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
    fn the_hook_is_appended_in_the_style_of_the_others() {
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
    fn a_file_that_cannot_be_changed_safely_is_left_alone() {
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
    fn an_existing_hook_is_not_added_again() {
        let new = match pipeline(None).pre_commit(None) {
            PreCommit::New(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(pipeline(None).pre_commit(Some(&new)), PreCommit::AlreadyPresent);
    }
}
