//! `adr rule`

use serde::Serialize;

use crate::Result;
use crate::cli::session::{Outcome, Session};
use crate::lint::{Level, Rule, rules, unknown_rule};
use crate::syntax::{Line, LineKind, lines};
use crate::text::Span;

/// Explain a rule, or list all rules
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr rule ADR402
  adr rule missing-back-link
  adr rule")]
pub(crate) struct Args {
    /// Code or name of a rule, such as ADR402 or missing-back-link [default: list all rules]
    #[arg(value_name = "RULE")]
    rule: Option<String>,

    /// Print the pages of all rules
    #[arg(long, conflicts_with = "rule")]
    all: bool,

    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum)]
    output_format: Option<RuleFormat>,
}

/// The output format of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum RuleFormat {
    /// Pages in Markdown
    Markdown,
    /// One JSON document
    Json,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let json = args.output_format == Some(RuleFormat::Json)
        || (args.output_format.is_none() && session.global.json);
    let text = match &args.rule {
        Some(word) => {
            let rule = rules::find(word).ok_or_else(|| unknown_rule(word))?;
            if json { to_json(&RuleJson::new(rule)) } else { page(rule, 1) }
        }
        None if json => to_json(&RuleListJson::new()),
        None if args.all => all_pages(),
        None => list(),
    };
    session.ui.print(&text)?;
    Ok(Outcome::Done)
}

/// Returns one line per rule.
fn list() -> String {
    let width = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| {
        let fix = if rule.has_fix() { "fix" } else { "   " };
        let row = format!(
            "{}  {:width$}  {:7}  {fix}  {}",
            rule.code,
            rule.name,
            level(rule),
            rule.summary()
        );
        row.trim_end().to_owned() + "\n"
    };
    rules::RULES.iter().map(line).collect()
}

/// Returns the page of a rule. Its heading has the given level.
fn page(rule: &Rule, heading_level: usize) -> String {
    let heading = "#".repeat(heading_level);
    let source = rule.page();
    let source = source.trim_end();
    let nested_line = |line: Line| {
        // A `#` within an example does not start a heading.
        let extra_hashes = if line.kind == LineKind::Heading(2) { &heading[1..] } else { "" };
        format!("{extra_hashes}{}\n", line.span.of(source))
    };
    let body: String =
        lines(source, Span::new(0, source.len())).into_iter().map(nested_line).collect();
    let fix = if rule.has_fix() { ", with a fix" } else { "" };
    format!(
        "{heading} {} `{}`\n\n*{}{fix}; since {}.*\n\n{body}",
        rule.code,
        rule.name,
        capitalized(default_level(rule)),
        rule.since
    )
}

/// Returns the pages of all rules after a table of them: `docs/rules.md`.
fn all_pages() -> String {
    let mut text = String::from(
        "# Rules\n\nWhat `adr lint` checks. Printed by `adr rule --all`; `adr rule CODE` prints the page of one rule.\n\n\
         | code | name | by default | fix |\n|---|---|---|---|\n",
    );
    for rule in rules::RULES {
        let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.name);
        let fix = if rule.has_fix() { "yes" } else { "" };
        let row =
            format!("| [{}](#{anchor}) | {} | {} | {fix} |", rule.code, rule.name, level(rule));
        text += &row;
        text.push('\n');
    }
    for rule in rules::RULES {
        text.push('\n');
        text += &page(rule, 2);
    }
    text
}

/// Returns the default level of a rule, as a word.
fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "error",
        Level::Form | Level::Warning => "warning",
        Level::Info => "info",
        Level::Off => "off",
    }
}

/// Returns the default level of a rule, as a phrase.
fn default_level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "an error",
        Level::Form => "a warning, an error under `preset = \"strict\"`",
        Level::Warning => "a warning",
        Level::Info => "a remark",
        Level::Off => "off, a warning when selected",
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The JSON document of `adr rule`.
#[derive(Serialize)]
struct RuleListJson {
    schema_version: u32,
    rules: Vec<RuleJson>,
}

impl RuleListJson {
    fn new() -> Self {
        let rules = rules::RULES.iter().map(|rule| RuleJson::new(rule)).collect();
        Self { schema_version: 1, rules }
    }
}

/// The JSON document of `adr rule CODE`.
#[derive(Serialize)]
struct RuleJson {
    schema_version: u32,
    code: &'static str,
    name: &'static str,
    level: &'static str,
    fix: bool,
    since: &'static str,
    summary: &'static str,
    explanation: String,
    url: Option<String>,
}

impl RuleJson {
    fn new(rule: &Rule) -> Self {
        Self {
            schema_version: 1,
            code: rule.code,
            name: rule.name,
            level: level(rule),
            fix: rule.has_fix(),
            since: rule.since,
            summary: rule.summary(),
            explanation: rule.page(),
            url: rule.url(),
        }
    }
}

fn to_json(value: &impl Serialize) -> String {
    // Strings and booleans can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::all_pages;

    /// `adr rule --all > docs/rules.md` updates it.
    #[test]
    fn the_page_of_the_rules_is_up_to_date() {
        snapbox::assert_data_eq!(all_pages(), snapbox::file!["../../../docs/rules.md"].raw());
    }
}
