//! House rules that the compiler does not check: allowed imports, length of files, module headers. Reads
//! the sources as text; does not depend on what they do.

#![expect(clippy::disallowed_methods, reason = "tests access the disk directly")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use std::fs;
use std::io::{self, Write as _};

use regex::Regex;

use self::circles::Modules;
use self::source::{File, code, crate_paths, ours, production, root, rust_files, without_comments};

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/language.rs"]
mod language;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/source.rs"]
mod source;

/// The allowed imports: a module, and the modules or single items that it may name. Every module may import
/// `error`, except `text`, which `error` imports. `docs/ARCHITECTURE.md` shows the same table.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &["text"]),
    ("text", &[]),
    ("syntax", &["text"]),
    ("model", &["text", "syntax"]),
    ("format", &["text", "syntax", "model"]),
    ("template", &["text"]),
    ("author", &["text", "syntax", "model", "format", "template"]),
    ("lint", &["text", "syntax", "model", "format"]),
    ("report", &["text", "model", "lint"]),
    ("export", &["text", "model"]),
    ("site", &["text", "syntax", "model", "template", "lint", "export"]),
    ("serve", &["text"]),
    ("svg", &[]),
    (
        "project",
        &[
            "text",
            "model",
            "format",
            "template",
            "author::Scheme",
            "svg",
            "lint::Config",
            "site::Config",
        ],
    ),
    (
        "cli",
        &[
            "text", "syntax", "model", "format", "template", "author", "lint", "report", "export",
            "site", "serve", "svg", "project",
        ],
    ),
];

/// The submodules that may be named from outside; all others are private, so that every name has one path.
const DOORS: &[&str] = &["src/lint/mod.rs: rules"];

/// The maximum lines of code per file, without its tests.
const LONGEST_FILE: usize = 300;

/// The files that may read the text of a file with its carriage returns (`Source::written`): to write it
/// back, to show it unchanged, or to report its line endings.
const MAY_READ_RETURNS: &[&str] = &[
    "src/cli/adr_tools/log_texts.rs",
    "src/cli/commands/show.rs",
    "src/cli/commands/toc.rs",
    "src/lint/fixes/fix_loop.rs",
    "src/lint/rules/invalid_encoding.rs",
    "src/project/write/plan.rs",
    "src/site/pages/record_source.rs",
    "src/text/edits/source.rs",
];

