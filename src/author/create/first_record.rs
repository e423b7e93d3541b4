//! The first record of a log: why decisions are recorded.

use super::content::Content;
use super::template::{TEMPLATES, Template};

/// Its title, the same as in logs that adr-tools created.
pub const FIRST_TITLE: &str = "Record architecture decisions";

pub(crate) const CONTEXT: &str = "\
The people who built a system know why it is the way it is, for as long as they remember. People who \
join later see in the code what was decided, but neither the alternatives that were considered nor the \
circumstances.";

pub(crate) const DECISION: &str = "\
We record every decision that is costly to change. Each decision is one short, numbered record in this \
folder, reviewed like code. An accepted record is not rewritten: when we change our mind, we write a \
new record that supersedes it.";

const OPTIONS: [&str; 3] = ["Records next to the code", "Pages in a wiki", "Only commit messages"];

pub(crate) const CONSEQUENCES: [&str; 3] = [
    "A decision and its reasons have the same history and the same reviews as the code.",
    "Writing a record takes time, and saves time whenever someone asks why.",
    "The log needs care: each status has to be kept up to date.",
];

/// Its content.
pub fn first_content() -> Content {
    Content {
        context: Some(CONTEXT.to_owned()),
        decision: Some(DECISION.to_owned()),
        options: OPTIONS.map(str::to_owned).to_vec(),
        consequences: CONSEQUENCES.map(str::to_owned).to_vec(),
        ..Content::default()
    }
}

/// Its template, in a log whose records use the template `name`: one that the content fills in completely.
pub fn first_template(name: &str) -> Template<'static> {
    let complete = if name.starts_with("madr") { "madr-minimal" } else { "nygard" };
    let template = TEMPLATES.iter().find(|template| template.name == complete);
    Template { name: complete, text: template.map_or("", |template| template.text) }
}

#[cfg(test)]
mod tests {
    use super::{first_content, first_template};
    use crate::author::Filled;

    #[test]
    fn the_first_record_has_no_placeholders() {
        let content = first_content();
        for name in ["nygard", "madr", "y-statement", "own.md"] {
            let text = first_template(name).fill(&Filled {
                context: content.context.as_deref(),
                decision: content.decision.as_deref(),
                options: &content.options,
                consequences: &content.consequences,
                ..Filled::default()
            });
            assert!(!text.unwrap().contains("<!--"), "{name}");
        }
    }
}
