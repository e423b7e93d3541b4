//! Options as the shell's `getopts` and the program `getopt` read them, for the commands that are scripts
//! elsewhere. Knows no command.

/// What was typed behind a command.
pub(super) struct Given {
    options: Vec<(char, String)>,
    /// What is no option.
    pub words: Vec<String>,
}

impl Given {
    /// The values of an option, as typed.
    pub(super) fn all(&self, letter: char) -> impl Iterator<Item = &str> {
        self.options
            .iter()
            .filter(move |(name, _)| *name == letter)
            .map(|(_, value)| value.as_str())
    }

    /// The value that was typed last.
    pub(super) fn last(&self, letter: char) -> Option<&str> {
        self.all(letter).last()
    }
}

/// What cannot be read: a letter that is no option, or one without its value.
enum Wrong {
    Unknown(char),
    Bare(char),
}

/// As the shell does: options end at the first other word. Each letter of `known` is followed by a colon,
/// for it takes a value, in the same word or in the next.
///
/// # Errors
///
/// The sentences that go to standard error.
pub(super) fn getopts(words: &[String], known: &str) -> Result<Given, String> {
    read(words, known, false).map_err(|wrong| match wrong {
        Wrong::Unknown(letter) => format!("illegal option -- {letter}\nNot implemented: ?"),
        Wrong::Bare(letter) => {
            format!("option requires an argument -- {letter}\nNot implemented: ?")
        }
    })
}

/// As [`getopts`], but options may stand behind other words.
///
/// # Errors
///
/// The sentence that goes to standard error.
pub(super) fn getopt(words: &[String], known: &str) -> Result<Given, String> {
    read(words, known, true).map_err(|wrong| match wrong {
        Wrong::Unknown(letter) => format!("getopt: invalid option -- '{letter}'"),
        Wrong::Bare(letter) => format!("getopt: option requires an argument -- '{letter}'"),
    })
}

fn read(words: &[String], known: &str, anywhere: bool) -> Result<Given, Wrong> {
    let mut given = Given { options: Vec::new(), words: Vec::new() };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match word.strip_prefix('-').filter(|option| !option.is_empty()) {
            Some("-") => break,
            Some(option) => {
                let mut letters = option.chars();
                let letter = letters.next().unwrap_or_default();
                if letter == ':' || !known.contains(letter) {
                    return Err(Wrong::Unknown(letter));
                }
                let attached = Some(letters.as_str()).filter(|value| !value.is_empty());
                let value = attached.map(str::to_owned).or_else(|| rest.next().cloned());
                given.options.push((letter, value.ok_or(Wrong::Bare(letter))?));
            }
            None => {
                given.words.push(word.clone());
                if !anywhere {
                    break;
                }
            }
        }
    }
    given.words.extend(rest.cloned());
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::{getopt, getopts};

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_value_stands_in_the_same_word_or_in_the_next() {
        let given = getopts(&words("-s1 -s 2 -l a:b:c Use -s -- Rust"), "s:l:").unwrap();
        assert_eq!(given.all('s').collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(given.last('l'), Some("a:b:c"));
        assert_eq!(given.words, ["Use", "-s", "--", "Rust"]);
        assert_eq!(getopts(&words("-- -x"), "s:").unwrap().words, ["-x"]);
    }

    #[test]
    fn the_program_finds_options_behind_words_too() {
        let given = getopt(&words("a -pq/ b"), "p:").unwrap();
        assert_eq!((given.last('p'), given.words.join(" ")), (Some("q/"), "a b".to_owned()));
    }

    #[test]
    fn what_is_no_option_is_named() {
        let wrong = |read: Result<_, String>| read.err().unwrap();
        assert_eq!(wrong(getopts(&words("-x"), "s:")), "illegal option -- x\nNot implemented: ?");
        assert_eq!(wrong(getopt(&words("-p"), "p:")), "getopt: option requires an argument -- 'p'");
    }
}
