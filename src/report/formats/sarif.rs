//! `sarif`: SARIF 2.1.0, which code scanning of GitHub and other tools read. Keys and limits are from the standard and
//! from GitHub's documentation.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::lint::{Diagnostic, FindingSite, Fix, Preset, Rule, Severity, rules};
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::fingerprints::{fingerprints, line_hashes};
use crate::report::region::region;
use crate::text::{Change, Edit, Source, url_path};

/// The report.
pub(super) static REPORT: Report = Report {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    kind: ReportKind::Json,
    render,
};

/// GitHub rejects a run with more results.
const MAX_RESULTS: usize = 25_000;

/// GitHub rejects a result with more locations.
const MAX_LOCATIONS: usize = 1_000;

/// The maximum number of characters in the description of a rule.
const MAX_DESCRIPTION: usize = 1_024;

fn render(input: &Input<'_>) -> String {
    document(input, MAX_RESULTS).to_string() + "\n"
}

/// The document with at most `limit` results: the most severe ones, in their original order.
fn document(input: &Input<'_>, limit: usize) -> Value {
    let mut kept_indexes: Vec<usize> = (0..input.found.len()).collect();
    kept_indexes.sort_by_key(|index| input.found.get(*index).map(|one| Reverse(one.severity)));
    kept_indexes.truncate(limit);
    kept_indexes.sort_unstable();
    let diagnostics: Vec<&Diagnostic> =
        kept_indexes.iter().filter_map(|index| input.found.get(*index)).collect();
    let line_hashes = line_hashes(input, &diagnostics);
    let fingerprints = fingerprints(input, &diagnostics);
    let identities = line_hashes.into_iter().zip(fingerprints);
    let results: Vec<Value> = diagnostics
        .iter()
        .zip(identities)
        .map(|(one, identity)| result(input, one, identity))
        .collect();
    let left_out = input.found.len() - diagnostics.len();
    let invocation = with(
        json!({ "executionSuccessful": true }),
        "toolExecutionNotifications",
        (left_out > 0).then(|| {
            let text = format!("{left_out} findings were left out: a run holds at most {limit}");
            json!([{ "level": "warning", "message": { "text": text } }])
        }),
    );
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "automationDetails": { "id": "adr-lint/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
        }],
    })
}

fn driver() -> Value {
    let driver = json!({
        "name": "adr lint",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules::RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    let home_page = env!("CARGO_PKG_HOMEPAGE");
    with(driver, "informationUri", (!home_page.is_empty()).then(|| json!(home_page)))
}

/// A rule with its page. All rules are listed, with and without findings, so that their indexes are the same in all
/// runs of a version.
fn descriptor(rule: &Rule) -> Value {
    let level = rule.level.severity(Preset::Default);
    let page = rule.page();
    let title = rule.name.replace('-', " ");
    let descriptor = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": clipped(&title) },
        "fullDescription": { "text": clipped(&rule.summary()) },
        "help": { "text": page.trim(), "markdown": page.trim() },
        "defaultConfiguration": {
            "enabled": level.is_some(),
            "level": self::level(level.unwrap_or(Severity::Warning)),
        },
        "properties": { "tags": ["architecture-decision-record"] },
    });
    with(descriptor, "helpUri", rule.url().map(Value::from))
}

