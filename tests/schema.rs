//! Every JSON document that the program prints matches its schema: the real program, with our own log and
//! with an unusual one. The validator below supports the keywords of JSON Schema 2020-12 that our schemas
//! use, and rejects all others, so that no keyword is ignored.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]
#![expect(clippy::indexing_slicing, clippy::panic, reason = "a missing key fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use serde_json::{Value, json};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Keywords without effect on validation.
const REMARKS: &[&str] = &["$schema", "$defs", "title", "description"];

/// The violations of `schema` in `value`, one per line; `root` contains the definitions.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        let fits = match keyword.as_str() {
            word if REMARKS.contains(&word) => true,
            "$ref" => {
                let to = root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                found.extend(faults(root, to, value, at));
                true
            }
            "type" => match rule {
                Value::Array(kinds) => kinds.iter().any(|kind| is(value, kind)),
                kind => is(value, kind),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => {
                rule.as_array().unwrap().iter().any(|one| faults(root, one, value, at).is_empty())
            }
            "minimum" => value.as_i64().is_none_or(|value| value >= rule.as_i64().unwrap()),
            "pattern" => {
                let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(root, rule, item, &format!("{at}/{index}")));
                }
                true
            }
            "required" => rule
                .as_array()
                .unwrap()
                .iter()
                .all(|key| !value.is_object() || value.get(key.as_str().unwrap()).is_some()),
            "properties" | "additionalProperties" | "propertyNames" => {
                found.extend(keys(root, (schema, keyword), value, at));
                true
            }
            other => panic!("unsupported keyword `{other}`"),
        };
        if !fits {
            found.push(format!("{at}: `{keyword}` {rule}"));
        }
    }
    found
}

/// The keywords about the keys of an object.
fn keys(root: &Value, (schema, keyword): (&Value, &str), value: &Value, at: &str) -> Vec<String> {
    let known = schema.get("properties").and_then(Value::as_object);
    let mut found = Vec::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        let own = known.and_then(|known| known.get(key));
        let place = format!("{at}/{key}");
        match (keyword, own, &schema[keyword]) {
            ("properties", Some(own), _) => found.extend(faults(root, own, value, &place)),
            ("additionalProperties", None, Value::Bool(false)) => {
                found.push(format!("{place}: not in the schema"));
            }
            ("additionalProperties", None, rule) => {
                found.extend(faults(root, rule, value, &place));
            }
            ("propertyNames", _, rule) => {
                found.extend(faults(root, rule, &Value::from(key.as_str()), &place));
            }
            _ => {}
        }
    }
    found
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        other => panic!("unsupported type `{other}`"),
    }
}

