//! The parts that run in other people's pipelines: the action, the hooks, the release and the examples of
//! the guide. No forge is available here, so the tests read the YAML and run every shell step in a
//! repository created for the test.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]
#![expect(clippy::indexing_slicing, reason = "a missing key fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde_yaml::Value;
use tempfile::TempDir;

const ADR: &str = env!("CARGO_BIN_EXE_adr");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A record with an error: a link to a missing file.
const BROKEN: &str = "# 1. Use Kafka\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n\
                      See [it](gone.md).\n\n## Decision\n\nKafka.\n\n## Consequences\n\nOne.\n";

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&read(path)).unwrap()
}

fn text(value: &Value) -> String {
    let flag = || value.as_bool().map(|flag| flag.to_string());
    value.as_str().map(str::to_owned).or_else(flag).unwrap()
}

/// The keys and values of a mapping; empty if the value is not a mapping.
fn pairs(mapping: &Value) -> Vec<(String, &Value)> {
    let pairs = mapping.as_mapping().into_iter().flatten();
    pairs.map(|(name, value)| (text(name), value)).collect()
}

/// The step with this `id` among `steps`.
fn step<'a>(steps: &'a Value, id: &str) -> &'a Value {
    let steps = steps.as_sequence().unwrap();
    steps.iter().find(|step| step["id"] == id).unwrap()
}

