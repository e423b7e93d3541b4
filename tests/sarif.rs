//! `adr lint --output-format sarif` with the real program, validated against `sarif.schema.json`: the keys
//! of the standard that we use, and the limits of GitHub. `browser/sarif.test.mjs` uses the schema of the
//! standard, whose licence does not allow a copy here. Does not depend on what the rules find.

#![expect(clippy::disallowed_methods, reason = "tests access the disk directly")]
#![expect(clippy::unwrap_used, reason = "a panic fails the test")]
#![expect(clippy::indexing_slicing, reason = "a missing key fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use jsonschema::Validator;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("sarif.schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// The errors of the document, one per line.
fn faults(document: &Value) -> Vec<String> {
    let validator = validator();
    validator.iter_errors(document).map(|one| format!("{}: {one}", one.instance_path())).collect()
}

/// The output of the program for the log in `folder`.
fn sarif(folder: &Path, args: &[&str]) -> (String, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.current_dir(folder).env_clear().env("ADR_DATE", "2026-03-01");
    command.env("PATH", std::env::var("PATH").unwrap());
    command.args(["lint", "--output-format", "sarif"]).args(args);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let document = serde_json::from_str(&text).unwrap();
    (text, document)
}

/// A repository whose log has spaces and letters of all kinds in its paths, and many findings: with related
/// locations, on several records, on the log, and at the ends of texts.
fn repository() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("Über uns/docs/adr");
    fs::create_dir_all(&log).unwrap();
    fs::create_dir(home.path().join(".git")).unwrap();
    let write = |name: &str, text: &str| fs::write(log.join(name), text).unwrap();
    let record = |title: &str, status: &str, context: &str| {
        format!(
            "# {title}\n\nDate: 2025-02-30\n\n## Status\n\n{status}\n\n## Context\n\n{context}\n\n\
             ## Decision\n\n## Consequences\n\nÄ 🦀 [x](#gone)\n"
        )
    };
    write("0001-größe & mehr.md", &record("1. Größe", "Accepted", "[a](b%20c.md) \"quoted\""));
    let later = "Accepted\n\nSupercedes [1](<0001-größe & mehr.md>)";
    write("0002-日本語.md", &record("2. 日本語", later, "See ADR-0099."));
    write("0002-again#1.md", &record("2. 日本語", "Supersedes ADR-0042", "[y](0001-GRÖSSE.md)"));
    write("0003-broken.md", "---\nstatus: [accepted\n---\n# 3. Broken\n\n<<<<<<< HEAD\n");
    write("0004-empty.md", "");
    for number in 10..60 {
        write(&format!("{number:04}-a b.md"), &record("9. Nine", "perhaps", "\u{feff}x\r\ny"));
    }
    home
}

#[test]
fn many_findings_in_odd_places_keep_to_the_schema() {
    let home = repository();
    for args in [&[][..], &["--select", "ALL", "--config", "lint.preset=\"strict\""]] {
        let (text, document) = sarif(&home.path().join("Über uns"), args);
        assert_eq!(faults(&document), Vec::<String>::new());
        // GitHub accepts ten megabytes of compressed data; this is a hundredth of that, uncompressed.
        let results = document["runs"][0]["results"].as_array().unwrap();
        assert!(results.len() > 100 && text.len() < results.len() * 2_000 + 200_000);
        assert!(results.iter().any(|one| one.get("relatedLocations").is_some()));
        assert!(results.iter().any(|one| one.get("fixes").is_some()));
    }
}

/// Conditions that a schema cannot express: locations are in the file, indexes point to their rules, and
/// fingerprints are unique.
#[test]
fn places_rules_and_fingerprints_are_true() {
    let home = repository();
    let (_, document) = sarif(home.path(), &["--dir", "Über uns/docs/adr", "--select", "ALL"]);
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len());
    let mut prints = BTreeSet::new();
    for one in run["results"].as_array().unwrap() {
        let index = usize::try_from(one["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], one["ruleId"]);
        assert!(prints.insert(one["partialFingerprints"]["adrFinding/v1"].as_str().unwrap()));
        for change in one["fixes"].as_array().into_iter().flatten() {
            for change in change["artifactChanges"].as_array().unwrap() {
                let uri = decoded(change["artifactLocation"]["uri"].as_str().unwrap());
                let text = fs::read_to_string(home.path().join(uri)).unwrap();
                for new in change["replacements"].as_array().unwrap() {
                    assert!(lies_in(&text, &new["deletedRegion"]), "{one}");
                }
            }
        }
        let related = one["relatedLocations"].as_array();
        for place in
            one["locations"].as_array().unwrap().iter().chain(related.into_iter().flatten())
        {
            let place = &place["physicalLocation"];
            let path =
                home.path().join(decoded(place["artifactLocation"]["uri"].as_str().unwrap()));
            assert!(path.exists(), "{}", path.display());
            if path.is_file() {
                assert!(lies_in(&fs::read_to_string(&path).unwrap(), &place["region"]), "{one}");
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_github_would_refuse() {
    let home = repository();
    let (_, sound) = sarif(home.path(), &["--dir", "Über uns/docs/adr"]);
    let refused = |pointer: &str, value: Value| {
        let mut document = sound.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        !faults(&document).is_empty()
    };
    let uri = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
    for (pointer, value) in [
        ("/version", json!("2.0.0")),
        (uri, json!("/tmp/a.md")),
        (uri, json!("../a.md")),
        (uri, json!("a b.md")),
        ("/runs/0/results/0/level", json!("info")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations", json!([])),
        ("/runs/0/results/0/partialFingerprints", json!({})),
        ("/runs/0/results/0", json!({ "fixes": [{ "artifactChanges": [] }] })),
        ("/runs/0/results", json!(vec![sound["runs"][0]["results"][0].clone(); 25_001])),
        (
            "/runs/0/tool/driver/rules/0/properties/tags",
            json!((0..21).map(|at| at.to_string()).collect::<Vec<_>>()),
        ),
        ("/runs/0/tool/driver/rules/0/fullDescription/text", json!("x".repeat(1025))),
    ] {
        assert!(refused(pointer, value), "{pointer}");
    }
    assert!(!refused("/version", json!("2.1.0")));
}

/// Decodes percent-encoding in `uri`.
fn decoded(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// Whether lines and columns of the region match the text.
fn lies_in(text: &str, region: &Value) -> bool {
    let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    ["start", "end"].iter().all(|end| {
        let line = lines.get(number(&format!("{end}Line")) - 1);
        line.is_some_and(|line| number(&format!("{end}Column")) <= line.chars().count() + 1)
    })
}
