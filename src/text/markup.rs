//! Characters that mean something in HTML and XML. Whether a document may hold any other character,
//! whoever writes it decides.

/// What stands for `c` in content, and in attributes in double quotes; `None` where it stands for
/// itself.
pub fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    }
}