/// As much of a GitHub runner as the steps need.
struct Runner {
    folder: TempDir,
    /// The expressions in `${{ }}` and their values.
    known: BTreeMap<String, String>,
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("temp")).unwrap();
        let mut known = BTreeMap::new();
        known.insert("github.action_path".to_owned(), ROOT.to_owned());
        known.insert("github.action_repository".to_owned(), "team/rationale".to_owned());
        let inputs = yaml("action.yml");
        for (name, input) in pairs(&inputs["inputs"]) {
            known.insert(format!("inputs.{name}"), text(&input["default"]));
        }
        Self { folder, known }
    }

    fn path(&self, below: &str) -> String {
        self.folder.path().join(below).to_str().unwrap().to_owned()
    }

    fn set(&mut self, name: &str, value: &str) {
        self.known.insert(name.to_owned(), value.to_owned());
    }

    /// Replaces the expressions in `text` by their values; unknown ones become empty, as on GitHub.
    fn filled(&self, text: &str) -> String {
        let expression = Regex::new(r"\$\{\{ *(.*?) *\}\}").unwrap();
        let value = |found: &regex::Captures<'_>| {
            let mut names = found[1].split("||").map(|name| self.known.get(name.trim()).cloned());
            names.find_map(|value| value.filter(|value| !value.is_empty())).unwrap_or_default()
        };
        expression.replace_all(text, value).into_owned()
    }

    /// Runs a shell step in `folder` and stores its outputs.
    fn run(&mut self, step: &Value, folder: &str) -> Output {
        let script = text(&step["run"]);
        assert!(!script.contains("${{"), "an expression in a script: {script}");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]);
        command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
        let path = self.known.get("PATH").cloned();
        command.env("PATH", path.unwrap_or_else(|| std::env::var("PATH").unwrap()));
        for (name, value) in [("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")] {
            command.env(name, value);
        }
        let server = format!("file://{}", self.path("server"));
        command.env("GITHUB_SERVER_URL", server).env("GITHUB_REPOSITORY", "team/log");
        command.env("RUNNER_TEMP", self.path("temp")).env("GITHUB_REF_NAME", "v0.1.0");
        for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"] {
            command.env(name, self.path(name));
        }
        for (name, value) in pairs(&step["env"]) {
            command.env(name, self.filled(&text(value)));
        }
        fs::write(self.path("GITHUB_OUTPUT"), "").unwrap();
        let output = command.output().unwrap();
        let id = step["id"].as_str().unwrap_or_default().to_owned();
        let put = fs::read_to_string(self.path("GITHUB_OUTPUT")).unwrap();
        let mut lines = put.lines();
        while let Some(line) = lines.next() {
            let (name, value) = match line.split_once("<<") {
                Some((name, end)) => {
                    let value: Vec<_> = lines.by_ref().take_while(|line| *line != end).collect();
                    (name, value.join("\n"))
                }
                None => line.split_once('=').map(|(name, value)| (name, value.to_owned())).unwrap(),
            };
            self.known.insert(format!("steps.{id}.outputs.{name}"), value);
        }
        output
    }

    fn output(&self, name: &str) -> &str {
        self.known.get(&format!("steps.{name}")).map_or("", String::as_str)
    }
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn git(folder: &str, args: &[&str]) -> String {
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(who).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", shown(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A clone of a repository whose branch `topic` adds a broken record to a valid one, as a forge creates it:
/// one commit deep, without `main`.
fn clone(runner: &Runner) -> String {
    let origin = runner.path("origin");
    fs::create_dir_all(format!("{origin}/docs/adr")).unwrap();
    git(&origin, &["init", "-q", "-b", "main"]);
    let sound =
        BROKEN.replace("See [it](gone.md).", "It is.").replace("1. Use Kafka", "2. Use NATS");
    fs::write(format!("{origin}/docs/adr/0002-use-nats.md"), sound).unwrap();
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-qm", "a"]);
    git(&origin, &["checkout", "-qb", "topic"]);
    fs::write(format!("{origin}/docs/adr/0001-use-kafka.md"), BROKEN).unwrap();
    fs::write(format!("{origin}/other.md"), "x").unwrap();
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-qm", "b"]);
    let url = format!("file://{origin}");
    git(&runner.path(""), &["clone", "-q", "--depth=1", "--branch=topic", &url, "clone"]);
    runner.path("clone")
}

#[test]
fn the_action_names_only_steps_and_outputs_that_exist() {
    let action = read("action.yml");
    let steps = &yaml("action.yml")["runs"]["steps"];
    let used = Regex::new(r"steps\.([a-z]+)\.outputs\.([a-z-]+)").unwrap();
    let written = |id: &str, output: &str| {
        let step = step(steps, id);
        step.get("uses").is_some()
            || text(&step["run"]).contains(&format!("{output}="))
            || text(&step["run"]).contains(&format!("put {output} "))
    };
    let lost: Vec<_> = used
        .captures_iter(&action)
        .filter(|found| !written(&found[1], &found[2]))
        .map(|found| found[0].to_owned())
        .collect();
    assert_eq!(lost, Vec::<String>::new());
    let inputs = Regex::new(r"inputs\.([a-z-]+)").unwrap();
    let declared = yaml("action.yml")["inputs"].clone();
    let lost: Vec<_> = inputs
        .captures_iter(&action)
        .filter(|found| declared.get(&found[1]).is_none())
        .map(|found| found[0].to_owned())
        .collect();
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn every_input_of_the_action_stands_in_the_guide() {
    let guide = read("docs/guide/lint-on-github.md");
    let declared = yaml("action.yml");
    let names = pairs(&declared["inputs"]).into_iter().map(|(name, _)| name);
    let lost: Vec<_> = names.filter(|name| !guide.contains(&format!("| `{name}` |"))).collect();
    assert_eq!(lost, Vec::<String>::new());
}

/// The release contains what the action downloads: names, checksum and contents match.
#[test]
fn the_action_installs_what_the_release_packs() {
    let mut runner = Runner::new();
    let folder = runner.path("build");
    let built = format!("{folder}/target/x86_64-unknown-linux-musl/release");
    fs::create_dir_all(&built).unwrap();
    fs::copy(ADR, format!("{built}/adr")).unwrap();
    for name in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(Path::new(ROOT).join(name), format!("{folder}/{name}")).unwrap();
    }
    let release = yaml(".github/workflows/release.yml");
    let mut pack = step(&release["jobs"]["build"]["steps"], "pack").clone();
    let target = BTreeMap::from([("TARGET", "x86_64-unknown-linux-musl")]);
    pack["env"] = serde_yaml::to_value(target).unwrap();
    let packed = runner.run(&pack, &folder);
    assert!(packed.status.success(), "{}", shown(&packed));

    let downloads = runner.path("server/team/rationale/releases/download/v0.1.0");
    fs::create_dir_all(&downloads).unwrap();
    for entry in fs::read_dir(format!("{folder}/dist")).unwrap().map(|entry| entry.unwrap()) {
        if entry.path().is_file() {
            fs::copy(entry.path(), Path::new(&downloads).join(entry.file_name())).unwrap();
        }
    }
    let action = yaml("action.yml");
    let steps = &action["runs"]["steps"];
    runner.set("inputs.version", "v0.1.0");
    let got = runner.run(step(steps, "download"), &folder);
    assert!(got.status.success(), "{}", shown(&got));
    assert_eq!(runner.output("download.outputs.found"), "true");
    let installed = runner.run(step(steps, "install"), &folder);
    assert!(installed.status.success(), "{}", shown(&installed));
    assert_eq!(runner.output("install.outputs.version"), "0.1.0");

    // A program that differs from the released one is not run.
    let name = format!("{downloads}/adr-v0.1.0-x86_64-unknown-linux-musl.tar.gz");
    fs::write(name, "something else").unwrap();
    assert!(!runner.run(step(steps, "download"), &folder).status.success());
}

#[test]
fn without_a_release_the_action_builds_its_own_version_and_no_other() {
    let mut runner = Runner::new();
    let action = yaml("action.yml");
    let download = step(&action["runs"]["steps"], "download");
    let folder = runner.path("");
    let own = runner.run(download, &folder);
    assert!(own.status.success(), "{}", shown(&own));
    assert_eq!(runner.output("download.outputs.found"), "false");
    assert_eq!(runner.output("download.outputs.sources").len(), 40);
    runner.set("inputs.version", "99.0.0");
    let other = runner.run(download, &folder);
    assert_eq!(other.status.code(), Some(2));
    assert_eq!(
        shown(&other),
        "::error title=adr lint::There is no release 99.0.0 for Linux on X64\n"
    );
}

#[test]
fn the_action_checks_a_pull_request() {
    let mut runner = Runner::new();
    let clone = clone(&runner);
    let action = yaml("action.yml");
    let steps = &action["runs"]["steps"];
    runner.set("github.base_ref", "main");
    runner.set("inputs.sarif", "true");
    runner.set("steps.install.outputs.path", ADR);
    let base = runner.run(step(steps, "base"), &clone);
    assert!(base.status.success(), "{}", shown(&base));
    assert_eq!(runner.output("base.outputs.ref"), "origin/main");

    fs::write(runner.path("GITHUB_STEP_SUMMARY"), "what another step wrote\n").unwrap();
    let lint = runner.run(step(steps, "lint"), &clone);
    assert_eq!(
        shown(&lint),
        "::error file=docs/adr/0001-use-kafka.md,line=11,endLine=11,col=10,endColumn=17,title=ADR409 \
         broken-link::ADR-0001 links to `gone.md`, which does not exist%0Acorrect the path, or remove \
         the link\n"
    );
    assert!(lint.status.success(), "this step does not fail; the last step does");
    assert_eq!(runner.output("lint.outputs.errors"), "1");
    assert_eq!(runner.output("lint.outputs.warnings"), "0");
    assert_eq!(runner.output("lint.outputs.changed-records"), "docs/adr/0001-use-kafka.md");
    let sarif = fs::read_to_string(runner.output("lint.outputs.sarif-file")).unwrap();
    assert!(sarif.starts_with("{\"$schema\""));
    let summary = fs::read_to_string(runner.path("GITHUB_STEP_SUMMARY")).unwrap();
    let first: Vec<&str> = summary.lines().take(2).collect();
    assert_eq!(first, ["what another step wrote", "### adr lint: 1 error in 2 records"]);
    assert_eq!(runner.run(step(steps, "verdict"), &clone).status.code(), Some(1));
}

/// The base gets another record after the forge has merged the change into it.
#[test]
fn a_check_of_a_merge_runs_again_when_its_base_has_moved_on() {
    let mut runner = Runner::new();
    clone(&runner);
    let origin = runner.path("origin");
    git(&origin, &["checkout", "-q", "-b", "merged", "main"]);
    git(&origin, &["merge", "-q", "--no-ff", "-m", "merge", "topic"]);
    git(&origin, &["checkout", "-q", "main"]);
    fs::write(format!("{origin}/more.md"), "x").unwrap();
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-qm", "more"]);
    let url = format!("file://{origin}");
    git(&runner.path(""), &["clone", "-q", "--depth=1", "--branch=merged", &url, "again"]);
    let folder = runner.path("again");
    let head = git(&folder, &["rev-parse", "HEAD"]).trim().to_owned();
    runner.set("github.base_ref", "main");
    runner.set("steps.install.outputs.path", ADR);
    let action = yaml("action.yml");
    let steps = &action["runs"]["steps"];
    for (event, sha) in [("pull_request", head.as_str()), ("merge_group", &head), ("push", "x")] {
        runner.set("github.event_name", event);
        runner.set("github.sha", sha);
        let base = runner.run(step(steps, "base"), &folder);
        assert!(base.status.success(), "{}", shown(&base));
        // A merge created by a person has the history that it needs.
        let is_parent = runner.output("base.outputs.ref") != "origin/main";
        assert_eq!(is_parent, event != "push");
        runner.run(step(steps, "lint"), &folder);
        assert_eq!(runner.output("lint.outputs.code"), "1", "{event}");
        let changed = runner.output("lint.outputs.changed-records");
        assert_eq!(changed, "docs/adr/0001-use-kafka.md", "{event}");
    }
}

/// The allocator is written in C and must be built for the target too.
#[test]
fn the_release_has_a_compiler_for_each_target() {
    let release = yaml(".github/workflows/release.yml");
    let build = &release["jobs"]["build"];
    let steps = build["steps"].as_sequence().unwrap();
    let at = |words: &str| {
        let holds = |step: &Value| step["run"].as_str().is_some_and(|run| run.contains(words));
        steps.iter().position(holds).unwrap()
    };
    let (install, cargo) = (at("musl-tools"), at("cargo build"));
    assert!(install < cargo);
    assert_eq!(steps[install]["if"], "contains(matrix.target, 'musl')");
    let targets = build["strategy"]["matrix"]["include"].as_sequence().unwrap();
    let names = targets.iter().map(|one| text(&one["target"]));
    for target in names.filter(|target| target.contains("musl")) {
        let compiler = format!("CC_{}", target.replace('-', "_"));
        assert_eq!(steps[cargo]["env"][compiler.as_str()], "musl-gcc", "{target}");
        // The runner must have the architecture of the target, or the compiler builds for another one.
        let arm = targets.iter().find(|one| text(&one["target"]) == target).unwrap();
        assert_eq!(target.starts_with("aarch64"), text(&arm["os"]).ends_with("-arm"));
    }
}

#[test]
fn options_reach_the_program_as_they_are() {
    let mut runner = Runner::new();
    let clone = clone(&runner);
    let action = yaml("action.yml");
    let lint = step(&action["runs"]["steps"], "lint");
    runner.set("steps.install.outputs.path", ADR);
    runner.set("inputs.annotations", "false");
    runner.set("inputs.summary", "false");
    runner.set("inputs.path", "docs/adr");
    runner.set("inputs.fail-on", "never");
    runner.set("inputs.args", "--ignore ADR409\n  --output-format concise");
    let output = runner.run(lint, &clone);
    assert_eq!(shown(&output), "Nothing found in 2 records.\n");
    assert_eq!(runner.output("lint.outputs.code"), "0");
    assert!(!Path::new(&runner.path("GITHUB_STEP_SUMMARY")).exists());

    runner.set("inputs.args", "$(touch hacked); `touch hacked`");
    runner.run(lint, &clone);
    assert_eq!(runner.output("lint.outputs.code"), "2");
    assert!(!Path::new(&clone).join("hacked").exists());
}

#[test]
fn a_comment_that_may_not_be_written_fails_nothing() {
    let mut runner = Runner::new();
    // The token of a fork: every call is refused.
    let bin = runner.path("bin");
    fs::create_dir(&bin).unwrap();
    fs::write(format!("{bin}/gh"), "#!/bin/sh\necho refused >&2\nexit 1\n").unwrap();
    let made = Command::new("chmod").args(["+x", &format!("{bin}/gh")]).status().unwrap();
    assert!(made.success());
    runner.set("PATH", &format!("{bin}:{}", std::env::var("PATH").unwrap()));
    fs::create_dir(runner.path("temp/adr-lint")).unwrap();
    fs::write(runner.path("temp/adr-lint/lint.md"), "### adr lint: 1 error\n").unwrap();
    runner.set("inputs.summary", "false");
    let action = yaml("action.yml");
    let folder = runner.path("");
    let output = runner.run(step(&action["runs"]["steps"], "comment"), &folder);
    assert!(output.status.success(), "{}", shown(&output));
    let summary = fs::read_to_string(runner.path("GITHUB_STEP_SUMMARY")).unwrap();
    assert_eq!(summary, "### adr lint: 1 error\n");

    // The content of a link's target is not posted, no matter who created the link.
    let secret = runner.path("secret");
    fs::write(&secret, "TOKEN=1").unwrap();
    fs::remove_dir_all(runner.path("temp/adr-lint")).unwrap();
    fs::create_dir(runner.path("temp/adr-lint")).unwrap();
    std::os::unix::fs::symlink(&secret, runner.path("temp/adr-lint/lint.md")).unwrap();
    let output = runner.run(step(&action["runs"]["steps"], "comment"), &folder);
    assert!(!output.status.success());
    assert!(!Path::new(&runner.path("temp/adr-lint/comment.md")).exists());
}

/// Hostile texts for a shell, a runner, or the reader of an output.
const WISHES: [&str; 12] = [
    "a\nend\nerrors=0\nmarkdown=note\nx<<end\n",
    "b;touch pwned;",
    "c$(touch pwned)",
    "d`touch pwned`",
    "-rf",
    "--help",
    "::error::e",
    "##[set-output name=code]0",
    "f##vso[task.setvariable variable=x]y",
    "g##teamcity[buildStatus text='x']",
    "h\u{1b}]0;t\u{7}\r\u{1b}[0Ksection_start:1:s\r\u{1b}[0K",
    "i'\"\u{202e}&|$GITHUB_TOKEN",
];

/// Adds and commits records with hostile names and texts, and files with hostile names outside the log.
fn add_hostile_records(folder: &str) {
    for wish in WISHES {
        let wish_line = wish.replace('\n', " ");
        let text = format!(
            "# {wish_line}\n\nDate: {wish_line}\n\n## Status\n\n{wish}\n\nSupersedes [{wish_line}](0099-x.md)\n\n\
             ## Context\n\n{wish}\n\n[{wish_line}](<{wish_line}.md>)\n\n## Decision\n\n{wish}\n"
        );
        fs::write(format!("{folder}/docs/adr/{}.md", wish.replace('/', "_")), text).unwrap();
    }
    for name in ["end", "errors=0", "markdown=note", "x<<end", "note"] {
        fs::write(format!("{folder}/{name}"), "x").unwrap();
    }
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "hostile"]);
}

