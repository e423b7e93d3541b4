//! ADR110 `invalid-encoding`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::Record;
use crate::text::{Edit, Encoding, LineEnding, Span, line_endings};

rule! {
    /// Reports files that are not UTF-8 or have mixed line endings.
    ///
    /// A byte order mark is reported too.
    ///
    /// ## Why is this bad?
    ///
    /// Bytes that are not UTF-8 can only be guessed, and `adr` refuses to change such a file. A byte order
    /// mark hides front matter from many tools, and mixed line endings turn every edit into a change of the
    /// whole file. A carriage return without a line feed (CR) ends a line in Markdown and YAML, but most
    /// editors and git do not show it: text that looks like one line is two.
    ///
    /// ## Example
    ///
    /// A file saved as Latin-1, in which `Café` ends with the single byte `E9`.
    ///
    /// ## Use instead
    ///
    /// Convert the file to UTF-8:
    ///
    /// ```console
    /// $ iconv -f latin1 -t utf-8 0001-cafe.md
    /// ```
    ///
    /// ## Fix
    ///
    /// The byte order mark is removed, and the less frequent line endings are replaced with the most
    /// frequent one (safe). CR becomes LF or CRLF. Bytes that are not UTF-8 are not changed, because their
    /// meaning is unknown.
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
            mixed_line_endings(record, findings);
        }
        Encoding::Lossy { .. } if record.source.is_utf16() => {
            findings
                .report(Span::at(0), format!("{} is UTF-16, not UTF-8", record.label()))
                .help("save the file as UTF-8, for example with `iconv -f utf-16 -t utf-8`");
        }
        Encoding::Lossy { at: offset } => {
            let character_end = offset + char::REPLACEMENT_CHARACTER.len_utf8();
            findings
                .report(
                    Span::new(*offset, character_end),
                    format!("{} is not UTF-8", record.label()),
                )
                .label("this byte is not part of a character")
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
    let mark_span = Span::new(0, MARK.len_utf8());
    let edits = vec![Edit::replace(mark_span, "")];
    findings
        .report(mark_span, format!("{} starts with a byte order mark", record.label()))
        .severity(severity)
        .fix(Fix::safe("remove the byte order mark", &record.source, edits).changing(&Fact::ALL));
}

fn mixed_line_endings(record: &Record, findings: &mut Findings<'_>) {
    let text = record.source.written();
    // Most texts have only LF.
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return;
    }
    let line_endings: Vec<(Span, LineEnding)> = line_endings(text).collect();
    let count_of = |wanted| line_endings.iter().filter(|(_, kind)| *kind == wanted).count();
    let (lf, crlf, cr) =
        (count_of(LineEnding::Lf), count_of(LineEnding::CrLf), count_of(LineEnding::Cr));
    if [lf, crlf, cr].contains(&line_endings.len()) {
        return;
    }
    // Few programs treat a CR alone as the end of a line, so it is never the majority.
    let majority = if crlf > lf { LineEnding::CrLf } else { LineEnding::Lf };
    let minority_endings: Vec<(Span, LineEnding)> =
        line_endings.iter().copied().filter(|(_, kind)| *kind != majority).collect();
    let edits =
        minority_endings.iter().map(|(span, _)| Edit::replace(*span, majority.as_str()).exactly());
    let minority_kinds = [(lf, LineEnding::Lf), (crlf, LineEnding::CrLf), (cr, LineEnding::Cr)];
    let minority_kinds =
        minority_kinds.into_iter().filter(|(count, kind)| *count > 0 && *kind != majority);
    let minority_kinds: Vec<String> = minority_kinds
        .map(|(count_of, kind)| format!("{count_of} of {} are {}", line_endings.len(), kind.name()))
        .collect();
    let severity = findings.severity(Level::Form);
    // Almost no editor shows a CR alone, so it is reported first.
    let carriage_return = minority_endings.iter().find(|(_, kind)| *kind == LineEnding::Cr);
    let first_offset = carriage_return
        .or(minority_endings.first())
        .map(|(span, _)| span.start)
        .unwrap_or_default();
    let message =
        format!("{} has mixed line endings: {}", record.label(), minority_kinds.join(", "));
    let fix_title = format!("end every line with {}", majority.name());
    let fix = Fix::safe(fix_title, &record.source, edits.collect()).changing(&Fact::ALL);
    findings.report(Span::at(first_offset), message).severity(severity).fix(fix);
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_sources};
    use crate::text::Source;

    #[test]
    fn utf8_passes_with_either_line_ending() {
        check(&RULE, "# 1. Café\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\r\nstatus: accepted\r\n---\r\n\r\n# Café\r\n", str![]);
    }

    #[test]
    fn invalid_bytes_are_reported() {
        let source = Source::decode("0001-test.md", b"# 1. Caf\xE9\n".to_vec());
        check_sources(
            &RULE,
            vec![source],
            str![[r#"
0001-test.md:1:9: error[ADR110]: ADR-0001 is not UTF-8
  here: this byte is not part of a character
  help: save the file as UTF-8, for example with `iconv -f latin1 -t utf-8`

"#]],
        );
    }

    /// No other rule reports it, because title and status exist but cannot be read.
    #[test]
    fn a_file_in_utf16_is_one_finding() {
        let text: Vec<u8> =
            "\u{feff}# 1. Use it\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sources = || vec![Source::decode("0001-test.md", text.clone())];
        check_sources(
            &RULE,
            sources(),
            str![[r#"
0001-test.md:1:1: error[ADR110]: ADR-0001 is UTF-16, not UTF-8
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
0001-test.md:1:1: warning[ADR110]: ADR-0001 starts with a byte order mark
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
    fn the_line_endings_of_the_majority_win() {
        check(
            &RULE,
            "---\r\nstatus: accepted\n---\r\n\r\n# A\r\n",
            str![[r#"
0001-test.md:2:17: warning[ADR110]: ADR-0001 has mixed line endings: 1 of 5 are LF
  fix: end every line with CRLF [safe]

"#]],
        );
        check(
            &RULE,
            "# A\r\n\r\nb\n",
            str![[r#"
0001-test.md:3:2: warning[ADR110]: ADR-0001 has mixed line endings: 1 of 3 are LF
  fix: end every line with CRLF [safe]

"#]],
        );
        // `check_fix` also compares the bytes after a second fix.
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
    fn a_single_carriage_return_is_reported() {
        check(&RULE, "# A\r\rb\r", str![]);
        check(
            &RULE,
            "# A\n\nStatus: proposed\rSee below.\r\n",
            str![[r#"
0001-test.md:3:17: warning[ADR110]: ADR-0001 has mixed line endings: 1 of 4 are CRLF, 1 of 4 are CR
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
