//! Parts of a site from outside the records: pictures, the forge, the linter. Runs the program.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::prose;

/// Runs `adr` in a folder with these files; returns the files written to `site`, and the exit code.
fn build(folder: &Path, files: &[(&str, &str)], arguments: &[&str]) -> Option<i32> {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
    adr.current_dir(folder).env("ADR_DATE", "2026-06-01").args(["build", "-q", "--out", "site"]);
    adr.args(arguments).output().unwrap().status.code()
}

const RECORD: &str = "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n\
    ![Map](img/a%20map.png) ![Lost](img/lost.png) ![Far](https://a.example/b.png)\n\
    <img src=\"img/a map.png\" alt=\"\" width=\"120\" height=\"9e9\"> [code](../../src/main%20x.rs#L3) [out](../../../x) [root](/README.md)\n";

#[test]
fn pictures_go_along_and_files_are_on_the_forge() {
    let folder = tempfile::tempdir().unwrap();
    let config = "dir = \"docs/adr\"\n[site]\nrepository = \"https://gitlab.example/t/p.git\"\nlanguage = \"de\"\n";
    let files =
        [("adr.toml", config), ("docs/adr/0001-a.md", RECORD), ("docs/adr/img/a map.png", "PNG")];
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let page = fs::read_to_string(folder.path().join("site/decisions/0001.html")).unwrap();
    let text = prose(&page).lines().skip(1).collect::<Vec<_>>().join("\n");
    let forge = "https://gitlab.example/t/p/-/blob/HEAD";
    assert_eq!(
        text,
        format!(
            "<p><img src=\"../picture/a-map.png\" alt=\"Map\" loading=\"lazy\"> \
             <a href=\"{forge}/docs/adr/img/lost.png\">Lost</a> \
             <a href=\"https://a.example/b.png\">Far</a>\n\
             <img src=\"../picture/a-map.png\" alt=\"\" width=\"120\"> <a href=\"{forge}/src/main%20x.rs#L3\">code</a> \
             <span class=\"path\" title=\"../../../x\">out</span> <a href=\"{forge}/README.md\">root</a></p>"
        )
    );
    assert_eq!(fs::read(folder.path().join("site/picture/a-map.png")).unwrap(), b"PNG");
    assert!(page.contains("lang=\"de\""));
    let edit =
        "<a href=\"https://gitlab.example/t/p/-/edit/HEAD/docs/adr/0001-a.md\">Bearbeiten</a>";
    assert!(page.contains(edit), "{page}");
}

#[test]
fn a_picture_in_capitals_goes_along_too() {
    let folder = tempfile::tempdir().unwrap();
    let record = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nIt is <IMG SRC=\"a.png\" ALT=\"a\"> so.\n";
    let files = [("adr.toml", "dir = \"adr\"\n"), ("adr/0001-a.md", record), ("adr/a.png", "PNG")];
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let page = fs::read_to_string(folder.path().join("site/decisions/0001.html")).unwrap();
    assert!(prose(&page).contains("<img src=\"../picture/a.png\" alt=\"a\">"), "{page}");
    assert_eq!(fs::read(folder.path().join("site/picture/a.png")).unwrap(), b"PNG");
}

#[test]
fn a_picture_that_stays_behind_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let record = "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n\
        ![a](a.png) ![b](b.svg) ![c](c.tiff) ![d](lost.png) ![e](e.svg)\n";
    let files = [
        ("adr.toml", "dir = \"adr\"\n"),
        ("adr/0001-a.md", record),
        ("adr/a.png", "PNG"),
        ("adr/b.svg", "<svg><foreignObject><table/></foreignObject></svg>"),
        ("adr/e.svg", "<svg><use href=\"other.svg#a\"/></svg>"),
        ("adr/c.tiff", "TIFF"),
    ];
    let left_out = || {
        let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
        adr.current_dir(folder.path()).env("ADR_DATE", "2026-06-01").args(["build"]);
        let said = String::from_utf8(adr.output().unwrap().stderr).unwrap();
        said.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let always = [
        "b.svg is left out: the labels of the drawing are HTML; export it with labels as text \
         (`htmlLabels: false` in Mermaid)",
        "c.tiff is left out: it is not a png, jpeg, gif, webp, avif or svg file",
        "e.svg is left out: the drawing shows images that are external or SVG; embed them as PNG",
    ];
    assert_eq!(left_out(), always);
    let git = Command::new("git").arg("-C").arg(folder.path()).args(["init", "-q"]).status();
    assert!(git.unwrap().success());
    let untracked = "a.png is left out: git does not track it; `git add` it to publish it";
    assert_eq!(left_out(), [&[untracked], &always[..]].concat());
    let health = fs::read_to_string(folder.path().join("site/health.html")).unwrap();
    for line in [
        "<li><code>a.png</code> is not tracked by git.</li>",
        "<li><code>b.svg</code> is a drawing with HTML labels; export it with text labels.</li>",
        "<li><code>e.svg</code> is not an SVG drawing that can be shown safely.</li>",
    ] {
        assert!(health.contains(line), "{line}\n{health}");
    }
    let (_, left_out) = health.split_once("Unpublished pictures").unwrap();
    assert!(!left_out.contains("lost.png"), "the linter reports it");
}

