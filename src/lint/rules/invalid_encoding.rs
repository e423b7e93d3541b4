//! ADR110 `invalid-encoding`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::text::{Edit, Encoding, LineEnding, Span, line_endings};

rule! {
    /// ## What it checks
    ///
    /// A record is text in UTF-8, without a byte order mark, and all its lines end in the same
    /// way.
    ///
    /// ## Why it matters
    ///
    /// Bytes that are no UTF-8 cannot be read for certain: what is shown for them is a guess, and
    /// `adr` refuses to change such a file. A byte order mark hides front matter from many tools,
    /// and mixed line ends turn every edit into a change of the whole file. A carriage return
    /// without a line feed (CR) ends a line in Markdown and YAML, but most editors and git do not
    /// show it: a text that looks like one line is two.
    ///
    /// ## Example
    ///
    /// A file saved as Latin-1, in which `Café` ends in the single byte `E9`.
    ///
    /// ## Fix
    ///
    /// The byte order mark is removed, and the line ends that are in the minority become like the
    /// others (safe); CR becomes LF or CRLF. Bytes that are no UTF-8 are left to you, for nothing says for certain what they
    /// were meant to be: `iconv -f latin1 -t utf-8`; and a file in UTF-16: `iconv -f utf-16 -t utf-8`.
    pub(super) static RULE: Rule = {
        code: "ADR110",
        name: "invalid-encoding",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    match record.source.encoding() {
        Encoding::Utf8 => {
            byte_order_mark(record, findings);
            line_ends(record, findings);
        }
        Encoding::Lossy { .. } if record.source.is_utf16() => {
            findings
                .report(Span::at(0), format!("{} is UTF-16, and not UTF-8", record.label()))
                .help("save the file as UTF-8, for example with `iconv -f utf-16 -t utf-8`");
        }
        Encoding::Lossy { at } => {
            let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
            findings
                .report(Span::new(*at, end), format!("{} is not UTF-8", record.label()))
                .label("this byte is part of no character")
                .help("save the file as UTF-8, for example with `iconv -f latin1 -t utf-8`");
        }
        Encoding::Unreadable { reason } => {
            findings.report(Span::at(0), format!("{} cannot be read: {reason}", record.label()));
        }
    }
}

fn byte_order_mark(record: &Record, findings: &mut Findings<'_>) {
    const MARK: char = '\u{feff}';
    if !record.text().starts_with(MARK) {
        return;
    }
    let severity = findings.severity(Level::Form);
    let span = Span::new(0, MARK.len_utf8());
    let edits = vec![Edit::replace(span, "")];
    findings
        .report(span, format!("{} begins with a byte order mark", record.label()))
        .severity(severity)
        .fix(Fix::safe("remove the byte order mark", &record.source, edits).changing(&Fact::ALL));
}

fn line_ends(record: &Record, findings: &mut Findings<'_>) {
    let text = record.source.written();
    // Most texts have one kind only.
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return;
    }
    let all: Vec<(Span, LineEnding)> = line_endings(text).collect();
    let count = |kind| all.iter().filter(|(_, end)| *end == kind).count();
    let (lf, crlf, cr) = (count(LineEnding::Lf), count(LineEnding::CrLf), count(LineEnding::Cr));
    if [lf, crlf, cr].contains(&all.len()) {
        return;
    }
    // Few programs take a return alone for the end of a line: it never wins.
    let most = if crlf > lf { LineEnding::CrLf } else { LineEnding::Lf };
    let strange: Vec<(Span, LineEnding)> =
        all.iter().copied().filter(|(_, end)| *end != most).collect();
    let edits = strange.iter().map(|(span, _)| Edit::replace(*span, most.as_str()).exactly());
    let few = [(lf, LineEnding::Lf), (crlf, LineEnding::CrLf), (cr, LineEnding::Cr)];
    let few = few.into_iter().filter(|(count, end)| *count > 0 && *end != most);
    let few: Vec<String> =
        few.map(|(count, end)| format!("{count} of {} are {}", all.len(), end.name())).collect();
    let severity = findings.severity(Level::Form);
    // A return alone is what nearly no editor shows.
    let hidden = strange.iter().find(|(_, end)| *end == LineEnding::Cr);
    let first = hidden.or(strange.first()).map(|(span, _)| span.start).unwrap_or_default();
    let message = format!("{} has mixed line ends: {}", record.label(), few.join(", "));
    let title = format!("end every line with {}", most.name());
    let fix = Fix::safe(title, &record.source, edits.collect()).changing(&Fact::ALL);
    findings.report(Span::at(first), message).severity(severity).fix(fix);
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_sources};
    use crate::text::Source;

    #[test]
    fn utf8_passes_with_either_line_end() {
        check(&RULE, "# 1. Café\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\r\nstatus: accepted\r\n---\r\n\r\n# Café\r\n", str![]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_reported_where_they_stand() {
        let source = Source::decode("0001-test.md", b"# 1. Caf\xE9\n".to_vec());
        check_sources(
            &RULE,
            vec![source],
            str![[r#"
0001-test.md:1:9: error[ADR110]: ADR-0001 is not UTF-8
  here: this byte is part of no character
  help: save the file as UTF-8, for example with `iconv -f latin1 -t utf-8`

"#]],
        );
    }

    /// Nothing else is said of it: title and status are there, and cannot be seen.
    #[test]
    fn a_file_in_utf16_is_one_finding() {
        let text: Vec<u8> =
            "\u{feff}# 1. Use it\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sources = || vec![Source::decode("0001-test.md", text.clone())];
        check_sources(
            &RULE,
            sources(),
            str![[r#"
0001-test.md:1:1: error[ADR110]: ADR-0001 is UTF-16, and not UTF-8
  help: save the file as UTF-8, for example with `iconv -f utf-16 -t utf-8`

"#]],
        );
        for rule in crate::lint::rules::RULES.iter().filter(|rule| rule.code != RULE.code) {
            check_sources(rule, sources(), str![]);
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_reported() {
        let source = Source::unreadable("0001-test.md", "Permission denied".to_owned());
        check_sources(
            &RULE,
            vec![source],
            str![[r#"
0001-test.md:1:1: error[ADR110]: ADR-0001 cannot be read: Permission denied

"#]],
        );
    }

    #[test]
    fn a_byte_order_mark_is_removed() {
        check(
            &RULE,
            "\u{feff}# 1. Use Rust\n",
            str![[r#"
0001-test.md:1:1: warning[ADR110]: ADR-0001 begins with a byte order mark
  fix: remove the byte order mark [safe]

"#]],
        );
        check_fix(
            &RULE,
            "\u{feff}# 1. Use Rust\n",
            str![[r#"
# 1. Use Rust

"#]],
        );
    }

    #[test]
    fn the_line_ends_of_the_majority_win() {
        check(
            &RULE,
            "---\r\nstatus: accepted\n---\r\n\r\n# A\r\n",
            str![[r#"
0001-test.md:2:17: warning[ADR110]: ADR-0001 has mixed line ends: 1 of 5 are LF
  fix: end every line with CRLF [safe]

"#]],
        );
        check(
            &RULE,
            "# A\r\n\r\nb\n",
            str![[r#"
0001-test.md:3:2: warning[ADR110]: ADR-0001 has mixed line ends: 1 of 3 are LF
  fix: end every line with CRLF [safe]

"#]],
        );
        // Compared byte for byte by the check that the second fix changes nothing.
        check_fix(
            &RULE,
            "# A\n\nb\r\n",
            str![[r#"
# A

b

"#]],
        );
    }

    #[test]
    fn a_carriage_return_alone_is_reported_where_it_is() {
        check(&RULE, "# A\r\rb\r", str![]);
        check(
            &RULE,
            "# A\n\nStatus: proposed\rSee below.\r\n",
            str![[r#"
0001-test.md:3:17: warning[ADR110]: ADR-0001 has mixed line ends: 1 of 4 are CRLF, 1 of 4 are CR
  fix: end every line with LF [safe]

"#]],
        );
        check_fix(
            &RULE,
            "# A\r\rb\r\nc\r",
            str![[r#"
# A

b
c

"#]],
        );
    }
}
