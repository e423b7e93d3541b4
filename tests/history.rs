//! The history of records on the site, in real repositories: branches, renames, moves and shallow clones.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]
#![expect(clippy::indexing_slicing, reason = "a missing key fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A repository in its own temporary folder. Every commit is dated one day after the previous one.
struct Repository {
    _home: tempfile::TempDir,
    folder: PathBuf,
    day: u32,
}

/// A record with this status.
fn record(title: &str, status: &str) -> String {
    let text = "What has to be told about it is more than\na line, so that it is known again.\n";
    format!("# 1. {title}\n\n## Status\n\n{status}\n\n## Context\n\n{text}")
}

impl Repository {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("origin");
        fs::create_dir_all(folder.join("docs/adr")).unwrap();
        let repository = Self { _home: home, folder, day: 0 };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, args: &[&str]) -> String {
        git(&self.folder, self.day, args)
    }

    fn commit(&mut self, message: &str) {
        self.day += 1;
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    fn merge(&mut self, branch: &str) {
        self.day += 1;
        self.git(&["merge", "-q", "--no-ff", "-m", "merge", branch]);
    }

    fn clone(&self, depth: &str) -> PathBuf {
        let clone = self.folder.with_file_name("clone");
        let url = format!("file://{}", self.folder.display());
        self.git(&["clone", "-q", depth, &url, clone.to_str().unwrap()]);
        clone
    }

    /// See [`told`].
    fn told(&self, page: &str) -> String {
        told(&self.folder, page)
    }
}

