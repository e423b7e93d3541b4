//! Styles and scripts as they are published: without indents and comment lines.

/// Removes indents, empty lines, and comments. Lines stay separate, so that the meaning does not change. A
/// comment must have its own lines, from `/*` or `//` to its end.
pub(crate) fn without_comments(text: &str) -> String {
    let mut stripped = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let opens_comment = line.starts_with("/*");
        let is_removed = in_comment || opens_comment || line.starts_with("//");
        in_comment = (in_comment || opens_comment) && !line.ends_with("*/");
        if !is_removed && !line.is_empty() {
            stripped.push_str(line);
            stripped.push('\n');
        }
    }
    stripped
}

/// A style without comments, and without the spaces and zeros that CSS does not need. No string in our style
/// contains any of these.
pub(crate) fn minified_style(style: &str) -> String {
    const REPLACEMENTS: [(&str, &str); 13] = [
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
    REPLACEMENTS.iter().fold(without_comments(style), |style, (from, to)| style.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::{minified_style, without_comments};

    #[test]
    fn comments_and_indents_are_removed_and_code_stays() {
        let text = "/* One\n   two */\na {\n  b: c; /* d */\n}\n\n  // e\n  f('//');\n";
        assert_eq!(without_comments(text), "a {\nb: c; /* d */\n}\nf('//');\n");
    }

    #[test]
    fn a_style_loses_the_spaces_that_separate_nothing() {
        let style =
            "a > b:is(c, d) {\n  e: f(1 + 2) 0.5em;\n}\n@media (x: 1) {\n  a { b: c; }\n}\n";
        assert_eq!(minified_style(style), "a>b:is(c,d){e:f(1 + 2) .5em}@media (x:1){a{b:c}}");
    }

    #[test]
    fn no_literal_of_our_scripts_spans_lines() {
        for script in [
            include_str!("../../../templates/asset/app.js"),
            include_str!("../../../templates/asset/list.js"),
            include_str!("../../../templates/asset/search.js"),
        ] {
            assert!(!script.contains('`'), "a template literal would lose its indents");
        }
    }
}
