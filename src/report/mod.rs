//! Findings, for people and for machines. Findings in, text out; knows neither files nor terminal.

mod concise;
mod full;
mod json;
mod visible;

use crate::lint::{Context, Diagnostic};

/// A way to show findings. The list of them is [`REPORTS`].
#[derive(Debug)]
pub struct Report {
    /// What to write behind `--output-format`.
    pub name: &'static str,
    /// For the help: what it is good for.
    pub about: &'static str,
    /// Whether people read it: then a summary may follow it on standard error.
    pub for_people: bool,
    /// All findings, each ending in a line break.
    pub render: fn(&Input<'_>) -> String,
}

/// What reports are made of.
pub struct Input<'a> {
    /// What was checked.
    pub context: &'a Context<'a>,
    /// By path, line, column and code.
    pub found: &'a [Diagnostic],
    /// Whether colours may be used.
    pub color: bool,
    /// How many columns a line may take.
    pub width: usize,
}

/// Every report, the one to use unless another is asked for first.
pub static REPORTS: &[&Report] = &[&full::REPORT, &concise::REPORT, &json::REPORT];

/// The report called `name`.
pub fn find(name: &str) -> Option<&'static Report> {
    REPORTS.iter().copied().find(|report| report.name == name)
}

#[cfg(test)]
mod tests {
    use super::REPORTS;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at its own sources")]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !["mod.rs", "visible.rs", "testing.rs"].contains(&name.as_str()))
            .collect();
        files.sort();
        let mut named: Vec<String> =
            REPORTS.iter().map(|report| format!("{}.rs", report.name)).collect();
        named.sort();
        assert_eq!(files, named);
    }
}
