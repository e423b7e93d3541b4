//! `adr search`

use anstyle::Style;
use serde::Serialize;

use super::line::Line;
use super::reference::one_line;
use super::{Outcome, Session};
use crate::export::SCHEMA_VERSION;
use crate::model::{Log, Record, RecordId};
use crate::{Refusal, Result};

/// Search the records
///
/// Finds the records that hold all the words, or words that begin with them, and shows the section
/// that holds most of them. Titles count most; what is in force comes before what is not.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr search message queue
  adr search postgres --limit 3
  adr search postgres --json")]
pub(super) struct Args {
    /// What to look for
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,

    /// Show at most so many records
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = limit)]
    limit: usize,

    /// Show all records that match
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

fn limit(text: &str) -> std::result::Result<usize, String> {
    let limit = text.parse().map_err(|_| "not a number".to_owned())?;
    if limit == 0 { Err("at least 1; `--all` shows all".to_owned()) } else { Ok(limit) }
}

/// A record that matches.
#[derive(Serialize)]
struct Hit<'l> {
    label: String,
    title: &'l str,
    status: Option<String>,
    in_force: bool,
    path: String,
    /// The section with most of the words; empty for the text before the first.
    section: &'l str,
    /// What stands there around the first of them.
    excerpt: String,
    #[serde(skip)]
    rank: (bool, usize),
    #[serde(skip)]
    id: RecordId,
}

#[derive(Serialize)]
struct Found<'l> {
    schema_version: u32,
    hits: Vec<Hit<'l>>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let log = &project.log;
    let text = args.words.join(" ");
    let wanted: Vec<String> = words(&text).map(|(_, word)| word.to_lowercase()).collect();
    if wanted.is_empty() {
        let what = format!("the words `{}`", one_line(&text));
        let reason = "there is no letter and no digit in them".to_owned();
        return Err(Refusal::BadInput { what, reason }.into());
    }
    let mut hits: Vec<Hit<'_>> = log.iter().filter_map(|(id, _)| hit(log, id, &wanted)).collect();
    // The sort keeps the order of the log where two are as good.
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.rank));
    let count = hits.len();
    hits.truncate(if args.all { usize::MAX } else { args.limit });
    let none = hits.is_empty();
    if session.global.json {
        session.ui.json(&Found { schema_version: SCHEMA_VERSION, hits })?;
    } else {
        for hit in &hits {
            print(hit, log, session)?;
        }
    }
    if none {
        session.ui.remark(&format!("no record holds `{}`", one_line(&text)));
        return Ok(Outcome::Findings);
    }
    if count > args.limit && !args.all {
        session.ui.remark(&format!("{} more; `--all` shows them", count - args.limit));
    }
    Ok(Outcome::Done)
}

fn print(hit: &Hit<'_>, log: &Log, session: &mut Session<'_>) -> Result<()> {
    let ui = &mut session.ui;
    let status = hit.status.as_deref().unwrap_or_default();
    let mut line = ui.styled(Style::new().bold(), &one_line(&hit.label));
    line = line.and_text(&format!("  {}", one_line(hit.title)));
    if !status.is_empty() {
        let status = ui.in_status_color(log.record(hit.id).status(), &one_line(status));
        line = line.and_text("  ").and(&status);
    }
    ui.show(&line)?;
    let section = match hit.section {
        "" => String::new(),
        section => format!("{}: ", one_line(section)),
    };
    ui.show(&Line::text(&format!("  {section}{}", hit.excerpt)))
}

/// How much a word in the title weighs against one in the text.
const TITLE: usize = 10;

/// How much a word in a tag or in the name of a section does.
const NAME: usize = 4;

/// No section is worth more for saying a word again and again.
const MOST: usize = 5;

