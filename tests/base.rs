//! `adr lint --base` in real repositories: branches, merges and shallow clones.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A repository in its own temporary folder.
struct Repository {
    _home: tempfile::TempDir,
    folder: PathBuf,
}

const NYGARD: &str = "# 3. Use MySQL\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nOrders have to be kept\nfor ten years.\n\n## Decision\n\nWe use MySQL, see [two](0002-ship.md).\n\n## Consequences\n\nWe run a server.\n";
const MADR: &str = "---\nstatus: accepted\ndate: 2026-01-05\ndecision-makers: Ann\n---\n\n# Ship weekly\n\n## Context and Problem Statement\n\nWhen do we ship?\n\n## Considered Options\n\n* weekly\n* daily\n\n## Decision Outcome\n\nChosen option: \"weekly\", because it is enough.\n";

impl Repository {
    /// Creates a repository with two accepted records on `main` and checks out the branch `work`.
    fn begin() -> Self {
        let repository = Self::empty();
        repository.write("0002-ship.md", MADR);
        repository.write("0003-use-mysql.md", NYGARD);
        repository.commit("two records");
        repository.git(&["checkout", "-q", "-b", "work"]);
        repository
    }

    fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("origin");
        fs::create_dir_all(folder.join("docs/adr")).unwrap();
        let repository = Self { _home: home, folder };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join("docs/adr").join(file), text).unwrap();
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.join("docs/adr").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} does not contain {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn git(&self, args: &[&str]) -> String {
        git(&self.folder, args)
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// A clone next to it, without history.
    fn shallow(&self, branch: &str) -> PathBuf {
        let clone = self.folder.with_file_name("clone");
        let url = format!("file://{}", self.folder.display());
        let place = clone.to_str().unwrap();
        self.git(&["clone", "-q", "--depth=1", "--branch", branch, &url, place]);
        clone
    }

    /// The findings of the rules that compare with a base.
    fn lint(&self, args: &[&str]) -> String {
        lint(&self.folder, args)
    }
}

fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
    command.args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"]).args(args);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("PATH", std::env::var("PATH").unwrap()).envs(variables.iter().copied());
    command.arg("lint").args(args).output().unwrap()
}

