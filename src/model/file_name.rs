//! The name of a file of a log, taken apart: the one grammar of such names.
//!
//! `FOLDERS/ PREFIX (STAMP GAP)? NUMBER LETTER? SEPARATOR [MARK] WORDS END`, each part optional: `0012-slug.md`,
//! `ADR-0012-slug.md`, `20240131-slug.md`, `adr-2024-01-31_003-slug.md`, `20240131123000-slug.md`, `0012a-slug.md`,
//! `0003-[Superseded]slug.md`. A folder with one of these names that holds a `README.md` or an `index.md` is read as
//! the name of the record. The parts put together again are the name, byte for byte.

use std::fmt;

use super::{Date, Number};
use crate::text::Span;

/// The parts of a name, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileName<'n> {
    /// The folders before the part that names the record, with `/` at the end.
    pub folders: &'n str,
    /// The words before the number or the date, with what divides them from it: `ADR-`.
    pub prefix: &'n str,
    /// The date that comes first.
    pub stamp: Option<Stamp<'n>>,
    /// What divides the date from a number behind it.
    pub gap: &'n str,
    /// The digits of the number; empty if there is none.
    pub digits: &'n str,
    /// The letter behind the number of a record that was put between others.
    pub letter: &'n str,
    /// What divides all that from the words.
    pub separator: &'n str,
    /// What is in brackets before the words, with the brackets.
    pub mark: &'n str,
    /// The words of a title, with what is between them.
    pub words: &'n str,
    /// The extensions, after the name of the index if a folder names the record.
    pub end: &'n str,
}

/// A date as it is written in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'n> {
    /// All of it.
    pub text: &'n str,
    /// The date.
    pub date: Date,
    /// What divides year, month and day from each other.
    pub mark: Option<char>,
    /// How many digits for the time of day follow.
    pub clock: usize,
}

/// What may divide the parts of a name from each other.
const SEPARATORS: [char; 5] = ['-', '_', ' ', '.', ':'];

/// A longer run of digits is not a number.
const LONGEST_NUMBER: usize = 6;

/// Nor is a longer one behind a date.
const LONGEST_SEQUENCE: usize = 4;

impl<'n> FileName<'n> {
    /// Reads a path that is relative to the log, with `/`.
    pub fn read(file: &'n str) -> Self {
        let place = naming(file);
        let part = |start: usize, end: usize| file.get(start..end).unwrap_or_default();
        let (folders, end) = (part(0, place.start), part(place.end, file.len()));
        Self { folders, end, ..Self::read_stem(place.of(file)) }
    }

    /// Reads the part of a name that names the record.
    fn read_stem(stem: &'n str) -> Self {
        let only_words = Self { words: stem, ..Self::default() };
        let Some(start) = stem.find(|c: char| c.is_ascii_digit()) else { return only_words };
        let (prefix, remaining) = stem.split_at(start);
        if !may_be_prefix(prefix) {
            return only_words;
        }
        if let Some((stamp, behind)) = Stamp::read(remaining) {
            let dated = Self { prefix, stamp: Some(stamp), ..Self::default() };
            let (gap, behind) = split_separator(behind);
            return match digits(behind, LONGEST_SEQUENCE) {
                Some((digits, behind)) if !gap.is_empty() && !behind.starts_with('.') => {
                    Self { gap, digits, ..dated }.with_words(behind)
                }
                _ => Self { separator: gap, words: behind, ..dated },
            };
        }
        let Some((digits, behind)) = digits_and_letter(remaining, prefix) else {
            return only_words;
        };
        let letter = behind
            .split_at(
                behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len(),
            )
            .0;
        let behind = behind.get(letter.len()..).unwrap_or_default();
        Self { prefix, digits, letter, ..Self::default() }.with_words(behind)
    }

    /// The same with what is behind the number.
    fn with_words(self, behind: &'n str) -> Self {
        let (separator, behind) = split_separator(behind);
        let end = behind.find(']').filter(|_| behind.starts_with('[')).map_or(0, |end| end + 1);
        let (mark, words) = behind.split_at(end);
        Self { separator, mark, words, ..self }
    }

    /// The number, unless a letter makes it another one.
    pub fn number(&self) -> Option<Number> {
        Number::read(self.digits).filter(|_| self.letter.is_empty())
    }

