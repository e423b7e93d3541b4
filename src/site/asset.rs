//! Styles and scripts as they are sent: without indents and without lines that are comments.

/// `text` without what only its authors need. Lines stay lines, so that nothing changes its
/// meaning; a comment has lines of its own, from `/*` or `//` to its end.
pub(super) fn spare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let begins = line.starts_with("/*");
        let goes = in_comment || begins || line.starts_with("//");
        in_comment = (in_comment || begins) && !line.ends_with("*/");
        if !goes && !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// A style as it is sent: [`spare`], and without the blanks and noughts that say nothing. Our own style is written so
/// that none of these stands inside of a text.
pub(super) fn tight(style: &str) -> String {
    const BLANKS: [(&str, &str); 13] = [
        ("\n", " "),
        (" {", "{"),
        ("{ ", "{"),
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        (";}", "}"),
        ("} ", "}"),
        (" > ", ">"),
        (" 0.", " ."),
        (":0.", ":."),
        (",0.", ",."),
        ("(0.", "(."),
    ];
    BLANKS.iter().fold(spare(style), |style, (from, to)| style.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::{spare, tight};

    #[test]
    fn comments_and_indents_go_and_code_stays() {
        let text = "/* One\n   two */\na {\n  b: c; /* d */\n}\n\n  // e\n  f('//');\n";
        assert_eq!(spare(text), "a {\nb: c; /* d */\n}\nf('//');\n");
    }

    #[test]
    fn a_style_loses_the_blanks_that_divide_nothing() {
        let style =
            "a > b:is(c, d) {\n  e: f(1 + 2) 0.5em;\n}\n@media (x: 1) {\n  a { b: c; }\n}\n";
        assert_eq!(tight(style), "a>b:is(c,d){e:f(1 + 2) .5em}@media (x:1){a{b:c}}");
    }

    #[test]
    fn no_text_of_ours_goes_over_lines() {
        for script in [
            include_str!("../../templates/asset/app.js"),
            include_str!("../../templates/asset/list.js"),
            include_str!("../../templates/asset/search.js"),
        ] {
            assert!(!script.contains('`'), "a template literal would lose its indents");
        }
    }
}
