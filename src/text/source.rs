//! One file as it was read: its text, and how bytes and lines of it correspond.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::ending::local;
use super::{Edit, Fingerprint, Overlap, apply, with_line_feeds};

/// A position as editors and compilers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in Unicode scalar values, as in SARIF's `unicodeCodePoints`.
    pub column: usize,
}

/// How faithfully the text stands for the bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The text is the file, byte for byte.
    Utf8,
    /// The file is not UTF-8: every faulty sequence became U+FFFD, so edits are refused.
    Lossy {
        /// The first byte of the text that stands for a faulty sequence.
        at: usize,
    },
    /// The file could not be read at all; the text is empty.
    Unreadable {
        /// What the system answered.
        reason: String,
    },
}

/// The text of a file, with the path to show for it.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    /// The text of the file, where `text` has line feeds that it has not.
    written: Option<Box<str>>,
    encoding: Encoding,
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters come before each [`BLOCK`], for columns in lines that are longer than one.
    blocks: OnceLock<Vec<usize>>,
    fingerprint: OnceLock<Fingerprint>,
}

impl Source {
    /// A text that is known to be what the file at `path` holds.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let (line_starts, blocks) = (OnceLock::new(), OnceLock::new());
        let (encoding, fingerprint) = (Encoding::Utf8, OnceLock::new());
        let (text, written) = match with_line_feeds(&text) {
            Some(read) => (read, Some(text.into_boxed_str())),
            None => (text, None),
        };
        Self { path, text, written, encoding, line_starts, blocks, fingerprint }
    }

    /// The bytes of the file at `path`, decoded; never fails, see [`Encoding`].
    pub fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { encoding: Encoding::Lossy { at }, ..Self::new(path, text) }
            }
        }
    }

    /// A file that is there and could not be read, for the `reason` that the system gave.
    pub fn unreadable(path: impl Into<PathBuf>, reason: String) -> Self {
        Self { encoding: Encoding::Unreadable { reason }, ..Self::new(path, "") }
    }

    /// Relative to the working directory, as messages show it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, byte order mark included. A carriage return alone ends a line: it is a line
    /// feed here, so that lines end in LF or CRLF, and every other byte is in its place.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text as the file holds it: for what is written back, shown as it is, or compared byte
    /// by byte.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.text)
    }

    /// What the file holds after `edits`, which were made for [`text`](Self::text). Bytes that no
    /// edit covers stay, and new lines end as those around them do.
    ///
    /// # Errors
    ///
    /// As [`apply`].
    pub fn edited(&self, edits: &[Edit]) -> Result<String, Overlap> {
        let edits: Vec<Edit> = edits.iter().map(|edit| self.local(edit)).collect();
        let edited = apply(self.written(), &edits)?;
        if self.written.is_none() {
            return Ok(edited);
        }
        let edits: Vec<Edit> = edits.into_iter().map(Edit::with_line_feeds).collect();
        Ok(apart(edited, &apply(&self.text, &edits)?))
    }

    /// An edit to [`text`](Self::text) as one to the file: its lines end as those around it do.
    pub fn local(&self, edit: &Edit) -> Edit {
        local(edit, self.written())
    }

    /// Forgets the text from the byte `end` on, which is at most its end and begins a character, and
    /// gives its memory back.
    pub fn cut(&mut self, end: usize) {
        self.text.truncate(end);
        self.text.shrink_to_fit();
        self.written = self.written.take().and_then(|all| Some(all.get(..end)?.into()));
        self.line_starts = OnceLock::new();
        self.blocks = OnceLock::new();
        self.fingerprint = OnceLock::new();
    }

    /// Of the text as the file holds it, made when it is first asked for.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(self.written().as_bytes()))
    }

    /// How faithfully [`text`](Self::text) stands for the file.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// Why the text is not what the file holds, as the end of a sentence about it; `None` where it is.
    pub fn fault(&self) -> Option<String> {
        match &self.encoding {
            Encoding::Utf8 => None,
            Encoding::Lossy { .. } => {
                Some("is not UTF-8: some bytes of it are shown as \u{fffd}".to_owned())
            }
            Encoding::Unreadable { reason } => Some(format!("cannot be read: {reason}")),
        }
    }

    /// Whether the file begins with the byte order mark of UTF-16, so that next to nothing of its text
    /// could be read.
    pub fn is_utf16(&self) -> bool {
        matches!(self.encoding, Encoding::Lossy { at: 0 })
            && self.text.starts_with("\u{FFFD}\u{FFFD}")
            && self.text.contains('\0')
    }

    /// The line and column of the byte `offset`; of the end, where `offset` lies beyond it.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let starts = self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = if offset - start > BLOCK {
            self.characters(offset) - self.characters(start)
        } else {
            characters(self.text.as_bytes().get(start..offset).unwrap_or_default())
        };
        LineColumn { line, column: column + 1 }
    }

    /// How many characters come before the byte `offset`. One line may have any number of findings.
    fn characters(&self, offset: usize) -> usize {
        let text = self.text.as_bytes();
        let blocks = self.blocks.get_or_init(|| {
            let sums = text.chunks(BLOCK).scan(0, |sum, block| {
                *sum += characters(block);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let before = offset / BLOCK;
        let rest = text.get(before * BLOCK..offset).unwrap_or_default();
        blocks.get(before).copied().unwrap_or_default() + characters(rest)
    }
}

/// How many bytes are counted together.
const BLOCK: usize = 4096;

/// Every byte but the continuation bytes of UTF-8 (`0b10xx_xxxx`) begins a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// `edited` without the CRLFs that come of a CR alone and an LF which were apart in `read`: that is
/// the same text with LFs instead of its lone CRs.
fn apart(edited: String, read: &str) -> String {
    if with_line_feeds(&edited).as_deref().unwrap_or(&edited) == read {
        return edited;
    }
    let mut next = None;
    let letters = edited.chars().rev().zip(read.chars().rev()).map(|(written, read)| {
        let joins = written == '\r' && read == '\n' && next == Some('\n');
        let letter = if joins { read } else { written };
        next = Some(letter);
        letter
    });
    let reversed: Vec<char> = letters.collect();
    reversed.into_iter().rev().collect()
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
