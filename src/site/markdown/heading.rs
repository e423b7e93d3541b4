//! The headings of a text: their anchors, and the levels that they have on a page.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde::Serialize;

use super::{Named, Piece};
use crate::syntax::AnchorNames;
use crate::text::Span;

/// A heading of a page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Heading {
    /// Unique on the page; made of the words as GitHub makes it.
    pub id: String,
    /// The words, without markup.
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

/// All headings among `pieces`, in their order; the one at `without` is left out. `named` are the names
/// that they have wherever the text is read; headings that have none, as those in quotations, are
/// given what is free.
pub(super) fn headings(
    pieces: &[Piece<'_>],
    without: Option<Span>,
    named: &[Named],
) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut ids = AnchorNames::default();
    let mut named = named.iter().filter_map(|one| Some((one.at?, &one.name))).peekable();
    let mut levels = Levels::default();
    let mut open: Option<Open> = None;
    for (event, range) in pieces {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                // Forges read `{#id}` as words, so what is named there is named anew here.
                let is_marked = id.is_some() || !classes.is_empty() || !attrs.is_empty();
                let id = id.as_deref().filter(|id| is_plain(id)).map(str::to_owned);
                let starts = |span: Span| span.contains(Span::at(range.start));
                while named.next_if(|(at, _)| at.end <= range.start).is_some() {}
                let given = named.next_if(|(at, _)| starts(*at)).filter(|_| !is_marked);
                let id = id.or_else(|| given.map(|(_, name)| name.clone()));
                let left_out = without.is_some_and(starts);
                open = Some(Open { level: *level, id, left_out, ..Open::default() });
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some(open) = open.take() else { continue };
                let words = open.words.split_whitespace().collect::<Vec<_>>().join(" ");
                let says_nothing = words.is_empty() && !open.has_picture;
                let left_out = open.left_out || says_nothing;
                let level = if left_out { 0 } else { levels.next(open.level) };
                let id = match open.id {
                    Some(id) => ids.take(id),
                    None => ids.of(&words),
                };
                found.push(Heading { id, words, level });
            }
            event => {
                if let Some(open) = &mut open {
                    open.read(event);
                }
            }
        }
    }
    found
}

/// A heading that is being read.
struct Open {
    level: HeadingLevel,
    id: Option<String>,
    left_out: bool,
    has_picture: bool,
    words: String,
}

impl Default for Open {
    fn default() -> Self {
        let level = HeadingLevel::H1;
        Self { level, id: None, left_out: false, has_picture: false, words: String::new() }
    }
}

impl Open {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.words.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::Start(Tag::Image { .. }) => self.has_picture = true,
            _ => {}
        }
    }
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

/// Whether an id that an author gave can stand as it is.
fn is_plain(id: &str) -> bool {
    // Capitals at the beginning are ours: see the templates.
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use crate::site::markdown::{Named, Text};
    use crate::syntax;

    fn levels(text: &str) -> Vec<u8> {
        Text::read(text, None, vec![]).headings.iter().map(|heading| heading.level).collect()
    }

    #[test]
    fn levels_begin_at_two_and_leave_none_out() {
        assert_eq!(levels("### a\n##### b\n### c\n# d\n## e\n"), [2, 3, 2, 2, 3]);
        assert_eq!(levels("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n"), [2, 3, 4, 5, 6, 6]);
    }

    /// The anchors of a text as its page has them.
    fn ids(text: &str) -> Vec<String> {
        let made = syntax::anchors(&syntax::parse(text)).into_iter();
        let named: Vec<Named> =
            made.map(|one| Named { name: one.name, at: Some(one.span) }).collect();
        let text = Text::read(text, None, named);
        text.headings.iter().map(|heading| heading.id.clone()).collect()
    }

    #[test]
    fn anchors_are_those_that_the_linter_knows() {
        for text in [
            "# A\n## A\n## A-1\n## A\n",
            "# Über uns\n## A & B\n## A & B\n## A & B-1\n## \u{1f600}\n",
            "# `a`  **b** [c](d)\n\nA *b*\n===\n\n  ## x ##\n#### 決定 1\n## <b>x</b> &amp; y\n",
            "# ![alt](x.png) a\n## a\\_b\n## ~~a~~ https://a.example\n## A [^1]\n\n[^1]: b\n",
        ] {
            let known: Vec<String> =
                syntax::anchors(&syntax::parse(text)).into_iter().map(|one| one.name).collect();
            assert_eq!(ids(text), known, "{text}");
        }
    }

    #[test]
    fn an_author_names_a_heading_and_one_in_a_quotation_gets_what_is_free() {
        assert_eq!(ids("# a\n## a {#own}\n> ## a\n"), ["a", "own", "a-1"]);
    }

    #[test]
    fn an_id_of_the_author_is_taken_only_if_it_is_plain() {
        assert_eq!(ids("# a {#\"onclick=x}\n# b {#Content}\n"), ["a", "b"]);
    }
}
