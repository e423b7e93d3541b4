//! Style sheets: rules with plain selectors, and fonts that are in the drawing itself.

use super::css::{declarations, end, split, value, without_comments};

/// How deep rules may be nested, as in `@media`.
const DEEPEST: usize = 4;

/// The rules of a style sheet that are allowed, written again.
pub(super) fn sheet(text: &str) -> String {
    // An escape could hide any word: `\75rl(…)` is one for `url(…)`.
    rules(&without_comments(text), 0)
}

fn rules(text: &str, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (prelude, after) =
            rest.split_at_checked(end(rest, &['{', ';', '}'])).unwrap_or((rest, ""));
        let Some(block) = after.strip_prefix('{') else {
            // `@import` and its kin, or nothing that CSS knows.
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        let (block, after) = block.split_at_checked(block_end(block)).unwrap_or((block, ""));
        rest = after.strip_prefix('}').unwrap_or(after);
        if let Some(rule) = rule(prelude.trim_ascii(), block, depth) {
            out.push_str(&rule);
        }
    }
    out
}

/// Where the block ends that begins at the start of `text`.
fn block_end(text: &str) -> usize {
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += end(rest, &['{', '}']);
        match text.as_bytes().get(at) {
            Some(b'{') => depth += 1,
            Some(b'}') if depth > 0 => depth -= 1,
            _ => return at.min(text.len()),
        }
        at += 1;
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
                "media" | "supports" if depth < DEEPEST && is_condition(condition) => {
                    rules(block, depth + 1)
                }
                "font-face" if condition.len() == name.len() => font(block)?,
                _ => return None,
            }
        }
    };
    (!body.is_empty()).then(|| format!("{prelude}{{{body}}}"))
}

fn is_selector(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " \n\t-_.#*>+~:,[]=\"'()^$|".contains(c);
    !text.is_empty() && text.chars().all(plain)
}

fn is_condition(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " \n\t():-.,>=".contains(c))
}

/// The descriptors of a font that is in the drawing.
fn font(block: &str) -> Option<String> {
    let mut out = String::new();
    let mut has_source = false;
    for one in split(block, ';') {
        let Some((name, text)) = one.split_once(':') else { continue };
        let name = name.trim_ascii().to_ascii_lowercase();
        let written = match name.as_str() {
            "src" => sources(text),
            "font-family" | "font-style" | "font-weight" | "font-stretch" | "font-display" => {
                value(text)
            }
            "unicode-range" => Some(text.trim_ascii().to_owned()).filter(|text| {
                text.chars().all(|c| c.is_ascii_alphanumeric() || " +-?,".contains(c))
            }),
            _ => None,
        };
        let Some(written) = written else { continue };
        has_source |= name == "src";
        for part in [&name, ":", &written, ";"] {
            out.push_str(part);
        }
    }
    has_source.then_some(out)
}

/// The sources of a font that are data.
fn sources(text: &str) -> Option<String> {
    let sources = split(text, ',').into_iter().filter_map(|one| {
        let inside = one.trim_ascii().strip_prefix("url(")?;
        let (address, format) = inside.split_once(')')?;
        let address = address.trim_ascii();
        let address = ['"', '\'']
            .iter()
            .find_map(|quote| address.strip_prefix(*quote)?.strip_suffix(*quote))
            .unwrap_or(address);
        is_font(address).then_some(())?;
        let format = format.trim_ascii();
        let format = if format.is_empty() { String::new() } else { format!(" {}", value(format)?) };
        Some(format!("url({address}){format}"))
    });
    let sources: Vec<String> = sources.collect();
    (!sources.is_empty()).then(|| sources.join(","))
}

/// Whether the address is a font, in the letters of base64.
fn is_font(address: &str) -> bool {
    let Some((kind, data)) = address.strip_prefix("data:").and_then(|data| data.split_once(','))
    else {
        return false;
    };
    let mut parts = kind.split(';');
    let kinds = ["font/", "application/font-", "application/x-font-"];
    let first = parts.next().unwrap_or_default();
    let is_kind = kinds.iter().any(|kind| first.starts_with(kind))
        && first.chars().all(|c| c.is_ascii_alphanumeric() || "/-".contains(c));
    let rest: Vec<&str> = parts.collect();
    let is_coded = matches!(rest.as_slice(), ["base64"] | ["charset=utf-8", "base64"]);
    is_kind && is_coded && is_base64(data)
}

/// Whether the text is nothing but base64.
pub(super) fn is_base64(data: &str) -> bool {
    !data.is_empty()
        && data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}
