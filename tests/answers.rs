//! Missing things, invalid input and outputs that cannot be written: the real program and its whole output.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01").args(args);
    command
}

/// Both streams, standard output first, and the exit code unless it is 0.
fn adr(folder: &Path, args: &[&str]) -> String {
    let output = command(folder, args).output().unwrap();
    let text =
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(0) => text,
        code => format!("{text}[{}]", code.unwrap()),
    }
}

/// A log of two records. One of them has a tag and a decision maker.
fn log() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let front = "---\nstatus: accepted\ntags: [storage]\ndecision-makers: [Ada]\n---\n";
    fs::write(log.join("0001-use-a.md"), format!("{front}\n# Use A\n")).unwrap();
    fs::write(log.join("0002-use-b.md"), "# 2. Use B\n\n## Status\n\nAccepted\n").unwrap();
    folder
}

#[test]
fn a_filter_that_nothing_passes_says_why_and_ends_with_1() {
    let folder = log();
    let folder = folder.path();
    assert_eq!(adr(folder, &["list", "--tag", "zzz"]), "no record has the tag `zzz`\n[1]");
    assert_eq!(
        adr(folder, &["list", "--tag", "storgae"]),
        "no record has the tag `storgae`; did you mean `storage`?\n[1]"
    );
    assert_eq!(
        adr(folder, &["list", "--decider", "Bo"]),
        "no record names as decision maker `Bo`\n[1]"
    );
    // Each filter matches a record, but no record matches both.
    let both = ["list", "--tag", "storage", "--status", "rejected"];
    assert_eq!(adr(folder, &both), "no record passes the filters\n[1]");
    assert_eq!(
        adr(folder, &["toc", "--tag", "zzz"]),
        "# Architecture Decision Records\n\nno record has the tag `zzz`\n[1]"
    );
    assert_eq!(
        adr(folder, &["graph", "mermaid", "--tag", "zzz"]),
        "graph LR\n  classDef open stroke-dasharray: 4\n  classDef past color:#888,stroke:#888\n\
         no record has the tag `zzz`\n[1]"
    );
    let csv = adr(folder, &["export", "csv", "--tag", "zzz"]);
    assert!(csv.ends_with(",file\r\nno record has the tag `zzz`\n[1]"), "{csv}");
}

#[test]
fn a_form_of_its_own_is_not_called_json() {
    let folder = log();
    for (args, form, instead) in [
        (["toc", "--json", "-q"], "`adr toc`", "`adr list --json`"),
        (["graph", "svg", "--json"], "`adr graph svg`", "`adr export json`"),
        (["export", "csv", "--json"], "`adr export csv`", "`adr export json`"),
    ] {
        assert_eq!(
            adr(folder.path(), &args),
            format!(
                "{{\"schema_version\":1,\"error\":{{\"code\":\"bad-input\",\"message\":\"cannot use `--json`: \
                 {form} has a fixed output format; {instead} prints the records\",\"causes\":[],\"hint\":null}}}}\n[2]"
            )
        );
    }
    let json = adr(folder.path(), &["export", "json", "--json"]);
    assert_eq!(json, adr(folder.path(), &["export"]));
}

#[test]
fn a_search_for_nothing_and_a_limit_of_nothing_are_refused() {
    let folder = log();
    assert_eq!(
        adr(folder.path(), &["search", "!!!"]),
        "error: cannot use the words `!!!`: they contain no letters or digits\n[2]"
    );
    let limit = adr(folder.path(), &["search", "use", "--limit", "0"]);
    let first =
        "error: invalid value '0' for '--limit <N>': must be at least 1; `--all` prints all\n";
    assert!(limit.starts_with(first) && limit.ends_with("[2]"), "{limit}");
}

#[test]
fn a_folder_that_is_gone_is_that_of_the_file_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let said = |file: &str| {
        format!(
            "error: no such folder: `gone` (named in `{file}`)\n  \
             hint: correct `{file}`, or run `adr new TITLE` to start a log there\n[2]"
        )
    };
    fs::write(folder.join(".adr-dir"), "gone\n").unwrap();
    assert_eq!(adr(folder, &["list"]), said(".adr-dir"));
    fs::write(folder.join("adr.toml"), "dir = \"gone\"\n").unwrap();
    assert_eq!(adr(folder, &["list"]), said("adr.toml"));
    assert_eq!(
        adr(folder, &["list", "--dir", "gone"]),
        "error: no such folder: `gone`\n  hint: check the path, or run `adr init`\n[2]"
    );
}

