//! Finds the comments in source code, by the names of the files. It reads lines and does not parse: whatever it returns
//! is a comment, and some comments that are hard to recognize are left out.

use super::Span;

/// The comment syntax of a language.
struct CommentSyntax {
    /// File extensions in lower case, or whole file names.
    names: &'static [&'static str],
    /// The starts of comments that end with their line.
    line: &'static [&'static str],
    /// The starts and ends of other comments.
    block: &'static [BlockMarks],
}

type BlockMarks = (&'static str, &'static str);

const C: &[BlockMarks] = &[("/*", "*/")];
const XML: &[BlockMarks] = &[("<!--", "-->")];

const LANGUAGES: &[CommentSyntax] = &[
    CommentSyntax {
        names: &[
            "rs", "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "cs", "java", "kt", "kts", "scala",
            "go", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "swift", "m", "mm", "dart",
            "groovy", "gradle", "proto", "zig", "v", "sv", "sol", "glsl", "wgsl", "jsonc", "json5",
            "scss", "less", "fs", "fsx", "thrift", "bicep", "cue", "odin", "d", "jsonnet",
        ],
        line: &["//"],
        block: C,
    },
    CommentSyntax { names: &["css"], line: &[], block: C },
    CommentSyntax { names: &["php", "tf", "hcl", "nix"], line: &["//", "#"], block: C },
    CommentSyntax {
        names: &[
            "py",
            "pyi",
            "rb",
            "rake",
            "sh",
            "bash",
            "zsh",
            "fish",
            "pl",
            "pm",
            "r",
            "jl",
            "yml",
            "yaml",
            "toml",
            "ex",
            "exs",
            "cmake",
            "mk",
            "conf",
            "cfg",
            "properties",
            "graphql",
            "cr",
            "nim",
            "tcl",
            "awk",
            "feature",
            "bzl",
            "star",
            "ps1",
            "psm1",
            "rego",
            "just",
            "pp",
            "makefile",
            "dockerfile",
            "containerfile",
            "justfile",
            "gemfile",
            "rakefile",
            "vagrantfile",
            "jenkinsfile",
            "codeowners",
            "build",
            "workspace",
            "brewfile",
            "procfile",
            "cmakelists.txt",
            "requirements.txt",
        ],
        line: &["#"],
        block: &[],
    },
    CommentSyntax {
        names: &["sql", "lua", "adb", "ads", "vhd", "vhdl", "dhall"],
        line: &["--"],
        block: C,
    },
    CommentSyntax { names: &["hs", "elm", "purs"], line: &["--"], block: &[("{-", "-}")] },
    CommentSyntax { names: &["ml", "mli"], line: &[], block: &[("(*", "*)")] },
    CommentSyntax {
        names: &["el", "lisp", "clj", "cljs", "cljc", "edn", "scm", "rkt", "ini"],
        line: &[";"],
        block: &[],
    },
    CommentSyntax { names: &["erl", "hrl", "tex"], line: &["%"], block: &[] },
    CommentSyntax {
        names: &["html", "htm", "xml", "xaml", "csproj", "fsproj", "props", "targets", "pom"],
        line: &[],
        block: XML,
    },
    CommentSyntax {
        names: &["vue", "svelte", "astro"],
        line: &["//"],
        block: &[("/*", "*/"), ("<!--", "-->")],
    },
];

/// Whether the comment syntax of a file with this name is known.
pub fn has_comments(name: &str) -> bool {
    comment_syntax(name).is_some()
}

fn comment_syntax(name: &str) -> Option<&'static CommentSyntax> {
    let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    // `Dockerfile.prod` is a Dockerfile too.
    let first_part = name.split('.').next().unwrap_or_default();
    let matches = |known: &&str| {
        *known == name || Some(*known) == extension || (known.len() > 8 && *known == first_part)
    };
    LANGUAGES.iter().find(|syntax| syntax.names.iter().any(matches))
}

