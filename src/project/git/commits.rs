//! The commits of a log as git prints them. Does not depend on records.

/// The begin of a commit in the log, and what divides its fields.
const MARK: char = '\u{1}';
/// What the log is asked to print of a commit.
pub(super) const FORMAT: &str = "--format=%x01%H%x01%P%x01%as%x01%aN";

/// A commit that touched a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// Its full name.
    pub id: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// The name of who wrote it.
    pub author: String,
    pub parents: Vec<String>,
}

/// A file in a commit: the name of its object, and its path from the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Blob {
    /// The name of the object.
    pub object: String,
    /// With `/` as separator.
    pub path: String,
}

/// A commit, and what it did to files.
pub(super) struct LogEntry {
    pub commit: Commit,
    pub entries: Vec<Entry>,
}

/// Reads the output of `git log -z --raw -c --parents --date-order`, the newest commit first.
pub(super) fn read(said: &[u8]) -> Vec<LogEntry> {
    let said = String::from_utf8_lossy(said);
    let mut log: Vec<LogEntry> = Vec::new();
    let mut tokens = said.split('\0').map(|token| token.trim_start_matches('\n'));
    while let Some(token) = tokens.next() {
        if let Some(commit) = header(token) {
            log.push(LogEntry { commit, entries: vec![] });
        } else if token.starts_with(':') {
            let entry = Entry::read(token, &mut tokens);
            if let Some(last) = log.last_mut() {
                last.entries.extend(entry);
            }
        }
    }
    log
}

fn header(token: &str) -> Option<Commit> {
    let mut fields = token.strip_prefix(MARK)?.splitn(4, MARK);
    let id = fields.next()?.to_owned();
    let parents = fields.next()?.split(' ').filter(|one| !one.is_empty());
    let parents = parents.map(str::to_owned).collect();
    Some(Commit { id, parents, date: fields.next()?.to_owned(), author: fields.next()?.to_owned() })
}

/// What a commit did to one file.
pub(super) struct Entry {
    /// The object and the path in each parent that had it.
    pub before: Vec<Blob>,
    /// The object, unless the file went.
    pub after: Option<String>,
    pub path: String,
}

impl Entry {
    /// The line that begins with `token`; the paths are the next of the `tokens`.
    fn read<'t>(token: &str, tokens: &mut impl Iterator<Item = &'t str>) -> Option<Self> {
        let parents = token.bytes().take_while(|byte| *byte == b':').count();
        let words: Vec<&str> = token.trim_start_matches(':').split(' ').collect();
        let objects = words.get(parents + 1..2 * parents + 2)?;
        let letter = words.last()?;
        let first = tokens.next()?.to_owned();
        // Of the names in the parents of a merge, git tells none.
        let is_renamed = parents == 1 && letter.starts_with('R');
        let path = if is_renamed { tokens.next()?.to_owned() } else { first.clone() };
        let (after, before) = objects.split_last()?;
        let is_none = |object: &str| object.bytes().all(|byte| byte == b'0');
        let before = before.iter().filter(|object| !is_none(object));
        let before =
            before.map(|object| Blob { object: (*object).to_owned(), path: first.clone() });
        let after = (!is_none(after)).then(|| (*after).to_owned());
        Some(Self { before: before.collect(), after, path })
    }
}
