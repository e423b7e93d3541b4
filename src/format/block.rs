//! The paragraphs and list items of a text about a record, in which claims about others are looked for.
//! Knows no words.

use crate::text::Span;

/// A paragraph or a list item.
pub(super) struct Block {
    pub span: Span,
    pub is_item: bool,
}

/// The paragraphs and list items of a region; comments, headings and code are none.
pub(super) fn blocks(text: &str, region: Span) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut fresh, mut comment) = (true, false);
    for line in region.lines(text) {
        let line = line.trim(text);
        let words = line.of(text).trim_start_matches(['>', ' ']);
        let opens = words.starts_with("<!--");
        if comment || opens {
            comment = !words.contains("-->");
            continue;
        }
        if words.is_empty() || words.starts_with(['#', '|']) || words.starts_with("[//]:") {
            fresh = true;
            continue;
        }
        let item = words.trim_start_matches(['-', '*', '+']);
        let is_item = item.len() < words.len() && item.starts_with(' ');
        let bare = if is_item { item.trim_start() } else { words };
        let span = Span::new(line.end - bare.len(), line.end);
        match blocks.last_mut() {
            Some(block) if !fresh && !is_item => block.span.end = span.end,
            _ => blocks.push(Block { span, is_item }),
        }
        fresh = false;
    }
    blocks
}
