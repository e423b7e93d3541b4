//! `markdown`: the findings as a page, for the summary of a job or a comment on a change.

use std::fmt::Write as _;

use crate::lint::Diagnostic;
use crate::report::definition::{Input, Report, ReportKind};
use crate::report::region::region;
use crate::text::{visible, without_commands};

/// The report.
pub(super) static REPORT: Report = Report {
    name: "markdown",
    about: "Markdown for a job summary or a comment",
    kind: ReportKind::Other,
    render,
};

/// The maximum length in bytes. GitHub rejects a comment of more than 64 KB.
const MAX_LENGTH: usize = 60_000;

/// The space that is reserved for the line with the number of omitted findings.
const LAST_LINE: usize = 100;

fn render(input: &Input<'_>) -> String {
    let mut output = format!("### adr lint: {}\n", input.headline());
    let diagnostics = input.by_severity();
    if diagnostics.is_empty() {
        return output;
    }
    output += "\n| severity | rule | place | finding |\n|---|---|---|---|\n";
    for (row_count, one) in diagnostics.iter().enumerate() {
        let row = row(input, one);
        if output.len() + row.len() + LAST_LINE > MAX_LENGTH {
            let omitted = diagnostics.len() - row_count;
            let findings = if omitted == 1 { "finding is" } else { "findings are" };
            let reason = "this page would be too long";
            let _ = writeln!(output, "\n{omitted} more {findings} left output here: {reason}.");
            return output;
        }
        output += &row;
    }
    output
}

fn row(input: &Input<'_>, one: &Diagnostic) -> String {
    let location = input.context.location(&one.site);
    let mut position = input.path(&one.site);
    if location.source.is_some() {
        let _ = write!(position, ":{}", region(&location).start.line);
    }
    let code = match one.rule.url() {
        Some(url) => format!("[{}]({url})", one.rule.code),
        None => one.rule.code.to_owned(),
    };
    let mut message = message_markdown(&one.message);
    if let Some(help) = &one.help {
        message = message + "<br>" + &message_markdown(help);
    }
    format!("| {} | {code} | {} | {message} |\n", one.severity.as_str(), code_span(&position))
}

/// A message in which text between backquotes stays code, and all other text has no meaning for Markdown.
fn message_markdown(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_unbalanced = parts.len().is_multiple_of(2);
    if is_unbalanced || parts.iter().skip(1).step_by(2).any(|code| code.is_empty()) {
        return escaped(text);
    }
    let parts = parts.iter().enumerate();
    parts
        .map(|(index, part)| if index % 2 == 1 { code_span(part) } else { escaped(part) })
        .collect()
}

/// A code span in a cell of a table, if the text can be one.
fn code_span(text: &str) -> String {
    if text.contains('`') || text.trim() != text || without_commands(text) != text {
        return escaped(text);
    }
    // A bar ends a cell even in code.
    format!("`{}`", visible(text).replace('|', "\\|"))
}

/// `text` without any meaning for Markdown. A comment after `@` and `#` prevents forges from notifying a person or
/// linking an issue.
fn escaped(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => output += "&lt;",
            '>' => output += "&gt;",
            '&' => output += "&amp;",
            '@' => output += "@<!-- -->",
            '#' => output += "#<!-- -->",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => {
                output.push('\\');
                output.push(c);
            }
            c => output.push(c),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::{MAX_LENGTH, REPORT, message_markdown};
    use crate::report::testing::{FILES, SOUND, report};

    #[test]
    fn findings_are_rows_the_most_severe_first() {
        snapbox::assert_data_eq!(
            report(&REPORT, FILES),
            str![[r####"
### adr lint: 3 errors, 1 remark in 2 records

| severity | rule | place | finding |
|---|---|---|---|
| error | ADR207 | `team/docs/adr/0001-use-kafka.md:3` | ADR-0001 has the date `2025-02-30`, a day that does not exist<br>write the day of the decision as YYYY-MM-DD |
| error | ADR409 | `team/docs/adr/0001-use-kafka.md:11` | ADR-0001 links to `0002-nats.md`, which is not there<br>ADR-0002 is now in `0002-use-nats.md` |
| error | ADR402 | `team/docs/adr/0002-use-nats.md:9` | ADR-0002 supersedes ADR-0001, but ADR-0001 does not say so<br>add "superseded by ADR-0002" to ADR-0001 |
| info | ADR212 | `team/docs/adr/0002-use-nats.md:9` | ADR-0002 spells `Supercedes` |

"####]]
        );
    }

    #[test]
    fn words_of_strangers_are_text() {
        assert_eq!(
            message_markdown("@all: [a](b) `x|y` <img src=x> #1 `*`"),
            r"@<!-- -->all: \[a\](b) `x\|y` &lt;img src=x&gt; #<!-- -->1 `*`"
        );
        assert_eq!(message_markdown("an odd ` and **bold**"), r"an odd \` and \*\*bold\*\*");
        assert_eq!(message_markdown("a\u{202e} `b\u{1b}\n|`"), r"a\\u{202e} `b\u{1b} \|`");
        assert_eq!(message_markdown("`##[error]x`"), r"#<!-- -->#<!-- -->\[error\]x");
    }

    #[test]
    fn a_sound_log_is_a_line() {
        assert_eq!(report(&REPORT, &[SOUND]), "### adr lint: nothing found in 1 record\n");
    }

    #[test]
    fn a_long_page_stops_and_counts_the_rest() {
        let links: Vec<_> = (0..900).map(|n| format!("[{n}](gone-{n}.md)")).collect();
        let links = links.join("\n");
        let text = format!(
            "# 3. A\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n{links}\n\n## Decision\n\nA.\n\n## Consequences\n\nB.\n"
        );
        let page = report(&REPORT, &[("0003-a.md", &text)]);
        let rows = page.lines().filter(|line| line.starts_with("| error |")).count();
        let rest = 900 - rows;
        assert!((MAX_LENGTH - 300..MAX_LENGTH).contains(&page.len()), "{} bytes", page.len());
        assert_eq!(
            page.lines().last().unwrap(),
            format!("{rest} more findings are left output here: this page would be too long.")
        );
    }
}
