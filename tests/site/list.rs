//! The list of all decisions: what a row says, and what the list can be narrowed by.

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
