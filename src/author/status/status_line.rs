//! Restates the words that state a status. Works on one line of text, wherever the line is.

use crate::author::edits::{capitalized, hard_break, in_case_of};
use crate::format::{Words, effective_text};
use crate::model::Date;
use crate::syntax::blanked;
use crate::text::Span;

/// A status that is to be written.
#[derive(Clone, Debug)]
pub(super) struct NewStatus<'n> {
    /// In lower case, or as the team writes it.
    pub word: &'n str,
    /// The words before the names of successors, in the same case.
    pub by_phrase: &'n str,
    /// The names or links of its successors, as they are written.
    pub successors: Vec<String>,
    /// The date of the change.
    pub date: Date,
}

impl NewStatus<'_> {
    /// The words for the status, in the case of `old_word`.
    pub(super) fn phrase(&self, old_word: &str) -> String {
        let word = in_case_of(old_word, self.word);
        match self.successors.as_slice() {
            [] => word,
            names => format!("{} {}", in_case_of(old_word, self.by_phrase), names.join(", ")),
        }
    }
}

/// What happens to the text after the old status.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextAfterStatus {
    /// Remarks about the old status are removed, such as who decided, as they would be wrong about the new one. Other
    /// text stays.
    RemoveRemarks,
    /// All of it is removed, as the line is a copy of another one.
    Remove,
}

/// `line` with the new status instead of the old one. All text from `kept_from` on stays: another relation begins
/// there. Emphasis and brackets around the status stay too, and a date becomes the new date.
pub(super) fn restated(
    line: &str,
    kept_from: Option<usize>,
    new: &NewStatus<'_>,
    words: &Words,
    text_after_status: TextAfterStatus,
) -> String {
    let visible_line = without_tags(&effective_text(line, words));
    let status_span = words.statuses_in(&visible_line).first().map(|(span, _)| *span);
    let status_span = status_span.unwrap_or_else(|| trimmed_span(&visible_line));
    let prefix = line.get(..status_span.start).unwrap_or_default();
    let text_after = line.get(status_span.end..).unwrap_or_default();
    let old_phrase = status_span.of(line);
    let new_phrase = new.phrase(old_phrase);
    let is_in_image = prefix
        .rfind("![")
        .is_some_and(|start| prefix.get(start..).is_some_and(|image| !image.contains(']')));
    if prefix.ends_with('[') || is_in_image {
        // A link on the status, or an image of it, cannot contain links to successors.
        let address = text_after.strip_prefix("](").filter(|_| new.successors.is_empty());
        return match address {
            Some(address) => {
                let address = address.replace(old_phrase, &new_phrase);
                let address = address.replace(&old_phrase.to_lowercase(), new.word);
                format!("{prefix}{new_phrase}]({address}")
            }
            None => new_phrase,
        };
    }
    let starts_with_status = visible_line.trim_start().len() == line.trim_start().len()
        && !prefix.contains(char::is_alphanumeric);
    // An emoji before the word belongs to the old status.
    let prefix: String = prefix.chars().filter(|c| c.is_ascii() || !starts_with_status).collect();
    let prefix = if prefix.trim().is_empty() { "" } else { &prefix };
    // The class of a tag around the word is often the word.
    let quoted = |word: &str| format!("\"{word}\"");
    let prefix = prefix.replace(&quoted(&old_phrase.to_lowercase()), &quoted(new.word));
    let marks =
        text_after.len() - text_after.trim_start_matches(['*', '_', '`', '.', ')', ']', '"']).len();
    let (marks, remark) = text_after.split_at(marks);
    let remark_start = status_span.end + marks.len();
    let suffix = match kept_from {
        Some(kept_from) if kept_from >= remark_start => remark.to_owned(),
        _ => redated(remark, new.date).unwrap_or_else(|| match text_after_status {
            TextAfterStatus::RemoveRemarks => without_remark(remark, &prefix, marks),
            TextAfterStatus::Remove => String::new(),
        }),
    };
    format!("{prefix}{new_phrase}{marks}{suffix}")
}

/// `line` without the words before the status that belong to `team_status`, a status of the team: *Conditionally
/// accepted* is replaced as a whole when it is superseded.
pub(super) fn without_qualifier(line: &str, team_status: &str, words: &Words) -> Option<String> {
    let visible_line = without_tags(&effective_text(line, words));
    let (status_span, _) = *words.statuses_in(&visible_line).first()?;
    let start = trimmed_span(&visible_line).start;
    let qualifier = visible_line.get(start..status_span.start).filter(|words| !words.is_empty())?;
    let from_status = line.get(status_span.start..)?;
    let from_status = if qualifier.starts_with(char::is_uppercase) {
        capitalized(from_status)
    } else {
        from_status.to_owned()
    };
    let belongs_to_status = team_status.to_lowercase().starts_with(&qualifier.to_lowercase());
    belongs_to_status.then(|| format!("{}{from_status}", line.get(..start).unwrap_or_default()))
}

