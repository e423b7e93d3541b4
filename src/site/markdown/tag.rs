//! Tags as the cleaner of HTML writes them, taken apart.

/// Where a tag ends: at the first `>` outside quotes.
pub(super) fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

/// The attributes of a tag as the cleaner writes them: every value in double quotes.
pub(super) fn read(attributes: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = attributes;
    while let Some((name, value)) = rest.split_once("=\"") {
        let Some((value, after)) = value.split_once('"') else { break };
        let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        found.push((name.trim(), plain.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")));
        rest = after;
    }
    found
}
