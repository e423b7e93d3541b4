//! `junit`: one test per record, for servers that show only test results.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::lint::{Diagnostic, FindingSite, Severity};
use crate::model::RecordId;
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::region::region;
use crate::text::{Span, entity, xml_without_commands};

/// The report.
pub(super) static REPORT: Report = Report {
    name: "junit",
    about: "JUnit XML, one test per record",
    kind: ReportKind::Other,
    render,
};

/// The test of a record, or of the log as a whole.
struct TestCase {
    xml: String,
    has_failed: bool,
}

fn render(input: &Input<'_>) -> String {
    let mut of_log: Vec<&Diagnostic> = Vec::new();
    let mut by_record: HashMap<RecordId, Vec<&Diagnostic>> = HashMap::new();
    for one in input.found {
        match one.site {
            FindingSite::Record(id, _) => by_record.entry(id).or_default().push(one),
            FindingSite::File(_) | FindingSite::Tracked(..) | FindingSite::Log => of_log.push(one),
        }
    }
    let mut test_cases = Vec::new();
    if !of_log.is_empty() {
        let path = input.path(&FindingSite::Log);
        test_cases.push(test_case(input, "the log as a whole", &path, &of_log));
    }
    for (id, record) in input.context.log.iter() {
        let path = input.path(&FindingSite::Record(id, Span::at(0)));
        let diagnostics = by_record.remove(&id).unwrap_or_default();
        test_cases.push(test_case(input, &record.label(), &path, &diagnostics));
    }
    let failures = test_cases.iter().filter(|case| case.has_failed).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\"",
        test_cases.len()
    );
    let xml: String = test_cases.into_iter().map(|case| case.xml).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"adr lint\" {counts}>\n  \
         <testsuite name=\"adr lint\" {counts}>\n{xml}  </testsuite>\n</testsuites>\n"
    );
    xml_without_commands(&document).into_owned()
}

/// A test that fails for errors. Other findings are its output.
fn test_case(input: &Input<'_>, name: &str, path: &str, diagnostics: &[&Diagnostic]) -> TestCase {
    let mut content = String::new();
    let (errors, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().copied().partition(|one| one.severity == Severity::Error);
    for one in &errors {
        let (code, message) = (one.rule.code, escaped(&one.message));
        let text = escaped(&plain_text(input, one));
        let failure = format!("<failure type=\"{code}\" message=\"{message}\">{text}</failure>");
        let _ = writeln!(content, "      {failure}");
    }
    if !others.is_empty() {
        let texts: Vec<String> =
            others.iter().map(|one| escaped(&plain_text(input, one))).collect();
        let _ = writeln!(content, "      <system-output>{}</system-output>", texts.join("&#10;"));
    }
    let start_tag = format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\"",
        escaped(name),
        escaped(path),
        escaped(path)
    );
    let xml = if content.is_empty() {
        start_tag + "/>\n"
    } else {
        start_tag + ">\n" + &content + "    </testcase>\n"
    };
    TestCase { xml, has_failed: !errors.is_empty() }
}

/// The finding with its position, and its help on a second line.
fn plain_text(input: &Input<'_>, one: &Diagnostic) -> String {
    let start = region(&input.context.location(&one.site)).start;
    let (severity, code) = (one.severity.as_str(), one.rule.code);
    let path = input.path(&one.site);
    let first_line =
        format!("{path}:{}:{}: {severity} {code} {}", start.line, start.column, one.message);
    match &one.help {
        Some(help) => format!("{first_line}\nhelp: {help}"),
        None => first_line,
    }
}

/// `text` for XML elements and attributes. Characters that XML 1.0 does not allow become U+FFFD.
fn escaped(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for c in text.chars() {
        let is_forbidden =
            c.is_control() && u32::from(c) < 0x80 || matches!(c, '\u{fffe}' | '\u{ffff}');
        match (entity(c), c) {
            (Some(entity), _) => output += entity,
            (None, '\n') => output += "&#10;",
            (None, '\t') => output += "&#9;",
            (None, c) => output.push(if is_forbidden { '\u{fffd}' } else { c }),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::{REPORT, escaped};
    use crate::report::testing::{FILES, SOUND, report};

    #[test]
    fn every_record_is_a_test_and_every_error_a_failure() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="adr lint" tests="2" failures="2" errors="0" skipped="0">
  <testsuite name="adr lint" tests="2" failures="2" errors="0" skipped="0">
    <testcase name="ADR-0001" classname="team/docs/adr/0001-use-kafka.md" file="team/docs/adr/0001-use-kafka.md">
      <failure type="ADR207" message="ADR-0001 has the date `2025-02-30`, which does not exist">team/docs/adr/0001-use-kafka.md:3:7: error ADR207 ADR-0001 has the date `2025-02-30`, which does not exist&#10;help: write the date of the decision as YYYY-MM-DD</failure>
      <failure type="ADR409" message="ADR-0001 links to `0002-nats.md`, which does not exist">team/docs/adr/0001-use-kafka.md:11:17: error ADR409 ADR-0001 links to `0002-nats.md`, which does not exist&#10;help: ADR-0002 is now in `0002-use-nats.md`</failure>
    </testcase>
    <testcase name="ADR-0002" classname="team/docs/adr/0002-use-nats.md" file="team/docs/adr/0002-use-nats.md">
      <failure type="ADR402" message="ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so">team/docs/adr/0002-use-nats.md:9:1: error ADR402 ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so&#10;help: add &quot;superseded by ADR-0002&quot; to ADR-0001</failure>
      <system-output>team/docs/adr/0002-use-nats.md:9:1: info ADR212 ADR-0002 spells `Supercedes`</system-output>
    </testcase>
  </testsuite>
</testsuites>

"#]]
        );
    }

    #[test]
    fn a_sound_record_is_a_test_that_passes() {
        snapbox::assert_data_eq!(
            report(&REPORT, &[SOUND]),
            str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="adr lint" tests="1" failures="0" errors="0" skipped="0">
  <testsuite name="adr lint" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="ADR-0001" classname="team/docs/adr/0001-a.md" file="team/docs/adr/0001-a.md"/>
  </testsuite>
</testsuites>

"#]]
        );
    }

    #[test]
    fn what_concerns_no_single_record_is_a_test_of_its_own() {
        snapbox::assert_data_eq!(
            report(&REPORT, &[]),
            str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="adr lint" tests="1" failures="1" errors="0" skipped="0">
  <testsuite name="adr lint" tests="1" failures="1" errors="0" skipped="0">
    <testcase name="the log as a whole" classname="team/docs/adr" file="team/docs/adr">
      <failure type="ADR109" message="no records found">team/docs/adr:1:1: error ADR109 no records found&#10;help: run `adr new TITLE` to write one, or pass the right folder with `--dir`</failure>
    </testcase>
  </testsuite>
</testsuites>

"#]]
        );
    }

    #[test]
    fn no_runner_finds_a_command() {
        let text =
            "# 3. A\n\n## Status\n\nAccepted\n\nSee [it](##[error]x.md) and [b](##vso[c].md).\n";
        let document = report(&REPORT, &[("0003-a.md", text)]);
        assert!(
            document.contains("#&#35;[error]x.md") && document.contains("#&#35;vso[c]"),
            "{document}"
        );
        assert!(!document.contains("##"), "{document}");
    }

    #[test]
    fn text_of_strangers_is_text_in_xml() {
        assert_eq!(
            escaped("<a b=\"c\">&\u{1b}\u{ffff}\n"),
            "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}&#10;"
        );
    }
}