    /// The words without marks at their ends.
    pub fn slug(&self) -> &'n str {
        self.words.trim_matches(['-', '_', ' '])
    }

    /// The word in brackets before the words.
    pub fn state(&self) -> Option<&'n str> {
        self.mark.strip_prefix('[')?.strip_suffix(']')
    }

    /// Whether a folder names the record.
    pub fn is_of_folder(&self) -> bool {
        self.end.starts_with('/')
    }
}

impl fmt::Display for FileName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stamp = self.stamp.map_or("", |stamp| stamp.text);
        for part in [self.folders, self.prefix, stamp, self.gap, self.digits, self.letter] {
            f.write_str(part)?;
        }
        for part in [self.separator, self.mark, self.words, self.end] {
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl<'n> Stamp<'n> {
    /// The date that `text` begins with, and what follows it: `20240131`, also with four or six digits for the time of
    /// day, or the parts divided by `-`, `_` or `.`.
    fn read(text: &'n str) -> Option<(Self, &'n str)> {
        let run = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = text.get(4..5).and_then(|mark| mark.chars().next());
        let mark = mark.filter(|mark| run == 4 && matches!(mark, '-' | '_' | '.'));
        let (month, day, end) = match (mark, run) {
            (Some(mark), _) if text.get(7..8)?.starts_with(mark) => (5, 8, 10),
            (None, 8 | 12 | 14) => (4, 6, run),
            _ => return None,
        };
        let value = |start: usize, length: usize| -> Option<i16> {
            let digits = text.get(start..start + length)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let year = value(0, 4).filter(|year| (1990..2100).contains(year))?;
        let (month, day) =
            (i8::try_from(value(month, 2)?).ok()?, i8::try_from(value(day, 2)?).ok()?);
        let date = Date::day(year, month, day).or_else(|| Date::day(year, day, month))?;
        let is_clock =
            |start: usize, most: i16| start >= end || value(start, 2).is_some_and(|one| one < most);
        let has_clock = mark.is_none() && end > 8;
        if has_clock && !(is_clock(8, 24) && is_clock(10, 60) && is_clock(12, 60)) {
            return None;
        }
        let (written, behind) = text.split_at_checked(end)?;
        let is_whole = !behind.starts_with(|c: char| c.is_ascii_alphanumeric());
        let clock = if has_clock { end - 8 } else { 0 };
        is_whole.then_some((Self { text: written, date, mark, clock }, behind))
    }
}

/// The bytes of `file`, which is relative to the log, that name the record: the name of the file
/// without extension, or that of the folder of a `README.md` or `index.md`.
pub fn naming(file: &str) -> Span {
    let start = file.rfind('/').map_or(0, |slash| slash + 1);
    let base = file.get(start..).unwrap_or_default();
    let stem = stem(base);
    if !is_index(stem) || start == 0 {
        return Span::new(start, start + stem.len());
    }
    let end = start - 1;
    let folder =
        file.get(..end).and_then(|folders| folders.rfind('/')).map_or(0, |slash| slash + 1);
    Span::new(folder, end)
}

/// Whether a file of this name speaks for its folder.
pub fn is_index(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// A file name without its extensions: `0012-x.html.md` is a page template of static site generators.
pub fn stem(base: &str) -> &str {
    const EXTENSIONS: [&str; 6] = ["md", "mdx", "markdown", "html", "htm", "adoc"];
    let mut stem = base;
    while let Some((shorter, extension)) = stem.rsplit_once('.') {
        let is_known = EXTENSIONS.iter().any(|one| extension.eq_ignore_ascii_case(one));
        if shorter.is_empty() || !is_known {
            break;
        }
        stem = shorter;
    }
    stem
}

/// Whether the text before a number may be the prefix of an id: up to four short words. Whether it is one depends on
/// the words, and on the other names of the log.
fn may_be_prefix(prefix: &str) -> bool {
    let is_word =
        |word: &str| word.len() <= 12 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut words = prefix.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty());
    words.clone().count() <= 4 && words.all(is_word)
}

/// The separators that a text begins with.
fn split_separator(text: &str) -> (&str, &str) {
    text.split_at(text.len() - text.trim_start_matches(SEPARATORS).len())
}

/// The digits that a text begins with, at most so many, if nothing but a separator or a mark follows them.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, behind) = text.split_at(text.len() - behind.len());
    let ends = behind.is_empty() || behind.starts_with('[') || behind.starts_with(SEPARATORS);
    (ends && (1..=most).contains(&digits.len())).then_some((digits, behind))
}

/// The same with one small letter behind digits that can only be a number: those behind a prefix, or with zeros to
/// spare. The letter is given as the beginning of what follows.
fn digits_and_letter<'n>(text: &'n str, prefix: &str) -> Option<(&'n str, &'n str)> {
    if let Some(found) = digits(text, LONGEST_NUMBER) {
        return Some(found);
    }
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, behind) = text.split_at(text.len() - behind.len());
    let unlettered = behind.strip_prefix(|c: char| c.is_ascii_lowercase())?;
    let ends = unlettered.is_empty() || unlettered.starts_with(SEPARATORS);
    let is_number = !prefix.is_empty() && digits.len() > 1 || digits.len() > 2;
    (ends && is_number && digits.len() <= LONGEST_NUMBER).then_some((digits, behind))
}

