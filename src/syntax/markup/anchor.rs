//! The targets of links within a text: the ids of its headings, made like GitHub's or given by their authors,
//! and the ids of its HTML. The linter and the pages of a site share this definition.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::events::events;
use super::heading::{HeadingText, heading_of_lines};
use super::html::{HtmlPiece, element, pieces};
use crate::syntax::Document;
use crate::text::{UniqueNames, url_decoded};

/// The names of a text, indexed to look up fragments without a search through all of them.
#[derive(Clone, Debug, Default)]
pub struct AnchorIndex {
    /// In the order of the text.
    names: Vec<Box<str>>,
    known: HashSet<Box<str>>,
    /// Other names that lead to a name.
    aliases: HashMap<Box<str>, Box<str>>,
    /// The first name with these letters and digits.
    by_letters: HashMap<Box<str>, Box<str>>,
}

/// The target of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment<'n> {
    /// The page as a whole.
    Top,
    /// The place with this name.
    Place(&'n str),
    /// Something outside of the text: lines of a file, words that a browser searches for, a footnote.
    Foreign,
    /// Nothing.
    Missing,
}

impl AnchorIndex {
    /// Adds the next name in the text.
    pub fn add(&mut self, name: &str) {
        if self.known.insert(name.into()) {
            self.names.push(name.into());
            self.by_letters.entry(letters(name).into()).or_insert_with(|| name.into());
        }
    }

    /// Adds another name that leads to `name`.
    pub fn add_alias(&mut self, alias: &str, name: &str) {
        if alias != name {
            self.aliases.entry(alias.into()).or_insert_with(|| name.into());
        }
    }

    /// The names, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// Finds the target of a fragment, as it is written after `#`: the name that is spelled the same, else the first with
    /// the same letters and digits, because people write links by hand and programs make names in different ways.
    pub fn find(&self, fragment: &str) -> Fragment<'_> {
        let fragment = url_decoded(fragment.trim());
        let fragment = fragment.strip_prefix("user-content-").unwrap_or(&fragment);
        if let Some(name) = self.exact(fragment).or_else(|| self.alike(fragment)) {
            Fragment::Place(name)
        } else if fragment.eq_ignore_ascii_case("top") || letters(fragment).is_empty() {
            Fragment::Top
        } else if is_foreign(fragment) {
            Fragment::Foreign
        } else {
            Fragment::Missing
        }
    }

    fn exact(&self, fragment: &str) -> Option<&str> {
        let alias = || self.aliases.get(fragment);
        self.known.get(fragment).or_else(alias).map(AsRef::as_ref)
    }

    fn alike(&self, fragment: &str) -> Option<&str> {
        let letters = letters(fragment);
        self.by_letters.get(letters.as_str()).filter(|_| !letters.is_empty()).map(AsRef::as_ref)
    }
}

/// The letters and digits of `name`, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether browsers and forges understand a fragment regardless of the text: `:~:text=`, `L12`, `fn-1`.
fn is_foreign(fragment: &str) -> bool {
    let is_line_number = |digits: &str| digits.starts_with(|c: char| c.is_ascii_digit());
    fragment.starts_with(":~:")
        || fragment.strip_prefix('L').is_some_and(is_line_number)
        || fragment.starts_with("fn")
}

/// Assigns ids to the headings of a text, in order.
#[derive(Debug, Default)]
pub struct AnchorNames {
    taken: UniqueNames,
    index: AnchorIndex,
}

impl AnchorNames {
    /// Returns the id of the next heading: the one from its author, else one made of its words. All ids differ.
    pub fn name(&mut self, heading: &HeadingText) -> String {
        let wanted_name = heading.id.clone().unwrap_or_else(|| forge_anchor(&heading.words));
        let name = self.taken.take(wanted_name, 1);
        self.index.add(&name);
        // Forges do not know the authors' ids, and people copy links from there.
        if heading.id.is_some() || heading.forge.is_some() {
            let forge_words = heading.forge.as_ref().unwrap_or(&heading.words);
            self.index.add_alias(&forge_anchor(forge_words), &name);
        }
        name
    }

    /// Adds the id of an HTML element; returns whether it was free.
    pub fn mark(&mut self, name: &str) -> bool {
        let is_free = self.taken.insert(name);
        self.index.add(name);
        is_free
    }

    /// The names, ready for lookups.
    pub fn into_index(self) -> AnchorIndex {
        self.index
    }
}

/// Makes an id as GitHub does: in lower case, with `-` for spaces, and otherwise only letters, marks, decimal digits and
/// connectors of any script.
fn forge_anchor(words: &str) -> String {
    static OTHERS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[^\p{L}\p{M}\p{Nd}\p{Pc} -]").ok());
    let lower_case = words.to_lowercase();
    let name = if lower_case.is_ascii() {
        lower_case.replace(|c: char| !c.is_ascii_alphanumeric() && !"_ -".contains(c), "")
    } else {
        OTHERS.as_ref().map_or_else(
            || letters(&lower_case),
            |pattern| pattern.replace_all(&lower_case, "").into_owned(),
        )
    };
    // Forges do not name a heading without letters; a page needs a name.
    if name.is_empty() { "section".to_owned() } else { name.replace(' ', "-") }
}

