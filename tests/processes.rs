//! Behaviour that only real processes and real folders show: closed pipes, folders with spaces in their
//! names, commands inside the log, editors, concurrent commands.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A record; the name of its file does not matter.
const RECORD: &str = "# Use it\n\n## Status\n\nAccepted\n";

/// `adr` in `folder`, in a clean environment.
fn adr(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    if let Ok(path) = std::env::var("PATH") {
        command.env("PATH", path);
    }
    command
}

/// Runs the command and waits for its end.
fn run(folder: &Path, args: &[&str]) -> Output {
    adr(folder).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a log in it.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["init"]).status.success());
    folder
}

#[test]
fn a_closed_pipe_ends_the_list_quietly() {
    let folder = begun();
    for number in 2..1500 {
        let name = format!("{number:04}-{}.md", "a-long-name-".repeat(10));
        fs::write(folder.path().join("docs/adr").join(name), RECORD).unwrap();
    }
    let mut list = adr(folder.path());
    let mut list = list.arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    list.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = list.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(&first, b"docs/adr/0");
}

#[test]
fn paths_lead_from_where_the_command_was_typed() {
    let folder = begun();
    let below = folder.path().join("src/deep");
    fs::create_dir_all(&below).unwrap();
    let new = run(&below, &["new", "Go", "up"]);
    assert_eq!(stdout(&new), "../../docs/adr/0002-go-up.md\n");
    assert!(below.join("../../docs/adr/0002-go-up.md").is_file());
}

#[test]
fn in_the_folder_of_the_log_and_below_it_no_way_leads_up_and_down_again() {
    let folder = begun();
    let log = folder.path().join("docs/adr");
    let file = "0001-record-architecture-decisions.md\n";
    assert_eq!(stdout(&run(&log, &["list"])), file);
    assert_eq!(stdout(&run(&log, &["new", "Use tea"])), "0002-use-tea.md\n");
    assert_eq!(stdout(&run(&log, &["renumber", "2", "3"])), "0003-use-tea.md\n");
    fs::create_dir(log.join("images")).unwrap();
    assert_eq!(stdout(&run(&log.join("images"), &["list", "record"])), format!("../{file}"));
    assert_eq!(
        stdout(&run(&folder.path().join("docs"), &["list", "record"])),
        format!("adr/{file}")
    );
    assert_eq!(stdout(&run(&log, &["list", "--dir", ".", "record"])), file);
}

#[test]
fn a_log_outside_of_the_repository_is_not_its_log() {
    let folder = begun();
    let inner = folder.path().join("inner");
    fs::create_dir_all(inner.join(".git")).unwrap();
    let output = run(&inner, &["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: no decision log in `.` or its parents\n"));
    assert_eq!(stdout(&run(&inner, &["init"])), "docs/adr/0001-record-architecture-decisions.md\n");
    assert_eq!(stdout(&run(&inner, &["new", "Use", "tea"])), "docs/adr/0002-use-tea.md\n");
    assert_eq!(stdout(&run(folder.path(), &["list"])).lines().count(), 1);
}

#[test]
fn folders_may_have_blanks_and_letters_of_any_kind() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("Mein Projekt – 決定");
    fs::create_dir_all(&inside).unwrap();
    assert_eq!(
        stdout(&run(&inside, &["init", "alle Entscheidungen"])),
        "alle Entscheidungen/0001-record-architecture-decisions.md\n"
    );
    assert_eq!(
        stdout(&run(&inside, &["new", "Use", "blanks"])),
        "alle Entscheidungen/0002-use-blanks.md\n"
    );
}

#[test]
fn new_begins_a_log_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let new = run(folder.path(), &["new", "Begin"]);
    assert_eq!(stdout(&new), "docs/adr/0001-begin.md\n");
}

