//! Resolves links with the log and the names in folders: one verdict for the linter, the pages of a site and
//! the commands that rewrite links. Opens no file.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::folder::Folder;
use super::log_folder::LogFolder;
use crate::model::{Log, Record, RecordId};
use crate::text::url_decoded;

/// Returns the names in a folder, given relative to the folder of the log: `""` is the log itself, `../src` is next to
/// it. `None` if the folder may not be read; empty if there is no such folder.
pub type NamesIn<'a> = dyn Fn(&str) -> Option<Arc<Folder>> + Sync + 'a;

/// Where a link leads. Paths are relative to the folder of the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// To another place in the same file.
    Here,
    /// To the file of a record.
    Record(RecordId),
    /// To a page that a site may make of a record: `0001-x.html`, or the name without extension.
    Page(RecordId),
    /// To no file. The record has the number or the name in the link.
    Renamed(RecordId),
    /// To this file or folder, which exists and is not a record.
    File(String),
    /// To no file.
    Missing,
    /// To a file whose name differs in case.
    OtherCase {
        /// The last part of the path, as the file is named.
        name: String,
        /// The record in the file.
        record: Option<RecordId>,
    },
    /// To something that is not a file, but that a site may have at this address.
    Unjudged,
    /// Out of the repository, or to a folder that may not be read.
    Unknown,
    /// To an address with a scheme, on another host, or in a template.
    Elsewhere,
}

/// The files of a log, and the known files outside of it.
pub struct Resolver<'a> {
    log: &'a Log,
    records: HashMap<&'a str, RecordId>,
    /// Files of the log that are not records, and its folders.
    others: HashSet<&'a str>,
    /// All of them, by their names in lower case.
    lower: HashMap<String, &'a str>,
    names_in: &'a NamesIn<'a>,
    /// Found when the first link is followed.
    folder: OnceLock<LogFolder>,
}

impl<'a> Resolver<'a> {
    /// Prepares to resolve links in `log`, with `names_in` for everything outside of it.
    pub fn new(log: &'a Log, names_in: &'a NamesIn<'a>) -> Self {
        let mut resolver = Self {
            log,
            records: HashMap::new(),
            others: HashSet::new(),
            lower: HashMap::new(),
            names_in,
            folder: OnceLock::new(),
        };
        for (id, record) in log.iter() {
            resolver.records.insert(&record.file, id);
            resolver.add_name(&record.file);
        }
        for skipped in log.skipped() {
            resolver.others.insert(&skipped.file);
            resolver.add_name(&skipped.file);
        }
        resolver
    }

    fn add_name(&mut self, file: &'a str) {
        self.lower.insert(file.to_lowercase(), file);
        for (slash, _) in file.match_indices('/') {
            self.others.extend(file.get(..slash));
        }
    }

    /// The record in this file.
    pub fn id(&self, file: &str) -> Option<RecordId> {
        self.records.get(file).copied()
    }

    /// The path that a link in the record `from` leads to; `None` if it is not a path, or leads into the same file.
    pub fn path(&self, from: &Record, destination: &str) -> Option<String> {
        let path = path_of(destination);
        if path.is_empty() || is_elsewhere(path) {
            return None;
        }
        self.folder().path(&from.file, &url_decoded(path))
    }

    /// Resolves a link in the record `from`.
    pub fn target(&self, from: &Record, destination: &str) -> Target {
        if destination.trim_start().starts_with('#') {
            return Target::Here;
        } else if is_elsewhere(path_of(destination)) {
            return Target::Elsewhere;
        }
        let Some(path) = self.path(from, destination) else {
            return self.alike(from, destination).map_or(Target::Unknown, Target::Page);
        };
        if let Some(id) = self.id(&path) {
            return Target::Record(id);
        }
        if path.is_empty() || self.others.contains(path.as_str()) {
            return Target::File(path);
        }
        if let Some(file) = self.lower.get(&path.to_lowercase()) {
            let name = file.rsplit('/').next().unwrap_or(file).to_owned();
            return Target::OtherCase { name, record: self.id(file) };
        }
        let is_rooted = destination.trim_start().starts_with('/');
        let named_target = self.by_name(&path, !is_rooted || self.is_below_root(&path));
        // Outside of the log, the same name probably belongs to a file of another log.
        let may_be_in_log = is_rooted || !path.starts_with("..");
        match named_target {
            Target::Missing if may_be_in_log => {
                self.alike(from, destination).map_or(named_target, Target::Renamed)
            }
            Target::Unjudged | Target::Unknown if may_be_in_log => {
                self.alike(from, destination).map_or(named_target, Target::Page)
            }
            named_target => named_target,
        }
    }

