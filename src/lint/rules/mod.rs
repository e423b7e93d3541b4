//! The rules, one per file.
//!
//! To add a rule, copy a file and add its name to both lists below. The second list is in the order of the codes. Tests
//! fail if a file is not listed, a code is out of order, or an explanation lacks a section.

use super::check::Check;
use super::config::{self, find_rule};
use super::rule::{Rule, RuleList};
use crate::Error;

mod broken_anchor; // ADR410
mod broken_image; // ADR411
mod broken_link; // ADR409
mod chosen_option_unknown; // ADR313
mod code_cites_dead_record; // ADR602
mod code_cites_unknown_record; // ADR603
mod conflict_marker; // ADR111
mod contested_successor; // ADR408
mod dangling_reference; // ADR401
mod decided_text_changed; // ADR501
mod duplicate_key; // ADR202
mod duplicate_number; // ADR102
mod empty_section; // ADR306
mod future_date; // ADR208
mod governs_nothing; // ADR601
mod heading_skip; // ADR309
mod illegal_transition; // ADR502
mod invalid_date; // ADR207
mod invalid_encoding; // ADR110
mod invalid_file_name; // ADR101
mod invalid_front_matter; // ADR201
mod link_case; // ADR416
mod link_text_mismatch; // ADR413
mod missing_back_link; // ADR402
mod missing_consequences; // ADR305
mod missing_context; // ADR303
mod missing_date; // ADR206
mod missing_decision; // ADR304
mod missing_decision_makers; // ADR216
mod missing_status; // ADR204
mod missing_title; // ADR301
mod no_records; // ADR109
mod no_successor; // ADR404
mod number_gap; // ADR104
mod number_mismatch; // ADR105
mod number_taken_on_base; // ADR103
mod record_deleted; // ADR503
mod record_renumbered; // ADR504
mod review_overdue; // ADR506
mod self_reference; // ADR406
mod several_statuses; // ADR211
mod several_titles; // ADR302
mod stale_index; // ADR115
mod stale_proposal; // ADR505
mod status_disagrees; // ADR210
mod status_spelling; // ADR212
mod still_in_force; // ADR403
mod stray_file; // ADR108
mod supersession_cycle; // ADR405
mod template_comment; // ADR308
mod template_placeholder; // ADR307
mod title_form; // ADR701
mod too_few_options; // ADR312
mod undecided_successor; // ADR407
mod unknown_ignore; // ADR902
mod unknown_key; // ADR203
mod unknown_status; // ADR205
mod unreadable_folder; // ADR116
mod unreadable_supersession; // ADR214
mod unused_ignore; // ADR901
mod wrong_type; // ADR209

/// Lists the rules of these modules, with and without their checks.
macro_rules! rules {
    ($($module:ident,)+) => {
        /// Every rule, in the order of the codes.
        pub static RULES: RuleList = &[$(&$module::RULE),+];

        /// Every rule with its check, in the order of the codes.
        pub(super) static RULES_WITH_CHECKS: &[(&Rule, Check)] =
            &[$((&$module::RULE, $module::CHECK)),+];
    };
}

rules![
    invalid_file_name,
    duplicate_number,
    number_taken_on_base,
    number_gap,
    number_mismatch,
    stray_file,
    no_records,
    invalid_encoding,
    conflict_marker,
    stale_index,
    unreadable_folder,
    invalid_front_matter,
    duplicate_key,
    unknown_key,
    missing_status,
    unknown_status,
    missing_date,
    invalid_date,
    future_date,
    wrong_type,
    status_disagrees,
    several_statuses,
    status_spelling,
    unreadable_supersession,
    missing_decision_makers,
    missing_title,
    several_titles,
    missing_context,
    missing_decision,
    missing_consequences,
    empty_section,
    template_placeholder,
    template_comment,
    heading_skip,
    too_few_options,
    chosen_option_unknown,
    dangling_reference,
    missing_back_link,
    still_in_force,
    no_successor,
    supersession_cycle,
    self_reference,
    undecided_successor,
    contested_successor,
    broken_link,
    broken_anchor,
    broken_image,
    link_text_mismatch,
    link_case,
    decided_text_changed,
    illegal_transition,
    record_deleted,
    record_renumbered,
    stale_proposal,
    review_overdue,
    governs_nothing,
    code_cites_dead_record,
    code_cites_unknown_record,
    title_form,
    unused_ignore,
    unknown_ignore,
];

/// The rule with this code or name, in any case.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    find_rule(RULES, code_or_name)
}

/// The error for a word that names no rule, with the nearest code or name.
pub fn unknown_rule(given: &str) -> Error {
    config::unknown_rule(RULES, given)
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
    fn every_summary_is_one_short_line_of_plain_text() {
        for rule in RULES {
            let summary = rule.summary();
            let is_sentence = summary.starts_with("Reports ") && summary.ends_with('.');
            let is_plain = !summary.contains(['*', '_', '[', '<']);
            assert!(is_sentence && is_plain, "{}: {summary}", rule.code);
            assert!(summary.chars().count() <= 72, "{}: {summary}", rule.code);
            assert!(rule.page().lines().nth(1) == Some(""), "{}: longer than a line", rule.code);
        }
    }

    #[test]
    fn every_page_has_its_sections_in_order() {
        const SECTIONS: [&str; 6] = [
            "## Why is this bad?",
            "## Example",
            "## Use instead",
            "## Fix",
            "## Options",
            "## References",
        ];
        for rule in RULES {
            let page = rule.page();
            // Headings in examples do not count.
            let outside_code = page.split("```").step_by(2).flat_map(str::lines);
            let headings: Vec<&str> = outside_code.filter(|line| line.starts_with('#')).collect();
            let mut expected = SECTIONS.to_vec();
            expected.retain(|section| headings.contains(section));
            assert_eq!(headings, expected, "{}", rule.code);
            assert!(headings.starts_with(&SECTIONS[..2]), "{} lacks a section", rule.code);
        }
    }
}