/// The part of `remark`, the text after a status, that is not about the status: another sentence, another cell or
/// statement, comments, and the end of the emphasis or the tag that was opened in `prefix`.
fn without_remark(remark: &str, prefix: &str, marks: &str) -> String {
    let is_in_address = prefix
        .rfind("](")
        .is_some_and(|start| prefix.get(start..).is_some_and(|address| !address.contains(')')));
    // After a full stop, another sentence begins.
    if is_in_address || marks.contains('.') && !remark.starts_with(" - ") {
        return remark.to_owned();
    }
    let (about_status, other_text) = remark.split_at(remark_end(remark));
    let line_break = hard_break(about_status);
    if !about_status.contains(char::is_alphanumeric) {
        let is_emoji = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !"–—“”‘’«»".contains(c);
        if about_status.contains(is_emoji) {
            let without_emoji = about_status.trim_end_matches(|c: char| c == ' ' || is_emoji(c));
            return format!("{without_emoji}{line_break}{other_text}");
        }
        return remark.to_owned();
    }
    let closing_marks: String = prefix
        .chars()
        .rev()
        .take_while(|c| "*_`~([\"".contains(*c))
        .map(|c| match c {
            '(' => ')',
            '[' => ']',
            c => c,
        })
        .collect();
    let without_break = about_status.strip_suffix(line_break).unwrap_or(about_status);
    let is_open = !closing_marks.is_empty() && !marks.starts_with(&closing_marks);
    let closing = if is_open && without_break.ends_with(&closing_marks) {
        closing_marks.as_str()
    } else {
        ""
    };
    format!("{closing}{line_break}{other_text}")
}

/// The end of a remark about a status: before the next sentence, cell, comment, tag or statement.
fn remark_end(remark: &str) -> usize {
    let sentence = remark.match_indices(". ").find(|(offset, _)| {
        let next = remark.get(offset + 2..).and_then(|after| after.trim_start().chars().next());
        next.is_some_and(|c| c.is_uppercase() || c == '[')
    });
    let separators = ["\n", "|", "<!--", "</", "<br", " · ", " • "];
    let offsets = separators.into_iter().filter_map(|separator| remark.find(separator));
    let end = offsets.chain(sentence.map(|(offset, _)| offset)).min().unwrap_or(remark.len());
    // Spaces before a separator belong to it.
    let up_to_end = remark.get(..end).unwrap_or_default();
    if end == remark.len() { end } else { up_to_end.trim_end().len() }
}

/// `line` with spaces instead of HTML tags.
fn without_tags(line: &str) -> String {
    let mut tags = Vec::new();
    let mut offset = 0;
    while let Some(bracket) = line.get(offset..).and_then(|after| after.find('<')) {
        let tag_start = offset + bracket;
        let after_bracket = line.get(tag_start + 1..).unwrap_or_default();
        let is_tag =
            after_bracket.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        let tag_end = after_bracket.find('>').filter(|_| is_tag).map(|end| tag_start + end + 2);
        tags.extend(tag_end.map(|tag_end| Span::new(tag_start, tag_end)));
        offset = tag_end.unwrap_or(tag_start + 1);
    }
    blanked(line, &tags)
}

/// The span from the first to the last letter or digit.
fn trimmed_span(line: &str) -> Span {
    let start = line.find(char::is_alphanumeric).unwrap_or(0);
    let last = line.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
    Span::new(start, last.map_or(line.len(), |(offset, c)| offset + c.len_utf8()))
}

/// A remark that only consists of a date and at most two words before and one after it, with the new date.
fn redated(remark: &str, date: Date) -> Option<String> {
    let mut windows = remark
        .char_indices()
        .filter_map(|(offset, _)| remark.get(offset..offset + 10).map(|window| (offset, window)));
    let (offset, _) = windows.find(|(_, window)| Date::parse_iso(window).is_some())?;
    let (text_before, text_after) = (remark.get(..offset)?, remark.get(offset + 10..)?);
    let is_short = |text: &str, max_words: usize| {
        text.split_whitespace().count() <= max_words && text.len() <= 12
    };
    let is_date_only = is_short(text_before, 2) && is_short(text_after, 1);
    is_date_only.then(|| format!("{text_before}{date}{text_after}"))
}