/// The commands that a runner finds in the output of a job, except the annotations of `adr lint`.
fn commands(printed: &str) -> Vec<String> {
    let ours = Regex::new(r"^::(error|warning|notice) (file=[^:,]*[:,]|title=adr lint::)").unwrap();
    let marked = Regex::new(r"(?i)##(vso|teamcity)?\[").unwrap();
    let is_command = |line: &&str| {
        marked.is_match(line)
            || line.trim_start().starts_with("::") && !ours.is_match(line)
            || line.contains(['\u{1b}', '\r', '\u{202e}'])
    };
    printed.lines().filter(is_command).map(str::to_owned).collect()
}

#[test]
fn names_and_texts_of_a_stranger_steer_no_step_of_the_action() {
    let mut runner = Runner::new();
    clone(&runner);
    let origin = runner.path("origin");
    add_hostile_records(&origin);
    let url = format!("file://{origin}");
    git(&runner.path(""), &["clone", "-q", "--depth=1", "--branch=topic", &url, "hostile"]);
    let clone = runner.path("hostile");
    let action = yaml("action.yml");
    let steps = &action["runs"]["steps"];
    runner.set("github.base_ref", "main");
    runner.set("inputs.sarif", "true");
    runner.set("steps.install.outputs.path", ADR);
    assert!(runner.run(step(steps, "base"), &clone).status.success());
    let before = runner.known.clone();
    let lint = runner.run(step(steps, "lint"), &clone);
    assert!(lint.status.success(), "{}", shown(&lint));
    assert_eq!(commands(&shown(&lint)), Vec::<String>::new());
    let put: Vec<_> = runner.known.keys().filter(|name| !before.contains_key(*name)).collect();
    let outputs = ["changed-records", "code", "errors", "sarif-file", "warnings"];
    assert_eq!(
        put,
        outputs.map(|name| format!("steps.lint.outputs.{name}")).iter().collect::<Vec<_>>()
    );
    assert_eq!(runner.output("lint.outputs.code"), "1");
    assert_ne!(runner.output("lint.outputs.errors"), "0");
    let changed: Vec<&str> = runner.output("lint.outputs.changed-records").lines().collect();
    let whole = WISHES.iter().filter(|wish| !wish.contains(char::is_control)).count();
    assert_eq!(changed.len(), whole + 1, "{changed:?}");
    assert!(changed.iter().all(|name| Path::new(&clone).join(name).is_file()), "{changed:?}");

    // The same from the log folder, where paths are only file names.
    runner.run(step(steps, "lint"), &format!("{clone}/docs/adr"));
    let changed = runner.output("lint.outputs.changed-records");
    assert!(changed.lines().any(|name| name == "./-rf.md"), "{changed}");
    assert!(!changed.lines().any(|name| name.starts_with('-')), "{changed}");
    assert!(!Path::new(&clone).join("pwned").exists());
    assert!(!Path::new(&clone).join("docs/adr/pwned").exists());
}

