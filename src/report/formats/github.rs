//! `github`: workflow commands, which GitHub shows as annotations at the lines of a change.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::lint::{Diagnostic, Severity};
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::region::region;
use crate::text::{visible, visible_lines, visible_name, without_commands};

/// The report.
pub(super) static REPORT: Report = Report {
    name: "github",
    about: "annotations for GitHub Actions",
    kind: ReportKind::Other,
    render,
};

/// GitHub shows so many annotations of each severity per step, and drops the others.
const MAX_ANNOTATIONS: usize = 10;

fn render(input: &Input<'_>) -> String {
    let (mut annotated, mut others) = (Vec::<&Diagnostic>::new(), Vec::<&Diagnostic>::new());
    // Of equal severity, the findings of the change come first. The sort is stable.
    let mut diagnostics = input.by_severity();
    diagnostics.sort_by_key(|one| (Reverse(one.severity), !input.context.is_of_change(one)));
    let by_severity: Vec<&[&Diagnostic]> =
        diagnostics.chunk_by(|a, b| a.severity == b.severity).collect();
    let is_too_many = by_severity.iter().any(|group| group.len() > MAX_ANNOTATIONS);
    for group in by_severity {
        let are_notices = group.iter().any(|one| one.severity == Severity::Info);
        // One notice is reserved for the number of findings without annotation.
        let limit = if is_too_many && are_notices { MAX_ANNOTATIONS - 1 } else { MAX_ANNOTATIONS };
        let (first, remaining) = group.split_at(limit.min(group.len()));
        annotated.extend_from_slice(first);
        others.extend_from_slice(remaining);
    }
    let mut output: String = annotated.iter().map(|one| command(input, one)).collect();
    if !others.is_empty() {
        output.extend(others.iter().map(|one| output_line(input, one)));
        let findings = if others.len() == 1 { "finding" } else { "findings" };
        let _ = writeln!(
            output,
            "::notice title=adr lint::{} more {findings} without an annotation: see the output of \
             this step",
            others.len()
        );
    }
    output
}

/// The finding as an annotation.
fn command(input: &Input<'_>, one: &Diagnostic) -> String {
    let command = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let location = input.context.location(&one.site);
    let region = region(&location);
    let mut properties = format!("file={}", escaped_property(&input.path(&one.site)));
    if location.source.is_some() {
        let _ = write!(
            properties,
            ",line={},endLine={},col={},endColumn={}",
            region.start.line, region.end.line, region.start.column, region.end.column
        );
    }
    let title = escaped_property(&format!("{} {}", one.rule.code, one.rule.name));
    let mut message = one.message.clone();
    if let Some(help) = &one.help {
        message = message + "\n" + help;
    }
    format!("::{command} {properties},title={title}::{}\n", escaped_message(&message))
}

/// The finding as a line of the step's output. It begins with a dash, so that a file name cannot be read as a command.
fn output_line(input: &Input<'_>, one: &Diagnostic) -> String {
    let start = region(&input.context.location(&one.site)).start;
    let (path, message) = (input.path(&one.site), visible(&one.message));
    let position = format!("{}:{}:{}", visible_name(&path), start.line, start.column);
    let line = format!("- {position}: {} {} {message}\n", one.severity.as_str(), one.rule.code);
    without_commands(&line).into_owned()
}

/// A message in which everything is escaped that would end it or begin another command. GitHub recognizes the older
/// form of commands anywhere in a line.
fn escaped_message(text: &str) -> String {
    let text = visible_lines(text);
    without_commands(&text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, which a colon or a comma would end.
fn escaped_property(text: &str) -> String {
    escaped_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::REPORT;
    use crate::report::testing::{FILES, report};

    #[test]
    fn findings_are_annotations_the_most_severe_first() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r#"
::error file=team/docs/adr/0001-use-kafka.md,line=3,endLine=3,col=7,endColumn=17,title=ADR207 invalid-date::ADR-0001 has the date `2025-02-30`, which does not exist%0Awrite the date of the decision as YYYY-MM-DD
::error file=team/docs/adr/0001-use-kafka.md,line=11,endLine=11,col=17,endColumn=29,title=ADR409 broken-link::ADR-0001 links to `0002-nats.md`, which does not exist%0AADR-0002 is now in `0002-use-nats.md`
::error file=team/docs/adr/0002-use-nats.md,line=9,endLine=9,col=1,endColumn=45,title=ADR402 missing-back-link::ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so%0Aadd "superseded by ADR-0002" to ADR-0001
::notice file=team/docs/adr/0002-use-nats.md,line=9,endLine=9,col=1,endColumn=11,title=ADR212 status-spelling::`Supercedes` in ADR-0002 is misspelled

"#]]
        );
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let text = "# 3. A\n\n## Status\n\nAccepted\n\nSee [it](50%,::error::x.md).\n";
        snapbox::assert_data_eq!(
            report(&REPORT, &[("0003-a,b%:c.md", text)]),
            str![[r#"
::error file=team/docs/adr/0003-a%2Cb%25%3Ac.md,line=7,endLine=7,col=5,endColumn=28,title=ADR401 dangling-reference::ADR-0003 relates to `[it](50%25,::error::x.md)`, which is not a record in this log%0Aname an existing record, or add the missing one
::warning file=team/docs/adr/0003-a%2Cb%25%3Ac.md,line=1,endLine=1,col=3,endColumn=7,title=ADR101 invalid-file-name::the name of `0003-a,b%25:c.md` contains `:`%0Ause only letters, digits and hyphens
::warning file=team/docs/adr/0003-a%2Cb%25%3Ac.md,line=1,endLine=1,col=3,endColumn=7,title=ADR206 missing-date::ADR-0003 has no date%0Awrite the date of the decision as YYYY-MM-DD

"#]]
        );
    }

    #[test]
    fn more_than_ten_of_a_kind_are_lines_and_a_count() {
        let links: Vec<_> = (0..12).map(|n| format!("[{n}](gone-{n}.md)")).collect();
        let links = links.join("\n");
        let text = format!(
            "# 3. A\n\n## Status\n\nAccepted\n\n## Context\n\n{links}\n\n## Decision\n\nA.\n\n## Consequences\n\nB.\n"
        );
        snapbox::assert_data_eq!(
            report(&REPORT, &[("0003-a.md", &text)]),
            str![[r#"
::error file=team/docs/adr/0003-a.md,line=9,endLine=9,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-0.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=10,endLine=10,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-1.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=11,endLine=11,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-2.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=12,endLine=12,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-3.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=13,endLine=13,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-4.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=14,endLine=14,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-5.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=15,endLine=15,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-6.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=16,endLine=16,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-7.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=17,endLine=17,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-8.md`, which does not exist%0Acorrect the path, or remove the link
::error file=team/docs/adr/0003-a.md,line=18,endLine=18,col=5,endColumn=14,title=ADR409 broken-link::ADR-0003 links to `gone-9.md`, which does not exist%0Acorrect the path, or remove the link
::warning file=team/docs/adr/0003-a.md,line=1,endLine=1,col=3,endColumn=7,title=ADR206 missing-date::ADR-0003 has no date%0Awrite the date of the decision as YYYY-MM-DD
- team/docs/adr/0003-a.md:19:6: error ADR409 ADR-0003 links to `gone-10.md`, which does not exist
- team/docs/adr/0003-a.md:20:6: error ADR409 ADR-0003 links to `gone-11.md`, which does not exist
::notice title=adr lint::2 more findings without an annotation: see the output of this step

"#]]
        );
    }
}
