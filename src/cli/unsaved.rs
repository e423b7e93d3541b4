//! A text on standard input that belongs to a file: how editors ask for findings before anything
//! is saved. Knows no rule.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::lint::ChangedTexts;
use crate::text::unified;
use crate::{Error, Result};

/// A text that an editor holds.
pub(super) struct Unsaved {
    /// The file that it belongs to, as it was given; it need not be there.
    pub path: PathBuf,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// The text on standard input, if the arguments ask for it: `filename` names its file, `-` among
/// `paths` may say so once more.
pub(super) fn given(filename: Option<&Path>, paths: &[PathBuf]) -> Result<Option<Unsaved>> {
    let is_dash = |path: &PathBuf| path.as_path() == Path::new("-");
    let filename = match filename {
        Some(filename) if paths.iter().all(is_dash) => filename,
        None if !paths.iter().any(is_dash) => return Ok(None),
        _ => return Err(Error::Input),
    };
    let mut bytes = Vec::new();
    let failed = |source| Error::Read { path: PathBuf::from("-"), source };
    std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
    Ok(Some(Unsaved { path: filename.to_owned(), bytes }))
}

impl Unsaved {
    /// The text after what was mended: there is one text at most.
    pub(super) fn mended<'a>(&'a self, texts: &'a ChangedTexts) -> &'a [u8] {
        texts.values().next().map_or(&self.bytes, |new| new.text.as_bytes())
    }

    /// What was mended, as a unified diff.
    pub(super) fn diff(&self, texts: &ChangedTexts) -> String {
        let before = String::from_utf8_lossy(&self.bytes);
        let changed = texts.iter().map(|(path, new)| unified(path, Some(&before), &new.text));
        changed.collect()
    }
}
