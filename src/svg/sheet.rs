//! Style sheets: rules with simple selectors, and embedded fonts.

use super::css::{declarations, find_unnested, split, unquoted, value, without_comments};

/// How deep rules may be nested, as in `@media`.
const MAX_DEPTH: usize = 4;

/// The allowed rules of a style sheet, rewritten.
pub(super) fn cleaned_sheet(text: &str) -> String {
    rules(&without_comments(text), 0)
}

fn rules(text: &str, depth: usize) -> String {
    let mut written = String::new();
    let mut remaining = text;
    while !remaining.is_empty() {
        let prelude_end = find_unnested(remaining, &['{', ';', '}']);
        let (prelude, from_mark) =
            remaining.split_at_checked(prelude_end).unwrap_or((remaining, ""));
        let Some(from_block) = from_mark.strip_prefix('{') else {
            // A statement such as `@import`, or an error.
            remaining = from_mark.get(1..).unwrap_or_default();
            continue;
        };
        let (block, from_brace) =
            from_block.split_at_checked(block_end(from_block)).unwrap_or((from_block, ""));
        remaining = from_brace.strip_prefix('}').unwrap_or(from_brace);
        if let Some(rule) = rule(prelude.trim_ascii(), block, depth) {
            written.push_str(&rule);
        }
    }
    written
}

/// The end of the block at the start of `text`, before its closing brace.
fn block_end(text: &str) -> usize {
    let mut offset = 0;
    let mut depth = 0_usize;
    while let Some(remaining) = text.get(offset..).filter(|remaining| !remaining.is_empty()) {
        offset += find_unnested(remaining, &['{', '}']);
        match text.as_bytes().get(offset) {
            Some(b'{') => depth += 1,
            Some(b'}') if depth > 0 => depth -= 1,
            _ => return offset.min(text.len()),
        }
        offset += 1;
    }
    text.len()
}

fn rule(prelude: &str, block: &str, depth: usize) -> Option<String> {
    let body = match prelude.strip_prefix('@') {
        None if is_selector(prelude) => declarations(block),
        None => return None,
        Some(condition) => {
            let name = condition.split([' ', '\n', '\t', '(']).next()?;
            match name.to_ascii_lowercase().as_str() {
                "media" | "supports" if depth < MAX_DEPTH && is_condition(condition) => {
                    rules(block, depth + 1)
                }
                "font-face" if condition.len() == name.len() => font(block)?,
                _ => return None,
            }
        }
    };
    (!body.is_empty()).then(|| format!("{prelude}{{{body}}}"))
}

/// Whether a selector has only plain characters. A backslash is not allowed: an escape could hide any word, such as
/// `\75rl(…)` for `url(…)`.
fn is_selector(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || " \n\t-_.#*>+~:,[]=\"'()^$|".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}

fn is_condition(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " \n\t():-.,>=".contains(c))
}

/// The descriptors of an embedded font.
fn font(block: &str) -> Option<String> {
    let mut written = String::new();
    let mut has_source = false;
    for descriptor in split(block, ';') {
        let Some((name, text)) = descriptor.split_once(':') else { continue };
        let name = name.trim_ascii().to_ascii_lowercase();
        let allowed_text = match name.as_str() {
            "src" => font_sources(text),
            "font-family" | "font-style" | "font-weight" | "font-stretch" | "font-display" => {
                value(text)
            }
            "unicode-range" => Some(text.trim_ascii().to_owned()).filter(|text| {
                text.chars().all(|c| c.is_ascii_alphanumeric() || " +-?,".contains(c))
            }),
            _ => None,
        };
        let Some(allowed_text) = allowed_text else { continue };
        has_source |= name == "src";
        for part in [&name, ":", &allowed_text, ";"] {
            written.push_str(part);
        }
    }
    has_source.then_some(written)
}

/// The sources of a font that contain its data.
fn font_sources(text: &str) -> Option<String> {
    let sources = split(text, ',').into_iter().filter_map(|source| {
        let from_address = source.trim_ascii().strip_prefix("url(")?;
        let (address, format) = from_address.split_once(')')?;
        let address = unquoted(address.trim_ascii());
        is_embedded_font(address).then_some(())?;
        let format = format.trim_ascii();
        let format = if format.is_empty() { String::new() } else { format!(" {}", value(format)?) };
        Some(format!("url({address}){format}"))
    });
    let sources: Vec<String> = sources.collect();
    (!sources.is_empty()).then(|| sources.join(","))
}

/// Whether the address is a font in base64.
fn is_embedded_font(address: &str) -> bool {
    let Some((header, data)) = address.strip_prefix("data:").and_then(|data| data.split_once(','))
    else {
        return false;
    };
    let mut header_parts = header.split(';');
    let font_types = ["font/", "application/font-", "application/x-font-"];
    let media_type = header_parts.next().unwrap_or_default();
    let is_font = font_types.iter().any(|font_type| media_type.starts_with(font_type))
        && media_type.chars().all(|c| c.is_ascii_alphanumeric() || "/-".contains(c));
    let parameters: Vec<&str> = header_parts.collect();
    let has_base64 = matches!(parameters.as_slice(), ["base64"] | ["charset=utf-8", "base64"]);
    is_font && has_base64 && is_base64(data)
}

/// Whether the text has only base64 characters.
pub(super) fn is_base64(data: &str) -> bool {
    !data.is_empty()
        && data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}
