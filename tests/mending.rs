//! The results of linting, with real files and real git: fixed records, exit codes, reports, and new
//! records without findings.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

mod logs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rationale::format::{Fact, Reading};
use rationale::project::{Project, Request};

/// A valid record, except for what `title` and `date` add.
fn record(title: &str, date: &str) -> String {
    format!(
        "# {title}\n\n{date}## Status\n\nAccepted\n\n## Context\n\nIt is slow.\n\n\
         ## Decision\n\nWe cache.\n\n## Consequences\n\nIt is fast.\n"
    )
}

fn adr(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("PATH", std::env::var_os("PATH").unwrap());
    command.args(args).output().unwrap()
}

fn git(folder: &Path, args: &[&str]) {
    let day = "2024-05-06T10:00:00Z";
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=a@example.org"]);
    command.env("GIT_AUTHOR_DATE", day).env("GIT_COMMITTER_DATE", day);
    assert!(command.args(args).output().unwrap().status.success(), "{args:?}");
}

/// A log of these files.
fn log(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("docs/adr")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("docs/adr").join(name), text).unwrap();
    }
    folder
}

fn said(output: &Output) -> (Option<i32>, String) {
    let [out, err] = [&output.stdout, &output.stderr].map(|one| String::from_utf8_lossy(one));
    (output.status.code(), format!("{out}{err}"))
}

/// A way to damage a text, and the facts that may differ after `adr lint --fix` has repaired it.
type Damage = (fn(&str) -> Option<String>, &'static [Fact]);

/// A title with a full stop, a misspelt word, and a superseded record that does not name its successor.
const DAMAGES: [Damage; 3] = [
    (
        |text| {
            let body = text.rsplit_once("\n---\n").map_or(text, |(_, body)| body);
            let line = body.lines().find(|line| line.starts_with("# "))?;
            Some(text.replacen(line, &format!("{line}."), 1))
        },
        &[],
    ),
    (|text| replaced(text, "Superseded by", "Superceded by"), &[]),
    (
        |text| {
            let line = text.lines().find(|line| line.starts_with("Superseded by ["))?;
            replaced(text, line, "Accepted")
        },
        &[],
    ),
];

fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    // Code blocks are not read.
    let is_read = text.contains(old) && !text.contains("~~~");
    is_read.then(|| text.replacen(old, new, 1))
}

/// The facts read from every record of the log.
fn readings(folder: &Path) -> BTreeMap<String, Reading> {
    let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
    log.records().iter().map(|record| (record.file.clone(), Reading::of(record))).collect()
}

#[test]
fn a_record_of_our_logs_that_is_damaged_reads_as_before_when_it_is_fixed() {
    let logs = logs::logs(&["ours"]);
    let mut repaired = [0; DAMAGES.len()];
    for folder in logs.folders() {
        let before = readings(folder);
        for file in before.keys() {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).unwrap();
            for ((damage, may), repaired) in DAMAGES.iter().zip(&mut repaired) {
                let Some(damaged) = damage(&text) else { continue };
                fs::write(&path, damaged).unwrap();
                let dir = folder.to_str().unwrap();
                let output = adr(folder, &["lint", "--fix-only", "--dir", dir]);
                assert!(output.status.success(), "{output:?}");
                let after = readings(folder);
                for (name, reading) in &before {
                    let mut differing = reading.differences(&after[name]);
                    differing.retain(|fact| !may.contains(fact));
                    let about = format!("{dir}/{name} when {file} was damaged: {output:?}");
                    assert_eq!(differing, BTreeSet::new(), "{about}");
                }
                *repaired += 1;
                fs::write(&path, &text).unwrap();
            }
        }
    }
    assert!(repaired.iter().all(|count| *count > 3), "{repaired:?}");
}

const DATE: &str = "Date: 2024-01-01\n\n";

#[test]
fn a_run_that_mended_something_fails_where_that_is_wanted() {
    let stop = record("1. Cache pages.", DATE);
    for options in [["--fix", "--exit-non-zero-on-fix"], ["--fix-only", "--exit-non-zero-on-fix"]] {
        let folder = log(&[("0001-cache-pages.md", &stop)]);
        let lint = || adr(folder.path(), &[["lint"].as_slice(), &options].concat()).status.code();
        assert_eq!((lint(), lint()), (Some(1), Some(0)), "{options:?}");
    }
    let folder = log(&[("0001-cache-pages.md", &stop)]);
    assert_eq!(adr(folder.path(), &["lint", "--fix"]).status.code(), Some(0));
}

