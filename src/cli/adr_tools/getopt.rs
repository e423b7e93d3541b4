//! Parses options as the shell's `getopts` and the program `getopt` do, which the scripts of adr-tools use.

/// The parsed arguments of a command.
pub(super) struct ShellOptions {
    /// The letters of the options with their values, in the order of the arguments.
    options: Vec<(char, String)>,
    /// The arguments that are not options.
    pub operands: Vec<String>,
}

impl ShellOptions {
    /// Returns the values of an option, in the order of the arguments.
    pub(super) fn all(&self, letter: char) -> impl Iterator<Item = &str> {
        self.options
            .iter()
            .filter(move |(name, _)| *name == letter)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the last value of an option.
    pub(super) fn last(&self, letter: char) -> Option<&str> {
        self.all(letter).last()
    }
}

/// An option that cannot be parsed.
enum OptionError {
    Unknown(char),
    MissingValue(char),
}

/// Parses options as the shell does: they end at the first operand. In `specification`, each letter is
/// followed by a colon, since all options take a value, in the same argument or in the next one.
///
/// # Errors
///
/// The message for standard error.
pub(super) fn getopts(arguments: &[String], specification: &str) -> Result<ShellOptions, String> {
    parse(arguments, specification, false).map_err(|error| match error {
        OptionError::Unknown(letter) => format!("illegal option -- {letter}\nNot implemented: ?"),
        OptionError::MissingValue(letter) => {
            format!("option requires an argument -- {letter}\nNot implemented: ?")
        }
    })
}

/// Parses options as [`getopts`] does, but also after operands.
///
/// # Errors
///
/// The message for standard error.
pub(super) fn getopt(arguments: &[String], specification: &str) -> Result<ShellOptions, String> {
    parse(arguments, specification, true).map_err(|error| match error {
        OptionError::Unknown(letter) => format!("getopt: invalid option -- '{letter}'"),
        OptionError::MissingValue(letter) => {
            format!("getopt: option requires an argument -- '{letter}'")
        }
    })
}

fn parse(
    arguments: &[String],
    specification: &str,
    continues_after_operands: bool,
) -> Result<ShellOptions, OptionError> {
    let mut parsed = ShellOptions { options: Vec::new(), operands: Vec::new() };
    let mut remaining_arguments = arguments.iter();
    while let Some(argument) = remaining_arguments.next() {
        match argument.strip_prefix('-').filter(|option| !option.is_empty()) {
            Some("-") => break,
            Some(option) => {
                let mut chars = option.chars();
                let letter = chars.next().unwrap_or_default();
                if letter == ':' || !specification.contains(letter) {
                    return Err(OptionError::Unknown(letter));
                }
                let attached_value = Some(chars.as_str()).filter(|value| !value.is_empty());
                let value = attached_value
                    .map(str::to_owned)
                    .or_else(|| remaining_arguments.next().cloned());
                parsed.options.push((letter, value.ok_or(OptionError::MissingValue(letter))?));
            }
            None => {
                parsed.operands.push(argument.clone());
                if !continues_after_operands {
                    break;
                }
            }
        }
    }
    parsed.operands.extend(remaining_arguments.cloned());
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::{getopt, getopts};

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_value_is_in_the_same_argument_or_in_the_next() {
        let options = getopts(&words("-s1 -s 2 -l a:b:c Use -s -- Rust"), "s:l:").unwrap();
        assert_eq!(options.all('s').collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(options.last('l'), Some("a:b:c"));
        assert_eq!(options.operands, ["Use", "-s", "--", "Rust"]);
        assert_eq!(getopts(&words("-- -x"), "s:").unwrap().operands, ["-x"]);
    }

    #[test]
    fn getopt_also_finds_options_after_operands() {
        let options = getopt(&words("a -pq/ b"), "p:").unwrap();
        assert_eq!((options.last('p'), options.operands.join(" ")), (Some("q/"), "a b".to_owned()));
    }

    #[test]
    fn errors_name_the_option() {
        let message = |parsed: Result<_, String>| parsed.err().unwrap();
        assert_eq!(message(getopts(&words("-x"), "s:")), "illegal option -- x\nNot implemented: ?");
        assert_eq!(
            message(getopt(&words("-p"), "p:")),
            "getopt: option requires an argument -- 'p'"
        );
    }
}
