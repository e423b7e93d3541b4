//! `adr search`

use anstyle::Style;
use serde::Serialize;

use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::{StyledLine, one_line};
use crate::export::SCHEMA_VERSION;
use crate::model::{Log, Record, RecordId};
use crate::{Refusal, Result};

/// Search the records
///
/// Finds the records that contain all the words, or words that start with them, and shows the section
/// with most matches. Titles weigh most; records in force are listed first.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr search message queue
  adr search postgres --limit 3
  adr search postgres --json")]
pub(crate) struct Args {
    /// Words to search for
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,

    /// Print at most N records
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = parse_limit)]
    limit: usize,

    /// Print all matching records
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

fn parse_limit(text: &str) -> std::result::Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("must be at least 1; `--all` prints all".to_owned()),
        Ok(limit) => Ok(limit),
        Err(_) => Err("not a number".to_owned()),
    }
}

/// A record that matches.
#[derive(Serialize)]
struct SearchHit<'l> {
    label: String,
    title: &'l str,
    status: Option<String>,
    in_force: bool,
    path: String,
    /// The section with most matches; empty for the text before the first section.
    section: &'l str,
    /// The text around the first match in the section.
    excerpt: String,
    #[serde(skip)]
    rank: (bool, usize),
    #[serde(skip)]
    id: RecordId,
}

/// The JSON document of `adr search`.
#[derive(Serialize)]
struct SearchJson<'l> {
    schema_version: u32,
    hits: Vec<SearchHit<'l>>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let log = &project.log;
    let query = args.words.join(" ");
    let query_words: Vec<String> = words(&query).map(|(_, word)| word.to_lowercase()).collect();
    if query_words.is_empty() {
        let what = format!("the words `{}`", one_line(&query));
        let reason = "they contain no letters or digits".to_owned();
        return Err(Refusal::BadInput { what, reason }.into());
    }
    let mut hits: Vec<SearchHit<'_>> =
        log.iter().filter_map(|(id, _)| search_record(log, id, &query_words)).collect();
    // The sort is stable: hits of equal rank stay in log order.
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.rank));
    let hit_count = hits.len();
    hits.truncate(if args.all { usize::MAX } else { args.limit });
    if session.global.json {
        session.ui.json(&SearchJson { schema_version: SCHEMA_VERSION, hits })?;
    } else {
        for hit in &hits {
            print_hit(hit, log, session)?;
        }
    }
    if hit_count == 0 {
        session.ui.remark(&format!("no record contains `{}`", one_line(&query)));
        return Ok(Outcome::Findings);
    }
    if hit_count > args.limit && !args.all {
        session.ui.remark(&format!("{} more; `--all` prints them", hit_count - args.limit));
    }
    Ok(Outcome::Done)
}

fn print_hit(hit: &SearchHit<'_>, log: &Log, session: &mut Session<'_>) -> Result<()> {
    let ui = &mut session.ui;
    let status = hit.status.as_deref().unwrap_or_default();
    let label = ui.styled(Style::new().bold(), &one_line(&hit.label));
    let mut heading = label.and_text(&format!("  {}", one_line(hit.title)));
    if !status.is_empty() {
        let status = ui.in_status_color(log.record(hit.id).status(), &one_line(status));
        heading = heading.and_text("  ").and(&status);
    }
    ui.show(&heading)?;
    let section_prefix = match hit.section {
        "" => String::new(),
        section => format!("{}: ", one_line(section)),
    };
    ui.show(&StyledLine::text(&format!("  {section_prefix}{}", hit.excerpt)))
}

/// The weight of a word in the title; one in the text weighs 1.
const TITLE_WEIGHT: usize = 10;

/// The weight of a word in a tag or in the title of a section.
const NAME_WEIGHT: usize = 4;

/// The number of times that a repeated word counts at most.
const MAX_REPEATS: usize = 5;

/// Returns the record as a hit, if it contains all the words.
fn search_record<'l>(log: &'l Log, id: RecordId, query_words: &[String]) -> Option<SearchHit<'l>> {
    let record = log.record(id);
    let title = format!("{} {}", record.label(), record.title_or_file());
    let tags: Vec<&str> = record.tags.iter().map(|tag| tag.value.as_str()).collect();
    let tags = tags.join(" ");
    let mut score = 0;
    for word in query_words {
        let weight = TITLE_WEIGHT * match_count(&title, word).min(1)
            + NAME_WEIGHT * match_count(&tags, word).min(1)
            + match_count(record.text(), word).min(MAX_REPEATS);
        if weight == 0 {
            return None;
        }
        score += weight;
    }
    let (section, text) = best_section(record, query_words);
    Some(SearchHit {
        label: record.label(),
        title: record.title_or_file(),
        status: record.status().map(ToString::to_string),
        in_force: log.in_force(id),
        path: record.source.path().to_string_lossy().into_owned(),
        section,
        excerpt: excerpt(text, query_words),
        rank: (log.in_force(id), score),
        id,
    })
}

