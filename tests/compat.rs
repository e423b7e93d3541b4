//! The behaviour of adr-tools: whole outputs and whole files of the real program, byte for byte.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Both streams, and the exit code unless it is 0.
fn adr(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "12/01/1992").args(args);
    command.env("ADR_COMPAT", "adr-tools").env("PATH", "/usr/bin:/bin");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text =
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(0) => text,
        code => format!("{text}[{}]", code.unwrap()),
    }
}

fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let said = adr(folder.path(), &[], &["init"]);
    assert_eq!(said, "doc/adr/0001-record-architecture-decisions.md\n");
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

/// Title, date and status, without the sentences.
fn head(folder: &Path, file: &str) -> String {
    let text = read(folder, file);
    text.split("## Context").next().unwrap().to_owned()
}

#[test]
fn a_log_begins_in_doc_adr_or_where_it_is_told_to() {
    let folder = begun();
    assert!(!folder.path().join(".adr-dir").exists());
    assert_eq!(
        head(folder.path(), "doc/adr/0001-record-architecture-decisions.md"),
        "# 1. Record architecture decisions\n\nDate: 12/01/1992\n\n## Status\n\nAccepted\n\n"
    );
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        adr(folder.path(), &[], &["init", "my decisions"]),
        "my decisions/0001-record-architecture-decisions.md\n"
    );
    assert_eq!(read(folder.path(), ".adr-dir"), "my decisions\n");
    let below = folder.path().join("src/deep");
    fs::create_dir_all(&below).unwrap();
    assert_eq!(
        adr(&below, &[], &["new", "From", "below"]),
        "../../my decisions/0002-from-below.md\n"
    );
}

#[test]
fn a_record_takes_the_place_of_others_and_links_to_them() {
    let folder = begun();
    let folder = folder.path();
    adr(folder, &[], &["new", "Use", "Gopher"]);
    adr(folder, &[], &["new", "Keep", "it", "plain"]);
    assert_eq!(
        adr(
            folder,
            &[],
            &["new", "-l", "plain:Clarifies:Clarified by", "-s", "2", "Use", "HTTP/2", "&", "|"]
        ),
        "doc/adr/0004-use-http-2.md\n"
    );
    assert_eq!(
        head(folder, "doc/adr/0004-use-http-2.md"),
        "# 4. Use HTTP/2 & |\n\nDate: 12/01/1992\n\n## Status\n\nAccepted\n\n\
         Supercedes [2. Use Gopher](0002-use-gopher.md)\n\n\
         Clarifies [3. Keep it plain](0003-keep-it-plain.md)\n\n"
    );
    assert_eq!(
        head(folder, "doc/adr/0002-use-gopher.md"),
        "# 2. Use Gopher\n\nDate: 12/01/1992\n\n## Status\n\n\
         Superceded by [4. Use HTTP/2 & |](0004-use-http-2.md)\n\n"
    );
    assert_eq!(
        head(folder, "doc/adr/0003-keep-it-plain.md"),
        "# 3. Keep it plain\n\nDate: 12/01/1992\n\n## Status\n\nAccepted\n\n\
         Clarified by [4. Use HTTP/2 & |](0004-use-http-2.md)\n\n"
    );
    assert_eq!(adr(folder, &[], &["link", "3", "Amends", "1", "Amended by"]), "");
    assert_eq!(
        adr(folder, &[], &["generate", "graph", "-p", "x/"]),
        "digraph {\n  node [shape=plaintext];\n  subgraph {\n    \
         _1 [label=\"1. Record architecture decisions\"; URL=\"x/0001-record-architecture-decisions.html\"];\n    \
         _2 [label=\"2. Use Gopher\"; URL=\"x/0002-use-gopher.html\"];\n    \
         _1 -> _2 [style=\"dotted\", weight=1];\n    \
         _3 [label=\"3. Keep it plain\"; URL=\"x/0003-keep-it-plain.html\"];\n    \
         _2 -> _3 [style=\"dotted\", weight=1];\n    \
         _4 [label=\"4. Use HTTP/2 & |\"; URL=\"x/0004-use-http-2.html\"];\n    \
         _3 -> _4 [style=\"dotted\", weight=1];\n  }\n  \
         _3 -> _1 [label=\"Amends\", weight=0]\n  \
         _4 -> _2 [label=\"Supercedes\", weight=0]\n  \
         _4 -> _3 [label=\"Clarifies\", weight=0]\n}\n"
    );
}

