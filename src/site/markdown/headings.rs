//! The headings of a text: their anchors, and their levels on a page.

use std::borrow::Cow;
use std::collections::HashSet;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde::Serialize;

use crate::syntax::{
    AnchorIndex, AnchorNames, Fragment, HeadingText, MarkdownEvent, heading_of_lines,
};
use crate::text::Span;

/// A heading of the record that was cut out of the text, because the header of the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HiddenHeading {
    pub heading: HeadingText,
    /// The offset in the text at which it was cut out.
    pub offset: usize,
}

/// A heading of the text on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PageHeading {
    /// Unique on the page: as its author gave it, else made from the words as on GitHub.
    pub id: String,
    /// The words, as [`syntax::heading`](crate::syntax::heading) reads them.
    pub words: String,
    /// From 2, and at most one more than the level of the heading before it. 0 for a heading that is left out
    /// because it is the title or has no content.
    pub level: u8,
}

impl PageHeading {
    /// Whether the text does not show it.
    pub(super) fn is_left_out(&self) -> bool {
        self.level == 0
    }
}

/// The headings of a text, and its anchors.
pub(super) struct PageHeadings {
    /// In the order of the text.
    pub headings: Vec<PageHeading>,
    pub anchors: PageAnchors,
}

/// The names that links can lead to on a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageAnchors {
    index: AnchorIndex,
    /// The names of hidden headings, which the header of the page shows.
    hidden: HashSet<String>,
}

/// The target of a link within a text.
pub(super) enum FragmentTarget {
    /// The element with this id.
    Id(String),
    /// The top of the text.
    Top,
    Missing,
}

impl PageAnchors {
    /// The target of a fragment, which is the text after `#`.
    pub(super) fn find(&self, fragment: &str) -> FragmentTarget {
        match self.index.find(fragment) {
            Fragment::Place(name) if !self.hidden.contains(name) => {
                FragmentTarget::Id(name.to_owned())
            }
            // Hidden headings have no element; the header of the page has their content.
            Fragment::Place(_) | Fragment::Top | Fragment::Foreign => FragmentTarget::Top,
            Fragment::Missing => FragmentTarget::Missing,
        }
    }

    /// The id that a fragment leads to; `None` for the page as a whole.
    pub(crate) fn id(&self, fragment: &str) -> Option<String> {
        match self.find(fragment) {
            FragmentTarget::Id(id) => Some(id),
            FragmentTarget::Top | FragmentTarget::Missing => None,
        }
    }

    /// Adds the ids that raw HTML sets.
    pub(super) fn with_ids(mut self, ids: &[String]) -> Self {
        for id in ids {
            self.index.add(id);
        }
        self
    }
}

/// Reads the headings among the `pieces` of `source`, in order. `title` is the line of the heading that is the
/// title of the page, and `hidden` are the headings that were cut out. Removes the attributes of headings from
/// `pieces`.
pub(super) fn page_headings(
    pieces: &mut [MarkdownEvent<'_>],
    source: &str,
    title: Option<Span>,
    hidden: &[HiddenHeading],
) -> PageHeadings {
    let mut reader = HeadingReader {
        remaining_hidden: hidden,
        names: AnchorNames::default(),
        hidden_names: HashSet::new(),
        levels: HeadingLevels::default(),
        open_heading: None,
        headings: Vec::new(),
    };
    for (event, range) in pieces {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let lines = source.get(range.clone()).unwrap_or_default();
                reader.start(*level, heading_of_lines(lines), range.start);
            }
            Event::End(TagEnd::Heading(_)) => reader.end(title),
            event => reader.read_content(event, (*range).clone().into()),
        }
    }
    reader.name_hidden_until(usize::MAX);
    let HeadingReader { names, hidden_names, headings, .. } = reader;
    let anchors = PageAnchors { index: names.into_index(), hidden: hidden_names };
    PageHeadings { headings, anchors }
}

/// A heading that has been read in part.
struct OpenHeading {
    level: HeadingLevel,
    id: String,
    words: String,
    /// The offset of its line.
    start: usize,
    /// The offset of its attributes.
    attributes_start: Option<usize>,
    has_picture: bool,
}

/// Reads and names headings in the order of the record. Hidden headings are named too, because the names of
/// equal headings are numbered.
struct HeadingReader<'n> {
    remaining_hidden: &'n [HiddenHeading],
    names: AnchorNames,
    hidden_names: HashSet<String>,
    levels: HeadingLevels,
    open_heading: Option<OpenHeading>,
    headings: Vec<PageHeading>,
}

