//! The list of all decisions: the content of its rows, and its filters.

use std::collections::BTreeMap;

use super::{between, build_texts, check};

fn record(number: usize, date: &str, people: &str, tags: &str) -> (String, String) {
    let text = format!(
        "---\nstatus: accepted\ndate: {date}\ndecision-makers: [{people}]\ntags: [{tags}]\n---\n# Use {number}\n"
    );
    (format!("{number:04}-a.md"), text)
}

fn site(records: &[(String, String)]) -> BTreeMap<String, String> {
    let files: Vec<_> = records.iter().map(|(name, text)| (&**name, &**text)).collect();
    build_texts(&files)
}

#[test]
fn a_row_names_people_and_tags() {
    let site = site(&[
        record(1, "2024-01-02", "Ann Lee, Bo", "\" api\", build"),
        record(2, "", "", "api"),
    ]);
    check(&site);
    let rows: Vec<_> = site["index.html"]
        .lines()
        .filter(|line| line.contains("class=\"status listed accepted"))
        .collect();
    assert_eq!(
        rows[1..],
        [
            "<li><a href=\"decisions/0002.html\">Use 2</a><span>0002</span> \
             <span class=\"status listed accepted holds\">accepted</span>\
             <small><b>api</b></small></li>",
            "<li><a href=\"decisions/0001.html\">Use 1</a><span>0001</span> \
             <span class=\"status listed accepted holds\">accepted</span> <time>2024-01-02</time>\
             <small><b>api · build</b><i>Ann Lee · Bo</i></small></li>",
        ]
    );
}

#[test]
fn what_narrows_the_list_leads_to_pages() {
    let site = site(&[
        record(1, "2023-01-02", "Bo", "API, build"),
        record(2, "2024-01-02", "Ann Lee", "api"),
    ]);
    check(&site);
    let facets = between(&site["index.html"], "<div class=\"facets\">", "<p>");
    let links: Vec<_> = facets
        .split("<li><a href=\"")
        .skip(1)
        .map(|one| one.split("</a>").next().unwrap())
        .collect();
    assert_eq!(
        links,
        [
            "index.html\">All <span class=\"count\">2</span>",
            "tags/api.html\">API <span class=\"count\">2</span>",
            "tags/build.html\">build <span class=\"count\">1</span>",
            "index.html\">All <span class=\"count\">2</span>",
            "people/ann-lee.html\">Ann Lee <span class=\"count\">1</span>",
            "people/bo.html\">Bo <span class=\"count\">1</span>",
            "index.html\">All <span class=\"count\">2</span>",
            "timeline.html#Y2024\">2024 <span class=\"count\">1</span>",
            "timeline.html#Y2023\">2023 <span class=\"count\">1</span>",
        ]
    );
}

#[test]
fn of_many_tags_the_frequent_ones_are_named() {
    let own = |number: usize| format!("t{number}, {}", if number > 60 { "zoo" } else { "all" });
    let records: Vec<_> =
        (1..=70).map(|number| record(number, "2024-01-02", "", &own(number))).collect();
    let site = site(&records);
    check(&site);
    let facets = between(&site["index.html"], "<div class=\"facets\">", "<p>");
    assert_eq!(facets.matches("href=\"tags/").count(), 60);
    for named in ["tags/all.html", "tags/zoo.html", "<a href=\"tags.html\">All 72</a>"] {
        assert!(facets.contains(named), "{named}");
    }
}

#[test]
fn a_record_without_number_stands_where_its_date_puts_it() {
    let plain = |date: &str| format!("---\nstatus: accepted\ndate: {date}\n---\n# A\n");
    let files = [
        ("0001-a.md", "2023-01-01"),
        ("0002-b.md", "2024-01-01"),
        ("0003-c.md", "2025-01-01"),
        ("notes.md", "2024-06-01"),
        ("zoo.md", ""),
    ];
    let files = files.map(|(name, date)| (name, plain(date)));
    let site = build_texts(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let rows: Vec<_> = site["index.html"]
        .split("<li><a href=\"decisions/")
        .skip(1)
        .map(|row| row.split('.').next().unwrap())
        .collect();
    assert_eq!(rows, ["0003", "notes", "0002", "0001", "zoo"]);
}

#[test]
fn a_page_of_one_status_says_what_differs() {
    let site = build_texts(&[
        ("0001-a.md", "# 1. A\n\nDate: 2024-01-02\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
        ("0002-b.md", "# 2. B\n\nDate: 2024-02-02\n\n## Status\n\nAccepted\n"),
    ]);
    check(&site);
    let row = |page: &str| {
        site[page]
            .lines()
            .find(|line| line.starts_with("<li><a href=\"../decisions"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        row("status/superseded.html"),
        "<li><a href=\"../decisions/0001.html\">A</a><span>0001</span> <span class=\"status\">\
         <span class=\"successor\"><span class=\"unseen\">replaced by</span><span aria-hidden=\"true\">→</span> \
         <a href=\"../decisions/0002.html\" title=\"B\">ADR-0002</a></span> </span> <time>2024-01-02</time></li>"
    );
    assert_eq!(
        row("status/accepted.html"),
        "<li><a href=\"../decisions/0002.html\">B</a><span>0002</span>  <time>2024-02-02</time></li>"
    );
    let heading = "<span>superseded</span></h1>";
    assert!(site["status/superseded.html"].to_lowercase().contains(heading));
}

#[test]
fn long_pages_have_a_line_of_years() {
    let record = |n: usize| {
        let text = format!(
            "# {n}. A\n\nDate: {}-01-02\n\n## Status\n\nAccepted\n\nAmends [x](0001-a.md)\n",
            2020 + n
        );
        (format!("{n:04}-a.md"), text)
    };
    let site = site(&(1..=3).map(record).collect::<Vec<_>>());
    check(&site);
    for (page, years) in
        [("timeline.html", ["2021", "2022", "2023"].as_slice()), ("graph.html", &["2022", "2023"])]
    {
        let line = between(&site[page], "aria-label=\"Year\">", "</nav>");
        let links: Vec<_> = line.split("<a href=\"#Y").skip(1).map(|one| &one[..4]).collect();
        assert_eq!(links, years, "{page}");
    }
}
