//! Commands that are killed while they write: real processes, real signals. The assertions do not depend on
//! when the signal arrives.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

const COUNT: usize = 60;

fn adr(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("XDG_STATE_HOME", folder.join("state"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn text(number: usize, status: &str) -> String {
    format!("# {number}. Use part {number}\n\n## Status\n\n{status}\n\n## Decision\n\nYes.\n")
}

fn file(number: usize) -> String {
    format!("docs/adr/{number:04}-use-part.md")
}

fn write_all(folder: &Path) {
    for number in 1..=COUNT {
        fs::write(folder.join(file(number)), text(number, "Proposed")).unwrap();
    }
}

/// Accepts all records with one command.
fn accept(folder: &Path) -> Command {
    let mut accept = adr(folder);
    accept.arg("accept").args((1..=COUNT).map(|number| number.to_string()));
    accept
}

/// The number of accepted records; each must be either the old or the new one, byte for byte.
fn accepted(folder: &Path) -> usize {
    (1..=COUNT)
        .filter(|number| {
            let now = fs::read_to_string(folder.join(file(*number))).unwrap();
            let new = now == text(*number, "Accepted");
            assert!(new || now == text(*number, "Proposed"), "{number} is neither: {now}");
            new
        })
        .count()
}

/// The names of all files of the log, including hidden ones.
fn names(folder: &Path) -> usize {
    fs::read_dir(folder.join("docs/adr")).unwrap().count()
}

#[test]
fn a_command_that_is_killed_leaves_all_or_nothing_to_the_next() {
    for git in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::create_dir_all(folder.join("docs/adr")).unwrap();
        if git {
            let made = Command::new("git").args(["init", "-q"]).current_dir(folder).status();
            assert!(made.unwrap().success());
        }
        write_all(folder);
        let begun = Instant::now();
        assert!(accept(folder).output().unwrap().status.success());
        let whole = begun.elapsed();
        assert_eq!((accepted(folder), names(folder)), (COUNT, COUNT));

        for moment in 0..12_u32 {
            write_all(folder);
            let mut child = accept(folder).spawn().unwrap();
            std::thread::sleep(whole * moment / 12);
            child.kill().unwrap();
            child.wait().unwrap();
            accepted(folder);
            let next: Output = adr(folder).arg("list").output().unwrap();
            assert!(next.status.success());
            let said = String::from_utf8(next.stderr).unwrap();
            let now = accepted(folder);
            assert!(now == 0 || now == COUNT, "{now} of {COUNT} at {moment}; {said}");
            assert_eq!(names(folder), COUNT, "temporary files remain: {said}");
        }
    }
}

#[test]
fn the_next_command_says_what_became_of_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("docs/adr")).unwrap();
    let made = Command::new("git").args(["init", "-q"]).current_dir(folder).status();
    assert!(made.unwrap().success());
    write_all(folder);
    // The command may finish before the signal, but not every time.
    let said = (0..200).find_map(|_| {
        write_all(folder);
        let mut child = accept(folder).spawn().unwrap();
        while !folder.join(".git/adr.journal").exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let next = adr(folder).arg("list").output().unwrap();
        let line = String::from_utf8(next.stderr).unwrap();
        (!line.is_empty()).then_some(line)
    });
    let ends = ["completed", "undone"]
        .map(|end| format!("note: an earlier command was interrupted; its changes were {end}\n"));
    assert!(said.as_ref().is_some_and(|said| ends.contains(said)), "{said:?}");
}
