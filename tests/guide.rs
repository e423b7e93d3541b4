//! The guide is correct: a shell runs every command in it, page by page from top to bottom, in an empty
//! folder, and the output must match the page. `SNAPSHOTS=overwrite` updates the pages.
//!
//! In a block `console`, `$ ` starts a command and `> ` continues it; `? 1` is its exit code unless it is
//! 0; `[..]` is any text on a line, and a line `...` any lines. A comment at the top of a page, which
//! readers do not see, contains the setup.

// On other systems the other programs in it, such as sed, take different options.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;

/// The start of the setup comment at the top of a page.
const BEGIN: &str = "<!-- Run by tests/guide.rs, which begins with:\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

/// The pages by name; `tests/ci.rs` runs those on pipelines.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with("lint-"));
    names.sort();
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

/// The output of a shell for `script` in `place`, and its exit code unless it is 0.
fn typed(script: &str, place: &Path) -> String {
    let adr = Path::new(env!("CARGO_BIN_EXE_adr")).parent().unwrap().display().to_string();
    let path = format!("{adr}:{}", std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-c", &format!("exec 2>&1\n{script}")]);
    command.current_dir(place).env_clear().env("PATH", path).env("HOME", place);
    command.env("ADR_DATE", "2026-03-01").env("NO_COLOR", "1").env("LC_ALL", "C");
    for (name, value) in [
        ("GIT_AUTHOR_NAME", "Ada"),
        ("GIT_AUTHOR_EMAIL", "ada@example.org"),
        ("GIT_COMMITTER_NAME", "Ada"),
        ("GIT_COMMITTER_EMAIL", "ada@example.org"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_COUNT", "2"),
        ("GIT_CONFIG_KEY_0", "init.defaultBranch"),
        ("GIT_CONFIG_VALUE_0", "main"),
        ("GIT_CONFIG_KEY_1", "advice.defaultBranchName"),
        ("GIT_CONFIG_VALUE_1", "false"),
    ] {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    let code = output.status.code().unwrap();
    let code = if code == 0 { String::new() } else { format!("? {code}\n") };
    let text = code + &String::from_utf8(output.stdout).unwrap();
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

fn fits(shown: &str, printed: &str) -> bool {
    let pattern = regex::escape(shown.trim_end()).replace(r"\[\.\.\]", ".*");
    let pattern = Regex::new(r"(?m)^\\\.\\\.\\\.$").unwrap().replace_all(&pattern, "(?s:.*)");
    Regex::new(&format!("^{pattern}$")).unwrap().is_match(printed.trim_end())
}

/// Runs all commands of the page, and returns the page with their output.
fn replayed(page: &str) -> String {
    let place = tempfile::tempdir().unwrap();
    if let Some((_, rest)) = page.split_once(BEGIN) {
        let (script, _) = rest.split_once("-->").unwrap();
        assert_eq!(typed(&format!("set -e\n{script}"), place.path()), "", "{script}");
    }
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    let mut in_console = false;
    while let Some(line) = lines.next() {
        out.extend([line, "\n"]);
        if line.starts_with("```") {
            in_console = line == "```console";
        }
        let Some(first) = line.strip_prefix("$ ").filter(|_| in_console) else { continue };
        let mut script = first.to_owned();
        while let Some(more) = lines.next_if(|line| *line == ">" || line.starts_with("> ")) {
            out.extend([more, "\n"]);
            script.extend(["\n", more.strip_prefix("> ").unwrap_or_default()]);
        }
        let mut shown = String::new();
        while let Some(more) = lines.next_if(|line| !line.starts_with("$ ") && *line != "```") {
            shown.extend([more, "\n"]);
        }
        let printed = typed(&script, place.path());
        // The blank line before the next command is not part of the output.
        let gap = if lines.peek().is_some_and(|line| line.starts_with("$ ")) { "\n" } else { "" };
        out += &if fits(&shown, &printed) {
            shown
        } else {
            printed.trim_end().to_owned() + "\n" + gap
        };
    }
    out
}

#[test]
fn every_command_of_the_guide_prints_what_it_shows() {
    for (name, page) in pages() {
        let printed = replayed(&page);
        if printed != page && std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
            fs::write(folder().join(&name), &printed).unwrap();
        } else {
            snapbox::assert_data_eq!(printed, snapbox::Data::text(page).raw());
        }
    }
}

#[test]
fn every_page_of_the_guide_is_in_its_list() {
    let link = Regex::new(r"\]\(([a-z-]+\.md)\)").unwrap();
    let list = read("README.md");
    let listed: BTreeSet<String> =
        link.captures_iter(&list).map(|found| found.get(1).unwrap().as_str().to_owned()).collect();
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let there: BTreeSet<String> = entries.map(|name| name.into_string().unwrap()).collect();
    assert_eq!(listed, there.into_iter().filter(|name| name != "README.md").collect());
}

/// The reference has one row for every known key, and no others.
#[test]
fn every_key_of_the_configuration_stands_in_the_reference() {
    let row = Regex::new(r"(?m)^\| `([a-z.-]+)` \|").unwrap();
    let page = read("configuration.md");
    let told: Vec<String> =
        row.captures_iter(&page).map(|found| found.get(1).unwrap().as_str().to_owned()).collect();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/adr-toml.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let mut known = Vec::new();
    for (key, property) in schema.get("properties").unwrap().as_object().unwrap() {
        match property.get("properties").and_then(Value::as_object) {
            Some(below) => known.extend(below.keys().map(|name| format!("{key}.{name}"))),
            None => known.push(key.clone()),
        }
    }
    assert_eq!(told, known);
}
