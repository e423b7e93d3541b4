//! How the project writes English: counts phrases that are unusual in technical documentation, in
//! everything that a person reads, and keeps them at the level of well-known projects (ripgrep, cargo,
//! ruff, jj and the GitHub documentation).

use regex::Regex;

use crate::source::{File, comments, files_below, root, rust_files, strings};

/// An unusual phrase, and how often it may occur.
struct Habit {
    name: &'static str,
    pattern: &'static str,
    /// Occurrences in 100,000 words, as in the projects compared.
    limit: usize,
}

const HABITS: &[Habit] = &[
    Habit { name: "`stands` for `is`", pattern: r"(?i)\b(stands?|stood)\b", limit: 2 },
    Habit {
        name: "`where` for `if`",
        pattern: r"(?i)(?:^|[.;:(,] |\b(?:only|but|and|or|except|even|also|not) )where\b",
        limit: 20,
    },
    Habit { name: "`that of`", pattern: r"(?i)\b(that|those) of\b", limit: 5 },
    Habit { name: "`nobody`", pattern: r"(?i)\b(nobody|somebody|everybody)\b", limit: 1 },
    Habit {
        name: "`is no X`",
        pattern: r"(?i)\b(is|are|was|were) no (?:[a-kn-z]|l[^o]|m[^o])",
        limit: 40,
    },
    Habit { name: "`whoever`", pattern: r"(?i)\b(who|where|what|which)ever\b", limit: 6 },
    Habit { name: "`beside`", pattern: r"(?i)\bbeside\b", limit: 1 },
    Habit {
        name: "`lies in`, `mend`, `is none`",
        pattern: r"(?i)\b(lies|lie in|mends?|mended|mending|anew|(it|they|that|which) (is|are) none|gravest|heed)\b",
        limit: 10,
    },
    Habit {
        name: "`in the place of`",
        pattern: r"(?i)\b(in (the|its|their) (place|stead) of|in its stead|took its place)\b",
        limit: 2,
    },
];

/// Correct uses that a text may have in addition to the limit.
const MARGIN: usize = 2;

/// A line of text with its place.
struct Line {
    place: String,
    text: String,
}

#[test]
fn comments_use_no_odd_habits() {
    let files = rust_files("src").chain(rust_files("tests"));
    let files = files.filter(|file| file.path != "tests/tidy/language.rs");
    check("comments", files.flat_map(|file| lines(&file, &comments(&file.text))));
}

#[test]
fn messages_use_no_odd_habits() {
    let texts = rust_files("src").flat_map(|file| {
        let strings = strings(&file.text);
        lines(&file, &strings)
            .into_iter()
            .filter(|line| line.text.contains(' '))
            .collect::<Vec<_>>()
    });
    check("messages", texts);
}

#[test]
fn pages_and_templates_use_no_odd_habits() {
    let tops = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs", "templates"];
    let files = tops.iter().flat_map(|top| files_below(&root().join(top)));
    // Texts in other languages than English.
    let files = files.filter(|file| !file.path.ends_with("messages.toml"));
    check("pages and templates", files.flat_map(|file| lines(&file, &file.text)));
}

#[test]
fn a_habit_is_counted() {
    let text =
        "It stands there. Where none is given, whoever asks. That of a record; there is no record.";
    let counted = HABITS.iter().filter(|habit| Regex::new(habit.pattern).unwrap().is_match(text));
    let names: Vec<&str> = counted.map(|habit| habit.name).collect();
    assert_eq!(
        names,
        ["`stands` for `is`", "`where` for `if`", "`that of`", "`is no X`", "`whoever`"]
    );
    let fine = Regex::new(HABITS[4].pattern).unwrap();
    assert!(!fine.is_match("it is no longer and there are no more"));
}

/// The lines of `text`, which has the same lines as `file`, with their places.
fn lines(file: &File, text: &str) -> Vec<Line> {
    let numbered = (1..).zip(text.lines());
    let line = |(number, text): (usize, &str)| Line {
        place: format!("{}:{number}", file.path),
        text: text.trim().to_owned(),
    };
    numbered.map(line).filter(|line| !line.text.is_empty()).collect()
}

fn check(what: &str, lines: impl Iterator<Item = Line>) {
    let lines: Vec<Line> = lines.collect();
    let words: usize = lines.iter().map(|line| line.text.split_whitespace().count()).sum();
    assert!(words > 5_000, "{words} words of {what}: the test does not read the intended files");
    let mut report = Vec::new();
    for habit in HABITS {
        let pattern = Regex::new(habit.pattern).unwrap();
        let places: Vec<&Line> = lines.iter().filter(|line| pattern.is_match(&line.text)).collect();
        let most = words * habit.limit / 100_000 + MARGIN;
        if places.len() > most {
            report.push(format!("{} in {what}: {} of at most {most}", habit.name, places.len()));
            report.extend(places.iter().map(|line| format!("  {}: {}", line.place, line.text)));
        }
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}
