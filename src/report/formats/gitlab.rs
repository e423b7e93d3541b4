//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.

use serde::Serialize;

use crate::lint::{Diagnostic, Severity};
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::fingerprints::fingerprints;
use crate::report::region::region;

/// The report.
pub(super) static REPORT: Report = Report {
    name: "gitlab",
    about: "Code Quality report for GitLab",
    kind: ReportKind::Json,
    render,
};

#[derive(Serialize)]
struct GitlabIssue<'a> {
    description: &'a str,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: GitlabLocation,
}

#[derive(Serialize)]
struct GitlabLocation {
    path: String,
    lines: GitlabLines,
}

#[derive(Serialize)]
struct GitlabLines {
    begin: usize,
}

fn render(input: &Input<'_>) -> String {
    let diagnostics: Vec<&Diagnostic> = input.found.iter().collect();
    let fingerprints = fingerprints(input, &diagnostics);
    let issue = |(one, fingerprint): (&&Diagnostic, String)| {
        let begin = region(&input.context.location(&one.site)).start.line;
        let location = GitlabLocation { path: input.path(&one.site), lines: GitlabLines { begin } };
        let severity = match one.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        };
        let (description, check_name) = (one.message.as_str(), one.rule.code);
        let issue = GitlabIssue { description, check_name, fingerprint, severity, location };
        serde_json::to_value(issue).unwrap_or_default()
    };
    let issues: Vec<_> = diagnostics.iter().zip(fingerprints).map(issue).collect();
    serde_json::to_string_pretty(&issues).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use snapbox::str;

    use super::REPORT;
    use crate::report::testing::{FILES, SOUND, report};

    #[test]
    fn findings_are_issues_of_code_quality() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r#"
[
  {
    "description": "ADR-0001 has the date `2025-02-30`, which does not exist",
    "check_name": "ADR207",
    "fingerprint": "f465d21249a514a5:1",
    "severity": "major",
    "location": {
      "path": "team/docs/adr/0001-use-kafka.md",
      "lines": {
        "begin": 3
      }
    }
  },
  {
    "description": "ADR-0001 links to `0002-nats.md`, which does not exist",
    "check_name": "ADR409",
    "fingerprint": "2098cc6b477e9df5:1",
    "severity": "major",
    "location": {
      "path": "team/docs/adr/0001-use-kafka.md",
      "lines": {
        "begin": 11
      }
    }
  },
  {
    "description": "`Supercedes` in ADR-0002 is misspelled",
    "check_name": "ADR212",
    "fingerprint": "5adbd1855b0272e3:1",
    "severity": "info",
    "location": {
      "path": "team/docs/adr/0002-use-nats.md",
      "lines": {
        "begin": 9
      }
    }
  },
  {
    "description": "ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so",
    "check_name": "ADR402",
    "fingerprint": "374057665449d224:1",
    "severity": "major",
    "location": {
      "path": "team/docs/adr/0002-use-nats.md",
      "lines": {
        "begin": 9
      }
    }
  }
]

"#]]
        );
    }

    #[test]
    fn no_finding_is_an_empty_list() {
        assert_eq!(report(&REPORT, &[SOUND]), "[]\n");
    }

    #[test]
    fn fingerprints_stay_when_lines_move_and_differ_from_each_other() {
        let text = "# 3. A\n\n## Status\n\nAccepted\n\n## Context\n\n[a](b.md) [a](b.md)\n\n\
                    [c](d.md)\n\n## Decision\n\n## Consequences\n\nB.\n";
        let moved = text.replace("## Context\n", "## Context\n\nA new paragraph.\n\n  And more.\n");
        let prints = |text: &str| {
            let shown = report(&REPORT, &[("0003-a.md", text)]);
            let found: Vec<serde_json::Value> = serde_json::from_str(&shown).unwrap();
            let prints = found.iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned());
            prints.collect::<Vec<_>>()
        };
        let before = prints(text);
        assert!(before.len() > 3, "{before:?}");
        assert_eq!(before, prints(&moved));
        assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
    }
}
