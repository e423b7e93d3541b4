//! Lines end with LF, CRLF or CR alone: the same fields are read, and changes have the same effect.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Records in every way of writing fields, with LF.
const RECORDS: [(&str, &str); 8] = [
    (
        "0001-use-kafka.md",
        "# 1. Use Kafka\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nIt is so.\n\n\
         ```\n# no heading\n```\n\n## Decision\n\nThis.\n\n## Consequences\n\n* That.\n* More.\n",
    ),
    (
        "0002-use-nats.md",
        "---\nstatus: proposed # so far\ndate: 2026-01-06\ntags:\n  - queue\n  - \"bus: all\"\n\
         decision-makers: [Ann Lee, Bob]\n---\n\n# Use NATS\n\n## Context and Problem Statement\n\n\
         Which?\n\n## Considered Options\n\n* NATS\n* Kafka\n\n## Decision Outcome\n\nChosen: NATS.\n",
    ),
    (
        "0003-keep-logs.md",
        "# Keep logs\n\n* Status: proposed\n* Deciders: Ann Lee, Bob\n* Date: 2026-01-07\n* Tags: log\n\n\
         ## Context\n\nAs ADR-0001 says.\n\n## Decision\n\nKeep them.\n",
    ),
    (
        "0004-split-services.md",
        "Split services\n==============\n\n**Status:** Accepted  \n**Date:** 2026-01-08\n\nContext\n-------\n\n\
         Too large.\n\nDecision\n--------\n\nSplit.\n",
    ),
    (
        "0005-use-rest.md",
        "# 5. Use REST\n\n| Status | Proposed |\n|---|---|\n| Date | 2026-01-09 |\n| Deciders | Ann |\n\n\
         ## Context\n\nAn API.\n\n<!-- adr-ignore ADR901 -->\n\n## Decision\n\nREST.\n",
    ),
    (
        "0006-use-boxes.md",
        "# 6. Use boxes\n\n## Status\n\n- [ ] Accepted\n- [x] Proposed\n- [ ] Rejected\n\n## Context\n\nx\n\n\
         ## Decision\n\ny\n",
    ),
    (
        "0007-say-why.md",
        "# 7. Say why\n\nDate: 2026-01-10\n\n## Status\n\n2026-01-10 Proposed\n\nRelates to \
         [1. Use Kafka](0001-use-kafka.md)\n\n## Context\n\n> quoted\n> more\n\n## Decision\n\nz\n",
    ),
    ("0008-bare.md", "# Bare\n\nNothing is said of it.\nBut this.\n"),
];

/// The changes to a log; each is applied to a fresh copy.
const EDITS: [&[&str]; 15] = [
    &["status", "1", "deprecated"],
    &["status", "2", "accepted"],
    &["status", "3", "accepted"],
    &["status", "5", "accepted"],
    &["status", "6", "accepted"],
    &["status", "7", "rejected", "--reason", "Too early."],
    &["status", "8", "accepted"],
    &["edit", "1", "--title", "Use Pulsar", "--add-tag", "bus", "--add-decider", "Cy"],
    &["edit", "2", "--title", "Use Pulsar", "--add-tag", "bus", "--remove-tag", "queue"],
    &["edit", "3", "--add-tag", "bus", "--remove-decider", "Bob", "--review-by", "2027-01-01"],
    &["edit", "4", "--title", "Split them", "--add-tag", "bus", "--rename"],
    &["supersede", "1", "--by", "2"],
    &["supersede", "4", "--by", "3"],
    &["link", "5", "amends", "1"],
    &["renumber", "1", "9"],
];

const ENDS: [&str; 2] = ["\r", "\r\n"];

fn log(end: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("docs/adr");
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in RECORDS {
        fs::write(folder.join(file), text.replace('\n', end)).unwrap();
    }
    home
}

fn adr(home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(home).args(args).env_clear().env("ADR_DATE", "2026-03-09");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).output().unwrap()
}