    /// The record meant by a link that leads to no file of the log.
    fn alike(&self, from: &Record, destination: &str) -> Option<RecordId> {
        self.log.linked(self.id(&from.file)?, destination)
    }

    /// Judges a path that leads to no file of the log by the names in its folder.
    fn by_name(&self, path: &str, is_certain: bool) -> Target {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // Names without extension, and names of pages, are addresses of a site made from the
        // text: only an existing file settles them.
        let may_be_missing =
            is_certain && has_extension(name) && !is_page(name) && !is_template(path);
        match (self.names_in)(folder) {
            Some(folder_names) if folder_names.contains(name) || name == ".." => {
                Target::File(path.to_owned())
            }
            Some(_) if !may_be_missing => Target::Unjudged,
            Some(folder_names) => match folder_names.in_any_case(name) {
                Some(similar_name) => {
                    Target::OtherCase { name: similar_name.to_owned(), record: None }
                }
                None => Target::Missing,
            },
            None if may_be_missing && is_markdown(name) && is_read(path) => Target::Missing,
            None => Target::Unknown,
        }
    }

    /// Whether the path, which is written from a root, starts at the root of the repository: its first folder is there.
    /// Otherwise it may start at the root of a site.
    fn is_below_root(&self, path: &str) -> bool {
        let Some((root, first_folder)) = self.folder().below_root(path) else { return false };
        (self.names_in)(&root).is_some_and(|root_names| root_names.contains(&first_folder))
    }

    fn folder(&self) -> &LogFolder {
        self.folder.get_or_init(|| {
            let log_names = (self.names_in)("");
            let place = log_names.as_ref().and_then(|log_names| log_names.place());
            place.map_or_else(|| LogFolder::of(self.log.records()), LogFolder::in_repository)
        })
    }
}

/// Returns the path of a destination as written, without query and fragment.
fn path_of(destination: &str) -> &str {
    let path_end = destination.bytes().position(|byte| matches!(byte, b'#' | b'?'));
    destination.get(..path_end.unwrap_or(destination.len())).unwrap_or_default().trim()
}

/// Whether the destination is an address with a scheme or a host.
fn is_elsewhere(path: &str) -> bool {
    let has_scheme = path.split_once(':').is_some_and(|(has_scheme, _)| {
        has_scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && has_scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    has_scheme || path.starts_with("//") || path.contains("://")
}

/// Whether the path contains template syntax, or is not a path.
fn is_template(path: &str) -> bool {
    path.contains("//") || path.contains(['{', '}', '<', '>', '$', '*', '\n'])
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        let is_number = extension.bytes().all(|byte| byte.is_ascii_digit());
        !stem.is_empty() && !extension.is_empty() && extension.len() <= 8 && !is_number
    })
}

fn is_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".html", ".htm", ".php", ".aspx"].iter().any(|extension| name.ends_with(extension))
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".mdx"].iter().any(|extension| name.ends_with(extension))
}

