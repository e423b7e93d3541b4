//! The words and the id of a heading: one reading for everyone who looks for a section, links to it or shows it.
//!
//! Attributes at the end (`{#id}`, `{: .class}`), empty anchors, comments and footnote marks are not words.
//! Braces within the words are, and so is a type in angle brackets.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, TagEnd};

use super::html::{HtmlPiece, element, pieces};
use crate::text::Span;

/// The parts of a heading. All spans are offsets in the source of the heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingText {
    /// The visible words, without markup and with single spaces.
    pub words: String,
    /// The bytes of the words in the source.
    pub span: Span,
    /// The id from its author.
    pub id: Option<String>,
    /// The text that forges make the anchor from, if it differs from the words: they do not know attributes, and take
    /// types for tags.
    pub forge: Option<String>,
    /// The names in its HTML that links can lead to.
    pub anchor_names: Vec<String>,
    /// The attributes at its end, the last one first.
    pub attributes: Vec<Span>,
}

/// Reads the heading `source`, which has no level marks and no white space around it.
pub fn heading(source: &str) -> HeadingText {
    let mut result = HeadingText { span: Span::new(0, source.len()), ..HeadingText::default() };
    let is_markup = |byte: u8| {
        matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~' | b'!' | b'{')
    };
    if !source.bytes().any(is_markup) {
        result.words = with_single_spaces(source);
        return result;
    }
    result.cut(source);
    let inner_text = result.span.of(source).to_owned();
    let mut forge_words = inner_text.clone();
    result.inline(&inner_text, &mut forge_words);
    // In the order of the source.
    for attributes in result.attributes.iter().rev() {
        forge_words.push(' ');
        forge_words.push_str(attributes.of(source));
    }
    let forge_words = with_single_spaces(&forge_words);
    result.forge = (forge_words != result.words).then_some(forge_words);
    result
}

/// Reads whole lines: `## Words ##`, or words above a line of `=` or `-`. The spans are offsets in `lines`.
pub fn heading_of_lines(lines: &str) -> HeadingText {
    let trimmed = Span::new(0, lines.len()).trim(lines);
    let level = trimmed.of(lines).bytes().take_while(|byte| *byte == b'#').count();
    let words_end =
        if level == 0 { trimmed.of(lines).rfind('\n').unwrap_or(0) } else { trimmed.len() };
    let mut words_span =
        Span::new(trimmed.start + level.min(words_end), trimmed.start + words_end).trim(lines);
    let without_closing = words_span.of(lines).trim_end_matches('#');
    if level > 0 && (without_closing.is_empty() || without_closing.ends_with([' ', '\t'])) {
        words_span =
            Span::new(words_span.start, words_span.start + without_closing.len()).trim(lines);
    }
    let source = words_span.of(lines);
    let start = words_span.start;
    let mut result = heading(source);
    result.span = result.span.shift(start);
    for attributes in &mut result.attributes {
        *attributes = attributes.shift(start);
    }
    result
}

impl HeadingText {
    /// Removes everything around the words. Every step but the last removes something, and reads no further than that.
    fn cut(&mut self, source: &str) {
        self.span = self.span.trim(source);
        while let Some(length) = empty_anchor(self.span.of(source)) {
            let anchor = Span::new(self.span.start, self.span.start + length);
            self.add_anchor_names(anchor.of(source));
            self.span = Span::new(anchor.end, self.span.end).trim(source);
        }
        loop {
            let remaining = self.span.trim(source);
            let remaining_text = remaining.of(source);
            let remaining_end = if let Some(offset) = last_anchor(remaining_text) {
                self.add_anchor_names(remaining_text.get(offset..).unwrap_or_default());
                offset
            } else if let Some(offset) = last_comment(remaining_text) {
                offset
            } else if let Some((offset, id)) = attributes(remaining_text) {
                self.id = id.or(self.id.take());
                self.attributes.push(Span::new(remaining.start + offset, remaining.end));
                offset
            } else {
                self.span = remaining;
                return;
            };
            self.span = Span::new(remaining.start, remaining.start + remaining_end);
        }
    }

    fn add_anchor_names(&mut self, html: &str) {
        for piece in pieces(html) {
            if let HtmlPiece::Tag(tag) = piece {
                self.anchor_names.extend(tag.anchor_name().map(str::to_owned));
            }
        }
    }

    /// Reads the markup of `source`: its words, and what a forge takes for them.
    fn inline(&mut self, source: &str, forge: &mut String) {
        forge.clear();
        let mut words = String::new();
        // As a heading, so that a number or a hyphen at the start does not make a list.
        let mut markdown = format!("# {}\n", source.replace(['\n', '\r'], " "));
        for label in footnotes(source) {
            markdown.extend(["\n[^", label, "]: x\n"]);
        }
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        // A link whose definition is elsewhere is a link; a word in brackets alone may be one, and reads the same.
        let resolve = |link: BrokenLink<'_>| {
            let is_shortcut =
                matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
            (!is_shortcut).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
        };
        for event in Parser::new_with_broken_link_callback(&markdown, options, Some(resolve)) {
            match event {
                Event::Text(text) | Event::Code(text) => {
                    words.push_str(&text);
                    forge.push_str(&text);
                }
                Event::FootnoteReference(label) => forge.push_str(&label),
                Event::SoftBreak | Event::HardBreak => {
                    words.push(' ');
                    forge.push(' ');
                }
                Event::InlineHtml(html) => match element(&html) {
                    Some("br") => words.push(' '),
                    Some(_) => self.add_anchor_names(&html),
                    None if html.starts_with("<!") => {}
                    None => words.push_str(&html),
                },
                Event::End(TagEnd::Heading(_)) => break,
                _ => {}
            }
        }
        self.words = with_single_spaces(&words);
    }
}