#[test]
fn lists_and_contents_are_in_the_order_of_the_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(adr(folder, &[], &["list"]), "The doc/adr directory does not exist\n[1]");
    fs::create_dir_all(folder.join("doc/adr")).unwrap();
    for (name, text) in [
        ("0002-b.md", "# 2. B\n\nDate: 31/12/2020\n"),
        ("0001-a.md", "# 1. A\n\nDate: 2020-01-01\n"),
        ("0003-c.md.bak", ""),
        ("README.md", ""),
    ] {
        fs::write(folder.join("doc/adr").join(name), text).unwrap();
    }
    fs::write(folder.join("intro"), "Ours.\n").unwrap();
    assert_eq!(adr(folder, &[], &["list"]), "doc/adr/0001-a.md\ndoc/adr/0002-b.md\n");
    assert_eq!(
        adr(folder, &[], &["generate", "toc", "-i", "intro", "-o", "intro", "-p", "p/"]),
        "# Architecture Decision Records\n\nOurs.\n\n* [1. A](p/0001-a.md)\n* [2. B](p/0002-b.md)\n\nOurs.\n"
    );
    assert_eq!(adr(folder, &[], &["generate"]), "graph\ntoc\n");
    assert_eq!(adr(folder, &[], &["upgrade-repository"]), "");
    assert_eq!(read(folder, "doc/adr/0002-b.md"), "# 2. B\n\nDate: 2020-12-31\n");
    // Every file name that starts with a number counts.
    assert_eq!(adr(folder, &[], &["new", "D"]), "doc/adr/0004-d.md\n");
}

#[test]
fn templates_are_filled_in_and_the_editor_comes_before_the_path() {
    let folder = begun();
    let folder = folder.path();
    fs::create_dir(folder.join("doc/adr/templates")).unwrap();
    fs::write(folder.join("doc/adr/templates/template.md"), "# NUMBER. TITLE DATE\nSTATUS\n")
        .unwrap();
    let editor = [("VISUAL", "sed -i s/Accepted/Edited/"), ("EDITOR", "false")];
    assert_eq!(adr(folder, &editor, &["new", "A", "STATUS"]), "doc/adr/0002-a-status.md\n");
    assert_eq!(read(folder, "doc/adr/0002-a-status.md"), "# 2. A STATUS 12/01/1992\nEdited\n");
    let failing = [("VISUAL", ""), ("EDITOR", "sh -c 'exit 3'")];
    assert_eq!(adr(folder, &failing, &["new", "Kept"]), "[3]");
    assert!(folder.join("doc/adr/0003-kept.md").is_file());
}

#[test]
fn what_is_wrong_is_said_and_leaves_nothing_behind() {
    let folder = begun();
    let folder = folder.path();
    assert_eq!(adr(folder, &[], &["new"]), "ERROR: no title given\n[1]");
    assert_eq!(
        adr(folder, &[], &["new", "-x", "A"]),
        "illegal option -- x\nNot implemented: ?\n[1]"
    );
    assert_eq!(
        adr(folder, &[], &["new", "-s", "9", "A"]),
        "error: no record matches `9`\n  hint: run `adr list` to see all records\n[1]"
    );
    assert_eq!(
        adr(folder, &[], &["new", "-l", "1:Amends", "A"]),
        "_adr_add_link: line 6: 2: LINK TYPE\n[1]"
    );
    assert_eq!(adr(folder, &[], &["list"]), "doc/adr/0001-record-architecture-decisions.md\n");
    assert_eq!(
        adr(folder, &[], &["bogus"]),
        "usage: adr help COMMAND [ARG] ...\nCOMMAND is one of: \n  init\n  new\n  link\n  list\n  generate\n  \
         help\n  upgrade-repository\n  config\nRun 'adr help COMMAND' for help on a specific command.\n[1]"
    );
}

