//! Finds what makes a record unsafe to change.

use crate::model::Record;
use crate::syntax::code;
use crate::text::Span;

/// Why the effect of a change to a record cannot be determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The text has both sides of a merge. Holds the first conflict marker.
    Conflict(Span),
    /// The front matter is not valid YAML. Holds the front matter and the place of the fault.
    BrokenFrontMatter(Span, Span),
    /// The front matter is in a format that is not read, such as TOML between `+++`. Holds the front matter.
    ForeignFrontMatter(Span),
}

/// The first obstacle to changing `record`.
pub fn obstacle(record: &Record) -> Option<Obstacle> {
    if let Some(marker) = conflict_marker(record) {
        return Some(Obstacle::Conflict(marker));
    }
    if let Some(front_matter) = &record.document.front_matter {
        let fault = front_matter.fault.as_ref()?;
        return Some(Obstacle::BrokenFrontMatter(front_matter.span, fault.span));
    }
    foreign_front_matter(record.text()).map(Obstacle::ForeignFrontMatter)
}

/// The first conflict marker of git in the text or in the front matter. Markers in code are examples.
pub fn conflict_marker(record: &Record) -> Option<Span> {
    let text = record.text();
    let contains = |mark: &[u8]| memchr::memmem::find(text.as_bytes(), mark).is_some();
    if !contains(b"<<<<<<< ") || !contains(b">>>>>>> ") {
        return None;
    }
    let code_spans = code(&record.document, text);
    let lines = Span::new(0, text.len()).lines(text).map(|line| line.trim(text));
    let mut markers = lines.filter(|line| line.of(text).starts_with("<<<<<<< "));
    markers.find(|marker| !code_spans.iter().any(|code| code.contains(*marker)))
}

/// Front matter between two `+++` lines, as in Hugo.
fn foreign_front_matter(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Span::new(start, text.len()).lines(text);
    lines.next().filter(|line| line.of(text).trim_end() == "+++")?;
    let last_line = lines.find(|line| line.of(text).trim_end() == "+++")?;
    Some(Span::new(start, last_line.end))
}

#[cfg(test)]
mod tests {
    use super::{Obstacle, obstacle};
    use crate::format::{Recognised, Words, recognise};
    use crate::text::Source;

    fn found(text: &str) -> Option<Obstacle> {
        let words = Words::new(std::iter::empty());
        match recognise(Source::new("0001-a.md", text), "0001-a.md", &words) {
            Recognised::Record(record) => obstacle(&record),
            Recognised::Skipped(skipped) => panic!("{skipped:?}"),
        }
    }

    #[test]
    fn conflict_markers_are_an_obstacle_unless_they_are_code() {
        let conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
        let is_conflict = |text: &str| matches!(found(text), Some(Obstacle::Conflict(_)));
        assert!(is_conflict(&format!("# A\n\n{conflict}")));
        assert!(is_conflict(&format!("---\n{conflict}---\n\n# A\n")));
        assert!(!is_conflict(&format!("# A\n\n```\n{conflict}```\n")));
        assert!(!is_conflict("# A\n\n<<<<<<< HEAD\n"));
    }

    #[test]
    fn front_matter_that_is_not_read_is_an_obstacle() {
        let is_foreign = |text: &str| matches!(found(text), Some(Obstacle::ForeignFrontMatter(_)));
        assert!(is_foreign("+++\na = 1\n+++\n\n# A\n"));
        assert!(!is_foreign("# A\n\n+++\na\n+++\n"));
        assert!(!is_foreign("+++ a\n\n# A\n"));
        assert!(matches!(
            found("---\na: b: c\n---\n\n# A\n"),
            Some(Obstacle::BrokenFrontMatter(..))
        ));
        assert_eq!(found("---\na: b\n---\n\n# A\n"), None);
    }
}
