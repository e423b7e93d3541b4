//! ADR105 `number-mismatch`

use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Layout, Number, Record};
use crate::text::{Edit, Span};

rule! {
    /// ## What it checks
    ///
    /// The number in the first heading is that of the file's name.
    ///
    /// ## Why it matters
    ///
    /// Links go by the file, people by the heading: "ADR 5" then means two decisions.
    ///
    /// ## Example
    ///
    /// `0006-use-nats.md` that begins with
    ///
    /// ```markdown
    /// # 5. Use NATS
    /// ```
    ///
    /// ## Fix
    ///
    /// The heading takes the number of the file (safe).
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
    let (Some(file), Some(heading)) = (file, &record.heading_number) else { return };
    if file.value.value == heading.value.value {
        return;
    }
    let Some(place) = digits(record, heading.span, heading.value) else { return };
    let right = file.value.padded(usize::from(heading.value.width).min(4));
    let edits = vec![Edit::replace(place, &right)];
    findings
        .report(
            place,
            format!(
                "the heading of `{}` has the number {}, its name the number {}",
                record.file, heading.value.value, file.value.value
            ),
        )
        .fix(Fix::safe(format!("write {right} in the heading"), &record.source, edits));
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
    use crate::lint::testing::{check, check_fix};

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
    fn the_file_wins() {
        check(
            &RULE,
            "# 5. Use Rust\n\n## Status\n\nAccepted\n",
            str![[r#"
0001-test.md:1:3: error[ADR105]: the heading of `0001-test.md` has the number 5, its name the number 1
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
