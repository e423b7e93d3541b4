//! The lines of a text that people wrote as text: without code and comments. Knows no record.

use crate::text::Span;

/// The lines from the byte `start` on, without their ends, that lie in no code block with fences
/// and in no HTML comment.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    let mut fence: Option<char> = None;
    let mut comment = false;
    Span::new(start, text.len()).lines(text).filter_map(move |line| {
        let whole = line.of(text);
        let span = Span::new(line.start, line.start + whole.trim_end_matches(['\n', '\r']).len());
        let bare = whole.trim_start();
        let mark = bare.chars().next().filter(|first| {
            matches!(first, '`' | '~') && (bare.starts_with("```") || bare.starts_with("~~~"))
        });
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                return None;
            }
            (None, Some(mark)) if !comment => {
                fence = Some(mark);
                return None;
            }
            (Some(_), _) => return None,
            _ => {}
        }
        if comment || bare.starts_with("<!--") {
            comment = !bare.contains("-->");
            return None;
        }
        Some(span)
    })
}

/// Whether the text begins with `words`, which are ASCII, in whatever case.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    // Most differ in the first letter.
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let begins = || text.get(..words.len());
    first(text) == first(words) && begins().is_some_and(|begins| begins.eq_ignore_ascii_case(words))
}

/// Where a comment begins in the line: not in a span of code, and not behind a backslash.
fn opening(line: &str) -> Option<usize> {
    let mut in_code = false;
    let mut counted = 0;
    line.match_indices("<!--").map(|(at, _)| at).find(|at| {
        let between = line.get(counted..*at).unwrap_or_default();
        in_code ^= between.matches('`').count() % 2 == 1;
        counted = *at;
        !in_code && !between.ends_with('\\')
    })
}

/// The HTML comments from the byte `start` on that lie in no code block with fences.
pub(super) fn comments(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    let mut fence: Option<char> = None;
    let mut at = start;
    // Where the line ends that was looked at last: it may hold any number of comments.
    let mut line_end = start;
    std::iter::from_fn(move || {
        while at < text.len() {
            if at >= line_end {
                let rest = text.get(at..)?;
                let line = rest.split_inclusive('\n').next().unwrap_or_default();
                line_end = at + line.len();
                let is_new = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
                let bare = line.trim_start();
                let fenced = is_new && (bare.starts_with("```") || bare.starts_with("~~~"));
                let mark = bare.chars().next().filter(|_| fenced);
                if let Some(mark) = mark.filter(|mark| fence.is_none_or(|open| open == *mark)) {
                    fence = if fence.is_some() { None } else { Some(mark) };
                }
                if fence.is_some() || fenced {
                    at = line_end;
                    continue;
                }
            }
            let Some(opened) = text.get(at..line_end).and_then(opening) else {
                at = line_end;
                continue;
            };
            let begins = at + opened;
            let length = text.get(begins..).and_then(|rest| rest.find("-->")).map(|end| end + 3);
            at = length.map_or(text.len(), |length| begins + length);
            if length.is_some() {
                return Some(Span::new(begins, at));
            }
        }
        None
    })
}

/// The line, its end, and one blank line behind it.
pub(super) fn with_blank_line(text: &str, line: Span) -> Span {
    let rest = text.get(line.end..).unwrap_or_default();
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let blank = rest.get(end..).and_then(|rest| rest.find('\n').map(|at| rest.split_at(at).0));
    let extra = blank.filter(|blank| blank.trim().is_empty()).map_or(0, |blank| blank.len() + 1);
    Span::new(line.start, line.end + end + extra)
}

#[cfg(test)]
mod tests {
    use super::{comments, lines};

    #[test]
    fn code_and_comments_are_left_out() {
        let text = "a\n```\nb\n~~~\n```\nc\r\n<!-- d\ne -->\nf <!-- g -->\n";
        let kept: Vec<&str> = lines(text, 0).map(|span| span.of(text)).collect();
        assert_eq!(kept, ["a", "c", "f <!-- g -->"]);
    }

    #[test]
    fn comments_outside_of_code_are_found() {
        let text = "a <!-- b --> <!-- c\nd --> e\n```\n<!-- f -->\n```\n<!-- g -->\n`<!-- h -->` \\<!-- i -->\n<!-- j\n";
        let found: Vec<&str> = comments(text, 0).map(|span| span.of(text)).collect();
        assert_eq!(found, ["<!-- b -->", "<!-- c\nd -->", "<!-- g -->"]);
    }
}
