//! The output of `--dry-run`, applied with the real `git apply`, has the same effect as the command.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a program, which must succeed, and returns its output.
fn run(folder: &Path, program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new(program);
    command.current_dir(folder).args(args).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    if let Ok(path) = std::env::var("PATH") {
        command.env("PATH", path);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {args:?} {}: {said}",
        String::from_utf8_lossy(input)
    );
    output.stdout
}

/// Every file below `folder` with its bytes, except those of git.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    });
    named.filter(|(name, _)| !name.starts_with(".git/")).collect()
}

/// A log with many kinds of links, in a repository if `git` is set.
fn begun(log: &str, git: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    if git {
        run(path, "git", &["init", "-q"], b"");
    }
    let adr = |args: &[&str]| run(path, env!("CARGO_BIN_EXE_adr"), args, b"");
    adr(&["init", log]);
    adr(&["new", "--status", "accepted", "Use NATS"]);
    adr(&["new", "--status", "accepted", "Use Redis"]);
    adr(&["new", "--amends", "2", "Use streams"]);
    fs::create_dir(path.join("src")).unwrap();
    fs::write(path.join("src/main.rs"), "// see ADR-0003\n").unwrap();
    fs::write(path.join(log).join("README.md"), "<!-- adr-toc -->\n<!-- /adr-toc -->\n").unwrap();
    if git {
        run(path, "git", &["add", "."], b"");
    }
    folder
}

/// Applies the output of the command with `--dry-run` with `git apply`, and compares the result with the
/// command itself; works in `below`.
fn check(log: &str, below: &str, args: &[&str]) {
    let [previewed, done] = [begun(log, true), begun(log, true)];
    let adr = |folder: &Path, args: &[&str]| {
        run(&folder.join(below), env!("CARGO_BIN_EXE_adr"), args, b"")
    };
    let before = files(previewed.path());
    let diff = adr(previewed.path(), &[args, &["--dry-run"]].concat());
    assert_eq!(files(previewed.path()), before, "{args:?} wrote");
    run(previewed.path(), "git", &["apply"], &diff);
    adr(done.path(), args);
    assert_eq!(files(previewed.path()), files(done.path()), "{args:?}");
    assert_ne!(files(done.path()), before, "{args:?} changed nothing");
}

const COMMANDS: &[&[&str]] = &[
    &["new", "Use", "tea"],
    &["new", "Use", "tea", "-s", "2", "--template", "madr"],
    &["edit", "3", "--title", "Use Valkey", "--rename"],
    &["edit", "2", "--add-tag", "queue"],
    &["status", "3", "deprecated"],
    &["supersede", "2", "--by", "3"],
    &["supersede", "2", "3", "--title", "Use Kafka"],
    &["link", "3", "depends-on", "2"],
    &["link", "4", "amends", "2", "--remove"],
    &["renumber", "2", "7"],
    &["renumber", "3", "7", "--code"],
];

#[test]
fn a_preview_is_what_git_applies_from_wherever_it_was_made() {
    let places = [("docs/adr", ""), ("docs/adr", "src"), ("my log", "my log")];
    for (args, (log, below)) in COMMANDS.iter().zip(places.into_iter().cycle()) {
        check(log, below, args);
    }
    check("docs/adr", "docs", &["init", "other", "--ci", "github"]);
}

#[test]
fn a_preview_without_git_names_files_as_from_here() {
    let folder = begun("docs/adr", false);
    let below = folder.path().join("docs/adr");
    let args = ["status", "3", "deprecated", "--dry-run"];
    let diff = run(&below, env!("CARGO_BIN_EXE_adr"), &args, b"");
    let head = "diff --git a/0003-use-redis.md b/0003-use-redis.md\n";
    assert_eq!(String::from_utf8(diff).unwrap().split_inclusive('\n').next(), Some(head));
}
