//! Markdown and HTML on pages: the features of forges, and improvements on them.

use super::{between, build_texts, check, prose};

/// The prose on the page of a record with this text.
fn page(text: &str) -> String {
    let record = format!("# 1. A\n\n{text}\n");
    let second = "# 2. B\n\n## Why {#why}\n\nx\n";
    let site = build_texts(&[("0001-a.md", record.as_str()), ("0002-b.md", second)]);
    check(&site);
    prose(&site["decisions/0001.html"]).to_owned()
}

#[test]
fn a_line_that_begins_with_a_colon_is_text() {
    assert_eq!(
        page("Before it.\n\n:::note\nInside.\n:::\n\nTerm\n: no definition"),
        "<p>Before it.</p>\n<p>:::note\nInside.\n:::</p>\n<p>Term\n: no definition</p>"
    );
}

#[test]
fn words_behind_a_comment_are_markdown() {
    assert_eq!(
        page("* <!-- why --> One *word*, [B](0002-b.md)\n* two\n\n<!-- what --> `three`"),
        "<ul>\n<li>One <em>word</em>, <a href=\"0002.html\">B</a></li>\n<li>two</li>\n</ul>\n<p><code>three</code></p>"
    );
}

#[test]
fn links_keep_their_titles_and_what_no_page_follows_its_words() {
    assert_eq!(
        page(
            "[a](https://a.example \"A \\\"b\\\"\") [c](0002-b.md#why 'C') <a href=\"0002-b.md\" title=\"D\">d</a>"
        ),
        "<p><a href=\"https://a.example\" title=\"A &quot;b&quot;\">a</a> <a href=\"0002.html#why\" title=\"C\">c</a> \
         <a href=\"0002.html\" title=\"D\">d</a></p>"
    );
    assert_eq!(
        page(
            "[a](tel:+49123) <a@b.example> [c](chat:x) [d](javascript:x) <a href=\"vbscript:x\">e</a>"
        ),
        "<p><a href=\"tel:+49123\">a</a> <a href=\"mailto:a@b.example\">a@b.example</a> \
         <span class=\"path\" title=\"chat:x\">c</span> d e</p>"
    );
}

#[test]
fn a_heading_reads_the_same_everywhere() {
    let text = "# 1. Use `Vec<T>` in Result<Order> {#use}\n\n[a](#use) [b](#get) [c](#Own) [d](#costs) [e](#old)\n\n\
        ## Get /orders/{id}\n\nx\n\n## Own {#Own}\n\nx\n\n## Costs[^1] {: .wide}\n\nx\n\n\
        ## <a name=\"old\"></a>Old Box<Item>\n\nx\n\n[^1]: y\n";
    let site = build_texts(&[("0001-a.md", text)]);
    let page = &site["decisions/0001.html"];
    let contents = between(page, "<nav class=\"contents\"", "</nav>");
    let entries: Vec<&str> = contents.lines().filter(|line| line.contains("href")).collect();
    assert_eq!(
        entries,
        [
            "<li><a href=\"#get-ordersid\">Get /orders/{id}</a></li>",
            "<li><a href=\"#Own\">Own</a></li>",
            "<li><a href=\"#costs\">Costs</a></li>",
            "<li><a href=\"#old-boxitem\">Old Box&lt;Item&gt;</a></li>",
        ]
    );
    let text = prose(page);
    for heading in [
        "<h2 id=\"get-ordersid\">Get /orders/{id}</h2>",
        "<h2 id=\"Own\">Own</h2>",
        "<h2 id=\"costs\">Costs<sup id=\"Ref-1\"><a href=\"#Note-1\">1</a></sup></h2>",
        "<h2 id=\"old-boxitem\"><a id=\"old\"></a>Old Box<code class=\"html\">&lt;Item&gt;</code></h2>",
        "<a href=\"#use\">a</a> <span class=\"broken\" title=\"#get\">b",
        "<a href=\"#Own\">c</a> <a href=\"#costs\">d</a> <a href=\"#old\">e</a>",
    ] {
        assert!(text.contains(heading), "{heading}\n{text}");
    }
    let title = "Use Vec&lt;T&gt; in Result&lt;Order&gt;</h1>";
    assert!(page.contains("<h1 id=\"use\"") && page.contains(title), "{page}");
    assert!(site["index.html"].contains("Use Vec&lt;T&gt; in Result&lt;Order&gt;</a>"));
}

#[test]
fn footnotes_in_the_feed_lead_to_the_page() {
    let record = |number: usize| {
        format!(
            "# {number}. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nx[^1]\n\n[^1]: y\n"
        )
    };
    let config = "[site]\nbase-url = \"https://a.example/größe/\"\n";
    let site =
        build_texts(&[("0001-a.md", &record(1)), ("0002-b.md", &record(2)), ("adr.toml", config)]);
    let feed = site["feed.xml"].replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    assert!(!feed.contains("href=\"#"), "{feed}");
    let root = "https://a.example/gr%C3%B6%C3%9Fe/decisions";
    for number in ["0001", "0002"] {
        let link = format!("<a href=\"{root}/{number}.html#Note-1\">1</a>");
        assert!(
            feed.contains(&link) && feed.contains(&format!("id=\"{number}-Note-1\"")),
            "{feed}"
        );
    }
    assert!(site["sitemap.xml"].contains(&format!("<loc>{root}/0001.html</loc>")));
}
