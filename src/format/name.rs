//! What the name of a file says about the record in it.
//!
//! Known shapes: `0012-slug`, `ADR-0012-slug`, `ADR012-slug`, `ODH-ADR-MS-0003-slug`, `adr-7`,
//! `20240131-slug`, `2024-01-31-slug`, `2024-01-31_003-slug`, `0003-[Superseded]slug`; a folder with
//! one of these names that holds a `README.md` or an `index.md`.

use crate::model::{Date, Number};
use crate::text::Span;

/// The parts of a name.
#[derive(Debug, Default)]
pub(super) struct Name {
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
pub(super) fn read(file: &str) -> Name {
    let (folders, base) = file.rsplit_once('/').unwrap_or(("", file));
    let folder = folders.rsplit('/').next().unwrap_or_default();
    let stem = stem(base);
    let is_index = matches!(stem.to_lowercase().as_str(), "readme" | "index");
    let named = if is_index && !folder.is_empty() { folder } else { stem };
    Name { is_index, folder: folder.to_lowercase(), stem: named.to_owned(), ..parts(named) }
}

/// The bytes of `file`, which is relative to the log, that name the record: the name of the file
/// without extension, or that of the folder of a `README.md` or `index.md`.
pub fn naming(file: &str) -> Span {
    let start = file.rfind('/').map_or(0, |slash| slash + 1);
    let base = file.get(start..).unwrap_or_default();
    let stem = stem(base);
    let is_index = matches!(stem.to_lowercase().as_str(), "readme" | "index");
    if !is_index || start == 0 {
        return Span::new(start, start + stem.len());
    }
    let end = start - 1;
    let folder = file.get(..end).and_then(|folders| folders.rfind('/')).map_or(0, |at| at + 1);
    Span::new(folder, end)
}

/// The bytes of `file`, which is relative to the log, that are words of a title: what is left of
/// its [`naming`] without number, date and mark. `None` where nothing is.
pub fn slug_in(file: &str) -> Option<Span> {
    let name = naming(file);
    let slug = parts(name.of(file)).slug;
    let rests = name.of(file).char_indices().map(|(at, _)| at + name.start);
    let mut rests = rests.map(|at| Span::new(at, name.end));
    let is_slug = |rest: &Span| {
        let words = rest.of(file);
        words.starts_with(|c: char| !matches!(c, '-' | '_' | ' '))
            && words.trim_end_matches(['-', '_', ' ']).to_lowercase() == slug
    };
    rests.find(is_slug)
}

/// The number that the name of `file`, which is relative to the log, holds.
pub fn number_of(file: &str) -> Option<Number> {
    read(file).number
}

/// A file name without its extensions.
fn stem(base: &str) -> &str {
    let mut stem = base;
    while let Some((shorter, extension)) = stem.rsplit_once('.') {
        let known = ["md", "mdx", "markdown", "html", "htm"];
        if shorter.is_empty() || !known.iter().any(|one| extension.eq_ignore_ascii_case(one)) {
            break;
        }
        stem = shorter;
    }
    stem
}

fn parts(stem: &str) -> Name {
    if let Some((date, rest)) = date(stem) {
        let rest = rest.trim_start_matches(['-', '_', ' ']);
        let (number, rest) = sequence(rest).map_or((None, rest), |(n, rest)| (Some(n), rest));
        return Name { number, date: Some(date), slug: slug(rest), ..Name::default() };
    }
    let Some((id, number, rest)) = numbered(stem) else {
        return Name { slug: slug(stem), ..Name::default() };
    };
    let rest = rest.trim_start_matches(['-', '_', ' ', '.', ':']);
    let mark = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let slug = slug(mark.map_or(rest, |(_, rest)| rest));
    let mark = mark.map(|(mark, _)| mark.to_owned());
    Name { id, number: Some(number), slug, mark, ..Name::default() }
}

fn slug(rest: &str) -> String {
    rest.trim_matches(['-', '_', ' ']).to_lowercase()
}

/// The date that the name begins with, and what follows it.
fn date(stem: &str) -> Option<(Date, &str)> {
    let digits = |from: usize, to: usize| -> Option<i16> {
        stem.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
    };
    let year = digits(0, 4).filter(|year| (1990..2100).contains(year))?;
    let joined = stem.get(4..5).is_some_and(|mark| matches!(mark, "-" | "_" | "."));
    let (month, day, end) = if joined {
        (digits(5, 7)?, digits(8, 10)?, 10)
    } else {
        (digits(4, 6)?, digits(6, 8)?, 8)
    };
    let rest = stem.get(end..)?;
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some((Date::day(year, month, day).or_else(|| Date::day(year, day, month))?, rest))
}

/// The number that follows a date.
fn sequence(rest: &str) -> Option<(Number, &str)> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let ends = rest.is_empty() || rest.starts_with(['-', '_', ' ']);
    let number = Number::read(digits).filter(|number| ends && number.width <= 4)?;
    Some((number, rest))
}

/// The id, if it has a prefix, and the number that the name begins with, and what follows them.
fn numbered(stem: &str) -> Option<(Option<String>, Number, &str)> {
    let start = stem.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = stem.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let number = Number::read(digits).filter(|number| number.width <= 6)?;
    let ends = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.', '[', ':']);
    if !ends {
        return None;
    }
    if prefix.is_empty() {
        return Some((None, number, rest));
    }
    if !is_prefix(prefix, number.width) {
        return None;
    }
    Some((Some(format!("{prefix}{digits}")), number, rest))
}

/// Whether one of the words before a number is known to be the prefix of ids.
pub(super) fn has_known_prefix(prefix: &str) -> bool {
    prefix.split(['-', '_', ' ', '#']).any(is_known)
}

/// Whether ids with this prefix are those of standards too: `RFC 7807`.
pub(super) fn is_of_others(id: &str) -> bool {
    let mut words = id.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| OF_OTHERS.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

fn is_known(word: &str) -> bool {
    PREFIXES.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether the text before a number of that width can be the prefix of an id: words in capitals,
/// or one of the known ones; in small letters only before a number with zeros to spare.
pub(super) fn is_prefix(prefix: &str, width: u8) -> bool {
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

#[cfg(test)]
mod tests {
    use super::read;

    /// Id, number, date and slug.
    #[track_caller]
    fn check(file: &str, expected: (Option<&str>, Option<u32>, Option<&str>, &str)) {
        let name = read(file);
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
    }

    #[test]
    fn words_with_numbers_are_no_ids() {
        check("use-http-2-everywhere.md", (None, None, None, "use-http-2-everywhere"));
        check("README.md", (None, None, None, "readme"));
    }
}