/// Returns the title and the text of the section with the highest score, the first of equal ones.
fn best_section<'l>(record: &'l Record, query_words: &[String]) -> (&'l str, &'l str) {
    let record_text = record.text();
    let sections = record.document.sections.iter().map(|section| {
        let title = if section.level == 1 { "" } else { section.title.as_str() };
        (title, section.body.of(record_text))
    });
    let score = |(title, text): &(&str, &str)| -> usize {
        let word_scores = query_words.iter().map(|word| {
            let count = match_count(text, word);
            // Two different words must outweigh many repetitions of one.
            100 * count.min(1)
                + count.min(MAX_REPEATS)
                + NAME_WEIGHT * match_count(title, word).min(1)
        });
        word_scores.sum()
    };
    let mut best = ("", "");
    let mut best_score = 0;
    for section in sections {
        if score(&section) > best_score {
            best_score = score(&section);
            best = section;
        }
    }
    best
}

/// Returns how many words of `text` start with `query_word`, which is in lower case.
fn match_count(text: &str, query_word: &str) -> usize {
    words(text).filter(|(_, word)| word.to_lowercase().starts_with(query_word)).count()
}

/// Returns the runs of letters and digits of `text` with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    let parts = text.split_inclusive(|c: char| !c.is_alphanumeric()).map(move |part| {
        let start = offset;
        offset += part.len();
        (start, part.trim_end_matches(|c: char| !c.is_alphanumeric()))
    });
    parts.filter(|(_, word)| !word.is_empty())
}

/// The length of an excerpt in characters.
const EXCERPT_LENGTH: usize = 120;

/// Returns one line of `text`, starting shortly before the first matching word.
fn excerpt(text: &str, query_words: &[String]) -> String {
    let line = one_line(text);
    let is_match = |word: &str| {
        let word = word.to_lowercase();
        query_words.iter().any(|query_word| word.starts_with(query_word.as_str()))
    };
    let first_match = words(&line).find(|(_, word)| is_match(word));
    let match_offset = first_match.map_or(0, |(offset, _)| offset);
    let chars_before: Vec<(usize, char)> =
        line.char_indices().take_while(|(offset, _)| *offset < match_offset).collect();
    // A third of the excerpt precedes the match.
    let start = chars_before
        .get(chars_before.len().saturating_sub(EXCERPT_LENGTH / 3)..)
        .and_then(<[_]>::first)
        .map_or(0, |(offset, _)| *offset);
    let text_from_start = line.get(start..).unwrap_or_default();
    // Both ends are cut at spaces, except in a word that is longer than the excerpt.
    let whole_words = match text_from_start.split_once(' ') {
        Some((_, whole_words)) if start > 0 => whole_words,
        _ => text_from_start,
    };
    let shortened: String = whole_words.chars().take(EXCERPT_LENGTH).collect();
    let is_shortened = shortened.len() < whole_words.len();
    let last_space = shortened.rfind(' ').filter(|_| is_shortened);
    let body = last_space.and_then(|offset| shortened.get(..offset)).unwrap_or(&shortened);
    let prefix = if start == 0 { "" } else { "…" };
    let suffix = if is_shortened { "…" } else { "" };
    format!("{prefix}{body}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::{excerpt, match_count};

    #[test]
    fn words_match_from_their_start() {
        assert_eq!(match_count("Queues and a message-queue; requeue", "queue"), 2);
        assert_eq!(match_count("Ärger ärgert", "ärger"), 2);
    }

    #[test]
    fn an_excerpt_starts_and_ends_with_whole_words() {
        let text = format!("{} the queue is full {}", "before ".repeat(20), "after ".repeat(40));
        let excerpt = excerpt(&text, &["queue".to_owned()]);
        assert_eq!(
            excerpt,
            format!(
                "…{}the queue is full {}…",
                "before ".repeat(5),
                "after ".repeat(11).trim_end()
            )
        );
    }
}
