//! Words that an edit would remove although that was not requested: text that a person wrote next to a value stays,
//! or the change is refused.

use std::collections::BTreeSet;

use crate::model::Record;
use crate::text::{Cover, Edit, Span};
use crate::{Refusal, Result};

/// What may be removed: the bytes of what is replaced, and its words wherever they occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Removable {
    pub spans: Vec<Span>,
    pub words: BTreeSet<String>,
}

impl Removable {
    /// Adds the words of a value, such as a status that also occurs in the address of its badge.
    pub(super) fn add_words(&mut self, value: &str) {
        self.words.extend(words(value, 0).map(|(_, word)| word.to_lowercase()));
    }

    /// Checks that `edits` remove nothing else.
    ///
    /// # Errors
    ///
    /// [`Refusal::Drops`] with the first words that would be removed.
    pub(super) fn check(&self, record: &Record, edits: &[Edit]) -> Result<()> {
        let text = record.text();
        let replaced_spans = Cover::new(self.spans.iter().copied());
        for edit in edits {
            let mut new_words: Vec<String> =
                words(&edit.text, 0).map(|(_, word)| word.to_lowercase()).collect();
            let mut lost_span: Option<Span> = None;
            for (span, word) in words(edit.span.of(text), edit.span.start) {
                let word = word.to_lowercase();
                if let Some(index) = new_words.iter().position(|new_word| *new_word == word) {
                    new_words.swap_remove(index);
                } else if !self.words.contains(&word) && !replaced_spans.overlaps(span) {
                    lost_span = Some(lost_span.map_or(span, |lost| lost.to(span)));
                }
            }
            if let Some(lost_span) = lost_span {
                let path = record.source.path().to_owned();
                let line = record.source.line_column(lost_span.start).line;
                let words = lost_span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
                return Err(Refusal::Drops { path, line, words }.into());
            }
        }
        Ok(())
    }
}

/// Each run of letters and digits, with its place in a text that has `offset` bytes before it.
fn words(text: &str, offset: usize) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(move |word| {
        let span = Span::new(start, start + word.len());
        let separator = text.get(span.end..).and_then(|after| after.chars().next());
        start = span.end + separator.map_or(0, char::len_utf8);
        (span.shift(offset), word)
    });
    parts.filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Removable;
    use crate::author::testing::record;
    use crate::text::{Edit, Span};

    #[track_caller]
    fn check(removable: &Removable, new: &str, expected: Option<&str>) {
        let record = record("0001-a.md", "# A\n\nStatus: accepted by Ann on Monday\n");
        let at = record.text().find("accepted").unwrap();
        let edit = Edit::replace(Span::new(at, record.text().trim_end().len()), new);
        let result = removable.check(&record, &[edit]);
        let expected =
            expected.map(|words| format!("the change would remove `{words}` from `0001-a.md:3`"));
        assert_eq!(result.err().map(|error| error.to_string()), expected, "{new}");
    }

    #[test]
    fn only_replaced_words_may_be_removed() {
        let mut removable = Removable::default();
        check(&removable, "rejected by Ann on Monday", Some("accepted"));
        removable.add_words("Accepted");
        check(&removable, "rejected by Ann on Monday", None);
        check(&removable, "rejected on monday, by ann", None);
        check(&removable, "rejected by Ann", Some("on Monday"));
        check(&removable, "rejected on", Some("by Ann on Monday"));
        let at = "# A\n\nStatus: accepted ".len();
        removable.spans.push(Span::new(at, at + 6));
        check(&removable, "rejected on Monday", None);
    }
}
