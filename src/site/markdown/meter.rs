//! How much work the parser of HTML would have with a text, found out before the text is cleaned.
//!
//! The rules by which browsers repair HTML take time for the product of two sizes: every tag may look through all
//! open elements, an element that is moved out of a table is looked for among all siblings, every attribute is
//! compared with all others of its tag. The cleaner keeps to these rules and has no bounds. So a text with more
//! than a few tags of its author is read once by the same parser with nothing behind it but a counter, and
//! what would take more than its share is shown as it is written.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::tag::attributes;
use crate::text::text_prefix;

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
        let chunk = text_prefix(rest, CHUNK);
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
    /// How many children it has.
    children: Cell<u64>,
    /// Whether its children went to another one, and may still call it their parent.
    is_left: Cell<bool>,
    parent: RefCell<Option<Rc<Node>>>,
}

impl Meter {
    fn count(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    fn node(&self, name: QualName, depth: u32) -> Rc<Node> {
        self.nodes.set(self.nodes.get() + 1);
        self.count(1);
        let (children, is_left, parent) = (Cell::new(0), Cell::new(false), RefCell::new(None));
        Rc::new(Node { name, depth: Cell::new(depth), children, is_left, parent })
    }

    /// A node that is no element.
    fn other(&self) -> Rc<Node> {
        self.node(QualName::new(None, ns!(), local_name!("")), 0)
    }

    fn put(&self, child: NodeOrText<Rc<Node>>, parent: &Rc<Node>) {
        let depth = parent.depth.get() + 1;
        self.deepest.set(self.deepest.get().max(depth));
        parent.children.set(parent.children.get() + 1);
        match child {
            NodeOrText::AppendNode(node) => {
                node.depth.set(depth);
                node.parent.replace(Some(Rc::clone(parent)));
            }
            NodeOrText::AppendText(_) => self.nodes.set(self.nodes.get() + 1),
        }
    }

    /// Looks a node up among its siblings; its parent.
    fn find(&self, node: &Node) -> Option<Rc<Node>> {
        let parent = node.parent.borrow().clone()?;
        let siblings = if parent.is_left.get() { self.nodes.get() } else { parent.children.get() };
        self.count(siblings);
        Some(parent)
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
        self.put(child, parent);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        prev_element: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        if element.parent.borrow().is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
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
        if let NodeOrText::AppendNode(node) = &child {
            self.remove_from_parent(node);
        }
        match self.find(sibling) {
            Some(parent) => self.put(child, &parent),
            None => self.put(child, sibling),
        }
    }

    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<Node>) {
        if let Some(parent) = self.find(target) {
            parent.children.set(parent.children.get().saturating_sub(1));
            target.parent.replace(None);
        }
    }

    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        let children = node.children.replace(0);
        self.count(children);
        node.is_left.set(true);
        new_parent.children.set(new_parent.children.get() + children);
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
        let crossed = "<b>a<div>b</b>c</div>\n<i>d <u>e</i> f</u>\n".repeat(3_000);
        for html in [table, details.repeat(3_000), open, crossed, "<div>".repeat(200)] {
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
            "<a><div>",
            "<svg><g>",
            "<span><div></span>",
            "<template>",
        ];
        for unit in repeated {
            let html = unit.repeat(20_000);
            assert!(!is_cheap_alone(&html), "{unit}: {:?} for {}", steps(&html), html.len());
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