#[test]
fn a_log_begins_at_the_root_of_the_repository_and_never_beside_others() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("src/deep");
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    fs::create_dir_all(&deep).unwrap();
    let new = run(&deep, &["new", "Go", "up", "--dry-run"]);
    assert!(stdout(&new).contains("+++ b/docs/adr/0001-go-up.md\n"), "{new:?}");
    assert_eq!(stderr(&new), "no decision log found; starting one in ../../docs/adr\n");

    let service = folder.path().join("services/a/docs/adr");
    fs::create_dir_all(&service).unwrap();
    fs::write(service.join("0001-use-it.md"), RECORD).unwrap();
    let new = run(&deep, &["new", "Go", "up"]);
    assert_eq!(new.status.code(), Some(2));
    let expected = "error: no decision log in this folder or its parents; found a log in `../../services/a/docs/adr`\n  \
        hint: select one with `--dir ../../services/a/docs/adr`, or start another with `adr init DIR`\n";
    assert_eq!(stderr(&new), expected);
    assert!(!folder.path().join("docs").exists());
    let beside = run(&folder.path().join("services/a"), &["new", "Go", "up"]);
    assert_eq!(stdout(&beside), "docs/adr/0002-go-up.md\n");
}

#[test]
fn a_file_that_is_protected_or_no_text_is_left_alone_and_named() {
    let folder = begun();
    let path = folder.path().join("docs/adr/0002-use-it.md");
    fs::write(&path, RECORD).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let status = run(folder.path(), &["supersede", "2", "--by", "1"]);
    assert_eq!(status.status.code(), Some(2));
    let expected = "error: `docs/adr/0002-use-it.md` is read-only; nothing was written\n  \
        hint: run `chmod u+w docs/adr/0002-use-it.md` first\n";
    assert_eq!(stderr(&status), expected);
    assert_eq!(fs::read_to_string(&path).unwrap(), RECORD);

    let bytes = [RECORD.as_bytes(), b"\xe4\n"].concat();
    let path = folder.path().join("docs/adr/0003-use-more.md");
    fs::write(&path, &bytes).unwrap();
    let status = run(folder.path(), &["deprecate", "3"]);
    let expected = "error: `docs/adr/0003-use-more.md` is not UTF-8 and cannot be changed safely; \
        nothing was written\n  hint: save it as UTF-8 first\n";
    assert_eq!((status.status.code(), stderr(&status).as_str()), (Some(2), expected));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_page_that_is_protected_is_left_alone_by_the_table_of_contents() {
    let folder = begun();
    let path = folder.path().join("index.md");
    let text = "<!-- adr-toc -->\n<!-- /adr-toc -->\n";
    fs::write(&path, text).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let toc = run(folder.path(), &["toc", "--write", "index.md"]);
    let expected = "error: `index.md` is read-only; nothing was written\n  \
        hint: run `chmod u+w index.md` first\n";
    assert_eq!((toc.status.code(), stderr(&toc).as_str()), (Some(2), expected));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_log_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("docs"), "a file").unwrap();
    let new = run(folder.path(), &["new", "Begin"]);
    assert_eq!(new.status.code(), Some(2));
    let expected = "error: cannot create the folder `docs/adr`\n  \
        caused by: Not a directory (os error 20)\n  \
        hint: check `docs`, which is a file and not a folder\n";
    assert_eq!(stderr(&new), expected);
}

#[test]
fn a_record_that_is_named_by_its_folder_takes_along_all_that_lies_there() {
    let folder = begun();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(log.join("0002-use-x/img")).unwrap();
    fs::write(log.join("0002-use-x/img/p.png"), b"\x89PNG\xff").unwrap();
    let text = "# 2. Use X\n\n## Status\n\nAccepted\n\n![P](img/p.png)\n";
    fs::write(log.join("0002-use-x/README.md"), text).unwrap();
    let other = "# 3. Y\n\n## Status\n\nAccepted\n\nAmends [2. Use X](0002-use-x/README.md)\n\n\
                 See [it](0002-use-x/) and ![P](0002-use-x/img/p.png).\n";
    fs::write(log.join("0003-y.md"), other).unwrap();

    let renumber = run(folder.path(), &["renumber", "2", "7"]);
    assert_eq!(stdout(&renumber), "docs/adr/0007-use-x/README.md\ndocs/adr/0003-y.md\n");
    assert!(!log.join("0002-use-x").exists());
    let read = |file: &str| fs::read_to_string(log.join(file)).unwrap();
    assert_eq!(fs::read(log.join("0007-use-x/img/p.png")).unwrap(), b"\x89PNG\xff");
    assert_eq!(read("0007-use-x/README.md"), text.replacen("# 2.", "# 7.", 1));
    let followed = other.replace("0002-use-x", "0007-use-x").replace("[2. Use X]", "[7. Use X]");
    assert_eq!(read("0003-y.md"), followed);

    let again = run(folder.path(), &["renumber", "7", "7"]);
    assert_eq!((stdout(&again).as_str(), again.status.code()), ("", Some(0)));

    let title = run(folder.path(), &["edit", "7", "--title", "Use Z", "--rename"]);
    assert_eq!(stdout(&title), "docs/adr/0003-y.md\ndocs/adr/0007-use-z/README.md\n");
    let expected = followed.replace("0007-use-x", "0007-use-z").replace("7. Use X", "7. Use Z");
    assert_eq!(read("0003-y.md"), expected);

    fs::create_dir(log.join("0009-use-z")).unwrap();
    let taken = run(folder.path(), &["renumber", "7", "9"]);
    assert_eq!(
        stderr(&taken),
        "error: `docs/adr/0009-use-z` already exists; nothing was written\n"
    );
    assert!(log.join("0007-use-z/README.md").exists());
}

