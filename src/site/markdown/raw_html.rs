//! Makes the HTML in a record harmless.
//!
//! Tags may open in one paragraph and close in another, so only the whole text can be cleaned. Before that,
//! the attributes of our own tags are replaced by a number, and restored afterwards. So the HTML of an author
//! never has a class, nor an id that could be one of ours.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::mem;

use super::attributes::{read_attributes, tag_end};
use super::broken_link::{BROKEN_END, end_link};
use super::destination::LinkOutcome;
use super::elements::{
    CLEANER, NUMBER_ATTRIBUTE, NUMBER_ATTRIBUTE_END, NUMBER_ATTRIBUTE_START, page_element,
};
use super::escaped_source::with_escaped_html;
use super::headings::page_id;
use super::parser_cost::is_cheap;
use super::table::start_table_region;
use crate::text::escape;

/// What cleaning needs to know of the page.
pub(super) struct CleaningOptions<'r> {
    /// Returns what a link becomes.
    pub link: &'r dyn Fn(&str) -> LinkOutcome,
    /// Returns the address of a picture, if the site has it.
    pub picture: &'r dyn Fn(&str) -> Option<String>,
    /// Replaces a picture without alternative text.
    pub image: &'r str,
    /// The note on a broken link.
    pub not_found: &'r str,
    /// The label of a table.
    pub table: &'r str,
    /// Whether the HTML can be cleaned in reasonable time, once that is known.
    pub is_cheap: &'r OnceCell<bool>,
    /// The prefix of ids on this page.
    pub id_prefix: &'r str,
    /// The ids of the headings of the text.
    pub taken_ids: HashSet<&'r str>,
}

/// Whether HTML may set the id of an element.
pub(super) fn may_set_id(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    html.contains('=') && (html.contains("id") || html.contains("name"))
}

/// Replaces the marks in `ours`, such as `<!3>` for the fourth of `raw_html`, and cleans the result. Returns
/// it with the ids that `raw_html` sets, in order. HTML that is too expensive to clean is shown as source
/// text.
pub(super) fn merge(
    ours: &str,
    raw_html: &[String],
    options: &CleaningOptions<'_>,
) -> (String, Vec<String>) {
    let mut whole_html = String::with_capacity(ours.len() * 2);
    let our_tags = insert_raw_html(ours, raw_html, &mut whole_html);
    if !*options.is_cheap.get_or_init(|| is_cheap(raw_html, &whole_html)) {
        return (with_escaped_html(ours, raw_html), Vec::new());
    }
    let clean_html = CLEANER.clean(&whole_html).to_string();
    let mut restorer = TagRestorer {
        our_tags,
        open_headings: Vec::new(),
        open_links: Vec::new(),
        open_tables: Vec::new(),
        options,
        set_ids: Vec::new(),
        known_ids: HashSet::new(),
        out: String::new(),
    };
    restorer.restore(&clean_html);
    (restorer.out, restorer.set_ids)
}

/// `html` without the attribute for our numbers.
fn without_number_attribute(html: &str) -> String {
    // Only ASCII letters change their case, so the offsets stay the same.
    let lower = html.to_ascii_lowercase();
    let lower_from = |offset: usize| lower.get(offset..).unwrap_or_default();
    let mut stripped = String::with_capacity(html.len());
    let mut copied_to = 0;
    while let Some(distance) = lower_from(copied_to).find(NUMBER_ATTRIBUTE) {
        stripped.push_str(html.get(copied_to..copied_to + distance).unwrap_or_default());
        stripped.push_str(NUMBER_ATTRIBUTE_START);
        copied_to += distance + NUMBER_ATTRIBUTE.len();
        // What follows the kept start must not complete the name again.
        while lower_from(copied_to).starts_with(NUMBER_ATTRIBUTE_END) {
            copied_to += NUMBER_ATTRIBUTE_END.len();
        }
    }
    stripped.push_str(html.get(copied_to..).unwrap_or_default());
    stripped
}

