//! The headings of a text: their anchors, and the levels that they have on a page.

use std::borrow::Cow;
use std::collections::HashSet;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde::Serialize;

use super::Named;
use crate::syntax::{AnchorIndex, AnchorNames, Fragment, MarkdownEvent, heading_of_lines};
use crate::text::Span;

/// A heading of a page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Heading {
    /// Unique on the page; as its author gave it, else made of the words as GitHub makes it.
    pub id: String,
    /// The words, as [`syntax::heading`](crate::syntax::heading) reads them.
    pub words: String,
    /// From 2; never more than one below that of the heading before it. 0 for a heading that is
    /// shown elsewhere or says nothing.
    pub level: u8,
}

impl Heading {
    /// Whether the text goes without it.
    pub(super) fn is_left_out(&self) -> bool {
        self.level == 0
    }
}

/// What the headings of a text are, and what links lead to.
pub(super) struct Headings {
    /// In the order of the text.
    pub all: Vec<Heading>,
    pub places: Places,
}

/// The names that links can lead to on a page.
#[derive(Clone, Debug, Default)]
pub(in crate::site) struct Places {
    index: AnchorIndex,
    /// The names of headings that are shown elsewhere.
    elsewhere: HashSet<String>,
}

/// What a link within a text leads to.
pub(super) enum Place {
    /// What has this id on the page.
    Id(String),
    /// The head of the text.
    Head,
    /// Nothing.
    Nowhere,
}

impl Places {
    /// What a fragment leads to, as it is written behind `#`.
    pub(super) fn find(&self, fragment: &str) -> Place {
        match self.index.find(fragment) {
            Fragment::Place(name) if !self.elsewhere.contains(name) => Place::Id(name.to_owned()),
            // What is shown at the head of the page has no heading of its own.
            Fragment::Place(_) | Fragment::Top | Fragment::Foreign => Place::Head,
            Fragment::Missing => Place::Nowhere,
        }
    }

    /// The id of what a fragment leads to; `None` for the page as a whole.
    pub(in crate::site) fn id(&self, fragment: &str) -> Option<String> {
        match self.find(fragment) {
            Place::Id(id) => Some(id),
            Place::Head | Place::Nowhere => None,
        }
    }

    /// The same places with those that HTML in the text has.
    pub(super) fn and(mut self, marks: &[String]) -> Self {
        for mark in marks {
            self.index.add(mark);
        }
        self
    }
}

/// All headings among `pieces` of `source`, in their order; the one at `without` is left out. `named` are the headings
/// of the whole text, of which some are shown elsewhere. Attributes of headings are taken out of `pieces`.
pub(super) fn headings(
    pieces: &mut [MarkdownEvent<'_>],
    source: &str,
    without: Option<Span>,
    named: &[Named],
) -> Headings {
    let mut reader = Reader {
        named,
        names: AnchorNames::default(),
        levels: Levels::default(),
        elsewhere: HashSet::new(),
    };
    let mut all = Vec::new();
    let mut has_picture = false;
    let mut attributes: Option<usize> = None;
    let mut open = None;
    for (event, range) in pieces {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let lines = source.get(range.clone()).unwrap_or_default();
                let mut text = heading_of_lines(lines);
                // The last one comes first.
                attributes = text.attributes.last().map(|first| first.shift(range.start).start);
                text.id = text.id.map(|id| page_id(&id).into_owned());
                reader.pass(range.start);
                open = Some((*level, reader.names.name(&text), text.words, range.start));
                has_picture = false;
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((level, id, words, start)) = open.take() else { continue };
                let is_without = without.is_some_and(|line| line.contains(Span::at(start)));
                let says_nothing = words.is_empty() && !has_picture;
                let level = if is_without || says_nothing { 0 } else { reader.levels.next(level) };
                all.push(Heading { id, words, level });
            }
            event if open.is_some() => {
                has_picture |= matches!(event, Event::Start(Tag::Image { .. }));
                if let Some(first) = attributes.filter(|first| range.end > *first) {
                    take_out(event, (*range).clone().into(), first);
                }
            }
            _ => {}
        }
    }
    reader.pass(usize::MAX);
    let Reader { names, elsewhere, .. } = reader;
    Headings { all, places: Places { index: names.into_index(), elsewhere } }
}

