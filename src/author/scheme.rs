//! How the files of a log are named: by numbers of some width, by dates, with or without a prefix.

use crate::model::{Date, Log, Number};

/// A pattern of file names. In words: `NNNN-slug`, `ADR-NNNN-slug`, `YYYYMMDD-slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// What every name has there.
    Text(String),
    /// The number, with at least so many digits.
    Number(usize),
    Year,
    Month,
    Day,
    Slug,
}

impl Default for Scheme {
    /// `NNNN-slug`, which adr-tools and MADR agree on.
    fn default() -> Self {
        Self { parts: vec![Part::Number(4), Part::Text("-".to_owned()), Part::Slug] }
    }
}

impl Scheme {
    /// Reads a pattern: a run of `N` or a `YYYY`, `MM`, `DD`, then `slug`; everything else stands
    /// for itself. `None` where it has no slug, holds a path, or has neither number nor date.
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            let digits = rest.len() - rest.trim_start_matches('N').len();
            let known = [
                ("slug", Part::Slug),
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
        let slug = parts.iter().filter(|part| **part == Part::Slug).count() == 1;
        let counts = parts.iter().any(|part| matches!(part, Part::Number(_) | Part::Year));
        (slug && counts && !pattern.contains(['/', '\\'])).then_some(Self { parts })
    }

    /// The way in which the newest files of `log` are named; the default for an empty log, and
    /// where no way can be made out.
    pub fn of(log: &Log) -> Self {
        let named = |record: &crate::model::Record| Self::seen(record.file_name());
        let highest = log
            .records()
            .iter()
            .filter(|record| record.number.is_some())
            .max_by_key(|record| record.number.as_ref().map(|number| number.value.value));
        let last = log.records().last();
        highest.and_then(named).or_else(|| last.and_then(named)).unwrap_or_default()
    }

    /// The pattern that `name` follows: a short prefix, then a number or a date, then the slug.
    fn seen(name: &str) -> Option<Self> {
        let start = name.find(|c: char| c.is_ascii_digit())?;
        let (prefix, rest) = name.split_at(start);
        let is_word = |word: &str| word.len() <= 8 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let words: Vec<&str> = prefix.split(['-', '_']).filter(|word| !word.is_empty()).collect();
        if words.len() > 3 || !words.iter().all(|word| is_word(word)) {
            return None;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (digits, rest) = rest.split_at(end);
        let separator = rest.chars().next().filter(|c| matches!(c, '-' | '_'))?;
        let text = |text: &str| Part::Text(text.to_owned());
        let mut parts = if prefix.is_empty() { vec![] } else { vec![text(prefix)] };
        let between = separator.to_string();
        let dated = |day: &str, by: &str| {
            let day: String = day.split(by).collect::<Vec<_>>().join("-");
            Date::parse_iso(&day).is_some()
        };
        if digits.len() == 8 {
            parts.extend([Part::Year, Part::Month, Part::Day]);
        } else if digits.len() == 4
            && name.get(start..start + 10).is_some_and(|day| dated(day, &between))
        {
            let dash = text(&between);
            parts.extend([Part::Year, dash.clone(), Part::Month, dash, Part::Day]);
        } else {
            parts.push(Part::Number(digits.len()));
        }
        parts.extend([text(&between), Part::Slug]);
        Some(Self { parts })
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

    /// The name of a file, extension included. Never one that Windows keeps for a device, such as
    /// `con.md`: every pattern has a number or a date beside the slug.
    pub fn file_name(&self, number: u32, date: Date, slug: &str) -> String {
        let written = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Number(width) => Number { value: number, width: 0 }.padded(*width),
            Part::Year => format!("{:04}", date.year()),
            Part::Month => format!("{:02}", date.month_of_year()),
            Part::Day => format!("{:02}", date.day_of_month().unwrap_or(1)),
            Part::Slug => slug.to_owned(),
        });
        let mut name: String = written.collect();
        name.push_str(".md");
        name
    }
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
    fn names_show_their_pattern() {
        let seen = |name| Scheme::seen(name);
        assert_eq!(seen("0007-a.md"), Scheme::parse("NNNN-slug"));
        assert_eq!(seen("007-a.md"), Scheme::parse("NNN-slug"));
        assert_eq!(seen("ODH-ADR-0007-a.md"), Scheme::parse("ODH-ADR-NNNN-slug"));
        assert_eq!(seen("20260309-a.md"), Scheme::parse("YYYYMMDD-slug"));
        assert_eq!(seen("2026-03-09-a.md"), Scheme::parse("YYYY-MM-DD-slug"));
        assert_eq!(seen("2026_03_09_a.md"), Scheme::parse("YYYY_MM_DD_slug"));
        for odd in ["README.md", "0007.md", "a-long-name-of-many-words-2.md"] {
            assert_eq!(seen(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_id_is_the_number_with_its_prefix() {
        assert_eq!(Scheme::parse("ADR-NNN-slug").unwrap().id(5), "ADR-005");
        assert_eq!(Scheme::parse("YYYYMMDD-slug").unwrap().id(5), "");
    }
}
