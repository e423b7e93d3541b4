//! Some of the fields of records, for programs that want no more.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

use super::record::{RecordJson, SCHEMA_VERSION};
use crate::model::{Log, RecordId};
use crate::{Refusal, Result};

/// The fields of a record in JSON, in their order.
const FIELDS: [&str; 16] = [
    "file",
    "path",
    "number",
    "id",
    "title",
    "status",
    "status_text",
    "state",
    "in_force",
    "date",
    "relations",
    "tags",
    "decision_makers",
    "consulted",
    "informed",
    "format",
];

/// Which fields are wanted, in the order in which they are to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<&'static str>);

impl Fields {
    /// Those that `list` names, with commas between them.
    ///
    /// # Errors
    ///
    /// Where it names one that no record has.
    pub fn named(list: &str) -> Result<Self> {
        let mut fields = Vec::new();
        for given in list.split(',').map(str::trim).filter(|given| !given.is_empty()) {
            let field = FIELDS.into_iter().find(|known| *known == given).ok_or_else(|| {
                let far = |known: &str| strsim::damerau_levenshtein(known, given);
                let near = FIELDS.into_iter().map(|known| (far(known), known)).min();
                let near = near.filter(|(far, _)| *far <= 2.max(given.len() / 3));
                Refusal::UnknownField {
                    given: given.to_owned(),
                    nearest: near.map(|(_, known)| known),
                    known: FIELDS.to_vec(),
                }
            })?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        Ok(Self(fields))
    }

    /// The document that holds these fields of the records `ids` of `log`.
    pub fn of<'f>(&'f self, log: &Log, ids: impl IntoIterator<Item = RecordId>) -> SomeJson<'f> {
        let records = ids.into_iter().map(|id| {
            let whole = serde_json::to_value(RecordJson::new(log, id)).unwrap_or_default();
            let value = |field: &&'static str| whole.get(*field).cloned().unwrap_or_default();
            Picked(self.0.iter().map(|field| (*field, value(field))).collect())
        });
        SomeJson { schema_version: SCHEMA_VERSION, records: records.collect() }
    }
}

/// As [`LogJson`](super::LogJson), with some of the fields of each record.
#[derive(Debug, serde::Serialize)]
pub struct SomeJson<'f> {
    schema_version: u32,
    records: Vec<Picked<'f>>,
}

/// Fields with their values; an object that keeps their order.
#[derive(Debug)]
struct Picked<'f>(Vec<(&'f str, Value)>);

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, value) in &self.0 {
            map.serialize_entry(field, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FIELDS, Fields};
    use crate::export::RecordJson;
    use crate::export::testing::{ids, log};

    #[test]
    fn every_field_of_a_record_can_be_asked_for() {
        let log = log();
        let record = RecordJson::new(&log, ids(&log)[0]);
        let record = serde_json::to_value(record).unwrap();
        let has: BTreeSet<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(has, BTreeSet::from(FIELDS));
    }

    #[test]
    fn fields_come_as_they_are_asked_for() {
        let log = log();
        let fields = Fields::named("title, number,title").unwrap();
        let text = serde_json::to_string(&fields.of(&log, ids(&log).into_iter().take(1))).unwrap();
        let expected = r#"{"schema_version":1,"records":[{"title":"Use \"A\"","number":1}]}"#;
        assert_eq!(text, expected);
    }
}
