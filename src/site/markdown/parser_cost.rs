//! The cost of parsing HTML, measured before a text is cleaned.
//!
//! By the rules for repairing HTML, browsers may need quadratic time: a tag may search all open elements, an
//! element that is moved out of a table is searched among all its siblings, and every attribute is compared
//! with all others of its tag. The cleaner follows these rules and has no limits. So a text with more than a
//! few raw tags is first read by the same parser with a counter instead of a tree. If the cost is too high,
//! its HTML is shown as source text.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::attributes::max_attributes;
use crate::text::text_prefix;

/// The maximum depth of elements. Browsers stop at 512.
const MAX_DEPTH: u32 = 256;

/// The maximum number of attributes of a tag.
const MAX_ATTRIBUTES: usize = 256;

/// At most this many raw tags cannot make a text expensive, unless they open a table.
const FEW_TAGS: usize = 16;

/// The maximum number of steps of the parser per byte, and for any text. Nested lists in a table take three
/// steps per byte.
const STEPS_PER_BYTE: u64 = 32;
const BASE_STEPS: u64 = 200_000;

/// The number of bytes between checks of the limits.
const CHUNK: usize = 4096;

/// Whether `whole_html` can be cleaned in linear time; `raw_html` are the author's pieces in it.
pub(super) fn is_cheap(raw_html: &[String], whole_html: &str) -> bool {
    if raw_html.iter().any(|html| max_attributes(html) > MAX_ATTRIBUTES) {
        return false;
    }
    let tag_counts = raw_html.iter().map(|html| memchr::memchr_iter(b'<', html.as_bytes()).count());
    if tag_counts.sum::<usize>() <= FEW_TAGS && !raw_html.iter().any(|html| opens_table(html)) {
        return true;
    }
    parser_steps(whole_html).is_some()
}

fn opens_table(html: &str) -> bool {
    let mut tags = memchr::memchr_iter(b'<', html.as_bytes());
    tags.any(|offset| {
        let name = html.as_bytes().get(offset + 1..offset + 6);
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
    })
}

/// The number of steps that the parser takes for a text; `None` if it exceeds a limit.
fn parser_steps(html: &str) -> Option<u64> {
    // The cleaner uses the same context.
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser =
        parse_fragment(StepCounter::default(), ParseOpts::default(), context, vec![], false);
    let bytes = u64::try_from(html.len()).unwrap_or(u64::MAX);
    let max_steps = bytes.saturating_mul(STEPS_PER_BYTE).saturating_add(BASE_STEPS);
    let mut remaining_html = html;
    while !remaining_html.is_empty() {
        let chunk = text_prefix(remaining_html, CHUNK);
        remaining_html = remaining_html.get(chunk.len()..).unwrap_or_default();
        parser.process(StrTendril::from(chunk));
        let counter = &parser.tokenizer.sink.sink;
        if counter.steps.get() > max_steps || counter.max_depth.get() > MAX_DEPTH {
            return None;
        }
    }
    Some(parser.tokenizer.sink.sink.steps.get())
}

/// Replaces the tree of the parser: keeps only the depths of open elements, and counts steps.
#[derive(Debug, Default)]
struct StepCounter {
    steps: Cell<u64>,
    max_depth: Cell<u32>,
    /// The number of elements and texts, which limits the number of siblings.
    nodes: Cell<u64>,
}

#[derive(Debug)]
struct CountedNode {
    name: QualName,
    depth: Cell<u32>,
    /// The number of its children.
    children: Cell<u64>,
    /// Whether its children were moved to another node. They may still have it as their parent.
    has_lost_children: Cell<bool>,
    parent: RefCell<Option<Rc<CountedNode>>>,
}