#[test]
fn what_is_left_of_a_finding_takes_no_fix_back() {
    let long = format!("1. Cache {}pages.", "very ".repeat(20));
    let folder = log(&[("0001-cache-pages.md", &record(&long, DATE))]);
    let output = adr(folder.path(), &["lint", "--fix", "--output-format", "concise"]);
    assert_eq!(
        said(&output),
        (
            Some(0),
            "docs/adr/0001-cache-pages.md:1:3: warning ADR701 the title of ADR-0001 has 111 characters\n\
             Fixed 1 finding in 1 file.\nFound 1 warning in 1 record.\n"
                .to_owned()
        )
    );
}

#[test]
fn two_reports_to_one_file_are_refused() {
    let folder = log(&[("0001-cache-pages.md", &record("1. Cache pages", DATE))]);
    let output = adr(folder.path(), &["lint", "--report", "json=a", "--report", "sarif=a"]);
    let expected =
        "error: `a` is used for two reports\n  hint: use a different file for each report\n";
    assert_eq!(said(&output), (Some(2), expected.to_owned()));
    assert!(!folder.path().join("a").exists());
}

#[test]
fn a_record_takes_the_day_of_its_first_commit_only_where_guesses_are_wanted() {
    let madr = "---\nstatus: accepted\ndecision-makers: Ann\n---\n\n# Ship weekly\n\n\
                ## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* A\n* B\n\n\
                ## Decision Outcome\n\nA.\n";
    let nygard = record("1. Cache pages", "");
    let folder = log(&[("0001-cache-pages.md", &nygard), ("0002-ship-weekly.md", madr)]);
    let path = folder.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "a"]);
    let read = |name: &str| fs::read_to_string(path.join("docs/adr").join(name)).unwrap();
    assert_eq!(adr(path, &["lint", "--fix"]).status.code(), Some(0));
    assert_eq!(read("0001-cache-pages.md"), nygard);
    let output = adr(path, &["lint", "--unsafe-fixes"]);
    let expected = "Fixed 2 findings in 2 files.\nNothing found in 2 records.\n";
    assert_eq!(said(&output), (Some(0), expected.to_owned()));
    assert_eq!(read("0001-cache-pages.md"), record("1. Cache pages", "Date: 2024-05-06\n\n"));
    let dated = madr.replace("Ann\n", "Ann\ndate: 2024-05-06\n");
    assert_eq!(read("0002-ship-weekly.md"), dated);
}

#[test]
fn a_byte_order_mark_is_no_change_of_a_decided_text() {
    let text = record("1. Cache pages", DATE);
    let folder = log(&[("0001-cache-pages.md", &text)]);
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "a"]);
    fs::write(path.join("docs/adr/0001-cache-pages.md"), format!("\u{feff}{text}")).unwrap();
    let lint = ["lint", "--base", "main", "--select", "ADR5", "--output-format", "concise"];
    let expected = (Some(0), "Nothing found in 1 record.\n".to_owned());
    assert_eq!(said(&adr(path, &lint)), expected);
}

#[test]
fn a_fresh_record_of_every_template_is_clean_and_the_strict_preset_asks_for_more() {
    let mut asked = 0;
    for template in ["nygard", "madr", "madr-minimal", "madr-bare", "y-statement"] {
        let folder = log(&[]);
        let path = folder.path();
        let new = adr(path, &["new", "--template", template, "Cache pages"]);
        assert!(new.status.success(), "{new:?}");
        let expected = (Some(0), "Nothing found in 1 record.\n".to_owned());
        assert_eq!(said(&adr(path, &["lint"])), expected, "{template}");
        let strict = adr(path, &["lint", "--config", "lint.preset=strict"]);
        asked += strict.status.code().unwrap();
    }
    assert_eq!(asked, 4, "all templates except the one without sections");
}

#[test]
fn a_translation_is_named_among_what_is_no_record() {
    let text = record("1. Cache pages", DATE);
    let folder = log(&[("0001-cache-pages.md", &text), ("0001-cache-pages.de.md", &text)]);
    assert_eq!(adr(folder.path(), &["lint"]).status.code(), Some(0));
    let listed = said(&adr(folder.path(), &["list", "--json"])).1;
    let expected = "\"file\": \"0001-cache-pages.de.md\",\n      \"reason\": \"a translation of the record of the same name\"";
    assert!(listed.contains(expected), "{listed}");
    assert_eq!(listed.matches("\"title\"").count(), 1, "{listed}");
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "a"]);
    fs::remove_file(folder.path().join("docs/adr/0001-cache-pages.de.md")).unwrap();
    let without = adr(folder.path(), &["lint", "--base", "main"]);
    assert_eq!(said(&without), (Some(0), "Nothing found in 1 record.\n".to_owned()));
}