fn git(folder: &Path, day: u32, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=a@example.org"]);
    command.args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"]).args(args);
    let date = format!("2026-01-{day:02}T12:00:00+0000");
    command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Builds the site of the log in the repository, and returns its folder.
fn build(folder: &Path) -> PathBuf {
    let site = folder.with_file_name("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env("ADR_DATE", "2026-03-01");
    let output = command.args(["build", "--out"]).arg(&site).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    site
}

/// The history of a record on the site, one event per line: day, change, and subject of the commit.
fn told(folder: &Path, page: &str) -> String {
    let text = fs::read_to_string(build(folder).join(format!("decisions/{page}.json"))).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let mut lines = Vec::new();
    for event in json["history"].as_array().expect("a history") {
        let word = |key: &str| event[key].as_str().unwrap_or("-").to_owned();
        let what = match event["event"].as_str().unwrap() {
            "status" => format!("{} to {}", word("from"), word("to")),
            what => what.to_owned(),
        };
        let subject = git(folder, 1, &["log", "-1", "--format=%s", &word("commit")]);
        lines.push(format!("{} {what}, {}: {subject}", &word("date")[8..], word("author")));
    }
    lines.concat()
}

#[test]
fn a_record_came_its_status_changed_and_it_was_edited() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.commit("propose");
    repository.write("docs/adr/0001-a.md", &(record("A", "Proposed") + "\nA word.\n"));
    repository.commit("a word");
    repository.write("docs/adr/0001-a.md", &(record("A", "Accepted") + "\nA word.\n"));
    repository.commit("accept");
    repository.write("src/main.rs", "fn main() {}");
    repository.commit("code");
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.commit("no word");
    let told =
        "01 added, Ann: propose\n03 proposed to accepted, Ann: accept\n05 changed, Ann: no word\n";
    assert_eq!(repository.told("0001"), told);
}

#[test]
fn a_page_shows_the_history_and_leads_to_the_commits() {
    let mut repository = Repository::new();
    repository.write("adr.toml", "[site]\nrepository = \"https://gitlab.example/a/b\"\n");
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.commit("accept");
    let commit = repository.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let page = fs::read_to_string(build(&repository.folder).join("decisions/0001.html")).unwrap();
    let (_, history) = page.split_once("<h2 id=\"History\">History</h2>\n<ol>\n").unwrap();
    let (history, _) = history.split_once("\n</ol>").unwrap();
    assert!(history.starts_with("<li><time>2026-01-01</time> <span class=\"what\">Added: "));
    let by = format!(
        "<span class=\"by\">Ann, <a href=\"https://gitlab.example/a/b/-/commit/{commit}\"><code>{}</code></a></span></li>",
        &commit[..8]
    );
    assert!(history.ends_with(&by), "{history}");
}

#[test]
fn a_record_keeps_its_history_under_another_name_and_in_another_folder() {
    let mut repository = Repository::new();
    repository.write("decisions/0001-a.md", &record("A", "Proposed"));
    repository.commit("propose");
    repository.write("decisions/0001-a.md", &record("A", "Accepted"));
    repository.commit("accept");
    repository.git(&["mv", "decisions", "docs/adr"]);
    repository.commit("move");
    repository.git(&["mv", "docs/adr/decisions/0001-a.md", "docs/adr/0002-b.md"]);
    repository.commit("rename");
    let told =
        "01 added, Ann: propose\n02 proposed to accepted, Ann: accept\n04 changed, Ann: rename\n";
    assert_eq!(repository.told("0002"), told);
}

#[test]
fn two_records_that_change_places_keep_their_histories() {
    let mut repository = Repository::new();
    // Git does not consider whether short files were swapped.
    let one = record("A", "Proposed") + &"A word about the first of them.\n".repeat(20);
    let other = "* one\n* two\n* three\n".repeat(30);
    let other = format!("---\nstatus: accepted\n---\n\n# Something else\n\n{other}");
    repository.write("docs/adr/0001-a.md", &one);
    repository.commit("first");
    repository.write("docs/adr/0002-b.md", &other);
    repository.commit("second");
    repository.write("docs/adr/0001-a.md", &other);
    repository.write("docs/adr/0002-b.md", &one);
    repository.commit("swap");
    assert_eq!(repository.told("0001"), "02 added, Ann: second\n03 changed, Ann: swap\n");
    assert_eq!(repository.told("0002"), "01 added, Ann: first\n03 changed, Ann: swap\n");
    repository.git(&["mv", "docs/adr/0001-a.md", "docs/adr/0004-d.md"]);
    repository.git(&["mv", "docs/adr/0002-b.md", "docs/adr/0001-a.md"]);
    repository.commit("renumber");
    assert_eq!(repository.told("0004"), "02 added, Ann: second\n04 changed, Ann: renumber\n");
    assert_eq!(repository.told("0001"), "01 added, Ann: first\n04 changed, Ann: renumber\n");
}

#[test]
fn what_one_branch_renamed_and_the_other_accepted_is_one_record() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.commit("propose");
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.commit("accept");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["mv", "docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    repository.commit("rename");
    repository.merge("work");
    let told = repository.told("0002");
    assert!(
        told.starts_with("01 added, Ann: propose\n02 proposed to accepted, Ann: accept\n"),
        "{told}"
    );
}

#[test]
fn a_merge_that_decides_by_itself_is_told() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.commit("propose");
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.write("docs/adr/0001-a.md", &(record("A", "Proposed") + "\nMore.\n"));
    repository.commit("more");
    repository.git(&["checkout", "-q", "main"]);
    repository.commit("nothing");
    repository.git(&["merge", "-q", "--no-ff", "--no-commit", "work"]);
    repository.write("docs/adr/0001-a.md", &record("A", "Rejected"));
    repository.commit("merge");
    assert_eq!(
        repository.told("0001"),
        "01 added, Ann: propose\n04 proposed to rejected, Ann: merge\n"
    );
}

#[test]
fn a_file_that_came_back_begins_anew() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.write("docs/adr/0002-b.md", &record("B", "Accepted"));
    repository.commit("first");
    repository.git(&["rm", "-q", "docs/adr/0001-a.md"]);
    repository.commit("gone");
    repository.write("docs/adr/0001-a.md", &record("Another", "Proposed"));
    repository.commit("again");
    assert_eq!(repository.told("0001"), "03 added, Ann: again\n");
}

#[test]
fn of_what_is_not_committed_nothing_is_told() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.commit("propose");
    repository.write("docs/adr/0001-a.md", &(record("A", "Proposed") + "\nMore.\n"));
    repository.commit("more");
    repository.write("docs/adr/0002-b.md", &record("B", "Accepted"));
    assert_eq!(repository.told("0001"), "01 added, Ann: propose\n02 changed, Ann: more\n");
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    assert_eq!(repository.told("0001"), "01 added, Ann: propose\n");
    assert_eq!(repository.told("0002"), "");
}

