//! Links of texts that are not records.

use crate::syntax::{Link, links, parse};
use crate::text::Source;

/// The links of a text; none if it is not Markdown.
pub(super) fn links_in(source: &Source) -> Vec<Link> {
    let extension = source.path().extension();
    let extension = extension.map(|extension| extension.to_string_lossy().to_lowercase());
    let is_markdown =
        extension.is_some_and(|one| ["md", "markdown", "mdx"].contains(&one.as_str()));
    let text = source.text();
    if is_markdown { links(&parse(text), text) } else { vec![] }
}
