//! The pages that depend on git, history and changes: valid like all others, and within their size limits.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::budget::{Dice, at_most, page};
use super::{check, read_site};

/// A log in a repository, committed; its site is built elsewhere.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(place.0.path().join("project/log")).unwrap();
        place.git(&["init", "-q", "-b", "main"]);
        fs::write(place.0.path().join("project/adr.toml"), "dir = \"log\"\n").unwrap();
        place
    }

    fn git(&self, args: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.0.path().join("project"));
        git.args(["-c", "user.name=Ann & Bob", "-c", "user.email=a@example.org"]);
        assert!(git.args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").status().unwrap().success());
    }

    fn put(&self, file: &str, text: &str) {
        fs::write(self.0.path().join("project/log").join(file), text).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "a change"]);
    }

    fn site(&self, more: &[&str]) -> BTreeMap<String, String> {
        let out = self.0.path().join("site");
        let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
        adr.current_dir(self.0.path().join("project")).arg("build").arg("--out").arg(&out);
        assert!(adr.args(more).status().unwrap().success());
        read_site(Path::new(&out))
    }
}

#[test]
fn the_pages_of_a_change_are_sound_whatever_the_records_hold() {
    let place = Place::new();
    let evil = "<script>alert(1)</script>\"'&";
    let text = |title: &str, status: &str| {
        format!("# {title}\n\n## Status\n\n{status}\n\n## Context\n\n{title} {status}\n")
    };
    place.put("0001-a.md", &text(evil, "Proposed"));
    place.put("0002-b.md", &text(&format!("B {evil}"), "Accepted"));
    place.put("0003-c.md", &text(&format!("C {evil}"), "Accepted"));
    place.commit();
    place.put("0001-a.md", &text(evil, evil));
    place.put("0002-b.md", &text(&format!("B {evil} <ins>"), "Accepted"));
    fs::remove_file(place.0.path().join("project/log/0003-c.md")).unwrap();
    place.git(&["checkout", "-q", "-b", "work"]);
    place.commit();
    let site = place.site(&["--base", "main"]);
    check(&site);
    assert!(site["changes.html"].contains("<ins>&lt;script&gt;"), "{}", site["changes.html"]);
    assert!(site["decisions/0001.html"].contains("Ann &amp; Bob"));
    assert!(site == place.site(&["--base", "main"]));
}

#[test]
fn a_page_with_a_long_history_arrives_with_the_first_packets() {
    let place = Place::new();
    let mut dice = Dice(1);
    let mut text = String::new();
    while text.len() < 5_000 {
        write!(text, "\n## {}\n\n{}\n", dice.sentence(3), dice.sentence(80)).unwrap();
    }
    for at in 0..24 {
        let status = ["Proposed", "Accepted", "Deprecated"][at % 3];
        place.put("0001-a.md", &format!("# A decision\n\n## Status\n\n{status}\n{text}"));
        place.commit();
    }
    let site = place.site(&[]);
    assert_eq!(site["decisions/0001.html"].matches("class=\"by\"").count(), 24);
    at_most("a record of 5 kB that changed often", page(&site, "decisions/0001.html"), 14 * 1024);
}
