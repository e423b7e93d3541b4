//! Changes to a text, as new bytes for old.

use super::{Span, with_line_feeds};

/// New text for a span of an old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What comes; empty for a deletion.
    pub text: String,
    /// Whether the line ends in `text` are meant as they are, and not to be like those around it.
    pub is_exact: bool,
}

impl Edit {
    /// Puts `text` where `span` was.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), is_exact: false }
    }

    /// Puts `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    /// The edit with the line ends that it has, wherever it is put.
    #[must_use]
    pub fn exactly(self) -> Self {
        Self { is_exact: true, ..self }
    }

    /// The edit as it reads in a [`Source`](super::Source): a carriage return alone is a line feed.
    pub(super) fn with_line_feeds(self) -> Self {
        let text = if self.is_exact { None } else { with_line_feeds(&self.text) };
        Self { text: text.unwrap_or(self.text), ..self }
    }

    /// The one edit that makes `new` of `old`.
    pub fn between(old: &str, new: &str) -> Self {
        let pairs = old.char_indices().zip(new.chars());
        let same = pairs.take_while(|((_, a), b)| a == b).last();
        let start = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        let (old_rest, new_rest) =
            (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
        let tail: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let text = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
        Self::replace(Span::new(start, old.len() - tail), text)
    }
}

/// Why edits could not be applied: two of them meet, or one does not fit the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two changes meet at byte {at}")]
pub struct Overlap {
    /// The byte at which the second of them begins, or from which the text does not reach on.
    pub at: usize,
}

/// Applies `edits` to `text`.
///
/// Bytes that no edit covers are copied unchanged, line endings and trailing blanks included.
/// The order of `edits` does not matter, except that insertions at one place keep it.
///
/// # Errors
///
/// [`Overlap`] where two edits cover the same byte, or one reaches beyond `text` or into a
/// character; nothing is half-applied.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Overlap> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);

    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let kept = text.get(done..edit.span.start).ok_or(Overlap { at: edit.span.start })?;
        out.push_str(kept);
        out.push_str(&edit.text);
        done = edit.span.end;
    }
    out.push_str(text.get(done..).ok_or(Overlap { at: done })?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Edit, Overlap, apply};
    use crate::text::Span;

    #[test]
    fn bytes_that_no_edit_covers_stay() {
        let text = "\u{feff}a: 1 \r\nb: 2\t\r\n";
        let at = text.find('2').unwrap();
        let edited = apply(text, &[Edit::replace(Span::new(at, at + 1), "3")]);
        assert_eq!(edited, Ok("\u{feff}a: 1 \r\nb: 3\t\r\n".to_owned()));
    }

    #[test]
    fn insertions_at_one_place_keep_their_order() {
        let edits = [Edit::insert(1, "x"), Edit::insert(1, "y"), Edit::insert(0, "w")];
        assert_eq!(apply("ab", &edits), Ok("waxyb".to_owned()));
    }

    #[test]
    fn edits_that_meet_are_refused() {
        let edits = [Edit::replace(Span::new(0, 2), ""), Edit::replace(Span::new(1, 3), "")];
        assert_eq!(apply("abc", &edits), Err(Overlap { at: 1 }));
    }

    #[test]
    fn an_edit_into_a_character_is_refused() {
        assert_eq!(apply("ä", &[Edit::insert(1, "x")]), Err(Overlap { at: 1 }));
    }

    #[test]
    fn the_edit_between_two_texts_makes_one_of_the_other() {
        for (old, new) in
            [("", "a"), ("a", ""), ("aa", "a"), ("grün", "grau"), ("a\r\nb", "a\nb"), ("ä", "ö")]
        {
            assert_eq!(apply(old, &[Edit::between(old, new)]).as_deref(), Ok(new));
        }
    }
}
