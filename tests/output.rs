//! Where output is printed, and what it may contain there: terminals, pipes, lists of names, closed pipes.
//! Terminals are tested through the library, everything else with the real program.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rationale::cli::{self, Environment};
use rationale::model::Date;
use tempfile::TempDir;

/// Characters that control a terminal, reorder text, or are invisible: one of each kind.
const UNSAFE: &str = "\u{1b}]0;t\u{7}\u{1b}[31m\u{9b}2J\u{8}\u{7f}\u{61c}\u{200e}\u{202e}\u{2066}\u{2028}\u{feff}\u{e0041}";

/// A log of two records; every field of the second contains all of them.
fn log() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(log.join("templates/site")).unwrap();
    fs::write(
        log.join("0001-use-a.md"),
        "# 1. Use A\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n",
    )
    .unwrap();
    let text = format!(
        "---\ntags: [\"x\\e]0;\\x07\\u202e\"]\ndecision-makers: [\"Ada \\e[31m\\u2066\"]\n---\n\n# 7. Use B {UNSAFE}\n\nDate: 2024-01-02 {UNSAFE}\n\n\
         ## Status\n\nAccepted {UNSAFE}\n\nSupersedes [1. Use A {UNSAFE}](0001-use-a.md)\n\n\
         Amends [x{UNSAFE}](0099-{UNSAFE}.md)\n\n## Context {UNSAFE}\n\nWords {UNSAFE}.\n\n\
         ![p](<p{UNSAFE}.svg>)\n\n[q](<gone{UNSAFE}.md>)\n"
    );
    fs::write(log.join(format!("0007-use-b{UNSAFE}.md")), text).unwrap();
    fs::write(log.join(format!("p{UNSAFE}.svg")), "<svg><script>").unwrap();
    fs::write(log.join(format!("templates/site/t{UNSAFE}.html")), "x").unwrap();
    folder
}

/// The output of `adr` on a terminal, both streams together.
fn on_terminal(args: &[&str], variables: &[(&str, &str)]) -> String {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let environment = Environment {
        variables: variables.iter().map(owned).collect::<HashMap<_, _>>(),
        in_is_terminal: false,
        out_is_terminal: true,
        err_is_terminal: true,
        width: Some(100),
        clock: || Date::day(2026, 3, 1).unwrap(),
        program: String::new,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["adr"].iter().chain(args).map(OsString::from);
    let _code = cli::run(args, &environment, &mut out, &mut err);
    String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap()
}

/// The characters of `printed` that must not reach a terminal; our own colours may.
fn acting(printed: &str) -> Vec<char> {
    let colours = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let plain = colours.replace_all(printed, "").replace("\r\n", "\n");
    let acts = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\t' | '\0')
            || UNSAFE.contains(*c) && !c.is_ascii_graphic() && *c != ' '
    };
    plain.chars().filter(acts).collect()
}

/// Every command that prints text from a record, a file name or the command line.
const COMMANDS: &[&str] = &[
    "list",
    "list --output-format paths",
    "list -0",
    "list --json",
    "list --json=title,path",
    "show 7",
    "show 7 --raw",
    "show 7 --json",
    "search words",
    "search words --json",
    "status 7",
    "status 7 deprecated --dry-run",
    "status 7 deprecated --dry-run --json",
    "supersede 1 --by 7 --dry-run",
    "link 7 amends 1 --dry-run",
    "renumber 7 9 --dry-run",
    "edit 7",
    "edit 7 --title New --dry-run",
    "edit 7 --add-tag y --remove-tag z --dry-run",
    "new Next --dry-run",
    "toc",
    "toc --table",
    "graph dot",
    "graph mermaid",
    "graph svg",
    "export json",
    "export csv",
    "config",
    "lint",
    "lint --select ALL",
    "lint --select ALL --color always",
    "lint --select ALL --output-format concise",
    "lint --select ALL --output-format grouped",
    "lint --select ALL --output-format json",
    "lint --select ALL --output-format jsonl",
    "lint --select ALL --output-format sarif",
    "lint --select ALL --output-format github",
    "lint --select ALL --output-format gitlab",
    "lint --select ALL --output-format rdjson",
    "lint --select ALL --output-format junit",
    "lint --select ALL --output-format markdown",
    "lint --diff --unsafe-fixes",
    "lint --statistics",
];

