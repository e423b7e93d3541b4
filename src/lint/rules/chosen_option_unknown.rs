//! ADR313 `chosen-option-unknown`

use std::collections::HashSet;

use crate::lint::analysis::options;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, Role};
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// The option that a MADR record names as chosen is one of those that it considered.
    ///
    /// ## Why it matters
    ///
    /// Readers look the option up in the list and do not find it: it was renamed in one place, or
    /// never weighed against the others.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Considered Options
    ///
    /// * PostgreSQL
    /// * SQLite
    ///
    /// ## Decision Outcome
    ///
    /// Chosen option: "MySQL", because it is there.
    /// ```
    ///
    /// Capitals, punctuation and markup do not count, and one of the names may be longer.
    pub(super) static RULE: Rule = {
        code: "ADR313",
        name: "chosen-option-unknown",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

/// What is longer, in bytes, is no name; and every option is compared with the name.
const LONGEST: usize = 1_000;

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(listed), Some(outcome)) =
        (record.section(Role::Options), record.section(Role::Decision))
    else {
        return;
    };
    let options = options(record, listed);
    if options.first().is_some_and(|first| is_prose(record.text(), listed.body, *first)) {
        return;
    }
    let chosen = chosen(record.text(), outcome.body).filter(|chosen| chosen.len() <= LONGEST);
    let Some(chosen) = chosen else { return };
    let name = bare(chosen.of(record.text()));
    let names: Vec<String> = options.iter().map(|option| bare(option.of(record.text()))).collect();
    let near = |other: &String| {
        other.contains(&name) || name.contains(other.as_str()) || share(&name, other)
    };
    if names.len() < 2 || name.is_empty() || names.iter().any(near) || is_number(&name) {
        return;
    }
    let written = chosen.of(record.text());
    let finding = findings.report(
        chosen,
        format!("{} chose \"{written}\", which is none of its options", record.label()),
    );
    if let Some(id) = context.id(record) {
        finding.related(id, listed.title_span, "they are listed here");
    }
    finding.help("use the name from the list, or add the option to it");
}

/// Whether more than one paragraph stands before the `first` item: a list within a text names no
/// options.
fn is_prose(text: &str, body: Span, first: Span) -> bool {
    let before = text.get(body.start..first.start).unwrap_or_default();
    let before = before.rfind('\n').and_then(|end| before.get(..end)).unwrap_or_default();
    let mut blank = true;
    let paragraphs = before.lines().filter(|line| {
        let begins = blank && !line.trim().is_empty();
        blank = line.trim().is_empty();
        begins
    });
    paragraphs.count() > 1
}

/// The words in quotes behind `Chosen option:`.
fn chosen(text: &str, body: Span) -> Option<Span> {
    let words = body.of(text);
    let at = words.to_ascii_lowercase().find("chosen option")?;
    let line = words.get(at..)?.lines().next()?;
    let open = line.find(['"', '“', '„'])?;
    // Words in quotes further on belong to the reason.
    let between = line.get("chosen option".len()..open)?;
    let between = between.trim_matches(|c: char| !c.is_alphanumeric());
    if !matches!(between, "" | "s" | "is" | "was") {
        return None;
    }
    let start = open + line.get(open..)?.chars().next()?.len_utf8();
    let end = start + line.get(start..)?.find(['"', '”', '“'])?;
    let span = Span::new(start, end).shift(body.start + at).trim(text);
    (!span.is_empty()).then_some(span)
}

/// Letters and digits in lower case, with single blanks between the words.
fn bare(words: &str) -> String {
    let plain = crate::syntax::plain(words).to_lowercase();
    let kept = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    kept.collect::<Vec<_>>().join(" ")
}

/// Whether most words of the shorter name stand in the longer one, too.
fn share(one: &str, other: &str) -> bool {
    let there: HashSet<&str> = other.split(' ').collect();
    let common = one.split(' ').filter(|word| there.contains(word)).count();
    common * 2 > one.split(' ').count().min(other.split(' ').count())
}

/// `Option 2` and `3` name an option by its place in the list.
fn is_number(name: &str) -> bool {
    name.split(' ')
        .next_back()
        .is_some_and(|last| last.len() <= 2 && last.chars().all(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    const HEAD: &str = "# A\n\n## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* [PostgreSQL](https://example.org)\n* `SQLite` as a file\n\n## Decision Outcome\n\n";

    #[test]
    fn a_list_above_other_sections_names_the_options() {
        let text = "# A\n\n## Context and Problem Statement\n\nIt.\n\n## Considered Options\n\n* PostgreSQL\n* SQLite\n\n### Noticed, but not further considered\n\n### Left out\n\n## Decision Outcome\n\nChosen option: \"SQLite\", because.\n";
        check(&RULE, text, str![]);
    }

    #[test]
    fn a_listed_option_passes_however_it_is_written() {
        check(&RULE, &format!("{HEAD}Chosen option: \"postgresql\", because.\n"), str![]);
        check(&RULE, &format!("{HEAD}Chosen option: \"SQLite\", because.\n"), str![]);
        check(&RULE, &format!("{HEAD}Chosen option: \"Option 2\", because.\n"), str![]);
    }

    #[test]
    fn quotes_in_the_reason_and_lists_within_a_text_are_no_options() {
        check(&RULE, &format!("{HEAD}Chosen option: the first, with \"/data\" apart.\n"), str![]);
        let prose = HEAD.replace("Options\n\n", "Options\n\nWe talked.\n\nRules could be:\n\n");
        check(&RULE, &format!("{prose}Chosen option: \"MariaDB\", because.\n"), str![]);
        let intro = HEAD.replace("Options\n\n", "Options\n\nWe weighed these:\n\n");
        check(
            &RULE,
            &format!("{intro}Chosen option: \"MariaDB\", because.\n"),
            str![[r#"
0001-test.md:16:17: warning[ADR313]: ADR-0001 chose "MariaDB", which is none of its options
  0001-test.md:7:4: they are listed here
  help: use the name from the list, or add the option to it

"#]],
        );
    }

    #[test]
    fn nygard_chooses_in_prose() {
        check(&RULE, "# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\nWe chose \"X\".\n", str![]);
    }

    #[test]
    fn an_option_that_is_not_listed_is_reported() {
        check(
            &RULE,
            &format!("{HEAD}Chosen option: \"MariaDB\", because.\n"),
            str![[r#"
0001-test.md:14:17: warning[ADR313]: ADR-0001 chose "MariaDB", which is none of its options
  0001-test.md:7:4: they are listed here
  help: use the name from the list, or add the option to it

"#]],
        );
    }
}
