//! The words of a text as the search knows them: the script takes queries apart in the same way.
//!
//! Runs of letters and digits in lower case; texts without blanks between words (Chinese, Japanese) in
//! pairs of characters. A final `s` goes, on both sides; there is no other stemming: a query matches the
//! beginnings of words.

/// Gives `found` the words of `text` that a search can find, in their order.
pub(super) fn words(text: &str, mut found: impl FnMut(&str)) {
    let lower = text.to_lowercase();
    for (run, kinds) in runs(&lower) {
        if kinds & OTHER == 0 {
            if is_wanted(run, kinds & DIGIT != 0) {
                found(singular(run));
            }
        } else {
            for run in run.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
                if run.chars().any(is_joined) {
                    pairs(run, &mut found);
                } else if run.chars().nth(1).is_some() && is_wanted(run, true) {
                    found(if run.is_ascii() { singular(run) } else { run });
                }
            }
        }
    }
}

/// What a byte is: between words, or one or more of these.
#[expect(
    clippy::indexing_slicing,
    reason = "a byte is a place in it, and this runs at compile time"
)]
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
/// A part of a character beyond ASCII.
const OTHER: u8 = 4;

/// The runs of ASCII letters and digits, and of all characters beyond ASCII, which are to be taken apart
/// further; with the kinds of their bytes. Most of all text is ASCII, and looked at byte by byte.
fn runs(text: &str) -> impl Iterator<Item = (&str, u8)> {
    let kind = |byte: &u8| KINDS.get(usize::from(*byte)).copied().unwrap_or_default();
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.as_bytes().iter().position(|byte| kind(byte) != 0)?;
        let from = rest.get(start..).unwrap_or_default();
        let mut kinds = 0;
        let ends = |byte: &u8| {
            kinds |= kind(byte);
            kind(byte) == 0
        };
        let length = from.as_bytes().iter().position(ends).unwrap_or(from.len());
        let (run, behind) = from.split_at(length);
        rest = behind;
        Some((run, kinds))
    })
}

/// Gives `found` the pairs of characters of a text without blanks between its words.
fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let starts = run.char_indices().map(|(at, _)| at);
    let ends = run.char_indices().skip(1).map(|(at, c)| at + c.len_utf8());
    for (start, end) in starts.zip(ends) {
        found(run.get(start..end).unwrap_or_default());
    }
}

/// An ASCII word without the `s` of a plural: one entry less, and found by either form.
fn singular(word: &str) -> &str {
    match word.as_bytes() {
        [_, _, .., before, b's'] if *before != b's' => word.get(..word.len() - 1).unwrap_or(word),
        _ => word,
    }
}

/// Whether anybody looks for a run of characters: not for a single one, a word without meaning, a hash, a
/// long number.
fn is_wanted(run: &str, has_digits: bool) -> bool {
    let digits = || run.bytes().filter(u8::is_ascii_digit).count();
    let is_number = || digits() > 4 || digits() > 1 && run.len() > 12;
    (2..=24).contains(&run.len()) && !(has_digits && is_number()) && !is_everywhere(run)
}

/// English words that stand in every text and find nothing.
fn is_everywhere(word: &str) -> bool {
    // The longest of them has five letters.
    word.len() <= 5
        && matches!(
            word,
            "a" | "an"
                | "and"
                | "are"
                | "as"
                | "at"
                | "be"
                | "but"
                | "by"
                | "can"
                | "for"
                | "from"
                | "has"
                | "have"
                | "if"
                | "in"
                | "is"
                | "it"
                | "its"
                | "not"
                | "of"
                | "on"
                | "or"
                | "our"
                | "that"
                | "the"
                | "their"
                | "there"
                | "these"
                | "they"
                | "this"
                | "to"
                | "was"
                | "we"
                | "will"
                | "with"
        )
}

/// Whether a character belongs to a script without blanks between words.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        super::words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Use the C++ API-v2, Ärger; 数据库 classes class"),
            ["use", "api", "v2", "ärger", "数据", "据库", "classe", "class"]
        );
    }
}