#[test]
fn nothing_acts_on_a_terminal_but_our_colours() {
    let folder = log();
    let log = folder.path().join("docs/adr");
    let site = folder.path().join("site");
    let (dir, site) = (log.to_str().unwrap(), site.to_str().unwrap());
    for line in COMMANDS {
        let mut args: Vec<&str> = line.split(' ').collect();
        args.extend(["--dir", dir]);
        for variables in [&[][..], &[("NO_COLOR", "1")], &[("GITHUB_ACTIONS", "true")]] {
            let printed = on_terminal(&args, variables);
            assert!(!printed.is_empty(), "adr {line}");
            assert_eq!(acting(&printed), Vec::<char>::new(), "adr {line}\n{printed}");
        }
    }
    let built = on_terminal(&["build", "--out", site, "--dir", dir], &[]);
    assert!(built.contains("is left out"), "{built}");
    assert_eq!(acting(&built), Vec::<char>::new(), "{built}");
}

#[test]
fn what_was_typed_does_not_act_on_a_terminal_either() {
    let folder = log();
    let dir = folder.path().join("docs/adr");
    let dir = dir.to_str().unwrap();
    let odd = format!("a{UNSAFE}");
    let option = format!("--{odd}");
    for args in [
        &[odd.as_str()][..],
        &["list", &option],
        &["list", "--sort", &odd],
        &["list", "--since", &odd],
        &["list", "--json", "--since", &odd],
        &["lint", "--output-format", &odd],
        &["lint", "--report", &odd],
        &["lint", "--select", &odd],
        &["lint", &odd],
        &["show", &odd],
        &["show", "--json", &odd],
        &["search", &odd],
        &["help", &odd],
        &["rule", &odd],
        &["schema", &odd],
        &["completions", &odd],
        &["status", "7", &odd],
        &["link", "7", &odd, "1"],
        &["list", "--tag", &odd],
        &["list", "--config", &odd],
        &["new", "A", "--template", &odd],
        &["--dir", &odd, "list"],
        &["-C", &odd, "list"],
    ] {
        let mut args = args.to_vec();
        if args[0] != odd && args[0] != "--dir" {
            args.extend(["--dir", dir]);
        }
        for variables in [&[][..], &[("NO_COLOR", "1")]] {
            let printed = on_terminal(&args, variables);
            assert!(!printed.is_empty(), "adr {args:?}");
            assert_eq!(acting(&printed), Vec::<char>::new(), "adr {args:?}\n{printed}");
        }
    }
}

#[test]
fn colours_are_there_and_are_ours_alone() {
    let folder = log();
    let dir = folder.path().join("docs/adr");
    let dir = dir.to_str().unwrap();
    let shown = on_terminal(&["show", "7", "--dir", dir], &[]);
    assert!(shown.starts_with("\u{1b}[1mADR-0007 Use B \\u{1b}]0;t\\u{7}\\u{1b}[31m"), "{shown}");
    let found = on_terminal(&["lint", "--select", "ALL", "--dir", dir], &[]);
    assert!(found.contains("\u{1b}[") && found.contains('\u{fffd}'), "{found}");
    let usage = on_terminal(&["show", "--\u{1b}[32mx"], &[]);
    assert!(usage.starts_with("\u{1b}[") && usage.contains("\\u{1b}[32mx"), "{usage}");
}

fn adr(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01").args(args);
    if let Ok(path) = std::env::var("PATH") {
        command.env("PATH", path);
    }
    command
}

