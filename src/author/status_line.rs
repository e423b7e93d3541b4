//! The words that state a status, restated. Knows one line of text and not where it stands.

use super::case::{capital, like};
use super::lines::line_break;
use crate::format::{Words, effective_text};
use crate::model::Date;
use crate::syntax::blanked;
use crate::text::Span;

/// A status that is to be stated.
#[derive(Clone, Debug)]
pub(super) struct NewStatus<'n> {
    /// In lower case, or as the team writes it.
    pub word: &'n str,
    /// What goes before the names of successors, in the same case.
    pub by: &'n str,
    /// The names of the records that took its place, as they are to be written.
    pub successors: Vec<String>,
    /// The day of the change.
    pub date: Date,
}

impl NewStatus<'_> {
    /// The words for it, in the case of `old`.
    pub(super) fn phrase(&self, old: &str) -> String {
        let word = like(old, self.word);
        match self.successors.as_slice() {
            [] => word,
            names => format!("{} {}", like(old, self.by), names.join(", ")),
        }
    }
}

/// What becomes of what stands behind the old status.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// What is said of the old status goes, such as who decided so: of the new one it would be false.
    /// Whatever else the line says stays.
    Stays,
    /// It was about another line.
    Goes,
}

/// `line` with the new status in the place of the old one. `kept` is where the first thing in it
/// stands that has to stay: another relation. Emphasis and brackets around the status stay too; a day
/// becomes the new one.
pub(super) fn restated(
    line: &str,
    kept: Option<usize>,
    new: &NewStatus<'_>,
    words: &Words,
    about_old: Remark,
) -> String {
    let said = untagged(&effective_text(line, words));
    let named = words.statuses_in(&said).first().map(|(span, _)| *span);
    let phrase = named.unwrap_or_else(|| core(&said));
    let before = line.get(..phrase.start).unwrap_or_default();
    let rest = line.get(phrase.end..).unwrap_or_default();
    let stated = new.phrase(phrase.of(line));
    let pictured = before
        .rfind("![")
        .is_some_and(|at| before.get(at..).is_some_and(|open| !open.contains(']')));
    if before.ends_with('[') || pictured {
        // A link to what the status means, or a picture of it, cannot hold links of its own.
        let address = rest.strip_prefix("](").filter(|_| new.successors.is_empty());
        return match address {
            Some(address) => {
                let old = phrase.of(line);
                let address = address.replace(old, &stated);
                let address = address.replace(&old.to_lowercase(), new.word);
                format!("{before}{stated}]({address}")
            }
            None => stated,
        };
    }
    // A picture before the word is one of the old status.
    let bare = said.trim_start().len() == line.trim_start().len()
        && !before.contains(char::is_alphanumeric);
    let before: String = before.chars().filter(|c| c.is_ascii() || !bare).collect();
    let before = if before.trim().is_empty() { "" } else { &before };
    // The class of a tag around the word is often the word.
    let old = phrase.of(line).to_lowercase();
    let tag = |tag: &str| format!("\"{tag}\"");
    let before = before.replace(&tag(&old), &tag(new.word));
    let marks = rest.len() - rest.trim_start_matches(['*', '_', '`', '.', ')', ']', '"']).len();
    let (marks, remark) = rest.split_at(marks);
    let from = phrase.end + marks.len();
    let tail = match kept.and_then(|kept| kept.checked_sub(from)) {
        Some(_) => remark.to_owned(),
        None => redated(remark, new.date).unwrap_or_else(|| match about_old {
            Remark::Stays => beyond(remark, &before, marks),
            Remark::Goes => String::new(),
        }),
    };
    format!("{before}{stated}{marks}{tail}")
}

