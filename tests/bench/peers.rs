//! The programs that people use today, and how each is made to do the same work.
//!
//! Only what is on the PATH is run; what is not is named on the page.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::measure::Job;

/// A program of other people.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// How it is installed.
    pub(super) from: &'static str,
    /// The largest log, in records, for which a run ends within a minute or so.
    limit: usize,
    /// What it is made to do with a log of Nygard records, in a folder of its own.
    jobs: fn(PathBuf, &Path, &Path) -> Vec<Job>,
}

/// All that we know of.
pub(super) static PEERS: [Peer; 4] = [
    Peer { name: "adrs", from: "cargo install adrs", limit: 10_000, jobs: adrs },
    Peer { name: "mdbook", from: "cargo install mdbook", limit: 1_000, jobs: mdbook },
    Peer { name: "hugo", from: "the package of the system", limit: 10_000, jobs: hugo },
    Peer { name: "adr-viewer", from: "pip install adr-viewer", limit: 1_000, jobs: adr_viewer },
];

impl Peer {
    /// Where it is, if it is installed.
    pub(super) fn program(&self) -> Option<PathBuf> {
        let paths = env::var_os("PATH")?;
        env::split_paths(&paths).map(|folder| folder.join(self.name)).find(|path| path.is_file())
    }
}

/// What the peers that are here do with `log`, each in a folder of its own below `room`.
pub(super) fn jobs(records: usize, log: &Path, room: &Path) -> Vec<Job> {
    let here = PEERS.iter().filter(|peer| records <= peer.limit);
    here.filter_map(|peer| {
        let room = room.join(peer.name);
        fs::create_dir_all(&room).unwrap();
        Some((peer.jobs)(peer.program()?, log, &room))
    })
    .flatten()
    .collect()
}

fn adrs(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    fs::write(room.join(".adr-dir"), log.to_str().unwrap()).unwrap();
    vec![
        Job::new("`adrs list`", program.clone(), room, &["list"]),
        Job::new("`adrs doctor`", program, room, &["doctor"]),
    ]
}

fn mdbook(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    let pages = room.join("src");
    copy(log, &pages, "");
    let mut names: Vec<String> = super::log::names(log);
    names.sort();
    let lines: Vec<String> = names.iter().map(|name| format!("- [{name}]({name})")).collect();
    let summary = format!("# Summary\n\n{}\n", lines.join("\n"));
    fs::write(pages.join("SUMMARY.md"), summary).unwrap();
    fs::write(room.join("book.toml"), "[book]\ntitle = \"Decisions\"\n").unwrap();
    vec![Job::new("`mdbook build`", program, room, &["build", "--dest-dir", "out"]).writing("out")]
}

fn hugo(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    copy(log, &room.join("content"), "---\ntitle: decision\n---\n");
    let layouts = room.join("layouts/_default");
    fs::create_dir_all(&layouts).unwrap();
    for layout in ["single.html", "list.html"] {
        fs::write(layouts.join(layout), "{{ .Content }}").unwrap();
    }
    fs::write(room.join("hugo.toml"), "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n")
        .unwrap();
    vec![
        Job::new(
            "`hugo`, a layout of one line",
            program,
            room,
            &["--quiet", "--destination", "out"],
        )
        .writing("out"),
    ]
}

fn adr_viewer(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    let arguments = ["--adr-path", log.to_str().unwrap(), "--output", "out"];
    vec![Job::new("`adr-viewer`", program, room, &arguments).writing("out")]
}

/// Copies the log, each file with `head` before it.
fn copy(log: &Path, folder: &Path, head: &str) {
    fs::create_dir_all(folder).unwrap();
    for name in super::log::names(log) {
        let text = fs::read_to_string(log.join(&name)).unwrap();
        fs::write(folder.join(name), format!("{head}{text}")).unwrap();
    }
}