/// Returns the comments of `text`, the content of the file `name`, in order; line comments without their line end.
/// Empty if the language is not known.
pub fn comments(name: &str, text: &str) -> Vec<Span> {
    let Some(syntax) = comment_syntax(name) else { return vec![] };
    let mut comment_spans = Vec::new();
    let mut offset = 0;
    let mut line_start = 0;
    while let Some(remaining) = text.get(offset..).filter(|remaining| !remaining.is_empty()) {
        let line_end =
            memchr::memchr(b'\n', remaining.as_bytes()).map_or(text.len(), |end| offset + end);
        let line = text.get(offset..line_end).unwrap_or_default();
        // A line goes on after a block comment; what is before it still decides about strings.
        let scanned_length = text.get(line_start..offset).unwrap_or_default().len();
        let whole_line = text.get(line_start..line_end).unwrap_or_default();
        match first_comment(syntax, whole_line, scanned_length) {
            Some((start, None)) => {
                comment_spans.push(Span::new(line_start + start, line_end));
                offset = line_end + 1;
            }
            Some((start, Some((open, close)))) => {
                let start = line_start + start;
                let content_start = start + open.len();
                let content_length =
                    text.get(content_start..).and_then(|content| content.find(close));
                offset = content_length
                    .map_or(text.len(), |length| content_start + length + close.len());
                comment_spans.push(Span::new(start, offset));
                let last_newline = text.get(..offset).and_then(|scanned| scanned.rfind('\n'));
                line_start = last_newline.map_or(0, |newline| newline + 1);
                continue;
            }
            None => offset += line.len() + 1,
        }
        line_start = offset;
    }
    comment_spans
}

/// Finds the first start of a comment in `line` at or after the byte `min_offset`; for a block comment with its marks.
fn first_comment(
    syntax: &CommentSyntax,
    line: &str,
    min_offset: usize,
) -> Option<(usize, Option<BlockMarks>)> {
    let find = |mark: &str| find_mark(line, min_offset, mark);
    let line_comments = syntax.line.iter().filter_map(|mark| Some((find(mark)?, None)));
    let block_comments =
        syntax.block.iter().filter_map(|marks| Some((find(marks.0)?, Some(*marks))));
    line_comments.chain(block_comments).min_by_key(|(offset, _)| *offset)
}

/// Returns the offset at which `mark` starts a comment: after white space or punctuation, and outside of strings.
fn find_mark(line: &str, min_offset: usize, mark: &str) -> Option<usize> {
    let mut search_start = min_offset;
    loop {
        let offset = search_start + line.get(search_start..)?.find(mark)?;
        let text_before = line.get(..offset)?;
        let may_precede = |c: char| c.is_whitespace() || ";,(){}[]>/*-".contains(c);
        let is_in_string =
            ['"', '`'].iter().any(|quote| text_before.matches(*quote).count() % 2 == 1);
        if text_before.chars().next_back().is_none_or(may_precede) && !is_in_string {
            return Some(offset);
        }
        search_start = offset + mark.len();
    }
}

#[cfg(test)]
mod tests {
    use super::comments;

    fn words(name: &str, text: &str) -> Vec<String> {
        comments(name, text).into_iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_comment_is_what_the_language_calls_one() {
        let rust = "//! a\nlet x = \"// b\"; // c\n/* d\n e */ f(); // g\nlet url = x://h;\n";
        assert_eq!(words("src/x.rs", rust), ["//! a", "// c", "/* d\n e */", "// g"]);
        assert_eq!(words("a.py", "# a\nx = '#b' # c\n\"# d\"\n"), ["# a", "# c"]);
        assert_eq!(words("q.SQL", "-- a\nselect 1 --b\n"), ["-- a", "--b"]);
        assert_eq!(words("p.html", "<p>a</p>\n<!-- b\nc -->d\n"), ["<!-- b\nc -->"]);
        assert_eq!(words("Dockerfile.prod", "# a\nRUN b\n"), ["# a"]);
    }

    #[test]
    fn prose_and_data_have_none() {
        for name in ["README.md", "notes.txt", "data.json", "x"] {
            assert_eq!(words(name, "# a\n// b\n"), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        assert_eq!(words("a.c", "x /* a\nb"), ["/* a\nb"]);
        assert_eq!(words("a.c", "ä // ö"), ["// ö"]);
    }
}
