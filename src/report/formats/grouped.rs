//! `grouped`: the findings below the names of their files, for reading a whole log at once.

use std::fmt::Write as _;

use crate::lint::Diagnostic;
use crate::report::definition::{Input, Report, ReportKind};
use crate::text::{visible, visible_name, without_commands};

/// The report.
pub(super) static REPORT: Report =
    Report { name: "grouped", about: "findings grouped by file", kind: ReportKind::People, render };

fn render(input: &Input<'_>) -> String {
    let position = |one: &Diagnostic| {
        let location = input.context.location(&one.site);
        let start = location.source.map(|source| source.line_column(location.span.start));
        start.map_or(String::new(), |start| format!("{}:{}", start.line, start.column))
    };
    let path = |one: &Diagnostic| input.context.location(&one.site).path;
    let mut output = String::new();
    // The findings of one file are next to each other, because findings are ordered by path.
    for group in input.found.chunk_by(|a, b| path(a) == path(b)) {
        let width = group.iter().map(|one| position(one).len()).max().unwrap_or_default();
        let group_path = group.first().map(path).unwrap_or_default();
        output = output + &visible_name(&group_path) + "\n";
        for one in group {
            let (severity, code) = (one.severity.as_str(), one.rule.code);
            let fix_mark = if one.fix.is_some() { "[*] " } else { "" };
            let (position, message) = (position(one), visible(&one.message));
            let _ =
                writeln!(output, "  {position:width$}  {severity:7}  {code}  {fix_mark}{message}");
        }
        output.push('\n');
    }
    without_commands(&output).into_owned()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::REPORT;
    use crate::report::testing::{FILES, report};

    #[test]
    fn findings_stand_below_their_file() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r#"
docs/adr/0001-use-kafka.md
  3:7    error    ADR207  ADR-0001 has the date `2025-02-30`, a day that does not exist
  11:17  error    ADR409  [*] ADR-0001 links to `0002-nats.md`, which is not there

docs/adr/0002-use-nats.md
  9:1  info     ADR212  [*] ADR-0002 spells `Supercedes`
  9:1  error    ADR402  ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so


"#]]
        );
    }
}
