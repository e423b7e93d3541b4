//! What the documents state about the repository is true: paths and tests that they name exist, and the
//! session in the README matches the output of the program.

#![expect(clippy::disallowed_methods, reason = "tests access the disk directly")]
#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The first part of paths in backticks that are in this repository.
const TOPS: &[&str] = &["src", "tests", "docs", "templates", ".ci", ".cargo", ".github"];

#[test]
fn every_path_that_is_named_exists() {
    let mut lost = Vec::new();
    for (page, text) in pages() {
        // The guide names its readers' files.
        let is_guide = page.parent().unwrap().ends_with("docs/guide");
        let named = quoted(&text).into_iter().filter(|path| !is_guide && is_path(path));
        let named = named.map(|path| (root().join(path.trim_end_matches('/')), path));
        let prose = prose(&text);
        let linked = links(&prose).into_iter().map(|to| (page.parent().unwrap().join(to), to));
        let all = named.chain(linked).filter(|(path, _)| !path.exists());
        lost.extend(all.map(|(_, name)| format!("{}: {name}", page.display())));
    }
    assert_eq!(lost, Vec::<String>::new(), "names without a target");
}

/// A decision names the test that enforces it; renaming that test must fail here.
#[test]
fn every_test_that_is_named_exists() {
    let sources: String = below("src").chain(below("tests")).map(|(_, text)| text).collect();
    let name = Regex::new(r"^[a-z0-9]+(_[a-z0-9]+){2,}$").unwrap();
    let mut lost = Vec::new();
    for (page, text) in pages() {
        let names = quoted(&text).into_iter().filter(|quoted| name.is_match(quoted));
        let names = names.filter(|name| !sources.contains(&format!("fn {name}(")));
        lost.extend(names.map(|name| format!("{}: {name}", page.display())));
    }
    assert_eq!(lost, Vec::<String>::new(), "names without a target");
}

/// `tests/cli.rs` runs the story. It shows exit codes as `? 1`, which a terminal does not.
#[test]
fn the_session_in_the_readme_is_the_story_that_is_run() {
    let story = blocks(&read("tests/cmd/readme.md"), "console");
    let told = story.iter().map(|block| {
        let lines = block.trim_end().lines().filter(|line| !line.starts_with("? "));
        lines.collect::<Vec<_>>().join("\n")
    });
    let session: Vec<String> = told.collect();
    let shown = blocks(&read("README.md"), "console");
    assert_eq!(shown.first().unwrap().trim_end(), session.join("\n\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The documents that name paths.
fn pages() -> impl Iterator<Item = (PathBuf, String)> {
    let tops = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md"];
    let tops = tops.map(|name| (root().join(name), read(name)));
    let docs = below("docs").filter(|(path, _)| path.extension().is_some_and(|end| end == "md"));
    // Rule pages show links from other people's logs.
    tops.into_iter().chain(docs.filter(|(path, _)| !path.ends_with("docs/rules.md")))
}

/// The text files below a folder.
fn below(folder: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let paths = walk.map(|entry| entry.unwrap().into_path());
    paths.filter_map(|path| fs::read_to_string(&path).ok().map(|text| (path, text)))
}

/// The texts between backticks, outside code blocks.
fn quoted(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        if !in_code {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The text without code blocks and comments, which show other people's text.
fn prose(text: &str) -> String {
    let not_prose = Regex::new(r"(?ms)^```.*?^```$|<!--.*?-->").unwrap();
    not_prose.replace_all(text, "").into_owned()
}

/// Whether it is a path in this repository and not a pattern.
fn is_path(quoted: &str) -> bool {
    let top = quoted.split('/').next().unwrap_or_default();
    let is_pattern = quoted.contains("NAME") || quoted.contains([' ', '*', '…', '<']);
    TOPS.contains(&top) && !is_pattern
}

/// The files that links point to, without links to other hosts.
fn links(text: &str) -> Vec<&str> {
    let link = Regex::new(r"\]\(([^)#\s]+)[^)]*\)").unwrap();
    let targets = link.captures_iter(text).map(|found| found.get(1).unwrap().as_str());
    targets.filter(|to| !to.contains("://")).collect()
}

/// The code blocks in this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let block = Regex::new(&format!(r"(?ms)^```{language}\n(.*?)^```$")).unwrap();
    block
        .captures_iter(text)
        .filter_map(|found| found.get(1))
        .map(|found| found.as_str().to_owned())
        .collect()
}