fn printed(folder: &Path, args: &[&str]) -> (Vec<u8>, String) {
    let output = adr(folder, args).output().unwrap();
    (output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_pipe_gets_the_bytes_of_a_record() {
    let folder = log();
    let log = folder.path().join("docs/adr");
    let bytes = fs::read(log.join(format!("0007-use-b{UNSAFE}.md"))).unwrap();
    assert_eq!(printed(folder.path(), &["show", "7", "--raw"]).0, bytes);
    let text = String::from_utf8(bytes).unwrap();
    let body = text.rsplit_once("---\n").unwrap().1.trim();
    let shown = String::from_utf8(printed(folder.path(), &["show", "7"]).0).unwrap();
    assert!(shown.ends_with(&format!("\n\n{body}\n")), "{shown}");
    // On a CI runner the output is the same, as it contains none of the runner's commands.
    let on_runner =
        adr(folder.path(), &["show", "7", "--raw"]).env("GITHUB_ACTIONS", "true").output();
    assert_eq!(on_runner.unwrap().stdout, text.as_bytes());
}

/// A terminal and a pipe get the same JSON.
#[test]
fn json_has_the_same_values_everywhere() {
    let folder = log();
    let dir = folder.path().join("docs/adr");
    let args = ["list", "--json", "--dir", dir.to_str().unwrap()];
    let (pipe, _) = printed(folder.path(), &args);
    let terminal = on_terminal(&args, &[]);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&terminal), value(&String::from_utf8(pipe).unwrap()));
}

#[cfg(unix)]
#[test]
fn a_list_has_one_name_on_each_line() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let text = "# Use A\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n";
    let names: [&[u8]; 6] = [
        b"-rf.md",
        b"0001-a\nb.md",
        b"0002-a\rb\x1b.md",
        b"0003-\xff.md",
        "0004-\u{2028}.md".as_bytes(),
        b"::a::.md",
    ];
    for name in names {
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
    }
    let (list, note) = printed(folder.path(), &["list", "--dir", "."]);
    let mut lines: Vec<&[u8]> = list.split(|byte| *byte == b'\n').collect();
    assert_eq!(lines.pop(), Some(&b""[..]));
    lines.sort_unstable();
    let expected: [&[u8]; 6] = [
        b"./-rf.md",
        b"./::a::.md",
        b"0001-a\\nb.md",
        b"0002-a\\rb\\u{1b}.md",
        b"0003-\xff.md",
        b"0004-\\u{2028}.md",
    ];
    assert_eq!(lines, expected);
    assert_eq!(
        note,
        "3 names with control characters, printed with escapes; `--null` prints them unchanged\n"
    );
    // With a NUL byte after each, names are printed unchanged.
    let (list, note) = printed(folder.path(), &["list", "--null", "--dir", "."]);
    let mut raw: Vec<&[u8]> = list.split(|byte| *byte == 0).collect();
    assert_eq!((raw.pop(), note.as_str()), (Some(&b""[..]), ""));
    for name in raw {
        assert!(folder.path().join(std::ffi::OsStr::from_bytes(name)).is_file());
    }
    for format in ["concise", "grouped", "full"] {
        let args = ["lint", "--select", "ALL", "--output-format", format, "--dir", "."];
        let found = String::from_utf8(printed(folder.path(), &args).0).unwrap();
        assert!(found.contains("0001-a\\nb.md") && !found.contains('\u{1b}'), "{found}");
    }
}

/// A path that consists only of a file name must not look like an option to the program that receives it.
#[test]
fn a_path_is_no_option() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path();
    for (name, title) in [("+x.md", "Plus"), ("-c.md", "Minus"), ("0001-use-a.md", "Use A")] {
        fs::write(log.join(name), format!("# {title}\n\n## Status\n\nAccepted\n")).unwrap();
    }
    for (title, expected) in
        [("Plus", "./+x.md\n"), ("Minus", "./-c.md\n"), ("Use A", "0001-use-a.md\n")]
    {
        let (path, _) = printed(log, &["edit", title, "--dir", "."]);
        assert_eq!(String::from_utf8(path).unwrap(), expected);
    }
}