fn result(
    input: &Input<'_>,
    one: &Diagnostic,
    (line_hash, fingerprint): (String, String),
) -> Value {
    let mut text = one.message.clone();
    if let Some(help) = &one.help {
        text = text + "\n\n" + help;
    }
    let index = rules::RULES.iter().position(|rule| rule.code == one.rule.code);
    let result = json!({
        "ruleId": one.rule.code,
        // -1 means "none" in the standard; every rule is in the list.
        "ruleIndex": index.map_or(json!(-1), Value::from),
        "level": level(one.severity),
        "message": { "text": text },
        "locations": [location(input, &one.site)],
        "partialFingerprints": { "primaryLocationLineHash": line_hash, "adrFinding/v1": fingerprint },
    });
    let related = one.related.iter().take(MAX_LOCATIONS - 1).enumerate().map(|(index, related)| {
        let place = location(input, &FindingSite::Record(related.record, related.span));
        let message = json!({ "text": related.message });
        with(with(place, "id", Some(json!(index + 1))), "message", Some(message))
    });
    let related: Vec<Value> = related.collect();
    let result = with(result, "relatedLocations", (!related.is_empty()).then(|| json!(related)));
    let fix = one.fix.as_ref().and_then(|fix| self::fix(input, fix));
    with(result, "fixes", fix.map(|fix| json!([fix])))
}

/// A fix with more edits is left to `adr lint --fix`.
const MAX_REPLACEMENTS: usize = 1_000;

/// The fix; `None` if it creates or renames a file, which SARIF cannot express.
fn fix(input: &Input<'_>, fix: &Fix) -> Option<Value> {
    let changes = fix.changes.iter().map(|change| match change {
        Change::Edit { path, edits } if edits.len() <= MAX_REPLACEMENTS => {
            let source = input.context.source(path)?;
            let path = input.below_root(path.display().to_string());
            let replacements: Vec<Value> =
                edits.iter().map(|edit| replacement(source, edit)).collect();
            Some(json!({ "artifactLocation": artifact(&path), "replacements": replacements }))
        }
        _ => None,
    });
    let changes: Vec<Value> = changes.collect::<Option<_>>()?;
    Some(json!({
        "description": { "text": format!("{} [{}]", fix.title, fix.safety.as_str()) },
        "artifactChanges": changes,
    }))
}

fn replacement(source: &Source, edit: &Edit) -> Value {
    let (start, end) = (source.line_column(edit.span.start), source.line_column(edit.span.end));
    let replacement = json!({ "deletedRegion": {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    } });
    let text = Some(source.local(edit).text).filter(|text| !text.is_empty());
    with(replacement, "insertedContent", text.map(|text| json!({ "text": text })))
}

/// `object` with another key, if there is a value: keys of the standard may be missing, but not null.
fn with(mut object: Value, key: &str, value: Option<Value>) -> Value {
    if let (Some(map), Some(value)) = (object.as_object_mut(), value) {
        map.insert(key.to_owned(), value);
    }
    object
}

fn location(input: &Input<'_>, site: &FindingSite) -> Value {
    let found_region = region(&input.context.location(site));
    let region = json!({
        "startLine": found_region.start.line,
        "startColumn": found_region.start.column,
        "endLine": found_region.end.line,
        "endColumn": found_region.end.column,
    });
    let artifact = artifact(&input.path(site));
    json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } })
}

