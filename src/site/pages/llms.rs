//! `/llms.txt`: the decisions in force for programs that read text.
//!
//! A list of links with summaries, in the format of llmstxt.org.

use std::fmt::Write as _;

use crate::site::plan::Facts;
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![PageFile::log("llms.txt")],
    fill: PageFill::Text(|facts, file| text(facts, file).into()),
};

fn text(facts: &Facts<'_>, _: &PageFile) -> String {
    let (title, lead) = (one_line(&facts.project.title), facts.messages.get("llms"));
    let mut text = format!("# {title}\n\n> {lead}\n\n");
    let _ = writeln!(text, "## {}\n", facts.messages.get("llms_in_force"));
    for (id, record) in facts.log.iter().filter(|(id, _)| facts.log.in_force(*id)) {
        let label = facts.address(id).label.as_deref();
        let label = label.map(|label| format!("{label}: ")).unwrap_or_default();
        let title = one_line(record.title_or_file()).replace(['[', ']'], "");
        let url = facts.url_with_extension(id, "md");
        let summary = one_line(facts.summary(id));
        let summary = if summary.is_empty() { summary } else { format!(": {summary}") };
        let _ = writeln!(text, "- [{label}{title}]({url}){summary}");
    }
    text
}

/// `text` on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
