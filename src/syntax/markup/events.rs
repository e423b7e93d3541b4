//! A text as Markdown events: one reading for those who follow its links and those who show it.
//!
//! GitHub's Markdown with one extension: words after a comment are Markdown, while `CommonMark` takes the rest of the
//! line for HTML. An author who writes `<!-- why --> **words**` does not mean that.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

/// An event and its bytes.
pub type MarkdownEvent<'t> = (Event<'t>, Range<usize>);

/// The extensions to `CommonMark`.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The events of `text`, which has no front matter; consecutive texts are merged.
pub fn markdown(text: &str) -> impl Iterator<Item = MarkdownEvent<'_>> {
    TextMergeWithOffset::new(events(text))
}

/// The same without merged texts, for callers that do not look at the words.
pub(super) fn events(text: &str) -> impl Iterator<Item = MarkdownEvent<'_>> {
    let inner = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let queue = VecDeque::new();
    Events { text, inner, queue, after_comment: None, comment: None, open: Vec::new() }
}

struct Events<'t> {
    text: &'t str,
    inner: OffsetIter<'t>,
    /// Events to return before reading on.
    queue: VecDeque<MarkdownEvent<'t>>,
    /// The words after the open comment.
    after_comment: Option<Range<usize>>,
    /// In an HTML block that begins with a comment, whether the comment is still open.
    comment: Option<bool>,
    /// For every open block, whether it is a list item.
    open: Vec<bool>,
}

impl<'t> Iterator for Events<'t> {
    type Item = MarkdownEvent<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(piece) = self.queue.pop_front() {
            return Some(piece);
        }
        let (event, range) = self.inner.next()?;
        match &event {
            Event::Start(Tag::HtmlBlock) => {
                let html = self.text.get(range.clone()).unwrap_or_default();
                self.comment = html.trim_start().starts_with("<!--").then_some(false);
                self.open.push(false);
            }
            Event::Start(tag) => self.open.push(matches!(tag, Tag::Item)),
            Event::Html(html) if self.comment.is_some() => {
                if let Some(words_offset) = self.skip_comments(html) {
                    let words = range.start + words_offset..range.end;
                    let comment = self.text.get(range.start..words.start).unwrap_or_default();
                    self.after_comment = Some(words);
                    return Some((Event::Html(comment.into()), range));
                }
            }
            Event::End(end) => {
                self.open.pop();
                if *end == TagEnd::HtmlBlock {
                    self.comment = None;
                    if let Some(words) = self.after_comment.take() {
                        self.read(words);
                    }
                }
            }
            _ => {}
        }
        Some((event, range))
    }
}

impl<'t> Events<'t> {
    /// The offset of the words after the comments of a line; `None` if there are no words.
    fn skip_comments(&mut self, line: &str) -> Option<usize> {
        let mut offset = 0;
        loop {
            let remaining = line.get(offset..).unwrap_or_default();
            if self.comment == Some(true) {
                let comment_end = remaining.find("-->")?;
                self.comment = Some(false);
                offset += comment_end + "-->".len();
                continue;
            }
            let trimmed = remaining.trim_start();
            offset += remaining.len() - trimmed.len();
            if !trimmed.starts_with("<!--") {
                return (!trimmed.is_empty()).then_some(offset);
            }
            self.comment = Some(true);
            // `<!-->` is a whole comment.
            offset += "<!--".len() - usize::from(trimmed.starts_with("<!-->")) * 2;
        }
    }

    /// Reads the words of a line as a paragraph; within a list item, as words of the item.
    fn read(&mut self, words_range: Range<usize>) {
        let words = self.text.get(words_range.clone()).unwrap_or_default();
        let definitions = self.inner.reference_definitions();
        let resolve = |link: BrokenLink<'_>| {
            let definition = definitions.get(&link.reference)?;
            let owned = |text: &CowStr<'_>| CowStr::from(text.to_string());
            Some((owned(&definition.dest), definition.title.as_ref().map_or("".into(), owned)))
        };
        let events = Parser::new_with_broken_link_callback(words, OPTIONS, Some(resolve));
        let shifted =
            |range: Range<usize>| range.start + words_range.start..range.end + words_range.start;
        let mut pieces: Vec<MarkdownEvent<'t>> =
            events.into_offset_iter().map(|(event, range)| (event, shifted(range))).collect();
        let opens_block = |(event, _): &MarkdownEvent<'_>| {
            matches!(event, Event::Start(Tag::Paragraph | Tag::HtmlBlock))
        };
        if !pieces.first().is_some_and(opens_block) {
            let (start, end) = (Event::Start(Tag::Paragraph), Event::End(TagEnd::Paragraph));
            let words = words.trim_end();
            let range = words_range.start..words_range.start + words.len();
            pieces =
                [start, Event::Text(words.into()), end].map(|event| (event, range.clone())).into();
        }
        let in_item = self.open.last() == Some(&true);
        let is_paragraph = |event: &Event<'_>| {
            matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
        };
        pieces.retain(|(event, _)| !in_item || !is_paragraph(event));
        self.queue.extend(pieces);
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag};

    use super::markdown;

    /// What is not HTML, as it is written.
    fn words(text: &str) -> Vec<String> {
        markdown(text)
            .filter_map(|(event, range)| match event {
                Event::Text(words) => {
                    assert_eq!(text.get(range), Some(&*words));
                    Some(words.to_string())
                }
                Event::Code(code) => Some(format!("`{code}`")),
                Event::Start(Tag::Link { dest_url, .. }) => Some(format!("({dest_url})")),
                Event::Start(tag @ (Tag::Paragraph | Tag::Strong)) => Some(format!("{tag:?}")),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn words_behind_a_comment_are_markdown() {
        assert_eq!(
            words("<!-- a --> <!-- b -->**c** `d` [e]\n\n[e]: f.md\n"),
            ["Paragraph", "Strong", "c", " ", "`d`", " ", "(f.md)", "e"]
        );
        assert_eq!(words("* <!-- a --> b\n* c\n"), ["b", "c"]);
        assert_eq!(words("> <!-- a\n> b --> c\n"), ["Paragraph", "c"]);
        assert_eq!(words("<!-- a --> # b\n"), ["Paragraph", "# b"]);
        assert_eq!(words("<!-- a --> <b>b</b>\n"), ["Paragraph", "b"]);
    }

    #[test]
    fn other_comments_and_html_stay() {
        for text in ["<!-- a -->\n", "<!-- a\n", "<div> b <!-- c --> d\n</div>\n", "<!-->\n"] {
            assert_eq!(words(text), Vec::<String>::new(), "{text}");
        }
    }
}
