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
