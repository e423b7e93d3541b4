//! Our own logs and real ones of other people, through the real program: no panics, no lost data, no dead
//! links in a site. `reading.rs` checks the fields of our logs.

#![expect(clippy::disallowed_methods, reason = "tests access the disk directly")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

mod logs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use regex::Regex;
use serde_json::Value;

#[test]
fn every_record_of_every_log_is_listed_or_skipped_with_a_reason() {
    each_log(|log| {
        let json: Value = serde_json::from_slice(&adr(&["list", "--json"], log, &[0])?.stdout)
            .map_err(|error| format!("not JSON: {error}"))?;
        let count = |key: &str| json[key].as_array().map_or(0, Vec::len);
        let skipped = json["skipped"].as_array().into_iter().flatten();
        let foreign = skipped.filter(|one| !is_markdown(one["file"].as_str().unwrap_or_default()));
        let told = count("records") + count("skipped") - foreign.count();
        let there = markdown_files(log);
        if told == there { Ok(()) } else { Err(format!("{told} of {there} files are reported")) }
    });
}

/// With a pipe only the start of a file is read, with the same result as reading the whole file.
#[test]
fn the_files_that_are_listed_are_those_of_the_records() {
    each_log(|log| {
        let json: Value = serde_json::from_slice(&adr(&["list", "--json"], log, &[0])?.stdout)
            .map_err(|error| format!("not JSON: {error}"))?;
        let records = json["records"].as_array().into_iter().flatten();
        let records: Vec<&str> = records.map(|one| one["path"].as_str().unwrap()).collect();
        let listed = String::from_utf8(adr(&["list"], log, &[0])?.stdout).unwrap();
        let listed: Vec<&str> = listed.lines().collect();
        if listed == records { Ok(()) } else { Err(format!("{listed:?}\n{records:?}")) }
    });
}

#[test]
fn every_log_is_linted() {
    each_log(|log| {
        let full = adr(&["lint"], log, &[0, 1])?;
        let json = adr(&["lint", "--output-format", "json"], log, &[0, 1])?;
        let json: Value =
            serde_json::from_slice(&json.stdout).map_err(|error| format!("not JSON: {error}"))?;
        let found = json["diagnostics"].as_array().map_or(0, Vec::len);
        match (found, full.stdout.is_empty()) {
            (1.., true) => Err(format!("{found} findings, but none printed")),
            _ => Ok(()),
        }
    });
}

#[test]
fn every_log_becomes_a_site_whose_links_lead_somewhere() {
    each_log(|log| {
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join("site");
        adr(&["build", "--out", site.to_str().unwrap()], log, &[0])?;
        let dead = dead_links(&site);
        if dead.is_empty() {
            Ok(())
        } else {
            Err(format!("dead links:\n    {}", dead.join("\n    ")))
        }
    });
}

#[test]
fn the_number_of_threads_changes_nothing() {
    each_log(|log| {
        let run = |threads: &str| {
            let mut command = program(&["list", "--json"], log);
            command.env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
        };
        if run("1") == run("4") {
            Ok(())
        } else {
            Err("one and four threads give different results".to_owned())
        }
    });
}

/// Tests the check for dead links itself.
#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let site = tempfile::tempdir().unwrap();
    let page = |name: &str, text: &str| fs::write(site.path().join(name), text).unwrap();
    page(
        "a.html",
        r##"<a href="b.html#there">x</a> <a href="b.html#gone">x</a> <a href="#top">x</a>
        <a href="https://example.org/">x</a> <a href=c.html>x</a> &lt;a href="text"> <link href="a%2Eb.css?v=1">"##,
    );
    page("b.html", r#"<h2 id="there">x</h2> <img src='../outside.png'>"#);
    page("a.b.css", "");
    assert_eq!(
        dead_links(site.path()),
        ["a.html: #top", "a.html: b.html#gone", "a.html: c.html", "b.html: ../outside.png"]
    );
}

/// Runs `check` on all our logs and all foreign ones, and fails with every error that it returned.
fn each_log(check: impl Fn(&Path) -> Result<(), String> + Sync) {
    each_of(&["ours", "foreign"], check);
}

