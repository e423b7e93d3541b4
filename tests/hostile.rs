//! Checkouts of strangers: links, pipes, planted journals, folders that look like repositories. Real
//! processes, real git, real files. Nothing outside the project is read or written, and no program of the
//! checkout is run.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A text that no output may contain.
const SECRET: &str = "token-abc123";

/// A folder for one test: it contains the projects and the files outside them.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for folder in ["home", "state"] {
            fs::create_dir(place.path().join(folder)).unwrap();
        }
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// A git repository with six records, all committed.
    fn project(&self, name: &str) -> PathBuf {
        let folder = self.archive(name);
        self.git(&folder, &["init", "-q", "-b", "main"]);
        self.commit(&folder);
        folder
    }

    /// The same without git.
    fn archive(&self, name: &str) -> PathBuf {
        let folder = self.path().join(name);
        for number in 1..=6 {
            put(&folder.join(file(number)), &record(number));
        }
        folder
    }

    fn git(&self, folder: &Path, args: &[&str]) {
        let mut git = Command::new("git");
        git.args(args).current_dir(folder).env("HOME", self.path().join("home"));
        git.env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{who}_NAME"), "Ada");
            git.env(format!("GIT_{who}_EMAIL"), "ada@example.org");
        }
        let output = git.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, folder: &Path) {
        self.git(folder, &["add", "-Af"]);
        self.git(folder, &["commit", "-qm", "A change"]);
    }

    fn adr(&self, folder: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
        command.args(args).current_dir(folder).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("HOME", self.path().join("home")).env("ADR_DATE", "2026-03-01");
        command.env("XDG_STATE_HOME", self.path().join("state")).env("DEPLOY_TOKEN", SECRET);
        command.env("GIT_CONFIG_NOSYSTEM", "1").stdin(Stdio::null());
        command
    }

    fn run(&self, folder: &Path, args: &[&str]) -> Output {
        self.adr(folder, args).output().unwrap()
    }
}

fn file(number: usize) -> String {
    format!("docs/adr/{number:04}-record-{number}.md")
}