impl StepCounter {
    fn count(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    fn node(&self, name: QualName, depth: u32) -> Rc<CountedNode> {
        self.nodes.set(self.nodes.get() + 1);
        self.count(1);
        let (children, has_lost_children) = (Cell::new(0), Cell::new(false));
        let (depth, parent) = (Cell::new(depth), RefCell::new(None));
        Rc::new(CountedNode { name, depth, children, has_lost_children, parent })
    }

    /// A node that is not an element.
    fn non_element(&self) -> Rc<CountedNode> {
        self.node(QualName::new(None, ns!(), local_name!("")), 0)
    }

    fn attach(&self, child: NodeOrText<Rc<CountedNode>>, parent: &Rc<CountedNode>) {
        let depth = parent.depth.get() + 1;
        self.max_depth.set(self.max_depth.get().max(depth));
        parent.children.set(parent.children.get() + 1);
        match child {
            NodeOrText::AppendNode(node) => {
                node.depth.set(depth);
                node.parent.replace(Some(Rc::clone(parent)));
            }
            NodeOrText::AppendText(_) => self.nodes.set(self.nodes.get() + 1),
        }
    }

    /// Counts a search for a node among its siblings, and returns its parent.
    fn find_parent(&self, node: &CountedNode) -> Option<Rc<CountedNode>> {
        let parent = node.parent.borrow().clone()?;
        let has_lost_children = parent.has_lost_children.get();
        let siblings = if has_lost_children { self.nodes.get() } else { parent.children.get() };
        self.count(siblings);
        Some(parent)
    }
}

impl TreeSink for StepCounter {
    type Handle = Rc<CountedNode>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<CountedNode> {
        self.non_element()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<CountedNode>) -> ExpandedName<'a> {
        self.count(1);
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attrs: Vec<Attribute>,
        _: ElementFlags,
    ) -> Rc<CountedNode> {
        self.count(u64::try_from(attrs.len()).unwrap_or(u64::MAX));
        self.node(name, 0)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<CountedNode> {
        self.non_element()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<CountedNode> {
        self.non_element()
    }

    fn append(&self, parent: &Rc<CountedNode>, child: NodeOrText<Rc<CountedNode>>) {
        self.attach(child, parent);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<CountedNode>,
        prev_element: &Rc<CountedNode>,
        child: NodeOrText<Rc<CountedNode>>,
    ) {
        if element.parent.borrow().is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<CountedNode>) -> Rc<CountedNode> {
        let contents = self.non_element();
        contents.depth.set(target.depth.get());
        contents
    }

    fn same_node(&self, x: &Rc<CountedNode>, y: &Rc<CountedNode>) -> bool {
        self.count(1);
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<CountedNode>, child: NodeOrText<Rc<CountedNode>>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.remove_from_parent(node);
        }
        match self.find_parent(sibling) {
            Some(parent) => self.attach(child, &parent),
            None => self.attach(child, sibling),
        }
    }

    fn add_attrs_if_missing(&self, _: &Rc<CountedNode>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<CountedNode>) {
        if let Some(parent) = self.find_parent(target) {
            parent.children.set(parent.children.get().saturating_sub(1));
            target.parent.replace(None);
        }
    }

    fn reparent_children(&self, node: &Rc<CountedNode>, new_parent: &Rc<CountedNode>) {
        let children = node.children.replace(0);
        self.count(children);
        node.has_lost_children.set(true);
        new_parent.children.set(new_parent.children.get() + children);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_cheap, parser_steps};

    fn is_cheap_alone(html: &str) -> bool {
        is_cheap(&[html.to_owned()], html)
    }

    #[test]
    fn html_of_real_authors_is_cheap() {
        let row = "<tr><td><ul><li>a<li><b>b</b> <a href=\"c\">c</a></ul><td><p>d<p>e</td></tr>\n";
        let table = format!("<table>\n{}</table>\n", row.repeat(2_000));
        let details = "<details><summary>a</summary>\n<p>b <code>c</code></p>\n</details>\n";
        let open = "<p>a <i>b <br> List<u> of <s>c</p>\n<li>d\n".repeat(500);
        let crossed = "<b>a<div>b</b>c</div>\n<i>d <u>e</i> f</u>\n".repeat(3_000);
        for html in [table, details.repeat(3_000), open, crossed, "<div>".repeat(200)] {
            assert!(
                is_cheap_alone(&html),
                "{}: {:?}",
                html.get(..60).unwrap(),
                parser_steps(&html)
            );
        }
    }

    #[test]
    fn html_that_takes_quadratic_time_is_not_cheap() {
        let units = [
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
        for unit in units {
            let html = unit.repeat(20_000);
            assert!(!is_cheap_alone(&html), "{unit}: {:?} for {}", parser_steps(&html), html.len());
        }
        let repeated = |html: &dyn Fn(usize) -> String| (0..20_000).map(html).collect::<String>();
        assert!(!is_cheap_alone(&repeated(&|number| format!("<b id={number}>"))));
        assert!(!is_cheap_alone(&repeated(&|number| format!("<p><i id={number}>a</p>"))));
        assert!(!is_cheap_alone(&format!("<b {}>", repeated(&|number| format!("a{number} ")))));
        // One tag, and the paragraphs of the text after it.
        let paragraphs = format!("<table>{}", "<p>a</p>\n".repeat(20_000));
        assert!(!is_cheap(&["<table>".to_owned()], &paragraphs));
    }
}
