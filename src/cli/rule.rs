//! `adr rule`

use serde::Serialize;

use super::{Outcome, Session};
use crate::Result;
use crate::lint::{Level, Rule, rules, unknown_rule};
use crate::syntax::{Line, LineKind, lines};
use crate::text::Span;

/// Explain a rule, or list all of them
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr rule ADR402
  adr rule missing-back-link
  adr rule")]
pub(super) struct Args {
    /// A code or a name, such as ADR402 or missing-back-link; without one, all rules are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,

    /// Print the pages of all rules
    #[arg(long, conflicts_with = "rule")]
    all: bool,

    /// How to print
    #[arg(long, value_name = "FORMAT", value_enum)]
    output_format: Option<Format>,
}

/// How to print rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Pages in Markdown
    Markdown,
    /// One JSON document
    Json,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let json = args.output_format == Some(Format::Json)
        || (args.output_format.is_none() && session.global.json);
    let text = match &args.rule {
        Some(word) => {
            let rule = rules::find(word).ok_or_else(|| unknown_rule(word))?;
            if json { to_json(&RuleJson::new(rule)) } else { page(rule, 1) }
        }
        None if json => to_json(&List::new()),
        None if args.all => all(),
        None => list(),
    };
    session.ui.print(&text)?;
    Ok(Outcome::Done)
}

/// A line a rule.
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

/// The page of a rule, its heading at the level `depth`.
fn page(rule: &Rule, depth: usize) -> String {
    let heading = "#".repeat(depth);
    let body = rule.page();
    let body = body.trim_end();
    let deeper = |line: Line| {
        // A `#` within an example is no heading of the page.
        let extra = if line.kind == LineKind::Heading(2) { &heading[1..] } else { "" };
        format!("{extra}{}\n", line.span.of(body))
    };
    let body: String = lines(body, Span::new(0, body.len())).into_iter().map(deeper).collect();
    let fix = if rule.has_fix() { ", with a fix" } else { "" };
    format!(
        "{heading} {} `{}`\n\n*{}{fix}; since {}.*\n\n{body}",
        rule.code,
        rule.name,
        capital(standing(rule)),
        rule.since
    )
}

/// The pages of all rules, with a table before them: `docs/rules.md`.
fn all() -> String {
    let mut out = String::from(
        "# Rules\n\nWhat `adr lint` checks. Printed by `adr rule --all`; `adr rule CODE` prints the page of one rule.\n\n\
         | code | name | by default | fix |\n|---|---|---|---|\n",
    );
    for rule in rules::RULES {
        let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.name);
        let fix = if rule.has_fix() { "yes" } else { "" };
        let row =
            format!("| [{}](#{anchor}) | {} | {} | {fix} |", rule.code, rule.name, level(rule));
        out += &row;
        out.push('\n');
    }
    for rule in rules::RULES {
        out.push('\n');
        out += &page(rule, 2);
    }
    out
}

/// What its findings are by default.
fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "error",
        Level::Form | Level::Warning => "warning",
        Level::Info => "info",
        Level::Off => "off",
    }
}

fn standing(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "an error",
        Level::Form => "a warning, an error under `preset = \"strict\"`",
        Level::Warning => "a warning",
        Level::Info => "a remark",
        Level::Off => "off, a warning where it is selected",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[derive(Serialize)]
struct List {
    schema_version: u32,
    rules: Vec<RuleJson>,
}

impl List {
    fn new() -> Self {
        let rules = rules::RULES.iter().map(|rule| RuleJson::new(rule)).collect();
        Self { schema_version: 1, rules }
    }
}

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
    // Strings and booleans alone: nothing in it can fail to be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::all;

    /// `adr rule --all > docs/rules.md` makes it fresh again.
    #[test]
    fn the_page_of_the_rules_is_fresh() {
        snapbox::assert_data_eq!(all(), snapbox::file!["../../docs/rules.md"].raw());
    }
}