#[test]
fn the_configuration_may_ask_for_it_and_our_own_commands_stay() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let own = [("ADR_COMPAT", "")];
    fs::write(folder.join("adr.toml"), "dir = \"decisions\"\ncompat = \"adr-tools\"\n").unwrap();
    assert_eq!(adr(folder, &own, &["new", "Use", "Rust"]), "decisions/0001-use-rust.md\n");
    assert_eq!(adr(folder, &own, &["status", "1"]), "accepted\n");
    assert_eq!(adr(folder, &own, &["list", "rust"]), "decisions/0001-use-rust.md\n");
}

#[test]
fn a_tool_that_nobody_knows_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        adr(folder.path(), &[("ADR_COMPAT", "bogus")], &["list"]),
        "error: invalid value `bogus` of the variable `ADR_COMPAT`, expected `adr-tools`, the only supported tool\n  hint: correct it, or unset `ADR_COMPAT`\n[2]"
    );
}

#[cfg(unix)]
#[test]
fn a_shell_completes_commands_and_reports_by_the_name_of_the_completer() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("_adr_autocomplete");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_adr"), &program).unwrap();
    let completed = |words: &[&str]| {
        let output =
            Command::new(&program).current_dir(folder.path()).args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(completed(&["adr"]), "config generate help init link list new upgrade-repository\n");
    assert_eq!(completed(&["adr", "ne"]), "new\n");
    assert_eq!(completed(&["adr", "new"]), "");
    assert_eq!(completed(&["adr", "nope"]), "\n");
    assert_eq!(completed(&["adr", "generate"]), "graph toc\n");
    assert_eq!(completed(&["adr", "generate", "g"]), "graph\n");
    assert_eq!(completed(&["adr", "generate", "graph"]), "");
}

#[test]
fn options_of_reports_may_stand_in_one_word_with_their_values() {
    let folder = begun();
    let folder = folder.path();
    let first = "0001-record-architecture-decisions";
    let toc = format!(
        "# Architecture Decision Records\n\n* [1. Record architecture decisions](q/{first}.md)\n"
    );
    assert_eq!(adr(folder, &[], &["generate", "toc", "-pq/"]), toc);
    let graph = adr(folder, &[], &["generate", "graph", "-e.pdf", "-pq/"]);
    assert!(graph.contains(&format!("URL=\"q/{first}.pdf\"")), "{graph}");
    let wrong = [
        (["generate", "toc", "-x"], "getopt: invalid option -- 'x'\n[1]"),
        (["generate", "toc", "-p"], "getopt: option requires an argument -- 'p'\n[1]"),
        (["generate", "graph", "-x"], "illegal option -- x\nNot implemented: ?\n[1]"),
        (["generate", "graph", "-p"], "option requires an argument -- p\nNot implemented: ?\n[1]"),
    ];
    for (args, said) in wrong {
        assert_eq!(adr(folder, &[], &args), said, "{args:?}");
    }
}

