//! Drawings of how records are related, from left to right by age. The graph of a site and `adr graph svg` are made of
//! them.

mod clusters;
mod compose;
mod disjoint_sets;
mod geometry;
mod labels;
mod layered_layout;
mod related_pairs;
mod title_lines;

pub use clusters::clusters;
pub use compose::{Drawing, drawing};
pub use geometry::{DrawnRecord, DrawnRelation};
pub use related_pairs::related_pairs;