#[test]
fn inputs_steer_no_other_output() {
    let mut runner = Runner::new();
    let action = yaml("action.yml");
    let folder = runner.path("");
    runner.set("inputs.version", "0.1.0\nfound=true");
    let output = runner.run(step(&action["runs"]["steps"], "download"), &folder);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(runner.output("download.outputs.found"), "");
}

#[test]
fn names_and_texts_of_a_stranger_steer_no_pipeline_and_no_hook() {
    let runner = Runner::new();
    let source = "https://forge.example/team/rationale";
    let options = ["--ci", "github", "--pre-commit", "--source", source];
    let folder = initialised(&runner, &options);
    let output = Command::new(ADR).current_dir(&folder).args(["init", "--ci", "gitlab"]).output();
    assert!(output.unwrap().status.success());
    add_hostile_records(&folder);
    let set = format!(
        "export CI_PROJECT_DIR='{folder}' CI_PAGES_URL=https://team.example/log CARGO_HOME=/none \
         RUNNER_TEMP='{0}' BASE_URL=https://team.example/log GITHUB_BASE_REF=main\n",
        runner.path("temp")
    );
    let lines = |value: &Value| -> Vec<String> {
        value.as_sequence().map_or_else(|| vec![text(value)], |all| all.iter().map(text).collect())
    };
    let github = left(&folder, ".github/workflows/decisions.yml");
    let gitlab = left(&folder, ".gitlab/decisions.yml");
    let hook = left(&folder, ".pre-commit-config.yaml")["repos"][0]["hooks"][0].clone();
    let scripts = [
        ("GITHUB_ACTIONS", lines(&step(&github["jobs"]["lint"]["steps"], "lint")["run"])),
        ("GITHUB_ACTIONS", lines(&step(&github["jobs"]["publish"]["steps"], "build")["run"])),
        ("GITLAB_CI", lines(&gitlab["decisions"]["script"])),
        ("GITLAB_CI", lines(&gitlab["pages"]["script"])),
        ("TF_BUILD", lines(&hook["entry"])),
    ];
    for (forge, script) in scripts {
        let script = format!("export {forge}=true\n{set}{}", script.join("\n"));
        let output = typed(&runner, &folder, &script);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{script}{}", shown(&output));
        assert_eq!(commands(&shown(&output)), Vec::<String>::new(), "{script}");
    }
    for id in ["adr-lint", "adr-lint-system", "adr-fix", "adr-index"] {
        fs::write(format!("{folder}/docs/adr/README.md"), "<!-- adr-toc -->\n<!-- /adr-toc -->\n")
            .unwrap();
        let (_, output) = hook_in(id, &folder, &[("GITHUB_ACTIONS", "true")]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{id}: {}", shown(&output));
        assert_eq!(commands(&shown(&output)), Vec::<String>::new(), "{id}");
    }
    for place in ["pwned", "docs/adr/pwned"] {
        assert!(!Path::new(&folder).join(place).exists());
    }
}

/// Shell quotes do not help against a forge, which parses the text before the shell does.
#[test]
fn a_folder_that_a_forge_would_expand_gets_no_pipeline() {
    for name in ["${{ github.token }}", "a\n      - run: touch pwned", "$[[ inputs.x ]]"] {
        for options in [&["--ci", "github"], &["--ci", "gitlab"]] {
            let folder = tempfile::tempdir().unwrap();
            let log = folder.path().join(name);
            fs::create_dir(&log).unwrap();
            fs::write(log.join("0001-use-kafka.md"), BROKEN).unwrap();
            git(folder.path().to_str().unwrap(), &["init", "-q"]);
            let mut init = Command::new(ADR);
            let output = init.current_dir(&folder).arg("init").arg(name).args(options).output();
            let output = output.unwrap();
            assert_eq!(output.status.code(), Some(2), "{}", shown(&output));
            assert!(!folder.path().join(".github").exists());
            assert!(!folder.path().join(".gitlab").exists());
        }
    }
}

/// All output for people, as it is shown in the job log of a forge.
#[test]
fn no_command_prints_a_command_of_a_runner() {
    let runner = Runner::new();
    let clone = clone(&runner);
    add_hostile_records(&clone);
    for forge in ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI"] {
        for line in [
            "list",
            "list --output-format table",
            "list --json",
            "search touch",
            "search section_start",
            "show e",
            "show set-output",
            "show section_start",
            "show set-output --json",
            "toc",
            "toc --table",
            "graph mermaid",
            "export json",
            "lint --select ALL",
            "lint --select ALL --output-format concise",
            "lint --select ALL --output-format grouped",
            "lint --select ALL --output-format json",
            "lint --select ALL --output-format jsonl",
            "lint --select ALL --output-format sarif",
            "lint --select ALL --output-format rdjson",
            "lint --select ALL --output-format gitlab",
            "lint --select ALL --output-format junit",
            "lint --select ALL --output-format markdown",
            "lint --select ALL --diff",
            "status ##[error]x accepted",
            "show ::error::no##[b]",
            "list --status ##vso[a]",
            "##[error]",
            "list ##[error]x --sort ##[x]",
        ] {
            let mut command = Command::new(ADR);
            command.current_dir(&clone).args(line.split(' ')).env_clear().env(forge, "1");
            let output = command.env("PATH", std::env::var("PATH").unwrap()).output().unwrap();
            let printed: Vec<String> = commands(&shown(&output));
            // Output for programs, such as a diff or a path, keeps other characters.
            let marked =
                |line: &&String| line.contains("##") || line.trim_start().starts_with("::");
            let data = ["list", "toc", "toc --table", "graph mermaid", "lint --select ALL --diff"];
            let is_data = data.contains(&line) || line.contains("junit");
            let found: Vec<&String> =
                printed.iter().filter(|line| !is_data || marked(line)).collect();
            assert_eq!(found, Vec::<&String>::new(), "{forge} adr {line}");
        }
    }
}

