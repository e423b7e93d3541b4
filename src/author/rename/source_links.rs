//! Links of texts that are not records.

use crate::syntax::{Link, links, parse};
use crate::text::Source;

/// The links of a text that is no record; none where it is no Markdown.
pub(super) fn links_in(source: &Source) -> Vec<Link> {
    let end = source.path().extension().map(|end| end.to_string_lossy().to_lowercase());
    let is_markdown = end.is_some_and(|end| ["md", "markdown", "mdx"].contains(&end.as_str()));
    let text = source.text();
    if is_markdown { links(&parse(text), text) } else { vec![] }
}
