//! JSON as a list of texts, so that no single text grows with the log.

use std::{io, mem};

use serde::Serialize;

/// The maximum length of a piece, in bytes.
const PIECE: usize = 64 * 1024;

/// Serializes `data` as JSON in pieces.
pub(crate) fn json_pieces(data: &impl Serialize) -> Vec<String> {
    let mut writer = PieceWriter { pieces: Vec::new(), last_piece: Vec::new() };
    // Strings, numbers, and lists cannot fail to serialize, and the result is always UTF-8.
    let _ = serde_json::to_writer(&mut writer, data);
    let _ = writer.finish_piece();
    writer.pieces
}

/// Takes whole characters at a time and keeps them in pieces.
struct PieceWriter {
    pieces: Vec<String>,
    last_piece: Vec<u8>,
}

impl PieceWriter {
    fn finish_piece(&mut self) -> io::Result<()> {
        let bytes = mem::take(&mut self.last_piece);
        self.pieces.push(String::from_utf8(bytes).map_err(io::Error::other)?);
        Ok(())
    }
}

impl io::Write for PieceWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.last_piece.len() + bytes.len() > PIECE {
            self.finish_piece()?;
        }
        self.last_piece.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, json_pieces};

    #[test]
    fn pieces_together_are_the_whole_json() {
        let data = ["é".repeat(PIECE / 3), "\"".repeat(PIECE / 3), "a".repeat(3 * PIECE)];
        let pieces = json_pieces(&data);
        assert!(pieces.len() > 2, "{}", pieces.len());
        assert_eq!(pieces.concat(), serde_json::to_string(&data).unwrap());
    }
}