/// Runs a hook as pre-commit does: in the repository, with the arguments of the hook, and without files.
/// Returns whether it passes, which means that it exits with 0 and changes nothing.
fn hook(id: &str, folder: &str) -> (bool, Output) {
    hook_in(id, folder, &[])
}

/// The same, with more environment variables.
fn hook_in(id: &str, folder: &str, more: &[(&str, &str)]) -> (bool, Output) {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = step(&hooks, id);
    let args = hook["args"].as_sequence().into_iter().flatten().map(text);
    let entry = text(&hook["entry"]);
    let words = entry.split(' ').skip(1).map(str::to_owned).chain(args);
    let diff = || git(folder, &["diff", "--no-ext-diff"]);
    let before = diff();
    let mut command = Command::new(ADR);
    command.args(words).current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.envs(more.iter().copied());
    let output = command.env("PATH", std::env::var("PATH").unwrap()).output().unwrap();
    (output.status.success() && before == diff(), output)
}

#[test]
fn hooks_run_for_records_and_for_nothing_else() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    let ids: Vec<_> = hooks.iter().map(|hook| text(&hook["id"])).collect();
    assert_eq!(ids, ["adr-lint", "adr-lint-system", "adr-fix", "adr-index"]);
    for hook in hooks {
        let files = Regex::new(&text(&hook["files"])).unwrap();
        for path in ["docs/adr/0001-a.md", "doc/adrs/a.md", "a/docs/decisions/b.MD.md", "adr/1.mdx"]
        {
            assert!(files.is_match(path), "{path}");
        }
        for path in ["docs/guide/a.md", "src/adr/mod.rs", "README.md"] {
            assert!(!files.is_match(path), "{path}");
        }
    }
}