/// Runs `check` on every log of these origins.
fn each_of(origins: &[&str], check: impl Fn(&Path) -> Result<(), String> + Sync) {
    let logs = logs::logs(origins);
    let logs = logs.folders();
    let failed: Vec<String> = logs
        .par_iter()
        .filter_map(|log| {
            let name = log.file_name().unwrap().to_string_lossy();
            check(log).err().map(|why| format!("{name}: {why}"))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} logs:\n{}", failed.len(), logs.len(), failed.join("\n"));
}

fn program(args: &[&str], log: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.args(args).arg("--dir").arg(log).args(["--today", "2026-11-22"]);
    command
}

/// The output of the program, if it ended with one of `codes` and without a panic.
fn adr(args: &[&str], log: &Path, codes: &[i32]) -> Result<Output, String> {
    let output = program(args, log).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    if code.is_some_and(|code| codes.contains(&code)) && !err.contains("panicked") {
        return Ok(output);
    }
    Err(format!("`adr {}` ended with {code:?}\n{err}", args.join(" ")))
}

fn is_markdown(file: &str) -> bool {
    let extension = Path::new(file).extension().unwrap_or_default().to_string_lossy();
    ["md", "markdown", "mdx"].contains(&extension.to_lowercase().as_str())
}

/// The files that may be records; hidden files and `templates` belong to tools.
fn markdown_files(log: &Path) -> usize {
    let walk = walkdir::WalkDir::new(log).min_depth(1).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        !name.starts_with('.') && name != "templates"
    });
    let files = walk.map(|entry| entry.unwrap()).filter(|entry| !entry.file_type().is_dir());
    files.filter(|entry| is_markdown(&entry.path().to_string_lossy())).count()
}

/// Every link on a page below `site` whose file or anchor does not exist.
fn dead_links(site: &Path) -> Vec<String> {
    let pages = pages(site);
    let link = Regex::new(r#"\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"#).unwrap();
    let anchor = Regex::new(r#"\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"#).unwrap();
    let anchors: BTreeMap<&Path, BTreeSet<String>> = pages
        .iter()
        .map(|(path, text)| (path.as_path(), values(&anchor, text).collect()))
        .collect();

    let mut dead = BTreeSet::new();
    for (page, text) in &pages {
        for to in values(&link, text).filter(|to| !is_external(to)) {
            let (path, fragment) = to.split_once('#').unwrap_or((&to, ""));
            let path = path.split('?').next().unwrap_or_default();
            let target = if path.is_empty() { page.clone() } else { resolve(page, &decoded(path)) };
            let lost = !site.join(&target).is_file() || target.starts_with("..");
            let ids = anchors.get(target.as_path());
            let no_anchor = ids.is_some_and(|ids| !ids.contains(&decoded(fragment)));
            if lost || (!fragment.is_empty() && no_anchor) {
                dead.insert(format!("{}: {to}", page.display()));
            }
        }
    }
    dead.into_iter().collect()
}

/// The pages with their paths below `site`.
fn pages(site: &Path) -> Vec<(PathBuf, String)> {
    let walk = walkdir::WalkDir::new(site).sort_by_file_name().into_iter();
    let paths = walk.map(|entry| entry.unwrap().into_path());
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    pages
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(site).unwrap().to_owned(), text)
        })
        .collect()
}

