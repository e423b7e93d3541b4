//! `adr lint` in real repositories: tracked files around a log, lists of records, and source files that
//! cite records.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{assert_data_eq, str};

/// A repository with a log in `docs/adr`.
struct Repository {
    _home: tempfile::TempDir,
    folder: PathBuf,
}

fn record(number: u32, title: &str, status: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2026-01-05\n\n## Status\n\n{status}\n\n## Context\n\nIt is so.\n\n\
         ## Decision\n\nThis.\n\n## Consequences\n\nThat.\n"
    )
}

impl Repository {
    fn begin() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("team");
        fs::create_dir(&folder).unwrap();
        let repository = Self { _home: home, folder };
        repository.git(&["init", "-q"]);
        let over = "Superseded by [2. Use NATS](0002-use-nats.md)";
        let current = "Accepted\n\nSupersedes [1. Use Kafka](0001-use-kafka.md)";
        repository.write("docs/adr/0001-use-kafka.md", &record(1, "Use Kafka", over));
        repository.write("docs/adr/0002-use-nats.md", &record(2, "Use NATS", current));
        repository
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap()
    }

    fn git(&self, args: &[&str]) {
        let output = Command::new("git").current_dir(&self.folder).args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The output of the program, after adding every file that git does not ignore.
    fn adr(&self, args: &[&str]) -> String {
        self.git(&["add", "-A"]);
        adr(&self.folder, args)
    }

    /// The findings, one per line.
    fn lint(&self) -> String {
        self.adr(&["lint", "-q", "--output-format=concise"])
    }
}