/// The name of one of our tags, and its attributes.
type OurTag = (String, String);

/// Writes our HTML with a number instead of each tag's attributes, and with `raw_html` instead of its marks.
/// Returns the tags by their numbers.
fn insert_raw_html(ours: &str, raw_html: &[String], whole_html: &mut String) -> Vec<OurTag> {
    let mut our_tags: Vec<OurTag> = Vec::new();
    let mut remaining_html = ours;
    while let Some((text, tag)) = remaining_html.split_once('<') {
        whole_html.push_str(text);
        let (tag, html_after) = tag.split_once('>').unwrap_or((tag, ""));
        remaining_html = html_after;
        if let Some(number) = tag.strip_prefix('!') {
            let piece = number.parse::<usize>().ok().and_then(|number| raw_html.get(number));
            whole_html.push_str(&without_number_attribute(piece.map_or("", String::as_str)));
            continue;
        }
        whole_html.push('<');
        match tag.split_once(' ') {
            Some((name, attributes)) => {
                let number = our_tags.len().to_string();
                for text in [name, " ", NUMBER_ATTRIBUTE, "=\"", &number, "\""] {
                    whole_html.push_str(text);
                }
                our_tags.push((name.to_owned(), attributes.to_owned()));
            }
            None => whole_html.push_str(tag),
        }
        whole_html.push('>');
    }
    whole_html.push_str(remaining_html);
    our_tags
}

/// Restores the attributes of our tags, and rewrites the tags of the author.
struct TagRestorer<'r> {
    our_tags: Vec<OurTag>,
    /// The names in the end tags of the open headings; empty for one of ours.
    open_headings: Vec<&'static str>,
    /// The end tags of the open links.
    open_links: Vec<&'static str>,
    /// The end tags of the open tables.
    open_tables: Vec<&'static str>,
    options: &'r CleaningOptions<'r>,
    /// The ids that the author's HTML sets, in order.
    set_ids: Vec<String>,
    /// The same ids, for lookup.
    known_ids: HashSet<String>,
    out: String,
}

/// A start tag of cleaned HTML.
struct CleanTag<'t> {
    name: &'t str,
    attributes: Vec<(&'t str, String)>,
}

impl<'t> CleanTag<'t> {
    fn parse(tag: &'t str) -> Self {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Self { name, attributes: read_attributes(attributes) }
    }

    fn attribute(&self, key: &str) -> Option<&String> {
        let attribute = self.attributes.iter().find(|(name, _)| *name == key);
        attribute.map(|(_, value)| value)
    }

    /// The value of an attribute, or an empty text.
    fn text(&self, key: &str) -> &str {
        self.attribute(key).map_or("", String::as_str)
    }