fn record(number: usize) -> String {
    format!(
        "# {number}. Record {number}\n\nDate: 2024-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n\n## Decision\n\n\
         D.\n\n## Consequences\n\nE.\n"
    )
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn all(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// Every file below a folder with its content; does not follow links.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push((entry.path(), fs::read(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The files below a built site or an output that contain this text.
fn published(folder: &Path, text: &str) -> Vec<PathBuf> {
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
    files(folder).into_iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}

#[test]
fn a_log_that_looks_like_a_repository_runs_nothing() {
    let place = Place::new();
    let (victim, log) = (place.project("victim"), place.path().join("victim/docs/adr"));
    let pwned = place.path().join("pwned");
    // The log folder becomes a valid bare repository that contains the records.
    let inner = place.path().join("inner");
    put(&inner.join("0001-record-1.md"), &record(1));
    place.git(&inner, &["init", "-q", "-b", "main"]);
    place.commit(&inner);
    for name in ["objects", "refs", "HEAD", "index"] {
        let done =
            Command::new("cp").arg("-r").arg(inner.join(".git").join(name)).arg(&log).status();
        assert!(done.unwrap().success());
    }
    let evil = format!("touch {}; false", pwned.display());
    put(
        &log.join("config"),
        &format!(
            "[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = \"{evil}\"\n\tsshCommand = \"{evil}\"\n"
        ),
    );
    place.commit(&victim);
    let clone = place.path().join("clone");
    place.git(place.path(), &["clone", "-q", "victim", "clone"]);
    let site = place.path().join("site");
    let out = site.to_str().unwrap();
    for args in [
        ["lint"].as_slice(),
        &["lint", "--fix"],
        &["lint", "--base", "main"],
        &["renumber", "--auto", "--base", "main", "--dry-run"],
        &["build", "--base", "main", "--out", out],
        &["list", "--json"],
        &["new", "A title", "--no-edit"],
    ] {
        let output = place.run(&clone, args);
        assert!(!pwned.exists(), "{args:?} ran a program from the checkout");
        assert!((0..=1).contains(&code(&output)), "{args:?}: {}", all(&output));
    }
}

/// An archive can contain a whole git directory with a hostile configuration.
#[test]
fn programs_of_the_repositorys_own_configuration_do_not_run() {
    let place = Place::new();
    let project = place.project("project");
    let pwned = place.path().join("pwned");
    let evil = format!("touch {}", pwned.display());
    put(&project.join(".gitattributes"), "*.md filter=evil diff=evil\n");
    let hook = project.join(".git/hooks/post-index-change");
    put(&hook, &format!("#!/bin/sh\n{evil}\n"));
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let config = project.join(".git/config");
    let text = read(&config)
        + &format!(
            "[core]\n\tfsmonitor = \"{evil}\"\n\tsshCommand = \"{evil}\"\n[filter \"evil\"]\n\tclean = \"{evil}; cat\"\n\
             \tprocess = \"{evil}\"\n\trequired = true\n[diff \"evil\"]\n\ttextconv = \"{evil}; cat\"\n\tcommand = \"{evil}\"\n"
        );
    fs::write(&config, text).unwrap();
    put(&project.join(file(2)), &record(2).replace("Accepted", "Rejected"));
    let site = place.path().join("site");
    for args in [
        ["lint", "--base", "main"].as_slice(),
        &["lint", "--fix", "--base", "main"],
        &["build", "--base", "main", "--out", site.to_str().unwrap()],
        &["renumber", "--auto", "--base", "main", "--dry-run"],
    ] {
        let output = place.run(&project, args);
        assert!(!pwned.exists(), "{args:?} ran a program from the configuration");
        assert!((0..=1).contains(&code(&output)), "{args:?}: {}", all(&output));
    }
}

#[test]
fn a_journal_of_a_stranger_does_nothing() {
    let place = Place::new();
    let (made, mine) = (place.path().join("made"), place.path().join("mine"));
    put(&mine, "mine\n");
    let step = |target: &Path, before: Option<&str>, after: Option<&str>| {
        let bytes = std::os::unix::ffi::OsStrExt::as_bytes(target.as_os_str());
        serde_json::json!({
            "target": {"Unix": bytes}, "before": before, "after": after, "like": null
        })
    };
    for (name, with_git) in [("archive", false), ("repository", true)] {
        let project = if with_git { place.project(name) } else { place.archive(name) };
        let root = std::os::unix::ffi::OsStrExt::as_bytes(project.as_os_str());
        let journal = serde_json::json!({
            "version": 2, "root": {"Unix": root}, "undo": false, "folders": [],
            "steps": [step(&made, None, Some("a stranger's")), step(&mine, Some("mine\n"), Some("theirs"))],
        });
        let inside = if with_git { ".git/adr.journal" } else { "docs/adr/.adr.journal" };
        put(&project.join(inside), &journal.to_string());
        let listed = place.run(&project, &["list"]);
        assert_eq!(code(&listed), 0, "{}", all(&listed));
        let written = place.run(&project, &["status", "1", "deprecated"]);
        // A foreign journal in the git directory blocks writing until a person removes it.
        assert_eq!(code(&written), if with_git { 2 } else { 0 }, "{}", all(&written));
        assert!(!made.exists() && read(&mine) == "mine\n", "{name}");
    }
}

#[test]
fn lock_and_journal_are_not_written_through_links() {
    let place = Place::new();
    let project = place.project("project");
    let (made, mine) = (place.path().join("made"), place.path().join("mine"));
    put(&mine, "mine\n");
    symlink(&made, project.join(".git/adr.lock")).unwrap();
    symlink(&mine, project.join(".git/adr.journal-new")).unwrap();
    let written = place.run(&project, &["status", "1", "deprecated"]);
    assert_eq!(code(&written), 2, "{}", all(&written));
    fs::remove_file(project.join(".git/adr.lock")).unwrap();
    let written = place.run(&project, &["status", "1", "deprecated"]);
    assert_eq!(code(&written), 0, "{}", all(&written));
    assert!(!made.exists() && read(&mine) == "mine\n");
}

#[test]
fn a_site_is_not_written_through_links() {
    let place = Place::new();
    let (mine, folder) = (place.path().join("mine"), place.path().join("folder"));
    put(&mine, "mine\n");
    put(&folder.join("0001.html"), "mine\n");
    let manifest = "# The files of this folder that `adr build` made and may replace.\nindex.html\n\
        decisions/0001.html\n../mine\n";
    // A link to a file is replaced, a link to a folder is refused.
    let project = place.project("file");
    put(&project.join("site/.adr-build"), manifest);
    symlink(&mine, project.join("site/index.html")).unwrap();
    let built = place.run(&project, &["build"]);
    assert_eq!(code(&built), 0, "{}", all(&built));
    assert!(read(&project.join("site/index.html")).contains("Record 1"));

    let project = place.project("folder-in-site");
    put(&project.join("site/.adr-build"), manifest);
    symlink(&folder, project.join("site/decisions")).unwrap();
    let built = place.run(&project, &["build"]);
    assert_eq!(code(&built), 2, "{}", all(&built));
    assert!(all(&built).contains("`site/decisions` is a symbolic link"), "{}", all(&built));

    let project = place.project("whole");
    symlink(&folder, project.join("site")).unwrap();
    assert_eq!(code(&place.run(&project, &["build"])), 2);
    for report in ["json=site/lint.json", "json=report.json"] {
        drop(symlink(&mine, project.join("report.json")));
        assert_eq!(code(&place.run(&project, &["lint", "--report", report])), 2, "{report}");
    }
    assert_eq!(code(&place.run(&project, &["export", "json", "--out", "report.json"])), 2);

    assert_eq!(read(&mine), "mine\n");
    assert_eq!(files(&folder), [(folder.join("0001.html"), b"mine\n".to_vec())]);
}

#[test]
fn links_publish_nothing_of_what_is_outside_or_hidden() {
    let place = Place::new();
    let project = place.project("project");
    let log = project.join("docs/adr");
    put(&place.path().join("secret"), &format!("# Secret\n\n{SECRET}\n"));
    put(&project.join(".env"), &format!("# Secret\n\n{SECRET}\n"));
    place.git(&project, &["config", "http.extraheader", SECRET]);
    let outside = place.path().join("secret");
    let ways: [(&str, &Path); 4] = [
        ("a", &outside),
        ("b", Path::new("/proc/self/environ")),
        ("c", Path::new("../../.git/config")),
        ("d", Path::new("../../.env")),
    ];
    fs::create_dir_all(log.join("templates/record")).unwrap();
    for (index, (name, target)) in ways.iter().enumerate() {
        symlink(target, log.join(format!("00{}-{name}.md", 10 + index))).unwrap();
        symlink(target, log.join(format!("{name}.adoc"))).unwrap();
        symlink(target, log.join(format!("templates/record/{name}.md"))).unwrap();
    }
    symlink(&outside, project.join(".mailmap")).unwrap();
    place.commit(&project);
    let site = place.path().join("site");
    let out = site.to_str().unwrap();
    for args in [
        ["list", "--json"].as_slice(),
        &["lint", "--select", "ALL"],
        &["lint", "--select", "ALL", "--output-format", "sarif"],
        &["show", "10"],
        &["show", "12", "--raw"],
        &["export", "json"],
        &["search", "token"],
        &["new", "Title", "--no-edit", "--template", "a", "--dry-run"],
        &["new", "Title", "--no-edit", "--template", "c", "--dry-run"],
        &["build", "--out", out],
    ] {
        let output = place.run(&project, args);
        assert!(!all(&output).contains(SECRET), "{args:?}: {}", all(&output));
    }
    assert_eq!(published(&site, SECRET), Vec::<PathBuf>::new());
    // The linter reports each of them.
    let linted = all(&place.run(&project, &["lint", "--output-format", "concise"]));
    for (name, reason) in
        [("a", "out of the project"), ("c", "a hidden file"), ("d", "a hidden file")]
    {
        let line = linted.lines().find(|line| line.contains(&format!("-{name}.md")));
        assert!(line.is_some_and(|line| line.contains(reason)), "{name}: {linted}");
    }

    for target in ["/proc/self/environ", "../../../../.git/config"] {
        let template = log.join("templates/site/_e.html");
        fs::create_dir_all(template.parent().unwrap()).unwrap();
        drop(fs::remove_file(&template));
        symlink(target, &template).unwrap();
        let output = place.run(&project, &["build", "--out", out]);
        assert_eq!(code(&output), 2, "{}", all(&output));
        assert!(!all(&output).contains(SECRET));
    }
}

/// The user names the folder, but the checkout contains the link.
#[test]
fn a_link_does_not_redirect_what_the_user_names() {
    let place = Place::new();
    let project = place.project("project");
    let mine = place.path().join("mine.md");
    put(&mine, SECRET);
    for name in ["README.md", "base.json", "intro.md", "new.md"] {
        symlink(&mine, project.join(name)).unwrap();
    }
    for args in [
        ["toc", "--write", "README.md"].as_slice(),
        &["toc", "--write", "README.md", "--dry-run"],
        &["toc", "--intro", "intro.md"],
        &["lint", "--baseline", "base.json"],
        &["lint", "--baseline", "base.json", "--write-baseline"],
        &["new", "A title", "--no-edit", "--dry-run", "--template", "new.md"],
        &["export", "json", "--out", "new.md"],
        &["lint", "--report", "json=new.md"],
        &["build", "--out", "intro.md"],
    ] {
        let output = place.run(&project, args);
        assert_eq!(code(&output), 2, "{args:?}: {}", all(&output));
        assert!(!all(&output).contains(SECRET), "{args:?}: {}", all(&output));
        assert_eq!(read(&mine), SECRET, "{args:?}");
    }
}

#[test]
fn a_record_that_is_a_link_is_read_and_not_written() {
    let place = Place::new();
    let project = place.project("project");
    let text = record(7);
    put(&place.path().join("outside.md"), &text);
    put(&project.join("real.md"), &text.replace('7', "8"));
    symlink(place.path().join("outside.md"), project.join(file(7))).unwrap();
    symlink("../../real.md", project.join(file(8))).unwrap();
    place.commit(&project);
    for args in [
        ["status", "7", "deprecated"].as_slice(),
        &["edit", "7", "--title", "Other"],
        &["supersede", "7", "--by", "2"],
        &["link", "1", "amends", "7"],
        &["status", "8", "deprecated"],
        &["edit", "8", "--title", "Other"],
        &["supersede", "8", "--by", "2"],
    ] {
        let output = place.run(&project, args);
        assert_eq!(code(&output), 2, "{args:?}: {}", all(&output));
        assert_eq!(read(&place.path().join("outside.md")), text, "{args:?}");
        assert_eq!(read(&project.join("real.md")), text.replace('7', "8"), "{args:?}");
        assert_eq!(read(&project.join(file(1))), record(1), "{args:?}");
        assert_eq!(read(&project.join(file(2))), record(2), "{args:?}");
    }
    let shown = all(&place.run(&project, &["show", "8"]));
    assert!(shown.contains("Record 8"), "{shown}");
}

#[test]
fn pipes_and_devices_end_no_command() {
    let place = Place::new();
    let project = place.project("project");
    let log = project.join("docs/adr");
    let pipe = log.join("0007-pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    symlink("/dev/zero", log.join("0008-zero.md")).unwrap();
    symlink("/dev/stdin", log.join("0009-stdin.md")).unwrap();
    symlink("/dev/zero", log.join("x.adoc")).unwrap();
    symlink("/dev/zero", project.join(".mailmap")).unwrap();
    let site = place.path().join("site");
    for args in [["list"].as_slice(), &["lint"], &["build", "--out", site.to_str().unwrap()]] {
        let mut command = place.adr(&project, args);
        // Standard input stays open: a command that reads it never ends.
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        let input = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(input);
        assert!((0..=1).contains(&code(&output)), "{args:?}: {}", all(&output));
    }
    let linted = all(&place.run(&project, &["lint", "--output-format", "concise"]));
    assert!(linted.contains("ADR-0007 cannot be read: it is not a regular file"), "{linted}");
}

#[test]
fn a_configuration_does_not_lead_out_of_the_project() {
    let place = Place::new();
    put(
        &place.path().join("else/private.md"),
        &format!("# Private\n\n## Status\n\nAccepted\n\n{SECRET}\n"),
    );
    let whole = format!("dir = \"{}\"\n", place.path().join("else").display());
    for with_git in [true, false] {
        for (name, config, text) in [
            ("absolute", "adr.toml", whole.as_str()),
            ("dots", "adr.toml", "dir = \"../else\"\n"),
            ("marker", ".adr-dir", "../else\n"),
            ("link", "", ""),
        ] {
            let name = format!("{name}-{with_git}");
            let project = if with_git { place.project(&name) } else { place.archive(&name) };
            if config.is_empty() {
                fs::remove_dir_all(project.join("docs/adr")).unwrap();
                symlink(place.path().join("else"), project.join("docs/adr")).unwrap();
            } else {
                put(&project.join(config), text);
            }
            let site = place.path().join("site").join(&name);
            for args in [
                ["list"].as_slice(),
                &["lint"],
                &["new", "Evil", "--no-edit"],
                &["build", "--out", site.to_str().unwrap()],
            ] {
                let output = place.run(&project, args);
                assert_eq!(code(&output), 2, "{name} {args:?}: {}", all(&output));
                assert!(all(&output).contains("is outside of the project"), "{}", all(&output));
            }
            assert!(!site.exists());
        }
    }
    assert_eq!(files(&place.path().join("else")).len(), 1);
    // With an explicit `--dir`, it is allowed.
    let listed = place.run(place.path(), &["list", "--dir", "else"]);
    assert_eq!(all(&listed), "else/private.md\n");

    let project = place.project("template");
    put(&project.join("adr.toml"), "template = \"../else/private.md\"\n");
    let made = place.run(&project, &["new", "Title", "--no-edit"]);
    assert_eq!(code(&made), 2, "{}", all(&made));
    assert!(!all(&made).contains(SECRET));
}

#[test]
fn what_git_says_is_passed_on() {
    let place = Place::new();
    let project = place.project("project");
    put(&project.join("docs/adr/a.png"), "");
    put(&project.join(file(1)), &(record(1) + "\n![a](a.png)\n"));
    place.commit(&project);
    let strange = |args: &[&str]| {
        let mut command = place.adr(&project, args);
        command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "true").output().unwrap()
    };
    let linted = strange(&["lint", "--base", "main"]);
    let root = project.canonicalize().unwrap();
    let root = root.display();
    let expected = format!(
        "error: git does not trust the repository `{root}`, which belongs to another user\n  hint: if you trust it, run \
         `git config --global --add safe.directory {root}`\n"
    );
    assert_eq!((code(&linted), all(&linted)), (2, expected));
    let site = place.path().join("site");
    let built = all(&strange(&["build", "--out", site.to_str().unwrap()]));
    assert!(built.contains("safe.directory"), "{built}");
    assert!(!built.contains("does not track"), "{built}");
    let new = strange(&["new", "Use it", "--dry-run"]);
    assert!(all(&new).contains("warning: numbers on other branches are ignored"), "{}", all(&new));
    assert!(all(&new).contains("safe.directory"), "{}", all(&new));
    let named = strange(&["new", "Use it", "--dry-run", "--base", "main"]);
    assert_eq!((code(&named), all(&named)), (2, all(&linted)));
}

#[test]
fn a_work_tree_whose_repository_is_gone_is_not_taken_for_none() {
    let place = Place::new();
    let project = place.archive("project");
    let gone = place.path().join("gone/worktrees/project");
    put(&project.join(".git"), &format!("gitdir: {}\n", gone.display()));
    let linted = place.run(&project, &["lint", "--base", "main"]);
    let root = project.canonicalize().unwrap();
    let expected = format!(
        "error: git failed in `{}`\n  caused by: not a git repository: {}\n",
        root.display(),
        gone.display()
    );
    assert_eq!(code(&linted), 2);
    assert!(all(&linted).starts_with(&expected), "{}", all(&linted));
}

#[test]
fn a_marker_of_a_site_hides_no_record() {
    let place = Place::new();
    let project = place.project("project");
    put(&project.join("docs/adr/sub/.adr-build"), "");
    put(&project.join("docs/adr/sub/0007-t.md"), "# 7. T\n\n## Status\n\nNonsense\n");
    let linted = all(&place.run(&project, &["lint"]));
    assert!(linted.contains("sub/0007-t.md"), "{linted}");
    // A site inside the log contains no records, and is reported as skipped.
    fs::remove_dir_all(project.join("docs/adr/sub")).unwrap();
    let built = place.run(&project, &["build", "--out", "docs/adr/sub"]);
    assert_eq!(code(&built), 0, "{}", all(&built));
    let json = all(&place.run(&project, &["list", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["records"].as_array().unwrap().len(), 6);
    let skipped = serde_json::json!([{ "file": "sub", "reason": "a site that `adr build` made" }]);
    assert_eq!(json["skipped"], skipped);
}

/// Runs a command as an unprivileged user.
fn as_nobody(command: &mut Command) -> Output {
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    command.output().unwrap()
}

/// Makes the user of [`as_nobody`] the owner of a folder.
fn give(folder: &Path) {
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        let done = Command::new("chown").args(["-R", "65534:65534"]).arg(folder).status();
        assert!(done.unwrap().success());
    }
}

/// A folder, and a copy of the program, that every user can access.
fn open_place() -> (Place, PathBuf) {
    let place = Place::new();
    let program = place.path().join("adr");
    fs::copy(env!("CARGO_BIN_EXE_adr"), &program).unwrap();
    for path in [place.path(), &program, &place.path().join("home"), &place.path().join("state")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    }
    (place, program)
}

#[test]
fn a_folder_that_cannot_be_read_is_no_pass() {
    let (place, program) = open_place();
    let project = place.project("project");
    put(&project.join("docs/adr/closed/0007-t.md"), &record(7));
    place.commit(&project);
    give(&project);
    let closed = project.join("docs/adr/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.args(args).current_dir(&project).env_clear().env("HOME", place.path().join("home"));
        as_nobody(&mut command)
    };
    let linted = run(&["lint"]);
    assert_eq!(code(&linted), 1, "{}", all(&linted));
    assert!(all(&linted).contains("ADR116"), "{}", all(&linted));
    for args in [["list"].as_slice(), &["list", "--output-format", "table"]] {
        let output = run(args);
        assert!(
            all(&output).contains("the folder `closed` of the log cannot be read"),
            "{}",
            all(&output)
        );
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_dry_run_needs_no_right_to_write() {
    let (place, program) = open_place();
    let project = place.project("project");
    give(&project);
    let done = Command::new("chmod").args(["-R", "a-w"]).arg(&project).status();
    assert!(done.unwrap().success());
    let mut command = Command::new(&program);
    command.args(["status", "1", "deprecated", "--dry-run"]).current_dir(&project).env_clear();
    let shown = as_nobody(&mut command);
    assert_eq!(code(&shown), 0, "{}", all(&shown));
    assert!(all(&shown).contains("+Deprecated"), "{}", all(&shown));
    let done = Command::new("chmod").args(["-R", "u+w"]).arg(&project).status();
    assert!(done.unwrap().success());
}

#[test]
fn a_record_that_others_link_to_keeps_its_name() {
    let place = Place::new();
    let project = place.project("project");
    symlink("0001-record-1.md", project.join("docs/adr/latest.md")).unwrap();
    let moved = place.run(&project, &["renumber", "1", "9"]);
    assert_eq!(code(&moved), 2, "{}", all(&moved));
    assert!(
        all(&moved).contains("`docs/adr/latest.md` is a link to `0001-record-1.md`"),
        "{}",
        all(&moved)
    );
    assert!(project.join(file(1)).exists());
}

#[test]
fn readers_see_both_ends_of_a_relation_or_none() {
    let place = Place::new();
    let project = place.project("project");
    let ends = || {
        let listed = all(&place.run(&project, &["list", "--json"]));
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let records = listed["records"].as_array().unwrap().clone();
        let has = |index: usize| !records[index]["relations"].as_array().unwrap().is_empty();
        (has(0), has(1))
    };
    let mut seen = Vec::new();
    for _ in 0..8 {
        for args in
            [["supersede", "1", "--by", "2"].as_slice(), &["status", "1", "accepted", "--force"]]
        {
            let mut writer = place
                .adr(&project, args)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            while writer.try_wait().unwrap().is_none() {
                seen.push(ends());
            }
        }
        for number in 1..=2 {
            put(&project.join(file(number)), &record(number));
        }
    }
    assert!(!seen.is_empty());
    assert!(seen.iter().all(|(one, other)| one == other), "{seen:?}");
}