#[test]
fn a_dry_run_as_json_holds_the_diff_and_writes_nothing() {
    let folder = begun();
    let args = ["status", "1", "deprecated", "--dry-run"];
    let diff = stdout(&run(folder.path(), &args));
    let json = stdout(&run(folder.path(), &[&args[..], &["--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected =
        serde_json::json!({ "schema_version": 1, "records": [], "files": [], "diff": diff });
    assert!(diff.contains("+Deprecated"));
    assert_eq!(json, expected);
    assert_eq!(stdout(&run(folder.path(), &["status", "1"])), "accepted\n");
}

#[test]
fn no_file_is_ever_overwritten() {
    let folder = begun();
    let path = folder.path().join("docs/adr/0002-use-rust.md");
    // A folder is not a record, but it has the file name of the new record.
    fs::create_dir(&path).unwrap();
    let new = run(folder.path(), &["new", "Use Rust"]);
    assert_eq!(new.status.code(), Some(2));
    assert_eq!(
        stderr(&new),
        "error: `docs/adr/0002-use-rust.md` already exists; nothing was written\n"
    );
}

#[test]
fn dates_come_from_the_option_then_the_environment() {
    let folder = begun();
    let date = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = adr(folder.path());
        command.args(["new", "--dry-run", "Be", "dated"]).args(args).env_remove("ADR_DATE");
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let text = stdout(&output) + &stderr(&output);
        let line = text.lines().find(|line| line.starts_with("+Date") || line.starts_with("error"));
        line.unwrap_or_default().trim_start_matches("+Date: ").to_owned()
    };
    let all = [("ADR_DATE", "2001-01-01"), ("SOURCE_DATE_EPOCH", "86400")];
    assert_eq!(date(&["--date", "2003-03-03", "--today", "2002-02-02"], &all), "2003-03-03");
    assert_eq!(date(&["--today", "2002-02-02"], &all), "2002-02-02");
    assert_eq!(date(&[], &all), "2001-01-01");
    assert_eq!(date(&[], &all[1..]), "1970-01-02");
    assert_eq!(
        date(&[], &[("ADR_DATE", "tomorrow")]),
        "error: invalid value `tomorrow` of the variable `ADR_DATE`, expected a date of the form YYYY-MM-DD"
    );
}

#[test]
fn fifty_records_made_at_once_have_fifty_numbers() {
    for git in [false, true] {
        let folder = begun();
        if git {
            fs::create_dir(folder.path().join(".git")).unwrap();
        }
        let children: Vec<_> = (0..50)
            .map(|number| {
                let mut new = adr(folder.path());
                let title = format!("Title of {number}");
                new.args(["new", &title]).stdout(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let mut numbers: Vec<String> = children
            .into_iter()
            .map(|child| {
                let output = child.wait_with_output().unwrap();
                assert!(output.status.success());
                stdout(&output)["docs/adr/".len()..][..4].to_owned()
            })
            .collect();
        numbers.sort();
        let expected: Vec<String> = (2..=51).map(|number| format!("{number:04}")).collect();
        assert_eq!(numbers, expected);
        let files = fs::read_dir(folder.path().join("docs/adr")).unwrap().count();
        assert_eq!(files, 51, "nothing else is left in the log");
    }
}

#[test]
fn a_table_of_contents_keeps_the_line_endings_of_the_page() {
    let folder = begun();
    let page = folder.path().join("page.md");
    let head = "# Ours\r\n\r\n<!-- adr-toc -->";
    let tail = "<!-- /adr-toc -->\r\nThe end. \r\n";
    fs::write(&page, format!("{head}old{tail}")).unwrap();
    assert!(run(folder.path(), &["toc", "--write", "page.md"]).status.success());
    let link = "[1. Record architecture decisions](docs/adr/0001-record-architecture-decisions.md)";
    let expected = format!("{head}\r\n\r\n* {link}\r\n\r\n{tail}");
    assert_eq!(fs::read_to_string(&page).unwrap(), expected);
}

/// Runs a command in a terminal created by `script`; returns its exit code and the whole output.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &Path, line: &str, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let line = format!("{} {line}", env!("CARGO_BIN_EXE_adr"));
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(folder);
    script.env_clear().envs(variables.iter().copied()).env("ADR_DATE", "2026-03-01");
    if let Ok(path) = std::env::var("PATH") {
        script.env("PATH", path);
    }
    let output = script.stdin(Stdio::null()).output().unwrap();
    (output.status.code(), stdout(&output).replace("\r\n", "\n"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_is_opened_in_the_editor_and_the_editor_may_fail() {
    use std::os::unix::fs::PermissionsExt as _;

    if Command::new("script").arg("--version").output().is_err() {
        let skipped = writeln!(
            std::io::stderr(),
            "skipped: `script`, which creates terminals, is not installed"
        );
        return skipped.unwrap();
    }
    let folder = begun();
    // In a folder with a space in its name, and with an additional argument.
    let tools = folder.path().join("my tools");
    fs::create_dir(&tools).unwrap();
    let editor = tools.join("editor");
    let text = "#!/bin/sh\ntest \"$1\" = --wait || exit 3\nprintf 'Edited.\\n' >> \"$2\"\n";
    fs::write(&editor, text).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let record = folder.path().join("docs/adr/0001-record-architecture-decisions.md");
    let before = fs::read_to_string(&record).unwrap();
    let command = format!("'{}' --wait", editor.display());
    let path = "docs/adr/0001-record-architecture-decisions.md\n";

    let said = on_a_terminal(folder.path(), "edit 1", &[("EDITOR", &command)]);
    assert_eq!(said, (Some(0), path.to_owned()));
    assert_eq!(fs::read_to_string(&record).unwrap(), format!("{before}Edited.\n"));

    // VISUAL has precedence over EDITOR.
    let both = [("EDITOR", "false"), ("VISUAL", command.as_str())];
    assert_eq!(on_a_terminal(folder.path(), "edit 1", &both).0, Some(0));
    assert_eq!(fs::read_to_string(&record).unwrap(), format!("{before}Edited.\nEdited.\n"));

    let (code, said) = on_a_terminal(folder.path(), "edit 1", &[("EDITOR", "false")]);
    assert_eq!(code, Some(2));
    assert!(said.contains("the editor `false` failed"), "{said}");

    // No editor is opened if input is disabled, or if flags contain the change.
    for (line, quiet) in
        [("edit 1", "CI"), ("edit 1 --no-input", "NONE"), ("edit 1 --add-tag new", "NONE")]
    {
        let variables = [("EDITOR", "false"), (quiet, "1")];
        let said = on_a_terminal(folder.path(), line, &variables);
        assert_eq!(said, (Some(0), path.to_owned()));
    }
}

/// A Nygard record with this status and this context.
fn record(folder: &Path, name: &str, status: &str, context: &str) -> std::path::PathBuf {
    let path = folder.join("docs/adr").join(name);
    let number: u32 = name.split('-').next().unwrap().parse().unwrap();
    let text = format!("# {number}. Use it\n\n## Status\n\n{status}\n\n## Context\n\n{context}\n");
    fs::write(&path, text).unwrap();
    path
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The content of the status section.
fn status_of(path: &Path) -> String {
    let text = read(path);
    let section = text.split("## Status\n\n").nth(1).unwrap();
    section.split("\n\n## ").next().unwrap().to_owned()
}

/// A log of the records in `without`, which have no status, and those in `with`, which have one.
fn undecided(folder: &std::path::Path, without: &[u32], with: &[u32]) {
    fs::create_dir_all(folder.join("docs/adr")).unwrap();
    for number in without.iter().chain(with) {
        let status = if with.contains(number) { "## Status\n\nAccepted\n\n" } else { "" };
        let text = format!(
            "# {number}. A\n\nDate: 2026-01-05\n\n{status}## Context\n\nSee [it](gone.md) now.\n\n\
             ## Decision\n\nThis.\n\n## Consequences\n\nThat.\n"
        );
        fs::write(folder.join(format!("docs/adr/{number:04}-a.md")), text).unwrap();
    }
}

#[test]
fn a_baseline_knows_each_record_and_the_words_that_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    undecided(folder.path(), &[1, 2, 3, 4, 5, 6], &[7, 8, 9, 10]);
    let lint = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
        command.current_dir(folder.path()).env_clear().env("ADR_DATE", "2026-03-01");
        let fixed = ["lint", "-q", "--output-format=concise", "--baseline=known.json"];
        let output = command.args(fixed).args(more).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(lint(&["--write-baseline"]), "");
    // Editing other words in the line of a finding keeps it in the baseline.
    let path = folder.path().join("docs/adr/0001-a.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(" now.", " today, and more of it.")).unwrap();
    assert_eq!(lint(&[]), "");
    // With two of them fixed, most records have a status, which does not cause new findings.
    undecided(folder.path(), &[], &[5, 6]);
    assert_eq!(lint(&[]), "");
    undecided(folder.path(), &[5, 6], &[]);
    // One more record without a status is a new finding.
    undecided(folder.path(), &[11], &[]);
    let found = lint(&["--select=ADR2"]);
    assert_eq!(found, "docs/adr: warning ADR204 7 of 11 records have no status\n");
}

#[cfg(unix)]
#[test]
fn a_link_to_another_record_is_no_second_one() {
    let folder = begun();
    let first = "0001-record-architecture-decisions.md";
    std::os::unix::fs::symlink(first, folder.path().join("docs/adr/latest.md")).unwrap();
    assert_eq!(stdout(&run(folder.path(), &["list"])), format!("docs/adr/{first}\n"));
    let json = stdout(&run(folder.path(), &["list", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let reason = "a symbolic link to another file of the log";
    let skipped = serde_json::json!([{ "file": "latest.md", "reason": reason }]);
    assert_eq!(json["skipped"], skipped);
    let expected = format!(
        "error: `latest.md` is not read as a record: {reason}\n  hint: name the file that it links to\n"
    );
    assert_eq!(stderr(&run(folder.path(), &["show", "latest"])), expected);
}

#[test]
fn addresses_of_others_keep_their_numbers_and_names() {
    let folder = begun();
    let foreign = "https://github.com/other/project/blob/v1.0/docs/adr/0004-c.md adr-4@example.org \
        [ADR-0004](https://other.example/issues/ADR-0004) <mailto:adr-4@example.org> \
        github.com/other/project/0004-c.md ../blob/0a1b2c3d4e/docs/adr/0004-c.md\n";
    let own = "ADR-4, [ADR-4: see there](https://talk.example/7), [c](0004-c.md)";
    let text = format!("{foreign}\n{own}\n\n{foreign}");
    let path = record(folder.path(), "0004-c.md", "Accepted", &text);
    let other = record(folder.path(), "0005-d.md", "Accepted", &text);
    let code = folder.path().join("main.rs");
    fs::write(&code, &text).unwrap();
    let git = |args: &[&str]| {
        let git = Command::new("git").current_dir(folder.path()).args(args).output().unwrap();
        assert!(git.status.success(), "{git:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);

    let moved = |name: &str, number: u8| {
        let own = own.replace("ADR-4", &format!("ADR-{number}")).replace("0004-c", name);
        format!("{foreign}\n{own}\n\n{foreign}")
    };
    assert!(run(folder.path(), &["renumber", "4", "8", "--code"]).status.success());
    let path = path.with_file_name("0008-c.md");
    for path in [&path, &other, &code] {
        assert!(read(path).trim_end().ends_with(moved("0008-c", 8).trim_end()), "{}", read(path));
    }
    let edit = run(folder.path(), &["edit", "8", "--title", "Say it", "--rename"]);
    assert!(edit.status.success(), "{edit:?}");
    let path = path.with_file_name("0008-say-it.md");
    for path in [&path, &other] {
        let text = read(path);
        assert!(text.trim_end().ends_with(moved("0008-say-it", 8).trim_end()), "{text}");
    }
}

#[test]
fn the_words_of_links_in_pages_follow_a_number() {
    let folder = begun();
    record(folder.path(), "0002-a.md", "Accepted", "x");
    let page = folder.path().join("docs/adr/README.md");
    fs::write(&page, "# All\n\n- [2. A](0002-a.md)\n- [2 others](b.md)\n").unwrap();
    run(folder.path(), &["renumber", "2", "8"]);
    assert_eq!(read(&page), "# All\n\n- [8. A](0008-a.md)\n- [2 others](b.md)\n");
}

#[test]
fn a_template_without_a_place_for_what_is_given_is_refused() {
    let folder = begun();
    let refused = |template: &str, args: &[&str], expected: &str| {
        fs::write(folder.path().join("t.md"), template).unwrap();
        let new = run(folder.path(), &[&["new", "-t", "t.md", "Use it"], args].concat());
        assert_eq!((stderr(&new).as_str(), new.status.code()), (expected, Some(2)));
    };
    let no_place = |name: &str| {
        format!(
            "error: the {name} cannot be written into the template `t.md`\n  hint: use `{{{{ {name} }}}}` \
             in the template, or use another template\n"
        )
    };
    refused("plain {{ date }}\n", &[], &no_place("title"));
    refused("# {{ title }}\n", &["--status", "accepted"], &no_place("status"));
    refused("# {{ title }}\n", &["--date", "2026-01-01"], &no_place("date"));
    refused("# NUMBER. TITLE\n", &["--status", "accepted"], &no_place("status"));
    refused(" \n", &[], "error: cannot use the template `t.md`: it is empty\n");
    fs::write(folder.path().join("t.md"), "# NUMBER. TITLE\n\nSTATUS DATE\n").unwrap();
    let args = ["new", "-t", "t.md", "Use it", "--status", "accepted", "--date", "2026-01-01"];
    assert_eq!(stdout(&run(folder.path(), &args)), "docs/adr/0002-use-it.md\n");
    let made = read(&folder.path().join("docs/adr/0002-use-it.md"));
    assert_eq!(made, "# 2. Use it\n\nAccepted 2026-01-01\n");
}

#[test]
fn a_title_and_a_name_read_as_they_were_given() {
    let folder = begun();
    let new = run(folder.path(), &["new", "Title: 12 things"]);
    let expected = "error: the title `Title: 12 things` cannot be written into the record\n  hint: use \
        other words: these are read as `12 things`\n";
    assert_eq!((stderr(&new).as_str(), new.status.code()), (expected, Some(2)));
    let ada = "Ada <ada@example.org>";
    run(folder.path(), &["new", "--decider", ada, "Use", "12", "things"]);
    run(folder.path(), &["edit", "2", "--add-decider", "Bo <bo@example.org>"]);
    let shown = stdout(&run(folder.path(), &["show", "2", "--json"]));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["record"]["title"], "Use 12 things");
    let both = serde_json::json!([ada, "Bo <bo@example.org>"]);
    assert_eq!(shown["record"]["decision_makers"], both);
}

#[test]
fn an_anchor_stays_behind_a_new_title() {
    let folder = begun();
    let path = record(folder.path(), "0002-a.md", "Accepted", "x");
    fs::write(&path, "# 2. Use it {#use-it}\n\n## Status\n\nAccepted\n").unwrap();
    run(folder.path(), &["edit", "2", "--title", "Use that"]);
    assert_eq!(read(&path), "# 2. Use that {#use-it}\n\n## Status\n\nAccepted\n");
}

#[test]
fn a_record_whose_date_only_the_log_can_read_is_edited_like_any_other() {
    let folder = begun();
    let one = |name: &str, date: &str| {
        let path = record(folder.path(), name, "Accepted", "x");
        fs::write(&path, format!("# 2. Use it\n\nDate: {date}\n\n## Status\n\nAccepted\n"))
            .unwrap();
        path
    };
    one("0003-b.md", "31/05/2024");
    let path = one("0002-a.md", "04/07/2024");
    let before = read(&path);
    assert!(run(folder.path(), &["edit", "2", "--title", "Use that"]).status.success());
    assert_eq!(read(&path), before.replace("Use it", "Use that"));
    assert!(run(folder.path(), &["edit", "2", "--title", "Use it"]).status.success());
    assert!(run(folder.path(), &["link", "2", "amends", "3"]).status.success());
    assert!(run(folder.path(), &["link", "2", "amends", "3", "--remove"]).status.success());
    assert_eq!(read(&path), before);
}

#[test]
fn a_relation_goes_without_a_trace_or_stays() {
    let folder = begun();
    record(folder.path(), "0003-c.md", "Accepted", "x");
    let link = "[3. Use it](0003-c.md)";
    let status = format!("Accepted\n\nAmended by {link}, because it was slow.");
    let path = record(folder.path(), "0004-d.md", &status, "x");
    let before = read(&path);
    let removed = run(folder.path(), &["link", "4", "amended by", "3", "--remove"]);
    let expected = "error: `docs/adr/0004-d.md:7` has other text that would be wrong without the relation\n  \
         hint: make the change by hand\n";
    assert_eq!((stderr(&removed).as_str(), removed.status.code()), (expected, Some(2)));
    assert_eq!(read(&path), before);

    for (status, verb, after) in [
        (
            format!("Accepted (partially superseded by {link})"),
            "partially superseded by",
            "Accepted",
        ),
        (format!("Accepted (amended by {link})."), "amended by", "Accepted."),
        (format!("Accepted, amended by {link}"), "amended by", "Accepted"),
        (format!("Accepted\n\nAmended by {link}"), "amended by", "Accepted"),
    ] {
        let path = record(folder.path(), "0004-d.md", &status, "x");
        let removed = run(folder.path(), &["link", "4", verb, "3", "--remove"]);
        assert_eq!(stderr(&removed), "", "{status}");
        assert_eq!(status_of(&path), after);
    }
}

#[test]
fn what_was_said_of_the_old_status_goes_with_it_or_stays_below() {
    let folder = begun();
    let by = "Superseded by [3. Use it](0003-c.md)";
    let stays = |said: &str| format!("{by}\n\n{said}");
    for (old, args, after) in [
        (
            "Accepted by the board",
            &["supersede", "4", "--by", "3"][..],
            stays("Accepted by the board").as_str(),
        ),
        (
            "Accepted, for payments",
            &["status", "4", "deprecated"],
            "Deprecated\n\nAccepted, for payments",
        ),
        ("Superseded by 99", &["supersede", "4", "--by", "3"], by),
        ("Superseded by ADR-0099", &["status", "4", "rejected", "--force"], "Rejected"),
        ("✅ Accepted", &["status", "4", "deprecated"], "Deprecated"),
        ("Accepted ✅", &["status", "4", "deprecated"], "Deprecated"),
        ("Conditionally accepted", &["supersede", "4", "--by", "3"], by),
        ("Partially implemented.", &["status", "4", "rejected"], "Rejected."),
    ] {
        record(folder.path(), "0003-c.md", "Accepted", "x");
        let path = record(folder.path(), "0004-d.md", old, "x");
        let output = run(folder.path(), args);
        assert_eq!(stderr(&output), "", "{old}");
        assert_eq!(status_of(&path), after, "{old}");
    }
}

#[test]
fn what_is_added_looks_like_what_is_there() {
    let folder = begun();
    let path = folder.path().join("docs/adr/0002-a.md");
    let before = "---\nstatus: accepted\ntags: a, b # two\n---\n# A\n";
    fs::write(&path, before).unwrap();
    run(folder.path(), &["edit", "2", "--add-tag", "c"]);
    assert_eq!(read(&path), before.replace("a, b", "a, b, c"));
    let before = "# 2. A\n\n| K | V |\n|---|---|\n| **Status** | Accepted |\n";
    fs::write(&path, before).unwrap();
    run(folder.path(), &["edit", "2", "--add-decider", "Ada"]);
    assert_eq!(read(&path), format!("{before}| **Deciders** | Ada |\n"));
}

#[test]
fn a_record_that_is_named_twice_is_written_once() {
    let folder = begun();
    for name in ["0002-a.md", "0003-b.md", "0004-c.md", "0005-d.md"] {
        record(folder.path(), name, "Accepted", "x");
    }
    let log = folder.path().join("docs/adr");
    let done = |args: &[&str]| assert_eq!(stderr(&run(folder.path(), args)), "", "{args:?}");
    done(&["supersede", "2", "2", "--by", "3"]);
    assert_eq!(status_of(&log.join("0002-a.md")), "Superseded by [3. Use it](0003-b.md)");
    assert_eq!(status_of(&log.join("0003-b.md")), "Accepted\n\nSupersedes [2. Use it](0002-a.md)");
    done(&["status", "3", "superseded", "--by", "4", "--by", "4", "--force"]);
    assert_eq!(status_of(&log.join("0004-c.md")), "Accepted\n\nSupersedes [3. Use it](0003-b.md)");
    run(folder.path(), &["new", "-s", "5", "-s", "5", "--amends", "4", "--amends", "4", "New"]);
    assert_eq!(status_of(&log.join("0005-d.md")), "Superseded by [6. New](0006-new.md)");
    let both = "Accepted\n\nSupersedes [5. Use it](0005-d.md)\n\nAmends [4. Use it](0004-c.md)";
    assert_eq!(status_of(&log.join("0006-new.md")), both);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_printed_as_it_is_and_kept() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = begun();
    let name = std::ffi::OsStr::from_bytes(b"0009-\xff.md");
    let path = folder.path().join("docs/adr").join(name);
    fs::write(&path, RECORD).unwrap();
    let listed = b"docs/adr/0001-record-architecture-decisions.md\ndocs/adr/0009-\xff.md\n";
    assert_eq!(run(folder.path(), &["list"]).stdout, listed);
    let ended: Vec<u8> = listed.iter().map(|b| if *b == b'\n' { 0 } else { *b }).collect();
    assert_eq!(run(folder.path(), &["list", "-0"]).stdout, ended);
    let status = run(folder.path(), &["status", "9", "deprecated"]);
    assert_eq!(status.stdout, b"docs/adr/0009-\xff.md\n");
    for args in [&["renumber", "9", "10"][..], &["edit", "9", "--title", "Use B", "--rename"]] {
        let refused = run(folder.path(), args);
        let expected = "error: the name of `docs/adr/0009-\u{fffd}.md` is not UTF-8, so it cannot be \
            changed\n  hint: rename the file first\n";
        assert_eq!((stderr(&refused).as_str(), refused.status.code()), (expected, Some(2)));
        assert!(path.exists());
    }
}

#[test]
fn nothing_is_added_to_front_matter_that_cannot_be_read() {
    let folder = begun();
    let path = folder.path().join("docs/adr/0002-a.md");
    let broken = "---\n\"status\" : 'proposed'\n{x: y}\n---\n\n# Use A\n";
    fs::write(&path, broken).unwrap();
    for args in [&["status", "2", "accepted"][..], &["edit", "2", "--add-tag", "x"]] {
        let refused = run(folder.path(), args);
        let expected = "error: the front matter of `docs/adr/0002-a.md` is not valid YAML at line 3\n  \
            hint: fix it first; run `adr lint --select ADR201` to see the error\n";
        assert_eq!((stderr(&refused).as_str(), refused.status.code()), (expected, Some(2)));
        assert_eq!(read(&path), broken);
    }
    // A value that can only be read line by line is not replaced either.
    let broken = "---\nstatus: proposed # by Ada\ndeciders: @ada\n---\n\n# Use A\n";
    fs::write(&path, broken).unwrap();
    let refused = run(folder.path(), &["status", "2", "accepted"]);
    assert_eq!((refused.status.code(), read(&path).as_str()), (Some(2), broken));
}

#[test]
fn a_key_that_holds_null_gets_a_value_and_no_second_blank() {
    let folder = begun();
    record(folder.path(), "0003-c.md", "Accepted", "x");
    let path = folder.path().join("docs/adr/0002-a.md");
    fs::write(&path, "---\nstatus: accepted\nsuperseded_by: null\n---\n\n# Use A\n").unwrap();
    run(folder.path(), &["supersede", "2", "--by", "3"]);
    let expected = "---\nstatus: superseded\nsuperseded_by: ADR-0003\n---\n\n# Use A\n";
    assert_eq!(read(&path), expected);
}

#[cfg(unix)]
#[test]
fn what_could_not_be_written_was_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    undecided(folder.path(), &[], &[1]);
    let path = folder.path().join("docs/adr/0001-a.md");
    let text = fs::read_to_string(&path).unwrap().replace("# 1. A", "# 1. Use it.");
    fs::write(&path, text.replace("[it](gone.md)", "it")).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder.path()).env_clear().env("ADR_DATE", "2026-03-01");
    let output = command.args(["lint", "--fix"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        told.lines().next(),
        Some("error: `docs/adr/0001-a.md` is read-only; nothing was written")
    );
}
