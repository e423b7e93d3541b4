//! Writes, checks and publishes a decision log.

pub mod author;
pub mod cli;
pub mod error;
pub mod export;
pub mod format;
pub mod lint;
pub mod model;
pub mod project;
pub mod report;
pub mod serve;
pub mod site;
pub mod svg;
pub mod syntax;
pub mod template;
pub mod text;

pub use error::{Error, Refusal, Result};
