//! HTML that a record holds, made harmless together with the text around it.
//!
//! Tags may open in one paragraph and close in another, so only the whole can be cleaned. Before
//! that, our own tags give up their attributes for a number, and get them back afterwards: what an
//! author writes never has a class, nor an id that could be taken for one of ours.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt::{self, Write as _};

use super::Leads;
use super::broken::{BROKEN, end_link};
use super::element::{CLEANER, KEY, KEY_REST, KEY_WORD, on_page};
use super::heading::page_id;
use super::meter::is_cheap;
use super::source::written;
use super::table::region;
use super::tag::{end_of, read};
use crate::text::escape;

/// What becomes of pictures and links in HTML.
pub(super) struct Answers<'r> {
    /// Where a link leads.
    pub leads: &'r dyn Fn(&str) -> Leads,
    /// The address of a picture on the site.
    pub picture: &'r dyn Fn(&str) -> Option<String>,
    /// What stands in the place of a picture without words.
    pub image: &'r str,
    /// What is said of a link that leads nowhere.
    pub not_found: &'r str,
    /// The name of a region with a table.
    pub table: &'r str,
    /// Whether the HTML can be cleaned at a fair price, once that is known.
    pub is_cheap: &'r OnceCell<bool>,
    /// What ids begin with on this page.
    pub before: &'r str,
    /// The ids that the text has already.
    pub taken: HashSet<&'r str>,
}

/// Whether HTML may give an element an id.
pub(super) fn may_mark(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    html.contains('=') && (html.contains("id") || html.contains("name"))
}

/// `out`, in which `<!3>` stands for the fourth of `raw`, with all of it and harmless; and the ids of
/// the elements in `raw`, in their order. HTML that cannot be cleaned at a fair price is shown as it is written.
pub(super) fn merge(out: &str, raw: &[String], answers: &Answers<'_>) -> (String, Vec<String>) {
    let mut kept: Vec<(String, String)> = Vec::new();
    let mut whole = String::with_capacity(out.len() * 2);
    keep(out, raw, &mut kept, &mut whole);
    if !*answers.is_cheap.get_or_init(|| is_cheap(raw, &whole)) {
        return (written(out, raw), Vec::new());
    }
    let clean = CLEANER.clean(&whole).to_string();
    let mut restorer = Restorer {
        kept,
        open: Vec::new(),
        links: Vec::new(),
        tables: Vec::new(),
        answers,
        marks: Vec::new(),
        given: HashSet::new(),
        out: String::new(),
    };
    restorer.restore(&clean);
    (restorer.out, restorer.marks)
}

