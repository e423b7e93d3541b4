//! Markdown events as HTML, every tag of it written here.

use std::fmt::{self, Write as _};

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::broken::end_link;
use super::closer::{Closer, Picture};
use super::code;
use super::host::{Host, Slot};
use super::note::Notes;
use super::place::Links;
use super::raw::{self, Answers};
use super::table::{Table, region};
use super::{Heading, Leads, Places, Request, Text, Words};
use crate::text::escape;

/// Writes the text as HTML, with links to `places` in it.
pub(super) fn write(text: &Text<'_>, request: &Request<'_>, places: Places) -> Written {
    let mut writer = Writer {
        request,
        headings: &text.headings,
        has_addresses: text.has_addresses,
        destinations: Links { request, places: &places },
        out: String::with_capacity(text.source.len() * 3 / 2),
        next_heading: 0,
        closers: Vec::new(),
        links: 0,
        code: None,
        alt: None,
        raw: None,
        raws: Vec::new(),
        table: Table::default(),
        notes: Notes::default(),
        parked: Vec::new(),
    };
    for event in text.events() {
        writer.event(event);
    }
    let raws = std::mem::take(&mut writer.raws);
    let html = writer.finish();
    Written { html, raws, places }
}

/// A text as HTML, but for what differs between the pages that show it, and for the HTML that it holds.
pub(in crate::site) struct Written {
    /// With [slots](super::host).
    html: String,
    /// All raw HTML; `<!3>` stands for the fourth.
    raws: Vec<String>,
    /// What its links can lead to.
    places: Places,
}

impl Written {
    /// The text as it stands on a page, and the ids of the HTML in it.
    pub(super) fn on(
        &self,
        host: Host<'_>,
        text: &Text<'_>,
        request: &Request<'_>,
    ) -> (String, Vec<String>) {
        let html = host.fill(&self.html);
        if self.raws.is_empty() {
            return (html, Vec::new());
        }
        let Request { picture, words, .. } = request;
        let links = Links { request, places: &self.places };
        let Words { image, not_found, table, .. } = words;
        let leads = |destination: &str| match links.leads(destination) {
            Leads::Here(own) => Leads::Here(host.address(&own).into_owned()),
            elsewhere => elsewhere,
        };
        let answers = Answers {
            leads: &leads,
            picture: &|destination| Some(host.address(&picture(destination)?).into_owned()),
            image,
            not_found,
            table,
            before: &host.prefix(),
            is_cheap: &text.is_cheap,
            taken: text.headings.iter().map(|heading| heading.id.as_str()).collect(),
        };
        raw::merge(&html, &self.raws, &answers)
    }
}

/// What has been written, and what is open.
pub(super) struct Writer<'w> {
    pub(super) request: &'w Request<'w>,
    pub(super) headings: &'w [Heading],
    pub(super) destinations: Links<'w>,
    /// Whether the text may hold an address that is not marked as a link.
    has_addresses: bool,
    pub(super) out: String,
    next_heading: usize,
    /// How to end what was begun, the innermost last.
    pub(super) closers: Vec<Closer>,
    /// How many links are open: an address inside one is no link of its own.
    pub(super) links: usize,
    /// The block of code that is open: its language and its text.
    code: Option<(String, String)>,
    /// The picture that is open.
    pub(super) alt: Option<Picture>,
    /// The raw HTML that is open.
    pub(super) raw: Option<String>,
    /// All raw HTML; `<!3>` stands for the fourth in what was written.
    pub(super) raws: Vec<String>,
    table: Table,
    pub(super) notes: Notes,
    /// What was written before the footnotes that are open.
    parked: Vec<String>,
}