/// The names of the headings of `document`, the outline of `text`, as they are if nothing else in the text has a name.
/// Takes a fraction of the time of [`anchors`], which contains every name that is found here.
pub fn anchors_of_outline(document: &Document, text: &str) -> AnchorIndex {
    let mut names = AnchorNames::default();
    for section in &document.sections {
        names.name(&heading_of_lines(section.heading.of(text)));
    }
    names.into_index()
}

/// All link targets in `text`, whose outline is `document`, including headings in lists and quotations.
pub fn anchors(document: &Document, text: &str) -> AnchorIndex {
    let body = document.body.of(text);
    let mut names = AnchorNames::default();
    let mut open_block: Option<String> = None;
    for (event, range) in events(body) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                names.name(&heading_of_lines(body.get(range).unwrap_or_default()));
            }
            Event::Start(Tag::HtmlBlock) => open_block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                add_html_names(&mut names, &open_block.take().unwrap_or_default());
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut open_block {
                Some(block) => block.push_str(&html),
                None => add_html_names(&mut names, &html),
            },
            _ => {}
        }
    }
    names.into_index()
}

fn add_html_names(names: &mut AnchorNames, html: &str) {
    for piece in pieces(html) {
        if let HtmlPiece::Tag(tag) = piece
            && let Some(anchor_name) = tag.anchor_name()
            && element(tag.span.of(html)).is_some()
        {
            names.mark(anchor_name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragment, anchors, anchors_of_outline};
    use crate::syntax::parse;

    fn names(text: &str) -> Vec<String> {
        anchors(&parse(text), text).names().map(str::to_owned).collect()
    }

    #[test]
    fn anchors_are_those_of_the_forge() {
        assert_eq!(
            names("# Über uns\n## A & B\n## `a` **b** [c](d)\n"),
            ["über-uns", "a--b", "a-b-c"]
        );
        assert_eq!(
            names("# 決定\n## Ёлка 1\n## \u{1f600} x\n## \u{1f600}\n"),
            ["決定", "ёлка-1", "-x", "section"]
        );
        assert_eq!(
            names("# Cost per m²\n## Ⅷ of x\n## लागत १\n## a_b‿c ½\n## Result<Order> <b>x</b>\n"),
            ["cost-per-m", "-of-x", "लागत-१", "a_b‿c-", "resultorder-x"]
        );
    }

    #[test]
    fn every_heading_has_a_name_of_its_own() {
        assert_eq!(names("# A\n## A\n## A-1\n## A\n"), ["a", "a-1", "a-1-1", "a-2"]);
        assert_eq!(names("# A\n> ## A\n\n- # A {#b}\n\n## A\n"), ["a", "a-1", "b", "a-2"]);
    }

    #[test]
    fn ids_of_authors_are_names() {
        assert_eq!(
            names(
                "# A {#Own}\n## B {: #kramdown}\n<a name=\"m\"></a>\n\nx <i id=n>y</i> <Foo id=\"o\">\n"
            ),
            ["Own", "kramdown", "m", "n"]
        );
        assert_eq!(
            names("```\n<a id=x>\n```\n\n<div\nid='y'>\n<!-- <a id=z> -->\n</div>\n"),
            ["y"]
        );
    }

    #[test]
    fn what_the_outline_has_is_there() {
        for text in ["# A\n> ## A\n\n## A\n", "# A {#b}\n\n<a id=c></a>\n\n- ## B\n\n## B\n"] {
            let document = parse(text);
            let all = anchors(&document, text);
            for name in anchors_of_outline(&document, text).names() {
                assert_eq!(all.find(name), Fragment::Place(name));
            }
        }
    }

    #[test]
    fn a_fragment_is_found_however_it_is_written() {
        let text = "# Status & Co\n## StatusCo\n## Ärger {#x}\n## Vec<T> y\n## A[^1]\n\n[^1]: b\n";
        let names = anchors(&parse(text), text);
        for (fragment, expected) in [
            ("statusco", Fragment::Place("statusco")),
            ("Status-Co", Fragment::Place("status--co")),
            ("user-content-x", Fragment::Place("x")),
            ("%C3%A4rger-x", Fragment::Place("x")),
            ("vec-y", Fragment::Place("vect-y")),
            ("a1", Fragment::Place("a")),
            ("top", Fragment::Top),
            ("", Fragment::Top),
            ("--", Fragment::Top),
            ("L12", Fragment::Foreign),
            (":~:text=x", Fragment::Foreign),
            ("fnref-1", Fragment::Foreign),
            ("ärger", Fragment::Missing),
            ("statuscox", Fragment::Missing),
        ] {
            assert_eq!(names.find(fragment), expected, "{fragment}");
        }
    }
}