#[test]
fn a_setting_says_itself_what_is_wrong_with_it() {
    let folder = log();
    let folder = folder.path();
    fs::write(folder.join("adr.toml"), "[lint]\npreset = \"strict\"\n").unwrap();
    let set = |setting: &str| adr(folder, &["list", "--config", setting]);
    let form = "expected KEY=VALUE, such as lint.preset=strict; a configuration file is found by its name, \
                adr.toml";
    for setting in ["other.toml", "lint", "=strict"] {
        let path = format!("`--config {setting}`");
        let said = format!("error: cannot use the configuration in {path}: {form}\n[2]");
        assert_eq!(set(setting), said);
    }
    assert_eq!(
        set("lint.unknown=1"),
        "error: cannot use the configuration in `--config lint.unknown=1`: unknown key `unknown`; \
         run `adr schema adr-toml` for all keys\n[2]"
    );
    assert_eq!(
        set("lint.preset=strictt"),
        "error: cannot use the configuration in `--config lint.preset=strictt`: unknown variant \
         `strictt`, expected `default` or `strict`\n  hint: did you mean `strict`?\n[2]"
    );
}

#[test]
fn a_number_that_two_records_have_tells_none_of_them() {
    let folder = log();
    let folder = folder.path();
    fs::write(folder.join("docs/adr/0001-use-c.md"), "# 1. Use C\n").unwrap();
    assert_eq!(
        adr(folder, &["show", "1"]),
        "error: 2 records match `1`\n  ADR-0001  0001-use-a.md  accepted\n  ADR-0001  0001-use-c.md\n  \
         hint: specify one by its file name\n[2]"
    );
    assert!(adr(folder, &["show", "0001-use-c.md"]).starts_with("ADR-0001 Use C\n"));
    let words = adr(folder, &["show", "use"]);
    assert!(words.ends_with("hint: specify one by its number or its file name\n[2]"), "{words}");
}

#[test]
fn a_number_counts_only_where_nothing_before_it_may_be_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let titles = ["Use Kafka", "Use a database", "Use HTTP 2", "Use Python 3", "Use HTTP 20"];
    for (at, title) in titles.into_iter().enumerate() {
        let name = format!("{:04}-{}.md", at + 1, title.to_lowercase().replace(' ', "-"));
        let text = format!("# {}. {title}\n\n## Status\n\nAccepted\n", at + 1);
        fs::write(log.join(name), text).unwrap();
    }
    let show = |given: &str| {
        let said = adr(folder.path(), &["show", "--raw", "--", given]);
        said.lines().rfind(|line| !line.is_empty()).unwrap().to_owned()
            + " / "
            + said.lines().next().unwrap()
    };
    for (given, title) in [
        ("http-2", "# 3. Use HTTP 2"),
        ("HTTP 2", "# 3. Use HTTP 2"),
        ("use-http-2", "# 3. Use HTTP 2"),
        ("python 3", "# 4. Use Python 3"),
        ("2", "# 2. Use a database"),
        ("#2", "# 2. Use a database"),
        ("ADR-0002", "# 2. Use a database"),
        ("adr/2", "# 2. Use a database"),
    ] {
        assert_eq!(show(given), format!("Accepted / {title}"), "{given}");
    }
    let none = |given: &str, hint: &str| {
        let said = format!("error: no record matches `{given}`\n  hint: {hint}\n[2]");
        assert_eq!(adr(folder.path(), &["show", "--", given]), said);
    };
    none("sprint-5", "did you mean ADR-0005 Use HTTP 20?");
    none("OPS-2", "did you mean ADR-0002 Use a database?");
    let near = "ADR-0002 Use a database or ADR-0003 Use HTTP 2 or ADR-0005 Use HTTP 20";
    none("Use databse 2", &format!("did you mean {near}?"));
    none("-1", "did you mean ADR-0001 Use Kafka?");
    none("OPS-77", "run `adr list` to see all records");
    let status = adr(folder.path(), &["status", "http-2", "deprecated"]);
    assert_eq!(status, "docs/adr/0003-use-http-2.md\n");
}