/// The file at `path`. A file outside of the repository, and an absolute path, have no base.
fn artifact(path: &str) -> Value {
    if path.starts_with('/') {
        json!({ "uri": format!("file://{}", url_path(path)) })
    } else if path.get(1..3) == Some(":/") {
        json!({ "uri": format!("file:///{}", url_path(path)) })
    } else if path.starts_with("..") {
        json!({ "uri": url_path(path) })
    } else {
        json!({ "uri": url_path(path), "uriBaseId": "%SRCROOT%" })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// `text`, cut off if it is longer than GitHub allows.
fn clipped(text: &str) -> String {
    if text.chars().count() <= MAX_DESCRIPTION {
        return text.to_owned();
    }
    text.chars().take(MAX_DESCRIPTION - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};
    use snapbox::str;

    use super::{REPORT, clipped};
    use crate::report::testing::{FILES, lines, report, report_in, with_input};
    use crate::text::url_path;

    fn parsed(files: &[(&str, &str)]) -> Value {
        serde_json::from_str(&report(&REPORT, files)).unwrap()
    }

    /// The whole document but for its rules, which another test looks at.
    #[test]
    fn a_run_with_its_results() {
        let mut document = lines(&REPORT, "/runs/0/results");
        let rules = &parsed(FILES)["runs"][0]["tool"]["driver"]["rules"];
        document = document.replace(&rules.to_string(), "[…]");
        // A new rule moves those behind it.
        for (index, rule) in rules.as_array().unwrap().iter().enumerate() {
            let code = rule["id"].as_str().unwrap();
            document = document.replace(
                &format!("{{\"ruleId\":\"{code}\",\"ruleIndex\":{index},"),
                &format!("{{\"ruleId\":\"{code}\",\"ruleIndex\":…,"),
            );
        }
        document = document.replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        snapbox::assert_data_eq!(
            document,
            str![[r#"
{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"adr lint","semanticVersion":"0.0.0","rules":[…]}},"automationDetails":{"id":"adr-lint/"},"columnKind":"unicodeCodePoints","invocations":[{"executionSuccessful":true}],"results":"…"}]}
{"ruleId":"ADR207","ruleIndex":…,"level":"error","message":{"text":"ADR-0001 has the date `2025-02-30`, which does not exist/n/nwrite the date of the decision as YYYY-MM-DD"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"team/docs/adr/0001-use-kafka.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":3,"startColumn":7,"endLine":3,"endColumn":17}}}],"partialFingerprints":{"primaryLocationLineHash":"85a63f47e36a90b8:1","adrFinding/v1":"f465d21249a514a5:1"}}
{"ruleId":"ADR409","ruleIndex":…,"level":"error","message":{"text":"ADR-0001 links to `0002-nats.md`, which does not exist/n/nADR-0002 is now in `0002-use-nats.md`"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"team/docs/adr/0001-use-kafka.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":11,"startColumn":17,"endLine":11,"endColumn":29}}}],"partialFingerprints":{"primaryLocationLineHash":"26f3781f9998973e:1","adrFinding/v1":"2098cc6b477e9df5:1"},"fixes":[{"description":{"text":"link to `0002-use-nats.md` [safe]"},"artifactChanges":[{"artifactLocation":{"uri":"team/docs/adr/0001-use-kafka.md","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":11,"startColumn":17,"endLine":11,"endColumn":29},"insertedContent":{"text":"0002-use-nats.md"}}]}]}]}
{"ruleId":"ADR212","ruleIndex":…,"level":"note","message":{"text":"`Supercedes` in ADR-0002 is misspelled"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"team/docs/adr/0002-use-nats.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":9,"startColumn":1,"endLine":9,"endColumn":11}}}],"partialFingerprints":{"primaryLocationLineHash":"c57c45b8e154c263:1","adrFinding/v1":"5adbd1855b0272e3:1"},"fixes":[{"description":{"text":"spell it `supersed…` [safe]"},"artifactChanges":[{"artifactLocation":{"uri":"team/docs/adr/0002-use-nats.md","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":9,"startColumn":1,"endLine":9,"endColumn":9},"insertedContent":{"text":"Supersed"}}]}]}]}
{"ruleId":"ADR402","ruleIndex":…,"level":"error","message":{"text":"ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so/n/nadd /"superseded by ADR-0002/" to ADR-0001"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"team/docs/adr/0002-use-nats.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":9,"startColumn":1,"endLine":9,"endColumn":45}}}],"partialFingerprints":{"primaryLocationLineHash":"c57c45b8e154c263:1","adrFinding/v1":"374057665449d224:1"},"relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"team/docs/adr/0001-use-kafka.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":7,"startColumn":1,"endLine":7,"endColumn":9}},"id":1,"message":{"text":"ADR-0001 reads /"accepted/""}}]}
"#]]
        );
    }

    #[test]
    fn a_rule_comes_with_its_page() {
        let document = parsed(FILES);
        let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let one = rules.iter().find(|rule| rule["id"] == "ADR208").unwrap();
        snapbox::assert_data_eq!(
            one.to_string(),
            str![[
                r#"{"id":"ADR208","name":"future-date","shortDescription":{"text":"future date"},"fullDescription":{"text":"Reports dates in the future."},"help":{"text":"Reports dates in the future./n/nTomorrow is allowed, because it may already be tomorrow in another time zone./n/n## Why is this bad?/n/nA future date is a mistake, usually in the year, and sorts the record to the wrong end of every/nlist./n/n## Example/n/n```markdown/nDate: 2206-03-01/n```/n/n## Use instead/n/n```markdown/nDate: 2026-03-01/n```","markdown":"Reports dates in the future./n/nTomorrow is allowed, because it may already be tomorrow in another time zone./n/n## Why is this bad?/n/nA future date is a mistake, usually in the year, and sorts the record to the wrong end of every/nlist./n/n## Example/n/n```markdown/nDate: 2206-03-01/n```/n/n## Use instead/n/n```markdown/nDate: 2026-03-01/n```"},"defaultConfiguration":{"enabled":true,"level":"warning"},"properties":{"tags":["architecture-decision-record"]}}"#
            ]]
        );
    }

    #[test]
    fn of_too_many_results_the_most_severe_stay() {
        let text = "# 3. A\n\n## Status\n\nAccepted\n\n## Context\n\n[a](b.md)\n";
        let rules = |most: usize| {
            let shown = with_input(&[("0003-a.md", text)], |input| super::document(input, most));
            let run = &shown["runs"][0];
            let codes: Vec<String> = run["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["ruleId"].as_str().unwrap().to_owned())
                .collect();
            let notes = &run["invocations"][0]["toolExecutionNotifications"];
            (codes, notes[0]["message"]["text"].as_str().map(str::to_owned))
        };
        let (all, note) = rules(100);
        assert_eq!((all.len() > 2, note), (true, None), "{all:?}");
        let text = format!("{} findings were left out: a run holds at most 1", all.len() - 1);
        assert_eq!(rules(1), (vec!["ADR409".to_owned()], Some(text)));
    }

    #[test]
    fn fingerprints_do_not_change_when_lines_move() {
        let prints = |files: &[(&str, &str)]| {
            let document = parsed(files);
            let results = document["runs"][0]["results"].as_array().unwrap().clone();
            results.iter().map(|one| one["partialFingerprints"].clone()).collect::<Vec<_>>()
        };
        let moved: Vec<(&str, String)> = FILES
            .iter()
            .map(|(file, text)| (*file, text.replace("## Status\n", "New words.\n\n\n## Status\n")))
            .collect();
        let moved: Vec<(&str, &str)> =
            moved.iter().map(|(file, text)| (*file, text.as_str())).collect();
        assert_eq!(prints(FILES), prints(&moved));
    }

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(url_path("docs/adr/0001-é b:c%.md"), "docs/adr/0001-%C3%A9%20b%3Ac%25.md");
    }

    #[test]
    fn a_log_in_no_repository_has_the_paths_that_people_see() {
        let place = |folder: &str| {
            let shown = report_in(&REPORT, FILES, Path::new(folder), None);
            let document: Value = serde_json::from_str(&shown).unwrap();
            let place = &document["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
            place["artifactLocation"].clone()
        };
        assert_eq!(place("../adr"), json!({ "uri": "../adr/0001-use-kafka.md" }));
        assert_eq!(place("/a b/adr"), json!({ "uri": "file:///a%20b/adr/0001-use-kafka.md" }));
        assert_eq!(place("C:/adr"), json!({ "uri": "file:///C%3A/adr/0001-use-kafka.md" }));
    }

    #[test]
    fn a_text_is_cut_within_the_limit() {
        assert_eq!(clipped(&"ä".repeat(1024)), "ä".repeat(1024));
        assert_eq!(clipped(&"ä".repeat(1025)), "ä".repeat(1023) + "…");
    }
}
