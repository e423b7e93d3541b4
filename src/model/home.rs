//! Where the folder of a log is among other folders, as far as that is known, and paths as seen from it.

use std::path::{Component, Path};

use super::Record;

/// The folder of a log.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// The names of the folders above it and its own, those that are known.
    folders: Vec<String>,
    /// Whether these are all from the root of the repository on.
    is_whole: bool,
}

impl Home {
    /// The folder at `place` in its repository.
    pub(super) fn in_repository(place: &str) -> Self {
        Self { folders: parts(place).map(str::to_owned).collect(), is_whole: true }
    }

    /// The folder of `records`, as the path of the first one says: from the working directory on.
    pub(super) fn of(records: &[Record]) -> Self {
        let folders = records.first().and_then(|record| {
            let path = record.source.path();
            let above = path.ancestors().nth(parts(&record.file).count())?;
            let names = above.components().filter_map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            });
            Some(names.collect())
        });
        Self { folders: folders.unwrap_or_default(), is_whole: false }
    }

    /// `path`, written in the file `from` of the log, as seen from the folder of the log, without `.` and `..` but at
    /// the front. `None` for one from a root that is not known.
    pub(super) fn path(&self, from: &str, path: &str) -> Option<String> {
        if path.starts_with('\\') || path.starts_with('/') && !self.is_whole {
            return None;
        }
        let mut stack: Vec<&str> = Vec::new();
        if !path.starts_with('/') {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            stack.extend(self.folders.iter().map(String::as_str).chain(parts(folder)));
        }
        Some(self.walk(stack, path))
    }

    /// Whether `path`, written in the file `from` of the log, leads out of the log.
    pub(super) fn leads_out(&self, from: &str, path: &str) -> bool {
        let is_known = !self.folders.is_empty() || self.is_whole;
        is_known && self.path(from, path).is_some_and(|path| path.starts_with(".."))
    }

    /// Whether `path`, written in a file that is not in the log, leads past the log. Both the file and the log have to be
    /// below the working directory.
    pub(super) fn leads_past(&self, file: &Path, path: &str) -> bool {
        let folder = file.parent().into_iter().flat_map(Path::components);
        let folder: Option<Vec<&str>> = folder
            .map(|part| match part {
                Component::Normal(name) => name.to_str(),
                _ => None,
            })
            .collect();
        let is_relative = !path.starts_with(['/', '\\']) && !self.folders.is_empty();
        let folder = folder.filter(|_| is_relative && !self.is_whole);
        folder.is_some_and(|folder| self.walk(folder, path).starts_with(".."))
    }

    /// Where `path` leads from the folder `stack`, as seen from the folder of the log.
    fn walk<'p>(&self, mut stack: Vec<&'p str>, path: &'p str) -> String {
        // How often the path goes up from the topmost folder that is known.
        let mut above = 0;
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => above += usize::from(stack.pop().is_none()),
                part => stack.push(part),
            }
        }
        let both = stack.iter().zip(&self.folders);
        let shared = if above > 0 { 0 } else { both.take_while(|(a, b)| a == b).count() };
        let up = std::iter::repeat_n("..", self.folders.len() - shared + above);
        up.chain(stack.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
    }

    /// The root of the repository as seen from the folder of the log, and the name of the first folder or file there
    /// that leads to `path`.
    pub(super) fn below_root(&self, path: &str) -> Option<(String, String)> {
        if !self.is_whole {
            return None;
        }
        let up = parts(path).take_while(|part| *part == "..").count();
        let first = match self.folders.len().checked_sub(up)? {
            0 => parts(path).nth(up)?.to_owned(),
            _ => self.folders.first()?.clone(),
        };
        Some((vec![".."; self.folders.len()].join("/"), first))
    }
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Home;

    #[test]
    fn paths_are_seen_from_the_folder_of_the_log() {
        let home = Home::in_repository("docs/adr");
        for (from, path, expected) in [
            ("a.md", "b.md", Some("b.md")),
            ("x/a.md", "../b/./c.md", Some("b/c.md")),
            ("a.md", "../adr/b.md", Some("b.md")),
            ("a.md", "/docs/adr/b.md", Some("b.md")),
            ("a.md", "/src//c.rs", Some("../../src/c.rs")),
            ("a.md", "../../../docs/adr/b.md", Some("../../../docs/adr/b.md")),
            ("a.md", "\\b.md", None),
        ] {
            assert_eq!(home.path(from, path).as_deref(), expected, "{path}");
        }
        let unknown = Home::default();
        assert_eq!(unknown.path("a.md", "/b.md"), None);
        assert_eq!(unknown.path("x/a.md", "../../adr/b.md").as_deref(), Some("../adr/b.md"));
    }

    #[test]
    fn a_path_past_the_log_is_told_from_one_into_it() {
        let home = Home { folders: vec!["docs".to_owned(), "adr".to_owned()], is_whole: false };
        let leads_past = |file: &str, path: &str| home.leads_past(Path::new(file), path);
        assert!(
            !leads_past("docs/README.md", "adr/b.md") && !leads_past("README.md", "docs/adr/b.md")
        );
        assert!(
            leads_past("team/README.md", "adr/b.md") && leads_past("docs/README.md", "../adr/b.md")
        );
        assert!(
            !leads_past("team/README.md", "/adr/b.md")
                && !leads_past("/team/README.md", "adr/b.md")
        );
        assert!(home.leads_out("a.md", "../b.md") && !home.leads_out("x/a.md", "../b.md"));
        assert!(!Home::default().leads_out("a.md", "../b.md"));
    }

    #[test]
    fn the_first_folder_below_the_root_is_told() {
        let home = Home::in_repository("docs/adr");
        let below_root =
            |path| home.below_root(path).map(|(root, first)| format!("{root} {first}"));
        assert_eq!(below_root("../../src/a.rs").as_deref(), Some("../.. src"));
        assert_eq!(below_root("../guide").as_deref(), Some("../.. docs"));
        assert_eq!(below_root("../../../x"), None);
        assert_eq!(
            Home::in_repository("").below_root("img/a.png"),
            Some((String::new(), "img".into()))
        );
    }
}
