//! Names of files as they are shown.

use std::path::{Path, PathBuf};

/// The file called `file` in `folder`; without the `./` of a folder that is the working directory.
pub fn below(folder: &Path, file: impl AsRef<Path>) -> PathBuf {
    let path = folder.join(file);
    match path.strip_prefix(".") {
        Ok(plain) if !plain.as_os_str().is_empty() => plain.to_owned(),
        _ => path,
    }
}
