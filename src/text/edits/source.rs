//! A file as it was read: its text, and the mapping between bytes and lines.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::local_edit::adapted;
use super::{Edit, Overlap, apply, with_line_feeds};
use crate::text::Fingerprint;

/// A position as editors and compilers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in Unicode scalar values, as in SARIF's `unicodeCodePoints`.
    pub column: usize,
}

/// How exactly the text matches the bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The text is the content of the file, byte for byte.
    Utf8,
    /// The file is not UTF-8: every invalid sequence became U+FFFD, so edits are refused.
    Lossy {
        /// The first byte of the text that replaces an invalid sequence.
        at: usize,
    },
    /// The file could not be read; the text is empty.
    Unreadable {
        /// The message of the operating system.
        reason: String,
    },
}

/// The text of a file, and its path for messages.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    /// The original text of the file, if `text` has line feeds instead of lone carriage returns.
    written: Option<Box<str>>,
    encoding: Encoding,
    line_starts: OnceLock<Vec<usize>>,
    /// The number of characters before each [`BLOCK`], for columns in longer lines.
    blocks: OnceLock<Vec<usize>>,
    fingerprint: OnceLock<Fingerprint>,
}

impl Source {
    /// A text that is known to be the content of the file at `path`.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let (line_starts, blocks) = (OnceLock::new(), OnceLock::new());
        let (encoding, fingerprint) = (Encoding::Utf8, OnceLock::new());
        let (text, written) = match with_line_feeds(&text) {
            Some(normalized) => (normalized, Some(text.into_boxed_str())),
            None => (text, None),
        };
        Self { path, text, written, encoding, line_starts, blocks, fingerprint }
    }

    /// Decodes the bytes of the file at `path`. Never fails, see [`Encoding`].
    pub fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { encoding: Encoding::Lossy { at: valid_up_to }, ..Self::new(path, text) }
            }
        }
    }

    /// An existing file that could not be read, for the `reason` that the system reported.
    pub fn unreadable(path: impl Into<PathBuf>, reason: String) -> Self {
        Self { encoding: Encoding::Unreadable { reason }, ..Self::new(path, "") }
    }

    /// Relative to the working directory, as messages show it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, byte order mark included. A carriage return alone, which ends a line, is a line
    /// feed here, so that lines end in LF or CRLF. All bytes keep their offsets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text as the file contains it: to write it back, to show it unchanged, or to compare it byte
    /// by byte.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.text)
    }

    /// Applies `edits`, which were made for [`text`](Self::text), and returns the new content of the file. Bytes that no
    /// edit covers stay, and new lines end like the lines around them.
    ///
    /// # Errors
    ///
    /// The errors of [`apply`].
    pub fn edited(&self, edits: &[Edit]) -> Result<String, Overlap> {
        let local_edits: Vec<Edit> = edits.iter().map(|edit| self.local(edit)).collect();
        let edited_text = apply(self.written(), &local_edits)?;
        if self.written.is_none() {
            return Ok(edited_text);
        }
        let local_edits: Vec<Edit> = local_edits.into_iter().map(Edit::with_line_feeds).collect();
        Ok(without_joined_breaks(edited_text, &apply(&self.text, &local_edits)?))
    }

    /// Converts an edit of [`text`](Self::text) to one of the file: its lines end like the lines around it.
    pub fn local(&self, edit: &Edit) -> Edit {
        adapted(edit, self.written())
    }

    /// Drops the text from the byte `end` on, which must be a character boundary, and
    /// frees its memory.
    pub fn cut(&mut self, end: usize) {
        self.text.truncate(end);
        self.text.shrink_to_fit();
        self.written = self.written.take().and_then(|written| Some(written.get(..end)?.into()));
        self.line_starts = OnceLock::new();
        self.blocks = OnceLock::new();
        self.fingerprint = OnceLock::new();
    }

    /// The fingerprint of the text as the file contains it, computed on first use.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(self.written().as_bytes()))
    }

    /// How exactly [`text`](Self::text) matches the file.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// Why the text differs from the content of the file, as the end of a sentence about it; `None` if it does not.
    pub fn fault(&self) -> Option<String> {
        match &self.encoding {
            Encoding::Utf8 => None,
            Encoding::Lossy { .. } => {
                Some("is not UTF-8: some bytes of it are shown as \u{fffd}".to_owned())
            }
            Encoding::Unreadable { reason } => Some(format!("cannot be read: {reason}")),
        }
    }

    /// Whether the file begins with the byte order mark of UTF-16, in which case almost nothing of its text
    /// could be read.
    pub fn is_utf16(&self) -> bool {
        matches!(self.encoding, Encoding::Lossy { at: 0 })
            && self.text.starts_with("\u{FFFD}\u{FFFD}")
            && self.text.contains('\0')
    }

    /// The line and column of the byte `offset`, or of the end of the text if `offset` is beyond it.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let line_starts = self.line_starts.get_or_init(|| {
            let later_starts = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|lf| lf + 1);
            std::iter::once(0).chain(later_starts).collect()
        });
        let offset = offset.min(self.text.len());
        let line = line_starts.partition_point(|line_start| *line_start <= offset);
        let line_start = line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = if offset - line_start > BLOCK {
            self.characters(offset) - self.characters(line_start)
        } else {
            characters(self.text.as_bytes().get(line_start..offset).unwrap_or_default())
        };
        LineColumn { line, column: column + 1 }
    }

    /// The number of characters before the byte `offset`, in constant time: one line may have any number of findings.
    fn characters(&self, offset: usize) -> usize {
        let text = self.text.as_bytes();
        let blocks = self.blocks.get_or_init(|| {
            let block_sums = text.chunks(BLOCK).scan(0, |total, block| {
                *total += characters(block);
                Some(*total)
            });
            std::iter::once(0).chain(block_sums).collect()
        });
        let full_blocks = offset / BLOCK;
        let partial_block = text.get(full_blocks * BLOCK..offset).unwrap_or_default();
        blocks.get(full_blocks).copied().unwrap_or_default() + characters(partial_block)
    }
}

