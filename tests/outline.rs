//! Our outline against that of the Markdown reader: what is a heading for one is a heading for the
//! other, at the same place. Texts are put together from pieces, by a fixed seed.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rationale::syntax::parse;

/// What texts are made of: all that begins, ends, hides or imitates a heading.
const PIECES: &[&str] = &[
    "# One\n",
    "## Two ##\n",
    "###### Six\n",
    "  ### Indented\n",
    "    # Code\n",
    "#No\n",
    "#\n",
    "####### Seven\n",
    "## Status: *accepted* #\n",
    "Words\n",
    "More words with `# code`\n",
    "Under\n===\n",
    "Under\n---\n",
    "---\n",
    "===\n",
    "***\n",
    "\n",
    "\n\n",
    "```\n",
    "```\n# In a fence\n```\n",
    "~~~ sh\n# In a fence\n~~~\n",
    "````\n```\n# Still in\n````\n",
    "<!-- # In a comment -->\n",
    "<!--\n# In a comment\n-->\n",
    "<div>\n# In HTML\n</div>\n\n",
    "- item\n",
    "- item\n\n  # In an item\n\n",
    "1. item\n",
    "> # In a quotation\n",
    "> words\n",
    "| a | b |\n|---|---|\n| # | c |\n",
    "[ref]: https://example.org\nUnder\n---\n",
    "\tTabbed\n",
    "Ümläut\n------\n",
    "# Crlf\r\n",
];

/// The one difference that we know: indented code that ends a table without a blank line between.
const KNOWN: &str = "|\n    ";

#[test]
fn what_is_a_heading_for_the_reader_is_one_for_us() {
    let mut differ = Vec::new();
    for text in (0..20_000).map(text).filter(|text| !text.contains(KNOWN)) {
        let (ours, theirs) = (ours(&text), theirs(&text));
        if ours != theirs {
            differ.push((text.len(), format!("{text:?}\n  ours   {ours:?}\n  theirs {theirs:?}")));
        }
    }
    differ.sort();
    differ.dedup();
    let shown: Vec<&str> = differ.iter().take(5).map(|(_, shown)| shown.as_str()).collect();
    assert!(differ.is_empty(), "{} texts, the shortest:\n{}", differ.len(), shown.join("\n"));
}

/// One to six pieces.
fn text(seed: u64) -> String {
    let mut state = seed;
    let mut next = |limit: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    };
    let pieces = 1 + next(6);
    (0..pieces).filter_map(|_| PIECES.get(next(PIECES.len()))).copied().collect()
}

/// Level and first byte of every heading.
fn ours(text: &str) -> Vec<(u8, usize)> {
    let sections = parse(text).sections;
    sections.iter().map(|section| (section.level, section.heading.start)).collect()
}

/// The same by the reader; headings in lists and quotations are not ours.
fn theirs(text: &str) -> Vec<(u8, usize)> {
    let start = parse(text).body.start;
    let body = text.get(start..).unwrap_or_default();
    let (mut depth, mut found) = (0, Vec::new());
    for (event, span) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                // The reader's span leaves out the blanks before the mark; ours is the line.
                let line = body.get(..span.start).and_then(|before| before.rfind('\n'));
                found.push((number(level), start + line.map_or(0, |end| end + 1)));
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth -= 1,
            _ => {}
        }
    }
    found
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
