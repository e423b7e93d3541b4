//! The name of a file of a log, split into its parts: the one grammar of such names.
//!
//! `FOLDERS/ PREFIX (STAMP GAP)? NUMBER LETTER? SEPARATOR [MARK] WORDS END`, each part optional: `0012-slug.md`,
//! `ADR-0012-slug.md`, `20240131-slug.md`, `adr-2024-01-31_003-slug.md`, `20240131123000-slug.md`, `0012a-slug.md`,
//! `0003-[Superseded]slug.md`. A folder with one of these names that holds a `README.md` or an `index.md` is read as
//! the name of the record. The parts, joined again, give the name byte for byte.

use std::fmt;

use super::{Date, Number};
use crate::text::Span;

/// The parts of a name, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileName<'n> {
    /// The folders before the part that names the record, with `/` at the end.
    pub folders: &'n str,
    /// The words before the number or the date, with the separator after them: `ADR-`.
    pub prefix: &'n str,
    /// The date, if one comes first.
    pub stamp: Option<Stamp<'n>>,
    /// The separator between the date and a number after it.
    pub gap: &'n str,
    /// The digits of the number; empty if there is none.
    pub digits: &'n str,
    /// The letter after the number of a record that was inserted between two others.
    pub letter: &'n str,
    /// The separator before the words.
    pub separator: &'n str,
    /// A word in brackets before the other words, brackets included.
    pub mark: &'n str,
    /// The words of a title, with their separators.
    pub words: &'n str,
    /// The extensions, after the name of the index if a folder names the record.
    pub end: &'n str,
}

/// A date as written in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'n> {
    /// The date as written, time of day included.
    pub text: &'n str,
    /// The date.
    pub date: Date,
    /// The character between year, month and day.
    pub mark: Option<char>,
    /// The number of digits of the time of day that follows.
    pub clock: usize,
}

/// The characters that separate the parts of a name.
const SEPARATORS: [char; 5] = ['-', '_', ' ', '.', ':'];

/// The most digits of a number.
const LONGEST_NUMBER: usize = 6;

/// The most digits of a number after a date.
const LONGEST_SEQUENCE: usize = 4;

impl<'n> FileName<'n> {
    /// Reads a path that is relative to the log, with `/`.
    pub fn read(file: &'n str) -> Self {
        let name_span = naming(file);
        let part = |start: usize, end: usize| file.get(start..end).unwrap_or_default();
        let (folders, end) = (part(0, name_span.start), part(name_span.end, file.len()));
        Self { folders, end, ..Self::read_stem(name_span.of(file)) }
    }

    /// Reads the part of a name that names the record.
    fn read_stem(stem: &'n str) -> Self {
        let only_words = Self { words: stem, ..Self::default() };
        let Some(start) = stem.find(|c: char| c.is_ascii_digit()) else { return only_words };
        let (prefix, remaining) = stem.split_at(start);
        if !may_be_prefix(prefix) {
            return only_words;
        }
        if let Some((stamp, after_stamp)) = Stamp::read(remaining) {
            let dated = Self { prefix, stamp: Some(stamp), ..Self::default() };
            let (gap, after_gap) = split_separator(after_stamp);
            return match digits(after_gap, LONGEST_SEQUENCE) {
                Some((digits, after_digits))
                    if !gap.is_empty() && !after_digits.starts_with('.') =>
                {
                    Self { gap, digits, ..dated }.with_words(after_digits)
                }
                _ => Self { separator: gap, words: after_gap, ..dated },
            };
        }
        let Some((digits, after_digits)) = digits_and_letter(remaining, prefix) else {
            return only_words;
        };
        let letter_end = after_digits.len()
            - after_digits.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (letter, after_letter) = after_digits.split_at(letter_end);
        Self { prefix, digits, letter, ..Self::default() }.with_words(after_letter)
    }

    /// Adds the parts after the number.
    fn with_words(self, after_number: &'n str) -> Self {
        let (separator, after_number) = split_separator(after_number);
        let mark_end = after_number.find(']').filter(|_| after_number.starts_with('['));
        let mark_end = mark_end.map_or(0, |bracket| bracket + 1);
        let (mark, words) = after_number.split_at(mark_end);
        Self { separator, mark, words, ..self }
    }

    /// The number; `None` if a letter makes it a different one.
    pub fn number(&self) -> Option<Number> {
        Number::read(self.digits).filter(|_| self.letter.is_empty())
    }

