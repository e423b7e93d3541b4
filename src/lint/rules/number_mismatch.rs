//! ADR105 `number-mismatch`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Layout, Number, Record};
use crate::text::{Edit, Span};

rule! {
    /// Reports numbers that differ between the file name and the record.
    ///
    /// Compares the number in the file name with the number in the first heading, and with `id` or
    /// `number` in the front matter.
    ///
    /// ## Why is this bad?
    ///
    /// Links use the file name, people use the heading, and "ADR 5" has two meanings.
    ///
    /// ## Example
    ///
    /// `0006-use-nats.md` starts with:
    ///
    /// ```markdown
    /// # 5. Use NATS
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// # 6. Use NATS
    /// ```
    ///
    /// ## Fix
    ///
    /// The number of the file name is written to the heading or the key (safe).
    pub(super) static RULE: Rule = {
        code: "ADR105",
        name: "number-mismatch",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let file_number = record.number.as_ref().filter(|number| number.layout == Layout::FileName);
    let Some(file_number) = file_number.map(|number| number.value) else { return };
    let heading_number = record.heading_number.as_ref().and_then(|heading| {
        Some((digits_in_heading(record, heading.span, heading.value)?, heading.value))
    });
    if let Some((digits_span, number)) = heading_number {
        report(record, file_number, (digits_span, number, "heading"), findings);
    }
    if let Some((key, digits_span, number)) = front_matter_number(record) {
        report(record, file_number, (digits_span, number, &format!("key `{key}`")), findings);
    }
}

/// Reports `number` if it differs from the number of the file.
fn report(
    record: &Record,
    file_number: Number,
    (digits_span, number, location): (Span, Number, &str),
    findings: &mut Findings<'_>,
) {
    if file_number.value == number.value {
        return;
    }
    let expected_number = file_number.padded(usize::from(number.width).min(4));
    let edits = vec![Edit::replace(digits_span, &expected_number)];
    findings
        .report(
            digits_span,
            format!(
                "the {location} of `{}` has the number {}, but the file name has the number {}",
                record.file, number.value, file_number.value
            ),
        )
        .fix(
            Fix::safe(format!("write {expected_number} in the {location}"), &record.source, edits)
                .changing(&[Fact::Number, Fact::Id, Fact::Keys]),
        );
}

/// Returns the number in the front matter: its key, the span of its digits, and its value. A value such
/// as `OPS-5` may be the name of a ticket, so the prefix must be empty, `ADR`, or the prefix of the id.
fn front_matter_number(record: &Record) -> Option<(&str, Span, Number)> {
    let front_matter = record.document.front_matter.as_ref()?;
    let entry = front_matter.entry(&["number"]).or_else(|| front_matter.entry(&["id"]))?;
    let written = entry.value.span.of(record.text());
    let unquoted = written.trim_end_matches(['"', '\'']);
    let digits_start = unquoted.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, digits) = unquoted.split_at(digits_start);
    let prefix = prefix.trim_start_matches(['"', '\'']).trim_end_matches(['-', '_', ' ']);
    let is_id_prefix = record.id.as_ref().is_some_and(|id| {
        let id = id.value.trim_end_matches(|c: char| c.is_ascii_digit());
        id.trim_end_matches(['-', '_', ' ']).eq_ignore_ascii_case(prefix)
    });
    let is_record_number = prefix.is_empty() || prefix.eq_ignore_ascii_case("adr") || is_id_prefix;
    let digits_span = Span::new(digits_start, unquoted.len()).shift(entry.value.span.start);
    Some((&entry.key.value, digits_span, Number::read(digits).filter(|_| is_record_number)?))
}

/// Returns the span of the record number in the heading. The number follows a prefix or ends with a
/// mark, because the `508` of `508 systems` is not a record number.
fn digits_in_heading(record: &Record, heading: Span, number: Number) -> Option<Span> {
    let heading_text = heading.of(record.text());
    let digits_start = heading_text.find(|c: char| c.is_ascii_digit())?;
    let (text_before, text_from_digits) = heading_text.split_at(digits_start);
    let digit_count =
        text_from_digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(text_from_digits.len());
    let (digits, text_after) = text_from_digits.split_at(digit_count);
    let marks = ['.', ':', ')', ']', '-', '–', '—', '_', '|'];
    let is_record_number =
        text_before.contains(char::is_alphabetic) || text_after.trim_start().starts_with(marks);
    let digits_span = Span::new(digits_start, digits_start + digit_count).shift(heading.start);
    (Number::read(digits) == Some(number) && is_record_number).then_some(digits_span)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn the_file_name_wins_over_the_front_matter() {
        for (written, right) in [("id: 5", "1"), ("id: ADR-0005", "0001"), ("number: \"05\"", "01")]
        {
            let (key, place) = (
                written.split(':').next().unwrap(),
                written.find(|c: char| c.is_ascii_digit()).unwrap() + 1,
            );
            let text = format!("---\n{written}\nstatus: accepted\n---\n\n# A\n");
            let expected = format!(
                "0001-test.md:2:{place}: error[ADR105]: the key `{key}` of `0001-test.md` has the number 5, but the file name has the number 1\n  fix: write {right} in the key `{key}` [safe]\n"
            );
            check(&RULE, &text, expected);
        }
        for written in
            ["id: 1", "id: ADR-0001", "number: 1", "id: OPS-5", "id: use-rust", "id: 2024-05-06"]
        {
            check(&RULE, &format!("---\n{written}\nstatus: accepted\n---\n\n# A\n"), str![]);
        }
        check_fix(
            &RULE,
            "---\nid: ADR-0005\n---\n\n# ADR-0005: A\n",
            str![[r#"
---
id: ADR-0001
---

# ADR-0001: A

"#]],
        );
    }

    #[test]
    fn equal_numbers_pass_in_any_width() {
        check(&RULE, "# 1. Use Rust\n\n## Status\n\nAccepted\n", str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# ADR-0001: Use Rust\n", str![]);
    }

    #[test]
    fn a_heading_without_number_passes() {
        check(&RULE, "---\nstatus: accepted\n---\n\n# Use Rust\n", str![]);
    }

    #[test]
    fn an_amount_is_not_a_record_number() {
        check(&RULE, "# 508 systems need a home\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn the_number_of_a_standard_is_not_a_record_number() {
        for title in ["RFC 7807 problem details", "RFC-7807: problem details"] {
            check(&RULE, &format!("# {title}\n\n## Status\n\nAccepted\n"), str![]);
        }
        let files = [("rfc-0004-x.md", "# RFC 5: X\n\n## Status\n\nAccepted\n")];
        check_log(
            &RULE,
            &files,
            str![[r#"
rfc-0004-x.md:1:7: error[ADR105]: the heading of `rfc-0004-x.md` has the number 5, but the file name has the number 4
  fix: write 4 in the heading [safe]

"#]],
        );
    }

    #[test]
    fn the_file_name_wins() {
        check(
            &RULE,
            "# 5. Use Rust\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:3: error[ADR105]: the heading of `0001-test.md` has the number 5, but the file name has the number 1
  fix: write 1 in the heading [safe]

"#]],
        );
        check_fix(
            &RULE,
            "# 5. Use Rust\n\n## Status\n\nAccepted\n",
            str![[r#"
# 1. Use Rust

## Status

Accepted

"#]],
        );
        check_fix(
            &RULE,
            "---\nstatus: accepted\n---\n\n# ADR-0005: Use Rust\n",
            str![[r#"
---
status: accepted
---

# ADR-0001: Use Rust

"#]],
        );
    }
}
