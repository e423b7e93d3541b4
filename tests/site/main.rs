//! Builds sites and checks every page: links, anchors, headings, a strict content security policy.
//! `hostile.rs` has the records that attempt to break it.

#![expect(clippy::disallowed_methods, reason = "tests create the logs they build")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

mod again;
mod budget;
mod change;
mod code;
mod graph;
mod hostile;
mod html;
mod language;
mod list;
mod markdown;
mod outside;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use rationale::project::{Project, Request};
use rationale::site::{Site, SiteInputs};

use html::{Tag, tags};

/// The files of the site of a log with these files: name and content. Files rendered one by one, as by `adr
/// serve`, must equal the files of a whole build.
fn build(files: &[(&str, &[u8])]) -> BTreeMap<String, String> {
    build_in("docs/adr", files)
}

/// The same, for a log whose folder is shown as `shown` on pages.
fn build_in(shown: &str, files: &[(&str, &[u8])]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let project =
        Project::open(&Request { dir: Some(folder.path()), ..Request::default() }).unwrap();
    let templates = project.site_templates().unwrap();
    let inputs = SiteInputs {
        title: "Log".into(),
        folder: shown.into(),
        templates: &templates,
        ..SiteInputs::default()
    };
    let site = Site::new(&project.log, &project.config.site, inputs).unwrap();
    let paths = site.paths();
    let all = paths.iter().enumerate();
    let alone: BTreeMap<String, String> =
        all.map(|(at, path)| ((*path).to_owned(), site.render(at).unwrap())).collect();
    let together = Mutex::new(BTreeMap::new());
    let put = |at: usize, pieces: &[&str]| {
        let twice = together.lock().unwrap().insert(paths[at].to_owned(), pieces.concat());
        assert_eq!(twice, None, "{} was created twice", paths[at]);
        Ok(())
    };
    site.build(&put).unwrap();
    let together = together.into_inner().unwrap();
    assert_eq!(together.len(), alone.len(), "missing files");
    let differ: Vec<_> = alone.iter().filter(|(path, text)| together[*path] != **text).collect();
    assert!(differ.is_empty(), "differs if rendered alone: {:?}", differ.first());
    alone
}

/// The same, for text files.
fn build_texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    build(&files)
}

/// The text between the first `before` and the next `after`.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page.split_once(before).expect(before);
    rest.split_once(after).expect(after).0
}

/// The text of a record's page.
fn prose(page: &str) -> &str {
    between(page, "<div class=\"prose\">\n", "\n</div>\n")
}

