//! The rules, one a file.
//!
//! To add one: copy a file, then name it twice below, in the order of the codes. A test fails for
//! a file that is not listed, a code that is not in order, and an explanation that lacks a part.

use super::Rule;

mod broken_link; // ADR409
mod dangling_reference; // ADR401
mod duplicate_number; // ADR102
mod invalid_date; // ADR207
mod invalid_encoding; // ADR110
mod invalid_front_matter; // ADR201
mod missing_back_link; // ADR402
mod missing_status; // ADR204
mod missing_title; // ADR301
mod no_records; // ADR109
mod still_in_force; // ADR403
mod supersession_cycle; // ADR405
mod unknown_status; // ADR205

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[
    &duplicate_number::RULE,
    &no_records::RULE,
    &invalid_encoding::RULE,
    &invalid_front_matter::RULE,
    &missing_status::RULE,
    &unknown_status::RULE,
    &invalid_date::RULE,
    &missing_title::RULE,
    &dangling_reference::RULE,
    &missing_back_link::RULE,
    &still_in_force::RULE,
    &supersession_cycle::RULE,
    &broken_link::RULE,
];

/// The rule called `given`, by code or by name; case does not matter.
pub fn find(given: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(given) || rule.name.eq_ignore_ascii_case(given))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RULES;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at its own sources")]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lint/rules");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "mod.rs")
            .collect();
        let named: BTreeSet<String> =
            RULES.iter().map(|rule| rule.name.replace('-', "_") + ".rs").collect();
        assert_eq!(files, named);
    }

    #[test]
    fn codes_ascend() {
        let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "out of order or twice: {codes:?}");
    }

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn every_explanation_has_all_its_parts() {
        for rule in RULES {
            for part in ["## What it checks\n", "## Why it matters\n", "## Example\n"] {
                assert!(rule.explanation.contains(part), "{} lacks `{part}`", rule.code);
            }
        }
    }
}
