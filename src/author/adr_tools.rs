//! Records as adr-tools writes them, byte for byte: names, links and statuses of its only format. Works on plain
//! texts and names, without the readers of `format`.

use std::fmt::Write as _;

use regex::Regex;

use super::create::{CONSEQUENCES, CONTEXT, DECISION, FIRST_TITLE};
use super::edits::line_ending;
use super::naming::slug;

/// A record: the name of its file, and its text.
pub type PlainRecord = (String, String);

/// The text of the first record of a log.
pub fn first_record(date: &str) -> String {
    format!(
        "# 1. {FIRST_TITLE}\n\nDate: {date}\n\n## Status\n\nAccepted\n\n## Context\n\n{CONTEXT}\n\n\
         ## Decision\n\n{DECISION}\n\n## Consequences\n\n{}\n",
        CONSEQUENCES.join(" ")
    )
}

/// The template of a record, with sentences of our own.
pub const PLAIN_TEMPLATE: &str = "\
# NUMBER. TITLE

Date: DATE

## Status

STATUS

## Context

Why is a decision needed? Which facts and which forces influence it?

## Decision

What do we do about it? Start with: we will.

## Consequences

What becomes easier, what becomes harder, and what has to be done next?
";

/// The name of a file. Only ASCII letters and digits are kept, unless nothing would remain.
pub fn plain_file_name(number: u64, title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let ascii_slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let title_slug = if ascii_slug.is_empty() { slug(title) } else { ascii_slug };
    format!("{number:04}-{title_slug}.md")
}

/// The number at the start of a name.
pub fn plain_number(name: &str) -> Option<u64> {
    let digit_count = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    name.get(..digit_count)?.parse().ok()
}

/// Whether a file of this name is a record.
pub fn is_plain_record(name: &str) -> bool {
    let after_digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    after_digits.len() < name.len()
        && after_digits.starts_with('-')
        && after_digits.strip_suffix(".md").is_some()
}

/// The heading without its mark: `1. Use Rust`. Includes spaces at its end, as in adr-tools.
pub fn plain_title(text: &str) -> &str {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    heading.unwrap_or_else(|| {
        text.lines().next().unwrap_or_default().trim_start_matches('#').trim_start()
    })
}

/// The first record that `given` matches: by number, else by a part of the name.
pub fn plain_find<'r>(records: &'r [PlainRecord], given: &str) -> Option<&'r str> {
    let mut names = records.iter().map(|(name, _)| name.as_str());
    let given = given.rsplit('/').next().unwrap_or(given);
    match given.parse::<u64>() {
        Ok(number) => names.find(|name| plain_number(name) == Some(number)),
        Err(_) => names.find(|name| !given.is_empty() && name.contains(given)),
    }
}

/// `text` with a link to `target` on a new line at the end of its section Status; `None` if it has no such section.
pub fn with_link(text: &str, link: &str, (file, target): (&str, &str)) -> Option<String> {
    let (_, section_end) = status_section(text)?;
    let ending = line_ending(text);
    let link_line = format!("{link} [{}]({file}){ending}", plain_title(target));
    let (text_before, text_after) = text.split_at_checked(section_end)?;
    if text_after.is_empty() {
        return Some(format!("{}{ending}{ending}{link_line}", text_before.trim_end()));
    }
    let last_ending = if text_after.ends_with('\n') { "" } else { ending };
    Some(format!("{text_before}{link_line}{ending}{text_after}{last_ending}"))
}

/// The statuses that the link to a successor replaces.
const REPLACED_STATUSES: [&str; 3] = ["Accepted", "Proposed", "Draft"];

/// `text` without the line `Accepted` (or another of [`REPLACED_STATUSES`]) in its section Status, and without
/// repeated blank lines there.
pub fn without_status(text: &str) -> String {
    let Some((section_start, section_end)) = status_section(text) else { return text.to_owned() };
    let (text_before, from_section) = text.split_at(section_start);
    let (section, text_after) = from_section.split_at(section_end - section_start);
    let mut new_text = text_before.to_owned();
    let mut is_after_blank = false;
    let is_replaced = |line: &&str| {
        REPLACED_STATUSES.iter().any(|word| line.trim_end().eq_ignore_ascii_case(word))
    };
    for line in section.split_inclusive('\n').filter(|line| !is_replaced(line)) {
        let is_blank = line.trim_end().is_empty();
        if !(is_after_blank && is_blank) {
            new_text.push_str(line);
        }
        is_after_blank = is_blank;
    }
    new_text.push_str(text_after);
    if !new_text.ends_with('\n') {
        new_text.push_str(line_ending(text));
    }
    new_text
}

