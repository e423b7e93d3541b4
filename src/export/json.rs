//! The log as JSON: what `adr list --json` prints.

use super::{Export, log_json};

/// See the module.
pub(super) static EXPORT: Export = Export {
    name: "json",
    about: "All that is read from every record, for programs",
    is_graph: false,
    write: |log, ids, _| {
        let json = log_json(log, ids.iter().copied());
        // Strings, numbers and lists of them: there is nothing that JSON could not hold.
        let mut text = serde_json::to_string_pretty(&json).unwrap_or_default();
        text.push('\n');
        text
    },
};
