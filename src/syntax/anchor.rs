//! What links within a text can lead to: the ids of its headings, made as GitHub makes them or given by their authors,
//! and the ids of its HTML. The one definition, for the linter and for the pages of a site.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::html::{Piece, element, pieces};
use super::markdown::events;
use super::{Document, HeadingText, heading_of_lines};
use crate::text::{UniqueNames, url_decoded};

/// The names of a text, by which a fragment is looked up without a walk over all of them.
#[derive(Clone, Debug, Default)]
pub struct AnchorIndex {
    /// In the order of the text.
    names: Vec<Box<str>>,
    known: HashSet<Box<str>>,
    /// What else leads to a name.
    aliases: HashMap<Box<str>, Box<str>>,
    /// The first name with these letters and digits.
    bare: HashMap<Box<str>, Box<str>>,
}

/// What a fragment leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment<'n> {
    /// The page as a whole.
    Top,
    /// The place with this name.
    Place(&'n str),
    /// Something that is not of the text: lines of a file, words that a browser looks for, a footnote.
    Foreign,
    /// Nothing.
    Missing,
}

impl AnchorIndex {
    /// Adds a name that comes next in the text.
    pub fn add(&mut self, name: &str) {
        if self.known.insert(name.into()) {
            self.names.push(name.into());
            self.bare.entry(bare(name).into()).or_insert_with(|| name.into());
        }
    }

    /// Adds what leads to `name`, too.
    pub fn add_alias(&mut self, alias: &str, name: &str) {
        if alias != name {
            self.aliases.entry(alias.into()).or_insert_with(|| name.into());
        }
    }

    /// The names, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// What a fragment leads to, as it is written behind `#`: the name that is written like it, else the first with
    /// the same letters and digits, for links are written by hand and programs make names in different ways.
    pub fn find(&self, fragment: &str) -> Fragment<'_> {
        let fragment = url_decoded(fragment.trim());
        let fragment = fragment.strip_prefix("user-content-").unwrap_or(&fragment);
        if let Some(name) = self.exact(fragment).or_else(|| self.alike(fragment)) {
            Fragment::Place(name)
        } else if fragment.eq_ignore_ascii_case("top") || bare(fragment).is_empty() {
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
        let bare = bare(fragment);
        self.bare.get(bare.as_str()).filter(|_| !bare.is_empty()).map(AsRef::as_ref)
    }
}

/// Letters and digits alone, in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a fragment is understood by browsers and forges whatever the text says: `:~:text=`, `L12`, `fn-1`.
fn is_foreign(fragment: &str) -> bool {
    let is_line = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    fragment.starts_with(":~:")
        || fragment.strip_prefix('L').is_some_and(is_line)
        || fragment.starts_with("fn")
}

/// Gives the headings of a text their ids, in its order.
#[derive(Debug, Default)]
pub struct AnchorNames {
    taken: UniqueNames,
    index: AnchorIndex,
}

impl AnchorNames {
    /// The id of the next heading: the one that its author gave it, else one made of its words. No two have the same.
    pub fn name(&mut self, heading: &HeadingText) -> String {
        let name = heading.id.clone().unwrap_or_else(|| made_of(&heading.words));
        let name = self.taken.take(name, 1);
        self.index.add(&name);
        // Forges know no ids of authors, and links are copied from there.
        if heading.id.is_some() || heading.forge.is_some() {
            let words = heading.forge.as_ref().unwrap_or(&heading.words);
            self.index.add_alias(&made_of(words), &name);
        }
        name
    }

    /// Takes the id of an element of HTML, and returns whether it was free.
    pub fn mark(&mut self, name: &str) -> bool {
        let is_free = self.taken.insert(name);
        self.index.add(name);
        is_free
    }

    /// The names, to be looked up.
    pub fn into_index(self) -> AnchorIndex {
        self.index
    }
}

/// What GitHub makes of words: in lower case, blanks as `-`, and of all else letters, marks, decimal digits and
/// connectors, of any script.
fn made_of(words: &str) -> String {
    static OTHERS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[^\p{L}\p{M}\p{Nd}\p{Pc} -]").ok());
    let lower = words.to_lowercase();
    let name = if lower.is_ascii() {
        lower.replace(|c: char| !c.is_ascii_alphanumeric() && !"_ -".contains(c), "")
    } else {
        OTHERS
            .as_ref()
            .map_or_else(|| bare(&lower), |others| others.replace_all(&lower, "").into_owned())
    };
    // Forges have no name for a heading without letters; a page needs one.
    if name.is_empty() { "section".to_owned() } else { name.replace(' ', "-") }
}

/// What the headings of `document`, the outline of `text`, have as names when nothing else in the text has any: found in
/// a fraction of the time, and whatever is found here is found among all [`anchors`], too.
pub fn anchors_of_outline(document: &Document, text: &str) -> AnchorIndex {
    let mut names = AnchorNames::default();
    for section in &document.sections {
        names.name(&heading_of_lines(section.heading.of(text)));
    }
    names.into_index()
}

/// Everything in `text`, of which `document` is the outline, that links can lead to: headings in lists and quotations
/// included.
pub fn anchors(document: &Document, text: &str) -> AnchorIndex {
    let body = document.body.of(text);
    let mut names = AnchorNames::default();
    let mut block: Option<String> = None;
    for (event, range) in events(body) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                names.name(&heading_of_lines(body.get(range).unwrap_or_default()));
            }
            Event::Start(Tag::HtmlBlock) => block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                mark_all(&mut names, &block.take().unwrap_or_default());
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut block {
                Some(block) => block.push_str(&html),
                None => mark_all(&mut names, &html),
            },
            _ => {}
        }
    }
    names.into_index()
}

fn mark_all(names: &mut AnchorNames, html: &str) {
    for piece in pieces(html) {
        if let Piece::Tag(tag) = piece
            && let Some(mark) = tag.mark()
            && element(tag.span.of(html)).is_some()
        {
            names.mark(mark);
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