fn with_single_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels of possible footnote marks.
fn footnotes(text: &str) -> BTreeSet<&str> {
    let labels =
        text.split("[^").skip(1).filter_map(|after_mark| Some(after_mark.split_once(']')?.0));
    let is_label = |label: &&str| {
        !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || "[\\`".contains(c))
    };
    labels.filter(is_label).collect()
}

/// The length of the anchor without words at the start of `text`: `<a name="x"></a>` or `<a id="x"/>`.
fn empty_anchor(text: &str) -> Option<usize> {
    if element(text) != Some("a") || text.starts_with("</") {
        return None;
    }
    let tag_end = text.find('>')? + 1;
    let (tag, after_tag) = text.split_at_checked(tag_end)?;
    if tag.ends_with("/>") {
        return Some(tag_end);
    }
    let trimmed = after_tag.trim_start();
    let closing_tag =
        trimmed.get(..4).filter(|closing_tag| closing_tag.eq_ignore_ascii_case("</a>"))?;
    Some(tag_end + (after_tag.len() - trimmed.len()) + closing_tag.len())
}

/// The offset of an anchor without words at the end of `text`.
fn last_anchor(text: &str) -> Option<usize> {
    let last_tag = text.rfind('<').filter(|_| text.ends_with('>'))?;
    let is_closing_tag = text.get(last_tag..)?.starts_with("</");
    let anchor_start = if is_closing_tag { text.get(..last_tag)?.rfind('<')? } else { last_tag };
    (anchor_start > 0 && empty_anchor(text.get(anchor_start..)?) == Some(text.len() - anchor_start))
        .then_some(anchor_start)
}

/// The offset of a comment at the end of `text`.
fn last_comment(text: &str) -> Option<usize> {
    text.ends_with("-->").then(|| text.rfind("<!--"))?.filter(|offset| *offset > 0)
}

/// The offset of the attributes at the end of `text`, and the id among them: `{#id .class key=value}` as in Pandoc,
/// mdBook and Docusaurus, `{: #id}` as in kramdown, `{/* #id */}` as in MDX.
fn attributes(text: &str) -> Option<(usize, Option<String>)> {
    let brace = text.strip_suffix('}')?.rfind('{')?;
    let inside = text.get(brace + 1..text.len() - 1)?.trim();
    let text_before = text.get(..brace)?;
    let follows_space = text_before.ends_with(char::is_whitespace);
    // `/orders{#part}` is a template of addresses.
    let is_template =
        || text_before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('/'));
    let is_attached = !follows_space && !text_before.ends_with('}');
    if text_before.trim().is_empty() || text_before.ends_with('\\') || is_attached && is_template()
    {
        return None;
    }
    let (has_marker, attributes) =
        match inside.strip_prefix("/*").and_then(|comment| comment.strip_suffix("*/")) {
            Some(attributes) => (true, attributes),
            None => (inside.starts_with(':'), inside.strip_prefix(':').unwrap_or(inside)),
        };
    let mut id = None;
    let mut is_recognised = has_marker || attributes == "-" && follows_space;
    for attribute in attributes.split_whitespace() {
        if let Some(name) = attribute.strip_prefix('#').filter(|name| is_name(name)) {
            id.get_or_insert_with(|| name.to_owned());
            is_recognised = true;
        } else if let Some(class) = attribute.strip_prefix('.') {
            // `.NET` is a word.
            let is_class = is_name(class) && class.starts_with(|c: char| c.is_lowercase());
            is_recognised |= is_class && follows_space;
            if !is_class {
                return None;
            }
        } else if !has_marker && attribute != "-" && !attribute.contains('=') {
            return None;
        }
    }
    (is_recognised && !attributes.trim().is_empty()).then_some((brace, id))
}

