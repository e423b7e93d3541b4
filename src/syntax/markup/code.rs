//! The code in a document, inline and in blocks.

use pulldown_cmark::{Event, Parser, Tag};

use super::block::OPTIONS;
use crate::syntax::Document;
use crate::text::Span;

/// All code in `text`, whose outline is `document`, in order, including backticks and fences.
pub fn code(document: &Document, text: &str) -> Vec<Span> {
    let body = document.body;
    let events = Parser::new_ext(body.of(text), OPTIONS).into_offset_iter();
    let code_events = events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code_events.map(|(_, range)| Span::from(range).shift(body.start)).collect()
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
