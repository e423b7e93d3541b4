//! `/llms.txt`: what is in force, for programs that read text: a list of links with summaries, in
//! the form of llmstxt.org.

use std::fmt::Write as _;

use crate::site::{File, Fill, Page, Site};

/// See the module.
pub(super) static PAGE: Page = Page {
    nav: None,
    files: |_| vec![File::log("llms.txt")],
    fill: Fill::Text(|site, file| text(site, file).into()),
};

fn text(site: &Site<'_>, _: &File) -> String {
    let mut text = format!("# {}\n\n> {}\n\n", line(&site.title), site.messages.get("llms"));
    let _ = writeln!(text, "## {}\n", site.messages.get("llms_in_force"));
    for (id, record) in site.log.iter().filter(|(id, _)| site.log.in_force(*id)) {
        let label = site.called(id).label.as_deref();
        let name = label.map(|label| format!("{label}: ")).unwrap_or_default();
        let title = line(record.title_or_file()).replace(['[', ']'], "");
        let says = line(site.summary(id));
        let says = if says.is_empty() { says } else { format!(": {says}") };
        let _ = writeln!(text, "- [{name}{title}]({}){says}", site.beside(id, "md"));
    }
    text
}

/// `text` on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
