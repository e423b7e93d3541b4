//! A text as its words, section by section: for the search and for summaries.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Text;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The words of its heading; empty for what stands above the first one.
    pub heading: String,
    /// Its words, one paragraph or item a line, without the parts below it.
    pub text: String,
}

/// How long most passages are at most, in bytes.
const LENGTH: usize = 512;

/// Few texts have more passages; those beyond are given no room before they need it.
const USUAL: usize = 32;

impl Passage {
    /// One to be filled, behind so many others, with room for what most of them say.
    fn behind(others: usize) -> Self {
        let room = if others < USUAL { LENGTH } else { 0 };
        Self { heading: String::new(), text: String::with_capacity(room) }
    }
}

/// The parts of `text` below headings of the first two levels, in their order. Blocks of code and
/// raw HTML are left out: they are read, not searched for.
pub(in crate::site) fn passages(text: &Text<'_>) -> Vec<Passage> {
    let mut passages = vec![Passage::behind(0)];
    let (mut in_heading, mut in_code) = (false, false);
    for event in text.events() {
        let Some(last) = passages.last_mut() else { continue };
        let words = if in_heading { &mut last.heading } else { &mut last.text };
        match event {
            Event::Start(Tag::Heading { level, .. }) if *level <= HeadingLevel::H2 => {
                passages.push(Passage::behind(passages.len()));
                in_heading = true;
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if in_code => {}
            Event::End(TagEnd::Heading(level)) if *level <= HeadingLevel::H2 => in_heading = false,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak => words.push(' '),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::Heading(_)
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) if !words.ends_with('\n') => words.push('\n'),
            _ => {}
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::{Passage, passages};
    use crate::site::markdown::Text;

    #[test]
    fn words_stay_with_their_heading() {
        let passage = |heading: &str, text: &str| Passage {
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            passages(&Text::read("a *b*\nc\n\n## `D` e\n\n* f\n* g\n", None, vec![])),
            [passage("", "a b c\n"), passage("D e", "f\ng\n")]
        );
    }
}
