//! The facts on the page of a record.

use super::{between, build_texts, check};

/// The banner of a record's page without markup; empty if there is none.
fn banner(page: &str) -> String {
    let Some((_, rest)) = page.split_once("<div class=\"banner") else { return String::new() };
    let (_, rest) = rest.split_once(">\n").unwrap();
    words(rest.split_once("\n</div>").unwrap().0)
}

/// HTML without its tags.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<String>().trim().to_owned()
}

#[test]
fn only_what_is_decided_changes_a_decision() {
    let said = |statuses: &[&str]| {
        let first = ("0001-a.md".to_owned(), "---\nstatus: accepted\n---\n# A\n".to_owned());
        let others = statuses.iter().enumerate().map(|(at, status)| {
            let text = format!("---\nstatus: {status}\namends: ADR-0001\n---\n# B\n");
            (format!("000{}-b.md", at + 2), text)
        });
        let files: Vec<_> = std::iter::once(first).chain(others).collect();
        let files: Vec<_> =
            files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        let site = build_texts(&files);
        check(&site);
        banner(&site["decisions/0001.html"])
    };
    assert_eq!(said(&["accepted"]), "In force, with changes. Read it together with ADR-0002 B.");
    assert_eq!(said(&["proposed"]), "In force. A proposal would change it: ADR-0002 B.");
    assert_eq!(said(&["rejected"]), "");
    assert_eq!(
        said(&["draft", "accepted", "proposed"]),
        "In force, with changes. Read it together with ADR-0003 B. \
         Proposals would change it: ADR-0002 B and ADR-0004 B."
    );
}

#[test]
fn what_a_status_means_fits_to_the_successor() {
    let said = |status: &str, successor: &str| {
        let first = format!("---\nstatus: {status}\n---\n# A\n");
        let second = format!("---\nstatus: accepted\n{successor}---\n# B\n");
        let site = build_texts(&[("0001-a.md", &first), ("0002-b.md", &second)]);
        between(&site["decisions/0001.html"], "<span class=\"meaning\">", "</span>").to_owned()
    };
    let replaced = "supersedes: ADR-0001\n";
    let although = |word: &str| format!("Marked {word}, but superseded by another decision.");
    assert_eq!(said("accepted", replaced), although("accepted"));
    assert_eq!(said("proposed", replaced), although("proposed"));
    assert_eq!(said("deprecated", replaced), "No longer in force, superseded by another decision.");
    assert_eq!(said("deprecated", ""), "No longer in force, without a successor.");
}

#[test]
fn front_matter_that_cannot_be_read_is_told() {
    let notice = |text: &str| {
        let site = build_texts(&[("0001-a.md", text)]);
        check(&site);
        let page = &site["decisions/0001.html"];
        page.contains("<p class=\"banner\">")
            .then(|| between(page, "<p class=\"banner\">", "</p>").to_owned())
    };
    let told = |line: u32| {
        Some(format!(
            "The front matter of this file is not valid YAML (line {line}). Some of its values may be missing on this page."
        ))
    };
    assert_eq!(notice("---\nstatus: accepted\n---\n# A\n"), None);
    assert_eq!(notice("---\nstatus: accepted\ndate: {\n---\n# A\n"), told(3));
    assert_eq!(notice("---\nstatus: accepted\ndeciders: @ada\n---\n# A\n"), told(3));
}

#[test]
fn what_is_to_be_looked_at_again_and_where_it_is_discussed_is_told() {
    let record = |status: &str, discussion: &str| {
        format!(
            "---\nstatus: {status}\ndiscussion: \"{discussion}\"\nreview-by: 2027-01-01\n---\n# A\n\n\
             ## Decision\n\nWe do not take it & never will. It costs too much.\n"
        )
    };
    let page = |status: &str, discussion: &str, path: &str| {
        let site = build_texts(&[("0001-a.md", &record(status, discussion))]);
        check(&site);
        site[path].clone()
    };
    let proposed = page("proposed", "https://forge.example/t/p/issues/7", "decisions/0001.html");
    assert_eq!(
        banner(&proposed),
        "Not decided yet. Discussion: https://forge.example/t/p/issues/7"
    );
    assert!(proposed.contains("<a href=\"https://forge.example/t/p/issues/7\">"), "{proposed}");
    let field = "<div><dt>Review by</dt><dd><time>2027-01-01</time></dd></div>";
    assert!(proposed.contains(field), "{proposed}");
    let hostile = page("proposed", "javascript:alert(1)", "decisions/0001.html");
    assert_eq!(banner(&hostile), "Not decided yet.");
    let note = |page: String| between(&page, "<p class=\"note\">", "</p>").to_owned();
    assert_eq!(note(page("proposed", "", "status/proposed.html")), "Review by: 2027-01-01");
    assert_eq!(
        note(page("rejected", "", "status/rejected.html")),
        "We do not take it &amp; never will."
    );
    assert!(!page("accepted", "", "status/accepted.html").contains("class=\"note\""));
}

#[test]
fn the_addresses_of_tags_stay_whatever_other_tags_there_are() {
    let pages = |tags: &str| -> Vec<String> {
        let site = build_texts(&[("0001-a.md", &format!("---\ntags: [{tags}]\n---\n# A\n"))]);
        check(&site);
        site.keys().filter(|path| path.starts_with("tags/")).cloned().collect()
    };
    let together = pages("c, \"c#\", c++");
    let alone = ["c", "\"c#\"", "c++"].map(|tag| pages(tag).remove(0));
    assert_eq!(together.len(), 3);
    assert!(alone.iter().all(|page| together.contains(page)), "{alone:?} {together:?}");
}
