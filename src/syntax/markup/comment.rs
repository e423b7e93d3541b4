//! HTML comments, and the block that each of them may be about.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::block::OPTIONS;
use crate::syntax::Document;
use crate::text::Span;

/// A comment outside of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// The block that it may be about: the next block in the same list item, quotation or text; for a comment between
    /// words, the block of these words. `None` if nothing follows.
    pub about: Option<Span>,
    /// Whether it is between words.
    pub is_inline: bool,
}

/// All comments of `text`, whose outline is `document`, in order.
pub fn comments(document: &Document, text: &str) -> Vec<Comment> {
    let body = document.body;
    let mut reader = CommentReader { text, comments: vec![], open: vec![OpenBlock::default()] };
    for (event, range) in Parser::new_ext(body.of(text), OPTIONS).into_offset_iter() {
        reader.take(&event, Span::from(range).shift(body.start));
    }
    while let Some(open) = reader.open.pop() {
        reader.close(open);
    }
    reader.comments
}

struct CommentReader<'t> {
    text: &'t str,
    comments: Vec<Comment>,
    open: Vec<OpenBlock>,
}

/// A block that has not ended yet.
#[derive(Default)]
struct OpenBlock {
    parts: Vec<BlockPart>,
}

/// A part of a block: another block, or consecutive words.
struct BlockPart {
    span: Span,
    /// The index of the comment, if the part is one.
    comment: Option<usize>,
    /// The indexes of the comments between the words.
    words: Option<Vec<usize>>,
}

impl CommentReader<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) if !ends_inline(tag.to_end()) => {
                let comment = matches!(tag, Tag::HtmlBlock).then(|| self.add_comment(span, false));
                self.add_part(span, comment.flatten());
                self.open.push(OpenBlock::default());
            }
            Event::End(tag) if !ends_inline(*tag) => {
                if let Some(open) = self.open.pop() {
                    self.close(open);
                }
            }
            Event::Rule => self.add_part(span, None),
            Event::InlineHtml(_) => {
                let comment = self.add_comment(span, true);
                self.add_words(span, comment);
            }
            _ => self.add_words(span, None),
        }
    }

    /// Adds the comment at the start of `span`, if there is one, and returns its index.
    fn add_comment(&mut self, span: Span, is_inline: bool) -> Option<usize> {
        let html = span.of(self.text);
        let comment_start = span.start + (html.len() - html.trim_start().len());
        let after_mark = self.text.get(comment_start..span.end)?.strip_prefix("<!--")?;
        let comment_end = comment_start + 4 + after_mark.find("-->")? + 3;
        let comment_span = Span::new(comment_start, comment_end);
        self.comments.push(Comment { span: comment_span, about: None, is_inline });
        Some(self.comments.len() - 1)
    }

    fn add_part(&mut self, span: Span, comment: Option<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.parts.push(BlockPart { span, comment, words: None });
        }
    }

    /// Adds words to the innermost block. Other blocks can follow them only in a list item.
    fn add_words(&mut self, span: Span, comment: Option<usize>) {
        let Some(open) = self.open.last_mut() else { return };
        if let Some(BlockPart { span: words_span, words: Some(comments), .. }) =
            open.parts.last_mut()
        {
            *words_span = Span::new(words_span.start, span.end.max(words_span.end));
            comments.extend(comment);
        } else {
            let words = Some(comment.into_iter().collect());
            open.parts.push(BlockPart { span, comment: None, words });
        }
    }

    /// Closes a block: what follows each of its comments is known now.
    fn close(&mut self, open: OpenBlock) {
        let mut next_block = None;
        for part in open.parts.into_iter().rev() {
            match part.comment.and_then(|index| self.comments.get_mut(index)) {
                Some(comment) => comment.about = next_block,
                None => next_block = Some(part.span),
            }
            for index in part.words.into_iter().flatten() {
                if let Some(comment) = self.comments.get_mut(index) {
                    comment.about = Some(part.span);
                }
            }
        }
    }
}

fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::comments;
    use crate::syntax::parse;

    /// Each comment and what it is about.
    fn read(text: &str) -> Vec<(&str, Option<&str>)> {
        let found = comments(&parse(text), text);
        found
            .iter()
            .map(|one| (one.span.of(text), one.about.map(|about| about.of(text).trim())))
            .collect()
    }

    #[test]
    fn a_comment_is_about_the_block_after_it() {
        assert_eq!(
            read("<!-- a -->\n<!-- b -->\n\nOne\n\nTwo\n"),
            [("<!-- a -->", Some("One")), ("<!-- b -->", Some("One"))]
        );
        assert_eq!(read("One\n\n<!-- a -->\n"), [("<!-- a -->", None)]);
        assert_eq!(read("> <!-- a -->\n> One\n>\n> Two\n"), [("<!-- a -->", Some("One"))]);
        assert_eq!(read("- x\n- <!-- a -->\n  One\n- y\n"), [("<!-- a -->", Some("One"))]);
        assert_eq!(read("> One\n>\n> <!-- a -->\n\nTwo\n"), [("<!-- a -->", None)]);
    }

    #[test]
    fn between_words_it_is_about_these() {
        assert_eq!(
            read("One *two* <!-- a -->\nthree\n\nFour\n"),
            [("<!-- a -->", Some("One *two* <!-- a -->\nthree"))]
        );
        assert_eq!(
            read("- one <!-- a -->\n  - two\n- three\n"),
            [("<!-- a -->", Some("one <!-- a -->"))]
        );
        assert_eq!(
            read("| a |\n|---|\n| b <!-- a --> |\n"),
            [("<!-- a -->", Some("b <!-- a -->"))]
        );
    }

    #[test]
    fn code_holds_none() {
        assert_eq!(read("`<!-- a -->`\n\n```\n<!-- b -->\n```\n\n    <!-- c -->\n"), []);
    }
}
