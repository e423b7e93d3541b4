//! What tells the parts of code apart, language by language.

/// How to read code of one language, as far as colours need it.
#[derive(Debug)]
pub(super) struct Language {
    /// What authors call it behind the fence, in lower case, with blanks between.
    pub names: &'static str,
    /// What begins a comment that ends with the line.
    pub comments: &'static [&'static str],
    /// What begins and ends a comment of several lines.
    pub block: Option<(&'static str, &'static str)>,
    /// The ways of writing a string; of two with the same beginning the longer stands first.
    pub quotes: &'static [Quote],
    /// How a name is told that is given a value.
    pub keys: Keys,
    /// Characters of words besides letters, digits and `_`.
    pub word: &'static str,
    /// Whether capitals make no difference to keywords.
    pub any_case: bool,
    /// Whether keywords count at the beginning of a line only.
    pub first_only: bool,
    /// Its words, with blanks between.
    pub keywords: &'static str,
}

/// A way of writing a string.
#[derive(Debug)]
pub(super) struct Quote {
    /// What begins it.
    pub open: &'static str,
    /// What ends it.
    pub close: &'static str,
    /// How far it goes.
    pub extent: Extent,
    /// Whether a `\` takes the meaning of the next character away.
    pub escapes: bool,
}

/// How far a string goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the line at most.
    Line,
    /// Over lines.
    Lines,
    /// A single character, as a quote has other uses in this language.
    Character,
}

impl Language {
    /// Whether authors call it `name`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.names.split(' ').any(|own| own == name)
    }

    /// Whether `word` is one of its own.
    pub(super) fn has(&self, word: &str) -> bool {
        let same = |own: &str| own == word || self.any_case && own.eq_ignore_ascii_case(word);
        self.keywords.split(' ').any(same)
    }
}

/// How a name is told that is given a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Not at all.
    None,
    /// It is quoted, and a `:` follows.
    Quoted,
    /// It begins a line or is quoted, and a `:` follows.
    Colon,
    /// It begins a line, and a `=` follows.
    Equals,
}

const fn quote(mark: &'static str, extent: Extent) -> Quote {
    Quote { open: mark, close: mark, extent, escapes: true }
}

const fn raw(open: &'static str, close: &'static str) -> Quote {
    Quote { open, close, extent: Extent::Lines, escapes: false }
}

const LINES: &[Quote] = &[quote("\"", Extent::Lines), raw("'", "'")];
const DOUBLE: &[Quote] = &[quote("\"", Extent::Line)];
const BOTH: &[Quote] = &[quote("\"", Extent::Line), quote("'", Extent::Line)];
const TRIPLE: &[Quote] = &[
    quote("\"\"\"", Extent::Lines),
    quote("'''", Extent::Lines),
    quote("\"", Extent::Line),
    quote("'", Extent::Line),
];
const RUST: &[Quote] = &[
    raw("r#\"", "\"#"),
    raw("r\"", "\""),
    quote("\"", Extent::Lines),
    quote("'", Extent::Character),
];
const GO: &[Quote] = &[raw("`", "`"), quote("\"", Extent::Line), quote("'", Extent::Line)];
const SCRIPT: &[Quote] =
    &[quote("`", Extent::Lines), quote("\"", Extent::Line), quote("'", Extent::Line)];

/// A language of braces, from which the others differ by what they name.
const C_LIKE: Language = Language {
    names: "c h cpp c++ cc hpp objectivec objc",
    comments: &["//"],
    block: Some(("/*", "*/")),
    quotes: BOTH,
    keys: Keys::None,
    word: "",
    any_case: false,
    first_only: false,
    keywords: "auto bool break case catch char class const constexpr continue default delete do \
              double else enum extern false float for if inline int long namespace new nullptr \
              private protected public return short signed sizeof static struct switch \
              template this throw true try typedef typename union unsigned using virtual void \
              while",
};

/// Configuration as lines of names and values.
const LINES_OF_KEYS: Language = Language {
    names: "toml ini properties env dotenv conf editorconfig systemd",
    comments: &["#", ";"],
    block: None,
    quotes: TRIPLE,
    keys: Keys::Equals,
    word: "-.:",
    keywords: "true false",
    ..C_LIKE
};

