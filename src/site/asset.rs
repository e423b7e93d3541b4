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

#[cfg(test)]
mod tests {
    use super::spare;

    #[test]
    fn comments_and_indents_go_and_code_stays() {
        let text = "/* One\n   two */\na {\n  b: c; /* d */\n}\n\n  // e\n  f('//');\n";
        assert_eq!(spare(text), "a {\nb: c; /* d */\n}\nf('//');\n");
    }

    #[test]
    fn no_text_of_ours_goes_over_lines() {
        let script = include_str!("../../templates/asset/app.js");
        assert!(!script.contains('`'), "a template literal would lose its indents");
    }
}
