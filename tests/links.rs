//! Links that we write, read again: every link must point to its file, whatever the name of the file. All
//! parts of the program must agree on each link. Runs the program, and follows links with our own parser.

#![expect(clippy::disallowed_methods, reason = "tests create the logs they check")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rationale::export::{Addresses, Toc, toc};
use rationale::format::{Recognised, Words, recognise};
use rationale::model::{Log, RecordId, Resolver, Target};
use rationale::syntax::{links, parse};
use rationale::text::Source;

/// Pieces of names: texts that end, split or change a link in some parser.
const PIECES: [&str; 28] = [
    "a", "B", "9", "-", "_", " ", "#", "?", "%", "%20", "(", ")", "[", "]", "{", "}", "<", ">",
    "\"", "'", "`", "\\", "&", "&amp;", "|", "*", ":", "é決",
];

const TEXT: &str = "# A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n";

/// One to eight pieces, with a fixed seed.
fn name(seed: u64) -> String {
    let mut state = seed;
    let mut next = |limit: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    };
    let count = 1 + next(8);
    (0..count).filter_map(|_| PIECES.get(next(PIECES.len()))).copied().collect()
}

fn log(files: &[String]) -> Log {
    let record = |file: &String| match recognise(
        Source::new(format!("docs/adr/{file}"), TEXT),
        file,
        &Words::new(std::iter::empty()),
    ) {
        Recognised::Record(record) => record,
        Recognised::Skipped(skipped) => panic!("{skipped:?}"),
    };
    Log::new(files.iter().map(record).collect(), vec![])
}

#[test]
fn a_link_of_a_list_leads_to_the_file_whatever_its_name() {
    for seed in 0..2_000 {
        let files =
            ["0001-a.md".to_owned(), format!("x {}/0002-{}.md", name(seed + 10_000), name(seed))];
        let log = log(&files);
        let ids: Vec<RecordId> = log.iter().map(|(id, _)| id).collect();
        let resolver = Resolver::new(&log, &|_| None);
        let first = log.record(*ids.first().unwrap());
        for table in [false, true] {
            let list = toc(&log, &ids, &Toc { addresses: Addresses::default(), table });
            let found = links(&parse(&list), &list);
            let targets: Vec<Target> =
                found.iter().map(|link| resolver.target(first, &link.destination)).collect();
            assert_eq!(
                targets,
                ids.iter().map(|id| Target::Record(*id)).collect::<Vec<_>>(),
                "{list}"
            );
        }
    }
}

/// Runs `adr` in a folder.
fn adr(folder: &Path, arguments: &[&str]) -> Output {
    let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
    adr.current_dir(folder).env("ADR_DATE", "2026-06-01").args(arguments).output().unwrap()
}