#[test]
fn hooks_pass_when_there_is_nothing_left_to_do() {
    let runner = Runner::new();
    let clone = clone(&runner);
    for id in ["adr-lint", "adr-lint-system", "adr-fix"] {
        let (passes, output) = hook(id, &clone);
        assert_eq!((passes, output.status.code()), (false, Some(1)), "{}", shown(&output));
    }
    let record = Path::new(&clone).join("docs/adr/0001-use-kafka.md");
    let sound = BROKEN.replace("[it](gone.md)", "it");
    fs::write(&record, sound.replace("Use Kafka", "Use Kafka.")).unwrap();
    // The first run fixes, the second run has nothing to fix.
    assert!(!hook("adr-fix", &clone).0);
    assert_eq!(fs::read_to_string(&record).unwrap(), sound);
    assert!(hook("adr-fix", &clone).0 && hook("adr-lint", &clone).0);
}

#[test]
fn the_hook_of_the_index_writes_it_once() {
    let runner = Runner::new();
    let clone = clone(&runner);
    let page = Path::new(&clone).join("docs/adr/README.md");
    fs::write(&page, "# Decisions\n\n<!-- adr-toc -->\n<!-- /adr-toc -->\n").unwrap();
    git(&clone, &["add", "-A"]);
    let (passes, output) = hook("adr-index", &clone);
    assert!(output.status.success() && !passes, "{}", shown(&output));
    assert!(fs::read_to_string(&page).unwrap().contains("(0001-use-kafka.md)"));
    assert!(hook("adr-index", &clone).0);
}

