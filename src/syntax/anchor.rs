//! What links within a text can point at: the names that its headings have, as forges make them. The
//! one place that makes them, for the linter and for the pages of a site.

use std::collections::{HashMap, HashSet};

use super::Document;
use crate::text::{Span, UniqueNames};

/// A place in a document that `#name` leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// As GitHub makes it of the heading's words; the second of a kind ends in `-1`.
    pub name: String,
    /// The heading.
    pub span: Span,
}

/// The anchors that the headings of `document` make, in its order.
pub fn anchors(document: &Document) -> Vec<Anchor> {
    let mut names = AnchorNames::default();
    let sections = document.sections.iter();
    sections.map(|one| Anchor { name: names.of(&one.title), span: one.heading }).collect()
}

/// The names of a text, by which a fragment is looked up without a walk over all of them.
#[derive(Clone, Debug, Default)]
pub struct AnchorIndex {
    names: HashSet<Box<str>>,
    /// The first name with these letters and digits.
    bare: HashMap<Box<str>, Box<str>>,
}

impl AnchorIndex {
    /// The index of `names`, in the order of the text.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut index = Self::default();
        for name in names {
            if index.names.insert(name.into()) {
                index.bare.entry(bare(name).into()).or_insert_with(|| name.into());
            }
        }
        index
    }

    /// The name that a fragment means: the one that is written like it, else the first with the same letters
    /// and digits, for links are written by hand.
    pub fn meant(&self, fragment: &str) -> Option<&str> {
        self.exact(fragment).or_else(|| self.alike(fragment))
    }

    /// The name that is written like the fragment.
    pub fn exact(&self, fragment: &str) -> Option<&str> {
        self.names.get(fragment).map(AsRef::as_ref)
    }

    /// The first name with the letters and digits of the fragment.
    pub fn alike(&self, fragment: &str) -> Option<&str> {
        let bare = bare(fragment);
        self.bare.get(bare.as_str()).filter(|_| !bare.is_empty()).map(AsRef::as_ref)
    }
}

/// Letters and digits alone, in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The names that are taken in a text.
#[derive(Debug, Default)]
pub struct AnchorNames(UniqueNames);

impl AnchorNames {
    /// The name of the next heading with these words: in lower case, blanks as `-`, punctuation left
    /// out, and with a number where the name is taken.
    pub fn of(&mut self, words: &str) -> String {
        let mut name = String::with_capacity(words.len());
        for c in words.to_lowercase().chars() {
            match c {
                ' ' => name.push('-'),
                '-' | '_' => name.push(c),
                c if c.is_alphanumeric() && !c.is_uppercase() => name.push(c),
                _ => {}
            }
        }
        // Forges have no name for a heading without letters; a page needs one.
        self.take(if name.is_empty() { "section".to_owned() } else { name })
    }

    /// `name`, with a number where it is taken.
    pub fn take(&mut self, name: String) -> String {
        self.0.take(name, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{AnchorIndex, anchors};
    use crate::syntax::parse;

    fn names(text: &str) -> Vec<String> {
        anchors(&parse(text)).into_iter().map(|anchor| anchor.name).collect()
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
    }

    #[test]
    fn every_heading_has_a_name_of_its_own() {
        assert_eq!(names("# A\n## A\n## A-1\n## A\n"), ["a", "a-1", "a-1-1", "a-2"]);
    }

    #[test]
    fn a_fragment_is_found_however_it_is_written() {
        let names = AnchorIndex::new(["status--co", "statusco", "x"]);
        let meant = |fragment| names.meant(fragment);
        assert_eq!(meant("statusco"), Some("statusco"));
        assert_eq!(meant("Status-Co"), Some("status--co"));
        assert_eq!(meant("y"), None);
        assert_eq!(meant("--"), None);
    }
}