/// Checks the conditions that apply to every page of every site.
fn check(site: &BTreeMap<String, String>) {
    let pages: BTreeMap<&str, Vec<Tag>> = site
        .iter()
        .filter(|(_, text)| text.starts_with("<!doctype html>"))
        .map(|(path, text)| (path.as_str(), tags(text)))
        .collect();
    let mut wrong = Vec::new();
    for (path, tags) in &pages {
        wrong.extend(links(path, tags, site, &pages));
        wrong.extend(policy(path, tags));
        wrong.extend(headings(path, tags));
    }
    let names: BTreeSet<_> = site.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(names.len(), site.len(), "names that differ only in case");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Dead links and duplicate ids.
fn links(
    path: &str,
    tags: &[Tag],
    site: &BTreeMap<String, String>,
    pages: &BTreeMap<&str, Vec<Tag>>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let addresses = tags
        .iter()
        .flat_map(|tag| ["href", "src"].into_iter().filter_map(|name| tag.attributes.get(name)));
    for address in addresses {
        // The icon is embedded in the page.
        if ["https://", "http://", "mailto:", "tel:", "data:image/svg+xml,%3Csvg"]
            .iter()
            .any(|scheme| address.starts_with(scheme))
        {
            continue;
        }
        let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
        let target = if file.is_empty() { path.to_owned() } else { resolve(path, file) };
        if !site.contains_key(&target) {
            wrong.push(format!("{path}: no file for {address}"));
        } else if !anchor.is_empty() && !ids(&pages[target.as_str()]).contains(anchor) {
            wrong.push(format!("{path}: no anchor for {address}"));
        }
    }
    let count = tags.iter().filter(|tag| tag.attributes.contains_key("id")).count();
    if ids(tags).len() != count {
        wrong.push(format!("{path}: duplicate id"));
    }
    wrong
}

fn ids(tags: &[Tag]) -> BTreeSet<&str> {
    tags.iter().filter_map(|tag| Some(tag.attributes.get("id")?.as_str())).collect()
}

fn resolve(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        if part == ".." {
            parts.pop().expect("a link within the site");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Violations of the policy `script-src 'self'; style-src 'self'`, and requests to other sites.
fn policy(path: &str, tags: &[Tag]) -> Vec<String> {
    let mut wrong = Vec::new();
    for Tag { name, attributes } in tags {
        let inline = name == "style" || name == "script" && !attributes.contains_key("src");
        let embeds =
            ["iframe", "object", "embed", "base", "form", "frame"].contains(&name.as_str());
        let bad = attributes.keys().any(|key| key == "style" || key.starts_with("on"));
        let fetched = ["img", "script", "link"].contains(&name.as_str());
        let mut addresses = attributes.get("href").into_iter().chain(attributes.get("src"));
        let remote = fetched && addresses.any(|to| to.contains("//"));
        if inline || embeds || bad || remote {
            wrong.push(format!("{path}: <{name} {attributes:?}>"));
        }
    }
    wrong
}

/// One heading of level 1, and no skipped level.
fn headings(path: &str, tags: &[Tag]) -> Vec<String> {
    let levels: Vec<u32> =
        tags.iter().filter_map(|tag| tag.name.strip_prefix('h')?.parse().ok()).collect();
    let falls = levels.windows(2).any(|two| two[1] > two[0] + 1);
    let tops = levels.iter().filter(|level| **level == 1).count();
    if tops != 1 || falls { vec![format!("{path}: headings {levels:?}")] } else { vec![] }
}

/// A log that uses every feature once.
const LOG: &[(&str, &str)] = &[
    (
        "0001-use-rust.md",
        "# 1. Use Rust\n\nDate: 2026-01-05\n\n## Status\n\nSuperseded by [2](0002-use-go.md)\n\n\
         ## Context\n\nSee [the next](0002-use-go.md#context) and [nothing](0002-use-go.md#nothing).\n",
    ),
    (
        "0002-use-go.md",
        "# 2. Use Go\n\nDate: 2026-02-05\n\n## Status\n\nSuperseded by [3](0003-use-zig.md)\n\n\
         Supersedes [1](0001-use-rust.md)\n\n## Context\n\nIt is simple.\n",
    ),
    (
        "0003-use-zig.md",
        "# 3. Use Zig\n\nDate: 2026-03-05\n\n## Status\n\nAccepted\n\nSupersedes [2](0002-use-go.md)\n\n\
         ## Context\n\nAs [said](#context) and not [here](#there), [outside](../src/main.rs) or [lost](0099-lost.md).\n",
    ),
    ("0004-a-thought.md", "# 4. A thought\n\n## Status\n\nProposed\n"),
];

#[test]
fn every_link_leads_somewhere() {
    check(&build_texts(LOG));
}

#[test]
fn an_empty_log_has_a_site_that_says_how_to_begin() {
    let site = build_texts(&[]);
    check(&site);
    assert!(site["index.html"].contains("adr new"), "{}", site["index.html"]);
}

#[test]
fn the_banner_names_the_successor_and_what_is_in_force_now() {
    let site = build_texts(LOG);
    let banner =
        between(&site["decisions/0001.html"], "<div class=\"banner superseded\">\n", "\n</div>");
    assert_eq!(
        banner,
        "<p><strong>Not in force.</strong> Superseded by \
         <a href=\"../decisions/0002.html\"><span class=\"number\">ADR-0002</span> Use Go</a>. \
         The decision in force is \
         <a href=\"../decisions/0003.html\"><span class=\"number\">ADR-0003</span> Use Zig</a>.</p>"
    );
}

#[test]
fn links_between_records_become_links_between_pages() {
    let site = build_texts(LOG);
    let last = prose(&site["decisions/0001.html"]).lines().last().unwrap();
    assert_eq!(
        last,
        "<p>See <a href=\"0002.html#context\">the next</a> and <a href=\"0002.html\">nothing</a>.</p>"
    );
}

#[test]
fn links_that_lead_nowhere_become_text() {
    let site = build_texts(LOG);
    let last = prose(&site["decisions/0003.html"]).lines().last().unwrap();
    assert_eq!(
        last,
        "<p>As <a href=\"#context\">said</a> and not \
         <span class=\"broken\" title=\"#there\">here<span class=\"unseen\"> (not found)</span></span>, \
         <span class=\"path\" title=\"../src/main.rs\">outside</span> or \
         <span class=\"broken\" title=\"0099-lost.md\">lost<span class=\"unseen\"> (not found)</span></span>.</p>"
    );
}

#[test]
fn a_chain_that_goes_in_a_circle_ends() {
    let site = build_texts(&[
        ("0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
        ("0002-b.md", "# 2. B\n\n## Status\n\nSuperseded by [1](0001-a.md)\n"),
    ]);
    check(&site);
    let said = "The records name each other as successors";
    assert!(site["decisions/0001.html"].contains(said), "{}", site["decisions/0001.html"]);
}

#[test]
fn equal_numbers_have_pages_of_their_own() {
    let site = build_texts(&[
        ("0001-a.md", "# A\n"),
        ("0001-B c.md", "# B\n"),
        ("arch-0001-x.md", "# ARCH-0001: X\n\n## Status\n\nAccepted\n"),
        ("notes-on-adr.md", "# Notes\n\n## Status\n\nAccepted\n\n## Decision\n\nYes.\n"),
    ]);
    check(&site);
    let mut pages: Vec<_> = site.keys().filter(|path| path.starts_with("decisions/")).collect();
    pages.retain(|path| path.strip_suffix(".html").is_some());
    assert_eq!(
        pages,
        [
            "decisions/0001-b-c.html",
            "decisions/0001.html",
            "decisions/arch-0001.html",
            "decisions/notes-on-adr.html"
        ]
    );
}

#[test]
fn two_builds_are_the_same_byte_for_byte() {
    assert!(build_texts(LOG) == build_texts(LOG));
}

#[test]
fn a_base_url_brings_feed_sitemap_and_addresses_that_hold_anywhere() {
    let log =
        LOG.iter().copied().chain([("adr.toml", "[site]\nbase-url = \"https://a.example/x\"\n")]);
    let site = build_texts(&log.collect::<Vec<_>>());
    let lost = &site["404.html"];
    assert!(lost.contains("href=\"/x/index.html\"") && !lost.contains("a.example"), "{lost}");
    assert!(site["sitemap.xml"].contains("<loc>https://a.example/x/decisions/0001.html</loc>"));
    let entry = between(&site["feed.xml"], "<entry>\n", "<content");
    assert_eq!(
        entry,
        "<id>tag:a.example,2026:x/decisions/0003.html#accepted</id>\n\
         <title>ADR-0003: Use Zig (accepted)</title>\n\
         <link href=\"https://a.example/x/decisions/0003.html\"/>\n\
         <updated>2026-03-05T00:00:00Z</updated>\n\
         <category term=\"accepted\"/>\n"
    );
    let events = |feed: &str| -> Vec<String> {
        let ids = site[feed].split("<entry>\n<id>tag:a.example,2026:x/decisions/").skip(1);
        ids.map(|rest| rest.split("</id>").next().unwrap().to_owned()).collect()
    };
    // One entry per event, newest first: the second record superseded the first on the date of its own
    // acceptance.
    assert_eq!(
        events("feed.xml"),
        [
            "0003.html#accepted",
            "0002.html#superseded",
            "0002.html#accepted",
            "0001.html#superseded",
            "0001.html#accepted"
        ]
    );
    assert_eq!(events("feed-superseded.xml"), ["0002.html#superseded", "0001.html#superseded"]);
    let link = "title=\"Log: superseded\" href=\"../feed-superseded.xml\"";
    assert!(site["status/superseded.html"].contains(link));
    assert!(!site["feed.xml"].contains("href=\"000"), "a link that only works on a page");
}

#[test]
fn records_are_there_as_they_were_written() {
    let site = build_texts(LOG);
    assert_eq!(site["decisions/0001.md"], LOG[0].1);
}

#[test]
fn a_site_in_the_folder_of_the_log_is_no_part_of_the_log() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(LOG[0].0), LOG[0].1).unwrap();
    for _ in 0..2 {
        snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("adr"))
            .args(["build", "--dir"])
            .args([place.path(), Path::new("--out"), &place.path().join("site")])
            .assert()
            .success();
    }
    let index = fs::read_to_string(place.path().join("site/index.html")).unwrap();
    assert!(index.contains("1 decision, "), "{index}");
}

#[test]
fn a_template_of_the_project_takes_the_place_of_ours() {
    let mut log = LOG.to_vec();
    log.push(("templates/site/not_found.html", "<!doctype html><h1>{{ title }}</h1>"));
    log.push(("templates/site/messages.toml", "nav_index = \"Entscheidungen\""));
    let site = build_texts(&log);
    assert_eq!(site["404.html"], "<!doctype html><h1>Log</h1>");
    assert!(site["index.html"].contains("<h1>Entscheidungen</h1>"));
}

#[test]
fn a_log_that_is_its_whole_project_is_called_by_its_name() {
    let site = build_in(".", &[("0001-a.md", b"# A\n")]);
    assert!(site["index.html"].contains("<p>Generated from the records in Log. <a"));
    assert!(site["decisions/0001.json"].contains("\"path\": \"0001-a.md\""));
}

#[test]
fn a_style_of_the_project_comes_behind_ours() {
    let mut log = LOG.to_vec();
    log.push(("templates/site/extra.css", ":root { --accent: teal }\n"));
    let site = build_texts(&log);
    check(&site);
    let (path, style) = site.iter().find(|(path, _)| path.starts_with("asset/extra.")).unwrap();
    assert_eq!(style, ":root { --accent: teal }\n");
    for (page, root) in [("index.html", ""), ("decisions/0001.html", "../"), ("404.html", "")] {
        let links: Vec<_> = site[page].split("rel=\"stylesheet\" href=\"").skip(1).collect();
        assert!(links[0].starts_with(&format!("{root}asset/style.")), "{page}");
        assert!(links[1].starts_with(&format!("{root}{path}\"")), "{page}");
    }
    let mut other = LOG.to_vec();
    other.push(("templates/site/extra.css", "b {}"));
    assert!(!build_texts(&other).contains_key(path), "the name depends on the content");
}

#[test]
fn a_decision_can_be_cited_where_its_address_is_known() {
    let mut log = LOG.to_vec();
    assert!(!build_texts(&log)["decisions/0003.html"].contains("Cite as"));
    log.push(("adr.toml", "[site]\nbase-url = \"https://a.example\"\n"));
    let site = build_texts(&log);
    assert_eq!(
        between(&site["decisions/0003.html"], "<dt>Cite as</dt><dd>", "</dd>"),
        "ADR-0003: Use Zig, 2026-03-05, accepted. \
         <a href=\"https://a.example/decisions/0003.html\">https://a.example/decisions/0003.html</a>"
    );
    assert!(site["index.html"].contains("<li><a href=\"feed.xml\">Feed</a></li>"));
}

/// Reads the site below `folder`, for logs that are not part of this project.
fn read_site(folder: &Path) -> BTreeMap<String, String> {
    let mut site = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                site.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    site
}

#[test]
fn the_program_writes_the_same_site_twice_and_nothing_the_second_time() {
    let place = tempfile::tempdir().unwrap();
    let log = place.path().join("log");
    fs::create_dir(&log).unwrap();
    for (name, text) in LOG {
        fs::write(log.join(name), text).unwrap();
    }
    let out = place.path().join("out");
    let run = || {
        snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("adr"))
            .args(["build", "--dir"])
            .args([&log, Path::new("--out"), &out])
            .assert()
            .success()
    };
    run();
    let first = read_site(&out);
    check(&first);
    run().stderr_eq(
        "4 records, 31 files, none of them changed; no feed and no sitemap without --base-url\n",
    );
    assert!(read_site(&out) == first);
}