/// The problem matcher turns the output of `concise` into annotations; notes are ignored.
#[test]
fn the_problem_matcher_reads_what_is_printed() {
    let runner = Runner::new();
    let clone = clone(&runner);
    let matcher: Value = serde_yaml::from_str(&read(".github/problem-matcher.json")).unwrap();
    let pattern = &matcher["problemMatcher"][0]["pattern"][0];
    let expression = Regex::new(&text(&pattern["regexp"])).unwrap();
    let output = Command::new(ADR)
        .args(["lint", "-q", "--output-format", "concise"])
        .current_dir(&clone)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let found: Vec<_> = printed.lines().filter_map(|line| expression.captures(line)).collect();
    let part = |name: &str| {
        let group = usize::try_from(pattern[name].as_u64().unwrap()).unwrap();
        found[0][group].to_owned()
    };
    assert_eq!(found.len(), printed.lines().count(), "{printed}");
    assert_eq!(
        ["file", "line", "column", "severity", "code", "message"].map(part),
        [
            "docs/adr/0001-use-kafka.md",
            "11",
            "10",
            "error",
            "ADR409",
            "ADR-0001 links to `gone.md`, which does not exist"
        ]
    );
}

/// The code blocks of a page in this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let block = Regex::new(&format!(r"(?ms)^```{language}\n(.*?)^```$")).unwrap();
    block.captures_iter(page).map(|found| found[1].to_owned()).collect()
}

/// Runs commands from a page, with our program on the PATH.
fn typed(runner: &Runner, folder: &str, script: &str) -> Output {
    let bin = Path::new(ADR).parent().unwrap().to_str().unwrap();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    command.env_clear().env("PATH", path).env("ADR_DATE", "2026-03-01");
    command.env("GITHUB_STEP_SUMMARY", runner.path("GITHUB_STEP_SUMMARY")).output().unwrap()
}

#[test]
fn the_workflows_of_the_guide_are_yaml_and_use_inputs_that_exist() {
    let action = yaml("action.yml");
    let pages = [
        "docs/guide/lint-on-github.md",
        "docs/guide/lint-on-gitlab.md",
        "docs/guide/lint-anywhere.md",
    ];
    let blocks: Vec<String> = pages.iter().flat_map(|page| blocks(&read(page), "yaml")).collect();
    assert_eq!(blocks.len(), 7);
    for block in &blocks {
        let workflow: Value = serde_yaml::from_str(block).unwrap();
        let steps = workflow.get("jobs").map(|jobs| jobs["lint"]["steps"].as_sequence().unwrap());
        for step in steps.into_iter().flatten() {
            for (name, _) in pairs(&step["with"]) {
                assert!(action["inputs"].get(&name).is_some(), "{name}");
            }
        }
    }
}

/// A clone as a forge creates it with this `depth`; 0 means the whole history and all branches.
fn checkout(runner: &Runner, depth: Option<u64>) -> String {
    let clone = clone(runner);
    if depth == Some(0) {
        git(
            &clone,
            &["fetch", "-q", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*"],
        );
    }
    clone
}

#[test]
fn the_step_without_the_action_annotates_and_summarizes() {
    let runner = Runner::new();
    let blocks = blocks(&read("docs/guide/lint-on-github.md"), "yaml");
    let steps = blocks.iter().map(|block| serde_yaml::from_str::<Value>(block).unwrap());
    let report = |steps: &Value| steps["steps"][1]["run"].as_str().map(str::to_owned);
    let mut steps = steps.filter_map(|steps| Some((report(&steps)?, steps)));
    let (report, steps) = steps.find(|(run, _)| run.contains("--report")).unwrap();
    let depth = steps["steps"][0]["with"]["fetch-depth"].as_u64();
    let clone = checkout(&runner, depth);
    let output = typed(&runner, &clone, &format!("export GITHUB_BASE_REF=main\n{report}"));
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output).starts_with("::error file=docs/adr/0001-use-kafka.md"));
    let summary = fs::read_to_string(runner.path("GITHUB_STEP_SUMMARY")).unwrap();
    assert!(summary.starts_with("### adr lint: 1 error in 2 records\n"));
}

#[test]
fn the_job_for_gitlab_writes_the_reports_that_it_collects() {
    let runner = Runner::new();
    let page = read("docs/guide/lint-on-gitlab.md");
    let pipeline: Value = serde_yaml::from_str(&blocks(&page, "yaml")[0]).unwrap();
    let job = &pipeline["decisions"];
    let clone = checkout(&runner, job["variables"]["GIT_DEPTH"].as_u64());
    let base = git(&clone, &["ls-remote", "origin", "main"]);
    let base = base.split_whitespace().next().unwrap();
    let script = text(&job["script"][0]);
    let script = format!("export CI_MERGE_REQUEST_DIFF_BASE_SHA={base}\n{script}");
    let output = typed(&runner, &clone, &script);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    for (_, file) in pairs(&job["artifacts"]["reports"]) {
        assert!(Path::new(&clone).join(text(file)).is_file());
    }
}

#[test]
fn the_commands_of_the_guide_do_what_it_says() {
    let runner = Runner::new();
    let clone = clone(&runner);
    let scripts = blocks(&read("docs/guide/lint-anywhere.md"), "sh");
    let codes: Vec<_> = scripts
        .iter()
        .map(|script| typed(&runner, &clone, script).status.code().unwrap())
        .collect();
    assert_eq!(codes, [1, 0, 0, 0, 0]);
    let commit =
        typed(&runner, &clone, "git -c user.name=A -c user.email=a@b.c commit -qm x --allow-empty");
    assert_eq!(commit.status.code(), Some(1), "the hook refuses it");
    let counted = typed(&runner, &clone, &scripts[3]);
    assert_eq!(shown(&counted).trim(), "1 ADR409");
}

