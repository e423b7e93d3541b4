//! The drawings of relations: which part of a log is drawn, and which part is shown as text instead.

use std::collections::BTreeMap;

use super::{between, build, build_texts, check};

/// A site of `count` records; `earlier` returns the numbers that a record amends.
fn site(count: usize, earlier: impl Fn(usize) -> Vec<usize>) -> BTreeMap<String, String> {
    let file = |number: usize| {
        let links = earlier(number).into_iter();
        let links: Vec<String> =
            links.map(|other| format!("Amends [x]({other:04}-x.md)\n\n")).collect();
        let year = 2015 + number / 1000;
        let text = format!(
            "# {number}. Record {number}\n\nDate: {year}-02-03\n\n## Status\n\nAccepted\n\n{}",
            links.concat()
        );
        (format!("{number:04}-x.md"), text)
    };
    let files: Vec<(String, String)> = (1..=count).map(file).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    build(&files)
}

/// The number of records in each drawing of a page.
fn drawn(page: &str) -> Vec<usize> {
    let drawings = page.split("<div class=\"graph\"").skip(1);
    drawings
        .map(|one| one.split("</div>").next().unwrap().matches("class=\"node").count())
        .collect()
}

#[test]
fn what_hangs_together_has_a_drawing_and_what_stands_alone_is_named() {
    let site = site(9, |number| match number {
        2..=4 => vec![1],
        6 => vec![5],
        _ => vec![],
    });
    check(&site);
    let page = &site["graph.html"];
    assert_eq!(drawn(page), [4, 2]);
    let (_, alone) = page.split_once("No relations").unwrap();
    let (alone, text) = alone.split_once("</section>").unwrap();
    assert_eq!(alone.matches("<li>").count(), 3);
    // Every relation is listed once.
    assert_eq!(text.matches("<dd>Amends").count(), 4);
}

#[test]
fn a_drawing_stays_small_and_says_what_it_leaves_out() {
    let site = site(90, |number| {
        [1, 2, 9]
            .into_iter()
            .filter_map(|back| number.checked_sub(back))
            .filter(|other| *other > 0)
            .collect()
    });
    check(&site);
    let page = &site["graph.html"];
    let drawn = drawn(page);
    assert!(drawn.iter().all(|count| *count <= 40), "{drawn:?}");
    let lines = page.matches("<g class=\"edge").count();
    let more = page.split("text class=\"number more\"").skip(1);
    let more: usize =
        more.map(|one| one.split(['+', '<']).nth(1).unwrap().parse::<usize>().unwrap()).sum();
    // Every relation is either a line, or counted as missing at both ends.
    assert_eq!(lines + more / 2, 89 + 88 + 81);
    assert_eq!(page.matches("<dd>Amends").count(), 89);
    assert!(page.contains("outside the drawing"));
}

#[test]
fn a_large_log_has_a_page_of_drawings_for_each_year() {
    let site = site(
        2001,
        |number| if number % 500 == 1 && number > 1 { vec![number - 1] } else { vec![] },
    );
    let page = &site["graph.html"];
    assert_eq!(drawn(page), Vec::<usize>::new());
    for (year, groups) in [(2015, 1), (2016, 2), (2017, 1)] {
        let path = format!("graph-{year}.html");
        assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
        assert_eq!(drawn(&site[&path]), vec![2; groups], "{path}");
    }
}

#[test]
fn a_supersession_that_is_not_decided_has_no_accent() {
    let drawn = |status: &str| {
        let site = build_texts(&[
            ("0001-a.md", "---\nstatus: accepted\n---\n# A\n"),
            ("0002-b.md", &format!("---\nstatus: {status}\nsupersedes: 1\n---\n# B\n")),
        ]);
        let class = |text: &str| between(text, "<g class=\"edge ", "\"").to_owned();
        (class(&site["graph.html"]), class(&site["graph.svg"]))
    };
    let both = |class: &str| (class.to_owned(), class.to_owned());
    assert_eq!(drawn("accepted"), both("supersedes"));
    assert_eq!(drawn("proposed"), both("proposed"));
    assert_eq!(drawn("rejected"), both("proposed"));
}

#[test]
fn the_graph_can_be_taken_away_as_a_file_that_leads_to_the_pages() {
    let site = build_texts(&[
        ("0001-a.md", "---\nstatus: accepted\n---\n# A\n"),
        ("0002-b.md", "---\nstatus: accepted\namends: 1\n---\n# B\n"),
    ]);
    assert!(site["graph.html"].contains("<a href=\"graph.svg\" download>graph.svg</a>"));
    assert!(site["graph.svg"].contains("href=\"decisions/0002.html\""), "{}", site["graph.svg"]);
    assert!(site["graph.dot"].contains("URL=\"decisions/0001.html\""), "{}", site["graph.dot"]);
    let alone = build_texts(&[("0001-a.md", "# A\n")]);
    assert!(!alone.contains_key("graph.dot") && !alone.contains_key("graph.svg"));
}
