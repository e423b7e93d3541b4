//! The words of a text, section by section, for the search and for summaries.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::text::MarkdownText;
use crate::syntax::element;

/// A section of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextPassage {
    /// The words of its heading; empty for the text before the first heading.
    pub heading: String,
    /// Its words, one paragraph or item per line, without its subsections.
    pub text: String,
}

/// The bytes to reserve for a passage; most are shorter.
const USUAL_LENGTH: usize = 512;

/// The number of passages that get reserved memory; few texts have more.
const USUAL_COUNT: usize = 32;

impl TextPassage {
    /// An empty passage after `index` others.
    fn new(index: usize) -> Self {
        let capacity = if index < USUAL_COUNT { USUAL_LENGTH } else { 0 };
        Self { heading: String::new(), text: String::with_capacity(capacity) }
    }
}

/// Divides `text` at headings of the first two levels. Blocks of code and raw HTML are left out, because no
/// one searches for them.
pub(crate) fn passages(text: &MarkdownText<'_>) -> Vec<TextPassage> {
    let mut passages = vec![TextPassage::new(0)];
    let (mut in_heading, mut in_code) = (false, false);
    let mut headings = text.headings.iter();
    for event in text.events() {
        let Some(last_passage) = passages.last_mut() else { continue };
        let words = &mut last_passage.text;
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let heading = headings.next().map_or("", |heading| heading.words.as_str());
                in_heading = true;
                if *level <= HeadingLevel::H2 {
                    let mut passage = TextPassage::new(passages.len());
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
            // A type parameter such as `<T>` is a word.
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
    use super::{TextPassage, passages};
    use crate::site::markdown::MarkdownText;

    #[test]
    fn words_stay_with_their_heading() {
        let passage = |heading: &str, text: &str| TextPassage {
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            passages(&MarkdownText::parse("a *b*\nc\n\n## `D` e\n\n* f\n* g\n", None, &[])),
            [passage("", "a b c\n"), passage("D e", "f\ng\n")]
        );
    }
}
