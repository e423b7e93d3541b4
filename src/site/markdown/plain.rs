//! A text as its words, section by section: for the search and for summaries.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Text;
use crate::syntax::element;

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
    let mut headings = text.headings.iter();
    for event in text.events() {
        let Some(last) = passages.last_mut() else { continue };
        let words = &mut last.text;
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let heading = headings.next().map_or("", |heading| heading.words.as_str());
                in_heading = true;
                if *level <= HeadingLevel::H2 {
                    let mut passage = Passage::behind(passages.len());
                    heading.clone_into(&mut passage.heading);
                    passages.push(passage);
                } else {
                    words.push_str(heading);
                    words.push('\n');
                }
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            _ if in_heading => {}
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if in_code => {}
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            // A type in angle brackets is a word.
            Event::InlineHtml(html) if !html.starts_with("<!") && element(html).is_none() => {
                words.push_str(html);
            }
            Event::SoftBreak => words.push(' '),
            Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell)
                if !words.ends_with('\n') =>
            {
                words.push('\n');
            }
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
            passages(&Text::read("a *b*\nc\n\n## `D` e\n\n* f\n* g\n", None, &[])),
            [passage("", "a b c\n"), passage("D e", "f\ng\n")]
        );
    }
}
