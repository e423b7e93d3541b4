//! Compares our parsing of lines with the Markdown parser: both must agree on what is a heading, code,
//! HTML, a quotation or a continuation line. The texts are combined from pieces with a fixed seed, and our
//! own documentation is used as well.

#![expect(clippy::disallowed_methods, reason = "tests access the disk directly")]

use std::fs;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rationale::syntax::{LineKind, lines, parse};
use rationale::text::Span;
use walkdir::WalkDir;

/// Pieces of text that start, end, hide or imitate a heading.
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
    "- item\n  > quoted in it\n  lazy\n",
    "> ```\n> # Quoted code\n> ```\n",
    "- ~~~\n  code in an item\n  ~~~\n",
    "10. ten\n    more of it\n",
    "-\n  late\n",
    "   text\n",
    "> lazy\ncontinued\n",
    "      deep\n",
    "<b>inline</b> words\n",
    "<span class=\"x\">\nalone\n</span>\n",
    "<pre>\n\n# raw\n</pre>\n",
    "<?php\n\n?>\n",
    "- one\n- two\n\n      code in two\n",
    "* * *\n",
    "- - nested\n    more\n",
    "\t- tabbed item\n",
];

/// The one known difference: we treat an indented line after a table as code; the parser treats some as
/// another row.
fn is_known(text: &str) -> bool {
    text.contains("|---|") && (text.contains("\n    ") || text.contains("\n\t"))
}

#[test]
fn what_is_a_heading_for_the_reader_is_one_for_us() {
    let mut differ = Vec::new();
    for text in (0..20_000).map(text).filter(|text| !is_known(text)) {
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

/// The same from the parser, without headings in lists and quotations, which we do not treat as headings.
fn theirs(text: &str) -> Vec<(u8, usize)> {
    let start = parse(text).body.start;
    let body = text.get(start..).unwrap_or_default();
    let (mut depth, mut found) = (0, Vec::new());
    for (event, span) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                // The parser's span omits the spaces before the mark; ours is the whole line.
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

/// For each line of text, code or HTML: its kind, whether it continues a paragraph, and how many quotations
/// contain it.
type Reading = Vec<(usize, char, bool, usize)>;

#[test]
fn what_a_line_is_for_the_reader_it_is_for_us() {
    let random = (0..30_000).map(text).filter(|text| !is_known(text));
    let mut differ = Vec::new();
    let mut read = 0;
    for text in random.chain(documents()) {
        let (ours, theirs) = our_lines(&text);
        read += ours.len();
        if ours != theirs {
            let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
            differ.push((text.len(), format!("{text:?}\n  ours, theirs {first:?}")));
        }
    }
    assert!(read > 100_000, "only {read} lines were compared");
    differ.sort();
    differ.dedup();
    let shown: Vec<&str> = differ.iter().take(5).map(|(_, shown)| shown.as_str()).collect();
    assert!(differ.is_empty(), "{} texts, the shortest:\n{}", differ.len(), shown.join("\n"));
}

/// The texts of our own documentation and logs, and of a folder given in the environment.
fn documents() -> Vec<String> {
    let below = |folder: &str| format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let extra = std::env::var("ADR_TEST_TEXTS").ok();
    let roots = [below("docs"), below("tests/logs")].into_iter().chain(extra);
    let files = roots.flat_map(|root| WalkDir::new(root).into_iter().filter_map(Result::ok));
    let pages = files.filter(|file| file.path().extension().is_some_and(|end| end == "md"));
    let texts: Vec<String> =
        pages.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
    assert!(texts.len() > 100, "only {} pages", texts.len());
    texts
}

/// Our result and the parser's for every line that is not blank and not a definition.
fn our_lines(text: &str) -> (Reading, Reading) {
    let start = parse(text).body.start;
    let theirs = Blocks::read(text, start);
    let mut readings = (vec![], vec![]);
    for line in lines(text, Span::new(start, text.len())) {
        let kind = match line.kind {
            LineKind::Blank | LineKind::Definition => continue,
            LineKind::Code | LineKind::Fence => 'c',
            LineKind::Comment | LineKind::Html => 'h',
            LineKind::Heading(_) | LineKind::Underline(_) => '#',
            LineKind::Rule => '-',
            LineKind::Text | LineKind::Row => 't',
        };
        let at = line.content.start;
        if line.content.is_empty() {
            continue; // An empty list item.
        }
        let mut quotes = line.quotes;
        let theirs_quotes = Blocks::count(&theirs.quotes, at);
        if line.continues && theirs_quotes != quotes {
            quotes = theirs_quotes; // Lazy continuation lines have no `>`.
        }
        let continues = line.continues && kind == 't';
        readings.0.push((line.span.start, kind, continues, quotes));
        let (kind, continues) = theirs.kind(at, line.span.start);
        readings.1.push((line.span.start, kind, continues, theirs_quotes));
    }
    readings
}

/// The places of the blocks in a text, according to the parser.
#[derive(Default)]
struct Blocks {
    code: Vec<Span>,
    html: Vec<Span>,
    headings: Vec<Span>,
    rules: Vec<Span>,
    paragraphs: Vec<Span>,
    quotes: Vec<Span>,
}

impl Blocks {
    fn read(text: &str, start: usize) -> Self {
        let mut blocks = Self::default();
        let body = text.get(start..).unwrap_or_default();
        let mut tight: Option<Span> = None;
        for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
            let span = Span::from(range).shift(start);
            let inline = matches!(
                event,
                Event::Text(_)
                    | Event::Code(_)
                    | Event::SoftBreak
                    | Event::HardBreak
                    | Event::InlineHtml(_)
                    | Event::Start(
                        Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
                    )
                    | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image)
            );
            if inline {
                // The text of a tight list item is not in a paragraph event.
                tight = Some(tight.map_or(span, |open| open.to(span)));
            } else {
                blocks.paragraphs.extend(tight.take());
            }
            match event {
                Event::Start(Tag::CodeBlock(_)) => blocks.code.push(span),
                Event::Start(Tag::HtmlBlock) => blocks.html.push(span),
                Event::Start(Tag::Heading { .. }) => blocks.headings.push(span),
                Event::Rule => blocks.rules.push(span),
                Event::Start(Tag::BlockQuote(_)) => blocks.quotes.push(span),
                _ => {}
            }
        }
        blocks.paragraphs.extend(tight);
        blocks
    }

    fn count(spans: &[Span], at: usize) -> usize {
        spans.iter().filter(|span| span.start <= at && at < span.end).count()
    }

    fn kind(&self, at: usize, line: usize) -> (char, bool) {
        let is_in = |spans: &[Span]| Self::count(spans, at) > 0;
        if is_in(&self.code) {
            ('c', false)
        } else if is_in(&self.html) {
            ('h', false)
        } else if is_in(&self.headings) {
            ('#', false)
        } else if is_in(&self.rules) {
            ('-', false)
        } else {
            ('t', self.paragraphs.iter().any(|one| one.start < line && at < one.end))
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
