//! The folder of a log among the other folders, as far as known, and paths as seen from it.

use std::path::{Component, Path};

use crate::model::Record;

/// The folder of a log.
#[derive(Debug, Default)]
pub(in crate::model) struct LogFolder {
    /// The names of its parent folders, as far as known, and its own.
    folders: Vec<String>,
    /// Whether `folders` starts at the root of the repository.
    is_whole: bool,
}

impl LogFolder {
    /// The folder at `place` in its repository.
    pub(super) fn in_repository(place: &str) -> Self {
        Self { folders: parts(place).map(str::to_owned).collect(), is_whole: true }
    }

    /// The folder of `records`, from the working directory on, taken from the path of the first record.
    pub(in crate::model) fn of(records: &[Record]) -> Self {
        let folders = records.first().and_then(|record| {
            let path = record.source.path();
            let log_path = path.ancestors().nth(parts(&record.file).count())?;
            let folder_names = log_path.components().filter_map(|component| match component {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            });
            Some(folder_names.collect())
        });
        Self { folders: folders.unwrap_or_default(), is_whole: false }
    }

    /// Returns `path`, written in the file `from` of the log, as seen from the folder of the log: without `.`, and with
    /// `..` only at the front. `None` if it starts at an unknown root.
    pub(super) fn path(&self, from: &str, path: &str) -> Option<String> {
        if path.starts_with('\\') || path.starts_with('/') && !self.is_whole {
            return None;
        }
        let mut resolved: Vec<&str> = Vec::new();
        if !path.starts_with('/') {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            resolved.extend(self.folders.iter().map(String::as_str).chain(parts(folder)));
        }
        Some(self.walk(resolved, path))
    }

    /// Whether `path`, written in the file `from` of the log, leads out of the log.
    pub(in crate::model) fn leads_out(&self, from: &str, path: &str) -> bool {
        let is_known = !self.folders.is_empty() || self.is_whole;
        is_known && self.path(from, path).is_some_and(|path| path.starts_with(".."))
    }

    /// Whether `path`, written in a file outside of the log, leads past the log. Both the file and the log must be
    /// below the working directory.
    pub(in crate::model) fn leads_past(&self, file: &Path, path: &str) -> bool {
        let file_folder = file.parent().into_iter().flat_map(Path::components);
        let file_folder: Option<Vec<&str>> = file_folder
            .map(|component| match component {
                Component::Normal(name) => name.to_str(),
                _ => None,
            })
            .collect();
        let is_relative = !path.starts_with(['/', '\\']) && !self.folders.is_empty();
        let file_folder = file_folder.filter(|_| is_relative && !self.is_whole);
        file_folder.is_some_and(|file_folder| self.walk(file_folder, path).starts_with(".."))
    }

    /// Follows `path` from the folder `resolved`; returns the result as seen from the folder of the log.
    fn walk<'p>(&self, mut resolved: Vec<&'p str>, path: &'p str) -> String {
        // The number of steps up from the topmost known folder.
        let mut unknown_levels = 0;
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => unknown_levels += usize::from(resolved.pop().is_none()),
                part => resolved.push(part),
            }
        }
        let folder_pairs = resolved.iter().zip(&self.folders);
        let shared_count =
            if unknown_levels > 0 { 0 } else { folder_pairs.take_while(|(a, b)| a == b).count() };
        let up_steps =
            std::iter::repeat_n("..", self.folders.len() - shared_count + unknown_levels);
        up_steps.chain(resolved.into_iter().skip(shared_count)).collect::<Vec<_>>().join("/")
    }

    /// Returns the root of the repository as seen from the folder of the log, and the name of the first folder or file
    /// there on the way to `path`.
    pub(super) fn below_root(&self, path: &str) -> Option<(String, String)> {
        if !self.is_whole {
            return None;
        }
        let up_count = parts(path).take_while(|part| *part == "..").count();
        let first_below_root = match self.folders.len().checked_sub(up_count)? {
            0 => parts(path).nth(up_count)?.to_owned(),
            _ => self.folders.first()?.clone(),
        };
        Some((vec![".."; self.folders.len()].join("/"), first_below_root))
    }
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::LogFolder;

    #[test]
    fn paths_are_seen_from_the_folder_of_the_log() {
        let home = LogFolder::in_repository("docs/adr");
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
        let unknown = LogFolder::default();
        assert_eq!(unknown.path("a.md", "/b.md"), None);
        assert_eq!(unknown.path("x/a.md", "../../adr/b.md").as_deref(), Some("../adr/b.md"));
    }

    #[test]
    fn a_path_past_the_log_is_told_from_one_into_it() {
        let home =
            LogFolder { folders: vec!["docs".to_owned(), "adr".to_owned()], is_whole: false };
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
        assert!(!LogFolder::default().leads_out("a.md", "../b.md"));
    }

    #[test]
    fn the_first_folder_below_the_root_is_told() {
        let home = LogFolder::in_repository("docs/adr");
        let below_root =
            |path| home.below_root(path).map(|(root, first)| format!("{root} {first}"));
        assert_eq!(below_root("../../src/a.rs").as_deref(), Some("../.. src"));
        assert_eq!(below_root("../guide").as_deref(), Some("../.. docs"));
        assert_eq!(below_root("../../../x"), None);
        assert_eq!(
            LogFolder::in_repository("").below_root("img/a.png"),
            Some((String::new(), "img".into()))
        );
    }
}
