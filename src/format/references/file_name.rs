//! What the name of a file states about its record, and which words are prefixes of record ids.
//! [`FileName`] splits the name into its parts.

use crate::model::{Date, FileName, Number, is_index, naming, stem};
use crate::text::Span;

/// What the name of a file states about its record.
#[derive(Debug, Default)]
pub(crate) struct RecordFileName {
    /// Prefix and number as written, if there is a prefix.
    pub id: Option<String>,
    /// The number.
    pub number: Option<Number>,
    /// The date that the name begins with.
    pub date: Option<Date>,
    /// The remaining words, in lower case.
    pub slug: String,
    /// The words in brackets before the slug.
    pub bracketed: Option<String>,
    /// Whether the file is `README` or `index`, so that its folder names the record.
    pub is_index: bool,
    /// The name of the folder that holds the file, in lower case; empty for the folder of the log.
    pub folder: String,
    /// The part of the path that names the record: the file without extension, or its folder.
    pub stem: String,
}

/// The prefixes of ids that are recognised in lower case, too.
const PREFIXES: [&str; 9] = ["adr", "madr", "ladr", "dr", "tep", "kep", "rfc", "pdr", "tdr"];

/// The prefixes under which other organisations publish, so that the number after them may be theirs.
const SHARED_PREFIXES: [&str; 3] = ["rfc", "kep", "tep"];

/// The characters between the words of a prefix.
const WORD_SEPARATORS: [char; 4] = ['-', '_', ' ', '#'];

/// Reads the name of `file`, a path relative to the log.
pub(crate) fn read_file_name(file: &str) -> RecordFileName {
    let (folders, base) = file.rsplit_once('/').unwrap_or(("", file));
    let folder = folders.rsplit('/').next().unwrap_or_default().to_lowercase();
    let file_name = FileName::read(file);
    // An index at the root of a log describes no folder.
    let is_index = file_name.is_of_folder() || is_index(stem(base));
    let stem = naming(file).of(file).to_owned();
    RecordFileName { is_index, folder, stem, ..stated_by(&file_name) }
}

/// What the parts of a name state if the words before its number are a prefix of ids.
fn stated_by(file_name: &FileName<'_>) -> RecordFileName {
    let number = file_name.number();
    let width = number.map_or(0, |number| number.width);
    let is_id = file_name.prefix.is_empty()
        || is_prefix(file_name.prefix, width)
        || is_padded(file_name.prefix, file_name.digits);
    let date = file_name.stamp.map(|stamp| stamp.date);
    if !is_id || date.is_none() && number.is_none() {
        let slug = slug(&without_folders_and_extension(file_name));
        return RecordFileName { date, slug, ..RecordFileName::default() };
    }
    let has_id = number.is_some() && !file_name.prefix.is_empty() && date.is_none();
    RecordFileName {
        id: has_id.then(|| format!("{}{}", file_name.prefix, file_name.digits)),
        number,
        date,
        slug: slug(file_name.words),
        bracketed: file_name.state().map(str::to_owned),
        ..RecordFileName::default()
    }
}

fn without_folders_and_extension(file_name: &FileName<'_>) -> String {
    FileName { folders: "", end: "", ..*file_name }.to_string()
}

/// The byte range in `file`, a path relative to the log, of the words of a title: its [`naming`] without
/// number, date and words in brackets. `None` if no words remain.
pub fn slug_in(file: &str) -> Option<Span> {
    let naming = naming(file);
    let slug = stated_by(&FileName::read(file)).slug;
    let starts = naming.of(file).char_indices().map(|(offset, _)| offset + naming.start);
    let mut suffixes = starts.map(|start| Span::new(start, naming.end));
    let is_slug = |suffix: &Span| {
        let words = suffix.of(file);
        words.starts_with(|c: char| !matches!(c, '-' | '_' | ' '))
            && words.trim_end_matches(['-', '_', ' ']).to_lowercase() == slug
    };
    suffixes.find(is_slug)
}

/// The number in the name of `file`, a path relative to the log.
pub fn number_of(file: &str) -> Option<Number> {
    read_file_name(file).number
}

fn slug(words: &str) -> String {
    words.trim_matches(['-', '_', ' ']).to_lowercase()
}

/// Whether one of the words before a number is a known prefix of ids.
pub(crate) fn has_known_prefix(prefix: &str) -> bool {
    prefix.split(WORD_SEPARATORS).any(is_known_prefix)
}

/// Whether the ids of standards can have this prefix, too: `RFC 7807`.
pub(crate) fn has_shared_prefix(id: &str) -> bool {
    let mut words = id.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| SHARED_PREFIXES.iter().any(|prefix| word.eq_ignore_ascii_case(prefix)))
}

fn is_known_prefix(word: &str) -> bool {
    PREFIXES.iter().any(|prefix| word.eq_ignore_ascii_case(prefix))
}

/// Whether the text before a number with `width` digits can be the prefix of an id: words in capitals,
/// or a known prefix. Other words in lower case count only before a number padded with zeros.
pub(crate) fn is_prefix(prefix: &str, width: u8) -> bool {
    let words: Vec<&str> = prefix.split(WORD_SEPARATORS).filter(|word| !word.is_empty()).collect();
    let is_known_or_capitals = |word: &str| {
        is_known_prefix(word) || word.len() <= 8 && word.bytes().all(|b| b.is_ascii_uppercase())
    };
    let Some((first_word, other_words)) = words.split_first() else { return false };
    is_known_or_capitals(first_word)
        && other_words.len() <= 3
        && other_words
            .iter()
            .all(|word| is_known_or_capitals(word) || width >= 3 && is_short_word(word))
}

/// Whether a number is padded with zeros after short words, as in ids with a prefix chosen by a team:
/// `sig-0012`, but not `http-2`.
fn is_padded(prefix: &str, digits: &str) -> bool {
    let mut words = prefix.split(WORD_SEPARATORS).filter(|word| !word.is_empty());
    digits.starts_with('0')
        && digits.len() >= 3
        && words.clone().count() <= 3
        && words.all(is_short_word)
}

fn is_short_word(word: &str) -> bool {
    word.len() <= 12 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
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
    fn words_with_numbers_are_not_ids() {
        check("use-http-2-everywhere.md", (None, None, None, "use-http-2-everywhere"));
        check("README.md", (None, None, None, "readme"));
    }
}
