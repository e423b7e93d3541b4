//! Patterns of paths: `*`, `**`, `?`, `{a,b}` and `{01..40}`.

use regex::Regex;

/// The maximum size of a range, larger than any log.
const MAX_RANGE: u32 = 10_000;

/// The pattern as a regular expression for a whole path with `/`. A pattern without `/` matches file names. `None` if a
/// brace is not closed, or a range is empty or too large.
pub(super) fn regex(pattern: &str) -> Option<Regex> {
    let mut expression = String::from("^");
    if !pattern.contains('/') {
        expression.push_str("(?:.*/)?");
    }
    let mut remaining = pattern.trim_start_matches("./");
    while let Some(first) = remaining.chars().next() {
        let after_first = remaining.get(first.len_utf8()..).unwrap_or_default();
        remaining = match first {
            '*' if after_first.starts_with("*/") => {
                expression.push_str("(?:.*/)?");
                after_first.get(2..).unwrap_or_default()
            }
            '*' if after_first.starts_with('*') => {
                expression.push_str(".*");
                after_first.get(1..).unwrap_or_default()
            }
            '*' => {
                expression.push_str("[^/]*");
                after_first
            }
            '?' => {
                expression.push_str("[^/]");
                after_first
            }
            '{' => {
                let (alternatives, after_brace) = after_first.split_once('}')?;
                expression.push_str(&group(alternatives)?);
                after_brace
            }
            other => {
                expression.push_str(&regex::escape(&other.to_string()));
                after_first
            }
        };
    }
    expression.push('$');
    Regex::new(&expression).ok()
}

/// `a,b` or `01..40` as a group.
fn group(alternatives: &str) -> Option<String> {
    let words: Vec<String> = match alternatives.split_once("..") {
        None => alternatives.split(',').map(regex::escape).collect(),
        Some((first, last)) => {
            let (from, to): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
            let width = first.len();
            if from > to || to - from > MAX_RANGE {
                return None;
            }
            (from..=to).map(|number| format!("{number:0width$}")).collect()
        }
    };
    Some(format!("(?:{})", words.join("|")))
}

#[cfg(test)]
mod tests {
    use super::regex;

    #[test]
    fn patterns_fit_as_in_a_shell() {
        for (pattern, fits, not) in [
            ("00{01..40}-*.md", "0040-a.md", "0041-a.md"),
            ("*.md", "old/0001-a.md", "0001-a.mdx"),
            ("old/*.md", "old/a.md", "old/b/a.md"),
            ("old/**", "old/b/a.md", "new/a.md"),
            ("**/a?.{md,mdx}", "x/ab.mdx", "x/a.mdx"),
        ] {
            let regex = regex(pattern).unwrap();
            assert!(regex.is_match(fits), "{pattern} {fits}");
            assert!(!regex.is_match(not), "{pattern} {not}");
        }
        assert!(regex("{a").is_none());
        assert!(regex("{9..1}").is_none());
    }
}