#[test]
fn records_that_are_nearly_named_are_suggested() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let text = "# 2. Use PostgreSQL for orders\n\n## Status\n\nProposed\n";
    fs::write(log.join("0002-use-postgresql-for-orders.md"), text).unwrap();
    let text = "# 3. Sign every commit\n\n## Status\n\nAccepted\n";
    fs::write(log.join("0003-sign-every-commit.md"), text).unwrap();
    let hint = |given: &str| adr(folder.path(), &["show", given]).lines().nth(1).map(str::to_owned);
    let meant = |name: &str| Some(format!("  hint: did you mean {name}?"));
    let postgres = meant("ADR-0002 Use PostgreSQL for orders");
    assert_eq!(hint("postgers"), postgres);
    assert_eq!(hint("docs/adr/0002-use-postgresql-for-order.md"), postgres);
    assert_eq!(hint("0002-use-postgersql-for-orders"), postgres);
    assert_eq!(hint("ordres"), postgres);
    assert_eq!(hint("comit"), meant("ADR-0003 Sign every commit"));
    assert_eq!(hint("@lats"), meant("`@last`"));
    assert_eq!(hint("@propsed"), meant("`@proposed`"));
    assert_eq!(hint("kubernetes"), Some("  hint: run `adr list` to see all records".to_owned()));
}

#[test]
fn the_record_that_is_proposed_has_a_name_of_its_own() {
    let folder = log();
    let none =
        "error: no record matches `@proposed`\n  hint: run `adr list` to see all records\n[2]";
    assert_eq!(adr(folder.path(), &["show", "@proposed"]), none);
    assert!(adr(folder.path(), &["new", "Use", "C"]).ends_with("0003-use-c.md\n"));
    let accepted = adr(folder.path(), &["status", "@proposed", "accepted"]);
    assert_eq!(accepted, "docs/adr/0003-use-c.md\n");
    for title in ["Use D", "Use E"] {
        adr(folder.path(), &["new", title]);
    }
    let several = "error: 2 records match `@proposed`\n  ADR-0004  Use D  proposed\n  ADR-0005  Use E  \
        proposed\n  hint: specify one by its number or its file name\n[2]";
    assert_eq!(adr(folder.path(), &["show", "@proposed"]), several);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let folder = log();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let said =
        "error: cannot write the output\n  caused by: No space left on device (os error 28)\n";
    for args in [&["list"][..], &["--help"], &["help", "list"], &["rule", "ADR402"]] {
        let output = command(folder.path(), args).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said, "{args:?}");
    }
    let mut theirs = command(folder.path(), &["list"]);
    let theirs = theirs.env("ADR_COMPAT", "adr-tools").stdout(full()).output().unwrap();
    assert_eq!((theirs.status.code(), theirs.stderr), (Some(2), said.into()));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_silent_and_changes_no_answer() {
    let folder = log();
    fs::write(folder.path().join("docs/adr/0002-use-b.md"), "# 2. Use B\n\n[x](0009-x.md)\n")
        .unwrap();
    for (args, code) in [(&["list"][..], 0), (&["--help"], 0), (&["lint", "-q"], 1)] {
        let mut command = command(folder.path(), args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}

#[test]
fn a_file_is_not_told_what_only_others_lack() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    let text = |date: &str, number: u8| {
        format!(
            "# {number}. Use it\n\n{date}## Status\n\nAccepted\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n\
             ## Consequences\n\nC.\n"
        )
    };
    for number in 1..7 {
        fs::write(log.join(format!("{number:04}-use.md")), text("", number)).unwrap();
    }
    fs::write(log.join("0007-dated.md"), text("Date: 2026-01-05\n\n", 7)).unwrap();
    let lint = |file: &str| {
        adr(folder.path(), &["lint", "--output-format", "concise", "--select", "ADR2", "-q", file])
    };
    assert_eq!(
        lint("docs/adr/0001-use.md"),
        "docs/adr: warning ADR206 6 of 7 records have no date\n"
    );
    assert_eq!(lint("docs/adr/0007-dated.md"), "");
}

#[test]
fn a_scheme_that_would_lose_records_is_refused_by_every_command() {
    for scheme in [".NNNN-slug", "../../NNNN-slug", "templates/NNNN-slug", "NNNN\\n-slug", "slug"] {
        let folder = log();
        let folder = folder.path();
        fs::write(folder.join("adr.toml"), format!("scheme = \"{scheme}\"\n")).unwrap();
        for args in [&["list"][..], &["lint"], &["build"], &["new", "Lost"], &["config"]] {
            let said = adr(folder, args);
            assert!(
                said.starts_with("error: cannot use the configuration in `adr.toml`: "),
                "{said}"
            );
            assert!(said.contains("`scheme`") && said.ends_with("[2]"), "{said}");
        }
        let left = fs::read_dir(folder.join("docs/adr")).unwrap().count();
        assert_eq!(left, 2, "{scheme}");
    }
}
