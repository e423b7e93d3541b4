//! What the name of a file says about the record in it: which words before a number are a prefix of ids. The parts of
//! names are those of [`FileName`].

use crate::model::{Date, FileName, Number, is_index, naming, stem};
use crate::text::Span;

/// The parts of a name.
#[derive(Debug, Default)]
pub(crate) struct RecordName {
    /// Prefix and number as written, where there is a prefix.
    pub id: Option<String>,
    /// The number.
    pub number: Option<Number>,
    /// The date that the name begins with.
    pub date: Option<Date>,
    /// The rest, in lower case.
    pub slug: String,
    /// What stands in brackets before the slug.
    pub mark: Option<String>,
    /// Whether it is `README` or `index`, so that the folder names the record.
    pub is_index: bool,
    /// The folder that the file lies in; empty for the log's own.
    pub folder: String,
    /// The part of the path that names the record: the file without extension, or its folder.
    pub stem: String,
}

/// The prefixes of ids that need no capitals to be recognised as such.
const PREFIXES: [&str; 9] = ["adr", "madr", "ladr", "dr", "tep", "kep", "rfc", "pdr", "tdr"];

/// Those of them under which others publish, too, so that a number behind them may be theirs.
const OF_OTHERS: [&str; 3] = ["rfc", "kep", "tep"];

/// Reads the name of `file`, which is relative to the log.
pub(crate) fn read_file_name(file: &str) -> RecordName {
    let (folders, base) = file.rsplit_once('/').unwrap_or(("", file));
    let folder = folders.rsplit('/').next().unwrap_or_default().to_lowercase();
    let name = FileName::read(file);
    // At the root of a log there is no folder that an index could speak for.
    let is_index = name.is_of_folder() || is_index(stem(base));
    let stem = naming(file).of(file).to_owned();
    RecordName { is_index, folder, stem, ..parts(&name) }
}

/// What the parts of a name say, if the words before a number are a prefix of ids.
fn parts(name: &FileName<'_>) -> RecordName {
    let number = name.number();
    let width = number.map_or(0, |number| number.width);
    let is_id = name.prefix.is_empty()
        || is_prefix(name.prefix, width)
        || is_padded(name.prefix, name.digits);
    let date = name.stamp.map(|stamp| stamp.date);
    if !is_id || date.is_none() && number.is_none() {
        return RecordName { date, slug: slug(&bare(name)), ..RecordName::default() };
    }
    let id = number.filter(|_| !name.prefix.is_empty() && date.is_none());
    RecordName {
        id: id.map(|_| format!("{}{}", name.prefix, name.digits)),
        number,
        date,
        slug: slug(name.words),
        mark: name.state().map(str::to_owned),
        ..RecordName::default()
    }
}

/// The name without folders and extensions.
fn bare(name: &FileName<'_>) -> String {
    FileName { folders: "", end: "", ..*name }.to_string()
}

/// The bytes of `file`, which is relative to the log, that are words of a title: what is left of
/// its [`naming`] without number, date and mark. `None` if nothing is.
pub fn slug_in(file: &str) -> Option<Span> {
    let name = naming(file);
    let slug = parts(&FileName::read(file)).slug;
    let starts = name.of(file).char_indices().map(|(index, _)| index + name.start);
    let mut ends = starts.map(|start| Span::new(start, name.end));
    let is_slug = |remaining: &Span| {
        let words = remaining.of(file);
        words.starts_with(|c: char| !matches!(c, '-' | '_' | ' '))
            && words.trim_end_matches(['-', '_', ' ']).to_lowercase() == slug
    };
    ends.find(is_slug)
}

/// The number that the name of `file`, which is relative to the log, holds.
pub fn number_of(file: &str) -> Option<Number> {
    read_file_name(file).number
}

fn slug(words: &str) -> String {
    words.trim_matches(['-', '_', ' ']).to_lowercase()
}

