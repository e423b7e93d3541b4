//! JSON with a selection of the fields of records.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

use super::record_json::{RecordJson, SCHEMA_VERSION};
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

/// The selected fields, in the order of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedFields(Vec<&'static str>);

impl SelectedFields {
    /// The fields that `list` names, separated by commas.
    ///
    /// # Errors
    ///
    /// If it names an unknown field.
    pub fn named(list: &str) -> Result<Self> {
        let mut fields = Vec::new();
        for given in list.split(',').map(str::trim).filter(|given| !given.is_empty()) {
            let field = FIELDS.into_iter().find(|known| *known == given).ok_or_else(|| {
                let distance = |known: &str| strsim::damerau_levenshtein(known, given);
                let nearest = FIELDS.into_iter().map(|known| (distance(known), known)).min();
                let nearest = nearest.filter(|(distance, _)| *distance <= 2.max(given.len() / 3));
                Refusal::UnknownField {
                    given: given.to_owned(),
                    nearest: nearest.map(|(_, known)| known),
                    known: FIELDS.to_vec(),
                }
            })?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        Ok(Self(fields))
    }

    /// The document with these fields of the records `ids` of `log`.
    pub fn of<'f>(
        &'f self,
        log: &Log,
        ids: impl IntoIterator<Item = RecordId>,
    ) -> SelectedFieldsJson<'f> {
        let records = ids.into_iter().map(|id| {
            let record = serde_json::to_value(RecordJson::new(log, id)).unwrap_or_default();
            let value = |field: &&'static str| record.get(*field).cloned().unwrap_or_default();
            SelectedValues(self.0.iter().map(|field| (*field, value(field))).collect())
        });
        SelectedFieldsJson { schema_version: SCHEMA_VERSION, records: records.collect() }
    }
}

/// Like [`LogJson`](super::LogJson), with the selected fields of each record.
#[derive(Debug, serde::Serialize)]
pub struct SelectedFieldsJson<'f> {
    schema_version: u32,
    records: Vec<SelectedValues<'f>>,
}

/// The fields of a record with their values, an object that keeps their order.
#[derive(Debug)]
struct SelectedValues<'f>(Vec<(&'f str, Value)>);

impl Serialize for SelectedValues<'_> {
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

    use super::{FIELDS, SelectedFields};
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
        let fields = SelectedFields::named("title, number,title").unwrap();
        let text = serde_json::to_string(&fields.of(&log, ids(&log).into_iter().take(1))).unwrap();
        let expected = r#"{"schema_version":1,"records":[{"title":"Use \"A\"","number":1}]}"#;
        assert_eq!(text, expected);
    }
}
