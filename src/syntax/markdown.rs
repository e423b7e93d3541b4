//! A text as Markdown, event by event: one reading for those who follow its links and those who show it.
//!
//! GitHub's Markdown, and one thing more: words behind a comment are Markdown, where `CommonMark` takes the rest of the
//! line for HTML. Nobody who writes `<!-- why --> **words**` means that.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

/// An event and the bytes that it is made of.
pub type Piece<'t> = (Event<'t>, Range<usize>);

/// What is read besides `CommonMark`.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The events of `text`, which has no front matter; texts that follow each other are one.
pub fn markdown(text: &str) -> impl Iterator<Item = Piece<'_>> {
    TextMergeWithOffset::new(events(text))
}

/// The same with texts as they are read, for those who do not look at their words.
pub(super) fn events(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let inner = Parser::new_ext(text, OPTIONS).into_offset_iter();
    Events { text, inner, queue: VecDeque::new(), behind: None, comment: None, open: Vec::new() }
}

struct Events<'t> {
    text: &'t str,
    inner: OffsetIter<'t>,
    /// What comes before all that has not been read.
    queue: VecDeque<Piece<'t>>,
    /// The words behind the comment that is open.
    behind: Option<Range<usize>>,
    /// In a block of HTML that begins with a comment, whether that is still open.
    comment: Option<bool>,
    /// For every block that is open, whether it is an item of a list.
    open: Vec<bool>,
}

impl<'t> Iterator for Events<'t> {
    type Item = Piece<'t>;

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
                if let Some(length) = self.behind_comments(html) {
                    let words = range.start + length..range.end;
                    let comment = self.text.get(range.start..words.start).unwrap_or_default();
                    self.behind = Some(words);
                    return Some((Event::Html(comment.into()), range));
                }
            }
            Event::End(end) => {
                self.open.pop();
                if *end == TagEnd::HtmlBlock {
                    self.comment = None;
                    if let Some(words) = self.behind.take() {
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
    /// The place of the words behind the comments of a line; none where it has no words.
    fn behind_comments(&mut self, line: &str) -> Option<usize> {
        let mut at = 0;
        loop {
            let rest = line.get(at..).unwrap_or_default();
            if self.comment == Some(true) {
                let end = rest.find("-->")?;
                self.comment = Some(false);
                at += end + "-->".len();
                continue;
            }
            let words = rest.trim_start();
            at += rest.len() - words.len();
            if !words.starts_with("<!--") {
                return (!words.is_empty()).then_some(at);
            }
            self.comment = Some(true);
            // `<!-->` ends at once.
            at += "<!--".len() - usize::from(words.starts_with("<!-->")) * 2;
        }
    }

    /// Reads the words of a line as a paragraph, or without one as the words of an item.
    fn read(&mut self, place: Range<usize>) {
        let words = self.text.get(place.clone()).unwrap_or_default();
        let known = self.inner.reference_definitions();
        let defined = |link: BrokenLink<'_>| {
            let known = known.get(&link.reference)?;
            let owned = |text: &CowStr<'_>| CowStr::from(text.to_string());
            Some((owned(&known.dest), known.title.as_ref().map_or("".into(), owned)))
        };
        let events = Parser::new_with_broken_link_callback(words, OPTIONS, Some(defined));
        let shift = |range: Range<usize>| range.start + place.start..range.end + place.start;
        let mut pieces: Vec<Piece<'t>> =
            events.into_offset_iter().map(|(event, range)| (event, shift(range))).collect();
        let is_line =
            |(event, _): &Piece<'_>| matches!(event, Event::Start(Tag::Paragraph | Tag::HtmlBlock));
        if !pieces.first().is_some_and(is_line) {
            let (start, end) = (Event::Start(Tag::Paragraph), Event::End(TagEnd::Paragraph));
            let words = words.trim_end();
            let range = place.start..place.start + words.len();
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