fn put(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn git(folder: &Path) {
    let git = Command::new("git").arg("-C").arg(folder).args(["init", "-q"]).status();
    assert!(git.unwrap().success());
}

/// The findings on links, shortened.
fn findings(folder: &Path) -> Vec<String> {
    let output = adr(
        folder,
        &["lint", "--select", "ADR409,ADR410,ADR411,ADR416", "--output-format", "concise"],
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| line.split(" ADR-").next().unwrap().to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn a_relation_that_a_command_writes_and_a_link_that_it_repairs_lead_to_the_file() {
    let names = [
        "c#",
        "100%",
        "what?",
        "a (b)",
        "[c] {d}",
        "\"e\" 'f' `g`",
        "a&amp;b",
        "h:i",
        "größe +1, 2",
    ];
    for name in names {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        git(folder);
        let second = format!("docs/adr/more of it/0002-{name}-tools.md");
        let broken = TEXT.replace("x\n", "[ADR-0002](more%20of%20it/0002-old-tools.md)\n");
        put(
            folder,
            &[("docs/adr/0001-a.md", &broken), (&second, &TEXT.replace("# A", "# 2. Use tools"))],
        );
        assert_eq!(
            adr(folder, &["lint", "--fix", "--unsafe-fixes"]).status.code(),
            Some(0),
            "{name}"
        );
        assert_eq!(adr(folder, &["link", "1", "amends", "2"]).status.code(), Some(0), "{name}");
        assert_eq!(
            findings(folder),
            Vec::<String>::new(),
            "{}",
            read(folder, "docs/adr/0001-a.md")
        );
        let listed = String::from_utf8(adr(folder, &["list", "--json"]).stdout).unwrap();
        let target = serde_json::json!(format!("more of it/0002-{name}-tools.md")).to_string();
        assert!(listed.contains(&format!("\"target\": {target}")), "{listed}");
    }
}

/// Writes a log with all kinds of links into a folder.
fn put_links(folder: &Path) {
    git(folder);
    let first = TEXT.replace(
        "x\n",
        "[top](#top) [own](#Own) [kram](#kram) [words](#words) [far](#far-away) [none](#none)\n\
         [above](../) [guide](../guide/) [root](/docs/guide) [site](/img/x.png) [gone](/docs/gone.txt)\n\
         <a href=\"../guide\">html</a> <a href=\"lost.txt\">lost</a> <m@example.org> [call](tel:+1) [chat](chat:x)\n\
         [page](0002-b.html) [old](0002-old-b.md) [case](Readme.md)\n\n\
         ### It {#Own}\n\n### It {: #kram}\n\n> ### Words\n\n<a name=\"far-away\"></a>\n",
    );
    let second = TEXT.replace("# A", "# 2. B").replace("x\n", "[x](/CONTRIBUTING.md)\n");
    put(
        folder,
        &[
            ("docs/adr/0001-a.md", &first),
            ("docs/adr/0002-b.md", &second),
            ("docs/adr/README.md", "# Decisions\n\n* [A](0001-a.md)\n"),
            ("docs/guide/start.txt", "Start.\n"),
            ("CONTRIBUTING.md", "# How\n"),
        ],
    );
}

#[test]
fn linter_and_page_have_one_verdict_for_one_link() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put_links(folder);
    assert_eq!(
        findings(folder),
        [
            "docs/adr/0001-a.md:11:79: error ADR410",
            "docs/adr/0001-a.md:12:79: error ADR409",
            "docs/adr/0001-a.md:13:38: error ADR409",
            "docs/adr/0001-a.md:14:27: error ADR409 [*]",
            "docs/adr/0001-a.md:14:49: error ADR416 [*]",
        ]
    );
    put(
        folder,
        &[("adr.toml", "dir = \"docs/adr\"\n[site]\nrepository = \"https://github.com/t/p\"\n")],
    );
    assert_eq!(adr(folder, &["build", "-q"]).status.code(), Some(0));
    let page = read(folder, "site/decisions/0001.html");
    for words in [
        "top", "own", "kram", "words", "far", "above", "guide", "root", "html", "call", "page",
        "old",
    ] {
        assert!(page.contains(&format!("\">{words}</a>")), "{words}: {page}");
    }
    for words in ["none", "gone", "lost", "case"] {
        assert!(
            page.contains(&format!("\">{words}<span class=\"unseen\"> (not found)")),
            "{words}"
        );
    }
    for words in ["site", "chat"] {
        assert!(
            page.contains(&format!(
                "<span class=\"path\" title=\"{}",
                ["/img/x.png", "chat:x"][usize::from(words == "chat")]
            )),
            "{words}"
        );
    }
    assert!(page.contains("<a href=\"mailto:m@example.org\">m@example.org</a>"), "{page}");
    for id in ["Own", "kram", "words", "far-away"] {
        assert!(
            page.contains(&format!("id=\"{id}\"")) && page.contains(&format!("href=\"#{id}\"")),
            "{id}"
        );
    }
    let second = read(folder, "site/decisions/0002.html");
    assert!(
        second.contains("<a href=\"https://github.com/t/p/blob/HEAD/CONTRIBUTING.md\">x</a>"),
        "{second}"
    );
}

#[test]
fn renumbering_follows_the_links_that_lead_to_the_record_and_no_others() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let first = TEXT.replace(
        "x\n",
        "[a](0002-use-b.md) <a href=\"0002-use-b.md#x\">b</a> [c](/docs/adr/0002-use-b.md) [d](../adr/0002-use-b.md)\n\
         [ADR-0002 of theirs](../../team/0002-use-b.md) [e](0002%2Duse-b.md) [f](../../docs/adr/0002-use-b.md)\n",
    );
    put(
        folder,
        &[
            ("docs/adr/0001-a.md", &first),
            ("docs/adr/0002-use-b.md", &TEXT.replace("# A", "# 2. Use B")),
            ("docs/README.md", "[ours](adr/0002-use-b.md) [theirs](../team/0002-use-b.md)\n"),
            (
                "docs/adr/README.md",
                "# Decisions\n\n[ours](0002-use-b.md) [theirs](../../team/0002-use-b.md)\n",
            ),
        ],
    );
    let done = adr(folder, &["renumber", "2", "7"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let text = read(folder, "docs/adr/0001-a.md");
    let moved = first
        .replace("0002", "0007")
        .replace("ADR-0007 of theirs](../../team/0007", "ADR-0002 of theirs](../../team/0002");
    assert_eq!(text, moved);
    let index = read(folder, "docs/adr/README.md");
    assert!(
        index.ends_with("[ours](0007-use-b.md) [theirs](../../team/0002-use-b.md)\n"),
        "{index}"
    );
}
