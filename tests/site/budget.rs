//! The number of bytes that a browser loads, as they are sent, and the disk space of a site. Tests check
//! bytes and requests; the benchmark measures time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{build_texts, prose};

/// The number of bytes that a server sends.
fn sent(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[track_caller]
pub(super) fn at_most(what: &str, bytes: usize, limit: usize) {
    assert!(bytes <= limit, "{what}: {bytes} bytes, of at most {limit}");
}

/// Pseudo-random numbers that are the same on every machine.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// A word: few of them frequent, most of them rare, as in natural language.
    fn word(&mut self) -> String {
        const SMALL: [&str; 12] =
            ["the", "of", "to", "a", "and", "in", "is", "we", "for", "that", "with", "not"];
        const SYLLABLES: [&str; 16] = [
            "ser", "vi", "da", "con", "ta", "bu", "ing", "per", "lo", "mi", "tion", "re", "sto",
            "al", "que", "ment",
        ];
        if self.roll(5) < 2 {
            return SMALL[self.roll(SMALL.len())].to_owned();
        }
        let rank = (1 << self.roll(13)) + self.roll(3);
        let mut rest = rank * 7 + 5;
        let mut word = String::new();
        while rest > 0 {
            word.push_str(SYLLABLES[rest % 16]);
            rest /= 16;
        }
        word
    }

    pub(super) fn sentence(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        let mut text = words.join(" ");
        text[..1].make_ascii_uppercase();
        text + "."
    }
}

/// A log of `count` records of about 2.5 kB.
fn log(count: usize) -> Vec<(String, String)> {
    let mut dice = Dice(7);
    let file = |number: usize| {
        let mut text = format!(
            "---\nstatus: {}\ndate: {}-{:02}-{:02}\ndecision-makers: [Ann Lee]\ntags: [{}]\n---\n# {}\n",
            ["accepted", "accepted", "proposed", "rejected"][dice.roll(4)],
            2016 + number / 100,
            number % 12 + 1,
            dice.roll(28) + 1,
            ["storage", "network", "security", "build"][dice.roll(4)],
            dice.sentence(5).trim_end_matches('.'),
        );
        for heading in ["Context", "Decision drivers", "Options", "Decision", "Consequences"] {
            let text = &mut text;
            write!(text, "\n## {heading}\n\n").unwrap();
            for _ in 0..5 {
                write!(text, "{} ", dice.sentence(14)).unwrap();
            }
            text.push('\n');
        }
        (format!("{number:04}-a.md"), text)
    };
    (1..=count).map(file).collect()
}

fn site(count: usize) -> BTreeMap<String, String> {
    let log = log(count);
    let files: Vec<(&str, &str)> = log.iter().map(|(name, text)| (&**name, &**text)).collect();
    build_texts(&files)
}

fn asset<'s>(site: &'s BTreeMap<String, String>, begin: &str, end: &str) -> &'s str {
    let mut found = site.iter().filter(|(path, _)| path.starts_with(begin) && path.ends_with(end));
    found.next().unwrap().1
}

/// Everything that a page needs, as it is sent: the page, the style and the script.
pub(super) fn page(site: &BTreeMap<String, String>, path: &str) -> usize {
    let page = &site[path];
    assert_eq!(page.matches("src=\"").count() + page.matches("rel=\"stylesheet\"").count(), 2);
    sent(page) + sent(asset(site, "asset/style", ".css")) + sent(asset(site, "asset/app", ".js"))
}

#[test]
fn a_page_arrives_with_the_first_packets() {
    let mut dice = Dice(1);
    let mut text = String::from("# A decision of five kilobytes\n");
    while text.len() < 5_000 {
        write!(text, "\n## {}\n\n{}\n", dice.sentence(3), dice.sentence(80)).unwrap();
    }
    let site = build_texts(&[("0001-a.md", &text)]);
    let html = &site["decisions/0001.html"];
    at_most("a record of 5 kB", page(&site, "decisions/0001.html"), 14 * 1024);
    let around = html.replace(prose(html), "");
    at_most("the HTML around a record", sent(&around), 3 * 1024);
    at_most("the style", sent(asset(&site, "asset/style", ".css")), 6 * 1024);
    at_most("the script", sent(asset(&site, "asset/app", ".js")), 6 * 1024);
}

