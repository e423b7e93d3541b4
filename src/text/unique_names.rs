//! Makes names unique: remembers which ones are taken, and the next free number for each.

use std::collections::HashMap;

/// The names that are taken.
///
/// A search for a free number continues after the last number that the same name got. Names are never
/// released, so every lower number is still taken, and the result is the same as from a search from the
/// beginning. Every failed probe hits a different name, so `n` names cost at most `n` failed probes.
#[derive(Debug, Default)]
pub struct UniqueNames {
    /// Every taken name with the last number that was appended to it.
    last: HashMap<Box<str>, u32>,
    /// The number of lookups of names with a number.
    #[cfg(test)]
    pub(crate) probes: usize,
}

impl UniqueNames {
    /// Takes `name`; returns whether it was free.
    pub fn insert(&mut self, name: &str) -> bool {
        let is_free = !self.last.contains_key(name);
        if is_free {
            self.last.insert(name.into(), 0);
        }
        is_free
    }

    /// Takes `name` if it is free, else `name-N` with the smallest free N from `first` on. Returns
    /// the name that was taken.
    pub fn take(&mut self, name: String, first: u32) -> String {
        if self.insert(&name) {
            return name;
        }
        let last = self.last.get(name.as_str()).copied().unwrap_or_default();
        for number in first.max(last.saturating_add(1)).. {
            #[cfg(test)]
            {
                self.probes += 1;
            }
            let candidate = format!("{name}-{number}");
            if self.insert(&candidate) {
                self.last.insert(name.into(), number);
                return candidate;
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::UniqueNames;

    /// The names as a search from the beginning gives them.
    fn plainly(names: &[String], first: u32) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let take = |name: &String| {
            if taken.insert(name.clone()) {
                return name.clone();
            }
            let mut others = (first..).map(|number| format!("{name}-{number}"));
            others.find(|free| taken.insert(free.clone())).unwrap()
        };
        names.iter().map(take).collect()
    }

    #[test]
    fn names_are_those_of_a_search_from_the_beginning() {
        let parts = ["a", "a-1", "a-2", "a-1-1", "b", "a-3", "a-01"];
        for seed in 1..200_usize {
            let pick = |at: usize| parts[(seed * 7919 + at * at * 31 + at * seed) % parts.len()];
            let names: Vec<String> = (0..40).map(|at| pick(at).to_owned()).collect();
            for first in [1, 2] {
                let mut unique = UniqueNames::default();
                let taken: Vec<String> =
                    names.iter().map(|name| unique.take(name.clone(), first)).collect();
                assert_eq!(taken, plainly(&names, first), "{names:?}");
            }
        }
    }

    #[test]
    fn no_more_names_are_looked_up_than_twice_as_many_as_there_are() {
        let count = 5_000;
        for names in [
            vec!["a".to_owned(); count],
            (1..count).map(|at| format!("a-{at}")).chain(vec!["a".to_owned(); count]).collect(),
            (0..count).map(|at| "a-1".repeat(1 + at % 3)).collect(),
        ] {
            let mut unique = UniqueNames::default();
            for name in &names {
                unique.take(name.clone(), 1);
            }
            assert!(unique.probes <= 2 * names.len(), "{} for {}", unique.probes, names.len());
        }
    }
}