#[test]
fn a_shallow_clone_tells_only_what_the_cut_cannot_change() {
    let mut repository = Repository::new();
    for (file, status) in [("0001-a.md", "Proposed"), ("0002-b.md", "Accepted")] {
        repository.write(&format!("docs/adr/{file}"), &record("A", status));
    }
    repository.commit("first");
    repository.commit("second");
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.commit("accept");
    repository.write("docs/adr/0003-c.md", &record("C", "Proposed"));
    repository.commit("third");
    let clone = repository.clone("--depth=1");
    assert_eq!(["0001", "0002", "0003"].map(|page| told(&clone, page)), ["", "", ""]);
    fs::remove_dir_all(&clone).unwrap();
    let clone = repository.clone("--depth=3");
    let all = ["0001", "0002", "0003"].map(|page| told(&clone, page));
    assert_eq!(all, ["03 proposed to accepted, Ann: accept\n", "", "04 added, Ann: third\n"]);
    git(&clone, 1, &["fetch", "-q", "--unshallow"]);
    assert!(told(&clone, "0002").starts_with("01 added, Ann: first\n"));
}

#[test]
fn outside_of_git_there_is_no_history() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log/docs/adr");
    fs::create_dir_all(&log).unwrap();
    fs::write(log.join("0001-a.md"), record("A", "Accepted")).unwrap();
    let site = build(&folder.path().join("log"));
    assert!(!fs::read_to_string(site.join("decisions/0001.json")).unwrap().contains("history"));
    assert!(!fs::read_to_string(site.join("decisions/0001.html")).unwrap().contains("History"));
}

#[test]
fn names_are_those_of_the_mailmap_and_addresses_are_never_shown() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    repository.commit("first");
    repository.write(".mailmap", "Ann Lee <a@example.org>\n");
    assert_eq!(repository.told("0001"), "01 added, Ann Lee: first\n");
    repository.write(".mailmap", "ann@example.org <a@example.org>\n");
    assert_eq!(repository.told("0001"), "01 added, -: first\n");
}

/// Builds with `--base`; returns the exit code, standard error and the page of changes.
fn compared(folder: &Path, base: &str) -> (i32, String, String) {
    let site = folder.with_file_name("compared");
    drop(fs::remove_dir_all(&site));
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env("ADR_DATE", "2026-03-01");
    let output =
        command.args(["build", "-q", "--base", base, "--out"]).arg(&site).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let page = fs::read_to_string(site.join("changes.html")).unwrap_or_default();
    (output.status.code().unwrap(), said, page)
}