/// Whether one of the words before a number is known to be the prefix of ids.
pub(crate) fn has_known_prefix(prefix: &str) -> bool {
    prefix.split(['-', '_', ' ', '#']).any(is_known)
}

/// Whether ids with this prefix are those of standards too: `RFC 7807`.
pub(crate) fn is_of_others(id: &str) -> bool {
    let mut words = id.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| OF_OTHERS.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

fn is_known(word: &str) -> bool {
    PREFIXES.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether the text before a number of that width can be the prefix of an id: words in capitals,
/// or one of the known ones; in small letters only before a number with zeros to spare.
pub(crate) fn is_prefix(prefix: &str, width: u8) -> bool {
    let words: Vec<&str> =
        prefix.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty()).collect();
    let known = |word: &str| is_known(word);
    let capitals = |word: &str| word.len() <= 8 && word.bytes().all(|b| b.is_ascii_uppercase());
    let plain = |word: &str| word.len() <= 12 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let Some((first, others)) = words.split_first() else { return false };
    (known(first) || capitals(first))
        && others.len() <= 3
        && others.iter().all(|word| known(word) || capitals(word) || width >= 3 && plain(word))
}

/// Whether a number has zeros to spare behind short words, as ids have with a prefix of the team's own:
/// `sig-0012`, but not `http-2`.
fn is_padded(prefix: &str, digits: &str) -> bool {
    let mut words = prefix.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty());
    let is_short = |word: &str| word.len() <= 12 && word.bytes().all(|b| b.is_ascii_alphabetic());
    digits.starts_with('0')
        && digits.len() >= 3
        && words.clone().count() <= 3
        && words.all(is_short)
}

#[cfg(test)]
mod tests {
    use super::read_file_name;

    /// Id, number, date and slug.
    #[track_caller]
    fn check(file: &str, expected: (Option<&str>, Option<u32>, Option<&str>, &str)) {
        let name = read_file_name(file);
        let date = name.date.map(|date| date.to_string());
        let number = name.number.map(|number| number.value);
        let found = (name.id.as_deref(), number, date.as_deref(), name.slug.as_str());
        assert_eq!(found, expected, "{file}");
    }

    #[test]
    fn numbers_with_and_without_prefix() {
        check("0012-use-rust.md", (None, Some(12), None, "use-rust"));
        check("ADR-0012-use-rust.md", (Some("ADR-0012"), Some(12), None, "use-rust"));
        check("ADR012-use-rust.html.md", (Some("ADR012"), Some(12), None, "use-rust"));
        check("team/OPS-ADR-Core-0003-x.md", (Some("OPS-ADR-Core-0003"), Some(3), None, "x"));
        check("adr-7.md", (Some("adr-7"), Some(7), None, ""));
        check("0003-[Superseded]use-x.md", (None, Some(3), None, "use-x"));
    }

    #[test]
    fn dates_in_names_and_folders() {
        check("20240131-use-x.md", (None, None, Some("2024-01-31"), "use-x"));
        check("2024-01-31-use-x.md", (None, None, Some("2024-01-31"), "use-x"));
        check("2024_01_31_use_x.md", (None, None, Some("2024-01-31"), "use_x"));
        check("2024-01-31_003-use-x.md", (None, Some(3), Some("2024-01-31"), "use-x"));
        check("2024-01-31-use-x/README.md", (None, None, Some("2024-01-31"), "use-x"));
        check("adr-2024-01-31-use-x.md", (None, None, Some("2024-01-31"), "use-x"));
        check("20240131123059-use-x.md", (None, None, Some("2024-01-31"), "use-x"));
        check("minutes-2024-01-31-x.md", (None, None, Some("2024-01-31"), "minutes-2024-01-31-x"));
    }

    #[test]
    fn words_with_numbers_are_no_ids() {
        check("use-http-2-everywhere.md", (None, None, None, "use-http-2-everywhere"));
        check("README.md", (None, None, None, "readme"));
    }
}