/// Every language that gets colours; code in any other stays plain.
pub(super) static LANGUAGES: &[Language] = &[
    C_LIKE,
    LINES_OF_KEYS,
    Language {
        names: "sh bash shell zsh console terminal shell-session",
        comments: &["#"],
        quotes: LINES,
        word: "-./",
        keywords: "case do done elif else esac exit export fi for function if in local return \
                  set source then unset until while",
        ..LINES_OF_KEYS
    },
    Language {
        names: "yaml yml",
        comments: &["#"],
        quotes: &[quote("\"", Extent::Lines), raw("'", "'")],
        keys: Keys::Colon,
        word: "-./:@",
        keywords: "true false null yes no",
        ..LINES_OF_KEYS
    },
    Language {
        names: "json jsonc json5 jsonl ndjson",
        quotes: DOUBLE,
        keys: Keys::Quoted,
        keywords: "true false null",
        ..C_LIKE
    },
    Language {
        names: "hcl terraform tf",
        comments: &["#", "//"],
        quotes: DOUBLE,
        keys: Keys::Equals,
        word: "-",
        keywords: "data dynamic false for for_each if in locals module null output provider \
                  resource terraform true variable",
        ..C_LIKE
    },
    Language {
        names: "dockerfile docker containerfile",
        any_case: true,
        first_only: true,
        keys: Keys::None,
        keywords: "add arg cmd copy entrypoint env expose from healthcheck label maintainer \
                  onbuild run shell stopsignal user volume workdir",
        comments: &["#"],
        quotes: BOTH,
        ..LINES_OF_KEYS
    },
    Language {
        names: "makefile make gitignore nginx",
        comments: &["#"],
        keywords: "define else endef endif ifdef ifeq ifndef ifneq include",
        ..LINES_OF_KEYS
    },
    Language {
        names: "sql postgresql postgres mysql plsql tsql sqlite",
        comments: &["--"],
        any_case: true,
        keywords: "add all alter and as asc begin between by case check column commit \
                  constraint create default delete desc distinct drop else end exists false \
                  foreign from function grant group having if in index insert into is join key \
                  left like limit not null on or order outer primary references returning \
                  returns right rollback select set table then true union unique update using \
                  values view when where with",
        ..C_LIKE
    },
    Language {
        names: "rust rs",
        quotes: RUST,
        keywords: "as async await break const continue crate dyn else enum extern false fn for \
                  if impl in let loop match mod move mut pub ref return self Self static \
                  struct super trait true type unsafe use where while",
        ..C_LIKE
    },
    Language {
        names: "go golang",
        quotes: GO,
        keywords: "break case chan const continue default defer else fallthrough false for func \
                  go if import interface map nil package range return select struct switch \
                  true type var",
        ..C_LIKE
    },
    Language {
        names: "java kotlin kt kts scala groovy gradle csharp c# cs swift",
        quotes: TRIPLE,
        keywords: "abstract as async await boolean break case catch class const continue data \
                  def default do double else enum extends false final finally float for fun \
                  func get guard if implements import in init instanceof int interface \
                  internal is let long namespace new nil null object override package private \
                  protected protocol public readonly record return sealed self set static \
                  string struct super switch this throw throws trait true try using val var \
                  void when where while with yield",
        ..C_LIKE
    },
    Language {
        names: "js javascript jsx mjs ts typescript tsx vue svelte node proto protobuf php",
        quotes: SCRIPT,
        word: "$",
        keywords: "abstract any as async await boolean break case catch class const continue \
                  default delete do else enum export extends false finally for from function \
                  if implements import in instanceof interface keyof let message never new \
                  null number of optional package private protected public readonly repeated \
                  return rpc service static string super switch syntax this throw true try \
                  type typeof undefined unknown var void while yield",
        ..C_LIKE
    },
    Language {
        names: "python py python3 ruby rb elixir starlark bazel graphql gql",
        comments: &["#"],
        block: None,
        quotes: TRIPLE,
        keywords: "and as assert async await begin break case class continue def del do elif \
                  else elsif end enum ensure except False false finally for from global if \
                  import in input interface is lambda match module mutation nil None nonlocal \
                  not null or pass query raise require rescue return self then True true try \
                  type union unless until when while with yield",
        ..C_LIKE
    },
];