#[test]
fn a_fragment_leads_to_the_heading_that_the_linter_finds() {
    let first = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n[a](#context) [b](#decision-co) \
         [c](#status) [d](#nowhere) [e](0002-b.md#%C3%9Cber) [f](0002-b.md#status)\n\n## Decision & Co.\n\nx\n\n\
         ## Status\n\nMore than that.\n";
    let second = "# 2. B\n\n## Status\n\nAccepted\n\n## Über\n\n[g](0001-a.md#status-1) [h](#x)\n\n<a id=\"x\"></a>\n";
    let site = build_texts(&[("0001-a.md", first), ("0002-b.md", second)]);
    check(&site);
    assert_eq!(
        prose(&site["decisions/0001.html"]),
        "<h2 id=\"context\">Context</h2>\n<p><a href=\"#context\">a</a> <a href=\"#decision--co\">b</a> \
         <a href=\"#Content\">c</a> \
         <span class=\"broken\" title=\"#nowhere\">d<span class=\"unseen\"> (not found)</span></span> \
         <a href=\"0002.html#über\">e</a> <a href=\"0002.html\">f</a></p>\n\
         <h2 id=\"decision--co\">Decision &amp; Co.</h2>\n<p>x</p>\n\
         <h2 id=\"status-1\">Status</h2>\n<p>More than that.</p>"
    );
    assert!(site["decisions/0002.html"].contains("<a href=\"0001.html#status-1\">g</a>"));
}

#[test]
fn a_place_that_html_marks_is_one_that_links_lead_to() {
    let first = "# 1. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n[below](#why) <a href=\"#Why\">too</a> \
        [title](#content)\n\n<a id=\"Why\"></a>\n\n## Reasons\n\n<a name=\"why\"></a><a id=\"Content\"></a> x\n";
    let second = "# 2. B\n\n## Status\n\nAccepted\n\n## Context\n\n[there](0001-a.md#why)\n";
    let config = "[site]\nbase-url = \"https://a.example/x\"\n";
    let log = [("0001-a.md", first), ("0002-b.md", second), ("adr.toml", config)];
    check(&build_texts(&log[..2]));
    let site = build_texts(&log);
    let text = |page: &str, link: &str, id: &str| {
        format!(
            "<p><a href=\"{page}#{link}why\">below</a> <a href=\"{page}#{link}Why\">too</a> \
             <a href=\"{page}#{link}content\">title</a></p>\n<p><a id=\"{id}Why\"></a></p>\n"
        )
    };
    assert!(
        prose(&site["decisions/0001.html"]).contains(&text("", "", "")),
        "{}",
        site["decisions/0001.html"]
    );
    assert!(site["decisions/0002.html"].contains("<a href=\"0001.html#why\">there</a>"));
    assert!(site["print.html"].contains(&text("", "0001-", "0001-")), "{}", site["print.html"]);
    let feed = site["feed.xml"].replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    let page = "https://a.example/x/decisions/0001.html";
    assert!(feed.contains(&text(page, "", "0001-")), "{feed}");
}

#[test]
fn the_data_of_a_record_tells_what_only_the_site_knows() {
    let second = "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n# B\n\n## Decision\n\nWe take the other one.\n";
    let log = [("0001-a.md", "---\nstatus: accepted\n---\n# A\n"), ("0002-b.md", second)];
    let site = build_texts(&log);
    let index: serde_json::Value = serde_json::from_str(&site["index.json"]).unwrap();
    let records = index["records"].as_array().unwrap();
    let first = &records[0];
    assert_eq!(first["url"], "decisions/0001.html");
    assert_eq!(first["summary"], serde_json::Value::Null);
    assert_eq!(
        first["incoming"],
        serde_json::json!([{
            "kind": "supersedes", "source": "0002-b.md", "url": "decisions/0002.html", "text": "ADR-0001"
        }])
    );
    assert_eq!(records[1]["summary"], "We take the other one.");
    assert_eq!(records[1]["relations"][0]["url"], "decisions/0001.html");
    assert!(first.get("statuses").is_none(), "without a repository");
    for (record, page) in records.iter().zip(["decisions/0001.json", "decisions/0002.json"]) {
        let mut alone: serde_json::Value = serde_json::from_str(&site[page]).unwrap();
        alone.as_object_mut().unwrap().remove("schema_version");
        assert_eq!(&alone, record);
    }
    let other = build_texts(&[log[0], ("0002-b.md", &second.replace("take", "want"))]);
    let other: serde_json::Value = serde_json::from_str(&other["index.json"]).unwrap();
    let hash = |index: &serde_json::Value, at: usize| index["records"][at]["hash"].clone();
    assert_eq!(hash(&other, 0), hash(&index, 0));
    assert_ne!(hash(&other, 1), hash(&index, 1));
}

#[test]
fn each_relation_in_the_data_leads_to_its_own_record() {
    let third = "---\nstatus: accepted\nsupersedes: ADR-0001\n---\n# C\n\n## Status\n\nAccepted\n\n\
        Supersedes [A](0001-a.md)\n\nAmends [B](0002-b.md)\n";
    let site = build_texts(&[("0001-a.md", "# A\n"), ("0002-b.md", "# B\n"), ("0003-c.md", third)]);
    let record: serde_json::Value = serde_json::from_str(&site["decisions/0003.json"]).unwrap();
    let relations = record["relations"].as_array().unwrap().iter();
    let told: Vec<_> = relations.map(|one| (&one["kind"], &one["target"], &one["url"])).collect();
    let told = serde_json::to_value(told).unwrap();
    let expected = serde_json::json!([
        ["supersedes", "0001-a.md", "decisions/0001.html"],
        ["amends", "0002-b.md", "decisions/0002.html"],
    ]);
    assert_eq!(told, expected);
}

#[test]
fn a_summary_goes_where_it_is_and_nothing_stands_for_one_that_is_not() {
    let second = "---\nstatus: accepted\n---\n# B\n\n## Decision\n\nWe take \"the other\" one.\n";
    let config = "[site]\nbase-url = \"https://a.example/x\"\n";
    let site = build_texts(&[
        ("0001-a.md", "---\nstatus: accepted\n---\n# A\n"),
        ("0002-b.md", second),
        ("adr.toml", config),
    ]);
    let listed: Vec<&str> =
        site["llms.txt"].lines().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(
        listed,
        [
            "- [ADR-0001: A](decisions/0001.md)",
            "- [ADR-0002: B](decisions/0002.md): We take \"the other\" one."
        ]
    );
    let about = |page: &str| {
        between(&site[page], "<meta property=\"og:description\" content=\"", "\"").to_owned()
    };
    assert_eq!(about("decisions/0001.html"), "A");
    assert_eq!(about("decisions/0002.html"), "We take &quot;the other&quot; one.");
    assert_eq!(about("index.html"), "2 decisions, 2 in force.");
    assert_eq!(about("status/accepted.html"), "2 decisions. Decided and in force.");
}
