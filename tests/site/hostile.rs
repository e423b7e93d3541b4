//! Records that attempt to break the site, or to attack its readers.

use super::{build, build_texts, check, prose};

#[test]
fn a_hostile_log_has_a_harmless_site() {
    let relations: Vec<String> =
        (1..=30).map(|n| format!("Supersedes [{n}]({n:04}-x.md)")).collect();
    let many = format!("# 13. Many\n\n## Status\n\nAccepted\n\n{}\n", relations.join("\n\n"));
    let word = format!("# {}\n\n{}\n", "w".repeat(200), "long".repeat(100));
    let deep = format!("# Deep\n\n{}x\n\n{}\n", "> ".repeat(300), "[".repeat(5000));
    let texts: Vec<(&str, &str)> = vec![
        ("0001-<img src=x>.md", "# <script>alert(1)</script> & \"quotes\" 'too'\n"),
        ("0002-links.md", LINKS),
        ("0003-html.md", HTML),
        ("0016-more-html.md", MORE_HTML),
        ("0004-headings.md", HEADINGS),
        ("0005-long.md", &word),
        ("0006-rtl.md", "# \u{202e}חלטה מספר שש\n\nעברית 😀\n"),
        ("0007-empty.md", ""),
        (
            "0008-front.md",
            "---\ntitle: '\"><script>x</script>'\nstatus: </title><script>\ntags: ['<b>', '']\n---\n\ntext\n",
        ),
        ("0009-notes.md", NOTES),
        ("0010-tables.md", TABLES),
        (
            "0011-code.md",
            "# Code\n\n```\"><script>\nx\n```\n\n```rust,ignore title=\"x\"\ny\n```\n\n~~~ mermaid\ngraph TD\n",
        ),
        ("0012-self.md", "# 12. Self\n\n## Status\n\nSuperseded by [itself](0012-self.md)\n"),
        ("0013-many.md", &many),
        ("0014-deep.md", &deep),
        ("0017-marks.md", "# A\0B \0part 0\0 \x1b[31m\n\nTags: a\0b\n\n## Status\n\nAccepted\n"),
        ("CON.md", "# Con\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n"),
        ("con.markdown", "# con\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n"),
        ("sub/0001-x.md", "# x\n\n[up](../0002-links.md) [out](../../../../etc/passwd)\n"),
    ];
    let mut files: Vec<(&str, &[u8])> =
        texts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    files.push(("0015-latin.md", b"# Caf\xE9\n\n\xFF\xFE \0 \x1b[31m\n"));
    let site = build(&files);
    check(&site);
    for (path, page) in site.iter().filter(|(_, page)| page.starts_with("<!doctype")) {
        let lower = page.to_lowercase();
        assert_eq!(lower.matches("<script").count(), 1, "{path}: more than our own");
        assert!(!lower.contains("=\"javascript"), "{path}");
        assert!(!page.contains(['\0', '\x1b']), "{path}");
    }
}

const LINKS: &str = "# Links