/// Leaves nothing of the part of an event that is in the attributes of a heading, which begin at `first`.
fn take_out(event: &mut Event<'_>, span: Span, first: usize) {
    *event = match event {
        Event::Text(text) if span.start < first => {
            let kept = text.len().checked_sub(span.end - first).and_then(|kept| text.get(..kept));
            Event::Text(kept.unwrap_or(text).trim_end().to_owned().into())
        }
        _ if span.start < first => return,
        _ => Event::Text("".into()),
    };
}

struct Reader<'n> {
    /// Those that have not been passed.
    named: &'n [Named],
    names: AnchorNames,
    levels: Levels,
    elsewhere: HashSet<String>,
}

impl Reader<'_> {
    /// Gives the headings before `at` that are shown elsewhere their names.
    fn pass(&mut self, at: usize) {
        while let Some((next, others)) = self.named.split_first().filter(|(next, _)| next.at <= at)
        {
            self.named = others;
            self.elsewhere.insert(self.names.name(&next.heading));
        }
    }
}

/// An id that an author gave, as a page can have it: its own begin with capitals, see the templates and
/// [`note`](super::note).
pub(super) fn page_id(id: &str) -> Cow<'_, str> {
    let is_numbered = |before: &str| {
        let number = id.strip_prefix(before);
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_of_page = ["Arrow", "Content", "History", "Relations", "Text"].contains(&id)
        || ["Note-", "Ref-", "Y"].into_iter().any(is_numbered)
        || id.starts_with("Record-");
    if is_of_page { id.to_lowercase().into() } else { id.into() }
}

/// The levels of headings as they are nested, whatever levels they were written with.
#[derive(Default)]
struct Levels {
    open: Vec<HeadingLevel>,
}

impl Levels {
    /// The level on the page of the next heading, from 2.
    fn next(&mut self, written: HeadingLevel) -> u8 {
        while self.open.last().is_some_and(|above| *above >= written) {
            self.open.pop();
        }
        self.open.push(written);
        // HTML has no more than six.
        u8::try_from(self.open.len() + 1).unwrap_or(6).min(6)
    }
}

#[cfg(test)]
mod tests {
    use crate::site::markdown::{Named, Text};
    use crate::syntax;

    fn levels(text: &str) -> Vec<u8> {
        Text::read(text, None, &[]).headings.iter().map(|heading| heading.level).collect()
    }

    #[test]
    fn levels_begin_at_two_and_leave_none_out() {
        assert_eq!(levels("### a\n##### b\n### c\n# d\n## e\n"), [2, 3, 2, 2, 3]);
        assert_eq!(levels("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n"), [2, 3, 4, 5, 6, 6]);
    }

    /// The anchors of a text as its page has them.
    fn ids(text: &str) -> Vec<String> {
        let text = Text::read(text, None, &[]);
        text.headings.iter().map(|heading| heading.id.clone()).collect()
    }

    #[test]
    fn anchors_are_those_that_the_linter_knows() {
        for text in [
            "# A\n## A\n## A-1\n## A\n",
            "# Über uns\n## A & B\n## A & B\n## A & B-1\n## \u{1f600}\n",
            "# `a`  **b** [c](d)\n\nA *b*\n===\n\n  ## x ##\n#### 決定 1\n## <b>x</b> &amp; y\n",
            "# ![alt](x.png) a\n## a\\_b\n## ~~a~~ https://a.example\n## A [^1]\n\n[^1]: b\n",
            "# a\n## a {#own}\n> ## a\n\n- ## a {: #Other}\n\n## a\n",
        ] {
            let known = syntax::anchors(&syntax::parse(text), text);
            assert_eq!(ids(text), known.names().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn headings_that_are_shown_elsewhere_keep_their_names() {
        let named = |words: &str, at: usize| Named { heading: syntax::heading(words), at };
        let text = Text::read("> # a\n\n## a\n", None, &[named("a", 0), named("a", 6)]);
        let ids: Vec<&str> = text.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["a-1", "a-3"]);
    }

    #[test]
    fn an_id_of_the_author_is_no_attribute_and_none_of_the_page() {
        assert_eq!(
            ids("# a {#\"onclick=x}\n# b {#Content}\n# c {#Note-1}\n# d {#Contents}\n"),
            ["a-onclickx", "content", "note-1", "Contents"]
        );
    }
}