/// A log with more findings than fit into a pipe.
fn broken_log() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    for number in 1000..1400 {
        let text = format!("# {number}. T.\n\n## Status\n\nfoo{number}\n\n[x](no{number}.md)\n");
        fs::write(log.join(format!("{number}-t.md")), text).unwrap();
    }
    folder
}

/// The exit of `adr` if the reader of its output closes the pipe after `enough` bytes.
fn closed_after(folder: &Path, args: &[&str], enough: usize) -> Option<i32> {
    let mut command = adr(folder, args);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let read = out.read_exact(&mut vec![0; enough]);
    assert!(read.is_ok(), "{args:?}: {read:?}");
    drop(out);
    child.wait().unwrap().code()
}

#[test]
fn findings_stay_findings_when_the_reader_has_seen_enough() {
    let folder = broken_log();
    let folder = folder.path();
    for format in [
        "full", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "rdjson",
        "junit", "markdown",
    ] {
        let args = ["lint", "--select", "ALL", "--output-format", format];
        assert_eq!(closed_after(folder, &args, 1), Some(1), "{format}");
    }
    assert_eq!(closed_after(folder, &["lint", "--fail-on", "never"], 1), Some(0));
    assert_eq!(closed_after(folder, &["lint", "--diff", "--unsafe-fixes"], 1), Some(1));
    assert_eq!(closed_after(folder, &["lint", "--statistics"], 0), Some(1));
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["toc"],
        &["export", "csv"],
        &["search", "t", "--all"],
    ] {
        assert_eq!(closed_after(folder, args, 1), Some(0), "{args:?}");
    }
    assert_eq!(closed_after(folder, &["list", "--tag", "x"], 0), Some(1));
    assert_eq!(closed_after(folder, &["show", "no such record"], 0), Some(2));
    assert_eq!(closed_after(folder, &["serve", "--port", "0"], 0), Some(0));
}

#[test]
fn a_shell_sees_them_too() {
    let folder = broken_log();
    let bin = Path::new(env!("CARGO_BIN_EXE_adr")).parent().unwrap();
    let run = |script: &str| {
        let mut bash = Command::new("bash");
        bash.args(["-o", "pipefail", "-c", script]).current_dir(folder.path());
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        bash.env("PATH", path).env("ADR_DATE", "2026-03-01");
        bash.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().code()
    };
    assert_eq!(run("adr lint | head -1"), Some(1));
    assert_eq!(run("adr lint --output-format json | head -c 1"), Some(1));
    assert_eq!(run("adr list | head -1"), Some(0));
}

/// A system that cannot start threads, simulated by stacks that do not fit into memory. Git cannot be
/// started either.
#[test]
fn without_threads_everything_is_done_by_one() {
    let folder = log();
    let site = folder.path().join("site");
    let run = |args: &[&str]| {
        let mut command = adr(folder.path(), args);
        let output = command
            .env("PATH", site.as_os_str())
            .env("RUST_MIN_STACK", "1000000000000000")
            .output();
        let output = output.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{args:?}: {said}");
        (output.status.code(), said)
    };
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["show", "7"],
        &["search", "words"],
        &["toc"],
        &["graph"],
        &["export", "json"],
        &["status", "1", "deprecated", "--dry-run"],
        &["new", "Next", "--dry-run"],
        &["build", "--out", site.to_str().unwrap()],
    ] {
        let (code, said) = run(args);
        assert_eq!(code, Some(0), "{args:?}: {said}");
    }
    assert_eq!(run(&["lint"]).0, Some(1));
    let (code, said) = run(&["serve", "--port", "0"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("error: cannot use a thread for connections: "), "{said}");
}