#[cfg(test)]
mod tests {
    use super::{NewStatus, TextAfterStatus, restated};
    use crate::format::Words;
    use crate::model::Date;

    #[track_caller]
    fn check(line: &str, word: &str, successors: &[&str], expected: &str) {
        let successors = successors.iter().map(|name| (*name).to_owned()).collect();
        let date = Date::day(2026, 3, 1).unwrap();
        let by = format!("{word} by");
        let new = NewStatus { word, by_phrase: &by, successors, date };
        let words = Words::new(std::iter::empty());
        assert_eq!(restated(line, None, &new, &words, TextAfterStatus::RemoveRemarks), expected);
    }

    #[test]
    fn case_and_emphasis_stay() {
        check("Proposed", "accepted", &[], "Accepted");
        check("proposed", "accepted", &[], "accepted");
        check("**PROPOSED**", "accepted", &[], "**ACCEPTED**");
        check("`Proposed`.", "accepted", &[], "`Accepted`.");
    }

    #[test]
    fn struck_out_text_stays() {
        check("~~Proposed~~ Accepted", "deprecated", &[], "~~Proposed~~ Deprecated");
        check("~~Draft~~ **Accepted**", "superseded", &["X"], "~~Draft~~ **Superseded by X**");
    }

    #[test]
    fn successors_are_named() {
        check("Accepted", "superseded", &["[2. X](x.md)"], "Superseded by [2. X](x.md)");
        check("*Accepted*", "superseded", &["A", "B"], "*Superseded by A, B*");
    }

    #[test]
    fn an_image_of_the_old_status_is_removed() {
        check("✅ Accepted", "deprecated", &[], "Deprecated");
        check("Accepted ✅", "deprecated", &[], "Deprecated");
        check("**Accepted** ✅  ", "deprecated", &[], "**Deprecated**  ");
        check("[PROPOSED](/a.md#proposed)", "accepted", &[], "[ACCEPTED](/a.md#accepted)");
        check("![Accepted](b/accepted.svg)", "superseded", &["X"], "Superseded by X");
    }

    #[test]
    fn badges_and_tags_are_updated() {
        let badge = |word| format!("![Status](https://b.example/badge/status-{word}-green)");
        check(&badge("Accepted"), "deprecated", &[], &badge("Deprecated"));
        check("![Status: done](done.svg)", "active", &[], "![Status: active](active.svg)");
        let tagged = |class, word| format!("<span class=\"{class}\">{word}</span>");
        check(&tagged("proposed", "Proposed"), "accepted", &[], &tagged("accepted", "Accepted"));
    }

    #[test]
    fn a_date_becomes_the_new_date() {
        check("Accepted (2024-05-06)", "deprecated", &[], "Deprecated (2026-03-01)");
        check("Accepted on 2024-05-06", "rejected", &[], "Rejected on 2026-03-01");
    }

    #[test]
    fn remarks_about_the_old_status_are_removed() {
        check("Accepted by the board on 2024-01-01", "superseded", &["X"], "Superseded by X");
        check("Superseded by 99", "superseded", &["X"], "Superseded by X");
        check("Superseded by ADR-0099", "rejected", &[], "Rejected");
        check("Proposed, says [Ann](a.md)", "accepted", &[], "Accepted");
        check("**Accepted by the board**", "deprecated", &[], "**Deprecated**");
        check("**Accepted** by **the board**", "deprecated", &[], "**Deprecated**");
        check("(Accepted by the board)", "deprecated", &[], "(Deprecated)");
        check("Accepted by the board  ", "deprecated", &[], "Deprecated  ");
    }

    #[test]
    fn other_text_on_the_line_stays() {
        check("Accepted. See the wiki.", "deprecated", &[], "Deprecated. See the wiki.");
        check("Accepted by all. See it", "deprecated", &[], "Deprecated. See it");
        check("Accepted by all | Ann", "deprecated", &[], "Deprecated | Ann");
        check("Accepted by all <!-- or -->", "deprecated", &[], "Deprecated <!-- or -->");
        check("<b>Accepted by all</b>", "deprecated", &[], "<b>Deprecated</b>");
    }

    #[test]
    fn the_reason_for_the_old_status_is_removed() {
        check("**Rejected** - It costs more", "proposed", &[], "**Proposed**");
        check("Accepted - 2024-05-06", "deprecated", &[], "Deprecated - 2026-03-01");
    }

    #[test]
    fn words_of_the_team_are_replaced() {
        check("Parked", "accepted", &[], "Accepted");
        check("- Needs work -", "accepted", &[], "- Accepted -");
    }
}
