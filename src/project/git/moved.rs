//! Where a log was in a commit, when its folder has got another name since. Reads trees only.

use std::collections::BTreeMap;
use std::path::Path;

use super::Repository;
use crate::project::discover::FOLDERS;
use crate::project::read::is_candidate;

impl Repository {
    /// The folder of the log in `commit`, as seen from the root of the repository: the one that it
    /// lies in now, `here`, else the one that its files have left; `None` where the commit has no log.
    pub(super) fn folder_in(&self, commit: &str, here: &str) -> Option<String> {
        let listed = self.text(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])?;
        let names: Vec<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
        let below = |folder: &str| {
            let first = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let mut files = names.iter().filter_map(|name| name.strip_prefix(&first));
            files.any(is_candidate)
        };
        if below(here) {
            return Some(here.to_owned());
        }
        let root = self.git.root();
        self.left(root, &names).or_else(|| {
            let known = FOLDERS.iter().find(|folder| below(folder) && !root.join(folder).exists());
            known.map(|folder| (*folder).to_owned())
        })
    }

    /// The folder of the commit that most of the log's files have left: that had files of their
    /// names, which are gone.
    fn left(&self, root: &Path, names: &[&str]) -> Option<String> {
        let here = walkdir::WalkDir::new(&self.folder).into_iter().flatten();
        let here: std::collections::HashSet<String> = here
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| is_candidate(name) && !is_index(name))
            .collect();
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            if here.contains(file) && !root.join(name).exists() {
                *left.entry(folder).or_default() += 1;
            }
        }
        // Of two that are as likely, the first.
        let most = left.iter().max_by_key(|(folder, count)| (**count, std::cmp::Reverse(**folder)));
        most.map(|(folder, _)| (*folder).to_owned())
    }
}

/// Whether files of this name are in many folders.
fn is_index(name: &str) -> bool {
    ["readme.", "index.", "template."].iter().any(|one| name.to_lowercase().starts_with(one))
}
