//! Words that an edit would remove although nobody asked for it: what a person wrote beside a value
//! stays, or the change is refused.

use std::collections::BTreeSet;

use crate::model::Record;
use crate::text::{Cover, Edit, Span};
use crate::{Refusal, Result};

/// What may be removed: the bytes of what is replaced, and its words wherever they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replaced {
    pub spans: Vec<Span>,
    pub words: BTreeSet<String>,
}

impl Replaced {
    /// With the words of a value, such as those of a status that are in the address of its badge, too.
    pub(crate) fn add_words(&mut self, value: &str) {
        self.words.extend(words(value, 0).map(|(_, word)| word.to_lowercase()));
    }

    /// Whether `edits` keep everything else.
    ///
    /// # Errors
    ///
    /// [`Refusal::Drops`] with the first words that would get lost.
    pub(crate) fn is_all_that_goes(&self, record: &Record, edits: &[Edit]) -> Result<()> {
        let text = record.text();
        let replaced = Cover::new(self.spans.iter().copied());
        for edit in edits {
            let mut new: Vec<String> =
                words(&edit.text, 0).map(|(_, word)| word.to_lowercase()).collect();
            let mut lost: Option<Span> = None;
            for (span, word) in words(edit.span.of(text), edit.span.start) {
                let word = word.to_lowercase();
                if let Some(at) = new.iter().position(|one| *one == word) {
                    new.swap_remove(at);
                } else if !self.words.contains(&word) && !replaced.overlaps(span) {
                    lost = Some(lost.map_or(span, |lost| lost.to(span)));
                }
            }
            if let Some(lost) = lost {
                let path = record.source.path().to_owned();
                let line = record.source.line_column(lost.start).line;
                let words = lost.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
                return Err(Refusal::Drops { path, line, words }.into());
            }
        }
        Ok(())
    }
}

/// The letters and digits in a row, with their places in a text that has `offset` bytes before it.
fn words(text: &str, offset: usize) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(move |word| {
        let span = Span::new(start, start + word.len());
        let behind = text.get(span.end..).and_then(|rest| rest.chars().next());
        start = span.end + behind.map_or(0, char::len_utf8);
        (span.shift(offset), word)
    });
    parts.filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Replaced;
    use crate::author::testing::record;
    use crate::text::{Edit, Span};

    #[track_caller]
    fn check(replaced: &Replaced, new: &str, expected: Option<&str>) {
        let record = record("0001-a.md", "# A\n\nStatus: accepted by Ann on Monday\n");
        let at = record.text().find("accepted").unwrap();
        let edit = Edit::replace(Span::new(at, record.text().trim_end().len()), new);
        let result = replaced.is_all_that_goes(&record, &[edit]);
        let expected =
            expected.map(|words| format!("the change would remove `{words}` from `0001-a.md:3`"));
        assert_eq!(result.err().map(|error| error.to_string()), expected, "{new}");
    }

    #[test]
    fn only_what_is_replaced_may_go() {
        let mut replaced = Replaced::default();
        check(&replaced, "rejected by Ann on Monday", Some("accepted"));
        replaced.add_words("Accepted");
        check(&replaced, "rejected by Ann on Monday", None);
        check(&replaced, "rejected on monday, by ann", None);
        check(&replaced, "rejected by Ann", Some("on Monday"));
        check(&replaced, "rejected on", Some("by Ann on Monday"));
        let at = "# A\n\nStatus: accepted ".len();
        replaced.spans.push(Span::new(at, at + 6));
        check(&replaced, "rejected on Monday", None);
    }
}
