//! The record that a log begins with: why decisions are recorded at all.

use super::content::Content;
use super::template::{TEMPLATES, Template};

/// Its title, the same as in logs that adr-tools began.
pub const FIRST_TITLE: &str = "Record architecture decisions";

pub(crate) const CONTEXT: &str = "\
Those who were there know why a system is built the way it is, for as long as they remember. Whoever \
comes later sees in the code what was decided, but not what else was weighed, nor under which \
circumstances.";

pub(crate) const DECISION: &str = "\
We write down every decision that is costly to change, in one short record each, numbered, in this \
folder, and review it like code. An accepted record is not rewritten: when we change our mind, a new \
record takes its place and says so.";

const OPTIONS: [&str; 3] =
    ["Records beside the code", "Pages in a wiki", "Nothing but commit messages"];

pub(crate) const CONSEQUENCES: [&str; 3] = [
    "A decision and its reasons go through the same history and the same reviews as the code.",
    "Writing costs time when the decision is made, and saves it whenever somebody asks why.",
    "The log needs care: a status has to stay true.",
];

/// What it says.
pub fn first_content() -> Content {
    Content {
        context: Some(CONTEXT.to_owned()),
        decision: Some(DECISION.to_owned()),
        options: OPTIONS.map(str::to_owned).to_vec(),
        consequences: CONSEQUENCES.map(str::to_owned).to_vec(),
        ..Content::default()
    }
}

/// What it is made from, in a log whose records are to be made from the template `name`: one that
/// its content fills in completely.
pub fn first_template(name: &str) -> Template<'static> {
    let complete = if name.starts_with("madr") { "madr-minimal" } else { "nygard" };
    let found = TEMPLATES.iter().find(|ours| ours.name == complete);
    Template { name: complete, text: found.map_or("", |ours| ours.text) }
}

#[cfg(test)]
mod tests {
    use super::{first_content, first_template};
    use crate::author::Filled;

    #[test]
    fn nothing_is_left_to_be_filled_in() {
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