    /// The words without separators at either end.
    pub fn slug(&self) -> &'n str {
        self.words.trim_matches(['-', '_', ' '])
    }

    /// The word in the brackets before the other words.
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
    /// Reads the date at the start of `text`, and returns it with the text after it: `20240131`, also with four or six
    /// digits for the time of day, or with `-`, `_` or `.` between year, month and day.
    fn read(text: &'n str) -> Option<(Self, &'n str)> {
        let digit_count = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let divider = text.get(4..5).and_then(|divider| divider.chars().next());
        let divider =
            divider.filter(|divider| digit_count == 4 && matches!(divider, '-' | '_' | '.'));
        let (month, day, stamp_end) = match (divider, digit_count) {
            (Some(divider), _) if text.get(7..8)?.starts_with(divider) => (5, 8, 10),
            (None, 8 | 12 | 14) => (4, 6, digit_count),
            _ => return None,
        };
        let number_at = |start: usize, length: usize| -> Option<i16> {
            let digits = text.get(start..start + length)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let year = number_at(0, 4).filter(|year| (1990..2100).contains(year))?;
        let (month, day) =
            (i8::try_from(number_at(month, 2)?).ok()?, i8::try_from(number_at(day, 2)?).ok()?);
        let date = Date::day(year, month, day).or_else(|| Date::day(year, day, month))?;
        let is_clock = |start: usize, limit: i16| {
            start >= stamp_end || number_at(start, 2).is_some_and(|number| number < limit)
        };
        let has_clock = divider.is_none() && stamp_end > 8;
        if has_clock && !(is_clock(8, 24) && is_clock(10, 60) && is_clock(12, 60)) {
            return None;
        }
        let (stamp_text, text_after) = text.split_at_checked(stamp_end)?;
        let is_whole = !text_after.starts_with(|c: char| c.is_ascii_alphanumeric());
        let clock = if has_clock { stamp_end - 8 } else { 0 };
        is_whole.then_some((Self { text: stamp_text, date, mark: divider, clock }, text_after))
    }
}

/// Returns the bytes of `file`, a path relative to the log, that name the record: the file name
/// without extension, or the folder's name for a `README.md` or `index.md`.
pub fn naming(file: &str) -> Span {
    let start = file.rfind('/').map_or(0, |slash| slash + 1);
    let file_name = file.get(start..).unwrap_or_default();
    let stem = stem(file_name);
    if !is_index(stem) || start == 0 {
        return Span::new(start, start + stem.len());
    }
    let folder_end = start - 1;
    let folder_start =
        file.get(..folder_end).and_then(|folders| folders.rfind('/')).map_or(0, |slash| slash + 1);
    Span::new(folder_start, folder_end)
}

/// Whether a file with this name represents its folder.
pub fn is_index(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// Returns a file name without its extensions: `0012-x.html.md` is a page template of static site generators.
pub fn stem(file_name: &str) -> &str {
    const EXTENSIONS: [&str; 6] = ["md", "mdx", "markdown", "html", "htm", "adoc"];
    let mut stem = file_name;
    while let Some((without_extension, extension)) = stem.rsplit_once('.') {
        let is_known = EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
        if without_extension.is_empty() || !is_known {
            break;
        }
        stem = without_extension;
    }
    stem
}

/// Whether the text before a number may be the prefix of an id: up to four short words. The caller decides by the
/// words, and by the other names of the log, whether it is one.
fn may_be_prefix(prefix: &str) -> bool {
    let is_short_word =
        |word: &str| word.len() <= 12 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut words = prefix.split(['-', '_', ' ', '#']).filter(|word| !word.is_empty());
    words.clone().count() <= 4 && words.all(is_short_word)
}

/// Splits `text` after the separators at its start.
fn split_separator(text: &str) -> (&str, &str) {
    text.split_at(text.len() - text.trim_start_matches(SEPARATORS).len())
}

/// Splits `text` after the digits at its start: at most `max_length`, followed by a separator, a mark or nothing.
fn digits(text: &str, max_length: usize) -> Option<(&str, &str)> {
    let remaining = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, remaining) = text.split_at(text.len() - remaining.len());
    let is_complete =
        remaining.is_empty() || remaining.starts_with('[') || remaining.starts_with(SEPARATORS);
    (is_complete && (1..=max_length).contains(&digits.len())).then_some((digits, remaining))
}

/// Like [`digits`], but also accepts one lower-case letter after digits that can only be a number, because they have a
/// prefix or leading zeros. The letter is left at the start of the remaining text.
fn digits_and_letter<'n>(text: &'n str, prefix: &str) -> Option<(&'n str, &'n str)> {
    if let Some(split) = digits(text, LONGEST_NUMBER) {
        return Some(split);
    }
    let remaining = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, remaining) = text.split_at(text.len() - remaining.len());
    let unlettered = remaining.strip_prefix(|c: char| c.is_ascii_lowercase())?;
    let is_complete = unlettered.is_empty() || unlettered.starts_with(SEPARATORS);
    let is_number = !prefix.is_empty() && digits.len() > 1 || digits.len() > 2;
    (is_complete && is_number && digits.len() <= LONGEST_NUMBER).then_some((digits, remaining))
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
