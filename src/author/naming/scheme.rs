//! How the files of a log are named: by numbers of some width or by dates, with or without a prefix, in folders or
//! not. `observed_scheme` derives a scheme from a log.

use crate::format::{Recognised, Words, recognise};
use crate::model::{Date, Number};
use crate::text::Source;

/// A pattern of file names. In words: `NNNN-slug`, `ADR-NNNN-slug`, `YYYYMMDD-slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The folders before the name, with `/` at the end; usually none.
    pub(super) folder: Vec<NamePart>,
    pub(super) parts: Vec<NamePart>,
    /// What follows the name: `.md`, or `/README.md` if the folder has the record's name.
    pub(super) ending: String,
}

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NamePart {
    /// Fixed text, the same in every name.
    Text(String),
    /// The number, with at least this many digits.
    Number(usize),
    Year,
    Month,
    Day,
    /// The time, with this many digits. New names have zeros there, as the slug distinguishes records of one date.
    Clock(usize),
    /// The words of the title, with this separator between them.
    Slug(char),
}

impl Default for Scheme {
    /// `NNNN-slug`, which adr-tools and MADR share.
    fn default() -> Self {
        Self::in_one_folder(vec![
            NamePart::Number(4),
            NamePart::Text("-".to_owned()),
            NamePart::Slug('-'),
        ])
    }
}

impl Scheme {
    fn in_one_folder(parts: Vec<NamePart>) -> Self {
        Self { folder: vec![], parts, ending: ".md".to_owned() }
    }

    /// Parses a pattern: a run of `N`, or `YYYY`, `MM`, `DD`, then `slug`; everything else is fixed text. `None` if
    /// the pattern has no slug, is a path, has neither number nor date, or yields names that a log would not find:
    /// hidden files, files that are not records, and names with line breaks.
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut parts: Vec<NamePart> = Vec::new();
        let mut remaining = pattern;
        while let Some(c) = remaining.chars().next() {
            let digits = remaining.len() - remaining.trim_start_matches('N').len();
            let placeholders = [
                ("slug", NamePart::Slug('-')),
                ("YYYY", NamePart::Year),
                ("MM", NamePart::Month),
                ("DD", NamePart::Day),
            ];
            let placeholder =
                placeholders.into_iter().find(|(word, _)| remaining.starts_with(word));
            let length = match placeholder {
                Some((word, part)) => {
                    parts.push(part);
                    word.len()
                }
                None if digits > 1 => {
                    parts.push(NamePart::Number(digits));
                    digits
                }
                None => {
                    match parts.last_mut() {
                        Some(NamePart::Text(text)) => text.push(c),
                        _ => parts.push(NamePart::Text(c.to_string())),
                    }
                    c.len_utf8()
                }
            };
            remaining = remaining.get(length..).unwrap_or_default();
        }
        let slugs = parts.iter().filter(|part| matches!(part, NamePart::Slug(_))).count();
        let has_order =
            parts.iter().any(|part| matches!(part, NamePart::Number(_) | NamePart::Year));
        let is_name = !pattern.contains(['/', '\\']) && !pattern.contains(char::is_control);
        let scheme = (slugs == 1 && has_order && is_name).then(|| Self::in_one_folder(parts))?;
        scheme.names_are_found().then_some(scheme)
    }

    /// Whether a log finds records with such names.
    fn names_are_found(&self) -> bool {
        const RECORD: &str = "# 1. Use Rust\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\n\
                              ## Context\n\nA.\n\n## Decision\n\nB.\n";
        let Some(date) = Date::day(2026, 3, 9) else { return false };
        let file_name = self.file_name(1, date, "use-rust");
        let words = Words::new(std::iter::empty());
        let recognised = recognise(Source::new(&file_name, RECORD), &file_name, &words);
        !file_name.starts_with('.') && matches!(recognised, Recognised::Record(_))
    }

    /// Whether names contain a number.
    pub fn is_numbered(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, NamePart::Number(_)))
    }

    /// The number as it is in names, with the prefix before it; empty if names contain no number.
    pub fn id(&self, number: u32) -> String {
        let mut id_text = String::new();
        for part in &self.parts {
            match part {
                NamePart::Text(text) => id_text.push_str(text),
                NamePart::Number(width) => {
                    return id_text + &Number { value: number, width: 0 }.padded(*width);
                }
                _ => break,
            }
        }
        String::new()
    }

    /// The name of a file, relative to the log, extension included. Never a name that Windows reserves for
    /// a device, such as `con.md`.
    pub fn file_name(&self, number: u32, date: Date, slug: &str) -> String {
        let write_part = |part: &NamePart| match part {
            NamePart::Text(text) => text.clone(),
            NamePart::Number(width) => Number { value: number, width: 0 }.padded(*width),
            NamePart::Year => format!("{:04}", date.year()),
            NamePart::Month => format!("{:02}", date.month_of_year()),
            NamePart::Day => format!("{:02}", date.day_of_month().unwrap_or(1)),
            NamePart::Clock(digits) => "0".repeat(*digits),
            NamePart::Slug(separator) => slug.replace('-', &separator.to_string()),
        };
        let folder: String = self.folder.iter().map(write_part).collect();
        let name: String = self.parts.iter().map(write_part).collect();
        let suffix = if is_device(&name) { "-decision" } else { "" };
        format!("{folder}{name}{suffix}{}", self.ending)
    }
}

/// Whether Windows has a device of this name.
fn is_device(name: &str) -> bool {
    let is_port = |kind: &str| {
        let number = name.strip_prefix(kind);
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::Scheme;
    use crate::model::Date;

    fn name(pattern: &str) -> Option<String> {
        let date = Date::day(2026, 3, 9).unwrap();
        Some(Scheme::parse(pattern)?.file_name(12, date, "use-rust"))
    }

    #[test]
    fn patterns_are_filled_in() {
        assert_eq!(name("NNNN-slug").unwrap(), "0012-use-rust.md");
        assert_eq!(name("ADR-NNN_slug").unwrap(), "ADR-012_use-rust.md");
        assert_eq!(name("YYYYMMDD-slug").unwrap(), "20260309-use-rust.md");
        assert_eq!(name("YYYY-MM-DD-slug").unwrap(), "2026-03-09-use-rust.md");
    }

    #[test]
    fn a_pattern_without_slug_or_order_is_invalid() {
        for pattern in ["", "NNNN", "slug", "ADR-slug", "a/NNNN-slug"] {
            assert_eq!(name(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_whose_records_would_not_be_found_is_invalid() {
        for pattern in [
            ".NNNN-slug",
            ".slug-NNNN",
            "../NNNN-slug",
            "../../NNNN-slug",
            "/NNNN-slug",
            "templates/NNNN-slug",
            "a\\NNNN-slug",
            "NNNN\n-slug",
            "NNNN-slug\u{1b}",
            "NNNN\0slug",
        ] {
            assert_eq!(name(pattern), None, "{pattern}");
        }
        for pattern in ["_NNNN-slug", "slug.NNNN", "v.NNNN-slug", "NNNN slug"] {
            assert!(name(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn the_id_is_the_number_with_its_prefix() {
        assert_eq!(Scheme::parse("ADR-NNN-slug").unwrap().id(5), "ADR-005");
        assert_eq!(Scheme::parse("YYYYMMDD-slug").unwrap().id(5), "");
    }
}
