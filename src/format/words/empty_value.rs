//! Whether a value names no record: *none*, *not yet*, *n/a (still in force)*.

use super::dictionary::Words;
use super::phrase::tokens;
use super::word_class::WordClass;

/// Whether `value`, which has no markup, names no record, regardless of any remark after it. Does not
/// apply to a value that begins with a link, because the first words are then a title.
pub(crate) fn names_nothing(value: &str, words: &Words) -> bool {
    let value = value.trim();
    if words.is_nothing(value) {
        return true;
    }
    let remark_start =
        [" (", " — ", " – ", " - "].into_iter().filter_map(|mark| value.find(mark)).min();
    let text_before_remark = remark_start.and_then(|offset| value.get(..offset));
    text_before_remark.is_some_and(|text| !text.is_empty() && words.is_nothing(text))
        || begins_with_nothing(value, words)
}

/// Whether a value begins with words such as *none*. In `none-of-these.md` they are a name.
fn begins_with_nothing(value: &str, words: &Words) -> bool {
    let value = value.trim_start_matches(['(', '"', '[']);
    let mut first_tokens = tokens(value).take(4);
    let Some(first) = first_tokens.next().filter(|first| first.start == 0) else { return false };
    // The end of the phrase up to `end`, and whether it means nothing; a *but* at the end of a longer
    // phrase cancels the shorter one.
    let nothing_up_to = |end: usize| {
        let phrase = value.get(..end).unwrap_or_default();
        let classes = words.meaning(phrase).map(|meaning| meaning.classes)?;
        let is_nothing = classes.contains_any(&[WordClass::Nothing, WordClass::Denial]);
        (is_nothing || classes.contains(WordClass::But)).then_some((end, is_nothing))
    };
    let longest_phrase = first_tokens.filter_map(|next| nothing_up_to(next.end)).last();
    let Some((end, true)) = longest_phrase.or_else(|| nothing_up_to(first.end)) else {
        return false;
    };
    let text_after = value.get(end..).unwrap_or_default();
    !text_after.starts_with(['-', '_', '/', '.'])
        || text_after.trim_start_matches('.').is_empty()
        || text_after.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::names_nothing;
    use crate::format::Words;

    #[test]
    fn there_are_many_ways_to_name_no_record() {
        let words = Words::new(std::iter::empty());
        for value in [
            "none",
            "None (ADR-0001 stays)",
            "nothing yet, see ADR-0001",
            "N/A",
            "-",
            "– (so far)",
            "not ADR-1",
            "keine, ADR-1 bleibt",
            "aucun pour l'instant",
            "no record. ADR-1 stays.",
        ] {
            assert!(names_nothing(value, &words), "{value}");
        }
        for value in
            ["ADR-1 (none of the others)", "none-of-these.md", "no longer needed, see 3", "0001"]
        {
            assert!(!names_nothing(value, &words), "{value}");
        }
    }
}