/// The files that `adr init` writes with these options in a clone of all branches that already has a log.
fn initialised(runner: &Runner, options: &[&str]) -> String {
    clone(runner);
    let url = format!("file://{}", runner.path("origin"));
    git(&runner.path(""), &["clone", "-q", "--branch=topic", &url, "whole"]);
    let folder = runner.path("whole");
    let output = Command::new(ADR).current_dir(&folder).arg("init").args(options).output().unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    folder
}

fn left(folder: &str, file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(format!("{folder}/{file}")).unwrap()).unwrap()
}

#[test]
fn the_workflow_that_init_leaves_checks_and_builds() {
    let mut runner = Runner::new();
    let source = "https://forge.example/team/rationale";
    let folder = initialised(&runner, &["--ci", "github", "--source", source]);
    let workflow = left(&folder, ".github/workflows/decisions.yml");
    assert_eq!(workflow["env"]["ADR_SOURCE"], source);
    let bin = Path::new(ADR).parent().unwrap().to_str().unwrap();
    runner.set("PATH", &format!("{bin}:{}", std::env::var("PATH").unwrap()));

    let steps = &workflow["jobs"]["lint"]["steps"];
    assert!(runner.run(step(steps, "install"), &folder).status.success());
    let mut lint = step(steps, "lint").clone();
    let base = BTreeMap::from([("GITHUB_BASE_REF", "main")]);
    lint["env"] = serde_yaml::to_value(base).unwrap();
    let output = runner.run(&lint, &folder);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    assert!(shown(&output).starts_with("::error file=docs/adr/0001-use-kafka.md,line=11"));
    let summary = fs::read_to_string(runner.path("GITHUB_STEP_SUMMARY")).unwrap();
    assert!(summary.starts_with("### adr lint: 1 error in 2 records\n"));

    let steps = &workflow["jobs"]["publish"]["steps"];
    runner.set("steps.pages.outputs.base_url", "https://team.example/log");
    let output = runner.run(step(steps, "build"), &folder);
    assert!(output.status.success(), "{}", shown(&output));
    let feed = fs::read_to_string(runner.path("temp/site/feed.xml")).unwrap();
    assert!(feed.contains("https://team.example/log/decisions/0001.html"));
    assert!(steps.as_sequence().unwrap().iter().any(|step| {
        step["with"].get("path").is_some_and(|path| path == "${{ runner.temp }}/site")
    }));
}

#[test]
fn the_jobs_that_init_leaves_check_and_build() {
    let runner = Runner::new();
    let folder = initialised(&runner, &["--ci", "gitlab"]);
    let pipeline = left(&folder, ".gitlab-ci.yml");
    let jobs = left(&folder, text(&pipeline["include"][0]["local"]).as_str());
    let set = format!("export CI_PROJECT_DIR='{folder}' CI_PAGES_URL=https://team.example/log\n");
    let script = |job: &str| {
        let lines = [&jobs[".adr"]["before_script"], &jobs[job]["script"]];
        let lines = lines.iter().flat_map(|lines| lines.as_sequence().unwrap());
        set.clone()
            + &lines.map(text).collect::<Vec<_>>().join("\n").replace("$CARGO_HOME", "/none")
    };
    let output = typed(&runner, &folder, &script("decisions"));
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    for (_, file) in pairs(&jobs["decisions"]["artifacts"]["reports"]) {
        assert!(Path::new(&folder).join(text(file)).is_file());
    }
    let output = typed(&runner, &folder, &script("pages"));
    assert!(output.status.success(), "{}", shown(&output));
    let public = text(&jobs["pages"]["artifacts"]["paths"][0]);
    let feed = fs::read_to_string(format!("{folder}/{public}/feed.xml")).unwrap();
    assert!(feed.contains("https://team.example/log/decisions/0001.html"));
}

#[test]
fn the_hook_that_init_leaves_runs_in_the_folder_of_the_log() {
    let runner = Runner::new();
    let folder = initialised(&runner, &["--pre-commit"]);
    let hook = left(&folder, ".pre-commit-config.yaml")["repos"][0]["hooks"][0].clone();
    let output = typed(&runner, &folder, &text(&hook["entry"]));
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));

    // The log of a part of the repository: a pipeline starts at the root.
    let part = runner.path("whole/a part");
    fs::create_dir(&part).unwrap();
    let options = ["init", "records", "--ci", "github", "--source", "x"];
    let mut init = Command::new(ADR);
    let output = init.current_dir(&part).args(options).env("ADR_DATE", "2026-03-01").output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    let workflow = left(&folder, ".github/workflows/decisions.yml");
    let lint = text(&step(&workflow["jobs"]["lint"]["steps"], "lint")["run"]);
    let output = typed(&runner, &folder, &lint);
    // The branch of the clone does not track another one.
    let remark = "Rules that need a base are off; name one with `--base`.\n";
    let told = (shown(&output), output.status.code());
    assert_eq!(told, (remark.to_owned(), Some(0)), "not the other log");

    // A hook that is installed from its own source exists under the id that is overridden.
    let names = yaml(".pre-commit-hooks.yaml");
    assert!(names.as_sequence().unwrap().iter().any(|known| known["id"] == hook["id"]));
}
