//! `junit`: a test a record, for servers that show the results of tests and nothing else.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::region::region;
use super::{Input, Kind, Report};
use crate::lint::{Diagnostic, FindingSite, Severity};
use crate::model::RecordId;
use crate::text::{Span, entity, xml_without_commands};

/// See the module.
pub(super) static REPORT: Report =
    Report { name: "junit", about: "JUnit XML, a test a record", kind: Kind::Other, render };

/// A record, or the log as a whole, as a test.
struct Case {
    xml: String,
    fails: bool,
}

fn render(input: &Input<'_>) -> String {
    let mut of_log: Vec<&Diagnostic> = Vec::new();
    let mut of_record: HashMap<RecordId, Vec<&Diagnostic>> = HashMap::new();
    for one in input.found {
        match one.site {
            FindingSite::Record(id, _) => of_record.entry(id).or_default().push(one),
            FindingSite::File(_) | FindingSite::Tracked(..) | FindingSite::Log => of_log.push(one),
        }
    }
    let mut cases = Vec::new();
    if !of_log.is_empty() {
        cases.push(case(input, "the log as a whole", &input.path(&FindingSite::Log), &of_log));
    }
    for (id, record) in input.context.log.iter() {
        let path = input.path(&FindingSite::Record(id, Span::at(0)));
        let found = of_record.remove(&id).unwrap_or_default();
        cases.push(case(input, &record.label(), &path, &found));
    }
    let failures = cases.iter().filter(|case| case.fails).count();
    let counts =
        format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\"", cases.len());
    let cases: String = cases.into_iter().map(|case| case.xml).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"adr lint\" {counts}>\n  \
         <testsuite name=\"adr lint\" {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    );
    xml_without_commands(&document).into_owned()
}

/// Errors are failures; what is less is said beside them and fails nothing.
fn case(input: &Input<'_>, name: &str, path: &str, found: &[&Diagnostic]) -> Case {
    let mut inner = String::new();
    let (errors, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        found.iter().copied().partition(|one| one.severity == Severity::Error);
    for one in &errors {
        let (code, message) = (one.rule.code, escaped(&one.message));
        let text = escaped(&line(input, one));
        let failure = format!("<failure type=\"{code}\" message=\"{message}\">{text}</failure>");
        let _ = writeln!(inner, "      {failure}");
    }
    if !others.is_empty() {
        let lines: Vec<String> = others.iter().map(|one| escaped(&line(input, one))).collect();
        let _ = writeln!(inner, "      <system-out>{}</system-out>", lines.join("&#10;"));
    }
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\"",
        escaped(name),
        escaped(path),
        escaped(path)
    );
    let xml =
        if inner.is_empty() { head + "/>\n" } else { head + ">\n" + &inner + "    </testcase>\n" };
    Case { xml, fails: !errors.is_empty() }
}

/// The finding with its place, and what to do.
fn line(input: &Input<'_>, one: &Diagnostic) -> String {
    let at = region(&input.context.location(&one.site)).start;
    let (severity, code) = (one.severity.as_str(), one.rule.code);
    let path = input.path(&one.site);
    let line = format!("{path}:{}:{}: {severity} {code} {}", at.line, at.column, one.message);
    match &one.help {
        Some(help) => format!("{line}\nhelp: {help}"),
        None => line,
    }
}

/// `text` for XML, in attributes too. Characters that XML 1.0 does not have become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let forbidden =
            c.is_control() && u32::from(c) < 0x80 || matches!(c, '\u{fffe}' | '\u{ffff}');
        match (entity(c), c) {
            (Some(entity), _) => out += entity,
            (None, '\n') => out += "&#10;",
            (None, '\t') => out += "&#9;",
            (None, c) => out.push(if forbidden { '\u{fffd}' } else { c }),
        }
    }
    out
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
      <failure type="ADR207" message="ADR-0001 has the date `2025-02-30`, a day that does not exist">team/docs/adr/0001-use-kafka.md:3:7: error ADR207 ADR-0001 has the date `2025-02-30`, a day that does not exist&#10;help: write the day of the decision as YYYY-MM-DD</failure>
      <failure type="ADR409" message="ADR-0001 links to `0002-nats.md`, which is not there">team/docs/adr/0001-use-kafka.md:11:17: error ADR409 ADR-0001 links to `0002-nats.md`, which is not there&#10;help: ADR-0002 is now in `0002-use-nats.md`</failure>
    </testcase>
    <testcase name="ADR-0002" classname="team/docs/adr/0002-use-nats.md" file="team/docs/adr/0002-use-nats.md">
      <failure type="ADR402" message="ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so">team/docs/adr/0002-use-nats.md:9:1: error ADR402 ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so&#10;help: add &quot;superseded by ADR-0002&quot; to ADR-0001</failure>
      <system-out>team/docs/adr/0002-use-nats.md:9:1: info ADR212 ADR-0002 spells `Supercedes`</system-out>
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
      <failure type="ADR109" message="there is no record here">team/docs/adr:1:1: error ADR109 there is no record here&#10;help: run `adr new TITLE` to write one, or name the right folder with `--dir`</failure>
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
