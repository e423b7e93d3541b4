//! Any names and links in a checkout: nothing outside it is read, created, changed or removed.

#![no_main]
#![cfg(unix)]

mod program;

use std::fs;
use std::path::{Component, Path};

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use program::run;

const SECRET: &str = "token-abc123";

/// The target of a link.
#[derive(Arbitrary, Debug)]
enum Target<'a> {
    Outside,
    Folder,
    Environment,
    Git,
    Named(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Entry<'a> {
    File(&'a str),
    Link(Target<'a>),
}

/// The paths in a checkout that are read or written.
const PLACES: [&str; 12] = [
    "docs/adr/0002-b.md",
    "docs/adr/sub/0003-c.md",
    "docs/adr/templates/record/x.md",
    "docs/adr/templates/site/_e.html",
    "docs/adr/.adr-build",
    "docs/adr/.adr.journal",
    "docs/adr/x.adoc",
    "docs/adr/a.svg",
    "adr.toml",
    ".adr-dir",
    "site/.adr-build",
    "site/index.html",
];

const COMMANDS: [&[&str]; 6] = [
    &["list", "--json"],
    &["lint", "--select", "ALL"],
    &["lint", "--fix"],
    &["status", "1", "deprecated"],
    &["new", "A title", "--no-edit"],
    &["build"],
];

fuzz_target!(|entries: Vec<(u8, Entry<'_>)>| {
    let place = tempfile::tempdir().unwrap();
    let (outside, folder) = (place.path().join("outside.md"), place.path().join("folder"));
    fs::write(&outside, format!("# 9. Outside\n\n{SECRET}\n")).unwrap();
    fs::create_dir(&folder).unwrap();
    let project = place.path().join("project");
    fs::create_dir_all(project.join("docs/adr")).unwrap();
    fs::write(project.join("docs/adr/0001-a.md"), "# 1. A\n\n## Status\n\nAccepted\n").unwrap();
    for (which, entry) in &entries {
        put(&project, PLACES[usize::from(*which) % PLACES.len()], entry, (&outside, &folder));
    }
    for command in COMMANDS {
        let done = run(&project, command);
        assert!(!done.out.contains(SECRET) && !done.err.contains(SECRET), "{command:?}");
        assert!(done.code <= 2);
    }
    assert!(fs::read_to_string(&outside).unwrap().contains(SECRET));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "something was created outside");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 3, "something was created outside");
});

fn put(project: &Path, name: &str, entry: &Entry<'_>, (outside, folder): (&Path, &Path)) {
    let path = project.join(name);
    // An existing file was created by an earlier entry, and may be a link.
    if path.symlink_metadata().is_ok() || fs::create_dir_all(path.parent().unwrap()).is_err() {
        return;
    }
    let target = match entry {
        Entry::File(text) => {
            let _ = fs::write(&path, text);
            return;
        }
        Entry::Link(Target::Outside) => outside.to_owned(),
        Entry::Link(Target::Folder) => folder.to_owned(),
        Entry::Link(Target::Environment) => "/proc/self/environ".into(),
        Entry::Link(Target::Git) => "../../.git/config".into(),
        Entry::Link(Target::Named(name)) => {
            // Only inside the folder of the test.
            let is_near =
                Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
            if !is_near || name.contains('\0') {
                return;
            }
            name.into()
        }
    };
    let _ = std::os::unix::fs::symlink(target, &path);
}
