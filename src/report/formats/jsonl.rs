//! `jsonl`: one JSON object per line and finding, for `jq`, logs and streams.

use serde::Serialize;

use super::json::{JsonFinding, SCHEMA_VERSION, json_finding};
use crate::report::definition::{Input, Report, ReportKind};

/// The report.
pub(super) static REPORT: Report =
    Report { name: "jsonl", about: "one JSON object per line", kind: ReportKind::Json, render };

/// A finding of the `json` report as a document.
#[derive(Serialize)]
struct JsonLine<'a> {
    schema_version: u32,
    #[serde(flatten)]
    finding: JsonFinding<'a>,
}

fn render(input: &Input<'_>) -> String {
    let line = |one| {
        let finding = json_finding(input.context, one);
        let json_line = JsonLine { schema_version: SCHEMA_VERSION, finding };
        // Serializing strings and numbers cannot fail.
        serde_json::to_string(&json_line).unwrap_or_default() + "\n"
    };
    input.found.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::REPORT;
    use crate::report::testing::{FILES, SOUND, report};

    #[test]
    fn every_finding_is_a_document_on_a_line_of_its_own() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r#"
{"schema_version":1,"code":"ADR207","name":"invalid-date","severity":"error","message":"ADR-0001 has the date `2025-02-30`, which does not exist","path":"docs/adr/0001-use-kafka.md","range":{"start":{"line":3,"column":7},"end":{"line":3,"column":17}},"label":null,"related":[],"help":"write the date of the decision as YYYY-MM-DD","fix":null,"url":null}
{"schema_version":1,"code":"ADR409","name":"broken-link","severity":"error","message":"ADR-0001 links to `0002-nats.md`, which does not exist","path":"docs/adr/0001-use-kafka.md","range":{"start":{"line":11,"column":17},"end":{"line":11,"column":29}},"label":null,"related":[],"help":"ADR-0002 is now in `0002-use-nats.md`","fix":{"safety":"safe","title":"link to `0002-use-nats.md`","edits":[{"path":"docs/adr/0001-use-kafka.md","range":{"start":{"line":11,"column":17},"end":{"line":11,"column":29}},"text":"0002-use-nats.md"}]},"url":null}
{"schema_version":1,"code":"ADR212","name":"status-spelling","severity":"info","message":"`Supercedes` in ADR-0002 is misspelled","path":"docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":11}},"label":null,"related":[],"help":null,"fix":{"safety":"safe","title":"spell it `supersed…`","edits":[{"path":"docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":9}},"text":"Supersed"}]},"url":null}
{"schema_version":1,"code":"ADR402","name":"missing-back-link","severity":"error","message":"ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so","path":"docs/adr/0002-use-nats.md","range":{"start":{"line":9,"column":1},"end":{"line":9,"column":45}},"label":"claimed here","related":[{"path":"docs/adr/0001-use-kafka.md","range":{"start":{"line":7,"column":1},"end":{"line":7,"column":9}},"message":"ADR-0001 reads /"accepted/""}],"help":"add /"superseded by ADR-0002/" to ADR-0001","fix":null,"url":null}

"#]]
        );
    }

    #[test]
    fn no_finding_is_no_line() {
        assert_eq!(report(&REPORT, &[SOUND]), "");
    }
}
