//! The log for other programs: as data, as a table of contents, and as a drawing. Accesses neither the disk nor the
//! terminal.

mod definition;
mod drawing;
mod formats;
mod record_json;
mod selected_fields;
#[cfg(test)]
mod testing;
mod toc;

pub use definition::{Addresses, Export};
pub use drawing::{Drawing, DrawnRecord, DrawnRelation, clusters, drawing, related_pairs};
pub use formats::EXPORTS;
pub use record_json::{
    EventJson, IncomingJson, LogJson, OneJson, PublishedJson, RecordJson, RelationJson,
    SCHEMA_VERSION, SkippedJson, StatusJson, distinct_relations, log_json, log_json_of,
};
pub use selected_fields::{SelectedFields, SelectedFieldsJson};
pub use toc::{Toc, toc};