/// `line` without the words before the status that belong to it, where it is read as `own`, words of the
/// team: of *Conditionally accepted*, nothing is left when it is superseded.
pub(super) fn without_lead(line: &str, own: &str, words: &Words) -> Option<String> {
    let said = untagged(&effective_text(line, words));
    let (named, _) = *words.statuses_in(&said).first()?;
    let start = core(&said).start;
    let lead = said.get(start..named.start).filter(|lead| !lead.is_empty())?;
    let rest = line.get(named.start..)?;
    let rest = if lead.starts_with(char::is_uppercase) { capital(rest) } else { rest.to_owned() };
    let is_own = own.to_lowercase().starts_with(&lead.to_lowercase());
    is_own.then(|| format!("{}{rest}", line.get(..start).unwrap_or_default()))
}

/// What of `remark`, which stands behind a status, is not about it: another sentence, another cell or
/// statement, comments, and what closes the emphasis or the tag that was opened in `before`.
fn beyond(remark: &str, before: &str, marks: &str) -> String {
    let in_address = before
        .rfind("](")
        .is_some_and(|at| before.get(at..).is_some_and(|address| !address.contains(')')));
    // Behind a full stop another sentence begins.
    if in_address || marks.contains('.') && !remark.starts_with(" - ") {
        return remark.to_owned();
    }
    let end = ends_at(remark);
    let (about, rest) = remark.split_at(end);
    if !about.contains(char::is_alphanumeric) {
        let is_picture = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !"–—“”‘’«»".contains(c);
        let about = if about.contains(is_picture) {
            about.trim_end_matches(|c: char| c == ' ' || is_picture(c)).to_owned()
                + line_break(about)
        } else {
            about.to_owned()
        };
        return about + rest;
    }
    let closers: String = before
        .chars()
        .rev()
        .take_while(|c| "*_`~([\"".contains(*c))
        .map(|c| match c {
            '(' => ')',
            '[' => ']',
            c => c,
        })
        .collect();
    let bare = about.strip_suffix(line_break(about)).unwrap_or(about);
    let is_open = !closers.is_empty() && !marks.starts_with(&closers);
    let closed = if is_open && bare.ends_with(&closers) { closers.as_str() } else { "" };
    format!("{closed}{}{rest}", line_break(about))
}

/// Where that which is said about a status ends.
fn ends_at(remark: &str) -> usize {
    let sentence = remark.match_indices(". ").find(|(at, _)| {
        let next = remark.get(at + 2..).and_then(|rest| rest.trim_start().chars().next());
        next.is_some_and(|c| c.is_uppercase() || c == '[')
    });
    let marks = ["\n", "|", "<!--", "</", "<br", " · ", " • "];
    let marks = marks.into_iter().filter_map(|mark| remark.find(mark));
    let at = marks.chain(sentence.map(|(at, _)| at)).min().unwrap_or(remark.len());
    let about = remark.get(..at).unwrap_or_default();
    // The blank before a mark is a part of it.
    if at == remark.len() { at } else { about.trim_end().len() }
}

/// `line` with blanks in the place of the tags of HTML.
fn untagged(line: &str) -> String {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = line.get(at..).and_then(|rest| rest.find('<')).map(|open| at + open) {
        let rest = line.get(open + 1..).unwrap_or_default();
        let is_tag = rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        let end = rest.find('>').filter(|_| is_tag).map(|end| open + end + 2);
        tags.extend(end.map(|end| Span::new(open, end)));
        at = end.unwrap_or(open + 1);
    }
    blanked(line, &tags)
}

/// The words of a line without what surrounds them.
fn core(line: &str) -> Span {
    let start = line.find(char::is_alphanumeric).unwrap_or(0);
    let end = line.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
    Span::new(start, end.map_or(line.len(), |(at, c)| at + c.len_utf8()))
}

