//! Records in several languages: recognizes by its name which file is a translation of another.

use std::collections::HashSet;

use super::{Record, SkipReason, Skipped};

/// The languages of ISO 639-1 that documents are most often translated into.
const LANGUAGES: [&str; 44] = [
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
];

/// Returns the translations among `files`: their name is the name of another file plus a language, such as
/// `0004-x.de.md` and `0004-x.pt-BR.md` next to `0004-x.md`.
pub fn translations<'f>(files: impl Iterator<Item = &'f str> + Clone) -> HashSet<String> {
    // Few logs have any; for the others the set of names is not needed.
    if !files.clone().any(|file| original(file).is_some()) {
        return HashSet::new();
    }
    let known_files: HashSet<&str> = files.clone().collect();
    let is_translation =
        |file: &&str| original(file).is_some_and(|file| known_files.contains(file.as_str()));
    files.filter(is_translation).map(str::to_owned).collect()
}

/// Removes the translations from `records` and returns them.
pub(super) fn without_translations(records: &mut Vec<Record>) -> Vec<Skipped> {
    let translated_files = translations(records.iter().map(|record| record.file.as_str()));
    let is_translation = |record: &mut Record| translated_files.contains(&record.file);
    let skipped = |record: Record| Skipped { file: record.file, reason: SkipReason::Translation };
    if translated_files.is_empty() {
        vec![]
    } else {
        records.extract_if(.., is_translation).map(skipped).collect()
    }
}

/// Returns the name of the file without its language, if it has one.
fn original(file: &str) -> Option<String> {
    let (stem, extension) = file.rsplit_once('.')?;
    let (name, tag) = stem.rsplit_once('.')?;
    let (language, region) = tag.split_once(['-', '_']).unwrap_or((tag, "xx"));
    let is_language = LANGUAGES.contains(&language.to_ascii_lowercase().as_str());
    let is_region =
        (2..=4).contains(&region.len()) && region.bytes().all(|b| b.is_ascii_alphabetic());
    (is_language && is_region && !name.is_empty()).then(|| format!("{name}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::original;

    #[test]
    fn a_language_before_the_extension_is_that_of_a_translation() {
        for file in ["a/0004-x.de.md", "a/0004-x.pt-BR.md", "a/0004-x.zh_Hant.md", "a/0004-x.EN.md"]
        {
            assert_eq!(original(file).as_deref(), Some("a/0004-x.md"), "{file}");
        }
        for file in ["0004-x.md", "0004-node.js.md", "0004-v1.2.md", "de.md", "0004-x.de-1.md"] {
            assert_eq!(original(file), None, "{file}");
        }
    }
}
