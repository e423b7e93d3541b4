//! Numbers on several branches, in real repositories created with the real `git`.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, program: &str, args: &[&str]) -> Output {
    command(folder, program, args).output().unwrap()
}

/// Runs `adr` with these environment variables.
fn with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = command(folder, env!("CARGO_BIN_EXE_adr"), args);
    command.envs(variables.iter().copied()).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn command(folder: &Path, program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(args).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{name}_NAME"), "Ada");
        command.env(format!("GIT_{name}_EMAIL"), "ada@example.org");
    }
    if let Ok(path) = std::env::var("PATH") {
        command.env("PATH", path);
    }
    command
}

/// Runs git, which must succeed.
fn git(folder: &Path, args: &str) {
    let args: Vec<&str> = args.split(' ').collect();
    let output = run(folder, "git", &args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The output of `adr`: both streams, standard output first.
fn adr(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, env!("CARGO_BIN_EXE_adr"), args);
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

fn commit(folder: &Path) {
    git(folder, "add .");
    git(folder, "commit -q -m change");
}

/// A repository on `main` with a log of one record.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, "init -q -b main");
    adr(path, &["init"]);
    commit(path);
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn the_next_number_is_free_on_every_branch() {
    let folder = begun();
    let folder = folder.path();
    git(folder, "switch -q -c theirs");
    assert_eq!(adr(folder, &["new", "Their", "choice"]), "docs/adr/0002-their-choice.md\n");
    commit(folder);
    git(folder, "switch -q main");
    assert_eq!(adr(folder, &["new", "Our", "choice"]), "docs/adr/0003-our-choice.md\n");
}

#[test]
fn the_branches_of_a_remote_count_as_far_as_they_were_fetched() {
    let folder = begun();
    let clone = tempfile::tempdir().unwrap();
    let clone = clone.path().join("clone");
    git(folder.path(), &format!("clone -q . {}", clone.display()));
    git(folder.path(), "switch -q -c theirs");
    adr(folder.path(), &["new", "Their", "choice"]);
    commit(folder.path());
    let said = adr(&clone, &["new", "--dry-run", "Ours"]);
    assert_eq!(
        said.lines().find(|line| line.starts_with("+++")),
        Some("+++ b/docs/adr/0002-ours.md")
    );
    git(&clone, "fetch -q");
    assert_eq!(adr(&clone, &["new", "Our", "choice"]), "docs/adr/0003-our-choice.md\n");
}

#[test]
fn a_base_that_is_no_branch_counts_when_it_is_named() {
    let folder = begun();
    let folder = folder.path();
    git(folder, "switch -q -c theirs");
    adr(folder, &["new", "Their", "choice"]);
    commit(folder);
    git(folder, "tag kept");
    git(folder, "switch -q main");
    git(folder, "branch -q -D theirs");
    let file = |args: &[&str]| {
        let said = adr(folder, args);
        said.lines().find_map(|line| line.strip_prefix("+++ b/docs/adr/")).unwrap().to_owned()
    };
    assert_eq!(file(&["new", "--dry-run", "Ours"]), "0002-ours.md");
    assert_eq!(file(&["new", "--dry-run", "Ours", "--base", "kept"]), "0003-ours.md");
    assert_eq!(file(&["new", "--dry-run", "Ours", "--config", "base=kept"]), "0003-ours.md");
}

#[test]
fn a_base_that_is_not_here_is_refused_where_it_was_asked_for_and_else_said() {
    let folder = begun();
    let clone = tempfile::tempdir().unwrap();
    let clone = clone.path().join("clone");
    git(folder.path(), &format!("clone -q . {}", clone.display()));
    let refused = "error: the base `release` is not in this clone\n  \
                   hint: run `git fetch origin release:refs/remotes/origin/release`\n";
    assert_eq!(adr(&clone, &["new", "Ours", "--base", "release"]), refused);
    let asked = with(&clone, &["new", "Ours"], &[("ADR_BASE", "release")]);
    assert_eq!((asked.status.code(), stderr(&asked).as_str()), (Some(2), refused));
    assert_eq!(
        adr(&clone, &["new", "Ours", "--base", "origin/release"]),
        "error: the base `origin/release` is not in this clone\n  hint: run `git fetch origin release`\n"
    );
    // There is no remote to fetch it from.
    assert_eq!(
        adr(folder.path(), &["new", "Ours", "--base", "origin/main"]),
        "error: the base `origin/main` is not in this clone\n  \
         hint: use a branch, a tag or a commit of this repository\n"
    );
    // The hint quotes the name, so a shell cannot run parts of it.
    for (base, hint) in [
        ("main;touch pwned", "'main;touch pwned:refs/remotes/origin/main;touch pwned'"),
        ("$(touch pwned)", "'$(touch pwned):refs/remotes/origin/$(touch pwned)'"),
        ("a'`x`", "'a'\\''`x`:refs/remotes/origin/a'\\''`x`'"),
    ] {
        let said = stderr(&with(&clone, &["new", "Odd", "--base", base, "--dry-run"], &[]));
        assert!(said.ends_with(&format!("hint: run `git fetch origin {hint}`\n")), "{said}");
    }
    let option = "--base=--upload-pack=touch pwned";
    let said = stderr(&with(&clone, &["new", "Odd", option, "--dry-run"], &[]));
    assert!(said.ends_with("hint: use a branch, a tag or a commit of this repository\n"), "{said}");
    let auto = ["renumber", "--auto", "--config", "base=release"];
    assert_eq!(adr(&clone, &auto), refused);

    let configured = with(&clone, &["new", "Ours", "--config", "base=release"], &[]);
    assert_eq!(configured.status.code(), Some(0));
    assert_eq!(
        stderr(&configured),
        "warning: the base `release` is not in this clone, so its numbers are ignored; \
         run `git fetch origin release:refs/remotes/origin/release`\n"
    );

    // The command in the hint fixes it.
    git(folder.path(), "branch release");
    git(&clone, "fetch -q origin release:refs/remotes/origin/release");
    let said = adr(&clone, &["new", "Again", "--config", "base=release"]);
    assert_eq!(said, "docs/adr/0003-again.md\n");
}

#[test]
fn without_git_a_base_is_silent_unless_the_command_line_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    adr(folder, &["init"]);
    let asked = with(folder, &["new", "Ours"], &[("ADR_BASE", "main")]);
    assert_eq!((asked.status.code(), stderr(&asked).as_str()), (Some(0), ""));
    let configured = ["new", "More", "--config", "base=main"];
    assert_eq!(adr(folder, &configured), "docs/adr/0003-more.md\n");
    assert_eq!(
        adr(folder, &["new", "Last", "--base", "main"]),
        "error: cannot compare with `main`: `docs/adr` is not in a git repository\n  \
         hint: run the command in a clone of the repository, or without a base\n"
    );
}

/// A branch and `main` both used number 2, and the branch has merged `main`.
fn collided() -> tempfile::TempDir {
    let folder = begun();
    let path = folder.path();
    let record =
        |file: &str, text: &str| fs::write(path.join("docs/adr").join(file), text).unwrap();
    git(path, "switch -q -c ours");
    record("0002-our-choice.md", "# 2. Our choice\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n");
    record(
        "0003-next.md",
        "# 3. Next\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n\
         Amends [2. Our choice](0002-our-choice.md)\r\n\r\n## Context\r\n\r\nSee ADR-0002 and [it][1].\r\n\r\n\
         [1]: ./0002-our-choice.md#status\r\n",
    );
    fs::write(path.join("main.rs"), "// ADR-0002, docs/adr/0002-our-choice.md: ours.\n").unwrap();
    commit(path);
    git(path, "switch -q main");
    record("0002-their-choice.md", "# 2. Their choice\n\n## Status\n\nAccepted\n");
    record("README.md", "# Index\n\n* [Ours](0002-our-choice.md)\n");
    record("0001-old.md", "# 1. Old\n\n## Status\n\nAccepted\n\n## Context\n\nSee ADR-0002.\n");
    fs::remove_file(path.join("docs/adr/0001-record-architecture-decisions.md")).unwrap();
    commit(path);
    git(path, "switch -q ours");
    git(path, "merge -q -m merge main");
    folder
}

#[test]
fn a_collision_that_a_merge_made_is_repaired() {
    let folder = collided();
    let folder = folder.path();
    let old = read(folder, "docs/adr/0001-old.md");
    assert_eq!(
        adr(folder, &["renumber", "--auto", "--base", "main"]),
        "docs/adr/0004-our-choice.md\ndocs/adr/0003-next.md\ndocs/adr/README.md\n\
         docs/adr/0001-old.md:9 mentions ADR-0002, which may mean 0002-our-choice.md or 0002-their-choice.md; it was not changed\n"
    );
    assert!(!folder.join("docs/adr/0002-our-choice.md").exists());
    assert_eq!(
        read(folder, "docs/adr/0002-their-choice.md"),
        "# 2. Their choice\n\n## Status\n\nAccepted\n"
    );
    assert_eq!(read(folder, "docs/adr/README.md"), "# Index\n\n* [Ours](0004-our-choice.md)\n");
    assert_eq!(read(folder, "docs/adr/0001-old.md"), old);
    assert_eq!(
        read(folder, "docs/adr/0004-our-choice.md"),
        "# 4. Our choice\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n"
    );
    assert_eq!(
        read(folder, "docs/adr/0003-next.md"),
        "# 3. Next\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n\
         Amends [4. Our choice](0004-our-choice.md)\r\n\r\n## Context\r\n\r\nSee ADR-0004 and [it][1].\r\n\r\n\
         [1]: ./0004-our-choice.md#status\r\n"
    );
    assert_eq!(
        adr(folder, &["renumber", "--auto", "--base", "main"]),
        "nothing to change: every number is unique\n"
    );
}

#[test]
fn a_number_that_the_base_has_taken_meanwhile_is_given_up_before_the_merge() {
    let folder = begun();
    let folder = folder.path();
    adr(folder, &["new", "Keep logs", "--status", "accepted"]);
    commit(folder);
    git(folder, "switch -q -c ours");
    adr(folder, &["new", "Use NATS", "--amends", "2"]);
    fs::write(folder.join("docs/adr/0004-more.md"), "# 4. More\n\nSee ADR-0003.\n").unwrap();
    // A record of the base that is renamed here keeps its number.
    git(folder, "mv docs/adr/0002-keep-logs.md docs/adr/0002-keep-all-logs.md");
    commit(folder);
    git(folder, "switch -q main");
    fs::write(
        folder.join("docs/adr/0003-use-redis.md"),
        "# 3. Use Redis\n\n## Status\n\nAccepted\n",
    )
    .unwrap();
    commit(folder);
    git(folder, "switch -q ours");

    let found = adr(
        folder,
        &["lint", "--base", "main", "--select", "ADR103", "--output-format", "concise"],
    );
    assert!(found.starts_with("docs/adr/0003-use-nats.md:1:3: error ADR103"), "{found}");
    let auto = ["renumber", "--auto", "--base", "main"];
    assert_eq!(
        adr(folder, &auto),
        "docs/adr/0002-keep-all-logs.md\ndocs/adr/0005-use-nats.md\ndocs/adr/0004-more.md\n"
    );
    assert_eq!(read(folder, "docs/adr/0004-more.md"), "# 4. More\n\nSee ADR-0005.\n");
    assert!(read(folder, "docs/adr/0005-use-nats.md").starts_with("# 5. Use NATS\n"));
    assert_eq!(adr(folder, &auto), "nothing to change: every number is unique\n");
    commit(folder);
    git(folder, "merge -q -m merge main");
    assert_eq!(adr(folder, &auto), "nothing to change: every number is unique\n");
    assert!(read(folder, "docs/adr/0003-use-redis.md").starts_with("# 3. Use Redis\n"));
}

#[test]
fn mentions_in_code_follow_where_that_is_asked_for() {
    let folder = collided();
    let folder = folder.path();
    let said = adr(folder, &["renumber", "0002-our-choice.md", "9", "--code"]);
    let either = "which may mean 0002-our-choice.md or 0002-their-choice.md; it was not changed";
    assert_eq!(
        said,
        format!(
            "docs/adr/0009-our-choice.md\ndocs/adr/0003-next.md\ndocs/adr/README.md\nmain.rs\n\
             docs/adr/0001-old.md:9 mentions ADR-0002, {either}\n\
             docs/adr/0003-next.md:11 mentions ADR-0002, {either}\n\
             main.rs:1 mentions ADR-0002, {either}\n"
        )
    );
    // The number alone could mean the other record.
    assert_eq!(read(folder, "main.rs"), "// ADR-0002, docs/adr/0009-our-choice.md: ours.\n");
    adr(folder, &["renumber", "9", "12", "--code"]);
    assert_eq!(read(folder, "main.rs"), "// ADR-0002, docs/adr/0012-our-choice.md: ours.\n");
    fs::write(folder.join("main.rs"), "// adr 12; ADR-0012; ADR-0120.\n").unwrap();
    adr(folder, &["renumber", "12", "--code"]);
    assert_eq!(read(folder, "main.rs"), "// adr 13; ADR-0013; ADR-0120.\n");
}

#[test]
fn a_number_that_is_taken_is_refused() {
    let folder = collided();
    assert_eq!(
        adr(folder.path(), &["renumber", "3", "1"]),
        "error: number 1 is already used by ADR-0001 Old\n  hint: omit the number to get a free one\n"
    );
}
