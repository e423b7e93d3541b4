//! Our own texts on pages, and pages in languages other than English.

use std::collections::BTreeMap;
use std::path::Path;

use super::{LOG, build_texts, read_site};

/// The messages in a language file.
fn words(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(key, text)| (key.to_owned(), text.trim_matches('"').to_owned())).collect()
}

#[test]
fn a_german_site_has_no_english_word_of_ours() {
    let mut log = LOG.to_vec();
    log.push((
        "adr.toml",
        "[site]\nlanguage = \"de-AT\"\nbase-url = \"https://a.example\"\ntitle = \"L\"\n",
    ));
    log.push(("0005-e.md", "---\nstatus: accepted\ntags: [x]\ndecision-makers: [y]\n---\n# E\n\n```mermaid\na\n```\n\n> [!NOTE]\n> n\n\n- [x] m\n"));
    log.push(("readme.md", "# About\n\nNothing.\n"));
    let site = build_texts(&log);
    let english = words(include_str!("../../templates/site/messages.toml"));
    let german = words(include_str!("../../templates/site/messages.de.toml"));
    let pages = site.iter().filter(|(path, _)| {
        [".html", ".xml", ".svg", ".txt"].iter().any(|end| path.ends_with(end))
    });
    let mut found = Vec::new();
    for (path, page) in pages {
        for (key, text) in english.iter().filter(|(key, text)| german[*key] != **text) {
            // With its delimiters, so that a word is not found inside another text.
            for part in text.split('|').filter(|part| part.len() > 2) {
                let part = part.replace("{n}", "1");
                let places =
                    [format!(">{part}<"), format!("label=\"{part}\""), format!("content=\"{part}")];
                if places.iter().any(|place| page.contains(place)) {
                    found.push(format!("{path}: {key}: {part}"));
                }
            }
        }
        if page.starts_with("<!doctype") {
            assert!(page.contains("<html lang=\"de-AT\" dir=\"ltr\">"), "{path}");
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let page = &site["decisions/0001.html"];
    let banner = "<strong>Nicht gültig.</strong> Abgelöst durch ";
    assert!(page.contains(banner), "{page}");
    assert!(page.contains("<dt>Datum</dt><dd><time>2026-01-05</time></dd>"), "{page}");
    assert!(site["feed.xml"].contains("xml:lang=\"de-AT\""));
}

#[test]
fn arrows_have_the_direction_of_the_page() {
    let words = "lang = \"he\"\ndirection = \"rtl\"\narrow = \"←\"\n";
    let site = build_texts(&[
        ("0001-a.md", "# A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
        ("0002-b.md", "# B\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-a.md)\n"),
        ("templates/site/messages.toml", words),
    ]);
    let index = &site["index.html"];
    assert!(index.contains("<span aria-hidden=\"true\">←</span> <a"), "{index}");
    let arrows =
        site.iter().filter(|(_, page)| page.starts_with("<!doctype") && page.contains('→'));
    assert_eq!(arrows.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_text_is_used_and_every_key_is_there() {
    let mut sources = String::new();
    for folder in ["templates/site", "src/site", "src/model"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for (name, text) in read_site(&folder) {
            if [".html", ".xml", ".svg", ".rs"].iter().any(|end| name.ends_with(end)) {
                sources.push_str(text.split("#[cfg(test)]").next().unwrap());
            }
        }
    }
    let english = words(include_str!("../../templates/site/messages.toml"));
    let is_used = |key: &str| {
        sources.contains(&format!("\"{key}\""))
            || [" ", "}"].iter().any(|end| sources.contains(&format!("t.{key}{end}")))
    };
    let unused: Vec<_> = english.keys().filter(|key| !is_used(key)).collect();
    assert_eq!(unused, Vec::<&String>::new());
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for place in sources.split("{ t.").skip(1).chain(sources.split("messages.get(\"").skip(1)) {
        let key = place.split(|c| !word(c)).next().unwrap_or_default();
        assert!(english.contains_key(key), "no text for `{key}`");
    }
}
