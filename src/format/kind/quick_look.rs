//! Recognises a record by its file name and its first heading, if these are unambiguous. Lists of files are
//! fast because they need no more.
//!
//! Agrees with [`recognise`](fn@crate::format::recognise) on the whole file, which a test checks.

use super::classify::{is_filled_in, names_record};
use crate::format::fields::{is_label, read_title};
use crate::format::places::RecordSection;
use crate::format::references::read_file_name;
use crate::format::words::Words;
use crate::syntax::first_heading;

/// Whether `file` of a log, with a text that begins with `beginning`, is certainly a record. If it returns
/// `false`, the whole text is needed to decide.
pub fn is_plainly_record(beginning: &str, file: &str, words: &Words) -> bool {
    let name = read_file_name(file);
    if !names_record(&name) {
        return false;
    }
    let Some(heading) = first_heading(beginning).filter(|heading| heading.level == 1) else {
        return false;
    };
    // The title may follow a heading that is only a label.
    let is_title =
        !RecordSection::new(&heading, words).names_field_or_role() && !is_label(&heading.title);
    is_title && {
        let title = read_title(&heading.title, &name, words).title;
        is_filled_in(if title.is_empty() { &heading.title } else { &title })
    }
}

#[cfg(test)]
mod tests {
    use super::is_plainly_record;
    use crate::format::Words;

    /// Checks the result for a file name and the beginning of a text.
    #[track_caller]
    fn check(file: &str, beginning: &str, expected: bool) {
        let words = Words::new(std::iter::empty());
        assert_eq!(is_plainly_record(beginning, file, &words), expected, "{file}: {beginning}");
    }

    #[test]
    fn a_name_with_a_number_and_a_title_are_enough() {
        check("0007-use-rust.md", "# 7. Use Rust\n\n## Status\n", true);
        check("2024-05-06-use-rust.md", "\u{feff}---\nstatus: x\n---\n\n# Use Rust\n\n", true);
        check("0007-use-rust.md", "Use Rust\n========\nText\n", true);
    }

    #[test]
    fn ambiguous_files_need_the_whole_text() {
        check("use-rust.md", "# Use Rust\n\n## Status\n", false);
        check("0000-template.md", "# Use Rust\n\n", false);
        check("0007-use-rust.md", "# [short title]\n\n", false);
        check("0007-use-rust.md", "# Context\n\n", false);
        check("0007-use-rust.md", "# Decision Record 7\n\n", false);
        check("0007-use-rust.md", "## Use Rust\n\n", false);
        check("0007/README.md", "# Use Rust\n\n", false);
    }

    #[test]
    fn an_incomplete_heading_does_not_count() {
        check("0007-use-rust.md", "# Use Ru", false);
        check("0007-use-rust.md", "---\nstatus: accepted\n# Use Rust\n\n", false);
    }
}
