//! Blocks of code and diagrams, as readers get them.

use super::{build_texts, check, prose};

/// The text of the page of a record that is `text`.
fn shown(text: &str) -> String {
    let site = build_texts(&[("0001-a.md", &format!("# A\n\n{text}"))]);
    check(&site);
    prose(&site["decisions/0001.html"]).to_owned()
}

#[test]
fn a_diagram_is_its_source_with_a_caption() {
    assert_eq!(
        shown("```mermaid\ngraph TD\n  a[\"<b>\"] --> c\n```\n"),
        "<figure><figcaption>A diagram, as its Mermaid source</figcaption>\n\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code class=\"language-mermaid\">\
         graph TD\n  a[&quot;&lt;b&gt;&quot;] --&gt; c\n</code></pre></figure>"
    );
}
