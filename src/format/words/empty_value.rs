//! Whether a value names no record: *none*, *not yet*, *n/a (still in force)*.

use super::dictionary::Words;
use super::phrase::tokens;
use super::word_class::WordClass;

/// Whether the value, without markup, names no record, whatever remark follows. A value that begins with
/// a link is another matter: its first words are a title.
pub(crate) fn names_nothing(value: &str, words: &Words) -> bool {
    let value = value.trim();
    if words.is_nothing(value) {
        return true;
    }
    let remark = [" (", " — ", " – ", " - "].into_iter().filter_map(|mark| value.find(mark)).min();
    let before = remark.and_then(|at| value.get(..at)).filter(|before| !before.is_empty());
    before.is_some_and(|before| words.is_nothing(before)) || begins_with_nothing(value, words)
}

/// Whether the first words of a value say that there is none. In `none-of-these.md` they are a name.
fn begins_with_nothing(value: &str, words: &Words) -> bool {
    let value = value.trim_start_matches(['(', '"', '[']);
    let mut all = tokens(value).take(4);
    let Some(first) = all.next().filter(|first| first.start == 0) else { return false };
    let says = |end: usize| {
        let phrase = value.get(..end).unwrap_or_default();
        let known = words.known(phrase).map(|known| known.says)?;
        let none = known.contains(WordClass::Nothing) || known.contains(WordClass::Denial);
        (none || known.contains(WordClass::But)).then_some((end, none))
    };
    let longest = all.filter_map(|next| says(next.end)).last().or_else(|| says(first.end));
    let Some((end, true)) = longest else { return false };
    let behind = value.get(end..).unwrap_or_default();
    !behind.starts_with(['-', '_', '/', '.'])
        || behind.trim_start_matches('.').is_empty()
        || behind.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::names_nothing;
    use crate::format::Words;

    #[test]
    fn no_record_may_be_named_in_many_ways() {
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