fn printed(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// All files of the log, sorted by name.
fn files(home: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(home.join("docs/adr"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files.retain(|(name, _)| !name.starts_with('.'));
    files
}

#[test]
fn the_same_is_read_whatever_ends_a_line() {
    let plain = log("\n");
    for args in [
        &["list", "--json"][..],
        &["list"],
        &["search", "kafka"],
        &["lint", "--select", "ALL"],
        &["lint", "--select", "ALL", "--output-format", "json"],
        &["show", "2"],
        &["export", "csv"],
        &["toc", "--table"],
    ] {
        let expected = printed(&adr(plain.path(), args));
        for end in ENDS {
            let found = printed(&adr(log(end).path(), args));
            let found = (found.0, found.1.replace("\r\n", "\n"), found.2);
            let expected = (expected.0, expected.1.replace("\r\n", "\n"), expected.2.clone());
            assert_eq!(found, expected, "{args:?} with {end:?}");
        }
    }
}

#[test]
fn a_change_is_the_same_whatever_ends_a_line() {
    for args in EDITS {
        let plain = log("\n");
        let before = files(plain.path());
        let expected = printed(&adr(plain.path(), args));
        assert_eq!(expected.0, Some(0), "{args:?}: {expected:?}");
        let after = files(plain.path());
        assert_ne!(before, after, "{args:?}");
        for end in ENDS {
            let other = log(end);
            assert_eq!(printed(&adr(other.path(), args)), expected, "{args:?} with {end:?}");
            let after = after.iter().map(|(name, text)| (name.clone(), text.replace('\n', end)));
            assert_eq!(files(other.path()), after.collect::<Vec<_>>(), "{args:?} with {end:?}");
        }
    }
}

#[test]
fn fixes_are_the_same_whatever_ends_a_line() {
    let fix = ["lint", "--select", "ALL", "--fix", "--unsafe-fixes"];
    let plain = log("\n");
    adr(plain.path(), &fix);
    let expected = files(plain.path());
    for end in ENDS {
        let other = log(end);
        adr(other.path(), &fix);
        let expected = expected.iter().map(|(name, text)| (name.clone(), text.replace('\n', end)));
        assert_eq!(files(other.path()), expected.collect::<Vec<_>>(), "{end:?}");
    }
}

/// A pasted CR in a text with LF: the text after it is kept, and so is the CR.
#[test]
fn a_carriage_return_in_a_line_hides_nothing() {
    let home = log("\n");
    let folder = home.path().join("docs/adr");
    let status = "# 1. T\n\n## Status\n\nProposed\rSee the note.\n\n## Context\n\nx\n";
    let bullets = "# 2. T\n\n* Status: proposed\r* Deciders: Ann Lee, Bob\r* Date: 2024-01-01\n\n## Context\n\nx\n";
    let front = "---\nstatus: proposed\rdate: 2024-01-01\n---\n\n# T\rU\n\nx\n";
    fs::write(folder.join("0001-use-kafka.md"), status).unwrap();
    fs::write(folder.join("0002-use-nats.md"), bullets).unwrap();
    fs::write(folder.join("0003-keep-logs.md"), front).unwrap();
    for number in ["1", "2", "3"] {
        let done = printed(&adr(home.path(), &["status", number, "accepted"]));
        assert_eq!(done.0, Some(0), "{done:?}");
    }
    let done = printed(&adr(home.path(), &["edit", "3", "--title", "New"]));
    assert_eq!(done.0, Some(0), "{done:?}");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("0001-use-kafka.md"), status.replace("Proposed", "Accepted"));
    assert_eq!(read("0002-use-nats.md"), bullets.replace("proposed", "accepted"));
    let expected = front.replace("proposed", "accepted").replace("# T", "# New");
    assert_eq!(read("0003-keep-logs.md"), expected);
}

/// A heading includes all lines of its paragraph; text that looks like front matter is not the title.
#[test]
fn a_title_of_several_lines_is_not_replaced() {
    let home = log("\n");
    let path = home.path().join("docs/adr/0008-bare.md");
    for (text, lines) in [
        ("---\nstatus: proposed\n---\n\ntitle: Bare\nowner: Ann\n---\n\nx\n", "5 to 6"),
        ("One\ntwo\n===\n\nx\n", "1 to 2"),
        ("One\rtwo\r===\r\rx\r", "1 to 2"),
    ] {
        fs::write(&path, text).unwrap();
        let done = printed(&adr(home.path(), &["edit", "8", "--title", "New"]));
        let expected = format!("the title of `docs/adr/0008-bare.md` spans lines {lines}");
        assert_eq!(done.0, Some(2), "{done:?}");
        assert!(done.2.contains(&expected), "{done:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
