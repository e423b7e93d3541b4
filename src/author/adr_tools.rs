//! Records as adr-tools writes them, byte for byte: names, links and statuses of the one format that
//! it knows. Works on plain texts and names; the readers of `format` have no part in it.

use std::fmt::Write as _;

use regex::Regex;

use super::create::{CONSEQUENCES, CONTEXT, DECISION, FIRST_TITLE};
use super::edits::eol;
use super::naming::slug;

/// A record: the name of its file, and its text.
pub type PlainRecord = (String, String);

/// The text of the record that a log begins with.
pub fn first_record(date: &str) -> String {
    format!(
        "# 1. {FIRST_TITLE}\n\nDate: {date}\n\n## Status\n\nAccepted\n\n## Context\n\n{CONTEXT}\n\n\
         ## Decision\n\n{DECISION}\n\n## Consequences\n\n{}\n",
        CONSEQUENCES.join(" ")
    )
}

/// The template of a record; its sentences are ours.
pub const PLAIN_TEMPLATE: &str = "\
# NUMBER. TITLE

Date: DATE

## Status

STATUS

## Context

Why is a decision due? What is given, and what pulls in different directions?

## Decision

What do we do about it? Begin with: we will.

## Consequences

What becomes easier, what becomes harder, and what has to be done next?
";

/// The name of a file: letters and digits other than those of ASCII are left out, unless nothing
/// else is left.
pub fn plain_file_name(number: u64, title: &str) -> String {
    let parts = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let ascii_slug = parts.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let title_slug = if ascii_slug.is_empty() { slug(title) } else { ascii_slug };
    format!("{number:04}-{title_slug}.md")
}

/// The number that a name begins with.
pub fn plain_number(name: &str) -> Option<u64> {
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    name.get(..end)?.parse().ok()
}

/// Whether a file of this name is a record.
pub fn is_plain_record(name: &str) -> bool {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < name.len() && rest.starts_with('-') && rest.strip_suffix(".md").is_some()
}

/// `1. Use Rust`: the heading without its mark, blanks at its end included, as adr-tools has it.
pub fn plain_title(text: &str) -> &str {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    heading.unwrap_or_else(|| {
        text.lines().next().unwrap_or_default().trim_start_matches('#').trim_start()
    })
}

/// Which of the records `given` means: by number, else by a part of the name; the first that fits.
pub fn plain_find<'r>(records: &'r [PlainRecord], given: &str) -> Option<&'r str> {
    let names = || records.iter().map(|(name, _)| name.as_str());
    let given = given.rsplit('/').next().unwrap_or(given);
    match given.parse::<u64>() {
        Ok(number) => names().find(|name| plain_number(name) == Some(number)),
        Err(_) => names().find(|name| !given.is_empty() && name.contains(given)),
    }
}

/// `text` with one more line at the end of its section Status, which links to `target`; `None`
/// where it has no such section.
pub fn with_link(text: &str, link: &str, (file, target): (&str, &str)) -> Option<String> {
    let (_, end) = status_section(text)?;
    let eol = eol(text);
    let stated = format!("{link} [{}]({file}){eol}", plain_title(target));
    let (before, after) = text.split_at_checked(end)?;
    if after.is_empty() {
        return Some(format!("{}{eol}{eol}{stated}", before.trim_end()));
    }
    let last = if after.ends_with('\n') { "" } else { eol };
    Some(format!("{before}{stated}{eol}{after}{last}"))
}

/// The statuses that give way to the link to a successor.
const LIVE: [&str; 3] = ["Accepted", "Proposed", "Draft"];

/// `text` without the line `Accepted` (or another of [`LIVE`]) in its section Status, in which blank
/// lines stand alone.
pub fn without_status(text: &str) -> String {
    let Some((start, end)) = status_section(text) else { return text.to_owned() };
    let (before, rest) = text.split_at(start);
    let (section, after) = rest.split_at(end - start);
    let mut out = before.to_owned();
    let mut blank = false;
    let is_live = |line: &&str| LIVE.iter().any(|word| line.trim_end().eq_ignore_ascii_case(word));
    for line in section.split_inclusive('\n').filter(|line| !is_live(line)) {
        if !(blank && line.trim_end().is_empty()) {
            out.push_str(line);
        }
        blank = line.trim_end().is_empty();
    }
    out.push_str(after);
    if !out.ends_with('\n') {
        out.push_str(eol(text));
    }
    out
}