/// The output of the program: standard output, standard error, exit code.
fn adr(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adr"));
    command.args(args).current_dir(folder).env("ADR_DATE", "2026-03-01").env("CI", "1");
    for name in ["GITHUB_BASE_REF", "ADR_COMPAT", "ADR_TEMPLATE", "ADR_OUTPUT_FORMAT"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// The schema as the program prints it.
fn schema(name: &str) -> Value {
    let (text, _, code) = adr(Path::new(ROOT), &["schema", name]);
    assert_eq!(code, 0, "{name}");
    serde_json::from_str(&text).unwrap()
}

/// The schemas whose documents have been checked.
#[derive(Default)]
struct Checked {
    schemas: BTreeMap<String, Value>,
}

impl Checked {
    fn check(&mut self, name: &str, document: &str) -> Value {
        let value: Value = serde_json::from_str(document).unwrap_or_else(|error| {
            panic!("{name}: {error}\n{document}");
        });
        if let Some(first) = value.as_object().and_then(|object| object.keys().next()) {
            let input = ["adr-toml", "new"].contains(&name);
            assert!(input || first == "schema_version", "{name} begins with `{first}`");
        }
        let schema = self.schemas.entry(name.to_owned()).or_insert_with(|| schema(name));
        assert_eq!(faults(schema, schema, &value, ""), Vec::<String>::new(), "{name}: {document}");
        value
    }

    /// All commands that only read, with the log found in `folder`; `known` is one of its records.
    fn read(&mut self, folder: &Path, known: &str) {
        let mut print = |name: &str, args: &[&str]| self.check(name, &adr(folder, args).0);
        let list = print("list", &["list", "--json"]);
        assert_ne!(list["records"], json!([]));
        print("list", &["export", "json"]);
        for record in list["records"].as_array().unwrap() {
            print("show", &["show", record["file"].as_str().unwrap(), "--json"]);
        }
        print("record", &["status", known, "--json"]);
        print("search", &["search", "use", "--json"]);
        print("config", &["config", "--json"]);
        print("lint", &["lint", "--json"]);
        for line in adr(folder, &["lint", "--output-format", "jsonl"]).0.lines() {
            self.check("finding", line);
        }
        self.check("error", &adr(folder, &["show", "no-such-record", "--json"]).1);
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join("site");
        let built = adr(folder, &["build", "--json", "--out", site.to_str().unwrap()]);
        assert_eq!(built.2, 0, "{}", built.1);
        let report = self.check("build", &built.0);
        assert_eq!(report["changed"], report["files"]);
        self.check("index", &fs::read_to_string(site.join("index.json")).unwrap());
        for entry in fs::read_dir(site.join("decisions")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "json") {
                self.check("record", &fs::read_to_string(path).unwrap());
            }
        }
    }

    /// All commands that write, in a log that may be damaged.
    fn write(&mut self, folder: &Path) {
        let input = json!({
            "title": "Use a thing", "status": "proposed", "date": "2026-02-01", "context": "It is so.",
            "decision": "We do.", "drivers": ["a"], "options": ["b"], "consequences": ["c"],
            "deciders": ["Ada"], "consulted": ["Bo"], "informed": ["Cy"], "tags": ["x"],
        });
        self.check("new", &input.to_string());
        fs::write(folder.join("new.json"), input.to_string()).unwrap();
        for args in [
            &["new", "--from-json", "new.json", "--json"][..],
            &["new", "Use another", "--json"],
            &["status", "@last", "accepted", "--json"],
            &["link", "9", "amends", "1", "--json"],
            &["supersede", "9", "--by", "@last", "--json"],
            &["renumber", "9", "90", "--json"],
        ] {
            let (out, err, code) = adr(folder, args);
            assert_eq!(code, 0, "{args:?}: {err}");
            let written = self.check("written", &out);
            assert_ne!(written["records"], json!([]), "{args:?}");
        }
        adr(folder, &["lint", "--baseline", "known.json", "--write-baseline"]);
        self.check("baseline", &fs::read_to_string(folder.join("known.json")).unwrap());
    }
}

/// A log with as many problems as possible.
fn awkward() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(log.join("sub")).unwrap();
    let words = "x".repeat(3000);
    let files: &[(&str, &str)] = &[
        (
            "0001-use-a.md",
            "# 1. Use A\n\nDate: 2024-02-30\n\n## Status\n\nAccepted\n\nSuperseded by [2](0002-use-b.md)\n",
        ),
        (
            "0002-use-b.md",
            "---\nstatus: \"superseded by [ADR-0077](gone.md)\"\ntags: [x, \"ü, 決\"]\n---\r\n\r\n# Use B\r\n",
        ),
        (
            "0002-use-c.md",
            "# 2. Use C\n\n## Status\n\nAcepted\n\nAmends [1. Use A](0001-use-a.md)\nPartially supersedes ADR-0001\n",
        ),
        (
            "0004-broken.md",
            "---\nstatus: [accepted\n  date: : :\n---\n# Use \"broken\" <b>YAML</b> \u{1b}[31m\n",
        ),
        ("0005-empty.md", ""),
        ("0006-month.md", "---\ndate: 2024-05\nstatus: parked by Ada\n---\n# Use a month\n"),
        (
            "no-number.md",
            "# Use no number\n\n* Status: Proposed\n* Date: 5 May 2024\n* Deciders: Ada, Bo\n\nSee [it](https://example.org).\n",
        ),
        (
            "ARCH-0007-use-ids.md",
            "---\nid: ARCH-0007\nstatus: accepted\nrelates-to: [1, nothing, ARCH-0007]\nconsulted: Bo\ninformed: [Cy]\n---\n# Use ids\n",
        ),
        (
            "sub/0008-use-folders.md",
            "# 8. Use folders\n\n## Status\n\nSuperceded by 8\n\n## Decision\n\nIn the context of all, facing x, we decided for y to achieve z, accepting q.\n",
        ),
        ("other.adoc", "= No Markdown\n"),
        ("README.md", "# Decisions\n\n* [1](0001-use-a.md)\n"),
        ("template.md", "# {{title}}\n"),
    ];
    for (name, text) in files {
        fs::write(log.join(name), text).unwrap();
    }
    fs::write(log.join("0010-latin.md"), b"# 10. Use caf\xe9\n\n## Status\n\nAccepted\n").unwrap();
    fs::write(log.join("0011-long.md"), format!("# 11. Use {words}\n\n## Status\n\n{words}\n"))
        .unwrap();
    folder
}

/// A log for commands that write, with the records 1 to 9.
fn plain() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("docs/adr");
    fs::create_dir_all(&log).unwrap();
    for number in 1..10 {
        let text =
            format!("# {number}. Use {number}\n\n## Status\n\nAccepted\n\n[gone](gone.md)\n");
        fs::write(log.join(format!("{number:04}-use-{number}.md")), text).unwrap();
    }
    folder
}

