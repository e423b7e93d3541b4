//! How the files of a log are named: by numbers of some width, by dates, with or without a prefix,
//! in folders or not. How a log shows it, `seen` knows.

use crate::format::{Recognised, Words, recognise};
use crate::model::{Date, Number};
use crate::text::Source;

/// A pattern of file names. In words: `NNNN-slug`, `ADR-NNNN-slug`, `YYYYMMDD-slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// What comes before the name, with `/` at its end; mostly nothing.
    pub(crate) folder: Vec<Part>,
    pub(crate) parts: Vec<Part>,
    /// What comes behind the name: `.md`, or `/README.md` where a folder bears it.
    pub(crate) end: String,
}

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What every name has there.
    Text(String),
    /// The number, with at least so many digits.
    Number(usize),
    Year,
    Month,
    Day,
    /// The time of the day, in so many digits. It is not known, and the words tell records of one day apart.
    Clock(usize),
    /// The words of the title, with this mark between them.
    Slug(char),
}

impl Default for Scheme {
    /// `NNNN-slug`, which adr-tools and MADR agree on.
    fn default() -> Self {
        Self::named(vec![Part::Number(4), Part::Text("-".to_owned()), Part::Slug('-')])
    }
}

impl Scheme {
    /// Files of these names, all in one folder.
    fn named(parts: Vec<Part>) -> Self {
        Self { folder: vec![], parts, end: ".md".to_owned() }
    }

    /// Reads a pattern: a run of `N` or a `YYYY`, `MM`, `DD`, then `slug`; everything else stands
    /// for itself. `None` where it has no slug, holds a path, has neither number nor date, or gives
    /// names that would be lost: hidden ones, those of no record, and those of several lines.
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            let digits = rest.len() - rest.trim_start_matches('N').len();
            let known = [
                ("slug", Part::Slug('-')),
                ("YYYY", Part::Year),
                ("MM", Part::Month),
                ("DD", Part::Day),
            ];
            let found = known.into_iter().find(|(word, _)| rest.starts_with(word));
            let length = match found {
                Some((word, part)) => {
                    parts.push(part);
                    word.len()
                }
                None if digits > 1 => {
                    parts.push(Part::Number(digits));
                    digits
                }
                None => {
                    match parts.last_mut() {
                        Some(Part::Text(text)) => text.push(c),
                        _ => parts.push(Part::Text(c.to_string())),
                    }
                    c.len_utf8()
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        let slug = parts.iter().filter(|part| matches!(part, Part::Slug(_))).count() == 1;
        let counts = parts.iter().any(|part| matches!(part, Part::Number(_) | Part::Year));
        let is_name = !pattern.contains(['/', '\\']) && !pattern.contains(char::is_control);
        let scheme = (slug && counts && is_name).then(|| Self::named(parts))?;
        scheme.is_found().then_some(scheme)
    }

    /// Whether a log finds the records of such names again.
    fn is_found(&self) -> bool {
        const RECORD: &str = "# 1. Use Rust\n\nDate: 2026-03-09\n\n## Status\n\nProposed\n\n\
                              ## Context\n\nA.\n\n## Decision\n\nB.\n";
        let Some(date) = Date::day(2026, 3, 9) else { return false };
        let name = self.file_name(1, date, "use-rust");
        let words = Words::new(std::iter::empty());
        let read = recognise(Source::new(&name, RECORD), &name, &words);
        !name.starts_with('.') && matches!(read, Recognised::Record(_))
    }

    /// Whether names hold a number.
    pub fn is_numbered(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Number(_)))
    }

    /// The number as names hold it, with the prefix before it; empty where names hold none.
    pub fn id(&self, number: u32) -> String {
        let mut id = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => id.push_str(text),
                Part::Number(width) => {
                    return id + &Number { value: number, width: 0 }.padded(*width);
                }
                _ => break,
            }
        }
        String::new()
    }

    /// The name of a file, relative to the log, extension included. Never one that Windows keeps for
    /// a device, such as `con.md`.
    pub fn file_name(&self, number: u32, date: Date, slug: &str) -> String {
        let written = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Number(width) => Number { value: number, width: 0 }.padded(*width),
            Part::Year => format!("{:04}", date.year()),
            Part::Month => format!("{:02}", date.month_of_year()),
            Part::Day => format!("{:02}", date.day_of_month().unwrap_or(1)),
            Part::Clock(digits) => "0".repeat(*digits),
            Part::Slug(mark) => slug.replace('-', &mark.to_string()),
        };
        let folder: String = self.folder.iter().map(written).collect();
        let name: String = self.parts.iter().map(written).collect();
        let kept = if is_device(&name) { "-decision" } else { "" };
        format!("{folder}{name}{kept}{}", self.end)
    }
}

/// Whether Windows has a device of this name.
fn is_device(name: &str) -> bool {
    let port = |kind: &str| {
        let number = name.strip_prefix(kind);
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || port("com") || port("lpt")
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
    fn a_pattern_without_slug_or_order_is_none() {
        for pattern in ["", "NNNN", "slug", "ADR-slug", "a/NNNN-slug"] {
            assert_eq!(name(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_whose_records_would_be_lost_is_none() {
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
