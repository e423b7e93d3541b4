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
    let file = record.number.as_ref().filter(|number| number.layout == Layout::FileName);
    let Some(file) = file.map(|file| file.value) else { return };
    let heading = record.heading_number.as_ref();
    let heading = heading.and_then(|one| Some((digits(record, one.span, one.value)?, one.value)));
    if let Some((place, number)) = heading {
        report(record, file, (place, number, "heading"), findings);
    }
    if let Some((key, place, number)) = keyed(record) {
        report(record, file, (place, number, &format!("key `{key}`")), findings);
    }
}

/// Reports a number that is not that of the file.
fn report(
    record: &Record,
    file: Number,
    (place, number, what): (Span, Number, &str),
    findings: &mut Findings<'_>,
) {
    if file.value == number.value {
        return;
    }
    let right = file.padded(usize::from(number.width).min(4));
    let edits = vec![Edit::replace(place, &right)];
    findings
        .report(
            place,
            format!(
                "the {what} of `{}` has the number {}, but the file name has the number {}",
                record.file, number.value, file.value
            ),
        )
        .fix(Fix::safe(format!("write {right} in the {what}"), &record.source, edits).changing(&[
            Fact::Number,
            Fact::Id,
            Fact::Keys,
        ]));
}

/// The number that the front matter gives: the key, its digits, and what they are. A value such as
/// `OPS-5` may be the name of a ticket.
fn keyed(record: &Record) -> Option<(&str, Span, Number)> {
    let front = record.document.front_matter.as_ref()?;
    let entry = front.entry(&["number"]).or_else(|| front.entry(&["id"]))?;
    let written = entry.value.span.of(record.text());
    let bare = written.trim_end_matches(['"', '\'']);
    let start = bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, digits) = bare.split_at(start);
    let prefix = prefix.trim_start_matches(['"', '\'']).trim_end_matches(['-', '_', ' ']);
    let own = record.id.as_ref().is_some_and(|id| {
        let id = id.value.trim_end_matches(|c: char| c.is_ascii_digit());
        id.trim_end_matches(['-', '_', ' ']).eq_ignore_ascii_case(prefix)
    });
    let is_ours = prefix.is_empty() || prefix.eq_ignore_ascii_case("adr") || own;
    let place = Span::new(start, bare.len()).shift(entry.value.span.start);
    Some((&entry.key.value, place, Number::read(digits).filter(|_| is_ours)?))
}

/// Where in the heading its number stands. `508 systems` counts systems: the number of a record
/// ends in a mark, or follows a prefix.
fn digits(record: &Record, heading: Span, number: Number) -> Option<Span> {
    let words = heading.of(record.text());
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = words.split_at(start);
    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (written, behind) = rest.split_at(length);
    let marks = ['.', ':', ')', ']', '-', '–', '—', '_', '|'];
    let is_own = before.contains(char::is_alphabetic) || behind.trim_start().starts_with(marks);
    let place = Span::new(start, start + length).shift(heading.start);
    (Number::read(written) == Some(number) && is_own).then_some(place)
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_fix, check_log};

    #[test]
    fn the_file_wins_over_the_front_matter() {
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
    fn a_number_of_things_is_none_of_the_record() {
        check(&RULE, "# 508 systems need a home\n\n## Status\n\nAccepted\n", str![]);
    }

    #[test]
    fn the_number_of_a_standard_is_none_of_the_record() {
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
    fn the_file_wins() {
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