/// The number of bytes that are counted together.
const BLOCK: usize = 4096;

/// Counts characters: every byte except the continuation bytes of UTF-8 (`0b10xx_xxxx`) begins one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Splits the CRLFs of `edited` that were made by joining a lone CR and a lone LF: those are two line breaks in `read`,
/// the same text with LFs instead of lone CRs.
fn without_joined_breaks(edited: String, read: &str) -> String {
    if with_line_feeds(&edited).as_deref().unwrap_or(&edited) == read {
        return edited;
    }
    let mut next_char = None;
    let merged_chars = edited.chars().rev().zip(read.chars().rev()).map(|(written, read)| {
        let is_joined = written == '\r' && read == '\n' && next_char == Some('\n');
        let kept_char = if is_joined { read } else { written };
        next_char = Some(kept_char);
        kept_char
    });
    let reversed_chars: Vec<char> = merged_chars.collect();
    reversed_chars.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Encoding, LineColumn, Source};
    use crate::text::{Edit, Span};

    #[test]
    fn columns_are_the_same_in_lines_of_any_length() {
        let line = "zw\u{f6}lf \u{1f600}\u{4e2d}".repeat(BLOCK);
        let source = Source::new("a.md", format!("a\n{line}\n{line}"));
        for at in (0..source.text().len()).step_by(997).chain([source.text().len()]) {
            let at = source.text().floor_char_boundary(at);
            let before = &source.text()[..at];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = before.matches('\n').count() + 1;
            let column = before[start..].chars().count() + 1;
            assert_eq!(source.line_column(at), LineColumn { line, column }, "{at}");
        }
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let source = Source::new("a.md", "eins\nzwölf drei\n");
        let at = source.text().find("drei").unwrap();
        assert_eq!(source.line_column(at), LineColumn { line: 2, column: 7 });
    }

    #[test]
    fn an_offset_beyond_the_end_is_the_end() {
        let source = Source::new("a.md", "a\nbc");
        assert_eq!(source.line_column(99), LineColumn { line: 2, column: 3 });
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let source = Source::new("a.md", "a\rbc\r\nd\r\re");
        assert_eq!(source.text(), "a\nbc\r\nd\n\ne");
        let e = source.text().find('e').unwrap();
        assert_eq!(source.line_column(e), LineColumn { line: 5, column: 1 });
    }

    #[test]
    fn an_edit_leaves_the_ends_of_other_lines() {
        let source = Source::new("a.md", "a\rbc\r\nd\r\re");
        let at = source.text().find("bc").unwrap();
        let edits = [Edit::replace(Span::new(at, at + 2), "x\ny")];
        assert_eq!(source.edited(&edits).as_deref(), Ok("a\rx\r\ny\r\nd\r\re"));
        assert_eq!(source.edited(&[]).as_deref(), Ok(source.written()));
    }

    #[test]
    fn lines_that_were_apart_stay_apart() {
        let source = Source::new("a.md", "a\rb\nc");
        let gone = [Edit::replace(Span::new(2, 3), "")];
        assert_eq!(source.edited(&gone).as_deref(), Ok("a\n\nc"));
        let exact = [Edit::insert(2, "\n").exactly()];
        assert_eq!(source.edited(&exact).as_deref(), Ok("a\n\nb\nc"));
    }

    #[test]
    fn utf16_is_known_by_its_mark() {
        let is = |bytes: &[u8]| Source::decode("a.md", bytes.to_vec()).is_utf16();
        assert!(is(b"\xFF\xFE#\0 \0") && is(b"\xFE\xFF\0#\0 "));
        assert!(!is(b"# Caf\xE9\0") && !is(b"\xFF\xFE") && !is(b"# A\0"));
    }

    #[test]
    fn faulty_bytes_are_replaced_and_their_place_is_kept() {
        let source = Source::decode("a.md", b"# Caf\xE9\n".to_vec());
        assert_eq!(source.text(), "# Caf\u{FFFD}\n");
        assert_eq!(*source.encoding(), Encoding::Lossy { at: 5 });
    }
}
