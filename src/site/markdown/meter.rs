//! How much work the parser of HTML would have with a text, found out before the text is cleaned.
//!
//! The rules by which browsers repair HTML take time for the product of two sizes: every tag may look through all
//! open elements, an element that is moved out of a table is looked for among all siblings, every attribute is
//! compared with all others of its tag. The cleaner keeps to these rules and has no bounds. So a text with more
//! than a few tags of its author is read once by the same parser with nothing behind it but a counter, and
//! what would take more than its share is shown as it is written.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::tag::attributes;
use crate::text::beginning;

/// How deep elements may be nested. Browsers stop at 512.
const DEEPEST: u32 = 256;

/// How many attributes a tag may have.
const ATTRIBUTES: usize = 256;

/// So few tags of an author cannot make the rest of a text expensive, unless they open a table.
const FEW: usize = 16;

/// How many steps the parser may take for every byte, and besides: a page with lists in lists in a table takes
/// three for a byte.
const STEPS: u64 = 32;
const STEPS_BESIDES: u64 = 200_000;

/// How much is read before the steps are looked at.
const CHUNK: usize = 4096;

/// Whether `whole` can be cleaned in time that is proportional to its length; `raw` is the HTML of the author in
/// it.
pub(super) fn is_cheap(raw: &[String], whole: &str) -> bool {
    if raw.iter().any(|html| attributes(html) > ATTRIBUTES) {
        return false;
    }
    let tags = raw.iter().map(|html| memchr::memchr_iter(b'<', html.as_bytes()).count());
    if tags.sum::<usize>() <= FEW && !raw.iter().any(|html| opens_table(html)) {
        return true;
    }
    steps(whole).is_some()
}

fn opens_table(html: &str) -> bool {
    let mut tags = memchr::memchr_iter(b'<', html.as_bytes());
    tags.any(|at| {
        let name = html.as_bytes().get(at + 1..at + 6);
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
    })
}

/// How many steps the parser takes for a text; `None` where they are more than the text has a right to, or its
/// elements are nested too deeply.
fn steps(whole: &str) -> Option<u64> {
    // As the cleaner does it.
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(Meter::default(), ParseOpts::default(), context, vec![], false);
    let bytes = u64::try_from(whole.len()).unwrap_or(u64::MAX);
    let most = bytes.saturating_mul(STEPS).saturating_add(STEPS_BESIDES);
    let mut rest = whole;
    while !rest.is_empty() {
        let chunk = beginning(rest, CHUNK);
        rest = rest.get(chunk.len()..).unwrap_or_default();
        parser.process(StrTendril::from(chunk));
        let meter = &parser.tokenizer.sink.sink;
        if meter.steps.get() > most || meter.deepest.get() > DEEPEST {
            return None;
        }
    }
    Some(parser.tokenizer.sink.sink.steps.get())
}

/// A tree that keeps nothing but the depth of its open elements, and counts.
#[derive(Debug, Default)]
struct Meter {
    steps: Cell<u64>,
    deepest: Cell<u32>,
    /// How many elements and texts there are: so many siblings one of them may have.
    nodes: Cell<u64>,
}

#[derive(Debug)]
struct Node {
    name: QualName,
    depth: Cell<u32>,
}

impl Meter {
    fn count(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    fn node(&self, name: QualName, depth: u32) -> Rc<Node> {
        self.nodes.set(self.nodes.get() + 1);
        self.count(1);
        Rc::new(Node { name, depth: Cell::new(depth) })
    }

    /// A node that is no element.
    fn other(&self) -> Rc<Node> {
        self.node(QualName::new(None, ns!(), local_name!("")), 0)
    }

    fn put(&self, child: NodeOrText<Rc<Node>>, depth: u32) {
        self.deepest.set(self.deepest.get().max(depth));
        match child {
            NodeOrText::AppendNode(node) => node.depth.set(depth),
            NodeOrText::AppendText(_) => self.nodes.set(self.nodes.get() + 1),
        }
    }
}

impl TreeSink for Meter {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        self.other()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        self.count(1);
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        self.count(u64::try_from(attrs.len()).unwrap_or(u64::MAX));
        self.node(name, 0)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.other()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, parent.depth.get() + 1);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        _: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        self.append_before_sibling(element, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        let contents = self.other();
        contents.depth.set(target.depth.get());
        contents
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        self.count(1);
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.count(self.nodes.get());
        self.put(child, sibling.depth.get());
    }

    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Rc<Node>) {
        self.count(self.nodes.get());
    }

    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {
        self.count(self.nodes.get());
    }
}

#[cfg(test)]
mod tests {
    use super::{is_cheap, steps};

    fn is_cheap_alone(html: &str) -> bool {
        is_cheap(&[html.to_owned()], html)
    }

    #[test]
    fn what_authors_write_is_cheap() {
        let row = "<tr><td><ul><li>a<li><b>b</b> <a href=\"c\">c</a></ul><td><p>d<p>e</td></tr>\n";
        let table = format!("<table>\n{}</table>\n", row.repeat(2_000));
        let details = "<details><summary>a</summary>\n<p>b <code>c</code></p>\n</details>\n";
        let open = "<p>a <i>b <br> List<u> of <s>c</p>\n<li>d\n".repeat(500);
        for html in [table, details.repeat(3_000), open, "<div>".repeat(200)] {
            assert!(is_cheap_alone(&html), "{}: {:?}", html.get(..60).unwrap(), steps(&html));
        }
    }

    #[test]
    fn what_costs_more_than_its_share_is_not() {
        let repeated = [
            "<div>",
            "<ul><li>",
            "<details><summary>",
            "<b><i><u><s></b></i>",
            "<table>a",
            "<table><tr>a<p>",
            "<b><p>a</b>",
            "<a><div>",
            "<svg><g>",
            "<span><div></span>",
            "<template>",
        ];
        for unit in repeated {
            assert!(!is_cheap_alone(&unit.repeat(20_000)), "{unit}");
        }
        let each = |html: &dyn Fn(usize) -> String| (0..20_000).map(html).collect::<String>();
        assert!(!is_cheap_alone(&each(&|at| format!("<b id={at}>"))));
        assert!(!is_cheap_alone(&each(&|at| format!("<p><i id={at}>a</p>"))));
        assert!(!is_cheap_alone(&format!("<b {}>", each(&|at| format!("a{at} ")))));
        // One tag, and the paragraphs of the text after it.
        let paragraphs = format!("<table>{}", "<p>a</p>\n".repeat(20_000));
        assert!(!is_cheap(&["<table>".to_owned()], &paragraphs));
    }
}
