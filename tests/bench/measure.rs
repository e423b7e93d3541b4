//! Runs one program and measures its time, CPU time and memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

/// `adr` with the release profile: `cargo bench` alone would build one that unwinds after a panic.
pub(super) fn program() -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    let this = std::env::current_exe().unwrap();
    let made =
        this.ancestors().nth(2).unwrap().join(format!("adr{}", std::env::consts::EXE_SUFFIX));
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cargo = Command::new(cargo);
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--release", "--locked"]);
        assert!(cargo.status().unwrap().success());
    });
    made
}

/// A program to run, with the preparation for each run.
pub(super) struct Job {
    /// The name in the table.
    pub(super) name: &'static str,
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    pub(super) variables: Vec<(&'static str, String)>,
    /// The working directory.
    pub(super) folder: PathBuf,
    /// The preparation, which is not timed.
    pub(super) before: Box<dyn Fn()>,
    /// The output of the program: removed before each round, and measured after the last one.
    pub(super) output: Option<PathBuf>,
}

impl Job {
    /// The program in `folder`, without preparation.
    pub(super) fn new(name: &'static str, program: PathBuf, folder: &Path, given: &[&str]) -> Self {
        Self {
            name,
            program,
            arguments: given.iter().map(ToString::to_string).collect(),
            variables: vec![],
            folder: folder.to_owned(),
            before: Box::new(|| {}),
            output: None,
        }
    }

    /// The same for a program that writes `out`.
    pub(super) fn writing(self, out: &str) -> Self {
        Self { output: Some(self.folder.join(out)), ..self }
    }
}

/// The measurements of one run.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub(super) wall: Duration,
    /// User and system time of all threads.
    pub(super) cpu: Duration,
    /// The maximum memory in bytes.
    pub(super) peak: u64,
}

/// All runs of a job.
pub(super) struct Runs {
    pub(super) name: &'static str,
    /// In the order of the rounds.
    pub(super) figures: Vec<Figures>,
    /// The size of the output in bytes.
    pub(super) output: Option<u64>,
}

impl Runs {
    pub(super) fn wall(&self) -> Spread {
        Spread::of(self.figures.iter().map(|run| run.wall.as_secs_f64()))
    }

    pub(super) fn cpu(&self) -> Spread {
        Spread::of(self.figures.iter().map(|run| run.cpu.as_secs_f64()))
    }

    /// The maximum memory of all runs, in bytes.
    pub(super) fn peak(&self) -> u64 {
        self.figures.iter().map(|run| run.peak).max().unwrap()
    }
}

/// Median, smallest and largest.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    pub(super) least: f64,
    pub(super) median: f64,
    pub(super) most: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| *values.get(index).unwrap();
        Self { least: at(0), median: at(values.len() / 2), most: at(values.len() - 1) }
    }
}

/// The maximum time that the system needs to clean up after folders have been removed.
const CLEARED: Duration = Duration::from_millis(500);

/// Runs every job once per round, in turn; the first round does not count. Output is removed between the
/// rounds: the system is busy for a while after many files have been removed, which would slow down the
/// next program.
pub(super) fn rounds(jobs: &[Job], rounds: usize) -> Vec<Runs> {
    let mut runs: Vec<Runs> =
        jobs.iter().map(|job| Runs { name: job.name, figures: Vec::new(), output: None }).collect();
    for round in 0..=rounds {
        for out in jobs.iter().filter_map(|job| job.output.as_ref()) {
            drop(fs::remove_dir_all(out));
        }
        thread::sleep(CLEARED);
        for (job, runs) in jobs.iter().zip(&mut runs) {
            let figures = once(job);
            if round > 0 {
                runs.figures.push(figures);
            }
        }
    }
    for (job, runs) in jobs.iter().zip(&mut runs) {
        runs.output = job.output.as_ref().map(|path| size(path));
    }
    runs
}

fn once(job: &Job) -> Figures {
    (job.before)();
    let mut command = Command::new(&job.program);
    command.args(&job.arguments).envs(job.variables.iter().cloned()).current_dir(&job.folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let ended = command.spawn().unwrap().wait4().unwrap();
    let wall = start.elapsed();
    let code = ended.status.code();
    assert!(matches!(code, Some(0 | 1)), "`{}` ended with {code:?}: {command:?}", job.name);
    let usage = ended.rusage;
    Figures { wall, cpu: usage.utime + usage.stime, peak: usage.maxrss }
}

/// The size of a file, or of all files in a folder, in bytes.
fn size(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|file| file.metadata().unwrap().len())
        .sum()
}
