//! The lines of a text that people wrote as text: without code and comments. Knows no record.

use crate::text::Span;

/// The lines from the byte `start` on, without their ends, that lie in no code block with fences
/// and in no HTML comment.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    let mut at = start;
    let mut fence: Option<char> = None;
    let mut comment = false;
    let all = text.get(start..).unwrap_or_default().split_inclusive('\n');
    all.filter_map(move |line| {
        let span = Span::new(at, at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
        let bare = line.trim_start();
        let mark =
            bare.chars().next().filter(|_| bare.starts_with("```") || bare.starts_with("~~~"));
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

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn code_and_comments_are_left_out() {
        let text = "a\n```\nb\n~~~\n```\nc\r\n<!-- d\ne -->\nf <!-- g -->\n";
        let kept: Vec<&str> = lines(text, 0).map(|span| span.of(text)).collect();
        assert_eq!(kept, ["a", "c", "f <!-- g -->"]);
    }
}
