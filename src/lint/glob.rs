//! Patterns of paths: `*`, `**`, `?`, `{a,b}` and `{01..40}`. Knows no file.

use regex::Regex;

/// More numbers than any log has; a bound for patterns that nobody means.
const MOST_NUMBERS: u32 = 10_000;

/// The pattern as a regular expression over a whole path with `/`. A pattern without `/` is one of
/// the last part. `None` where a brace is not closed, or a range is empty or too large.
pub(super) fn regex(pattern: &str) -> Option<Regex> {
    let mut out = String::from("^");
    if !pattern.contains('/') {
        out.push_str("(?:.*/)?");
    }
    let mut rest = pattern.trim_start_matches("./");
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '*' if after.starts_with("*/") => {
                out.push_str("(?:.*/)?");
                after.get(2..).unwrap_or_default()
            }
            '*' if after.starts_with('*') => {
                out.push_str(".*");
                after.get(1..).unwrap_or_default()
            }
            '*' => {
                out.push_str("[^/]*");
                after
            }
            '?' => {
                out.push_str("[^/]");
                after
            }
            '{' => {
                let (inner, after) = after.split_once('}')?;
                out.push_str(&choice(inner)?);
                after
            }
            other => {
                out.push_str(&regex::escape(&other.to_string()));
                after
            }
        };
    }
    out.push('$');
    Regex::new(&out).ok()
}

/// `a,b` or `01..40` as a group.
fn choice(inner: &str) -> Option<String> {
    let words: Vec<String> = match inner.split_once("..") {
        None => inner.split(',').map(regex::escape).collect(),
        Some((first, last)) => {
            let (from, to): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
            let width = first.len();
            if from > to || to - from > MOST_NUMBERS {
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