impl Writer<'_> {
    fn event(&mut self, event: &Event<'_>) {
        if self.in_picture(event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(text),
                None if self.links > 0 || !self.has_addresses => {
                    escape(&mut self.out, text);
                }
                None => self.text(text),
            },
            Event::Code(text) => self.wrapped("<code>", text, "</code>"),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.wrapped("<code>", text, "</code>");
            }
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(html),
                None => self.raw_html(html, false),
            },
            Event::InlineHtml(html) => self.raw_html(html, true),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
            Event::FootnoteReference(label) => self.note_reference(label),
        }
    }

    pub(super) fn push(&mut self, markup: fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = self.out.write_fmt(markup);
    }

    /// Writes `before`, what ids begin with, and `after`.
    pub(super) fn prefixed(&mut self, before: &str, after: fmt::Arguments<'_>) {
        self.out.push_str(before);
        Slot::Prefix.write(&mut self.out);
        self.push(after);
    }

    pub(super) fn wrapped(&mut self, before: &str, text: &str, after: &str) {
        self.out.push_str(before);
        escape(&mut self.out, text);
        self.out.push_str(after);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open("<p>", "</p>\n"),
            Tag::Heading { .. } => self.heading(),
            Tag::BlockQuote(kind) => self.quotation(*kind),
            Tag::CodeBlock(kind) => self.code(kind),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.push(format_args!("<ol start=\"{first}\">\n"));
                self.closers.push(Closer::With("</ol>\n"));
            }
            Tag::Item => self.open("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.parked.push(std::mem::take(&mut self.out));
                self.closers.push(Closer::Note(label.to_string()));
            }
            Tag::Table(alignments) => {
                self.table = Table::new(alignments.clone());
                region(&mut self.out, &self.request.words.table);
                self.open("<table>\n", "</tbody></table></div>\n");
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
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.link(&format!("mailto:{dest_url}"), "");
            }
            Tag::Link { dest_url, title, .. } => self.link(dest_url, title),
            Tag::Image { dest_url, title, .. } => {
                let (destination, title) = (dest_url.to_string(), title.to_string());
                self.alt = Some(Picture { depth: 1, destination, title, ..Picture::default() });
            }
            // Not asked for.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.open("<div>", "</div>\n"),
        }
    }

    fn open(&mut self, before: &str, after: &'static str) {
        self.out.push_str(before);
        self.closers.push(Closer::With(after));
    }

    /// A part of the page that scrolls by itself, so that keys must reach it; its tag is left open.
    pub(super) fn end(&mut self, end: TagEnd) {
        if end == TagEnd::HtmlBlock {
            let raw = self.raw.take().unwrap_or_default();
            return self.raw_html(&raw, false);
        }
        if end == TagEnd::CodeBlock
            && let Some((language, text)) = self.code.take()
        {
            code::paint(&mut self.out, &text, &language);
        }
        match self.closers.pop() {
            Some(Closer::With(after)) => self.out.push_str(after),
            Some(Closer::Heading(level)) => {
                self.out.push_str("</h");
                Slot::Level(level).write(&mut self.out);
                self.out.push_str(">\n");
            }
            Some(Closer::Nothing(begin)) => self.out.truncate(begin),
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
                end_link(&mut self.out, after, &self.request.words.not_found);
            }
            Some(Closer::Note(label)) => {
                let before = self.parked.pop().unwrap_or_default();
                let note = std::mem::replace(&mut self.out, before);
                self.notes.define(&label, note);
            }
            None => {}
        }
    }

    fn heading(&mut self) {
        let heading = self.headings.get(self.next_heading);
        self.next_heading += 1;
        let Some(heading) = heading.filter(|heading| !heading.is_left_out()) else {
            return self.closers.push(Closer::Nothing(self.out.len()));
        };
        self.out.push_str("<h");
        Slot::Level(heading.level).write(&mut self.out);
        self.out.push_str(" id=\"");
        Slot::Prefix.write(&mut self.out);
        escape(&mut self.out, &heading.id);
        self.out.push_str("\">");
        self.closers.push(Closer::Heading(heading.level));
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open("<blockquote>\n", "</blockquote>\n");
        };
        let words = self.request.words;
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", &words.note),
            BlockQuoteKind::Tip => ("tip", &words.tip),
            BlockQuoteKind::Important => ("important", &words.important),
            BlockQuoteKind::Warning => ("warning", &words.warning),
            BlockQuoteKind::Caution => ("caution", &words.caution),
        };
        self.out.push_str("<blockquote class=\"");
        self.out.push_str(class);
        self.wrapped("\">\n<p><strong>", word, "</strong></p>\n");
        self.closers.push(Closer::With("</blockquote>\n"));
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#' | '.');
        let language = info.chars().all(known).then(|| info.to_ascii_lowercase());
        let language = language.unwrap_or_default();
        let is_diagram = language == "mermaid";
        if is_diagram {
            self.wrapped("<figure><figcaption>", &self.request.words.diagram, "</figcaption>\n");
        }
        self.out.push_str("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(&mut self.out, &self.request.words.code);
        self.out.push_str("\"><code");
        if !language.is_empty() {
            self.push(format_args!(" class=\"language-{language}\""));
        }
        self.out.push('>');
        self.code = Some((language, String::new()));
        let after = if is_diagram { "</code></pre></figure>\n" } else { "</code></pre>\n" };
        self.closers.push(Closer::With(after));
    }

    fn task(&mut self, done: bool) {
        let words = self.request.words;
        let (mark, name) = if done { ('☑', &words.done) } else { ('☐', &words.open) };
        self.out.push_str("<span class=\"box\" role=\"img\" aria-label=\"");
        escape(&mut self.out, name);
        self.push(format_args!("\">{mark}</span> "));
    }
}