/// A remark that is no more than the day of the status, with the new day.
fn redated(remark: &str, date: Date) -> Option<String> {
    let days =
        remark.char_indices().filter_map(|(at, _)| remark.get(at..at + 10).map(|day| (at, day)));
    let (at, _) = days.into_iter().find(|(_, day)| Date::parse_iso(day).is_some())?;
    let (before, after) = (remark.get(..at)?, remark.get(at + 10..)?);
    let short =
        |text: &str, most: usize| text.split_whitespace().count() <= most && text.len() <= 12;
    (short(before, 2) && short(after, 1)).then(|| format!("{before}{date}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{NewStatus, Remark, restated};
    use crate::format::Words;
    use crate::model::Date;

    #[track_caller]
    fn check(line: &str, word: &str, successors: &[&str], expected: &str) {
        let successors = successors.iter().map(|name| (*name).to_owned()).collect();
        let date = Date::day(2026, 3, 1).unwrap();
        let by = format!("{word} by");
        let new = NewStatus { word, by: &by, successors, date };
        let words = Words::new(std::iter::empty());
        assert_eq!(restated(line, None, &new, &words, Remark::Stays), expected);
    }

    #[test]
    fn case_and_emphasis_stay() {
        check("Proposed", "accepted", &[], "Accepted");
        check("proposed", "accepted", &[], "accepted");
        check("**PROPOSED**", "accepted", &[], "**ACCEPTED**");
        check("`Proposed`.", "accepted", &[], "`Accepted`.");
    }

    #[test]
    fn what_is_struck_out_stays_so() {
        check("~~Proposed~~ Accepted", "deprecated", &[], "~~Proposed~~ Deprecated");
        check("~~Draft~~ **Accepted**", "superseded", &["X"], "~~Draft~~ **Superseded by X**");
    }

    #[test]
    fn successors_are_named() {
        check("Accepted", "superseded", &["[2. X](x.md)"], "Superseded by [2. X](x.md)");
        check("*Accepted*", "superseded", &["A", "B"], "*Superseded by A, B*");
    }

    #[test]
    fn a_picture_of_the_old_status_goes() {
        check("✅ Accepted", "deprecated", &[], "Deprecated");
        check("Accepted ✅", "deprecated", &[], "Deprecated");
        check("**Accepted** ✅  ", "deprecated", &[], "**Deprecated**  ");
        check("[PROPOSED](/a.md#proposed)", "accepted", &[], "[ACCEPTED](/a.md#accepted)");
        check("![Accepted](b/accepted.svg)", "superseded", &["X"], "Superseded by X");
    }

    #[test]
    fn a_badge_and_a_tag_say_the_new_status_too() {
        let badge = |word| format!("![Status](https://b.example/badge/status-{word}-green)");
        check(&badge("Accepted"), "deprecated", &[], &badge("Deprecated"));
        check("![Status: done](done.svg)", "active", &[], "![Status: active](active.svg)");
        let tagged = |class, word| format!("<span class=\"{class}\">{word}</span>");
        check(&tagged("proposed", "Proposed"), "accepted", &[], &tagged("accepted", "Accepted"));
    }

    #[test]
    fn a_day_becomes_the_new_day() {
        check("Accepted (2024-05-06)", "deprecated", &[], "Deprecated (2026-03-01)");
        check("Accepted on 2024-05-06", "rejected", &[], "Rejected on 2026-03-01");
    }

    #[test]
    fn what_was_said_of_the_old_status_goes() {
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
    fn what_else_the_line_says_stays() {
        check("Accepted. See the wiki.", "deprecated", &[], "Deprecated. See the wiki.");
        check("Accepted by all. See it", "deprecated", &[], "Deprecated. See it");
        check("Accepted by all | Ann", "deprecated", &[], "Deprecated | Ann");
        check("Accepted by all <!-- or -->", "deprecated", &[], "Deprecated <!-- or -->");
        check("<b>Accepted by all</b>", "deprecated", &[], "<b>Deprecated</b>");
    }

    #[test]
    fn the_reason_of_the_old_status_goes() {
        check("**Rejected** - It costs more", "proposed", &[], "**Proposed**");
        check("Accepted - 2024-05-06", "deprecated", &[], "Deprecated - 2026-03-01");
    }

    #[test]
    fn words_of_the_team_are_replaced_too() {
        check("Parked", "accepted", &[], "Accepted");
        check("- Needs work -", "accepted", &[], "- Accepted -");
    }
}