/// Whether a file at `path` would have been read with the log: it is inside, and neither hidden
/// nor below an ignored folder.
fn is_read(path: &str) -> bool {
    let is_ignored =
        |part: &str| part.starts_with('.') || matches!(part, "templates" | "node_modules");
    !path.split('/').any(is_ignored)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::{Resolver, Target};
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Folder, Log, RecordId, SkipReason, Skipped};
    use crate::text::Source;

    const FILES: [&str; 3] = ["0001-a.md", "0002-use-nats.md", "sub/0003-use c#.md"];

    fn log() -> Log {
        let record = |file: &str| {
            let source = Source::new(format!("docs/adr/{file}"), "# A\n\n## Status\n\nAccepted\n");
            match recognise(source, file, &Words::new(std::iter::empty())) {
                Recognised::Record(record) => record,
                Recognised::Skipped(skipped) => panic!("{skipped:?}"),
            }
        };
        let index = Skipped { file: "README.md".into(), reason: SkipReason::Index };
        Log::new(FILES.map(record).into(), vec![index])
    }

    /// A repository with the log in `docs/adr`, and another log next to it.
    fn names(folder: &str) -> Option<Arc<Folder>> {
        let (place, names): (&str, &[&str]) = match folder {
            "" => ("docs/adr", &["0001-a.md", "0002-use-nats.md", "sub", "README.md", "zones.svg"]),
            ".." => ("docs", &["adr", "guide", "Plan.md"]),
            "../.." => ("", &["docs", "team", "LICENSE"]),
            "../../team" => ("team", &["0002-use-nats.md"]),
            "sub" => ("docs/adr/sub", &["0003-use c#.md"]),
            "../../.." => return None,
            _ => ("x", &[]),
        };
        let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Some(Arc::new(Folder::at(names, place.to_owned())))
    }

    #[track_caller]
    fn check(from: usize, all: &[(&str, Target)]) {
        let log = log();
        let resolver = Resolver::new(&log, &names);
        for (destination, expected) in all {
            let found = resolver.target(log.record(RecordId(from)), destination);
            assert_eq!(found, *expected, "{destination}");
        }
    }

    fn file(path: &str) -> Target {
        Target::File(path.to_owned())
    }

    #[test]
    fn a_path_is_followed_however_it_is_written() {
        let second = || Target::Record(RecordId(1));
        check(
            0,
            &[
                ("0002-use-nats.md?plain=1#x", second()),
                ("./sub/../0002-use-nats.md", second()),
                ("0002%2Duse-nats.md", second()),
                ("../adr/0002-use-nats.md", second()),
                ("/docs/adr/0002-use-nats.md", second()),
                ("../../docs/adr/0002-use-nats.md", second()),
                ("sub/0003-use%20c%23.md", Target::Record(RecordId(2))),
                ("#x", Target::Here),
            ],
        );
        check(
            2,
            &[("../0002-use-nats.md", second()), ("0003-use c%23.md", Target::Record(RecordId(2)))],
        );
    }

    #[test]
    fn files_and_folders_are_there_with_and_without_a_slash() {
        check(
            0,
            &[
                ("README.md", file("README.md")),
                ("sub", file("sub")),
                ("sub/", file("sub")),
                ("./", file("")),
                ("..", file("..")),
                ("../", file("..")),
                ("../guide/", file("../guide")),
                ("/docs/guide", file("../guide")),
                ("/LICENSE", file("../../LICENSE")),
                ("/", file("../..")),
                ("/docs/adr/zones.svg", file("zones.svg")),
                ("../adr/zones.svg", file("zones.svg")),
            ],
        );
    }

    #[test]
    fn what_is_not_there_is_missing_if_it_can_be_told() {
        check(
            0,
            &[
                ("plan.svg", Target::Missing),
                ("../plan.txt", Target::Missing),
                ("/docs/none.txt", Target::Missing),
                ("../Plan.md", file("../Plan.md")),
                ("../plan.md", Target::OtherCase { name: "Plan.md".into(), record: None }),
                ("readme.md", Target::OtherCase { name: "README.md".into(), record: None }),
                (
                    "0001-A.md",
                    Target::OtherCase { name: "0001-a.md".into(), record: Some(RecordId(0)) },
                ),
                // The root of a site may be another folder.
                ("/img/plan.svg", Target::Unjudged),
                ("plan", Target::Unjudged),
                ("plan.html", Target::Unjudged),
                ("{{ site }}/plan.md", Target::Unjudged),
                ("../../../plan.md", Target::Unknown),
                ("", Target::Unknown),
            ],
        );
    }

    #[test]
    fn an_address_is_not_a_path() {
        for to in
            ["https://a.example/0002-use-nats.md", "//a.example", "tel:+1", "mailto:a@b.example"]
        {
            check(0, &[(to, Target::Elsewhere)]);
        }
    }

    #[test]
    fn a_record_is_found_by_its_page_and_its_old_name_but_not_in_another_log() {
        check(
            0,
            &[
                ("0002-use-nats.html", Target::Page(RecordId(1))),
                ("0002-use-nats", Target::Page(RecordId(1))),
                ("/decisions/0002-use-nats/", Target::Page(RecordId(1))),
                ("0002-nats.md", Target::Renamed(RecordId(1))),
                ("0009-x.md", Target::Missing),
                ("../../team/0002-use-nats.md", file("../../team/0002-use-nats.md")),
                ("../other/0002-use-nats.md", Target::Missing),
            ],
        );
    }
}
