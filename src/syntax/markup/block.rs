//! The blocks of a document as plain words, independent of line breaks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::syntax::Document;
use crate::text::Span;

/// A paragraph, a heading, an item of a list, a row of a table, or a block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes.
    pub span: Span,
    /// Its words, separated by single spaces, without emphasis and link targets; code
    /// unchanged.
    pub words: String,
}

pub(super) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

/// The blocks of `text`, whose outline is `document`, in order. Comments and blocks without words are
/// left out.
pub fn blocks(document: &Document, text: &str) -> Vec<Block> {
    let body = document.body;
    let mut reader = BlockReader::default();
    for (event, range) in Parser::new_ext(body.of(text), OPTIONS).into_offset_iter() {
        reader.take(event, Span::from(range).shift(body.start));
    }
    reader.close();
    reader.blocks
}

/// The HTML in a text, comments included, in spans of at most one line; code does not count.
pub fn html(document: &Document, text: &str) -> Vec<Span> {
    let body = document.body;
    let events = Parser::new_ext(body.of(text), OPTIONS).into_offset_iter();
    let html_events =
        events.filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    html_events.map(|(_, range)| Span::from(range).shift(body.start)).collect()
}

#[derive(Default)]
struct BlockReader {
    blocks: Vec<Block>,
    open: Option<Block>,
    is_code: bool,
}

impl BlockReader {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) if is_block(&tag) => {
                self.close();
                self.is_code = matches!(tag, Tag::CodeBlock(_));
                self.open = Some(Block { span, words: String::new() });
            }
            Event::End(tag) if is_end(tag) => {
                self.close();
                self.is_code = false;
            }
            Event::Text(words) | Event::Code(words) => self.push(&words, span),
            Event::InlineHtml(html) | Event::Html(html) if !html.starts_with("<!--") => {
                self.push(&html, span);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => {
                self.push(" ", span);
            }
            _ => {}
        }
    }

    fn push(&mut self, words: &str, span: Span) {
        let open = self.open.get_or_insert_with(|| Block { span, words: String::new() });
        open.words.push_str(words);
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        block.words = if self.is_code {
            block.words.replace('\r', "")
        } else {
            block.words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        if !block.words.is_empty() {
            self.blocks.push(block);
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Item
            | Tag::TableHead
            | Tag::TableRow
            | Tag::FootnoteDefinition(_)
    )
}

fn is_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
    )
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::syntax::parse;

    fn words(text: &str) -> Vec<String> {
        blocks(&parse(text), text).into_iter().map(|block| block.words).collect()
    }

    #[test]
    fn lines_and_marks_are_no_words() {
        let narrow = "# T\n\nOne *two*\nthree [four](a.md).\n\n* five\n* six\n\n<!-- no -->\n";
        let wide =
            "# T\r\n\r\nOne two three [four][1].\r\n\r\n- five\r\n\r\n- six\r\n\r\n[1]: b.md\r\n";
        assert_eq!(words(narrow), ["T", "One two three four.", "five", "six"]);
        assert_eq!(words(wide), words(narrow));
    }

    #[test]
    fn code_keeps_its_blanks() {
        assert_eq!(words("```\na  b\n```\n"), ["a  b\n"]);
    }
}