/// The values of `attribute` in the tags of `text`, with entities resolved.
fn values<'t>(attribute: &'t Regex, text: &'t str) -> impl Iterator<Item = String> + 't {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"<[A-Za-z](?:[^>"']|"[^"]*"|'[^']*')*>"#).unwrap());
    let set = TAG.find_iter(text).flat_map(|tag| attribute.captures_iter(tag.as_str()));
    set.filter_map(|found| {
        let value = found.iter().skip(1).flatten().next()?.as_str();
        Some(value.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
    })
}

fn is_external(link: &str) -> bool {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        || link.starts_with("//")
}

/// The target of `link` on `page`, relative to the site; starts with `..` if it leaves the site.
fn resolve(page: &Path, link: &str) -> PathBuf {
    let mut path = page.parent().map(Path::to_owned).unwrap_or_default();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." if path.as_os_str().is_empty() => return PathBuf::from("..").join(link),
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path
}

/// Decodes percent-encoding in `link`.
fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let [byte, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let coded =
            code.filter(|_| *byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(coded.unwrap_or(*byte));
        rest = if coded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All fixes, including the unsafe ones. Only checks that a second run changes nothing, not the results.
#[test]
fn fixing_twice_is_fixing_once() {
    each_log(|log| {
        let home = tempfile::tempdir().unwrap();
        let copy = home.path().join(log.file_name().unwrap());
        copy_text(log, &copy);
        for fix in [&["lint", "--fix-only"][..], &["lint", "--fix-only", "--unsafe-fixes"]] {
            adr(fix, &copy, &[0])?;
            let once = texts(&copy);
            let again = adr(fix, &copy, &[0])?;
            let told = String::from_utf8_lossy(&again.stderr);
            let told = told.lines().filter(|line| !line.starts_with("skipped a fix "));
            if !told.eq(["Nothing to fix."]) {
                return Err(format!("second run: {}", String::from_utf8_lossy(&again.stderr)));
            }
            if texts(&copy) != once {
                return Err("a second run changes files".to_owned());
            }
        }
        Ok(())
    });
}

/// The files below `folder` with their content.
fn texts(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = walk.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

fn copy_text(from: &Path, to: &Path) {
    for (path, bytes) in texts(from) {
        let path = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A finding with severity error is true, or the rule is wrong. A person has read every one of them. A new
/// one is missing from `corpus-errors.tsv`: read it, then fix the rule if the finding is wrong, or add the
/// line that this test prints, with a reason, if it is right. Logs and places are identified by hashes.
#[test]
fn every_error_in_a_real_log_was_read_and_is_true() {
    all_were_read(include_str!("corpus-errors.tsv"), |one| one["severity"] == "error");
}

/// A safe fix follows from what the author stated, and removes only the words that it replaces. A person
/// has read every one of them; a new one is missing from `corpus-fixes.tsv`.
#[test]
fn every_safe_fix_in_a_real_log_was_read_and_is_right() {
    all_were_read(include_str!("corpus-fixes.tsv"), |one| one["fix"]["safety"] == "safe");
}

/// Fails for every counted finding in a real log that is missing from the table, and for every line of the
/// table without a finding.
fn all_were_read(table: &str, counts: fn(&Value) -> bool) {
    let reviewed = review(table);
    each_of(&["foreign"], |log| {
        let json = adr(&["lint", "--output-format", "json"], log, &[0, 1])?;
        let json: Value =
            serde_json::from_slice(&json.stdout).map_err(|error| format!("not JSON: {error}"))?;
        let name = hash(&log.file_name().unwrap().to_string_lossy());
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        let all = json.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
        for one in all.filter(|one| counts(one)) {
            let code = one.get("code").and_then(Value::as_str).unwrap();
            let place = format!("{name}\t{code}\t{}", place(log, one));
            *found.entry(place.clone()).or_default() += 1;
            shown.insert(place, one.get("message").map_or(String::new(), Value::to_string));
        }
        let known = reviewed.get(&name).cloned().unwrap_or_default();
        let new = found.iter().filter(|(place, count)| known.get(*place) != Some(count));
        let new = new.map(|(place, count)| {
            let message = shown.get(place).map_or("", String::as_str);
            format!("    new: {place}\t{count}\t{message}")
        });
        let gone = known.keys().filter(|place| !found.contains_key(*place));
        let gone = gone.map(|place| format!("    gone: {place}"));
        let wrong: Vec<String> = new.chain(gone).collect();
        if wrong.is_empty() { Ok(()) } else { Err(format!("\n{}", wrong.join("\n"))) }
    });
}

/// Our logs are written as people write them, and have no findings.
#[test]
fn no_log_of_ours_has_an_error() {
    each_of(&["ours"], |log| adr(&["lint"], log, &[0]).map(drop));
}

/// The place of the finding, independent of its message: a hash of the file name and the line.
fn place(log: &Path, one: &Value) -> String {
    let path = Path::new(one["path"].as_str().unwrap());
    let file = path.strip_prefix(log).unwrap().to_string_lossy().into_owned();
    let text = String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    let line = one
        .pointer("/range/start/line")
        .and_then(Value::as_u64)
        .and_then(|line| usize::try_from(line).ok());
    let line = line.and_then(|line| text.lines().nth(line - 1)).unwrap_or_default();
    hash(&format!("{file}\n{}", line.trim()))
}

/// Findings and counts by log. Every line has a reason.
fn review(table: &str) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut reviewed: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [log, rule, place, count, reason] = cells.as_slice() else {
            panic!("a line must have five cells: {line}")
        };
        assert!(reason.len() > 20, "a line must have a reason: {line}");
        let found = format!("{log}\t{rule}\t{place}");
        reviewed.entry((*log).to_owned()).or_default().insert(found, count.parse().unwrap());
    }
    reviewed
}

/// FNV-1a with 16 digits: a name for a log that reveals nothing about it.
fn hash(name: &str) -> String {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}
