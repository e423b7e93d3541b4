//! The expected fields of our own logs: `logs/NAME.json` for the log `logs/NAME`.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

mod logs;

use std::fs;
use std::path::Path;

use rationale::model::{Log, RecordId};
use rationale::project::{Project, Request};
use serde_json::{Map, Value, json};

/// The minimum number of records in our logs.
const RECORDS: usize = 80;

#[test]
fn every_field_of_our_logs_is_read_as_it_is_meant() {
    let logs = logs::logs(&["ours"]);
    let mut records = 0;
    for folder in logs.folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let log = Project::open(&Request { dir: Some(folder), ..Request::default() }).unwrap().log;
        assert_eq!(log.skipped(), [], "{name}");
        let read: Map<String, Value> =
            log.iter().map(|(id, record)| (record.file.clone(), fields(&log, id))).collect();
        records += read.len();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/logs/{name}.json"));
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            fs::write(&path, written(&read)).unwrap();
        }
        let expected: Map<String, Value> =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for (file, expected) in &expected {
            assert_eq!(read.get(file), Some(expected), "{name}/{file}");
        }
        assert_eq!(read.len(), expected.len(), "{name}");
    }
    assert!(records >= RECORDS, "{records} records");
}

/// The fields that a record states.
fn fields(log: &Log, id: RecordId) -> Value {
    let record = log.record(id);
    let mut fields = Map::new();
    let mut add = |key: &str, value: Value| {
        if !value.is_null() && value != json!([]) {
            fields.insert(key.to_owned(), value);
        }
    };
    let texts = |list: &[rationale::text::Spanned<String>]| -> Value {
        list.iter().map(|one| one.value.clone()).collect()
    };
    add("number", json!(record.number.as_ref().map(|number| number.value.value)));
    add("id", json!(record.id.as_ref().map(|id| &id.value)));
    add("title", json!(record.title.as_ref().map(|title| &title.value)));
    add("status", json!(record.status().map(ToString::to_string)));
    add("date", json!(record.date().map(|date| date.to_string())));
    let review = record.review.as_ref().and_then(|review| review.value.date());
    add("review", json!(review.map(|date| date.to_string())));
    add("tags", texts(&record.tags));
    add("deciders", texts(&record.decision_makers));
    add("consulted", texts(&record.consulted));
    add("informed", texts(&record.informed));
    let relation = |(one, to): (&rationale::model::Relation, Option<RecordId>)| {
        let target = to.map_or("nothing", |to| log.record(to).file.as_str());
        format!("{} {target}", one.kind.as_str())
    };
    add("relations", log.relations(id).map(relation).collect());
    Value::Object(fields)
}

/// One line per record.
fn written(records: &Map<String, Value>) -> String {
    let line = |(file, fields): (&String, &Value)| format!("  {}: {fields}", json!(file));
    format!("{{\n{}\n}}\n", records.iter().map(line).collect::<Vec<_>>().join(",\n"))
}