/// Exit code, standard output and standard error, as one text.
fn told(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    let code = output.status.code().unwrap();
    format!("{code}\n{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

/// The findings of rules that look at a base or at numbers, one per line.
fn lint(folder: &Path, args: &[&str]) -> String {
    let rules = ["-q", "--output-format=concise", "--select=ADR1,ADR4,ADR5"];
    let output = run(folder, &[&rules, args].concat(), &[]);
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn nothing_changed_is_nothing_found() {
    let repository = Repository::begin();
    assert_eq!(repository.lint(&["--base", "main"]), "");
}

#[test]
fn other_lines_marks_and_metadata_are_no_change() {
    let repository = Repository::begin();
    repository.replace("0003-use-mysql.md", "kept\nfor ten", "kept for\nten");
    repository.replace("0003-use-mysql.md", "](0002-ship.md)", "](./0002-ship.md)");
    repository.replace("0003-use-mysql.md", "Date: 2026-01-05", "Date: 2026-01-06");
    repository.replace("0002-ship.md", "* weekly\n* daily", "- weekly\n- daily");
    repository.replace("0002-ship.md", "status: accepted", "status: deprecated\ntags: [a]");
    assert_eq!(repository.lint(&["--base", "main"]), "");
}

#[test]
fn a_supersession_written_by_the_tool_is_no_change() {
    let repository = Repository::begin();
    let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
    adr.current_dir(&repository.folder).args(["supersede", "3", "--title", "Use PostgreSQL"]);
    assert!(adr.env("ADR_DATE", "2026-02-01").env("VISUAL", "").output().unwrap().status.success());
    repository.commit("supersede");
    assert_eq!(repository.lint(&["--base", "main", "--ignore", "ADR407,ADR505"]), "");
}

#[test]
fn other_words_in_a_decided_record_are_reported_where_they_begin() {
    let repository = Repository::begin();
    repository.replace("0003-use-mysql.md", "We use MySQL", "We use PostgreSQL");
    repository.replace("0002-ship.md", "\"weekly\", because", "\"weekly\", though");
    repository.commit("rewrite");
    assert_eq!(
        repository.lint(&["--base", "main"]),
        "docs/adr/0002-ship.md:20:1: warning ADR501 ADR-0002 is accepted on `main`, but its text has changed\n\
         docs/adr/0003-use-mysql.md:16:1: warning ADR501 ADR-0003 is accepted on `main`, but its text has changed\n"
    );
    assert_eq!(repository.lint(&["--base", "main", "--config", "lint.immutability=off"]), "");
    let mild = ["--base", "main", "--config", "lint.immutability=until-implemented"];
    assert_eq!(repository.lint(&mild), "");
    let strict = repository.lint(&["--base", "main", "--config", "lint.preset=strict"]);
    assert_eq!(strict.matches("error ADR501").count(), 2, "{strict}");
}

#[test]
fn a_proposal_and_a_new_record_may_change() {
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-open.md", "---\nstatus: proposed\n---\n\n# Open\n\nWhat to do?\n");
    repository.commit("proposal");
    repository.git(&["checkout", "-q", "-b", "more"]);
    repository.replace("0004-open.md", "What to do?", "What to do now?");
    repository.write("0005-new.md", "---\nstatus: accepted\n---\n\n# New\n");
    assert_eq!(repository.lint(&["--base", "main"]), "");
}

#[test]
fn amendments_with_a_date_may_be_appended() {
    let repository = Repository::begin();
    let append = ["--base", "main", "--config", "lint.immutability=append"];
    let grow = |text: &str| {
        repository.write("0003-use-mysql.md", &format!("{NYGARD}\n## Amendments\n\n{text}\n"));
        repository.lint(&append)
    };
    assert_eq!(grow("2026-02-01: the server is called db."), "");
    assert_eq!(
        grow("The server is called db."),
        "docs/adr/0003-use-mysql.md:22:1: warning ADR501 ADR-0003 is accepted on `main`, but the added text has no date\n"
    );
    repository.git(&["checkout", "-q", "main"]);
    grow("2026-02-01: the server is called db.");
    repository.commit("amended");
    assert_eq!(
        grow("2026-02-01: the server is called db2."),
        "docs/adr/0003-use-mysql.md:24:1: warning ADR501 ADR-0003 is accepted on `main`, but an amendment to it has changed\n"
    );
    assert_eq!(grow("2026-02-01: the server is called db.\n\n2026-02-02: again."), "");
}

#[test]
fn a_status_goes_on_as_the_log_allows() {
    let repository = Repository::begin();
    repository.replace("0002-ship.md", "status: accepted", "status: proposed");
    repository.replace("0003-use-mysql.md", "Accepted", "Deprecated");
    assert_eq!(
        repository.lint(&["--base", "main", "--ignore=ADR505"]),
        "docs/adr/0002-ship.md:2:9: error ADR502 ADR-0002 is accepted on `main` and cannot become proposed\n"
    );
    let own = ["--config", "status.transitions={ accepted = [\"proposed\", \"deprecated\"] }"];
    assert_eq!(repository.lint(&[&["--base", "main", "--ignore=ADR505"], &own[..]].concat()), "");
}

#[test]
fn what_was_decided_is_neither_deleted_nor_renumbered() {
    let repository = Repository::begin();
    repository.git(&["rm", "-q", "docs/adr/0002-ship.md"]);
    repository.git(&["mv", "docs/adr/0003-use-mysql.md", "docs/adr/0004-use-mysql.md"]);
    repository.replace("0004-use-mysql.md", "# 3.", "# 4.");
    repository.commit("tidy up");
    assert_eq!(
        repository.lint(&["--base", "main", "--ignore", "ADR409"]),
        "docs/adr/0002-ship.md: error ADR503 ADR-0002 is accepted on `main`, but was deleted\n\
         docs/adr/0004-use-mysql.md:1:3: error ADR504 ADR-0003 is accepted on `main`, but is now called ADR-0004\n"
    );
}

#[test]
fn a_record_with_another_number_title_and_file_is_found_by_its_text() {
    let repository = Repository::begin();
    repository.git(&["mv", "docs/adr/0003-use-mysql.md", "docs/adr/0007-keep-orders.md"]);
    repository.replace("0007-keep-orders.md", "# 3. Use MySQL", "# 7. Keep orders");
    repository.commit("another name for it");
    assert_eq!(
        repository.lint(&["--base", "main", "--ignore", "ADR409"]),
        "docs/adr/0007-keep-orders.md:1:3: warning ADR501 ADR-0007 is accepted on `main`, but its title has changed\n\
         docs/adr/0007-keep-orders.md:1:3: error ADR504 ADR-0003 is accepted on `main`, but is now called ADR-0007\n"
    );
}

#[test]
fn a_record_that_gets_its_number_was_not_deleted_and_may_not_get_one_that_is_taken() {
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    let draft = "# NNN. Pack at night\n\n## Status\n\nAccepted\n\n## Context\n\nParcels come late.\n\n\
                 ## Decision\n\nThey are packed at night.\n";
    repository.write("xxxx-pack-at-night.md", draft);
    repository.commit("one without a number");
    repository.git(&["checkout", "-q", "-b", "number"]);
    repository.git(&["mv", "docs/adr/xxxx-pack-at-night.md", "docs/adr/0004-pack-at-night.md"]);
    repository.replace("0004-pack-at-night.md", "# NNN.", "# 4.");
    repository.commit("a number");
    let found = repository.lint(&["--base", "main", "--ignore", "ADR501"]);
    assert_eq!(found, "");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-theirs.md", "---\nstatus: accepted\n---\n\n# Theirs\n");
    repository.commit("theirs");
    repository.git(&["checkout", "-q", "number"]);
    assert_eq!(
        repository.lint(&["--base", "main", "--ignore", "ADR501"]),
        "docs/adr/0004-pack-at-night.md:1:3: error ADR103 [*] ADR-0004 is already used by `0004-theirs.md` on `main`\n"
    );
}

#[test]
fn a_record_that_gives_its_name_away_is_found_where_it_went() {
    let repository = Repository::begin();
    repository.git(&["mv", "docs/adr/0003-use-mysql.md", "docs/adr/0005-use-mysql.md"]);
    repository.replace("0005-use-mysql.md", "# 3.", "# 5.");
    let other = "# 3. Count stock\n\nDate: 2026-02-01\n\n## Status\n\nAccepted\n\n## Context\n\nShelves are full.\n";
    repository.write("0003-use-mysql.md", other);
    repository.commit("a name for another");
    assert_eq!(
        repository.lint(&["--base", "main", "--select", "ADR5"]),
        "docs/adr/0005-use-mysql.md:1:3: error ADR504 ADR-0003 is accepted on `main`, but is now called ADR-0005\n"
    );
}

#[test]
fn what_is_stated_once_more_is_no_change_of_the_text() {
    let repository = Repository::begin();
    repository.replace(
        "0003-use-mysql.md",
        "# 3.",
        "---\nstatus: accepted\ndate: 2026-01-05\ntags: [a]\n---\n\n# 3.",
    );
    repository.replace(
        "0003-use-mysql.md",
        "Date: 2026-01-05",
        "Date: 2026-01-05\nLast modified: 2026-02-03",
    );
    repository.replace("0003-use-mysql.md", "## Context", "## Tags\n\na, b\n\n## Context");
    assert_eq!(repository.lint(&["--base", "main", "--select", "ADR5"]), "");
    // Under another section, a date is part of the text.
    repository.replace(
        "0003-use-mysql.md",
        "## Decision",
        "### Date\n\nThe date of an order is kept.\n\n## Decision",
    );
    assert_eq!(
        repository.lint(&["--base", "main", "--select", "ADR5"]),
        "docs/adr/0003-use-mysql.md:25:1: warning ADR501 ADR-0003 is accepted on `main`, but its text has changed\n"
    );
}

#[test]
fn another_slug_is_neither() {
    let repository = Repository::begin();
    repository.git(&["mv", "docs/adr/0003-use-mysql.md", "docs/adr/0003-use-a-database.md"]);
    assert_eq!(repository.lint(&["--base", "main"]), "");
}

#[test]
fn a_number_that_the_base_has_taken_meanwhile_is_reported_on_the_new_record() {
    let repository = Repository::begin();
    repository.write("0004-mine.md", "---\nstatus: accepted\n---\n\n# Mine\n");
    repository.commit("mine");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-theirs.md", "---\nstatus: accepted\n---\n\n# Theirs\n");
    repository.commit("theirs");
    repository.git(&["checkout", "-q", "work"]);
    assert_eq!(
        repository.lint(&["--base", "main"]),
        "docs/adr/0004-mine.md:5:3: error ADR103 [*] ADR-0004 is already used by `0004-theirs.md` on `main`\n"
    );
    // After a merge both records are in the working tree; the one that is not on the base is reported.
    repository.git(&["merge", "-q", "-m", "merge", "main"]);
    assert_eq!(
        repository.lint(&["--base", "main"]),
        "docs/adr/0004-mine.md:5:3: error ADR102 [*] ADR-0004 is used by two records, `0004-theirs.md` and `0004-mine.md`\n"
    );
}

#[test]
fn what_the_base_has_changed_meanwhile_is_no_change_of_the_branch() {
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    repository.replace("0003-use-mysql.md", "We use MySQL", "We use PostgreSQL");
    repository.write("0004-theirs.md", "---\nstatus: accepted\n---\n\n# Theirs\n");
    repository.commit("theirs");
    repository.git(&["checkout", "-q", "work"]);
    repository.write("0005-mine.md", "---\nstatus: accepted\n---\n\n# Mine\n");
    repository.commit("mine");
    assert_eq!(repository.lint(&["--base", "main"]), "");
}

#[test]
fn a_shallow_merge_checkout_needs_the_tip_alone() {
    let repository = Repository::begin();
    repository.replace("0003-use-mysql.md", "We use MySQL", "We use PostgreSQL");
    repository.commit("rewrite");
    repository.git(&["checkout", "-q", "-b", "merged", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "merge", "work"]);
    let clone = repository.shallow("merged");
    let missing = run(&clone, &["--base", "main"], &[]);
    assert_eq!(
        told(&missing),
        "2\nerror: the base `main` is not in this clone\n  \
         hint: run `git fetch --depth=1 origin main:refs/remotes/origin/main`\n"
    );
    git(&clone, &["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    assert_eq!(
        lint(&clone, &["--base", "main"]),
        "docs/adr/0003-use-mysql.md:16:1: warning ADR501 ADR-0003 is accepted on `main`, but its text has changed\n"
    );
}

#[test]
fn a_shallow_branch_says_how_to_get_the_place_where_it_began() {
    let repository = Repository::begin();
    repository.replace("0003-use-mysql.md", "We use MySQL", "We use PostgreSQL");
    repository.commit("rewrite");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-theirs.md", "---\nstatus: accepted\n---\n\n# Theirs\n");
    repository.commit("theirs");
    let clone = repository.shallow("work");
    git(&clone, &["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    let cut = run(&clone, &["--base", "origin/main"], &[]);
    assert_eq!(
        told(&cut),
        "2\nerror: the common ancestor of HEAD and `origin/main` is not in this clone\n  \
         hint: run `git fetch --unshallow origin main:refs/remotes/origin/main work`\n"
    );
    let fetch = ["fetch", "-q", "--unshallow", "origin", "main:refs/remotes/origin/main", "work"];
    git(&clone, &fetch);
    assert_eq!(
        lint(&clone, &["--base", "origin/main"]),
        "docs/adr/0003-use-mysql.md:16:1: warning ADR501 ADR-0003 is accepted on `origin/main`, but its text has changed\n"
    );
}

#[test]
fn the_base_comes_from_the_option_the_environment_or_the_configuration() {
    let repository = Repository::begin();
    repository.replace("0003-use-mysql.md", "We use MySQL", "We use PostgreSQL");
    repository.commit("rewrite");
    let main = repository.git(&["rev-parse", "main"]);
    let finds = |variables: &[(&str, &str)]| {
        let output = run(&repository.folder, &["--output-format=concise", "-q"], variables);
        told(&output).contains("ADR501")
    };
    assert!(!finds(&[]));
    assert!(finds(&[("ADR_BASE", "main")]));
    assert!(finds(&[("GITHUB_BASE_REF", "main")]));
    assert!(!finds(&[("GITHUB_BASE_REF", "")]));
    assert!(finds(&[("CI_MERGE_REQUEST_DIFF_BASE_SHA", main.trim())]));
    assert!(finds(&[("BITBUCKET_PR_DESTINATION_BRANCH", "main")]));
    assert!(finds(&[("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main")]));
    fs::write(repository.folder.join("adr.toml"), "base = \"main\"\n").unwrap();
    assert!(finds(&[]));
    let gone = run(&repository.folder, &[], &[("GITHUB_BASE_REF", "gone")]);
    assert_eq!(gone.status.code(), Some(2));
}

#[test]
fn without_git_a_base_that_was_asked_for_is_an_error_and_a_configured_one_a_remark() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("docs/adr")).unwrap();
    fs::write(folder.path().join("docs/adr/0002-ship.md"), MADR).unwrap();
    assert_eq!(
        told(&run(folder.path(), &["--base", "main"], &[])),
        "2\nerror: cannot compare with `main`: `docs/adr` is not in a git repository\n  \
         hint: run the command in a clone of the repository, or without a base\n"
    );
    fs::write(folder.path().join("adr.toml"), "base = \"main\"\n").unwrap();
    assert_eq!(
        told(&run(folder.path(), &[], &[])),
        "0\nNot compared with `main`: `docs/adr` is not in a git repository.\n\
         Nothing found in 1 record.\n"
    );
}

#[test]
fn changed_shows_what_the_change_has_caused() {
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-old.md", "# 4. Old\n\n## Status\n\nAccepted\n\nSee [x](0099-x.md).\n");
    repository.commit("a flaw on the base");
    repository.git(&["checkout", "-q", "-b", "more"]);
    repository.write(
        "0005-new.md",
        "---\nstatus: accepted\nsupersedes: ADR-0003\n---\n\n# New\n\nSee [y](0098-y.md).\n",
    );
    assert_eq!(
        repository.lint(&["--base", "main", "--changed", "--select", "ADR4"]),
        "docs/adr/0005-new.md:3:1: error ADR402 [*] ADR-0005 supersedes ADR-0003, but ADR-0003 does not say so\n\
         docs/adr/0005-new.md:8:9: error ADR409 ADR-0005 links to `0098-y.md`, which does not exist\n"
    );
    let told = told(&run(&repository.folder, &["--changed"], &[]));
    assert_eq!(
        told,
        "2\nerror: `--changed` needs a base to compare with\n  hint: specify one with `--base`\n"
    );
}

/// The file on disk equals the file on the base; the text from the editor is compared.
#[test]
fn a_text_that_is_not_saved_is_compared_with_the_base() {
    let repository = Repository::begin();
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(&repository.folder).env_clear().env("PATH", std::env::var("PATH").unwrap());
    command.args(["lint", "--base", "main", "--output-format", "concise", "--select", "ADR5"]);
    command.args(["-", "--stdin-filename", "docs/adr/0003-use-mysql.md"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let text = NYGARD.replace("We run a server.", "We run two servers.");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        told(&output),
        "0\ndocs/adr/0003-use-mysql.md:20:1: warning ADR501 ADR-0003 is accepted on `main`, but its text \
         has changed\nFound 1 warning in 2 records.\n"
    );
}

#[test]
fn a_number_that_is_taken_is_given_up_with_all_that_came_with_it() {
    let repository = Repository::begin();
    repository.write("0004-mine.md", "---\nstatus: accepted\n---\n\n# Mine\n");
    let other = "---\nstatus: accepted\n---\n\n# Other\n\n[Mine](0004-mine.md) is ADR-0004.\n";
    repository.write("0005-other.md", other);
    repository.commit("mine");
    repository.git(&["checkout", "-q", "main"]);
    let theirs = "---\nstatus: accepted\n---\n\n# Theirs\n\nThis is ADR-0004.\n";
    repository.write("0004-theirs.md", theirs);
    repository.commit("theirs");
    repository.git(&["checkout", "-q", "work"]);
    let fix = ["--base=main", "--fix", "--unsafe-fixes", "--select=ADR102,ADR103", "-q"];
    let read = |file: &str| fs::read_to_string(repository.folder.join("docs/adr").join(file));
    let followed = other.replace("0004", "0006");
    assert_eq!(told(&run(&repository.folder, &fix, &[])), "0\n");
    assert_eq!(read("0005-other.md").unwrap(), followed);

    // The same after the merge, when a mention is ambiguous.
    repository.git(&["checkout", "-q", "--", "."]);
    repository.git(&["clean", "-q", "-f"]);
    repository.git(&["merge", "-q", "-m", "merge", "main"]);
    assert_eq!(told(&run(&repository.folder, &fix, &[])), "0\n");
    assert_eq!(read("0005-other.md").unwrap(), followed);
    assert_eq!(read("0004-theirs.md").unwrap(), theirs);
    assert!(read("0006-mine.md").is_ok() && read("0004-mine.md").is_err());
}

/// GitHub shows ten annotations of a kind: the new findings must be among them.
#[test]
fn annotations_of_changed_files_come_first() {
    let repository = Repository::empty();
    let record = |number: usize| {
        format!("# {number}. Ship it.\n\n## Status\n\nAccepted\n\nSee [it](gone.md).\n")
    };
    for number in 1..=12 {
        repository.write(&format!("{number:04}-ship.md"), &record(number));
    }
    repository.commit("twelve");
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.write("0013-ship.md", &record(13));
    let args = ["--base=main", "--output-format=github", "--select=ADR409", "-q"];
    let output = told(&run(&repository.folder, &args, &[]));
    let files: Vec<&str> =
        output.lines().filter_map(|line| line.split(['=', ',']).nth(1)).take(3).collect();
    assert_eq!(
        files,
        ["docs/adr/0013-ship.md", "docs/adr/0001-ship.md", "docs/adr/0002-ship.md"],
        "{output}"
    );
}

#[test]
fn a_finding_that_a_change_brings_about_elsewhere_is_shown() {
    let repository = Repository::empty();
    let front = "---\nstatus: accepted\ndate: 2026-01-05\ndecision-makers: Ann\n---\n\n";
    let links =
        "# A\n\nSee [d](0004-d.md), [e](0005-e.md#costs), ![f](f.png) and [gone](0009-g.md).\n";
    let first = format!("{}{links}", front.replace("---\n\n", "amends: ADR-0006\n---\n\n"));
    repository.write("0001-a.md", &first);
    repository.write("0004-d.md", "# 4. D\n\n## Status\n\nProposed\n");
    repository.write("0005-e.md", "# 5. E\n\n## Status\n\nProposed\n\n## Costs\n\nFew.\n");
    let amended = "# 6. F\n\n## Status\n\nProposed\n\nAmended by [A](0001-a.md)\n";
    repository.write("0006-f.md", amended);
    repository.write("f.png", "x");
    repository.commit("four");
    repository.git(&["checkout", "-q", "-b", "work"]);
    let args = ["--base", "main", "--changed", "--select", "ADR4"];
    assert_eq!(repository.lint(&args), "");
    for file in ["0004-d.md", "0006-f.md", "f.png"] {
        repository.git(&["rm", "-q", &format!("docs/adr/{file}")]);
    }
    repository.replace("0005-e.md", "## Costs", "## Prices");
    assert_eq!(
        repository.lint(&args),
        "docs/adr/0001-a.md:5:9: error ADR401 ADR-0001 amends `ADR-0006`, which is not a record in this log\n\
         docs/adr/0001-a.md:10:9: error ADR409 ADR-0001 links to `0004-d.md`, which does not exist\n\
         docs/adr/0001-a.md:10:25: error ADR410 ADR-0001 links to `#costs`, which is not a heading in ADR-0005\n\
         docs/adr/0001-a.md:10:48: error ADR411 ADR-0001 shows `f.png`, which does not exist\n"
    );
}

#[test]
fn a_log_in_another_folder_is_compared_with_what_it_was() {
    let repository = Repository::begin();
    repository.write("README.md", "# Decisions\n");
    repository.git(&["mv", "docs/adr", "docs/decisions"]);
    let folder = repository.folder.join("docs/decisions");
    fs::remove_file(folder.join("0002-ship.md")).unwrap();
    let changed = NYGARD.replace("We use MySQL, see [two](0002-ship.md).", "We use PostgreSQL.");
    fs::write(folder.join("0003-use-mysql.md"), changed).unwrap();
    let found = "docs/decisions/0002-ship.md: error ADR503 ADR-0002 is accepted on `main`, but was deleted\n\
                 docs/decisions/0003-use-mysql.md:16:1: warning ADR501 ADR-0003 is accepted on `main`, but its text has changed\n";
    assert_eq!(repository.lint(&["--base", "main"]), found);
    repository.commit("moved");
    assert_eq!(repository.lint(&["--base", "main"]), found);
}

#[test]
fn another_log_of_the_repository_is_not_taken_for_what_a_new_one_was() {
    let repository = Repository::begin();
    let part = repository.folder.join("part");
    fs::create_dir_all(part.join("docs/adr")).unwrap();
    fs::write(
        part.join("docs/adr/0003-use-mysql.md"),
        NYGARD.replace("see [two](0002-ship.md)", "ok"),
    )
    .unwrap();
    assert_eq!(
        told(&run(&part, &["--base", "main"], &[])),
        "0\nThe log is not on `main`: all records are new.\nNothing found in 1 record.\n"
    );
}

#[test]
fn without_a_base_a_branch_is_compared_with_the_one_that_it_follows() {
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    let clone = repository.folder.with_file_name("clone");
    let url = format!("file://{}", repository.folder.display());
    repository.git(&["clone", "-q", &url, clone.to_str().unwrap()]);
    git(&clone, &["checkout", "-q", "-b", "topic", "--track", "origin/main"]);
    let record = clone.join("docs/adr/0003-use-mysql.md");
    fs::write(&record, NYGARD.replace("We use MySQL", "We use PostgreSQL")).unwrap();
    let found = "docs/adr/0003-use-mysql.md:16:1: warning ADR501 ADR-0003 is accepted on `origin/main`, but \
                 its text has changed\n";
    assert_eq!(lint(&clone, &[]), found);
    assert_eq!(lint(&clone, &["--changed"]), found);
    // No base was given, but one would be available: a note, not an error.
    git(&clone, &["branch", "-q", "--unset-upstream"]);
    assert_eq!(
        told(&run(&clone, &[], &[])),
        "0\nRules that need a base are off; name one with `--base`.\nNothing found in 2 records.\n"
    );
}

/// Starting a process takes longer than the work that it does.
#[cfg(unix)]
#[test]
fn git_is_started_five_times_at_most_whether_or_not_something_is_fixed() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::begin();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("0004-new.md", "# 4. New\n\n## Status\n\nAccepted\n");
    repository.commit("one more on main");
    repository.git(&["checkout", "-q", "work"]);
    repository.write(
        "0005-ours.md",
        "# 5. Ours\n\n## Status\n\nAccepted\n\nAmends [3](0003-use-mysql.md)\n",
    );
    repository.replace("0002-ship.md", "weekly", "daily");
    repository.commit("ours");

    let programs = repository.folder.with_file_name("programs");
    let (git, calls) = (programs.join("git"), programs.join("calls"));
    fs::create_dir(&programs).unwrap();
    let path = std::env::var("PATH").unwrap();
    let script =
        format!("#!/bin/sh\necho \"$@\" >> '{}'\nPATH='{path}' exec git \"$@\"\n", calls.display());
    fs::write(&git, script).unwrap();
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{path}", programs.display());
    let count = |args: &[&str]| {
        fs::write(&calls, "").unwrap();
        let output = run(&repository.folder, args, &[("PATH", &path)]);
        let calls = fs::read_to_string(&calls).unwrap();
        (calls.lines().count(), calls, told(&output))
    };
    let (most, calls, found) = count(&["--base", "main"]);
    assert!(found.contains("ADR501") && found.contains("ADR402"), "{found}");
    assert!((1..=5).contains(&most), "{calls}");
    for args in [&["--diff"][..], &["--fix"], &["--changed"]] {
        let (started, calls, _) = count(&[&["--base", "main"], args].concat());
        assert!((1..=most).contains(&started), "{args:?}: {calls}");
    }
    let fixed = fs::read_to_string(repository.folder.join("docs/adr/0003-use-mysql.md")).unwrap();
    assert!(fixed.contains("0005-ours.md"), "nothing was fixed");
}

#[test]
fn an_empty_base_is_refused() {
    let repository = Repository::begin();
    assert_eq!(
        told(&run(&repository.folder, &["--base", ""], &[])),
        "2\nerror: invalid value '' for '--base <REF>': the name is empty; give a branch, a tag or a commit\n\n\
         For more information, try '--help'.\n"
    );
}
