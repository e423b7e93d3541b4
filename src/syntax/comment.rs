//! Comments of HTML, and the block that each of them may be about. Knows not what they say.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Document;
use super::block::OPTIONS;
use crate::text::Span;

/// A comment in the text; in code there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// What it may be about: the block after it in the same list item or quote, or in the text; where it stands
    /// between words, the block that it stands in. None where nothing comes after it.
    pub about: Option<Span>,
    /// Whether it stands between words.
    pub is_inline: bool,
}

/// All comments of `text`, of which `document` is the outline, in their order.
pub fn comments(document: &Document, text: &str) -> Vec<Comment> {
    let body = document.body;
    let mut reader = Reader { text, comments: vec![], open: vec![Open::default()] };
    for (event, range) in Parser::new_ext(body.of(text), OPTIONS).into_offset_iter() {
        reader.take(&event, Span::from(range).shift(body.start));
    }
    while let Some(open) = reader.open.pop() {
        reader.close(open);
    }
    reader.comments
}

struct Reader<'t> {
    text: &'t str,
    comments: Vec<Comment>,
    open: Vec<Open>,
}

/// A block that has not ended yet.
#[derive(Default)]
struct Open {
    parts: Vec<Part>,
}

/// What a block holds: another block, or words in a row.
struct Part {
    span: Span,
    /// The comment that it is.
    comment: Option<usize>,
    /// The comments between words.
    words: Option<Vec<usize>>,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) if !ends_inline(tag.to_end()) => {
                let comment = matches!(tag, Tag::HtmlBlock).then(|| self.comment(span, false));
                self.part(span, comment.flatten());
                self.open.push(Open::default());
            }
            Event::End(tag) if !ends_inline(*tag) => {
                if let Some(open) = self.open.pop() {
                    self.close(open);
                }
            }
            Event::Rule => self.part(span, None),
            Event::InlineHtml(_) => {
                let comment = self.comment(span, true);
                self.words(span, comment);
            }
            _ => self.words(span, None),
        }
    }

    /// Takes down the comment that `span` begins with, if it does.
    fn comment(&mut self, span: Span, is_inline: bool) -> Option<usize> {
        let words = span.of(self.text);
        let start = span.start + (words.len() - words.trim_start().len());
        let rest = self.text.get(start..span.end)?.strip_prefix("<!--")?;
        let end = start + 4 + rest.find("-->")? + 3;
        self.comments.push(Comment { span: Span::new(start, end), about: None, is_inline });
        Some(self.comments.len() - 1)
    }

    fn part(&mut self, span: Span, comment: Option<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.parts.push(Part { span, comment, words: None });
        }
    }

    /// Words of the innermost block. Only in a list item do other blocks come after them.
    fn words(&mut self, span: Span, comment: Option<usize>) {
        let Some(open) = self.open.last_mut() else { return };
        if let Some(Part { span: all, words: Some(comments), .. }) = open.parts.last_mut() {
            *all = Span::new(all.start, span.end.max(all.end));
            comments.extend(comment);
        } else {
            let words = Some(comment.into_iter().collect());
            open.parts.push(Part { span, comment: None, words });
        }
    }

    /// Now it is known what comes after each comment.
    fn close(&mut self, open: Open) {
        let mut next = None;
        for part in open.parts.into_iter().rev() {
            match part.comment.and_then(|at| self.comments.get_mut(at)) {
                Some(comment) => comment.about = next,
                None => next = Some(part.span),
            }
            for at in part.words.into_iter().flatten() {
                if let Some(comment) = self.comments.get_mut(at) {
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
