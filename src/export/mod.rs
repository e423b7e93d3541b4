//! The log for other tools: as JSON.

mod record;

pub use record::{LogJson, RecordJson, RelationJson, SCHEMA_VERSION, SkippedJson};