/// Whether an author can use this name as an id.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{heading, heading_of_lines};

    #[track_caller]
    fn check(written: &str, words: &str, id: Option<&str>, anchor_names: &[&str]) {
        let read = heading(written);
        assert_eq!((read.words.as_str(), read.id.as_deref()), (words, id), "{written}");
        assert_eq!(read.anchor_names, anchor_names, "{written}");
    }

    #[test]
    fn attributes_are_no_words() {
        for (written, id) in [
            ("Costs {#price}", "price"),
            ("Costs{#Price}", "Price"),
            ("Costs {: #price .wide}", "price"),
            ("Costs {:#price}", "price"),
            ("Costs { .wide #price key=\"1\" }", "price"),
            ("Costs {/* #price */}", "price"),
            ("Costs {#price} <!-- often -->", "price"),
            ("Costs {#preis-größe}", "preis-größe"),
        ] {
            check(written, "Costs", Some(id), &[]);
        }
        for written in ["Costs {.unnumbered}", "Costs {: .wide}", "Costs {-}", "Costs {:toc}"] {
            check(written, "Costs", None, &[]);
        }
        check("`Costs` {#a} {.b}", "Costs", Some("a"), &[]);
        check("Costs{#a}{#b}", "Costs", Some("a"), &[]);
    }

    #[test]
    fn braces_within_the_words_stay() {
        for words in [
            "Use {fmt} for logs",
            "Endpoint /orders/{orderId}",
            "Endpoint /orders{#part}",
            "Leave {.NET}",
            "{#x}",
            "Use {}",
            "A set {a, b}",
            "An object {key=value}",
        ] {
            check(words, words, None, &[]);
        }
        check("A \\{#x}", "A {#x}", None, &[]);
        check("Use `{#x}`", "Use {#x}", None, &[]);
    }

    #[test]
    fn anchors_comments_and_marks_of_footnotes_are_no_words() {
        check("<a name=\"x\"></a> Costs", "Costs", None, &["x"]);
        check("Costs <a id='y'></a>", "Costs", None, &["y"]);
        check("<a id=\"x\"/>Costs", "Costs", None, &["x"]);
        check("Costs[^1] of <span id=\"z\">it</span>", "Costs of it", None, &["z"]);
        check("Costs <!-- old --> today", "Costs today", None, &[]);
        check("Costs<br>today [now][ref] [later]", "Costs today now [later]", None, &[]);
        let read = heading("<a name=\"x\"></a> Costs *of* it {#y}");
        assert_eq!(read.span.of("<a name=\"x\"></a> Costs *of* it {#y}"), "Costs *of* it");
    }

    #[test]
    fn no_heading_takes_longer_than_in_step_with_its_length() {
        let many = 100_000;
        for (before, unit, after) in [
            ("x ", "{-} ", ""),
            ("<a x ", "{-} ", ""),
            ("x", "{#a}", ""),
            ("x ", "<a id=a/>", ""),
            ("", "<a id=a></a>", ""),
            ("", "<a id=a>", "</a>"),
            ("x ", "<!-- -->", ""),
            ("x ", "<!-- ", "-->"),
            ("", "[^a", "]"),
            ("", "[^a]", ""),
        ] {
            let written = format!("{before}{}{after}", unit.repeat(many));
            assert!(heading(&written).words.len() <= written.len());
        }
    }

    #[test]
    fn a_type_in_angle_brackets_is_a_word() {
        let read = heading("Return Result<Order> *early*");
        assert_eq!(read.words, "Return Result<Order> early");
        assert_eq!(read.forge.as_deref(), Some("Return Result early"));
        check("3. `Vec<T>` <kbd>x</kbd>", "3. Vec<T> x", None, &[]);
    }

    #[test]
    fn a_heading_has_its_place_in_its_lines() {
        for lines in ["## Costs {#x} ##\n", "  # Costs {#x}", "Costs {#x}\n---\n"] {
            let read = heading_of_lines(lines);
            assert_eq!((read.words.as_str(), read.span.of(lines)), ("Costs", "Costs"), "{lines:?}");
            assert_eq!(read.attributes.first().map(|one| one.of(lines)), Some("{#x}"));
        }
        assert_eq!(heading_of_lines("#\n").words, "");
    }
}
