//! The time from saving a record until its updated page is served, with `adr serve` on a log of 1,000
//! records. Excludes the work of the browser.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{log, measure};

const RECORDS: usize = 1_000;

const SAVES: usize = 21;

/// Prints the median and the maximum of several saves.
pub(super) fn saves() {
    let folder = tempfile::tempdir().unwrap();
    log::write(folder.path(), RECORDS, log::Kind::Mixed);
    let mut serve = Command::new(measure::program());
    serve.args(["serve", "--port", "0", "--dir"]).arg(folder.path());
    let mut serve = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(serve.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut took: Vec<f64> = (0..SAVES).map(|at| save(folder.path(), &host, at)).collect();
    serve.kill().unwrap();
    serve.wait().unwrap();
    took.sort_by(f64::total_cmp);
    println!("time from a save to the updated page, {RECORDS} records");
    let (median, longest) = (took.get(SAVES / 2).unwrap(), took.last().unwrap());
    println!("  median {median:>6.1} ms, maximum of {SAVES} saves {longest:.1} ms\n");
}

/// Saves a record while a page is open, and waits for the new page; returns milliseconds.
fn save(folder: &Path, host: &str, at: usize) -> f64 {
    let record = log::record(RECORDS / 2, log::Kind::Mixed);
    let page = format!("decisions/{:04}.html", RECORDS / 2);
    let before = ask(host, &page);
    let version = before.split_once("data-version=\"").unwrap().1.split_once('"').unwrap().0;
    let mut open = send(host, &format!("-/changed?{version}"));
    // Time between two saves, in which the server is idle.
    std::thread::sleep(std::time::Duration::from_millis(700));
    let sentence = format!("This was saved as number {at}.");
    let start = Instant::now();
    fs::write(folder.join(record.name), format!("{}\n{sentence}\n", record.text)).unwrap();
    open.read_to_end(&mut Vec::new()).unwrap();
    let after = ask(host, &page);
    let took = start.elapsed();
    assert!(after.contains(&sentence), "the page is outdated");
    took.as_secs_f64() * 1e3
}

fn send(host: &str, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    stream
}

fn ask(host: &str, path: &str) -> String {
    let mut text = String::new();
    send(host, path).read_to_string(&mut text).unwrap();
    text
}
