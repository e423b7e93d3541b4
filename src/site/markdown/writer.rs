//! Markdown events as HTML, every tag of it written here.

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::destination::bare_addresses;
use super::escape::escape;
use super::table::Table;
use super::{Heading, Leads, Piece, Request};

/// Writes `events` as HTML; `headings` are all of theirs.
pub(super) fn write(request: &Request<'_>, events: Vec<Piece<'_>>, headings: &[Heading]) -> String {
    let mut writer = Writer {
        request,
        headings,
        out: String::with_capacity(request.text.len() * 3 / 2),
        next_heading: 0,
        closers: Vec::new(),
        links: 0,
        is_code: false,
        alt: None,
        raw: None,
        table: Table::default(),
        notes: Notes::default(),
        parked: Vec::new(),
    };
    for (event, _) in events {
        writer.event(event);
    }
    writer.finish()
}

struct Writer<'w> {
    request: &'w Request<'w>,
    headings: &'w [Heading],
    out: String,
    next_heading: usize,
    /// How to end what was begun, the innermost last.
    closers: Vec<Closer>,
    /// How many links are open: an address inside one is no link of its own.
    links: usize,
    is_code: bool,
    /// The words of the picture that is open, and how deep its markup is nested.
    alt: Option<(String, usize, String)>,
    /// The raw HTML that is open.
    raw: Option<String>,
    table: Table,
    notes: Notes,
    /// What was written before the footnotes that are open.
    parked: Vec<String>,
}