#[cfg(test)]
mod tests {
    use super::FileName;

    /// Prefix, date with the digits of its clock, number, letter, mark and words.
    #[track_caller]
    fn check(file: &str, expected: &str) {
        let name = FileName::read(file);
        let stamp = name.stamp.map(|stamp| format!("{}+{}", stamp.date, stamp.clock));
        let parts = [name.prefix, &stamp.unwrap_or_default(), name.digits, name.letter, name.mark];
        assert_eq!(format!("{}|{}", parts.join("|"), name.slug()), expected, "{file}");
        assert_eq!(name.to_string(), file);
    }

    #[test]
    fn names_have_prefixes_dates_numbers_and_words() {
        check("0012-use-rust.md", "||0012|||use-rust");
        check("ADR-0012-use-rust.md", "ADR-||0012|||use-rust");
        check("team/OPS-ADR-Core-0003 x.html.md", "OPS-ADR-Core-||0003|||x");
        check("adr-7.md", "adr-||7|||");
        check("0003-[Superseded]use-x.md", "||0003||[Superseded]|use-x");
        check("ADR-040a-name-the-queue.md", "ADR-||040|a||name-the-queue");
        check("20240131-use-x.md", "|2024-01-31+0||||use-x");
        check("adr-2024-01-31-use-x.md", "adr-|2024-01-31+0||||use-x");
        check("2024_01_31_003_use_x.md", "|2024-01-31+0|003|||use_x");
        check("20240131123059-use-x.md", "|2024-01-31+6||||use-x");
        check("202401311230-use-x.md", "|2024-01-31+4||||use-x");
        check("x/0012-a/README.md", "||0012|||a");
    }

    #[test]
    fn other_digits_are_words_or_numbers() {
        check("use-go-2-everywhere.md", "use-go-||2|||everywhere");
        check("move-to-the-new-queue-2-years-later.md", "|||||move-to-the-new-queue-2-years-later");
        check("20249931123059-use-x.md", "|||||20249931123059-use-x");
        check("20240131993059-use-x.md", "|||||20240131993059-use-x");
        check("1999-12-factor-apps.md", "||1999|||12-factor-apps");
        check("adr-2042-10-rules.md", "adr-||2042|||10-rules");
        check("0007-2025-09-11-outage.md", "||0007|||2025-09-11-outage");
        check("3d-printing.md", "|||||3d-printing");
        check("README.md", "|||||README");
        check("", "|||||");
    }

    #[test]
    fn parts_put_together_are_the_name() {
        let pieces = [
            "ADR",
            "adr",
            "-",
            "_",
            " ",
            ".",
            "[",
            "]",
            "12",
            "0003",
            "2024",
            "01",
            "20240131",
            "a",
            "x-y",
            "/",
            "ü",
            "README",
            ".md",
            ".html",
            "2024-01-31",
            "123059",
        ];
        // Every name of up to four of them.
        let mut names = vec![String::new()];
        for _ in 0..4 {
            let longer = names.iter().flat_map(|name| pieces.map(|piece| format!("{name}{piece}")));
            names = longer.collect();
            for name in &names {
                assert_eq!(FileName::read(name).to_string(), *name);
            }
        }
    }
}
