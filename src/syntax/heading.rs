//! The words and the ids of a heading: the one reading of them, for those who look for a section, link to it or show it.
//!
//! Attributes at the end (`{#id}`, `{: .class}`), empty anchors, comments and the marks of footnotes are not words.
//! Braces within the words are, and so is a type in angle brackets.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, TagEnd};

use super::html::{Piece, element, pieces};
use crate::text::Span;

/// A heading that has been read. All spans are bytes of what was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingText {
    /// What a reader sees, without markup and with single blanks.
    pub words: String,
    /// Where these are written.
    pub span: Span,
    /// The id that its author gave it.
    pub id: Option<String>,
    /// What forges make its anchor of, where that is not the words: they know no attributes and take types for tags.
    pub forge: Option<String>,
    /// The names of the HTML in it that links can lead to.
    pub marks: Vec<String>,
    /// The attributes at its end, the last one first.
    pub attributes: Vec<Span>,
}

/// Reads the heading `written`, which has neither the marks of its level nor white space around it.
pub fn heading(written: &str) -> HeadingText {
    let mut read = HeadingText { span: Span::new(0, written.len()), ..HeadingText::default() };
    let markup = |byte: u8| {
        matches!(byte, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<' | b'&' | b'~' | b'!' | b'{')
    };
    if !written.bytes().any(markup) {
        read.words = single_blanks(written);
        return read;
    }
    read.cut(written);
    let words = read.span.of(written).to_owned();
    let mut forge = words.clone();
    read.inline(&words, &mut forge);
    // In the order in which they are written.
    for attributes in read.attributes.iter().rev() {
        forge.push(' ');
        forge.push_str(attributes.of(written));
    }
    let forge = single_blanks(&forge);
    read.forge = (forge != read.words).then_some(forge);
    read
}

/// The same for whole lines: `## Words ##`, or words above a line of `=` or `-`. What is read has its place in `lines`.
pub fn heading_of_lines(lines: &str) -> HeadingText {
    let line = Span::new(0, lines.len()).trim(lines);
    let level = line.of(lines).bytes().take_while(|byte| *byte == b'#').count();
    let end = if level == 0 { line.of(lines).rfind('\n').unwrap_or(0) } else { line.len() };
    let mut place = Span::new(line.start + level.min(end), line.start + end).trim(lines);
    let open = place.of(lines).trim_end_matches('#');
    if level > 0 && (open.is_empty() || open.ends_with([' ', '\t'])) {
        place = Span::new(place.start, place.start + open.len()).trim(lines);
    }
    let written = place.of(lines);
    let start = place.start;
    let mut read = heading(written);
    read.span = read.span.shift(start);
    for attributes in &mut read.attributes {
        *attributes = attributes.shift(start);
    }
    read
}

impl HeadingText {
    /// Takes off what is around the words. Every step but the last takes something off, and looks no further than that.
    fn cut(&mut self, written: &str) {
        self.span = self.span.trim(written);
        while let Some(length) = empty_anchor(self.span.of(written)) {
            let anchor = Span::new(self.span.start, self.span.start + length);
            self.take_marks(anchor.of(written));
            self.span = Span::new(anchor.end, self.span.end).trim(written);
        }
        loop {
            let words = self.span.trim(written);
            let text = words.of(written);
            let end = if let Some(at) = last_anchor(text) {
                self.take_marks(text.get(at..).unwrap_or_default());
                at
            } else if let Some(at) = last_comment(text) {
                at
            } else if let Some((at, id)) = attributes(text) {
                self.id = id.or(self.id.take());
                self.attributes.push(Span::new(words.start + at, words.end));
                at
            } else {
                self.span = words;
                return;
            };
            self.span = Span::new(words.start, words.start + end);
        }
    }

    fn take_marks(&mut self, html: &str) {
        for piece in pieces(html) {
            if let Piece::Tag(tag) = piece {
                self.marks.extend(tag.mark().map(str::to_owned));
            }
        }
    }

    /// Reads the markup of `written`: its words, and what a forge takes for them.
    fn inline(&mut self, written: &str, forge: &mut String) {
        forge.clear();
        let mut words = String::new();
        // As a heading, so that neither a number nor a hyphen at the beginning makes a list.
        let mut text = format!("# {}\n", written.replace(['\n', '\r'], " "));
        for label in footnotes(written) {
            text.extend(["\n[^", label, "]: x\n"]);
        }
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        // What is defined elsewhere is a link; a word in brackets alone may be one, and reads the same.
        let defined = |link: BrokenLink<'_>| {
            let is_alone = matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
            (!is_alone).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
        };
        for event in Parser::new_with_broken_link_callback(&text, options, Some(defined)) {
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
                    Some(_) => self.take_marks(&html),
                    None if html.starts_with("<!") => {}
                    None => words.push_str(&html),
                },
                Event::End(TagEnd::Heading(_)) => break,
                _ => {}
            }
        }
        self.words = single_blanks(&words);
    }
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels of what may be the marks of footnotes.
fn footnotes(text: &str) -> BTreeSet<&str> {
    let labels = text.split("[^").skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let is_label = |label: &&str| {
        !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || "[\\`".contains(c))
    };
    labels.filter(is_label).collect()
}