#[test]
fn a_drawing_goes_along_without_what_runs() {
    let folder = tempfile::tempdir().unwrap();
    let record = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n![a](a.svg)\n";
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>x()</script><style>a{fill:red}</style><path d='M0 0'/></svg>";
    let files =
        [("adr.toml", "dir = \"adr\"\n"), ("adr/0001-a.md", record), ("adr/a.svg", drawing)];
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let shown = fs::read_to_string(folder.path().join("site/picture/a.svg")).unwrap();
    let inside = "><style>a{fill:red}</style><path d=\"M0 0\"/></svg>\n";
    assert!(shown.starts_with("<svg xmlns=") && shown.ends_with(inside), "{shown}");
    assert!(!shown.contains("x()"), "{shown}");
}

#[test]
fn drafts_can_be_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let draft = "---\nstatus: draft\ndate: 2026-01-05\n---\n# Secret\n\n## Context\n\nx\n";
    let files = [
        ("adr.toml", "dir = \"adr\"\n[site]\ndrafts = \"hide\"\n"),
        ("adr/0001-a.md", RECORD),
        ("adr/0002-secret.md", draft),
    ];
    build(folder.path(), &files, &[]);
    for entry in walkdir::WalkDir::new(folder.path().join("site")) {
        let entry = entry.unwrap();
        let text = fs::read(entry.path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&text).contains("Secret"), "{}", entry.path().display());
    }
}

#[test]
fn a_strict_build_fails_for_errors_and_writes_the_site_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nSuperseded by [9](0009-x.md)\n\n## Context\n\nx\n";
    let files = [("adr.toml", "dir = \"adr\"\n"), ("adr/0001-a.md", wrong)];
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    assert_eq!(build(folder.path(), &files, &["--strict"]), Some(1));
    let health = fs::read_to_string(folder.path().join("site/health.html")).unwrap();
    assert!(
        health.contains(
            "<h2><code>ADR401</code> <code>dangling-reference</code> <span class=\"count\">"
        ),
        "{health}"
    );
    assert!(health.contains("<a href=\"decisions/0001.html\">"), "{health}");
}

#[test]
fn an_address_of_the_web_is_a_record_only_where_the_project_has_it() {
    let here = "https://github.com/t/p/blob/main/docs/adr/0002-use-a-database.md#why";
    let elsewhere = [
        "https://github.com/OTHER/thing/blob/main/docs/adr/0002-use-a-database.md",
        "https://docs.example/x/0002-use-a-database.md",
        "https://other.example/adr/0002-use-a-database.html",
        "https://github.com/t/p/blob/main/vendor/docs/adr/0002-use-a-database.md",
        "https://github.com/t/p/blob/v1.0/docs/adr/0002-use-a-database.md",
    ];
    let links = elsewhere.map(|to| format!("[x]({to})")).join("\n");
    let first =
        format!("# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n[own]({here})\n{links}\n");
    let config = "dir = \"docs/adr\"\n[site]\nrepository = \"https://github.com/t/p\"\n";
    let second = "# 2. Use a database\n\n## Status\n\nAccepted\n\n## Why\n\nIt holds.\n";
    let page = |config: &str| {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("adr.toml", config),
            ("docs/adr/0001-a.md", first.as_str()),
            ("docs/adr/0002-use-a-database.md", second),
        ];
        assert_eq!(build(folder.path(), &files, &[]), Some(0));
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let linked = read("site/decisions/0002.html").contains("Referenced by");
        (prose(&read("site/decisions/0001.html")).to_owned(), linked)
    };
    let expected = |own: &str| {
        let others = elsewhere.map(|to| format!("<a href=\"{to}\">x</a>")).join("\n");
        format!("<h2 id=\"context\">Context</h2>\n<p><a href=\"{own}\">own</a>\n{others}</p>")
    };
    assert_eq!(page(config), (expected("0002.html#why"), true));
    assert_eq!(page("dir = \"docs/adr\"\n"), (expected(here), false));
}

#[test]
fn each_record_leads_to_its_source_as_its_forge_writes_addresses() {
    let facts = |repository: &str| {
        let folder = tempfile::tempdir().unwrap();
        let config = format!("dir = \"adr\"\n[site]\n{repository}\n");
        let files = [("adr.toml", config.as_str()), ("adr/0001-a.md", "# 1. A\n")];
        assert_eq!(build(folder.path(), &files, &[]), Some(0));
        let page = fs::read_to_string(folder.path().join("site/decisions/0001.html")).unwrap();
        super::between(&page, "JSON</a>", "</dd>").to_owned()
    };
    assert_eq!(
        facts("repository = \"https://git.example/t/p\"\nforge = \"gitea\""),
        ", <a href=\"https://git.example/t/p/src/branch/HEAD/adr/0001-a.md\">Source</a>, \
         <a href=\"https://git.example/t/p/_edit/HEAD/adr/0001-a.md\">Edit</a>"
    );
    assert_eq!(
        facts("repository = \"https://dev.azure.com/o/p/_git/r\""),
        ", <a href=\"https://dev.azure.com/o/p/_git/r?path=/adr/0001-a.md\">Source</a>"
    );
}

