//! Where links lead, as far as the log and the names in folders say: one verdict for the linter, the pages of a site and
//! the commands that rewrite links. Opens no file.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::home::Home;
use super::{Folder, Log, Record, RecordId};
use crate::text::url_decoded;

/// The names in a folder, given relative to the folder of the log: `""` is the log itself, `../src` is next to it.
/// `None` if no one may look; empty if there is no such folder.
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
    /// Nowhere: there is no such file. The record has the number or the name that the link is after.
    Renamed(RecordId),
    /// To this file or folder, which is there and is not a record.
    File(String),
    /// Nowhere: there is no such file.
    Missing,
    /// To a file whose name differs in upper and lower case.
    OtherCase {
        /// The last part of the path, as the file is called.
        name: String,
        /// The record that the file is.
        record: Option<RecordId>,
    },
    /// To something that is not there as a file, and that a site may have at this address.
    Unjudged,
    /// Out of the repository, or to where no one may look.
    Unknown,
    /// To an address with a scheme, of another host, or of a template.
    Elsewhere,
}

/// The files of a log, and what is known of those outside of it.
pub struct Resolver<'a> {
    log: &'a Log,
    records: HashMap<&'a str, RecordId>,
    /// Files of the log that are not records, and every folder in it.
    others: HashSet<&'a str>,
    /// All of these, in lower case.
    lower: HashMap<String, &'a str>,
    names_in: &'a NamesIn<'a>,
    /// Found when the first link is followed.
    home: OnceLock<Home>,
}

impl<'a> Resolver<'a> {
    /// The files of `log`, with `names_in` for all that is outside of it.
    pub fn new(log: &'a Log, names_in: &'a NamesIn<'a>) -> Self {
        let mut resolver = Self {
            log,
            records: HashMap::new(),
            others: HashSet::new(),
            lower: HashMap::new(),
            names_in,
            home: OnceLock::new(),
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

    /// The path that a link in the record `from` leads to; `None` for one that leads elsewhere or into the same file.
    pub fn path(&self, from: &Record, destination: &str) -> Option<String> {
        let path = path_of(destination);
        if path.is_empty() || is_elsewhere(path) {
            return None;
        }
        self.home().path(&from.file, &url_decoded(path))
    }

    /// Where a link in the record `from` leads.
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
        let found = self.by_name(&path, !is_rooted || self.is_below_root(&path));
        // Out of the log, the same name is likely to be of another one.
        let may_be_ours = is_rooted || !path.starts_with("..");
        match found {
            Target::Missing if may_be_ours => {
                self.alike(from, destination).map_or(found, Target::Renamed)
            }
            Target::Unjudged | Target::Unknown if may_be_ours => {
                self.alike(from, destination).map_or(found, Target::Page)
            }
            found => found,
        }
    }

    /// The record that a link means that leads to no file of the log.
    fn alike(&self, from: &Record, destination: &str) -> Option<RecordId> {
        self.log.linked(self.id(&from.file)?, destination)
    }

    /// What the names in its folder say of a path that leads to none of the log's files.
    fn by_name(&self, path: &str, is_sure: bool) -> Target {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // Names without extension, and of pages, are addresses of the site that is made of the
        // text: only a file that is there says anything.
        let is_judged = is_sure && has_extension(name) && !is_page(name) && !is_template(path);
        match (self.names_in)(folder) {
            Some(names) if names.contains(name) || name == ".." => Target::File(path.to_owned()),
            Some(_) if !is_judged => Target::Unjudged,
            Some(names) => match names.in_any_case(name) {
                Some(other) => Target::OtherCase { name: other.to_owned(), record: None },
                None => Target::Missing,
            },
            None if is_judged && is_markdown(name) && is_read(path) => Target::Missing,
            None => Target::Unknown,
        }
    }

    /// Whether the path, which is written from a root, is from the root of the repository: its first folder is there.
    /// Else it may be from the root of a site.
    fn is_below_root(&self, path: &str) -> bool {
        let Some((root, first)) = self.home().below_root(path) else { return false };
        (self.names_in)(&root).is_some_and(|names| names.contains(&first))
    }

    fn home(&self) -> &Home {
        self.home.get_or_init(|| {
            let folder = (self.names_in)("");
            let place = folder.as_ref().and_then(|folder| folder.place());
            place.map_or_else(|| Home::of(self.log.records()), Home::in_repository)
        })
    }
}

/// The path of a destination as it is written, without query and fragment.
fn path_of(destination: &str) -> &str {
    let end = destination.bytes().position(|byte| matches!(byte, b'#' | b'?'));
    destination.get(..end.unwrap_or(destination.len())).unwrap_or_default().trim()
}

/// Whether the destination is an address with a scheme or a host.
fn is_elsewhere(path: &str) -> bool {
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme || path.starts_with("//") || path.contains("://")
}

/// Whether the path holds words of a template engine, or is no path.
fn is_template(path: &str) -> bool {
    path.contains("//") || path.contains(['{', '}', '<', '>', '$', '*', '\n'])
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(before, after)| {
        let digits = after.bytes().all(|byte| byte.is_ascii_digit());
        !before.is_empty() && !after.is_empty() && after.len() <= 8 && !digits
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

/// Whether a file at `path` would have been read with the log: it is in it, and neither hidden
/// nor below a folder that is passed over.
fn is_read(path: &str) -> bool {
    let passed_over =
        |part: &str| part.starts_with('.') || matches!(part, "templates" | "node_modules");
    !path.split('/').any(passed_over)
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
