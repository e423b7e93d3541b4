//! The rules, one a file.

use super::Rule;

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[];
