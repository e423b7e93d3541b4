//! Completion in real shells: bash, zsh and fish load the output of `adr completions` and complete a line.
//! A shell that is not installed is reported as skipped.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const ADR: &str = env!("CARGO_BIN_EXE_adr");

/// A log with one record of each kind that completion distinguishes.
fn log() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let files = [
        ("0001-use-a.md", "# 1. Use A\n\n## Status\n\nSuperseded by [2](0002-use-b.md)\n"),
        (
            "0002-use-b.md",
            "---\nstatus: accepted\ntags: [storage, two words]\ndecision-makers: Ada Lovelace\n---\n\n# Use B: \u{1b}[31mred\n",
        ),
        ("0010-use-c.md", "# 10. Use C\n\n## Status\n\nProposed\n"),
        ("0011-use-d.md", "# 11. Use D\n\n## Status\n\nAccepted\n"),
        ("0011-use-e.md", "# 11. Use E\n\n## Status\n\nparked\n"),
        ("plain.md", "# Use no number\n\n## Status\n\nAccepted\n"),
    ];
    for (name, text) in files {
        fs::write(log.join(name), text).unwrap();
    }
    fs::write(
        folder.path().join("adr.toml"),
        "dir = \"docs/adr\"\n[status]\nwords = { shelved = \"draft\" }\n",
    )
    .unwrap();
    folder
}

/// The output of `shell` for `script`, with `adr` on its PATH; `None` if the shell is not installed.
fn run(shell: &[&str], script: &str, folder: &Path) -> Option<String> {
    let (program, options) = shell.split_first().unwrap();
    if Command::new(program).arg("--version").stdout(Stdio::null()).status().is_err() {
        // Not `eprintln!`, which the test harness captures if a test passes.
        let mut err = io::stderr();
        writeln!(err, "SKIPPED completion in {program}: it is not installed").unwrap();
        return None;
    }
    let path = format!(
        "{}:{}",
        Path::new(ADR).parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut command = Command::new(program);
    command.args(options).args(["-c", script]).current_dir(folder).env_clear();
    let output =
        command.env("PATH", path).env("HOME", folder).env("TERM", "dumb").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{program}: {script}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The values that bash completes for the last of `words`, without options.
fn bash(folder: &Path, words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let script = format!(
        "eval \"$(adr completions bash)\"\n\
         registered=$(complete -p adr); [[ $registered == *'-F _clap_complete_adr adr' ]] || exit 1\n\
         COMP_WORDS=({}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9\n\
         _clap_complete_adr adr \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"\n\
         for value in \"${{COMPREPLY[@]}}\"; do [[ $value == -* ]] || echo \"$value\"; done",
        quoted.join(" ")
    );
    let shown = run(&["bash", "--noprofile", "--norc"], &script, folder).unwrap();
    shown.lines().collect::<Vec<_>>().join(" ")
}

#[test]
fn bash_completes_values_of_the_log() {
    let folder = log();
    let values = |words: &[&str]| bash(folder.path(), words);
    let all = "0001 0002 0010 0011-use-d.md 0011-use-e.md plain.md";
    for (words, expected) in [
        (&["adr", "sh"][..], "show"),
        (&["adr", "show", ""], all),
        (&["adr", "show", "1"], "1 10"),
        (&["adr", "show", "001"], "0010 0011-use-d.md 0011-use-e.md"),
        (&["adr", "show", "number"], "plain.md"),
        (&["adr", "supersede", "1", "--by", ""], "0002 0011-use-d.md plain.md"),
        (&["adr", "link", "2", "a"], "amends"),
        (&["adr", "link", "2", "amends", "1"], "1 10"),
        (&["adr", "status", "2", ""], "deprecated superseded"),
        (&["adr", "status", "10", ""], "draft accepted rejected superseded shelved"),
        (&["adr", "list", "--status", "p"], "proposed parked"),
        (&["adr", "new", "--status", "s"], "superseded shelved"),
        (&["adr", "list", "--tag", ""], "storage two\\ words"),
        (&["adr", "list", "--decider", "a"], "Ada\\ Lovelace"),
        (
            &["adr", "rule", "ADR40"],
            "ADR401 ADR402 ADR403 ADR404 ADR405 ADR406 ADR407 ADR408 ADR409",
        ),
        (&["adr", "lint", "--select", "ADR1,ADR409"], "ADR1,ADR409"),
        (&["adr", "export", ""], "json csv"),
        (&["adr", "new", "--template", "madr"], "madr madr-minimal madr-bare"),
        (&["adr", "help", "temp"], "templates"),
        (&["adr", "schema", "li"], "lint list"),
    ] {
        assert_eq!(values(words), expected, "{words:?}");
    }
}

#[test]
fn the_log_is_the_one_that_the_line_names() {
    let folder = log();
    let elsewhere = tempfile::tempdir().unwrap();
    let there = folder.path().to_str().unwrap();
    let dir = format!("{there}/docs/adr");
    for words in [&["adr", "-C", there, "show", "00"][..], &["adr", "--dir", &dir, "show", "00"]] {
        let expected = "0001 0002 0010 0011-use-d.md 0011-use-e.md";
        assert_eq!(bash(elsewhere.path(), words), expected, "{words:?}");
    }
    // Without candidates, nothing is offered and nothing is printed.
    for words in [
        &["adr", "show", "00"][..],
        &["adr", "-C", "/no/such/folder", "show", "00"],
        &["adr", "--dir", "gone", "show", "00"],
        &["adr", "--no-such-option", "show", "00"],
    ] {
        assert_eq!(bash(elsewhere.path(), words), "", "{words:?}");
    }
    fs::write(folder.path().join("adr.toml"), "no-such-key = 1\n").unwrap();
    assert_eq!(bash(folder.path(), &["adr", "show", "00"]), "");
}

#[test]
fn fish_shows_titles_beside_the_values() {
    let folder = log();
    let script = "adr completions fish | source; complete -C 'adr show 00'";
    if let Some(shown) = run(&["fish", "--no-config"], script, folder.path()) {
        assert_eq!(
            shown,
            "0001\tUse A (superseded)\n0002\tUse B: \\u{1b}[31mred (accepted)\n\
             0010\tUse C (proposed)\n0011-use-d.md\tUse D (accepted)\n0011-use-e.md\tUse E (parked)\n"
        );
    }
}

/// In `.zshrc`, and as a file `_adr` in a folder of `fpath`.
#[test]
fn zsh_shows_titles_beside_the_values() {
    let folder = log();
    let begin = "autoload -Uz compinit\n";
    let ask = "_describe() { print -l -- \"${(@P)3}\" }\n\
               words=(adr show 000); CURRENT=3; $_comps[adr]";
    let sourced = format!("{begin}compinit -u -D; source <(adr completions zsh)\n{ask}");
    let file = format!(
        "mkdir fpath; adr completions zsh > fpath/_adr; fpath=($PWD/fpath $fpath)\n\
         {begin}compinit -u -D\n{ask}"
    );
    for script in [sourced, file] {
        if let Some(shown) = run(&["zsh", "-f"], &script, folder.path()) {
            assert_eq!(shown, "0001:Use A (superseded)\n0002:Use B: \\u{1b}[31mred (accepted)\n");
        }
    }
}

#[test]
fn a_variable_that_names_no_shell_changes_nothing() {
    let output = Command::new(ADR).env("COMPLETE", "1").arg("--version").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "adr 0.1.0\n");
}
