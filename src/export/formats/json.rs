//! The log as JSON: what `adr list --json` prints.

use crate::export::definition::Export;
use crate::export::record_json::log_json;

/// The export.
pub(super) static EXPORT: Export = Export {
    name: "json",
    about: "All data of every record, for programs",
    is_graph: false,
    write: |log, ids, _| {
        // Serializing strings, numbers and lists cannot fail.
        let mut text =
            serde_json::to_string_pretty(&log_json(log, ids.iter().copied())).unwrap_or_default();
        text.push('\n');
        text
    },
};