/// Exit code, standard output and standard error.
fn adr(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("PATH", std::env::var("PATH").unwrap());
    let output = command.args(args).output().unwrap();
    let (out, err) = (&output.stdout, &output.stderr);
    let code = output.status.code().unwrap();
    format!("{code}\n{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

#[test]
fn all_paths_in_the_folder_of_the_log_are_written_alike() {
    let repository = Repository::begin();
    repository.write("docs/adr/stray.md", "# Notes\n");
    repository.write("docs/adr/0002-use-nats.md", &record(2, "Use NATS", "Accepted"));
    assert_data_eq!(
        repository.adr(&["lint", "-q", "-C", "docs/adr", "--dir", ".", "--output-format=concise"]),
        str![[r#"
0
stray.md: warning ADR108 `stray.md` is not a record

"#]]
    );
}

const EMPTY: &str = "# Decisions\n\n<!-- adr-toc -->\n<!-- /adr-toc -->\n\nMore.\n";

#[test]
fn a_list_of_records_that_is_out_of_date_is_written_anew() {
    let repository = Repository::begin();
    for page in ["docs/adr/README.md", "README.md", "docs/table.md"] {
        repository.write(page, EMPTY);
    }
    repository.adr(&["toc", "--write", "README.md"]);
    repository.adr(&["toc", "--write", "docs/table.md", "--table"]);
    // An empty list in another folder does not name the log that it belongs to.
    repository.write("other/page.md", EMPTY);
    repository.write("docs/adr/0003-ship.md", &record(3, "Ship", "Accepted"));
    assert_data_eq!(
        repository.lint(),
        str![[r#"
1
README.md:7:1: error ADR115 [*] the list of records on this page is out of date
docs/adr/README.md: error ADR115 [*] the list of records on this page is out of date
docs/table.md:9:1: error ADR115 [*] the list of records on this page is out of date

"#]]
    );
    assert_data_eq!(
        repository.adr(&["lint", "--fix"]),
        str![[r#"
0
Fixed 3 findings in 3 files.
Nothing found in 3 records.

"#]]
    );
    assert_data_eq!(
        repository.read("docs/adr/README.md"),
        str![[r#"
# Decisions

<!-- adr-toc -->

* [1. Use Kafka](0001-use-kafka.md)
* [2. Use NATS](0002-use-nats.md)
* [3. Ship](0003-ship.md)

<!-- /adr-toc -->

More.

"#]]
    );
    assert_data_eq!(
        repository.read("docs/table.md"),
        str![[r#"
# Decisions

<!-- adr-toc -->

| Decision | Status | Date |
| --- | --- | --- |
| [1. Use Kafka](adr/0001-use-kafka.md) | superseded | 2026-01-05 |
| [2. Use NATS](adr/0002-use-nats.md) | accepted | 2026-01-05 |
| [3. Ship](adr/0003-ship.md) | accepted | 2026-01-05 |

<!-- /adr-toc -->

More.

"#]]
    );
    let check = repository.adr(&["toc", "--check", "--write", "docs/table.md", "--table"]);
    assert_eq!(check, "0\n");
    assert_eq!(repository.read("other/page.md"), EMPTY);
    assert_eq!(repository.adr(&["lint", "--fix-only"]), "0\nNothing to fix.\n");
}

#[test]
fn a_fix_of_a_page_and_one_of_a_record_go_together() {
    let repository = Repository::begin();
    repository.write("README.md", EMPTY);
    repository.write("docs/adr/0003-ship.md", &record(3, "Ship.", "Accepted"));
    repository.adr(&["toc", "--write", "README.md"]);
    assert_data_eq!(
        repository.adr(&["lint", "--fix"]),
        str![[r#"
0
Fixed 2 findings in 2 files.
Nothing found in 3 records.

"#]]
    );
    assert!(repository.read("README.md").contains("[3. Ship](docs/adr/0003-ship.md)"));
}

#[test]
fn other_lists_and_other_logs_are_left_alone() {
    let repository = Repository::begin();
    for page in ["docs/adr/README.md", "README.md", "services/api/docs/adr/README.md"] {
        repository.write(page, EMPTY);
    }
    repository.write("services/api/docs/adr/0001-x.md", &record(1, "X", "Accepted"));
    let api = "services/api/docs/adr/README.md";
    repository.adr(&["toc", "--dir", "services/api/docs/adr", "--write", api]);
    repository.adr(&["toc", "--write", "docs/adr/README.md", "--in-force", "--status=accepted"]);
    repository.adr(&["toc", "--write", "README.md", "--prefix", "https://example.org/"]);
    let first = "<!-- adr-toc: status=accepted in-force -->";
    assert_eq!(repository.read("docs/adr/README.md").lines().nth(2), Some(first));
    repository.write(
        "guide.md",
        "```\n<!-- adr-toc -->\n* [1](docs/adr/0001-use-kafka.md)\n<!-- /adr-toc -->\n```\n",
    );
    let quoted =
        "Between `<!-- adr-toc -->` and [1](docs/adr/0001-use-kafka.md) `<!-- /adr-toc -->`\n";
    repository.write("how.md", quoted);
    repository.write("docs/adr/0003-ship.md", &record(3, "Ship", "Accepted"));
    assert_eq!(repository.lint(), "0\n");
    // Recording the same options again changes nothing else.
    repository.adr(&["toc", "--write", "docs/adr/README.md", "--in-force", "--status=accepted"]);
    assert_eq!(repository.read("docs/adr/README.md").lines().nth(2), Some(first));
}

#[test]
fn programs_that_cite_decisions_are_read_where_git_tracks_them() {
    let repository = Repository::begin();
    repository.write("src/a.rs", "// see ADR-0001\n");
    repository.write("src/b.py", "x = 1  # ADR-0099\n");
    repository.write("docs/notes.md", "ADR-0099\n");
    repository.write(".gitignore", "build\n");
    for file in ["build/c.rs", "vendor/d.rs", "web/node_modules/e.js", "tests/fixtures/f.rs"] {
        repository.write(file, "// ADR-0001\n");
    }
    repository.write("src/large.rs", &format!("// ADR-0001\n{}", "//\n".repeat(400_000)));
    repository.write("src/data.rs", "// ADR-0001\n\0");
    assert_data_eq!(
        repository.lint(),
        str![[r#"
0
src/a.rs:1:8: warning ADR602 the comment cites ADR-0001, which is superseded
src/b.py:1:10: warning ADR603 the comment cites `ADR-0099`, which is not a record in this log

"#]]
    );
    repository.write("adr.toml", "[lint.per-file-ignores]\n\"src/*.rs\" = [\"ADR602\"]\n");
    assert_data_eq!(
        repository.lint(),
        str![[r#"
0
src/b.py:1:10: warning ADR603 the comment cites `ADR-0099`, which is not a record in this log

"#]]
    );
}

#[test]
fn forges_are_told_paths_from_the_root_of_the_repository() {
    let repository = Repository::begin();
    repository.write("src/a.rs", "fn a() {} // see ADR-0001\n");
    repository.git(&["add", "-A"]);
    let args = ["lint", "-q", "--output-format=github"];
    assert_data_eq!(
        adr(&repository.folder.join("docs"), &args),
        str![[r#"
0
::warning file=src/a.rs,line=1,endLine=1,col=18,endColumn=26,title=ADR602 code-cites-dead-record::the comment cites ADR-0001, which is superseded%0Afollow and cite ADR-0002 instead

"#]]
    );
}

#[test]
fn a_path_that_a_record_governs_is_one_that_git_tracks() {
    let repository = Repository::begin();
    let front = |path: &str| {
        let text = "# Ship\n\n## Context and Problem Statement\n\nWhen?\n\n## Considered Options\n\n* weekly\n* daily\n\n## Decision Outcome\n\nChosen option: \"weekly\", because it is enough.\n";
        format!(
            "---\nstatus: accepted\ndate: 2026-01-05\ndecision-makers: Ann\ngoverns: {path}\n---\n\n{text}"
        )
    };
    repository.write("src/ship/a.rs", "");
    repository.write("docs/adr/0003-ship.md", &front("src/ship"));
    assert_eq!(repository.lint(), "0\n");
    repository.write("docs/adr/0003-ship.md", &front("src/shop/**"));
    assert_data_eq!(
        repository.lint(),
        str![[r#"
0
docs/adr/0003-ship.md:5:10: warning ADR601 ADR-0003 governs `src/shop/**`, which matches no file in the repository

"#]]
    );
}

#[test]
fn without_git_nothing_around_the_log_is_read() {
    let repository = Repository::begin();
    repository.write("docs/adr/README.md", EMPTY);
    repository.write("src/a.rs", "// see ADR-0001\n");
    fs::remove_dir_all(repository.folder.join(".git")).unwrap();
    assert_eq!(adr(&repository.folder, &["lint", "-q"]), "0\n");
}
