//! ADR307 `template-placeholder`

use crate::lint::analysis::{begins_with, lines};
use crate::lint::{Check, Context, Findings, Level, SummaryFinding, rule};
use crate::model::{Lifecycle, Record};
use crate::text::Span;

rule! {
    /// ## What it checks
    ///
    /// Nothing of the template waits to be filled in: no `{field}` of MADR, no sentence that
    /// adr-tools puts below its headings, no lone `TODO` or `TBD`. Code is left alone.
    ///
    /// ## Why it matters
    ///
    /// A template that was not filled in looks like a record and says nothing. Once the decision
    /// is taken, nobody remembers what was to stand there.
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
    pub(super) static RULE: Rule = {
        code: "ADR307",
        name: "template-placeholder",
        level: Level::Form,
        since: "0.1.0",
        check: Check::Record(check),
        summary_finding: SummaryFinding::OneIn(5, "have unfilled placeholders"),
    };
}

/// How the sentences begin that adr-tools and Nygard's article put below headings, and the fields
/// of MADR 2, in lower case.
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
    let undecided = [Lifecycle::Draft, Lifecycle::Proposed].iter().any(|state| record.is(*state));
    let severity = findings.severity(if undecided { Level::Warning } else { Level::Form });
    let text = record.text();
    let lines = lines(text, record.document.body.start);
    let places: Vec<Span> = lines.filter_map(|line| placeholder(text, line)).collect();
    let Some(first) = places.first() else { return };
    let words = clipped(first.of(text));
    let label = record.label();
    let message = match places.len() {
        1 => format!("`{words}` in {label} waits to be filled in"),
        2 => format!("`{words}` and one more place in {label} wait to be filled in"),
        count => {
            format!("`{words}` and {} more places in {label} wait to be filled in", count - 1)
        }
    };
    findings
        .report(*first, message)
        .severity(severity)
        .help("say what there is to say, or remove it");
}

/// The place in the line that waits to be filled in.
fn placeholder(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text);
    // Indented code, and quotations of other texts.
    if words.starts_with("    ") || words.starts_with('\t') || words.starts_with('>') {
        return None;
    }
    let bare = words.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | '#' | '.')
    });
    let item = Span::new(line.end - bare.len(), line.end).trim(text);
    let said = item.of(text);
    let is_stock = BEGINNINGS.iter().any(|begins| begins_with(said, begins));
    // A heading of that name stands above a list of what is to be done.
    let is_mark = !words.starts_with('#') && is_mark(said);
    (is_stock || is_mark).then_some(item).or_else(|| field(said, item.start))
}

/// Whether all that the line says is that something is missing.
fn is_mark(words: &str) -> bool {
    let word = words
        .trim_matches(|c: char| matches!(c, '*' | '_' | '[' | ']' | '(' | ')' | '.' | ':' | '…'));
    matches!(word, "TODO" | "TBD" | "tbd" | "TBC" | "FIXME" | "To be done" | "To be defined")
        || words.starts_with("TODO:")
}

/// A field in braces: two words or more that are neither code nor a part of a word. `start` is where the
/// words stand.
fn field(words: &str, start: usize) -> Option<Span> {
    let open = memchr::memchr(b'{', words.as_bytes())?;
    if words.contains('`') {
        return None;
    }
    let (before, rest) = words.split_at(open);
    let end = rest.find('}')? + 1;
    let (field, after) = rest.split_at(end);
    let inner = field.trim_matches(['{', '}']);
    let is_text = |c: char| c.is_alphanumeric() || " ,.…|'’/()-?".contains(c);
    let free = before
        .chars()
        .last()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '*' | '(' | '_'))
        && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '}' | '/' | '-'));
    let reads = inner.starts_with(char::is_alphabetic)
        && inner.split_whitespace().count() >= 2
        && inner.chars().all(is_text)
        // A set of names: `{a, b}`.
        && inner.split(", ").any(|part| part.split_whitespace().count() >= 2);
    (free && reads).then(|| Span::new(start + open, start + open + end))
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
    fn what_adr_tools_leaves_is_reported_once() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nThe issue motivating this decision, and more.\n\n\
             ## Decision\n\nTBD\n\n## Consequences\n\n- TODO: ask Ann\n",
            str![[r#"
0001-test.md:9:1: warning[ADR307]: `The issue motivating this decision, and…` and 2 more places in ADR-0001 wait to be filled in
  help: say what there is to say, or remove it

"#]],
        );
    }

    #[test]
    fn a_field_of_madr_is_reported() {
        check(
            &RULE,
            "---\nstatus: proposed\n---\n\n# A\n\n## Context and Problem Statement\n\nIt.\n\n\
             ## Decision Outcome\n\nChosen option: \"{title of option 1}\", because of it.\n",
            str![[r#"
0001-test.md:13:17: warning[ADR307]: `{title of option 1}` in ADR-0001 waits to be filled in
  help: say what there is to say, or remove it

"#]],
        );
    }
}