#[test]
fn what_is_printed_fits_its_schema() {
    let mut checked = Checked::default();
    let root = Path::new(ROOT);
    checked.read(root, "1");
    checked.read(awkward().path(), "1");
    checked.write(plain().path());
    checked.check("rules", &adr(root, &["rule", "--json"]).0);
    checked.check("rule", &adr(root, &["rule", "ADR402", "--json"]).0);
    checked.check("record", &published(plain().path()));
    checked.check("error", &adr(tempfile::tempdir().unwrap().path(), &["lint", "--json"]).1);
    let toml: toml::Table = fs::read_to_string(root.join(".adr.toml")).unwrap().parse().unwrap();
    checked.check("adr-toml", &serde_json::to_string(&toml).unwrap());

    let list = checked.check("schemas", &adr(root, &["schema", "--json"]).0);
    let listed = list["schemas"].as_array().unwrap().iter();
    let listed: Vec<&str> = listed.map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(listed, checked.schemas.keys().collect::<Vec<_>>(), "schemas without a document");
}

/// The data of a record on the site of a committed log.
fn published(folder: &Path) -> String {
    for args in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "all"]] {
        let mut git = Command::new("git");
        git.current_dir(folder).args(["-c", "user.name=Ann", "-c", "user.email=a@example.org"]);
        assert!(git.args(args).status().unwrap().success());
    }
    assert_eq!(adr(folder, &["build", "--out", "site"]).2, 0);
    let data = fs::read_dir(folder.join("site/decisions")).unwrap().map(|one| one.unwrap().path());
    let mut data = data.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    let text = fs::read_to_string(data.next().unwrap()).unwrap();
    assert!(text.contains("\"event\": \"added\""), "{text}");
    text
}

/// Tests the validator itself: a schema that accepts everything would prove nothing.
#[test]
fn a_schema_refuses_what_is_not_its_document() {
    let root = Path::new(ROOT);
    let list = schema("list");
    let good: Value = serde_json::from_str(&adr(root, &["list", "--json"]).0).unwrap();
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        faults(&list, &list, &bad, "")
    };
    assert_eq!(refused(&|_| {}), Vec::<String>::new());
    let version = refused(&|bad| bad["schema_version"] = json!(2));
    assert_eq!(version, ["/schema_version: `const` 1"]);
    let new = refused(&|bad| bad["records"][0]["colour"] = json!("red"));
    assert_eq!(new, ["/records/0/colour: not in the schema"]);
    let kind = refused(&|bad| bad["records"][0]["in_force"] = json!("yes"));
    assert_eq!(kind, ["/records/0/in_force: `type` \"boolean\""]);
    let date = refused(&|bad| bad["records"][0]["date"] = json!("22 November"));
    assert_eq!(date.len(), 1);
    let state = refused(&|bad| bad["records"][0]["state"] = json!("done"));
    assert_eq!(state.len(), 1);
    let gone = refused(&|bad| {
        bad["records"][0].as_object_mut().unwrap().remove("relations");
    });
    assert_eq!(gone.len(), 1);
}

#[test]
fn every_object_of_a_schema_says_which_keys_it_has() {
    for (name, text) in files() {
        let schema: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        closed(&schema, &name);
    }
}

/// The settings of our own log match the schema `adr-toml`.
fn closed(schema: &Value, at: &str) {
    if let Some(object) = schema.as_object() {
        let is_open = at.ends_with("config/properties/settings");
        if object.get("type") == Some(&json!("object")) && !is_open {
            assert!(object.contains_key("additionalProperties"), "{at} allows any key");
        }
        for (key, below) in object {
            closed(below, &format!("{at}/{key}"));
        }
    }
    for (index, below) in schema.as_array().into_iter().flatten().enumerate() {
        closed(below, &format!("{at}/{index}"));
    }
}

/// Each schema is self-contained, so that it can be distributed alone; definitions that several share are
/// identical.
#[test]
fn a_definition_is_the_same_in_every_schema() {
    let mut known: BTreeMap<String, (Value, String)> = BTreeMap::new();
    for (name, text) in files() {
        let schema: Value = serde_json::from_str(&text).unwrap();
        for (word, definition) in schema["$defs"].as_object().into_iter().flatten() {
            let first = known.entry(word.clone()).or_insert((definition.clone(), name.clone()));
            assert_eq!(&first.0, definition, "`{word}` in {} and in {name}", first.1);
        }
    }
    let record = &known["record"].0["properties"];
    let alone: Value = serde_json::from_str(&read("record")).unwrap();
    for (key, property) in record.as_object().unwrap() {
        assert_eq!(&alone["properties"][key], property, "`{key}` in the schema `record` alone");
    }
}

#[test]
fn every_file_of_a_schema_is_one_that_the_program_has() {
    let (text, _, _) = adr(Path::new(ROOT), &["schema"]);
    let listed: BTreeSet<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    let there: Vec<(String, String)> = files();
    assert_eq!(listed, there.iter().map(|(name, _)| name.as_str()).collect());
    for (name, text) in there {
        assert_eq!(adr(Path::new(ROOT), &["schema", &name]).0, text);
    }
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(format!("docs/schema/{name}.json"))).unwrap()
}

fn files() -> Vec<(String, String)> {
    let entries = fs::read_dir(Path::new(ROOT).join("docs/schema")).unwrap();
    let names = entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_owned());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}
