//! HTML that is shown as its author wrote it.

use crate::text::escape;

/// Our HTML with every piece of `raw_html` as text; adjacent inline pieces become one text.
pub(super) fn with_escaped_html(ours: &str, raw_html: &[String]) -> String {
    let mut out = String::with_capacity(ours.len());
    let mut pending_inline = String::new();
    let mut remaining_html = ours;
    while let Some((html_before, after_mark)) = remaining_html.split_once("<!") {
        if !html_before.is_empty() {
            flush_inline(&mut out, &mut pending_inline);
            out.push_str(html_before);
        }
        let (number, html_after) = after_mark.split_once('>').unwrap_or((after_mark, ""));
        remaining_html = html_after;
        let piece = number.parse::<usize>().ok().and_then(|number| raw_html.get(number));
        // Only blocks end with a line end.
        match piece.and_then(|piece| piece.strip_suffix('\n')) {
            Some(block) => {
                flush_inline(&mut out, &mut pending_inline);
                write_escaped_html(&mut out, block, false);
            }
            None => pending_inline.push_str(piece.map_or("", String::as_str)),
        }
    }
    flush_inline(&mut out, &mut pending_inline);
    out.push_str(remaining_html);
    out
}

/// Writes the collected inline HTML, if there is any.
fn flush_inline(out: &mut String, pending_inline: &mut String) {
    if !pending_inline.is_empty() {
        write_escaped_html(out, pending_inline, true);
        pending_inline.clear();
    }
}

/// Writes HTML as its author wrote it.
pub(super) fn write_escaped_html(out: &mut String, html: &str, is_inline: bool) {
    let (start_tag, end_tag) = if is_inline {
        ("<code class=\"html\">", "</code>")
    } else {
        ("<pre class=\"html\" tabindex=\"0\">", "</pre>\n")
    };
    out.push_str(start_tag);
    escape(out, html);
    out.push_str(end_tag);
}