/// The text of a page of changes, one entry or one difference per line: `[-old-]`, `{+new+}`.
fn plain(page: &str) -> String {
    let (_, main) = page.split_once("</header>\n<section class=\"part\">").unwrap();
    let (main, _) = main.split_once("</main>").unwrap();
    let marked = [("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}")];
    let main = marked.iter().fold(main.to_owned(), |text, (tag, mark)| text.replace(tag, mark));
    let mut text = String::new();
    for (at, piece) in main.split('<').enumerate() {
        text += if at == 0 { piece } else { piece.split_once('>').unwrap().1 };
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Two records on `main`, and the branch `work` that adds, decides, edits and removes.
fn changed() -> Repository {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.write("docs/adr/0002-b.md", &record("B", "Accepted"));
    repository.write("docs/adr/0003-c.md", &record("C", "Accepted"));
    repository.write("docs/adr/0004-d.md", &record("D", "Accepted"));
    repository.commit("first");
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.write("docs/adr/0001-a.md", &record("A", "Accepted"));
    let told = record("B", "Accepted").replace("told about it", "<script>alert(1)</script> it");
    repository.write("docs/adr/0002-b.md", &told);
    repository.git(&["rm", "-q", "docs/adr/0003-c.md"]);
    repository.write("docs/adr/0005-e.md", &record("E", "Proposed"));
    repository.commit("work");
    // Later commits on `main` are not part of the change.
    repository.git(&["checkout", "-q", "main"]);
    repository.write("docs/adr/0004-d.md", &record("D", "Deprecated"));
    repository.commit("elsewhere");
    repository.git(&["checkout", "-q", "work"]);
    repository
}

#[test]
fn a_page_tells_what_a_change_adds_decides_edits_and_removes() {
    let repository = changed();
    let (code, said, page) = compared(&repository.folder, "main");
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(
        plain(&page),
        "New 1\nADR-0005 E\nproposed\n\
         What has to be told about it is more than a line, so that it is known again.\n\
         New status 1\nADR-0001 A\nproposed became→ accepted\n\
         ## Status\n[-Proposed-]{+Accepted+}\n## Context\n\
         Edited 1\nADR-0002 B\naccepted\n\
         ## Context\nWhat has to be [-told about-]{+&lt;script&gt;alert(1)&lt;/script&gt;+} it is more than\n\
         a line, so that it is known again.\n\
         Removed 1\nADR-0003 C\naccepted\n"
    );
    let site = repository.folder.with_file_name("compared");
    let read = |file: &str| fs::read_to_string(site.join(file)).unwrap();
    let link = |text: &str| format!("<a href=\"../changes.html\">{text}</a>");
    assert!(read("decisions/0005.html").contains(&link("New in this change")));
    assert!(read("decisions/0001.html").contains(&link("Changed in this change")));
    assert!(!read("decisions/0004.html").contains("in this change"));
    assert!(
        read("index.html").contains("<a href=\"changes.html\">4 decisions differ from main</a>")
    );
}

#[test]
fn a_record_that_got_another_number_is_no_new_one() {
    let repository = changed();
    repository.git(&["mv", "docs/adr/0004-d.md", "docs/adr/0006-d.md"]);
    let (_, _, page) = compared(&repository.folder, "main");
    let page = plain(&page);
    assert!(page.contains("ADR-0006 D\naccepted was 0004-d.md\n"), "{page}");
}

#[test]
fn what_is_not_committed_is_part_of_a_change() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.commit("first");
    let (_, _, page) = compared(&repository.folder, "main");
    assert!(page.contains("<p class=\"lead\">No decision differs from main.</p>"), "{page}");
    repository.write("docs/adr/0002-b.md", &record("B", "Proposed"));
    let (_, _, page) = compared(&repository.folder, "main");
    assert_eq!(
        plain(&page),
        "New 1\nADR-0002 B\nproposed\n\
         What has to be told about it is more than a line, so that it is known again.\n"
    );
}

#[test]
fn hidden_drafts_are_in_no_change() {
    let mut repository = Repository::new();
    repository.write("adr.toml", "[site]\ndrafts = \"hide\"\n");
    repository.write("docs/adr/0001-a.md", &record("A", "Draft"));
    repository.write("docs/adr/0002-b.md", &record("B", "Draft"));
    repository.commit("first");
    repository.write("docs/adr/0001-a.md", &record("A", "Proposed"));
    repository.git(&["rm", "-q", "docs/adr/0002-b.md"]);
    repository.write("docs/adr/0003-c.md", &record("C", "Draft"));
    let (_, _, page) = compared(&repository.folder, "main");
    assert_eq!(
        plain(&page),
        "New 1\nADR-0001 A\nproposed\n\
         What has to be told about it is more than a line, so that it is known again.\n"
    );
}

#[test]
fn a_base_that_is_not_in_the_clone_comes_with_the_command_that_fetches_it() {
    let repository = changed();
    let clone = repository.clone("--depth=1");
    let (code, said, page) = compared(&clone, "main");
    assert_eq!((code, page.as_str()), (2, ""));
    assert_eq!(
        said,
        "error: the base `main` is not in this clone\n  \
         hint: run `git fetch --depth=1 origin main:refs/remotes/origin/main`\n"
    );
    git(&clone, 1, &["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    let (code, said, _) = compared(&clone, "main");
    assert_eq!(code, 2);
    let fetch = "git fetch --unshallow origin main:refs/remotes/origin/main work";
    assert!(said.ends_with(&format!("\n  hint: run `{fetch}`\n")), "{said}");
    git(&clone, 1, &fetch.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(compared(&clone, "main").0, 0);
}

#[test]
fn the_base_of_the_configuration_counts_where_there_is_something_to_tell() {
    let repository = changed();
    repository.write("adr.toml", "base = \"main\"\n");
    assert!(build(&repository.folder).join("changes.html").exists());
    repository.write("adr.toml", "base = \"work\"\n");
    assert!(!build(&repository.folder).join("changes.html").exists());
    repository.write("adr.toml", "base = \"nowhere\"\n");
    assert!(!build(&repository.folder).join("changes.html").exists());
}

#[test]
fn the_history_of_a_number_that_was_given_away_begins_with_the_new_record() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-pack-at-night.md", &record("Pack at night", "Accepted"));
    repository.commit("first");
    repository.git(&["rm", "-q", "docs/adr/0001-pack-at-night.md"]);
    let again = "# 2. Pack at night\n\n## Status\n\nAccepted\n\n## Context\n\nWritten again, in no word as it was.\n";
    repository.write("docs/adr/0002-pack-at-night.md", again);
    let other = "# 1. Count stock\n\n## Status\n\nProposed\n\n## Context\n\nThe shelves are full, and no one has a list.\n";
    repository.write("docs/adr/0001-count-stock.md", other);
    repository.commit("second");
    assert_eq!(repository.told("0001"), "02 added, Ann: second\n");
    assert_eq!(repository.told("0002"), "01 added, Ann: first\n02 changed, Ann: second\n");
}

/// The page and the command report the same, including the base and the files around the log.
#[test]
fn the_page_of_findings_says_what_lint_says() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-a.md", &record("Use A", "Accepted"));
    repository.write("docs/adr/0002-b.md", &record("Use B", "Draft"));
    repository.write("adr.toml", "base = \"main\"\n[site]\ndrafts = \"hide\"\n");
    repository.write("src/a.rs", "// see ADR-0099\n");
    repository.commit("first");
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository
        .write("docs/adr/0001-a.md", &record("Use A", "Accepted").replace("a line", "a page"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(&repository.folder).env("ADR_DATE", "2026-03-01");
    let output = command.args(["lint", "--output-format", "concise", "-q"]).output().unwrap();
    let linted = String::from_utf8(output.stdout).unwrap();
    let page = fs::read_to_string(build(&repository.folder).join("health.html")).unwrap();
    let is_published = |line: &&str| !line.contains("0002-b.md");
    assert!(!linted.lines().all(|line| is_published(&line)), "{linted}");
    let code = |line: &str| line.split(' ').find(|word| word.starts_with("ADR")).map(str::to_owned);
    let codes: BTreeSet<String> = linted.lines().filter(is_published).filter_map(code).collect();
    assert!(codes.contains("ADR501") && codes.contains("ADR603"), "{linted}");
    for code in &codes {
        assert!(page.contains(&format!("<h2><code>{code}</code>")), "{code} is missing: {page}");
    }
    assert_eq!(page.matches("<section class=\"finding\">").count(), codes.len(), "{page}");
    assert!(!page.contains("Use B"), "{page}");
}

#[test]
fn a_record_that_was_written_anew_and_renamed_in_one_commit_came_with_its_first_name() {
    let mut repository = Repository::new();
    repository.write("docs/adr/0001-use-a.md", &record("Use A", "Accepted"));
    repository.write("docs/adr/0002-other.md", &record("Other", "Accepted"));
    repository.commit("first");
    fs::remove_file(repository.folder.join("docs/adr/0001-use-a.md")).unwrap();
    fs::remove_file(repository.folder.join("docs/adr/0002-other.md")).unwrap();
    let anew = "---\nstatus: superseded\ndate: 2026-01-02\n---\n\n# Take B\n\nNothing of it is as it was.\n";
    repository.write("docs/adr/0001-take-b.md", anew);
    // Two records have the same number, so the history of neither can be determined by number.
    repository.write("docs/adr/0002-x.md", "# 2. X\n\n## Status\n\nProposed\n");
    repository.write("docs/adr/0002-y.md", "# 2. Y\n\n## Status\n\nRejected\n\nNo more.\n");
    repository.commit("second");
    assert_eq!(
        repository.told("0001"),
        "01 added, Ann: first\n02 accepted to superseded, Ann: second\n"
    );
    assert_eq!(repository.told("0002"), "02 added, Ann: second\n");
}