#[test]
fn what_is_not_in_the_repository_is_seen_to_be_broken() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n\
        [there](../../src/main.rs) [gone](../../src/none.rs) [root](/src/none.rs) [index](README.md)\n\
        ![lost](nope.png) ![new](new.png) <img src=\"nope.png\"> <a href=\"none.txt\">z</a> \
        <a href=\"javascript:x\">run</a>\n";
    let config = "dir = \"docs/adr\"\n[site]\nrepository = \"https://github.com/t/p\"\n";
    let files = [
        ("adr.toml", config),
        ("docs/adr/0001-a.md", text),
        ("docs/adr/README.md", "# Decisions\n\n* [A](0001-a.md)\n"),
        ("docs/adr/new.png", "PNG"),
        ("src/main.rs", ""),
    ];
    let git = Command::new("git").arg("-C").arg(folder.path()).args(["init", "-q"]).status();
    assert!(git.unwrap().success());
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let page = fs::read_to_string(folder.path().join("site/decisions/0001.html")).unwrap();
    let forge = "https://github.com/t/p/blob/HEAD";
    let broken = |to: &str, words: &str| {
        format!(
            "<span class=\"broken\" title=\"{to}\">{words}<span class=\"unseen\"> (not found)</span></span>"
        )
    };
    assert_eq!(
        prose(&page).lines().skip(1).collect::<Vec<_>>().join("\n"),
        [
            &format!("<p><a href=\"{forge}/src/main.rs\">there</a> "),
            &broken("../../src/none.rs", "gone"),
            " ",
            &broken("/src/none.rs", "root"),
            &format!(" <a href=\"{forge}/docs/adr/README.md\">index</a>\n"),
            &broken("nope.png", "lost"),
            " ",
            &broken("new.png", "new"),
            " ",
            &broken("nope.png", "Picture"),
            " ",
            &broken("none.txt", "z"),
            // Of a link with a script address, only the text remains.
            " run</p>",
        ]
        .concat()
    );
}

#[test]
fn the_health_page_says_what_is_wrong_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nSuperseded by [9](0009-x.md)\n\n## Context\n\nx\n";
    let files = [("adr.toml", "dir = \"adr\"\n"), ("adr/0001-a.md", wrong)];
    assert_eq!(build(folder.path(), &files, &["--config", "site.language=de"]), Some(0));
    let page = fs::read_to_string(folder.path().join("site/health.html")).unwrap();
    let (_, finding) = page.split_once("<section class=\"finding\">\n").unwrap();
    let (finding, _) = finding.split_once("\n</section>").unwrap();
    assert_eq!(
        finding,
        "<h2><code>ADR401</code> <code>dangling-reference</code> <span class=\"count\">Fehler, 1</span></h2>\n\
         <p class=\"quiet\" lang=\"en\">Reports relations to records that do not exist.</p>\n\
         <ul>\n\
         <li><a href=\"decisions/0001.html\"><span class=\"number\">ADR-0001</span> A</a>, Zeile 7: \
         <span lang=\"en\">ADR-0001 is superseded by <code>[9](0009-x.md)</code>, \
         which is not a record in this log</span></li>\n\
         </ul>"
    );
}

#[test]
fn a_picture_is_shown_however_its_path_is_written_and_leads_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    let record = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n\
        [![a](img/a.png \"T\")](./img/../img/a.png) ![b](/docs/adr/img/a.png) [c](img/a.png?raw=true)\n\n\
        <picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"img/dark.png\">\n\
        <img alt=\"x > y\" src=\"../adr/img/a.png\" title=\"U\">\n</picture>\n";
    let files = [
        ("docs/adr/0001-a.md", record),
        ("docs/adr/img/a.png", "PNG"),
        ("docs/adr/img/dark.png", "PNG"),
    ];
    let git = |arguments: &[&str]| {
        let git = Command::new("git").arg("-C").arg(folder.path()).args(arguments).status();
        assert!(git.unwrap().success());
    };
    git(&["init", "-q"]);
    build(folder.path(), &files, &[]);
    git(&["add", "docs"]);
    assert_eq!(build(folder.path(), &files, &[]), Some(0));
    let page = fs::read_to_string(folder.path().join("site/decisions/0001.html")).unwrap();
    let shown = "../picture/a.png";
    assert_eq!(
        prose(&page).lines().filter(|line| line.contains('<')).skip(1).collect::<Vec<_>>(),
        [
            format!(
                "<p><a href=\"{shown}\"><img src=\"{shown}\" alt=\"a\" loading=\"lazy\" title=\"T\"></a> \
                 <img src=\"{shown}\" alt=\"b\" loading=\"lazy\"> <a href=\"{shown}\">c</a></p>"
            ),
            format!("<img src=\"{shown}\" alt=\"x &gt; y\" title=\"U\">"),
        ]
    );
    assert!(folder.path().join("site/picture/a.png").exists());
}