[a](javascript:alert(1)) [b](JaVa\tscript:x) [c](data:text/html,x) <javascript:x> ![d](data:image/svg+xml,x)
[e](\"onclick=x) [f](x.md \"><script>\") [g][ref] [](0001-none.md) [h](#links) [i](#nowhere) [j](//evil.example)
[![badge](https://b.example/b.svg)](https://b.example) ![](x.png) [*k*](<a b.md>) [l](0002-links.md#\"><b>)
https://bare.example/\"onmouseover=x https://bare.example/<b> [m](http:0001.md) [n](file:///etc/passwd)

[ref]: javascript:x
";

const HTML: &str = "# Html

<script>alert(1)</script>

<div onclick=x><p>
# no heading

<!-- a comment
with --> rest

text <b onmouseover=x>bold</b><br><br/> <img src=x onerror=y> <!-- inline --> </main></body>

<style>body{display:none}</style>

<iframe src=x>

<details><summary>x</summary>

never closed
";

const MORE_HTML: &str = "# More

<div class=\"banner\" id=Content data-adr=0 data-data-adradr=1 onclick=x style=\"position:fixed\" title='</title><script>'>

## Inside

<svg onload=x><script>y</script><animate attributeName=href values=javascript:x></svg>

</div><math><mtext><style><img src=x onerror=y></style></mtext></math>

<p><svg/onload=alert(1)><p><a href=\"jav&#x09;ascript:x\" target=_blank>a</a>
<img src=\"data:text/html,x\"><img src=\"https://evil.example/x.png\" alt='\"><script>x</script>'>
<form action=x><input name=y autofocus onfocus=z><button>go</button></form>
<base href=//evil.example><meta http-equiv=refresh content=0><link rel=stylesheet href=//evil.example>

<table><tr><td colspan=\"2\">cell<td></table><h1>Loud</h1>

<div title='

text ' <b data-adr='0'>bold</b> '>

<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">

<textarea></textarea><img src=x onerror=y></textarea>

<a href=\"0001-x.md\"><b>unclosed *emphasis

[inside](0002-links.md)
";

const HEADINGS: &str = "###### Six {onclick=alert(1)}

# One {#\"onmouseover=x .a\"b}

# One

## One-1

#

## ![](x)

### Content {#Content}

## Note-1 {#Note-1}

# One
";

const NOTES: &str = "# Notes

a[^1] b[^1] c[^\"><b>] d[^none] e[^N]

[^1]: one [^1]

[^\"><b>]: two

[^n]: three

[^unused]: four
";

const TABLES: &str = "# Tables

| a | | [c](javascript:x) |
|:--|:-:|--:|
| 1 | 2 |
| <b> | `|` | x | y |

* [ ] a
* [x] b

term
: definition
";

#[test]
fn what_an_author_writes_never_becomes_an_attribute() {
    let site = build_texts(&[("0001-a.md", HEADINGS)]);
    assert_eq!(
        prose(&site["decisions/0001.html"]),
        "<h2 id=\"six-onclickalert1\">Six {onclick=alert(1)}</h2>\n\
         <h2 id=\"one-onmouseoverx-ab\">One {#&quot;onmouseover=x .a&quot;b}</h2>\n<h2 id=\"one\">One</h2>\n\
         <h3 id=\"one-1\">One-1</h3>\n<h3 id=\"section-1\"><span class=\"path\" title=\"x\">Picture</span></h3>\n\
         <h4 id=\"content\">Content</h4>\n<h3 id=\"note-1\">Note-1</h3>\n<h2 id=\"one-2\">One</h2>"
    );
}

#[test]
fn aligned_cells_have_classes_and_empty_headings_are_no_headings() {
    let site = build_texts(&[("0001-a.md", "# A\n\n| a | |\n|--:|:-:|\n| 1 | 2 |\n")]);
    assert_eq!(
        prose(&site["decisions/0001.html"]),
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n\
         <thead><tr><th scope=\"col\" class=\"right\">a</th><td></td></tr></thead>\n<tbody>\n\
         <tr><td class=\"right\">1</td><td class=\"center\">2</td></tr>\n</tbody></table></div>"
    );
}

#[test]
fn html_of_an_author_keeps_its_structure_and_nothing_else() {
    let site = build_texts(&[(
        "0001-a.md",
        "# A\n\n<details open class=\"banner\"><summary onclick=x>More</summary>\n\n## Why\n\n\
         Press <kbd>x</kbd> in <service>, [1](0001-a.md)<script>y</script>\n\n</details>\n\n\
         <img src=\"https://a.example/p.png\" width=\"3\">\n",
    )]);
    assert_eq!(
        prose(&site["decisions/0001.html"]),
        "<details open=\"\"><summary>More</summary>\n<h2 id=\"why\">Why</h2>\n\
         <p>Press <kbd>x</kbd> in <code class=\"html\">&lt;service&gt;</code>, <a href=\"0001.html\">1</a>\
         <code class=\"html\">&lt;script&gt;</code>y<code class=\"html\">&lt;/script&gt;</code></p>\n\
         </details>\n<a href=\"https://a.example/p.png\">Picture</a>"
    );
}
