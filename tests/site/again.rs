//! Builds into the folder of an older site: changes are detected, and the result equals a build into a new
//! folder, byte for byte. Runs the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::budget::Dice;

/// A project with a log, and its built site.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.put("adr.toml", "dir = \"log\"\n");
        place.put("log/0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n\n![](a.png)\n");
        place.put("log/0002-b.md", "# 2. B\n\n## Status\n\nParked\n\n[one](0001-a.md)\n");
        place.put("log/0003-c.md", "# 3. C\n\nDate: 2026-02-20\n\n## Status\n\nProposed\n");
        place.put("log/a.png", "PNG");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds into `out`; returns the number of files that were new or had changed.
    fn build(&self, out: &str, more: &[&str]) -> usize {
        let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
        adr.current_dir(self.folder.path()).env("ADR_DATE", "2026-03-01");
        let output = adr.args(["build", "--out", out]).args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        let changed = said.split(", ").nth(2).unwrap().split_once(' ').unwrap().0;
        if changed == "none" { 0 } else { changed.parse().unwrap() }
    }

    /// Builds into the existing folder and into a new one, and compares them; returns the number of
    /// rewritten files.
    #[track_caller]
    fn again(&self, more: &[&str]) -> usize {
        let changed = self.build("site", more);
        let fresh = self.path("fresh");
        drop(fs::remove_dir_all(&fresh));
        self.build("fresh", more);
        let (again, fresh) = (files(&self.path("site")), files(&fresh));
        let names = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&again), names(&fresh));
        let other: Vec<_> = again.iter().filter(|(name, bytes)| fresh[*name] != **bytes).collect();
        assert!(other.is_empty(), "{:?}", other[0].0);
        changed
    }
}

/// All files below `folder` with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    walk.filter(|path| path.is_file()).map(|path| (name(&path), fs::read(path).unwrap())).collect()
}

#[test]
fn everything_that_a_site_is_made_from_is_noticed() {
    let place = Place::new();
    let all = place.again(&[]);
    assert_eq!(place.again(&[]), 0);
    for (what, file, text) in [
        ("a text", "log/0002-b.md", "# 2. B\n\n## Status\n\nParked\n\n[one](0001-a.md) again\n"),
        ("a new record", "log/0004-d.md", "# 4. D\n\n## Status\n\nAccepted\n"),
        ("a file that is not a record", "log/notes.rst", "Notes\n"),
        ("the target of a link", "log/0005-e.md", "# 5. E\n\n[x](notes.md)\n"),
        ("a picture", "log/a.png", "GNP"),
        ("a title", "adr.toml", "dir = \"log\"\nsite.title = \"Ours\"\n"),
        ("a word", "adr.toml", "dir = \"log\"\nstatus.words.parked = \"accepted\"\n"),
        ("a level", "adr.toml", "dir = \"log\"\nlint.levels.ADR205 = \"error\"\n"),
        ("a template", "log/templates/site/not_found.html", "{{ title }}\n"),
        ("a message", "log/templates/site/messages.toml", "colophon = \"X\"\n"),
    ] {
        place.put(file, text);
        assert_ne!(place.again(&[]), 0, "{what}");
        assert_eq!(place.again(&[]), 0, "{what}");
    }
    fs::rename(place.path("log/0003-c.md"), place.path("log/0003-d.md")).unwrap();
    assert_ne!(place.again(&[]), 0, "a name");
    fs::remove_file(place.path("log/0001-a.md")).unwrap();
    assert_ne!(place.again(&[]), 0, "a removed record");
    assert!(place.again(&["--base-url", "https://a.example/"]) > all / 2, "an option");
    assert_ne!(place.again(&["--today", "2027-01-01"]), 0, "the date: a proposal becomes old");
}

#[test]
fn what_somebody_did_to_the_site_is_undone() {
    let place = Place::new();
    place.again(&[]);
    let page = place.path("site/decisions/0001.html");
    let text = fs::read_to_string(&page).unwrap();

    fs::write(&page, text.replace("Accepted", "Rejected")).unwrap();
    assert_eq!(place.again(&[]), 1, "edited, with the same length");
    fs::remove_file(&page).unwrap();
    assert_eq!(place.again(&[]), 1, "deleted");
    fs::write(&page, &text).unwrap();
    assert_eq!(place.again(&[]), 0, "rewritten");
    fs::copy(place.path("site/decisions/0002.html"), &page).unwrap();
    assert_eq!(place.again(&[]), 1, "replaced");

    // The state that an older version of the program leaves.
    let manifest = place.path("site/.adr-build");
    let listed = fs::read_to_string(&manifest).unwrap();
    let other = listed.replace("# made from ", "# made from f");
    fs::write(&manifest, other).unwrap();
    fs::write(&page, "old").unwrap();
    assert_eq!(place.again(&[]), 1, "from another version");
    let paths = listed.lines().skip(2).map(|line| line.rsplit(' ').next().unwrap());
    fs::write(&manifest, paths.collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!(place.again(&[]), 0, "with paths only");
}

#[cfg(unix)]
#[test]
fn an_edit_with_an_old_time_is_seen() {
    let place = Place::new();
    place.again(&[]);
    let page = place.path("site/index.html");
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("</html>", "</HTML>")).unwrap();
    fs::File::options().append(true).open(&page).unwrap().set_modified(time).unwrap();
    assert_eq!(place.again(&[]), 1);
}

/// Random damage to the log and to the site, repeatedly.
#[test]
fn whatever_happens_a_site_is_what_a_new_one_would_be() {
    let place = Place::new();
    let mut dice = Dice(42);
    place.again(&[]);
    for _ in 0..60 {
        let (number, other) = (dice.roll(6) + 1, dice.roll(6) + 1);
        let file = format!("log/{number:04}-x.md");
        let status = ["Accepted", "Draft", "Parked", "Rejected"][dice.roll(4)];
        let text = format!(
            "# {number}. About {other}\n\nDate: 2026-01-0{other}\n\n## Status\n\n{status}\n\n\
             Supersedes [{other}]({other:04}-x.md)\n\n## Context\n\n![](a.png) {status}\n"
        );
        let config = ["dir = 'log'", "dir = 'log'\nsite.drafts = 'hide'"][dice.roll(2)];
        match dice.roll(8) {
            0..=3 => place.put(&file, &text),
            4 => drop(fs::remove_file(place.path(&file))),
            5 => place.put("adr.toml", config),
            6 => place.put("log/templates/site/not_found.html", &format!("{number}")),
            _ => {
                let site = place.path("site");
                let made: Vec<PathBuf> = files(&site).keys().map(|name| site.join(name)).collect();
                let victim = &made[dice.roll(made.len())];
                match dice.roll(2) {
                    // Without its manifest the folder would not be recognised as a site.
                    _ if victim.ends_with(".adr-build") => {}
                    0 => fs::remove_file(victim).unwrap(),
                    _ => fs::write(victim, "edited").unwrap(),
                }
            }
        }
        place.again(&[]);
    }
}
