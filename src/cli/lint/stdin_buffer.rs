//! The text of one file on standard input, which editors pass to get findings before it is saved.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::lint::ChangedTexts;
use crate::text::unified_diff;
use crate::{Error, Result};

/// The text that an editor holds.
pub(crate) struct StdinBuffer {
    /// The path of its file as it was given. The file need not exist.
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Reads standard input if the arguments ask for it: `filename` names the file of the text, and `-` is the
/// only path that may be given with it.
pub(crate) fn read_stdin_buffer(
    filename: Option<&Path>,
    paths: &[PathBuf],
) -> Result<Option<StdinBuffer>> {
    let is_dash = |path: &PathBuf| path.as_path() == Path::new("-");
    let filename = match filename {
        Some(filename) if paths.iter().all(is_dash) => filename,
        None if !paths.iter().any(is_dash) => return Ok(None),
        _ => return Err(Error::Input),
    };
    let mut bytes = Vec::new();
    let read_error = |source| Error::Read { path: PathBuf::from("-"), source };
    std::io::stdin().read_to_end(&mut bytes).map_err(read_error)?;
    Ok(Some(StdinBuffer { path: filename.to_owned(), bytes }))
}

impl StdinBuffer {
    /// Returns the text after fixes. `texts` has at most one text.
    pub(crate) fn fixed_text<'a>(&'a self, texts: &'a ChangedTexts) -> &'a [u8] {
        texts.values().next().map_or(&self.bytes, |fixed| fixed.text.as_bytes())
    }

    /// Returns the fixes as a unified diff.
    pub(crate) fn diff(&self, texts: &ChangedTexts) -> String {
        let original_text = String::from_utf8_lossy(&self.bytes);
        let diffs =
            texts.iter().map(|(path, fixed)| unified_diff(path, Some(&original_text), &fixed.text));
        diffs.collect()
    }
}