impl HeadingReader<'_> {
    /// Starts the heading at the offset `start`.
    fn start(&mut self, level: HeadingLevel, mut heading: HeadingText, start: usize) {
        self.name_hidden_until(start);
        heading.id = heading.id.map(|id| page_id(&id).into_owned());
        // The last attribute in the list is the first in the text.
        let first_attribute = heading.attributes.last();
        let attributes_start = first_attribute.map(|span| span.shift(start).start);
        let id = self.names.name(&heading);
        let words = heading.words;
        let has_picture = false;
        self.open_heading =
            Some(OpenHeading { level, id, words, start, attributes_start, has_picture });
    }

    /// Reads an event in the open heading, if there is one, and removes the attributes from it.
    fn read_content(&mut self, event: &mut Event<'_>, span: Span) {
        let Some(heading) = &mut self.open_heading else { return };
        heading.has_picture |= matches!(event, Event::Start(Tag::Image { .. }));
        if let Some(start) = heading.attributes_start.filter(|start| span.end > *start) {
            remove_attributes(event, span, start);
        }
    }

    /// Ends the open heading.
    fn end(&mut self, title: Option<Span>) {
        let Some(heading) = self.open_heading.take() else { return };
        let OpenHeading { level, id, words, start, has_picture, .. } = heading;
        let is_title = title.is_some_and(|line| line.contains(Span::at(start)));
        let is_empty = words.is_empty() && !has_picture;
        let level = if is_title || is_empty { 0 } else { self.levels.next(level) };
        self.headings.push(PageHeading { id, words, level });
    }

    /// Names the hidden headings before `offset`.
    fn name_hidden_until(&mut self, offset: usize) {
        while let Some((next, others)) = self.remaining_hidden.split_first()
            && next.offset <= offset
        {
            self.remaining_hidden = others;
            self.hidden_names.insert(self.names.name(&next.heading));
        }
    }
}

/// Removes the part of an event that belongs to the attributes of a heading, which start at `attributes_start`.
fn remove_attributes(event: &mut Event<'_>, span: Span, attributes_start: usize) {
    *event = match event {
        Event::Text(text) if span.start < attributes_start => {
            let kept_length = text.len().checked_sub(span.end - attributes_start);
            let kept_text = kept_length.and_then(|length| text.get(..length));
            Event::Text(kept_text.unwrap_or(text).trim_end().to_owned().into())
        }
        _ if span.start < attributes_start => return,
        _ => Event::Text("".into()),
    };
}

/// The form that an author's id has on a page. The ids of the page start with capitals (see the templates and
/// [`inline`](super::inline)); an id that could be one of them becomes lower case.
pub(super) fn page_id(id: &str) -> Cow<'_, str> {
    let is_numbered = |prefix: &str| {
        let number = id.strip_prefix(prefix);
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_reserved = ["Arrow", "Content", "History", "Relations", "Text"].contains(&id)
        || ["Note-", "Ref-", "Y"].into_iter().any(is_numbered)
        || id.starts_with("Record-");
    if is_reserved { id.to_lowercase().into() } else { id.into() }
}

/// The levels of headings by their nesting, regardless of the levels in the text.
#[derive(Default)]
struct HeadingLevels {
    open: Vec<HeadingLevel>,
}

impl HeadingLevels {
    /// The level of the next heading on the page, from 2.
    fn next(&mut self, written: HeadingLevel) -> u8 {
        while self.open.last().is_some_and(|parent| *parent >= written) {
            self.open.pop();
        }
        self.open.push(written);
        // HTML has six levels.
        u8::try_from(self.open.len() + 1).unwrap_or(6).min(6)
    }
}

#[cfg(test)]
mod tests {
    use crate::site::markdown::{HiddenHeading, MarkdownText};
    use crate::syntax;

    fn levels(text: &str) -> Vec<u8> {
        MarkdownText::parse(text, None, &[]).headings.iter().map(|heading| heading.level).collect()
    }

    #[test]
    fn levels_start_at_two_without_gaps() {
        assert_eq!(levels("### a\n##### b\n### c\n# d\n## e\n"), [2, 3, 2, 2, 3]);
        assert_eq!(levels("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n"), [2, 3, 4, 5, 6, 6]);
    }

    /// The anchors of a text as its page has them.
    fn ids(text: &str) -> Vec<String> {
        let text = MarkdownText::parse(text, None, &[]);
        text.headings.iter().map(|heading| heading.id.clone()).collect()
    }

    #[test]
    fn the_linter_knows_the_same_anchors() {
        for text in [
            "# A\n## A\n## A-1\n## A\n",
            "# Über uns\n## A & B\n## A & B\n## A & B-1\n## \u{1f600}\n",
            "# `a`  **b** [c](d)\n\nA *b*\n===\n\n  ## x ##\n#### 決定 1\n## <b>x</b> &amp; y\n",
            "# ![alt](x.png) a\n## a\\_b\n## ~~a~~ https://a.example\n## A [^1]\n\n[^1]: b\n",
            "# a\n## a {#own}\n> ## a\n\n- ## a {: #Other}\n\n## a\n",
        ] {
            let anchors = syntax::anchors(&syntax::parse(text), text);
            assert_eq!(ids(text), anchors.names().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn hidden_headings_keep_their_names() {
        let hidden =
            |words: &str, offset: usize| HiddenHeading { heading: syntax::heading(words), offset };
        let text = MarkdownText::parse("> # a\n\n## a\n", None, &[hidden("a", 0), hidden("a", 6)]);
        let ids: Vec<&str> = text.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["a-1", "a-3"]);
    }

    #[test]
    fn an_id_of_the_author_is_neither_an_attribute_nor_an_id_of_the_page() {
        assert_eq!(
            ids("# a {#\"onclick=x}\n# b {#Content}\n# c {#Note-1}\n# d {#Contents}\n"),
            ["a-onclickx", "content", "note-1", "Contents"]
        );
    }
}