/// The record as a result, if it holds every one of the words.
fn hit<'l>(log: &'l Log, id: RecordId, wanted: &[String]) -> Option<Hit<'l>> {
    let record = log.record(id);
    let title = format!("{} {}", record.label(), record.title_or_file());
    let tags: Vec<&str> = record.tags.iter().map(|tag| tag.value.as_str()).collect();
    let tags = tags.join(" ");
    let mut rank = 0;
    for word in wanted {
        let text = count(record.text(), word).min(MOST);
        let weight = TITLE * count(&title, word).min(1) + NAME * count(&tags, word).min(1) + text;
        if weight == 0 {
            return None;
        }
        rank += weight;
    }
    let (section, text) = best_section(record, wanted);
    Some(Hit {
        label: record.label(),
        title: record.title_or_file(),
        status: record.status().map(ToString::to_string),
        in_force: log.in_force(id),
        path: record.source.path().to_string_lossy().into_owned(),
        section,
        excerpt: excerpt(text, wanted),
        rank: (log.in_force(id), rank),
        id,
    })
}

/// The name and the text of the section that holds most of the words; the first of several.
fn best_section<'l>(record: &'l Record, wanted: &[String]) -> (&'l str, &'l str) {
    let text = record.text();
    let parts = record.document.sections.iter().map(|section| {
        let name = if section.level == 1 { "" } else { section.title.as_str() };
        (name, section.body.of(text))
    });
    let worth = |(name, text): &(&str, &str)| -> usize {
        let each = wanted.iter().map(|word| {
            let said = count(text, word);
            // To hold two of the words is more than to say one of them often.
            (100 * said.min(1)) + said.min(MOST) + NAME * count(name, word).min(1)
        });
        each.sum()
    };
    let mut best = ("", "");
    let mut most = 0;
    for part in parts {
        if worth(&part) > most {
            most = worth(&part);
            best = part;
        }
    }
    best
}

/// How many words of `text` begin with `wanted`, which is in lower case.
fn count(text: &str, wanted: &str) -> usize {
    words(text).filter(|(_, word)| word.to_lowercase().starts_with(wanted)).count()
}

/// The runs of letters and digits of `text`, with their first bytes.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let parts = text.split_inclusive(|c: char| !c.is_alphanumeric()).map(move |part| {
        let start = at;
        at += part.len();
        (start, part.trim_end_matches(|c: char| !c.is_alphanumeric()))
    });
    parts.filter(|(_, word)| !word.is_empty())
}

/// How many characters an excerpt has.
const LENGTH: usize = 120;

/// One line of `text` from shortly before the first of the words.
fn excerpt(text: &str, wanted: &[String]) -> String {
    let plain = one_line(text);
    let begins = |word: &str| {
        let word = word.to_lowercase();
        wanted.iter().any(|wanted| word.starts_with(wanted.as_str()))
    };
    let at = words(&plain).find(|(_, word)| begins(word)).map_or(0, |(at, _)| at);
    let before: Vec<(usize, char)> =
        plain.char_indices().take_while(|(byte, _)| *byte < at).collect();
    let start = before
        .get(before.len().saturating_sub(LENGTH / 3)..)
        .and_then(<[_]>::first)
        .map_or(0, |(byte, _)| *byte);
    let rest = plain.get(start..).unwrap_or_default();
    // Whole words only, but for one without an end.
    let rest = if start == 0 { rest } else { rest.split_once(' ').map_or(rest, |(_, rest)| rest) };
    let first: String = rest.chars().take(LENGTH).collect();
    let is_cut = first.len() < rest.len();
    let whole =
        first.rsplit_once(' ').filter(|_| is_cut).map_or(first.as_str(), |(whole, _)| whole);
    let (before, after) = (if start == 0 { "" } else { "…" }, if is_cut { "…" } else { "" });
    format!("{before}{whole}{after}")
}

#[cfg(test)]
mod tests {
    use super::{count, excerpt};

    #[test]
    fn words_match_from_their_beginning() {
        assert_eq!(count("Queues and a message-queue; requeue", "queue"), 2);
        assert_eq!(count("Ärger ärgert", "ärger"), 2);
    }

    #[test]
    fn an_excerpt_begins_and_ends_with_whole_words() {
        let text = format!("{} the queue is full {}", "before ".repeat(20), "after ".repeat(40));
        let shown = excerpt(&text, &["queue".to_owned()]);
        assert_eq!(
            shown,
            format!(
                "…{}the queue is full {}…",
                "before ".repeat(5),
                "after ".repeat(11).trim_end()
            )
        );
    }
}
