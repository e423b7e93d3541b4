//! What describes an export, and the addresses that exports link to.

use std::collections::HashMap;

use crate::model::{Log, RecordId};
use crate::text::{link_address, link_path};

/// A way to write a log for other programs. [`EXPORTS`](super::EXPORTS) lists them all.
#[derive(Debug)]
pub struct Export {
    /// The name on the command line: `csv`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Whether it shows the relations of records instead of their content.
    pub is_graph: bool,
    /// Writes some records of a log, in their order.
    pub write: fn(&Log, &[RecordId], &Addresses<'_>) -> String,
}

/// How the addresses of records follow from their file names.
#[derive(Clone, Debug, Default)]
pub struct Addresses<'p> {
    /// The start of every address, percent-encoded.
    pub prefix: String,
    /// The extension that replaces `.md`; `None` keeps the names.
    pub extension: Option<String>,
    /// The addresses of files with another address, by file.
    pub pages: HashMap<&'p str, &'p str>,
}

impl Addresses<'_> {
    /// The address of `file`, which is relative to the log. It is a single word, in Markdown too.
    pub fn of(&self, file: &str) -> String {
        if let Some(page) = self.pages.get(file) {
            return (*page).to_owned();
        }
        let name = match &self.extension {
            Some(extension) => {
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                format!("{stem}{extension}")
            }
            None => file.to_owned(),
        };
        link_address(&self.prefix) + &link_path(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn an_address_leads_to_the_file_whatever_its_name() {
        let addresses =
            Addresses { prefix: "https://a.example/(x y)/".to_owned(), ..Addresses::default() };
        assert_eq!(
            addresses.of("a b/0001-c#.md"),
            "https://a.example/%28x%20y%29/a%20b/0001-c%23.md"
        );
        let pages = Addresses { extension: Some(".html".to_owned()), ..Addresses::default() };
        assert_eq!(pages.of("größe?.md"), "größe%3F.html");
    }
}
