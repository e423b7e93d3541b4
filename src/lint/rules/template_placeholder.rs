//! ADR307 `template-placeholder`

use crate::lint::analysis::{begins_with, lines};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};
use crate::text::Span;

rule! {
    /// Reports template placeholders that are not filled in.
    ///
    /// Checks for a `{field}` of MADR, a sentence that adr-tools puts below its headings, and a line with
    /// only `TODO` or `TBD`. Code is ignored.
    ///
    /// ## Why is this bad?
    ///
    /// A template that is not filled in looks like a record but contains nothing. After the decision, no one
    /// remembers what should be there.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Context
    ///
    /// {Describe the context in two or three sentences}
    ///
    /// ## Consequences
    ///
    /// TBD
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ## Context
    ///
    /// Customers wait up to two weeks for a fix.
    ///
    /// ## Consequences
    ///
    /// We need a release manager.
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR307",
        name: "template-placeholder",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "contain placeholders that are not filled in"),
    };
}

/// The beginnings of the sentences below the headings in adr-tools and in Nygard's article, and of the
/// fields of MADR 2, in lower case.
const BEGINNINGS: [&str; 12] = [
    "the issue motivating this decision",
    "the change that we're proposing or have agreed",
    "what becomes easier or more difficult to do and any risks",
    "what is the issue that we're seeing",
    "what is the change that we're proposing",
    "what becomes easier or more difficult to do because of this",
    "[describe the context and problem statement",
    "[short title of solved problem",
    "[driver 1",
    "[option 1]",
    "[argument a]",
    "[example | description | pointer",
];

fn check(record: &Record, _: &Context<'_>, findings: &mut Findings<'_>) {
    let is_unfinished =
        [Lifecycle::Draft, Lifecycle::Proposed].iter().any(|state| record.is(*state));
    let severity = findings.severity(if is_unfinished { Level::Warning } else { Level::Form });
    let text = record.text();
    let lines = lines(text, record.document.body.start);
    let placeholders: Vec<Span> = lines.filter_map(|line| placeholder(text, line)).collect();
    let Some(first_placeholder) = placeholders.first() else { return };
    let placeholder_text = clipped(first_placeholder.of(text));
    let record_label = record.label();
    let message = match placeholders.len() {
        1 => format!("the placeholder `{placeholder_text}` in {record_label} is not filled in"),
        2 => format!(
            "the placeholder `{placeholder_text}` and one more in {record_label} are not filled in"
        ),
        placeholder_count => {
            format!(
                "the placeholder `{placeholder_text}` and {} more in {record_label} are not filled in",
                placeholder_count - 1
            )
        }
    };
    findings
        .report(*first_placeholder, message)
        .severity(severity)
        .help("fill it in, or remove it");
}

/// Returns the span of the placeholder in the line.
fn placeholder(text: &str, line: Span) -> Option<Span> {
    let line_text = line.of(text);
    // Skip indented code and quotations.
    if line_text.starts_with("    ") || line_text.starts_with('\t') || line_text.starts_with('>') {
        return None;
    }
    let item_text = line_text.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | '#' | '.')
    });
    let item_span = Span::new(line.end - item_text.len(), line.end).trim(text);
    let trimmed_item = item_span.of(text);
    let is_template_sentence =
        BEGINNINGS.iter().any(|beginning| begins_with(trimmed_item, beginning));
    // A heading `TODO` is the heading of a to-do list.
    let is_missing_mark = !line_text.starts_with('#') && is_missing_mark(trimmed_item);
    (is_template_sentence || is_missing_mark)
        .then_some(item_span)
        .or_else(|| brace_field(trimmed_item, item_span.start))
}

/// Returns whether the line only marks missing text, such as `TBD`.
fn is_missing_mark(words: &str) -> bool {
    let mark = words
        .trim_matches(|c: char| matches!(c, '*' | '_' | '[' | ']' | '(' | ')' | '.' | ':' | '…'));
    matches!(mark, "TODO" | "TBD" | "tbd" | "TBC" | "FIXME" | "To be done" | "To be defined")
        || words.starts_with("TODO:")
}

/// Returns the span of a field in braces: two or more words that are not code and not part of a word.
/// `start` is the offset of `words` in the text.
fn brace_field(words: &str, start: usize) -> Option<Span> {
    let brace_start = memchr::memchr(b'{', words.as_bytes())?;
    if words.contains('`') {
        return None;
    }
    let (text_before, text_from_brace) = words.split_at(brace_start);
    let field_end = text_from_brace.find('}')? + 1;
    let (field, text_after) = text_from_brace.split_at(field_end);
    let field_words = field.trim_matches(['{', '}']);
    let is_text = |c: char| c.is_alphanumeric() || " ,.…|'’/()-?".contains(c);
    let is_separate = text_before
        .chars()
        .last()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '*' | '(' | '_'))
        && !text_after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '}' | '/' | '-'));
    let is_phrase = field_words.starts_with(char::is_alphabetic)
        && field_words.split_whitespace().count() >= 2
        && field_words.chars().all(is_text)
        // A set of names: `{a, b}`.
        && field_words.split(", ").any(|part| part.split_whitespace().count() >= 2);
    (is_separate && is_phrase)
        .then(|| Span::new(start + brace_start, start + brace_start + field_end))
}

fn clipped(words: &str) -> String {
    if words.chars().count() <= 40 {
        return words.to_owned();
    }
    words.chars().take(39).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::check;

    #[test]
    fn text_code_and_sets_pass() {
        let text = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nSee `{the name}` and {a, b}, {x} \
                    and /users/{the id}. Todo lists are short: TODO is a mark.\n\n\
                    ```\n{a field of two words}\nTBD\n```\n\n    {code of two words}\n\n${the name}\n";
        check(&RULE, text, str![]);
        check(&RULE, "---\nstatus: accepted\n---\n\n# A\n\n[option 2](a.md)\n", str![]);
    }

    #[test]
    fn placeholders_of_adr_tools_are_reported_once() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nThe issue motivating this decision, and more.\n\n\
             ## Decision\n\nTBD\n\n## Consequences\n\n- TODO: ask Ann\n",
            str![[r#"
0001-test.md:9:1: warning[ADR307]: the placeholder `The issue motivating this decision, and…` and 2 more in ADR-0001 are not filled in
  help: fill it in, or remove it

"#]],
        );
    }

    #[test]
    fn a_placeholder_of_madr_is_reported() {
        check(
            &RULE,
            "---\nstatus: proposed\n---\n\n# A\n\n## Context and Problem Statement\n\nIt.\n\n\
             ## Decision Outcome\n\nChosen option: \"{title of option 1}\", because of it.\n",
            str![[r#"
0001-test.md:13:17: warning[ADR307]: the placeholder `{title of option 1}` in ADR-0001 is not filled in
  help: fill it in, or remove it

"#]],
        );
    }
}