#[test]
fn modules_import_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let module = module_of(&file.path);
        // What only tests use may look at everything.
        if !matches!(module, "main" | "lib") && !file.path.ends_with("/testing.rs") {
            let found = against_the_layers(module, &file.text);
            wrong.extend(found.iter().map(|name| format!("{}: crate::{name}", file.path)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "imports against the layers");
}

#[test]
fn every_module_has_its_layer() {
    let lib = code(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let declared = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    let declared = declared.captures_iter(&lib).map(|found| found[1].to_owned());
    let lost: Vec<String> = declared.filter(|name| layer(name).is_none()).collect();
    assert_eq!(lost, Vec::<String>::new(), "modules missing from `MAY_IMPORT`");
}

#[test]
fn the_architecture_page_shows_the_same_layers() {
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    for (module, allowed) in MAY_IMPORT {
        let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
        let names = match *module {
            "cli" => "all of them".to_owned(),
            _ if names.is_empty() => "–".to_owned(),
            _ => names.join(" "),
        };
        let row = format!("| `{module}` | {names} |");
        assert!(page.contains(&row), "docs/ARCHITECTURE.md lacks the row\n{row}");
    }
}

#[test]
fn modules_are_entered_by_the_front_door() {
    let public = Regex::new(r"(?m)^pub(?:\([^)]*\))? mod (\w+)").unwrap();
    let mut open = Vec::new();
    for file in rust_files("src").filter(|file| file.path != "src/lib.rs") {
        let code = production(&code(&file.text));
        open.extend(
            public.captures_iter(&code).map(|found| format!("{}: {}", file.path, &found[1])),
        );
    }
    open.retain(|door| !DOORS.contains(&door.as_str()));
    assert_eq!(open, Vec::<String>::new(), "public submodules");
}

/// A reader can only understand a room from the bottom up if no file depends on a file above it.
#[test]
fn no_room_has_a_circle_of_imports() {
    let circles = Modules::read(rust_files("src")).circles();
    assert_eq!(circles, Vec::<Vec<String>>::new(), "files that import each other");
}

#[test]
fn a_circle_is_seen_however_it_is_closed() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    for (a, b, expected) in [
        ("use super::b::B; type A = B;", "use crate::room::a::A; type B = A;", true),
        ("use super::B; type A = B;", "fn f() { super::a::f() }", true),
        (
            "use super::B; type A = B;",
            "#[cfg(test)]\nmod tests {\n    use crate::room::a::A;\n}\n",
            false,
        ),
        ("use super::Top; type A = Top;", "", true),
        ("use super::B; type A = B;", "", false),
    ] {
        let top = "mod a;\nmod b;\npub use b::B;\npub struct Top(a::A);";
        let files = [("src/room/mod.rs", top), ("src/room/a.rs", a), ("src/room/b.rs", b)];
        let files = files.into_iter().map(|(path, text)| file(path, text));
        assert_eq!(!Modules::read(files).circles().is_empty(), expected, "{a} {b}");
    }
}

#[test]
fn imports_name_what_they_take() {
    let vague = Regex::new(r"super::super|::\s*\*\s*[;,}]").unwrap();
    let mut wrong = Vec::new();
    for file in rust_files("src").chain(rust_files("tests")) {
        let code = code(&file.text);
        let lines = code.lines().enumerate().filter(|(_, line)| vague.is_match(line));
        wrong.extend(lines.map(|(at, line)| format!("{}:{}:{line}", file.path, at + 1)));
    }
    assert_eq!(wrong, Vec::<String>::new(), "glob imports, and paths through other rooms");
}

/// All code that reads lines supports LF and CRLF. That is sufficient because the text of a `Source` has no
/// other line endings; code that takes the text of the file instead would miss lines that end in CR.
#[test]
fn only_few_read_a_carriage_return_alone() {
    let reads = |file: &File| production(&code(&file.text)).contains(".written()");
    let found: Vec<String> = rust_files("src").filter(reads).map(|file| file.path).collect();
    assert_eq!(found, MAY_READ_RETURNS, "files that read `Source::written`");
}

/// Only a `Source` decodes the text of a record or a page.
#[test]
fn texts_are_read_by_way_of_a_source() {
    let decoding = Regex::new(r"\b(?:read_to_string|from_utf8\w*)\(").unwrap();
    let readers = ["syntax", "format", "author", "lint", "report", "export"];
    let files = rust_files("src").filter(|file| readers.contains(&module_of(&file.path)));
    let decodes = |file: &File| decoding.is_match(&production(&code(&file.text)));
    let found: Vec<String> = files.filter(decodes).map(|file| file.path).collect();
    // These convert bytes of an already decoded text.
    let own = [
        "src/format/statement/effective_text.rs",
        "src/format/words/phrase.rs",
        "src/lint/analysis/decision_text.rs",
        "src/syntax/markup/inline.rs",
    ];
    assert_eq!(found, own, "files that decode texts");
}

/// Only one place finds the root of a repository.
#[test]
fn only_the_room_of_git_looks_for_the_git_directory() {
    let looks = |file: &File| production(&without_comments(&file.text)).contains("\".git\"");
    let found: Vec<String> = rust_files("src").filter(looks).map(|file| file.path).collect();
    // The second one removes the suffix of an address.
    assert_eq!(found, ["src/project/git/root.rs", "src/site/plan/project.rs"]);
}

/// One file percent-encodes and decodes all links and addresses.
#[test]
fn one_file_encodes_addresses() {
    let encoding = Regex::new(r#"percent_encoding::|%\{\w*:02[xX]\}|"%(?:20|23|25|28)""#).unwrap();
    let encodes = |file: &File| encoding.is_match(&production(&without_comments(&file.text)));
    let found: Vec<String> = rust_files("src").filter(encodes).map(|file| file.path).collect();
    let known = [
        // Other ways to write a name.
        "src/author/naming/renaming.rs",
        // Reads the path of a badge.
        "src/format/fields/badge.rs",
        // Commands of a CI runner.
        "src/report/formats/github.rs",
        "src/text/escaping/url.rs",
    ];
    assert_eq!(found, known, "files that encode addresses");
}

/// Only `syntax::lines` decides what is code in a text.
#[test]
fn one_room_reads_fences() {
    let fence = Regex::new(r#""(?:`{3}|~{3})|b'`' \| b'~'"#).unwrap();
    let reads = |file: &File| fence.is_match(&production(&without_comments(&file.text)));
    let found: Vec<String> = rust_files("src").filter(reads).map(|file| file.path).collect();
    assert_eq!(found, ["src/syntax/structure/block_start.rs"], "files that look for fences");
}

/// Only `author/guard.rs` checks the edits that authors make to a record.
#[test]
fn the_guard_makes_all_edits_of_authors() {
    // Patterns contain `..`, values do not.
    let made = Regex::new(r"Change::Edit \{[^}.]*\}").unwrap();
    let files = rust_files("src").filter(|file| module_of(&file.path) == "author");
    let makes = |file: &File| {
        !file.path.ends_with("/testing.rs") && made.is_match(&production(&code(&file.text)))
    };
    let found: Vec<String> = files.filter(makes).map(|file| file.path).collect();
    assert_eq!(found, ["src/author/guard.rs"], "files that make edits");
}

#[test]
fn files_are_short() {
    let lengths = rust_files("src").map(|file| {
        let code = without_comments(&file.text);
        (production(&code).lines().filter(|line| !line.trim().is_empty()).count(), file.path)
    });
    let long: Vec<_> = lengths.filter(|(lines, _)| *lines > LONGEST_FILE).collect();
    assert_eq!(long, [], "files of more than {LONGEST_FILE} lines of code");
}

#[test]
fn every_file_says_what_it_is() {
    let files = rust_files("src").chain(rust_files("tests"));
    let bare = files.filter(|file| !file.text.starts_with("//! "));
    assert_eq!(bare.map(|file| file.path).collect::<Vec<_>>(), Vec::<String>::new());
}

/// The logs of other people are for measurements; no part of them may be in this repository.
#[test]
fn no_source_names_a_log_of_the_corpus() {
    let Ok(manifest) = fs::read_to_string(root().join("../shared/corpus/manifest.tsv")) else {
        // Not `eprintln!`, which the test harness captures if a test passes.
        let mut err = io::stderr();
        writeln!(err, "SKIPPED names of the corpus: ../shared/corpus does not exist").unwrap();
        return;
    };
    let columns = manifest.lines().skip(1).flat_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        [columns.first().copied(), columns.get(1).copied(), columns.last().copied()]
    });
    let names: Vec<String> = columns.flatten().map(str::to_lowercase).collect();
    assert!(names.len() > 60, "the manifest has an unexpected format");

    let mut found = Vec::new();
    for file in ours() {
        let text = file.text.to_lowercase();
        let hits = names.iter().filter(|name| text.contains(name.as_str()));
        found.extend(hits.map(|name| format!("{}: {name}", file.path)));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Tests the check of the layers itself.
#[test]
fn an_import_against_the_layers_is_seen_however_it_is_written() {
    for (module, text, expected) in [
        ("text", "use crate::model::Log;", vec!["model::Log"]),
        ("model", "use crate::{Error, text::{Span, Edit}, lint};", vec!["lint"]),
        ("lint", "fn f() { crate::site::build() }", vec!["site::build"]),
        (
            "export",
            "use crate::{\n    model::Log,\n    cli::{self, run},\n};",
            vec!["cli", "cli::run"],
        ),
        ("project", "use crate::{lint, site};\nlint::Config; site::Page;", vec!["site::Page"]),
        ("lint", "// crate::site::Page\nlet _ = \"crate::cli::run\"; 'c'", vec![]),
        ("lint", "#[cfg(test)]\nmod tests {\n    use crate::report::text;\n}\n", vec![]),
        ("lint", "macro_rules! m { () => { $crate::report::text() } }", vec!["report::text"]),
    ] {
        assert_eq!(against_the_layers(module, text), expected, "{module}: {text}");
    }
}

/// The names in `text`, a file of `module`, that its layer may not use.
fn against_the_layers(module: &str, text: &str) -> Vec<String> {
    let code = production(&code(text));
    let allowed = layer(module).unwrap_or_default();
    let mut wrong = Vec::new();
    for path in crate_paths(&code) {
        let (other, item) = path.split_once("::").unwrap_or((&path, ""));
        let is_layer = layer(other).is_some() && other != "error";
        if !is_layer || other == module || allowed.contains(&other) {
            continue;
        }
        let single = |item: &str| allowed.contains(&format!("{other}::{item}").as_str());
        let limited = allowed.iter().any(|name| name.starts_with(&format!("{other}::")));
        if limited && item.is_empty() {
            // `use crate::lint;` and then `lint::Config`: check the item that is used.
            let uses = Regex::new(&format!(r"\b{other}::(\w+)")).unwrap();
            let taken = uses.captures_iter(&code).filter(|taken| !single(&taken[1]));
            wrong.extend(taken.map(|taken| format!("{other}::{}", &taken[1])));
        } else if !single(item.split("::").next().unwrap_or_default()) {
            wrong.push(path);
        }
    }
    wrong
}

fn layer(module: &str) -> Option<&'static [&'static str]> {
    MAY_IMPORT.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed)
}

/// `src/lint/rule.rs` → `lint`.
fn module_of(path: &str) -> &str {
    let below = path.trim_start_matches("src/").trim_end_matches(".rs");
    below.split('/').next().unwrap_or_default()
}