/// `html` without the name that would be taken for ours.
fn without_key(html: &str) -> String {
    // Only ASCII changes its case here, so that the places stay the same.
    let lower = html.to_ascii_lowercase();
    let behind = |at: usize| lower.get(at..).unwrap_or_default();
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    while let Some(at) = behind(done).find(KEY) {
        out.push_str(html.get(done..done + at).unwrap_or_default());
        out.push_str(KEY_WORD);
        done += at + KEY.len();
        // The word that is left must not become the name again.
        while behind(done).starts_with(KEY_REST) {
            done += KEY_REST.len();
        }
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// Copies our own HTML, with a number in the place of each tag's attributes, and `raw` in its places.
fn keep(ours: &str, raw: &[String], kept: &mut Vec<(String, String)>, whole: &mut String) {
    let mut rest = ours;
    while let Some((text, tag)) = rest.split_once('<') {
        whole.push_str(text);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after;
        if let Some(number) = tag.strip_prefix('!') {
            let html = number.parse::<usize>().ok().and_then(|number| raw.get(number));
            whole.push_str(&without_key(html.map_or("", String::as_str)));
            continue;
        }
        whole.push('<');
        match tag.split_once(' ') {
            Some((name, attributes)) => {
                whole.push_str(name);
                whole.push(' ');
                whole.push_str(KEY);
                whole.push_str("=\"");
                whole.push_str(&kept.len().to_string());
                whole.push('"');
                kept.push((name.to_owned(), attributes.to_owned()));
            }
            None => whole.push_str(tag),
        }
        whole.push('>');
    }
    whole.push_str(rest);
}

/// Gives our tags their attributes back, and asks where the links of the others lead.
struct Restorer<'r> {
    kept: Vec<(String, String)>,
    /// What ends the headings that are open.
    open: Vec<&'static str>,
    /// What ends the links that are open.
    links: Vec<&'static str>,
    /// What ends the tables that are open.
    tables: Vec<&'static str>,
    answers: &'r Answers<'r>,
    /// The ids that were given, in their order.
    marks: Vec<String>,
    /// The same, to be looked up.
    given: HashSet<String>,
    out: String,
}

impl Restorer<'_> {
    fn restore(&mut self, clean: &str) {
        let mut rest = clean;
        while let Some((text, tag)) = rest.split_once('<') {
            self.out.push_str(text);
            let end = end_of(tag);
            let (tag, after) = tag.split_at_checked(end).unwrap_or((tag, ""));
            rest = after.strip_prefix('>').unwrap_or(after);
            match tag.strip_prefix('/') {
                Some(name) => self.end(name),
                None => self.start(tag),
            }
        }
        self.out.push_str(rest);
    }

    fn push(&mut self, markup: fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = self.out.write_fmt(markup);
    }

    fn start(&mut self, tag: &str) {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let attributes = read(attributes);
        let value = |key: &str| attributes.iter().find(|(name, _)| *name == key).map(|(_, v)| v);
        let number = value(KEY).and_then(|number| number.parse::<usize>().ok());
        let own = number.and_then(|number| self.kept.get_mut(number));
        let own = own.filter(|(of, _)| of == name).map(std::mem::take);
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let title = value("title").map_or("", String::as_str);
        match (own, name) {
            (Some((_, attributes)), _) => {
                if name == "a" {
                    self.links.push("</a>");
                }
                self.push(format_args!("<{name} {attributes}>"));
            }
            (None, "img") => {
                let source = value("src").cloned().unwrap_or_default();
                // In pixels; whatever else may stand there is left out.
                let is_size = |text: &&String| {
                    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
                };
                let size = ["width", "height"].map(|key| value(key).filter(is_size));
                let words = value("alt").map_or("", String::as_str);
                return self.picture((&source, words, title), size);
            }
            (None, "table") => {
                self.table();
                self.mark(value("id").map_or("", String::as_str));
                self.out.push('>');
            }
            (None, "a") => {
                let name = value("id").or_else(|| value("name")).map_or("", String::as_str);
                self.link(value("href").map(String::as_str), name, title);
            }
            (None, _) => {
                self.push(format_args!("<{}", if is_heading { "p" } else { on_page(name) }));
                self.mark(value("id").map_or("", String::as_str));
                for (key, value) in attributes.iter().filter(|(key, _)| !["id", KEY].contains(key))
                {
                    self.push(format_args!(" {key}=\""));
                    escape(&mut self.out, value);
                    self.out.push('"');
                }
                self.out.push('>');
            }
        }
        if is_heading && number.is_none() {
            self.open.push("p");
        } else if is_heading {
            self.open.push("");
        }
    }

    fn end(&mut self, name: &str) {
        if name == "a" {
            let end = self.links.pop().unwrap_or_default();
            return end_link(&mut self.out, end, self.answers.not_found);
        }
        if name == "table" {
            let end = self.tables.pop().unwrap_or_default();
            return self.push(format_args!("</table>{end}"));
        }
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let other = if is_heading { self.open.pop() } else { None };
        let name = other.filter(|other| !other.is_empty()).unwrap_or(on_page(name));
        self.push(format_args!("</{name}>"));
    }

    /// Begins a table; one of the author's is given what ours have around them.
    fn table(&mut self) {
        let mut around = String::new();
        region(&mut around, self.answers.table);
        let is_ours = self.out.ends_with(&around);
        if !is_ours {
            self.out.push_str(&around);
        }
        self.tables.push(if is_ours { "" } else { "</div>" });
        self.out.push_str("<table");
    }

    /// A link, what is shown instead if it leads nowhere, or a place that others lead to.
    fn link(&mut self, destination: Option<&str>, name: &str, title: &str) {
        let (begin, attribute, value, end) = match destination
            .map(|destination| (self.answers.leads)(destination))
        {
            Some(Leads::Here(to) | Leads::Away(to)) => ("<a", " href=\"", to, "</a>"),
            Some(Leads::Unpublished(path)) => {
                ("<span", " class=\"path\" title=\"", path, "</span>")
            }
            Some(Leads::Broken(path)) => ("<span", " class=\"broken\" title=\"", path, BROKEN),
            // The cleaner leaves nothing of an address that runs.
            Some(Leads::Refused) | None if self.is_free(name) => ("<a", "", String::new(), "</a>"),
            Some(Leads::Refused) | None => return self.links.push(""),
        };
        self.out.push_str(begin);
        self.mark(name);
        for (attribute, value) in [(attribute, value.as_str()), (" title=\"", title)] {
            let is_shown = attribute == " title=\"" && (value.is_empty() || begin != "<a");
            if !attribute.is_empty() && !is_shown {
                self.out.push_str(attribute);
                escape(&mut self.out, value);
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.links.push(end);
    }

    /// Writes the id that an author gave an element, where it can stand on the page.
    fn mark(&mut self, name: &str) {
        if self.is_free(name) {
            let name = page_id(name);
            let before = self.answers.before;
            self.push(format_args!(" id=\"{before}{name}\""));
            self.given.insert(name.to_string());
            self.marks.push(name.into_owned());
        }
    }

    /// Whether an element can have this id: it is a plain word, and nothing else in the text has it.
    fn is_free(&self, name: &str) -> bool {
        let name = page_id(name);
        let is_plain = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
        !name.is_empty()
            && name.chars().all(is_plain)
            && !self.answers.taken.contains(name.as_ref())
            && !self.given.contains(name.as_ref())
    }

    fn picture(&mut self, (source, words, title): (&str, &str, &str), size: [Option<&String>; 2]) {
        if let Some(address) = (self.answers.picture)(source) {
            self.out.push_str("<img src=\"");
            escape(&mut self.out, &address);
            self.out.push_str("\" alt=\"");
            escape(&mut self.out, words);
            for (name, pixels) in ["width", "height"].into_iter().zip(size) {
                if let Some(pixels) = pixels {
                    self.push(format_args!("\" {name}=\"{pixels}"));
                }
            }
            if !title.is_empty() {
                self.out.push_str("\" title=\"");
                escape(&mut self.out, title);
            }
            return self.out.push_str("\">");
        }
        let words = if words.trim().is_empty() { self.answers.image } else { words };
        if self.links.iter().any(|end| !end.is_empty()) {
            return escape(&mut self.out, words);
        }
        self.link(Some(source), "", title);
        escape(&mut self.out, words);
        self.end("a");
    }
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;
    use std::collections::HashSet;

    use super::{Answers, Leads, merge, without_key};

    /// What becomes of HTML between our own paragraphs.
    #[track_caller]
    fn check(raw: &str, expected: &str) {
        let leads = |to: &str| {
            let to = to.to_owned();
            match to.split_once(':') {
                Some(("javascript", _)) => Leads::Refused,
                Some(_) => Leads::Away(to),
                None => Leads::Broken(to),
            }
        };
        let (image, before, taken) = ("Picture", "", HashSet::from(["taken"]));
        let is_cheap = OnceCell::new();
        let answers = Answers {
            leads: &leads,
            picture: &|_| None,
            image,
            not_found: "?",
            table: "T",
            is_cheap: &is_cheap,
            before,
            taken,
        };
        let ours = "<p class=\"a\">x</p><!0><p id=\"B\">y</p>";
        assert_eq!(merge(ours, &[raw.to_owned()], &answers).0, expected, "{raw}");
    }

    #[test]
    fn our_attributes_survive_and_theirs_do_not() {
        check(
            "<b class=\"a\" id=\"B c\" data-adr=\"1\" DATA-ADR=0 onclick=x style=y>z</b>",
            "<p class=\"a\">x</p><b>z</b><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn nothing_that_runs_is_left() {
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
    fn what_is_left_open_is_closed() {
        check("<div><b>z", "<p class=\"a\">x</p><div><b>z<p id=\"B\">y</p></b></div>");
    }

    #[test]
    fn a_key_in_pieces_is_no_key() {
        check("<i data-data-adradr=\"0\">z</i>", "<p class=\"a\">x</p><i>z</i><p id=\"B\">y</p>");
    }

    #[test]
    fn a_key_is_taken_out_however_often_it_is_there() {
        for (html, expected) in [
            ("<i data-adr DATA-adr=\"1\">", "<i data data=\"1\">"),
            ("<i Data-ADR-adr-aDr>", "<i data>"),
            ("<i data-adata-adr>", "<i data-adata>"),
            ("ÄÖ data-adrÄ", "ÄÖ dataÄ"),
        ] {
            assert_eq!(without_key(html), expected);
        }
        let many = 200_000;
        assert_eq!(without_key(&"data-adr ".repeat(many)), "data ".repeat(many));
        assert_eq!(without_key(&format!("data{}", "-adr".repeat(many))), "data");
    }

    #[test]
    fn html_that_cannot_be_cleaned_at_a_fair_price_is_shown_as_it_is_written() {
        let leads = |_: &str| Leads::Refused;
        let answers = Answers {
            leads: &leads,
            picture: &|_| None,
            image: "",
            not_found: "?",
            table: "T",
            is_cheap: &OnceCell::from(false),
            before: "",
            taken: HashSet::new(),
        };
        let raw = ["<b>", "<i id=\"x\">", "<div>\n&\n"].map(str::to_owned);
        let (html, marks) = merge("<p class=\"a\"><!0><!1>x</p><!2><p><!0></p>", &raw, &answers);
        assert_eq!(
            html,
            "<p class=\"a\"><code class=\"html\">&lt;b&gt;&lt;i id=&quot;x&quot;&gt;</code>x</p>\
             <pre class=\"html\" tabindex=\"0\">&lt;div&gt;\n&amp;</pre>\n\
             <p><code class=\"html\">&lt;b&gt;</code></p>"
        );
        assert_eq!(marks, Vec::<String>::new());
    }

    #[test]
    fn ids_stay_where_nobody_has_them() {
        check(
            "<a id=Why></a><a name=\"Why\">z</a><i id=taken>z</i><i id=Note-1>z</i><i id=\"b&#34;c\">z</i><h2 id=h>z</h2>",
            "<p class=\"a\">x</p><a id=\"Why\"></a>z<i>z</i><i id=\"note-1\">z</i><i>z</i><p id=\"h\">z</p><p id=\"B\">y</p>",
        );
    }

    #[test]
    fn links_that_lead_nowhere_are_seen_to() {
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
    fn elements_of_forges_are_shown_as_what_pages_have() {
        check(
            "<center id=c>a <font color=red>b</font></center><picture><source srcset=\"c.png\"><b>d</b></picture>\
             <a href=\"tel:+1\" title=\"e&quot;\">f</a>",
            "<p class=\"a\">x</p><div id=\"c\">a <span>b</span></div><b>d</b>\
             <a href=\"tel:+1\" title=\"e&quot;\">f</a><p id=\"B\">y</p>",
        );
    }
}