/// The start of the lines below `## Status`, and the start of the next heading.
fn status_section(text: &str) -> Option<(usize, usize)> {
    let mut offset = 0;
    let mut section_start = None;
    for line in text.split_inclusive('\n') {
        if section_start.is_some() && line.starts_with("##") {
            return Some((section_start?, offset));
        }
        offset += line.len();
        if section_start.is_none() && line.trim_end() == "## Status" {
            section_start = Some(offset);
        }
    }
    Some((section_start?, text.len()))
}

/// A Markdown list of all records.
pub fn plain_toc(records: &[PlainRecord], prefix: &str) -> String {
    let mut list = String::new();
    for (name, text) in records {
        let _ = writeln!(list, "* [{}]({prefix}{name})", plain_title(text));
    }
    list
}

/// A Graphviz graph of the records in order, and of the links in their statuses.
pub fn plain_graph(records: &[PlainRecord], prefix: &str, extension: &str) -> String {
    let escaped = |label: &str| label.replace('\\', "\\\\").replace('"', "\\\"");
    let mut graph = String::from("digraph {\n  node [shape=plaintext];\n  subgraph {\n");
    let mut previous_number = None;
    for (name, text) in records {
        let number = plain_number(name).unwrap_or_default();
        let label = escaped(plain_title(text));
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let _ = writeln!(
            graph,
            "    _{number} [label=\"{label}\"; URL=\"{prefix}{stem}{extension}\"];"
        );
        if let Some(previous) = previous_number.filter(|previous| *previous != number) {
            let _ = writeln!(graph, "    _{previous} -> _{number} [style=\"dotted\", weight=1];");
        }
        previous_number = Some(number);
    }
    graph.push_str("  }\n");
    let Ok(link) = Regex::new(r"^(.+) \[.*\]\(0*([1-9][0-9]*|0).*\)(.*)$") else { return graph };
    for (name, text) in records {
        let number = plain_number(name).unwrap_or_default();
        let section = status_section(text).and_then(|(start, end)| text.get(start..end));
        let lines = section.unwrap_or_default().lines().take_while(|line| !line.starts_with('#'));
        for captures in lines.filter_map(|line| link.captures(line)) {
            // The label includes the text after the link.
            let [verb, target, suffix] =
                [1, 2, 3].map(|group| captures.get(group).map_or("", |group| group.as_str()));
            let label = escaped(&format!("{verb}{suffix}"));
            if !label.ends_with(" by") {
                let _ = writeln!(graph, "  _{number} -> _{target} [label=\"{label}\", weight=0]");
            }
        }
    }
    graph + "}\n"
}

/// `text` with `Date: 31/12/2020` as `Date: 2020-12-31`, the first on each line.
pub fn with_iso_dates(text: &str) -> String {
    let Ok(date) = Regex::new(r"(?m)^(.*?Date: )([0-9]{2})/([0-9]{2})/([0-9]{4})") else {
        return text.to_owned();
    };
    date.replace_all(text, "${1}${4}-${3}-${2}").into_owned()
}

#[cfg(test)]
mod tests {
    use super::{plain_file_name, plain_find, with_link, without_status};

    #[test]
    fn file_names_contain_ascii_letters_only() {
        assert_eq!(plain_file_name(7, "Use C++ & Go/Rust."), "0007-use-c-go-rust.md");
        assert_eq!(plain_file_name(100_000, "Ünder"), "100000-nder.md");
        assert_eq!(plain_file_name(1, "決定"), "0001-決定.md");
    }

    #[test]
    fn a_link_is_added_to_the_section_and_replaces_the_status() {
        let text = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n";
        let linked = with_link(text, "Superceded by", ("0002-b.md", "# 2. B\n")).unwrap();
        let expected = "# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n";
        assert_eq!(without_status(&linked), expected);
    }

    #[test]
    fn links_are_added_to_a_last_section_and_with_crlf() {
        let linked = |text| with_link(text, "Amends", ("0002-b.md", "# 2. B\r\n")).unwrap();
        assert_eq!(
            linked("# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n"),
            "# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\nAmends [2. B](0002-b.md)\r\n"
        );
        assert_eq!(with_link("# 1. A\n", "Amends", ("0002-b.md", "# 2. B\n")), None);
    }

    #[test]
    fn a_number_does_not_match_a_part_of_a_name() {
        let names = ["0003-use-http11.md", "0011-use-go.md"];
        let records = names.map(|name| (name.to_owned(), String::new()));
        assert_eq!(plain_find(&records, "11"), Some("0011-use-go.md"));
        assert_eq!(plain_find(&records, "http"), Some("0003-use-http11.md"));
        assert_eq!(plain_find(&records, "12"), None);
    }
}