/// The length of the anchor without words that the text begins with: `<a name="x"></a>` or `<a id="x"/>`.
fn empty_anchor(text: &str) -> Option<usize> {
    if element(text) != Some("a") || text.starts_with("</") {
        return None;
    }
    let end = text.find('>')? + 1;
    let (tag, rest) = text.split_at_checked(end)?;
    if tag.ends_with("/>") {
        return Some(end);
    }
    let inside = rest.trim_start();
    let close = inside.get(..4).filter(|close| close.eq_ignore_ascii_case("</a>"))?;
    Some(end + (rest.len() - inside.len()) + close.len())
}

/// Where the anchor without words begins that the text ends with.
fn last_anchor(text: &str) -> Option<usize> {
    let last = text.rfind('<').filter(|_| text.ends_with('>'))?;
    let is_end = text.get(last..)?.starts_with("</");
    let at = if is_end { text.get(..last)?.rfind('<')? } else { last };
    (at > 0 && empty_anchor(text.get(at..)?) == Some(text.len() - at)).then_some(at)
}

/// Where the comment begins that the text ends with.
fn last_comment(text: &str) -> Option<usize> {
    text.ends_with("-->").then(|| text.rfind("<!--"))?.filter(|at| *at > 0)
}

/// Where the attributes begin that the text ends with, and the id among them: `{#id .class key=value}` as Pandoc,
/// mdBook and Docusaurus have it, `{: #id}` as kramdown has it, `{/* #id */}` as MDX has it.
fn attributes(text: &str) -> Option<(usize, Option<String>)> {
    let at = text.strip_suffix('}')?.rfind('{')?;
    let inside = text.get(at + 1..text.len() - 1)?.trim();
    let before = text.get(..at)?;
    let is_apart = before.ends_with(char::is_whitespace);
    // `/orders{#part}` is a template of addresses.
    let is_template =
        || before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('/'));
    let is_glued = !is_apart && !before.ends_with('}');
    if before.trim().is_empty() || before.ends_with('\\') || is_glued && is_template() {
        return None;
    }
    let (is_marked, list) = match inside.strip_prefix("/*").and_then(|list| list.strip_suffix("*/"))
    {
        Some(list) => (true, list),
        None => (inside.starts_with(':'), inside.strip_prefix(':').unwrap_or(inside)),
    };
    let mut id = None;
    let mut is_known = is_marked || list == "-" && is_apart;
    for word in list.split_whitespace() {
        if let Some(name) = word.strip_prefix('#').filter(|name| is_name(name)) {
            id.get_or_insert_with(|| name.to_owned());
            is_known = true;
        } else if let Some(class) = word.strip_prefix('.') {
            // `.NET` is a word.
            let is_class = is_name(class) && class.starts_with(|c: char| c.is_lowercase());
            is_known |= is_class && is_apart;
            if !is_class {
                return None;
            }
        } else if !is_marked && word != "-" && !word.contains('=') {
            return None;
        }
    }
    (is_known && !list.trim().is_empty()).then_some((at, id))
}

/// Whether an author can give this name to a place.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{heading, heading_of_lines};

    #[track_caller]
    fn check(written: &str, words: &str, id: Option<&str>, marks: &[&str]) {
        let read = heading(written);
        assert_eq!((read.words.as_str(), read.id.as_deref()), (words, id), "{written}");
        assert_eq!(read.marks, marks, "{written}");
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