#[test]
fn a_hundred_records_are_light() {
    let site = site(100);
    at_most("the list of 100", page(&site, "index.html"), 15 * 1024);
    let search: usize = parts(&site).iter().sum();
    at_most("the search index of 100", search, 100 * 600);
    assert_eq!(parts(&site).len(), 1);
    at_most("the site of 100", total(&site), 1_500_000);
}

#[test]
fn a_thousand_records_are_bearable() {
    let site = site(1000);
    at_most("the list of 1000", page(&site, "index.html"), 30 * 1024);
    let parts = parts(&site);
    at_most("the search index of 1000", parts.iter().sum(), 1000 * 600);
    at_most("the largest part of it", parts.into_iter().max().unwrap(), 60 * 1024);
    at_most("the site of 1000", total(&site), 12_000_000);
    let written: usize = log(1000).iter().map(|(_, text)| text.len()).sum();
    at_most("all of 1000 on one page", site["print.html"].len(), written * 7 / 5);
}

fn parts(site: &BTreeMap<String, String>) -> Vec<usize> {
    site.iter()
        .filter(|(path, _)| path.starts_with("asset/search"))
        .map(|(_, it)| sent(it))
        .collect()
}

/// Bytes on disk, without the page with all decisions, which repeats the text and is measured separately.
fn total(site: &BTreeMap<String, String>) -> usize {
    site.iter().filter(|(path, _)| *path != "print.html").map(|(_, text)| text.len()).sum()
}

/// The largest logs of other people, if they are available.
#[test]
fn the_search_of_real_logs_is_light() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/raw");
    let Ok(logs) = std::fs::read_dir(&corpus) else { return };
    let count = |log: &Path| std::fs::read_dir(log).map_or(0, Iterator::count);
    let mut logs: Vec<_> = logs.map(|log| log.unwrap().path()).collect();
    logs.sort_by_cached_key(|log| std::cmp::Reverse(count(log)));
    for log in logs.iter().take(3) {
        let out = tempfile::tempdir().unwrap();
        let out = out.path().join("site");
        let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
        adr.args(["build", "-q", "--dir"]).arg(log).arg("--out").arg(&out);
        assert!(adr.output().unwrap().status.success());
        let read = |folder: &str| {
            let files =
                std::fs::read_dir(out.join(folder)).unwrap().map(|file| file.unwrap().path());
            files.collect::<Vec<_>>()
        };
        let is_index =
            |path: &Path| path.file_name().unwrap().to_str().unwrap().starts_with("search");
        let index = read("asset").into_iter().filter(|path| is_index(path));
        let index: usize = index.map(|path| sent(&std::fs::read_to_string(path).unwrap())).sum();
        let records =
            read("decisions").iter().filter(|path| path.extension().unwrap() == "json").count();
        at_most(&format!("the search index of {records} records"), index, records * 600);
    }
}

#[test]
fn a_large_log_is_printed_in_parts_that_a_browser_can_show() {
    let record = |number| {
        (format!("{number:04}-a.md"), "# A\n\nDate: 2024-05-06\n\n## Status\n\nAccepted\n")
    };
    let log: Vec<(String, &str)> = (1..=2_001).map(record).collect();
    let files: Vec<(&str, &str)> = log.iter().map(|(name, text)| (&**name, *text)).collect();
    let site = build_texts(&files);
    let parts = site.keys().filter(|path| path.starts_with("print-"));
    let held: Vec<usize> = parts
        .map(|path| {
            assert!(site["print.html"].contains(&format!("href=\"{path}\"")), "{path}");
            site[path].matches("<article class=\"whole\"").count()
        })
        .collect();
    assert!(held.iter().all(|count| (1..=1_000).contains(count)), "{held:?}");
    assert_eq!(held.iter().sum::<usize>(), 2_001);
}
