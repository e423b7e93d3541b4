//! Names: one meaning for each type, local variables that describe their content, functions that fit on a
//! screen.

use std::collections::BTreeMap;

use regex::Regex;

use crate::source::{code, production, rust_files};

/// Names that several modules may define, because they are used with the name of the module: `build::Args`,
/// `site::Config`. Only remove entries from this list.
const SHARED: &[&str] = &["Args", "Config"];

/// The average length of the names in `let` statements, in tenths of a letter.
const AVERAGE: usize = 65;

/// The maximum number of lines in all but one in a hundred functions.
const LONGEST: usize = 40;

#[test]
fn a_type_name_has_one_meaning() {
    let definition =
        Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?(?:struct|enum|union|trait) (\w+)").unwrap();
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files("src") {
        for defined in definition.captures_iter(&production(&code(&file.text))) {
            places.entry(defined[1].to_owned()).or_default().push(file.path.clone());
        }
    }
    assert!(places.len() > 300, "the test does not read the intended files");
    places.retain(|_, places| places.len() > 1);
    let shared: Vec<&str> = places.keys().map(String::as_str).collect();
    assert_eq!(shared, SHARED, "type names with several meanings: {places:#?}");
}

#[test]
fn local_names_say_what_they_hold() {
    let binding = Regex::new(r"\blet\s+(?:mut\s+)?([^=;]+?)(?::[^=;]+)?\s*=").unwrap();
    let name = Regex::new(r"\b[a-z_][a-z0-9_]*\b").unwrap();
    let path = Regex::new(r"\b[A-Z]\w*(?:::\w+)*").unwrap();
    let keywords = ["mut", "ref", "_", "crate", "self", "super"];
    let (mut letters, mut names) = (0, 0);
    for file in rust_files("src") {
        let code = production(&code(&file.text));
        for bound in binding.captures_iter(&code) {
            let pattern = path.replace_all(&bound[1], "");
            for name in name.find_iter(&pattern).filter(|name| !keywords.contains(&name.as_str())) {
                letters += name.len();
                names += 1;
            }
        }
    }
    assert!(names > 5_000, "the test does not read the intended files");
    let average = 10 * letters / names;
    assert!(average >= AVERAGE, "names have {average} tenths of a letter");
}

#[test]
fn functions_fit_on_a_screen() {
    let start = Regex::new(r"(?m)^( *)(?:pub(?:\([^)]*\))? )?(?:const )?fn \w+").unwrap();
    let mut lengths = Vec::new();
    for file in rust_files("src") {
        let code = production(&code(&file.text));
        for begun in start.captures_iter(&code) {
            let end = format!("\n{}}}", &begun[1]);
            let body = &code[begun.get(0).unwrap().start()..];
            // A function in a trait or a table may have no body.
            let length = body.find(&end).map_or(1, |end| body[..end].lines().count() + 1);
            lengths.push((length, file.path.clone()));
        }
    }
    lengths.sort();
    assert!(lengths.len() > 2_000, "the test does not read the intended files");
    let (length, path) = &lengths[lengths.len() * 99 / 100];
    assert!(*length <= LONGEST, "one in a hundred functions has {length} lines, as in {path}");
}