/// Where the lines below `## Status` begin, and where the next heading does.
fn status_section(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        if start.is_some() && line.starts_with("##") {
            return Some((start?, at));
        }
        at += line.len();
        if start.is_none() && line.trim_end() == "## Status" {
            start = Some(at);
        }
    }
    Some((start?, text.len()))
}

/// A Markdown list of all records.
pub fn plain_toc(records: &[PlainRecord], prefix: &str) -> String {
    let mut out = String::new();
    for (name, text) in records {
        let _ = writeln!(out, "* [{}]({prefix}{name})", plain_title(text));
    }
    out
}

/// The records in their order, and what their statuses say of others, for Graphviz.
pub fn plain_graph(records: &[PlainRecord], prefix: &str, extension: &str) -> String {
    let mut out = String::from("digraph {\n  node [shape=plaintext];\n  subgraph {\n");
    let mut last = None;
    for (name, text) in records {
        let number = plain_number(name).unwrap_or_default();
        let label = plain_title(text).replace('\\', "\\\\").replace('"', "\\\"");
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let _ =
            writeln!(out, "    _{number} [label=\"{label}\"; URL=\"{prefix}{stem}{extension}\"];");
        if let Some(last) = last.filter(|last| *last != number) {
            let _ = writeln!(out, "    _{last} -> _{number} [style=\"dotted\", weight=1];");
        }
        last = Some(number);
    }
    out.push_str("  }\n");
    let Ok(link) = Regex::new(r"^(.+) \[.*\]\(0*([1-9][0-9]*|0).*\)(.*)$") else { return out };
    for (name, text) in records {
        let number = plain_number(name).unwrap_or_default();
        let section = status_section(text).and_then(|(start, end)| text.get(start..end));
        let lines = section.unwrap_or_default().lines().take_while(|line| !line.starts_with('#'));
        for found in lines.filter_map(|line| link.captures(line)) {
            // What stands behind the link belongs to the label.
            let [label, to, rest] = [1, 2, 3].map(|at| found.get(at).map_or("", |m| m.as_str()));
            let label = format!("{label}{rest}").replace('\\', "\\\\").replace('"', "\\\"");
            if !label.ends_with(" by") {
                let _ = writeln!(out, "  _{number} -> _{to} [label=\"{label}\", weight=0]");
            }
        }
    }
    out + "}\n"
}

/// `text` with `Date: 31/12/2020` as `Date: 2020-12-31`, the first of each line.
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
    fn names_hold_letters_of_ascii() {
        assert_eq!(plain_file_name(7, "Use C++ & Go/Rust."), "0007-use-c-go-rust.md");
        assert_eq!(plain_file_name(100_000, "Ünder"), "100000-nder.md");
        assert_eq!(plain_file_name(1, "決定"), "0001-決定.md");
    }

    #[test]
    fn a_link_ends_the_section_and_the_status_gives_way() {
        let text = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n";
        let linked = with_link(text, "Superceded by", ("0002-b.md", "# 2. B\n")).unwrap();
        let expected = "# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n";
        assert_eq!(without_status(&linked), expected);
    }

    #[test]
    fn a_section_at_the_end_and_windows_line_ends_are_linked_too() {
        let linked = |text| with_link(text, "Amends", ("0002-b.md", "# 2. B\r\n")).unwrap();
        assert_eq!(
            linked("# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n"),
            "# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\nAmends [2. B](0002-b.md)\r\n"
        );
        assert_eq!(with_link("# 1. A\n", "Amends", ("0002-b.md", "# 2. B\n")), None);
    }

    #[test]
    fn a_number_is_no_part_of_a_name() {
        let names = ["0003-use-http11.md", "0011-use-go.md"];
        let records = names.map(|name| (name.to_owned(), String::new()));
        assert_eq!(plain_find(&records, "11"), Some("0011-use-go.md"));
        assert_eq!(plain_find(&records, "http"), Some("0003-use-http11.md"));
        assert_eq!(plain_find(&records, "12"), None);
    }
}
