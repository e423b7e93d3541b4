//! The names in a folder, as links may spell them.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// The names of the files and folders in a folder.
#[derive(Debug, Default)]
pub struct Folder {
    names: BTreeSet<String>,
    /// Its path in its repository.
    place: Option<String>,
    /// By their lower case; built on first use.
    lower: OnceLock<HashMap<String, String>>,
}

impl From<BTreeSet<String>> for Folder {
    fn from(names: BTreeSet<String>) -> Self {
        Self { names, place: None, lower: OnceLock::new() }
    }
}

impl Folder {
    /// The folder at `place`, as seen from the root of its repository, with `/` between the parts.
    pub fn at(names: BTreeSet<String>, place: String) -> Self {
        Self { place: Some(place), ..Self::from(names) }
    }

    /// Its path from the root of its repository, with `/` between the parts.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// Whether there is a file or folder with exactly this name.
    pub fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The name that equals `name` without regard to case; the first of several.
    pub fn in_any_case(&self, name: &str) -> Option<&str> {
        let lower = self.lower.get_or_init(|| {
            // Reversed, because the last of several names stays in the map.
            self.names.iter().rev().map(|name| (name.to_lowercase(), name.clone())).collect()
        });
        lower.get(&name.to_lowercase()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;

    #[test]
    fn names_are_found_whatever_their_case() {
        let names = ["B.md", "a.md", "A.md"].map(str::to_owned);
        let folder = Folder::from(std::collections::BTreeSet::from(names));
        assert_eq!(folder.in_any_case("b.MD"), Some("B.md"));
        assert_eq!(folder.in_any_case("a.md"), Some("A.md"));
        assert_eq!(folder.in_any_case("c.md"), None);
        assert!(folder.contains("a.md") && !folder.contains("b.md"));
    }
}
