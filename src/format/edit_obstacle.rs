//! What makes a record unfit to be changed, whatever the change.

use crate::model::Record;
use crate::syntax::code;
use crate::text::Span;

/// Why nobody can tell what a change to a record would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Both sides of a merge are in the text: the first mark.
    Conflict(Span),
    /// The front matter is no valid YAML: all of it, and where the fault is.
    BrokenFrontMatter(Span, Span),
    /// There is front matter that is not read, such as TOML between `+++`: all of it.
    ForeignFrontMatter(Span),
}

/// What makes `record` unfit to be changed, if anything does.
pub fn obstacle(record: &Record) -> Option<Obstacle> {
    if let Some(mark) = conflict_marker(record) {
        return Some(Obstacle::Conflict(mark));
    }
    if let Some(front) = &record.document.front_matter {
        let fault = front.fault.as_ref()?;
        return Some(Obstacle::BrokenFrontMatter(front.span, fault.span));
    }
    foreign_front_matter(record.text()).map(Obstacle::ForeignFrontMatter)
}

/// The first line that git left where a merge did not succeed. Front matter is looked at, too: it is
/// where records are changed most. Marks in code are examples.
pub fn conflict_marker(record: &Record) -> Option<Span> {
    let text = record.text();
    let holds = |mark: &[u8]| memchr::memmem::find(text.as_bytes(), mark).is_some();
    if !holds(b"<<<<<<< ") || !holds(b">>>>>>> ") {
        return None;
    }
    let code = code(&record.document, text);
    let lines = Span::new(0, text.len()).lines(text).map(|line| line.trim(text));
    let mut marks = lines.filter(|line| line.of(text).starts_with("<<<<<<< "));
    marks.find(|mark| !code.iter().any(|code| code.contains(*mark)))
}

/// Front matter between two lines `+++`, as Hugo has it.
fn foreign_front_matter(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Span::new(start, text.len()).lines(text);
    lines.next().filter(|line| line.of(text).trim_end() == "+++")?;
    let end = lines.find(|line| line.of(text).trim_end() == "+++")?;
    Some(Span::new(start, end.end))
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
    fn marks_of_a_merge_are_an_obstacle_and_examples_of_them_are_none() {
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
