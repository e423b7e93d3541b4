//! Code blocks and diagrams as readers get them.

use super::{build_texts, check, prose};

/// The prose on the page of a record with this `text`.
fn shown(text: &str) -> String {
    let site = build_texts(&[("0001-a.md", &format!("# A\n\n{text}"))]);
    check(&site);
    prose(&site["decisions/0001.html"]).to_owned()
}

#[test]
fn a_diagram_is_its_source_with_a_caption() {
    assert_eq!(
        shown("```mermaid\ngraph TD\n  a[\"<b>\"] --> c\n```\n"),
        "<figure><figcaption>Mermaid diagram source</figcaption>\n\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code class=\"language-mermaid\">\
         graph TD\n  a[&quot;&lt;b&gt;&quot;] --&gt; c\n</code></pre></figure>"
    );
}

#[test]
fn code_has_its_parts_in_classes() {
    assert_eq!(
        shown("```rust,ignore\nlet a = \"<b>\"; // 1\n```\n\n    let c\n"),
        "<pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code class=\"language-rust\">\
         <span class=\"k\">let</span> a = <span class=\"s\">&quot;&lt;b&gt;&quot;</span>; \
         <span class=\"c\">// 1</span>\n</code></pre>\n\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>let c\n</code></pre>"
    );
}

#[test]
fn code_beside_html_of_an_author_keeps_its_colours() {
    let text = shown("<details>\n\n```yaml\na: 1\n```\n\n</details>\n");
    assert!(
        text.contains("<span class=\"p\">a</span>: <span class=\"n\">1</span>\n</code></pre>"),
        "{text}"
    );
}
