//! Edits of a text.

use super::with_line_feeds;
use crate::text::Span;

/// A replacement of a span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to remove; empty for an insertion.
    pub span: Span,
    /// The text to insert; empty for a deletion.
    pub text: String,
    /// Whether the line ends in `text` stay as they are, instead of being adapted to the file.
    pub is_exact: bool,
}

impl Edit {
    /// Replaces `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), is_exact: false }
    }

    /// Inserts `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    /// Keeps the line ends of the inserted text.
    #[must_use]
    pub fn exactly(self) -> Self {
        Self { is_exact: true, ..self }
    }

    /// The edit as it applies to the text of a [`Source`](super::Source): a carriage return alone becomes a line feed.
    pub(super) fn with_line_feeds(self) -> Self {
        let text = if self.is_exact { None } else { with_line_feeds(&self.text) };
        Self { text: text.unwrap_or(self.text), ..self }
    }

    /// The smallest single edit that turns `old` into `new`.
    pub fn between(old: &str, new: &str) -> Self {
        let char_pairs = old.char_indices().zip(new.chars());
        let last_equal = char_pairs.take_while(|((_, a), b)| a == b).last();
        let start = last_equal.map_or(0, |((offset, c), _)| offset + c.len_utf8());
        let (old_remaining, new_remaining) =
            (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
        let suffix_length: usize = old_remaining
            .chars()
            .rev()
            .zip(new_remaining.chars().rev())
            .take_while(|(old_char, new_char)| old_char == new_char)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let text = new_remaining.get(..new_remaining.len() - suffix_length).unwrap_or_default();
        Self::replace(Span::new(start, old.len() - suffix_length), text)
    }
}

/// The error of edits that overlap or do not fit the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two changes meet at byte {at}")]
pub struct Overlap {
    /// The start of the second of them, or the byte that the text does not reach.
    pub at: usize,
}

/// Applies `edits` to `text`.
///
/// Bytes that no edit covers are copied unchanged, line endings and trailing white space included.
/// The order of `edits` matters only for insertions at the same place.
///
/// # Errors
///
/// Returns [`Overlap`] if two edits cover the same byte, or one reaches beyond `text` or into a
/// character; nothing is half-applied.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Overlap> {
    let mut sorted_edits: Vec<&Edit> = edits.iter().collect();
    sorted_edits.sort_by_key(|edit| edit.span);

    let mut edited = String::with_capacity(text.len());
    let mut copied_up_to = 0;
    for edit in sorted_edits {
        let unchanged =
            text.get(copied_up_to..edit.span.start).ok_or(Overlap { at: edit.span.start })?;
        edited.push_str(unchanged);
        edited.push_str(&edit.text);
        copied_up_to = edit.span.end;
    }
    edited.push_str(text.get(copied_up_to..).ok_or(Overlap { at: copied_up_to })?);
    Ok(edited)
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
