//! ADR313 `chosen-option-unknown`

use std::collections::HashSet;

use crate::lint::analysis::options;
use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, Role};
use crate::text::Span;

rule! {
    /// Reports chosen options that are not among the considered options.
    ///
    /// Applies to MADR records. Case, punctuation and markup are ignored, and one of the two names may be
    /// longer than the other.
    ///
    /// ## Why is this bad?
    ///
    /// Readers look for the chosen option in the list and do not find it. It was renamed in one place, or
    /// never compared with the other options.
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
    /// ## Use instead
    ///
    /// ```markdown
    /// Chosen option: "PostgreSQL", because it is there.
    /// ```
    ///
    /// ## References
    ///
    /// - [MADR](https://adr.github.io/madr/)
    pub(super) static RULE: Rule = {
        code: "ADR313",
        name: "chosen-option-unknown",
        level: Level::Warning,
        since: "0.1.0",
        check: Check::Record(check),
    };
}

/// The maximum length of a name in bytes. The name is compared with every option.
const LONGEST: usize = 1_000;

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(options_section), Some(decision_section)) =
        (record.section(Role::Options), record.section(Role::Decision))
    else {
        return;
    };
    let options = options(record, options_section);
    let is_in_prose = |first: &Span| is_prose(record.text(), options_section.body, *first);
    if options.first().is_some_and(is_in_prose) {
        return;
    }
    let chosen_span = chosen(record.text(), decision_section.body)
        .filter(|chosen_span| chosen_span.len() <= LONGEST);
    let Some(chosen_span) = chosen_span else { return };
    let chosen_name = normalized(chosen_span.of(record.text()));
    let option_names: Vec<String> =
        options.iter().map(|option| normalized(option.of(record.text()))).collect();
    let is_similar = |other: &String| {
        other.contains(&chosen_name)
            || chosen_name.contains(other.as_str())
            || share_most_words(&chosen_name, other)
    };
    if option_names.len() < 2
        || chosen_name.is_empty()
        || option_names.iter().any(is_similar)
        || is_number(&chosen_name)
    {
        return;
    }
    let written_name = chosen_span.of(record.text());
    let finding = findings.report(
        chosen_span,
        format!("{} chose \"{written_name}\", which is not one of its options", record.label()),
    );
    if let Some(record_id) = context.id(record) {
        finding.related(record_id, options_section.title_span, "options listed here");
    }
    finding.help("use a name from the list, or add the option to the list");
}

/// Returns whether more than one paragraph precedes the first item. A list within running text does not
/// name options.
fn is_prose(text: &str, body: Span, first_item: Span) -> bool {
    let text_before_list = text.get(body.start..first_item.start).unwrap_or_default();
    let text_before_list = text_before_list
        .rfind('\n')
        .and_then(|line_end| text_before_list.get(..line_end))
        .unwrap_or_default();
    let mut after_blank_line = true;
    let paragraph_starts = text_before_list.lines().filter(|line| {
        let starts_paragraph = after_blank_line && !line.trim().is_empty();
        after_blank_line = line.trim().is_empty();
        starts_paragraph
    });
    paragraph_starts.count() > 1
}

/// Returns the span of the quoted words after `Chosen option:`.
fn chosen(text: &str, body: Span) -> Option<Span> {
    let body_text = body.of(text);
    let line_start = body_text.to_ascii_lowercase().find("chosen option")?;
    let line = body_text.get(line_start..)?.lines().next()?;
    let opening_quote = line.find(['"', '“', '„'])?;
    // Quoted words further on belong to the reason.
    let text_before_quote = line.get("chosen option".len()..opening_quote)?;
    let text_before_quote = text_before_quote.trim_matches(|c: char| !c.is_alphanumeric());
    if !matches!(text_before_quote, "" | "s" | "is" | "was") {
        return None;
    }
    let name_start = opening_quote + line.get(opening_quote..)?.chars().next()?.len_utf8();
    let name_end = name_start + line.get(name_start..)?.find(['"', '”', '“'])?;
    let name_span = Span::new(name_start, name_end).shift(body.start + line_start).trim(text);
    (!name_span.is_empty()).then_some(name_span)
}

/// Returns the words of a name in lower case, with single spaces and without punctuation.
fn normalized(words: &str) -> String {
    let plain_text = crate::syntax::plain(words).to_lowercase();
    let kept_words =
        plain_text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    kept_words.collect::<Vec<_>>().join(" ")
}

/// Returns whether more than half of the words of the shorter name also occur in the longer one.
fn share_most_words(one: &str, other: &str) -> bool {
    let other_words: HashSet<&str> = other.split(' ').collect();
    let shared_words = one.split(' ').filter(|word| other_words.contains(word)).count();
    shared_words * 2 > one.split(' ').count().min(other.split(' ').count())
}

/// Returns whether the name is the position of an option in the list, such as `Option 2` or `3`.
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
    fn a_listed_option_passes_in_any_spelling() {
        check(&RULE, &format!("{HEAD}Chosen option: \"postgresql\", because.\n"), str![]);
        check(&RULE, &format!("{HEAD}Chosen option: \"SQLite\", because.\n"), str![]);
        check(&RULE, &format!("{HEAD}Chosen option: \"Option 2\", because.\n"), str![]);
    }

    #[test]
    fn quotes_in_the_reason_and_lists_in_running_text_are_not_options() {
        check(&RULE, &format!("{HEAD}Chosen option: the first, with \"/data\" apart.\n"), str![]);
        let prose = HEAD.replace("Options\n\n", "Options\n\nWe talked.\n\nRules could be:\n\n");
        check(&RULE, &format!("{prose}Chosen option: \"MariaDB\", because.\n"), str![]);
        let intro = HEAD.replace("Options\n\n", "Options\n\nWe weighed these:\n\n");
        check(
            &RULE,
            &format!("{intro}Chosen option: \"MariaDB\", because.\n"),
            str![[r#"
0001-test.md:16:17: warning[ADR313]: ADR-0001 chose "MariaDB", which is not one of its options
  0001-test.md:7:4: options listed here
  help: use a name from the list, or add the option to the list

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
0001-test.md:14:17: warning[ADR313]: ADR-0001 chose "MariaDB", which is not one of its options
  0001-test.md:7:4: options listed here
  help: use a name from the list, or add the option to the list

"#]],
        );
    }
}
