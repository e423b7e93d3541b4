//! The sources of the project as text: their files, and their code without comments and strings.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Every path that starts with `crate::`, without that prefix; groups are expanded.
pub(crate) fn crate_paths(code: &str) -> Vec<String> {
    let token = Regex::new(r"\w+|::|[{},*]|\S").unwrap();
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        // A limit that is longer than any import list.
        let tokens = token.find_iter(&code[start + "crate::".len()..]).take(200);
        let tree: Vec<&str> = tokens.map(|one| one.as_str()).collect();
        tree_paths(&mut tree.as_slice(), "", &mut found);
    }
    found
}

pub(crate) fn tree_paths(tokens: &mut &[&str], prefix: &str, found: &mut Vec<String>) {
    let join =
        |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    match tokens {
        ["{", rest @ ..] => {
            *tokens = rest;
            while !matches!(tokens, [] | ["}", ..]) {
                tree_paths(tokens, prefix, found);
                while matches!(tokens, [next, ..] if !matches!(*next, "," | "}")) {
                    *tokens = &tokens[1..];
                }
                if let [",", rest @ ..] = tokens {
                    *tokens = rest;
                }
            }
            *tokens = tokens.get(1..).unwrap_or_default();
        }
        [name, "::", rest @ ..] => {
            let prefix = join(name);
            *tokens = rest;
            tree_paths(tokens, &prefix, found);
        }
        ["self", rest @ ..] => {
            found.push(prefix.to_owned());
            *tokens = rest;
        }
        [name, rest @ ..] => {
            found.push(join(name));
            *tokens = rest;
        }
        [] => {}
    }
}

/// String and character literals, and comments.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let literals = r##"|\br#".*?"#|\br"[^"]*"|"(?:\\.|[^"\\])*"|'(?:\\.[^']*|[^'\\])'"##;
    Regex::new(&format!(r"(?s)//[^\n]*|/\*.*?\*/{literals}")).unwrap()
});

/// Test modules, which end at the first brace in the first column.
static TESTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ms)^#\[cfg\(test\)\]\s*(?:pub(?:\(\w+\))? )?mod \w+ \{.*?^\}").unwrap()
});

/// `text` without comments and literals.
pub(crate) fn code(text: &str) -> String {
    let blank = |found: &Captures<'_>| blank(&found[0]);
    WORDS.replace_all(text, blank).into_owned()
}

/// `text` without comments.
pub(crate) fn without_comments(text: &str) -> String {
    let keep = |found: &Captures<'_>| match &found[0] {
        comment if comment.starts_with('/') => blank(comment),
        quoted => quoted.to_owned(),
    };
    WORDS.replace_all(text, keep).into_owned()
}

/// The comments of a text without their marks; all other lines are empty.
pub(crate) fn comments(text: &str) -> String {
    let kept = WORDS.find_iter(text).filter(|found| found.as_str().starts_with('/'));
    let bare = kept.map(|found| {
        let bare = found.as_str().trim_start_matches(['/', '!']);
        (found.end() - bare.len(), bare)
    });
    kept_lines(text, bare)
}

/// The literals in a text, without its test modules; all other lines are empty.
pub(crate) fn strings(text: &str) -> String {
    let text = production(text);
    let kept = WORDS.find_iter(&text).filter(|found| !found.as_str().starts_with('/'));
    kept_lines(&text, kept.map(|found| (found.start(), found.as_str())))
}

/// The pieces, which start at these bytes of a text, on their original lines.
fn kept_lines<'t>(text: &str, pieces: impl Iterator<Item = (usize, &'t str)>) -> String {
    let mut kept = String::new();
    // The text before this byte has as many line endings as `kept`.
    let mut done = 0;
    for (start, piece) in pieces {
        let ends = text[done..start].matches('\n').count();
        kept += &"\n".repeat(ends);
        kept += piece;
        kept.push(' ');
        done = start + piece.len();
    }
    kept
}

/// `code` without its test modules.
pub(crate) fn production(code: &str) -> String {
    TESTS.replace_all(code, |found: &Captures<'_>| blank(&found[0])).into_owned()
}

/// Replaces everything but line endings by spaces, so that lines keep their numbers.
pub(crate) fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

pub(crate) struct File {
    /// Relative to the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn rust_files(folder: &str) -> impl Iterator<Item = File> {
    files_below(&root().join(folder))
        .into_iter()
        .filter(|file| file.path.rsplit('.').next() == Some("rs"))
}

/// Every text file of the project.
pub(crate) fn ours() -> Vec<File> {
    let skip = ["target", ".git", "site"];
    let tops = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap());
    let tops = tops.filter(|top| !skip.contains(&&*top.file_name().to_string_lossy()));
    tops.flat_map(|top| files_below(&top.path())).collect()
}

/// Sorted by name.
pub(crate) fn files_below(folder: &Path) -> Vec<File> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    // Files that tools create next to ours, such as the fuzzer.
    let made = ["target", "corpus", "artifacts", "node_modules"];
    let walk =
        walk.filter_entry(move |entry| !made.contains(&&*entry.file_name().to_string_lossy()));
    let paths: Vec<PathBuf> = walk.map(|entry| entry.unwrap().into_path()).collect();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let below = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        Some(File { path: below, text })
    };
    paths.into_iter().filter_map(read).collect()
}
