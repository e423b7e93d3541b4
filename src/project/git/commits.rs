//! The commits of a log as git prints them. Does not depend on records.

/// The start of a commit in the output of git, and the separator of its fields.
const MARK: char = '\u{1}';

/// The option that makes git print a commit: its name, parents, date and author.
pub(super) const FORMAT: &str = "--format=%x01%H%x01%P%x01%as%x01%aN";

/// A commit that touched a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// Its full name.
    pub id: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The name of the author.
    pub author: String,
    pub parents: Vec<String>,
}

/// A file in a commit: the name of its object, and its path relative to the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Blob {
    /// The name of the object.
    pub object: String,
    /// With `/` as separator.
    pub path: String,
}

/// A commit with its changes.
pub(super) struct CommitChanges {
    pub commit: Commit,
    pub changes: Vec<FileChange>,
}

/// The change of one file in a commit.
pub(super) struct FileChange {
    /// The object and the path in each parent that had the file.
    pub before: Vec<Blob>,
    /// The new object; `None` if the file was removed.
    pub after: Option<String>,
    pub path: String,
}

/// Reads the output of `git log -z --raw -c --parents --date-order`, the newest commit first.
pub(super) fn read_commits(output: &[u8]) -> Vec<CommitChanges> {
    let output = String::from_utf8_lossy(output);
    let mut commits: Vec<CommitChanges> = Vec::new();
    let mut tokens = output.split('\0').map(|token| token.trim_start_matches('\n'));
    while let Some(token) = tokens.next() {
        if let Some(commit) = read_header(token) {
            commits.push(CommitChanges { commit, changes: vec![] });
        } else if token.starts_with(':') {
            let change = FileChange::read(token, &mut tokens);
            if let Some(last_commit) = commits.last_mut() {
                last_commit.changes.extend(change);
            }
        }
    }
    commits
}

fn read_header(token: &str) -> Option<Commit> {
    let mut fields = token.strip_prefix(MARK)?.splitn(4, MARK);
    let id = fields.next()?.to_owned();
    let parents = fields.next()?.split(' ').filter(|parent| !parent.is_empty());
    let parents = parents.map(str::to_owned).collect();
    Some(Commit { id, parents, date: fields.next()?.to_owned(), author: fields.next()?.to_owned() })
}

impl FileChange {
    /// Reads a line such as `:MODE MODE OBJECT OBJECT R90`, which `token` holds. The paths are the next `tokens`. A
    /// merge has one colon, mode and object more for each additional parent.
    fn read<'t>(token: &str, tokens: &mut impl Iterator<Item = &'t str>) -> Option<Self> {
        let parent_count = token.bytes().take_while(|byte| *byte == b':').count();
        let words: Vec<&str> = token.trim_start_matches(':').split(' ').collect();
        let objects = words.get(parent_count + 1..2 * parent_count + 2)?;
        let change_kind = words.last()?;
        let first_path = tokens.next()?.to_owned();
        // For a merge, git does not print the names in the parents.
        let is_renamed = parent_count == 1 && change_kind.starts_with('R');
        let path = if is_renamed { tokens.next()?.to_owned() } else { first_path.clone() };
        let (after, before) = objects.split_last()?;
        let is_missing = |object: &str| object.bytes().all(|byte| byte == b'0');
        let before = before.iter().filter(|object| !is_missing(object));
        let before =
            before.map(|object| Blob { object: (*object).to_owned(), path: first_path.clone() });
        let after = (!is_missing(after)).then(|| (*after).to_owned());
        Some(Self { before: before.collect(), after, path })
    }
}
