//! HTML that is shown as its author wrote it.

use crate::text::escape;

/// `ours` with every piece of `raw` as text; those of one line that follow each other as one text.
pub(super) fn written(ours: &str, raw: &[String]) -> String {
    let mut out = String::with_capacity(ours.len());
    let mut open = String::new();
    let mut rest = ours;
    while let Some((before, piece)) = rest.split_once("<!") {
        if !before.is_empty() {
            show_inline(&mut out, &mut open);
            out.push_str(before);
        }
        let (number, after) = piece.split_once('>').unwrap_or((piece, ""));
        rest = after;
        let html = number.parse::<usize>().ok().and_then(|number| raw.get(number));
        match html.and_then(|html| html.strip_suffix('\n')) {
            Some(block) => {
                show_inline(&mut out, &mut open);
                as_written(&mut out, block, false);
            }
            None => open.push_str(html.map_or("", String::as_str)),
        }
    }
    show_inline(&mut out, &mut open);
    out.push_str(rest);
    out
}

/// Writes the HTML of a line that has been gathered, if there is any.
fn show_inline(out: &mut String, open: &mut String) {
    if !open.is_empty() {
        as_written(out, open, true);
        open.clear();
    }
}

/// Writes HTML as its author wrote it.
pub(super) fn as_written(out: &mut String, html: &str, is_inline: bool) {
    let (before, after) = if is_inline {
        ("<code class=\"html\">", "</code>")
    } else {
        ("<pre class=\"html\" tabindex=\"0\">", "</pre>\n")
    };
    out.push_str(before);
    escape(out, html);
    out.push_str(after);
}
