//! Code of a document, in words and in blocks. Does not know what it says.

use pulldown_cmark::{Event, Parser, Tag};

use super::Document;
use super::block::OPTIONS;
use crate::text::Span;

/// All code of `text`, of which `document` is the outline, in its order: with the marks around it, fences
/// included.
pub fn code(document: &Document, text: &str) -> Vec<Span> {
    let body = document.body;
    let events = Parser::new_ext(body.of(text), OPTIONS).into_offset_iter();
    let code = events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, range)| Span::from(range).shift(body.start)).collect()
}

#[cfg(test)]
mod tests {
    use super::code;
    use crate::syntax::parse;

    #[test]
    fn code_is_found_in_words_and_in_blocks_of_all_kinds() {
        let text = "---\na: `b`\n---\n\nIt is `c`.\n\n~~~~rust\nd\n~~~~\n\n    e\n\n- f\n  ```\n  g\n  ```\n";
        let found = code(&parse(text), text);
        let found: Vec<&str> = found.iter().map(|span| span.of(text).trim()).collect();
        assert_eq!(found, ["`c`", "~~~~rust\nd\n~~~~", "e", "```\n  g\n  ```"]);
    }
}
