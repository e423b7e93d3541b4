//! The names of files and folders by which logs and records are found. Reads nothing from the disk.

/// The folders that are looked for below every folder from the working directory upwards; the first
/// that exists wins. adr-tools creates `doc/adr`, MADR `docs/decisions`, log4brains `docs/adr`; the
/// others are the most frequent ones in real projects.
pub(super) const LOG_FOLDERS: [&str; 12] = [
    "docs/adr",
    "doc/adr",
    "docs/decisions",
    "doc/decisions",
    "docs/adrs",
    "doc/adrs",
    "docs/architecture/decisions",
    "doc/architecture/decisions",
    "docs/architecture/adr",
    "architecture/decisions",
    "adr",
    "adrs",
];

/// The names of our configuration file; the first that exists wins.
pub(super) const CONFIG_FILES: [&str; 2] = ["adr.toml", ".adr.toml"];

/// The file that names the folder of the log, as adr-tools writes it.
pub(super) const MARKER: &str = ".adr-dir";

/// Whether a file or folder of this name belongs to tools.
pub(super) fn is_of_tools(name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || is_folder && matches!(name, "templates" | "node_modules")
}

/// Whether the file at this path, relative to the log, is read with it.
pub(super) fn is_candidate(file: &str) -> bool {
    let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
    let is_skipped = folders.split('/').any(|folder| is_of_tools(folder, true));
    !is_skipped && !is_of_tools(name, false) && is_markdown(name)
}

/// Whether the name has an extension of Markdown.
pub(super) fn is_markdown(file: &str) -> bool {
    has_extension(file, &["md", "markdown", "mdx"])
}

/// Whether the name ends in one of the `extensions`, ignoring case.
pub(super) fn has_extension(file: &str, extensions: &[&str]) -> bool {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|found| extensions.iter().any(|one| found.eq_ignore_ascii_case(one)))
}
