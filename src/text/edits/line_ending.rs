//! Line endings: LF, CRLF, or a CR alone, as `CommonMark` (2.1) and YAML (5.4) define them.
//!
//! In the text of a [`Source`](super::Source) every lone CR is an LF. Both are one byte, so
//! offsets stay the same, and readers need to handle LF and CRLF only.

use crate::text::Span;

/// A line ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnding {
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return that no line feed follows.
    Cr,
}

impl LineEnding {
    /// The bytes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
        }
    }
}

/// The line endings of `text`, each with its bytes.
pub fn line_endings(text: &str) -> impl Iterator<Item = (Span, LineEnding)> + '_ {
    let bytes = text.as_bytes();
    let mut breaks = memchr::memchr2_iter(b'\n', b'\r', bytes).peekable();
    std::iter::from_fn(move || {
        let offset = breaks.next()?;
        if bytes.get(offset) == Some(&b'\n') {
            return Some((Span::new(offset, offset + 1), LineEnding::Lf));
        }
        if bytes.get(offset + 1) == Some(&b'\n') {
            breaks.next();
            return Some((Span::new(offset, offset + 2), LineEnding::CrLf));
        }
        Some((Span::new(offset, offset + 1), LineEnding::Cr))
    })
}

/// Replaces every lone CR by an LF; `None` if there are none.
pub fn with_line_feeds(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut lone_returns = memchr::memchr_iter(b'\r', bytes)
        .filter(|offset| bytes.get(offset + 1) != Some(&b'\n'))
        .peekable();
    lone_returns.peek()?;
    let mut converted = String::with_capacity(text.len());
    let mut copied_up_to = 0;
    for offset in lone_returns {
        converted.push_str(Span::new(copied_up_to, offset).of(text));
        converted.push('\n');
        copied_up_to = offset + 1;
    }
    converted.push_str(Span::new(copied_up_to, text.len()).of(text));
    Some(converted)
}

#[cfg(test)]
mod tests {
    use super::{LineEnding, line_endings, with_line_feeds};
    use crate::text::Span;

    #[test]
    fn every_end_of_a_line_is_seen_once() {
        use LineEnding::{Cr, CrLf, Lf};
        let found: Vec<_> = line_endings("a\nb\r\nc\rd\r\r\n\n\r").collect();
        let expected = [(1, 2, Lf), (3, 5, CrLf), (6, 7, Cr), (8, 9, Cr), (9, 11, CrLf)];
        let expected = expected.into_iter().chain([(11, 12, Lf), (12, 13, Cr)]);
        let expected: Vec<_> = expected.map(|(a, b, end)| (Span::new(a, b), end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_return_alone_becomes_a_line_feed_and_no_byte_moves() {
        assert_eq!(with_line_feeds("a\nb\r\nc"), None);
        assert_eq!(with_line_feeds("ä\rb\r\r\nc\r").as_deref(), Some("ä\nb\n\r\nc\n"));
    }
}
