//! The exports, one per file.

use super::definition::Export;

mod csv;
mod dot;
mod json;
mod mermaid;
mod svg;

/// Every export.
pub static EXPORTS: &[&Export] =
    &[&json::EXPORT, &csv::EXPORT, &dot::EXPORT, &mermaid::EXPORT, &svg::EXPORT];