    /// A size in pixels; any other size is ignored.
    fn pixels(&self, key: &str) -> Option<&String> {
        self.attribute(key).filter(|size| {
            (1..=4).contains(&size.len()) && size.bytes().all(|byte| byte.is_ascii_digit())
        })
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

impl TagRestorer<'_> {
    fn restore(&mut self, clean_html: &str) {
        let mut remaining_html = clean_html;
        while let Some((text, tag)) = remaining_html.split_once('<') {
            self.out.push_str(text);
            let end = tag_end(tag);
            let (tag, html_after) = tag.split_at_checked(end).unwrap_or((tag, ""));
            remaining_html = html_after.strip_prefix('>').unwrap_or(html_after);
            match tag.strip_prefix('/') {
                Some(name) => self.end(name),
                None => self.start(&CleanTag::parse(tag)),
            }
        }
        self.out.push_str(remaining_html);
    }

    fn push(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(markup);
    }

    fn start(&mut self, tag: &CleanTag<'_>) {
        let name = tag.name;
        let number =
            tag.attribute(NUMBER_ATTRIBUTE).and_then(|number| number.parse::<usize>().ok());
        let our_tag = number.and_then(|number| self.our_tags.get_mut(number));
        let our_tag = our_tag.filter(|(our_name, _)| our_name == name).map(mem::take);
        match (our_tag, name) {
            (Some((_, attributes)), _) => {
                if name == "a" {
                    self.open_links.push("</a>");
                }
                self.push(format_args!("<{name} {attributes}>"));
            }
            (None, "img") => return self.picture(tag),
            (None, "table") => {
                self.start_table();
                self.set_id(tag.text("id"));
                self.out.push('>');
            }
            (None, "a") => {
                let id = tag.attribute("id").or_else(|| tag.attribute("name"));
                let id = id.map_or("", String::as_str);
                let destination = tag.attribute("href").map(String::as_str);
                self.start_link(destination, id, tag.text("title"));
            }
            (None, _) => self.start_other(tag),
        }
        if is_heading(name) {
            // A heading of the author became a paragraph.
            self.open_headings.push(if number.is_none() { "p" } else { "" });
        }
    }

    /// Starts any other element of the author.
    fn start_other(&mut self, tag: &CleanTag<'_>) {
        let name = if is_heading(tag.name) { "p" } else { page_element(tag.name) };
        self.push(format_args!("<{name}"));
        self.set_id(tag.text("id"));
        let others =
            tag.attributes.iter().filter(|(key, _)| !["id", NUMBER_ATTRIBUTE].contains(key));
        for (key, value) in others {
            self.write_attribute(&format!(" {key}=\""), value);
        }
        self.out.push('>');
    }

    fn end(&mut self, name: &str) {
        if name == "a" {
            let end_tag = self.open_links.pop().unwrap_or_default();
            return end_link(&mut self.out, end_tag, self.options.not_found);
        }
        if name == "table" {
            let region_end = self.open_tables.pop().unwrap_or_default();
            return self.push(format_args!("</table>{region_end}"));
        }
        let heading_name = if is_heading(name) { self.open_headings.pop() } else { None };
        let heading_name = heading_name.filter(|heading_name| !heading_name.is_empty());
        self.push(format_args!("</{}>", heading_name.unwrap_or(page_element(name))));
    }

    /// Starts a table. A table of the author gets the same region as ours.
    fn start_table(&mut self) {
        let mut region = String::new();
        start_table_region(&mut region, self.options.table);
        let is_ours = self.out.ends_with(&region);
        if !is_ours {
            self.out.push_str(&region);
        }
        self.open_tables.push(if is_ours { "" } else { "</div>" });
        self.out.push_str("<table");
    }

    /// Starts a link, the element that replaces it, or an anchor.
    fn start_link(&mut self, destination: Option<&str>, id: &str, title: &str) {
        let outcome = destination.map(|destination| (self.options.link)(destination));
        let (start, attribute, value, end_tag) = match outcome {
            Some(LinkOutcome::Internal(url) | LinkOutcome::External(url)) => {
                ("<a", " href=\"", url, "</a>")
            }
            Some(LinkOutcome::Unpublished(path)) => {
                ("<span", " class=\"path\" title=\"", path, "</span>")
            }
            Some(LinkOutcome::Broken(path)) => {
                ("<span", " class=\"broken\" title=\"", path, BROKEN_END)
            }
            // The cleaner has removed the addresses of scripts, so the destination may be missing.
            Some(LinkOutcome::Refused) | None if self.is_free(id) => {
                ("<a", "", String::new(), "</a>")
            }
            Some(LinkOutcome::Refused) | None => return self.open_links.push(""),
        };
        self.out.push_str(start);
        self.set_id(id);
        if !attribute.is_empty() {
            self.write_attribute(attribute, &value);
        }
        // The title of a replaced link is its destination.
        if start == "<a" && !title.is_empty() {
            self.write_attribute(" title=\"", title);
        }
        self.out.push('>');
        self.open_links.push(end_tag);
    }

    /// Writes the value of an attribute after its start, and the closing quote.
    fn write_attribute(&mut self, start: &str, value: &str) {
        self.out.push_str(start);
        escape(&mut self.out, value);
        self.out.push('"');
    }

    /// Writes the id that an author gave an element, if the page can have it.
    fn set_id(&mut self, id: &str) {
        if self.is_free(id) {
            let id = page_id(id);
            let prefix = self.options.id_prefix;
            self.push(format_args!(" id=\"{prefix}{id}\""));
            self.known_ids.insert(id.to_string());
            self.set_ids.push(id.into_owned());
        }
    }

    /// Whether an element can have this id: it is a plain word, and no other element in the text has it.
    fn is_free(&self, id: &str) -> bool {
        let id = page_id(id);
        let is_plain = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
        !id.is_empty()
            && id.chars().all(is_plain)
            && !self.options.taken_ids.contains(id.as_ref())
            && !self.known_ids.contains(id.as_ref())
    }

    /// Writes a picture; one that the site does not have becomes a link.
    fn picture(&mut self, tag: &CleanTag<'_>) {
        let (source, words, title) = (tag.text("src"), tag.text("alt"), tag.text("title"));
        if let Some(address) = (self.options.picture)(source) {
            self.out.push_str("<img src=\"");
            escape(&mut self.out, &address);
            self.out.push_str("\" alt=\"");
            escape(&mut self.out, words);
            for key in ["width", "height"] {
                if let Some(pixels) = tag.pixels(key) {
                    self.push(format_args!("\" {key}=\"{pixels}"));
                }
            }
            if !title.is_empty() {
                self.out.push_str("\" title=\"");
                escape(&mut self.out, title);
            }
            return self.out.push_str("\">");
        }
        let words = if words.trim().is_empty() { self.options.image } else { words };
        if self.open_links.iter().any(|end_tag| !end_tag.is_empty()) {
            return escape(&mut self.out, words);
        }
        self.start_link(Some(source), "", title);
        escape(&mut self.out, words);
        self.end("a");
    }
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;
    use std::collections::HashSet;

    use super::{CleaningOptions, LinkOutcome, merge, without_number_attribute};

    /// Cleans HTML between our own paragraphs.
    #[track_caller]
    fn check(raw: &str, expected: &str) {
        let link = |to: &str| {
            let to = to.to_owned();
            match to.split_once(':') {
                Some(("javascript", _)) => LinkOutcome::Refused,
                Some(_) => LinkOutcome::External(to),
                None => LinkOutcome::Broken(to),
            }
        };
        let taken_ids = HashSet::from(["taken"]);
        let is_cheap = OnceCell::new();
        let options = CleaningOptions {
            link: &link,
            picture: &|_| None,
            image: "Picture",
            not_found: "?",
            table: "T",
            is_cheap: &is_cheap,
            id_prefix: "",
            taken_ids,
        };
        let ours = "<p class=\"a\">x</p><!0><p id=\"B\">y</p>";
        assert_eq!(merge(ours, &[raw.to_owned()], &options).0, expected, "{raw}");
    }

    #[test]
    fn our_attributes_survive_and_theirs_do_not() {
        check(
            "<b class=\"a\" id=\"B c\" data-adr=\"1\" DATA-ADR=0 onclick=x style=y>z</b>",
            "<p class=\"a\">x</p><b>z</b><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn nothing_that_runs_is_kept() {
        for raw in [
            "<script>x</script>",
            "<style>x</style>",
            "<svg><animate onbegin=x></svg>",
            "<math><mi>x</mi></math>",
            "<!-- x -->",
            "</div></body></html>",
        ] {
            check(raw, "<p class=\"a\">x</p><p id=\"B\">y</p>");
        }
    }

    #[test]
    fn a_table_scrolls_as_ours_do() {
        check(
            "<table id=t><tr><td>z<table></table></table>",
            "<p class=\"a\">x</p><div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"T\"><table id=\"t\"><tbody><tr><td>z\
             <div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"T\"><table></table></div>\
             </td></tr></tbody></table></div><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn unclosed_elements_are_closed() {
        check("<div><b>z", "<p class=\"a\">x</p><div><b>z<p id=\"B\">y</p></b></div>");
    }

    #[test]
    fn removing_the_number_attribute_makes_no_new_one() {
        check("<i data-data-adradr=\"0\">z</i>", "<p class=\"a\">x</p><i>z</i><p id=\"B\">y</p>");
    }

    #[test]
    fn every_number_attribute_is_removed() {
        for (html, expected) in [
            ("<i data-adr DATA-adr=\"1\">", "<i data data=\"1\">"),
            ("<i Data-ADR-adr-aDr>", "<i data>"),
            ("<i data-adata-adr>", "<i data-adata>"),
            ("ÄÖ data-adrÄ", "ÄÖ dataÄ"),
        ] {
            assert_eq!(without_number_attribute(html), expected);
        }
        let many = 200_000;
        assert_eq!(without_number_attribute(&"data-adr ".repeat(many)), "data ".repeat(many));
        assert_eq!(without_number_attribute(&format!("data{}", "-adr".repeat(many))), "data");
    }

    #[test]
    fn html_that_is_too_expensive_to_clean_is_shown_as_it_is_written() {
        let link = |_: &str| LinkOutcome::Refused;
        let options = CleaningOptions {
            link: &link,
            picture: &|_| None,
            image: "",
            not_found: "?",
            table: "T",
            is_cheap: &OnceCell::from(false),
            id_prefix: "",
            taken_ids: HashSet::new(),
        };
        let raw_html = ["<b>", "<i id=\"x\">", "<div>\n&\n"].map(str::to_owned);
        let (html, ids) = merge("<p class=\"a\"><!0><!1>x</p><!2><p><!0></p>", &raw_html, &options);
        assert_eq!(
            html,
            "<p class=\"a\"><code class=\"html\">&lt;b&gt;&lt;i id=&quot;x&quot;&gt;</code>x</p>\
             <pre class=\"html\" tabindex=\"0\">&lt;div&gt;\n&amp;</pre>\n\
             <p><code class=\"html\">&lt;b&gt;</code></p>"
        );
        assert_eq!(ids, Vec::<String>::new());
    }

    #[test]
    fn ids_are_kept_unless_they_are_taken() {
        check(
            "<a id=Why></a><a name=\"Why\">z</a><i id=taken>z</i><i id=Note-1>z</i><i id=\"b&#34;c\">z</i><h2 id=h>z</h2>",
            "<p class=\"a\">x</p><a id=\"Why\"></a>z<i>z</i><i id=\"note-1\">z</i><i>z</i><p id=\"h\">z</p><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn broken_links_become_text() {
        check(
            "<a href=\"lost.md\" id=a>z</a><img src=\"lost.png\"><a><b>z</b></a>",
            "<p class=\"a\">x</p><span id=\"a\" class=\"broken\" title=\"lost.md\">z<span class=\"unseen\"> (?)</span></span>\
             <span class=\"broken\" title=\"lost.png\">Picture<span class=\"unseen\"> (?)</span></span>\
             <b>z</b><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn pictures_are_links_and_headings_are_paragraphs() {
        check(
            "<h1>T</h1><img src=\"https://a.example/b.png\" alt=\"B>\"><a href=\"javascript:x\">c</a>",
            "<p class=\"a\">x</p><p>T</p><a href=\"https://a.example/b.png\">B&gt;</a>c<p id=\"B\">y</p>",
        );
    }

    #[test]
    fn elements_of_forges_are_replaced() {
        check(
            "<center id=c>a <font color=red>b</font></center><picture><source srcset=\"c.png\"><b>d</b></picture>\
             <a href=\"tel:+1\" title=\"e&quot;\">f</a>",
            "<p class=\"a\">x</p><div id=\"c\">a <span>b</span></div><b>d</b>\
             <a href=\"tel:+1\" title=\"e&quot;\">f</a><p id=\"B\">y</p>",
        );
    }
}
