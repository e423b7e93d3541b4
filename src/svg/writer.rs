//! Writes XML with every value escaped. Names come from the lists of allowed ones.

/// Appends the text of an element or a style sheet.
pub(super) fn text(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            // Readers turn a plain carriage return into a line feed.
            '\r' => xml.push_str("&#13;"),
            c => xml.push(c),
        }
    }
}

/// Appends an attribute.
pub(super) fn attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            c => xml.push(c),
        }
    }
    xml.push('"');
}