/// How to end what a tag began.
enum Closer {
    /// With this.
    With(&'static str),
    /// With this, or with nothing at all if nothing was written since this byte: no heading.
    OrNothing(String, usize),
    /// A cell, which is an ordinary one if nothing was written in it; where its tag began and ended.
    Cell(&'static str, usize, usize),
    /// A link to something with this name, for a link without words; where its words began.
    Link(&'static str, String, usize),
    /// A footnote: its label.
    Note(String),
}

/// The footnotes of a text.
#[derive(Default)]
struct Notes {
    numbers: BTreeMap<String, usize>,
    referenced: Vec<usize>,
    written: BTreeMap<usize, String>,
}

impl Notes {
    /// Labels are the same in any case.
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_lowercase()).or_insert(next)
    }
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>) {
        if self.in_picture(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.links > 0 || self.is_code => escape(&mut self.out, &text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.wrapped("<code>", &text, "</code>"),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.wrapped("<code>", &text, "</code>");
            }
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.raw_html(&html, false),
            },
            Event::InlineHtml(html) => self.raw_html(&html, true),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.note_reference(&label),
        }
    }

    fn wrapped(&mut self, before: &str, text: &str, after: &str) {
        self.out.push_str(before);
        escape(&mut self.out, text);
        self.out.push_str(after);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open("<p>", "</p>\n"),
            Tag::Heading { .. } => self.heading(),
            Tag::BlockQuote(kind) => self.quotation(kind),
            Tag::CodeBlock(kind) => self.code(&kind),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.out.push_str(&format!("<ol start=\"{first}\">\n"));
                self.closers.push(Closer::With("</ol>\n"));
            }
            Tag::Item => self.open("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.parked.push(std::mem::take(&mut self.out));
                self.closers.push(Closer::Note(label.into_string()));
            }
            Tag::DefinitionList => self.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open("<dd>", "</dd>\n"),
            Tag::Table(alignments) => {
                self.table = Table::new(alignments);
                self.region("table", self.request.words.table);
                self.open("><table>\n", "</tbody></table></div>\n");
            }
            Tag::TableHead => {
                self.table.row(true);
                self.open("<thead><tr>", "</tr></thead>\n<tbody>\n");
            }
            Tag::TableRow => {
                self.table.row(false);
                self.open("<tr>", "</tr>\n");
            }
            Tag::TableCell => {
                let (before, after) = self.table.cell();
                let begin = self.out.len();
                self.out.push_str(before);
                self.closers.push(Closer::Cell(after, begin, self.out.len()));
            }
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.alt = Some((String::new(), 1, dest_url.into_string()));
            }
            Tag::MetadataBlock(_) => self.open("<pre>", "</pre>\n"),
        }
    }

    fn open(&mut self, before: &str, after: &'static str) {
        self.out.push_str(before);
        self.closers.push(Closer::With(after));
    }

    /// A part of the page that scrolls by itself, so that keys must reach it; its tag is left open.
    fn region(&mut self, class: &str, name: &str) {
        self.out.push_str("<div class=\"");
        self.out.push_str(class);
        self.out.push_str("\" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&mut self.out, name);
        self.out.push('"');
    }

    fn end(&mut self, end: TagEnd) {
        if end == TagEnd::HtmlBlock {
            let raw = self.raw.take().unwrap_or_default();
            return self.raw_html(&raw, false);
        }
        if end == TagEnd::CodeBlock {
            self.is_code = false;
        }
        match self.closers.pop() {
            Some(Closer::With(after)) => self.out.push_str(after),
            Some(Closer::OrNothing(after, begin)) => {
                if after.is_empty() {
                    self.out.truncate(begin);
                } else {
                    self.out.push_str(&after);
                }
            }
            Some(Closer::Cell(after, begin, inside)) => {
                if self.out.len() == inside {
                    self.out.truncate(begin);
                    self.out.push_str("<td></td>");
                } else {
                    self.out.push_str(after);
                }
            }
            Some(Closer::Link(after, name, inside)) => {
                self.links = self.links.saturating_sub(1);
                if self.out.len() == inside {
                    escape(&mut self.out, &name);
                }
                self.out.push_str(after);
            }
            Some(Closer::Note(label)) => {
                let before = self.parked.pop().unwrap_or_default();
                let note = std::mem::replace(&mut self.out, before);
                let number = self.notes.number(&label);
                self.notes.written.entry(number).or_insert(note);
            }
            None => {}
        }
    }

    fn heading(&mut self) {
        let heading = self.headings.get(self.next_heading);
        self.next_heading += 1;
        let begin = self.out.len();
        let Some(heading) = heading.filter(|heading| !heading.is_left_out()) else {
            return self.closers.push(Closer::OrNothing(String::new(), begin));
        };
        let level = heading.level;
        self.out.push_str(&format!("<h{level} id=\""));
        escape(&mut self.out, &heading.id);
        self.out.push_str("\">");
        self.closers.push(Closer::OrNothing(format!("</h{level}>\n"), begin));
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open("<blockquote>\n", "</blockquote>\n");
        };
        let words = self.request.words;
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", words.note),
            BlockQuoteKind::Tip => ("tip", words.tip),
            BlockQuoteKind::Important => ("important", words.important),
            BlockQuoteKind::Warning => ("warning", words.warning),
            BlockQuoteKind::Caution => ("caution", words.caution),
        };
        self.out.push_str("<blockquote class=\"");
        self.out.push_str(class);
        self.wrapped("\">\n<p><strong>", word, "</strong></p>\n");
        self.closers.push(Closer::With("</blockquote>\n"));
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) {
        self.is_code = true;
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#' | '.');
        let language = info.chars().all(known).then(|| info.to_ascii_lowercase());
        let language = language.filter(|language| !language.is_empty());
        let is_diagram = language.as_deref() == Some("mermaid");
        if is_diagram {
            self.wrapped("<figure><figcaption>", self.request.words.diagram, "</figcaption>\n");
        }
        self.out.push_str("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&mut self.out, self.request.words.code);
        self.out.push_str("\"><code");
        if let Some(language) = language {
            self.out.push_str(&format!(" class=\"language-{language}\""));
        }
        self.out.push('>');
        let after = if is_diagram { "</code></pre></figure>\n" } else { "</code></pre>\n" };
        self.closers.push(Closer::With(after));
    }

    fn task(&mut self, done: bool) {
        let words = self.request.words;
        let (mark, name) = if done { ('☑', words.done) } else { ('☐', words.open) };
        self.out.push_str("<span class=\"box\" role=\"img\" aria-label=\"");
        escape(&mut self.out, name);
        self.out.push_str(&format!("\">{mark}</span> "));
    }

    fn text(&mut self, text: &str) {
        let mut done = 0;
        for range in bare_addresses(text) {
            escape(&mut self.out, text.get(done..range.start).unwrap_or_default());
            let address = text.get(range.clone()).unwrap_or_default();
            self.link(address);
            escape(&mut self.out, address);
            self.end(TagEnd::Link);
            done = range.end;
        }
        escape(&mut self.out, text.get(done..).unwrap_or_default());
    }

    /// Begins a link, or what stands in its place if it leads nowhere.
    fn link(&mut self, destination: &str) {
        let leads = match destination.trim().strip_prefix('#') {
            Some(anchor) if self.has_anchor(anchor) => Leads::Here(format!("#{anchor}")),
            Some(_) => Leads::Broken(destination.to_owned()),
            None => (self.request.leads)(destination),
        };
        let (before, attribute, after) = match leads {
            Leads::Here(to) | Leads::Away(to) => ("<a href=\"", to, "</a>"),
            Leads::Unpublished(path) => ("<span class=\"path\" title=\"", path, "</span>"),
            Leads::Broken(path) => ("<span class=\"broken\" title=\"", path, "</span>"),
            Leads::Refused => ("<span class=\"broken\" title=\"", String::new(), "</span>"),
        };
        self.wrapped(before, &attribute, "\">");
        self.links += 1;
        self.closers.push(Closer::Link(after, destination.to_owned(), self.out.len()));
    }

    fn has_anchor(&self, anchor: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == anchor)
    }

    /// Whether the event belongs to a picture, of which only the words are kept.
    fn in_picture(&mut self, event: &Event<'_>) -> bool {
        let Some((words, depth, _)) = &mut self.alt else { return false };
        match event {
            Event::Start(_) => *depth += 1,
            Event::End(_) => *depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if *depth == 0
            && let Some((words, _, destination)) = self.alt.take()
        {
            self.picture(&words, &destination);
        }
        true
    }

    /// A picture as a link to it: pages fetch nothing from other sites.
    fn picture(&mut self, words: &str, destination: &str) {
        let words = if words.trim().is_empty() { self.request.words.image } else { words };
        if self.links > 0 {
            return escape(&mut self.out, words);
        }
        self.link(destination);
        escape(&mut self.out, words);
        self.end(TagEnd::Link);
    }

    fn note_reference(&mut self, label: &str) {
        let number = self.notes.number(label);
        let id = if self.notes.referenced.contains(&number) {
            String::new()
        } else {
            self.notes.referenced.push(number);
            format!(" id=\"Ref-{number}\"")
        };
        self.out.push_str(&format!("<sup{id}><a href=\"#Note-{number}\">{number}</a></sup>"));
    }

    /// HTML that a record holds: shown as text, comments left out.
    fn raw_html(&mut self, html: &str, is_inline: bool) {
        let shown = without_comments(html);
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        if is_inline {
            let bare = shown.trim_matches(['<', '>', '/', ' ']);
            if bare.eq_ignore_ascii_case("br") {
                return self.out.push_str("<br>");
            }
            return self.wrapped("<code class=\"html\">", shown, "</code>");
        }
        self.wrapped("<pre class=\"html\" tabindex=\"0\">", shown, "</pre>\n");
    }

    fn finish(mut self) -> String {
        let notes = std::mem::take(&mut self.notes);
        if notes.written.is_empty() {
            return self.out;
        }
        self.out.push_str("<ol class=\"notes\">\n");
        for (number, note) in &notes.written {
            self.out.push_str(&format!("<li id=\"Note-{number}\" value=\"{number}\">{note}"));
            if notes.referenced.contains(number) {
                self.out.push_str(&format!("<a href=\"#Ref-{number}\" aria-label=\""));
                escape(&mut self.out, self.request.words.back);
                self.out.push_str("\">↩</a>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
        self.out
    }
}

/// `html` without `<!-- … -->`; a comment that does not end reaches to the end.
fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
