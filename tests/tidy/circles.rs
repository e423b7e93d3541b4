//! Circular imports between the files of one room. A name that a `mod.rs` re-exports counts as an import of
//! the file that defines it; an item that a `mod.rs` defines counts as an import of that `mod.rs`.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::source::{File, code, production, tree_paths};

/// The path of a module below `src`: `["site", "pages", "feed"]`.
type Module = Vec<String>;

/// The files of the crate as modules with their imports.
pub(crate) struct Modules {
    code: BTreeMap<Module, String>,
    uses: BTreeMap<Module, Vec<Use>>,
}

/// One name that a `use` imports.
#[derive(Clone)]
struct Use {
    path: Vec<String>,
    name: String,
}

impl Modules {
    pub(crate) fn read(files: impl Iterator<Item = File>) -> Self {
        let mut modules = Self { code: BTreeMap::new(), uses: BTreeMap::new() };
        let test_only =
            Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))? )?(?:use|mod)\b[^;{]*;").unwrap();
        // A visibility names a room, and a declaration a file, without importing anything.
        let visibility = Regex::new(r"\(in [^)]*\)|\bmod \w+;").unwrap();
        for file in files.filter(|file| !file.path.ends_with("/testing.rs")) {
            let below = file.path.trim_start_matches("src/").trim_end_matches(".rs");
            let module: Module = below.split('/').map(str::to_owned).collect();
            let module = match module.as_slice() {
                [room @ .., last] if last == "mod" => room.to_vec(),
                _ => module,
            };
            let code = production(&code(&file.text));
            let code = visibility.replace_all(&test_only.replace_all(&code, ""), "").into_owned();
            modules.uses.insert(module.clone(), uses(&code));
            modules.code.insert(module, code);
        }
        modules
    }

    /// The circles, each as the sorted paths of its modules.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let imports: BTreeMap<&Module, BTreeSet<Module>> =
            self.code.keys().map(|module| (module, self.imports(module))).collect();
        let reached: BTreeMap<&Module, BTreeSet<&Module>> =
            self.code.keys().map(|module| (module, reached(module, &imports))).collect();
        let mut circles = BTreeSet::new();
        for (module, below) in reached.iter().filter(|(module, below)| below.contains(*module)) {
            let circle = below.iter().filter(|other| reached[**other].contains(module));
            circles.insert(circle.map(|other| other.join("::")).collect::<Vec<_>>());
        }
        circles.into_iter().collect()
    }

    /// The modules of the same room that a module imports.
    fn imports(&self, module: &Module) -> BTreeSet<Module> {
        let code = &self.code[module];
        let statement = Regex::new(r"\buse\s+[^;]*;").unwrap();
        let body = statement.replace_all(code, "");
        let path = Regex::new(r"\b[a-z_]\w*(?:\s*::\s*\w+)+").unwrap();
        let written = path.find_iter(&body).map(|found| split(found.as_str()));
        let words = Regex::new(r"\w+").unwrap();
        let words: BTreeSet<&str> = words.find_iter(&body).map(|word| word.as_str()).collect();
        // An import that is only re-exported does not count for the file that re-exports it.
        let used = self.uses[module].iter().filter(|one| words.contains(one.name.as_str()));
        let paths = used.map(|one| one.path.clone()).chain(written);
        let owners = paths.filter_map(|path| self.owner(&self.absolute(module, &path)?, 0));
        owners.filter(|owner| owner != module && owner.first() == module.first()).collect()
    }

    /// A path relative to the root of the crate; `None` for paths in other crates.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let below = |start: &[String], rest: &[String]| [start, rest].concat();
        match path {
            [first, rest @ ..] if first == "crate" => Some(rest.to_vec()),
            [first, rest @ ..] if first == "self" => Some(below(module, rest)),
            [first, ..] if first == "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                Some(below(&module[..module.len().checked_sub(ups)?], &path[ups..]))
            }
            [first, rest @ ..] => {
                let child = below(module, std::slice::from_ref(first));
                if self.code.contains_key(&child) {
                    return Some(below(&child, rest));
                }
                let named = self.uses[module].iter().find(|one| one.name == *first)?;
                let is_itself = named.path.as_slice() == path || rest.is_empty();
                let start = (!is_itself).then(|| self.absolute(module, &named.path))??;
                Some(below(&start, rest))
            }
            [] => None,
        }
    }

    /// The module that defines the item with this path.
    fn owner(&self, path: &[String], depth: usize) -> Option<Module> {
        let length = (1..=path.len()).rev().find(|end| self.code.contains_key(&path[..*end]))?;
        let (module, rest) = (path[..length].to_vec(), &path[length..]);
        let Some(name) = rest.first().filter(|_| depth < 20) else { return Some(module) };
        let Some(passed) = self.uses[&module].iter().find(|one| one.name == *name) else {
            return Some(module);
        };
        match self.absolute(&module, &passed.path) {
            Some(origin) if origin != path => {
                self.owner(&[origin.as_slice(), &rest[1..]].concat(), depth + 1)
            }
            _ => Some(module),
        }
    }
}

/// The modules that a module imports, directly and indirectly.
fn reached<'m>(
    from: &'m Module,
    imports: &'m BTreeMap<&Module, BTreeSet<Module>>,
) -> BTreeSet<&'m Module> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        let next = imports.get(module).into_iter().flatten();
        open.extend(next.filter(|next| reached.insert(*next)));
    }
    reached
}

/// The names that the `use` items of a file import.
fn uses(code: &str) -> Vec<Use> {
    let statement = Regex::new(r"\buse\s+([^;]*);").unwrap();
    let token = Regex::new(r"\w+|::|[{},*]|\S").unwrap();
    let mut found = Vec::new();
    for statement in statement.captures_iter(code) {
        let tree: Vec<&str> = token.find_iter(&statement[1]).map(|one| one.as_str()).collect();
        let mut paths = Vec::new();
        tree_paths(&mut tree.as_slice(), "", &mut paths);
        found.extend(paths.iter().map(|path| {
            let path = split(path);
            Use { name: path.last().cloned().unwrap_or_default(), path }
        }));
    }
    found
}

fn split(path: &str) -> Vec<String> {
    path.split("::").map(|name| name.trim().to_owned()).collect()
}
