//! The programs that people use today, with the arguments for the same work.
//!
//! Only programs on the PATH are run; the page lists the missing ones.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::log::Kind;
use super::measure::Job;

/// Another project's program.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// The way to install it.
    pub(super) from: &'static str,
    /// The largest log, in records, for which a run takes about a minute at most.
    limit: usize,
    /// The logs that it can read.
    logs: &'static [Kind],
    /// The jobs for a log, in a separate folder.
    jobs: fn(PathBuf, &Path, &Path) -> Vec<Job>,
}

/// All known programs.
pub(super) static PEERS: [Peer; 4] = [
    Peer {
        name: "adrs",
        from: "cargo install adrs",
        limit: 10_000,
        logs: &[Kind::Nygard],
        jobs: adrs,
    },
    Peer {
        name: "mdbook",
        from: "cargo install mdbook",
        limit: 1_000,
        logs: &[Kind::Mixed],
        jobs: mdbook,
    },
    Peer {
        name: "hugo",
        from: "system package",
        limit: 10_000,
        logs: &[Kind::Mixed, Kind::Nygard],
        jobs: hugo,
    },
    Peer {
        name: "adr-viewer",
        from: "pip install adr-viewer",
        limit: 1_000,
        logs: &[Kind::Nygard],
        jobs: adr_viewer,
    },
];

impl Peer {
    /// The path of the program, if it is installed.
    pub(super) fn program(&self) -> Option<PathBuf> {
        let paths = env::var_os("PATH")?;
        env::split_paths(&paths).map(|folder| folder.join(self.name)).find(|path| path.is_file())
    }
}

/// The jobs of the installed programs that read logs of this `kind`; each has its own folder below `room`.
pub(super) fn jobs(records: usize, kind: Kind, log: &Path, room: &Path) -> Vec<Job> {
    let here = PEERS.iter().filter(|peer| records <= peer.limit && peer.logs.contains(&kind));
    here.filter_map(|peer| {
        let room = room.join(format!("{}-{kind:?}", peer.name));
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
    copy(log, &pages);
    let mut names: Vec<String> = super::log::names(log);
    names.sort();
    let lines: Vec<String> = names.iter().map(|name| format!("- [{name}]({name})")).collect();
    let summary = format!("# Summary\n\n{}\n", lines.join("\n"));
    fs::write(pages.join("SUMMARY.md"), summary).unwrap();
    fs::write(room.join("book.toml"), "[book]\ntitle = \"Decisions\"\n").unwrap();
    vec![Job::new("`mdbook build`", program, room, &["build", "--dest-dir", "out"]).writing("out")]
}

fn hugo(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    copy(log, &room.join("content"));
    let layouts = room.join("layouts/_default");
    fs::create_dir_all(&layouts).unwrap();
    for layout in ["single.html", "list.html"] {
        fs::write(layouts.join(layout), "{{ .Content }}").unwrap();
    }
    // Only pages.
    let settings = "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n";
    fs::write(room.join("hugo.toml"), settings).unwrap();
    let plain = format!("{settings}[markup.highlight]\ncodeFences = false\n");
    fs::write(room.join("plain.toml"), plain).unwrap();
    let job = |program, name, config, out| {
        let arguments = ["--quiet", "--config", config, "--destination", out];
        Job::new(name, program, room, &arguments).writing(out)
    };
    vec![
        job(program.clone(), "`hugo`, one-line layout", "hugo.toml", "out"),
        job(program, "the same, without code colours", "plain.toml", "plain"),
    ]
}

fn adr_viewer(program: PathBuf, log: &Path, room: &Path) -> Vec<Job> {
    let arguments = ["--adr-path", log.to_str().unwrap(), "--output", "out"];
    vec![Job::new("`adr-viewer`", program, room, &arguments).writing("out")]
}

/// Copies the log unchanged.
fn copy(log: &Path, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for name in super::log::names(log) {
        fs::copy(log.join(&name), folder.join(name)).unwrap();
    }
}