#[test]
fn a_graph_reads_any_link_whose_file_begins_with_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("doc/adr")).unwrap();
    let one = "# 1. A\n\n## Status\n\nAmends [2](0002.md)\nNeeds [B](2) in part\nSeen [B](2) by\n\n# Notes\n\nNo [B](2)\n";
    for (name, text) in [("0001-a.md", one), ("0001-b.md", "# 1. B\n"), ("0002-c.md", "# 2. C  \n")]
    {
        fs::write(folder.join("doc/adr").join(name), text).unwrap();
    }
    // Records that share a number are not linked to themselves.
    assert_eq!(
        adr(folder, &[], &["generate", "graph"]),
        "digraph {\n  node [shape=plaintext];\n  subgraph {\n    \
         _1 [label=\"1. A\"; URL=\"0001-a.html\"];\n    \
         _1 [label=\"1. B\"; URL=\"0001-b.html\"];\n    \
         _2 [label=\"2. C  \"; URL=\"0002-c.html\"];\n    \
         _1 -> _2 [style=\"dotted\", weight=1];\n  }\n  \
         _1 -> _2 [label=\"Amends\", weight=0]\n  \
         _1 -> _2 [label=\"Needs in part\", weight=0]\n}\n"
    );
}

#[test]
fn a_linked_file_ends_with_a_line_end_and_no_status_stays_beside_the_successor() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("doc/adr")).unwrap();
    let text = "# 1. A\n\n## Status\n\nProposed\n\n## End";
    fs::write(folder.join("doc/adr/0001-a.md"), text).unwrap();
    assert_eq!(adr(folder, &[], &["new", "-s", "1", "B"]), "doc/adr/0002-b.md\n");
    assert_eq!(
        read(folder, "doc/adr/0001-a.md"),
        "# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## End\n"
    );
    fs::write(folder.join("doc/adr/0003-c.md"), "# 3. C\n\n## Status\n\nOurs\n\n## End").unwrap();
    assert_eq!(adr(folder, &[], &["link", "3", "Amends", "2", "Amended by"]), "");
    assert_eq!(
        read(folder, "doc/adr/0003-c.md"),
        "# 3. C\n\n## Status\n\nOurs\n\nAmends [2. B](0002-b.md)\n\n## End\n"
    );
    let missing = adr(folder, &[], &["link", "1", "", "2", "Amended by"]);
    assert_eq!(missing, "adr-link: 2: LINK\n[1]");
}

#[test]
fn the_first_date_of_every_line_is_upgraded_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(adr(folder, &[], &["upgrade-repository"]), "");
    assert!(!folder.join("doc").exists(), "no folder is created if there is nothing to upgrade");
    fs::create_dir_all(folder.join("doc/adr")).unwrap();
    let text = "# 1. A\n\n* Date: 31/12/2020\nDate: 01/02/2003, Date: 02/03/2004\nDate: 1/2/2003\n";
    fs::write(folder.join("doc/adr/0001-a.md"), text).unwrap();
    assert_eq!(adr(folder, &[], &["upgrade-repository"]), "");
    assert_eq!(
        read(folder, "doc/adr/0001-a.md"),
        "# 1. A\n\n* Date: 2020-12-31\nDate: 2003-02-01, Date: 02/03/2004\nDate: 1/2/2003\n"
    );
}

#[test]
fn help_is_never_a_folder_goes_through_the_pager_and_succeeds() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let init = "adr init [DIRECTORY]: starts a log in DIRECTORY, by default in doc/adr.\n";
    assert_eq!(adr(folder, &[], &["init", "--help"]), init);
    assert_eq!(adr(folder, &[], &["init", "-x"]), "illegal option -- x\n[1]");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
    assert_eq!(adr(folder, &[], &["help", "bogus"]), adr(folder, &[], &["help"]));
    assert_eq!(
        adr(folder, &[], &["help", "generate", "toc"]),
        "adr generate toc [-i INTRO] [-o OUTRO] [-p PREFIX]: prints a list of the records, between two files.\n\
         \nSubcommands:\n  adr generate graph\n  adr generate toc\n"
    );
    let pagers = [("ADR_PAGER", "sed s/adr/ADR/"), ("PAGER", "false")];
    assert_eq!(adr(folder, &pagers, &["help", "init"]), init.replacen("adr", "ADR", 1));
}
